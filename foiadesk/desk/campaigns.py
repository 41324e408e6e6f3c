"""Campaigns: the same question put to many offices, their stages and answers side by side, and pictures of waiting."""

# ruff: noqa: A002 - "id" is what everybody calls it
from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from foiadesk.desk import event_log, wording
from foiadesk.desk.scene import Scene
from foiadesk.desk.scene_time import DayText, Say, plain_day
from foiadesk.frozen import dataclass
from foiadesk.records import Event, EventKind, Request, Stage
from foiadesk.records.errors import NotFound
from foiadesk.records.speech import Day, say, say_count
from foiadesk.store import rows_events, rows_requests

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.desk import Desk
    from foiadesk.desk.scene_times import OfficeTimes
    from foiadesk.law import Answer
    from foiadesk.law.life import Lane

# What an office did, as far as a picture of a life tells it from what the requester did.
_OURS = frozenset(
    (EventKind.REQUEST_SENT, EventKind.PERFECTION_DISPUTED, EventKind.IDENTITY_SENT, EventKind.CONSENT_SENT,
     EventKind.PAYMENT_SENT, EventKind.CLARIFICATION_ANSWERED, EventKind.FEE_ANSWERED, EventKind.NARROWED,
     EventKind.STILL_INTERESTED_ANSWERED, EventKind.COMPLETION_DATE_ASKED, EventKind.DEMAND_SENT, EventKind.CALL,
     EventKind.VISIT, EventKind.UNANSWERED_LETTER, EventKind.EXPEDITION_REQUESTED, EventKind.FEE_WAIVER_REQUESTED,
     EventKind.APPEAL_SENT, EventKind.SUIT_FILED, EventKind.OGIS_OPENED)
)  # fmt: skip
_DESK_ONLY = frozenset((EventKind.NOTE, EventKind.REMINDER, EventKind.RETRACTED))


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """One campaign in a list. late: requests whose agency is late now; ripe: those the way to court is open for."""

    id: int
    title: str
    requests: int
    answered: int
    late: int
    ripe: int


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """One request of a campaign. outcomes: of each item, as the last determination decided it; "" for undecided.

    meaning: late, soon, waiting or done. pages: released in full or part, as far as the events say. unverified: the
    rule behind its date or the way to court that was not compared with a source; "" when all were.
    """

    request: int
    office_short: str
    office_name: str
    stage: Stage
    sentence: str
    meaning: str
    sent_on: date | None
    due: date | None
    days_late: int
    answered_on: date | None
    outcome: str
    exhaustion: str
    pages: int
    outcomes: tuple[str, ...]
    unverified: str = ""


@dataclass(frozen=True, slots=True)
class CampaignBoard:
    """A whole campaign: its items by number, and its offices, those that need something first."""

    id: int
    title: str
    items: tuple[str, ...]
    offices: tuple[OfficeRow, ...]


