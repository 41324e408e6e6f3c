"""Bringing in whatever an office sends, many at once: everything met is accounted for, nothing twice, nothing lost."""

import json
import os
import shutil
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from foiadesk.desk import Brought, Desk, IncomingFile, intake, sources
from foiadesk.records import AttachmentRole, Direction
from foiadesk.records.errors import NotFound
from foiadesk.records.progress import Cancelled, Progress
from tests.intake.made import docx, message, paragraph, zipped
from tests.shared_data import shared

from .conftest import Ask, Maker
from .messages import PDF, acknowledgement

SEPARATOR = b"From - Mon Jan 05 10:00:00 2026\n"


def letter(number: int, extra: str = "") -> bytes:
    head = f"From: foia@ice.example\nSubject: Letter {number}\nMessage-ID: <{number}@ice.example>\n"
    return f"{head}\nText{extra}.\n".encode()


def mailbox(*texts: bytes) -> bytes:
    return b"".join(SEPARATOR + text + b"\n" for text in texts)


def hashes(desk: Desk) -> Counter[str]:
    return Counter(one.sha256 for one in desk.filing.documents())


def digests(*contents: bytes) -> Counter[str]:
    return Counter(sha256(data).hexdigest() for data in contents)


def test_a_folder_is_brought_in_whole_and_accounted_for(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "From ICE"
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "__MACOSX").mkdir()
    (folder / "a.eml").write_bytes(acknowledgement())
    (folder / "deep" / "er" / "b.pdf").write_bytes(PDF)
    (folder / "deep" / "note.docx").write_bytes(docx(paragraph("Text")))
    (folder / "__MACOSX" / "junk").write_bytes(b"x")
    (folder / ".DS_Store").write_bytes(b"x")
    (folder / "._a.eml").write_bytes(b"x")
    (folder / "link.eml").symlink_to(folder / "a.eml")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe")
    brought = desk.intake.bring([folder])
    assert brought.change.sentence == ["Brought 1 message and 2 files into the In-tray", " 0 were there already"][0]
    assert (brought.messages, brought.files, brought.there, brought.unread) == (1, 2, 0, ())
    assert brought.passed == {"system files": 3}
    assert {(one.name, one.why) for one in brought.refused} == {
        ("link.eml", "It is a link, and links are not followed."),
        ("loop", "It is a link, and links are not followed."),
        ("pipe", "It is no ordinary file."),
    }
    assert {one.origin for one in desk.filing.documents() if one.role is AttachmentRole.ORIGINAL} == {
        "folder From ICE", "folder From ICE/deep", "folder From ICE/deep/er",
    }  # fmt: skip
    assert hashes(desk)[sha256(PDF).hexdigest()] == 2  # by itself, and as the message's part


def test_one_undo_takes_all_of_it_back_and_bringing_again_links(desk: Desk, tmp_path: Path) -> None:
    box = tmp_path / "Inbox"
    box.write_bytes(mailbox(*map(letter, range(300))))
    first = desk.intake.bring([box])
    assert (first.messages, first.there) == (300, 0) and first.change.undoable
    assert desk.history.next_undo() == "Brought 300 messages into the In-tray"
    stored = sorted(desk.store.vault.keys())
    again = desk.intake.bring([box])
    assert (again.messages, again.there, again.change.undoable) == (0, 300, False)
    assert again.change.sentence == "Nothing new was brought into the In-tray; 300 were there already"
    desk.history.undo()
    assert desk.filing.correspondence(None) == () and desk.filing.documents() == ()
    desk.history.redo()
    assert len(desk.filing.correspondence(None)) == 300 and sorted(desk.store.vault.keys()) == stored


def test_a_mailbox_gives_each_message_by_its_exact_bytes(desk: Desk, tmp_path: Path) -> None:
    texts = [
        letter(1),
        acknowledgement(),
        letter(2, "\n>From quoted\nFrom not"),
        b"Subject: empty\nFrom: a@b.example\n\n",
    ]
    box = tmp_path / "Sent.mbox"
    box.write_bytes(mailbox(*texts))
    desk.intake.bring([box])
    assert hashes(desk) >= digests(*texts)
    waiting = desk.filing.correspondence(None)
    assert {one.subject for one in waiting} == {"Letter 1", "Letter 2", "FOIA request 2026-ICFO-01234", "empty"}
    assert waiting[0].attachments[0].origin.endswith("of Sent.mbox")


def test_a_message_too_large_to_hold_is_stored_as_a_stretch_of_its_mailbox(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "AT_ONCE", 100)
    texts = [letter(number, "x" * 5000) for number in range(3)]
    (tmp_path / "box").write_bytes(mailbox(*texts))
    assert desk.intake.bring([tmp_path / "box"]).messages == 3
    assert hashes(desk) == digests(*texts)
    assert {one.subject for one in desk.filing.correspondence(None)} == {f"Letter {number}" for number in range(3)}


