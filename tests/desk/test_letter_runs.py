"""One letter to many offices: common words, single differences, one undo, and nothing half kept."""

import pytest

from foiadesk.desk import Desk, LetterRun, RequestPlan
from foiadesk.records.errors import BadInput
from foiadesk.records.progress import Cancelled, Progress

OFFICES = ("DHS/ICE", "DHS/CBP", "DHS/PRIV")


@pytest.fixture
def requests(desk: Desk) -> tuple[int, ...]:
    plan = RequestPlan(title="Faces", items=("All contracts.",), offices=OFFICES, requesters=(1,))
    return tuple(sorted(desk.requests.create(plan).ids["request"]))


def run(requests: tuple[int, ...]) -> LetterRun:
    return LetterRun(
        "overdue_notice", requests, {"history": "Said to all."}, {requests[1]: {"history": "Said to one."}}
    )


def forms(desk: Desk, requests: tuple[int, ...]) -> list[list[str]]:
    return [[one.values["history"] for one in desk.letters.for_request(number)] for number in requests]


def test_a_run_is_kept_and_taken_back_as_one(desk: Desk, requests: tuple[int, ...]) -> None:
    made = desk.letter_runs.keep(run(requests))
    assert made.sentence == "Kept “Overdue notice” as a draft for 3 offices" and len(made.ids["letter"]) == 3
    assert forms(desk, requests) == [["Said to all."], ["Said to one."], ["Said to all."]]
    assert desk.letters.get(made.primary).values["date"] == desk.clock().isoformat()
    desk.history.undo()
    assert forms(desk, requests) == [[], [], []]
    desk.history.redo()
    assert forms(desk, requests)[1] == ["Said to one."]


def test_a_draft_that_is_there_is_gone_on_with(desk: Desk, requests: tuple[int, ...]) -> None:
    first = desk.letters.start("overdue_notice", requests[0]).primary
    desk.letters.save(first, {"history": "Before.", "tracking": "2026-1"})
    desk.letter_runs.keep(run(requests))
    assert forms(desk, requests)[0] == ["Said to all."] and desk.letters.get(first).values["tracking"] == "2026-1"
    desk.history.undo()
    assert forms(desk, requests) == [["Before."], [], []]


def test_every_letter_is_written_with_its_own_words_and_name(desk: Desk, requests: tuple[int, ...]) -> None:
    told: list[tuple[int, int]] = []
    made = list(
        desk.letter_runs.letters(run(requests), Progress(lambda done, total, _what: told.append((done, total))))
    )
    assert [one.office for one in made] == ["ICE", "CBP", "PRIV"] or {one.office for one in made} == {
        "ICE",
        "CBP",
        "PRIV",
    }
    assert all(one.pdf.startswith(b"%PDF") and not one.trouble and "Tracking number" in one.blanks for one in made)
    assert len({one.file_name for one in made}) == 3 and made[0].file_name == "ICE - Faces.pdf"
    assert told[-1] == (3, 3)
    assert "Said to one." in desk.letters.text("overdue_notice", requests[1], run(requests).given(requests[1]))


def test_a_letter_that_cannot_be_stops_no_other(desk: Desk, requests: tuple[int, ...]) -> None:
    strange = LetterRun("overdue_notice", requests, own={requests[0]: {"history": "\U0010fffd no font shows"}})
    made = list(desk.letter_runs.letters(strange))
    assert [bool(one.trouble) for one in made] == [True, False, False] and made[0].pdf == b""


def test_a_run_that_is_stopped_keeps_nothing(desk: Desk, requests: tuple[int, ...]) -> None:
    progress = Progress(lambda done, _total, _what: progress.cancel() if done == 1 else None)
    with pytest.raises(Cancelled):
        desk.letter_runs.keep(run(requests), progress)
    assert forms(desk, requests) == [[], [], []]


def test_what_cannot_be_is_said_before_anything_is_made(desk: Desk, requests: tuple[int, ...]) -> None:
    for wrong in (
        LetterRun("overdue_notice", ()),
        LetterRun("overdue_notice", requests, {"colour": "red"}),
        LetterRun("overdue_notice", requests, {}, {requests[0]: {"colour": "red"}}),
        LetterRun("overdue_notice", requests[:1], {}, {requests[1]: {"history": "x"}}),
        LetterRun("no_such", requests),
    ):
        with pytest.raises(BadInput):
            desk.letter_runs.keep(wrong)
    assert forms(desk, requests) == [[], [], []]


def test_an_office_is_found_by_name_code_or_number(desk: Desk, requests: tuple[int, ...]) -> None:
    for word in ("cbp", "DHS/CBP", str(requests[1])):
        assert desk.letter_runs.find_office(requests, word) == requests[1]
    with pytest.raises(BadInput, match="CBP, ICE, PRIV"):
        desk.letter_runs.find_office(requests, "FBI")
    with pytest.raises(BadInput, match="more than one"):
        desk.letter_runs.find_office((*requests, requests[0]), "ICE")
