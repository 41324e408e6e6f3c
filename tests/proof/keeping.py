"""A clean process in which backups, restores and upgrades are killed, starved and cut off, and what is left is judged.

Reads one job as JSON from standard input and prints one JSON answer, as the workshop does.
"""

import json
import os
import random
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import tracer
from workshop import CONTENTS, HASHES, PASSPHRASE, Say, Tally, apart, begin, readable

DAY = date(2026, 3, 2)
TAIL = 12  # calls at the end, each of which is met
FIRST, LAST = 6, 12  # how many files the desk holds at its first and its last backup


class Room:
    """A desk and a backup place side by side, watched together; copied afresh for every trial."""

    def __init__(self, scratch: Path) -> None:
        self.prepared = scratch / "prepared"
        self.world = scratch / "world"
        apart(lambda: self.prepare())

    desk = property(lambda self: self.world / "Desk")
    stick = property(lambda self: self.world / "stick")
    new = property(lambda self: self.world / "New")

    def fresh(self) -> None:
        """Put everything back as it was prepared, always at the same place."""
        shutil.rmtree(self.world, ignore_errors=True)
        shutil.copytree(self.prepared, self.world)

    def prepare(self) -> None:
        """Make a desk with three backups of one day, of which the next one takes the oldest away, and file more."""
        from foiadesk.desk import Desk

        self.world.mkdir()
        with Desk.create(self.desk, PASSPHRASE, clock=lambda: DAY) as desk:
            file(desk, range(FIRST))
            place = desk.backups.add(self.stick, "daily").primary
            for number in range(3):
                desk.backups.run(place)
                if number == 0:  # what only the oldest backup will hold
                    gone = desk.filing.correspondence(None)[0].id
                    desk.trash.put("correspondence", gone)
                    desk.trash.purge([("correspondence", gone)])
            file(desk, range(FIRST, LAST))
        shutil.copytree(self.world, self.prepared)

    # ---- what is done -----------------------------------------------------------------------------------------

    def back_up(self, say: Say) -> None:
        """Make a backup, twice if the first is refused."""
        from foiadesk.desk import Desk

        desk = insist(say, "opening", lambda: Desk.open(self.desk, PASSPHRASE, clock=lambda: DAY))
        made = insist(say, "backup", lambda: desk.backups.run(1))
        say(f"made {made.number}")
        insist(say, "closing", desk.close)

    def restore(self, say: Say) -> None:
        """Restore the newest backup, twice if the first is refused."""
        from foiadesk.desk import restoring
        from foiadesk.records.errors import KnownError

        def once() -> None:
            try:
                restoring.restore(self.stick, PASSPHRASE, self.new)
            except KnownError as error:
                if not (self.new / "desk.db").exists():
                    raise
                say(f"refused opening: {type(error).__name__}: {error}")  # the desk is there: that is the new state

        insist(say, "restore", once)
        say("restored")

    def upgrade(self, say: Say) -> None:
        """Open a desk of an older schema."""
        from foiadesk.desk import Desk

        insist(say, "opening", lambda: Desk.open(self.desk, PASSPHRASE, clock=lambda: DAY)).close()
        say("open")

    # ---- what is left -----------------------------------------------------------------------------------------

    def judge_backup(self, said: list[str]) -> list[str]:
        """Every named backup is whole, those of before but the oldest are there, and the next one is made."""
        from foiadesk.desk import Desk

        problems = self._judge_place()
        there = {path.name for path in self.stick.glob("*.db")}
        wanted = {"backup-000002.db", "backup-000003.db"} | {
            f"backup-{int(line.split()[1]):06}.db" for line in said if line.startswith("made ")
        }
        problems += [f"lost or never there: {name}" for name in sorted(wanted - there)]
        with Desk.open(self.desk, PASSPHRASE, clock=lambda: DAY) as desk:
            problems += [fault.sentence for fault in desk.safety.verify().faults]
            for _ in range(2):
                if desk.backups.run(1).files != LAST - 1:
                    problems.append("the next backup does not hold every file")
        problems += [f"left behind: {path.name}" for path in self.stick.rglob("*.part")]
        return problems + self._judge_place()

    def judge_restore(self, said: list[str]) -> list[str]:
        """The new folder holds a whole desk, or none and one can be restored there; the place is as it was."""
        from foiadesk.desk import restoring

        problems = self._judge_place()
        if not (self.new / "desk.db").exists():
            if "restored" in said:
                problems.append("acknowledged and no desk")
            restoring.restore(self.stick, PASSPHRASE, self.new)
        return problems + whole(self.new, LAST - 7)

    def judge_upgrade(self, _said: list[str]) -> list[str]:
        """The desk opens and is whole, and so is every copy made before the upgrade."""
        problems = whole(self.desk, LAST - 1)
        for path in (self.desk / "backups").glob("*.db"):
            problems += broken(path)
        return problems + [f"left behind: {path.name}" for path in (self.desk / "backups").glob(".*")]

    def _judge_place(self) -> list[str]:
        found = [f"the canary is readable in {path}" for path in readable(self.stick)]
        for path in self.stick.glob("*.db"):
            found += broken(path)
        return found


