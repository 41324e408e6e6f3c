"""A picture as a few plain shapes: whoever draws it, on a screen, in a file or on paper, draws the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from foiadesk.frozen import dataclass

# What a shape means; whoever draws chooses the color. Each has a shape or a word besides.
PLAIN_COLOURS: Mapping[str, str] = {
    "paper": "#FFFFFF", "text": "#1C2126", "quiet": "#59636D", "line": "#D3D8DD", "run": "#6F8496", "left": "#E3E7EA",
    "done": "#256B3C", "late": "#B3261E", "soon": "#855400", "pause": "#855400", "extension": "#2F6F8F",
    "accent": "#2F6F8F", "today": "#2F6F8F",
}  # fmt: skip
TEXT = 12.0  # height of ordinary words, in the picture's own pixels
SMALL = 11.0


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle. pattern: "" solid, "dots" for what stood still, "stripes" for what was added."""

    x: float
    y: float
    width: float
    height: float
    role: str
    pattern: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    role: str
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Text on one line. y: its baseline. anchor: start, middle or end."""

    x: float
    y: float
    text: str
    role: str = "text"
    anchor: str = "start"
    size: float = TEXT
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A small shape centered on a point: circle, ring, triangle, diamond, tick or bar."""

    x: float
    y: float
    shape: str
    role: str
    size: float = 8.0
    tip: str = ""


Shape = Box | Line | Words | Mark


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture with its words for those who cannot see it: a sentence, and a table of everything it shows."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    title: str
    sentence: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def fitted(text: str, width: float, size: float = TEXT) -> str:
    """Return the text, cut with an ellipsis to about so many pixels; exact widths are known only where it is drawn."""
    most = max(1, int(width / (size * 0.54)))
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def as_svg(scene: Scene, colours: Mapping[str, str] = PLAIN_COLOURS) -> str:
    """Return the picture as an SVG file of its own: no script, nothing remote, title and description inside."""
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(scene.width)}" height="{_n(scene.height)}" '
        f'viewBox="0 0 {_n(scene.width)} {_n(scene.height)}" role="img" font-family="sans-serif">',
        f"<title>{escape(scene.title)}</title><desc>{escape(scene.sentence)}</desc>",
        _patterns(colours),
        f'<rect width="100%" height="100%" fill="{colours["paper"]}"/>',
    ]
    out += [_svg_shape(shape, colours) for shape in scene.shapes]
    out.append("</svg>\n")
    return "\n".join(out)


def _patterns(colours: Mapping[str, str]) -> str:
    return (
        '<defs><pattern id="dots" width="4" height="4" patternUnits="userSpaceOnUse">'
        f'<circle cx="1" cy="1" r="0.9" fill="{colours["pause"]}"/></pattern>'
        '<pattern id="stripes" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<line x1="0" y1="0" x2="0" y2="6" stroke="{colours["extension"]}" stroke-width="3"/></pattern></defs>'
    )


def _svg_shape(shape: Shape, colours: Mapping[str, str]) -> str:
    match shape:
        case Box():
            fill = f"url(#{shape.pattern})" if shape.pattern else colours[shape.role]
            edge = f' stroke="{colours[shape.role]}" stroke-width="0.75"' if shape.pattern else ""
            return _tipped(
                f'<rect x="{_n(shape.x)}" y="{_n(shape.y)}" width="{_n(shape.width)}" height="{_n(shape.height)}" '
                f'fill="{fill}"{edge}',
                "rect",
                shape.tip,
            )
        case Line():
            dash = ' stroke-dasharray="3 3"' if shape.dashed else ""
            return (
                f'<line x1="{_n(shape.x1)}" y1="{_n(shape.y1)}" x2="{_n(shape.x2)}" y2="{_n(shape.y2)}" '
                f'stroke="{colours[shape.role]}"{dash}/>'
            )
        case Words():
            strong = ' font-weight="600"' if shape.strong else ""
            return (
                f'<text x="{_n(shape.x)}" y="{_n(shape.y)}" font-size="{_n(shape.size)}" text-anchor="{shape.anchor}"'
                f'{strong} fill="{colours[shape.role]}">{escape(shape.text)}</text>'
            )
        case Mark():
            return _svg_mark(shape, colours[shape.role])


def outline(mark: Mark) -> tuple[tuple[float, float], ...]:
    """Return the corners of a mark that has some: triangle, diamond, bar; its strokes for a tick."""
    x, y, half = mark.x, mark.y, mark.size / 2
    if mark.shape == "triangle":
        return ((x, y - half), (x + half, y + half * 0.8), (x - half, y + half * 0.8))
    if mark.shape == "diamond":
        return ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
    if mark.shape == "tick":
        return ((x - half, y), (x - half * 0.25, y + half * 0.7), (x + half, y - half * 0.7))
    return ((x - 1, y - half), (x + 1, y - half), (x + 1, y + half), (x - 1, y + half))


def _svg_mark(mark: Mark, colour: str) -> str:
    if mark.shape in ("circle", "ring"):
        inside = colour if mark.shape == "circle" else "none"
        radius = _n(mark.size / 2 - (0 if mark.shape == "circle" else 0.75))
        start = f'<circle cx="{_n(mark.x)}" cy="{_n(mark.y)}" r="{radius}" fill="{inside}" stroke="{colour}" '
        return _tipped(start + 'stroke-width="1.5"', "circle", mark.tip)
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in outline(mark))
    if mark.shape == "tick":
        return _tipped(
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"', "polyline", mark.tip
        )
    return _tipped(f'<polygon points="{points}" fill="{colour}"', "polygon", mark.tip)


def _tipped(start: str, element: str, tip: str) -> str:
    return f"{start}><title>{escape(tip)}</title></{element}>" if tip else f"{start}/>"


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def middle(numbers: Sequence[int]) -> float:
    """Return the median; raises ValueError for no numbers."""
    from statistics import median

    return float(median(numbers))
