"""The tutorial names only what there is: its pictures, the labels in bold, the commands, the sample desk's people."""

import re
from pathlib import Path

import pytest

from foiadesk_ui import tutorial
from scripts import run, translations
from tests.spoken import bold, labels, unknown_commands, unknown_labels

DOCS = Path(__file__).resolve().parent.parent / "docs"


@pytest.fixture(scope="module")
def text() -> str:
    return (DOCS / "tutorial.md").read_text("utf-8")


def test_every_picture_is_there_and_every_one_is_shown(text: str) -> None:
    shown = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)
    assert shown == sorted(shown)
    assert [DOCS / name for name in shown] == sorted((DOCS / "tutorial").iterdir())
    for name in shown:
        picture = (DOCS / name).read_bytes()
        assert picture.startswith(b"\x89PNG")
        assert len(picture) < 80_000
        wide, high = (int.from_bytes(picture[at : at + 4]) for at in (16, 20))
        assert wide <= tutorial.SIZE[0]
        assert high <= tutorial.SIZE[1]


def test_every_label_exists_in_the_window(text: str) -> None:
    assert len(bold(text)) > 25
    assert unknown_labels(bold(text), labels("en")) == []


def test_a_label_that_does_not_exist_is_found() -> None:
    assert unknown_labels(["Mark as posted", "Create 2 requests", "Open"], labels("en")) == ["Mark as posted"]


def test_every_command_exists(text: str) -> None:
    assert unknown_commands(text) == []
    wrong = "`foiadesk worksheets 1`, `foiadesk --desk x due --loudly`, `foiadesk law dew`"
    assert len(unknown_commands(wrong)) == 3


def test_what_it_says_of_the_sample_desk_is_so(text: str) -> None:
    recipe = (translations.ROOT / "resources/sample/desk.toml").read_text("utf-8")
    assert 'name = "Harbor Light Legal Aid"' in recipe
    assert "Harbor Light Legal Aid" in text
    assert "`sample desk`" in text
    assert 'write_text("sample desk\\n"' in Path(run.__file__).read_text("utf-8")


def test_the_reply_to_save_is_the_one_in_the_picture(text: str) -> None:
    assert tutorial.REPLY.strip() in text
