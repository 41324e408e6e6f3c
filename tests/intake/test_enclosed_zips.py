"""Archives within messages: every file in them is a part, none is lost, and none makes a small message huge."""

import pytest

from foiadesk.intake import Limits, Worker, enclosed_zips
from foiadesk.intake.enclosed_zips import opened
from foiadesk.intake.message import parse_message
from foiadesk.intake.results import ParsedMessage

from .made import docx, message, paragraph, zipped

PDF = b"%PDF-1.7 a letter"


def read(*files: tuple[str, bytes]) -> ParsedMessage:
    return opened(parse_message(message(*((name, "application/octet-stream", data) for name, data in files))))


def listed(found: ParsedMessage) -> list[tuple[str, str]]:
    return [(part.origin, part.name) for part in found.parts]


def test_files_in_an_archive_are_parts_after_it() -> None:
    mail = message(("sheet.csv", "text/csv", b"a,b"), subject="inner")
    inner = zipped({"deep/last.txt": "the last"})
    whole = zipped({
        "letters/one.pdf": PDF, "__MACOSX/._one.pdf": "x", "folder/": "", "..\\..\\mail.eml": mail, "inner.zip": inner,
        "note.docx": docx(paragraph("Text")),
    })  # fmt: skip
    found = read(("before.txt", b"before"), ("answers.zip", whole), ("after.txt", b"after"))
    assert listed(found) == [
        ("part 2", "before.txt"),
        ("part 3", "answers.zip"),
        ("part 3.1", "one.pdf"),
        ("part 3.3", "mail.eml"),
        ("part 3.3.2", "sheet.csv"),
        ("part 3.4", "inner.zip"),
        ("part 3.4.1", "last.txt"),
        ("part 3.5", "note.docx"),
        ("part 4", "after.txt"),
    ]
    data = {part.name: part.data for part in found.parts}
    assert (data["answers.zip"], data["one.pdf"], data["mail.eml"], data["inner.zip"]) == (whole, PDF, mail, inner)
    assert found.damaged == "" and {part.media_type for part in found.parts} >= {"application/pdf", "message/rfc822"}


def test_a_message_without_an_archive_is_left_as_it_is() -> None:
    plain = parse_message(message(("note.docx", "application/zip", docx(paragraph("Text")))))
    assert opened(plain) is plain


def test_what_cannot_be_unpacked_is_named_and_the_rest_is_there() -> None:
    bomb = zipped({"zeros": bytes(80 << 20), "ok.txt": "fine"})
    locked = bytearray(zipped({"secret.txt": "text"}))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    found = read(("bomb.zip", bomb), ("locked.zip", bytes(locked)), ("cut.zip", bomb[:500]), ("last.txt", b"last"))
    assert [name for _, name in listed(found)] == ["bomb.zip", "ok.txt", "locked.zip", "cut.zip", "last.txt"]
    assert "archive of part 2 was not unpacked: this file unpacks to far more" in found.damaged
    assert "archive of part 3 was not unpacked: it is locked" in found.damaged
    assert "archive in part 4 could not be opened" in found.damaged


def test_all_archives_of_a_message_share_one_allowance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enclosed_zips, "ALWAYS", 2_500_000)
    monkeypatch.setattr(enclosed_zips, "TIMES", 1)
    files = [(f"{number}.zip", zipped({f"{number}.bin": bytes([number]) * 1_000_000})) for number in range(4)]
    found = read(*files)
    assert [name for _, name in listed(found) if name.endswith(".bin")] == ["0.bin", "1.bin"]
    assert [name for _, name in listed(found) if name.endswith(".zip")] == [name for name, _ in files]
    assert "archive of part 4" in found.damaged and "archive of part 5" in found.damaged


def test_archives_and_messages_within_one_another_are_opened_to_a_depth() -> None:
    data, name = b"bottom", "bottom.txt"
    for number in range(6):
        data, name = zipped({name: data}), f"{number}.zip"
    assert [name for _, name in listed(read(("outer.zip", data)))] == ["outer.zip", "4.zip", "3.zip", "2.zip"]
    mail = message(("a.txt", "text/plain", b"a"))
    for _ in range(6):
        mail = message(("a.zip", "application/zip", zipped({"m.eml": mail})))
    assert len(opened(parse_message(mail)).parts) < 8


def test_a_message_has_no_more_parts_than_a_person_can_look_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enclosed_zips, "PARTS_AT_MOST", 5)
    found = read(("many.zip", zipped({f"{number}.txt": str(number) for number in range(9)})))
    assert len(found.parts) == 5 and "only in their archive" in found.damaged


def test_the_worker_unpacks_them_within_its_limits() -> None:
    whole = message(("a.zip", "application/zip", zipped({"one.pdf": PDF})))
    large = message(("b.zip", "application/zip", zipped({"zeros.bin": bytes(30 << 20)})))
    with Worker(Limits(output=8 << 20)) as worker:
        first, second = worker.messages([whole, large])
    assert isinstance(first, ParsedMessage) and [part.name for part in first.parts] == ["a.zip", "one.pdf"]
    assert isinstance(second, ParsedMessage) and [part.name for part in second.parts] == ["b.zip"]
    assert "kept whole" in second.damaged


def test_what_an_archive_says_it_holds_counts_even_where_that_is_a_lie(monkeypatch: pytest.MonkeyPatch) -> None:
    from foiadesk.intake import zipped as reading

    inflated = 0
    real = reading.read_member

    def counted(archive: object, number: int, limit: int) -> bytes:
        nonlocal inflated
        inflated += limit
        return real(archive, number, limit)

    monkeypatch.setattr(reading, "read_member", counted)
    monkeypatch.setattr(enclosed_zips, "ALWAYS", 20_000_000)
    monkeypatch.setattr(enclosed_zips, "TIMES", 1)
    small = zipped({f"{number}.bin": bytes(9_000_000) for number in range(9)})
    damaged = bytearray(small)
    damaged[200] ^= 0xFF
    found = read(("small.zip", small))
    assert inflated == 18_000_000 and len(found.parts) == 3
    inflated = 0
    found = read(("damaged.zip", bytes(damaged)))
    assert inflated == 18_000_000 and len(found.parts) == 2 and "damaged inside" in found.damaged
