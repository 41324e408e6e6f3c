"""One letter to many offices: the form at the left, for all or for the one shown; each office's page at the right."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from foiadesk.desk import Change, Desk, LetterRun
from foiadesk_ui import theme
from foiadesk_ui.beside import Beside
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, ngettext, words_of
from foiadesk_ui.letter_files import write_private
from foiadesk_ui.letter_form import LetterForm
from foiadesk_ui.letter_notes import LetterNotes
from foiadesk_ui.letter_preview import LivePreview
from foiadesk_ui.menu_choice import MenuChoice
from foiadesk_ui.office_card import Elided
from foiadesk_ui.page import Page, Primary
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import EmptyState, IconButton, LinkButton, SecondaryLabel, plain_button

if TYPE_CHECKING:
    from foiadesk.desk import LetterKind, LetterPreview
    from foiadesk.records.progress import Progress

ALL, ONE = "all", "one"


class LetterRunPage(Page):
    """Nothing is stored before “Keep all as drafts”, which is one undo."""

    name: ClassVar[str] = "letter_run"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.title = _("One letter to many offices")
        super().__init__(session, parent)
        self._kind: LetterKind | None = None
        self._run: LetterRun | None = None
        self._offices: tuple[str, ...] = ()
        self._at = 0
        self._start: Mapping[str, str] = {}  # the form's starting values for the office shown
        self.before = IconButton("back", _("Letter before"), lambda: self._step(-1), parent=self)
        self.place = SecondaryLabel("", self)
        self.after = IconButton("forward", _("Next letter"), lambda: self._step(1), parent=self)
        self.what = Elided("", self, mode=Qt.TextElideMode.ElideRight)
        scopes = [(ALL, _("For all offices")), (ONE, _("Only for this office"))]
        self.scope = MenuChoice(_("What is typed is for"), scopes, self)
        self.save = plain_button(_("Save PDFs…"), self._choose_folder, icon="save", parent=self)
        self.differs = SecondaryLabel("", self, wrap=True)
        self.alike = LinkButton(_("As for all"), self._forget_own, icon="undo", parent=self)
        self.form = LetterForm(self)
        self.form.edited.connect(self._edited)
        self.notes = LetterNotes(self)
        self.notes.wanted.connect(self._fill)
        self.preview = LivePreview(session, self)
        self.preview.drawn.connect(self._drawn)
        self._lay_out()
        self._show_empty(True)

    def _lay_out(self) -> None:
        bar = Flow()
        bar.setContentsMargins(0, 0, theme.S6, 0)
        bar.setSpacing(theme.S2)
        for step in (self.before, self.place, self.after):
            bar.addWidget(step)
        bar.addWidget(self.what, 1)
        bar.addWidget(self.scope)
        bar.addWidget(self.save)
        own = Flow()
        own.setContentsMargins(0, 0, theme.S4, 0)
        own.addWidget(self.differs, 1)
        own.addWidget(self.alike, 0, Qt.AlignmentFlag.AlignTop)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(own)
        column.addWidget(self.notes)
        column.addWidget(self.form, 1)
        left.setMinimumWidth(300)
        self.preview.setMinimumWidth(280)
        split = Beside(left, self.preview, narrow=580, shares=(5, 6), parent=self)
        self.whole = QWidget(self)
        inside = QVBoxLayout(self.whole)
        inside.setContentsMargins(theme.S6, theme.S2, 0, 0)
        inside.setSpacing(theme.S2)
        inside.addLayout(bar)
        inside.addWidget(split, 1)
        self.empty = EmptyState(
            _("Choose a campaign, or several requests, to write one letter to them all."),
            _("Campaigns"),
            lambda: self.session.go("campaigns"),
            icon="campaigns",
            parent=self,
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.whole, 1)
        outer.addWidget(self.empty, 1)

    # The window asks -----------------------------------------------------------------------------------------------

    def open(self, **where: Any) -> None:
        """``kind`` and ``requests``: begin a run; without them, the one that was begun goes on."""
        kind, requests = str(where.get("kind") or ""), tuple(where.get("requests") or ())
        same = self._run is not None and (self._run.kind, self._run.requests) == (kind, requests)
        if not kind or not requests or same:
            return

        def read(desk: Desk) -> "tuple[LetterKind, tuple[str, ...]]":
            return desk.letters.kind(kind), tuple(row.office_short for row in desk.requests.rows(requests))

        self.session.ask(self, read, lambda found: self._begin(found[0], requests, found[1]), key="run")

    def refresh(self, change: "Change | None") -> None:
        """The page follows what was entered on its request."""
        if self._run is not None and (
            change is None or {"request", "event", "requester", "template", "closure"} & set(change.ids)
        ):
            self._look(self._at)

    def primary(self) -> Primary | None:
        """All of it is kept at once."""
        return None if self._run is None else Primary(_("Keep all as drafts"), self.keep, "tick")

    def first_focus(self) -> QWidget | None:
        """Typing begins in the form."""
        return self.empty.button if self._run is None else self.form.first()

    def poses(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        """Return an office that differs."""

        def differ() -> None:
            self._step(1)
            self.scope.set_value(ONE)

        return (("differs", differ),) if self._run is not None else ()

    # One office after another --------------------------------------------------------------------------------------

    def _show_empty(self, empty: bool) -> None:
        self.empty.setVisible(empty)
        self.whole.setVisible(not empty)
        self.header_changed.emit()

    def _begin(self, kind: "LetterKind", requests: Sequence[int], offices: tuple[str, ...]) -> None:
        self._kind, self._run, self._offices = kind, LetterRun(kind.name, tuple(requests)), offices
        count = ngettext("{n} office", "{n} offices", len(requests))
        self.title = f"{kind.title} · {count}"
        self.setAccessibleName(self.title)
        self.form.build(kind.fields)
        self.scope.set_value(ALL)
        self._show_empty(False)
        first = self.form.first()
        if first is not None and self.isVisible():
            (first.focusProxy() or first).setFocus(Qt.FocusReason.OtherFocusReason)
        self._look(0)

    def _step(self, by: int) -> None:
        if self._run is not None and 0 <= self._at + by < len(self._run.requests):
            self._look(self._at + by)

    def _look(self, place: int) -> None:
        run = self._run
        if run is None:
            return
        request = run.requests[place]
        self.session.ask(
            self,
            lambda desk: desk.letters.defaults(run.kind, request),
            lambda start: self._show(place, start),
            key="start",
        )

    def _show(self, place: int, start: Mapping[str, str]) -> None:
        run = self._run
        if run is None:
            return
        moved = place != self._at or not self._start
        self._at, self._start = place, start
        request, count = run.requests[place], len(run.requests)
        self.place.setText(_("{at} of {count}").format(at=place + 1, count=count))
        self.before.setEnabled(place > 0)
        self.after.setEnabled(place < count - 1)
        self.what.set_full(self._offices[place] if place < len(self._offices) else "")
        self.form.load({**start, **run.given(request)})
        self.form.mark_blanks(())
        self.notes.show_notes((), ())
        self._tell_differences()
        if moved:
            self.preview.show_letter(self._drawing(request), name=self.what.toolTip())
        else:
            self.preview.touch()

    def _drawing(self, request: int) -> "Callable[[Desk, float], LetterPreview]":
        def draw(desk: Desk, scale: float) -> "LetterPreview":
            run = self._run  # one frozen record, put in place whole by the GUI thread
            assert run is not None
            return desk.letters.preview(run.kind, request, run.given(request), scale=scale)

        return draw

    def _drawn(self, preview: "LetterPreview") -> None:
        self.form.mark_blanks({blank.name for blank in preview.blanks})
        self.notes.show_notes(preview.blanks, preview.warnings)

    def _fill(self, name: str) -> None:
        if self.form.has(name):
            self.form.go_to(name)

    # Writing -------------------------------------------------------------------------------------------------------

    def _edited(self) -> None:
        run = self._run
        if run is None:
            return
        request = run.requests[self._at]
        shown = {**self._start, **run.given(request)}
        typed = {name: text for name, text in self.form.values().items() if text != shown.get(name, "")}
        own = dict(run.own)
        mine = dict(own.get(request, {}))
        common = dict(run.common)
        if self.scope.value() == ONE:
            mine.update(typed)
        else:
            common.update(typed)
            mine = {name: text for name, text in mine.items() if name not in typed}
        own[request] = mine
        self._run = LetterRun(run.kind, run.requests, common, {key: one for key, one in own.items() if one})
        self._tell_differences()
        self.preview.touch()

    def _forget_own(self) -> None:
        run = self._run
        if run is not None:
            own = {key: values for key, values in run.own.items() if key != run.requests[self._at]}
            self._run = LetterRun(run.kind, run.requests, run.common, own)
            self._show(self._at, self._start)

    def _tell_differences(self) -> None:
        run, kind = self._run, self._kind
        mine = run.own.get(run.requests[self._at], {}) if run is not None else {}
        labels = [words_of(field.label) for field in kind.fields if field.name in mine] if kind is not None else []
        self.differs.setText(_("Only for this office: {fields}").format(fields=", ".join(labels)))
        self.differs.setVisible(bool(labels))
        self.alike.setVisible(bool(labels))

    # Out -----------------------------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Keep every letter as a draft, beside everything else, and go to the first."""
        run = self._run
        if run is None:
            return

        def work(desk: Desk, progress: "Progress") -> Change:
            return desk.letter_runs.keep(run, progress)

        self.session.long(self, _("Keeping letters"), work, self._kept)

    def _kept(self, change: Change) -> None:
        self.session.acted.emit(change)
        self._run, self._kind, self._start = None, None, {}
        self.preview.show_letter(None)
        self.title = _("One letter to many offices")
        self._show_empty(True)
        self.session.go("letter", letter=change.primary)

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Save the letters in this folder"))
        if name:
            self.save_to(Path(name))

    def save_to(self, folder: Path) -> None:
        """Write every letter there as a PDF of its own; one of the same name is replaced."""
        run = self._run
        if run is None:
            return

        def write(desk: Desk, progress: "Progress") -> tuple[int, tuple[str, ...]]:
            done, refused = 0, []
            for letter in desk.letter_runs.letters(run, progress):
                if letter.trouble:
                    refused.append(f"{letter.office}: {letter.trouble}")
                    continue
                write_private(folder / letter.file_name, letter.pdf)
                done += 1
            return done, tuple(refused)

        def saved(outcome: tuple[int, tuple[str, ...]]) -> None:
            count, refused = outcome
            words = ngettext("Saved {n} letter in {folder}.", "Saved {n} letters in {folder}.", count)
            self.session.told.emit(" ".join((words.replace("{folder}", folder.name), *refused)))

        self.session.long(self, _("Saving letters"), write, saved)
