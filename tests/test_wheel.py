"""The wheel holds the engine, the desktop and the data, nothing else and nothing less, and works on its own."""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    checkout = Path(__file__).resolve().parent.parent
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(command, check=True, capture_output=True, cwd=checkout)
    (built,) = out.glob("*.whl")
    return built


def _tracked(checkout: Path) -> set[str]:
    """Return where each tracked file belongs in the wheel."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "foiadesk", "ui/foiadesk_ui", "resources"],
        capture_output=True, text=True, check=False, cwd=checkout,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("this tree is not a git checkout, so there is no list of files to compare with")
    places = set()
    for name in filter(None, listed.stdout.split("\0")):
        if name.startswith("ui/"):
            places.add(name.removeprefix("ui/"))
        elif name.startswith("resources/"):
            places.add(f"foiadesk/{name}")
        else:
            places.add(name)
    return places


def test_the_wheel_holds_what_git_holds(wheel: Path, checkout: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert {name.split("/")[0] for name in names} == {"foiadesk", "foiadesk_ui"}
    tracked = _tracked(checkout)
    assert tracked - names == set()
    assert names - tracked == set()


def test_the_wheel_works_alone(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    packages = home / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    zipfile.ZipFile(wheel).extractall(packages)
    # The dependencies come from this environment; its own link to the checkout is not followed from a .pth line.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    python = home / "bin" / "python"
    where = (
        "import foiadesk, foiadesk_ui, foiadesk.shelf as shelf;"
        "print(foiadesk.__file__, foiadesk_ui.__file__, shelf.resources())"
    )
    found = subprocess.run([python, "-c", where], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert all(path.startswith(str(packages)) for path in found.stdout.split())
    for words in (
        ["--version"],
        ["agency", "search", "ice"],
        ["law", "holidays", "--calendar", "us-federal", "--year", "2027"],
    ):
        done = subprocess.run(
            [python, "-m", "foiadesk", *words], capture_output=True, text=True, check=False, cwd=tmp_path
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout
