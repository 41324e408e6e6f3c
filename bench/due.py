"""`foiadesk due` as a process on the large desk, beside the same query through bare sqlcipher3."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.measure import ROOT, expect, interleaved, middle, spread, timed
from bench.setting import Setting
from bench.table import Goal, Row

NEVER = ("PySide6", "shiboken6", "reportlab", "jinja2", "pypdfium2", "pikepdf")
LOADED = (
    "import atexit, sys\n"
    f"atexit.register(lambda: print(*sorted(set({NEVER!r}) & set(sys.modules)), file=sys.stderr))\n"
    "from foiadesk.__main__ import main\n"
    "main(sys.argv[1:])\n"
)


def run(setting: Setting) -> list[Row]:
    """Print the whole list both ways, into a file, and compare what is listed."""
    from foiadesk.desk import Desk

    desk = setting.desk()
    with Desk.open(desk.folder, setting.passphrase) as opened:
        opened.deadlines.today()  # the day is counted: what is measured is the command, not a new day
        wanted = len(opened.deadlines.due())
    room = setting.room("due")
    env = setting.env(FOIADESK_PASSPHRASE=setting.passphrase)
    told, bare = room / "ours.txt", room / "bare.txt"
    words = ["--desk", str(desk.folder), "due"]

    def ours() -> float:
        return timed(lambda: _process(["-m", "foiadesk", *words], told, env))

    def floor() -> float:
        command = ["-m", "bench.children.bare_due", str(desk.folder), setting.passphrase]
        return timed(lambda: _process(command, bare, env))

    fast, slow = interleaved(setting.rounds, ours, floor)
    said = told.read_text("utf-8").splitlines()[1:]
    listed = [line for line in said if not line.startswith("Note: ")]  # of rules nobody has verified
    plain = bare.read_text("utf-8").splitlines()
    expect(len(listed) == len(plain) == wanted > 0, f"{len(listed)} lines, {len(plain)} rows, {wanted} due")
    for line, row in zip(listed, plain, strict=True):
        due, _state, _who, _kind, request, title, _office = row.split("\t")
        expect(line.startswith(due) and f" {request} " in line and title in line, f"{line!r} is not {row!r}")
    heavy = _process(["-c", LOADED, *words], room / "again.txt", env).split()
    return [
        Row(
            name="due",
            what=f"command line: foiadesk due, {desk.requests:,} requests, {wanted:,} lines",
            unit="ms",
            ours=middle(fast),
            floor=middle(slow),
            against="bare sqlcipher3, key and the same query",
            goal=Goal("at most", 2.0),
            notes=(f"IMPORTS {', '.join(heavy)}" if heavy else "imports no Qt, no reportlab",),
            details={"ours": spread(fast), "floor": spread(slow), "lines": wanted, "heavy_imports": heavy},
        )
    ]


def _process(arguments: Sequence[str], output: Path, env: dict[str, str]) -> str:
    with output.open("wb") as file:
        done = subprocess.run(
            [sys.executable, *arguments], stdout=file, stderr=subprocess.PIPE, env=env, check=False, cwd=ROOT
        )
    expect(done.returncode == 0, f"{arguments[:3]} ended with {done.returncode}: {done.stderr.decode()[-500:]}")
    return done.stderr.decode()
