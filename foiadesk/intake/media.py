"""What a file is, told by its first bytes and, where these leave it open, by its name. Parses nothing."""

import re

_HEAD = 8192
TNEF = frozenset(("application/ms-tnef", "application/vnd.ms-tnef"))
SMIME = frozenset(("application/pkcs7-mime", "application/x-pkcs7-mime"))
MESSAGES = frozenset(("message/rfc822", "application/vnd.ms-outlook", "application/vnd.ms-tnef"))
OFFICE = frozenset(
    ("application/rtf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
     "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
     "application/vnd.openxmlformats-officedocument.presentationml.presentation",
     "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet",
     "application/vnd.oasis.opendocument.presentation")
)  # fmt: skip
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "image/jp2"),
    (b"{\\rtf", "application/rtf"),
    (b"%!PS", "application/postscript"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x78\x9f\x3e\x22", "application/vnd.ms-tnef"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "application/ogg"),
    (b"\x1a\x45\xdf\xa3", "video/x-matroska"),
    (b"\x7fELF", "application/x-executable"),
    (b"MZ", "application/vnd.microsoft.portable-executable"),
)
_BY_NAME = {
    "csv": "text/csv",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "dot": "application/msword",
    "ics": "text/calendar",
    "json": "application/json",
    "m4a": "audio/mp4",
    "md": "text/markdown",
    "msg": "application/vnd.ms-outlook",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "p7m": "application/pkcs7-mime",
    "p7s": "application/pkcs7-signature",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "tar": "application/x-tar",
    "txt": "text/plain",
    "vcf": "text/vcard",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml",
}
_TEXT_BY_NAME = ("csv", "ics", "json", "md", "txt", "vcf", "xml")
_TEXTS = frozenset(("application/json", "application/xml", "image/svg+xml", "application/mbox"))
_OF_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_OF_FTYP = {
    b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heic", b"msf1": "image/heic", b"avif": "image/avif",
    b"M4A ": "audio/mp4",
}  # fmt: skip
_OF_OFFICE = re.compile(rb"\[Content_Types\]\.xml|_rels/|docProps/|customXml/|word/|xl/|ppt/")
_TAIL = 65_536
_PDF_WITHIN = 1024  # readers accept this much before the header
_HEADER = re.compile(
    rb"([!-9;-~]{1,76}):[ \t]?([^\r\n]{0,998})(?:\r\n|\n|\r|\Z)((?:[ \t][^\r\n]{0,998}(?:\r\n|\n|\r|\Z))*)"
)
_MULTIPART = re.compile(rb"content-type:\s*multipart/[^\r\n]*\bboundary=", re.IGNORECASE)
_OF_MAIL = frozenset(
    (b"from", b"to", b"cc", b"date", b"subject", b"sender", b"reply-to", b"received", b"message-id", b"return-path",
     b"mime-version", b"content-type", b"delivered-to", b"in-reply-to", b"references", b"x-mailer")
)  # fmt: skip
_ONLY_OF_MAIL = frozenset(
    (b"received", b"message-id", b"return-path", b"mime-version", b"content-type", b"delivered-to", b"in-reply-to",
     b"references", b"x-mailer")
)  # fmt: skip


def extension(name: str) -> str:
    """Return the lower-case extension of a file name without its dot, "" when there is none."""
    stem, dot, end = name.rpartition(".")
    return end.lower() if dot and stem else ""


def _mail_headers(head: bytes) -> tuple[int, bool]:
    """Return how many different mail headers stand at the start, and whether they can only be mail's.

    A sender with an address, a subject, and a recipient or date together count as that: no memo begins so.
    """
    position = 0
    if head.startswith((b"From ", b">From ")):  # the line mbox files put before each message
        position = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r|\Z)").match(head).end()  # type: ignore[union-attr]
    found: set[bytes] = set()
    addressed = False
    while match := _HEADER.match(head, position):
        found.add(match[1].lower())
        addressed |= match[1].lower() == b"from" and b"@" in match[2]
        position = match.end()
    typical = addressed and b"subject" in found and bool(found & {b"to", b"date"})
    return len(found & _OF_MAIL), typical or bool(found & _ONLY_OF_MAIL)


def _is_message(head: bytes, ending: str) -> bool:
    known, only_mail = _mail_headers(head.lstrip(b"\r\n"))
    if ending in ("eml", "mht", "mhtml"):
        return known >= 1
    if head.startswith(b"From ") and known >= 2:
        return ending != "mbox"
    return only_mail and (known >= 2 or _MULTIPART.match(head) is not None)


