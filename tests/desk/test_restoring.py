"""A desk, or one document, out of a backup: proven whole, never over anything, the folder untouched when it fails."""

import os
import shutil
from pathlib import Path

import pytest

from foiadesk.desk import Desk, IncomingFile, restoring
from foiadesk.records.errors import BadInput, DamagedDesk, NotADesk, NotFound, StorageFull, WrongPassphrase
from foiadesk.records.progress import Cancelled, Progress
from foiadesk.store import rows_backups

from .conftest import PASSPHRASE, START, Ask, Maker, sent
from .stopping import stopped_at

FILES = {"a.bin": b"a" * 300_000, "b.bin": b"", "c.bin": os.urandom(5000)}


@pytest.fixture
def stick(desk: Desk, ask: Ask, tmp_path: Path) -> Path:
    """A place with one backup of a desk with a request and three files."""
    number = ask()
    sent(desk, number, START)
    for name, data in FILES.items():
        desk.filing.file(IncomingFile(name, data), number)
    desk.backups.run(desk.backups.add(tmp_path / "stick").primary)
    return tmp_path / "stick"


def everything(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_restored_desk_is_the_desk(desk: Desk, stick: Path, maker: Maker, tmp_path: Path) -> None:
    before = everything(stick)
    rows, due = desk.requests.rows(desk.requests.ids()), desk.deadlines.due()
    done = restoring.restore(stick, PASSPHRASE, tmp_path / "new" / "Desk")
    assert (done.files, done.backup.name, done.opening) == (3, "backup-000001.db", ())
    again = maker.open("new/Desk")
    assert again.requests.rows(again.requests.ids()) == rows and again.deadlines.due() == due
    assert {one.name: again.filing.read(one.id) for one in again.filing.documents()} == FILES
    assert again.safety.verify().faults == ()
    assert again.backups.run(again.backups.places()[0].id).number == 2
    assert {name: data for name, data in everything(stick).items() if name in before and "lock" not in name} == {
        name: data for name, data in before.items() if "lock" not in name
    }


def test_the_newest_of_a_place_or_the_one_named(desk: Desk, stick: Path, tmp_path: Path) -> None:
    desk.filing.file(IncomingFile("d.bin", b"d"), None)
    desk.backups.run(1)
    assert restoring.restore(stick, PASSPHRASE, tmp_path / "newest").files == 4
    assert restoring.restore(stick / "backup-000001.db", PASSPHRASE, tmp_path / "older").files == 3


@pytest.mark.parametrize("inside", ["desk.db", "letter.txt", "attachments/ab/abc", "backups/backup-000001.db"])
def test_never_over_anything(stick: Path, tmp_path: Path, inside: str) -> None:
    target = tmp_path / "used"
    (target / inside).parent.mkdir(parents=True)
    (target / inside).write_bytes(b"somebody's")
    before = everything(target)
    with pytest.raises(BadInput, match=r"holds a desk|not empty"):
        restoring.restore(stick, PASSPHRASE, target)
    assert everything(target) == before


def test_never_over_a_desk_in_use(desk: Desk, stick: Path) -> None:
    with pytest.raises(BadInput, match="already holds a desk"):
        restoring.restore(stick, PASSPHRASE, desk.folder)
    assert desk.safety.verify().faults == ()


def test_wrong_passphrases_and_folders_without_a_backup(stick: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongPassphrase, match="backup-000001"):
        restoring.restore(stick, "another passphrase", tmp_path / "new")
    (tmp_path / "empty").mkdir()
    for nothing in (tmp_path / "empty", tmp_path / "missing"):
        with pytest.raises(NotFound, match="no backup"):
            restoring.restore(nothing, PASSPHRASE, tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("harm", ["file altered", "file missing", "rows", "rows cut"])
def test_a_backup_that_does_not_verify_restores_nothing(stick: Path, tmp_path: Path, harm: str) -> None:
    victim = next(path for path in (stick / "attachments").rglob("*") if path.is_file())
    rows = stick / "backup-000001.db"
    if harm == "file altered":
        victim.write_bytes(victim.read_bytes()[:-1] + b"!")
    elif harm == "file missing":
        victim.unlink()
    elif harm == "rows":
        data = bytearray(rows.read_bytes())
        for at in range(40_000, len(data), 4096):
            data[at] ^= 1
        rows.write_bytes(data)
    else:
        rows.write_bytes(rows.read_bytes()[:1000])
    (tmp_path / "empty").mkdir()
    for target in (tmp_path / "new", tmp_path / "empty"):
        with pytest.raises(DamagedDesk):
            restoring.restore(stick, PASSPHRASE, target)
    assert not (tmp_path / "new").exists() and list((tmp_path / "empty").iterdir()) == []


def test_stopping_leaves_the_folder_as_it_was(stick: Path, tmp_path: Path) -> None:
    steps: list[str] = []
    restoring.restore(stick, PASSPHRASE, tmp_path / "whole", Progress(lambda _d, _t, what: steps.append(what)))
    (tmp_path / "empty").mkdir()
    for at in range(len(steps) - 1):  # at the last one the desk is there
        for target in (tmp_path / "new", tmp_path / "empty"):
            with pytest.raises(Cancelled):
                restoring.restore(stick, PASSPHRASE, target, stopped_at(at))
        assert not (tmp_path / "new").exists() and list((tmp_path / "empty").iterdir()) == []


def test_what_an_interrupted_restore_left_is_no_hindrance(stick: Path, tmp_path: Path) -> None:
    target = tmp_path / "new"
    restoring.restore(stick, PASSPHRASE, target)
    (target / "desk.db").unlink()
    for name in (".restoring.part", ".desk.new.part", ".desk.new.part-journal", "desk.new"):
        (target / name).touch()
    (target / "attachments" / "00").mkdir(exist_ok=True)
    (target / "attachments" / "00" / ("0" * 32)).write_bytes(b"half of a file")
    restoring.restore(stick, PASSPHRASE, target)
    with Desk.open(target, PASSPHRASE) as desk:
        assert desk.safety.verify().faults == ()


def test_every_refusing_disk_call_leaves_a_whole_desk_or_none(
    stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync
    for at in range(1, 60):
        calls = 0

        def failing(descriptor: int, at: int = at) -> None:
            nonlocal calls
            calls += 1
            if calls == at:
                raise OSError(5, "refused")
            real(descriptor)

        target = tmp_path / f"new{at}"
        monkeypatch.setattr(os, "fsync", failing)
        try:
            restoring.restore(stick, PASSPHRASE, target)
        except StorageFull:
            assert not target.exists()
        finally:
            monkeypatch.setattr(os, "fsync", real)
        if calls < at:
            break
    else:
        pytest.fail("the restore never ran to its end")
    assert at > 10


def test_a_backup_of_an_older_schema_is_brought_up_to_date(desk: Desk, stick: Path, tmp_path: Path) -> None:
    def older(db: object) -> None:
        run = db.execute  # type: ignore[attr-defined]
        for trigger in ("contents_purged", "contents_moved"):
            run(f"DROP TRIGGER {trigger}")
        for table in ("backups_made", "backup_places", "vault_prints"):
            run(f"DROP TABLE {table}")
        run("DELETE FROM desk_steps WHERE name = '0004 backups'")

    place = desk.backups.places()[0]
    desk.store.write(older)
    from foiadesk.store import backup

    mark = backup.BackupFolder(place.folder).mark()
    assert backup.make(desk.store, place.folder, mark, desk.backups.now()).files == 3
    restoring.restore(stick, PASSPHRASE, tmp_path / "new")
    with Desk.open(tmp_path / "new", PASSPHRASE) as again:
        assert again.backups.places() == () and again.safety.verify().faults == ()
        assert len(list((tmp_path / "new" / "backups").glob("before-schema-*.db"))) == 1


def test_the_copy_before_an_upgrade_restores_with_the_files_of_its_desk(
    desk: Desk, stick: Path, tmp_path: Path
) -> None:
    own = desk.folder / "backups" / "before-schema-9.9.db"
    desk.store.take_snapshot(own, taken_at="")
    restoring.restore(own, PASSPHRASE, tmp_path / "new")
    with Desk.open(tmp_path / "new", PASSPHRASE) as again:
        assert len(again.filing.documents()) == 3


def test_one_document_out_of_a_backup(desk: Desk, stick: Path, tmp_path: Path) -> None:
    assert {one.name: one.size for one in restoring.documents(stick, PASSPHRASE)} == {
        name: len(data) for name, data in FILES.items()
    }
    got = restoring.copy_out(stick, PASSPHRASE, "a.bin", tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == FILES["a.bin"] and (tmp_path / "copy").stat().st_mode & 0o77 == 0
    restoring.copy_out(stick, PASSPHRASE, str(got.id), tmp_path / "by number")
    with pytest.raises(NotFound):
        restoring.copy_out(stick, PASSPHRASE, "z.bin", tmp_path / "none")
    with pytest.raises(StorageFull):
        restoring.copy_out(stick, PASSPHRASE, "a.bin", tmp_path / "no" / "folder")
    desk.filing.file(IncomingFile("a.bin", b"another of that name"), None)
    desk.backups.run(1)
    with pytest.raises(BadInput, match="Several documents"):
        restoring.copy_out(stick, PASSPHRASE, "a.bin", tmp_path / "none")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("harm", ["missing", "altered"])
def test_one_document_put_back_on_the_desk(desk: Desk, stick: Path, harm: str) -> None:
    with desk.read() as db:
        key = next(one.key for one in rows_backups.wanted(db) if one.size == 300_000)
    file = desk.folder / "attachments" / key[:2] / key
    if harm == "missing":
        shutil.rmtree(file.parent)
    else:
        file.write_bytes(b"altered")
    assert desk.backups.put_back("a.bin", stick) == "a.bin"
    assert desk.safety.verify().faults == ()
    aside = list((desk.folder / "set-aside").iterdir()) if harm == "altered" else []
    assert [path.read_bytes() for path in aside] == ([b"altered"] if harm == "altered" else [])


def test_a_folder_that_is_no_desk_stays_none(stick: Path) -> None:
    with pytest.raises(NotADesk):
        Desk.check(stick)
