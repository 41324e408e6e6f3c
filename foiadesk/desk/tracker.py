"""Bringing in somebody's own tracker: its columns named, every row shown, then all of them made in one undo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foiadesk.desk import tracker_cells, wording
from foiadesk.desk.desk import Done
from foiadesk.desk.shapes import IncomingFile
from foiadesk.frozen import dataclass
from foiadesk.records import AttachmentRole, Channel, Event, Office, Request, event_from_json
from foiadesk.records.errors import BadInput, NotFound
from foiadesk.records.speech import iso_day, joined, say, say_count
from foiadesk.store import rows_filing, rows_requests
from foiadesk.store.rows_common import value

if TYPE_CHECKING:
    from foiadesk.desk.change import Change
    from foiadesk.desk.desk import Desk
    from foiadesk.desk.journal import Journal

TABLE_AT_MOST = 32 << 20  # bytes of a file
_DAYS = {"sent": "sent", "received": "received", "acknowledged": "acknowledged", "answered": "answered"}
_NO_OFFICE = "Which office?"


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read. columns: its first row; rows: the others, numbered from 2 as spreadsheets do."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class TrackerMapping:
    """Which columns (from 0) hold which field of ``tracker_cells.FIELDS``, and how to read them.

    dates: "mdy" or "dmy", "" where every date has one reading. channel: how what has no channel of its own was sent.
    offices: codes for names the directory does not know, as a person chose. requesters: who asks, for every row.
    rest_to_notes: what is in no field is kept in the notes, with its column's name.
    """

    columns: Mapping[str, tuple[int, ...]]
    dates: str = ""
    channel: Channel | None = None
    offices: Mapping[str, str] = field(default_factory=dict)
    requesters: tuple[int, ...] = ()
    rest_to_notes: bool = False


@dataclass(frozen=True, slots=True)
class TrackerRow:
    """What one row would make. problems: why it cannot be brought in as it is, a sentence each. said: its events."""

    number: int
    title: str
    office_name: str
    office_code: str
    said: tuple[str, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrackerPlan:
    """Every row of a table as it would come in. left_out: columns in no field, by name. unknown: office names."""

    rows: tuple[TrackerRow, ...]
    left_out: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def good(self) -> tuple[TrackerRow, ...]:
        """The rows that can come in."""
        return tuple(row for row in self.rows if not row.problems)


@dataclass(frozen=True, slots=True)
class _Read:
    row: TrackerRow
    request: Request | None
    campaign: str
    events: tuple[Event, ...]


class Tracker:
    """Reads tables in the worker; what they say is text, and nothing in a cell is ever worked out."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def read(self, source: Path | IncomingFile) -> Table:
        """Read a CSV file or a spreadsheet's first sheet. Raises Unreadable, BadInput for what is no file of a table.

        Nothing is stored by this.
        """
        name, data = _bytes(source)
        rows = self._desk.worker.table(data, name)
        wide = max(map(len, rows))
        names = [*rows[0], *[""] * (wide - len(rows[0]))]
        columns = tuple(one.replace("\n", " ") or f"Column {place}" for place, one in enumerate(names, 1))
        return Table(name, columns, tuple(row + ("",) * (wide - len(row)) for row in rows[1:]))

    def suggest(self, table: Table) -> dict[str, tuple[int, ...]]:
        """Return which columns seem to hold which field, by their names."""
        return tracker_cells.suggested(table.columns)

    def plan(self, table: Table, how: TrackerMapping) -> TrackerPlan:
        """Say what every row would make, and what keeps one from coming in. Raises BadInput for an unusable mapping."""
        read = self._rows(table, how)
        used = {place for places in how.columns.values() for place in places}
        left = () if how.rest_to_notes else tuple(one for at, one in enumerate(table.columns) if at not in used)
        unknown = dict.fromkeys(one.row.office_name for one in read if one.row.office_name and not one.row.office_code)
        return TrackerPlan(tuple(one.row for one in read), left, tuple(unknown))

    def bring(
        self,
        table: Table,
        how: TrackerMapping,
        *,
        leave_out_bad: bool = False,
        source: Path | IncomingFile | None = None,
    ) -> Change:
        """Make a request of every row, with its events, in one undo; ids["request"] are the new ones.

        source: the file itself, which is then kept on the desk as it came. Raises BadInput, with nothing stored, when
        a row has a problem and is not to be left out, or when no row is left.
        """
        read = self._rows(table, how)
        bad = [one.row for one in read if one.row.problems]
        if bad and not leave_out_bad:
            named = "; ".join(f"row {row.number}: {row.problems[0]}" for row in bad[:3])
            more = say(" and {what} more", what=len(bad) - 3) if len(bad) > 3 else ""
            raise BadInput(
                joined(
                    " ",
                    (
                        say_count("{n} row cannot come in as it is.", "{n} rows cannot come in as they are.", len(bad)),
                        f"{named}{more}",
                    ),
                ),
                safe="Nothing was stored.",
                todo="Correct them, or leave them out.",
            )
        good = [one for one in read if not one.row.problems]
        if not good:
            raise BadInput("No row of the table can come in.", safe="Nothing was stored.")
        kept = self._desk.contents.keep(source) if source is not None else None

        def work(journal: Journal) -> Done:
            made = [_make(journal, one, how.requesters) for one in good]
            if kept is not None:
                from foiadesk.intake import media_type, safe_name

                name = safe_name(kept.name)
                media = media_type(kept.head, kept.name)
                row = kept.row(journal.db)
                origin = "tracker that requests were made from"
                journal.insert(
                    "attachments",
                    rows_filing.attachment_columns(row, name, media, AttachmentRole.ORIGINAL, origin, None),
                )
            said = say_count(
                "Made {n} request from “{table}”", "Made {n} requests from “{table}”", len(made), table=table.name
            )
            if bad:
                said = joined("; ", (said, say_count("{n} row left out", "{n} rows left out", len(bad))))
            return Done(said, made[0])

        return self._desk.act(work)

    # ---- inside -----------------------------------------------------------------------------------------------

    def _rows(self, table: Table, how: TrackerMapping) -> list[_Read]:
        _check(table, how)
        known: dict[str, Office | str] = {}
        today = self._desk.clock()
        numbers: set[str] = set()
        found = []
        with self._desk.read():  # one state of the desk for every row
            for number, cells in enumerate(table.rows, 2):
                if any(cells):
                    found.append(self._row(number, cells, table, how, known, today, numbers))
        return found

    def _row(
        self,
        number: int,
        cells: tuple[str, ...],
        table: Table,
        how: TrackerMapping,
        known: dict[str, Office | str],
        today: date,
        numbers: set[str],
    ) -> _Read:
        texts = {name: _joined(cells, places) for name, places in how.columns.items()}
        problems: list[str] = []
        title = " ".join(texts.get("title", "").split())
        if not title:
            problems.append(say("It has no title."))
        named = " ".join(texts.get("office", "").split())
        office = self._office(named, how, known)
        if isinstance(office, str):
            problems.append(office)
        events = _events(texts, how, today, problems)
        tracking = " ".join(texts.get("tracking", "").split())
        if tracking:
            problems += self._double(tracking, numbers)
        notes = texts.get("notes", "")
        if how.rest_to_notes:
            used = {place for places in how.columns.values() for place in places}
            rest = [f"{table.columns[at]}: {cell}" for at, cell in enumerate(cells) if cell and at not in used]
            notes = "\n".join((notes, *rest)).strip()
        request = None
        if not isinstance(office, str) and not problems:
            items = tuple(line.strip() for line in texts.get("items", "").split("\n") if line.strip())
            request = Request(
                title=title, office=office, items=items, requesters=how.requesters, law=office.law,
                background=texts.get("background", ""), notes=notes,
            )  # fmt: skip
        said = tuple(joined(", ", (wording.event_title(event), wording.day(event.date))) for event in events)
        code = "" if isinstance(office, str) else office.code
        row = TrackerRow(number, title, named, code, said, tuple(problems))
        return _Read(row, request, " ".join(texts.get("campaign", "").split()), events)

    def _office(self, named: str, how: TrackerMapping, known: dict[str, Office | str]) -> Office | str:
        """Return the office a cell means, or the sentence why none is known."""
        if named not in known:
            known[named] = self._find_office(how.offices.get(named, named))
        return known[named]

    def _find_office(self, named: str) -> Office | str:
        if not named:
            return _NO_OFFICE
        try:
            return self._desk.agencies.get(named)
        except NotFound as error:
            plain = tracker_cells.folded(named)
            same = [
                office
                for office in self._desk.agencies.search("", limit=100_000)
                if plain
                in map(tracker_cells.folded, (office.name, f"{office.department_abbr} {office.component_abbr}"))
            ]
            same = same or self._desk.agencies.search(named, limit=2)  # the one that has every word; it is shown before
            return same[0] if len(same) == 1 else error.what

    def _double(self, tracking: str, numbers: set[str]) -> list[str]:
        from foiadesk.desk.standing import folded

        plain = folded(tracking)
        if plain in numbers:
            return [say("The number {tracking} stands in this table twice.", tracking=tracking[:60])]
        numbers.add(plain)
        with self._desk.read() as db:
            there = value(
                db,
                """SELECT t.request FROM tracking t JOIN requests r ON r.id = t.request
                WHERE t.plain = ? AND r.trashed = 0 AND r.gone = 0 LIMIT 1""",
                (plain,),
            )
        return (
            [say("Request {there} has the number {tracking} already.", there=there, tracking=tracking[:60])]
            if there is not None
            else []
        )


