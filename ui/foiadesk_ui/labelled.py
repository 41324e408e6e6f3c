"""A field with its label above and its help below, tied together for the eye, the keyboard and the screen reader."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.widgets import SecondaryLabel, SectionLabel

COLUMN = 720  # a line of text longer than this is hard to read


class Labelled(QWidget):
    """Label, field, help. The label is the field's buddy and gives it its accessible name."""

    def __init__(self, label: str, field: QWidget, help_text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._laid_out = False
        self.label = QLabel(label, self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        target = field.focusProxy() or field
        self.label.setBuddy(target)
        if not target.accessibleName():
            target.setAccessibleName(label)
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.S2)
        self.head.addWidget(self.label, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S1)
        column.addLayout(self.head)
        column.addWidget(field)
        self.help = SecondaryLabel(help_text, self, wrap=True)
        self.help.setVisible(bool(help_text))
        if help_text and not target.accessibleDescription():
            target.setAccessibleDescription(help_text)
        column.addWidget(self.help)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        """As high as the text is at the width it has: a layout stretches it no further."""
        hint = super().sizeHint()
        return QSize(hint.width(), self.heightForWidth(self.width())) if self._laid_out else hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        """At another width, text has another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._laid_out = True
            self.updateGeometry()


def section(title: str, text: str = "", parent: QWidget | None = None) -> QWidget:
    """Return a section head with an optional sentence below it."""
    box = QWidget(parent)
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(SectionLabel(title, box, wrap=True))
    if text:
        column.addWidget(SecondaryLabel(text, box, wrap=True))
    return box


class FormColumn(QScrollArea):
    """A form that scrolls: one column of fields, never wider than a line is comfortable to read."""

    def __init__(self, parent: QWidget | None = None, *, widest: int = COLUMN) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget(self)
        outer = QHBoxLayout(holder)
        outer.setContentsMargins(0, 0, 0, 0)
        self.inner = QWidget(holder)
        self.inner.setMaximumWidth(widest)
        self.column = QVBoxLayout(self.inner)
        self.column.setContentsMargins(0, 0, theme.S4, theme.S6)
        self.column.setSpacing(theme.S4)
        outer.addWidget(self.inner, 1000)
        outer.addStretch(1)
        self.setWidget(holder)

    def add(self, *parts: QWidget) -> None:
        """Append widgets to the column."""
        for part in parts:
            self.column.addWidget(part)

    def finish(self) -> None:
        """Let everything stand at the top."""
        self.column.addStretch(1)

    def bring(self, widget: QWidget) -> None:
        """Scroll until the widget is seen, and give it the keyboard."""
        self.ensureWidgetVisible(widget, 0, 48)
        (widget.focusProxy() or widget).setFocus(Qt.FocusReason.OtherFocusReason)
