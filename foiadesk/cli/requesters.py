"""Commands on who asks: organizations with their letterheads and signers."""

from dataclasses import asdict, replace
from pathlib import Path

import click

from foiadesk.cli.common import Session, json_option, print_json, print_table
from foiadesk.records import Requester, Signer
from foiadesk.records.errors import BadInput


@click.group()
def requester() -> None:
    """Who asks: organizations, letterheads, signers."""


def read_signer(text: str) -> Signer:
    """Read "Name, Title" (the title may be left out)."""
    name, _, title = text.partition(",")
    if not name.strip():
        raise BadInput(f"A signer is given as “Name, Title”; {text!r} has no name.")
    return Signer(name.strip(), title.strip())


def _read_logo(logo: Path | None) -> bytes | None:
    if logo is None:
        return None
    try:
        return logo.read_bytes()
    except OSError as error:
        raise BadInput(f"The logo {logo.name} could not be read: {error.strerror}.") from None


@requester.command("add")
@click.argument("name")
@click.option("--address", multiple=True, help="One line of the address; repeat for more.")
@click.option("--email", default="")
@click.option("--phone", default="")
@click.option("--website", default="")
@click.option("--signer", multiple=True, help="“Name, Title”; repeat for more.")
@click.option("--logo", type=click.Path(path_type=Path, dir_okay=False), help="A PNG or JPEG for the letterhead.")
@click.pass_obj
def add(
    session: Session,
    name: str,
    address: tuple[str, ...],
    email: str,
    phone: str,
    website: str,
    signer: tuple[str, ...],
    logo: Path | None,
) -> None:
    """Write down who asks."""
    with session.desk(write=True) as desk:
        signers = tuple(read_signer(text) for text in signer)
        picture = _read_logo(logo)
        made = desk.people.add(
            Requester(name=name, address=address, email=email, phone=phone, website=website, signers=signers)
        )
        if picture is not None and logo is not None:
            desk.people.set_logo(made.primary, picture, logo.name)
        click.echo(f"{made.primary}  {made.sentence}")


@requester.command("change")
@click.argument("number", type=int)
@click.option("--name")
@click.option("--address", multiple=True, help="All lines of the new address.")
@click.option("--email")
@click.option("--phone")
@click.option("--website")
@click.option("--signer", multiple=True, help="All signers, “Name, Title” each.")
@click.option("--logo", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def change(
    session: Session,
    number: int,
    name: str | None,
    address: tuple[str, ...],
    email: str | None,
    phone: str | None,
    website: str | None,
    signer: tuple[str, ...],
    logo: Path | None,
) -> None:
    """Change what is written of a requester; what is not named stays."""
    with session.desk(write=True) as desk:
        now = desk.people.get(number)
        wanted = replace(
            now,
            name=now.name if name is None else name,
            address=address or now.address,
            email=now.email if email is None else email,
            phone=now.phone if phone is None else phone,
            website=now.website if website is None else website,
            signers=tuple(read_signer(text) for text in signer) or now.signers,
        )
        picture = _read_logo(logo)
        made = desk.people.change(wanted)
        if picture is not None and logo is not None:
            made = desk.people.set_logo(number, picture, logo.name)
        click.echo(made.sentence)


@requester.command("list")
@json_option
@click.pass_obj
def list_all(session: Session, as_json: bool) -> None:
    """List who asks."""
    with session.desk() as desk:
        people = desk.people.all()
        if as_json:
            print_json([asdict(person) for person in people])
            return
        rows = [
            (str(person.id), person.name, "; ".join(signer.name for signer in person.signers), person.email)
            for person in people
        ]
        print_table(
            rows, ("id", "name", "signers", "e-mail"), "Nobody is written down yet: foiadesk requester add NAME"
        )


@requester.command("remove")
@click.argument("number", type=int)
@click.pass_obj
def remove(session: Session, number: int) -> None:
    """Remove a requester that no request uses."""
    with session.desk(write=True) as desk:
        click.echo(desk.people.remove(number).sentence)
