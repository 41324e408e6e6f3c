"""Derived answers: from a request's events through the law into rows that lists read. Always rebuildable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from foiadesk.frozen import dataclass
from foiadesk.paths import config_folder
from foiadesk.records import Event, EventKind, Stage
from foiadesk.records.speech import making
from foiadesk.shelf import resource
from foiadesk.store import rows_closures, rows_common, rows_events, rows_requests, rows_standing
from foiadesk.store.rows_common import day_text

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.law import Answer, Calendar, Clock, LawPack

STILL_OPEN = ("running", "missed")
_MADE = "\x1f"  # between a kept sentence and its making
_FORM = "2"  # how answers are kept: those of another form are derived anew
_NAMED_CLOSURES = 6  # as many days as a version names one by one

# Behind everything that has a date, in this order.
_WITHOUT_DATE = (
    Stage.PAUSED, Stage.SENT, Stage.IN_PROCESS, Stage.ON_APPEAL, Stage.EXHAUSTED, Stage.IN_LITIGATION, Stage.DETERMINED,
    Stage.DRAFT, Stage.CLOSED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Derived:
    """One request's derived rows: its standing, the clocks that can be open, its tracking numbers."""

    row: Mapping[str, Any]
    clocks: Sequence[Mapping[str, Any]]
    numbers: Sequence[tuple[str, str]]


def for_law(events: Iterable[tuple[int, Event]]) -> list[Event]:
    """Return events in force as the law counts them: corrections stand for themselves, retractions are no event."""
    kept = [event for _, event in events if event.kind is not EventKind.RETRACTED]
    known = {event.id for event in kept}
    return [
        replace(event, supersedes="") if event.supersedes and event.supersedes not in known else event for event in kept
    ]


def folded(number: str) -> str:
    """Return a tracking number as numbers are compared: letters and digits only, upper case."""
    return re.sub(r"[^0-9A-Z]", "", number.upper())


def tracking_numbers(events: Sequence[Event]) -> list[str]:
    """Return the tracking numbers the agency gave, in the order given, each once."""
    found: dict[str, str] = {}
    for event in events:
        name = {EventKind.ACKNOWLEDGED: "tracking_number", EventKind.TRACKING_NUMBER: "number"}.get(event.kind)
        number = str(event.get(name) or "").strip() if name else ""
        if number and folded(number):
            found.setdefault(folded(number), number)
    return list(found.values())


def calendar_of(db: Database, law: str) -> Calendar:
    """Return the calendar a law counts by, with the closures that this desk knows of."""
    from foiadesk.law import load_pack

    pack = load_pack(law)
    return closed_on(pack.days_of, rows_closures.closed_days(db, pack.calendar))


@lru_cache(maxsize=64)
def closed_on(calendar: Calendar, days: tuple[tuple[str, str], ...]) -> Calendar:
    """Return a calendar with offices also closed on these days (date, note). Its version tells which days."""
    if not days:
        return calendar
    closing = calendar.closing({date.fromisoformat(day): note for day, note in days})
    number = len(closing.notes)
    if number <= _NAMED_CLOSURES:
        return closing
    # Every stored answer carries the version: many days are told by a digest, not one by one.
    digest = sha256(closing.version.encode()).hexdigest()[:12]
    return replace(closing, version=f"{calendar.version}+{number} closures {digest}")


def count(law: str, office: str, fees: str, events: Sequence[Event], today: date, calendar: Calendar) -> Answer:
    """Ask the law room. fees: the request's fee choices as stored."""
    from foiadesk.law import answer, load_pack

    category = rows_requests.fees_from_json(fees).category
    return answer(events, law=load_pack(law), agency=office, today=today, fee_category=category, calendar=calendar)


def derive(db: Database, request: int, today: date) -> Derived | None:
    """Derive one request's rows from its events; None when there is no such request."""
    facts = db.execute(
        "SELECT law, office_code, fees, trashed FROM requests WHERE id = ? AND gone = 0", (request,)
    ).fetchone()
    if facts is None:
        return None
    from foiadesk.law import load_pack

    law, office, fees, trashed = facts
    pack = load_pack(law)
    logged = rows_events.events_in_force(db, request)
    events = for_law(logged)
    calendar = calendar_of(db, law)
    answer = count(law, office, fees, events, today, calendar)
    head = max((seq for seq, _ in logged), default=0)
    return Derived(
        {
            "request": request,
            "hidden": int(bool(trashed)),
            "head_event": head,
            "calendar_version": calendar.version,
            **_row(pack, answer, events),
        },
        [_clock(request, place, clock, pack) for place, clock in enumerate(answer.clocks)],
        [(number, folded(number)) for number in tracking_numbers(events)],
    )


def kept(why: str) -> str:
    """Return a sentence as a row keeps it: in English, and behind that how it was made, so that it can be said anew."""
    how = making(why)
    return f"{why}{_MADE}{how}" if how else why


def read_why(kept_text: str) -> tuple[str, str]:
    """Return a kept sentence in English, and how it was made ("" where that is not known)."""
    text, _, how = kept_text.partition(_MADE)
    return text, how


