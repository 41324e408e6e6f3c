"""Backups: made beside a writer, proven before they have a name, only new files copied, rotated, due, nagged for."""

import errno
import os
import shutil
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from foiadesk.desk import Desk, IncomingFile
from foiadesk.records.errors import BadInput, DamagedDesk, DeskBusy, NotFound, ReadOnly, StorageFull
from foiadesk.records.progress import Cancelled, Progress
from foiadesk.store import backup_place, snapshot

from .conftest import Ask, Maker, Today
from .stopping import stopped_at


def give(desk: Desk, name: str, data: bytes) -> int:
    """File something into the In-tray and return its document number."""
    return desk.filing.get(desk.filing.file(IncomingFile(name, data), None).primary).attachments[0].id


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty folder standing for a USB stick."""
    place = tmp_path / "stick"
    place.mkdir()
    return place


@pytest.fixture
def place(desk: Desk, stick: Path) -> int:
    """That stick as a backup place."""
    return desk.backups.add(stick, "daily").primary


def sealed(folder: Path) -> dict[str, bytes]:
    """Return every stored file in a place."""
    return {path.name: path.read_bytes() for path in (folder / "attachments").rglob("*") if path.is_file()}


def test_a_backup_holds_every_row_and_file_and_only_new_files_are_copied(desk: Desk, place: int, stick: Path) -> None:
    give(desk, "a.bin", b"a" * 300_000)
    give(desk, "b.bin", b"b")
    first = desk.backups.run(place)
    assert (first.number, first.files, first.copied) == (1, 2, 2)
    assert sealed(stick) == sealed(desk.folder)
    before = {path: path.stat().st_ino for path in (stick / "attachments").rglob("*")}
    give(desk, "c.bin", b"c")
    second = desk.backups.run(place)
    assert (second.number, second.files, second.copied) == (2, 3, 1)
    assert {path: path.stat().st_ino for path in before} == before
    assert [one.number for one in desk.backups.look(place)] == [1, 2]
    assert [one.name for one in desk.backups.files(stick / "backup-000001.db")] == ["a.bin", "b.bin"]
    assert [path for path in stick.rglob("*") if ".part" in path.name] == []


def test_nothing_in_a_place_says_what_when_or_whose(desk: Desk, place: int, stick: Path, ask: Ask) -> None:
    ask("Kanarienvogel contracts")
    give(desk, "Kanarienvogel.txt", b"Kanarienvogel " * 100)
    desk.backups.run(place)
    for path in stick.rglob("*"):
        assert "Kanarienvogel" not in path.name
        if path.is_file():
            data = path.read_bytes()
            assert b"Kanarienvogel" not in data and str(desk.folder).encode() not in data
    marker = (stick / "foiadesk-backups.txt").read_text()
    assert str(datetime.now(tz=UTC).year) not in marker.replace(backup_place.BackupFolder(stick).mark(), "")
    assert (stick / "foiadesk-backups.txt").stat().st_mtime == 946_684_800


def test_a_backup_is_of_one_moment_while_others_write(desk: Desk, place: int, stick: Path, ask: Ask) -> None:
    number = ask()
    stop = threading.Event()
    written = []

    def write() -> None:
        while not stop.is_set():
            desk.requests.add_event(number, {"kind": "note", "date": "2026-01-05", "note": "n" * 500})
            written.append(give(desk, f"{len(written)}.bin", os.urandom(2000)))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [desk.backups.run(place) for _ in range(3)]
    finally:
        stop.set()
        writer.join()
    assert len(written) > made[-1].files - made[0].files >= 0
    for one in made:
        copy = stick / f"backup-{one.number:06}.db"
        with desk.store.open_snapshot(copy).conn as conn:
            notes = conn.execute("SELECT count(*) FROM events WHERE kind = 'note'").fetchone()[0]
            files = conn.execute("SELECT count(*) FROM contents").fetchone()[0]
        assert files == one.files and notes - files in (0, 1)


@pytest.mark.parametrize("which", ["altered", "missing", "renamed"])
def test_a_copy_that_went_bad_in_the_place_is_made_again(desk: Desk, place: int, stick: Path, which: str) -> None:
    give(desk, "a.bin", b"a" * 5000)
    desk.backups.run(place)
    (copy,) = [path for path in (stick / "attachments").rglob("*") if path.is_file()]
    if which == "altered":
        copy.write_bytes(copy.read_bytes()[:-1] + b"!")
    elif which == "missing":
        copy.unlink()
    else:
        copy.rename(copy.with_name("0" * 32))
    assert desk.backups.run(place).copied == 1
    assert sealed(stick) == sealed(desk.folder)


def test_a_damaged_desk_makes_no_backup_and_harms_none(desk: Desk, place: int, stick: Path) -> None:
    give(desk, "a.bin", b"a" * 5000)
    desk.backups.run(place)
    before = {path: path.read_bytes() for path in stick.rglob("*") if path.is_file()}
    give(desk, "b.bin", b"b" * 5000)
    for path in (desk.folder / "attachments").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-1] + b"!")
    with pytest.raises(DamagedDesk, match="no good copy"):
        desk.backups.run(place)
    assert {path: path.read_bytes() for path in stick.rglob("*") if path.is_file()} == before
    assert desk.backups.places()[0].number == 1


def test_a_file_that_the_desk_lost_and_the_place_has_is_said_and_still_backed_up(
    desk: Desk, place: int, stick: Path
) -> None:
    give(desk, "a.bin", b"a" * 5000)
    desk.backups.run(place)
    (lost,) = [path for path in (desk.folder / "attachments").rglob("*") if path.is_file()]
    lost.unlink()
    made = desk.backups.run(place)
    assert made.number == 2 and made.better_there == (lost.name,)


def test_damaged_rows_make_no_backup(maker: Maker, desk: Desk, place: int, stick: Path, ask: Ask) -> None:
    for number in range(40):
        ask(f"{number} " + "x" * 3000)
    desk.backups.run(place)
    desk.close()
    data = bytearray((desk.folder / "desk.db").read_bytes())
    for at in range(len(data) // 2, len(data) - 4096, 4096):
        data[at] ^= 1
    (desk.folder / "desk.db").write_bytes(data)
    again = maker.open(write=False)
    for _ in range(2):
        with pytest.raises(DamagedDesk):
            again.backups.run(place)
    assert sorted(path.name for path in stick.glob("*.db")) == ["backup-000001.db"]
    assert list(stick.glob(".*")) == []


def test_stopping_leaves_no_backup_and_the_next_one_is_made(desk: Desk, place: int, stick: Path) -> None:
    for number in range(5):
        give(desk, f"{number}.bin", os.urandom(50_000))
    steps: list[str] = []
    desk.backups.run(place, Progress(lambda _done, _total, what: steps.append(what)))
    for at in range(len(steps)):
        shutil.rmtree(stick / "attachments")
        (stick / "attachments").mkdir()
        names = sorted(path.name for path in stick.glob("*.db"))
        with pytest.raises(Cancelled):
            desk.backups.run(place, stopped_at(at))
        assert sorted(path.name for path in stick.glob("*.db")) == names
        assert [path for path in stick.rglob("*") if ".part" in path.name] == []
    assert desk.backups.run(place).files == 5
    assert sealed(stick) == sealed(desk.folder)


def test_old_backups_go_by_turns_and_files_with_their_last_backup(
    desk: Desk, place: int, stick: Path, today: Today
) -> None:
    give(desk, "always.bin", b"always")
    for number in range(400):
        if number % 10 == 0 or number > 385:
            desk.backups.run(place)
        today.pass_days(1)
    kept = desk.backups.look(place)
    assert 18 <= len(kept) <= 23
    days = [one.taken_at.date() for one in kept if one.taken_at is not None]
    assert days == sorted(days) and (days[-1] - days[0]).days > 300
    assert len([day for day in days if (days[-1] - day).days < 7]) == 7


def test_a_backup_from_tomorrow_disturbs_neither_turns_nor_nag(desk: Desk, place: int, today: Today, ask: Ask) -> None:
    ask()
    for _ in range(5):
        desk.backups.run(place)
        today.pass_days(1)
    today.pass_days(3000)
    for _ in range(9):
        desk.backups.run(place)  # the clock was wrong
        today.pass_days(1)
    today.pass_days(-3009)
    before = [one.number for one in desk.backups.look(place)]
    alarm = desk.backups.alarm()
    assert alarm is not None and "later than today" in alarm.sentence
    assert desk.backups.due()[0].id == place
    desk.backups.run(place)
    assert desk.backups.alarm() is None and desk.backups.due() == ()
    assert [one.number for one in desk.backups.look(place)] == [*before, 15]
    today.pass_days(8)
    alarm = desk.backups.alarm()
    assert alarm is not None and "8 days old" in alarm.sentence and not alarm.never


def test_a_desk_without_a_backup_is_told_kindly_once_it_holds_something(desk: Desk, place: int, ask: Ask) -> None:
    assert desk.backups.alarm() is None
    ask()
    alarm = desk.backups.alarm()
    assert alarm is not None and alarm.never
    desk.backups.run(place)
    assert desk.backups.alarm() is None


def test_what_is_due_by_schedule(desk: Desk, stick: Path, tmp_path: Path, today: Today) -> None:
    numbers = {every: desk.backups.add(tmp_path / every, every).primary for every in ("daily", "weekly", "hand")}
    assert {one.every for one in desk.backups.due()} == {"daily", "weekly"}
    for number in numbers.values():
        desk.backups.run(number)
    assert desk.backups.due() == ()
    today.pass_days(1)
    assert [one.every for one in desk.backups.due()] == ["daily"]
    today.pass_days(6)
    assert {one.every for one in desk.backups.due()} == {"daily", "weekly"}
    desk.backups.schedule(numbers["daily"], "hand")
    (tmp_path / "weekly").rename(tmp_path / "taken out")
    assert desk.backups.due() == () and desk.backups.place(numbers["weekly"]).here is False
    desk.history.undo()
    assert [one.every for one in desk.backups.due()] == ["daily"]


def test_a_place_that_is_not_there_or_another_one_is_refused(desk: Desk, place: int, stick: Path) -> None:
    stick.rename(stick.with_name("away"))
    with pytest.raises(NotFound, match="is not there"):
        desk.backups.run(place)
    stick.mkdir()
    with pytest.raises(NotFound, match="is not there"):  # an empty mount point
        desk.backups.run(place)
    assert list(stick.iterdir()) == []


def test_a_place_that_goes_away_while_a_backup_is_made(desk: Desk, place: int, stick: Path) -> None:
    give(desk, "a.bin", b"a" * 5000)
    desk.backups.run(place)
    give(desk, "b.bin", b"b" * 5000)

    def heard(_done: int, _total: int, what: str) -> None:
        if what == "checking the rows" and stick.exists():
            stick.rename(stick.with_name("away"))

    with pytest.raises(StorageFull, match="no longer there"):
        desk.backups.run(place, Progress(heard))
    assert not stick.exists()
    stick.with_name("away").rename(stick)
    assert sorted(path.name for path in stick.glob("*.db")) == ["backup-000001.db"]
    assert desk.backups.run(place).number == 2


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [("ENOSPC", StorageFull, "full"), ("EROFS", ReadOnly, "written"), ("EMFILE", StorageFull, "open files"),
     ("EIO", StorageFull, "reported an error")],
)  # fmt: skip
def test_a_disk_that_refuses_says_so_of_the_place_and_nothing_is_half_done(
    desk: Desk, place: int, stick: Path, monkeypatch: pytest.MonkeyPatch, error: str, kind: type[Exception], words: str
) -> None:
    import errno

    give(desk, "a.bin", b"a" * 5000)
    desk.backups.run(place)
    number = getattr(errno, error)
    first = set(sealed(stick))
    give(desk, "b.bin", b"b" * 5000)
    real = os.fsync
    for at in range(1, 30):
        calls = 0

        def failing(descriptor: int, at: int = at) -> None:
            nonlocal calls
            calls += 1
            if calls == at:
                raise OSError(number, "refused")
            real(descriptor)

        for copy in set(sealed(stick)) - first:
            (stick / "attachments" / copy[:2] / copy).unlink()
        names = sorted(path.name for path in stick.glob("*.db"))
        monkeypatch.setattr(os, "fsync", failing)
        try:
            desk.backups.run(place)
        except (StorageFull, ReadOnly) as refused:
            assert isinstance(refused, kind) and words in refused.what and "backup" in refused.safe + refused.what
            assert len(sorted(path.name for path in stick.glob("*.db"))) - len(names) in (0, 1)
        finally:
            monkeypatch.setattr(os, "fsync", real)
        if calls < at:
            break
    else:
        pytest.fail("the backup never ran to its end")
    assert at > 4
    assert desk.backups.run(place).files == 2
    assert desk.safety.check() == []


def test_a_backup_that_has_its_name_is_made_though_what_is_beside_it_cannot_be_removed(
    desk: Desk, place: int, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink = Path.unlink

    def stubborn(self: Path, missing_ok: bool = False) -> None:
        if self.name.endswith("-shm") and (stick / "backup-000001.db").exists():
            self.write_bytes(b"left")
            raise OSError(errno.EIO, "no")
        unlink(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", stubborn)
    assert desk.backups.run(place).number == 1
    assert [path.name for path in stick.iterdir() if "part" in path.name] == [".backup-000001.db.part-shm"]
    monkeypatch.undo()
    assert desk.backups.run(place).number == 2
    assert [path.name for path in stick.iterdir() if "part" in path.name] == []


def test_two_backups_at_once_in_one_place(desk: Desk, place: int, stick: Path) -> None:
    with backup_place.BackupFolder(stick).held(), pytest.raises(DeskBusy, match="right now"):
        desk.backups.run(place)
    assert desk.backups.run(place).number == 1


def test_a_folder_with_other_things_gets_one_of_its_own(desk: Desk, stick: Path) -> None:
    (stick / "holiday.jpg").write_bytes(b"x")
    added = desk.backups.place(desk.backups.add(stick).primary)
    assert added.folder == stick / "FOIADesk backups"
    assert desk.backups.place(str(stick)).id == added.id
    assert desk.backups.add(stick, "daily").primary == added.id
    desk.backups.run(added.id)
    desk.backups.forget(added.id)
    assert desk.backups.places() == () and len(list(added.folder.glob("*.db"))) == 1
    again = desk.backups.place(desk.backups.add(stick).primary)
    assert again.number == 1 and again.last_good is not None


def test_what_cannot_be_a_place(desk: Desk, maker: Maker, stick: Path, tmp_path: Path) -> None:
    for folder in (desk.folder, desk.folder / "attachments", desk.folder / "mine"):
        with pytest.raises(BadInput):
            desk.backups.add(folder)
    file = tmp_path / "file"
    file.write_bytes(b"")
    with pytest.raises(BadInput, match="not a folder"):
        desk.backups.add(file)
    with pytest.raises(BadInput, match="none of daily"):
        desk.backups.add(stick, "hourly")
    other = Desk.create(tmp_path / "Other", "another passphrase of words")
    other.backups.run(other.backups.add(stick).primary)
    other.close()
    with pytest.raises(BadInput, match="another desk"):
        desk.backups.add(stick)
    desk.close()
    reader = maker.open(write=False)
    with pytest.raises(ReadOnly):
        reader.backups.add(tmp_path / "never")
    assert not (tmp_path / "never").exists()


def test_the_desk_s_own_folder_is_a_place_too(desk: Desk) -> None:
    give(desk, "a.bin", b"a")
    own = desk.backups.add(desk.folder / "backups", "hand").primary
    desk.backups.run(own)
    assert (desk.folder / "backups" / "backup-000001.db").exists()
    assert desk.safety.verify().faults == ()


def test_who_still_holds_a_content_and_removing_that(desk: Desk, place: int, stick: Path) -> None:
    from hashlib import sha256

    give(desk, "a.bin", b"kept")
    desk.backups.run(place)
    give(desk, "b.bin", b"to be purged")
    desk.backups.run(place)
    (holder,) = desk.backups.holders(sha256(b"to be purged").hexdigest())
    assert holder.folder == stick and [one.number for one in holder.copies] == [2]
    (holder,) = desk.backups.holders(sha256(b"kept").hexdigest())
    assert [one.number for one in holder.copies] == [1, 2]
    assert desk.backups.holders(sha256(b"never filed").hexdigest()) == ()
    assert desk.backups.remove(holder.copies[1:]) == 1
    assert desk.backups.holders(sha256(b"to be purged").hexdigest()) == ()
    assert len(sealed(stick)) == 1 and desk.backups.places()[0].number == 1
    stick.rename(stick.with_name("away"))
    (holder,) = desk.backups.holders(sha256(b"kept").hexdigest())
    assert holder.here is False


def test_while_a_backup_cannot_be_opened_no_file_is_removed(desk: Desk, place: int, stick: Path) -> None:
    give(desk, "a.bin", b"a")
    desk.backups.run(place)
    bad = stick / "backup-000001.db"
    data = bytearray(bad.read_bytes())
    data[100] ^= 1
    bad.write_bytes(data)
    (stick / "attachments" / "00").mkdir(exist_ok=True)
    stray = stick / "attachments" / "00" / ("0" * 32)
    stray.write_bytes(b"perhaps of that one")
    desk.backups.run(place)
    assert [one.opens for one in desk.backups.look(place)] == [False, True] and stray.exists()
    desk.backups.remove(desk.backups.look(place)[:1])
    assert not stray.exists() and len(sealed(stick)) == 1


def test_a_reader_beside_the_writer_makes_backups_that_count_once_the_place_is_looked_at(
    desk: Desk, maker: Maker, place: int, stick: Path, ask: Ask
) -> None:
    ask()
    give(desk, "a.bin", b"a")
    reader = maker.open(write=False)
    assert reader.backups.run(place).number == 1
    assert desk.backups.alarm() is not None
    desk.backups.look(place)
    assert desk.backups.alarm() is None


def test_the_moment_is_in_the_copy_alone(desk: Desk, place: int, stick: Path) -> None:
    made = desk.backups.run(place)
    db = desk.store.open_snapshot(stick / "backup-000001.db")
    assert datetime.fromisoformat(snapshot.taken_at(db)) == made.taken_at.replace(microsecond=0)
    db.conn.close()
    with desk.read() as rows:
        assert snapshot.taken_at(rows) == ""
    assert made.taken_at - desk.backups.now() < timedelta(seconds=60)
