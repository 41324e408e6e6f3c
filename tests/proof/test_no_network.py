"""The whole story, command line and window, seen by the kernel: no internet socket is ever made."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.proof

INTERNET = re.compile(r"\bsocket\(AF_INET6?\b|\bconnect\([^)]*AF_INET6?\b")


def _trace(command: list[str], log: Path, env: dict[str, str]) -> str:
    """Run a command under strace and return the socket calls of it and all its children."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed: on Debian, apt-get install strace")
    traced = ["strace", "-f", "-qq", "-e", "trace=socket,connect,sendto", "-o", str(log), *command]
    done = subprocess.run(traced, capture_output=True, text=True, check=False, env=env)
    if "Operation not permitted" in done.stderr and not log.exists():
        pytest.skip("this system does not allow tracing")
    assert done.returncode == 0, done.stdout + done.stderr
    return log.read_text(errors="replace")


def test_the_trace_sees_an_internet_socket(tmp_path: Path) -> None:
    program = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()"
    log = _trace([sys.executable, "-c", program], tmp_path / "trace", dict(os.environ))
    assert INTERNET.search(log)


@pytest.mark.parametrize(
    "suite", ["tests/cli/test_story.py", "tests/ui/test_story.py", "tests/ui/test_story_appeal.py"]
)
def test_no_internet_socket_in_the_story(suite: str, tmp_path: Path, checkout: Path) -> None:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(checkout / suite)]
    log = _trace(command, tmp_path / "trace", env)
    assert INTERNET.findall(log) == []
