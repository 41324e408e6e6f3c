"""What every test gets: no way to the internet, and a home of its own that vanishes."""

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest


def _no_internet(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse every internet socket for the whole run; Unix sockets (a display) stay."""
    if event == "socket.__new__" and arguments[1] in (socket.AF_INET, socket.AF_INET6):
        raise AssertionError("an internet socket was opened")


sys.addaudithook(_no_internet)


@pytest.fixture(autouse=True, scope="session")
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Send configuration, logs and runtime files to a folder of this run."""
    home = tmp_path_factory.mktemp("home")
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    kept = dict(os.environ)
    os.environ.update(
        HOME=str(home),
        XDG_CONFIG_HOME=str(home / "config"),
        XDG_DATA_HOME=str(home / "data"),
        XDG_CACHE_HOME=str(home / "cache"),
        XDG_STATE_HOME=str(home / "state"),
        XDG_RUNTIME_DIR=str(runtime),
    )
    os.environ.pop("FOIADESK_DESK", None)
    os.environ.pop("FOIADESK_PASSPHRASE", None)
    yield
    os.environ.clear()
    os.environ.update(kept)


@pytest.fixture
def checkout() -> Path:
    """The root of this checkout."""
    return Path(__file__).resolve().parent.parent
