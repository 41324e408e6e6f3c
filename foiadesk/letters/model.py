"""What a letter is made of between its template and its page: blocks of runs, and the blanks still to be filled."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from foiadesk.frozen import dataclass
from foiadesk.records import Event, Request, Requester

if TYPE_CHECKING:
    from foiadesk.law import Answer

BLANK = "[…]"


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in one style. ``blank`` names the fact still missing, shown as ``[…]``. Text is never markup."""

    text: str
    style: str = ""  # "", "italic" or "strong"
    blank: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """A fact the letter needs and nobody has given: the form's field, and its label for a list."""

    name: str
    label: str


class Spot(NamedTuple):
    """Where a blank stands on the typeset pages: page from 0, edges in points from the page's upper left corner."""

    name: str
    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Organization:
    """One requester as the letterhead shows it. ``logo`` is a PNG or JPEG, or empty."""

    name: Runs
    address: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()  # telephone, email, website
    logo: bytes = b""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes, at the top of the first page."""

    organizations: tuple[Organization, ...]


@dataclass(frozen=True, slots=True)
class Dateline:
    """The date, and how the letter goes out ("By portal"), which may be nothing."""

    date: Runs
    delivery: Runs = ()


@dataclass(frozen=True, slots=True)
class Address:
    """To whom, one line of it each, placed for a window envelope."""

    lines: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """The "Re:" block: what the letter is, then title, tracking number and office as label and words."""

    subject: Runs
    rows: tuple[tuple[str, Runs], ...]
    label: str = "Re:"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within the letter. Level 1 is a section's."""

    runs: Runs
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. A line break inside it is a newline within a run."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Items:
    """A list; each item is one paragraph or several. ``numbered`` lists count from ``start``."""

    items: tuple[tuple[Runs, ...], ...]
    numbered: bool = True
    start: int = 1


@dataclass(frozen=True, slots=True)
class Facts:
    """A small table of label and words, such as the dates of a request."""

    rows: tuple[tuple[Runs, Runs], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of narrow rows under headings, which stand again at the top of each page it runs over.

    columns: the width of every column but the last, in points; the last takes what is left. quiet: rows set gray.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]
    columns: tuple[float, ...]
    quiet: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class SignerBlock:
    """One person's place to sign: a line, over it a picture of the signature (PNG or JPEG) where one was chosen."""

    name: Runs
    title: str = ""
    organization: str = ""
    signature: bytes = b""


@dataclass(frozen=True, slots=True)
class Signatures:
    """The closing words and everyone who signs, side by side where there are several."""

    closing: str
    signers: tuple[SignerBlock, ...]


@dataclass(frozen=True, slots=True)
class Notes:
    """What follows the signatures: enclosures, copies."""

    label: str
    lines: tuple[str, ...]


Block = Letterhead | Dateline | Address | Reference | Heading | Paragraph | Items | Facts | Grid | Signatures | Notes


@dataclass(frozen=True, slots=True)
class ComposedLetter:
    """A whole letter in words, from which plain text and PDF are made.

    title: for the document and the file name. running: the short header of later pages. blanks: every fact still
    missing, in reading order. warnings: why the kind does not fit the stage, or a value that could not be read.
    """

    title: str
    blocks: tuple[Block, ...]
    blanks: tuple[Blank, ...] = ()
    warnings: tuple[str, ...] = ()
    language: str = "en-US"
    running: str = ""


@dataclass(frozen=True, slots=True)
class LetterContext:
    """Everything a letter may say: the request, who asks in signing order, the law's answer, the events in force.

    answer is as of ``today``; None when nobody has counted. logos: attachment id -> PNG or JPEG bytes.
    """

    request: Request
    requesters: tuple[Requester, ...]
    answer: "Answer | None"
    events: tuple[Event, ...]
    today: date
    logos: Mapping[int, bytes] = field(default_factory=dict)
    law_title: str = ""