class Campaigns:
    """Everything that is asked of a campaign as a whole. Nothing here changes the desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def lines(self) -> tuple[CampaignLine, ...]:
        """Return every campaign that has requests, by title."""
        self._desk.freshness.bring()
        today = self._desk.clock().isoformat()
        with self._desk.read() as db:
            found = db.execute(
                """SELECT c.id, c.title, count(*),
                    sum(s.stage NOT IN ('draft', 'sent', 'in_process', 'paused', 'overdue')),
                    sum(s.who = 'agency' AND s.state = 'missed' AND s.met_on IS NULL AND s.due < ?),
                    sum(s.exhaustion IN ('open', 'exhausted'))
                FROM campaigns c JOIN requests r ON r.campaign = c.id AND r.trashed = 0 AND r.gone = 0
                JOIN standing s ON s.request = r.id GROUP BY c.id ORDER BY c.title COLLATE NOCASE, c.id""",
                (today,),
            ).fetchall()
        return tuple(CampaignLine(*row) for row in found)

    def find(self, text: str) -> int:
        """Return the campaign meant by its number or words of its title; raises NotFound."""
        lines = self.lines()
        wanted = text.strip().removeprefix("#")
        for line in lines:
            if wanted.isdecimal() and line.id == int(wanted):
                return line.id
        fits = [line.id for line in lines if text.strip().casefold() in line.title.casefold()]
        if len(fits) != 1:
            named = "; ".join(f"{line.id} ({line.title})" for line in lines[:10])
            known = say("The campaigns are {named}.", named=named) if lines else say("No campaign has been made yet.")
            raise NotFound(say("{what} fits {what2} campaigns.", what=repr(text[:60]), what2=len(fits)), todo=known)
        return fits[0]

    def board(self, id: int) -> CampaignBoard:
        """Return a campaign's offices with their stages and answers; raises NotFound."""
        today = self._desk.clock()
        with self._desk.read() as db:
            title, requests = _requests_of(db, id)
            rows = [_office(request, *_life_of(db, request, today), today) for request in requests]
        rows.sort(key=lambda row: (_ORDER[row.meaning], -row.days_late, row.due or date.max, row.office_short))
        items = max((request.items for request in requests), key=len, default=())
        return CampaignBoard(id, title, items, tuple(rows))

    def picture(self, id: int, *, width: float = 900.0, say: Say | None = None, day: DayText = plain_day) -> Scene:
        """Draw how long each office of a campaign has taken, side by side. Raises NotFound."""
        from foiadesk.desk.scene_life import OfficeLife, campaign_scene

        board = self.board(id)
        today = self._desk.clock()
        with self._desk.read() as db:
            lives = {
                row.request: _determination(_life_of(db, _must(db, row.request), today)[2]) for row in board.offices
            }
        offices = [OfficeLife(row.office_short, lives[row.request], row.sentence, row.meaning) for row in board.offices]
        return campaign_scene(board.title, offices, today, width=width, say=say or str, day=day)

    def life(
        self,
        request: int,
        *,
        width: float = 900.0,
        say: Say | None = None,
        day: DayText = plain_day,
        event_words: Callable[[Event], str] = wording.event_title,
    ) -> Scene:
        """Draw a request's life to scale: events, and each clock with its pauses, extension and days late."""
        from foiadesk.desk.scene_life import Happening, life_scene

        today = self._desk.clock()
        with self._desk.read() as db:
            found = _must(db, request)
            events, _answer, lanes = _life_of(db, found, today)
            name = rows_requests.request_name(db, request)
        happenings = [
            Happening(event.date, event_words(event), event.kind in _OURS)
            for event in sorted(events, key=lambda one: one.date)
            if event.kind not in _DESK_ONLY
        ]
        return life_scene(name, lanes, happenings, today, width=width, say=say or str, day=day)

    def times(self) -> tuple[OfficeTimes, ...]:
        """Return how long each office has taken for its determinations, the slowest first."""
        from foiadesk.desk.scene_times import OfficeTimes

        self._desk.freshness.bring()
        today = self._desk.clock()
        answered: dict[str, list[int]] = {}
        waiting: dict[str, list[int]] = {}
        with self._desk.read() as db:
            rows = db.execute(
                """SELECT r.office_short, k.start, k.met_on, k.state FROM standing_clocks k
                JOIN requests r ON r.id = k.request AND r.trashed = 0 AND r.gone = 0
                WHERE k.kind = 'determination' AND k.place = (SELECT min(place) FROM standing_clocks f
                    WHERE f.request = k.request AND f.kind = 'determination') AND k.start IS NOT NULL"""
            ).fetchall()
        for office, start, met_on, state in rows:
            began = date.fromisoformat(start)
            if met_on:
                answered.setdefault(office, []).append((date.fromisoformat(met_on) - began).days)
            elif state in ("running", "missed", "paused"):
                waiting.setdefault(office, []).append((today - began).days)
        found = [
            OfficeTimes(office, tuple(sorted(answered.get(office, ()))), tuple(sorted(waiting.get(office, ()))))
            for office in answered.keys() | waiting.keys()
        ]
        return tuple(sorted(found, key=lambda one: (-(one.median or 0.0), -max(one.waiting, default=0), one.office)))

    def times_picture(self, *, width: float = 900.0, say: Say | None = None, title: str = "") -> Scene:
        """Draw the times of every office, with how many answers each rests on."""
        from foiadesk.desk.scene_times import times_scene

        self._desk.freshness.finish()  # pictures are saved, and do not say what was still to be counted
        return times_scene(title or "How long offices take", self.times(), width=width, say=say or str)


_ORDER = {"late": 0, "soon": 1, "waiting": 2, "done": 3}
_ANSWERED = (Stage.DETERMINED, Stage.APPEAL_WINDOW_OPEN, Stage.CLOSED)


def _must(db: Database, request: int) -> Request:
    found = rows_requests.read_request(db, request)
    if found is None:
        raise NotFound(say("There is no request {request}.", request=request))
    return found


