"""One request: its head, and tabs for timeline, letters, documents, items, deadlines, life, office and notes."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from foiadesk.records import Attachment, EventKind, Letter
from foiadesk_ui.drops import accept_drops
from foiadesk_ui.event_form import EventDialog
from foiadesk_ui.filing_dialog import choose_and_file, file_sources
from foiadesk_ui.i18n import _
from foiadesk_ui.least import PageStack, Tight
from foiadesk_ui.low_scroll import LowScroll
from foiadesk_ui.merge_panel import MergePanel
from foiadesk_ui.next_steps import step_deed
from foiadesk_ui.page_tabs import PageTabs
from foiadesk_ui.request_deadlines import DeadlinesTab
from foiadesk_ui.request_documents import DocumentsTab
from foiadesk_ui.request_facts import Facts, read_facts
from foiadesk_ui.request_header import RequestHeader
from foiadesk_ui.request_items import ItemsTab
from foiadesk_ui.request_letters import LettersTab
from foiadesk_ui.request_life import LifeTab
from foiadesk_ui.request_notes import NotesTab
from foiadesk_ui.request_office import OfficePanel
from foiadesk_ui.request_picker import pick_request
from foiadesk_ui.request_timeline import TimelineTab
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import EmptyState

if TYPE_CHECKING:
    from foiadesk.desk import Change, IncomingFile
    from foiadesk.law import NextStep

SHORT = 600  # px
TABS = ("timeline", "letters", "documents", "items", "deadlines", "life", "office", "notes")


class RequestView(Tight):
    """Shows the request it was told to; asks for it again when a change touches it."""

    back_asked = Signal()
    shown = Signal(object)  # Facts

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._request = 0
        self._facts: Facts | None = None
        self._log_next: EventKind | None = None
        self.header = RequestHeader(self)
        self.merge = MergePanel(session, self)
        self.timeline = TimelineTab(session, self)
        self.letters = LettersTab(session, self)
        self.documents = DocumentsTab(session, self)
        self.items = ItemsTab(self)
        self.deadlines = DeadlinesTab(session, self)
        self.life = LifeTab(session, self)
        self.office = OfficePanel(self, snapshot=True)
        self.notes = NotesTab(session, self)
        self.tabs = PageTabs(self)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(_("About this request"))
        self.tabs.setStyleSheet("QTabWidget::tab-bar { left: 20px; }")  # in line with the title
        self.tabs.tabBar().setExpanding(False)
        self.tabs.tabBar().setUsesScrollButtons(True)
        for page in (
            self.timeline, self.letters, self.documents, self.items, self.deadlines, self.life, self.office, self.notes,
        ):  # fmt: skip
            self.tabs.addTab(page, "")
        self._label_tabs()
        self._body = QWidget(self)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.merge)
        column.addWidget(self.tabs, 1)
        self.empty = EmptyState(_("Choose a request to see what has happened and what is due."), icon="requests",
                                parent=self)  # fmt: skip
        self.stack = PageStack(self)
        self._blank = QWidget(self)  # until the first answer is there
        self.stack.addWidget(self._blank)
        self.stack.addWidget(self.empty)
        self._low = LowScroll(self._body, self)
        self.stack.addWidget(self._low)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stack)
        self._connect()

    def _connect(self) -> None:
        self.header.back_asked.connect(self.back_asked)
        self.header.step_asked.connect(self._step)
        self.header.log_asked.connect(self.log_event)
        self.header.file_asked.connect(self.choose_files)
        self.header.send_asked.connect(self._send)
        self.header.copy_asked.connect(lambda: self._session.go("new_request", copy=self._request))
        self.header.window_asked.connect(lambda: self._session.window_asked.emit(self._request))
        self.header.merge_asked.connect(lambda: self.merge.begin(self._request))
        self.header.trash_asked.connect(self._trash)
        self.header.restore_asked.connect(self._restore)
        self.timeline.log_asked.connect(self.log_event)
        self.timeline.file_opened.connect(self.show_file)
        self.letters.letter_opened.connect(self._open_letter)
        self.letters.letter_wanted.connect(self._new_letter)
        self.documents.file_asked.connect(self.choose_files)
        self.documents.move_asked.connect(self._move)
        self.documents.trash_asked.connect(self._throw_away)
        accept_drops(self, self._dropped, self._drop_words)

    # What is shown -------------------------------------------------------------------------------------------------

    @property
    def request(self) -> int:
        """The id of the request that is shown or being read, 0 for none."""
        return self._request

    @property
    def facts(self) -> Facts | None:
        """What is shown."""
        return self._facts

    def show_request(self, request: int, tab: str = "") -> None:
        """Read a request and show it; ``tab`` brings one of TABS forward."""
        if tab in TABS:
            self.tabs.setCurrentIndex(TABS.index(tab))
        if request == self._request and self._facts is not None:
            return
        self.notes.flush()
        self.merge.hide()
        self._request = request
        self._facts = None
        self._log_next = None
        if request:
            if self.stack.currentWidget() is self.empty:
                self.stack.setCurrentWidget(self._blank)
            self._read()
        else:
            self.stack.setCurrentWidget(self.empty)

    def log_when_shown(self, kind: EventKind) -> None:
        """Open the form for something that happened as soon as the request is on the screen."""
        if self._facts is not None:
            self.log_event(kind)
        else:
            self._log_next = kind

    def refresh(self, change: "Change | None") -> None:
        """Read again when the change touches this request (or its people, or cannot say)."""
        if self._request and (change is None or touches(change, self._request)):
            self._read()

    def show_file(self, attachment: Attachment) -> None:
        """Bring the Documents tab forward with this file in the preview."""
        self.tabs.setCurrentWidget(self.documents)
        self.documents.show_file(attachment)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window keeps its room for the tabs."""
        super().resizeEvent(event)
        self.header.set_short(self.height() < SHORT)

    def flush(self) -> None:
        """Save notes on their way."""
        self.notes.flush()

    # Actions -------------------------------------------------------------------------------------------------------

    def log_event(self, kind: EventKind | None = None) -> None:
        """Open the form for something that happened."""
        facts = self._facts
        if facts is None:
            return
        dialog = EventDialog(self, today=facts.today, items=facts.request.items,
                             kind=kind if isinstance(kind, EventKind) else None)  # fmt: skip
        request = facts.request.id
        dialog.accepted.connect(
            lambda: self._session.act(self, lambda desk: desk.requests.add_event(request, dialog.accepted_data))
        )
        dialog.open()

    def choose_files(self) -> None:
        """Choose files to file on this request."""
        if self._request:
            choose_and_file(self._session, self, self._request)

    def _dropped(self, sources: "Sequence[Path | IncomingFile]") -> None:
        file_sources(self._session, self, sources, self._request or None)

    def _drop_words(self) -> str:
        if self._facts is None:
            return _("Drop to file in the In-tray")
        request = self._facts.request
        return _("Drop to file on {request}").format(request=f"{request.title} · {request.office.short}")

    def _step(self, step: "NextStep") -> None:
        facts = self._facts
        if facts is None:
            return
        if step.kind in facts.letter_steps:
            self._new_letter(step.kind)
            return
        deed = step_deed(step.kind)
        if deed.event is not None:
            self.log_event(deed.event)
        elif deed.page == "letter":
            self._send()
        elif deed.page == "deadlines":
            self.tabs.setCurrentWidget(self.deadlines)
        elif deed.page:
            self._session.go(deed.page)

    def _send(self) -> None:
        """Go to the letter that waits to be sent; there it is marked as sent, with what it files."""
        facts = self._facts
        if facts is None:
            return
        asking = {kind.name for kind in facts.kinds if kind.group == "requests"}
        first = [letter for letter in facts.drafts if letter.kind in asking] or list(facts.drafts)
        if first:
            self._session.go("letter", request=self._request, letter=first[0].id, mark_sent=True)
        else:
            self._session.go("letter", request=self._request, kind="policy_request")

    def _new_letter(self, kind: str) -> None:
        self._session.go("letter", request=self._request, kind=kind)

    def _open_letter(self, letter: Letter) -> None:
        self._session.go("letter", request=self._request, letter=letter.id)

    def _trash(self) -> None:
        request = self._request
        self._session.act(self, lambda desk: desk.requests.trash(request))

    def _restore(self) -> None:
        request = self._request
        self._session.act(self, lambda desk: desk.requests.restore(request))

    def _throw_away(self, attachment: Attachment) -> None:
        number = attachment.id
        self._session.act(self, lambda desk: desk.trash.put("attachment", number))

    def _move(self, attachment: Attachment) -> None:
        letter = attachment.correspondence
        if letter is None:
            return
        pick_request(
            self._session,
            self,
            _("Move to which request?"),
            lambda request: self._session.act(self, lambda desk: desk.filing.move(letter, request)),
        )

    # Inside --------------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        wanted = self._request
        self._session.ask(self, lambda desk: read_facts(desk, wanted), self._answered, key="facts")

    def _answered(self, facts: Facts) -> None:
        if facts.request.id != self._request:
            return
        self._facts = facts
        self.header.show_facts(facts)
        self.timeline.show_facts(facts)
        self.letters.show_facts(facts)
        self.documents.show_facts(facts)
        self.items.show_facts(facts)
        self.deadlines.show_facts(facts)
        self.life.show_request(facts.request.id)
        self.office.show_office(facts.request.office)
        self.notes.show_facts(facts)
        self._label_tabs()
        self.stack.setCurrentWidget(self._low)
        self.shown.emit(facts)
        if self._log_next is not None:
            kind, self._log_next = self._log_next, None
            self.log_event(kind)

    def _label_tabs(self) -> None:
        facts = self._facts
        counts = (
            0,
            len(facts.letters) if facts else 0,
            len(facts.documents) if facts else 0,
            len(facts.request.items) if facts else 0,
        )
        labels = (
            _("Timeline"),
            _("Letters"),
            _("Documents"),
            _("Items"),
            _("Deadlines"),
            _("Life"),
            _("Office"),
            _("Notes"),
        )
        for number, label in enumerate(labels):
            count = counts[number] if number < len(counts) else 0
            self.tabs.setTabText(number, f"{label} {count}" if count else label)


def touches(change: "Change", request: int) -> bool:
    """Return whether a change may show on this request."""
    if "request" in change.ids:
        return request in change.ids["request"]
    return True
