"""What a file is, told by its bytes first and its name second."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foiadesk.intake.media import kind_of, media_type
from tests.shared_data import shared

MAIL = b"From: a@b.example\r\nMessage-ID: <1@b.example>\r\nSubject: x\r\n\r\nbody"


@pytest.mark.parametrize(
    ("data", "name", "media", "kind"),
    [
        (b"%PDF-1.7\n", "x.txt", "application/pdf", "pdf"),
        (b"\n\njunk %PDF-1.4\n\x00", "scan", "application/pdf", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "invoice.pdf", "image/png", "image"),
        (MAIL, "message", "message/rfc822", "message"),
        (b"\r\n" + MAIL, "x.txt", "message/rfc822", "message"),
        (b"From someone Mon Jan  1 00:00:00 2026\n" + MAIL, "x", "message/rfc822", "message"),
        (b"From someone Mon Jan  1 00:00:00 2026\n" + MAIL, "box.mbox", "application/mbox", "text"),
        (b"Subject: only\n\nx", "x.eml", "message/rfc822", "message"),
        (b"To: the record\nFrom: Jane\nSubject: our call\n\nShe said", "memo.txt", "text/plain", "text"),
        (MAIL + b"\n%PDF-1.4", "x", "message/rfc822", "message"),
        (b"<!DOCTYPE html><p>x", "x", "text/html", "text"),
        (b"<p>x", "x.htm", "text/html", "text"),
        (b"a,b\n1,2\n", "x.csv", "text/csv", "text"),
        (b"plain", "x.pdf", "text/plain", "text"),
        (b"BEGIN:VCALENDAR\r\n", "x", "text/calendar", "text"),
        (b"<?xml version='1.0'?><svg/>", "x", "image/svg+xml", "text"),
        (b"PK\x03\x04" + b"\0" * 26 + b"word/document.xml", "x.zip", "application/vnd.openxmlformats-officedocument."
         "wordprocessingml.document", "office"),
        (b"PK\x03\x04" + b"\0" * 26 + b"letter.pdf", "x.zip", "application/zip", "other"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "x.doc", "application/msword", "other"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__substg1.0_".encode("utf-16-le"), "x", "application/vnd.ms-outlook",
         "message"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "x", "image/webp", "image"),
        (b"\0\0\0\x18ftypheic", "x.jpg", "image/heic", "image"),
        (b"\x00\x01\x02binary", "x.txt", "application/octet-stream", "other"),
        (b"", "empty.pdf", "application/octet-stream", "other"),
    ],
)  # fmt: skip
def test_examples(data: bytes, name: str, media: str, kind: str) -> None:
    assert media_type(data, name) == media
    assert kind_of(media) == kind


@given(st.binary(max_size=600), st.text(max_size=20))
def test_every_file_is_something(data: bytes, name: str) -> None:
    assert "/" in media_type(data, name)


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("hostile/blns.json", "application/json"),
        ("hostile/leak.html", "text/html"),
        ("pdf/encrypted-file.pdf", "application/pdf"),
        ("scans/eurotext.tif", "image/tiff"),
        ("scans/typewriter.png", "image/png"),
        ("archives/zip-slip.zip", "application/zip"),
        ("archives/zip-slip.tar", "application/x-tar"),
        ("mail/outlook/test_outlook_msg.msg", "application/vnd.ms-outlook"),
        ("mail/mail-ruby/attachments/basic_email.eml", "message/rfc822"),
        ("official/annual-report-dhs-2024.xml", "application/xml"),
        ("official/FOIA-Agency-Contacts_SYNTHETIC.csv", "text/csv"),
    ],
)
def test_real_files(name: str, media: str) -> None:
    path = shared(name)
    assert media_type(path.read_bytes(), path.name) == media
    assert media_type(path.read_bytes(), "unnamed").partition("/")[0] in (media.partition("/")[0], "text")
