"""The smallest parts of all pages: labels, lines, buttons, empty states, meanings with a word and a shape."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from foiadesk_ui import icons, theme
from foiadesk_ui.repolish import ink

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFormLayout

_PICTURE = 40  # pixels of an empty page's picture


class _Label(QLabel):
    """A label whose font follows the theme; its text is always plain, so that foreign text cannot be markup."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, wrap: bool = False) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self._dress()
        theme.watch().sized.connect(self._dress)

    def _dress(self) -> None:
        return None


class TitleLabel(_Label):
    """The title of a page or of what it shows."""

    def _dress(self) -> None:
        self.setFont(theme.title_font())


class SectionLabel(_Label):
    """A section head: semibold, 16 px above and 4 below."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, wrap: bool = False) -> None:
        super().__init__(text, parent, wrap=wrap)
        self.setContentsMargins(0, theme.S4, 0, theme.S1)

    def _dress(self) -> None:
        self.setFont(theme.section_font())


class SecondaryLabel(_Label):
    """Secondary text: smaller, in the placeholder role."""

    def _dress(self) -> None:
        self.setFont(theme.secondary_font())
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)


class TextLabel(_Label):
    """Ordinary text that wraps and can be selected with the mouse."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, wrap: bool = True) -> None:
        super().__init__(text, parent, wrap=wrap)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


class Hairline(QFrame):
    """A separating line in the mid role."""

    def __init__(self, parent: QWidget | None = None, *, vertical: bool = False) -> None:
        super().__init__(parent)
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill with the mid role."""
        QPainter(self).fillRect(self.rect(), theme.hairline())


def _connect(button: QAbstractButton, action: Callable[[], object] | None) -> None:
    if action is not None:
        button.clicked.connect(lambda _checked=False: action())


class PrimaryButton(QPushButton):
    """The one primary action of a page, filled with the accent."""

    def __init__(
        self,
        text: str,
        action: Callable[[], object] | None = None,
        *,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setProperty("primary", True)
        self.set_icon(icon)
        _connect(self, action)

    def set_icon(self, name: str) -> None:
        """Show the icon ``name`` before the text; "" for none."""
        if name:
            icons.put(self, name, QPalette.ColorRole.HighlightedText)


def plain_button(
    text: str, action: Callable[[], object] | None = None, *, icon: str = "", parent: QWidget | None = None
) -> QPushButton:
    """Return an ordinary button."""
    button = QPushButton(text, parent)
    if icon:
        icons.put(button, icon)
    _connect(button, action)
    return button


class LinkButton(QPushButton):
    """A quiet action that reads like a link; reachable by keyboard as any button."""

    def __init__(
        self,
        text: str,
        action: Callable[[], object] | None = None,
        *,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setProperty("link", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if icon:
            icons.put(self, icon, QPalette.ColorRole.Link)
        _connect(self, action)


class IconButton(QToolButton):
    """A button with an icon only: its label is both tooltip and accessible name."""

    def __init__(
        self,
        icon: str,
        label: str,
        action: Callable[[], object] | None = None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        icons.put(self, icon, size=20)
        self.set_label(label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        _connect(self, action)

    def set_label(self, label: str) -> None:
        """Say what the button does."""
        self.setToolTip(label)
        self.setAccessibleName(label)


class MeaningLabel(QWidget):
    """One of the four meanings: a shape and a word in its colour. Meaning "" is ordinary text without a shape, any
    other name an icon of ours in the colour of text."""

    def __init__(
        self,
        meaning: str = "",
        text: str = "",
        parent: QWidget | None = None,
        *,
        bold: bool = False,
        wrap: bool = False,
    ) -> None:
        super().__init__(parent)
        self._meaning = ""
        self._bold = bold
        self._shape = QLabel(self)
        self._words = QLabel(self)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(wrap)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._shape)
        row.addWidget(self._words, 1)
        theme.watch().changed.connect(self._dress)
        self.show_meaning(meaning, text)

    def show_meaning(self, meaning: str, text: str) -> None:
        """Show another meaning and its words."""
        self._meaning = meaning
        self._words.setText(text)
        self.setAccessibleName(text)
        self._dress()

    def text(self) -> str:
        """Return the words."""
        return self._words.text()

    def _dress(self) -> None:
        self._words.setFont(theme.section_font() if self._bold else theme.text_font())
        palette = QPalette(theme.app_palette())
        side = theme.grown(16)
        self._shape.setFixedSize(side, side)
        self._shape.setVisible(bool(self._meaning))
        if self._meaning:
            if self._meaning in theme.MEANINGS:
                palette.setColor(QPalette.ColorRole.WindowText, theme.meaning(self._meaning))
            colour = palette.color(QPalette.ColorRole.WindowText)
            self._shape.setPixmap(icons.pixmap(self._meaning, colour, side, self.devicePixelRatioF()))
        ink(self._words, palette)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the shape again when the screen's scale changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._dress()


class EmptyState(QWidget):
    """An empty page: one sentence and one button."""

    def __init__(
        self,
        sentence: str,
        button: str = "",
        action: Callable[[], object] | None = None,
        *,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self.picture = QLabel(self)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.picture.setVisible(bool(icon))
        self.sentence = TextLabel(sentence, self)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sentence.setMinimumWidth(200)
        self.button = plain_button(button, action, parent=self)
        self.button.setVisible(bool(button))
        box = QVBoxLayout(self)
        box.setContentsMargins(theme.S6, theme.S6, theme.S6, theme.S6)
        box.setSpacing(theme.S4)
        box.addStretch(2)
        box.addWidget(self.picture)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.sentence, 4)
        middle.addStretch(1)
        box.addLayout(middle)
        box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(3)
        self._dress()
        theme.watch().changed.connect(self._dress)

    def minimumSizeHint(self) -> QSize:
        """The words and the button: where there is little room, the picture makes way."""
        whole = super().minimumSizeHint()
        layout = self.layout()
        if layout is not None and self.width() >= whole.width():
            whole.setHeight(layout.minimumHeightForWidth(self.width()))
        there = not self.picture.isHidden()
        return whole - QSize(0, theme.grown(_PICTURE) + theme.S4) if there else whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the picture where it fits."""
        super().resizeEvent(event)
        if self._icon:
            needed = self.minimumSizeHint().height() + theme.grown(_PICTURE) + theme.S4
            self.picture.setVisible(self.height() >= needed)

    def _dress(self) -> None:
        self.sentence.setMaximumWidth(theme.grown(440))
        if self._icon:
            ratio = self.devicePixelRatioF()
            self.picture.setPixmap(icons.pixmap(self._icon, theme.secondary_colour(), theme.grown(_PICTURE), ratio))


