"""The small panel that says a letter went out: how, when, with what proof. Blanks ask for a second click."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from foiadesk.desk import Change, Desk, IncomingFile
from foiadesk.records import Channel
from foiadesk.records.errors import BadInput
from foiadesk_ui import theme
from foiadesk_ui.date_field import DateField
from foiadesk_ui.escape_panel import EscapePanel
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, ngettext, words_of
from foiadesk_ui.labelled import Labelled
from foiadesk_ui.letter_subject import Subject
from foiadesk_ui.office_card import Caution
from foiadesk_ui.office_ways import channel_name, electronic_only, hint, suggested
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import Hairline, LinkButton, PrimaryButton, SecondaryLabel, SectionLabel, plain_button

if TYPE_CHECKING:
    from foiadesk.letters import Blank

LARGEST_PROOF = 50_000_000  # bytes


class MarkSentPanel(EscapePanel):
    """Asks for what only the person knows. ``sent`` follows the Change; Escape marks nothing."""

    sent = Signal(object)  # Change
    shown = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._subject: Subject | None = None
        self._blanks: tuple[Blank, ...] = ()
        self._warned = self._busy = False
        self._proof: Path | None = None
        self.head = SectionLabel(_("Mark as sent"), self)
        self.head.setContentsMargins(0, 0, 0, 0)
        self.words = SecondaryLabel("", self, wrap=True)
        self.channel = QComboBox(self)
        for channel in Channel:
            self.channel.addItem(channel_name(channel), channel)
        self.channel.activated.connect(lambda _place: self._say())
        self.day = DateField(self, name=_("Sent on"))
        self.day.edited.connect(self._say)
        self.proof = plain_button(_("Add a proof…"), self._choose, icon="attachment", parent=self)
        self.drop_proof = LinkButton(_("Leave out"), self._drop, parent=self)
        self.warning = Caution("", self)
        self.confirm = PrimaryButton(_("Mark as sent"), self.send, icon="send", parent=self)
        self.cancel = LinkButton(_("Cancel"), self.put_away, parent=self)
        self._lay_out()

    def _lay_out(self) -> None:
        fields = Flow()
        fields.setSpacing(theme.S4)
        fields.addWidget(Labelled(_("How"), self.channel, "", self))
        fields.addWidget(Labelled(_("Date"), self.day, "", self))
        proof = QWidget(self)
        row = QHBoxLayout(proof)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S1)
        row.addWidget(self.proof)
        row.addWidget(self.drop_proof)
        proof.setFocusProxy(self.proof)
        self.proof.setToolTip(_("A receipt, a tracking slip, a screenshot of the portal’s confirmation"))
        block = Labelled(_("Proof of sending (optional)"), proof, "", self)
        block.label.setWordWrap(False)
        fields.addWidget(block)
        fields.addStretch(1)
        buttons = Flow()
        buttons.setSpacing(theme.S2)
        buttons.addWidget(self.confirm)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.warning, 1, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S2, theme.S6, theme.S2)
        column.setSpacing(theme.S2)
        column.addWidget(self.head)
        column.addWidget(self.words)
        column.addLayout(fields)
        column.addLayout(buttons)
        column.addWidget(Hairline(self))

    def begin(self, subject: Subject, blanks: "Sequence[Blank]") -> None:
        """Ask about this letter, suggesting what its office takes."""
        self._subject, self._blanks = subject, tuple(blanks)
        self._warned = False
        channel = subject.usual or suggested(subject.request.office)
        self.channel.setCurrentIndex(self.channel.findData(channel))
        self.day.set_day(self._today())
        self._drop()
        self._say()
        self.show()
        self.shown.emit()
        self.channel.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_blanks(self, blanks: "Sequence[Blank]") -> None:
        """The letter changed under the panel."""
        if tuple(blanks) != self._blanks:
            self._blanks = tuple(blanks)
            self._warned = False
            self._say()

    def _today(self) -> date:
        return self._session.desk.clock()

    def _say(self) -> None:
        subject = self._subject
        if subject is None:
            return
        office = subject.request.office
        files = _("The exact pages are filed as sent, and the clocks start.")
        self.words.setText(f"{hint(office)} {files}")
        count = len(self._blanks)
        trouble = self.day.trouble() or self._out_of_time()
        if trouble:
            self.warning.set_text(trouble)
        elif count:
            blanks = ngettext("{n} blank is left in the letter.", "{n} blanks are left in the letter.", count)
            self.warning.set_text(blanks)
        elif electronic_only(office) and self.channel.currentData() != Channel.PORTAL:
            self.warning.set_text(_("This office has generally refused requests sent this way."))
        else:
            self.warning.set_text("")
        self.confirm.setEnabled(not trouble and self.day.day() is not None)
        self.confirm.setText(
            _("Mark as sent with blanks") if count and self._warned else _("Mark as sent")
        )  # fmt: skip

    def _out_of_time(self) -> str:
        day = self.day.day()
        return _("The date is after today.") if day is not None and day > self._today() else ""

    def _choose(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("Proof of sending"))
        if name:
            self.take_proof(Path(name))

    def take_proof(self, path: Path) -> None:
        """Choose the file that proves the sending."""
        self._proof = path
        self.proof.setText(path.name)
        self.drop_proof.show()

    def _drop(self) -> None:
        self._proof = None
        self.proof.setText(_("Add a proof…"))
        self.drop_proof.hide()

    def send(self) -> None:
        """File the letter as sent; with blanks left, only on the second click."""
        subject, day = self._subject, self.day.day()
        if subject is None or day is None or self._busy:
            return
        if self._blanks and not self._warned:
            self._warned = True
            labels = ", ".join(words_of(blank.label) for blank in self._blanks[:4])
            self._say()
            self.warning.set_text(_("Still blank: {what}. Click again to send it so.").format(what=labels))
            return
        channel, proof, with_blanks = Channel(self.channel.currentData()), self._proof, bool(self._blanks)
        self._busy = True

        def mark(desk: Desk) -> Change:
            shown = None if proof is None else IncomingFile(proof.name, read_proof(proof))
            return desk.letters.mark_sent(
                subject.letter.id, channel=channel, on=day, proof=shown, with_blanks=with_blanks
            )

        self._session.act(self, mark, self._marked, failed=self._refused)

    def _marked(self, change: Change) -> None:
        self._busy = False
        self.put_away()
        self.sent.emit(change)

    def _refused(self, error: Exception) -> None:
        self._busy = False
        self._session.report(error)


def read_proof(path: Path) -> bytes:
    """Read a proof's bytes; raises BadInput when it cannot be read or is far too large."""
    try:
        if path.stat().st_size > LARGEST_PROOF:
            raise BadInput(_("The proof is larger than 50 MB."), safe=_("The letter is still a draft."))
        return path.read_bytes()
    except OSError:
        raise BadInput(_("The proof cannot be read."), safe=_("The letter is still a draft.")) from None
