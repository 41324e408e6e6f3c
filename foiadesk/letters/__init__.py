"""Letters: from a request and a form's fields to text and PDF. Nothing heavy is imported until a letter is made."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from foiadesk.letters.catalogue import (
    Factor,
    Filing,
    LetterField,
    LetterKind,
    assertions,
    kind,
    kinds,
    waiver_factors,
)
from foiadesk.letters.model import BLANK, Blank, Block, ComposedLetter, LetterContext, Spot
from foiadesk.letters.words import join_items, split_items
from foiadesk.records import Channel, Event

if TYPE_CHECKING:
    from typing import Literal

__all__ = [
    "BLANK", "Blank", "Block", "ComposedLetter", "Factor", "Filing", "LetterContext", "LetterField", "LetterKind",
    "Spot", "assertions", "compose", "defaults", "divider", "events_when_sent", "join_items", "kind", "kinds",
    "letter_for", "letter_steps", "plain_text", "split_items", "typeset", "waiver_factors", "warm", "word_file",
]  # fmt: skip


def letter_steps() -> frozenset[str]:
    """Return every next step of the law that a letter answers."""
    from foiadesk.letters.stepping import letter_steps as steps

    return steps()


def letter_for(step: str, law: str, events: "Sequence[Event]") -> str:
    """Return the kind of letter that a next step leads to for a request; "" when none does."""
    from foiadesk.letters.stepping import letter_for as found

    return found(step, law, events)


def _found(which: LetterKind | str) -> LetterKind:
    return kind(which) if isinstance(which, str) else which


def defaults(which: LetterKind | str, context: LetterContext) -> dict[str, str]:
    """Return the form's starting values, from the request, its requesters and its events.

    which: a kind, or the name of a shipped one; raises NotFound for a name that is none.
    """
    from foiadesk.letters.sources import starting_values

    return starting_values(_found(which), context)


def compose(which: LetterKind | str, context: LetterContext, values: Mapping[str, str]) -> ComposedLetter:
    """Write the letter: fast, pure. A field absent from ``values`` takes its default; an empty one stays empty.

    Whatever is missing becomes a visible blank and is listed. Raises NotFound for a kind that does not exist, and
    BadInput naming file and line when a template cannot be used.
    """
    from foiadesk.letters.writing import compose_letter

    return compose_letter(_found(which), context, values)


def events_when_sent(
    which: LetterKind | str, values: Mapping[str, str], channel: Channel | None = None
) -> tuple[dict[str, Any], ...]:
    """Return the events a letter with these values files when sent, without channel, the kind's own first.

    An event has a date only if the form gives it; else it happens on the day of sending. One that is the agency's
    receipt of the letter is marked as assumed; sent by mail it is not filed at all.
    """
    from foiadesk.letters.filing import events_of

    return events_of(_found(which), values, channel)


def plain_text(letter: ComposedLetter) -> str:
    """Return the letter as plain text for a portal's form: no line is broken but where a paragraph ends."""
    from foiadesk.letters.plain import as_plain_text

    return as_plain_text(letter)


def typeset(
    letter: ComposedLetter,
    *,
    page: "Literal['letter', 'a4']" = "letter",
    fold_marks: bool = False,
    draft: bool = False,
    tagged: bool = True,
    numbered: bool = False,
    line_numbers: bool = False,
    spots: "list[Spot] | None" = None,
) -> bytes:
    """Return the letter as PDF: same letter, same bytes. A live preview may leave out the tags.

    draft: a watermark behind every page. numbered: the first page is numbered too, as in an exhibit. line_numbers:
    each line's number on its page stands in the margin. spots: gets where every blank stands. Raises BadInput naming
    the characters no font here can show.
    """
    from foiadesk.letters.press.typeset import typeset_letter

    pdf, found = typeset_letter(
        letter,
        page=page,
        fold_marks=fold_marks,
        draft=draft,
        tagged=tagged,
        numbered=numbered,
        line_numbers=line_numbers,
    )
    if spots is not None:
        spots += found
    return pdf


def word_file(letter: ComposedLetter, *, page: "Literal['letter', 'a4']" = "letter") -> bytes:
    """Return the letter as a Word document (.docx), to be edited further: same letter, same bytes."""
    from foiadesk.letters.docx import as_docx

    return as_docx(letter, page)


def divider(title: str, *, page: "Literal['letter', 'a4']" = "letter") -> bytes:
    """Return one page as PDF that says what follows it."""
    from foiadesk.letters.model import Heading, Run
    from foiadesk.letters.words import clean

    words = clean(title).replace("\n", " ")
    return typeset(ComposedLetter(title=words, blocks=(Heading((Run(words),)),)), page=page)


def warm(name: str = "") -> None:
    """Load templates and fonts now, off the person's time, so that the first letter is as fast as the next.

    name: of the kind that will be written, if that is known; one that does not exist is none.
    """
    import foiadesk.letters.press.typeset
    import foiadesk.letters.writing  # noqa: F401 - for their time alone, as above
    from foiadesk.letters.catalogue import shipped_names
    from foiadesk.letters.press.fonts import house_faces
    from foiadesk.letters.template import environment, ready

    for face in house_faces().values():
        face.file(tuple(face.subset))
    if name in shipped_names():
        kind(name)
        ready(f"{name}.j2")
    else:
        environment()
