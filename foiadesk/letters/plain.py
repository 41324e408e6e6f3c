"""A letter as plain text, for the forms of portals: paragraphs unbroken, items numbered, signatures by name."""

from collections.abc import Iterator

from foiadesk.letters.model import (
    Address,
    Block,
    ComposedLetter,
    Dateline,
    Facts,
    Grid,
    Heading,
    Items,
    Letterhead,
    Notes,
    Organization,
    Paragraph,
    Reference,
    Runs,
    Signatures,
    SignerBlock,
)
from foiadesk.letters.words import NBSP


def words(runs: Runs) -> str:
    """Return the words of some runs, without their styles."""
    return "".join(run.text for run in runs).replace(NBSP, " ")


def _organization(organization: Organization) -> str:
    return "\n".join([words(organization.name), *organization.address, *organization.contact])


def _signer(signer: SignerBlock) -> str:
    return "\n".join(part for part in (words(signer.name), signer.title, signer.organization) if part)


def _items(block: Items) -> str:
    lines = []
    for number, item in enumerate(block.items, block.start):
        mark = f"{number}. " if block.numbered else "- "
        indent = "\n" + " " * len(mark)
        lines.append(mark + indent.join(words(part).replace("\n", indent) for part in item))
    return "\n".join(lines)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Letterhead(organizations):
            yield from (_organization(organization) for organization in organizations)
        case Dateline(date, delivery):
            yield "\n".join(part for part in (words(date), words(delivery)) if part)
        case Address(lines):
            yield "\n".join(words(line) for line in lines)
        case Reference(subject, rows, label):
            yield "\n".join([f"{label} {words(subject)}", *(f"{label}: {words(runs)}" for label, runs in rows)])
        case Heading(runs):
            yield words(runs).upper()
        case Paragraph(runs):
            yield words(runs)
        case Items():
            yield _items(block)
        case Facts(rows):
            yield "\n".join(f"{words(label)}: {words(runs)}" for label, runs in rows)
        case Grid(headings, grid_rows):
            lines_of = ["  ".join(headings), *("  ".join(words(cell) for cell in row).rstrip() for row in grid_rows)]
            yield "\n".join(lines_of)
        case Signatures(closing, signers):
            yield closing
            yield from (_signer(signer) for signer in signers)
        case Notes(label, lines):
            yield "\n".join([f"{label}:", *lines])


def as_plain_text(letter: ComposedLetter) -> str:
    """Return the whole letter as text, parts apart by an empty line, ending with a newline."""
    return "\n\n".join(part for block in letter.blocks for part in _block(block) if part).replace(NBSP, " ") + "\n"
