"""Commands on letters: kinds, drafts, PDFs, and marking one as sent."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from foiadesk.cli.common import (
    ISO_DATE,
    Session,
    json_option,
    name_values,
    plainly,
    print_json,
    print_notes,
    print_table,
)
from foiadesk.records import Channel, LetterState
from foiadesk.records.errors import BadInput, KnownError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from foiadesk.desk import Change, Desk, IncomingFile, LetterKind


@click.group()
def letter() -> None:
    """Letters: kinds, drafts, PDFs."""


@letter.command("kinds")
@click.option("--for", "which", metavar="REQUEST", help="Say of each whether it fits this request now, and why not.")
@json_option
@click.pass_obj
def kinds(session: Session, which: str | None, as_json: bool) -> None:
    """List the kinds of letter, when each applies, and its legal basis: the shipped ones, or with --for the desk's."""
    if which is None:
        with plainly():
            from foiadesk.letters import kinds as all_kinds

            _print_kinds(all_kinds(), {}, as_json)
        return
    with session.desk() as desk:
        request = desk.requests.get(desk.requests.find(which))
        stage, events = desk.requests.answer(request.id).stage, desk.requests.events(request.id)
        found = desk.letters.kinds()
        _print_kinds(found, {kind.name: kind.why_not(stage, request.law, events) for kind in found}, as_json)


def _print_kinds(found: "Sequence[LetterKind]", reasons: "Mapping[str, str]", as_json: bool) -> None:
    """Print kinds; reasons: why each does not fit, "" where it does, empty when no request was named."""
    if as_json:
        rows = [{**asdict(kind), "files": kind.files.value if kind.files else None} for kind in found]
        for row in rows:
            del row["text"]  # `letter templates show` prints it
        if reasons:
            rows = [{**row, "fits": not reasons[row["name"]], "why_not": reasons[row["name"]]} for row in rows]
        print_json(rows)
    elif reasons:
        first = sorted(found, key=lambda kind: bool(reasons[kind.name]))
        table = [(kind.name, kind.title + _whose(kind), reasons[kind.name] or "fits") for kind in first]
        print_table(table, ("kind", "title", "now"), "")
    else:
        print_table([(kind.name, kind.group, kind.title, kind.applies) for kind in found],
                    ("kind", "group", "title", "when"), "")  # fmt: skip


def _whose(kind: "LetterKind") -> str:
    if not kind.changed_on:
        return ""
    return f" (your own, {kind.changed_on})" if kind.added else f" (changed by you, {kind.changed_on})"


def _draft(desk: "Desk", kind: str, request: int) -> int | None:
    """Return the newest draft of a kind on a request."""
    drafts = [
        one.id for one in desk.letters.for_request(request) if one.kind == kind and one.state is LetterState.DRAFT
    ]
    return drafts[-1] if drafts else None


def _trimmings(command: Callable[..., None]) -> Callable[..., None]:
    """The options for what a letter carries beside its form."""
    for option in reversed((
        click.option("--enclose", multiple=True, type=int, metavar="DOCUMENT",
                     help="Put a stored document (a PDF or a picture) behind the letter; repeat for more."),
        click.option("--dividers", is_flag=True, help="A page before each enclosure."),
        click.option("--signature", "signatures", multiple=True, metavar="NAME=DOCUMENT",
                     help="A stored picture of a signer’s signature; else a line to sign on."),
        click.option("--line-numbers", is_flag=True, help="Number the lines in the margin."),
    )):  # fmt: skip
        command = option(command)
    return command


def _carried(
    enclose: tuple[int, ...], dividers: bool, signatures: tuple[str, ...], line_numbers: bool
) -> dict[str, str]:
    """Return what was asked for beside the form, as a draft keeps it; what was not asked for stays as it was."""
    from foiadesk.desk.trimmings import Trimmings

    named = name_values(signatures)
    for name, text in named.items():
        if not text.isascii() or not text.isdigit():
            raise BadInput(f"--signature is given as NAME=DOCUMENT; {text!r} is no document’s number ({name}).")
    pictures = tuple((name, int(text)) for name, text in named.items())
    values = Trimmings(enclose, dividers, line_numbers, pictures).values()
    return {name: text for name, text in values.items() if text}