def file(desk: Any, numbers: range) -> None:
    """File some of the workshop's contents into the In-tray."""
    from foiadesk.desk.shapes import IncomingFile

    for number in numbers:
        desk.filing.file(IncomingFile(f"{number}.bin", CONTENTS[number]), None)


def insist(say: Say, what: str, act: Callable[[], Any]) -> Any:
    """Do something; a refusal must be a known one, and the next try must work."""
    from foiadesk.records.errors import KnownError

    for _ in range(2):
        try:
            return act()
        except KnownError as error:
            say(f"refused {what}: {type(error).__name__}: {error}")
    raise RuntimeError(f"{what} was refused twice")


def broken(path: Path) -> list[str]:
    """Return what is wrong with a backup, in its rows or any of its files."""
    from foiadesk.records.progress import Progress
    from foiadesk.store import restore

    try:
        with restore.opened(path, PASSPHRASE) as backup:
            return [f"{path.name}: {problem}" for problem in restore.problems(backup, Progress())]
    except Exception as error:
        return [f"{path.name}: {type(error).__name__}: {error}"]


def whole(folder: Path, files: int) -> list[str]:
    """Return what is wrong with a desk that holds so many files."""
    from foiadesk.desk import Desk

    with Desk.open(folder, PASSPHRASE, clock=lambda: DAY) as desk:
        problems = [fault.sentence for fault in desk.safety.verify().faults]
        documents = desk.filing.documents()
        if len(documents) != files or not {one.sha256 for one in documents} <= set(HASHES):
            problems.append(f"{len(documents)} documents instead of {files}")
    return problems + [f"left behind: {path.name}" for path in folder.rglob("*.part")]


def older(folder: Path) -> None:
    """Take a desk back to the schema before backups."""
    from foiadesk.store.schema import desk_migrations
    from foiadesk.store.store import Store

    def work(db: Any) -> None:
        for trigger in ("contents_purged", "contents_moved"):
            db.execute(f"DROP TRIGGER {trigger}")
        for table in ("backups_made", "backup_places", "vault_prints"):
            db.execute(f"DROP TABLE {table}")
        db.execute("DELETE FROM desk_steps WHERE name = '0004 backups'")

    with Store.open(folder, PASSPHRASE, desk_migrations) as store:
        store.write(work)


# ---- broken controls: each a mistake that the proof must catch -------------------------------------------------


def named_too_early() -> None:
    """Let a backup have its name before its files are there."""
    from foiadesk.store import snapshot
    from foiadesk.store.store import Store

    take = snapshot.take

    def early(self: Store, target: Path, *, complete: Any, **how: Any) -> None:
        db = self._readers.take()
        db.conn.rollback()
        take(db, self._key, target, **how)
        self._readers.give_back(db)
        complete(self.open_snapshot(target))

    Store.take_snapshot = early  # type: ignore[method-assign]


def without_fsync() -> None:
    """Make nothing durable."""
    os.fsync = lambda descriptor: None  # type: ignore[assignment]


def without_syncfs() -> None:
    """Copy files into the place without making them durable."""
    from foiadesk.store import gathering

    gathering.sync_all = lambda _descriptor: None


def files_before_rows() -> None:
    """Let rotation remove files while the backup that needs them still has its name."""
    from foiadesk.store import backup, rows_backups

    remove = backup._remove

    def careless(store: Any, place: Any, doomed: Any) -> int:
        gone = {one.path for one in doomed}
        needed: set[str] = set()
        for one in backup.snapshots(store, place):
            if one.path not in gone:
                with backup.opened(store, one.path) as rows:
                    needed |= rows_backups.keys(rows)
        for file in list(place.stored_keys()):
            if file.name not in needed:
                file.unlink()
                backup.sync_folder(file.parent)
        return remove(store, place, doomed)

    backup._remove = careless


