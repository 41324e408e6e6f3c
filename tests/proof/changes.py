"""A clean process in which purging, rekeying, renewing and upgrading meet disasters, and what is left is judged.

Works as workshop.py does: one job as JSON on standard input, one JSON answer.
"""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import tracer
from controls import CANARY
from workshop import PASSPHRASE, Say, apart, begin

NEW = "quite another battery of staples"
KEPT = {f"kept {number}.bin": bytes([number]) * (3_000 * number) for number in range(1, 5)}
DOOMED = {f"{CANARY} {number}.bin": f"{CANARY} {number} ".encode() * 2_000 * number for number in range(1, 3)}


def hashes(files: dict[str, bytes]) -> set[str]:
    """Return the hashes of these contents."""
    return {hashlib.sha256(data).hexdigest() for data in files.values()}


def open_desk(folder: Path, passphrase: str = PASSPHRASE) -> Any:
    """Open the desk for writing."""
    from foiadesk.desk import Desk

    return Desk.open(folder, passphrase)


def prepare(folder: Path) -> None:
    """Make a desk with two requests, files on both, and the second in the trash."""
    from foiadesk.desk import Desk, IncomingFile, RequestPlan

    with Desk.create(folder, PASSPHRASE) as desk:
        kept = desk.requests.create(RequestPlan("Kept", ("All.",), ("DHS/ICE",), ())).primary
        doomed = desk.requests.create(RequestPlan(CANARY, (f"All {CANARY}.",), ("DHS/CBP",), ())).primary
        for number, files in ((kept, KEPT), (doomed, DOOMED)):
            for name, data in files.items():
                desk.filing.file(IncomingFile(name, data), number)
        desk.requests.add_event(doomed, {"kind": "note", "date": "2026-01-05", "note": f"about {CANARY}"})
        desk.requests.trash(doomed)


def whole(desk: Any, wanted: set[str]) -> list[str]:
    """Return what is wrong with the files of a desk: each must be there, right, and nothing else."""
    found = set()
    for key, sha256 in _stored(desk):
        if hashlib.sha256(desk.store.vault.read(key)).hexdigest() != sha256:
            return [f"stored file {key} has other bytes"]
        found.add(sha256)
    return [] if found == wanted else [f"{len(wanted - found)} contents are lost, {len(found - wanted)} are strange"]


def _stored(desk: Any) -> list[tuple[str, str]]:
    with desk.read() as db:
        return db.execute("SELECT vault_key, sha256 FROM contents").fetchall()


def go_on(desk: Any) -> list[str]:
    """Check the desk and do one more thing with it; return what is wrong."""
    from foiadesk.desk import IncomingFile

    problems = desk.safety.check()
    desk.filing.file(IncomingFile("next.bin", b"the desk goes on"), None)
    return problems


# ---- purge ---------------------------------------------------------------------------------------------------------


def purge(folder: Path, say: Say) -> None:
    """Purge what lies in the trash."""
    with insist("opening", say, lambda: open_desk(folder)) as desk:
        insist("purge", say, lambda: [desk.trash.purge([("request", 2)]) for _ in desk.trash.list()])
        say("done")


def judge_purge(folder: Path, said: list[str]) -> list[str]:
    """It is still in the trash with all its files, or there is nothing of it anywhere."""
    from tests.raw_pages import holding

    desk = open_desk(folder)
    try:
        lying = bool(desk.trash.list())
        if lying and "done" in said:
            return ["purged, and there again"]
        problems = whole(desk, hashes(KEPT) | (hashes(DOOMED) if lying else set()))
        if not lying and len(list(desk.store.vault.keys())) != len(KEPT):
            problems.append("a purged file is still on the disk")
        problems += go_on(desk)
    finally:
        desk.close()
    if not lying and (left := holding(folder / "desk.db", PASSPHRASE, CANARY)):
        problems.append(f"the canary is still on {len(left)} pages")
    return problems


# ---- passphrase ----------------------------------------------------------------------------------------------------


def passphrase(folder: Path, say: Say) -> None:
    """Give the desk another passphrase."""
    with insist("opening", say, lambda: open_desk(folder)) as desk:
        insist("passphrase", say, lambda: desk.safety.change_passphrase(PASSPHRASE, NEW))
        say("done")
        desk.filing.documents()


