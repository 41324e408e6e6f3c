"""The letter's measures and styles, in points. One place, so that the page keeps one rhythm."""

from dataclasses import replace
from functools import cache

from foiadesk.frozen import dataclass

INCH = 72.0
MM = INCH / 25.4

INK = "0 g"
QUIET = "0.33 g"  # secondary words: 12 to 1 against white
ACCENT = "0.11 0.24 0.33 rg"
RULE = "0.11 0.24 0.33 RG"
HAIR = "0.78 G"
BLANK_FILL = "1 0.93 0.7 rg"
WATERMARK = "0.925 g"


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set. before and after are the least space above and below."""

    size: float = 10.8
    leading: float = 14.6
    before: float = 0.0
    after: float = 8.0
    indent: float = 0.0
    color: str = INK
    align: str = "left"
    strong: bool = False  # the words are set strong unless a run says otherwise
    italic: bool = False

    @property
    def baseline(self) -> float:
        """How far the first baseline lies below the top: capitals and descenders have equal air in the leading."""
        return (self.leading - self.size) / 2 + 0.76 * self.size


# How far a letter may be drawn together where only its last few lines begin another page: it still reads with ease, and
# is seen to be closer only beside a looser one. Parts of a style's size, leading and space, and of the room to sign in;
# points of the lower margin.
_CLOSER_SIZE, _CLOSER_LEADING, CLOSER_SPACE, CLOSER_SIGNING, _CLOSER_FOOT = 0.045, 0.095, 0.35, 0.15, 16.0


@cache
def drawn_together(style: Style, tight: float) -> Style:
    """Return a style of the running text, closer; tight: 0 not at all to 1 as close as it may be."""
    space = 1 - CLOSER_SPACE * tight
    return replace(
        style,
        size=style.size * (1 - _CLOSER_SIZE * tight),
        leading=style.leading * (1 - _CLOSER_LEADING * tight),
        before=style.before * space,
        after=style.after * space,
    )


BODY = Style()
ITEM = Style(after=5.0)
HEADING = Style(size=11.6, leading=15.0, before=9.0, after=4.0, color=ACCENT, strong=True)
SUBHEADING = Style(size=10.8, leading=14.6, before=4.0, after=3.0, strong=True)
DATE = Style(after=0.0)
DELIVERY = Style(size=9.6, leading=14.6, after=0.0, italic=True, color=QUIET)
ADDRESS = Style(leading=13.6, after=0.0)
LABEL = Style(size=9.6, leading=14.6, after=0.0, color=QUIET, italic=True)
REFERENCE = Style(after=0.0)
SUBJECT = Style(after=0.0, strong=True)
FACT = Style(size=10.4, leading=14.0, after=0.0)
FACT_LABEL = Style(size=10.4, leading=14.0, after=0.0, color=QUIET)
CELL = Style(size=9.4, leading=12.0, after=0.0)
CELL_QUIET = Style(size=9.4, leading=12.0, after=0.0, color=QUIET)
CELL_HEAD = Style(size=8.6, leading=12.0, after=0.0, color=QUIET, italic=True)
CLOSING = Style(before=6.0, after=0.0)
SIGNER = Style(size=10.4, leading=13.0, after=0.0, strong=True)
SIGNER_MORE = Style(size=9.6, leading=12.4, after=0.0, color=QUIET)
NOTE_LABEL = Style(size=9.6, leading=12.8, after=0.0, color=QUIET, italic=True)
NOTE = Style(size=9.6, leading=12.8, after=0.0)
HEAD_ONE = Style(size=17.0, leading=21.0, after=0.0, color=ACCENT, strong=True)
HEAD_SEVERAL = Style(size=10.6, leading=12.8, after=2.0, color=ACCENT, strong=True)
HEAD_MANY = Style(size=9.4, leading=11.6, after=2.0, color=ACCENT, strong=True)
HEAD_LINE = Style(size=8.4, leading=11.4, after=0.0, color=QUIET)
HEAD_SMALL = Style(size=7.6, leading=10.0, after=0.0, color=QUIET)
LINE_NUMBER = Style(size=7.6, leading=10.0, after=0.0, color=QUIET, align="right")
RUNNING = Style(size=8.6, leading=11.0, after=0.0, color=QUIET)


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet: its size, margins, where the window of an envelope shows it, and where it is folded from the top.

    US Letter: the common No. 10 window envelope, 4 1/8 by 9 1/2 inches, whose window, 1 1/8 by 4 1/2 inches, lies 7/8
    from the left and 1/2 from the bottom. Of a sheet folded in thirds that rests on the lower edge it shows 2.04 to
    3.17 inches from the top, and to the right at least up to 4.37 inches. A4: DIN 5008, form B, in a DL or C5/6
    envelope: 45 to 90 mm from the top, 20 to 105 mm from the left.
    """

    width: float
    height: float
    side: float
    top: float
    bottom: float
    window: float  # the first address line begins here, from the top
    window_end: float  # below this the window shows nothing
    window_right: float  # an address line must end before this, from the left
    folds: tuple[float, ...]

    def address(self, lines: int) -> "Style":
        """Return how an address of so many lines is set, closer where it would run out of the window."""
        room = (self.window_end - self.window) / max(lines, 1)
        leading = max(10.4, min(ADDRESS.leading, room))
        return replace(ADDRESS, size=min(ADDRESS.size, 0.86 * leading), leading=leading)

    @property
    def measure(self) -> float:
        """The width of a line of text."""
        return self.width - 2 * self.side

    def drawn_together(self, tight: float) -> "Paper":
        """Return the sheet with a narrower lower margin; tight: 0 to 1."""
        return replace(self, bottom=self.bottom - _CLOSER_FOOT * tight)


PAPERS = {
    "letter": Paper(
        8.5 * INCH,
        11 * INCH,
        1.12 * INCH,
        0.62 * INCH,
        0.9 * INCH,
        2.12 * INCH,
        3.17 * INCH,
        4.37 * INCH,
        (264.0, 528.0),
    ),
    "a4": Paper(210 * MM, 297 * MM, 25 * MM, 16 * MM, 23 * MM, 52 * MM, 90 * MM, 105 * MM, (105 * MM, 210 * MM)),
}
