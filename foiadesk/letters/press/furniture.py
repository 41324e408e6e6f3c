"""What stands around a letter's words: letterhead, pairs of label and words, places to sign, room for the window."""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from foiadesk.letters.model import Organization, Run, SignerBlock
from foiadesk.letters.press.flow import Flowable
from foiadesk.letters.press.sheet import rule
from foiadesk.letters.press.styles import (
    HAIR,
    HEAD_LINE,
    HEAD_MANY,
    HEAD_ONE,
    HEAD_SEVERAL,
    HEAD_SMALL,
    RULE,
    SIGNER,
    SIGNER_MORE,
    Paper,
)
from foiadesk.letters.press.text import Text
from foiadesk.records.errors import BadInput

if TYPE_CHECKING:
    from foiadesk.letters.press.tags import Element

GUTTER = 18.0
SIGNING_ROOM = 34.0
SIGNATURE_RISE = 2.0  # a signature stands a little over its line
LOGO_ONE, LOGO_SEVERAL = 40.0, 26.0
SEVERAL = 4  # up to so many organizations show their addresses side by side


class Column(Flowable):
    """Some texts one above the other, with a logo above them or room to sign; drawn whole."""

    def __init__(
        self, texts: Sequence[Text], *, room: float = 0.0, signing: bool = False, logo: "Logo | None" = None
    ) -> None:
        self.texts = list(texts)
        self.room = room
        self.signing = signing
        self.logo = logo

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Say how much room the column takes."""
        self.width = width
        self.height = self.room + sum(text.fit(width) + text.style.after for text in self.texts)
        return width, self.height

    def paint(self, sheet: Any, x: float, top: float) -> None:
        """Draw downward from ``top``."""
        if self.logo:
            self.logo.paint(sheet, x, top - self.room + self.logo.height if self.signing else top)
        top -= self.room
        if self.signing:
            rule(sheet, x, top + 3, min(self.width, 190.0), "0.45 G")
        for text in self.texts:
            text.paint(sheet, x, top)
            top -= text.fit(self.width) + text.style.after

    def draw(self, sheet: Any) -> None:
        """The origin is at the lower left corner."""
        self.paint(sheet, 0, self.height)


class Row(Flowable):
    """Columns side by side, tops level, kept on one page."""

    def __init__(self, columns: Sequence[Column], count: int, *, before: float = 0.0, after: float = 0.0) -> None:
        self.columns = list(columns)
        self.count = count
        self.space_before = before
        self.space_after = after

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Say how much room the row takes."""
        each = (width - GUTTER * (self.count - 1)) / self.count
        self.width, self.each = width, each
        self.height = max(column.wrap(each, height)[1] for column in self.columns)
        return width, self.height

    def draw(self, sheet: Any) -> None:
        """The origin is at the lower left corner."""
        for number, column in enumerate(self.columns):
            column.paint(sheet, number * (self.each + GUTTER), self.height)


class Rule(Flowable):
    """A rule across the measure."""

    def __init__(self, *, before: float, after: float, color: str = RULE, weight: float = 0.7) -> None:
        self.space_before, self.space_after = before, after
        self.color, self.weight = color, weight

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Say how much room the rule takes."""
        self.width, self.height = width, self.weight
        return width, self.weight

    def draw(self, sheet: Any) -> None:
        """The origin is at the lower left corner."""
        rule(sheet, 0, 0, self.width, self.color, self.weight)


class Until(Flowable):
    """Space down to a distance from the top of the page, and at least ``least``."""

    def __init__(self, paper: Paper, distance: float, least: float) -> None:
        self.paper, self.distance, self.least = paper, distance, least

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Say how much room is taken; what is left tells how far down the page we are."""
        down = self.paper.height - self.paper.bottom - height
        self.width, self.height = width, max(self.least, self.distance - down)
        return width, min(self.height, height)

    def draw(self, sheet: Any) -> None:
        """Nothing is drawn."""


