"""Who asks: requesters with their address, signers and letterhead."""

# ruff: noqa: A002 - "id" is what everybody calls it
from __future__ import annotations

from typing import TYPE_CHECKING

from foiadesk.desk.change import Change
from foiadesk.records import Requester

if TYPE_CHECKING:
    from foiadesk.desk.desk import Desk


class People:
    """The organizations and persons who sign requests."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def all(self) -> tuple[Requester, ...]:
        """Return every requester, by name."""
        raise NotImplementedError

    def get(self, id: int) -> Requester:
        """Return one requester; raises NotFound."""
        raise NotImplementedError

    def add(self, requester: Requester) -> Change:
        """Store a new requester; primary is its id."""
        raise NotImplementedError

    def change(self, requester: Requester) -> Change:
        """Store an edited requester; raises Conflict when the row has moved since it was read."""
        raise NotImplementedError

    def remove(self, id: int) -> Change:
        """Remove a requester no request names; raises Conflict otherwise."""
        raise NotImplementedError

    def set_logo(self, id: int, data: bytes, name: str) -> Change:
        """Keep a PNG or JPEG as the letterhead's picture; primary is the attachment id."""
        raise NotImplementedError

    def logo(self, attachment_id: int) -> bytes:
        """Return a letterhead picture's bytes."""
        raise NotImplementedError
