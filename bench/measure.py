"""Medians of interleaved runs, and a fresh process's answer."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench.moment import now_ms

ROOT = Path(__file__).resolve().parent.parent


def timed(work: Callable[[], object]) -> float:
    """Return how many milliseconds a call takes."""
    start = now_ms()
    work()
    return now_ms() - start


def interleaved(rounds: int, ours: Callable[[], float], floor: Callable[[], float]) -> tuple[list[float], list[float]]:
    """Run ours, floor, ours, floor…; the first round of each only warms up and is thrown away."""
    found: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + 1):
        for kept, run in zip(found, (ours, floor), strict=True):
            value = run()
            if number:
                kept.append(value)
    return found


def middle(values: Sequence[float]) -> float:
    """Return the median."""
    return float(median(values))


def percentile(values: Sequence[float], part: int) -> float:
    """Return a percentile (50, 95, 99); the largest value when there are too few to tell."""
    if len(values) < 2:
        return values[0]
    return min(max(values), quantiles(values, n=100, method="inclusive")[part - 1])


def spread(values: Sequence[float]) -> dict[str, float]:
    """Return what a result keeps of its runs."""
    return {"least": round(min(values), 3), "median": round(middle(values), 3), "most": round(max(values), 3)}


class Failed(Exception):
    """A benchmark's answer is wrong, or its process failed: its time means nothing."""


def surroundings_of_children(home: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return an environment with a home of its own, in which only this checkout is on the path."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FOIADESK_", "XDG_", "PYTHON"))}
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {
        **kept,
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "ui"))),
        "QT_QPA_PLATFORM": "offscreen",
        **(extra or {}),
    }


def child(module: str, arguments: Sequence[str], env: Mapping[str, str], seconds: float = 120) -> dict[str, Any]:
    """Run ``python -m module TIME arguments…`` and return the JSON of its last line; raises Failed.

    TIME is the moment before the process started, as `now_ms` tells it.
    """
    command = [sys.executable, "-m", module, repr(now_ms()), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, env=env, timeout=seconds, check=False, cwd=ROOT)
    except subprocess.TimeoutExpired:
        raise Failed(f"{module} did not answer within {seconds:.0f} s") from None
    last = done.stdout.strip().rsplit("\n", 1)[-1]
    if done.returncode or not last.startswith("{"):
        raise Failed(f"{module} ended with {done.returncode}: {(done.stderr or done.stdout).strip()[-3000:]}")
    found: dict[str, Any] = json.loads(last)
    return found


def expect(holds: bool, what: str) -> None:
    """Stop a benchmark whose answer is wrong."""
    if not holds:
        raise Failed(what)