def _requests_of(db: Database, id: int) -> tuple[str, list[Request]]:
    title = db.execute("SELECT title FROM campaigns WHERE id = ?", (id,)).fetchone()
    if title is None:
        raise NotFound(say("There is no campaign {id}.", id=id))
    keys = db.execute("SELECT id FROM requests WHERE campaign = ? AND trashed = 0 AND gone = 0 ORDER BY id", (id,))
    return title[0], [_must(db, key) for (key,) in keys.fetchall()]


def _life_of(db: Database, request: Request, today: date) -> tuple[tuple[Event, ...], Answer, tuple[Lane, ...]]:
    from foiadesk.law.life import lanes

    answer = event_log.answer(db, request.id, today)
    events = tuple(event for _seq, event in rows_events.events_in_force(db, request.id) if event.date <= today)
    return events, answer, lanes(answer, today)


def _determination(lanes: tuple[Lane, ...]) -> Lane | None:
    return next((lane for lane in lanes if lane.kind == "determination"), None)


def _office(
    request: Request, events: tuple[Event, ...], answer: Answer, lanes: tuple[Lane, ...], today: date
) -> OfficeRow:
    decided = [event for event in sorted(events, key=lambda one: one.date) if event.kind is EventKind.DETERMINATION]
    sent = [event.date for event in events if event.kind is EventKind.REQUEST_SENT]
    ruling = answer.ruling
    lane = _determination(lanes)
    late = ruling.days_late if ruling is not None and ruling.met_on is None else 0
    meaning = _meaning(answer, late, today)
    return OfficeRow(
        request=request.id,
        office_short=request.office.short,
        office_name=request.office.name,
        stage=answer.stage,
        sentence=_sentence(answer, lane, late),
        meaning=meaning,
        sent_on=min(sent) if sent else None,
        due=ruling.due if ruling is not None else None,
        days_late=late,
        answered_on=decided[-1].date if decided else None,
        outcome=str(decided[-1].get("outcome") or "") if decided else "",
        exhaustion=answer.exhaustion.state.value,
        pages=sum(int(event.get(name) or 0) for event in events for name in ("pages_full", "pages_part", "pages")),
        outcomes=_by_item(request, decided),
        unverified=_unverified(request, answer),
    )


def _unverified(request: Request, answer: Answer) -> str:
    from foiadesk.law import load_pack, unverified_rule

    pack = load_pack(request.law)
    rule = unverified_rule(answer.ruling, pack) if answer.ruling is not None else ""
    return rule or (pack.title if answer.exhaustion.unverified else "")


def _meaning(answer: Answer, late: int, today: date) -> str:
    if late:
        return "late"
    if answer.stage in _ANSWERED:
        return "done"
    due = answer.ruling.due if answer.ruling is not None else None
    return "soon" if due is not None and 0 <= (due - today).days <= 7 else "waiting"


def _sentence(answer: Answer, lane: Lane | None, late: int) -> str:
    if late:
        return say_count("{n} day late", "{n} days late", late)
    if lane is not None and lane.met_on is not None:
        day = Day(lane.met_on, True)
        if lane.days_late:
            return say("answered {day}, {late} late", day=day, late=f"{lane.days_late:,}")
        return say("answered {day}", day=day)
    if answer.ruling is not None and answer.ruling.due is not None:
        return say("due {day}", day=Day(answer.ruling.due, True))
    return answer.stage.value.replace("_", " ")


def _by_item(request: Request, decided: list[Event]) -> tuple[str, ...]:
    """Return each item's outcome by the last determination that says one, else the last one's own."""
    whole = str(decided[-1].get("outcome") or "") if decided else ""
    found: dict[int, str] = {}
    for event in decided:
        for part in event.get("items") or ():
            if isinstance(part, Mapping) and isinstance(part.get("item"), int):
                found[part["item"]] = str(part.get("outcome") or "")
    return tuple(found.get(number, whole) for number in range(1, len(request.items) + 1))


def plain(board: CampaignBoard) -> dict[str, Any]:
    """Return a campaign as JSON says it."""
    from dataclasses import asdict

    return {
        "id": board.id,
        "title": board.title,
        "items": list(board.items),
        "offices": [
            {
                **asdict(row),
                "stage": row.stage.value,
                "outcomes": list(row.outcomes),
                "unverified": bool(row.unverified),
                "unverified_rule": row.unverified or None,
            }
            for row in board.offices
        ],
    }
