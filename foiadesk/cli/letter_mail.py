"""Commands that print what goes around letters: envelopes, sheets of labels, cover sheets."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from foiadesk.cli.common import Session
from foiadesk.records.errors import BadInput

if TYPE_CHECKING:
    from foiadesk.desk.mailing import Mailing

OUTPUT = click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False))
WHICH = click.argument("requests", metavar="REQUEST...", nargs=-1, required=True)


def _put(made: "Mailing", output: Path) -> None:
    try:
        output.write_bytes(made.pdf)
    except OSError as error:
        raise BadInput(f"{output} could not be written: {error.strerror}.") from None
    for office in made.lacking:
        click.echo(f"Left out, no postal address: {office}", err=True)
    for blank in made.blanks:
        click.echo(f"Blank: {blank.label} ({blank.name})", err=True)
    click.echo(str(output))


@click.command("envelope")
@WHICH
@OUTPUT
@click.option("--size", type=click.Choice(["no10", "c56", "dl"]), default="no10", show_default=True)
@click.pass_obj
def envelope(session: Session, requests: tuple[str, ...], output: Path, size: str) -> None:
    """Write an envelope a page to the office of each REQUEST, with the address of who asks."""
    with session.desk() as desk:
        _put(desk.mail.envelopes([desk.requests.find(which) for which in requests], size), output)


@click.command("labels")
@WHICH
@OUTPUT
@click.option(
    "--sheet", type=click.Choice(["5160", "L7160"]), default="5160", show_default=True, help="Avery's number."
)
@click.option("--start", type=int, default=1, show_default=True, help="The first free label, along the rows.")
@click.option("--ours", is_flag=True, help="The address of who asks instead of the office's.")
@click.pass_obj
def labels(session: Session, requests: tuple[str, ...], output: Path, sheet: str, start: int, ours: bool) -> None:
    """Write address labels for the office of each REQUEST."""
    with session.desk() as desk:
        numbers = [desk.requests.find(which) for which in requests]
        _put(desk.mail.labels(numbers, sheet, start=start, ours=ours), output)


@click.command("cover")
@click.argument("kind", type=click.Choice(["fax", "certified"]))
@click.argument("which", metavar="REQUEST")
@OUTPUT
@click.option("--pages", type=click.IntRange(min=1), default=None, help="Of the whole fax, this sheet included.")
@click.option("--number", default="", help="Of the certified article.")
@click.option("--page", type=click.Choice(["letter", "a4"]), help="Paper; else the desk's setting.")
@click.pass_obj
def cover(
    session: Session, kind: str, which: str, output: Path, pages: int | None, number: str, page: str | None
) -> None:
    """Write a cover sheet for a fax, or to go with certified mail, to the office of REQUEST."""
    with session.desk() as desk:
        made = desk.mail.cover(desk.requests.find(which), kind, pages=pages or 0, number=number, page=page)
        _put(made, output)
