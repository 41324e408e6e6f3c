"""First run: from nothing to an open desk in four pages, the desk being made between the second and the third."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from foiadesk.records.errors import KnownError
from foiadesk_ui import return_key, theme
from foiadesk_ui.first_run_pages import LostStep, PassphraseStep, Step, WhereStep, WhoStep
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, words_of
from foiadesk_ui.jobs import Jobs
from foiadesk_ui.least import PageStack
from foiadesk_ui.recovery import recovery_sheet
from foiadesk_ui.session import Session
from foiadesk_ui.trouble import TroublePanel
from foiadesk_ui.widgets import PrimaryButton, SecondaryLabel, TitleLabel, plain_button

if TYPE_CHECKING:
    from foiadesk.desk import Desk, Strength

WIDE = 560


class FirstRun(QWidget):
    """Carries the four pages. ``opened`` hands over the desk; ``left`` says the person went back."""

    opened = Signal(object)  # Desk
    left = Signal()

    def __init__(self, jobs: Jobs, suggested: Path, report: Callable[[Exception], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._report = report
        self._desk: Desk | None = None
        self._session: Session | None = None
        self._passphrase = ""
        self.where = WhereStep(suggested)
        self.choose = PassphraseStep()
        self.lost = LostStep()
        self.who = WhoStep()
        self.steps: tuple[Step, ...] = (self.where, self.choose, self.lost, self.who)
        self.count = SecondaryLabel("", self)
        self.heading = TitleLabel("", self, wrap=True)
        self.trouble = TroublePanel(self)
        self.stack = PageStack(self)
        for step in self.steps:
            step.lines.addStretch(1)
            scroll = QScrollArea(self)
            scroll.setWidgetResizable(True)
            scroll.setWidget(step)
            scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            step.setAutoFillBackground(False)
            scroll.viewport().setAutoFillBackground(False)
            self.stack.addWidget(scroll)
            step.ready_changed.connect(self._may_go_on)
        self.back = plain_button(_("Back"), self.go_back, parent=self)
        self.next = PrimaryButton(_("Continue"), self.go_on, parent=self)
        self.next.setDefault(True)
        self._lay_out()
        self.where.path.textChanged.connect(lambda _text: self._look_at_folder())
        for field in (self.where.path, self.choose.words, self.choose.second, self.who.signer_title):
            field.returnPressed.connect(self.go_on)
        self.choose.first.returnPressed.connect(self.choose.second.setFocus)
        self.choose.another.connect(self._generate)
        self.choose.judge.connect(self._judge)
        self.lost.save.connect(self._save_sheet)
        self.lost.print.connect(self._print_sheet)
        self._show(0)

    def _lay_out(self) -> None:
        middle = QWidget(self)
        middle.setMaximumWidth(max(WIDE, 36 * self.fontMetrics().height()))
        lines = QVBoxLayout(middle)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.S1)
        lines.addWidget(self.count)
        lines.addWidget(self.heading)
        lines.addSpacing(theme.S4)
        lines.addWidget(self.stack, 1)
        foot = Flow()
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.next)
        lines.addSpacing(theme.S4)
        lines.addLayout(foot)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, theme.S6)
        page.addWidget(self.trouble)
        row = QHBoxLayout()
        row.setContentsMargins(theme.S6, theme.S6, theme.S6, 0)
        row.addStretch(1)
        row.addWidget(middle, 12)
        row.addStretch(1)
        page.addLayout(row, 1)

    # -- going through the pages ------------------------------------------------------------------------------------

    def step(self) -> int:
        """Return the page that shows, from 0."""
        return self.stack.currentIndex()

    def topic(self) -> str:
        """Return the topic of the help that fits the page: on a passphrase and its loss, or on beginning."""
        return "protection" if self.steps[self.step()] in (self.choose, self.lost) else "first-steps"

    def _show(self, number: int) -> None:
        self.stack.setCurrentIndex(number)
        self.trouble.hide()
        self.count.setText(_("Step {n} of {all}").format(n=number + 1, all=len(self.steps)))
        self.heading.setText(self.steps[number].heading)
        self.back.setVisible(number < 2)
        self.next.setText((_("Continue"), _("Make the desk"), _("Continue"), _("Open FOIADesk"))[number])
        self.steps[number].begin_at().setFocus(Qt.FocusReason.OtherFocusReason)
        if number == 0:
            self._look_at_folder()
        if number == 1 and not self.choose.words.text():
            self._generate()
        self._may_go_on()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return presses the button that has the keyboard, else the page's primary one."""
        if return_key.press(self, event):
            return
        if return_key.is_return(event) and not event.isAutoRepeat() and not isinstance(self.focusWidget(), QLineEdit):
            self.go_on()  # a line says itself that Return was pressed in it
        else:
            super().keyPressEvent(event)

    def _may_go_on(self) -> None:
        self.next.setEnabled(self.steps[self.step()].ready())

    def go_back(self) -> None:
        """Show the page before, or leave."""
        if self.step() == 0:
            self.left.emit()
        else:
            self._show(self.step() - 1)

    def go_on(self) -> None:
        """Do what the page's button says."""
        if not self.steps[self.step()].ready():
            return
        match self.step():
            case 1:
                self._create()
            case 3:
                self._finish()
            case number:
                self._show(number + 1)

    def _busy(self, text: str = "") -> None:
        for part in (self.back, self.next, self.stack):
            part.setEnabled(not text)
        if text:
            self.next.setText(text)

    def _failed(self, error: Exception) -> None:
        self._busy()
        self._show(self.step())
        if isinstance(error, KnownError):
            self.trouble.show_error(error)
        else:
            self._report(error)

    # -- questions --------------------------------------------------------------------------------------------------

    def _look_at_folder(self) -> None:
        if not self.where.ready():
            self.where.show_caution("")
            return
        folder = self.where.folder()
        self._jobs.ask(self, lambda: _caution(folder), self.where.show_caution, self._failed, "folder")

    def _generate(self) -> None:
        self._jobs.ask(self, _generated, self.choose.show_words, self._failed, "generate")

    def _judge(self, text: str) -> None:
        def judged(strength: "Strength") -> None:
            self.choose.show_strength(strength.score, words_of(strength.sentence))

        self._jobs.ask(self, lambda: _estimated(text), judged, self._failed, "judge")

    # -- deeds ------------------------------------------------------------------------------------------------------

    def _create(self) -> None:
        folder = self.where.folder()
        self._passphrase = self.choose.passphrase()
        passphrase = self._passphrase
        self._busy(_("Making the desk…"))
        self._jobs.act(self, lambda: _created(folder, passphrase), self._made, self._failed)

    def _made(self, desk: "Desk") -> None:
        self._desk = desk
        self._session = Session(desk, self)
        self._session.trouble.connect(self.trouble.show_error)
        self._busy()
        self._show(2)

    def _save_sheet(self) -> None:
        suggested = str(Path.home() / "FOIADesk recovery sheet.pdf")
        target, _kind = QFileDialog.getSaveFileName(self, _("Save the recovery sheet"), suggested, "PDF (*.pdf)")
        desk = self._desk
        if target and desk is not None:
            self._jobs.act(self, lambda: _write(desk, Path(target)), self._sheet_saved, self._failed)

    def _sheet_saved(self, path: Path) -> None:
        now = datetime.now().astimezone()
        self.lost.done.setText(_("Saved as {name} at {time}.").format(name=path.name, time=f"{now:%H:%M}"))

    def _print_sheet(self) -> None:
        from foiadesk_ui.printing import print_letter

        if self._session is not None:
            print_letter(
                self._session,
                self,
                recovery_sheet,
                title=_("Recovery sheet"),
                page="letter",
            )

    def _finish(self) -> None:
        desk = self._desk
        if desk is None:
            return
        self._let_go()
        name = self.who.organization.text().strip()
        signer = self.who.signer.text().strip()
        sample = self.who.start_sample.isChecked()
        passphrase = self._passphrase
        address = tuple(line.strip() for line in self.who.address.toPlainText().splitlines() if line.strip())
        email, title = self.who.email.text().strip(), self.who.signer_title.text().strip()

        def finish() -> "Desk":
            from foiadesk.records import Requester, Signer

            if name or signer:
                signers = (Signer(signer, title),) if signer else ()
                desk.people.add(Requester(name or signer, address, email, signers=signers))
            return _sample_beside(desk, passphrase) if sample else desk

        self._busy(_("Setting up the sample…") if sample else _("Opening…"))
        self._jobs.act(self, finish, self._opened, self._failed)

    def _opened(self, desk: "Desk") -> None:
        self._passphrase = ""
        self._desk = None
        for field in (self.choose.words, self.choose.first, self.choose.second):
            field.clear()
        self.opened.emit(desk)

    def _let_go(self) -> None:
        if self._session is not None:
            self._session.detach()
            self._session = None

    def abandon(self) -> None:
        """Close the desk if the window is closed half way; it stays on disk as made."""
        self._let_go()
        if self._desk is not None:
            self._desk.close()
            self._desk = None


def _caution(folder: Path) -> str:
    from foiadesk.desk.places import cloud_warning

    return cloud_warning(folder)


def _generated() -> str:
    from foiadesk.desk.passphrases import generate

    return generate()


def _estimated(text: str) -> "Strength":
    from foiadesk.desk.passphrases import estimate

    return estimate(text)


def _created(folder: Path, passphrase: str) -> "Desk":
    from foiadesk.desk import Desk

    return Desk.create(folder, passphrase)


def _write(desk: "Desk", target: Path) -> Path:
    from foiadesk_ui.save_file import write_whole

    return write_whole(target, recovery_sheet(desk))


def _sample_beside(desk: "Desk", passphrase: str) -> "Desk":
    from foiadesk.desk import Desk
    from foiadesk.desk.sample import build

    folder = desk.folder.with_name(f"{desk.folder.name} sample")
    number = 2
    while folder.exists():
        folder = desk.folder.with_name(f"{desk.folder.name} sample {number}")
        number += 1
    build(folder, passphrase, today=desk.clock())
    desk.close()
    return Desk.open(folder, passphrase)