class Pair(Flowable):
    """A label at the left, its words at the right, an optional hairline below; splits only if it fills a page."""

    def __init__(self, label: Text, words: Text, column: float, *, line: bool = False, air: float = 0.0) -> None:
        self.label, self.words, self.column, self.line, self.air = label, words, column, line, air

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Say how much room the pair takes."""
        self.width = width
        tall = max(self.label.fit(self.column - 12), self.words.fit(width - self.column))
        self.height = tall + 2 * self.air
        return width, self.height

    def draw(self, sheet: Any) -> None:
        """The origin is at the lower left corner."""
        top = self.height - self.air
        self.label.paint(sheet, 0, top - (self.words.style.baseline - self.label.style.baseline))
        self.words.paint(sheet, self.column, top)
        if self.line:
            rule(sheet, 0, 0, self.width, HAIR, 0.4)


class Logo:
    """A picture, scaled into its room, with words for who cannot see it. Raises BadInput when it is no picture."""

    def __init__(self, data: bytes, high: float, wide: float, element: "Element | None" = None) -> None:
        from reportlab.lib.utils import ImageReader

        self.element = element

        try:
            self.image = ImageReader(BytesIO(data))
            width, height = self.image.getSize()
        except Exception as error:
            raise BadInput(
                "A letterhead’s logo, or a signature, cannot be read as a picture.",
                safe="The letter’s text is kept.",
                todo="Choose a PNG or JPEG file for it.",
            ) from error
        scale = min(high / max(height, 1), wide / max(width, 1))
        self.width, self.height = width * scale, height * scale

    def paint(self, sheet: Any, x: float, top: float) -> None:
        """Draw the picture."""
        if self.element is not None:
            (left, low), (right, high) = (
                sheet.absolutePosition(x, top - self.height), sheet.absolutePosition(x + self.width, top)
            )  # fmt: skip
            self.element.attributes = (
                f"<< /O /Layout /Placement /Block /BBox [{left:.2f} {low:.2f} {right:.2f} {high:.2f}] >>"
            )
        sheet.open_mark(self.element)
        sheet.drawImage(self.image, x, top - self.height, self.width, self.height, mask="auto")
        sheet.close_mark(self.element)


class Beside(Flowable):
    """A logo at the left of a column."""

    def __init__(self, logo: Logo, column: Column) -> None:
        self.logo, self.column = logo, column

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Say how much room both take."""
        self.width = width
        self.height = max(self.logo.height, self.column.wrap(width - self.logo.width - 14, height)[1])
        return width, self.height

    def draw(self, sheet: Any) -> None:
        """The origin is at the lower left corner."""
        self.logo.paint(sheet, 0, self.height - (self.height - self.logo.height) / 2)
        self.column.paint(sheet, self.logo.width + 14, self.height - (self.height - self.column.height) / 2)


def _line(parts: Sequence[str]) -> tuple[Run, ...]:
    return (Run("  ·  ".join(part.replace(" ", "\u00a0") if len(part) < 40 else part for part in parts)),)


def letterhead(organizations: Sequence[Organization], parent: "Element | None", paper: Paper) -> list[Flowable]:
    """Return the head of the first page: one name large, up to four side by side with addresses, more by name."""

    def tag() -> "Element | None":
        return parent.add("P") if parent else None

    def picture(found: Organization, high: float, wide: float) -> Logo | None:
        if not found.logo:
            return None
        name = "".join(run.text for run in found.name)
        return Logo(found.logo, high, wide, parent.add("Figure", alt=f"Logo of {name}") if parent else None)

    if len(organizations) == 1:
        found = organizations[0]
        logo_one = picture(found, LOGO_ONE, 150.0)
        texts = [Text(found.name, HEAD_ONE, tag())]
        details = Text(_line((*found.address, *found.contact)), HEAD_LINE, tag())
        if details.fit(paper.measure - (logo_one.width + 14 if logo_one else 0)) <= HEAD_LINE.leading:
            texts += [details] if details.lines else []
        else:  # two lines that break where the sense does
            texts += [Text(_line(part), HEAD_LINE, details.element) for part in (found.address, found.contact) if part]
        column = Column(texts)
        head: Flowable = Beside(logo_one, column) if logo_one else column
        made = [head]
    else:
        several = len(organizations) <= SEVERAL
        count = len(organizations) if several else 3
        each = (paper.measure - GUTTER * (count - 1)) / count
        texts = []
        columns = []
        for found in organizations:
            lines = (*found.address, *found.contact) if several else found.contact[-1:]
            logo = picture(found, LOGO_SEVERAL, each) if several else None
            column_texts = [Text(found.name, HEAD_SEVERAL if several else HEAD_MANY, tag())]
            details_tag = tag() if lines else None
            column_texts += [Text((Run(line),), HEAD_SMALL, details_tag) for line in lines]
            columns.append(Column(column_texts, logo=logo))
            texts += column_texts
        high = max((column.logo.height + 5 for column in columns if column.logo), default=0.0)
        for column in columns:
            column.room = high
        made = [Row(columns[at : at + count], count, after=5.0) for at in range(0, len(columns), count)]
    # A head that would fill the page is set as running text, which can go over pages.
    if sum(part.wrap(paper.measure, paper.height)[1] + 5 for part in made) > 0.38 * paper.height:
        made = list(texts)
    return [*made, Rule(before=6.0, after=0.0)]


def signatures(
    signers: Sequence[SignerBlock], parent: "Element | None", paper: Paper, room: float = SIGNING_ROOM
) -> list[Flowable]:
    """Return the places to sign, two or three side by side, each kept whole. room: to sign in, above the line."""
    columns = []
    for signer in signers:
        image = None
        if signer.signature:
            words = f"Signature of {''.join(run.text for run in signer.name)}"
            figure = parent.add("Figure", alt=words) if parent else None
            image = Logo(signer.signature, room + SIGNATURE_RISE, 170.0, figure)
        element = parent.add("P") if parent else None
        texts = [Text(signer.name, SIGNER, element)]
        texts += [Text((Run(line),), SIGNER_MORE, element) for line in (signer.title, signer.organization) if line]
        columns.append(Column(texts, room=room, signing=True, logo=image))
    count = 3 if len(columns) == 3 or len(columns) > 4 else 2
    rows = [Row(columns[at : at + count], count, after=6.0) for at in range(0, len(columns), count)]
    made: list[Flowable] = []
    for row in rows:
        if row.wrap(paper.measure, paper.height)[1] < 0.4 * paper.height:
            made.append(row)
        else:
            for column in row.columns:
                place = Column((), room=room + 3, signing=True, logo=column.logo)
                made += [place, *column.texts]
    return made
