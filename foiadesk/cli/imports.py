"""The command that brings in somebody's own tracker: a table, its columns named, every row shown before it is made."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from foiadesk.cli.common import Session, json_option, name_values, print_json, print_table
from foiadesk.cli.requests import find_requester
from foiadesk.records import Channel
from foiadesk.records.errors import BadInput

if TYPE_CHECKING:
    from foiadesk.desk.tracker import Table


@click.group("import")
def import_() -> None:
    """Requests out of a table kept elsewhere."""


@import_.command("csv")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--map",
    "pairs",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="Which column, by name or number, is a field; FIELD= leaves it out. Else as the names suggest.",
)
@click.option("--dates", type=click.Choice(["mdy", "dmy"]), default=None, help="What 2/3/2026 means.")
@click.option("--channel", type=click.Choice([one.value for one in Channel]), help="How it was sent, where none says.")
@click.option("--office", "offices", multiple=True, metavar="NAME=CODE", help="What a name in the table means.")
@click.option("--requester", "requesters", multiple=True, help="Who asks: number or words of the name.")
@click.option("--rest-to-notes", is_flag=True, help="Keep columns that are no field in the notes.")
@click.option("--leave-out-bad", is_flag=True, help="Make the rows that can come in, and name the others.")
@click.option("--dry-run", is_flag=True, help="Only show what would be made.")
@json_option
@click.pass_obj
def csv(
    session: Session,
    file: Path,
    pairs: tuple[str, ...],
    dates: str | None,
    channel: str | None,
    offices: tuple[str, ...],
    requesters: tuple[str, ...],
    rest_to_notes: bool,
    leave_out_bad: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Make a request of every row of FILE, a CSV file or a spreadsheet whose first row names the columns.

    Fields: title and office (which must be there), campaign, items, background, sent, channel, received, acknowledged,
    tracking, answered, outcome, notes. Nothing in a cell is worked out: a formula is kept as text. One undo takes all
    of it back. Without --leave-out-bad, a row that cannot come in keeps all the others out.
    """
    with session.desk(write=not dry_run) as desk:
        from foiadesk.desk.tracker import TrackerMapping

        table = desk.tracker.read(file)
        columns = _columns(table, desk.tracker.suggest(table), pairs)
        how = TrackerMapping(
            columns=columns,
            dates=dates or "",
            channel=Channel(channel) if channel else None,
            offices=name_values(offices),
            requesters=tuple(find_requester(desk, one) for one in requesters),
            rest_to_notes=rest_to_notes,
        )
        plan = desk.tracker.plan(table, how)
        named = {name: [table.columns[at] for at in places] for name, places in how.columns.items()}
        change = None if dry_run else desk.tracker.bring(table, how, leave_out_bad=leave_out_bad, source=file)
        if as_json:
            print_json(
                {
                    "columns": named,
                    "left_out_columns": list(plan.left_out),
                    "unknown_offices": list(plan.unknown),
                    "rows": [asdict(row) for row in plan.rows],
                    "made": sorted(change.ids["request"]) if change else [],
                }
            )
            return
        if dry_run:
            rows = [
                (str(row.number), row.title, row.office_code or row.office_name, "; ".join(row.problems or row.said))
                for row in plan.rows
            ]
            print_table(rows, ("row", "title", "office", "what"), "The table has no row.")
            click.echo(f"{len(plan.good)} of {len(plan.rows)} rows can come in.")
        else:
            for row in plan.rows:
                for problem in row.problems:
                    click.echo(f"Left out, row {row.number}: {problem}", err=True)
        if plan.left_out:
            click.echo(f"Not brought in: {', '.join(plan.left_out)}", err=True)
        if change is not None:
            click.echo(change.sentence)


MANY = ("items", "notes")


def _columns(
    table: "Table", suggested: dict[str, tuple[int, ...]], pairs: tuple[str, ...]
) -> dict[str, tuple[int, ...]]:
    """Return which columns are what: as said, else as their names suggest. A column goes where it was said."""
    said: dict[str, tuple[int, ...]] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals or not name:
            raise BadInput(f"{pair!r} is not FIELD=COLUMN.")
        before = said.get(name, ()) if name in MANY else ()
        said[name] = (*before, _place(table, text)) if text else ()
    taken = {place for places in said.values() for place in places}
    found = {name: tuple(at for at in places if at not in taken) for name, places in suggested.items()}
    return {name: places for name, places in {**found, **said}.items() if places}


def _place(table: "Table", text: str) -> int:
    """Return the column (from 0) meant by its name or its number; raises BadInput."""
    for at, name in enumerate(table.columns):
        if name.casefold() == text.strip().casefold():
            return at
    if text.strip().isdecimal() and 1 <= int(text) <= len(table.columns):
        return int(text) - 1
    raise BadInput(f"There is no column {text!r}. The columns: {', '.join(table.columns)}.")
