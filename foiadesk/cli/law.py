"""`foiadesk law …`: the law's clocks, due dates and holidays for people and machines, without a desk."""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import click

from foiadesk.cli.common import ISO_DATE, json_option, print_table, visible
from foiadesk.cli.law_packs import check, laws_option, list_laws, show
from foiadesk.law import (
    Answer,
    Calendar,
    Clock,
    answer,
    calendar_of_dates,
    due_date,
    load_calendar,
    load_pack,
    summary_of,
    worksheet,
)
from foiadesk.law.calendars import calendar_names, is_calendar_file
from foiadesk.law.packs import user_folder
from foiadesk.records import Event, FeeCategory, event_from_json
from foiadesk.records.errors import BadInput, KnownError, NotFound
from foiadesk.records.events import FIRST_YEAR, LAST_YEAR, read_date

MOST_BYTES = 64 * 1024 * 1024  # an event log or a calendar is small; anything larger is a mistake
MOST_BYTES_A_LINE = 1024 * 1024


@contextmanager
def _misuse() -> Iterator[None]:
    """Turn a known error into one sentence on standard error and exit status 2; standard output stays empty."""
    try:
        yield
    except KnownError as error:
        click.echo(f"foiadesk: {error}", err=True)
        sys.exit(2)


def _emit(value: object) -> None:
    click.echo(json.dumps(value, indent=1))


def _read_bytes(name: str) -> bytes:
    """Read a file, or standard input for "-". Raises BadInput naming it."""
    try:
        if name == "-":
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "the name is not usable"
        raise BadInput(f"{name}: it could not be read: {why}.") from None
    if len(data) > MOST_BYTES:
        raise BadInput(f"{name}: it is larger than {MOST_BYTES // (1024 * 1024)} MB.")
    return data


def _read_text(name: str) -> str:
    try:
        return _read_bytes(name).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{name}: it is not UTF-8 text.") from None


def _no_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BadInput(f"{twice!r} is given twice in one object.")
    return found


def _json(text: str, where: str) -> Any:
    def no_constant(name: str) -> Any:
        raise BadInput(f"{where}: {name} is not JSON.")

    try:
        return json.loads(text, object_pairs_hook=_no_twice, parse_constant=no_constant)
    except KnownError as error:
        raise BadInput(f"{where}: {error.what.removeprefix(f'{where}: ')}") from None
    except json.JSONDecodeError as error:
        raise BadInput(f"{where}: it is not JSON (line {error.lineno}, column {error.colno}).") from None
    except (RecursionError, ValueError):
        raise BadInput(f"{where}: it is not usable JSON.") from None


def _read_events(name: str) -> list[Event]:
    data = _json(_read_text(name), name)
    if not isinstance(data, list):
        raise BadInput(f"{name}: it is not a JSON list of events.")
    events = []
    for number, entry in enumerate(data, start=1):
        try:
            events.append(event_from_json(entry))
        except BadInput as error:
            raise BadInput(f"Event {number}: {error.what}") from None
    return events


def _calendar(name: str) -> Calendar:
    """Return a shipped calendar by name, or the complete one in a file of ISO dates."""
    if name in calendar_names() or is_calendar_file(user_folder() / f"{Path(name).name}.toml"):
        return load_calendar(name, user_folder())
    if name != "-" and not Path(name).is_file():
        known = ", ".join(calendar_names())
        raise NotFound(f"There is no calendar and no file {name!r}. Known calendars: {known}.")
    days = []
    for number, line in enumerate(_read_text(name).split("\n"), start=1):
        text = line.strip()
        if text:
            days.append(read_date(text, f"{name}, line {number}"))
    return calendar_of_dates(days, "file of dates")


def _agency(code: str | None) -> str | None:
    """Return the directory's spelling of a code. Raises NotFound naming near matches."""
    if code is None:
        return None
    from foiadesk.exchange.directory import directory

    return directory().rules_code(code)


@click.group()
def law() -> None:
    """The law's clocks and calendars, counted from events in a file. Needs no desk.

    Exit status: 0 answered, 2 misuse; `due --batch` exits 1 when a line was bad.
    """


for _command in (list_laws, show, check):
    law.add_command(_command)


