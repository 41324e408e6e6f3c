"""Every invented letter on a desk that knows its number: the request that is suggested, and none where none speaks."""

from datetime import date
from typing import Any

import pytest

from foiadesk.desk import Desk, RequestPlan
from foiadesk.desk.letter_text import Opened
from foiadesk.desk.understanding import conclude, reading_of
from foiadesk.intake.meaning.numbers import plain
from tests.intake.meaning.test_letters import LETTERS, letter_of

from .conftest import Maker, Today

TODAY = date(2026, 6, 8)
OF_ITS_APPEAL = {"2026-ICFO-01234": "2026-ICAP-00123", "1512345-000": "A-2026-00456"}  # the request's other number


@pytest.fixture
def known(maker: Maker, today: Today) -> tuple[Desk, dict[str, int]]:
    """A desk with one request for each tracking number of the letters, and one that has none."""
    today.day = TODAY
    desk = maker.copy()
    numbers = sorted({str(row["number"]) for row in LETTERS if "number" in row} - set(OF_ITS_APPEAL.values()))
    requests: dict[str, int] = {}
    for place, number in enumerate(numbers):
        plan = RequestPlan(title=f"Matter {place:03}", items=("All.",), offices=("DHS/FEMA",), requesters=(1,))
        requests[plain(number)] = desk.requests.create(plan).primary
        for one in (number, OF_ITS_APPEAL.get(number)):
            if one is not None:
                requests[plain(one)] = requests[plain(number)]
                event = {"kind": "tracking_number", "date": "2026-01-05", "number": one}
                desk.requests.add_event(requests[plain(one)], event)
    return desk, requests


def test_letters_belong_where_their_number_is_known(known: tuple[Desk, dict[str, int]]) -> None:
    desk, requests = known
    wrong: list[tuple[str, Any]] = []
    for row in LETTERS:
        seen = conclude(desk, reading_of(Opened(letter_of(row)), (), TODAY))
        wanted = requests[plain(row["number"])] if "number" in row else None
        sure = wanted is not None and len([one for one in seen.candidates if one.certain]) == 1
        if wanted is not None and seen.suggested_request != wanted:
            wrong.append((row["name"], seen.candidates))
        if wanted is None and seen.certain:
            wrong.append((row["name"], "certain"))
        if wanted is not None and not sure:
            wrong.append((row["name"], "not certain"))
        if not row.get("events") and "number" not in row:
            assert seen.events == () and seen.suggested_request is None, row["name"]
        for event in seen.events:
            assert event.data.get("date", "2026-01-01") <= "2026-06-08" and event.words
    assert wrong == []
