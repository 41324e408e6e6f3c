"""Commands on the directory of offices. They need no desk."""

from dataclasses import asdict

import click

from foiadesk.cli.common import json_option, plainly, print_json, print_table
from foiadesk.exchange.directory import directory
from foiadesk.records import Office


@click.group()
def agency() -> None:
    """The directory of offices that take requests."""


@agency.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000))
@json_option
def search(words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Search offices by name, abbreviation, place or e-mail."""
    with plainly():
        found = directory().search(" ".join(words), limit)
        if as_json:
            print_json([asdict(office) for office in found])
            return
        rows = [(office.code, office.name, office.department, office.directory_as_of) for office in found]
        print_table(rows, ("code", "office", "department", "as of"), "No office of the directory has all these words.")


@agency.command()
@click.argument("code")
@json_option
def show(code: str, as_json: bool) -> None:
    """Show one office with its dates and cautions."""
    with plainly():
        found = directory().get(code)
        if as_json:
            print_json(asdict(found))
        else:
            click.echo(office_text(found))


def office_text(office: Office) -> str:
    """Return an office's entry for reading: every part with the day it was last seen."""

    def seen(day: str) -> str:
        return f"  (as of {day or 'an unknown day'})"

    lines = [f"{office.name} ({office.code})", office.department]
    if office.address:
        lines += ["", *office.address, seen(office.address_as_of).strip()]
    lines.append("")
    if office.email:
        lines.append(f"E-mail:  {office.email}{seen(office.email_as_of)}")
    for label, value in (("Phone:   ", office.phone), ("Fax:     ", office.fax)):
        if value:
            lines.append(f"{label}{value}{seen(office.address_as_of)}")
    for label, value in (("Portal:  ", office.portal), ("Website: ", office.website)):
        if value:
            lines.append(f"{label}{value}{seen(office.directory_as_of)}")
    lines += [f"Caution: {caution}" for caution in office.cautions]
    return "\n".join(lines)
