"""The machine in neutral words: what a figure depends on, and nothing that tells whose it is."""

import os
import platform
import sqlite3
from importlib.metadata import version
from typing import Any


def describe() -> dict[str, Any]:
    """Return cores, memory, versions. No names of hosts, people or folders."""
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gb": _memory(),
        "system": platform.system(),
        "architecture": platform.machine(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "versions": {name: version(name) for name in ("PySide6-Essentials", "sqlcipher3", "reportlab", "pyrage")},
        "load_before": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    }


def in_words(machine: dict[str, Any]) -> str:
    """Return the first line above the table."""
    return (
        f"{machine['cores']} cores, {machine['memory_gb']} GB, {machine['system']} {machine['architecture']}, "
        f"Python {machine['python']}, load {machine['load_before']} when started"
    )


def _memory() -> float | None:
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30), 1)
    except (AttributeError, ValueError, OSError):
        return None
