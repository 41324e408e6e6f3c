"""The page to print and keep: how to open this desk again, with this program or with public tools alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

_LEFT, _WIDTH = 72.0, 468.0  # points

_SECTIONS = (
    (
        "If the passphrase is lost, everything in the desk is lost.",
        "Nobody can recover it: not the people who made FOIADesk, not anyone else. Write it below by hand, keep this "
        "sheet where you keep deeds and passports, and never beside the computer.",
    ),
    ("Passphrase", ""),
    (
        "To open the desk",
        "Install FOIADesk, choose “Open a desk”, choose the desk’s folder and type the passphrase. "
        "A copy of the whole folder opens just the same.",
    ),
    (
        "Without FOIADesk",
        "The file desk.db is a SQLCipher 4 database: any SQLCipher program opens it with the passphrase. Its table "
        "vault_identity holds an age secret key, and its table contents names each file in the folder attachments. "
        "The tool “age” decrypts those files with that key: age --decrypt --identity KEYFILE FILE.",
    ),
)


def sheet(folder: Path, today: date, page: str) -> bytes:
    """Return the sheet as PDF. folder: printed on it; page: letter or a4."""
    from reportlab.lib.pagesizes import A4, LETTER
    from reportlab.pdfgen.canvas import Canvas

    body, strong = _faces()
    width, height = A4 if page == "a4" else LETTER
    out = BytesIO()
    face: Any = body  # the stubs take the name of a font for a number
    canvas = Canvas(out, pagesize=(width, height), invariant=1, initialFontName=face, lang="en-US")
    canvas.setTitle("FOIADesk recovery sheet")
    canvas.setAuthor("")
    canvas.setCreator("FOIADesk")
    y = height - 84

    def write(text: str, face: str, size: float, gap: float) -> None:
        nonlocal y
        canvas.setFont(face, size)
        for line in _lines(text, face, size):
            canvas.drawString(_LEFT, y, line)
            y -= size * 1.4
        y -= gap

    write("Recovery sheet", strong, 22, 4)
    write(f"Desk: {folder}", body, 11, 0)
    write(f"Printed: {today.day} {today:%B %Y}", body, 11, 16)
    for title, text in _SECTIONS:
        write(title, strong, 13, 2)
        if text:
            write(text, body, 11, 14)
            continue
        y -= 22
        for _ in range(3):
            canvas.line(_LEFT, y, _LEFT + _WIDTH, y)
            y -= 34
        y += 6
    canvas.save()
    return out.getvalue()


def _faces() -> tuple[str, str]:
    """Register the letters' own typeface, which has every Latin letter a folder's name may need."""
    import font_source_serif_pro
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    files = {path.stem: path for path in Path(font_source_serif_pro.__file__).parent.rglob("*.ttf")}
    names = ("SourceSerifPro-Regular", "SourceSerifPro-Bold")
    for name in names:
        registerFont(TTFont(f"Sheet-{name}", str(files[name])))
    return f"Sheet-{names[0]}", f"Sheet-{names[1]}"


def _lines(text: str, face: str, size: float) -> Iterator[str]:
    """Break text into lines that fit, between words where it can, inside a word (a long path) where it must."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if stringWidth(longer, face, size) <= _WIDTH:
            line = longer
            continue
        if line:
            yield line
        line = ""
        for char in word:
            if stringWidth(line + char, face, size) > _WIDTH:
                yield line
                line = ""
            line += char
    yield line
