"""Messages taken apart: every enclosed file by its exact bytes, whatever state the message is in."""

import base64
import hashlib
import json
import random
import sys
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foiadesk.intake.message import parse_message, subject_of
from foiadesk.intake.refusals import Refusal
from tests.shared_data import shared


def truth() -> list[dict]:
    return json.loads(shared("mail/truth.json").read_text("utf-8"))


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def mixed(*parts: bytes, kind: str = "mixed", headers: str = "From: a@b.example\nSubject: s\n") -> bytes:
    inside = b"".join(b"--X\n" + part + b"\n" for part in parts)
    return f"{headers}Content-Type: multipart/{kind}; boundary=X\n\n".encode() + inside + b"--X--\n"


def test_every_real_message_gives_up_every_attachment() -> None:
    entries = [entry for entry in truth() if not entry["path"].endswith(".msg")]
    assert len(entries) > 140
    for entry in entries:
        path = entry["path"]
        found = parse_message(shared(path).read_bytes())
        hashes = [sha256(part.data) for part in found.parts]
        for wanted in entry["attachment_sha256"]:
            assert hashes.count(wanted) >= entry["attachment_sha256"].count(wanted), path
        assert sum(part.media_type == "message/rfc822" for part in found.parts) == entry["nested_messages"], path
        if entry["date_utc"] is None:
            assert found.date is None, path
        else:
            assert found.date is not None, path
            assert found.date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S") == entry["date_utc"][:19], path
        address = (entry["sender"] or "").rpartition("<")[2].strip(">")
        if not {"(", '"'} & set(found.sender + address):  # comments inside addresses stay as they stood
            assert address in found.sender, path
        if not entry["parseable"]:
            assert found.damaged, path


def test_real_subjects() -> None:
    for entry in truth():
        if entry["path"].endswith(".msg") or "\ufffd" in (entry["subject"] or ""):
            continue  # Outlook's own format; and subjects the reference parser could not decode
        subject = parse_message(shared(entry["path"]).read_bytes()).subject
        assert subject == " ".join((entry["subject"] or "").replace("\xad", "").split()), entry["path"]


def test_headers_and_body() -> None:
    found = parse_message(
        b"From: FOIA Office <foia@agency.example>\r\nTo: Ann <ann@ngo.example>, Bob <bob@ngo.example>\r\n"
        b"Cc: ann2@ngo.example\r\nSubject: =?utf-8?Q?Your_request_=E2=80=93_2026-1?=\r\n"
        b"Date: Tue, 3 Feb 2026 10:00:00 -0500\r\nMessage-ID: <1@agency.example>\r\n"
        b"In-Reply-To: <0@ngo.example>\r\nReferences: <a@ngo.example>\r\n <0@ngo.example>\r\n\r\n"
        b"Dear Ann,\r\n\r\nyes.\r\n"
    )
    assert found.subject == "Your request – 2026-1"
    assert found.sender == "FOIA Office <foia@agency.example>"
    assert found.recipients == ("Ann <ann@ngo.example>", "Bob <bob@ngo.example>", "ann2@ngo.example")
    assert found.date is not None
    assert found.date.isoformat() == "2026-02-03T10:00:00-05:00"
    assert found.message_id == "<1@agency.example>"
    assert found.in_reply_to == "<0@ngo.example>"
    assert found.references == ("<a@ngo.example>", "<0@ngo.example>")
    assert found.body == "Dear Ann,\n\nyes."
    assert found.parts == ()
    assert found.damaged == ""


def test_the_plain_form_is_shown_and_the_html_form_is_no_attachment() -> None:
    found = parse_message(
        mixed(
            b"Content-Type: multipart/alternative; boundary=Y\n\n--Y\n\nplain words\n--Y\nContent-Type: text/html\n\n"
            b"<p>html words</p>\n--Y--\n",
            b"Content-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf\n\n%PDF-1.4",
        )
    )
    assert found.body == "plain words"
    assert [part.name for part in found.parts] == ["a.pdf"]


def test_an_empty_plain_form_gives_way_to_the_html() -> None:
    found = parse_message(
        mixed(b"\n  \n", b"Content-Type: text/html\n\n<p>The <b>decision</b></p>", kind="alternative")
    )
    assert found.body == "The decision"


def test_html_alone_becomes_text() -> None:
    found = parse_message(
        b"From: a@b.example\nContent-Type: text/html; charset=utf-8\n\n<p>R\xc3\xa9ponse<img src=http://x/y>"
    )
    assert found.body == "Réponse"


def test_later_texts_are_shown_and_kept_as_files() -> None:
    found = parse_message(mixed(b"\nfirst", b"Content-Type: application/pdf\n\n%PDF-", b"\nlist footer"))
    assert found.body == "first\n\nlist footer"
    assert [(part.origin, part.data) for part in found.parts] == [("part 2", b"%PDF-"), ("part 3", b"list footer")]


