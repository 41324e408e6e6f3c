"""Commands on letters: kinds, drafts, PDFs, and marking one as sent."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from foiadesk.cli.common import ISO_DATE, Session, json_option, name_values, plainly, print_json, print_table
from foiadesk.records import Channel, LetterState
from foiadesk.records.errors import BadInput

if TYPE_CHECKING:
    from foiadesk.desk import Desk


@click.group()
def letter() -> None:
    """Letters: kinds, drafts, PDFs."""


@letter.command("kinds")
@json_option
def kinds(as_json: bool) -> None:
    """List the kinds of letter, when each applies, and its legal basis."""
    with plainly():
        from foiadesk.letters import kinds as all_kinds

        if as_json:
            print_json([{**asdict(kind), "files": kind.files.value if kind.files else None} for kind in all_kinds()])
            return
        rows = [(kind.name, kind.title, kind.applies) for kind in all_kinds()]
        print_table(rows, ("kind", "title", "when"), "")


def _draft(desk: "Desk", kind: str, request: int) -> int | None:
    """Return the newest draft of a kind on a request."""
    drafts = [
        one.id for one in desk.letters.for_request(request) if one.kind == kind and one.state is LetterState.DRAFT
    ]
    return drafts[-1] if drafts else None


@letter.command("draft")
@click.argument("kind")
@click.argument("which", metavar="REQUEST")
@click.option("--set", "settings", multiple=True, metavar="FIELD=TEXT", help="Fill a field of the form.")
@click.pass_obj
def draft(session: Session, kind: str, which: str, settings: tuple[str, ...]) -> None:
    """Begin or continue a draft of KIND for REQUEST and list its blanks."""
    with session.desk(write=True) as desk:
        number = desk.requests.find(which)
        found = _draft(desk, kind, number)
        if found is None:
            found = desk.letters.start(kind, number).primary
        values = {**desk.letters.get(found).values, **_known(desk, kind, settings)}
        desk.letters.save(found, values)
        click.echo(f"Draft {found}: {desk.letters.kind(kind).title}")
        for blank in desk.letters.compose(kind, number, values).blanks:
            click.echo(f"Blank: {blank.label} ({blank.name})")


def _known(desk: "Desk", kind: str, settings: tuple[str, ...]) -> dict[str, str]:
    values = name_values(settings)
    names = {field.name for field in desk.letters.kind(kind).fields}
    for name in values:
        if name not in names:
            raise BadInput(f"{kind}: its form has no field {name!r}. Its fields: {', '.join(sorted(names))}.")
    return values


@letter.command("render")
@click.argument("kind")
@click.argument("which", metavar="REQUEST")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--set", "settings", multiple=True, metavar="FIELD=TEXT", help="Fill a field of the form.")
@click.option("--page", type=click.Choice(["letter", "a4"]), help="Paper; else the desk's setting.")
@click.option("--text", "as_text", is_flag=True, help="Write plain text, for a portal, instead of a PDF.")
@click.option("--today", type=ISO_DATE, help="Date the letter and count as if this were today.")
@click.pass_obj
def render(
    session: Session,
    kind: str,
    which: str,
    output: Path,
    settings: tuple[str, ...],
    page: str | None,
    as_text: bool,
    today: date | None,
) -> None:
    """Write KIND for REQUEST to a file: its draft where there is one, else as the desk would begin it."""
    with session.desk(today=today) as desk:
        number = desk.requests.find(which)
        found = _draft(desk, kind, number)
        start = desk.letters.get(found).values if found is not None else desk.letters.defaults(kind, number)
        values = {**start, **_known(desk, kind, settings)}
        if as_text:
            composed = desk.letters.compose(kind, number, values)
            data = desk.letters.text(kind, number, values).encode()
        else:
            composed, data = desk.letters.render(kind, number, values, page=page)
        try:
            output.write_bytes(data)
        except OSError as error:
            raise BadInput(f"{output} could not be written: {error.strerror}.") from None
        for blank in composed.blanks:
            click.echo(f"Blank: {blank.label} ({blank.name})", err=True)
        for warning in composed.warnings:
            click.echo(f"Note: {warning}", err=True)
        click.echo(str(output))


@click.command()
@click.argument("which", metavar="REQUEST")
@click.option("--kind", default="policy_request", show_default=True, help="The kind of letter that was sent.")
@click.option("--channel", required=True, type=click.Choice([one.value for one in Channel]))
@click.option("--on", type=ISO_DATE, help="The day it was sent; else today.")
@click.option("--proof", type=click.Path(path_type=Path, dir_okay=False), help="A receipt to file with it.")
@click.option("--with-blanks", is_flag=True, help="Send it although blanks remain.")
@click.pass_obj
def sent(
    session: Session,
    which: str,
    kind: str,
    channel: str,
    on: date | None,
    proof: Path | None,
    with_blanks: bool,
) -> None:
    """Mark a letter of REQUEST as sent: its exact bytes are filed and the clocks start."""
    with session.desk(write=True) as desk:
        from foiadesk.desk import IncomingFile

        evidence = None
        if proof is not None:
            try:
                evidence = IncomingFile(proof.name, proof.read_bytes())
            except OSError as error:
                raise BadInput(f"The proof {proof} could not be read: {error.strerror}.") from None
        number = desk.requests.find(which)
        found = _draft(desk, kind, number)
        if found is None:
            found = desk.letters.start(kind, number).primary
        made = desk.letters.mark_sent(
            found, channel=Channel(channel), on=on or desk.clock(), proof=evidence, with_blanks=with_blanks
        )
        click.echo(made.sentence)
