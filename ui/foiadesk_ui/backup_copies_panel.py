"""What lies in a backup place: its backups, a whole desk or one document out of the chosen one."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from foiadesk_ui import line_icons, theme
from foiadesk_ui.backup_remove_panel import BackupRemovePanel
from foiadesk_ui.backup_words import moment_words
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, error_text, size_text
from foiadesk_ui.records_table import Column, RecordsTable
from foiadesk_ui.restore_panel import RestorePanel
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import LinkButton, SecondaryLabel, plain_button

if TYPE_CHECKING:
    from foiadesk.desk import BackupCopy, BackupFile, BackupPlace, Change

SHOWN = 5  # rows before a table scrolls


class BackupCopiesPanel(QWidget):
    """The backups in one place."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._place: BackupPlace | None = None
        self.away = SecondaryLabel("", self, wrap=True)
        self.table: RecordsTable[BackupCopy] = RecordsTable(
            (
                Column(_("Made"), _made, icon=lambda one: "save" if one.opens else "lock"),
                Column(_("File"), lambda one: one.path.name, 220, secondary=True, spare=2),
                Column(
                    _("Size of its rows"), lambda one: size_text(one.size), 130, number=True, secondary=True, spare=1
                ),
            ),
            lambda one: str(one.path),
            self,
            name=_("Backups in this place"),
        )
        self.table.chosen.connect(self._show_chosen)
        self.restore_button = plain_button(_("Restore to a new folder…"), self._restore, icon="restore", parent=self)
        self.files_button = plain_button(_("One document out of it…"), self._list_files, icon="documents", parent=self)
        self.remove_button = LinkButton(_("Remove this backup…"), self._remove, icon="trash", parent=self)
        self.removing = BackupRemovePanel(session, self)
        self.restoring = RestorePanel(session.long_jobs, session.report, self)
        self.files = BackupFilesPanel(session, self)
        self._lay_out()
        self.show_place(None)

    def _lay_out(self) -> None:
        row = Flow()
        row.setSpacing(theme.S2)
        row.addWidget(self.restore_button)
        row.addWidget(self.files_button)
        row.addWidget(self.remove_button)
        row.addStretch(1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.S2)
        lines.addWidget(self.away)
        lines.addWidget(self.table)
        lines.addLayout(row)
        for panel in self._panels():
            lines.addWidget(panel)
            panel.hide()

    def _panels(self) -> tuple[QWidget, ...]:
        return (self.restoring, self.files, self.removing)

    def _only(self, wanted: QWidget) -> None:
        for panel in self._panels():
            if panel is not wanted:
                panel.hide()

    def show_place(self, place: "BackupPlace | None") -> None:
        """Show what lies in a place."""
        if self._place is not None and (place is None or place.id != self._place.id):
            for panel in self._panels():
                panel.hide()
        self._place = place
        there = place is not None and place.here
        for part in (self.table, self.restore_button, self.files_button, self.remove_button):
            part.setVisible(there)
        self.away.setVisible(not there)
        self.away.setText(_("Connect the disk of this place to see what it holds.") if place is not None else "")
        if place is not None and there:
            number = place.id
            self._session.ask(
                self, lambda desk: desk.backups.look(number), self._answered, key="copies", failed=self._gone
            )

    def refresh(self, change: "Change | None") -> None:
        """Look again when the place changed."""
        if change is None:
            self.show_place(self._place)

    def _gone(self, error: Exception) -> None:
        from foiadesk.records.errors import KnownError

        self.table.set_records(())
        self._show_chosen(None)
        if isinstance(error, KnownError):
            self.away.setText(error_text(error))
            self.away.show()
        else:
            self._session.report(error)

    def _answered(self, copies: "tuple[BackupCopy, ...]") -> None:
        self.table.set_records(tuple(reversed(copies)))
        fit(self.table, len(copies))
        self.away.setVisible(not copies)
        self.away.setText(_("No backup has been made here yet."))
        for part in (self.table, self.restore_button, self.files_button, self.remove_button):
            part.setVisible(bool(copies))
        if copies and self.table.current() is None:
            self.table.select_first()
        self._show_chosen(self.table.current())

    def _show_chosen(self, copy: "BackupCopy | None") -> None:
        self.restore_button.setEnabled(copy is not None)
        self.files_button.setEnabled(copy is not None and copy.opens)
        self.remove_button.setEnabled(copy is not None)
        self.removing.hide()
        if copy is not None and self.files.isVisibleTo(self) and self.files.copy() != copy:
            self.files.show_copy(copy)
        if copy is not None and self.restoring.isVisibleTo(self):
            self.restoring.start(copy.path, _about(copy))

    def _restore(self) -> None:
        if (copy := self.table.current()) is not None:
            self._only(self.restoring)
            self.restoring.start(copy.path, _about(copy))

    def _list_files(self) -> None:
        if (copy := self.table.current()) is not None:
            self._only(self.files)
            self.files.show_copy(copy)

    def _remove(self) -> None:
        if (copy := self.table.current()) is not None:
            self._only(self.removing)
            self.removing.ask(copy, _made(copy), len(self.table.records_model.records) - 1)