def judge_passphrase(folder: Path, said: list[str]) -> list[str]:
    """Exactly one of the two opens the desk, and says so when it can."""
    from foiadesk.records.errors import WrongPassphrase

    under_way = (folder / "passphrase.changing").exists()
    opening, told = [], []
    for words in (PASSPHRASE, NEW):
        try:
            desk = open_desk(folder, words)
        except WrongPassphrase as error:
            if under_way and not opening and "exactly one of the two" not in str(error):
                told.append("the refusal does not say that the other passphrase opens it")
            continue
        opening.append(words)
        try:
            told += whole(desk, hashes(KEPT) | hashes(DOOMED)) + go_on(desk)
            if under_way and not any("passphrase" in line for line in desk.opening):
                told.append("the opening does not say which passphrase it is")
        finally:
            desk.close()
    if len(opening) != 1:
        return [*told, f"{len(opening)} passphrases open the desk"]
    if "done" in said and opening != [NEW]:
        told.append("acknowledged, and the old passphrase opens it")
    return told


# ---- renewal -------------------------------------------------------------------------------------------------------


def renewal(folder: Path, say: Say) -> None:
    """Renew the key of the attachments."""
    with insist("opening", say, lambda: open_desk(folder)) as desk:
        insist("renewal", say, lambda: desk.safety.renew_attachments())
        say("done")


def judge_renewal(folder: Path, said: list[str]) -> list[str]:
    """Every content is there; going on completes it, and then one key opens all."""
    desk = open_desk(folder)
    try:
        if "done" in said and desk.safety.renewal_under_way():
            return ["acknowledged, and not complete"]
        problems = whole(desk, hashes(KEPT) | hashes(DOOMED)) + go_on(desk)
        if not desk.safety.renew_attachments().complete or desk.safety.renewal_under_way():
            problems.append("it does not go on to its end")
        more = {"next.bin": b"the desk goes on"}
        return problems + whole(desk, hashes(KEPT) | hashes(DOOMED) | hashes(more)) + desk.safety.check()
    finally:
        desk.close()


# ---- migration -----------------------------------------------------------------------------------------------------


def _one_more_step() -> None:
    from foiadesk.store.schema import desk_migrations

    if desk_migrations.steps[-1].name != "9999 proof":

        @desk_migrations.step("9999 proof")
        def _more(db: Any) -> None:
            db.execute("CREATE TABLE proof (id INTEGER PRIMARY KEY, name TEXT NOT NULL)")
            db.execute("INSERT INTO proof (name) SELECT name FROM attachments")
            db.execute("UPDATE attachments SET origin = 'upgraded'")


def migration(folder: Path, say: Say) -> None:
    """Open the desk with a program that knows one step more."""
    _one_more_step()
    insist("upgrade", say, lambda: open_desk(folder).close())
    say("done")


def judge_migration(folder: Path, said: list[str]) -> list[str]:
    """All of the step was taken or none; the next opening completes it; each copy before it is whole."""
    from foiadesk.store.connection import connect

    problems = []
    probe = connect(folder / "desk.db", PASSPHRASE, "write")
    try:
        taken = probe.execute("SELECT count(*) FROM desk_steps WHERE name = '9999 proof'").fetchone()[0]
        there = probe.execute("SELECT count(*) FROM sqlite_master WHERE name = 'proof'").fetchone()[0]
        moved = probe.execute("SELECT count(*) FROM attachments WHERE origin = 'upgraded'").fetchone()[0]
    finally:
        probe.conn.close()
    if (taken, there, moved) not in ((0, 0, 0), (1, 1, len(KEPT) + len(DOOMED))):
        problems.append(f"half of a step was taken: {taken, there, moved}")
    if "done" in said and not taken:
        problems.append("acknowledged, and not upgraded")
    for copy in (folder / "backups").glob("*.db"):
        connect(copy, PASSPHRASE, "read").conn.close()
    _one_more_step()
    desk = open_desk(folder)
    try:
        return problems + whole(desk, hashes(KEPT) | hashes(DOOMED)) + go_on(desk)
    finally:
        desk.close()


# ---- broken controls: each a mistake that must be caught -------------------------------------------------------------


def files_first() -> None:
    """Remove the files of what is purged before its rows are gone for certain."""
    from foiadesk.desk import purge as of_desk
    from foiadesk.store import purge as rows_purge

    remove = rows_purge.remove
    doing: list[Any] = []
    of_purge = of_desk.purge

    def early(db: Any, things: Any) -> Any:
        removed = remove(db, things)
        for key in removed.files:
            doing[0].store.vault.forget(key)
        return removed

    def watched(desk: Any, *more: Any) -> Any:
        doing[:] = [desk]
        return of_purge(desk, *more)

    rows_purge.remove, of_desk.purge = early, watched


