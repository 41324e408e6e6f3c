"""Nothing readable in the desk folder: not in the database, its journal, its backups, nor in any leftover."""

import tempfile

import pytest

from foiadesk.store import Migrations, Store

WORD = "Kanarienvogel"
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


def spoken(folder):
    found = []
    for entry in folder.rglob("*"):
        if WORD in entry.name:
            found.append(entry.name)
        if entry.is_file():
            content = entry.read_bytes()
            found += [entry.name for encoding in ENCODINGS if WORD.encode(encoding) in content]
    return found


def test_the_search_finds_a_canary(tmp_path):
    (tmp_path / "a").write_text(f"x{WORD}x")
    assert spoken(tmp_path) == ["a"]


@pytest.mark.parametrize("moment", ["open", "rolled back", "closed", "migrated"])
def test_no_word_is_readable_at_any_moment(tmp_path, monkeypatch, passphrase, migrations, moment):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setenv("SQLITE_TMPDIR", str(scratch))
    monkeypatch.setattr(tempfile, "tempdir", None)
    folder = tmp_path / "Desk"
    store = Store.create(folder, passphrase, migrations)
    seen = []

    def fill(db):
        db["notes"].insert_all({"text": f"{WORD} {n} " * 40} for n in range(3000))
        db["notes"].create_index(["text"])
        db.execute("SELECT text, count(*) FROM notes GROUP BY text ORDER BY text DESC").fetchall()
        seen.extend(spoken(tmp_path))

    store.write(fill)
    store.vault.put(f"{WORD} ".encode() * 50_000)
    if moment == "rolled back":

        def fail(db):
            db.execute("UPDATE notes SET text = text || ?", [WORD])
            db.execute("DELETE FROM notes WHERE id % 2")
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            store.write(fail)
    if moment in ("closed", "migrated"):
        store.close()
    if moment == "migrated":
        later = Migrations("desk")
        later.steps = list(migrations.steps)
        later.step("0003 more")(lambda db: db["notes"].transform(rename={"text": "words"}))
        store = Store.open(folder, passphrase, later)
        assert list((folder / "backups").iterdir())
    assert seen + spoken(tmp_path) == []
    assert list(scratch.rglob("*")) == []
    if moment == "open":
        assert (folder / "desk.db-wal").stat().st_size > 100_000
    store.close()
    for entry in folder.rglob("*"):
        if entry.is_file():
            assert passphrase.encode() not in entry.read_bytes()
