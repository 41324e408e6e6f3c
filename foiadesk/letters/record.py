"""The course of a request in words, for a letter's table of dates: only what its events say."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from foiadesk.letters.words import HOW, counted, long_date, money
from foiadesk.records import Channel, Event, EventKind

K = EventKind


def _sent(what: str) -> Callable[[Event], str]:
    def words(event: Event) -> str:
        channel = event.get("channel")
        return f"{what} sent, {HOW[Channel(channel)]}" if channel else f"{what} sent"

    return words


def _with(before: str, field: str, joined: str = " ") -> Callable[[Event], str]:
    return lambda event: f"{before}{joined}{event.get(field)}" if event.get(field) else before


def _extension(event: Event) -> str:
    days = event.get("working_days")
    return f"Notice of an extension of {counted(days, 'working day')}" if days else "Notice of an extension"


def _estimate(event: Event) -> str:
    amount = event.get("amount")
    return f"Fee estimate of {money(amount)}" if amount is not None else "Fee estimate"


def _decided(what: str) -> Callable[[Event], str]:
    def words(event: Event) -> str:
        outcome = event.get("outcome")
        return f"{what}: {outcome.replace('_', ' ')}" if outcome else what

    return words


def _expedition(event: Event) -> str:
    return f"Expedition {'granted' if event.get('granted') else 'denied'}"


def _closed(event: Event) -> str:
    by = {"agency": "by the agency", "requester": "by the requester", "court": "by the court"}
    return f"Request closed {by[event.get('by')]}"


_SAID: Mapping[EventKind, str | Callable[[Event], str]] = {
    K.REQUEST_SENT: _sent("Request"),
    K.REQUEST_RECEIVED: "Request received",
    K.ACKNOWLEDGED: "Acknowledged by the agency",
    K.CLARIFICATION_ASKED: "Clarification asked",
    K.CLARIFICATION_ANSWERED: "Clarification received by the agency",
    K.FEE_ESTIMATE: _estimate,
    K.FEE_ANSWERED: "Answer on fees",
    K.EXTENSION_NOTICE: _extension,
    K.NARROWED: "Request narrowed",
    K.COMPLETION_DATE_ASKED: "Estimated date of completion asked for",
    K.COMPLETION_DATE_GIVEN: "Estimated date of completion given",
    K.STILL_INTERESTED_ASKED: "Agency asked whether the request still matters",
    K.STILL_INTERESTED_ANSWERED: "Interest in the request confirmed",
    K.REFERRED: _with("Records referred", "to", " to "),
    K.EXPEDITION_REQUESTED: "Expedition requested",
    K.EXPEDITION_DECIDED: _expedition,
    K.FEE_WAIVER_REQUESTED: "Fee waiver requested",
    K.FEE_WAIVER_DECIDED: _decided("Fee waiver"),
    K.INTERIM_RELEASE: "Interim release",
    K.DETERMINATION: _decided("Determination"),
    K.CLOSED: _closed,
    K.APPEAL_SENT: _sent("Appeal"),
    K.APPEAL_RECEIVED: "Appeal received",
    K.APPEAL_DECIDED: _decided("Appeal decided"),
    K.DEMAND_SENT: "Demand sent",
    K.OGIS_OPENED: "Request for help sent to OGIS",
    K.UNANSWERED_LETTER: "Letter sent, not answered",
}


def course(events: tuple[Event, ...], dues: Sequence[tuple[date, str]] = ()) -> list[dict[str, Any]]:
    """Return what happened to the request by day, in order: day and what, in words. Calls and notes stay out.

    dues: what was or is due on a day, which stands after what happened on that day.
    """
    rows: list[tuple[date, str]] = []
    for event in events:
        said = _SAID.get(event.kind)
        if said is not None:
            rows.append((event.date, said if isinstance(said, str) else said(event)))
    return [{"day": long_date(day), "what": what} for day, what in sorted([*rows, *dues], key=lambda row: row[0])]
