"""Commands on a desk as a whole: make one, open the window on it, make the sample."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from foiadesk.cli.common import ISO_DATE, Session, plainly
from foiadesk.records.errors import BadInput


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.pass_obj
def init(session: Session, folder: Path | None) -> None:
    """Make a new, encrypted desk in FOLDER (else where --desk says, else the default place).

    There is no way back into a desk whose passphrase is lost.
    """
    with plainly():
        from foiadesk.desk import Desk

        where = folder or session.desk_folder
        Desk.check(where, new=True)
        Desk.create(where, session.passphrase(new=True)).close()
        click.echo(f"Made an encrypted desk in {where}")


@click.command("open")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[DESK] [FILE]...")
@click.pass_context
def open_desk(ctx: click.Context, paths: tuple[Path, ...]) -> None:
    """Open the window on DESK, a desk's folder or the desk.db in it (else where --desk says, else the default place).

    FILEs, such as a message saved as .eml, are offered for filing as soon as the desk is open.
    """
    session: Session = ctx.obj
    with plainly():
        folder, files = told_apart(paths)
        ctx.exit(Session(folder or session.folder, session.passphrase_file, session.opener).open_window(files))


def told_apart(paths: Sequence[Path]) -> tuple[Path | None, tuple[Path, ...]]:
    """Return the desk and the files among paths a desktop or a person gave. Raises BadInput for two desks.

    A desk is a folder, the desk.db in one, or a place where nothing is yet; everything else is to be filed.
    """
    files = tuple(path for path in paths if path.is_file() and path.name != "desk.db")
    desks = [path.parent if path.name == "desk.db" else path for path in paths if path not in files]
    if len(desks) > 1:
        raise BadInput("The window opens one desk at a time.", todo="Name one folder.")
    return (desks[0] if desks else None), files


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--today", type=ISO_DATE, help="Tell the story as if this were today.")
@click.pass_obj
def sample(session: Session, folder: Path, today: date | None) -> None:
    """Make a desk with a fictional coalition's campaign in FOLDER."""
    with plainly():
        from foiadesk.desk import Desk
        from foiadesk.desk.sample import build

        Desk.check(folder, new=True)
        build(folder, session.passphrase(new=True), today=today or date.today())  # noqa: DTZ011 - the local day is meant
        click.echo(f"Made the sample desk in {folder}")
