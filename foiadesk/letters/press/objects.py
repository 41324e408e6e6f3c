"""PDF objects we write ourselves into a reportlab document."""

from typing import Any

from reportlab.pdfbase import pdfdoc


class _Raw(pdfdoc.PDFObject):
    """A PDF object already written."""

    __RefOnly__ = 1

    def __init__(self, text: bytes) -> None:
        self.text = text

    def format(self, document: Any) -> bytes:
        return self.text


def add_object(document: Any, text: bytes, name: str) -> int:
    """Add an object already written to a reportlab document and return its number."""
    document.Reference(_Raw(text), name)
    number: int = document.idToObjectNumberAndVersion[name][0]
    return number


def stream(entries: str, packed: bytes) -> bytes:
    """Return a stream object whose bytes are deflated already."""
    head = f"<< {entries} /Filter /FlateDecode /Length {len(packed)} >>\nstream\n"
    return head.encode("ascii") + packed + b"\nendstream"


def subset_tag(name: str) -> str:
    """Return the six letters that mark a font as a subset, made of its resource name ("F1", "F1.1")."""
    return "".join(chr(65 + (int(digit) if digit.isdigit() else 10)) for digit in name[1:].rjust(6, "0"))
