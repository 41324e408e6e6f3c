"""`python -m bench`: run the benchmarks, print one table, write bench/results.json."""

import argparse
import importlib
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import machine
from bench.measure import Failed
from bench.setting import Setting
from bench.table import Row, as_text, write

# Name -> what it measures. Each is a module of this package with ``run(setting) -> list[Row]``.
BENCHMARKS = {
    "start": "process start to the painted unlock page",
    "unlock": "passphrase accepted to the painted Today; memory",
    "due": "foiadesk due on the command line",
    "requests_list": "the list of a million requests: first paint, scrolling, memory",
    "clocks": "clocks from events",
    "letter": "letters as PDF: warm, a campaign, cold, preview",
    "filing": "filing many files",
    "importing": "mail brought in and indexed",
    "responsive": "the window's event loop under load",
    "backup": "a first backup while somebody writes",
    "search": "search in a million documents",
    "search_peers": "search beside notmuch and recoll",
    "search_plain": "the encrypted index beside a plain one",
}
RESULTS = Path(__file__).with_name("results.json")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for; exit status 0 when every benchmark's answer was right, whatever its time."""
    given = _options().parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    host = machine.describe()
    surroundings: dict[str, Any] = {"machine": host, "at": datetime.now(UTC).isoformat(timespec="seconds")}
    print(machine.in_words(host), file=sys.stderr)
    rows: list[Row] = []
    failed: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="foiadesk-bench-", ignore_cleanup_errors=True) as folder:
        setting = Setting.quick(Path(folder)) if given.quick else Setting(Path(folder))
        if given.requests:
            setting.requests = given.requests
        for name in given.only or BENCHMARKS:
            start = time.monotonic()
            setting.say(f"{name}: {BENCHMARKS[name]}…")
            try:
                rows += importlib.import_module(f"bench.{name}").run(setting)
            except Failed as failure:
                failed[name] = str(failure)
            setting.say(f"{name}: {time.monotonic() - start:.0f} s")
        surroundings |= {
            "requests": setting.requests,
            "rounds": setting.rounds,
            "quick": given.quick,
            "failed": sorted(failed),
        }  # their words name folders
    print(as_text(rows))
    for name, why in failed.items():
        print(f"{name}: NOT MEASURED: {why}")
    write(RESULTS, rows, surroundings)
    return 1 if failed else 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure FOIADesk beside its floors.")
    parser.add_argument(
        "--only", action="append", choices=tuple(BENCHMARKS), metavar="NAME", help=", ".join(BENCHMARKS)
    )
    parser.add_argument("--requests", type=_positive, metavar="N", help="requests on the large desk (100,000)")
    parser.add_argument("--quick", action="store_true", help="small data and few rounds: a look, not a measurement")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 10:
        raise argparse.ArgumentTypeError("at least 10")
    return number


if __name__ == "__main__":
    sys.exit(main())
