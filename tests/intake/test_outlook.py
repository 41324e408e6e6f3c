"""Outlook's own formats: .msg with its attachments by their bytes and enclosed messages as files, and winmail.dat."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256

import pytest

from foiadesk.intake.media import media_type
from foiadesk.intake.message import parse_message, subject_of
from foiadesk.intake.ole import Storage, read_compound, write_compound
from foiadesk.intake.refusals import Refusal
from tests.shared_data import shared

from .made import fixed, mapi_list, message, ticks, wide, winmail

SENT = datetime(2026, 1, 5, 15, 0, tzinfo=UTC)


def attachment(name: str, data: bytes) -> Storage:
    streams = {
        "__properties_version1.0": fixed((0x3705, 3, 1), header=8),
        "__substg1.0_3707001F": wide(name),
        "__substg1.0_37010102": data,
    }
    return Storage(streams)


def outlook(subject: str, header: int = 32, body: str = "Dear Ms. Ruiz", **storages: Storage) -> Storage:
    streams = {
        "__properties_version1.0": fixed(
            (0x0039, 0x40, ticks(int(SENT.timestamp()))), (0x3FFD, 3, 1252), header=header
        ),
        "__substg1.0_0037001F": wide(subject),
        "__substg1.0_1000001F": wide(body),
        "__substg1.0_0C1A001E": b"FOIA \xd6ffice",
        "__substg1.0_5D01001F": wide("foia@ice.example"),
        "__substg1.0_1035001F": wide("<1@ice.example>"),
    }
    return Storage(streams, storages)


def enclosing(inner: Storage) -> Storage:
    return Storage({"__properties_version1.0": fixed((0x3705, 3, 5), header=8)}, {"__substg1.0_3701000D": inner})


def test_a_message_with_a_file_and_a_message_in_it() -> None:
    pdf = b"%PDF-1.4 " + bytes(9000)
    inner = outlook("Inner", 24, "inside", **{"__attach_version1.0_#00000000": attachment("deep.txt", b"deep")})
    recipient = Storage({
        "__properties_version1.0": fixed((0x0C15, 3, 1), header=8),
        "__substg1.0_3001001F": wide("Ana Ruiz"), "__substg1.0_39FE001F": wide("ana@lantern.example"),
    })  # fmt: skip
    whole = outlook(
        "Re: request",
        **{
            "__attach_version1.0_#00000000": attachment("../../reply.pdf", pdf),
            "__attach_version1.0_#00000001": enclosing(inner),
            "__recip_version1.0_#00000000": recipient,
            "__nameid_version1.0": Storage({"__substg1.0_00020102": b"names"}),
        },
    )
    data = write_compound(whole)
    assert media_type(data, "x") == "application/vnd.ms-outlook" and subject_of(data) == "Re: request"
    found = parse_message(data)
    assert (found.subject, found.sender, found.date) == ("Re: request", "FOIA Öffice <foia@ice.example>", SENT)
    assert found.recipients == ("Ana Ruiz <ana@lantern.example>",) and found.message_id == "<1@ice.example>"
    assert found.body == "Dear Ms. Ruiz" and found.damaged == ""
    assert [(part.name, part.origin) for part in found.parts] == [
        ("reply.pdf", "part 1"), ("Inner.msg", "part 2"), ("deep.txt", "part 2.1"),
    ]  # fmt: skip
    assert found.parts[0].data == pdf and found.parts[2].data == b"deep"
    again = parse_message(found.parts[1].data)
    assert (again.subject, again.body, [part.data for part in again.parts]) == ("Inner", "inside", [b"deep"])
    assert "__nameid_version1.0" in read_compound(found.parts[1].data).storages
    assert parse_message(data).parts == found.parts  # the same bytes each time, so that nothing is stored twice


@pytest.mark.parametrize("size", [0, 1, 63, 64, 4095, 4096, 70_000, 8_000_000])
def test_a_compound_file_comes_back_as_it_was_written(size: int) -> None:
    deep = Storage({"a": bytes(range(256)) * (size // 256) + bytes(size % 256)})
    tree = Storage({"b": b"bb", "Long name of a stream": b"x" * 4097}, {"c": deep, "d": Storage()})
    for number in range(40):
        tree.streams[f"stream {number}"] = str(number).encode()
    found = read_compound(write_compound(tree))
    assert found == tree


def test_a_broken_stream_hides_nothing_else() -> None:
    data = write_compound(outlook("Subject", **{"__attach_version1.0_#00000000": attachment("a.bin", b"z" * 20_000)}))
    at = data.index(wide("__substg1.0_37010102")) + 116  # where its directory entry says it starts
    found = parse_message(data[:at] + b"\xf0\xff\xff\x00" + data[at + 4 :])
    assert (found.subject, found.body) == ("Subject", "Dear Ms. Ruiz")
    assert found.damaged.startswith("Pieces of the message that could not be read: 1.")


@pytest.mark.parametrize("cut", [8, 300, 512, 1000, 3000])
def test_what_is_cut_off_is_refused_or_read_as_far_as_it_goes(cut: int) -> None:
    try:
        parse_message(write_compound(outlook("S"))[:cut])
    except Refusal as refused:
        assert refused.code in ("damaged_compound", "not_message")


def test_a_file_named_only_elsewhere_is_said_to_be_missing() -> None:
    linked = Storage(
        {"__properties_version1.0": fixed((0x3705, 3, 7), header=8), "__substg1.0_3707001F": wide("x.doc")}
    )
    found = parse_message(write_compound(outlook("S", **{"__attach_version1.0_#00000000": linked})))
    assert found.parts == () and "only names a file elsewhere" in found.damaged


def test_html_and_packed_text_serve_where_there_is_no_plain_text() -> None:
    whole = outlook("S", body="")
    whole.streams["__substg1.0_10130102"] = "<p>Grüße</p><script>x</script>".encode()
    whole.streams["__properties_version1.0"] += fixed((0x3FDE, 3, 65001), header=0)
    assert parse_message(write_compound(whole)).body == "Grüße"
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    whole.streams.pop("__substg1.0_10130102")
    whole.streams["__substg1.0_10090102"] = packed
    assert parse_message(write_compound(whole)).body == "hello world"


def test_winmail_opens_beside_the_file_it_is() -> None:
    packed = winmail(("Fee estimate.xlsx", b"PK\x03\x04cells"), ("..\\..\\evil.exe", b"MZ"), body=b"From the office.")
    found = parse_message(message(("winmail.dat", "application/ms-tnef", packed), text="Own text."))
    assert [part.name for part in found.parts] == ["winmail.dat", "Fee estimate.xlsx", "evil.exe"]
    assert [part.data for part in found.parts] == [packed, b"PK\x03\x04cells", b"MZ"]
    assert [part.origin for part in found.parts] == ["part 2", "part 2.1", "part 2.2"]
    assert found.body == "Own text." and found.damaged == ""
    bare = parse_message(message(("winmail.dat", "application/octet-stream", packed), text=""))
    assert bare.body == "From the office." and len(bare.parts) == 3
    alone = parse_message(packed)
    assert alone.body == "From the office." and [part.name for part in alone.parts] == ["Fee estimate.xlsx", "evil.exe"]


def test_a_message_in_winmail_is_opened_too() -> None:
    inner = winmail(("deep.txt", b"deep"), body=b"inner text")
    guid = bytes.fromhex("0703020000000000c000000000000046")
    from .made import attribute

    whole = (
        winmail()
        + attribute(2, 0x9002, 6, bytes(14))
        + attribute(2, 0x9005, 6, mapi_list((0x0D, 0x3701, guid + inner)))
    )
    found = parse_message(whole)
    assert [(part.name, part.data) for part in found.parts] == [("message.dat", inner), ("deep.txt", b"deep")]


@pytest.mark.parametrize("cut", range(6, 120, 7))
def test_a_cut_winmail_says_so_and_gives_what_it_has(cut: int) -> None:
    whole = winmail(("a.txt", b"one"), ("b.txt", b"two"))
    ends, at = {6}, 6
    while at < len(whole):
        at += 11 + int.from_bytes(whole[at + 5 : at + 9], "little")
        ends.add(at)
    found = parse_message(whole[:cut])
    assert bool(found.damaged) == (cut not in ends)
    assert {part.data for part in found.parts} <= {b"one", b"two", b""}


def test_real_outlook_files() -> None:
    import json

    for entry in json.loads(shared("mail/truth.json").read_text("utf-8")):
        if entry["path"].endswith(".msg"):
            found = parse_message(shared(entry["path"]).read_bytes())
            assert found.subject == entry["subject"] and found.damaged == ""
            assert found.date == datetime.fromisoformat(entry["date_utc"])
            assert {sha256(part.data).hexdigest() for part in found.parts} >= set(entry["attachment_sha256"])
            assert "@" in found.sender and found.body
    assert parsedate_to_datetime("Mon, 05 Jan 2026 10:00:00 -0500") == SENT