def column(*parts: QWidget, spacing: int = theme.S2, margins: int = 0, parent: QWidget | None = None) -> QWidget:
    """Return a widget with the parts one below the other."""
    box = QWidget(parent)
    lines = QVBoxLayout(box)
    lines.setContentsMargins(margins, margins, margins, margins)
    lines.setSpacing(spacing)
    for part in parts:
        lines.addWidget(part)
    return box


def level_labels(form: "QFormLayout") -> None:
    """Set the labels of a form level with the first line of their fields: as high as one line, at the row's top."""
    line = QLineEdit()
    high = line.sizeHint().height()
    for row in range(form.rowCount()):
        item = form.itemAt(row, form.ItemRole.LabelRole)
        label = item.widget() if item is not None else None
        if item is not None and isinstance(label, QLabel):
            item.setAlignment(Qt.AlignmentFlag.AlignTop)  # beside a high field the form stretches a label downward
            label.setMinimumHeight(high)
            label.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)


class Columns(QWidget):
    """Widgets beside one another with a gap, which fold under one another when there is less width than ``narrow``."""

    def __init__(self, *parts: QWidget, gap: int = theme.S6, narrow: int = 640, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrow = narrow
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(gap)
        for part in parts:
            self._row.addWidget(part, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def resizeEvent(self, event: object) -> None:
        """Fold or unfold."""
        direction = QHBoxLayout.Direction.TopToBottom if self.width() < theme.grown(self._narrow) else self._beside()
        if self._row.direction() != direction:
            self._row.setDirection(direction)

    def _beside(self) -> QHBoxLayout.Direction:
        return QHBoxLayout.Direction.LeftToRight  # Qt mirrors it by itself in right-to-left layouts
