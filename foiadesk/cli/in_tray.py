"""Commands on the In-tray: what waits, what it seems to be, and filing it where it belongs."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foiadesk.cli.common import (
    ISO_DATE,
    Session,
    event_fields,
    json_option,
    print_json,
    print_notes,
    print_table,
    visible,
)
from foiadesk.records.errors import BadInput, KnownError

if TYPE_CHECKING:
    from foiadesk.desk import Change, Understanding


def as_json_object(understood: "Understanding") -> dict[str, Any]:
    """Return an understanding as JSON shows it."""
    first = understood.suggested_event
    return {
        "subject": understood.subject,
        "sender": understood.sender,
        "date": understood.date,
        "channel": understood.channel,
        "direction": understood.direction,
        "request": understood.suggested_request,
        "certain": understood.certain,
        "event": first["kind"] if first else None,
        "fields": {name: value for name, value in (first or {}).items() if name not in ("kind", "date")},
        "events": [{**one.data, "words": one.words} for one in understood.events],
        "candidates": [asdict(one) for one in understood.candidates],
        "proves": [asdict(one) for one in understood.proves],
        "why": list(understood.why),
        "damaged": understood.damaged,
        "parts": list(understood.parts),
    }


def in_a_line(understood: "Understanding") -> str:
    """Return in one line what would be done with it: "ICE contracts · ICE: Acknowledged (…)"."""
    name = understood.candidates[0].name if understood.clear else "which request?"
    what = ", ".join(
        [*(one.title for one in understood.events), *(f"proof of {one.title}" for one in understood.proven)]
    )
    return f"{name}: {what or 'only keep it'}"


@click.group("in-tray", invoke_without_command=True)
@json_option
@click.pass_context
def in_tray(ctx: click.Context, as_json: bool) -> None:
    """List what waits for a request, with what is suggested for each and why."""
    if ctx.invoked_subcommand is not None:
        return
    session: Session = ctx.obj
    with session.desk() as desk:
        waiting = desk.in_tray.suggestions([one.id for one in desk.in_tray.waiting()])
        if as_json:
            print_json([{**asdict(one.letter), "suggested": as_json_object(one.understood)} for one in waiting])
            return
        rows = [
            (
                str(one.letter.id),
                str(one.understood.date or ""),
                one.letter.sender or one.understood.subject,
                in_a_line(one.understood) + ("" if one.understood.certain else " ?"),
            )
            for one in waiting
        ]
        print_table(rows, ("id", "date", "from", "suggested (? look first)"), "The In-tray is empty.")


@in_tray.command("show")
@click.argument("number", type=int, metavar="ID")
@json_option
@click.pass_obj
def show(session: Session, number: int, as_json: bool) -> None:
    """Say of ID what it seems to be, on which words that rests, and every request it may belong to."""
    with session.desk() as desk:
        found = desk.in_tray.understand(number)
        if as_json:
            print_json(as_json_object(found))
        else:
            _tell(found)


@in_tray.command("file")
@click.argument("numbers", nargs=-1, type=int, metavar="ID...")
@click.option("--request", "which", help="The request, when it is not the one suggested.")
@click.option("--event", "kind", help="What it means, when it is not what is suggested; “none” only keeps it.")
@click.option("--field", "fields", multiple=True, metavar="NAME=VALUE", help="A field of that event.")
@click.option("--date", "on", type=ISO_DATE, help="The date of the event; else the letter's own.")
@click.option("--all-certain", is_flag=True, help="File everything that carries the tracking number of one request.")
@json_option
@click.pass_obj
def file_waiting(
    session: Session,
    numbers: tuple[int, ...],
    which: str | None,
    kind: str | None,
    fields: tuple[str, ...],
    on: date | None,
    all_certain: bool,
    as_json: bool,
) -> None:
    """File what waits, as suggested or as said."""
    if all_certain == bool(numbers):
        raise click.UsageError("Give the numbers of what waits, or --all-certain.")
    if all_certain and (which or kind or fields or on):
        raise click.UsageError("--all-certain files everything as suggested.")
    if fields and not kind:
        raise click.UsageError("--field needs --event.")
    with session.desk(write=True) as desk:
        if all_certain:
            from foiadesk.cli.progress import shown

            ids = [one.id for one in desk.in_tray.waiting()]
            with shown("Filing") as progress:
                done = list(desk.in_tray.file_suggested(ids, progress))
            _told(done, as_json)
            return
        request = desk.requests.find(which) if which else None
        done, failures = [], 0
        for number in numbers:
            try:
                events = None
                if kind or on:
                    events = _events(desk.in_tray.understand(number), kind, fields, on)
                done.append(desk.in_tray.file(number, request, events=events))
            except KnownError as error:
                failures += 1
                click.echo(f"foiadesk: {number}: {error}", err=True)
        _told(done, as_json)
        if failures:
            raise click.exceptions.Exit(1)


def _events(seen: "Understanding", kind: str | None, fields: tuple[str, ...], on: date | None) -> list[dict[str, Any]]:
    """Return the events meant: the one named, or those suggested, on the day given."""
    if kind == "none":
        return []
    if kind is None:
        return [{**one.data, "date": str(on)} for one in seen.events]
    said = next((one.data for one in seen.events if one.data["kind"] == kind), {})
    day = on or said.get("date") or seen.date
    if day is None:
        raise BadInput("It has no date of its own.", todo="Give one with --date.")
    return [{**said, "kind": kind, "date": str(day), **event_fields(kind, fields)}]


def _told(done: "list[Change]", as_json: bool) -> None:
    if as_json:
        print_json(
            [
                {"id": one.primary, "filed": one.sentence, "alerts": list(one.alerts), "warnings": list(one.warnings)}
                for one in done
            ]
        )
        return
    for one in done:
        click.echo(f"{one.primary}  {visible(one.sentence)}")
        print_notes(one)
    if not done:
        click.echo("Nothing was filed.")


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
@click.pass_obj
def understand(session: Session, files: tuple[Path, ...], as_json: bool) -> None:
    """Say what FILES seem to be and where they belong; nothing is stored."""
    with session.desk() as desk:
        found: list[tuple[Path, Understanding]] = []
        failures = 0
        for path in files:
            try:
                found.append((path, desk.filing.understand(path)))
            except KnownError as error:
                failures += 1
                click.echo(f"foiadesk: {error}", err=True)
        if as_json:
            print_json([{"file": str(path), **as_json_object(seen)} for path, seen in found])
        else:
            for path, seen in found:
                click.echo(visible(str(path)))
                _tell(seen)
        if failures:
            raise click.exceptions.Exit(1)


def _tell(seen: "Understanding") -> None:
    for label, text in (
        ("Subject", seen.subject),
        ("From", seen.sender),
        ("Dated", str(seen.date or "")),
        ("Suggested", in_a_line(seen)),
        ("Damaged", seen.damaged),
    ):
        if text:
            click.echo(f"  {label}: {visible(text)}")
    for why in seen.why:
        click.echo(f"  - {visible(why)}")
    for one in seen.candidates[1:] if seen.clear else seen.candidates:
        click.echo(f"  or {one.request}  {visible(one.name)}: {visible(one.why)}")


@click.command()
@click.argument("number", type=int, metavar="CORRESPONDENCE")
@click.argument("event")
@click.pass_obj
def evidence(session: Session, number: int, event: str) -> None:
    """Note CORRESPONDENCE as the evidence of EVENT (its id in `event list`); what waits is filed there by this."""
    with session.desk(write=True) as desk:
        click.echo(visible(desk.filing.attach_evidence(number, event).sentence))
