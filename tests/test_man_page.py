"""The manual page says what the commands say, and formats without a complaint."""

import importlib.util
import re
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from foiadesk.cli import COMMANDS

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def man_page() -> ModuleType:
    spec = importlib.util.spec_from_file_location("man_page", CHECKOUT / "packaging" / "man_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_current(man_page: ModuleType) -> None:
    assert man_page.PAGE.read_text("utf-8") == man_page.page(), "run `make man`"


def test_every_command_and_option_is_in_it(man_page: ModuleType) -> None:
    page = man_page.page()
    for name in COMMANDS:
        assert f'.SS "foiadesk {name.replace("-", chr(92) + "-")}' in page
    for option in ("enclose", "repair", "calendar", "json", "passphrase\\-file"):
        assert f"\\fB\\-\\-{option}\\fR" in page


def test_text_is_never_taken_for_a_command_of_the_formatter(man_page: ModuleType) -> None:
    assert man_page._plain(".eml") == "\\&.eml"
    assert man_page._plain("'so") == "\\&'so"
    assert man_page._plain("a\\b--c") == "a\\eb\\-\\-c"


def test_the_formatter_has_nothing_to_say(man_page: ModuleType) -> None:
    if not shutil.which("groff"):
        pytest.skip("groff is not installed")
    command = ["groff", "-man", "-Kutf8", "-Tutf8", "-ww", "-rLL=200n", str(man_page.PAGE)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "foiadesk restore" in re.sub(r"\x1b\[[0-9;]*m|.\x08", "", done.stdout)
