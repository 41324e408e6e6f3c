"""Saves the form of one who asks: the row first, then the picture of the letterhead."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from foiadesk.desk import Change, Desk
from foiadesk.records import Requester
from foiadesk.records.errors import BadInput
from foiadesk_ui.i18n import _
from foiadesk_ui.session import Session

LARGEST_LOGO = 8_000_000  # bytes; a letterhead's picture is printed an inch high


def save(
    session: Session,
    owner: QObject,
    requester: Requester,
    logo: Path | None,
    done: Callable[[int], None],
    *,
    failed: Callable[[Exception], None] | None = None,
) -> None:
    """Store a new or changed requester, then its logo; ``done`` gets the requester's id."""

    def keep(desk: Desk) -> Change:
        return desk.people.change(requester) if requester.id else desk.people.add(requester)

    def kept(change: Change) -> None:
        row = requester.id or change.primary
        if logo is None:
            done(row)
            return
        session.act(
            owner,
            lambda desk: desk.people.set_logo(row, read_logo(logo), logo.name),
            lambda _change: done(row),
            failed=failed,
        )

    session.act(owner, keep, kept, failed=failed)


def read_logo(path: Path) -> bytes:
    """Read a picture's bytes; raises BadInput when it is no file of a sensible size."""
    try:
        size = path.stat().st_size
        if size > LARGEST_LOGO:
            raise BadInput(_("The picture is larger than 8 MB."), todo=_("Choose a smaller one."))
        return path.read_bytes()
    except OSError:
        raise BadInput(_("The picture cannot be read."), todo=_("Choose another file.")) from None
