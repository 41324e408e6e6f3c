"""From the accepted passphrase to the painted Today on the large desk, beside SQLCipher's own key; and memory."""

from typing import Any

from bench.measure import child, expect, interleaved, middle, spread
from bench.setting import Setting
from bench.table import Goal, Row

TIME, MEMORY = Goal("at most", 2.5), Goal("at most", 2.0)


def run(setting: Setting) -> list[Row]:
    """Measure the first opening as a person meets it: page painted, passphrase typed, Return."""
    desk = setting.desk()
    folder, env = desk.folder.as_posix(), setting.env()
    weighed: list[dict[str, Any]] = []

    def ours() -> float:
        found = child("bench.children.unlocking", [folder, setting.passphrase], env)
        expect(found["needs"] > 0 and bool(found["row"]), "Today shows nothing that needs the person")
        expect(desk.sent == 0 or found["owed"] > 0, "Today shows nothing that agencies owe")
        expect(found["workers"] == 1, f"{found['workers']} workers instead of one")
        weighed.append(found)
        return float(found["ms"])

    def floor() -> float:
        found = child("bench.children.bare_key", [folder, setting.passphrase], env)
        expect(bool(found["row"]), "no row was read after the key")
        return float(found["ms"])

    fast, bare = interleaved(setting.rounds, ours, floor)
    time = Row(
        name="unlock",
        what=f"passphrase accepted -> Today painted, {desk.requests:,} requests",
        unit="ms",
        ours=middle(fast),
        floor=middle(bare),
        against="SQLCipher key derivation and one row",
        goal=TIME,
        details={"ours": spread(fast), "floor": spread(bare)},
    )
    return [time, *_memory(setting, weighed, env)]


def _memory(setting: Setting, weighed: list[dict[str, Any]], env: dict[str, str]) -> list[Row]:
    bare = [found["pss_mb"] for found in (child("bench.children.bare_window", [], env) for _ in range(3))]
    known = [found for found in weighed if found["window_beside_worker_mb"] and found["worker_mb"] is not None]
    if not known or None in bare:
        setting.say("the system does not tell the memory of these processes: not measured")
        return []
    both = [found["window_beside_worker_mb"] + found["worker_mb"] for found in known]
    window = middle([found["window_beside_worker_mb"] for found in known])
    worker = middle([found["worker_mb"] for found in known])
    return [
        Row(
            name="memory",
            what="memory of window and worker with Today painted (PSS)",
            unit="MB",
            ours=middle(both),
            floor=middle(bare),
            against="bare PySide6 window with a label",
            goal=MEMORY,
            notes=(f"window {window:.0f} MB, worker {worker:.0f} MB",),
            details={"window_mb": window, "worker_mb": worker},
        )
    ]