def _events(texts: Mapping[str, str], how: TrackerMapping, today: date, problems: list[str]) -> tuple[Event, ...]:
    """Return what happened; what cannot be read is a problem."""
    days = _days(texts, how, today, problems)
    tracking = " ".join(texts.get("tracking", "").split())
    data: list[dict[str, Any]] = []
    channel = _channel(texts, how, problems)
    if "sent" in days:
        if channel is None:
            problems.append(say("sent: say how it was sent."))
        else:
            data.append({"kind": "request_sent", "date": days["sent"], "channel": channel.value})
    if "received" in days:
        data.append({"kind": "request_received", "date": days["received"], "office": "proper"})
    if "acknowledged" in days:
        data.append({"kind": "acknowledged", "date": days["acknowledged"], "tracking_number": tracking or None})
    elif tracking and days:
        data.append({"kind": "tracking_number", "date": min(days.values()), "number": tracking})
    elif tracking:
        problems.append(say("tracking: a number needs a day on which something happened."))
    data += _answer(texts, days, problems)
    return tuple(event_from_json(one) for one in data)


def _days(texts: Mapping[str, str], how: TrackerMapping, today: date, problems: list[str]) -> dict[str, date]:
    days: dict[str, date] = {}
    for name in tracker_cells.DATES:
        text = texts.get(name, "").strip()
        if not text:
            continue
        try:
            days[name] = tracker_cells.day(text, how.dates)
        except BadInput as error:
            problems.append(say("{name}: {why}", name=say(_DAYS[name]), why=error.what))
            continue
        if days[name] > today:
            problems.append(say("{name}: {day} is after today.", name=say(_DAYS[name]), day=iso_day(days[name])))
    return days


