"""The first page: one row for each request that waits, on one of two sides, and the next six weeks by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from foiadesk.desk import wording
from foiadesk.desk.deadlines import clocks_due
from foiadesk.desk.shapes import Moved, TodayPage, TodayRow
from foiadesk.desk.standing import Derived
from foiadesk.records import Stage, Turn
from foiadesk.records.speech import joined, lowered, raised, say
from foiadesk.store import rows_letters, rows_standing
from foiadesk.store.rows_common import Row, read_day, value

if TYPE_CHECKING:
    from sqlite_utils import Database

SIX_WEEKS = timedelta(days=42)
SOON = 7  # days
AT_MOST = 200  # rows on one side; the list of requests has the rest
_STRIP_AT_MOST = 1_000

# What the requester has to do about a clock: (before its due date, when it has passed).
_ASKED: Mapping[str, tuple[str, str]] = {
    "appeal_window": ("Appeal by {day}", "The time to appeal ran out on {day}"),
    "clarification": ("Answer the clarification by {day}", "The clarification was to be answered by {day}"),
    "fee_answer": ("Answer on fees by {day}", "Fees were to be answered by {day}"),
    "still_interested": ("Say by {day} that you are still interested", "They wanted to hear by {day}"),
    "service": ("Serve the complaint by {day}", "The complaint was to be served by {day}"),
    "limitation": ("Last day to sue: {day}", "The time to sue ran out on {day}"),
    "reminder": ("Reminder for {day}", "Reminder of {day}"),
    "order": ("The court ordered an act by {day}", "The court ordered an act by {day}"),
}
# What an agency owes an answer to; a missing tracking number alone never leads a row.
_DECISIONS = ("determination", "expedition", "appeal_determination", "complaint_answer")
# Clocks that are shown long before they run out would bury the rest.
_SHOWN_BEFORE: Mapping[str, int] = {"limitation": 180, "reminder": 14}

_OPEN_QUESTIONS: Mapping[str, str] = {
    "clarification": "Clarification asked",
    "fee_answer": "Fees asked about",
    "still_interested": "Asked whether you are still interested",
}

_WITHOUT_DATE: Mapping[str, str] = {
    Stage.DRAFT: "Not sent yet",
    Stage.PAUSED: "Waiting for your answer",
    Stage.EXHAUSTED: "The agency's appeal process is over",
    Stage.DETERMINED: "Decided",
    Stage.APPEAL_WINDOW_OPEN: "Decided: an appeal is open",
    Stage.OVERDUE: "No answer came in time",
    Stage.APPEAL_OVERDUE: "No decision on the appeal came in time",
}
_YOUR_TURN = "Your turn"
_OWED_WITHOUT_DATE: Mapping[str, str] = {
    Stage.SENT: "No receipt entered yet",
    Stage.PAUSED: "Paused",
    Stage.IN_PROCESS: "In process",
    Stage.ON_APPEAL: "On appeal",
    Stage.EXHAUSTED: "No decision on the appeal",
}

_WAITING = "Waiting for the agency"

_ACTIONS: Mapping[str, str] = {
    "policy_request": "Write the request",
    "overdue_notice": "Draft overdue notice",
    "appeal": "Draft appeal",
    "mark_sent": "Mark as sent",
    "new_request": "Make a new request",
    "consider_suit": "Check with counsel",
    "check_statute": "Check the statute",
    "close": "Close the request",
    "answer_clarification": "Answer the clarification",
    "answer_fees": "Answer on fees",
    "answer_still_interested": "Say that you still want it",
    "ask_tracking_number": "Ask for the tracking number",
    "completion_date_request": "Ask for a completion date",
    "appeal_fee_waiver": "Draft fee-waiver appeal",
    "demand_sent": "Draft overdue notice",
    "send_request": "Send the request",
}


def today_page(db: Database, today: date, overlay: dict[int, Derived], moved: tuple[Moved, ...]) -> TodayPage:
    """Read the first page for a day out of stored answers; overlay: answers that could not be stored."""
    owed = _waiting(db, Turn.AGENCY, overlay)
    asked = _waiting(db, Turn.REQUESTER, overlay)
    last = (today + SIX_WEEKS).isoformat()
    looked_at = rows_standing.clocks_coming(db, today.isoformat(), last, _STRIP_AT_MOST)
    until = date.fromisoformat(looked_at[-1]["due"]) if len(looked_at) == _STRIP_AT_MOST else None
    coming = clocks_due(looked_at, db, overlay)
    coming = [row for row in coming if today.isoformat() <= row["due"] <= last]
    clocks: dict[int, list[Row]] = {}
    named = [row["request"] for row in (*owed, *asked)]
    for row in clocks_due(rows_standing.open_clocks_of(db, named), db, overlay):
        clocks.setdefault(row["request"], []).append(row)
    needs = _needs(db, today, asked, clocks, coming)
    if until is not None and sum(row.due is not None and row.due <= until for row in needs) < AT_MOST:
        remind = (today + timedelta(days=_SHOWN_BEFORE["reminder"])).isoformat()
        found = rows_standing.own_clocks_coming(db, until.isoformat(), last, remind, AT_MOST)
        own = clocks_due(found, db, overlay)
        own = [row for row in own if today.isoformat() <= row["due"] <= last]
        needs = _needs(db, today, asked, clocks, [*coming, *own])
    by_day: dict[date, list[TodayRow]] = {}
    for row in coming:
        due = date.fromisoformat(row["due"])
        by_day.setdefault(due, []).append(_clock_row(row, due, today))
    return TodayPage(
        as_of=today,
        needs_you=tuple(needs[:AT_MOST]),
        agencies_owe=tuple(_owed(row, clocks.get(row["request"], []), today) for row in owed),
        strip=tuple((day, tuple(rows)) for day, rows in sorted(by_day.items())),
        in_tray=int(value(db, "SELECT count(*) FROM correspondence WHERE request IS NULL AND trashed_at IS NULL")),
        moved=moved,
        strip_until=until,
    )


def _waiting(db: Database, turn: Turn, overlay: dict[int, Derived]) -> list[Row]:
    found = rows_standing.waiting_for(db, turn, AT_MOST)
    if not overlay:
        return found
    found = [row for row in found if row["request"] not in overlay]
    for named in rows_standing.lines_of(db, sorted(overlay)):
        row = overlay[named["request"]].row
        if row["turn"] == turn.value and row["stage"] != Stage.CLOSED and not row["hidden"]:
            found.append({**row, **named})
    return sorted(found, key=lambda row: (row["urgency"], row["request"]))[:AT_MOST]


def _needs(
    db: Database, today: date, asked: Sequence[Row], clocks: Mapping[int, list[Row]], coming: Sequence[Row]
) -> list[TodayRow]:
    """Return what waits for the person, one row a request: dates first, then drafts, then the rest."""
    found: dict[int, TodayRow] = {}
    steps = {row["request"]: row for row in asked}
    dated = [row for rows in clocks.values() for row in rows] + list(coming)
    for row in sorted(dated, key=lambda row: (row["due"], row["request"])):
        due = date.fromisoformat(row["due"])
        shown = (due - today).days <= _SHOWN_BEFORE.get(row["kind"], 10_000)
        if row["who"] == "requester" and shown and (row["state"] == "running" or row["kind"] == "reminder"):
            found.setdefault(row["request"], _clock_row(row, due, today, steps.get(row["request"])))
    drafts: dict[int, Row] = {}
    for draft in rows_letters.drafts(db, AT_MOST):
        drafts.setdefault(draft["request"], draft)
    rest = [row["request"] for row in asked if row["request"] not in found and row["request"] not in drafts]
    pending = _pending(db, rest, today)
    for row in asked:
        if row["request"] in rest:
            found[row["request"]] = _undated(row, pending.get(row["request"], ""), today)
    for request, draft in drafts.items():
        if request not in found:
            found[request] = TodayRow(
                request=request,
                title=draft["request_title"],
                office_short=draft["office_short"],
                sentence=say("Draft not sent yet"),
                detail=draft["title"],
                due=None,
                days_late=0,
                meaning="waiting",
                action_kind="mark_sent",
                action_label=say(_ACTIONS["mark_sent"]),
            )
    return sorted(found.values(), key=lambda row: (row.due or date.max, row.action_kind != "mark_sent", row.request))


def _pending(db: Database, requests: Sequence[int], today: date) -> dict[int, str]:
    """Return since when the person is to answer something that has no date: "Clarification asked 8 May"."""
    found: dict[int, str] = {}
    for row in rows_standing.undated_clocks_of(db, requests):
        if row["who"] == "requester" and row["start"]:
            what = _OPEN_QUESTIONS.get(row["kind"], row["kind"].replace("_", " ").capitalize())
            start = wording.day(date.fromisoformat(row["start"]), today)
            found.setdefault(row["request"], say("{what} {day}", what=say(what), day=start))
    return found


def _clock_row(row: Row, due: date, today: date, step: Row | None = None) -> TodayRow:
    """Return a clock as a row: what is asked of the person, or what an agency or a court owes."""
    sentence, detail = _clock_words(row["kind"], row["who"], due, today)
    kind = _action(step["step_kind"]) if step else ""
    return TodayRow(
        request=row["request"],
        title=row["title"],
        office_short=row["office_short"],
        sentence=sentence,
        detail=detail,
        due=due,
        days_late=max(0, (today - due).days),
        meaning=_meaning(due, today),
        action_kind=kind,
        action_label=action_label(kind),
        unverified=row["unverified"],
    )


@lru_cache(maxsize=512)  # hundreds of clocks have the same few kinds and days
def _clock_words(kind: str, who: str, due: date, today: date) -> tuple[str, str]:
    """Return what a clock asks of the person or how far it is, and what stands below."""
    if who != "requester":
        return wording.counted(due, today), wording.clock_name(kind)
    words = _ASKED.get(kind, ("Due by {day}", "Was due by {day}"))[due < today]
    return say(words, day=wording.day(due, today)), wording.counted(due, today)


def _undated(row: Row, detail: str, today: date) -> TodayRow:
    kind = "policy_request" if row["stage"] == Stage.DRAFT else _action(row["step_kind"])
    by = read_day(row["step_by"])
    return TodayRow(
        request=row["request"],
        title=row["title"],
        office_short=row["office_short"],
        sentence=say(_WITHOUT_DATE.get(row["stage"], _YOUR_TURN)),
        detail=detail,
        due=by,
        days_late=0,
        meaning=_meaning(by, today) if by else "waiting",
        action_kind=kind,
        action_label=action_label(kind),
        unverified=row["unverified"] if by else "",
    )


def _owed(row: Row, clocks: Sequence[Row], today: date) -> TodayRow:
    """Return what an agency owes on a request: the ruling clock, or another of its clocks that it has missed first."""
    ruling = [clock for clock in clocks if clock["clock_id"] == row["clock_id"]]
    missed = [clock for clock in clocks if clock["kind"] in _DECISIONS and clock["state"] == "missed"]
    shown = next(iter([clock for clock in ruling if clock["state"] == "missed"] or missed or ruling), None)
    parts: list[str] = []
    if shown is not None:
        due = date.fromisoformat(shown["due"])
        sentence, late, meaning = wording.counted(due, today), max(0, (today - due).days), _meaning(due, today)
        parts = [raised(wording.clock_name(shown["kind"]))]
        if any(clock["kind"] == "tracking_number" and clock["state"] == "missed" for clock in clocks):
            parts.append(say("no tracking number yet"))
    else:
        due, late, meaning = None, 0, "waiting"
        sent = read_day(row["sent_on"])
        sentence = say(_OWED_WITHOUT_DATE.get(row["stage"], _WAITING))
        parts = [say("Sent {day}", day=wording.day(sent, today))] if sent else []
    sue = read_day(row["may_sue_since"])
    if sue is not None:
        way = say("the way to court is open since {day}", day=wording.day(sue, today))
        parts.append(way if parts else raised(way))
    detail = joined(" · ", parts)
    return TodayRow(
        request=row["request"],
        title=row["title"],
        office_short=row["office_short"],
        sentence=sentence,
        detail=detail,
        due=due,
        days_late=late,
        meaning=meaning,
        action_kind=_action(row["step_kind"]),
        action_label=action_label(row["step_kind"]),
        unverified=(shown["unverified"] if shown else "") or (row["exhaustion_unverified"] if sue else ""),
    )


def _action(step: str) -> str:
    """Return what a step asks the person to do; waiting is no action."""
    return "" if step == "wait" else step


def _meaning(due: date, today: date) -> str:
    away = (due - today).days
    return "late" if away < 0 else "soon" if away <= SOON else "waiting"


def action_label(kind: str) -> str:
    """Return what the button of a next step says: "Draft overdue notice"; "" when there is none."""
    if not _action(kind) or kind in _ACTIONS:
        return say(_ACTIONS[kind]) if kind in _ACTIONS else ""
    from foiadesk import letters

    title = next((known.title for known in letters.kinds() if known.name == kind), "")
    if title:
        return say("Draft {letter}", letter=lowered(say(title)))
    words = kind.replace("_", " ")
    return words[:1].upper() + words[1:]