def is_text(head: bytes) -> bool:
    """Say whether bytes are text a person could read: a Unicode mark, or hardly any control bytes and no zero."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return True
    strange = len(re.findall(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]", head))
    return bool(head) and b"\x00" not in head and strange * 100 <= len(head)


def _of_zip(data: bytes, head: bytes, ending: str) -> str:
    """Tell office files in zip clothing by their first members, their directory at the end, and their name."""
    stored = re.search(rb"mimetypeapplication/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)", head[:128])
    if stored:
        return "application/vnd.oasis.opendocument." + stored[1].decode()
    if ending in ("docx", "xlsx", "pptx") and (b"[Content_Types].xml" in head or b"_rels/" in head):
        return _BY_NAME[ending]
    if not _OF_OFFICE.match(head, 30):  # where the first member's name stands; else an office file may lie in a zip
        return "application/zip"
    tail = data[-_TAIL:]
    for mark, kind in ((b"word/document.xml", "docx"), (b"xl/workbook.xml", "xlsx"), (b"ppt/presentation.xml", "pptx")):
        if mark in head or mark in tail:
            return _BY_NAME[kind]
    return "application/zip"


def _of_ole(data: bytes, ending: str) -> str:
    if ending in ("doc", "dot", "xls", "ppt"):
        return _BY_NAME[ending]
    outlook = ending == "msg" or "__substg1.0_".encode("utf-16-le") in data
    return _BY_NAME["msg"] if outlook else "application/x-ole-storage"


def _of_container(data: bytes, head: bytes, ending: str) -> str:
    """Tell files whose magic number is shared by several kinds; "" when the bytes are none of these."""
    found = ""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        found = _of_zip(data, head, ending)
    elif head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        found = _of_ole(data, ending)
    elif head.startswith(b"RIFF"):
        found = _OF_RIFF.get(head[8:12], "application/octet-stream")
    elif head[4:8] == b"ftyp":
        found = _OF_FTYP.get(head[8:12], "video/mp4")
    elif head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        found = "image/bmp"
    elif re.match(rb"P[1-6][ \t\r\n#]", head):
        found = "image/x-portable-anymap"
    elif data[257:262] == b"ustar":
        found = "application/x-tar"
    return found


def _of_text(head: bytes, ending: str) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:512].lower()
    found = _BY_NAME[ending] if ending in _TEXT_BY_NAME else "text/plain"
    if _is_message(head, ending):
        found = "message/rfc822"
    elif head.startswith(b"From ") and _mail_headers(head)[0] >= 2:
        found = "application/mbox"
    elif start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or ending in ("htm", "html", "xhtml"):
        found = "text/html"
    elif start.startswith((b"<svg", b"<?xml")) and (b"<svg" in head.lower() or ending == "svg"):
        found = "image/svg+xml"
    elif start.startswith(b"<?xml"):
        found = "application/xml"
    elif start.startswith(b"begin:vcalendar"):
        found = "text/calendar"
    elif start.startswith(b"begin:vcard"):
        found = "text/vcard"
    return found


def media_type(data: bytes, name: str) -> str:
    """Return the media type of a file, "application/octet-stream" when neither bytes nor name tell.

    The bytes decide; a name only chooses among kinds whose bytes look alike. Looks at the first 8 KiB (an Outlook
    message is searched for its mark), and parses nothing: safe outside the worker.
    """
    head, ending = data[:_HEAD], extension(name)
    for mark, kind in _MAGIC:
        if head.startswith(mark):
            return kind
    if found := _of_container(data, head, ending):
        return found
    if b"%PDF-" in head[:_PDF_WITHIN] and (ending == "pdf" or not _is_message(head, ending)):
        return "application/pdf"
    if is_text(head) or _is_message(head, ending):
        return _of_text(head, ending)
    return "application/octet-stream"


def kind_of(media: str) -> str:
    """Return the kind of ``DocumentInfo`` for a media type: message, pdf, image, office, text or other."""
    if media in MESSAGES:
        return "message"
    if media == "application/pdf":
        return "pdf"
    if media.startswith("image/") and media != "image/svg+xml":
        return "image"
    if media in OFFICE:
        return "office"
    if media.startswith("text/") or media in _TEXTS:
        return "text"
    return "other"


def has_text(media: str) -> bool:
    """Say whether ``Worker.text`` reads text in such a file."""
    return kind_of(media) in ("message", "pdf", "office", "text")