def test_a_named_text_alone_is_shown_and_kept() -> None:
    found = parse_message(b"From: a@b.example\nContent-Type: text/plain; name=minutes.txt\n\nwords")
    assert found.body == "words"
    assert [(part.name, part.data) for part in found.parts] == [("minutes.txt", b"words")]


def test_an_enclosed_message_is_kept_to_the_byte_and_opened_too() -> None:
    inner = (
        b"from:Odd   Spacing <o@x.example>\r\nSubject:\t inner /1\r\nX-Long: " + b"x" * 300 + b"\r\n"
        b"Content-Type: multipart/mixed; boundary=I\r\n\r\npreamble\r\n--I\r\n\r\nhello\r\n--I\r\n"
        b"Content-Type: application/octet-stream; name=data.bin\r\nContent-Transfer-Encoding: base64\r\n\r\nAAEC\r\n"
        b"--I--\r\nepilogue"
    )
    outer = (
        b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=X\r\n\r\n--X\r\n\r\nsee below\r\n--X\r\n"
        b"Content-Type: message/rfc822\r\n\r\n" + inner + b"\r\n--X--\r\n"
    )
    found = parse_message(outer)
    assert found.body == "see below"
    message, data = found.parts
    assert message.data == inner
    assert message.name == "inner _1.eml"
    assert message.media_type == "message/rfc822"
    assert (data.name, data.data, data.origin) == ("data.bin", b"\x00\x01\x02", "part 2.2")
    wrapped = base64.encodebytes(inner)
    coded = mixed(b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + wrapped)
    assert [part.data for part in parse_message(coded).parts] == [inner, b"\x00\x01\x02"]


def test_a_digest_holds_messages() -> None:
    found = parse_message(mixed(b"\nSubject: one\n\nx", b"\nSubject: two\n\ny", kind="digest"))
    assert [part.name for part in found.parts] == ["one.eml", "two.eml"]
    assert [part.data for part in found.parts] == [b"Subject: one\n\nx", b"Subject: two\n\ny"]


@pytest.mark.parametrize(
    ("coding", "encoded", "data"),
    [
        ("base64", b"AAEC\r\n/w==", b"\x00\x01\x02\xff"),
        ("BASE64 ", b" A A E C ", b"\x00\x01\x02"),
        ("base64", b"AA==AQ==", b"\x00\x01"),
        ("quoted-printable", b"a=00=FFb=\r\nc", b"a\x00\xffbc"),
        ("binary", b"\x00\xfe\xff", b"\x00\xfe\xff"),
        ("8bit;", b"\xe9\r\nx", b"\xe9\r\nx"),
        ("x-uuencode", b'begin 644 a.bin\n#``$"\n`\nend', b"\x00\x01\x02"),
        ("", b"as it came", b"as it came"),
    ],
)
def test_transfer_encodings(coding: str, encoded: bytes, data: bytes) -> None:
    head = f"Content-Type: application/octet-stream; name=x.bin\nContent-Transfer-Encoding: {coding}\n\n".encode()
    found = parse_message(mixed(head + encoded))
    assert found.parts[0].data == data
    assert found.damaged == ""


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        (
            mixed(b"Content-Type: a/b\nContent-Transfer-Encoding: base64\n\n!!!AAEC"),
            "transfer encoding of part 1 is damaged",
        ),
        (mixed(b"Content-Type: a/b\nContent-Transfer-Encoding: rot13\n\nabc"), "does not exist"),
        (mixed(b"Content-Type: text/plain; charset=klingon\n\n\xe9"), "character set"),
        (b"From: a@b.example\nDate: next week\n\nx", "date cannot be read"),
        (b"no headers at all", "no headers"),
        (b"From: a@b.example\nthis is no header\n\nx", "headers break off"),
        (b"From: a\nContent-Type: multipart/mixed; boundary=X\n\n--X\n\ncut off", "ends before its last part"),
        (b"From: a\nContent-Type: multipart/mixed; boundary=X\n\nnothing", "none of them could be found"),
        (b"", "no headers"),
        (
            mixed(b"Content-Type: message/rfc822\n\nContent-Type: multipart/mixed; boundary=Q\n\n--Q\n\ncut"),
            "is itself damaged",
        ),
    ],
)
def test_damage_is_said_in_plain_words(message: bytes, sentence: str) -> None:
    damaged = parse_message(message).damaged
    assert sentence in damaged
    assert damaged.endswith(".")
    assert damaged[0].isupper()


def test_a_forgotten_boundary_is_guessed_so_that_nothing_stays_hidden() -> None:
    whole = mixed(
        b"\nhello", b"Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nJVBERg=="
    )
    for broken in (whole.replace(b"; boundary=X", b""), whole.replace(b"boundary=X", b"boundary=Z")):
        found = parse_message(broken)
        assert found.body == "hello"
        assert [(part.name, part.data) for part in found.parts] == [("a.pdf", b"%PDF")]
        assert "guessing" in found.damaged