@letter.command("draft")
@click.argument("kind")
@click.argument("which", metavar="REQUEST")
@click.option("--set", "settings", multiple=True, metavar="FIELD=TEXT", help="Fill a field of the form.")
@_trimmings
@click.pass_obj
def draft(
    session: Session,
    kind: str,
    which: str,
    settings: tuple[str, ...],
    enclose: tuple[int, ...],
    dividers: bool,
    signatures: tuple[str, ...],
    line_numbers: bool,
) -> None:
    """Begin or continue a draft of KIND for REQUEST and list its blanks."""
    with session.desk(write=True) as desk:
        number = desk.requests.find(which)
        found = _draft(desk, kind, number)
        if found is None:
            found = desk.letters.start(kind, number).primary
        carried = _carried(enclose, dividers, signatures, line_numbers)
        values = {**desk.letters.get(found).values, **_known(desk, kind, settings), **carried}
        composed = desk.letters.compose(kind, number, values)  # before it is kept: a document may not be there
        desk.letters.save(found, values)
        known = desk.letters.kind(kind)
        click.echo(f"Draft {found}: {known.title}{_whose(known)}")
        for blank in composed.blanks:
            click.echo(f"Blank: {blank.label} ({blank.name})")


def _known(desk: "Desk", kind: str, settings: tuple[str, ...]) -> dict[str, str]:
    values = name_values(settings)
    names = {field.name for field in desk.letters.kind(kind).fields}
    for name in values:
        if name not in names:
            raise BadInput(f"{kind}: its form has no field {name!r}. Its fields: {', '.join(sorted(names))}.")
    return values


def _write(output: Path, data: bytes) -> None:
    try:
        output.write_bytes(data)
    except OSError as error:
        raise BadInput(f"{output} could not be written: {error.strerror}.") from None


@letter.command("render")
@click.argument("kind", required=False)
@click.argument("which", metavar="[REQUEST]", required=False)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="A file; a folder for all ready.")
@click.option("--set", "settings", multiple=True, metavar="FIELD=TEXT", help="Fill a field of the form.")
@click.option("--page", type=click.Choice(["letter", "a4"]), help="Paper; else the desk's setting.")
@click.option("--text", "form", flag_value="text", help="Plain text, for a portal, instead of a PDF.")
@click.option("--docx", "form", flag_value="docx", help="A Word document, to be edited, instead of a PDF.")
@click.option("--watermark", is_flag=True, help="DRAFT behind every page.")
@click.option("--all-ready", is_flag=True, help="Instead of one letter: every draft without blanks, into a folder.")
@_trimmings
@click.option("--today", type=ISO_DATE, help="Date the letter and count as if this were today.")
@click.pass_obj
def render(
    session: Session,
    kind: str | None,
    which: str | None,
    output: Path,
    settings: tuple[str, ...],
    page: str | None,
    form: str | None,
    watermark: bool,
    all_ready: bool,
    enclose: tuple[int, ...],
    dividers: bool,
    signatures: tuple[str, ...],
    line_numbers: bool,
    today: date | None,
) -> None:
    """Write KIND for REQUEST to a file: its draft where there is one, else as the desk would begin it.

    With --text the number of characters, and the limit of the office's portal where it is known, go to standard error.
    """
    if all_ready:
        if kind or which or settings or form or enclose:
            raise click.UsageError("--all-ready writes the drafts as they are: name no letter and change none.")
        _all_ready(session, output, page, today)
        return
    if not kind or not which:
        raise click.UsageError("Name the kind of letter and the request, or use --all-ready.")
    from foiadesk.desk.warm import warm_letter

    with session.desk(today=today, meanwhile=partial(warm_letter, kind)) as desk:
        number = desk.requests.find(which)
        found = _draft(desk, kind, number)
        start = desk.letters.get(found).values if found is not None else desk.letters.defaults(kind, number)
        carried = _carried(enclose, dividers, signatures, line_numbers)
        values = {**start, **_known(desk, kind, settings), **carried}
        if form == "text":
            composed = desk.letters.compose(kind, number, values)
            text = desk.letters.text(kind, number, values)
            data = text.encode()
            click.echo(_length(desk, number, text), err=True)
        elif form == "docx":
            composed, data = desk.letters.word(kind, number, values, page=page)
        else:
            composed, data = desk.letters.render(kind, number, values, page=page, draft=watermark)
        _write(output, data)
        if whose := _whose(desk.letters.kind(kind)).strip(" ()"):
            click.echo(f"Note: the template is {whose}.", err=True)
        for blank in composed.blanks:
            click.echo(f"Blank: {blank.label} ({blank.name})", err=True)
        for warning in composed.warnings:
            click.echo(f"Note: {warning}", err=True)
        click.echo(str(output))


