"""A small desk for the engine room's tests: one table, and a passphrase that needs quoting."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from foiadesk.store import Migrations, Store

PASSPHRASE = "it's Zoë’s “desk” -- ünïcode"

letters = Migrations("desk", major=1)


@letters.step("0001 notes")
def _notes(db):
    db["notes"].create({"id": int, "text": str}, pk="id")


@letters.step("0002 replies")
def _replies(db):
    db["replies"].create({"id": int, "note": int, "text": str}, pk="id", foreign_keys=[("note", "notes", "id")])


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "Desk"
    Store.create(folder, PASSPHRASE, letters).close()
    return folder


@pytest.fixture
def folder(_made: Path, tmp_path: Path) -> Path:
    """A closed desk of its own for each test."""
    return Path(shutil.copytree(_made, tmp_path / "Desk"))


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    """That desk, open for writing."""
    with Store.open(folder, PASSPHRASE, letters) as opened:
        yield opened


@pytest.fixture
def migrations() -> Migrations:
    """The two steps of that desk."""
    return letters


@pytest.fixture
def passphrase() -> str:
    """What opens it."""
    return PASSPHRASE
