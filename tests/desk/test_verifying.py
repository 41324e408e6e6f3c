"""Verify reads everything and names each fault once; repair takes good copies from backups and keeps the bad ones."""

from pathlib import Path

import pytest

from foiadesk.desk import Desk, Fault, IncomingFile
from foiadesk.records.errors import ReadOnly
from foiadesk.records.progress import Cancelled, Progress
from foiadesk.store import rows_backups

from .conftest import START, Ask, Maker, sent

NAMES = [f"{letter}.bin" for letter in "abcdef"]


@pytest.fixture
def files(desk: Desk, tmp_path: Path) -> dict[str, Path]:
    """Six stored files of a desk with one backup, by name."""
    for name in NAMES:
        desk.filing.file(IncomingFile(name, name.encode() * 3000), None)
    desk.backups.run(desk.backups.add(tmp_path / "stick").primary)
    with desk.read() as db:
        keys = dict(
            db.execute("SELECT a.name, c.vault_key FROM attachments a JOIN contents c ON c.id = a.content").fetchall()
        )
    return {name: desk.folder / "attachments" / key[:2] / key for name, key in keys.items()}


def swap(one: Path, other: Path) -> None:
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


def harm(files: dict[str, Path]) -> None:
    """Alter, lose, swap and duplicate; add two strangers."""
    files["a.bin"].write_bytes(files["a.bin"].read_bytes()[:-1] + b"!")
    files["b.bin"].unlink()
    swap(files["c.bin"], files["d.bin"])
    files["e.bin"].write_bytes(files["f.bin"].read_bytes())
    folder = files["a.bin"].parent.parent
    (folder / "00").mkdir(exist_ok=True)
    (folder / "00" / ("0" * 32)).write_bytes(b"no age file")
    (folder / "readme.txt").write_text("hello")


def told(faults: tuple[Fault, ...], files: dict[str, Path]) -> dict[tuple[str, ...], str]:
    names = {path.name: name for name, path in files.items()}
    return {tuple(sorted(names.get(key, key) for key in fault.keys)): fault.kind for fault in faults}


def test_each_fault_is_named_once(desk: Desk, files: dict[str, Path]) -> None:
    whole = desk.safety.verify()
    assert whole.faults == () and whole.files == 6 and whole.size == 6 * 15_000
    harm(files)
    found = desk.safety.verify()
    assert told(found.faults, files) == {
        ("a.bin",): "altered",
        ("b.bin",): "missing",
        ("c.bin", "d.bin"): "swapped",
        ("e.bin",): "swapped",
        ("0" * 32,): "extra",
        (): "extra",
    }
    assert len(found.faults) == 6
    said = " ".join(fault.sentence for fault in found.faults)
    for name in "abcde":
        assert said.count(files[f"{name}.bin"].name) == 1
    assert "readme.txt" in said
    assert [fault.documents[0][1] for fault in found.faults if fault.kind == "missing"] == ["b.bin"]


def test_a_quick_look_decrypts_nothing_and_still_misses_what_is_gone(desk: Desk, files: dict[str, Path]) -> None:
    harm(files)
    assert {fault.kind for fault in desk.safety.verify(quick=True).faults} == {"missing", "extra"}


def test_repair_puts_everything_back_and_keeps_what_was_bad(desk: Desk, files: dict[str, Path]) -> None:
    harm(files)
    bad = {path.read_bytes() for name, path in files.items() if name in ("a.bin", "c.bin", "d.bin", "e.bin")}
    after = desk.safety.repair(desk.safety.verify())
    assert {fault.kind for fault in after.faults} == {"extra"} and len(after.faults) == 2
    assert len(after.repaired) == 5
    assert {path.read_bytes() for path in (desk.folder / "set-aside").iterdir()} == bad
    assert sorted(path.name for path in (desk.folder / "set-aside").iterdir()) == sorted(after.set_aside)
    assert (desk.folder / "attachments" / "readme.txt").exists()
    for document in desk.filing.documents():
        assert desk.filing.read(document.id) == document.name.encode() * 3000


