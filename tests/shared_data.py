"""Where other people's real files lie when they are at hand: beside the checkout, never inside it."""

from pathlib import Path

import pytest


def shared(name: str) -> Path:
    """Return the path of a shared test file, or skip the test with a plain reason."""
    found = Path(__file__).resolve().parents[2] / "shared" / "data" / name
    if not found.exists():
        pytest.skip(f"shared test data is not beside this checkout: {name}")
    return found
