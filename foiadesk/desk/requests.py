"""Requests: make, list, read, change, trash; their events and the answer the law gives on them."""

# ruff: noqa: A002 - "id" is what everybody calls it
from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from foiadesk.desk.change import Change
from foiadesk.desk.shapes import NO_FILTER, RequestFilter, RequestPlan, RequestRow, TimelineEntry
from foiadesk.records import Campaign, Event, Request

if TYPE_CHECKING:
    from foiadesk.desk.desk import Desk
    from foiadesk.law import Answer


class Requests:
    """Requests, campaigns and their events."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def campaigns(self) -> tuple[Campaign, ...]:
        """Return every campaign, by title."""
        raise NotImplementedError

    def create(self, plan: RequestPlan) -> Change:
        """Make one request per office; primary is the first, ids["request"] all of them."""
        raise NotImplementedError

    def ids(self, filter: RequestFilter = NO_FILTER) -> array[int]:
        """Return the ids of the list, in order, as array('q')."""
        raise NotImplementedError

    def rows(self, ids: Sequence[int]) -> list[RequestRow]:
        """Return the lines of these requests, in the order given, in one query; unknown ids are left out."""
        raise NotImplementedError

    def get(self, id: int) -> Request:
        """Return one request; raises NotFound."""
        raise NotImplementedError

    def find(self, text: str) -> int:
        """Find a request by id, tracking number or words that fit only one; raises NotFound or BadInput."""
        raise NotImplementedError

    def change(self, request: Request) -> Change:
        """Store an edited request; raises Conflict when the row has moved since it was read."""
        raise NotImplementedError

    def trash(self, id: int) -> Change:
        """Move a request to the trash."""
        raise NotImplementedError

    def restore(self, id: int) -> Change:
        """Take a request out of the trash."""
        raise NotImplementedError

    def events(self, id: int) -> tuple[Event, ...]:
        """Return the events in force, in the order of their dates."""
        raise NotImplementedError

    def log(self, id: int) -> tuple[tuple[Event, bool], ...]:
        """Return every event ever entered, in order of entry, each with whether it is in force."""
        raise NotImplementedError

    def add_event(self, id: int, data: Mapping[str, Any]) -> Change:
        """Append an event as ``event_from_json`` reads it; alerts when it closes the way to court."""
        raise NotImplementedError

    def correct_event(self, event_id: str, data: Mapping[str, Any]) -> Change:
        """Append a corrected event that replaces this one."""
        raise NotImplementedError

    def retract_event(self, event_id: str, note: str = "") -> Change:
        """Mark an event as entered in error; it stays in the log."""
        raise NotImplementedError

    def answer(self, id: int, today: date | None = None) -> Answer:
        """Return what the law says of the request on a day (default: today)."""
        raise NotImplementedError

    def timeline(self, id: int) -> tuple[TimelineEntry, ...]:
        """Return events, correspondence and due dates on one line of time, oldest first."""
        raise NotImplementedError
