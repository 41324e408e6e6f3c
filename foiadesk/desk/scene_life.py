"""Pictures of waiting: one request's life drawn to scale, and a campaign's offices side by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from foiadesk.desk.scene import SMALL, Line, Mark, Scene, Shape, Words, fitted
from foiadesk.desk.scene_time import Axis, DayText, Say, bar, grid, legend, plain_day, spanning
from foiadesk.frozen import dataclass
from foiadesk.law.life import Lane
from foiadesk.records.speech import say as told
from foiadesk.records.speech import say_count

LABELS = 150.0  # pixels for names at the left
LEAST_WIDTH = 480.0
_ROW = 34.0
_BAR = 14.0
_HEAD = 26.0
_MARKS = 40.0
_FOOT = 52.0
_APART = 11.0  # pixels between two marks that can be told from one another


@dataclass(frozen=True, slots=True)
class Happening:
    """An event on the line of time. ours: we did it; otherwise the office, a court or nobody in particular."""

    date: date
    title: str
    ours: bool


@dataclass(frozen=True, slots=True)
class OfficeLife:
    """One request of a campaign: its office, the clock that says how long it waits, and where that stands."""

    office: str
    lane: Lane | None
    sentence: str
    meaning: str  # late, soon, waiting or done


def life_scene(
    title: str,
    lanes: Sequence[Lane],
    happenings: Sequence[Happening],
    today: date,
    *,
    width: float = 900.0,
    say: Say = str,
    day: DayText = plain_day,
) -> Scene:
    """Draw a request's life: what happened along the top, each clock as a bar below, all to one scale."""
    width = max(width, LEAST_WIDTH)
    days = [one.date for one in happenings] + [lane.first for lane in lanes] + [lane.last for lane in lanes]
    headings = (say("Date"), say("What"), say("Until"), say("State"))
    if not days:
        sentence = say("Nothing has happened on this request yet.")
        shapes: tuple[Shape, ...] = (Words(width / 2, 40, sentence, "quiet", "middle"),)
        return Scene(width, 80, shapes, title, sentence, headings, ())
    axis = spanning([*days, today], LABELS, width - 24)
    top = _HEAD + _MARKS
    bottom = top + _ROW * len(lanes) + 6
    shapes_list: list[Shape] = [
        Words(0, 14, fitted(title, width - 180), strong=True),
        *grid(axis, _HEAD, bottom, say),
        *_today(axis, today, bottom, say, day),
        *_marks(axis, happenings, _HEAD + 22, say, day),
        Words(LABELS - 12, _HEAD + 26, say("Events"), "quiet", "end"),
    ]
    for number, lane in enumerate(lanes):
        y = top + number * _ROW
        shapes_list.append(Words(LABELS - 12, y + 12, fitted(say(lane.title), LABELS - 16), "text", "end"))
        shapes_list += bar(axis, lane, y, _BAR, say, day)
        shapes_list += _said(axis, lane, y + _BAR + 12, width, say, day)
    kinds = [span.kind for lane in lanes for span in lane.spans]
    shapes_list += legend(list(kinds), LABELS, bottom + 38, say)
    rows = [(day(one.date), say(one.title), "", "") for one in happenings]
    rows += [
        (day(lane.start), say(lane.title), day(lane.due) if lane.due else "", _state(lane, say, day)) for lane in lanes
    ]
    sentence = "; ".join(f"{say(lane.title)}: {_state(lane, say, day)}" for lane in lanes) or title
    return Scene(width, bottom + _FOOT, tuple(shapes_list), title, sentence, headings, tuple(rows))


