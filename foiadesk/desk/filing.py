"""Filing: bytes into the vault, rows, then what a worker reads in them; and every way to read stored files."""

# ruff: noqa: A002 - "id" is what everybody calls it
from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Date  # noqa: N812 - the methods take a parameter named date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foiadesk.desk.change import Change
from foiadesk.desk.shapes import IncomingFile, Understanding
from foiadesk.records import Attachment, Channel, Correspondence, Direction

if TYPE_CHECKING:
    from foiadesk.desk.desk import Desk
    from foiadesk.intake import DocumentInfo, PageImage, ParsedMessage


class Filing:
    """Correspondence, the In-tray and stored files."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def file(
        self,
        source: Path | IncomingFile,
        request: int | None,
        *,
        direction: Direction = Direction.IN,
        date: Date | None = None,
        channel: Channel | None = None,
        event: Mapping[str, Any] | None = None,
    ) -> Change:
        """File bytes on a request (None: In-tray); primary is the correspondence id."""
        raise NotImplementedError

    def understand(self, source: Path | IncomingFile) -> Understanding:
        """Say what a file seems to be and where it belongs, before anything is stored."""
        raise NotImplementedError

    def correspondence(self, request: int | None) -> tuple[Correspondence, ...]:
        """Return a request's correspondence (None: the In-tray), oldest first."""
        raise NotImplementedError

    def get(self, id: int) -> Correspondence:
        """Return one piece of correspondence; raises NotFound."""
        raise NotImplementedError

    def move(self, id: int, request: int | None) -> Change:
        """Move correspondence to another request, or back to the In-tray."""
        raise NotImplementedError

    def attach_event(self, id: int, data: Mapping[str, Any]) -> Change:
        """Append an event whose evidence is this correspondence."""
        raise NotImplementedError

    def documents(self, request: int | None = None) -> tuple[Attachment, ...]:
        """Return every stored file (of one request), newest first."""
        raise NotImplementedError

    def read(self, attachment_id: int) -> bytes:
        """Return a stored file's exact bytes."""
        raise NotImplementedError

    def save_copy(self, attachment_id: int, path: Path) -> None:
        """Write a decrypted copy for the person, mode 0600, whole or not at all."""
        raise NotImplementedError

    def inspect(self, attachment_id: int) -> DocumentInfo:
        """Say what kind of document a stored file is; parsed in the worker."""
        raise NotImplementedError

    def page(self, attachment_id: int, number: int, scale: float) -> PageImage:
        """Draw one page (from 0) in the worker; scale 1.0 is 72 dots an inch."""
        raise NotImplementedError

    def text(self, attachment_id: int) -> str:
        """Return a stored file's text, read in the worker."""
        raise NotImplementedError

    def image(self, attachment_id: int, max_px: int) -> PageImage:
        """Draw a stored picture in the worker, no side longer than max_px."""
        raise NotImplementedError

    def message(self, attachment_id: int) -> ParsedMessage:
        """Read a stored message in the worker."""
        raise NotImplementedError
