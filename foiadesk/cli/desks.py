"""Commands on a desk as a whole: make one, open the window on it, make the sample."""

from datetime import date
from pathlib import Path

import click

from foiadesk.cli.common import ISO_DATE, Session, plainly


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
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.pass_context
def open_desk(ctx: click.Context, folder: Path | None) -> None:
    """Open the window on the desk in FOLDER (else where --desk says, else the default place)."""
    session: Session = ctx.obj
    with plainly():
        ctx.exit(Session(folder or session.folder, session.passphrase_file, session.opener).open_window())


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
