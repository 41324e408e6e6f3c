"""Every kind of letter as it looks: its pages against golden pictures, whatever fonts the computer has."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from foiadesk.letters import compose, kind, kinds, plain_text, typeset
from foiadesk.letters.model import Paragraph, Run
from foiadesk.letters.press import fallback, text
from foiadesk.letters.press.styles import MM
from foiadesk.letters.words import long_date
from tests.letters.filled import filled, where
from tests.letters.page_pictures import FOLDER, differing, draw_kind, kept, picture, side_by_side
from tests.letters.test_press import text_of

NAMES = [found.name for found in kinds()]
MOST_BYTES = 1_500_000  # all of them: they are in everybody's checkout


@pytest.fixture(autouse=True)
def _no_font_of_the_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked() -> None:
        raise AssertionError("a golden page needs a font of the computer")

    monkeypatch.setattr(fallback, "installed", asked)


def golden(name: str) -> Image.Image:
    """The golden picture of a kind."""
    return Image.open(FOLDER / f"{name}.png").convert("L")


@pytest.mark.parametrize("name", NAMES)
def test_a_letter_looks_as_the_golden_picture_does(name: str, tmp_path: Path) -> None:
    expected, actual = golden(name), draw_kind(name)
    tiles = differing(expected, actual)
    if tiles:
        shown = tmp_path / f"{name}.png"
        side_by_side(expected, actual, tiles).save(shown)
        pytest.fail(
            f"{name} looks different in {len(tiles)} places; expected, actual and the difference: {shown}. "
            f"If it is meant to: python -m tests.letters.page_pictures {name}"
        )


def test_every_golden_picture_belongs_to_a_kind_and_all_are_small() -> None:
    files = list(FOLDER.iterdir())
    assert {path.name for path in files} == {f"{name}.png" for name in NAMES}
    assert sum(path.stat().st_size for path in files) < MOST_BYTES


def move_the_date(monkeypatch: pytest.MonkeyPatch, *, x: float, up: float) -> None:
    """Draw a letter's date elsewhere, by so many points: its shortest paragraph."""
    paint = text.Text.paint

    def elsewhere(self: text.Text, sheet: Any, left: float, top: float) -> None:
        words = "".join(run.text for run in self.runs)
        here = words == long_date(where("policy_request").today)
        paint(self, sheet, left + x * here, top + up * here)

    monkeypatch.setattr(text.Text, "paint", elsewhere)


@pytest.mark.parametrize(("x", "up"), [(3 * MM, 0.0), (0.0, 3 * MM), (0.0, -1 * MM)], ids=["right", "up", "down 1 mm"])
def test_a_paragraph_that_moved_is_seen_even_the_shortest(monkeypatch: pytest.MonkeyPatch, x: float, up: float) -> None:
    assert differing(golden("policy_request"), draw_kind("policy_request")) == []
    move_the_date(monkeypatch, x=x, up=up)
    tiles = differing(golden("policy_request"), draw_kind("policy_request"))
    assert 1 <= len(tiles) <= 20  # the date alone


def test_a_word_that_changed_is_seen() -> None:
    letter = compose("overdue_notice", where("overdue_notice"), filled(kind("overdue_notice")))
    at, words = next(
        (place, block.runs[0].text)
        for place, block in enumerate(letter.blocks)
        if isinstance(block, Paragraph) and " the " in block.runs[0].text
    )
    block = Paragraph((Run(words.replace(" the ", " his ", 1)),))
    other = replace(letter, blocks=(*letter.blocks[:at], block, *letter.blocks[at + 1 :]))
    assert differing(golden("overdue_notice"), picture(typeset(other)))


def test_what_a_rasterizer_smooths_otherwise_is_no_difference() -> None:
    expected = golden("overdue_notice")
    lighter = draw_kind("overdue_notice").point([min(255, grey + 20) for grey in range(256)])
    assert differing(expected, lighter) == []
    nudged = ImageChops.offset(lighter.resize((lighter.width * 4, lighter.height * 4), Image.Resampling.BICUBIC), 1, 0)
    assert differing(expected, nudged.resize(lighter.size, Image.Resampling.BOX)) == []


def test_a_difference_is_shown(tmp_path: Path) -> None:
    drawn = draw_kind("fee_waiver")
    other = drawn.copy()
    other.paste(0, (40, 40, 60, 60))
    tiles = differing(drawn, other)
    shown = side_by_side(drawn, other, tiles)
    assert shown.height > 3 * drawn.height
    assert shown.getpixel((50, 2 * drawn.height + 12 + 50)) == (255, 0, 0)
    kept(drawn).save(tmp_path / "one.png", optimize=True, bits=4)
    assert differing(Image.open(tmp_path / "one.png").convert("L"), drawn) == []


@pytest.mark.parametrize("name", NAMES)
def test_nobody_signs_a_page_without_words(name: str) -> None:
    pages = text_of(typeset(compose(name, where(name), filled(kind(name)))))
    last = pages[-1].splitlines()  # the header comes last, as it is drawn
    signed = next((at for at, line in enumerate(last) if line.strip() in ("Sincerely,", "Respectfully submitted,")), 3)
    assert signed >= 3, last


def test_a_citation_is_never_parted_at_the_end_of_a_line() -> None:
    values = {**filled(kind("appeal_exemption_3")), "withheld": "Pages 41 to 68, by § 552(b)(3). " * 30}
    letter = compose("appeal_exemption_3", where("appeal_exemption_3"), values)
    lines = [line.rstrip() for page in text_of(typeset(letter)) for line in page.splitlines()]
    assert sum(line.count("§") for line in lines) > 30
    assert [line for line in lines if line.endswith(("§", "U.S.C."))] == []
    assert "\u00a0" not in plain_text(letter)