def campaign_scene(
    title: str,
    offices: Sequence[OfficeLife],
    today: date,
    *,
    width: float = 900.0,
    say: Say = str,
    day: DayText = plain_day,
) -> Scene:
    """Draw a campaign: each office's wait as a bar, side by side to one scale, its state in words at the end."""
    width = max(width, LEAST_WIDTH)
    words_width = 190.0
    lanes = [one.lane for one in offices if one.lane is not None]
    headings = (say("Office"), say("Counted from"), say("Due"), say("State"))
    rows = tuple(
        (
            one.office,
            day(one.lane.start) if one.lane else "",
            day(one.lane.due) if one.lane and one.lane.due else "",
            say(one.sentence),
        )
        for one in offices
    )
    sentence = "; ".join(f"{one.office}: {say(one.sentence)}" for one in offices)
    if not offices:
        sentence = say("This campaign has no requests.")
        return Scene(width, 80, (Words(width / 2, 40, sentence, "quiet", "middle"),), title, sentence, headings, ())
    days = [lane.first for lane in lanes] + [lane.last for lane in lanes]
    axis = spanning([*days, today], LABELS, width - words_width - 12)
    bottom = _HEAD + 8 + _ROW * len(offices)
    shapes: list[Shape] = [Words(0, 14, fitted(title, width - 180), strong=True), *grid(axis, _HEAD, bottom, say)]
    shapes += _today(axis, today, bottom, say, day)
    for number, one in enumerate(offices):
        y = _HEAD + 12 + number * _ROW
        shapes.append(Words(LABELS - 12, y + 12, fitted(one.office, LABELS - 16), "text", "end"))
        if one.lane is not None:
            shapes += bar(axis, one.lane, y, _BAR, say, day)
        sign = {"late": "triangle", "soon": "ring", "done": "tick"}.get(one.meaning, "circle")
        role = one.meaning if one.meaning in ("late", "soon", "done") else "quiet"
        shapes.append(Mark(width - words_width + 4, y + 7, sign, role))
        shapes.append(Words(width - words_width + 16, y + 12, fitted(say(one.sentence), words_width - 18), role))
    shapes += legend([span.kind for lane in lanes for span in lane.spans], LABELS, bottom + 38, say)
    return Scene(width, bottom + _FOOT, tuple(shapes), title, sentence, headings, rows)


def _today(axis: Axis, today: date, bottom: float, say: Say, day: DayText) -> list[Shape]:
    x = axis.at(today)
    words = f"{say('today')}, {day(today)}"
    anchor = "end" if x > (axis.left + axis.right) / 2 else "start"
    return [
        Line(x, 18, x, bottom, "today", dashed=True),
        Words(x - 5 if anchor == "end" else x + 5, 14, words, "today", anchor, SMALL),
    ]


def _marks(axis: Axis, happenings: Sequence[Happening], y: float, say: Say, day: DayText) -> list[Shape]:
    """Return the events as marks; those too near to be told apart are lifted over one another, three high."""
    found: list[Shape] = []
    last, lift = -1e9, 0
    for one in happenings:
        x = axis.at(one.date)
        lift = (lift + 1) % 3 if x - last < _APART else 0
        last = x
        shape, role = ("diamond", "accent") if one.ours else ("circle", "text")
        found.append(Mark(x, y + 8 - lift * 11, shape, role, 8.0, f"{day(one.date)}: {say(one.title)}"))
    return found


def _state(lane: Lane, say: Say, day: DayText) -> str:
    words = _plain_state(lane, say, day)
    return f"{words} · {say('unverified rule')}" if lane.unverified else words


def _plain_state(lane: Lane, say: Say, day: DayText) -> str:
    if lane.days_late and lane.due:
        late = f"{say(told('due {day}', day=day(lane.due)))}, "
        late += say(say_count("{n} day late", "{n} days late", lane.days_late))
        return f"{late}, {say(told('answered {day}', day=day(lane.met_on)))}" if lane.met_on else late
    if lane.met_on:
        return say(told("met on {day}", day=day(lane.met_on)))
    if lane.state == "paused":
        return say("paused")
    if lane.state == "closed":
        return say("closed")
    return say(told("due {day}", day=day(lane.due))) if lane.due else say("running")


def _said(axis: Axis, lane: Lane, y: float, width: float, say: Say, day: DayText) -> list[Shape]:
    """Return the words under a bar, at its end where they fit, else at its start."""
    text = _state(lane, say, day)
    role = "late" if lane.days_late else "quiet"
    wide = len(text) * SMALL * 0.56
    start = axis.at(lane.first)
    if start + wide > width:
        return [Words(width - 4, y, text, role, "end", SMALL)]
    return [Words(start, y, text, role, "start", SMALL)]
