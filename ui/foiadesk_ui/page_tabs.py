"""Tabs that tell the layout round them what the page that shows really needs."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTabWidget, QWidget

from foiadesk_ui.least import least_height, least_width
from foiadesk_ui.repolish import before_showing


class PageTabs(QTabWidget):
    """Tabs that need what the page that shows needs, at the width they have."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self._turned)

    def _turned(self, _page: int) -> None:
        before_showing(self.currentWidget())
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Never for the layout round it, which would take what is liked for what is needed."""
        return False

    def minimumSizeHint(self) -> QSize:
        """That of the page and the bar."""
        return QSize(
            max(least_width(self.currentWidget()), self.tabBar().minimumSizeHint().width()),
            least_height(self, self.width()),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """At another width, text has another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
