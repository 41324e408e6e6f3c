"""Filing many files through the desk: hashed, encrypted, durable, rowed; beside a program that only stores them.

Once as a person who drops a folder does, once one file after the other, each acknowledged before the next.
"""

import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from bench.big_desk import build
from bench.filing_floor import prepare
from bench.measure import expect, interleaved, middle, percentile, spread, timed
from bench.moment import now_ms
from bench.setting import Setting
from bench.table import Goal, Row

if TYPE_CHECKING:
    from foiadesk.desk import Desk

GOAL, FELT = Goal("at most", 1.1), Goal("at most", 100, of="ours")
MOST_ROUNDS = 3  # each writes everything twice


def run(setting: Setting) -> list[Row]:
    """File the same files on a fresh desk each time."""
    room = setting.room("filing")
    files = _make(room / "files", setting.many_files, int(setting.many_megabytes * 1_000_000))
    some = _make(room / "some", setting.files, int(setting.megabytes * 1_000_000))
    sums = {file: sha256(file.read_bytes()).hexdigest() for file in (*files, *some)}
    floor_program = prepare(room)
    each: list[float] = []
    memory: list[float] = []
    memory_together: list[float] = []
    bare_each: list[float] = []
    hashed_by: list[str] = []
    build(room / "empty", 1, setting.today)

    def one_by_one(desk: "Desk", request: int) -> None:
        last = now_ms()
        for file in some:
            desk.filing.file(file, request)
            now = now_ms()
            each.append(now - last)
            last = now

    def together(desk: "Desk", request: int) -> None:
        desk.intake.bring([room / "files"], request)

    def ours(way: Callable[["Desk", int], None], files: list[Path], grew: list[float]) -> float:
        folder = room / "desk"
        shutil.copytree(room / "empty", folder)
        before = _resident_mb()
        from foiadesk.desk import Desk

        with Desk.open(folder, setting.passphrase) as desk:
            request = int(desk.requests.ids()[0])
            took = timed(lambda: way(desk, request))
            found = sorted(one.sha256 for one in desk.filing.documents(request))
            filed = sorted(sums[file] for file in files)
            expect(found == filed, f"{len(found)} files on the desk are not the {len(filed)} filed")
            sample = desk.filing.documents(request)[0]
            expect(sha256(desk.filing.read(sample.id)).hexdigest() == sample.sha256, "a stored file reads back changed")
        grew.append(_resident_mb() - before)
        stored = [path for path in (folder / "attachments").rglob("*") if path.is_file()]
        expect(len(stored) == len(files), f"{len(stored)} files in the vault instead of {len(files)}")
        shutil.rmtree(folder)
        return took

    def floor(files: list[Path]) -> float:
        bare = room / "bare"
        bare.mkdir()
        took, found, whose = floor_program.run(files, bare)
        expect(found == [sums[file] for file in files], "the floor's hashes are wrong")
        bare_each.extend(took)
        hashed_by[:] = [whose]
        shutil.rmtree(bare)
        return sum(took)

    rounds = min(setting.rounds, MOST_ROUNDS)
    many, bare_many = interleaved(rounds, lambda: ours(together, files, memory_together), lambda: floor(files))
    bare_each.clear()
    fast, bare = interleaved(rounds, lambda: ours(one_by_one, some, memory), lambda: floor(some))
    total, some_mb = (sum(file.stat().st_size for file in all_of) / 1e6 for all_of in (files, some))
    return [
        Row(
            name="filing",
            what=f"filing {len(files):,} files, {total:,.0f} MB, together: hashed, encrypted, durable, rowed",
            unit="ms",
            ours=middle(many),
            floor=middle(bare_many),
            against=floor_program.words(),
            goal=GOAL,
            notes=(
                f"{total / middle(many) * 1000:.0f} MB/s; memory grew by {max(memory_together):.0f} MB; "
                f"the floor's SHA-256: {hashed_by[0]}",
            ),
            details={
                "ours": spread(many), "floor": spread(bare_many), "memory_grew_mb": max(memory_together),
                "megabytes": total,
            },
        ),
        Row(
            name="filing_each",
            what=f"filing one file and saying so, 99 of 100 of {len(some):,}, {some_mb:,.0f} MB",
            unit="ms",
            ours=percentile(each, 99),
            floor=percentile(bare_each, 99),
            against=floor_program.words(),
            goal=FELT,
            felt=True,
            notes=(
                f"half within {percentile(each, 50):.1f} ms (floor {percentile(bare_each, 50):.1f} ms); one after the "
                f"other {some_mb / middle(fast) * 1000:.0f} MB/s in {middle(fast) / middle(bare):.2f} of the floor's "
                f"time; memory grew by {max(memory):.0f} MB",
            ),
            details={"ours": spread(fast), "floor": spread(bare), "memory_grew_mb": max(memory), "megabytes": some_mb},
        )
    ]  # fmt: skip


def _make(folder: Path, count: int, size: int) -> list[Path]:
    """Write files of unlike sizes that add up to about ``size`` bytes, and no two alike."""
    folder.mkdir()
    random = Random(7)
    weights = [random.lognormvariate(0, 1) for _ in range(count)]
    made = []
    for number, weight in enumerate(weights):
        path = folder / f"scan-{number:05d}.pdf"
        path.write_bytes(b"%PDF-1.7\n" + random.randbytes(max(64, int(size * weight / sum(weights)))))
        made.append(path)
    return made


def _resident_mb() -> float:
    """Return the memory this process holds; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return 0.0
    return pages * 4096 / (1 << 20)
