"""Another passphrase and a new key for the attachments, in Settings: asked inline, done beside everything else."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.first_run_pages import PassphraseStep
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, ngettext, words_of
from foiadesk_ui.passphrase_field import PassphraseField
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import LinkButton, MeaningLabel, SecondaryLabel, TextLabel, plain_button

if TYPE_CHECKING:
    from foiadesk.desk import Desk, PassphraseChanged, Renewed, Strength


class PassphrasePanel(QWidget):
    """Folded to two buttons until one of them is pressed.

    The desk stays open under its new passphrase: what is on the screen, typed or undoable stays, and every connection
    to the desk is made anew. Locking later empties the memory of both passphrases.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._sure = False  # the question before removing old backups is on the screen
        self.change_button = plain_button(_("Change the passphrase…"), self.unfold, icon="key", parent=self)
        self.renew_button = plain_button(_("Renew the attachments' key…"), self.ask_renewal, icon="restore",
                                         parent=self)  # fmt: skip
        self.about_renewal = TextLabel(
            _(
                "Every stored file is encrypted anew, to a new key. It is worth it when somebody may have learned the "
                "old passphrase. You can go on working, stop it and go on with it later; copies made before keep the "
                "old key."
            ),
            self,
        )
        self.renew = plain_button(_("Renew it"), self._renew, parent=self)
        self.no_renewal = LinkButton(_("Cancel"), self.fold, parent=self)
        self.result = MeaningLabel("", "", self)
        self.said = SecondaryLabel("", self, wrap=True)
        self.remove = plain_button("", self._remove, icon="trash", parent=self)
        self._form = QWidget(self)
        self._lay_out()
        for part in (self.result, self.said, self.remove):
            part.hide()
        for button in (self.change_button, self.renew_button):
            button.setEnabled(not session.desk.read_only)

    def _lay_out(self) -> None:
        self._renewal = QWidget(self)
        renewal = QVBoxLayout(self._renewal)
        renewal.setContentsMargins(0, theme.S1, 0, theme.S2)
        renewal.setSpacing(theme.S2)
        renewal.addWidget(self.about_renewal)
        renewal.addLayout(_row(self.renew, self.no_renewal))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.S2)
        lines.addLayout(_row(self.change_button, self.renew_button))
        for part in (self._form, self._renewal, self.result, self.said):
            lines.addWidget(part)
        self._form.hide()
        self._renewal.hide()
        lines.addLayout(_row(self.remove))

    def _build(self) -> None:
        """Make the form when it is first needed: Settings opens without it."""
        self.now = PassphraseField(_("Present passphrase"), self)
        self.now.setPlaceholderText(_("Present passphrase"))
        self.now.textChanged.connect(lambda _text: self._judge())
        self.choose = PassphraseStep(self)
        self.choose.another.connect(self._generate)
        self.choose.judge.connect(self._estimate)
        self.choose.ready_changed.connect(self._judge)
        self.change = plain_button(_("Change it"), self._change, parent=self)
        self.cancel = LinkButton(_("Cancel"), self.fold, parent=self)
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, theme.S1, 0, theme.S2)
        form.setSpacing(theme.S2)
        form.addWidget(self.now)
        form.addWidget(self.choose)
        form.addLayout(_row(self.change, self.cancel))

    # Folding -------------------------------------------------------------------------------------------------------

    def unfold(self) -> None:
        """Ask for the present passphrase and the new one."""
        if self._form.layout() is None:
            self._build()
        self._hide_result()
        self._renewal.hide()
        self._form.show()
        self._generate()
        self._judge()
        self.now.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_renewal(self) -> None:
        """Say what renewing means before it is begun."""
        self._hide_result()
        self._form.hide()
        self._renewal.show()
        self.renew.setFocus(Qt.FocusReason.OtherFocusReason)

    def fold(self) -> None:
        """Ask nothing, and forget what was typed."""
        self._form.hide()
        self._renewal.hide()
        if self._form.layout() is None:
            return
        for field in (self.now, self.choose.first, self.choose.second, self.choose.words):
            field.clear()
        self.choose.use_words.setChecked(True)

    def open(self) -> None:
        """Look whether a renewal waits to be gone on with, and which snapshots an older passphrase opens."""
        self._session.ask(self, _waiting, self._show_waiting, key="keys")

    def _show_waiting(self, waiting: tuple[bool, int]) -> None:
        renewing, old = waiting
        self.renew_button.setText(
            _("Go on renewing the attachments' key…") if renewing else _("Renew the attachments' key…")
        )
        self._show_old(old)

    def _show_old(self, old: int) -> None:
        self.remove.setText(ngettext("Remove {n} old backup…", "Remove {n} old backups…", old))
        self.remove.setToolTip(_("Backups that only an earlier passphrase opens"))
        self.remove.setVisible(bool(old))
        self._sure = False

    def _hide_result(self) -> None:
        self.result.hide()
        self.said.hide()

    def _show_result(self, meaning: str, words: str, more: str) -> None:
        self.result.show_meaning(meaning, words)
        self.result.show()
        self.said.setText(more)
        self.said.setVisible(bool(more))

    # Passphrase ----------------------------------------------------------------------------------------------------

    def _generate(self) -> None:
        self._session.ask(self, lambda _desk: _generated(), self.choose.show_words, key="words")

    def _estimate(self, text: str) -> None:
        def judged(strength: "Strength") -> None:
            self.choose.show_strength(strength.score, words_of(strength.sentence))

        self._session.ask(self, lambda _desk: _estimated(text), judged, key="judge")

    def _judge(self) -> None:
        self.change.setEnabled(bool(self.now.text()) and self.choose.ready())

    def _change(self) -> None:
        old, new = self.now.text(), self.choose.passphrase()
        self._busy(True)

        def failed(error: Exception) -> None:
            self._busy(False)
            self.now.setFocus(Qt.FocusReason.OtherFocusReason)
            self._session.report(error)

        self._session.long(
            self,
            _("Changing the passphrase"),
            lambda desk, progress: desk.safety.change_passphrase(old, new, progress),
            self._changed,
            failed=failed,
            cancelled=lambda: self._busy(False),
        )

    def _changed(self, done: "PassphraseChanged") -> None:
        self._busy(False)
        self.fold()
        more = _("Save a new recovery sheet and destroy the old one. Backups made before still open with the old "
                 "passphrase.")  # fmt: skip
        self._show_result("done", f"{words_of(done.sentence)}.", " ".join(filter(None, (words_of(done.alert), more))))
        self._show_old(len(done.old_backups))
        self.change_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _busy(self, busy: bool) -> None:
        for part in (self._form, self._renewal, self.change_button, self.renew_button):
            part.setEnabled(not busy)

    def _remove(self) -> None:
        if not self._sure:
            self._sure = True
            self.remove.setText(_("Yes, remove for good"))
            self.said.setText(
                _(
                    "Backups under an earlier passphrase are removed, here and in connected places. "
                    "Nothing brings them back. Make a new backup first if you have none."
                )
            )
            self.said.show()
            return
        self._session.ask(self, lambda desk: desk.safety.remove_outdated_backups(), self._removed, key="remove")

    def _removed(self, number: int) -> None:
        self._show_old(0)
        self._hide_result()
        self._session.told.emit(ngettext("Removed {n} old backup.", "Removed {n} old backups.", number))

    # Attachments ---------------------------------------------------------------------------------------------------

    def _renew(self) -> None:
        self.fold()
        self.renew_button.setEnabled(False)

        def failed(error: Exception) -> None:
            self.renew_button.setEnabled(True)
            self.open()
            self._session.report(error)

        def stopped() -> None:
            self.renew_button.setEnabled(True)
            self._show_result("waiting", _("Renewing was stopped. Both keys work; go on with it when you like."), "")
            self.open()

        self._session.long(
            self,
            _("Renewing the attachments"),
            lambda desk, progress: desk.safety.renew_attachments(progress),
            self._renewed,
            failed=failed,
            cancelled=stopped,
        )

    def _renewed(self, done: "Renewed") -> None:
        self.renew_button.setEnabled(True)
        self._show_result("done" if done.complete else "soon", f"{words_of(done.sentence)}.", "")
        self.open()


def _row(*parts: QWidget) -> Flow:
    row = Flow()
    row.setSpacing(theme.S2)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return row


def _waiting(desk: "Desk") -> tuple[bool, int]:
    return desk.safety.renewal_under_way(), len(desk.safety.outdated_backups())


def _generated() -> str:
    from foiadesk.desk import passphrases

    return passphrases.generate()


def _estimated(text: str) -> "Strength":
    from foiadesk.desk import passphrases

    return passphrases.estimate(text)
