"""From starting the process to the painted unlock page, beside a bare window; offscreen and on a real X display."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from bench.measure import child, expect, interleaved, middle, spread
from bench.setting import Setting
from bench.table import Goal, Row

GOAL = Goal("at most", 1.3)


def run(setting: Setting) -> list[Row]:
    """Measure on the offscreen platform, and under Xvfb where it is installed."""
    from foiadesk.desk import Desk

    folder = setting.room("start") / "desk"
    Desk.create(folder, setting.passphrase).close()
    rows = [_row(setting, folder.as_posix(), "offscreen", setting.env())]
    if shutil.which("Xvfb"):
        with display() as name:
            env = setting.env(QT_QPA_PLATFORM="xcb", DISPLAY=name)
            rows.append(_row(setting, folder.as_posix(), "Xvfb", env))
    else:
        setting.say("Xvfb is not installed: start is measured offscreen only")
    return rows


def _row(setting: Setting, folder: str, where: str, env: dict[str, str]) -> Row:
    loaded: set[str] = set()

    def ours() -> float:
        found = child("bench.children.unlock_page", [folder], env)
        expect(found["title"] == "Unlock your desk", f"the page painted is not the unlock page: {found['title']!r}")
        expect(found["where"] == folder, "the unlock page is not of the desk asked for")
        loaded.update(found["loaded"])
        return float(found["ms"])

    def floor() -> float:
        found = child("bench.children.bare_window", [], env)
        expect(found["text"] == "FOIADesk", "the bare window did not paint its label")
        return float(found["ms"])

    fast, bare = interleaved(setting.rounds, ours, floor)
    notes = (f"loaded before the page: {', '.join(sorted(loaded))}",) if loaded else ()
    return Row(
        name=f"start_{where.lower()}",
        what=f"process start -> unlock page painted, {where}",
        unit="ms",
        ours=middle(fast),
        floor=middle(bare),
        against="bare PySide6 window with a label",
        goal=GOAL,
        notes=notes,
        details={"ours": spread(fast), "floor": spread(bare)},
    )


@contextmanager
def display() -> Iterator[str]:
    """Run an X server without a screen that listens on its Unix socket only; yield its name."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    server = subprocess.Popen(
        command, pass_fds=(writer,), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(writer)
    try:
        with os.fdopen(reader) as told:
            number = told.readline().strip()
        expect(number.isdigit(), "Xvfb did not start")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()