def test_a_mailbox_of_one_message_is_that_file_as_it_is(desk: Desk, tmp_path: Path) -> None:
    data = mailbox(letter(1, "x" * 100_000))
    (tmp_path / "one.eml").write_bytes(data)
    assert desk.intake.bring([tmp_path / "one.eml"]).messages == 1
    assert hashes(desk) == digests(data)
    assert desk.filing.correspondence(None)[0].subject == "Letter 1"


def test_thunderbird_s_folders(desk: Desk, tmp_path: Path) -> None:
    profile = tmp_path / "abc.default"
    local = profile / "Mail" / "Local Folders"
    (local / "FOIA.sbd").mkdir(parents=True)
    (profile / "cache").mkdir()
    for name in ("prefs.js", "places.sqlite", "cache/x"):
        (profile / name).write_bytes(b"x")
    (local / "FOIA").write_bytes(mailbox(letter(1), letter(2)))
    (local / "FOIA.msf").write_bytes(b"index")
    (local / "Empty").write_bytes(b"")
    (local / "FOIA.sbd" / "ICE").write_bytes(mailbox(letter(3), letter(4)))
    maildir = local / "Kept"
    for part in ("cur", "new", "tmp"):
        (maildir / part).mkdir(parents=True)
    (maildir / "cur" / "1767.M1.host:2,S").write_bytes(letter(5))
    (maildir / "new" / "1768.M1.host").write_bytes(letter(6))
    (maildir / "tmp" / "half").write_bytes(b"Subj")
    brought = desk.intake.bring([profile])
    assert (brought.messages, brought.files, brought.refused) == (6, 1, ())  # the empty mailbox is a file, kept
    assert brought.passed == {"mail indexes": 1, "unfinished deliveries": 1, "profile settings": 3}


def test_the_same_message_with_other_bytes_is_kept_and_linked(desk: Desk) -> None:
    desk.intake.bring([IncomingFile("a.eml", letter(1))])
    (old,) = desk.filing.correspondence(None)
    brought = desk.intake.bring([IncomingFile("b.eml", letter(1, " changed")), IncomingFile("c.eml", letter(1))])
    assert (brought.messages, brought.there) == (1, 1)
    ((new, known),) = brought.versions
    assert known == old.id and [one.id for one in desk.intake.versions(new)] == [old.id]
    assert [one.id for one in desk.intake.versions(old.id)] == [new]


def test_what_is_on_a_request_already_is_not_put_in_the_in_tray(desk: Desk, ask: Ask) -> None:
    number = ask()
    desk.filing.file(IncomingFile("a.eml", letter(1)), number)
    assert desk.intake.bring([IncomingFile("a.eml", letter(1))]).there == 1
    assert desk.filing.correspondence(None) == ()
    desk.intake.bring([IncomingFile("b.eml", letter(2))])
    brought = desk.intake.bring([IncomingFile("b.eml", letter(2)), IncomingFile("c.eml", letter(3))], number)
    assert (
        brought.change.sentence.startswith("Brought 1 message to Face recognition")
        and "1 moved here" in brought.change.sentence
    )
    assert desk.filing.correspondence(None) == () and len(desk.filing.correspondence(number)) == 3
    with pytest.raises(NotFound):
        desk.intake.bring([IncomingFile("a.eml", letter(1))], 99)
    sent = desk.intake.bring([IncomingFile("d.eml", letter(4))], number, direction=Direction.OUT)
    assert desk.filing.get(sent.change.primary).direction is Direction.OUT


def test_a_file_that_comes_in_a_hundred_messages_is_stored_once(desk: Desk) -> None:
    logo = b"GIF89a" + bytes(3000)
    mails = [
        IncomingFile(f"{number}.eml", message(("logo.gif", "image/gif", logo), subject=f"Letter {number}"))
        for number in range(100)
    ]
    desk.intake.bring(mails)
    with desk.read() as db:
        assert db.execute("SELECT count(*) FROM spare_contents").fetchone() == (0,)
    assert hashes(desk)[sha256(logo).hexdigest()] == 100 and len(list(desk.store.vault.keys())) == 101


class _StopAt(Progress):
    def __init__(self, number: int) -> None:
        super().__init__(lambda done, _total, _what: self.cancel() if done == number else None)


