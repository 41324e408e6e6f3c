"""A letter leaves as a file only where the person says, privately and whole."""

import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

from foiadesk.records.errors import BadInput, StorageFull
from foiadesk_ui.i18n import _

LONGEST = 120


def file_name(office: str, title: str, ending: str = "pdf") -> str:
    """Return a name to suggest: "ICE - Face recognition contracts.pdf", without what file systems refuse."""
    plain = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*]+', " ", f"{office} - {title}" if office else title)
    plain = re.sub(r"\s+", " ", plain).strip(" .")[:LONGEST].strip(" .")
    return f"{plain or _('letter')}.{ending}"


def write_private(path: Path, data: bytes) -> None:
    """Write the whole file (mode 0600) or nothing. Raises StorageFull or BadInput in plain words."""
    temporary = path.parent / f".{secrets.token_hex(8)}.part"
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
    except (PermissionError, FileNotFoundError, IsADirectoryError):
        raise BadInput(
            _("The file cannot be written there."), safe=_("The letter is kept."), todo=_("Choose another folder.")
        ) from None
    except OSError:
        raise StorageFull(
            _("The file could not be written."),
            safe=_("The letter is kept."),
            todo=_("Free some space or choose another folder."),
        ) from None
