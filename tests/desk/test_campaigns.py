"""Campaigns side by side, and their pictures: the same answers as everywhere, whatever names and titles hold."""

import json
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foiadesk.desk import Desk, RequestPlan
from foiadesk.desk.scene import Box, Mark, Scene, Words, as_svg
from foiadesk.desk.scene_life import Happening, OfficeLife, campaign_scene, life_scene
from foiadesk.desk.scene_times import OfficeTimes, times_scene
from foiadesk.law.life import Lane
from foiadesk.records import Requester
from foiadesk.records.errors import NotFound
from tests.shared_data import shared

TODAY = date(2026, 6, 5)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def story(tmp_path):
    """ICE is late, CBP answered late item by item, the Privacy Office has the request since last week."""
    with Desk.create(tmp_path / "Desk", "a passphrase for tests", clock=lambda: TODAY) as desk:
        who = desk.people.add(Requester("Harbor Watch")).primary
        desk.requests.create(
            RequestPlan("Contracts", ("All contracts.", "All audits."), ("DHS/ICE", "DHS/CBP", "DHS/PRIV"), (who,))
        )
        for request, day in ((1, "2026-01-05"), (2, "2026-01-05"), (3, "2026-06-01")):
            desk.requests.add_event(request, {"kind": "request_received", "date": day, "office": "proper"})
        parts = [
            {"item": 1, "outcome": "partial_grant", "exemptions": ["6"]},
            {"item": 2, "outcome": "no_records", "exemptions": []},
        ]
        desk.requests.add_event(
            2, {"kind": "determination", "date": "2026-03-02", "outcome": "partial_grant", "items": parts}
        )
        desk.requests.add_event(2, {"kind": "interim_release", "date": "2026-02-20", "pages_full": 40, "pages_part": 2})
        yield desk


def test_offices_stand_side_by_side_those_that_are_late_first(story):
    (line,) = story.campaigns.lines()
    assert (line.title, line.requests, line.late, line.answered) == ("Contracts", 3, 1, 1)
    board = story.campaigns.board(line.id)
    assert [row.office_short for row in board.offices] == ["ICE", "PRIV", "CBP"]
    ice, priv, cbp = board.offices
    assert (ice.meaning, ice.days_late) == ("late", (TODAY - date(2026, 2, 3)).days)
    assert (priv.meaning, priv.due, priv.outcomes) == ("waiting", date(2026, 6, 30), ("", ""))  # without Juneteenth
    assert (cbp.meaning, cbp.answered_on, cbp.pages) == ("done", date(2026, 3, 2), 42)
    assert cbp.outcomes == ("partial_grant", "no_records")


def test_the_board_agrees_with_the_list_of_requests(story):
    by_request = {row.id: row for row in story.requests.rows(story.requests.ids())}
    for row in story.campaigns.board(1).offices:
        listed = by_request[row.request]
        assert (row.stage, row.due, row.days_late) == (listed.standing.stage, listed.standing.due, listed.days_late)


def test_a_campaign_is_found_by_number_or_words_and_others_are_named(story):
    assert story.campaigns.find("1") == story.campaigns.find("contr") == 1
    with pytest.raises(NotFound, match="1 \\(Contracts\\)"):
        story.campaigns.find("deaths")
    with pytest.raises(NotFound):
        story.campaigns.board(99)


def test_a_trashed_request_leaves_the_campaign(story):
    story.requests.trash(2)
    assert [row.request for row in story.campaigns.board(1).offices] == [1, 3]


def test_response_times_say_how_many_answers_they_rest_on(story):
    times = {one.office: one for one in story.campaigns.times()}
    assert times["CBP"] == OfficeTimes("CBP", (56,), ())
    assert times["ICE"] == OfficeTimes("ICE", (), (151,))
    assert times["CBP"].median == 56
    scene = story.campaigns.times_picture()
    assert ("CBP", "1", "56", "56", "56", "0") in scene.rows
    assert any(isinstance(shape, Words) and "n = 1" in shape.text for shape in scene.shapes)


def test_a_life_shows_every_event_and_every_clock(story):
    scene = story.campaigns.life(2, width=1000)
    assert scene.width == 1000
    said = [row[1] for row in scene.rows]
    assert len([shape for shape in scene.shapes if isinstance(shape, Mark)]) == 3
    assert "Determination" in said
    assert any("Interim release" in one for one in said)
    late = [shape for shape in scene.shapes if isinstance(shape, Box) and shape.role == "late" and shape.tip]
    assert [shape.tip for shape in late] == ["late: 3 Feb 2026 – 2 Mar 2026"]


def test_to_scale_twice_the_days_are_twice_as_wide(story):
    scene = story.campaigns.life(2, width=1000)
    bars = {}
    for shape in scene.shapes:
        if isinstance(shape, Box) and shape.tip:
            bars.setdefault(shape.tip.split(":")[0], shape.width)  # the first clock's: later ones stand below it
    counted, late = (date(2026, 2, 3) - date(2026, 1, 5)).days, (date(2026, 3, 2) - date(2026, 2, 3)).days
    assert bars["counted"] / bars["late"] == pytest.approx(counted / late)


def inside(scene: Scene) -> None:
    for shape in scene.shapes:
        if isinstance(shape, Box):
            assert -1 <= shape.x <= scene.width
            assert shape.x + shape.width <= scene.width + 1
            assert shape.y + shape.height <= scene.height
        elif isinstance(shape, Mark):
            assert 0 <= shape.x <= scene.width
            assert 0 <= shape.y <= scene.height


titles = st.text(min_size=0, max_size=400)
days = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@settings(max_examples=60, deadline=None)
@given(titles, st.lists(st.tuples(days, titles, st.booleans()), max_size=8), st.floats(0, 4000))
def test_any_title_and_any_days_make_a_whole_picture(title, happenings, width):
    scene = life_scene(title, (), [Happening(*one) for one in happenings], date(2026, 6, 5), width=width)
    inside(scene)
    assert len(scene.rows) == len(happenings)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(titles, st.lists(st.integers(0, 9000), max_size=6)), max_size=6))
def test_any_times_make_a_whole_picture(offices):
    inside(times_scene("Times", [OfficeTimes(name, tuple(sorted(found)), (1,)) for name, found in offices]))


def test_names_are_never_markup_in_a_saved_picture():
    naughty = [
        text for text in json.loads(shared("hostile/blns.json").read_text(encoding="utf-8")) if text.isprintable()
    ]
    assert len(naughty) > 300
    for text in naughty:
        scene = campaign_scene(text, [OfficeLife(text, None, text, "late")], date(2026, 6, 5))
        root = ElementTree.fromstring(as_svg(scene))
        assert root.findtext(f"{SVG}title") == text
        elements = {element.tag.removeprefix(SVG) for element in root.iter()}
        assert elements <= {
            "svg", "title", "desc", "defs", "pattern", "circle", "line", "rect", "text", "polygon", "polyline",
        }  # fmt: skip


def test_a_picture_says_what_rests_on_an_unverified_rule():
    lane = Lane("1", "determination", "Determination", "agency", "running", TODAY, TODAY, None, 0, (), unverified=True)
    assert "unverified rule" in life_scene("x", (lane,), (), TODAY).rows[0][3]
    assert "unverified" not in life_scene("x", (replace(lane, unverified=False),), (), TODAY).rows[0][3]
