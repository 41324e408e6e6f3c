"""Whole folders, mailboxes, archives and many files brought in as long work, and told of in one sentence at its end."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from foiadesk.records.errors import KnownError
from foiadesk_ui.drops import Source
from foiadesk_ui.i18n import _, ngettext, words_of
from foiadesk_ui.session import Session

if TYPE_CHECKING:
    from foiadesk.desk import Brought

HANDFUL = 8  # more files than that go straight to the In-tray
_NAMED = 6  # troubles named one by one


def is_much(session: Session, sources: Sequence[object]) -> bool:
    """Say whether this is more than a handful of single files: many, or a folder, mailbox or archive among them.

    Only a file without an ending is looked into: that is how mail programs name their mailboxes.
    """
    if len(sources) > HANDFUL:
        return True
    paths = [source for source in sources if isinstance(source, Path)]
    return any(
        path.suffix.lower() in (".mbox", ".zip")
        or path.is_dir()
        or (not path.suffix and session.desk.intake.holds_many(path))
        for path in paths
    )


def bring_in(session: Session, _parent: QWidget | None, sources: Sequence[Source], request: int | None = None) -> None:
    """Bring sources into the In-tray (or onto a request) beside everything else; the window stays free.

    When it ends, one sentence says how many there were, and the In-tray is one click away; what could not be read is
    named. The session owns the work: whatever widget it was asked from may go.
    """
    if not sources:
        return
    kept = tuple(sources)

    def done(brought: "Brought") -> None:
        if request is None:
            session.offered.emit(brought.change, _("Show the In-tray"), "in_tray", {})
        else:
            session.acted.emit(brought.change)
        if brought.unread or brought.refused:
            session.trouble.emit(trouble_of(brought))

    session.long(
        session,
        _("Bringing in"),
        lambda desk, progress: desk.intake.bring(kept, request, progress=progress),
        done,
        cancelled=lambda: session.told.emit(_("Stopped. What was brought in by then stays.")),
    )


def trouble_of(brought: "Brought") -> KnownError:
    """Return what could not be read or kept as one message for the person."""
    troubles = (*brought.unread, *brought.refused)
    lines = [_("“{name}”: {why}").format(name=one.name, why=words_of(one.why)) for one in troubles[:_NAMED]]
    if len(troubles) > _NAMED:
        lines.append(ngettext("And {n} more.", "And {n} more.", len(troubles) - _NAMED))
    kept = len(brought.unread)
    if kept:
        lines.append(ngettext("{n} of them is kept just as it came.", "{n} of them are kept just as they came.", kept))
    what = ngettext("{n} file could not be read.", "{n} files could not be read.", len(troubles))
    return KnownError(what, safe="\n".join(lines))


def choose_files(session: Session, parent: QWidget, request: int | None = None) -> None:
    """Let the person choose any number of files to bring in."""
    _choose(session, parent, QFileDialog.FileMode.ExistingFiles, _("Bring in files"), request)


def choose_folder(session: Session, parent: QWidget, request: int | None = None) -> None:
    """Let the person choose a folder to bring in whole: letters, scans, a mail program's folders."""
    _choose(session, parent, QFileDialog.FileMode.Directory, _("Bring in a folder"), request)


def _choose(session: Session, parent: QWidget, mode: QFileDialog.FileMode, title: str, request: int | None) -> None:
    chooser = QFileDialog(parent, title)
    chooser.setFileMode(mode)
    chooser.filesSelected.connect(lambda names: bring_in(session, parent, [Path(name) for name in names], request))
    chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    chooser.open()
