"""What the desk makes of a letter before a person files it: frozen, and nothing of it is stored."""

from __future__ import annotations

from datetime import date
from typing import Any

from foiadesk.frozen import dataclass
from foiadesk.records import Channel, Correspondence, Direction


@dataclass(frozen=True, slots=True)
class SuggestedEvent:
    """An event a letter seems to speak for. data: as ``add_event`` takes it, with its date where one is known.

    title: in a few words. words: the letter's own, on which it rests.
    """

    data: dict[str, Any]
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A request a letter may belong to, and why. certain: it carries this request's tracking number and no other's."""

    request: int
    name: str
    why: str
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Proves:
    """An event already entered on a candidate, which a receipt or report is the evidence of. event: its id."""

    request: int
    event: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Understanding:
    """What the desk made of a file before filing it. The person decides.

    date: the letter's own. events: what it speaks for, the most telling first. candidates: the likeliest request
    first; ``clear`` when it alone is likeliest. why: one sentence for each conclusion, with the words it rests on.
    """

    subject: str = ""
    sender: str = ""
    date: date | None = None
    channel: Channel | None = None
    direction: Direction = Direction.IN
    events: tuple[SuggestedEvent, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    clear: bool = False
    proves: tuple[Proves, ...] = ()
    why: tuple[str, ...] = ()
    damaged: str = ""
    parts: tuple[str, ...] = ()

    @property
    def suggested_event(self) -> dict[str, Any] | None:
        """The first event, as ``add_event`` takes it."""
        return self.events[0].data if self.events else None

    @property
    def suggested_request(self) -> int | None:
        """The likeliest request, None when there is none or several are as likely."""
        return self.candidates[0].request if self.clear else None

    @property
    def ready(self) -> bool:
        """Whether it can be filed as suggested: one request is likeliest, and every event has a date."""
        return self.clear and all(one.data.get("date") for one in self.events)

    @property
    def certain(self) -> bool:
        """Whether that needs no second look: it carries the tracking number of this request and no other's."""
        return self.ready and self.candidates[0].certain

    @property
    def proven(self) -> tuple[Proves, ...]:
        """What it proves on the suggested request."""
        return tuple(one for one in self.proves if one.request == self.suggested_request)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing in the In-tray, and what the desk makes of it."""

    letter: Correspondence
    understood: Understanding
