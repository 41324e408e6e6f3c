"""Requests: make, list, read, change, trash; their events and the answer the law gives on them."""

# ruff: noqa: A002 - "id" is what everybody calls it
from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from foiadesk.desk import event_log
from foiadesk.desk.desk import Done
from foiadesk.desk.request_shapes import NO_FILTER, Merging, RequestFilter, RequestPlan, RequestRow, TimelineEntry
from foiadesk.records import Campaign, Event, ExpeditionChoices, Office, Request
from foiadesk.records.errors import BadInput, NotFound
from foiadesk.records.speech import listed, say, say_count
from foiadesk.store import rows_common, rows_events, rows_people, rows_requests, rows_standing

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sqlite_utils import Database

    from foiadesk.desk.change import Change
    from foiadesk.desk.desk import Desk
    from foiadesk.desk.journal import Journal
    from foiadesk.law import Answer

_TOO_MANY = 5  # candidates a refusal names


class Requests:
    """Requests, campaigns and their events."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def campaigns(self) -> tuple[Campaign, ...]:
        """Return every campaign, by title."""
        with self._desk.read() as db:
            return rows_requests.campaigns(db)

    def create(self, plan: RequestPlan, *, run: str = "") -> Change:
        """Make one request per office; primary is the first, ids["request"] all of them.

        Several offices, or a campaign title, put them under one campaign: the one of that title, else a new one.
        run: names the undo for what belongs to it and follows at once, such as starting the letters.
        Raises BadInput naming what is missing, NotFound for an unknown office or requester.
        """
        title = plan.title.strip()
        codes = tuple(dict.fromkeys(plan.offices))
        if not title:
            raise BadInput("title: a request needs a title.")
        if not codes:
            raise BadInput("offices: choose at least one office to ask.")
        offices = [self._desk.agencies.get(code) for code in codes]
        campaign_title = plan.campaign_title.strip() or (title if len(offices) > 1 else "")

        def work(journal: Journal) -> Done:
            campaign = campaign_of(journal, campaign_title) if campaign_title else None
            made = []
            for office in offices:
                request = replace(planned_request(plan, office), campaign=campaign)
                _check(request)
                columns = rows_requests.request_columns(journal.db, request)
                key = journal.insert("requests", {**columns, "created_at": journal.at})
                put_requesters(journal, key, (), plan.requesters)
                made.append(key)
            names = listed([office.short for office in offices])
            sentence = say_count(
                "Made a request: {title} · {names}",
                "Made {n} requests: {title} · {names}",
                len(made),
                title=title,
                names=names,
            )
            return Done(sentence, made[0])

        return self._desk.act(work, run=run)

    def ids(self, filter: RequestFilter = NO_FILTER) -> array[int]:
        """Return the ids of the list, in order, as array('q')."""
        with self._listing(filter) as db:
            return _ids(db, filter)

    def groups(self, filter: RequestFilter, by: Literal["campaign", "office_code"]) -> dict[Any, array[int]]:
        """Return the ids of the list by campaign (None: alone) or office code, the group of the first request first."""
        with self._listing(filter) as db:
            return rows_requests.request_groups(db, _ids(db, filter), by)

    def _listing(self, filter: RequestFilter) -> AbstractContextManager[Database]:
        if filter.order not in rows_requests.ORDERS:
            raise BadInput(
                say("order: {order} is none of {what}.", order=repr(filter.order), what=", ".join(rows_requests.ORDERS))
            )
        self._desk.freshness.bring()
        return self._desk.read()

    def rows(self, ids: Sequence[int]) -> list[RequestRow]:
        """Return the lines of these requests, in the order given, in one query; unknown ids are left out."""
        self._desk.freshness.bring()
        today = self._desk.clock()
        with self._desk.read() as db:
            found = rows_requests.request_lines(db, ids)
            overlay = self._desk.freshness.overlay(db, ids)
        return [_line({**row, **overlay[row["id"]].row} if row["id"] in overlay else row, today) for row in found]

    def get(self, id: int) -> Request:
        """Return one request; raises NotFound."""
        with self._desk.read() as db:
            return _must(db, id)

    def find(self, text: str) -> int:
        """Find a request by id ("12", "#12"), tracking number, or words that fit only one.

        Raises NotFound when nothing fits, BadInput naming candidates when several do.
        """
        wanted = text.strip()
        if not wanted:
            raise BadInput("request: give its number, its tracking number or words from its title.")
        with self._desk.read() as db:
            number = wanted.removeprefix("#")
            if number.isascii() and number.isdigit() and len(number) < 18:
                if rows_requests.request_name(db, int(number)):
                    return int(number)
                if wanted.startswith("#"):
                    raise NotFound(say("There is no request {number}.", number=number))
            from foiadesk.desk.standing import folded

            found: list[int] = [
                key
                for (key,) in db.execute(
                    "SELECT DISTINCT request FROM tracking WHERE plain = ? ORDER BY request LIMIT 10", (folded(wanted),)
                ).fetchall()
            ]
            if not found:
                found = list(rows_requests.request_ids(db, words=tuple(wanted.split()), order="newest"))
            if not found:
                raise NotFound(
                    say("No request fits {text}.", text=repr(text)),
                    todo="Give its number, as the list of requests shows it.",
                )
            if len(found) > 1:
                # "ICE" means that office, not the Privacy Office that also holds the letters.
                exact = [
                    row.id
                    for row in self.rows(found)
                    if folded(wanted) in map(folded, (row.office_short, row.office_code))
                ]
                found = exact or found
            if len(found) > 1:
                named = [f"{key} ({rows_requests.request_name(db, key)})" for key in sorted(found)[:_TOO_MANY]]
                more = "" if len(found) <= _TOO_MANY else say(" and {what} more", what=len(found) - _TOO_MANY)
                raise BadInput(
                    say(
                        "{text} fits several requests: {what}{more}.", text=repr(text), what=", ".join(named), more=more
                    )
                )
        return found[0]

    def change(self, request: Request, *, run: str = "") -> Change:
        """Store an edited request; raises Conflict when the row has moved since it was read.

        run: changes of the same run right after one another, such as saves while typing, become one undo.
        """
        request = replace(
            request, title=request.title.strip(), items=tuple(i.strip() for i in request.items if i.strip())
        )
        _check(request)

        def work(journal: Journal) -> Done:
            before = rows_requests.request_requesters(journal.db, request.id)
            columns = rows_requests.request_columns(journal.db, request)
            rewritten = before != request.requesters
            journal.update("requests", request.id, columns, expected=request.version, force=rewritten)
            if rewritten:
                put_requesters(journal, request.id, before, request.requesters)
            return Done(
                say("Changed {request}", request=rows_requests.request_name(journal.db, request.id)), request.id
            )

        return self._desk.act(work, run=run)

    def trash(self, id: int, *more: int) -> Change:
        """Move requests to the trash, one or several in one undo. Raises NotFound."""
        return self._put_trashed((id, *more), True)

    def restore(self, id: int, *more: int) -> Change:
        """Take requests out of the trash, one or several in one undo. Raises NotFound."""
        return self._put_trashed((id, *more), False)

    def _put_trashed(self, ids: tuple[int, ...], trashed: bool) -> Change:
        def work(journal: Journal) -> Done:
            for key in ids:
                if _must(journal.db, key).trashed != trashed:
                    at = journal.at if trashed else None
                    journal.update("requests", key, {"trashed": int(trashed), "trashed_at": at})
            one = len(ids) == 1
            name = (
                rows_requests.request_name(journal.db, ids[0])
                if one
                else say_count("{n} request", "{n} requests", len(ids))
            )
            return Done(
                say("Moved {name} to the trash" if trashed else "Restored {name} from the trash", name=name), ids[0]
            )

        return self._desk.act(work)

    def merging(self, source: int, into: int) -> Merging:
        """Say what merging ``source`` into ``into`` would do. Raises NotFound, BadInput when they cannot be one."""
        from foiadesk.desk.merging import plan

        with self._desk.read() as db:
            return plan(db, source, into)

    def merge(self, source: int, into: int) -> Change:
        """Move all of one request to another that is the same, and put what is left in the trash; one undo.

        Events move by new events; those alike on both are kept once. Raises as ``merging``.
        """
        from foiadesk.desk.merging import merge

        return self._desk.act(lambda journal: merge(journal, source, into, self._desk.clock()))

    def rename_campaign(self, id: int, title: str) -> Change:
        """Give a campaign another title."""
        if not title.strip():
            raise BadInput("title: a campaign needs a title.")

        def work(journal: Journal) -> Done:
            journal.update("campaigns", id, {"title": title.strip()})
            return Done(say("Renamed a campaign to {what}", what=title.strip()), id)

        return self._desk.act(work)

    # ---- events -----------------------------------------------------------------------------------------------

    def events(self, id: int) -> tuple[Event, ...]:
        """Return the events in force, in the order of their dates."""
        with self._desk.read() as db:
            _must(db, id)
            return event_log.in_force(db, id)

    def log(self, id: int) -> tuple[tuple[Event, bool], ...]:
        """Return every event ever entered, in order of entry, each with whether it is in force."""
        with self._desk.read() as db:
            _must(db, id)
            return tuple(rows_events.event_log(db, id))

    def add_event(self, id: int, data: Mapping[str, Any]) -> Change:
        """Append an event as ``event_from_json`` reads it; alerts when it closes the way to court.

        warnings: what cannot be, such as an impossible order of dates, since this event; it is stored all the same.
        primary is the event's row number. Data that names ``supersedes`` corrects or retracts that event.
        Raises BadInput naming the field that cannot be used, or a date after today.
        """
        return self._desk.act(lambda journal: event_log.add(journal, id, data, self._desk.clock()))

    def correct_event(self, event_id: str, data: Mapping[str, Any]) -> Change:
        """Append a corrected event that replaces this one, which stays in the log, out of force."""
        return self._desk.act(lambda journal: event_log.correct(journal, event_id, data, self._desk.clock()))

    def retract_event(self, event_id: str, note: str = "") -> Change:
        """Mark an event as entered in error; it stays in the log, out of force."""
        return self._desk.act(lambda journal: event_log.retract(journal, event_id, note, self._desk.clock()))

    def answer(self, id: int, today: date | None = None) -> Answer:
        """Return what the law says of the request on a day (default: today)."""
        with self._desk.read() as db:
            return event_log.answer(db, id, today or self._desk.clock())

    def timeline(self, id: int) -> tuple[TimelineEntry, ...]:
        """Return events, correspondence and due dates on one line of time, oldest first."""
        from foiadesk.desk.timeline import timeline

        with self._desk.read() as db:
            _must(db, id)
            return timeline(db, id, self._desk.clock())


def planned_request(plan: RequestPlan, office: Office) -> Request:
    """Return the request a plan makes for one office, under that office's law, with no campaign yet.

    What only the federal Act has, a requester's category and expedition, is left out under another law.
    """
    fees, expedition = plan.fees, plan.expedition
    if not office.federal:
        fees, expedition = replace(fees, category=None), ExpeditionChoices()
    return Request(
        title=plan.title.strip(),
        office=office,
        items=tuple(item.strip() for item in plan.items if item.strip()),
        requesters=plan.requesters,
        law=office.law,
        records_from=plan.records_from,
        records_to=plan.records_to,
        formats=plan.formats.strip(),
        background=plan.background.strip(),
        fees=fees,
        expedition=expedition,
        notes=plan.notes,
    )


def _must(db: Database, request: int) -> Request:
    found = rows_requests.read_request(db, request)
    if found is None:
        raise NotFound(say("There is no request {request}.", request=request))
    return found


def _check(request: Request) -> None:
    if not request.title:
        raise BadInput("title: a request needs a title.")
    if request.records_from and request.records_to and request.records_from > request.records_to:
        raise BadInput("records_from: the first day of the records asked for is after the last.")
    if len(set(request.requesters)) != len(request.requesters):
        raise BadInput("requesters: the same requester is named twice.")
    if request.fees.limit is not None and (not request.fees.limit.is_finite() or request.fees.limit < 0):
        raise BadInput("fees.limit: the amount is not zero or more US dollars.")


def campaign_of(journal: Journal, title: str) -> int:
    """Return the campaign of this title inside a transaction, made when there is none."""
    found = rows_requests.campaign_named(journal.db, title)
    if found is not None:
        journal.touch("campaign", found)
        return found
    return journal.insert("campaigns", {"title": title})


def put_requesters(journal: Journal, request: int, before: Sequence[int], now: Sequence[int]) -> None:
    """Store who asks, in signing order, in place of who did. Raises NotFound."""
    for requester in now:
        if rows_people.read_requester(journal.db, requester) is None:
            raise NotFound(say("There is no requester {requester}.", requester=requester))
    if before:
        for (key,) in journal.db.execute("SELECT id FROM request_requesters WHERE request = ?", (request,)).fetchall():
            journal.delete("request_requesters", key)
    for place, requester in enumerate(now):
        journal.insert("request_requesters", {"request": request, "requester": requester, "place": place})


def _ids(db: Database, filter: RequestFilter) -> array[int]:
    return rows_requests.request_ids(
        db,
        words=tuple(filter.text.split()),
        campaign=filter.campaign,
        stages=tuple(stage.value for stage in filter.stages),
        office=filter.office,
        trashed=filter.trashed,
        order=filter.order,
    )


def _line(row: Mapping[str, Any], today: date) -> RequestRow:
    due, met_on = rows_common.read_day(row["due"]), rows_common.read_day(row["met_on"])
    late, due_in = 0, None
    if due is not None and row["state"] == "missed":
        late = max(0, ((met_on or today) - due).days)
    if due is not None and met_on is None and row["state"] in ("running", "missed"):
        due_in = (due - today).days
    return RequestRow(
        id=row["id"],
        title=row["title"],
        office_code=row["office_code"],
        office_short=row["office_short"],
        office_name=row["office_name"],
        campaign=row["campaign"],
        campaign_title=row["campaign_title"] or "",
        tracking=tuple(row["tracking"].split("\n")) if row["tracking"] else (),
        sent_on=rows_common.read_day(row["sent_on"]),
        standing=rows_standing.standing_from(row),
        days_late=late,
        due_in=due_in,
    )