def test_names_are_safe_and_the_original_is_told() -> None:
    name = b"../../etc/cron.d/\xe2\x80\xaex.pdf"
    head = b'Content-Type: application/pdf\nContent-Disposition: attachment; filename="' + name + b'"\n\nx'
    part = parse_message(mixed(head)).parts[0]
    assert part.name == "x.pdf"
    assert part.original_name == "../../etc/cron.d/x.pdf"


def test_a_part_without_a_name_gets_one_that_fits() -> None:
    found = parse_message(mixed(b"Content-Type: application/octet-stream\n\n%PDF-1.7 rest"))
    assert (found.parts[0].name, found.parts[0].media_type) == ("part 1.pdf", "application/pdf")


@pytest.mark.parametrize(
    "charset", ["punycode", "idna", "rot13", "hex", "zip", "unicode_escape", "undefined", "base64", "\x00"]
)
def test_no_codec_can_be_turned_against_the_reader(charset: str) -> None:
    found = parse_message(f"From: a@b.example\nContent-Type: text/plain; charset={charset}\n\n\\x41 é".encode())
    assert found.body == "\\x41 é"
    assert "character set" in found.damaged


def test_naughty_strings_stay_literal() -> None:
    for text in json.loads(shared("hostile/blns.json").read_text("utf-8")):
        word = base64.b64encode(text.encode("utf-8", "replace")).decode()
        found = parse_message(
            f"From: a@b.example\nSubject: =?utf-8?B?{word}?=\n\n".encode() + text.encode("utf-8", "replace")
        )
        assert isinstance(found.subject, str)
        assert "\n" not in found.subject
        if text.isascii() and text.isprintable():
            assert found.subject == " ".join(text.split())
            assert found.body.strip() == text.strip()


def test_deep_nesting_ends() -> None:
    deep = sys.getrecursionlimit() + 200
    bottomless = b"".join(
        b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (level, level) for level in range(deep)
    )
    found = parse_message(b"From: a@b.example\n" + bottomless + b"\nfloor")
    assert "nests its parts too deeply" in found.damaged
    assert "floor" in found.body or any(b"floor" in part.data for part in found.parts)
    nested = b"From: a@b.example\n" + b"Content-Type: message/rfc822\n\n" * 40 + b"core"
    found = parse_message(nested)
    assert "itself damaged" in found.damaged
    assert len(found.parts) < 40
    assert any(part.data.endswith(b"core") for part in found.parts)


def test_a_flood_of_parts_is_cut_and_said() -> None:
    found = parse_message(mixed(*[b"Content-Type: a/b\n\nx"] * 10_050))
    assert len(found.parts) == 10_000
    assert "more than 10000 parts" in found.damaged


def test_subject_alone() -> None:
    assert subject_of(b"Subject: =?utf-8?Q?caf=C3=A9?=\n\nbody") == "café"
    assert subject_of(b"") == ""


PIECES = st.sampled_from(
    [b"From: a\n", b"Content-Type: multipart/mixed; boundary=X\n", b"Content-Type: message/rfc822\n", b"\n", b"--X\n",
     b"--X--\n", b"Content-Transfer-Encoding: base64\n", b"Content-Transfer-Encoding: x-uuencode\n", b"begin 644 a\n",
     b"Content-Type: text/html; charset=utf-7\n", b"AAE=C\n", b"\r", b"\x00", b"=?utf-8?B?",
     b"Date: 1 Jan 1 1:1:1 +1\n",
     b"Content-Type: multipart/alternative\n", b"Content-Type: text/enriched; charset=utf-16\n", b"<b", b"<!--",
     b"Content-Type: multipart/digest; boundary=X\n", b"\xe9\xff", b"M" * 61, b"References: <<>\n", b"To: ;,:<\"(\n"]
)  # fmt: skip


@given(st.one_of(st.binary(max_size=400), st.lists(PIECES, max_size=25).map(b"".join)))
def test_no_bytes_at_all_make_it_raise(data: bytes) -> None:
    try:
        found = parse_message(data)
    except Refusal:
        assert data.startswith(b"\xd0\xcf\x11\xe0")
        return
    for text in (found.subject, found.sender, found.body, found.damaged, *found.recipients, *found.references):
        text.encode("utf-8")
    for part in found.parts:
        assert part.name
        assert isinstance(part.data, bytes)
        assert part.origin.startswith("part ")


def test_mutated_real_messages_never_make_it_raise() -> None:
    dice = random.Random(20260203)
    messages = [shared(entry["path"]).read_bytes() for entry in truth() if not entry["path"].endswith(".msg")]
    for _ in range(300):
        data = bytearray(dice.choice(messages))
        for _ in range(dice.randint(1, 8)):
            at = dice.randrange(len(data) + 1)
            match dice.randrange(4):
                case 0:
                    data[at : at + dice.randint(1, 40)] = b""
                case 1:
                    data[at:at] = bytes(dice.randrange(256) for _ in range(dice.randint(1, 10)))
                case 2:
                    data[at : at + 1] = bytes([dice.randrange(256)])
                case _:
                    other = dice.choice(messages)
                    data[at:at] = other[: dice.randint(0, 500)]
        parse_message(bytes(data))
