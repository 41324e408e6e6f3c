"""What goes around letters: envelopes, sheets of labels and cover sheets, from requests' offices and who asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from foiadesk.desk.letters import paper
from foiadesk.frozen import dataclass
from foiadesk.records.errors import BadInput
from foiadesk.records.speech import say

if TYPE_CHECKING:
    from foiadesk.desk.desk import Desk
    from foiadesk.letters import Blank
    from foiadesk.letters.model import LetterContext

ENVELOPES = {"no10": "No. 10", "c56": "C5/6", "dl": "DL"}
LABELS = {"5160": 30, "L7160": 21}  # labels a sheet


@dataclass(frozen=True, slots=True)
class Mailing:
    """Pages to print. lacking: offices with no postal address here, which were left out. blanks: of a cover sheet."""

    pdf: bytes
    lacking: tuple[str, ...] = ()
    blanks: tuple[Blank, ...] = ()


class Mail:
    """Envelopes, labels and cover sheets; nothing is stored."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def envelopes(self, requests: Sequence[int], kind: str = "no10") -> Mailing:
        """Return an envelope a page: to each request's office, from who leads it. kind: no10, c56 or dl.

        Raises BadInput when no office has a postal address, or one is too long to be set.
        """
        from foiadesk.letters.covers import receiver_lines, sender_lines
        from foiadesk.letters.press.envelopes import envelopes

        found, lacking = self._addressed(requests)
        pairs = [(sender_lines(context), receiver_lines(context)) for context in found]
        return Mailing(envelopes(pairs, kind, "Envelopes" if len(pairs) > 1 else "Envelope"), lacking)

    def labels(self, requests: Sequence[int], kind: str = "5160", *, start: int = 1, ours: bool = False) -> Mailing:
        """Return a sheet of labels to the requests' offices. kind: 5160 or L7160. start: the first free label, from 1.

        ours: labels with the address of who asks instead. Raises BadInput as ``envelopes`` does.
        """
        from foiadesk.letters.covers import receiver_lines, sender_lines
        from foiadesk.letters.press.envelopes import labels

        lacking: tuple[str, ...] = ()
        if ours:
            lines = [sender_lines(self._context(request)) for request in requests]
            addresses = [one for one in lines if len(one) > 1]
            if not addresses:
                raise BadInput("Nobody who asks has an address in this desk.", todo="Enter one under “Who asks”.")
        else:
            found, lacking = self._addressed(requests)
            addresses = [receiver_lines(context) for context in found]
        return Mailing(labels(addresses, kind, start, "Labels"), lacking)

    def cover(self, request: int, kind: str, *, pages: int = 0, number: str = "", page: str | None = None) -> Mailing:
        """Return a cover sheet: "fax" (pages: of the whole fax) or "certified" (number: of the article)."""
        from foiadesk import letters
        from foiadesk.letters.covers import cover_sheet

        sheet = cover_sheet(kind, self._context(request), pages=pages, number=number)
        pdf = letters.typeset(sheet, page=paper(page or self._desk.settings.get().page))
        return Mailing(pdf, blanks=sheet.blanks)

    def _context(self, request: int) -> LetterContext:
        return self._desk.letters.context(request, self._desk.clock())

    def _addressed(self, requests: Sequence[int]) -> tuple[list[LetterContext], tuple[str, ...]]:
        contexts = [self._context(request) for request in requests]
        found = [context for context in contexts if context.request.office.address]
        lacking = tuple(one.request.office.name for one in contexts if not one.request.office.address)
        if not found:
            raise BadInput(
                say("This desk knows no postal address of {what}.", what=", ".join(lacking[:3]) or "any office"),
                todo="Change the office on the request, and enter its address.",
            )
        return found, tuple(dict.fromkeys(lacking))
