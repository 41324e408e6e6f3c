"""Letters of ours: draft, compose, preview, send. What is sent is filed with its exact bytes."""

# ruff: noqa: A002 - "id" is what everybody calls it
from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from foiadesk.desk.change import Change
from foiadesk.desk.shapes import IncomingFile, LetterPreview
from foiadesk.records import Channel, Letter

if TYPE_CHECKING:
    from foiadesk.desk.desk import Desk
    from foiadesk.letters import ComposedLetter, LetterKind


class Letters:
    """Drafts and sent letters of each request."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def kinds(self) -> tuple[LetterKind, ...]:
        """Return every kind of letter there is."""
        raise NotImplementedError

    def kind(self, name: str) -> LetterKind:
        """Return one kind; raises NotFound naming near matches."""
        raise NotImplementedError

    def for_request(self, request: int) -> tuple[Letter, ...]:
        """Return a request's letters, oldest first."""
        raise NotImplementedError

    def get(self, id: int) -> Letter:
        """Return one letter; raises NotFound."""
        raise NotImplementedError

    def start(self, kind: str, request: int) -> Change:
        """Begin a draft with the form's starting values; primary is the letter id."""
        raise NotImplementedError

    def save(self, id: int, values: Mapping[str, str]) -> Change:
        """Keep a draft's values (autosave); one editing run is one undo."""
        raise NotImplementedError

    def discard(self, id: int) -> Change:
        """Throw a draft away; sent letters are refused."""
        raise NotImplementedError

    def compose(self, kind: str, request: int, values: Mapping[str, str] | None = None) -> ComposedLetter:
        """Put a letter together; values default to the form's starting values."""
        raise NotImplementedError

    def pdf(self, letter_id: int, *, page: str | None = None) -> bytes:
        """Return a letter as PDF; of a sent one, the exact filed bytes. page: letter or a4, else the setting."""
        raise NotImplementedError

    def render(
        self, kind: str, request: int, values: Mapping[str, str] | None = None, *, page: str | None = None
    ) -> tuple[ComposedLetter, bytes]:
        """Compose and typeset in one go, storing nothing."""
        raise NotImplementedError

    def preview(self, kind: str, request: int, values: Mapping[str, str], *, scale: float) -> LetterPreview:
        """Draw the pages as they will print; call off the window's thread. scale 1.0 is 72 dots an inch."""
        raise NotImplementedError

    def text(self, kind: str, request: int, values: Mapping[str, str] | None = None) -> str:
        """Return the letter as plain text, for a portal."""
        raise NotImplementedError

    def mark_sent(
        self,
        id: int,
        *,
        channel: Channel,
        on: date,
        proof: IncomingFile | None = None,
        with_blanks: bool = False,
    ) -> Change:
        """File the letter's exact bytes as sent, with its events, in one transaction; primary: correspondence id."""
        raise NotImplementedError
