"""The live page beside the form: drawn off the GUI thread after a pause in typing, replaced without flicker."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from foiadesk.desk import Desk, LetterPreview
from foiadesk.records.errors import KnownError
from foiadesk_ui import theme
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, error_text, words_of
from foiadesk_ui.page_view import PageSpot, PageView
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import IconButton, MeaningLabel, SecondaryLabel

PAUSE_MS = 25  # at most one drawing is under way, so a short pause costs no queue
SHARPEST = 4.0  # dots per point; a larger picture only costs memory

Draw = Callable[[Desk, float], LetterPreview]


class LivePreview(QWidget):
    """Pages of a letter that follow what is typed.

    At most one drawing is under way; what changed meanwhile is drawn once when it is done, so that typing never makes
    a queue. An answer for another letter is dropped. The old pages stay until the new ones are there.
    """

    drawn = Signal(object)  # LetterPreview
    refused = Signal(object)  # KnownError: why nothing new is drawn

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._draw: Draw | None = None
        self._busy = self._again = False
        self._count = 0
        self.pages = PageView(self)
        self.pages.scale_changed.connect(self.touch)
        self.pages.page_changed.connect(self._say_page)
        self.trouble = MeaningLabel("late", "", self)
        self.trouble.hide()
        self.where = SecondaryLabel("", self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._lay_out()

    def _lay_out(self) -> None:
        self.zoom_out = IconButton("zoom-out", _("Smaller"), self._smaller, parent=self)
        self.zoom_in = IconButton("zoom-in", _("Larger"), self._larger, parent=self)
        self.fit = IconButton("fit-width", _("Fit the width"), self._fit, parent=self)
        self.bar = QWidget(self)
        row = Flow(self.bar)
        row.setContentsMargins(theme.S2, 0, theme.S2, 0)
        row.setSpacing(theme.S1)
        row.addWidget(self.where, 1)
        for button in (self.zoom_out, self.zoom_in, self.fit):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S1)
        column.addWidget(self.bar)
        column.addWidget(self.trouble)
        column.addWidget(self.pages, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def add_tool(self, widget: QWidget) -> None:
        """Put a widget at the left end of the bar above the pages."""
        layout = self.bar.layout()
        assert isinstance(layout, Flow)
        layout.insertWidget(0, widget)

    def show_letter(self, draw: Draw | None, *, name: str = "") -> None:
        """Show another letter, at once; None shows nothing. ``draw`` runs off the GUI thread."""
        self._draw = draw
        self._pause.stop()
        self._again = False
        self.pages.setAccessibleName(name or _("Pages"))
        self.trouble.hide()
        if draw is None:
            self._session.jobs.forget(self, "preview")
            self._busy = False
            self.pages.clear()
            self.where.setText("")
        else:
            self.pages.verticalScrollBar().setValue(0)
            self._busy = False
            self._ask()

    def say(self, words: str) -> None:
        """Say above the pages why there are none."""
        self.trouble.show_meaning("soon", words)
        self.trouble.show()

    def touch(self) -> None:
        """Something changed: draw again after a short pause."""
        if self._draw is not None:
            self._pause.start()

    def _ask(self) -> None:
        draw = self._draw
        if draw is None:
            return
        if self._busy:
            self._again = True
            return
        self._busy = True
        scale = min(max(self.pages.wanted_scale(), 0.2), SHARPEST)
        self._session.ask(
            self,
            lambda desk: (draw(desk, scale), scale),
            self._arrived,
            key="preview",
            failed=self._failed,
        )

    def _arrived(self, answer: tuple[LetterPreview, float]) -> None:
        preview, scale = answer
        self.trouble.hide()
        wide = preview.pages[0].width / scale if preview.pages else 612.0
        self.pages.show_pages(preview.pages, points_wide=wide)
        self.pages.show_spots(_spots(preview))
        self._count = len(preview.pages)
        self._say_page(1)
        self._next()
        self.drawn.emit(preview)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, KnownError):
            self.trouble.show_meaning("late", error_text(error))
            self.trouble.show()
            self.refused.emit(error)
        else:
            self._session.report(error)
        self._next()

    def _next(self) -> None:
        self._busy = False
        if self._again:
            self._again = False
            self._ask()

    def _say_page(self, page: int) -> None:
        count = self._count
        self.where.setText(_("Page {page} of {count}").format(page=max(1, page), count=count) if count else "")

    def _smaller(self) -> None:
        self.pages.zoom_out()

    def _larger(self) -> None:
        self.pages.zoom_in()

    def _fit(self) -> None:
        self.pages.set_zoom(1.0)


def _spots(preview: LetterPreview) -> list[PageSpot]:
    """Return where the letter's blanks stand, each leading to its field."""
    labels = {blank.name: blank.label for blank in preview.blanks}
    return [
        PageSpot(
            spot.name,
            spot.page,
            QRectF(spot.left, spot.top, spot.right - spot.left, spot.bottom - spot.top),
            _("Fill in: {field}").format(field=words_of(labels[spot.name])),
        )
        for spot in preview.spots
        if spot.name in labels
    ]
