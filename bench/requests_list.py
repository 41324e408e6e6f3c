"""The window's page of requests on a very large desk, beside a list that first loads every row into its model."""

import shutil
from pathlib import Path
from typing import Any

from bench.big_desk import build
from bench.measure import child, expect, interleaved, middle, spread
from bench.setting import Setting
from bench.table import Goal, Row

AGAINST = "all rows loaded into a model, same view"
GOALS = {"paint": Goal("at most", 0.1), "frame": Goal("at most", 1.2), "memory": Goal("at most", 0.06)}
MEANT = 1_000_000  # requests the goals are set for: on fewer, what a page costs by itself outweighs its rows
ROUNDS = 3  # at most: one round of a million takes half a minute
PATIENCE = 600  # seconds for one list


def run(setting: Setting) -> list[Row]:
    """Measure the first paint with all its rows, one step of scrolling, and the memory that the list takes."""
    if setting.listed == setting.requests:
        return _rows(setting, setting.desk().folder)
    folder = setting.folder / "listed"
    setting.say(f"building a desk of {setting.listed:,} requests…")
    made = build(folder, setting.listed, setting.today)
    setting.say(f"built in {made.seconds:.0f} s")
    try:
        return _rows(setting, folder)
    finally:
        shutil.rmtree(folder)  # gigabytes, for this alone


def _rows(setting: Setting, folder: Path) -> list[Row]:
    env = setting.env()
    given = [folder.as_posix(), setting.passphrase, setting.today.isoformat()]
    ours: list[dict[str, Any]] = []
    floors: list[dict[str, Any]] = []

    def measured(module: str, kept: list[dict[str, Any]]) -> float:
        found = child(f"bench.children.{module}", given, env, PATIENCE)
        expect(found["count"] == setting.listed, f"{found['count']:,} of {setting.listed:,} requests are listed")
        kept.append(found)
        return float(found["paint_ms"])

    rounds = min(setting.rounds, ROUNDS)
    interleaved(rounds, lambda: measured("requests_page", ours), lambda: measured("requests_loaded", floors))
    del ours[0], floors[0]  # these warmed the disk
    for one, other in zip(ours, floors, strict=True):
        expect(one["first"] == other["first"], f"request {one['first']} is on top, not {other['first']}")
        expect(one["ids"] == other["ids"], "the lists do not hold the same requests")
    return [_paint(setting, ours, floors), _frame(setting, ours, floors), *_memory(setting, ours, floors)]


def _row(
    setting: Setting, name: str, what: str, ours: list[float], floors: list[float], notes: tuple[str, ...], unit: str
) -> Row:
    return Row(
        name=f"list_{name}",
        what=f"list of {setting.listed:,} requests: {what}",
        unit=unit,
        ours=middle(ours),
        floor=middle(floors),
        against=AGAINST,
        goal=GOALS[name] if setting.listed >= MEANT else None,
        notes=notes,
        details={"ours": spread(ours), "floor": spread(floors)},
    )


def _paint(setting: Setting, ours: list[dict[str, Any]], floors: list[dict[str, Any]]) -> Row:
    late = middle([found["again_ms"] for found in ours])
    notes = (f"the page opened again after another: {late:.0f} ms",)
    took = [[found["paint_ms"] for found in some] for some in (ours, floors)]
    return _row(setting, "paint", "first paint with its rows", *took, notes, "ms")


def _frame(setting: Setting, ours: list[dict[str, Any]], floors: list[dict[str, Any]]) -> Row:
    slow, floor = (middle([found["slow_frame_ms"] for found in some]) for some in (ours, floors))
    leap, plain = (middle([found["leap_ms"] for found in some]) for some in (ours, floors))
    notes = (
        f"95th percentile {slow:.1f} ms (floor {floor:.1f}); a leap to anywhere, its rows painted: "
        f"{leap:.0f} ms (floor {plain:.0f})",
    )
    took = [[found["frame_ms"] for found in some] for some in (ours, floors)]
    return _row(setting, "frame", "scroll step painted with its rows", *took, notes, "ms")


def _memory(setting: Setting, ours: list[dict[str, Any]], floors: list[dict[str, Any]]) -> list[Row]:
    if any(found["added_mb"] is None for found in (*ours, *floors)):
        setting.say("the system does not tell the memory of these processes: not measured")
        return []
    whole, plain = (middle([found["pss_mb"] for found in some]) for some in (ours, floors))
    notes = (f"the whole process, desk and all: {whole:.0f} MB; the loaded list's: {plain:.0f} MB",)
    took = [[max(found["added_mb"], 0.1) for found in some] for some in (ours, floors)]
    return [_row(setting, "memory", "what it adds to an open window (PSS)", *took, notes, "MB")]
