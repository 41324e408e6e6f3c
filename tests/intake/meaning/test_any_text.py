"""Whatever a text holds, reading it never raises, never dates it after today, and costs no more than its length."""

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from foiadesk.intake.meaning import delivery, fields, signs
from foiadesk.intake.meaning.numbers import forms
from foiadesk.intake.meaning.reading import read
from foiadesk.intake.meaning.shapes import Letter, Meaning, Part
from tests.shared_data import shared

TODAY = date(2026, 6, 8)
WORDS = [
    "January 5, 2026", "July 1, 2026", "99/99/9999", "Dear", "2026-ICFO-01234", "Tracking Number",
    "9400111201080805483016",
    "We acknowledge receipt of your request", "withheld in full", "appeal", "within 90 working days", "$1,250.00",
    "> ",
    "On Monday wrote:", "From: x@y", "(b)(7)(C)", "exemptions 5, 6 and 7(C)", "if", "by", "\n", "\n\n", "\f", " ", ".",
    "-", "U.S.", "estimated cost", "10 pages are released in part", "neither confirm nor deny", "Result: OK",
    "fax", "\x00", "é",
]  # fmt: skip


def sound(found: Meaning, letter: Letter) -> None:
    assert found.dated is None or found.dated <= TODAY
    for said in found.events:
        assert said.words and (said.date is None or said.date <= TODAY)
    if found.delivery is not None:
        assert found.delivery.date is None or found.delivery.date <= TODAY or found.delivery.date == letter.sent


TEXT = st.one_of(st.text(max_size=400), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))


@settings(max_examples=200, deadline=None)
@given(
    text=TEXT,
    subject=TEXT,
    sender=TEXT,
    part=TEXT,
    ours=st.booleans(),
    sent=st.none() | st.dates(),
    is_message=st.booleans(),
)
@example(text="9" * 50, subject="", sender="", part="", ours=False, sent=None, is_message=False)
def test_reading_never_raises(
    text: str, subject: str, sender: str, part: str, ours: bool, sent: date | None, is_message: bool
) -> None:
    parts = (Part("a.pdf", "application/pdf", part), Part("b", "message/delivery-status", subject))
    for some in (parts, parts[:1], ()):
        letter = Letter("x", subject, sender, (), text, some, sent, is_message)
        sound(read(letter, TODAY, ours=ours), letter)


def test_naughty_strings_change_nothing() -> None:
    plain = "January 5, 2026\n\nRe: 2026-ICFO-01234\n\nDear Ms. Ruiz:\n\nWe acknowledge receipt of your request."
    wanted = read(Letter(body=plain), TODAY)
    for naughty in json.loads(shared("hostile/blns.json").read_text(encoding="utf-8")):
        sound(read(Letter(naughty, naughty, naughty, (naughty,), naughty), TODAY), Letter())
        found = read(Letter(name=naughty, body=f"{plain}\n\n{naughty}"), TODAY)
        assert (found.dated, found.numbers[0], found.events[0]) == (wanted.dated, wanted.numbers[0], wanted.events[0])


def patterns() -> list[re.Pattern[str]]:
    """Every pattern that the data or these modules apply to a letter's text."""
    marks = signs.book()
    found = [form.pattern for form in forms()]
    found += [marks.supposing, marks.final, marks.releasing]
    for sign in marks.signs:
        found += [one for one in (sign.words, sign.unless) if one is not None]
    for proof in delivery.signs():
        found += [one for one in (proof.words, proof.unless, proof.needs, proof.only_from) if one is not None]
    for pages in fields._pages_said().values():
        found += pages
    for name, module in sys.modules.items():
        if name.startswith("foiadesk.intake.meaning."):
            found += [value for value in vars(module).values() if isinstance(value, re.Pattern)]
    return found


def unbounded_depth(pattern: re.Pattern[str]) -> int:
    """Return how deeply repeats without a limit stand within one another."""

    def depth(items: object) -> int:
        most = 0
        for op, value in items:  # type: ignore[attr-defined]
            below = 0
            if op in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
                below = depth(value[2]) + (value[1] is codes.MAXREPEAT)
            elif op is codes.BRANCH:
                below = max(depth(one) for one in value[1])
            elif op is codes.SUBPATTERN:
                below = depth(value[3])
            elif op in (codes.ASSERT, codes.ASSERT_NOT):
                below = depth(value[1])
            most = max(most, below)
        return most

    return depth(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))


def test_no_pattern_repeats_a_repeat_without_limit() -> None:
    found = patterns()
    assert len(found) > 120
    assert unbounded_depth(re.compile(r"(?:a+)+b")) == 2  # the control is caught
    assert [one.pattern for one in found if unbounded_depth(one) > 1] == []


_CHILD = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
from datetime import date
from foiadesk.intake.meaning.reading import read
from foiadesk.intake.meaning.shapes import Letter, Part
for unit in sys.stdin.read().split("|"):
    text = (unit * (1_000_000 // len(unit) + 1))[:1_000_000]
    part = Part("a.pdf", "application/pdf", text)
    read(Letter(text, text, text, (), text, (part, part), date(2026, 1, 1), True), date(2026, 6, 8))
    read(Letter(body=text), date(2026, 6, 8))
    print(end=".")
"""
UNITS = [
    "a ", "-", "1", "12-", "2026-", "A-", "(b)(", "$1,", "\n", "> ", "From: a\n", "9400 ", "if you ", "withheld ",
    "request ", "January ", "acknowledge receipt of your appeal ",
    "a" * 60 + " ", "no records ", "\nDate: ",
]  # fmt: skip


@pytest.mark.parametrize("units", [UNITS[:3], pytest.param(UNITS[3:], marks=pytest.mark.proof)])
def test_a_megabyte_of_anything_is_read_within_limited_processor_time(units: list[str], checkout: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _CHILD], input="|".join(units), capture_output=True, text=True, check=False, cwd=checkout
    )
    assert (done.returncode, done.stdout) == (0, "." * len(units)), done.stderr[-500:]
