"""Changing the passphrase of a whole desk, and renewing the key of its attachments."""

from pathlib import Path
from typing import Any

import pyrage
import pytest

from foiadesk.desk import Desk, IncomingFile
from foiadesk.records.errors import BadInput, DamagedDesk, StorageFull, WrongPassphrase
from foiadesk.records.progress import Cancelled, Progress
from foiadesk.store import Store, Vault
from foiadesk.store.rows_common import put_state
from tests.raw_pages import holding

from .conftest import PASSPHRASE, Ask, Maker

NEW = "another seven words that it's now"
FILES = {f"{n}.bin": bytes([n]) * size for n, size in enumerate((0, 1, 70_000, 400_000), 1)}


def backups(desk: Desk) -> set[str]:
    return {path.name for path in (desk.folder / "backups").glob("*.db")}


def filled(desk: Desk) -> None:
    for name, data in FILES.items():
        desk.filing.file(IncomingFile(name, data), None)


def contents(desk: Desk) -> dict[str, bytes]:
    return {file.name: desk.filing.read(file.id) for file in desk.filing.documents()}


def lying(desk: Desk) -> list[str]:
    return list(desk.store.vault.keys())


def secrets(desk: Desk) -> list[str]:
    with desk.read() as db:
        return [row[0] for row in db.execute("SELECT secret FROM vault_identity ORDER BY id").fetchall()]


def test_the_desk_stays_open_and_old_backups_are_named_and_removed(desk: Desk, ask: Ask, maker: Maker) -> None:
    number = ask()
    filled(desk)
    desk.search.bring()
    assert desk.search.find("recognition").total
    steps: list[str] = []
    done = desk.safety.change_passphrase(PASSPHRASE, NEW, Progress(lambda _done, _total, what: steps.append(what)))
    assert len(steps) == 2 and done.alert == "" and done.old_backups == ("before-new-passphrase.db",)
    assert backups(desk) == {"before-new-passphrase.db", "after-new-passphrase.db"}
    assert desk.requests.get(number).title == "Face recognition" and contents(desk) == FILES
    found = desk.search.find("recognition")
    assert found.total and found.waiting == 0, "the index took the new key, and nothing is read anew"
    assert desk.history.undo().sentence
    assert desk.safety.outdated_backups() == done.old_backups and desk.safety.remove_outdated_backups() == 1
    assert backups(desk) == {"after-new-passphrase.db"} and desk.safety.check() == []
    desk.close()
    with pytest.raises(WrongPassphrase):
        maker.open()
    with Desk.open(desk.folder, NEW, clock=maker.today) as again:
        assert again.search.find("recognition").total
        assert again.opening == () and len(contents(again)) == len(FILES) - 1


def test_what_is_refused_leaves_everything_as_it_was(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for old, new in (("wrong", NEW), (PASSPHRASE, PASSPHRASE), (PASSPHRASE, " "), (PASSPHRASE, "x'00'")):
        with pytest.raises(BadInput):
            desk.safety.change_passphrase(old, new)
    stopped = Progress(lambda done, _total, _what: stopped.cancel() if done else None)
    with pytest.raises(Cancelled):
        desk.safety.change_passphrase(PASSPHRASE, NEW, stopped)
    assert desk.store.opens_with(PASSPHRASE)

    def full(*_more: object) -> None:
        raise StorageFull("The disk is full.")

    monkeypatch.setattr(Store, "change_key", full)
    before = backups(desk)
    with pytest.raises(StorageFull):
        desk.safety.change_passphrase(PASSPHRASE, NEW)
    assert desk.store.opens_with(PASSPHRASE) and backups(desk) == before


def test_a_backup_that_fails_afterwards_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = Store.snapshot

    def failing(self: Store, name: str) -> Path:
        if name.startswith("after"):
            raise StorageFull("The disk is full.")
        return snapshot(self, name)

    monkeypatch.setattr(Store, "snapshot", failing)
    assert "no backup could be made" in desk.safety.change_passphrase(PASSPHRASE, NEW).alert
    assert desk.store.opens_with(NEW)


def test_every_file_is_encrypted_anew_and_the_old_key_leaves_the_desk(desk: Desk, maker: Maker) -> None:
    filled(desk)
    (old,) = secrets(desk)
    before = set(lying(desk))
    counted: list[tuple[int, int]] = []
    done = desk.safety.renew_attachments(Progress(lambda at, total, _what: counted.append((at, total))))
    assert done.complete and done.files == len(FILES) and (len(FILES) - 1, len(FILES)) in counted
    (new,) = secrets(desk)
    assert new != old and contents(desk) == FILES and desk.safety.check() == []
    assert before.isdisjoint(lying(desk))
    identity = pyrage.x25519.Identity.from_str(old)
    for key in lying(desk):
        with pytest.raises(pyrage.DecryptError):
            pyrage.decrypt((desk.folder / "attachments" / key[:2] / key).read_bytes(), [identity])
    assert not desk.safety.renewal_under_way()
    desk.close()
    assert holding(desk.folder / "desk.db", PASSPHRASE, new) and not holding(desk.folder / "desk.db", PASSPHRASE, old)
    again = maker.open()
    assert again.opening == () and contents(again) == FILES


def test_stopped_and_gone_on_with_new_files_meanwhile(desk: Desk, maker: Maker) -> None:
    filled(desk)
    (old,) = secrets(desk)
    stopped = Progress(lambda at, total, _what: stopped.cancel() if total and at == 2 else None)
    with pytest.raises(Cancelled):
        desk.safety.renew_attachments(stopped)
    assert len(secrets(desk)) == 2 and desk.safety.renewal_under_way() and contents(desk) == FILES
    desk.filing.file(IncomingFile("meanwhile.bin", b"meanwhile"), None)
    desk.close()
    again = maker.open()
    assert any("key of the attachments" in line for line in again.opening)
    done = again.safety.renew_attachments()
    assert done.complete and done.files == 2 and old not in secrets(again)
    assert contents(again) == {**FILES, "meanwhile.bin": b"meanwhile"} and again.safety.check() == []


def test_a_damaged_file_keeps_the_old_key(desk: Desk) -> None:
    filled(desk)
    (old,) = secrets(desk)
    with desk.read() as db:
        content, key = db.execute("SELECT id, vault_key FROM contents WHERE size > 100000").fetchone()
    path = desk.folder / "attachments" / key[:2] / key
    whole = path.read_bytes()
    path.write_bytes(whole[:200_000] + bytes([whole[200_000] ^ 1]) + whole[200_001:])
    done = desk.safety.renew_attachments()
    assert not done.complete and done.failed == (content,) and done.files == len(FILES) - 1
    assert old in secrets(desk) and "kept" in done.sentence
    with pytest.raises(DamagedDesk):
        contents(desk)
    path.write_bytes(whole)
    assert desk.safety.renew_attachments().complete and contents(desk) == FILES and old not in secrets(desk)


def test_spare_and_forgotten_files_are_renewed_too(desk: Desk) -> None:
    filled(desk)
    desk.store.vault.put(FILES["2.bin"])
    desk.store.vault.put(b"a file without a row")
    desk.store.write(lambda db: put_state(db, "storing", "yes"))
    done = desk.safety.renew_attachments()
    assert done.complete and done.files == len(FILES) + 2
    assert contents(desk)["recovered"] == b"a file without a row" and desk.safety.check() == []


def test_a_file_purged_while_it_is_renewed_stays_purged(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    letter = desk.filing.file(IncomingFile("a.bin", b"to be purged"), None).primary
    renew = Vault.renew

    def purged_meanwhile(self: Vault, key: str, sha256: str) -> Any:
        fresh = renew(self, key, sha256)
        desk.trash.put("correspondence", letter)
        desk.trash.purge([("correspondence", letter)])
        return fresh

    monkeypatch.setattr(Vault, "renew", purged_meanwhile)
    assert desk.safety.renew_attachments().complete
    assert lying(desk) == [] and desk.safety.check() == []


def test_a_full_disk_ends_a_renewal_between_two_files(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(desk)
    put, count = Vault.put, iter(range(100))

    def filling(self: Vault, data: Any) -> Any:
        if next(count) == 2:
            raise StorageFull("The disk is full.")
        return put(self, data)

    monkeypatch.setattr(Vault, "put", filling)
    with pytest.raises(StorageFull):
        desk.safety.renew_attachments()
    assert contents(desk) == FILES and desk.safety.check() == []
    assert desk.safety.renew_attachments().complete and contents(desk) == FILES


def test_a_renewal_killed_before_the_old_file_was_gone_goes_on_to_its_end(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(desk)
    monkeypatch.setattr(Vault, "forget", _killed)
    with pytest.raises(KeyboardInterrupt):
        desk.safety.renew_attachments()
    monkeypatch.undo()
    assert len(lying(desk)) == len(FILES) + 1 and desk.safety.check() == []
    assert desk.safety.renew_attachments().complete
    assert len(lying(desk)) == len(FILES) and contents(desk) == FILES and desk.safety.check() == []


def _killed(*_more: object) -> None:
    raise KeyboardInterrupt
