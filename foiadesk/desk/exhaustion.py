"""The answer to “may I sue?” for every request at once, with what it rests on, out of stored answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from foiadesk.desk import standing, wording
from foiadesk.desk.shapes import Evidence, ExhaustionRow
from foiadesk.records import EventKind, Stage
from foiadesk.records.speech import say
from foiadesk.store import rows_events, rows_standing, rows_trash
from foiadesk.store.rows_common import Row, read_day

if TYPE_CHECKING:
    from sqlite_utils import Database

K = EventKind
# What the answer rests on; everything else (acknowledgements, calls, releases) neither opens nor closes it.
_RESTS_ON = (
    K.REQUEST_SENT, K.REQUEST_RECEIVED, K.DELIVERY_PROVED, K.DELIVERY_FAILED, K.PERFECTION_CLAIMED,
    K.PERFECTION_DISPUTED, K.PERFECTED, K.CLARIFICATION_ASKED, K.CLARIFICATION_ANSWERED, K.FEE_ESTIMATE, K.FEE_ANSWERED,
    K.EXTENSION_NOTICE, K.TIME_FRAME_AGREED, K.EXPEDITION_REQUESTED, K.EXPEDITION_DECIDED, K.DETERMINATION, K.CLOSED,
    K.REOPENED, K.APPEAL_SENT, K.APPEAL_RECEIVED, K.APPEAL_DECIDED, K.SUIT_FILED,
)  # fmt: skip
_COUNTED_BY = {  # the clock whose worksheet shows why, by state
    "not_yet": ("determination",),
    "open": ("determination",),
    "closed_by_determination": ("appeal_determination", "appeal_window", "determination"),
    "exhausted": ("appeal_determination", "determination"),
    "in_suit": ("determination",),
    "not_applicable": ("determination",),
}


def board(
    db: Database, overlay: Mapping[int, standing.Derived], *, with_evidence: bool = True
) -> tuple[ExhaustionRow, ...]:
    """Return a row for every request not in the trash, by request. overlay: answers that could not be stored."""
    rows = rows_standing.exhaustions(db)
    clocks = rows_standing.clock_ids(db)
    evidence = evidence_of(db) if with_evidence else {}
    found = []
    for row in rows:
        request = row["request"]
        mine = clocks.get(request, [])
        if request in overlay:
            row = {**row, **overlay[request].row}  # noqa: PLW2901 - the same row, as it stands today
            mine = [(clock["kind"], clock["clock_id"]) for clock in overlay[request].clocks]
        found.append(_row(row, mine, evidence.get(request, ())))
    return tuple(found)


def evidence_of(db: Database, request: int | None = None) -> dict[int, tuple[Evidence, ...]]:
    """Return the events behind the answer, oldest first, of one request or of all."""
    found: dict[int, list[Evidence]] = {}
    rows = rows_events.in_force_of_kinds(db, [kind.value for kind in _RESTS_ON], request)
    trashed = rows_trash.letters_in_trash(db)
    for owner, event_id, kind, day, data, letters in rows:
        known = json.loads(data)
        title = wording.title_of(kind, known)
        if letters and not trashed.isdisjoint(map(int, letters.split(","))):
            title = say("{event} (its letter is in the trash)", event=title)
        shown = tuple(map(int, letters.split(","))) if letters else ()
        entry = Evidence(date.fromisoformat(day), title, event_id, shown, bool(known.get("assumed")))
        found.setdefault(owner, []).append(entry)
    return {owner: tuple(entries) for owner, entries in found.items()}


def _row(row: Row, clocks: list[tuple[str, str]], evidence: tuple[Evidence, ...]) -> ExhaustionRow:
    why, made = standing.read_why(row["why"])
    return ExhaustionRow(
        request=row["request"],
        title=row["title"],
        office_short=row["office_short"],
        campaign=row["campaign"],
        campaign_title=row["campaign_title"] or "",
        stage=Stage(row["stage"]),
        state=row["exhaustion"],
        since=read_day(row["since"]),
        until=read_day(row["until"]),
        why=why,
        assumed=bool(row["assumed"]),
        undisputed_since=read_day(row["undisputed_since"]),
        expedition_state=row["expedition"],
        expedition_since=read_day(row["expedition_since"]),
        clock_id=_clock_for(row["exhaustion"], clocks),
        evidence=evidence,
        unverified=row["exhaustion_unverified"],
        why_made=made,
    )


def _clock_for(state: str, clocks: list[tuple[str, str]]) -> str:
    """Return the clock that shows why: the latest of the kind the state is counted by; "" when there is none."""
    for kind in _COUNTED_BY[state]:
        of_kind = [clock_id for found, clock_id in clocks if found == kind]
        if of_kind:
            return of_kind[-1]
    return ""


def plain(row: ExhaustionRow) -> dict[str, Any]:
    """Return a row as JSON says it."""
    return {
        "request": row.request,
        "title": row.title,
        "office": row.office_short,
        "campaign": row.campaign_title or None,
        "stage": row.stage.value,
        "state": row.state,
        "since": row.since,
        "until": row.until,
        "why": row.why,
        "assumed": row.assumed,
        "unverified": bool(row.unverified),
        "unverified_rule": row.unverified or None,
        "undisputed_since": row.undisputed_since,
        "expedition": {"state": row.expedition_state, "since": row.expedition_since},
        "clock": row.clock_id or None,
        "evidence": [
            {
                "date": entry.date,
                "sentence": entry.sentence,
                "event": entry.event,
                "correspondence": list(entry.correspondence),
                "assumed": entry.assumed,
            }
            for entry in row.evidence
        ],
    }
