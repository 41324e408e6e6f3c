"""Commands on what is due and why."""

from dataclasses import asdict
from datetime import date

import click

from foiadesk.cli.common import ISO_DATE, Session, json_option, print_json, print_table
from foiadesk.records.errors import NotFound


@click.command()
@click.option("--today", type=ISO_DATE, help="Count as if this were today.")
@json_option
@click.pass_obj
def due(session: Session, today: date | None, as_json: bool) -> None:
    """List what is due, for whom, and how late it is, the most urgent first."""
    with session.desk(today=today) as desk:
        found = desk.deadlines.due()
        if as_json:
            print_json([asdict(row) for row in found])
            return
        rows = [
            (
                row.due.isoformat() if row.due else "",
                f"{row.days_late} days late" if row.days_late else row.state.replace("_", " "),
                row.who,
                row.clock.replace("_", " "),
                f"{row.request}",
                f"{row.title} · {row.office}",
            )
            for row in found
        ]
        print_table(rows, ("due", "state", "who must act", "clock", "request", "title"), "Nothing is due.")


@click.command()
@click.argument("which", metavar="REQUEST")
@click.argument("clock", required=False)
@click.option("--today", type=ISO_DATE, help="Count as if this were today.")
@json_option
@click.pass_obj
def worksheet(session: Session, which: str, clock: str | None, today: date | None, as_json: bool) -> None:
    """Count one clock of REQUEST day by day. CLOCK is its kind or id; else the one that rules the request."""
    with session.desk(today=today) as desk:
        number = desk.requests.find(which)
        clocks = desk.requests.answer(number).clocks
        wanted = [one for one in clocks if clock is None or clock in {one.id, one.kind}]
        if not wanted:
            raise NotFound(f"This request has no clock {clock!r}. It has: {', '.join(one.kind for one in clocks)}.")
        sheet = desk.deadlines.worksheet(number, wanted[0].id)
        if as_json:
            print_json(asdict(sheet))
        else:
            click.echo(sheet.as_text())