@pytest.mark.parametrize("number", [1, 100, 128, 200])
def test_stopping_leaves_whole_messages_and_going_on_adds_the_rest(desk: Desk, tmp_path: Path, number: int) -> None:
    texts = [message(("a.txt", "text/plain", str(n).encode()), subject=f"S{n}") for n in range(300)]
    (tmp_path / "box").write_bytes(mailbox(*texts))
    with pytest.raises(Cancelled):
        desk.intake.bring([tmp_path / "box"], progress=_StopAt(number))
    there = desk.filing.correspondence(None)
    assert len(there) == number and all(len(one.attachments) == 2 and one.subject for one in there)
    rest = desk.intake.bring([tmp_path / "box"])
    assert (rest.messages, rest.there) == (300 - number, number)
    assert hashes(desk) >= digests(*texts)
    desk.history.undo()
    assert len(desk.filing.correspondence(None)) == number


def test_stopping_within_an_archive_leaves_no_file_without_a_row(maker: Maker, tmp_path: Path) -> None:
    desk = maker.copy()
    (tmp_path / "a.zip").write_bytes(zipped({f"{n}.txt": f"text {n}" for n in range(50)}))
    with pytest.raises(Cancelled):
        desk.intake.bring([tmp_path / "a.zip"], progress=_StopAt(3))
    desk.close()
    again = maker.open()
    assert again.opening == () and len(again.filing.documents()) == 3


