"""The ways a stored file leaves the desk: a saved copy, the printer, another program. Each says what that means."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from foiadesk.records import Attachment
from foiadesk.records.errors import KnownError, StorageFull
from foiadesk_ui import scratch, theme
from foiadesk_ui.i18n import _
from foiadesk_ui.print_notice import PrintNotice
from foiadesk_ui.session import Session
from foiadesk_ui.told_once import ToldOnce

if TYPE_CHECKING:
    from foiadesk.desk import Desk, DocumentInfo


class FileExits(QObject):
    """``notice`` and ``print_notice`` are for their owner to place; hidden until something is to be said."""

    launch = staticmethod(QDesktopServices.openUrl)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._owner = parent
        self.notice = ToldOnce(
            session,
            _(
                "Another program will see this file, and may keep copies of its own. The read-only copy it gets is "
                "removed when you lock or close the desk."
            ),
            _("Open it"),
            "",
            parent,
            inset=theme.S2,
        )
        self.print_notice = PrintNotice(session, parent, inset=theme.S2)

    def forget(self) -> None:
        """Another file is shown: what was asked about the last one is off."""
        self.notice.hide()
        self.print_notice.hide()

    def ask_save(self, file: Attachment) -> None:
        """Ask where and save a decrypted copy there."""
        chosen, _kind = QFileDialog.getSaveFileName(self._owner, _("Save a copy"), str(Path.home() / file.name))
        if chosen:
            self.save_to(file, Path(chosen))

    def save_to(self, file: Attachment, path: Path) -> None:
        """Save a decrypted copy; it says so when it is done."""
        said = _("Saved “{name}”. This copy is not encrypted.").format(name=path.name)
        self._session.ask(
            self,
            lambda desk: desk.filing.save_copy(file.id, path),
            lambda _nothing: self._session.told.emit(said),
            key="save",
        )

    def open_elsewhere(self, file: Attachment) -> None:
        """Say that another program will see it, then hand a read-only copy to the system's choice of one."""
        self.notice.before(lambda: self.give(file, self._launch))

    def give(self, file: Attachment, ready: Callable[[Path], None]) -> None:
        """Put a read-only copy into the scratch folder and call ``ready`` with its path."""
        self._session.ask(self, lambda desk: _copy(desk, file), ready, key="give")

    def _launch(self, path: Path) -> None:
        if not self.launch(QUrl.fromLocalFile(str(path))):
            self._session.report(
                KnownError(
                    _("No program took “{name}”.").format(name=path.name),
                    safe=_("The file on the desk is untouched."),
                    todo=_("Save a copy and open it yourself."),
                )
            )

    def print(self, file: Attachment, info: "DocumentInfo") -> None:
        """Say once what the print system keeps, then show the print preview."""
        from foiadesk_ui.printing_files import print_file

        self.print_notice.before(lambda: print_file(self._session, self._owner, file, info))


def _copy(desk: "Desk", file: Attachment) -> Path:
    try:
        path = scratch.place(file.name)
        desk.filing.save_copy(file.id, path)
        scratch.shut(path)
    except OSError as error:
        raise StorageFull(
            _("No copy could be made for another program: {why}.").format(why=error.strerror or ""),
            safe=_("The file on the desk is untouched."),
            todo=_("Save a copy somewhere else."),
        ) from None
    return path