def _row(pack: LawPack, answer: Answer, events: Sequence[Event]) -> dict[str, Any]:
    from foiadesk.law import unverified_rule

    ruling, exhaustion = answer.ruling, answer.exhaustion
    step = answer.next_steps[0] if answer.next_steps else None
    sent = [event.date for event in events if event.kind is EventKind.REQUEST_SENT]
    open_to_court = str(exhaustion.state) in ("open", "exhausted")
    return {
        "urgency": _urgency(answer),
        "stage": answer.stage.value,
        "turn": answer.turn.value,
        "clock": ruling.kind if ruling else "",
        "clock_id": ruling.id if ruling else "",
        "due": day_text(ruling.due) if ruling else None,
        "who": ruling.who if ruling else "",
        "state": str(ruling.state) if ruling else "",
        "met_on": day_text(ruling.met_on) if ruling else None,
        "may_sue_since": day_text(exhaustion.since) if open_to_court else None,
        "exhaustion": str(exhaustion.state),
        "since": day_text(exhaustion.since),
        "until": day_text(exhaustion.until),
        "why": kept(exhaustion.why),
        "assumed": int(exhaustion.assumed),
        "undisputed_since": day_text(exhaustion.undisputed_since),
        "expedition": str(exhaustion.expedition.state),
        "expedition_since": day_text(exhaustion.expedition.since),
        "step_kind": step.kind if step else "",
        "step_by": day_text(step.by) if step else None,
        "sent_on": day_text(min(sent)) if sent else None,
        "next_change_on": day_text(answer.next_change_on),
        "pack_version": pack.version,
        "unverified": str(unverified_rule(ruling, pack)) if ruling else "",
        "exhaustion_unverified": pack.title if exhaustion.unverified else "",
    }


def _urgency(answer: Answer) -> int:
    if answer.stage is not Stage.CLOSED:
        days = [
            clock.due.toordinal()
            for clock in answer.clocks
            if clock.due is not None
            and clock.met_on is None
            and (
                (clock is answer.ruling and str(clock.state) in STILL_OPEN)
                or (clock.who == "requester" and str(clock.state) == "running")
            )
        ]
        if days:
            return min(days)
    place = _WITHOUT_DATE.index(answer.stage) if answer.stage in _WITHOUT_DATE else 0
    return rows_standing.OPEN_ENDED + place


def _clock(request: int, place: int, clock: Clock, pack: LawPack) -> dict[str, Any]:
    from foiadesk.law import unverified_rule

    return {
        "request": request,
        "place": place,
        "clock_id": clock.id,
        "kind": clock.kind,
        "about": clock.about or "",
        "who": clock.who,
        "start": day_text(clock.start),
        "due": day_text(clock.due),
        "state": str(clock.state),
        "met_on": day_text(clock.met_on),
        "unverified": str(unverified_rule(clock, pack)),
    }


def put(db: Database, request: int, today: date) -> None:
    """Derive one request's rows and store them, inside the caller's transaction."""
    derived = derive(db, request, today)
    if derived is None:
        rows_standing.drop_standing(db, request)
    else:
        rows_standing.put_standing(db, derived.row, derived.clocks, derived.numbers)


def requests_of(db: Database) -> list[int]:
    """Return every request, also those in the trash."""
    return [key for (key,) in db.execute("SELECT id FROM requests WHERE gone = 0 ORDER BY id").fetchall()]


def differences(db: Database, request: int, today: date) -> list[str]:
    """Name what of a request's stored rows is not what its events give on a day; empty when all of it is."""
    derived = derive(db, request, today)
    stored = rows_standing.stored(db, request)
    if derived is None or stored is None:
        return ["all of it"] if derived or stored else []
    row, clocks, numbers = stored
    found = [name for name, value in derived.row.items() if row[name] != value]
    if clocks != [dict(clock) for clock in derived.clocks]:
        found.append("its clocks")
    if numbers != list(derived.numbers):
        found.append("its tracking numbers")
    return found


def print_of_law() -> str:
    """Return what tells one edition of the law from another without reading it: names, sizes, times.

    It covers what is shipped and the packs a person added.
    """
    # Said here again and not asked of the law room: this much is read at every start, the law only when it is needed.
    own = config_folder() / "laws"
    files = [*sorted(resource("laws").glob("*")), *sorted(own.glob("*.toml"))]
    return ";".join(f"{file.name}:{file.stat().st_size}:{file.stat().st_mtime_ns}" for file in files)


def print_of_rules(db: Database) -> str:
    """Return what tells the rules stored answers were counted under from others: the law's edition, the closures."""
    return f"{print_of_law()};{rows_closures.fingerprint(db)}"


def stale(db: Database, today: date) -> list[int]:
    """Return the requests whose stored answer need not hold on this day."""
    from foiadesk.law import load_pack

    stored = rows_common.state(db, "standing_day")
    if rows_common.state(db, "standing_form") != _FORM:
        return requests_of(db)
    found = set(rows_standing.without_standing(db))
    if stored and stored > today.isoformat():  # the clock went back: any answer may be from the future
        found.update(key for (key,) in db.execute("SELECT request FROM standing").fetchall())
    elif stored != today.isoformat():
        found.update(rows_standing.changing_by(db, today.isoformat()))
    if rows_common.state(db, "standing_law") != print_of_rules(db):
        laws = [law for (law,) in db.execute("SELECT DISTINCT law FROM requests").fetchall()]
        versions = {law: (load_pack(law).version, calendar_of(db, law).version) for law in laws}
        found.update(rows_standing.counted_under_others(db, versions))
    return sorted(found)


def is_fresh(db: Database, today: date) -> bool:
    """Tell whether the stored answers were brought up to this day under the shipped law."""
    return (
        rows_common.state(db, "standing_day") == today.isoformat()
        and rows_common.state(db, "standing_form") == _FORM
        and rows_common.state(db, "standing_law") == print_of_rules(db)
    )


def mark_fresh(db: Database, today: date) -> None:
    """Remember that the stored answers hold for this day under the shipped law."""
    rows_common.put_state(db, "standing_day", today.isoformat())
    rows_common.put_state(db, "standing_law", print_of_rules(db))
    rows_common.put_state(db, "standing_form", _FORM)
