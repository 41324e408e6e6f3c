"""A label on one line that is cut where there is no room; the whole text stays in its tooltip and accessible name."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from foiadesk_ui import theme
from foiadesk_ui.plain_tip import plain_tip


class ElidedLabel(QLabel):
    """``mode``: where it is cut. ``title``: drawn as a page's title."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        title: bool = False,
    ) -> None:
        super().__init__("", parent)
        self._whole = ""
        self._mode = mode
        self._title = title
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(40)
        self._dress()
        theme.watch().sized.connect(self._dress)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self._whole = " ".join(text.split())
        self.setAccessibleName(self._whole)
        self._cut()
        self.updateGeometry()

    def whole(self) -> str:
        """Return the text uncut."""
        return self._whole

    def sizeHint(self) -> QSize:
        """As wide as the whole text."""
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(40, super().minimumSizeHint().height())

    def resizeEvent(self, event: object) -> None:
        """Cut anew."""
        self._cut()

    def changeEvent(self, event: QEvent) -> None:
        """Cut anew in another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._cut()

    def _dress(self) -> None:
        self.setFont(theme.title_font() if self._title else QFont(theme.text_font()))

    def _cut(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, self._mode, max(self.width(), 40))
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(plain_tip(self._whole) if shown != self._whole else "")
