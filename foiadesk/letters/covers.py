"""Cover sheets of a fax and of certified mail. They say what the desk knows; the rest is a blank."""

from foiadesk.letters.frame import address_lines, nobody_named
from foiadesk.letters.model import (
    BLANK,
    Address,
    Blank,
    Block,
    ComposedLetter,
    Facts,
    Heading,
    LetterContext,
    Letterhead,
    Organization,
    Paragraph,
    Run,
    Runs,
)
from foiadesk.letters.sources import tracking_numbers
from foiadesk.letters.words import clean, long_date, typographic
from foiadesk.records import Requester
from foiadesk.records.errors import BadInput
from foiadesk.records.speech import either, say

COVERS = {"fax": "Fax", "certified": "Certified mail"}


class _Cover:
    def __init__(self, context: LetterContext) -> None:
        self.context = context
        self.blanks: list[Blank] = []

    def show(self, text: str, name: str, label: str) -> Runs:
        """Return the words, or a blank that is listed."""
        if text.strip():
            return (Run(typographic(clean(text)).strip()),)
        self.blanks.append(Blank(name, label))
        return (Run(BLANK, blank=name),)

    def letterhead(self) -> Letterhead:
        return Letterhead(
            tuple(
                Organization(
                    name=self.show(requester.name, "requester_name", "Who asks"),
                    address=_lines(requester),
                    contact=tuple(part for part in (requester.phone, requester.email, requester.website) if part),
                    logo=self.context.logos.get(requester.logo, b"") if requester.logo is not None else b"",
                )
                for requester in self.context.requesters
            )
            or (Organization(self.show("", "requesters", "Who asks")),)
        )

    def about(self) -> list[tuple[Runs, Runs]]:
        request = self.context.request
        numbers = ", ".join(tracking_numbers(self.context.events))
        rows = [("Subject", self.show(request.title, "title", "Subject"))]
        rows += [("Tracking number", (Run(numbers),))] if numbers else []
        return [((Run(label),), words) for label, words in rows]


def _lines(requester: Requester) -> tuple[str, ...]:
    return tuple(clean(line).strip() for line in requester.address if line.strip())


def sender_lines(context: LetterContext) -> tuple[str, ...]:
    """Return the name and address of who leads a request, one line each; nothing where nobody asks."""
    if not context.requesters:
        return ()
    leading = context.requesters[0]
    return (typographic(clean(leading.name)).replace("\n", " "), *_lines(leading))


def receiver_lines(context: LetterContext) -> tuple[str, ...]:
    """Return an office's address as an envelope has it; empty when the desk knows no street or box."""
    office = context.request.office
    return tuple(typographic(line) for line in address_lines(office)) if office.address else ()


def cover_sheet(kind: str, context: LetterContext, *, pages: int = 0, number: str = "") -> ComposedLetter:
    """Return a cover sheet: "fax" or "certified". pages: of the whole fax, 0 for not known. number: of the article.

    Raises BadInput for another kind.
    """
    if kind not in COVERS:
        raise BadInput(
            say("There is no cover sheet named {kind}.", kind=repr(kind)),
            todo=say("Use {what}.", what=either(tuple(COVERS))),
        )
    cover = _Cover(context)
    office = context.request.office
    phones = " or ".join(one.phone for one in context.requesters[:1] if one.phone)
    day = (Run(long_date(context.today)),)
    head: list[Block] = [cover.letterhead()]
    if kind == "fax":
        name = " · ".join(part for part in (office.officer or nobody_named(office), office.name) if part)
        rows = [
            ("To", cover.show(name, "office", "Office")),
            ("Fax", cover.show(office.fax, "office_fax", "The office’s fax")),
            ("From", cover.show("; ".join(one.name for one in context.requesters), "requesters", "Who asks")),
            ("Telephone", cover.show(phones, "phone", "Telephone for questions")),
            ("Date", day),
            ("Pages with this one", cover.show(str(pages or ""), "pages", "Number of pages")),
        ]
        last = "If a page is missing or cannot be read, please call the number above."
        body: list[Block] = []
    else:
        lines = receiver_lines(context)
        shown = [cover.show(line, "office_address", "The office’s address") for line in lines or ("",)]
        body = [Address(tuple(shown))]
        rows = [
            ("Article number", cover.show(number, "article", "Number of the certified article")),
            ("Return receipt", cover.show("", "receipt", "Number of the return receipt")),
            ("Mailed on", cover.show("", "mailed", "Day of the postmark")),
            ("Letter dated", day),
        ]
        last = "Keep the postmarked receipt with this sheet, and file a picture of both on the request."
    facts = [((Run(label),), words) for label, words in rows]
    return ComposedLetter(
        title=f"{COVERS[kind]} cover sheet to {office.short or office.name}".strip(),
        blocks=(*head, *body, Heading((Run(COVERS[kind]),)), Facts((*facts, *cover.about())), Paragraph((Run(last),))),
        blanks=tuple(cover.blanks),
    )
