"""A fixed-seed fuzzer over every reader: real and made files, changed as bad disks and bad people change them."""

import io
import random
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from foiadesk.intake import Worker
from foiadesk.intake.client import Archive
from foiadesk.intake.media import kind_of, media_type
from foiadesk.intake.ole import Storage, write_compound
from foiadesk.intake.refused import Refused

from .made import docx, enveloped, fixed, message, opened, paragraph, pptx, uuencoded, wide, winmail, xlsx, zipped

LARGEST = 200_000
_EDGES = (
    b"\0",
    b"\xff",
    b"\xff\xff\xff\xff",
    b"\0\0\0\0",
    b"\x7f\xff\xff\xff",
    b"{",
    b"<",
    b"\r\n\r\n",
    b"--",
    b"=?",
    b"%00",
)
NATIVE = frozenset(("pdf", "image"))  # read by libraries in C, whose crash is a refusal like any other


def outlook() -> bytes:
    """Return an Outlook message with a file, an enclosed message and a packed text."""
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    inner = Storage({"__properties_version1.0": fixed(header=24), "__substg1.0_0037001F": wide("Inner")})
    return write_compound(Storage(
        {"__properties_version1.0": fixed((0x39, 0x40, 134_120_000_000_000_000), (0x3FFD, 3, 1252), header=32),
         "__substg1.0_0037001F": wide("Subject"), "__substg1.0_10090102": packed,
         "__substg1.0_007D001E": b"From: a@b.example\r\nDate: Mon, 5 Jan 2026 10:00:00 -0500\r\n"},
        {"__attach_version1.0_#00000000": Storage(
            {"__properties_version1.0": fixed((0x3705, 3, 1), header=8), "__substg1.0_3707001F": wide("a.txt"),
             "__substg1.0_37010102": b"text" * 2000}),
         "__attach_version1.0_#00000001": Storage(
             {"__properties_version1.0": fixed((0x3705, 3, 5), header=8)}, {"__substg1.0_3701000D": inner})},
    ))  # fmt: skip


def made() -> list[tuple[str, bytes]]:
    """Return one file of each kind we can make ourselves."""
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B2" s="1"><v>46027</v></c></row>'
    sheet = xlsx(rows, "<si><t>Cell</t></si>", '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>')
    packed = winmail(("a.txt", b"one"), ("b.xlsx", sheet), body=b"text")
    cell = "<table:table-row><table:table-cell><text:p>A</text:p></table:table-cell></table:table-row>"
    mail = message(
        ("a.docx", "application/octet-stream", docx(paragraph("Text"))), ("winmail.dat", "application/ms-tnef", packed)
    )
    signed = b"Content-Type: application/pkcs7-mime\nFrom: a@b.example\nSubject: S\n\n"
    return [
        ("a.docx", docx(paragraph("Text") * 20, header1=paragraph("Head"))), ("a.xlsx", sheet),
        ("a.odt", opened("text", "<text:p>Open</text:p>")), ("a.pptx", pptx("1", "2")),
        ("a.zip", zipped({"a.eml": mail, "b.zip": zipped({"c": b"d"})})),
        ("a.ods", opened("spreadsheet", f"<table:table table:name='L'>{cell}</table:table>")), ("a.msg", outlook()),
        ("a.rtf", rb"{\rtf1\ansi\fromhtml1{\fonttbl{\f0 A;}}{\*\htmltag <p>}caf\'e9\u8364?\par\bin3 {}{}}"),
        ("winmail.dat", packed), ("a.eml", mail), ("s.eml", signed + enveloped("signed", mail)),
        ("u.eml", b"From: a@b.example\nSubject: U\n\n" + uuencoded("a.txt", bytes(range(256)))),
        ("a.html", b"<html><head><title>t</title></head><body><p>Text<table><tr><td>1</td></table></body></html>"),
    ]  # fmt: skip


def corpus(shared: Path | None) -> list[tuple[str, bytes]]:
    """Return what is changed: our own files, and other people's real ones where they are at hand."""
    found = made()
    if shared is not None:
        for folder in ("mail", "pdf", "archives", "hostile"):
            for path in sorted((shared / folder).rglob("*")):
                if path.is_file() and path.stat().st_size <= LARGEST and path.name != "truth.json":
                    found.append((path.name, path.read_bytes()))
    return found


def changed(random_: random.Random, data: bytes, other: bytes) -> bytes:
    """Return a file with one to four changes; of a zip every other time within a member, behind its checksum."""
    if data.startswith(b"PK\x03\x04") and random_.random() < 0.5:
        with (
            suppress(zipfile.BadZipFile, NotImplementedError, RuntimeError),
            zipfile.ZipFile(io.BytesIO(data)) as archive,
        ):
            files = {name: archive.read(name) for name in archive.namelist()}
            chosen = random_.choice(sorted(files))
            return zipped(files | {chosen: changed(random_, files[chosen], other)})
    out = bytearray(data)
    for _each in range(random_.randint(1, 4)):
        at = random_.randrange(len(out) + 1)
        size = random_.choice((1, 2, 4, 16, 64, 512))
        match random_.randrange(8):
            case 0:
                for place in range(at, min(at + size, len(out))):
                    out[place] ^= 1 << random_.randrange(8)
            case 1:
                del out[at : at + size]
            case 2:
                out[at:at] = random_.randbytes(size)
            case 3:
                out[at:at] = out[at : at + size] * random_.choice((1, 2, 30))
            case 4:
                del out[at:]
            case 5:
                out[at : at + size] = random_.choice(_EDGES)
            case 6:
                start = random_.randrange(len(other) + 1)
                out[at:at] = other[start : start + size]
            case _:
                out[at:] = other[random_.randrange(len(other) + 1) :]
    return bytes(out[: 2 * LARGEST])


def mutations(seed: int, count: int, shared: Path | None) -> Iterator[tuple[str, bytes]]:
    """Yield so many changed files; the same for the same seed and corpus."""
    random_ = random.Random(seed)
    files = corpus(shared)
    for _each in range(count):
        name, data = random_.choice(files)
        yield name, changed(random_, data, random_.choice(files)[1])


def read_in_every_way(worker: Worker, name: str, data: bytes) -> Counter[str]:
    """Ask the worker everything a desk asks of a file; return how often each way of refusing came, and answers."""
    said: Counter[str] = Counter()

    def attempt(ask: object) -> object:
        try:
            answer = ask()  # type: ignore[operator]
        except Refused as refused:
            said[refused.code] += 1
            return None
        said["read"] += 1
        return answer

    kind = kind_of(media_type(data, name))
    attempt(lambda: worker.inspect(data, name))
    attempt(lambda: worker.text(data))
    attempt(lambda: worker.message(data))
    if kind in NATIVE:
        attempt(lambda: worker.page(data, 0, 0.5))
    archive = attempt(lambda: worker.archive(data))
    if isinstance(archive, Archive):
        for member in archive.members[:5]:
            attempt(lambda number=member.number: archive.read(number))
    return said
