"""Commands on the trash: what lies there, putting and restoring, and purging for good."""

import sys
from dataclasses import asdict

import click

from foiadesk.cli.common import Session, json_option, print_json, print_table
from foiadesk.records.errors import BadInput

KINDS = ("request", "correspondence", "letter", "attachment")
_WORD = "purge"
_thing = (
    click.argument("kind", type=click.Choice(KINDS)),
    click.argument("numbers", metavar="ID...", nargs=-1, required=True, type=int),
)


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def trash(ctx: click.Context, as_json: bool) -> None:
    """What was thrown away: list, put, restore. It is never emptied by itself; `foiadesk purge` removes for good."""
    if ctx.invoked_subcommand is None:
        _print_all(ctx.obj, as_json)


@trash.command("list")
@json_option
@click.pass_obj
def list_all(session: Session, as_json: bool) -> None:
    """List what lies in the trash, the latest first."""
    _print_all(session, as_json)


def _print_all(session: Session, as_json: bool) -> None:
    with session.desk() as desk:
        found = desk.trash.list()
        if as_json:
            print_json([asdict(one) for one in found])
            return
        rows = [
            (one.kind, str(one.id), one.name, one.where, f"{one.trashed_at:%Y-%m-%d}" if one.trashed_at else "")
            for one in found
        ]
        print_table(rows, ("kind", "id", "what", "from", "thrown away"), "The trash is empty.")


@trash.command()
@_thing[0]
@_thing[1]
@json_option
@click.pass_obj
def put(session: Session, kind: str, numbers: tuple[int, ...], as_json: bool) -> None:
    """Move things to the trash: KIND is request, correspondence, letter (a draft) or attachment (a stored file)."""
    _each(session, "put", kind, numbers, as_json)


@trash.command()
@_thing[0]
@_thing[1]
@json_option
@click.pass_obj
def restore(session: Session, kind: str, numbers: tuple[int, ...], as_json: bool) -> None:
    """Take things out of the trash, to where they were."""
    _each(session, "restore", kind, numbers, as_json)


def _each(session: Session, what: str, kind: str, numbers: tuple[int, ...], as_json: bool) -> None:
    with session.desk(write=True) as desk:
        for number in numbers:
            done = getattr(desk.trash, what)(kind, number)
            if not as_json:
                click.echo(done.sentence)
        if as_json:
            print_json([asdict(one) for one in desk.trash.list()])


@click.command()
@click.argument("kind", type=click.Choice((*KINDS, "all")))
@click.argument("numbers", metavar="[ID...]", nargs=-1, type=int)
@click.option("--yes", is_flag=True, help="Do not ask: what is named is removed for good.")
@json_option
@click.pass_obj
def purge(session: Session, kind: str, numbers: tuple[int, ...], yes: bool, as_json: bool) -> None:
    """Remove things in the trash for good, with their files; KIND "all" empties it. This cannot be undone.

    A purged request keeps only its number and its events' ids, without content. Backups made before still hold
    what is purged: they are named at the end.
    """
    if (kind == "all") == bool(numbers):
        raise click.UsageError("Name the ids to purge, or `all` without any.")
    with session.desk(write=True) as desk:
        from foiadesk.cli.progress import shown

        lying = desk.trash.list()
        wanted = [one for one in lying if kind == "all" or (one.kind == kind and one.id in numbers)]
        missing = sorted(set(numbers) - {one.id for one in wanted})
        if missing:
            raise BadInput(f"There is no {kind} {missing[0]} in the trash.", todo="Move it there first.")
        if not wanted:
            print_json({"things": 0, "files": 0, "held_by": [], "later": ""}) if as_json else click.echo(
                "The trash is empty."
            )
            return
        if not yes:
            _confirm([f"{one.kind} {one.id}: {one.name}" for one in wanted])
        with shown("Purging") as progress:
            done = desk.trash.purge([(one.kind, one.id) for one in wanted], progress)
        if as_json:
            print_json(asdict(done))
            return
        click.echo(f"{done.sentence}. Files removed from the disk: {done.files}.")
        if done.later:
            click.echo(f"Note: {done.later}")
        for where in done.held_by:
            click.echo(f"Made before, and still holding it: {where}")


def _confirm(lines: list[str]) -> None:
    if not sys.stdin.isatty():
        raise BadInput("There is no terminal here to ask on.", todo="Say --yes if you mean it.")
    for line in lines:
        click.echo(line, err=True)
    question = f"This removes them for good. Type “{_WORD}” to go on"
    typed = click.prompt(question, default="", show_default=False, err=True)
    if typed.strip() != _WORD:
        raise BadInput("Nothing was purged.")
