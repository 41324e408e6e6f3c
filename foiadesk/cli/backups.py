"""Commands on backups: places, making one, what is in them, and a desk or a single document out of one."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foiadesk.cli.common import OWN, OpenGroup, Session, json_option, plainly, print_json, print_table
from foiadesk.cli.progress import shown
from foiadesk.records.errors import BadInput, KnownError

if TYPE_CHECKING:
    from foiadesk.desk import BackupPlace, Desk


@click.group(cls=OpenGroup)
def backup() -> None:
    """Make a backup: `backup` in every known place that is there, `backup PLACE` in one.

    PLACE is a folder or a number of `backup places`. Works while the window has the desk open.
    """


@backup.command(OWN)
@click.argument("which", metavar="[PLACE]", required=False)
@json_option
@click.pass_obj
def now(session: Session, which: str | None, as_json: bool) -> None:
    """Back up to every known place that is there, or to PLACE (its folder or number)."""
    with session.desk(beside=True) as desk:
        places = [desk.backups.place(which)] if which else [one for one in desk.backups.places() if one.here]
        if not places:
            raise BadInput(
                "No backup place is known, or none is connected.",
                safe="Nothing was changed.",
                todo="Add one: foiadesk backup add FOLDER.",
            )
        made: list[dict[str, Any]] = []
        failed = False
        for place in places:
            try:
                with shown(f"Backup to {place.folder}") as progress:
                    done = desk.backups.run(place.id, progress)
            except KnownError as error:
                failed = True
                click.echo(f"foiadesk: {error}", err=True)
                continue
            made.append(asdict(done))
            if as_json:
                continue
            click.echo(
                f"Backup {done.number} in {done.folder}: {done.files:,} files, {done.copied:,} of them new, "
                f"{done.size:,} bytes, all proven."
            )
            for key in done.better_there:
                click.echo(
                    f"Note: the stored file {key} is missing on the desk and whole there: foiadesk verify --repair"
                )
        if as_json:
            print_json([_plain(one) for one in made])
        if failed:
            raise click.exceptions.Exit(1)


@backup.command()
@json_option
@click.pass_obj
def places(session: Session, as_json: bool) -> None:
    """List the known places: whether each is there, its last good backup, when the next is due."""
    with session.desk() as desk:
        known = desk.backups.places()
        if as_json:
            print_json([_plain(asdict(one)) for one in known])
            return
        rows = [
            (str(one.id), str(one.folder), one.every, "yes" if one.here else "no", _when(one.last_good),
             _when(one.next_due) if one.next_due else "by hand", f"{one.size:,}")
            for one in known
        ]  # fmt: skip
        headings = ("id", "folder", "every", "there", "last good backup", "next due", "bytes")
        print_table(rows, headings, "No backup place is known yet. Add one: foiadesk backup add FOLDER")
        _say_notes(known)
        _nag(desk)


@backup.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--every", type=click.Choice(("daily", "weekly", "hand")), default="weekly", show_default=True)
@click.pass_obj
def add(session: Session, folder: Path, every: str) -> None:
    """Make FOLDER (on a USB stick, say) a backup place, or change how often one is due.

    Scheduled backups are made while the window is open.
    """
    with session.desk(write=True) as desk:
        change = desk.backups.add(folder, every)
        place = desk.backups.place(change.primary)
        click.echo(f"{place.id}  {place.folder}")
        _say_notes((place,))


@backup.command()
@click.argument("which", metavar="PLACE")
@click.pass_obj
def forget(session: Session, which: str) -> None:
    """Stop using PLACE (its folder or number). The backups in it stay as they are."""
    with session.desk(write=True) as desk:
        click.echo(desk.backups.forget(desk.backups.place(which).id).sentence)


@backup.command("list")
@click.argument("which", metavar="PLACE")
@json_option
@click.pass_obj
def list_copies(session: Session, which: str, as_json: bool) -> None:
    """List the backups in PLACE (its folder or number)."""
    with session.desk(beside=True) as desk:
        copies = desk.backups.look(desk.backups.place(which).id)
        if as_json:
            print_json([_plain(asdict(one)) for one in copies])
            return
        rows = [
            (one.path.name, _when(one.taken_at), f"{one.size:,}", "" if one.opens else "another passphrase")
            for one in copies
        ]
        print_table(rows, ("backup", "taken", "bytes of rows", ""), "No backup is there yet.")
        _nag(desk)


@backup.command()
@click.argument("which", metavar="PLACE")
@click.argument("names", metavar="BACKUP...", nargs=-1, required=True)
@click.pass_obj
def remove(session: Session, which: str, names: tuple[str, ...]) -> None:
    """Remove each BACKUP (its file name or number) in PLACE for good, with the files no other backup there needs."""
    with session.desk(write=True) as desk:
        copies = desk.backups.look(desk.backups.place(which).id)
        known = {name: one for one in copies for name in (one.path.name, str(one.number or one.path.name))}
        for name in names:
            if name not in known:
                raise BadInput(f"There is no backup {name} in that place.", safe="Nothing was removed.")
        count = desk.backups.remove(tuple({known[name].path: known[name] for name in names}.values()))
        click.echo(f"Removed {count} backup{'s' if count != 1 else ''}.")


@click.command()
@click.argument("source", metavar="BACKUP", type=click.Path(path_type=Path))
@click.argument("folder", metavar="[NEWFOLDER]", required=False, type=click.Path(path_type=Path))
@click.option("--file", "which", metavar="DOCUMENT", help="One document only, by its number or name in the backup.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where the copy of that document goes.")
@click.option("--put-back", is_flag=True, help="Put that document's stored file back on the desk instead.")
@click.option("--list", "listing", is_flag=True, help="List the documents in the backup.")
@json_option
@click.pass_obj
def restore(
    session: Session,
    source: Path,
    folder: Path | None,
    which: str | None,
    output: Path | None,
    put_back: bool,
    listing: bool,
    as_json: bool,
) -> None:
    """Make a desk out of BACKUP in NEWFOLDER, which must be missing or empty.

    BACKUP is a backup place (its newest backup is taken) or one file backup-….db in it. The passphrase is the one the
    desk had when the backup was made. Nothing is ever written over a desk.
    """
    with plainly():
        from foiadesk.desk import restoring

        if sum((folder is not None, which is not None, listing)) != 1 or (which is None) != (
            output is None and not put_back
        ):
            raise click.UsageError("Say one of: NEWFOLDER; --file DOCUMENT with -o FILE or --put-back; --list.")
        if listing:
            found = restoring.documents(source, session.passphrase())
            if as_json:
                print_json([asdict(one) for one in found])
                return
            rows = [
                (str(one.id), one.name, f"{one.size:,}", one.sha256, "privileged" if one.privileged else "")
                for one in found
            ]
            print_table(rows, ("id", "name", "bytes", "SHA-256", ""), "The backup holds no document.")
        elif which is not None and output is not None:
            if output.exists():
                raise BadInput(f"{output} exists already; nothing was written.", todo="Choose another name.")
            copied = restoring.copy_out(source, session.passphrase(), which, output)
            click.echo(str(output))
            if copied.privileged:
                click.echo("Note: this document is marked as privileged, never to be exported.", err=True)
        elif which is not None:
            with session.desk(write=True) as desk:
                click.echo(f"Put back: {desk.backups.put_back(which, source)}")
        elif folder is not None:
            from foiadesk.desk import Desk

            Desk.check(folder, new=True)
            with shown("Restore") as progress:
                done = restoring.restore(source, session.passphrase(), folder, progress)
            if as_json:
                print_json(_plain(asdict(done)))
                return
            taken = f" of {_when(done.taken_at)}" if done.taken_at else ""
            click.echo(f"Restored the backup{taken} to {done.folder}: {done.files:,} files, everything verifies.")
            for sentence in done.opening:
                click.echo(f"Note: {sentence}")


@click.command()
@click.option("--quick", is_flag=True, help="Do not decrypt files: look only that each is there.")
@click.option("--repair", is_flag=True, help="Put good copies from backups in the place of bad and missing files.")
@click.option("--from", "place", type=click.Path(path_type=Path), help="Repair from this place or backup only.")
@json_option
@click.pass_obj
def verify(session: Session, quick: bool, repair: bool, place: Path | None, as_json: bool) -> None:
    """Read every row, decrypt every stored file, count every stored answer again; name each fault once.

    Exit status 1 when something does not verify. --repair deletes nothing: what lay in the place of a good copy is kept
    in the folder set-aside of the desk.
    """
    if place is not None and not repair:
        raise click.UsageError("--from goes with --repair.")
    with session.desk(write=repair) as desk:
        with shown("Verify") as progress:
            found = desk.safety.verify(progress, quick=quick)
            if repair and found.faults:
                found = desk.safety.repair(found, progress, place)
        if as_json:
            print_json(asdict(found))
        else:
            for sentence in found.repaired:
                click.echo(sentence)
            for name in found.set_aside:
                click.echo(f"Kept aside: set-aside/{name}")
            for fault in found.faults:
                named = ", ".join(f"{name} (document {number})" for number, name in fault.documents)
                click.echo(f"{fault.sentence}{f' It is {named}.' if named else ''}")
            if not found.faults:
                how = "looked at, not decrypted" if quick else "decrypted and right"
                click.echo(f"The desk is whole: {found.files:,} stored files {how}.")
            _nag(desk)
        if found.faults:
            raise click.exceptions.Exit(1)


def _nag(desk: "Desk") -> None:
    alarm = desk.backups.alarm()
    if alarm is not None:
        click.echo(f"Note: {alarm.sentence}. {alarm.detail}", err=True)


def _say_notes(places: "tuple[BackupPlace, ...]") -> None:
    for place in places:
        if place.note:
            click.echo(f"Note: {place.note}", err=True)


def _when(moment: datetime | None) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}" if moment else "none"


def _plain(record: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Path) else value for name, value in record.items()}
