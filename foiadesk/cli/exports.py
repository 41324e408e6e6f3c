"""Commands that write what is due for other programs."""

from datetime import date
from pathlib import Path

import click

from foiadesk.cli.common import ISO_DATE, Session, write_file


@click.group()
def export() -> None:
    """Due dates for other calendars. What is exported leaves the desk's protection."""


@export.command("ics")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--titles", is_flag=True, help="Write what is due on which request, instead of “Deadline 12”.")
@click.option("--today", type=ISO_DATE, help="Count as if this were today.")
@click.pass_obj
def ics(session: Session, output: Path, titles: bool, today: date | None) -> None:
    """Write every date still to be met as a calendar file, which other calendar programs open."""
    with session.desk(today=today) as desk:
        write_file(output, desk.deadlines.calendar_file(titles=titles))
        click.echo(str(output))
        said = "It says which requests they are" if titles else "Its titles are neutral"
        click.echo(f"{said}; the file is not encrypted.", err=True)
