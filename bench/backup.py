"""Full backups while somebody writes; beside a plain copy of the same bytes that is hashed afterwards.

The first backup of a file decrypts it once, to prove that the right content is inside; later ones, to any place, know
its encrypted bytes again.
"""

import os
import shutil
import subprocess
import threading
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from bench.big_desk import build
from bench.measure import expect, interleaved, middle, spread, timed
from bench.moment import now_ms
from bench.setting import Setting
from bench.table import Goal, Row

if TYPE_CHECKING:
    from foiadesk.desk import Desk

GOAL = Goal("at most", 2.0)
MOST_ROUNDS = 3  # each writes everything twice
CHUNK = 1 << 20
PAUSE = 0.02  # seconds between two changes by the writer: fifty a second, more than any person makes


def run(setting: Setting) -> list[Row]:
    """Back up a desk of the filing benchmark's size, each time to a new place, without what an earlier backup knew."""
    from foiadesk.desk import Desk, IncomingFile

    room = setting.room("backup")
    folder = room / "desk"
    build(folder, max(setting.requests // 100, 10), setting.today)
    random = Random(7)
    size = max(64, int(setting.megabytes * 1_000_000 / setting.files))
    number = 0
    durable: list[float] = []
    known: list[float] = []
    changes: list[int] = []
    with Desk.open(folder, setting.passphrase) as desk:
        for at in range(setting.files):
            desk.filing.file(IncomingFile(f"scan-{at}.pdf", random.randbytes(size)), None)

        def place() -> int:
            nonlocal number
            number += 1
            return desk.backups.add(room / f"place-{number}", "hand").primary

        def once(key: int) -> float:
            start = now_ms()
            made = desk.backups.run(key)
            took = now_ms() - start
            expect(made.files == setting.files == made.copied, f"{made.copied} files backed up of {setting.files}")
            shutil.rmtree(made.folder)
            return took

        def ours() -> float:
            desk.store.write(lambda db: db.execute("DELETE FROM vault_prints"))
            with _Writer(desk) as writer:
                took = once(place())
                known.append(once(place()))
            changes.append(writer.changes)
            return took

        def floor() -> float:
            target = room / "copy"
            took = timed(lambda: _copied_and_hashed(folder, target))
            durable.append(took + timed(lambda: _synced(target)))
            shutil.rmtree(target)
            return took

        fast, bare = interleaved(min(setting.rounds, MOST_ROUNDS), ours, floor)
        expect(desk.safety.verify().faults == (), "the desk does not verify after its backups")
    total = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    durable_floor = f"the floor made durable: {middle(durable):,.0f} ms"

    def row(name: str, what: str, took: list[float], note: str) -> Row:
        return Row(
            name=name,
            what=f"{what}, {setting.files:,} files, {total:,.0f} MB, while somebody writes",
            unit="ms",
            ours=middle(took),
            floor=middle(bare),
            against="cp of the same bytes, then hashed; nothing made durable",
            goal=GOAL,
            notes=(f"{total / middle(took) * 1000:.0f} MB/s {note}",),
            details={"ours": spread(took), "floor": spread(bare), "durable_floor_ms": middle(durable),
                     "megabytes": total},
        )  # fmt: skip

    return [
        row("backup", "full backup to a new place", known, f"copied, fsynced and read back; {durable_floor}"),
        row(
            "backup_first",
            "a desk’s first backup",
            fast,
            f"decrypted, copied, fsynced and read back, beside {middle(changes):.0f} changes in both",
        ),
    ]


class _Writer:
    """Changes the desk the whole time."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._write)
        self.changes = 0

    def __enter__(self) -> "_Writer":
        self._thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self._stop.set()
        self._thread.join()

    def _write(self) -> None:
        while not self._stop.wait(PAUSE):
            self._desk.settings.put_layout("bench", f"layout {self.changes}")
            self.changes += 1


def _copied_and_hashed(folder: Path, target: Path) -> None:
    subprocess.run(["cp", "-r", str(folder), str(target)], check=True)
    for path in target.rglob("*"):
        if path.is_file():
            digest = sha256()
            with path.open("rb") as file:
                while chunk := file.read(CHUNK):
                    digest.update(chunk)


def _synced(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
