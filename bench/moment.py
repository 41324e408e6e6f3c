"""One clock for parent and child processes; imports nothing else, for it is part of what is measured."""

from time import CLOCK_MONOTONIC, clock_gettime


def now_ms() -> float:
    """Return a time in milliseconds that all processes share."""
    return clock_gettime(CLOCK_MONOTONIC) * 1000