def test_without_a_backup_swapped_and_renamed_files_go_back_and_the_rest_is_said(
    desk: Desk, files: dict[str, Path], tmp_path: Path
) -> None:
    (tmp_path / "stick").rename(tmp_path / "away")
    harm(files)
    renamed = files["f.bin"].parent.parent / "01" / ("01" + "2" * 30)
    renamed.parent.mkdir(exist_ok=True)
    files["f.bin"].rename(renamed)
    after = desk.safety.repair(desk.safety.verify())
    assert told(after.faults, files) | {(): "extra"} == {
        ("a.bin",): "altered",
        ("b.bin",): "missing",
        ("e.bin",): "swapped",
        ("0" * 32,): "extra",
        (renamed.name,): "extra",
        (): "extra",
    }
    again = desk.safety.repair(after, place=tmp_path / "away")
    assert {fault.kind for fault in again.faults} == {"extra"}


def test_a_bad_copy_in_the_backup_is_not_taken(desk: Desk, files: dict[str, Path], tmp_path: Path) -> None:
    files["a.bin"].unlink()
    copy = tmp_path / "stick" / "attachments" / files["a.bin"].parent.name / files["a.bin"].name
    copy.write_bytes(copy.read_bytes()[:-1] + b"!")
    after = desk.safety.repair(desk.safety.verify())
    assert [fault.kind for fault in after.faults] == ["missing"] and after.repaired == ()
    assert not files["a.bin"].exists()


def test_answers_that_differ_are_counted_again(desk: Desk, ask: Ask) -> None:
    number = ask()
    sent(desk, number, START)
    desk.requests.ids()
    desk.store.write(lambda db: db.execute("UPDATE standing SET stage = 'closed' WHERE request = ?", (number,)))
    found = desk.safety.verify()
    assert [fault.kind for fault in found.faults] == ["answer"]
    after = desk.safety.repair(found)
    assert after.faults == () and len(after.repaired) == 1


def test_rows_that_do_not_verify_are_said_and_remain(
    desk: Desk, files: dict[str, Path], maker: Maker, ask: Ask
) -> None:
    for number in range(30):
        ask(f"{number} " + "x" * 3000)
    desk.close()
    data = bytearray((desk.folder / "desk.db").read_bytes())
    data[len(data) - 2000] ^= 1
    (desk.folder / "desk.db").write_bytes(data)
    again = maker.open(write=False)
    assert "rows" in {fault.kind for fault in again.safety.verify().faults}


def test_stopping_and_reading_beside(desk: Desk, files: dict[str, Path], maker: Maker) -> None:
    progress = Progress(lambda _done, total, _what: progress.cancel() if total else None)
    with pytest.raises(Cancelled):
        desk.safety.verify(progress)
    files["a.bin"].unlink()
    reader = maker.open(write=False)
    found = reader.safety.verify()
    assert [fault.kind for fault in found.faults] == ["missing"]
    with pytest.raises(ReadOnly):
        reader.safety.repair(found)


def test_a_file_stored_while_verifying_is_no_fault(desk: Desk, files: dict[str, Path]) -> None:
    assert desk.store.vault.put(b"on its way")
    desk.contents._fresh.update(desk.store.vault.keys())
    assert desk.safety.verify().faults == ()


def test_prints_of_purged_and_moved_contents_go(desk: Desk, files: dict[str, Path]) -> None:
    with desk.read() as db:
        assert all(one.known for one in rows_backups.wanted(db))

    def work(db: object) -> int:
        run = db.execute  # type: ignore[attr-defined]
        run("UPDATE contents SET vault_key = ? WHERE id = 1", ("f" * 32,))
        run("DELETE FROM attachments WHERE content = 2")
        run("DELETE FROM contents WHERE id = 2")
        return int(run("SELECT count(*) FROM vault_prints").fetchone()[0])

    assert desk.store.write(work) == 4
