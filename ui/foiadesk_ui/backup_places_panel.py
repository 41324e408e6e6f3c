"""Where backups are kept: each place with its last good backup and the next; add one, back up, choose how often."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.backup_words import every_words, last_words, meaning_of, next_words, state_words
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, number_text, size_text
from foiadesk_ui.records_table import Column, RecordsTable
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import LinkButton, SecondaryLabel, plain_button

if TYPE_CHECKING:
    from foiadesk.desk import BackupMade, BackupPlace, Change

SHOWN = 4  # rows before the table scrolls


class BackupPlacesPanel(QWidget):
    """The table of places and what can be done with the chosen one."""

    chosen = Signal(object)  # BackupPlace | None
    read = Signal(object)  # tuple of BackupPlace: what the table shows now
    made = Signal()  # a backup was made

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._now = datetime.now().astimezone()
        self.running: set[int] = set()
        self.table: RecordsTable[BackupPlace] = RecordsTable(
            (
                Column(_("Place"), lambda one: one.folder.name or str(one.folder), icon=self._icon, below=state_words),
                Column(_("Last good backup"), last_words, 190, meaning=lambda one: meaning_of(one, self._now)),
                Column(_("Next"), lambda one: next_words(one, self._now), 176, secondary=True, spare=1),
                Column(
                    _("Size"),
                    lambda one: size_text(one.size) if one.size else "",
                    80,
                    number=True,
                    secondary=True,
                    spare=2,
                ),
            ),
            lambda one: one.id,
            self,
            name=_("Backup places"),
        )
        self.table.chosen.connect(self._show_chosen)
        self.note = SecondaryLabel("", self, wrap=True)
        self.every = QComboBox(self)
        self.every.setAccessibleName(_("How often"))
        for words, value in every_words():
            self.every.addItem(words, value)
        self.every.activated.connect(self._schedule)
        self.add_button = plain_button(_("Add a place…"), self.add, icon="plus", parent=self)
        self.run_button = plain_button(_("Back up to this place"), self._run_chosen, icon="save", parent=self)
        self.forget_button = LinkButton(_("Forget this place"), self._forget, parent=self)
        self._lay_out()

    def _lay_out(self) -> None:
        row = Flow()
        row.setSpacing(theme.S2)
        for part in (self.add_button, self.run_button, self.every, self.forget_button):
            row.addWidget(part)
        row.addStretch(1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.S2)
        lines.addWidget(self.table)
        lines.addWidget(self.note)
        lines.addLayout(row)
        self.note.hide()

    def places(self) -> "tuple[BackupPlace, ...]":
        """Return the places that show."""
        return tuple(self.table.records_model.records)

    def refresh(self, change: "Change | None") -> None:
        """Ask again when a place, or what lies in it, changed."""
        if change is None or change.touches("backup_place"):
            self._session.ask(self, lambda desk: (desk.backups.places(), desk.backups.now()), self._answered, key="all")

    def _answered(self, answer: "tuple[tuple[BackupPlace, ...], datetime]") -> None:
        places, self._now = answer
        self.table.set_records(places)
        self.table.show_rows(min(len(places), SHOWN))
        if places and self.table.current() is None:
            self.table.select_first()
        self._show_chosen(self.table.current())
        self.read.emit(places)

    def _show_chosen(self, place: "BackupPlace | None") -> None:
        writable = not self._session.desk.read_only
        self.add_button.setEnabled(writable)
        self.run_button.setEnabled(place is not None and place.here and place.id not in self.running)
        self.every.setEnabled(place is not None and writable)
        self.forget_button.setEnabled(place is not None and writable)
        if place is not None:
            self.every.setCurrentIndex(max(0, self.every.findData(place.every)))
        note = place.note if place is not None else ""
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.chosen.emit(place)

    @staticmethod
    def _icon(place: "BackupPlace") -> str:
        return "folder" if place.here else "warning"

    # -- deeds ------------------------------------------------------------------------------------------------------

    def add(self) -> None:
        """Choose a folder and make it a place, with its first backup at once."""
        found = QFileDialog.getExistingDirectory(self, _("A folder for backups, best on a USB stick"), str(Path.home()))
        if found:
            self.add_folder(Path(found))

    def add_folder(self, folder: Path) -> None:
        """Make a folder a place, with its first backup at once."""

        def added(change: "Change") -> None:
            self.run_one(change.primary)

        self._session.act(self, lambda desk: desk.backups.add(folder, "weekly"), added)

    def run_all(self) -> None:
        """Back up to every place that is there; to add one when none is known."""
        there = [place for place in self.places() if place.here]
        if not self.places():
            self.add()
        elif not there:
            self._session.told.emit(_("No backup place is connected. Connect its disk, then try again."))
        for place in there:
            self.run_one(place.id)

    def _run_chosen(self) -> None:
        if (place := self.table.current()) is not None:
            self.run_one(place.id)

    def run_one(self, place: int) -> None:
        """Back up to one place beside everything else; a backup that runs there already is enough."""
        if place in self.running:
            return
        self.running.add(place)
        self._show_chosen(self.table.current())
        self._session.long(
            self,
            _("Backup"),
            lambda desk, progress: desk.backups.run(place, progress),
            partial(self._ended, place),
            failed=partial(self._failed, place),
            cancelled=partial(self._ended, place, None),
        )

    def _ended(self, place: int, made: "BackupMade | None") -> None:
        self.running.discard(place)
        self._show_chosen(self.table.current())
        if made is not None:
            self._session.told.emit(told_of(made))
            self.made.emit()

    def _failed(self, place: int, error: Exception) -> None:
        self.running.discard(place)
        self._show_chosen(self.table.current())
        self._session.report(error)

    def _schedule(self, at: int) -> None:
        place, every = self.table.current(), self.every.itemData(at)
        if place is not None and place.every != every:
            self._session.act(self, lambda desk: desk.backups.schedule(place.id, every))

    def _forget(self) -> None:
        if (place := self.table.current()) is not None:
            self._session.act(self, lambda desk: desk.backups.forget(place.id))


def told_of(made: "BackupMade") -> str:
    """Return the sentence for a backup that was made."""
    words = _("Backup made and checked: {files} files, {new} of them new, {size}.").format(
        files=number_text(made.files), new=number_text(made.copied), size=size_text(made.size)
    )
    if made.better_there:
        words += " " + _("It holds files that the desk has lost: verify the desk and repair it.")
    return words