def boastful() -> None:
    """Say of a backup or restore that was refused that it is done."""
    from types import SimpleNamespace

    from foiadesk.desk import restoring
    from foiadesk.desk.backups import Backups
    from foiadesk.records.errors import KnownError

    run, restore = Backups.run, restoring.restore

    def careless(self: Backups, *arguments: Any) -> Any:
        try:
            return run(self, *arguments)
        except KnownError:
            return SimpleNamespace(number=4)

    def blind(*arguments: Any) -> Any:
        try:
            return restore(*arguments)
        except KnownError:
            return None

    Backups.run, restoring.restore = careless, blind  # type: ignore[method-assign, assignment]


def rows_first() -> None:
    """Let the restored desk appear before its files."""
    from foiadesk.store import restore

    fill = restore._fill

    def early(backup: Any, places: Any, progress: Any) -> None:
        restore.make_folder(places.attachments)
        restore.make_folder(places.backups)
        restore._copy_rows(backup, places, progress)
        rows, restore._copy_rows = restore._copy_rows, lambda *_arguments: None
        try:
            fill(backup, places, progress)
        finally:
            restore._copy_rows = rows

    restore._fill = early


def upgrade_in_the_open() -> None:
    """Take the steps of an upgrade outside of any transaction."""
    from foiadesk.store.migrate import Migrations

    def open_step(self: Migrations, db: Any, step: Any) -> None:
        step.work(db)
        db.conn.execute("INSERT INTO desk_steps VALUES (?, '')", (step.name,))

    Migrations._take = open_step  # type: ignore[method-assign]


CONTROLS: dict[str, Callable[[], None]] = {
    "": lambda: None,
    "named too early": named_too_early,
    "without fsync": without_fsync,
    "without syncfs": without_syncfs,
    "files before rows": files_before_rows,
    "boastful": boastful,
    "rows first": rows_first,
    "upgrade in the open": upgrade_in_the_open,
}


# ---- the sweep -------------------------------------------------------------------------------------------------


def trial(room: Room, job: dict[str, Any], at: int) -> tuple[tracer.Outcome, list[str]]:
    """Do the work once with one disaster at one disk call, and judge what is left."""
    work, judge = {
        "backup": (room.back_up, room.judge_backup),
        "restore": (room.restore, room.judge_restore),
        "upgrade": (room.upgrade, room.judge_upgrade),
    }[job["work"]]
    room.fresh()

    def broken_or_not(say: Say) -> None:
        CONTROLS[job.get("control", "")]()
        work(say)

    cutting = job["action"] == "cut"
    action = "kill" if cutting else job["action"]
    plan = tracer.Plan(at, action, job["errors"][at % len(job["errors"])] if action == "fail" else 0)
    outcome = tracer.run(broken_or_not, room.world, plan, survivors=cutting)
    if cutting:
        outcome.survivors.rebuild(room.world, random.Random(at) if at % 2 else None)
    problems = [line for line in outcome.said if line.startswith("bug ")]
    problems += apart(lambda: judge(outcome.said)) + ["the run hung"] * outcome.hung
    if action == "fail" and outcome.status:
        problems.append(f"the run ended with status {outcome.status}")
    return outcome, problems


def sweep(room: Room, job: dict[str, Any]) -> dict[str, Any]:
    """Run trials evenly over all disk calls of the work, ``points`` of them, and at each of the last few."""
    whole_run, problems = trial(room, job, 0)
    found = [f"undisturbed: {problem}" for problem in problems] if not job.get("control") else []
    total = len(whole_run.calls)
    tally = Tally(total, found)
    # Random names make a run a few calls longer or shorter than another, so the end is sought beyond the end too.
    chosen = {1 + total * step // job["points"] for step in range(job["points"])} | set(
        range(total - job.get("tail", TAIL), total + 6)
    )
    for at in sorted(chosen, reverse=bool(job.get("control"))):
        try:
            outcome, problems = trial(room, job, at)
        except RuntimeError as error:  # the judge itself met what must not be
            if not job.get("control"):
                raise
            return {**tally.plain(), "problems": [str(error)[-300:]]}
        tally.add(at, outcome, problems)
        if tally.problems and job.get("control"):
            break
    return tally.plain()


def main() -> None:
    """Do the job that standard input names."""
    if (job := begin()) is None:
        return
    import foiadesk.desk.backups
    import foiadesk.desk.filing
    import foiadesk.desk.restoring  # noqa: F401

    room = Room(Path(job["scratch"]))
    if job["work"] == "upgrade":
        apart(lambda: older(room.prepared / "Desk"))
    print(json.dumps(sweep(room, job)))


if __name__ == "__main__":
    main()
