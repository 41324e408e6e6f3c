"""A clean process in which desks are killed, starved and cut off, and what is left is judged. Run by the proof tests.

Reads one job as JSON from standard input and prints one JSON answer; pytest's own process is no place to fork from.
"""

import errno
import hashlib
import json
import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tracer
from controls import CANARY, CONTROLS

PASSPHRASE = "correct horse battery staple"
COUNT = 20
SIZES = (0, 1, 37, 700, 4096, 9000, 65_535, 65_536, 130_000, 300_000)

Say = Callable[[str], None]


def content(number: int) -> bytes:
    """Return the bytes of the n-th file, each different, each with the canary when it has room."""
    size = SIZES[number % len(SIZES)]
    word = f"{CANARY} {number} ".encode()
    return (word * (size // len(word) + 1))[:size] + (b"" if size == 0 and number == 0 else f"#{number}".encode())


CONTENTS = [content(number) for number in range(COUNT)]
HASHES = [hashlib.sha256(data).hexdigest() for data in CONTENTS]


def file_all(folder: Path, say: Say, *, count: int = COUNT, acknowledge_early: bool = False) -> None:
    """File the attachments one after another and acknowledge each as soon as the desk has."""
    from foiadesk.desk import Desk
    from foiadesk.desk.shapes import IncomingFile

    with Desk.open(folder, PASSPHRASE) as desk:
        for number in range(count):
            if acknowledge_early:
                say(f"filed {number}")
            desk.filing.file(IncomingFile(f"{CANARY} {number}.bin", CONTENTS[number]), None)
            if not acknowledge_early:
                say(f"filed {number}")


def bring_all(folder: Path, say: Say, *, tries: int = 1) -> None:
    """Bring the attachments in together, some to a batch, and acknowledge each when listeners hear of it.

    A refusal must be a known one, and one of the next tries must bring in what is missing.
    """
    from foiadesk.desk import Change, Desk, intake
    from foiadesk.desk.shapes import IncomingFile
    from foiadesk.records.errors import KnownError

    intake.BATCH = 6
    sources = [IncomingFile(f"{CANARY} {number}.bin", CONTENTS[number]) for number in range(COUNT)]
    for left in reversed(range(tries)):
        try:
            with Desk.open(folder, PASSPHRASE) as desk:

                def heard(change: Change, desk: Desk = desk) -> None:
                    for key in change.ids.get("attachment", ()):
                        say(f"filed {HASHES.index(desk.filing.document(key).sha256)}")

                desk.listen(heard)
                brought = desk.intake.bring(sources)
                if brought.files + brought.there == COUNT:  # also what a failed try had left behind, and was recovered
                    for number in range(COUNT):
                        say(f"filed {number}")
                return
        except KnownError as error:
            say(f"refused bring: {type(error).__name__}: {error.what}")
            if not left:
                raise


def file_stubbornly(folder: Path, say: Say, count: int) -> None:
    """File attachments while one disk call fails: each refusal must be a known one, and the next try must work."""
    from foiadesk.desk import Desk
    from foiadesk.desk.shapes import IncomingFile
    from foiadesk.records.errors import KnownError

    def insist(what: str, act: Callable[[], Any]) -> Any:
        for _ in range(2):
            try:
                return act()
            except KnownError as error:
                say(f"refused {what}: {type(error).__name__}: {error}")
                if CANARY in str(error):
                    say(f"bug {what}: the sentence repeats content")
        raise RuntimeError(f"{what} was refused twice")

    desk = insist("opening", lambda: Desk.open(folder, PASSPHRASE))
    for number in range(count):
        name = IncomingFile(f"{CANARY} {number}.bin", CONTENTS[number])
        insist(f"file {number}", lambda name=name: desk.filing.file(name, None))
        say(f"filed {number}")
    insist("closing", desk.close)


def apart(work: Callable[[], Any]) -> Any:
    """Do something in a forked child and return its answer.

    This process never opens a desk itself: a thread that is still ending while it forks could leave a lock of the
    cryptographic library held for ever in the child.
    """
    hear, speak = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(hear)
        try:
            signal.alarm(tracer.PATIENCE_SECONDS)
            answer = {"answer": work()}
        except BaseException:
            answer = {"failure": traceback.format_exc()}
        with os.fdopen(speak, "w") as pipe:
            json.dump(answer, pipe)
        os._exit(0)
    os.close(speak)
    with os.fdopen(hear) as pipe:
        text = pipe.read()
    status = os.waitpid(child, 0)[1]
    answer = json.loads(text) if text else {"failure": f"it hung or died: status {status}"}
    if "failure" in answer:
        raise RuntimeError(answer["failure"])
    return answer["answer"]


def judge(folder: Path, outcome: tracer.Outcome) -> list[str]:
    """Return everything that is not as promised in what a run left; empty when all is well."""
    problems: list[str] = apart(lambda: look_into(folder, outcome.said))
    if outcome.hung:
        problems.append("the run hung")
    return problems


def look_into(folder: Path, said: list[str]) -> list[str]:
    """Reopen what is left and return everything that is not as promised; empty when all is well."""
    from foiadesk.desk import Desk
    from foiadesk.desk.shapes import IncomingFile

    problems = [line for line in said if line.startswith("bug ")]
    problems += [f"the canary is readable in {path}" for path in readable(folder)]
    try:
        desk = Desk.open(folder, PASSPHRASE)
    except Exception as error:
        return [*problems, f"does not open: {type(error).__name__}: {error}"]
    try:
        problems += desk.store.check()
        problems += desk.safety.check()
        documents = desk.filing.documents()
        for line in said:
            word, _, number = line.partition(" ")
            if word == "filed" and HASHES[int(number)] not in {document.sha256 for document in documents}:
                problems.append(f"acknowledged and lost: file {number}")
        for document in documents:
            data = desk.filing.read(document.id)
            if hashlib.sha256(data).hexdigest() != document.sha256 or document.sha256 not in HASHES:
                problems.append(f"stored file {document.id} has other bytes")
        problems += [f"left behind: {path.name}" for path in folder.rglob("*.part")]
        desk.filing.file(IncomingFile("next.bin", b"the desk goes on"), None)
    except Exception as error:
        problems.append(f"{type(error).__name__}: {error}")
    finally:
        desk.close()
    if (folder / "desk.db-wal").exists():
        problems.append("the journal was not emptied")
    return problems


def readable(folder: Path) -> Iterator[str]:
    """Yield every file in which, or in whose name, the canary can be read."""
    for path in folder.rglob("*"):
        if CANARY in path.name or (path.is_file() and CANARY.encode() in path.read_bytes()):
            yield path.name


# ---- the jobs ------------------------------------------------------------------------------------------------------


class Bench:
    """A prepared desk, copied afresh for every trial."""

    def __init__(self, scratch: Path) -> None:
        self.prepared = scratch / "prepared"
        self.folder = scratch / "Desk"
        apart(lambda: make(self.prepared))

    def fresh(self) -> Path:
        """Return a new copy of the prepared desk, always at the same place."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.prepared, self.folder)
        return self.folder


def trial(bench: Bench, job: dict[str, Any], at: int) -> tuple[tracer.Outcome, list[str]]:
    """Do one filing run with one disaster at one disk call, and judge what is left."""
    folder = bench.fresh()
    control = job.get("control", "")

    def work(say: Say) -> None:
        CONTROLS[control]()
        if job.get("bring"):
            bring_all(folder, say, tries=3 if job["action"] == "fail" else 1)
        elif job["action"] == "fail":
            file_stubbornly(folder, say, job["count"])
        else:
            file_all(folder, say, acknowledge_early=control == "acknowledge early")

    action = "kill" if job["action"] in ("cut", "cut by chance") else job["action"]
    plan = tracer.Plan(at, action, job["errors"][at % len(job["errors"])] if action == "fail" else 0)
    cutting = job["action"] != action
    outcome = tracer.run(work, folder, plan, survivors=cutting, reads=job.get("reads", False))
    if cutting:
        outcome.survivors.rebuild(folder, random.Random(at) if job["action"] == "cut by chance" else None)
    problems = judge(folder, outcome)
    wanted = range(COUNT) if job.get("bring") else [job.get("count", 1) - 1]
    if action == "fail" and not {f"filed {number}" for number in wanted} <= set(outcome.said):
        problems.append(f"the run did not go on to its end: {outcome.said[-1:]}")
    if action == "fail" and outcome.status:
        problems.append(f"the run ended with status {outcome.status}")
    return outcome, problems


@dataclass
class Tally:
    """What the trials of a sweep met: calls of the whole run, calls struck by name, refusals by kind, problems."""

    calls: int
    problems: list[str]
    struck: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    def add(self, at: int, outcome: tracer.Outcome, problems: list[str]) -> None:
        """Add the trial whose disaster was to come at a call."""
        if outcome.struck is not None:
            self.struck[outcome.struck.name] += 1
        self.refused.update(line.split(": ")[1] for line in outcome.said if line.startswith("refused "))
        self.problems += [f"call {at} ({outcome.struck}): {problem}" for problem in problems]

    def plain(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {  # asdict would make of each count a count of pairs
            "calls": self.calls, "done": self.struck.total(), "problems": self.problems[:20],
            "struck": dict(self.struck), "refused": dict(self.refused),
        }  # fmt: skip


def begin() -> dict[str, Any] | None:
    """Read the job from standard input and load what every trial needs; None when it only asked for the refusal."""
    job: dict[str, Any] = json.load(sys.stdin)
    if job["do"] == "refusal":
        print(json.dumps(tracer.refusal()))
        return None
    job["errors"] = [getattr(errno, name) for name in job.get("errors", [])]
    os.umask(0o077)
    from foiadesk.store.connection import load_engine

    load_engine()  # before forking, so that no trial pays for it
    import pyrage  # noqa: F401

    return job


def sweep(bench: Bench, job: dict[str, Any]) -> dict[str, Any]:
    """Run trials at each of the first ``dense`` calls and of the last ``tail``, and evenly between to ``points``."""
    whole, problems = trial(bench, job, 0)
    total = len(whole.calls)
    found = [f"undisturbed: {problem}" for problem in problems] if not job.get("control") else []
    dense = list(range(1, min(job.get("dense", 0), total) + 1))
    # Random names make a run a few calls longer or shorter than another, so the end is sought beyond the end too.
    tail = list(range(total - job["tail"] + 1, total + 12)) if "tail" in job else []
    spread = max(job["points"] - len(dense) - len(tail), 1)
    rest = [len(dense) + 1 + (total - len(dense)) * step // spread for step in range(spread)] + tail
    tally = Tally(total, found)
    for at in sorted({*dense, *rest}):
        tally.add(at, *trial(bench, job, at))
        if tally.problems and job.get("control"):
            break
    return tally.plain()


def random_kills(bench: Bench, job: dict[str, Any]) -> dict[str, Any]:
    """Kill untraced runs after random times."""
    chance = random.Random(job["seed"])
    found: list[str] = []
    done = 0
    longest = 1.0
    for _ in range(job["points"]):
        folder = bench.fresh()
        hear, speak = os.pipe()
        begun = time.monotonic()
        child = os.fork()
        if child == 0:
            os.close(hear)
            try:
                file_all(folder, lambda line, pipe=speak: os.write(pipe, f"{line}\n".encode()) and None)
            finally:
                os._exit(0)
        os.close(speak)
        until = begun + chance.random() * longest
        ended = False
        while not ended and time.monotonic() < until:
            time.sleep(0.002)
            ended = os.waitpid(child, os.WNOHANG)[0] == child
        if ended:
            longest = (time.monotonic() - begun) * 0.9
        else:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            done += 1
        with os.fdopen(hear, "rb") as pipe:
            said = pipe.read().decode().split("\n")[:-1]
        found += apart(lambda folder=folder, said=said: look_into(folder, said))
    return {"done": done, "problems": found}


def make(folder: Path) -> None:
    """Make an empty desk and close it."""
    from foiadesk.desk import Desk

    Desk.create(folder, PASSPHRASE).close()


def make_again(folder: Path, said: list[str]) -> list[str]:
    """Judge an interrupted creation: it left a desk, or none and one can be made in its place."""
    from foiadesk.desk import Desk
    from foiadesk.records.errors import NotADesk

    problems = []
    try:
        Desk.open(folder, PASSPHRASE).close()
    except NotADesk:
        if "made" in said:
            problems.append("acknowledged and no desk")
        make(folder)
    return problems + look_into(folder, [line for line in said if line.startswith("bug ")])


def creation(bench: Bench, job: dict[str, Any]) -> dict[str, Any]:
    """Kill or starve the making of a desk: what is left is a desk or none, and none can be made again."""
    from foiadesk.records.errors import KnownError

    folder = bench.folder

    def try_to_make(say: Say) -> None:
        try:
            make(folder)
            say("made")
        except KnownError as error:
            say(f"refused {type(error).__name__}")

    def once(at: int) -> tuple[tracer.Outcome, list[str]]:
        shutil.rmtree(folder, ignore_errors=True)
        plan = tracer.Plan(at, job["action"], job["errors"][at % len(job["errors"])] if job["action"] == "fail" else 0)
        outcome = tracer.run(try_to_make, folder, plan)
        return outcome, apart(lambda: make_again(folder, outcome.said)) + ["the run hung"] * outcome.hung

    total = len(once(0)[0].calls)
    found: list[str] = []
    done = 0
    for step in range(job["points"]):
        at = 1 + total * step // job["points"]
        outcome, problems = once(at)
        done += outcome.struck is not None
        found += [f"call {at} ({outcome.struck}): {problem}" for problem in problems]
    return {"calls": total, "done": done, "problems": found[:20]}


JOBS = {"sweep": sweep, "random": random_kills, "creation": creation}


def main() -> None:
    """Do the job that standard input names."""
    if (job := begin()) is None:
        return
    import foiadesk.desk.filing  # noqa: F401

    answer = JOBS[job["do"]](Bench(Path(job["scratch"])), job)
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