def unmarked() -> None:
    """Purge without noting that pages and files are still to be removed."""
    from foiadesk.store import purge as rows_purge

    rows_purge.put_state = lambda *_more: None  # type: ignore[assignment]


def rekey_in_place() -> None:
    """Write the pages under the new key over those under the old one."""
    from foiadesk.store import rekey

    alone = rekey._alone

    def careless(db: Any) -> None:
        alone(db)
        db.conn.execute("PRAGMA locking_mode = NORMAL")
        db.conn.execute("PRAGMA journal_mode = DELETE").fetchall()
        db.conn.execute("PRAGMA journal_mode = OFF").fetchall()

    rekey._alone = careless


def old_file_first() -> None:
    """Forget the file under the old key before a row names the one under the new key."""
    from foiadesk.store import Vault

    renew = Vault.renew

    def careless(self: Any, key: str, sha256: str) -> Any:
        fresh = renew(self, key, sha256)
        self.forget(key)
        return fresh

    Vault.renew = careless  # type: ignore[method-assign]


def step_by_step() -> None:
    """Take a step of the schema without a transaction round it."""
    from foiadesk.store.migrate import Migrations

    def careless(self: Any, db: Any, step: Any) -> None:
        step.work(db)
        db.execute("INSERT INTO desk_steps VALUES (?, '')", (step.name,))

    Migrations._take = careless  # type: ignore[method-assign]


CONTROLS: dict[str, Callable[[], None]] = {
    "": lambda: None,
    "files first": files_first,
    "unmarked": unmarked,
    "rekey in place": rekey_in_place,
    "old file first": old_file_first,
    "step by step": step_by_step,
}
WORKS = {
    "purge": (purge, judge_purge),
    "passphrase": (passphrase, judge_passphrase),
    "renewal": (renewal, judge_renewal),
    "migration": (migration, judge_migration),
}


def insist(what: str, say: Say, act: Callable[[], Any]) -> Any:
    """Do something while one disk call may fail: a refusal must be a known one, and the next try must work."""
    from foiadesk.records.errors import KnownError

    for _ in range(2):
        try:
            return act()
        except KnownError as error:
            say(f"refused {what}: {type(error).__name__}: {error}")
            if CANARY in str(error) or not error.what:
                say(f"bug {what}: the sentence repeats content, or says nothing")
    raise RuntimeError(f"{what} was refused twice")


def sweep(job: dict[str, Any]) -> dict[str, Any]:
    """Do the work with one disaster at each of some disk calls, evenly spread, and judge what is left of each."""
    scratch = Path(job["scratch"])
    prepared, folder = scratch / "prepared", scratch / "Desk"
    apart(lambda: prepare(prepared))
    work, judge = WORKS[job["work"]]

    def once(at: int) -> tuple[tracer.Outcome, list[str]]:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(prepared, folder)

        def struck(say: Say) -> None:
            CONTROLS[job.get("control", "")]()
            work(folder, say)

        error = job["errors"][at % len(job["errors"])] if job["action"] == "fail" else 0
        outcome = tracer.run(struck, folder, tracer.Plan(at, job["action"], error))
        problems = [line for line in outcome.said if line.startswith("bug ")] + ["the run hung"] * outcome.hung
        if job["action"] == "fail" and "done" not in outcome.said:
            problems.append(f"the run did not go on to its end: {outcome.said[-1:]}")
        try:
            problems += apart(lambda: judge(folder, outcome.said))
        except RuntimeError as error:
            problems.append(f"it could not be judged: {str(error)[-600:]}")
        return outcome, problems

    clean, problems = once(0)
    found = [f"undisturbed: {problem}" for problem in problems] if not job.get("control") else []
    total, done, refused = len(clean.calls), 0, 0
    begin = next((call.number for call in clean.calls if job.get("from", "") in call.path), 1)
    for step in range(job["points"]):
        at = begin + (total - begin + 1) * step // job["points"]
        outcome, problems = once(at)
        done += outcome.struck is not None
        refused += any(line.startswith("refused ") for line in outcome.said)
        found += [f"call {at} ({outcome.struck}): {problem}" for problem in problems]
        if found and job.get("control"):
            break
    return {"calls": total, "done": done, "refused": refused, "problems": found[:20]}


def main() -> None:
    """Do the job that standard input names."""
    if (job := begin()) is None:
        return
    import foiadesk.desk.filing  # noqa: F401

    print(json.dumps(sweep(job)))


if __name__ == "__main__":
    main()
