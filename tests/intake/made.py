"""Files of each kind an office sends, made by hand so that every byte of them is known."""

import binascii
import io
import struct
import zipfile
from collections.abc import Mapping

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
O = 'xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:draw="d"'  # noqa: E741


def zipped(files: Mapping[str, bytes | str], *, stored: bool = False) -> bytes:
    """Return a zip of these files, always the same bytes."""
    target = io.BytesIO()
    how = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(target, "w", how) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 5, 9, 0, 0)), data, how)
    return target.getvalue()


def docx(body: str, **more: str) -> bytes:
    """Return a Word document with this WordprocessingML in its body."""
    files = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
    }
    return zipped(files | {f"word/{name}.xml": f"<w:hdr {W}>{text}</w:hdr>" for name, text in more.items()})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def xlsx(rows: str, strings: str = "", styles: str = "") -> bytes:
    """Return a workbook of one sheet named Log."""
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook {S}><sheets><sheet name="Log" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/>'
            "</Relationships>",
            "xl/sharedStrings.xml": f"<sst {S}>{strings}</sst>",
            "xl/styles.xml": f"<styleSheet {S}>{styles}</styleSheet>",
            "xl/worksheets/sheet1.xml": f"<worksheet {S}><sheetData>{rows}</sheetData></worksheet>",
        }
    )


def pptx(*slides: str) -> bytes:
    """Return a presentation with one line of text a slide."""
    files = {"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"}
    for number, text in enumerate(slides, 1):
        files[f"ppt/slides/slide{number}.xml"] = (
            f'<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>'
        )
    return zipped(files)


def opened(kind: str, body: str) -> bytes:
    """Return an OpenDocument file: kind is text, spreadsheet or presentation."""
    content = f"<office:document-content {O}><office:body>{body}</office:body></office:document-content>"
    files = {"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content}
    return zipped(files, stored=True)


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def fixed(*entries: tuple[int, int, int], header: int) -> bytes:
    """Return a property stream: (key, kind, value) each."""
    lines = b"".join(struct.pack("<HHIQ", kind, key, 6, value) for key, kind, value in entries)
    return bytes(header) + lines


def ticks(unix: int) -> int:
    """Return a moment in seconds since 1970 as Outlook keeps it."""
    return (unix + 11_644_473_600) * 10_000_000


def attribute(level: int, key: int, kind: int, data: bytes) -> bytes:
    """Return one attribute of a TNEF stream."""
    head = struct.pack("<BHHI", level, key, kind, len(data))
    return head + data + struct.pack("<H", sum(data) & 0xFFFF)


def mapi_list(*entries: tuple[int, int, bytes]) -> bytes:
    """Return a TNEF property list of (kind, key, value of varying size) each."""
    out = [struct.pack("<I", len(entries))]
    for kind, key, value in entries:
        out.append(struct.pack("<HHII", kind, key, 1, len(value)) + value + bytes(-len(value) % 4))
    return b"".join(out)


def winmail(*files: tuple[str, bytes], body: bytes = b"") -> bytes:
    """Return a winmail.dat with these files."""
    out = [struct.pack("<IH", 0x223E9F78, 1)]
    if body:
        out.append(attribute(1, 0x800C, 2, body))
    for name, data in files:
        out.append(attribute(2, 0x9002, 6, bytes(14)))
        out.append(attribute(2, 0x8010, 1, name[:8].encode("ascii", "replace") + b"\0"))
        out.append(attribute(2, 0x800F, 6, data))
        out.append(attribute(2, 0x9005, 6, mapi_list((0x1F, 0x3707, wide(name) + b"\0\0"))))
    return b"".join(out)


def uuencoded(name: str, data: bytes) -> bytes:
    """Return a file as uuencode writes it into a text."""
    lines = [binascii.b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45)]
    return b"begin 644 " + name.encode() + b"\n" + b"".join(lines) + b"`\nend\n"


def der(tag: int, *parts: bytes) -> bytes:
    """Return one DER element."""
    body = b"".join(parts)
    size = len(body)
    length = bytes([size]) if size < 128 else b"\x84" + size.to_bytes(4, "big")
    return bytes([tag]) + length + body


def enveloped(kind: str, content: bytes = b"") -> bytes:
    """Return the shell of a CMS structure: "signed" around content, or "encrypted"."""
    if kind == "encrypted":
        return der(0x30, der(6, bytes.fromhex("2a864886f70d010703")), der(0xA0, der(0x30, der(2, b"\0"))))
    inner = der(0x30, der(6, bytes.fromhex("2a864886f70d010701")), der(0xA0, der(4, content)))
    signed = der(0x30, der(2, b"\1"), der(0x31), inner, der(0x31))
    return der(0x30, der(6, bytes.fromhex("2a864886f70d010702")), der(0xA0, signed))


def message(*parts: tuple[str, str, bytes], subject: str = "Records", text: str = "See attached.") -> bytes:
    """Return a message with files: (name, media type, bytes) each."""
    import base64

    out = [
        f"From: foia@office.example\r\nTo: me@example.org\r\nSubject: {subject}\r\nMessage-ID: <one@office.example>\r\n"
        "Date: Mon, 05 Jan 2026 10:00:00 -0500\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="edge"\r\n\r\n'
        f"--edge\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n".encode()
    ]
    for name, media, data in parts:
        out.append(
            f'--edge\r\nContent-Type: {media}; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n'
            f'Content-Disposition: attachment; filename="{name}"\r\n\r\n'.encode()
            + base64.encodebytes(data).replace(b"\n", b"\r\n")
        )
    return b"".join(out) + b"--edge--\r\n"
