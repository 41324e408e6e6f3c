"""Choose one request: a line to filter by, the list below; and the field that shows which one was chosen."""

from array import array
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from foiadesk.desk import RequestFilter
from foiadesk_ui import theme
from foiadesk_ui.i18n import _
from foiadesk_ui.picker import Picker
from foiadesk_ui.requests_list import RequestsList
from foiadesk_ui.requests_model import RequestsModel
from foiadesk_ui.screen_fit import size_dialog
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import LinkButton

if TYPE_CHECKING:
    from foiadesk.desk import RequestRow


class RequestPicker(Picker):
    """A modal list of requests. ``picked`` carries the id."""

    topic: ClassVar[str] = "filing"

    picked = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None, title: str) -> None:
        super().__init__(title, _("Filter by word, office or number"), _("Filter requests"), _("Choose"), parent)
        self._session = session
        self._questions = 0
        self.model = RequestsModel(self._fetch, self)
        self.list = RequestsList(self.model, self)
        self.list.delegate.group = "none"
        self.list.setSelectionMode(RequestsList.SelectionMode.SingleSelection)
        self.list.request_opened.connect(self._take)
        self.list.request_chosen.connect(lambda _request: self._allow())
        self.put(self.list, self.list)
        size_dialog(self, 520, 460)
        self._pause = QTimer(self, singleShot=True, interval=120)
        self._pause.timeout.connect(self._ask)
        self.filter.textChanged.connect(lambda _text: self._pause.start())
        self._allow()
        self._ask()

    def take(self) -> None:
        """Take the selected request."""
        self._take(self.list.current_request())

    def _ask(self) -> None:
        wanted = RequestFilter(text=self.filter.text().strip())
        self._session.ask(self, lambda desk: desk.requests.ids(wanted), self._listed, key="ids")

    def _listed(self, ids: "array[int]") -> None:
        self.list.show_list(ids, ())
        if not self.list.current_request():
            self.list.select_first()
        self._allow()

    def _fetch(self, ids: tuple[int, ...], answer: "Callable[[Sequence[RequestRow]], None]") -> None:
        self._questions += 1
        self._session.ask(self, lambda desk: desk.requests.rows(ids), answer, key=f"rows {self._questions}")

    def _allow(self) -> None:
        self.choose.setEnabled(bool(self.list.current_request()))

    def _take(self, request: int) -> None:
        if request:
            self.picked.emit(request)
            self.accept()


def pick_request(session: Session, parent: QWidget, title: str, picked: Callable[[int], None]) -> RequestPicker:
    """Ask for a request and call ``picked`` with its id; nothing happens when the person cancels."""
    dialog = RequestPicker(session, parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.picked.connect(picked)
    dialog.open()
    return dialog


class RequestField(QWidget):
    """Shows the chosen request, or that the In-tray was chosen, with buttons to choose another."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._request: int | None = None
        self.label = QLabel("", self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.choose = LinkButton(_("Choose…"), self._choose, parent=self)
        self.choose.setAccessibleName(_("Choose the request this belongs to"))
        self.none = LinkButton(_("None yet"), lambda: self._picked(None), parent=self)
        self.none.setToolTip(_("Keep it in the In-tray"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S1)
        row.addWidget(self.label, 1)
        row.addWidget(self.choose)
        row.addWidget(self.none)
        self.setFocusProxy(self.choose)
        self._say(())

    def value(self) -> int | None:
        """Return the chosen request's id, None for the In-tray."""
        return self._request

    def set_value(self, request: int | None) -> None:
        """Show a request; does not count as a change."""
        self._request = request
        self.none.setVisible(request is not None)
        self._say(())
        if request is not None:
            self._session.ask(self, lambda desk: desk.requests.rows([request]), self._say, key="row")

    def _choose(self) -> None:
        pick_request(self._session, self, _("Which request does it belong to?"), self._picked)

    def _picked(self, request: int | None) -> None:
        self.set_value(request)
        self.changed.emit()

    def _say(self, rows: "Sequence[RequestRow]") -> None:
        if self._request is None:
            self.label.setText(_("No request yet: it waits in the In-tray"))
        elif rows:
            row = rows[0]
            number = f" · {row.tracking[0]}" if row.tracking else ""
            self.label.setText(f"{row.title} · {row.office_short}{number}")
        else:
            self.label.setText("…")