def _answer(texts: Mapping[str, str], days: Mapping[str, date], problems: list[str]) -> list[dict[str, Any]]:
    outcome = texts.get("outcome", "").strip()
    if "answered" not in days:
        if outcome:
            problems.append(say("outcome: it has no date of the answer."))
        return []
    try:
        meant = tracker_cells.outcome(outcome) if outcome else "other"
    except BadInput as error:
        problems.append(say("{name}: {why}", name=say("outcome"), why=error.what))
        return []
    return [{"kind": "determination", "date": days["answered"], "outcome": meant}]


def _channel(texts: Mapping[str, str], how: TrackerMapping, problems: list[str]) -> Channel | None:
    text = texts.get("channel", "").strip()
    if not text:
        return how.channel
    try:
        return tracker_cells.channel(text)
    except BadInput as error:
        problems.append(say("{name}: {why}", name=say("channel"), why=error.what))
        return None


def _make(journal: Journal, one: _Read, requesters: tuple[int, ...]) -> int:
    from foiadesk.desk.requests import campaign_of, put_requesters

    assert one.request is not None
    campaign = campaign_of(journal, one.campaign) if one.campaign else None
    request = replace(one.request, campaign=campaign)
    columns = rows_requests.request_columns(journal.db, request)
    key = journal.insert("requests", {**columns, "created_at": journal.at})
    put_requesters(journal, key, (), requesters)
    for event in one.events:
        journal.append_event(key, event)
    return key


def _joined(cells: tuple[str, ...], places: tuple[int, ...]) -> str:
    return "\n".join(cells[place] for place in places if cells[place])


def _check(table: Table, how: TrackerMapping) -> None:
    if how.dates not in ("", *tracker_cells.ORDERS):
        raise BadInput(
            say("dates: {dates} is none of {what}.", dates=repr(how.dates), what=", ".join(tracker_cells.ORDERS))
        )
    used: set[int] = set()
    for name, places in how.columns.items():
        if name not in tracker_cells.FIELDS:
            raise BadInput(
                say("{name} is none of the fields: {what}.", name=repr(name), what=", ".join(tracker_cells.FIELDS))
            )
        if len(places) > 1 and name not in tracker_cells.MANY:
            raise BadInput(say("{name}: only one column can be it.", name=name))
        for place in places:
            if not 0 <= place < len(table.columns):
                raise BadInput(say("{name}: there is no column {what}.", name=name, what=place + 1))
            if place in used:
                raise BadInput(say("The column “{columns}” is named twice.", columns=table.columns[place]))
            used.add(place)
    for name in ("title", "office"):
        if not how.columns.get(name):
            raise BadInput(say("{name}: say which column it is.", name=name))


def _bytes(source: Path | IncomingFile) -> tuple[str, bytes]:
    if isinstance(source, IncomingFile):
        name, data = source.name, source.data
    else:
        from foiadesk.desk.contents import opened

        with opened(source) as (file, size):
            if size > TABLE_AT_MOST:
                raise BadInput(
                    say("{name} has {what} MB, more than a tracker should.", name=source.name, what=size >> 20)
                )
            name, data = source.name, file.read()
    if len(data) > TABLE_AT_MOST:
        raise BadInput(say("{name} has {what} MB, more than a tracker should.", name=name, what=len(data) >> 20))
    return name, data