def _length(desk: "Desk", request: int, text: str) -> str:
    """Say how long a text is beside what the office's portal takes."""
    from foiadesk.letters.portals import sent_length

    count, known = sent_length(text), desk.letters.portal_limit(request)
    if known is None:
        return f"{count:,} characters; no limit is known for this office's portal."
    over = f": {count - known.limit:,} too many" if count > known.limit else ""
    return (
        f"{count:,} characters of the {known.limit:,} that {known.host} takes as “{known.field}” "
        f"(as of {known.as_of}){over}."
    )


def _all_ready(session: Session, folder: Path, page: str | None, today: date | None) -> None:
    from foiadesk.cli.progress import shown

    with session.desk(today=today) as desk, shown("Letters") as progress:
        found = desk.letters.ready(progress)
        chosen = tuple(draft for draft in found if draft.ready)
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise BadInput(f"{folder} is no folder that can be written to: {error.strerror}.") from None
        for _one, name, pdf in desk.letters.ready_pdfs(chosen, progress, page=page):
            _write(folder / name, pdf)
            click.echo(str(folder / name))
        for draft in found:
            if not draft.ready:
                why = draft.trouble or f"blank: {', '.join(draft.blanks)}"
                click.echo(f"Left out: {draft.office} - {draft.title} ({draft.kind}), {why}", err=True)
        if not chosen:
            click.echo("No draft is ready.", err=True)


def _evidence(proof: Path | None) -> "IncomingFile | None":
    from foiadesk.desk import IncomingFile

    if proof is None:
        return None
    try:
        return IncomingFile(proof.name, proof.read_bytes())
    except OSError as error:
        raise BadInput(f"The proof {proof} could not be read: {error.strerror}.") from None


def _send(
    desk: "Desk", kind: str, which: str, channel: str, on: date | None, proof: "IncomingFile | None", with_blanks: bool
) -> "Change":
    number = desk.requests.find(which)
    found = _draft(desk, kind, number)
    if found is None:
        found = desk.letters.start(kind, number).primary
    return desk.letters.mark_sent(
        found, channel=Channel(channel), on=on or desk.clock(), proof=proof, with_blanks=with_blanks
    )


def _sending(command: Callable[..., None]) -> Callable[..., None]:
    """The options of everything that marks letters as sent."""
    for option in reversed((
        click.option("--channel", required=True, type=click.Choice([one.value for one in Channel])),
        click.option("--on", type=ISO_DATE, help="The day it was sent; else today."),
        click.option("--proof", type=click.Path(path_type=Path, dir_okay=False), help="A receipt to file with it."),
        click.option("--with-blanks", is_flag=True, help="Send it although blanks remain."),
    )):  # fmt: skip
        command = option(command)
    return command


@letter.command("send")
@click.argument("kind")
@click.argument("requests", metavar="REQUEST...", nargs=-1, required=True)
@_sending
@click.pass_obj
def send(
    session: Session,
    kind: str,
    requests: tuple[str, ...],
    channel: str,
    on: date | None,
    proof: Path | None,
    with_blanks: bool,
) -> None:
    """Mark KIND as sent on each REQUEST: exact bytes, channel and proof are filed and the clocks start.

    One that is refused is named and the others go on; the exit status is then 1.
    """
    from foiadesk.cli.progress import shown

    with session.desk(write=True) as desk, shown("Marked as sent") as progress:
        evidence = _evidence(proof)
        refused = 0
        for place, which in enumerate(requests):
            progress.at(place, len(requests), "letters")
            try:
                made = _send(desk, kind, which, channel, on, evidence, with_blanks)
                click.echo(made.sentence)
                print_notes(made)
            except KnownError as error:
                refused += 1
                click.echo(f"foiadesk: {which}: {error}", err=True)
        if refused:
            raise click.exceptions.Exit(1)


@click.command()
@click.argument("which", metavar="REQUEST")
@click.option("--kind", default="policy_request", show_default=True, help="The kind of letter that was sent.")
@_sending
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
        made = _send(desk, kind, which, channel, on, _evidence(proof), with_blanks)
        click.echo(made.sentence)
        print_notes(made)


def _register() -> None:
    from foiadesk.cli import letter_days, letter_drafting, letter_mail, letter_templates

    mail = (letter_mail.envelope, letter_mail.labels, letter_mail.cover)
    for command in (*mail, letter_days.delivered, letter_templates.templates):
        letter.add_command(command)
    for command in (
        letter_drafting.versions, letter_drafting.keep, letter_drafting.compare, letter_drafting.restore,
        letter_drafting.duplicate, letter_drafting.replace, letter_drafting.facts, letter_drafting.spell,
    ):  # fmt: skip
        letter.add_command(command)


_register()
