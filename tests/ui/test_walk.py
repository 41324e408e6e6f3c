"""A walk over every window, page, dialog and menu: named, reached by Tab, uncut, legible, nothing left of a scheme."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCREEN = (1700, 1100)  # pixels at 1x: without a say the offscreen screen is 800x800
FULLEST = ("letter", "settings", "backups", "deadlines", "search")  # pages with long bars, ticks and headings
FEWEST = 90  # scenes; fewer, and something stopped the walk
ONLY_DEJAVU = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def walked(
    walk: dict[str, Any], folder: Path, scale: int = 1, fewest: int = FEWEST, **surroundings: str
) -> dict[str, list[str]]:
    """Walk in a process of its own, on a screen that holds every window; return what is wrong, by scene."""
    width, height = SCREEN
    screen = {"name": "walk", "x": 0, "y": 0, "width": width * scale, "height": height * scale}
    (folder / "screen.json").write_text(json.dumps({"screens": [screen]}), "utf-8")
    environment = {
        **os.environ, **surroundings,
        "QT_QPA_PLATFORM": f"offscreen:configfile={folder / 'screen.json'}",
        "QT_SCALE_FACTOR": str(scale),
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "ui"))),
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.ui.walk", json.dumps(walk)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout)
    assert len(found["seen"]) >= fewest
    faults: dict[str, list[str]] = found["faults"]
    return faults


def test_everything_is_named_reached_uncut_and_legible_in_a_small_window(tmp_path: Path) -> None:
    assert walked({"ink": True}, tmp_path) == {}


def test_no_spanish_window_says_in_english_what_there_are_words_for(tmp_path: Path) -> None:
    assert walked({"language": "es", "words": True}, tmp_path) == {}


def test_with_large_text_in_a_small_window_nothing_is_cut_where_there_is_most_to_show(tmp_path: Path) -> None:
    walk = {"text": 150, "language": "es", "keys": False, "only": FULLEST}
    assert walked(walk, tmp_path, fewest=20) == {}


@pytest.mark.proof
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("text", "size"), [(150, (1024, 600)), (200, (1366, 768)), (200, (1024, 600))])
def test_with_large_text_nothing_is_cut(tmp_path: Path, language: str, text: int, size: tuple[int, int]) -> None:
    assert walked({"text": text, "size": size, "language": language, "keys": False}, tmp_path) == {}


@pytest.mark.proof
def test_in_high_contrast_every_word_is_seven_to_one_and_a_flip_leaves_nothing_behind(tmp_path: Path) -> None:
    assert walked({"scheme": "contrast", "ink": True, "keys": False, "flips": True}, tmp_path) == {}


@pytest.mark.proof
def test_so_it_is_in_white_on_black(tmp_path: Path) -> None:
    assert walked({"scheme": "contrast-dark", "ink": True, "keys": False}, tmp_path) == {}


@pytest.mark.proof
def test_in_spanish_too(tmp_path: Path) -> None:
    assert walked({"language": "es", "ink": True}, tmp_path) == {}


@pytest.mark.proof
def test_in_dark_colors_and_after_a_flip_nothing_is_left_behind(tmp_path: Path) -> None:
    assert walked({"scheme": "dark", "ink": True, "keys": False, "flips": True}, tmp_path) == {}


@pytest.mark.proof
def test_a_flip_from_light_leaves_nothing_behind(tmp_path: Path) -> None:
    assert walked({"flips": True, "keys": False}, tmp_path) == {}


@pytest.mark.proof
def test_at_twice_the_pixels_nothing_is_cut(tmp_path: Path) -> None:
    assert walked({"ink": True, "keys": False}, tmp_path, scale=2) == {}


@pytest.mark.proof
def test_with_wider_letters_nothing_is_cut(tmp_path: Path) -> None:
    fonts = Path("/usr/share/fonts/truetype/dejavu")
    if not fonts.is_dir():
        pytest.skip("the DejaVu fonts are not here")
    only = tmp_path / "fonts.conf"
    only.write_text(ONLY_DEJAVU.format(fonts=fonts, cache=tmp_path / "cache"), "utf-8")
    assert walked({"keys": False}, tmp_path, FONTCONFIG_FILE=str(only)) == {}
