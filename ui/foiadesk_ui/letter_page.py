"""Letter: left the form, right the page as it will print; saved as it is typed, printed, copied, marked as sent."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from foiadesk.desk import Change, Desk, LetterPreview
from foiadesk.records.errors import NotFound
from foiadesk_ui import theme
from foiadesk_ui.beside import Beside
from foiadesk_ui.i18n import N_, _
from foiadesk_ui.least import PageStack
from foiadesk_ui.letter_bar import LetterBar
from foiadesk_ui.letter_exits import Leaving, LetterExits
from foiadesk_ui.letter_menu import LetterMenu
from foiadesk_ui.letter_preview import LivePreview
from foiadesk_ui.letter_saving import DraftSaving
from foiadesk_ui.letter_sent import SentFacts
from foiadesk_ui.letter_subject import Subject, find_or_start, read_subject
from foiadesk_ui.letter_tools import DraftTools
from foiadesk_ui.letter_versions import LetterVersions
from foiadesk_ui.letter_writing import LetterWriting
from foiadesk_ui.mail_panel import MailPanel
from foiadesk_ui.mark_sent import MarkSentPanel
from foiadesk_ui.page import Page, Primary
from foiadesk_ui.session import Session
from foiadesk_ui.shortcuts import Shortcut
from foiadesk_ui.widgets import EmptyState

if TYPE_CHECKING:
    from foiadesk.desk import Snippet


class LetterPage(Page):
    """One letter at a time: a draft that saves itself, or a sent one, read-only with its exact pages."""

    name = "letter"
    title = N_("Letter")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._subject: Subject | None = None
        self._wanted = 0  # the letter asked for; answers about another are too late
        self._mark_at_once = False
        self._last: LetterPreview | None = None
        self.tools = DraftTools(session, self._leaving, self)
        self.writing = LetterWriting(session, self.tools, self)
        self.writing.edited.connect(self._edited)
        self.writing.wanted.connect(self._fill)
        self.form, self.finding, self.carries = self.writing.form, self.writing.finding, self.writing.carries
        self.notes, self.spelling, self.inserter = self.writing.notes, self.writing.spelling, self.writing.inserter
        self.saving = DraftSaving(session, self.writing.values, self)
        self.saving.waits.connect(lambda: self._say(""))
        self.saving.saved.connect(self._was_saved)
        self.saving.failed.connect(lambda: self._say(_("Not saved")))
        self.facts = SentFacts(session, self)
        self.preview = LivePreview(session, self)
        self.preview.drawn.connect(self._drawn)
        self.preview.pages.spot_clicked.connect(self._fill)
        self.panel = MarkSentPanel(session, self)
        self.panel.sent.connect(self._marked)
        self.panel.shown.connect(self.header_changed)
        self.panel.closed.connect(self.header_changed)
        self.panel.hide()
        self.exits = LetterExits(session, self._leaving, self)
        self.exits.done.connect(lambda words: self._say(words, aloud=True))
        self.versions = LetterVersions(session, self)
        self.exits.left.connect(self.tools.note_exit)
        self.mail = MailPanel(session, self)
        self.mail.done.connect(lambda words: self._say(words, aloud=True))
        self.bar = self._made_bar()
        self._lay_out()
        self._bind(Shortcut.PRINT, self.exits.print_shown)
        self._bind(Shortcut.SAVE_PDF, self.exits.save_pdf)
        self._bind(Shortcut.FIND_HERE, partial(self._find, replace=False))
        self._bind(Shortcut.REPLACE_HERE, partial(self._find, replace=True))
        self._bind(Shortcut.NEXT_BLANK, self._to_next_blank)
        self.versions.closed.connect(self._versions_closed)
        self._show_gone(False)

    def _bind(self, shortcut: Shortcut, run: Any) -> None:
        made = QShortcut(shortcut.keys, self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(run)

    # Layout

    def _made_bar(self) -> LetterBar:
        more = LetterMenu(self.exits, self.tools, self)
        more.find_wanted.connect(partial(self._find, replace=True))
        more.versions_wanted.connect(self._show_versions)
        more.template_wanted.connect(self._to_template)
        more.reset_wanted.connect(self._reset_template)
        more.around_wanted.connect(self._around)
        bar = LetterBar(self.exits, more, self)
        bar.request_wanted.connect(self._to_request)
        bar.stepped.connect(self._step)
        return bar

    def _find(self, *, replace: bool) -> None:
        if self._subject is not None and not self._subject.sent:
            if self.versions.isVisibleTo(self):
                self.versions.put_away()
            self.finding.begin(replace=replace)

    def _show_versions(self) -> None:
        if self._subject is not None and not self._subject.sent:
            self.flush()
            self.panel.put_away()
            self.splitter.hide()
            self.versions.show()
            self.versions.begin(self._subject.letter.id)
            self.header_changed.emit()

    def _versions_closed(self) -> None:
        self.versions.hide()
        self.splitter.show()
        self.header_changed.emit()
        if self._subject is not None:
            self._take_keyboard(self._subject)

    def _to_template(self) -> None:
        if (subject := self._subject) is not None:
            self.session.go("templates", kind=subject.kind.form_name, request=subject.request.id)

    def _reset_template(self) -> None:
        if (subject := self._subject) is not None:
            self.session.act(self, lambda desk: desk.templates.reset(subject.kind.form_name))

    def _around(self, kind: str) -> None:
        """Make what goes around this letter."""
        if self._subject is not None:
            self.mail.begin(kind, (self._subject.request.id,))

    def _lay_out(self) -> None:
        self.left = PageStack(self)
        self.left.addWidget(self.writing)
        self.left.addWidget(self.facts)
        self.splitter = Beside(self.left, self.preview, narrow=580, shares=(5, 6), parent=self)
        self.left.setMinimumWidth(300)
        self.preview.setMinimumWidth(280)
        self.whole = QWidget(self)
        inside = QVBoxLayout(self.whole)
        inside.setContentsMargins(theme.S6, theme.S2, 0, 0)
        inside.setSpacing(theme.S2)
        inside.addWidget(self.bar)
        inside.addWidget(self.exits)
        inside.addWidget(self.mail)
        inside.addWidget(self.panel)
        inside.addWidget(self.splitter, 1)
        inside.addWidget(self.versions, 1)
        self.gone = EmptyState(
            _("Choose a request to write a letter for."), _("Requests"), lambda: self.session.go("requests"),
            icon="letter", parent=self,
        )  # fmt: skip
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.whole, 1)
        outer.addWidget(self.gone, 1)

    # The window asks

    def open(self, **where: Any) -> None:
        """Show a letter: ``letter`` (or ``id``), or ``request`` with ``kind``; ``mark_sent`` opens that panel."""
        self._mark_at_once = bool(where.get("mark_sent"))
        letter = where.get("letter") or where.get("id")
        if letter:
            self._read(int(letter))
        elif where.get("kind") and where.get("request"):
            kind, request = str(where["kind"]), int(where["request"])
            self.session.ask(self, lambda desk: find_or_start(desk, kind, request), self._read, key="start")
        elif self._mark_at_once and self._subject is not None:
            self._mark()

    def refresh(self, change: Change | None) -> None:
        """Read again what an undo or another page changed; what is being typed here stays."""
        subject = self._subject
        if subject is None or subject.letter.id != self._wanted:  # another letter is on its way already
            return
        if self.versions.isVisibleTo(self) and (change is None or change.touches("letter")):
            self.versions.begin(subject.letter.id)
        if change is not None and change.touches("snippet"):
            self.session.ask(self, lambda desk: desk.snippets.own(), self._snippets_moved, key="snippets")
        if change is None or {"letter", "request", "correspondence", "template"} & set(change.ids):
            self.session.ask(
                self, lambda desk: read_subject(desk, subject.letter.id), self._reread, key="again", failed=self._lost
            )
        elif not subject.sent and {"requester", "event", "closure"} & set(change.ids):
            self.preview.touch()

    def _snippets_moved(self, own: "tuple[Snippet, ...]") -> None:
        self.inserter.own = own

    def flush(self) -> None:
        """Save what was typed now."""
        self.saving.flush()

    def primary(self) -> Primary | None:
        """A draft can be marked as sent; of a sent letter, the next one waits."""
        subject = self._subject
        if subject is None:
            return super().primary()
        if not subject.sent:
            asking = self.panel.isVisibleTo(self) or self.versions.isVisibleTo(self)  # they have the button then
            return None if asking else Primary(_("Mark as sent"), self._mark, "send")
        unsent = next((one for one in subject.siblings if not one.sent), None)
        if unsent is not None:
            words = _("Next letter: {office}").format(office=unsent.office)
            return Primary(words, lambda: self._go(unsent.letter), "forward")
        return Primary(_("Open the request"), self._to_request, "request")

    def first_focus(self) -> QWidget | None:
        """Typing begins in the form."""
        subject = self._subject
        return None if subject is None or subject.sent else self.form.first()

    def poses(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        """Return what goes along with the letter and around it."""
        return (
            ("carries", self.carries.head.click),
            ("envelope", partial(self._around, "envelope")),
            ("fax", partial(self._around, "fax")),
            ("find", self._pose_find),
            ("versions", self._show_versions),
        )

    def _pose_find(self) -> None:
        self.mail.hide()
        self._find(replace=True)
        self.finding.text.setText(self.form.texts()[-1].text().partition(" ")[0])

    # What is shown

    def _read(self, letter: int) -> None:
        self.flush()
        self._wanted = letter
        self.session.ask(self, lambda desk: read_subject(desk, letter), self._show, key="subject", failed=self._lost)

    def _lost(self, error: Exception) -> None:
        if isinstance(error, NotFound):
            self._subject = None
            self.saving.begin(None, {})
            self.preview.show_letter(None)
            self._show_gone(True)
        else:
            self.session.report(error)

    def _show_gone(self, gone: bool) -> None:
        self.gone.setVisible(gone)
        self.whole.setVisible(not gone)
        self.header_changed.emit()

    def _show(self, subject: Subject) -> None:
        if subject.letter.id != self._wanted:
            return
        anew = self._subject is None or self._subject.kind.fields != subject.kind.fields
        self._subject, self._last = subject, None
        self.saving.begin(None if subject.sent else subject.letter.id, subject.letter.values)
        self.writing.begin(subject, anew=anew)
        self.panel.put_away()
        self.exits.hide()
        self.mail.hide()
        self.versions.hide()
        self.splitter.show()
        self._say("")
        self._dress(subject)
        self._draw(subject)
        self._show_gone(False)
        self._take_keyboard(subject)
        if self._mark_at_once and not subject.sent:
            self._mark()
        self._mark_at_once = False

    def _take_keyboard(self, subject: Subject) -> None:
        """The letter came after the page opened: put the keyboard where one goes on."""
        first = self.preview.pages if subject.sent else self.form.first()
        if first is not None and self.isVisible():
            (first.focusProxy() or first).setFocus(Qt.FocusReason.OtherFocusReason)

    def _dress(self, subject: Subject) -> None:
        office = subject.request.office
        self.title = _("Letter to {office}").format(office=office.short or office.name)
        self.setAccessibleName(self.title)
        self.bar.dress(subject)
        self.left.setCurrentIndex(1 if subject.sent else 0)
        self.writing.offer(subject)
        if subject.sent:
            self.facts.show_subject(subject)
        self.header_changed.emit()

    def _draw(self, subject: Subject) -> None:
        letter, name = subject.letter, _(subject.letter.title or subject.kind.title)
        if subject.sent:
            self.preview.show_letter(lambda desk, scale: draw_sent(desk, letter.id, scale), name=name)
        else:
            self.preview.show_letter(self._draw_draft(letter.kind, letter.request), name=name)

    def _draw_draft(self, kind: str, request: int) -> Any:
        shown = self._wanted
        self.saving.read()

        def draw(desk: Desk, scale: float) -> LetterPreview:
            return desk.letters.preview(kind, request, self.saving.values_of(shown), scale=scale)

        return draw

    def _drawn(self, preview: LetterPreview) -> None:
        self._last = preview
        subject = self._subject
        if subject is None or subject.sent:
            return
        self.writing.show_drawn(preview)
        self.bar.show_length(preview.text, subject.limit)
        self.panel.set_blanks(preview.blanks)

    def _reread(self, subject: Subject) -> None:
        before = self._subject
        if before is None or not subject.letter.id == before.letter.id == self._wanted:
            return
        if subject.sent != before.sent:
            self._show(subject)
            return
        self._subject = subject
        self._dress(subject)
        if subject.kind.fields != before.kind.fields:  # its template was changed
            self.writing.rebuild(subject)
            self.saving.read()
        if self.saving.moved(subject.letter.values):  # an undo, not our own saving
            self.writing.load(subject)
            self.saving.read()
            self.finding.again()
        elif subject.documents != before.documents:
            self.writing.show_documents(subject, self.writing.values())
        if not subject.sent:
            self.preview.touch()

    # Writing

    def _edited(self) -> None:
        self.saving.edited()
        self.preview.touch()

    def _was_saved(self) -> None:
        if not self.bar.said.text():  # "Copied" and the like stay
            self._say(_("Saved"))

    def _say(self, text: str, *, aloud: bool = False) -> None:
        self.bar.say(text, aloud=aloud)

    def _to_next_blank(self) -> None:
        subject = self._subject
        if subject is None or subject.sent or self._last is None:
            return
        name = self.writing.next_blank(self._last)
        if name:
            self._fill(name)
        else:
            self._say(_("No blank is left"), aloud=True)

    def _fill(self, name: str) -> None:
        """Go where a blank is filled in: a field of the form, else who asks or the request."""
        if self.form.has(name):
            self.form.go_to(name)
        elif name.startswith(("sign", "requester", "letterhead")):
            self.session.go("requesters")
        else:
            self._to_request()

    # Moving on

    def _to_request(self) -> None:
        if self._subject is not None:
            self.session.go("request", id=self._subject.request.id)

    def _step(self, by: int) -> None:
        subject = self._subject
        if subject is not None and 0 <= subject.place + by < len(subject.siblings):
            self._go(subject.siblings[subject.place + by].letter)

    def _go(self, letter: int) -> None:
        self.session.go("letter", letter=letter)

    def _leaving(self) -> Leaving | None:
        """What would leave the program at this moment, with everything typed saved."""
        if self._subject is None:
            return None
        self.flush()
        return Leaving(self._subject, self.writing.values())

    # Sent

    def _mark(self) -> None:
        subject = self._subject
        if subject is not None and not subject.sent:
            self.flush()
            self.panel.begin(subject, self._last.blanks if self._last is not None else ())

    def _marked(self, _change: Change) -> None:
        subject = self._subject
        if subject is not None:
            self._read(subject.letter.id)


def draw_sent(desk: Desk, letter: int, scale: float) -> LetterPreview:
    """Draw the exact pages that were sent."""
    return desk.letters.sent_pages(letter, scale)
