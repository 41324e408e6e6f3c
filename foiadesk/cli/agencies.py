"""Commands on the directory of offices, which need no desk, and on what a person knows better, which do."""

from dataclasses import asdict

import click

from foiadesk.cli.common import Session, json_option, name_values, plainly, print_json, print_table
from foiadesk.exchange.directory import directory
from foiadesk.law import load_pack
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
    if not office.federal:
        lines.append(f"Law:     {load_pack(office.law).title}")
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


@agency.command()
@click.argument("code", required=False)
@json_option
@click.pass_obj
def own(session: Session, code: str | None, as_json: bool) -> None:
    """List what you wrote down on offices, or show one office as new requests will have it."""
    with session.desk() as desk:
        if code is not None:
            found = desk.agencies.get(code)
            kept = desk.agencies.own_of(found.code)
            if as_json:
                print_json({"office": asdict(found), "own": asdict(kept) if kept else None})
                return
            click.echo(office_text(found))
            if kept is not None:
                click.echo(f"Yours, {kept.as_of}: {', '.join(found.own) or 'notes only'}")
                for label, text in (("Contact", kept.contact), ("Notes", kept.notes)):
                    if text:
                        click.echo(f"{label}: {text}")
            return
        every = desk.agencies.own()
        if as_json:
            print_json([asdict(one) for one in every])
            return
        rows = [
            (one.code, "added" if one.added else "", ", ".join(one.fields), one.contact, str(one.as_of))
            for one in every
        ]
        print_table(rows, ("code", "", "yours", "contact", "as of"), "Nothing of your own is written down.")


@agency.command()
@click.argument("code")
@click.argument("pairs", nargs=-1, metavar="[NAME=TEXT]...")
@click.option("--add", is_flag=True, help="The directory lacks it; component= is its name, law= its law.")
@json_option
@click.pass_obj
def correct(session: Session, code: str, pairs: tuple[str, ...], add: bool, as_json: bool) -> None:
    """Write down what you know of an office: address, email, phone, fax, portal, website, officer, contact, notes.

    An office the directory lacks is added with its name and the law its requests are counted by, one of `foiadesk law
    list`: `agency correct --add NY/DOCCS component="Department of Corrections" law=us-ny`. Lines of an address are
    separated by “|”. NAME= takes yours off. New requests are made with it; those already made keep what they have.
    """
    with session.desk(write=True) as desk:
        from foiadesk.records import OwnOffice

        known = code if add else desk.agencies.get(code).code
        before = desk.agencies.own_of(known) or OwnOffice(known, added=add)
        said = name_values(pairs)
        texts = {name: said.pop(name) for name in ("contact", "notes") if name in said}
        fields = {**before.fields, **{name: text.replace("|", "\n") for name, text in said.items()}}
        change = desk.agencies.put_own(
            OwnOffice(
                known, fields, texts.get("contact", before.contact), texts.get("notes", before.notes), before.added
            )
        )
        kept = desk.agencies.own_of(known)
        if as_json:
            print_json(asdict(kept) if kept else None)
        else:
            click.echo(change.sentence)


@agency.command()
@click.argument("code")
@click.pass_obj
def forget(session: Session, code: str) -> None:
    """Remove what you wrote down on an office, or an office you added."""
    with session.desk(write=True) as desk:
        click.echo(desk.agencies.remove_own(code).sentence)
