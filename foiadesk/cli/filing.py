"""Commands on correspondence and stored files."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from foiadesk.cli import intake, progress
from foiadesk.cli.common import (
    ISO_DATE,
    OWN,
    OpenGroup,
    Session,
    event_fields,
    json_option,
    print_json,
    print_notes,
    print_table,
)
from foiadesk.records import Channel, Direction
from foiadesk.records.errors import BadInput, KnownError


@click.command()
@click.argument("which", metavar="REQUEST")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--date", "on", type=ISO_DATE, help="The date on the letter; else the message's own.")
@click.option("--channel", type=click.Choice([one.value for one in Channel]))
@click.option("--ours", is_flag=True, help="It went from us to the office.")
@click.option("--event", "event_kind", help="What the (only) file means, e.g. acknowledged.")
@click.option("--field", "fields", multiple=True, metavar="NAME=VALUE", help="A field of that event.")
@json_option
@click.pass_obj
def file(
    session: Session,
    which: str,
    files: tuple[Path, ...],
    on: date | None,
    channel: str | None,
    ours: bool,
    event_kind: str | None,
    fields: tuple[str, ...],
    as_json: bool,
) -> None:
    """File FILES on REQUEST; REQUEST "-" keeps them in the In-tray.

    A folder, a mailbox or a zip archive is filed with everything in it. Every file that is reported as filed is safe; a
    file that cannot be read is named, and the others go on.
    """
    if event_kind and (len(files) != 1 or which == "-"):
        raise click.UsageError("--event needs exactly one file and a request.")
    with session.desk(write=True) as desk:
        number = None if which == "-" else desk.requests.find(which)
        failures: list[str] = []
        filed: list[dict[str, object]] = []
        for path in files:
            if not event_kind and desk.intake.holds_many(path):
                if on or channel:
                    raise BadInput(f"{path.name} holds many files: --date and --channel are for single ones.")
                direction = Direction.OUT if ours else Direction.IN
                with progress.shown(f"Filing {path.name}") as counted:
                    brought = desk.intake.bring([path], number, direction=direction, progress=counted)
                if intake.told(brought, quiet=as_json):
                    failures.append(path.name)
                ids = brought.change.ids.get("correspondence", frozenset())
                filed += [{**asdict(desk.filing.get(one)), "alerts": [], "warnings": []} for one in sorted(ids)]
                continue
            event = None
            if event_kind:
                understood = desk.filing.understand(path)
                day = on or understood.date
                if day is None:
                    raise BadInput(f"{path.name} has no date of its own: give one with --date.")
                event = {"kind": event_kind, "date": day.isoformat(), **event_fields(event_kind, fields)}
            try:
                made = desk.filing.file(
                    path,
                    number,
                    direction=Direction.OUT if ours else Direction.IN,
                    date=on,
                    channel=Channel(channel) if channel else None,
                    event=event,
                )
            except KnownError as error:
                failures.append(str(error))
                click.echo(f"foiadesk: {error}", err=True)
                continue
            kept = desk.filing.get(made.primary)
            filed.append({**asdict(kept), "alerts": list(made.alerts), "warnings": list(made.warnings)})
            if not as_json:
                damaged = f"  (damaged: {kept.damaged})" if kept.damaged else ""
                click.echo(f"{made.primary}  {made.sentence}{damaged}")
                print_notes(made)
        if as_json:
            print_json(filed)
        if failures:
            raise click.exceptions.Exit(1)


@click.group(cls=OpenGroup)
def documents() -> None:
    """List every stored file (`documents`), those of one request (`documents REQUEST`), or get one's bytes."""


@documents.command(OWN)
@click.argument("which", metavar="[REQUEST]", required=False)
@json_option
@click.pass_obj
def list_documents(session: Session, which: str | None, as_json: bool) -> None:
    """List every stored file (of one request): name, size, SHA-256, where it came from."""
    with session.desk() as desk:
        found = desk.filing.documents(desk.requests.find(which) if which else None)
        if as_json:
            print_json([asdict(one) for one in found])
            return
        rows = [
            (str(one.id), one.name, f"{one.size:,}", one.sha256, one.origin, "privileged" if one.privileged else "")
            for one in found
        ]
        print_table(rows, ("id", "name", "bytes", "SHA-256", "where it came from", ""), "No file is stored yet.")


@documents.command("get")
@click.argument("number", type=int, metavar="ID")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Where the copy goes.")
@click.pass_obj
def get_document(session: Session, number: int, output: Path) -> None:
    """Write a decrypted copy of the stored file ID (its number in `documents`). The copy is not protected."""
    with session.desk() as desk:
        if output.exists():
            raise BadInput(f"{output} exists already; nothing was written.", todo="Choose another name.")
        desk.filing.save_copy(number, output)
        click.echo(str(output))


@documents.command("privileged")
@click.argument("numbers", type=int, metavar="ID...", nargs=-1, required=True)
@click.option("--off", is_flag=True, help="Take the mark off.")
@json_option
@click.pass_obj
def privileged(session: Session, numbers: tuple[int, ...], off: bool, as_json: bool) -> None:
    """Mark stored files as privileged: never saved, enclosed or exported until the mark is off."""
    with session.desk(write=True) as desk:
        for number in numbers:
            change = desk.filing.set_privileged(number, not off)
            if not as_json:
                click.echo(change.sentence)
        if as_json:
            print_json([asdict(desk.filing.document(number)) for number in numbers])