@law.command()
@click.option("--law", "law_id", default="us-foia", show_default=True, help="Which law.")
@click.option("--agency", metavar="DEPT/COMPONENT", help="Whose own rules count, e.g. DHS/ICE or DHS.")
@click.option(
    "--events", "events_file", required=True, metavar="FILE", help="A JSON list of events; - for standard input."
)
@click.option("--today", type=ISO_DATE, help="Answer as of this day (default: today).")
@click.option("--calendar", "calendar_name", metavar="NAME|FILE", help="Count by this calendar instead of the law's.")
@click.option("--fee-category", type=click.Choice([category.value for category in FeeCategory]))
@click.option("--worksheet", "sheet", metavar="CLOCK", help="Print one clock's days, counted one by one.")
@laws_option
@json_option
def clocks(
    law_id: str, agency: str | None, events_file: str, today: date | None, calendar_name: str | None,
    fee_category: str | None, sheet: str | None, folder: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Replay events: stage, whose turn, exhaustion, every clock, warnings and next steps."""
    with _misuse():
        pack = load_pack(law_id, folder)
        day = today or date.today()  # noqa: DTZ011 - the reader's own day is meant
        counted_by = _calendar(calendar_name) if calendar_name else pack.days_of
        category = FeeCategory(fee_category) if fee_category else None
        found = answer(
            _read_events(events_file), law=pack, agency=_agency(agency), today=day, fee_category=category,
            calendar=counted_by,
        )  # fmt: skip
        if sheet is not None:
            clock = _clock_named(found, sheet)
            opened = worksheet(clock, law=pack, calendar=counted_by, today=day)
            if as_json:
                _emit(
                    {
                        "title": opened.title,
                        "summary": opened.summary,
                        "days": [
                            {"date": d.date.isoformat(), "number": d.number, "counted": d.counted, "why": d.why}
                            for d in opened.days
                        ],
                        "rules": list(opened.rules),
                        "notes": list(opened.notes),
                    }
                )
            else:
                click.echo(_safe(opened.as_text()), nl=False)
        elif as_json:
            _emit(found.as_json())
        else:
            _print_answer(found)


def _safe(text: str) -> str:
    return "\n".join(visible(line) for line in text.split("\n"))


def _clock_named(found: Answer, name: str) -> Clock:
    for clock in found.clocks:
        if clock.id == name:
            return clock
    raise NotFound(f"There is no clock {name!r} here. There are: {', '.join(clock.id for clock in found.clocks)}.")


def _print_answer(found: Answer) -> None:
    may_sue = found.exhaustion
    click.echo(f"Stage: {found.stage.replace('_', ' ')}; turn: {found.turn}.")
    click.echo(f"May sue? {may_sue.state.replace('_', ' ')}: {may_sue.why}")
    click.echo("")
    rows = [
        (
            clock.id,
            clock.who,
            clock.start.isoformat() if clock.start else "",
            clock.due.isoformat() if clock.due else "",
            clock.state.replace("_", " "),
            summary_of(clock),
        )
        for clock in found.clocks
    ]
    print_table(rows, ("clock", "who", "start", "due", "state", ""), "No clocks.")
    for heading, lines in (
        ("Warnings", list(found.warnings)),
        (
            "Next",
            [
                f"{s.kind.replace('_', ' ')}{f' by {s.by.isoformat()}' if s.by else ''}: {s.why}"
                for s in found.next_steps
            ],
        ),
    ):
        if lines:
            click.echo(f"\n{heading}")
            for line in lines:
                click.echo(f"- {visible(line)}")


# -- due -----------------------------------------------------------------------------------------------------------


@law.command()
@click.option("--calendar", "calendar_name", default="us-federal", show_default=True, metavar="NAME|FILE",
              help="A known calendar, or a file with all holidays as ISO dates, one a line.")  # fmt: skip
@click.option("--from", "start", type=ISO_DATE, help="Day 0.")
@click.option("--days", type=int, help="How many days.")
@click.option("--unit", type=click.Choice(["working", "calendar"]))
@click.option("--roll", type=click.Choice(["none", "forward"]), default="none", show_default=True)
@click.option(
    "--batch", metavar="FILE", help="JSON objects, one a line, instead of one question; - for standard input."
)
@json_option
def due(
    calendar_name: str, start: date | None, days: int | None, unit: str | None, roll: str, batch: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Count days from a date: the last day to act, and every day skipped."""
    if batch is not None:
        if start is not None or days is not None or unit is not None:
            raise click.UsageError("--batch takes its dates from the file: leave out --from, --days and --unit.")
        with _misuse():
            if batch == calendar_name == "-":
                raise BadInput("Standard input cannot be both the batch and the calendar.")
            default = _calendar(calendar_name)
            status = _run_batch(batch, default)
        sys.exit(status)
    if start is None or days is None or unit is None:
        raise click.UsageError("--from, --days and --unit are needed (or --batch).")
    with _misuse():
        found = _due(_calendar(calendar_name), start, days, unit, roll)
    if as_json:
        _emit(found)
    else:
        click.echo(f"Due {found['due']}.")
        print_table(
            [(skip["date"], skip["reason"]) for skip in found["skipped"]], ("skipped", "why"), "No day skipped."
        )


def _due(calendar: Calendar, start: date, days: int, unit: str, roll: str) -> dict[str, Any]:
    found = due_date(calendar, start, days, unit, roll)  # type: ignore[arg-type]
    return {
        "due": found.due.isoformat(),
        "skipped": [{"date": skip.date.isoformat(), "reason": skip.reason} for skip in found.skipped],
    }


def _lines(name: str) -> Iterator[bytes | None]:
    """Read a file, or standard input for "-", line by line; None for a line too long to be meant.

    Raises BadInput naming the file.
    """
    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as file:
            mark = b"\xef\xbb\xbf"  # a byte order mark may stand before the first line
            while line := file.readline(MOST_BYTES_A_LINE):
                whole = True
                while len(line) == MOST_BYTES_A_LINE and not line.endswith(b"\n"):
                    whole, line = False, file.readline(MOST_BYTES_A_LINE)
                yield line.removeprefix(mark) if whole else None
                mark = b""
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "the name is not usable"
        raise BadInput(f"{name}: it could not be read: {why}.") from None


def _run_batch(name: str, default: Calendar) -> int:
    """Answer every line with exactly one line as it is read, however long the file; returns 1 when one was bad."""
    bad = False
    for line in _lines(name):
        try:
            if line is None:
                raise BadInput(f"The line is longer than {MOST_BYTES_A_LINE // (1024 * 1024)} MB.")
            found = _batch_line(line, default)
        except KnownError as error:
            bad = True
            found = {"error": str(error)}
        sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()
    return 1 if bad else 0


def _batch_line(line: bytes, default: Calendar) -> dict[str, Any]:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        raise BadInput("The line is not UTF-8 text.") from None
    data = _json(text, "line")
    if not isinstance(data, Mapping):
        raise BadInput("The line is not a JSON object.")
    for name in data:
        if name not in {"calendar", "from", "days", "unit", "roll"}:
            raise BadInput(f"There is no field {name!r}.")
    for name in ("from", "days", "unit"):
        if data.get(name) is None:
            raise BadInput(f"{name} is missing.")
    days, unit, roll = data["days"], data["unit"], data.get("roll") or "none"
    if isinstance(days, bool) or not isinstance(days, int):
        raise BadInput(f"days: {days!r} is not a whole number.")
    if unit not in ("working", "calendar"):
        raise BadInput(f"unit: {unit!r} is neither working nor calendar.")
    if roll not in ("none", "forward"):
        raise BadInput(f"roll: {roll!r} is neither none nor forward.")
    return _due(_batch_calendar(data.get("calendar"), default), read_date(data["from"], "from"), days, unit, roll)


@lru_cache(maxsize=64)
def _listed(days: tuple[Any, ...]) -> Calendar:
    """Return the calendar of a list of dates; a batch often repeats one list on every line."""
    return calendar_of_dates([read_date(day, "calendar") for day in days], "list of dates")


def _batch_calendar(value: object, default: Calendar) -> Calendar:
    if value is None:
        return default
    if isinstance(value, str):
        return load_calendar(value)
    if isinstance(value, list):
        for day in value:
            if not isinstance(day, str):
                read_date(day, "calendar")
        return _listed(tuple(value))
    raise BadInput("calendar: it is neither a name nor a list of dates.")


# -- holidays --------------------------------------------------------------------------------------------------------


@law.command()
@click.option("--calendar", "calendar_name", default="us-federal", show_default=True, metavar="NAME|FILE")
@click.option("--year", type=int, required=True)
@json_option
def holidays(calendar_name: str, year: int, as_json: bool) -> None:
    """List the days offices are closed for a legal holiday in a year."""
    with _misuse():
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise BadInput(f"year: {year} is outside {FIRST_YEAR} to {LAST_YEAR}: its holidays are unknown.")
        found = _calendar(calendar_name).holidays(year)
    if as_json:
        _emit([{"date": day.date.isoformat(), "name": day.name, "observed": day.observed} for day in found])
    else:
        rows = [
            (day.date.isoformat(), day.date.strftime("%a"), day.name, "moved" if day.observed else "") for day in found
        ]
        print_table(rows, ("date", "", "holiday", ""), "No holidays.")
