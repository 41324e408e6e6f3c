"""The command that brings in everything an office sends, and how its outcome is told."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from foiadesk.cli import progress
from foiadesk.cli.common import Session, json_option, print_json, visible

if TYPE_CHECKING:
    from foiadesk.desk import Brought


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
@click.pass_obj
def intake(session: Session, paths: tuple[Path, ...], as_json: bool) -> None:
    """Bring PATHS into the In-tray: files, whole folders, mailboxes (.mbox, Thunderbird's), zip archives.

    Every message and file becomes one of its own; what lies on the desk already is not stored twice, so that the
    command may be repeated after an interruption. Exit status 1: something could not be read or kept, and is named.
    """
    with session.desk(write=True) as desk:
        with progress.shown("Bringing in") as counted:
            brought = desk.intake.bring(paths, progress=counted)
        if as_json:
            change = brought.change
            facts = {name: value for name, value in asdict(brought).items() if name != "change"}
            ids = sorted(change.ids.get("correspondence", ()))
            print_json({"sentence": change.sentence, "correspondence": ids, **facts})
        if told(brought, quiet=as_json):
            raise click.exceptions.Exit(1)


def told(brought: Brought, *, quiet: bool) -> bool:
    """Print what came of it, troubles on standard error; return whether something could not be read or kept."""
    if not quiet:
        click.echo(brought.change.sentence + ".")
        if brought.passed:
            click.echo("Passed over: " + ", ".join(f"{count} {kind}" for kind, count in brought.passed.items()) + ".")
        for new, old in brought.versions:
            click.echo(f"Note: {new} has the same Message-ID as {old} but other bytes; both are kept.")
    for sort, items in (
        ("read in part", brought.damaged),
        ("kept, could not be read", brought.unread),
        ("not kept", brought.refused),
    ):
        for one in items:
            click.echo(f"foiadesk: {visible(one.name)}: {sort}: {one.why}", err=True)
    return bool(brought.unread or brought.refused)
