"""New request: what, which offices, who, fees, letters; one flow on one page, saved as it is written."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from foiadesk.desk import Change, Desk
from foiadesk_ui import theme
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import N_, _, ngettext
from foiadesk_ui.least import PageStack
from foiadesk_ui.new_request_ask import AskStep
from foiadesk_ui.new_request_draft import ASK, FEES, LAYOUT, LETTERS, OFFICES, WHO, Gap, RequestDraft
from foiadesk_ui.new_request_fees import FeesStep
from foiadesk_ui.new_request_letters import LettersStep
from foiadesk_ui.new_request_offices import OfficesStep
from foiadesk_ui.new_request_who import WhoStep
from foiadesk_ui.page import Page, Primary
from foiadesk_ui.save_pause import SavePause
from foiadesk_ui.session import Session
from foiadesk_ui.step_bar import StepBar
from foiadesk_ui.widgets import Hairline, LinkButton, MeaningLabel, SecondaryLabel

if TYPE_CHECKING:
    from foiadesk.desk import LetterKind


class NewRequestPage(Page):
    """The flow. Leaving it keeps the draft; it is emptied when its requests exist or it is thrown away."""

    name = "new_request"
    title = N_("New request")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._draft = RequestDraft()
        self._loaded = self._creating = False
        self.ask = AskStep(self)
        self.offices = OfficesStep(session, self)
        self.who = WhoStep(session, self)
        self.fees = FeesStep(session, self)
        self.letters = LettersStep(session, self)
        self._steps: tuple[QWidget, ...] = (self.ask, self.offices, self.who, self.fees, self.letters)
        self._names = (_("What you ask for"), _("Offices"), _("Who asks"), _("Fees, expedition"), _("Letters"))
        self.bar = StepBar(self._names, self)
        self.bar.picked.connect(self.go)
        self.stack = PageStack(self)
        for step in self._steps:
            self.stack.addWidget(step)
        self._lay_out()
        for part in (self.ask, self.offices, self.who, self.fees):
            part.changed.connect(self._edited)
        self.offices.changed.connect(self._offices_changed)
        self.ask.manage.connect(self._show_snippets)
        self.letters.go_to.connect(self.fill)
        self._pause = SavePause(self)
        self._pause.timeout.connect(self._save)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.forward)

    def _lay_out(self) -> None:
        self.back_button = LinkButton("", self.back, icon="back", parent=self)
        self.next_button = LinkButton("", self.forward, icon="forward", parent=self)
        self.discard_button = LinkButton(_("Start over"), self._discard, parent=self)
        self.said = SecondaryLabel("", self)
        self.warning = MeaningLabel("soon", "", self)
        self.warning.hide()
        foot = Flow()
        foot.setSpacing(theme.S2)
        foot.addWidget(self.back_button)
        foot.addWidget(self.next_button)
        foot.addWidget(self.warning)
        foot.addStretch(1)
        foot.addWidget(self.said)
        foot.addWidget(self.discard_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S6, theme.S2, theme.S6, theme.S2)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(Hairline(self))
        column.addSpacing(theme.S4)
        column.addWidget(self.stack, 1)
        column.addWidget(Hairline(self))
        column.addSpacing(theme.S1)
        column.addLayout(foot)

    # The window asks

    def open(self, **where: Any) -> None:
        """Show the flow; ``office`` (a code) starts with that office chosen, ``copy`` (a request id) with its text."""
        if not self._loaded:
            self.session.ask(self, request_kinds, self.ask.show_kinds, key="kinds")
            self._read_snippets()
            self.session.ask(self, lambda desk: desk.settings.layout(LAYOUT), self._load, key="draft")
        if where.get("office"):
            code = str(where["office"])
            if code not in self._draft.offices:
                self._draft.offices = (*self._draft.offices, code)
                self.offices.load(self._draft)
        if where.get("copy"):
            number = int(where["copy"])
            self.session.ask(self, lambda desk: RequestDraft.of(desk.requests.get(number)), self._take, key="copy")
        self._show_step()

    def refresh(self, change: Change | None) -> None:
        """Only who asks and the person's snippets can change while the flow is open."""
        if change is None:
            self.who.read()
        else:
            self.who.refresh(change)
        if change is None or change.touches("snippet"):
            self._read_snippets()

    def _read_snippets(self) -> None:
        self.session.ask(self, lambda desk: desk.snippets.own(), self.ask.show_own, key="snippets")

    def _show_snippets(self) -> None:
        from foiadesk_ui.snippets_dialog import show_snippets

        show_snippets(self.session, self)

    def flush(self) -> None:
        """Keep the draft now."""
        if self._loaded:
            self._collect()
            self._save()

    def primary(self) -> Primary | None:
        """Go on, and at the end make the requests."""
        if self._draft.step < LETTERS:
            return Primary(_("Next: {step}").format(step=self._names[self._draft.step + 1]), self.forward, "forward")
        count = len(self._draft.offices)
        words = ngettext("Create {n} request", "Create {n} requests", count) if count else _("Create requests")
        return Primary(words, self.create_requests, "tick")

    def first_focus(self) -> QWidget | None:
        """Return where typing begins on this step."""
        return self._first()

    # The flow

    def _first(self) -> QWidget | None:
        step = self._steps[self._draft.step]
        assert isinstance(step, AskStep | OfficesStep | WhoStep | FeesStep | LettersStep)
        return step.first()

    def _load(self, text: str) -> None:
        self._loaded = True
        typed = self._draft
        self._take(RequestDraft.from_text(text) if typed.empty() else typed)

    def _take(self, draft: RequestDraft) -> None:
        self._draft = draft
        for part in (self.ask, self.offices, self.who, self.fees):
            part.load(draft)
        self._show_step()

    def _collect(self) -> None:
        for part in (self.ask, self.offices, self.who, self.fees):
            part.store(self._draft)

    def _edited(self) -> None:
        if not self._loaded:
            return
        self._collect()
        self.said.setText("")
        self._pause.start()
        self._show_done()
        self.header_changed.emit()

    def _offices_changed(self) -> None:
        """Show what follows from the offices: those of a draft from before arrive after its step is on the screen."""
        if self._loaded and self._draft.step == FEES:
            self.fees.load(self._draft)
        elif self._loaded and self._draft.step == LETTERS:
            self._show_step()

    def _save(self) -> None:
        self._pause.stop()
        text = "" if self._draft.empty() else self._draft.as_text()

        def keep(desk: Desk) -> Change:
            desk.settings.put_layout(LAYOUT, text)
            return Change("", undoable=False)

        self.session.act(self, keep, self._saved, quiet=True)

    def _saved(self, _change: Change) -> None:
        self.said.setText("" if self._draft.empty() else _("Draft saved"))

    def go(self, step: int) -> None:
        """Show a step; what was typed is kept."""
        if self._loaded:
            self._collect()
        self._draft.step = step
        if step == OFFICES:
            self.offices.load(self._draft)
        if step == FEES:
            self.fees.load(self._draft)  # which fields there are follows from the offices
        self._show_step()
        first = self._first()
        if first is not None:
            (first.focusProxy() or first).setFocus(Qt.FocusReason.OtherFocusReason)
        self._pause.start()

    def fill(self, gap: Gap) -> None:
        """Go where something is missing, to the very field where there is one, and say what."""
        self.go(gap.step)
        if gap.field:
            self.fees.form.go_to(gap.field)
        self.warning.show_meaning("soon", gap.sentence)
        self.warning.show()

    def forward(self) -> None:
        """Go to the next step, or make the requests when on the last."""
        if self._draft.step < LETTERS:
            self.go(self._draft.step + 1)
        else:
            self.create_requests()

    def back(self) -> None:
        """Go to the step before."""
        if self._draft.step > ASK:
            self.go(self._draft.step - 1)

    def _show_step(self) -> None:
        step = self._draft.step
        self.stack.setCurrentIndex(step)
        if step == LETTERS:
            self.letters.show_plan(self._draft, self.offices.picker.offices())
        self.back_button.setVisible(step > ASK)
        self.back_button.setText(self._names[step - 1] if step > ASK else "")
        self.next_button.setVisible(step < LETTERS)
        self.next_button.setText(self._names[step + 1] if step < LETTERS else "")
        self._show_done()
        self.header_changed.emit()

    def _show_done(self) -> None:
        open_steps = {gap.step for gap in self._draft.gaps()}
        begun = not self._draft.empty()
        done = [begun and step not in open_steps for step in (ASK, OFFICES, WHO)]
        said = any(text.strip() for text in self._draft.choices.values())
        done += [said and FEES not in open_steps, False]
        self.bar.show_step(self._draft.step, done)
        trouble = self.ask.trouble() if self._draft.step == ASK else ""
        self.warning.show_meaning("soon", trouble)
        self.warning.setVisible(bool(trouble))

    def _discard(self) -> None:
        self._take(RequestDraft())
        self.fees.load(self._draft)
        self._save()
        self.go(ASK)

    # Making the requests

    def create_requests(self) -> None:
        """Make one request and one letter per office, then open the first letter."""
        if self._creating:
            return
        self._collect()
        gaps = self._draft.gaps()
        if gaps:
            self.fill(gaps[0])
            return
        plan = self._draft.plan()
        self._creating = True

        def ask(desk: Desk) -> Change:
            from foiadesk.desk.asking import ask_offices

            return ask_offices(desk, plan)

        self.session.act(self, ask, self._created, failed=self._not_created)

    def _not_created(self, error: Exception) -> None:
        self._creating = False
        self.session.report(error)

    def _created(self, change: Change) -> None:
        self._creating = False
        self._pause.stop()
        self._take(RequestDraft())
        self._save()
        self.session.go("letter", letter=min(change.ids["letter"]))


def request_kinds(desk: Desk) -> "list[LetterKind]":
    """Return the kinds of letter that ask for records, the general one first; a state's own is chosen by its law."""
    return [kind for kind in desk.letters.kinds() if kind.group == "requests" and kind.laws != "state"]
