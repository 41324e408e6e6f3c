"""A tick or radio button whose words wrap: Qt's own never do, and would force a form wider than its pane."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from foiadesk_ui import theme


class _Words(QLabel):
    """The words; a click on them is a click on the button."""

    def __init__(self, text: str, button: QAbstractButton, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._button = button
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self.setBuddy(button)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._button.setFocus(Qt.FocusReason.MouseFocusReason)
            self._button.click()


class WrappedButton(QWidget):
    """``button`` (without text) with its words beside it."""

    def __init__(self, button: QAbstractButton, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = button
        button.setParent(self)
        button.setAccessibleName(text)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.words = _Words(text, button, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        self.setFocusProxy(button)
        button.installEventFilter(self)
        self._grow()
        theme.watch().sized.connect(self._grow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The words are as faint as the button they stand beside."""
        if event.type() == QEvent.Type.EnabledChange:
            self.words.setEnabled(self.button.isEnabledTo(self))
        return super().eventFilter(watched, event)

    def set_words(self, text: str) -> None:
        """Say something else."""
        if text != self.words.text():
            self.words.setText(text)
            self.button.setAccessibleName(text)

    def showEvent(self, event: QShowEvent) -> None:
        """Level tick and words."""
        super().showEvent(event)
        self._level()

    def _grow(self) -> None:
        self.button.setFixedHeight(max(24, self.words.fontMetrics().height()))
        if self.isVisible():
            self._level()

    def _level(self) -> None:
        """Bring the words' first line to the middle of the tick, wherever the style puts that."""
        option = QStyleOptionButton()
        option.initFrom(self.button)
        check = isinstance(self.button, QCheckBox)
        which = QStyle.SubElement.SE_CheckBoxIndicator if check else QStyle.SubElement.SE_RadioButtonIndicator
        middle = self.button.style().subElementRect(which, option, self.button).center().y()
        self.words.setContentsMargins(0, max(0, middle - self.words.fontMetrics().height() // 2), 0, 0)