class BackupFilesPanel(QWidget):
    """The documents in one backup: found by name, saved as a copy, or put back on the desk."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._copy: BackupCopy | None = None
        self._all: tuple[BackupFile, ...] = ()
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(_("Name of the document"))
        self.search.setAccessibleName(_("Find a document in the backup"))
        line_icons.clearable(self.search)
        self.search.setMaximumWidth(420)
        self.search.textChanged.connect(self._sift)
        self.table: RecordsTable[BackupFile] = RecordsTable(
            (
                Column(_("Document"), _document_words, icon=lambda one: "lock" if one.privileged else "documents"),
                Column(_("Size"), lambda one: size_text(one.size), 100, number=True, secondary=True),
            ),
            lambda one: one.id,
            self,
            name=_("Documents in the backup"),
        )
        self.table.chosen.connect(self._show_chosen)
        self.save_button = plain_button(_("Save a copy…"), self._save, icon="save", parent=self)
        self.back_button = plain_button(_("Put it back on the desk"), self._put_back, icon="restore", parent=self)
        self.close_button = LinkButton(_("Close"), self.hide, parent=self)
        self.caution = SecondaryLabel(
            _("This document is marked as privileged, never to be exported. A copy of it is not protected."),
            self,
            wrap=True,
        )
        row = Flow()
        row.setSpacing(theme.S2)
        for part in (self.save_button, self.back_button, self.close_button):
            row.addWidget(part)
        row.addStretch(1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, theme.S2, 0, 0)
        lines.setSpacing(theme.S2)
        lines.addWidget(self.search)
        lines.addWidget(self.table)
        lines.addWidget(self.caution)
        lines.addLayout(row)

    def copy(self) -> "BackupCopy | None":
        """Return the backup whose documents show."""
        return self._copy

    def show_copy(self, copy: "BackupCopy") -> None:
        """Show the documents of a backup."""
        self._copy = copy
        self.search.clear()
        self.show()
        self.search.setFocus()
        self._session.ask(self, lambda desk: desk.backups.files(copy.path), self._answered, key="files")

    def _answered(self, files: "tuple[BackupFile, ...]") -> None:
        self._all = files
        self._sift()

    def _sift(self) -> None:
        words = self.search.text().casefold().split()
        found = [one for one in self._all if all(word in one.name.casefold() for word in words)]
        self.table.set_records(found)
        fit(self.table, len(found))
        if found and self.table.current() is None:
            self.table.select_first()
        self._show_chosen(self.table.current())

    def _show_chosen(self, file: "BackupFile | None") -> None:
        self.save_button.setEnabled(file is not None)
        self.caution.setVisible(file is not None and file.privileged)
        self.back_button.setEnabled(file is not None and not self._session.desk.read_only)

    def _save(self) -> None:
        copy, file = self._copy, self.table.current()
        if copy is None or file is None:
            return
        suggested = str(Path.home() / file.name)
        target, _kind = QFileDialog.getSaveFileName(self, _("Save a copy"), suggested)
        if target:
            self._session.jobs.act(
                self,
                partial(self._session.desk.backups.copy_out, copy.path, file.id, Path(target)),
                lambda _nothing: self._session.told.emit(_("Saved “{name}”.").format(name=Path(target).name)),
                self._session.report,
            )

    def _put_back(self) -> None:
        copy, file = self._copy, self.table.current()
        if copy is not None and file is not None:
            self._session.jobs.act(
                self,
                partial(self._session.desk.backups.put_back, str(file.id), copy.path),
                lambda name: self._session.told.emit(_("Put back the stored file of “{name}”.").format(name=name)),
                self._session.report,
            )


def _document_words(one: "BackupFile") -> str:
    return f"{one.name} · {_('privileged')}" if one.privileged else one.name


def fit(table: "RecordsTable[BackupCopy] | RecordsTable[BackupFile]", rows: int) -> None:
    """Make a table as high as its rows, up to a few."""
    table.show_rows(min(rows, SHOWN))


def _about(copy: "BackupCopy") -> str:
    return _(
        "The backup ({made}) becomes a desk of its own in a new folder. This desk stays as it is. Every file is "
        "checked on the way."
    ).format(made=_made(copy))


def _made(copy: "BackupCopy") -> str:
    if not copy.opens:
        return _("Under another passphrase, or damaged")
    made = moment_words(copy.taken_at)
    if copy.number:
        return made or _("Backup {number}").format(number=copy.number)
    return _("{moment}, before a change of the desk").format(moment=made) if made else _("Before a change of the desk")
