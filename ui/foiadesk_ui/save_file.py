"""Writing a file the person asked for: whole or not at all, off the GUI thread, and said so."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from foiadesk.records.errors import StorageFull
from foiadesk_ui.i18n import _
from foiadesk_ui.session import Session


def write_whole(target: Path, data: bytes) -> Path:
    """Write beside the target, then rename; raises StorageFull with a sentence when the system refuses."""
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".foiadesk-", suffix=".part")
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).replace(target)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise StorageFull(
            _("The file could not be saved there: {why}.").format(why=error.strerror or _("no reason given")),
            safe=_("Your desk is safe."),
            todo=_("Choose another folder."),
        ) from None
    return target


def write_out(
    session: Session, owner: QObject, target: Path, data: bytes, saved: Callable[[Path], None] | None = None
) -> None:
    """Save ``data`` under a name the person chose, then say so in the bar below."""

    def done(path: Path) -> None:
        session.told.emit(_("Saved “{name}”.").format(name=path.name))
        if saved is not None:
            saved(path)

    session.jobs.act(owner, lambda: write_whole(target, data), done, session.report)
