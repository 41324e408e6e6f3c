"""Files hidden in texts and envelopes: uuencode, S/MIME, forwarded and nested messages."""

import pytest

from foiadesk.intake.message import parse_message

from .made import enveloped, message, uuencoded

PLAIN = b"From: a@b.example\nSubject: Old\nContent-Type: text/plain\n\n"


def test_a_file_written_into_the_text_is_a_part_and_the_text_reads_without_it() -> None:
    data = bytes(range(256)) * 3
    found = parse_message(PLAIN + b"Here it is:\n\n" + uuencoded("../fees 2026.pdf", data) + b"\nRegards\n")
    (part,) = found.parts
    assert (part.name, part.original_name, part.data) == ("fees 2026.pdf", "../fees 2026.pdf", data)
    assert part.origin == "part 1, within its text"
    assert found.body == "Here it is:\n\n[../fees 2026.pdf]\n\nRegards"


def test_two_files_and_a_text_that_only_looks_like_one() -> None:
    text = b"begin 644 a chapter\nwith words\n\n" + uuencoded("a.txt", b"one") + uuencoded("b.txt", b"")
    found = parse_message(PLAIN + text + b"begin 644 never.txt\n#86)C\n")
    assert [part.data for part in found.parts] == [b"one", b""]
    assert found.body.startswith("begin 644 a chapter\nwith words") and "never.txt" in found.body


def test_a_signed_envelope_is_kept_whole_and_its_parts_can_be_read() -> None:
    inner = message(("reply.pdf", "application/pdf", b"%PDF-1.4"), text="Signed text.")
    envelope = enveloped("signed", inner)
    found = parse_message(
        b"From: a@b.example\nSubject: S\n"
        b'Content-Type: application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"\n'
        b"Content-Transfer-Encoding: binary\n\n" + envelope
    )
    assert [(part.name, part.data) for part in found.parts] == [("smime.p7m", envelope), ("reply.pdf", b"%PDF-1.4")]
    assert found.body == "Signed text." and found.damaged == ""


@pytest.mark.parametrize("pieces", [1, 3])
def test_a_signed_envelope_without_lengths(pieces: int) -> None:
    text = b"Content-Type: text/plain\n\nhello there"
    size = -(-len(text) // pieces)
    chunks = b"".join(
        b"\x04" + bytes([len(text[at : at + size])]) + text[at : at + size] for at in range(0, len(text), size)
    )
    oid = bytes.fromhex("06092a864886f70d0107")
    inner = b"\x30\x80" + oid + b"\x01\xa0\x80\x24\x80" + chunks + b"\0\0\0\0\0\0"
    envelope = b"\x30\x80" + oid + b"\x02\xa0\x80\x30\x80\x02\x01\x01\x31\x00" + inner + b"\0\0\0\0\0\0"
    found = parse_message(PLAIN.replace(b"text/plain", b"application/pkcs7-mime") + envelope)
    assert found.body == "hello there"


def test_an_encrypted_message_is_left_whole_and_said_to_be_so() -> None:
    envelope = enveloped("encrypted")
    found = parse_message(PLAIN.replace(b"text/plain", b"application/pkcs7-mime") + envelope)
    assert [part.data for part in found.parts] == [envelope]
    assert found.damaged == "Part 1 is encrypted (S/MIME), so it is kept whole and could not be read."


def test_forwarded_messages_are_files_and_are_opened() -> None:
    inner = message(("a.pdf", "application/pdf", b"one"), subject="First")
    middle = message(("First.eml", "application/octet-stream", inner), subject="Second")
    outer = (
        b"From: a@b.example\nSubject: Fwd\nContent-Type: multipart/mixed; boundary=e\n\n--e\n\nFYI\n--e\n"
        b"Content-Type: message/rfc822\n\n" + middle.replace(b"edge", b"inside") + b"\n--e--\n"
    )
    found = parse_message(outer)
    assert [part.name for part in found.parts] == ["Second.eml", "First.eml"]
    assert found.parts[1].data == inner and found.body.strip() == "FYI"
