"""What a letter carries beside its form: enclosures, pictures of signatures, numbered lines; kept with its values.

They stand among a draft's values under names that begin with "+", which no form's field does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from foiadesk.frozen import dataclass
from foiadesk.records import AttachmentRole
from foiadesk.records.errors import BadInput
from foiadesk.records.speech import say

if TYPE_CHECKING:
    from foiadesk.desk.desk import Desk
    from foiadesk.intake import PageImage
    from foiadesk.letters import Block, ComposedLetter

MARK = "+"
ENCLOSE, DIVIDERS, LINES, SIGNATURE = "+enclose", "+dividers", "+lines", "+signature "
_YES = "yes"
_SIGNATURE_PIXELS = 1200


class BoundPdf(bytes):
    """A letter with files of others behind it: its pages are drawn by the worker, never in this process."""


@dataclass(frozen=True, slots=True)
class Trimmings:
    """enclose: attachment ids in order. dividers: a page before each. signatures: signer's name -> attachment id."""

    enclose: tuple[int, ...] = ()
    dividers: bool = False
    lines: bool = False
    signatures: tuple[tuple[str, int], ...] = ()

    def values(self) -> dict[str, str]:
        """Return them as a draft keeps them; what was left out is empty."""
        kept = {
            ENCLOSE: " ".join(map(str, self.enclose)),
            DIVIDERS: _YES if self.dividers else "",
            LINES: _YES if self.lines else "",
        }
        return {**kept, **{f"{SIGNATURE}{name}": str(key) for name, key in self.signatures}}


def known(name: str) -> bool:
    """Say whether a value's name is one of these."""
    return name in (ENCLOSE, DIVIDERS, LINES) or (name.startswith(SIGNATURE) and len(name) > len(SIGNATURE))


def form_values(values: Mapping[str, str]) -> dict[str, str]:
    """Return the values of the form alone."""
    return {name: text for name, text in values.items() if not name.startswith(MARK)}


def read(values: Mapping[str, str]) -> Trimmings:
    """Return what these values say; raises BadInput for an enclosure that is no document's number."""
    signatures = ((name.removeprefix(SIGNATURE), text) for name, text in values.items() if name.startswith(SIGNATURE))
    return Trimmings(
        enclose=tuple(_number(text) for text in values.get(ENCLOSE, "").split()),
        dividers=bool(values.get(DIVIDERS)),
        lines=bool(values.get(LINES)),
        signatures=tuple((name, _number(text)) for name, text in signatures if text.strip()),
    )


def _number(text: str) -> int:
    if not text.strip().isascii() or not text.strip().isdigit():
        raise BadInput(say("{text} is not the number of a stored document.", text=repr(text[:40])))
    return int(text)


def dressed(desk: Desk, letter: ComposedLetter, chosen: Trimmings) -> ComposedLetter:
    """Return the letter with its signatures as pictures and, where it names no enclosures, those it has.

    A signature of somebody who does not sign is left out with a warning.

    Raises NotFound for a document that is not there, Unreadable for a picture that cannot be read.
    """
    from foiadesk.letters.model import Notes, Signatures

    if not chosen.enclose and not chosen.signatures:
        return letter
    pictures = dict(chosen.signatures)
    blocks: list[Block] = []
    signing: set[str] = set()
    named = False
    for block in letter.blocks:
        named = named or (isinstance(block, Notes) and block.label.startswith("Enclosure"))
        if isinstance(block, Signatures) and pictures:
            signing |= {"".join(run.text for run in one.name) for one in block.signers}
            signers = tuple(
                replace(signer, signature=_signature(desk, pictures[name])) if name in pictures else signer
                for signer, name in ((one, "".join(run.text for run in one.name)) for one in block.signers)
            )
            block = replace(block, signers=signers)  # noqa: PLW2901 - the same block, signed
        blocks.append(block)
    if chosen.enclose and not named:
        names = tuple(desk.filing.document(key).name for key in chosen.enclose)
        note = Notes("Enclosure" if len(names) == 1 else "Enclosures", names)
        at = next((place for place, block in enumerate(blocks) if isinstance(block, Notes)), len(blocks))
        blocks.insert(at, note)
    warnings = tuple(
        say("Nobody who signs this letter is called {name}: that signature was left out.", name=name)
        for name in pictures
        if name not in signing
    )
    return replace(letter, blocks=tuple(blocks), warnings=(*letter.warnings, *warnings))


def _signature(desk: Desk, attachment: int) -> bytes:
    """Return a picture drawn by the worker, as bytes of our own making: whatever the file held beside it is gone."""
    found: PageImage = desk.filing.image(attachment, _SIGNATURE_PIXELS)
    from PIL import Image

    picture = Image.frombytes("RGB", (found.width, found.height), found.rgb)
    made = BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()


def bound(desk: Desk, pdf: bytes, chosen: Trimmings, page: Literal["letter", "a4"]) -> bytes:
    """Return the letter's PDF with its enclosures behind it. Raises Unreadable naming the one that cannot be."""
    from foiadesk.letters.press.styles import PAPERS

    if not chosen.enclose:
        return pdf
    paper = PAPERS[page]
    files: list[tuple[str, str, bytes]] = []
    for number, key in enumerate(chosen.enclose, 1):
        document = desk.filing.document(key)
        if document.role is AttachmentRole.LETTERHEAD:
            raise BadInput(say("Document {key} is a letterhead’s picture, not an enclosure.", key=key))
        if document.privileged:
            raise BadInput(
                say("“{document}” is marked as privileged and is never enclosed.", document=document.name),
                todo="Take it off the letter, or the mark off the document.",
            )
        title = f"Enclosure {number}: {document.name}"
        files.append((title, f"Enclosure {number}, page ", desk.filing.read(key)))
    dividers: list[bytes] = []
    if chosen.dividers:
        from foiadesk.letters import divider

        dividers = [divider(title, page=page) for title, _label, _data in files]
    return BoundPdf(desk.worker.bind(pdf, files, dividers=dividers, width=paper.width, height=paper.height))
