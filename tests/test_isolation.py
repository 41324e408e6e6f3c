"""The engine stands without the window, and nobody here can reach the internet."""

import ast
import pkgutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import foiadesk

BLOCK = """
import sys, importlib
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"PySide6", "shiboken6", "foiadesk_ui"}:
            raise ImportError(name + " is blocked")
sys.meta_path.insert(0, Refuse())
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


# Every module that can open a connection, or would pull in one that can.
NETWORK = (
    "socket", "socketserver", "ssl", "http", "asyncio", "ftplib", "smtplib", "imaplib", "poplib", "telnetlib", "xmlrpc",
    "urllib.request", "urllib3", "requests", "PySide6.QtNetwork", "PySide6.QtWebSockets", "PySide6.QtWebEngineCore",
    "webbrowser",
)  # fmt: skip


def imported(source: str) -> Iterator[str]:
    """Yield the full name of everything a module imports, anywhere in it, also by name through importlib."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in {"import_module", "__import__", "find_spec"}:
                yield str(node.args[0].value)


def network_imports(source: str) -> list[str]:
    return [name for name in imported(source) if any(name == bad or name.startswith(f"{bad}.") for bad in NETWORK)]


def engine_modules() -> list[str]:
    """Return every module of the engine but the entry point, which starts a program."""
    found = pkgutil.walk_packages(foiadesk.__path__, "foiadesk.")
    return [module.name for module in found if not module.name.endswith("__main__")]


def test_every_engine_module_imports_with_the_window_blocked() -> None:
    modules = engine_modules()
    assert len(modules) > 40
    done = subprocess.run([sys.executable, "-c", BLOCK, *modules], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_block_itself_works() -> None:
    done = subprocess.run([sys.executable, "-c", BLOCK, "PySide6.QtCore"], capture_output=True, check=False)
    assert done.returncode != 0


def test_no_internet_socket_can_be_opened_in_this_suite() -> None:
    with pytest.raises(AssertionError, match="internet socket"):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)


def test_no_source_imports_anything_that_can_open_a_connection(checkout: Path) -> None:
    sources = [*(checkout / "foiadesk").rglob("*.py"), *(checkout / "ui" / "foiadesk_ui").rglob("*.py")]
    assert len(sources) > 150
    found = {path.relative_to(checkout).as_posix(): network_imports(path.read_text("utf-8")) for path in sources}
    assert {name: bad for name, bad in found.items() if bad} == {}


@pytest.mark.parametrize(
    "line",
    [
        "import socket",
        "import urllib.request as fetch",
        "from urllib import request",
        "from urllib.request import urlopen",
        "from PySide6 import QtCore, QtNetwork",
        "from PySide6.QtNetwork import QLocalServer",
        "def late():\n    import http.client",
        "import importlib\nimportlib.import_module('ssl')",
    ],
)
def test_a_network_import_would_be_seen(line: str) -> None:
    assert network_imports(line)


@pytest.mark.parametrize("line", ["from urllib.parse import unquote", "from PySide6.QtCore import QSocketNotifier"])
def test_a_harmless_neighbor_is_not_taken_for_one(line: str) -> None:
    assert network_imports(line) == []


@pytest.mark.parametrize(
    ("words", "never"),
    [
        (["law", "holidays", "--calendar", "us-federal", "--year", "2027"], {"PySide6", "reportlab", "sqlite_utils"}),
        (["--help"], {"PySide6", "reportlab", "sqlite_utils", "jinja2", "pypdfium2"}),
    ],
)
def test_a_command_imports_only_what_it_needs(words: list[str], never: set[str], tmp_path: Path) -> None:
    program = (
        "import sys, atexit\n"
        f"atexit.register(lambda: print(sorted(m for m in {never!r} if m in sys.modules), file=sys.stderr))\n"
        f"sys.argv = ['foiadesk', *{words!r}]\n"
        "from foiadesk.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr.strip().endswith("[]")
