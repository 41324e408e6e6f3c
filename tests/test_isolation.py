"""The engine stands without the window, and nobody here can reach the internet."""

import pkgutil
import socket
import subprocess
import sys
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
