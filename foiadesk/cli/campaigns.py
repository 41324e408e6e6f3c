"""Commands on campaigns: offices side by side, and pictures of waiting as files."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from foiadesk.cli.common import ISO_DATE, Session, json_option, print_json, print_table, write_file

if TYPE_CHECKING:
    from foiadesk.desk.campaigns import OfficeRow
    from foiadesk.desk.scene import Scene

_output = click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False))
_today = click.option("--today", type=ISO_DATE, help="Count as if this were today.")


@click.group()
def campaign() -> None:
    """Campaigns: the same question to many offices, side by side."""


@campaign.command("list")
@json_option
@click.pass_obj
def list_campaigns(session: Session, as_json: bool) -> None:
    """List campaigns: how many requests, answered, late, open to court."""
    with session.desk() as desk:
        lines = desk.campaigns.lines()
        if as_json:
            print_json([asdict(line) for line in lines])
            return
        rows = [tuple(map(str, (one.id, one.requests, one.answered, one.late, one.ripe, one.title))) for one in lines]
        print_table(rows, ("id", "requests", "answered", "late", "may sue", "title"), "There is no campaign yet.")


@campaign.command("show")
@click.argument("which", metavar="CAMPAIGN")
@_today
@json_option
@click.pass_obj
def show(session: Session, which: str, today: date | None, as_json: bool) -> None:
    """Show CAMPAIGN (its number or words of its title): each office, its stage, and its answer to each item."""
    with session.desk(today=today) as desk:
        from foiadesk.desk.campaigns import plain

        board = desk.campaigns.board(desk.campaigns.find(which))
        if as_json:
            print_json(plain(board))
            return
        numbers = tuple(str(number) for number in range(1, len(board.items) + 1))
        rows = []
        for one in board.offices:
            answers = [*map(_dash, one.outcomes), *[""] * (len(numbers) - len(one.outcomes))]
            rows.append((str(one.request), one.office_short, one.stage.value.replace("_", " "), _stands(one), *answers))
        click.echo(board.title)
        print_table(rows, ("request", "office", "stage", "where it stands", *numbers), "It has no requests.")


def _stands(row: "OfficeRow") -> str:
    return row.sentence + (" (unverified rule)" if row.unverified else "")


def _dash(outcome: str) -> str:
    return outcome.replace("_", " ") or "-"


@click.group()
def picture() -> None:
    """Pictures of waiting as SVG files. They leave the desk's protection."""


@picture.command("life")
@click.argument("which", metavar="REQUEST")
@_output
@_today
@click.pass_obj
def life(session: Session, which: str, output: Path, today: date | None) -> None:
    """Draw REQUEST's life to scale: events, clocks, pauses, extension, days late."""
    with session.desk(today=today) as desk:
        _write(desk.campaigns.life(desk.requests.find(which)), output)


@picture.command("campaign")
@click.argument("which", metavar="CAMPAIGN")
@_output
@_today
@click.pass_obj
def campaign_picture(session: Session, which: str, output: Path, today: date | None) -> None:
    """Draw how long each office of CAMPAIGN has taken, side by side."""
    with session.desk(today=today) as desk:
        _write(desk.campaigns.picture(desk.campaigns.find(which)), output)


@picture.command("times")
@_output
@_today
@click.pass_obj
def times(session: Session, output: Path, today: date | None) -> None:
    """Draw how long each office takes to answer, with the number of answers it rests on."""
    with session.desk(today=today) as desk:
        _write(desk.campaigns.times_picture(), output)


def _write(scene: "Scene", output: Path) -> None:
    from foiadesk.desk.scene import as_svg

    write_file(output, as_svg(scene).encode())
    click.echo(str(output))


def _register() -> None:
    from foiadesk.cli.campaign_letters import campaign_letters

    campaign.add_command(campaign_letters)


_register()
