"""A worksheet as an exhibit to print and file: what was counted for which request, day by day, with its rules."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from foiadesk.records import Request

if TYPE_CHECKING:
    from foiadesk.law import Worksheet
    from foiadesk.letters import Block, ComposedLetter
    from foiadesk.letters.model import Runs

_COLUMNS = (92.0, 66.0, 34.0)
_HEADINGS = ("Date", "Weekday", "Day", "Why")


def exhibit(
    sheet: Worksheet, request: Request, tracking: tuple[str, ...], law: str, today: date, page: Literal["letter", "a4"]
) -> bytes:
    """Return the worksheet as PDF; same worksheet, same bytes. Raises BadInput for characters no font here can show."""
    from foiadesk import letters

    return letters.typeset(compose(sheet, request, tracking, law, today), page=page, numbered=True)


def compose(sheet: Worksheet, request: Request, tracking: tuple[str, ...], law: str, today: date) -> ComposedLetter:
    """Return the exhibit in words and rows."""
    from foiadesk.letters import ComposedLetter
    from foiadesk.letters.model import Facts, Grid, Heading, Items, Paragraph, Run

    title = f"Worksheet: {sheet.title}"
    facts: list[tuple[Runs, Runs]] = [
        ((Run("Request"),), (Run(request.title),)),
        ((Run("Office"),), (Run(request.office.name),)),
        ((Run("Law"),), (Run(law),)),
    ]
    if tracking:
        facts.insert(2, ((Run("Tracking number"),), (Run(", ".join(tracking)),)))
    blocks: list[Block] = [
        Heading((Run(title),)),
        Facts(tuple(facts)),
        Paragraph((Run(sheet.summary, "strong"),)),
    ]
    if sheet.days:
        blocks.append(
            Grid(
                _HEADINGS,
                tuple(
                    (
                        (Run(_day(day.date)),),
                        (Run(f"{day.date:%A}"),),
                        (Run("" if day.number is None else str(day.number)),),
                        (Run(day.why, "strong" if day.counted and day.why else ""),),
                    )
                    for day in sheet.days
                ),
                _COLUMNS,
                frozenset(number for number, day in enumerate(sheet.days) if day.number is None),
            )
        )
    for heading, sentences in (("Rules", sheet.rules), ("Notes", sheet.notes)):
        if sentences:
            items = tuple(((Run(sentence),),) for sentence in sentences)
            blocks += [Heading((Run(heading),)), Items(items, numbered=False)]
    blocks.append(Paragraph((Run(f"Printed on {_day(today)}. Facts and sources, not legal advice.", "italic"),)))
    return ComposedLetter(
        title=title, blocks=tuple(blocks), running=f"{title} · {request.title} · {request.office.short}"
    )


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
