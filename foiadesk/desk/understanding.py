"""What a file seems to be and where it belongs: each conclusion with the words it rests on. The person decides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foiadesk.desk import belongs, standing, wording
from foiadesk.desk.letter_text import Opened, open_source
from foiadesk.desk.meaning_shapes import Candidate, Proves, SuggestedEvent, Understanding
from foiadesk.desk.proofs import entered_already, proven
from foiadesk.desk.shapes import IncomingFile
from foiadesk.frozen import dataclass
from foiadesk.intake.meaning.plain import is_forwarded
from foiadesk.intake.meaning.reading import read
from foiadesk.records import Channel, Direction, EventKind, event_from_json
from foiadesk.records.errors import BadInput
from foiadesk.records.speech import joined, lowered, say
from foiadesk.store import rows_people, rows_requests

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.desk import Desk
    from foiadesk.desk.openings import Openings
    from foiadesk.intake.meaning.shapes import Letter, Meaning, Said
    from foiadesk.records import Requester

_UNREAD = say("The file could not be read; it is filed just as it is.")
_WORDS = 160  # characters of a letter's words in a reason


@dataclass(frozen=True, slots=True)
class Reading:
    """A letter read for its meaning, without its text: what may be remembered while it waits.

    theirs: addresses of the other side. unread: nothing of it could be read.
    """

    letter: Letter
    meaning: Meaning
    direction: Direction
    theirs: tuple[str, ...]
    damaged: str = ""
    parts: tuple[str, ...] = ()
    unread: bool = False


def understand(desk: Desk, source: Path | IncomingFile, request: int | None = None) -> Understanding:
    """Look into a file in the worker and say what it seems to be; nothing is stored. request: chosen by the person."""
    with desk.read() as db:
        requesters = rows_people.requesters(db)
    return conclude(desk, reading_of(open_source(desk, source), requesters, desk.clock()), request)


def reading_of(opened: Opened, requesters: Sequence[Requester], today: date) -> Reading:
    """Read a letter for its meaning."""
    letter = opened.letter
    direction = direction_of(letter, requesters)
    return Reading(
        replace(letter, body="", parts=()),
        read(letter, today, ours=direction is Direction.OUT),
        direction,
        tuple(belongs.addresses(letter, direction)),
        opened.damaged,
        opened.parts,
        unread=bool(opened.damaged) and not (letter.body or letter.subject),
    )


def conclude(
    desk: Desk, reading: Reading, request: int | None = None, waiting: Openings | None = None
) -> Understanding:
    """Say where a letter belongs and what it means, as the desk stands today.

    request: chosen by the person, and then the only one that is likeliest. waiting: the open requests, if at hand.
    """
    letter, meaning, today = reading.letter, reading.meaning, desk.clock()
    day = _day(letter, meaning, today)
    channel = Channel.EMAIL if letter.is_message else None
    if meaning.delivery is not None and not letter.is_message:
        channel = Channel(meaning.delivery.how)
    with desk.read() as db:
        candidates, clear = belongs.candidates(db, letter, meaning, reading.direction, reading.theirs, waiting)
        if request is not None:
            chosen = next((one for one in candidates if one.request == request), None)
            chosen = chosen or Candidate(request, rows_requests.request_name(db, request), say("You chose it."))
            candidates, clear = (chosen, *(one for one in candidates if one.request != request)), True
        why, events = _events(db, meaning, today, channel)
        proof = proven(db, meaning.delivery, candidates, clear, meaning.dated or day)
        again: list[Proves] = []
        if clear and proof is None:
            events, again, said_again = entered_already(db, candidates[0], events)
            why += said_again
    if proof is not None:
        events = proof.events
        why += proof.why
    if candidates:
        name, told = candidates[0].name, candidates[0].why
        there = say("{request}: {why}", request=name, why=lowered(told))
        why.append(there if clear else joined(" ", (say("Several requests are as likely."), there)))
    return Understanding(
        subject=letter.subject or ("" if letter.is_message else letter.name),
        sender=letter.sender,
        date=day,
        channel=channel,
        direction=reading.direction,
        events=tuple(events),
        candidates=candidates,
        clear=clear,
        proves=proof.proves if proof is not None else tuple(again),
        why=(_UNREAD,) if reading.unread else tuple(why),
        damaged=reading.damaged,
        parts=reading.parts,
    )


def direction_of(letter: Letter, requesters: Sequence[Requester]) -> Direction:
    """Tell whether a letter went from us: by its sender's address, or by our letterhead over "Dear FOIA Officer"."""
    if letter.is_message:
        sender = letter.sender.lower()
        own = [one.email.lower() for one in requesters if one.email]
        from_us = any(re.search(rf"(?<![\w.+-]){re.escape(email)}(?![\w.-])", sender) for email in own)
        return Direction.OUT if from_us and not is_forwarded(letter.subject) else Direction.IN
    head = " ".join(letter.body[:600].casefold().split())
    if any(len(one.name) > 3 and one.name.casefold() in head[:200] for one in requesters) and re.search(
        r"\b(?:dear|to:?|attn:?|attention:?)\b.{0,60}\b(?:foia|freedom|officer|appeal|sir|madam|colleague|records)",
        letter.body[:3000],
        re.IGNORECASE,
    ):
        return Direction.OUT
    return Direction.IN


def _day(letter: Letter, meaning: Meaning, today: date) -> date | None:
    """Return the date of the correspondence itself: a message's is when it was sent, whatever lies in it."""
    if letter.is_message and letter.sent is not None:
        return min(letter.sent, today)
    return meaning.dated or (meaning.delivery.date if meaning.delivery is not None else None)


def _events(
    db: Database, meaning: Meaning, today: date, channel: Channel | None
) -> tuple[list[str], list[SuggestedEvent]]:
    why: list[str] = []
    events: list[SuggestedEvent] = []
    if meaning.dated is not None and meaning.dated_words:
        why.append(say("It is dated “{words}”.", words=meaning.dated_words))
    for said in meaning.events:
        data = event_data(db, said, said.date or meaning.dated, today, channel)
        if data is None:
            continue
        title = wording.title_of(data["kind"], data)
        events.append(SuggestedEvent(data, title, said.words))
        why.append(say("{event}: it says “{words}”.", event=title, words=shortened(said.words)))
    return why, events


def event_data(
    db: Database, said: Said, day: date | None, today: date, channel: Channel | None
) -> dict[str, Any] | None:
    """Return an event as ``add_event`` takes it, None when it cannot be entered. Without a day it has no date."""
    data: dict[str, Any] = {"kind": said.kind, **said.fields}
    if channel is not None and said.kind in (EventKind.REQUEST_SENT, EventKind.APPEAL_SENT):
        data["channel"] = channel.value
    if day is not None:
        data["date"] = day.isoformat()
        if said.answer_in is not None:
            data["answer_by"] = _after(db, day, *said.answer_in).isoformat()
    try:
        event_from_json({**data, "date": (day or today).isoformat()})
    except BadInput:
        return None
    return data


def _after(db: Database, day: date, number: int, unit: str) -> date:
    if unit == "calendar":
        return day + timedelta(days=number)
    return date.fromordinal(standing.calendar_of(db, "us-foia").add(day.toordinal(), number))


def shortened(words: str) -> str:
    """Return a letter's words, cut after a word when there are many."""
    if len(words) <= _WORDS:
        return words.rstrip(".")
    return words[: words.rfind(" ", _WORDS // 2, _WORDS)].rstrip(" ,;:") + "…"