def test_a_full_disk_keeps_what_was_acknowledged(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from foiadesk.records.errors import StorageFull

    monkeypatch.setattr(intake, "BATCH", 10)
    keep, left = desk.contents.keep, [25]

    def until_full(*words: object) -> object:
        left[0] -= 1
        if left[0] < 0:
            raise StorageFull("The disk is full.")
        return keep(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(desk.contents, "keep", until_full)
    mails = [IncomingFile(f"{number}.eml", letter(number)) for number in range(60)]
    with pytest.raises(StorageFull):
        desk.intake.bring(mails)
    monkeypatch.setattr(desk.contents, "keep", keep)
    there = len(desk.filing.correspondence(None))
    assert 10 <= there <= 25
    assert desk.intake.bring(mails).messages == 60 - there


# Archives ----------------------------------------------------------------------------------------------------------


def names(desk: Desk) -> set[str]:
    return {one.name for one in desk.filing.documents()}


def test_an_archive_is_kept_whole_and_its_files_by_themselves(desk: Desk, tmp_path: Path) -> None:
    mail = acknowledgement()
    inner = zipped({"deep/letter.eml": mail, "sheet.csv": "a,b"})
    whole = zipped({
        "letters/one.eml": letter(1), "inner.zip": inner, "__MACOSX/._one.eml": "x", "x/.DS_Store": "x",
        "Inbox.mbox": mailbox(letter(2), letter(3)), "note.docx": docx(paragraph("Text")), "empty/": "",
    })  # fmt: skip
    (tmp_path / "letters.zip").write_bytes(whole)
    brought = desk.intake.bring([tmp_path / "letters.zip"])
    assert (brought.messages, brought.files, brought.unread, brought.refused) == (4, 4, (), ())
    assert brought.passed == {"system files": 2}
    assert hashes(desk) >= digests(whole, inner, letter(1), letter(2), letter(3), mail, b"a,b", PDF)
    assert {"letters.zip", "inner.zip", "one.eml", "letter.eml", "sheet.csv", "note.docx"} <= names(desk)
    origins = {one.name: one.origin for one in desk.filing.documents()}
    assert origins["one.eml"] == "in letters.zip" and origins["letter.eml"] == "in inner.zip"
    assert origins["letters.zip"] == "file"
    assert desk.intake.bring([tmp_path / "letters.zip"]).there == 8


def test_files_of_an_archive_within_a_message_lie_beside_it(desk: Desk, ask: Ask) -> None:
    number = ask()
    whole = zipped({"letter.pdf": PDF, "log.csv": "a,b"})
    mail = message(("answers.zip", "application/zip", whole))
    desk.intake.bring([IncomingFile("a.eml", mail)], number)
    one = desk.filing.file(IncomingFile("b.eml", mail.replace(b"Records", b"Again")), number).primary
    assert hashes(desk)[sha256(PDF).hexdigest()] == 2 and hashes(desk) >= digests(whole, mail, b"a,b")
    files = desk.filing.get(one).attachments
    assert [(file.name, file.origin) for file in files if file.role is AttachmentRole.PART] == [
        ("answers.zip", "part 2 of b.eml"), ("letter.pdf", "part 2.1 of b.eml"), ("log.csv", "part 2.2 of b.eml"),
    ]  # fmt: skip
    archive = next(file for file in files if file.name == "answers.zip")
    assert [file.name for file in desk.intake.related(archive.id).parts] == ["letter.pdf", "log.csv"]
    assert not desk.filing.get(one).damaged


def test_names_in_an_archive_never_become_paths(desk: Desk, tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    for name in ("zip-slip.zip", "zip-slip-win.zip"):
        desk.intake.bring([shared(f"archives/{name}")])
    assert {"zip-slip.zip", "zip-slip-win.zip", "good.txt", "evil.txt"} == names(desk)
    vault = {path for path in sorted(tmp_path.rglob("*")) if "Desk" not in path.parts}
    assert sorted(vault) == [path for path in before if "Desk" not in path.parts]
    assert not Path("/tmp/evil.txt").exists()


def nested(depth: int) -> bytes:
    data = b"bottom"
    name = "bottom.txt"
    for number in range(depth):
        data, name = zipped({name: data}), f"{number}.zip"
    return data


def test_archives_within_archives_are_opened_to_a_depth(desk: Desk) -> None:
    brought = desk.intake.bring([IncomingFile("outer.zip", nested(8))])
    assert brought.files == 1 + sources.NESTED_AT_MOST + 1  # the innermost one opened holds one that is kept whole
    assert "bottom.txt" not in names(desk)


def test_hostile_archives_are_kept_and_named(desk: Desk) -> None:
    bomb = zipped({"zeros": bytes(80 << 20), "ok.txt": "fine"})
    locked = bytearray(zipped({"secret.txt": "text"}))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    damaged = zipped({"a.txt": "some text"}, stored=True).replace(b"some text", b"some tex!")
    brought = desk.intake.bring([
        IncomingFile("bomb.zip", bomb), IncomingFile("locked.zip", bytes(locked)), IncomingFile("damaged.zip", damaged),
        IncomingFile("cut.zip", bomb[: len(bomb) // 2]),
    ])  # fmt: skip
    assert {(one.name, one.why.partition(",")[0].rstrip(".")) for one in brought.unread} == {
        ("zeros in bomb.zip", "This file unpacks to far more than such a file should hold"),
        ("secret.txt in locked.zip", "It is locked with a password inside the archive"),
        ("a.txt in damaged.zip", "It is damaged inside the archive"),
        ("cut.zip", "This zip archive is damaged and could not be opened"),
    }
    assert brought.files == 5 and {"bomb.zip", "locked.zip", "damaged.zip", "cut.zip", "ok.txt"} == names(desk)


def test_an_archive_that_unpacks_to_more_than_it_should_is_stopped(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "UNPACKED_ALWAYS", 3_000_000)
    many = zipped({f"{number}.txt": bytes([number]) * 1_000_000 for number in range(9)})
    brought = desk.intake.bring([IncomingFile("many.zip", many)])
    assert brought.files == 4 and len(brought.unread) == 6
    assert "far more" in brought.unread[0].why


# Real mail ---------------------------------------------------------------------------------------------------------


def test_every_real_message_comes_in_with_every_attachment(desk: Desk, tmp_path: Path) -> None:
    source, copy = shared("mail"), tmp_path / "mail"
    shutil.copytree(source, copy)
    brought: Brought = desk.intake.bring([copy])
    assert (brought.unread, brought.refused) == ((), ())
    stored = hashes(desk)
    for path in copy.rglob("*"):
        if path.is_file():
            assert stored[sha256(path.read_bytes()).hexdigest()], path.name
    for entry in json.loads((source / "truth.json").read_text("utf-8")):
        assert all(stored[digest] for digest in entry["attachment_sha256"]), entry["path"]
    originals = {one.sha256: one.id for one in desk.filing.documents() if one.role is AttachmentRole.ORIGINAL}
    for digest, number in originals.items():
        assert sha256(desk.filing.read(number)).hexdigest() == digest
    assert desk.intake.bring([copy]).there == brought.messages + brought.files + brought.there


def test_naughty_strings_as_names_and_subjects_stay_literal(desk: Desk) -> None:
    from foiadesk.intake import safe_name

    strings = [text for text in json.loads(shared("hostile/blns.json").read_text("utf-8")) if text.strip()]
    mails = []
    for number, text in enumerate(strings):
        from email.message import EmailMessage

        mail = EmailMessage()
        mail["Subject"] = " ".join(text.split()).replace("\x00", "")[:900]
        mail["From"] = "a@b.example"
        mail.set_content(str(number))
        mails.append(IncomingFile(f"{text}.eml", mail.as_bytes()))
        mails.append(IncomingFile(text, f"file {number}".encode()))
    brought = desk.intake.bring(mails)
    assert brought.messages + brought.files == len(mails) and not brought.refused
    for one in desk.filing.documents():
        assert one.name == safe_name(one.name) and "/" not in one.name and "\\" not in one.name
    plain = [text for text in strings if text.isprintable() and text.isascii() and len(text) < 80 and "  " not in text]
    subjects = {one.subject for one in desk.filing.correspondence(None)}
    assert len(plain) > 100 and {text.strip() for text in plain} <= subjects
