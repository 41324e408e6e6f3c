"""Commands on what happened to a request."""

from datetime import date

import click

from foiadesk.cli.common import ISO_DATE, Session, event_fields, json_option, print_json, print_notes, print_table
from foiadesk.records import EventKind, event_as_json
from foiadesk.records.events import FIELDS


@click.group()
def event() -> None:
    """What happened to a request: add, list, correct, retract."""


@event.command("add")
@click.argument("which", metavar="REQUEST")
@click.argument("kind")
@click.argument("fields", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--date", "on", type=ISO_DATE, required=True, help="For a letter, the date on the letter.")
@click.option("--note", default="")
@click.option("--assumed", is_flag=True, help="The date is assumed, not known.")
@click.option("--file", "files", multiple=True, type=int, help="Number of the correspondence that proves it.")
@json_option
@click.pass_obj
def add(
    session: Session,
    which: str,
    kind: str,
    fields: tuple[str, ...],
    on: date,
    note: str,
    assumed: bool,
    files: tuple[int, ...],
    as_json: bool,
) -> None:
    """Write down that KIND happened to REQUEST, e.g. `event add 3 request_received office=proper --date 2026-02-03`."""
    with session.desk(write=True) as desk:
        data = {"kind": kind, "date": on.isoformat(), **event_fields(kind, fields)}
        if note:
            data["note"] = note
        if assumed:
            data["assumed"] = True
        if files:
            data["evidence"] = [str(desk.filing.get(number).id) for number in files]
        number = desk.requests.find(which)
        made = desk.requests.add_event(number, data)
        if as_json:
            print_json(
                {
                    "event": sorted(made.ids.get("event", ())),
                    "request": number,
                    "alerts": list(made.alerts),
                    "warnings": list(made.warnings),
                    "stage": desk.requests.answer(number).stage.value,
                }
            )
            return
        click.echo(made.sentence)
        print_notes(made)


@event.command("list")
@click.argument("which", metavar="REQUEST")
@json_option
@click.pass_obj
def list_all(session: Session, which: str, as_json: bool) -> None:
    """List every event ever entered for REQUEST, and whether it is in force."""
    with session.desk() as desk:
        log = desk.requests.log(desk.requests.find(which))
        if as_json:
            print_json([{**event_as_json(one), "in_force": in_force} for one, in_force in log])
            return
        rows = [
            (
                one.id,
                one.date.isoformat(),
                one.kind.replace("_", " "),
                ", ".join(f"{name} {value}" for name, value in one.fields.items()),
                "" if in_force else "replaced or retracted",
            )
            for one, in_force in log
        ]
        print_table(rows, ("id", "date", "what", "details", ""), "Nothing has happened yet.")


@event.command("correct")
@click.argument("event_id", metavar="EVENT")
@click.argument("kind")
@click.argument("fields", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--date", "on", type=ISO_DATE, required=True)
@click.option("--note", default="")
@click.pass_obj
def correct(session: Session, event_id: str, kind: str, fields: tuple[str, ...], on: date, note: str) -> None:
    """Replace EVENT by a corrected one; the old one stays in the log."""
    with session.desk(write=True) as desk:
        data = {"kind": kind, "date": on.isoformat(), "note": note, **event_fields(kind, fields)}
        made = desk.requests.correct_event(event_id, data)
        click.echo(made.sentence)
        print_notes(made)


@event.command("retract")
@click.argument("event_id", metavar="EVENT")
@click.option("--note", default="", help="Why it was entered in error.")
@click.pass_obj
def retract(session: Session, event_id: str, note: str) -> None:
    """Mark EVENT as entered in error; it stays in the log."""
    with session.desk(write=True) as desk:
        made = desk.requests.retract_event(event_id, note)
        click.echo(made.sentence)
        print_notes(made)


@event.command("kinds")
@json_option
def kinds(as_json: bool) -> None:
    """List the kinds of event and the fields each may carry."""
    if as_json:
        print_json(
            [
                {
                    "kind": kind.value,
                    "fields": [
                        {"name": name, "type": one.type, "required": one.required, "choices": list(one.choices)}
                        for name, one in FIELDS.get(kind, {}).items()
                    ],
                }
                for kind in EventKind
            ]
        )
        return
    rows = [
        (kind.value, ", ".join(f"{name}{'*' if one.required else ''}" for name, one in FIELDS.get(kind, {}).items()))
        for kind in EventKind
    ]
    print_table(rows, ("kind", "fields (* required)"), "")
