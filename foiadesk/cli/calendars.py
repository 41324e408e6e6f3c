"""Commands on the days that do not count: closures beside the holidays."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

import click

from foiadesk.cli.common import ISO_DATE, Session, json_option, print_json, print_table

if TYPE_CHECKING:
    from foiadesk.desk import Change, Moved

_calendar_option = click.option(
    "--calendar", "name", default="us-federal", show_default=True, help="The calendar whose offices are closed."
)


@click.group()
def calendar() -> None:
    """Days on which offices are closed beside the holidays. Days of holidays: `law holidays`."""


@calendar.command("list")
@click.option("--calendar", "name", help="Only this calendar.")
@json_option
@click.pass_obj
def list_all(session: Session, name: str | None, as_json: bool) -> None:
    """List the closures entered on this desk."""
    with session.desk() as desk:
        if name is not None:
            desk.calendar.calendar(name)  # an unknown one is refused by name
        found = desk.calendar.closures(name)
        if as_json:
            print_json([asdict(one) for one in found])
            return
        rows = [(one.calendar, one.date.isoformat(), f"{one.date:%A}", one.note) for one in found]
        print_table(rows, ("calendar", "date", "weekday", "note"), "No closure is entered.")


@calendar.command("add-closure")
@click.argument("day", type=ISO_DATE, metavar="DATE")
@_calendar_option
@click.option("--note", default="", help="Why, as worksheets will say it.")
@json_option
@click.pass_obj
def add_closure(session: Session, day: date, name: str, note: str, as_json: bool) -> None:
    """Enter that offices are closed on DATE, count every request again and list the dates that moved."""
    with session.desk(write=True) as desk:
        before = desk.calendar.recount()  # what a new edition of the law moved is not told as moved by this
        change = desk.calendar.add_closure(day, name, note)
        _tell(change, [move for move in desk.calendar.recount() if move not in before], as_json)


@calendar.command("remove-closure")
@click.argument("day", type=ISO_DATE, metavar="DATE")
@_calendar_option
@json_option
@click.pass_obj
def remove_closure(session: Session, day: date, name: str, as_json: bool) -> None:
    """Take the closure of DATE out again, count every request again and list the dates that moved."""
    with session.desk(write=True) as desk:
        before = desk.calendar.recount()
        change = desk.calendar.remove_closure(desk.calendar.find(day, name).id)
        _tell(change, [move for move in desk.calendar.recount() if move not in before], as_json)


def _tell(change: "Change", moved: Sequence["Moved"], as_json: bool) -> None:
    if as_json:
        print_json({"closure": change.primary, "moved": [asdict(move) for move in moved]})
        return
    click.echo(change.sentence)
    rows = [
        (
            str(move.request),
            move.clock.replace("_", " "),
            move.was.isoformat() if move.was else "",
            move.now.isoformat() if move.now else "",
            move.title,
        )
        for move in moved
    ]
    print_table(rows, ("request", "clock", "was", "now", "title"), "No date moved.")
