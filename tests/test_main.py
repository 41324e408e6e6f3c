"""How the program starts: private, light, the worker first."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="Linux only")


def run(program: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False, cwd=folder
    )


def test_everything_is_private_from_the_first_moment(tmp_path: Path) -> None:
    program = (
        "import json, os, resource\n"
        "from foiadesk.__main__ import harden\n"
        "harden()\n"
        "open('made', 'w').close(); os.mkdir('folder')\n"
        "print(json.dumps([oct(os.stat('made').st_mode)[-3:], oct(os.stat('folder').st_mode)[-3:],"
        " resource.getrlimit(resource.RLIMIT_CORE)]))\n"
    )
    done = run(program, tmp_path)
    made, folder, core = json.loads(done.stdout)
    assert (made, folder) == ("600", "700"), done.stderr
    assert max(core) <= 1


@LINUX
@pytest.mark.parametrize("windowed", [False, True])
def test_no_crash_dumps_memory(tmp_path: Path, windowed: bool) -> None:
    program = (
        "import sys, os, signal\n"
        "from foiadesk import __main__ as start\n"
        "start.harden()\n"
        "if 'window' in sys.argv: start._set_dumpable(True)\n"
        "import ctypes; print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), flush=True)\n"
        "os.kill(os.getpid(), signal.SIGABRT)\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", program, "window" if windowed else ""], stdout=subprocess.PIPE, cwd=tmp_path
    )
    assert child.stdout is not None
    said = child.stdout.read().strip()
    _pid, status = os.waitpid(child.pid, 0)
    child.stdout.close()
    child.returncode = status
    assert said == (b"1" if windowed else b"0"), "a window must stay visible to the desktop's portals"
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == signal.SIGABRT
    assert not os.WCOREDUMP(status)
    assert list(tmp_path.iterdir()) == []


def test_the_worker_is_dispatched_before_anything_heavy(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "sys.argv = ['foiadesk', '--worker']\n"
        "from foiadesk.__main__ import main\n"
        "status = main()\n"
        "heavy = {'foiadesk.records', 'click', 'PySide6', 'sqlite_utils', 'pypdfium2', 'PIL', 'email', 'reportlab'}\n"
        "sys.exit(f'imported {heavy & set(sys.modules)}' if heavy & set(sys.modules) else status)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], input=b"", capture_output=True, check=False, cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout == b""


def test_importing_the_entry_point_costs_nothing(tmp_path: Path) -> None:
    program = (
        "import sys; before = set(sys.modules); import foiadesk.__main__; "
        "print(sorted(m for m in set(sys.modules) - before if not m.startswith('foiadesk')))"
    )
    done = run(program, tmp_path)
    assert done.returncode == 0, done.stderr
    loaded = set(json.loads(done.stdout.replace("'", '"')))
    assert not loaded & {"click", "pathlib", "email", "socket", "subprocess", "PySide6", "sqlite3", "dataclasses"}


def test_the_window_is_opened_with_the_desk_given(tmp_path: Path) -> None:
    (tmp_path / "foiadesk_ui").mkdir()
    (tmp_path / "foiadesk_ui" / "__init__.py").write_text("")
    (tmp_path / "foiadesk_ui" / "app.py").write_text(
        "def run(desk, passphrase=None, files=()):\n    print(desk, passphrase)\n    return 7\n"
    )
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "import os; os.environ['QT_QPA_PLATFORM'] = 'offscreen'\n"
        "from pathlib import Path\n"
        "from foiadesk.__main__ import Program\n"
        "assert 'foiadesk_ui' not in sys.modules\n"
        "assert Program().open_window(None) == 7\n"
        "sys.exit(Program()(Path('MyDesk'), 'words'))\n"
    )
    done = run(program, tmp_path)
    assert done.returncode == 7, done.stderr
    assert done.stdout.split("\n")[:2] == ["None None", "MyDesk words"]


@LINUX
@pytest.mark.parametrize("words", [[], ["--desk", "x", "open"]])
def test_without_a_display_a_sentence_says_so(tmp_path: Path, words: list[str]) -> None:
    blind = {
        key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    done = subprocess.run(
        [sys.executable, "-m", "foiadesk", *words], capture_output=True, text=True, check=False, cwd=tmp_path, env=blind
    )
    assert done.returncode == 1
    assert done.stderr.startswith("foiadesk: There is no display here")


@pytest.mark.parametrize(("words", "status"), [(["--help"], 0), (["no-such-command"], 2)])
def test_the_command_line_answers(tmp_path: Path, words: list[str], status: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "foiadesk", *words], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == status, done.stderr
    assert "Usage: foiadesk" in done.stdout + done.stderr


@LINUX
def test_a_hidden_process_still_reads_its_own_descriptors_and_starts_others(tmp_path: Path) -> None:
    program = (
        "import ctypes, os, resource, subprocess, sys\n"
        "from foiadesk.__main__ import harden\n"
        "if os.getuid() == 0: os.setgid(65534); os.setuid(65534)\n"
        "harden()\n"
        "assert os.listdir('/proc/self/fd')\n"
        "assert os.readlink('/proc/self/exe')\n"
        "open('/proc/self/maps').read(1)\n"
        "assert subprocess.run(['/bin/echo', 'x'], capture_output=True, close_fds=True).stdout == b'x\\n'\n"
        "try: open(f'/proc/{os.getpid()}/mem', 'rb')\n"
        "except PermissionError: print('hidden')\n"
    )
    done = run(program, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "hidden"
