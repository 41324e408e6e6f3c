"""A page with 219 ways to phone home, as a message: brought in and previewed in an empty network, under strace.

Nothing is looked up and nothing connected: not merely refused by the namespace, but never asked for.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shared_data import shared

pytestmark = pytest.mark.proof

ASKED = re.compile(r"\bsocket\(AF_(?:INET6?|PACKET)\b|\bconnect\([^)]*AF_INET6?\b|/etc/(?:resolv\.conf|hosts)\b")
CONTROL = "import socket\ntry: socket.getaddrinfo('leak.example', 80)\nexcept OSError: pass"


def _traced(command: list[str], log: Path) -> str:
    """Run a command in a network namespace of its own, under strace; return what it and its children asked for."""
    for tool in ("strace", "unshare"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    alone = ["unshare", "--map-root-user", "--net"]
    if subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system does not allow a network namespace")
    watched = ["strace", "-f", "-qq", "-e", "trace=socket,connect,sendto,sendmsg,openat", "-o", str(log)]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([*alone, *watched, *command], capture_output=True, text=True, check=False, env=env)
    if "Operation not permitted" in done.stderr and not log.exists():
        pytest.skip("this system does not allow tracing")
    assert done.returncode == 0, done.stdout + done.stderr
    return log.read_text(errors="replace")


def test_the_trace_sees_a_look_up(tmp_path: Path) -> None:
    assert ASKED.search(_traced([sys.executable, "-c", CONTROL], tmp_path / "trace"))


def test_a_message_that_would_phone_home_asks_for_nothing(tmp_path: Path, checkout: Path) -> None:
    shared("hostile/leak.html")
    story = str(checkout / "tests" / "ui" / "test_preview.py")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", story, "-k", "phone_home"]
    log = _traced(command, tmp_path / "trace")
    assert ASKED.findall(log) == []
