"""The In-tray: what waits, what the desk makes of each, and filing it as suggested or as a person decides."""

# ruff: noqa: A002 - "id" is what everybody calls it
from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from foiadesk.desk import event_log, evidence, wording
from foiadesk.desk.desk import Done
from foiadesk.desk.letter_text import LOOKED_INTO, Opened, open_bytes
from foiadesk.desk.meaning_shapes import Understanding, Waiting
from foiadesk.desk.openings import Openings, openings
from foiadesk.intake.meaning.plain import READ
from foiadesk.intake.meaning.shapes import Letter
from foiadesk.records import Correspondence, Direction
from foiadesk.records.errors import BadInput, KnownError, NotFound
from foiadesk.records.speech import joined, say
from foiadesk.store import rows_filing, rows_people, rows_requests

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.change import Change
    from foiadesk.desk.desk import Desk
    from foiadesk.desk.journal import Journal
    from foiadesk.desk.understanding import Reading
    from foiadesk.records.progress import Progress

READINGS = 4000  # letters whose reading is remembered, in memory only
_MOVES_CONCLUSIONS = ("request", "event", "correspondence", "requester", "campaign", "letter", "closure")


class InTray:
    """What belongs to no request yet. Nothing leaves it by itself."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._guard = threading.Lock()
        self._readings: OrderedDict[tuple[str, str, str], Reading] = OrderedDict()
        self._concluded: dict[int, tuple[int, Understanding]] = {}
        self._openings: Openings | None = None
        self._changes = 0
        desk.listen(self._heard)

    def waiting(self) -> tuple[Correspondence, ...]:
        """Return what waits, oldest first."""
        return self._desk.filing.correspondence(None)

    def suggestions(self, ids: Sequence[int]) -> tuple[Waiting, ...]:
        """Return what the desk makes of each; one that is gone or no longer waits is left out.

        A letter's file is read in the worker once; where it belongs is looked up again after every change.
        """
        found = []
        for key in ids:
            with self._desk.read() as db:
                letter = rows_filing.read_correspondence(db, key)
            if letter is not None and letter.request is None and not letter.trashed:
                found.append(Waiting(letter, self._understood(letter)))
        return tuple(found)

    def understand(self, id: int, request: int | None = None) -> Understanding:
        """Return what the desk makes of any stored letter; never raises for its content. Raises NotFound.

        request: the one a person chose.
        """
        return self._understood(self._desk.filing.get(id), request)

    def file(
        self,
        id: int,
        request: int | None = None,
        *,
        events: Sequence[Mapping[str, Any]] | None = None,
        proves: Sequence[str] | None = None,
        run: str = "",
    ) -> Change:
        """File what waits on a request, with its events and as evidence of others, in one transaction and one undo.

        What is left out is as suggested: the request, the events, the events it proves. run: as ``Desk.act`` takes it.
        Raises BadInput when nothing is suggested or an event has no date, NotFound.
        """
        letter = self._desk.filing.get(id)
        if letter.request is not None:
            raise BadInput("This does not wait in the In-tray any more.", todo="Move it instead.")
        seen = self._understood(letter, request)
        target = request if request is not None else seen.suggested_request
        if target is None:
            raise BadInput("Nothing in it says clearly which request it belongs to.", todo="Choose the request.")
        chosen = list(events) if events is not None else [one.data for one in seen.events]
        if proves is None:
            proves = [one.event for one in seen.proven]
        today = self._desk.clock()
        for data in chosen:
            if not data.get("date"):
                raise BadInput("The letter says no date for this.", todo="Give the date on the letter.")
            event_log.checked(data, today)

        def work(journal: Journal) -> Done:
            name = _named(journal.db, target)
            now = rows_filing.read_correspondence(journal.db, id)
            if now is None or now.request is not None or now.trashed:
                raise BadInput("This does not wait in the In-tray any more.", safe="Nothing was changed.")
            journal.update("correspondence", id, {"request": target, **_columns(now, seen)})
            alerts: list[str] = []
            warnings: list[str] = []
            titles: list[str] = []
            for data in chosen:
                done = event_log.add(journal, target, data, today, (id,))
                alerts += done.alerts
                warnings += done.warnings
                titles.append(wording.event_title(event_log.checked(data, today)))
            for event_id in proves:
                _seq, event = evidence.link(journal, id, event_id)
                titles.append(say("proof of {event}", event=evidence.told(event)))
            filed: str = say("Filed “{title}” on {name}", title=title(now), name=name)
            if titles:
                filed = say("{filed} as {titles}", filed=filed, titles=joined(say(" and "), titles))
            warned = event_log.still(journal.db, target, today, warnings)
            return Done(
                filed,
                id,
                tuple(dict.fromkeys(alerts)),
                warned,
            )

        return self._desk.act(work, run=run)

    def file_suggested(self, ids: Sequence[int], progress: Progress, *, certain: bool = True) -> tuple[Change, ...]:
        """File as suggested those of these that are certain (else all that are clear and dated), as one undo.

        Returns what was done. Raises Cancelled between two of them: what was filed stays filed.
        """
        done: list[Change] = []
        run = secrets.token_hex(8)
        for place, key in enumerate(ids):
            progress.at(place, len(ids))
            if any(one.understood.certain if certain else one.understood.ready for one in self.suggestions([key])):
                done.append(self.file(key, run=run))
        progress.at(len(ids), len(ids))
        return tuple(done)

    # Reading -------------------------------------------------------------------------------------------------------

    def _understood(self, letter: Correspondence, request: int | None = None) -> Understanding:
        from foiadesk.desk import understanding

        with self._guard:
            held = self._concluded.get(letter.id)
            after, waiting = self._changes, self._openings
        if held is not None and held[0] == letter.version and request is None:
            return held[1]
        reading = self._reading(letter)
        if waiting is None:
            with self._desk.read() as db:
                waiting = openings(db)
        found = understanding.conclude(self._desk, reading, request, waiting)
        found = replace(found, date=letter.date or found.date, channel=letter.channel or found.channel)
        with self._guard:
            if after == self._changes:  # else it may rest on what has changed meanwhile
                self._openings = waiting
                if request is None:
                    self._concluded[letter.id] = (letter.version, found)
        return found

    def _reading(self, letter: Correspondence) -> Reading:
        from foiadesk.desk import understanding

        today = self._desk.clock()
        original = letter.attachments[0] if letter.attachments else None
        of = (original.sha256, original.name) if original is not None else (f"letter {letter.id}", letter.subject)
        key = (*of, today.isoformat())
        with self._guard:
            if key in self._readings:
                self._readings.move_to_end(key)
                return self._readings[key]
        opened, whole = Opened(Letter(subject=letter.subject, sender=letter.sender, body=letter.body)), True
        if original is not None:
            opened, whole = self._recognized(letter, self._opened(original.id, original.name, original.size))
        with self._desk.read() as db:
            requesters = rows_people.requesters(db)
        reading = understanding.reading_of(opened, requesters, today)
        if whole:
            with self._guard:
                self._readings[key] = reading
                while len(self._readings) > READINGS:
                    self._readings.popitem(last=False)
        return reading

    def _opened(self, attachment: int, name: str, size: int) -> Opened:
        if size > LOOKED_INTO:
            return Opened(
                Letter(name=name), say("It has {what} MB, more than is read for its meaning.", what=size >> 20)
            )
        try:
            return open_bytes(self._desk, self._desk.filing.read(attachment), name)
        except KnownError as error:
            return Opened(Letter(name=name), str(error))

    def _recognized(self, letter: Correspondence, opened: Opened) -> tuple[Opened, bool]:
        """Fill in what was recognized on pages that are only pictures; False when some may still be to come."""
        read = opened.letter
        if not read.is_message:
            if read.body.strip() or opened.damaged or not _is_picture(letter.attachments[0].media_type):
                return opened, True
            text = self._pages(letter.attachments[0].id)
            return replace(opened, letter=replace(read, body=text)), bool(text.strip())
        stored = {one.name: one for one in letter.attachments[1:] if _is_picture(one.media_type)}
        parts, whole = list(read.parts), True
        for place, part in enumerate(parts):
            if part.name in stored and not part.text.strip():
                parts[place] = replace(part, text=self._pages(stored[part.name].id), media="application/pdf")
                whole &= bool(parts[place].text.strip())
        return replace(opened, letter=replace(read, parts=tuple(parts))), whole

    def _pages(self, attachment: int) -> str:
        try:
            return "\n".join(page.text for page in self._desk.search.text(attachment))[:READ]
        except KnownError:
            return ""

    def _heard(self, change: Change) -> None:
        if any(change.touches(kind) for kind in _MOVES_CONCLUSIONS):
            with self._guard:
                self._changes += 1
                self._concluded.clear()
                self._openings = None
                if change.touches("requester"):
                    self._readings.clear()  # which way a letter went rests on who we are


def _is_picture(media: str) -> bool:
    return media == "application/pdf" or media.startswith("image/")


def title(letter: Correspondence) -> str:
    """Return what to call a letter: its subject, else its file's name."""
    return letter.subject or (letter.attachments[0].name if letter.attachments else "a letter")


def _columns(letter: Correspondence, seen: Understanding) -> dict[str, Any]:
    """Return what filing fills in of what was not known when it came."""
    day = letter.date or seen.date
    channel = letter.channel or seen.channel
    return {
        "date": day.isoformat() if day else None,
        "channel": channel.value if channel else None,
        "direction": (seen.direction if letter.direction is Direction.IN else letter.direction).value,
    }


def _named(db: Database, request: int) -> str:
    name = rows_requests.request_name(db, request)
    if not name:
        raise NotFound(say("There is no request {request}.", request=request), safe="Nothing was changed.")
    return name
