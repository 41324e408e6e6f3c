"""A request's life as a picture: what happened and how each clock ran, to one scale."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from foiadesk_ui.i18n import plain_date, words_of
from foiadesk_ui.picture_view import PictureView
from foiadesk_ui.session import Session


class LifeTab(QWidget):
    """Asks for the picture only while it is looked at."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._request = 0
        self.view = PictureView(session, self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.view)

    def show_request(self, request: int) -> None:
        """Draw a request's life, anew after each change."""
        self._request = request
        if self.isVisible():
            self._draw()

    def showEvent(self, _event: object) -> None:
        """Draw what was asked for meanwhile."""
        self._draw()

    def _draw(self) -> None:
        request = self._request
        if request:
            self.view.show_picture(
                lambda desk, width: desk.campaigns.life(request, width=width, say=words_of, day=plain_date)
            )
