"""Blanks on the drawn page: pointed at, clicked, told, and gone through by keyboard."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk, RequestFilter
from foiadesk_ui import i18n
from foiadesk_ui.letter_page import LetterPage
from foiadesk_ui.page_view import PageSpot
from foiadesk_ui.session import Session

Story = Callable[[], Desk]
BLANK = {"title": "", "background": "It is {received} and {no_such}.", "items": ""}


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> Iterator[LetterPage]:
    made = LetterPage(session)
    qtbot.addWidget(made)
    made.resize(1024, 700)
    session.changed.connect(made.refresh)  # as the window does
    made.show()
    qtbot.waitExposed(made)
    yield made


@pytest.fixture
def letter(story: Story, page: LetterPage, desk: Desk, qtbot: QtBot) -> int:
    """A draft with blanks in its head, its list and among its words, on the page."""
    request = sorted(story().requests.ids(RequestFilter()))[0]
    made = desk.letters.start("policy_request", request).primary
    desk.letters.save(made, BLANK)
    with qtbot.waitSignal(page.preview.drawn):
        page.open(letter=made)
    qtbot.waitUntil(lambda: page.form.entry("items").made())
    return made


def spots(page: LetterPage) -> list[PageSpot]:
    return list(page.preview.pages._spots)


def place(page: LetterPage, name: str) -> QPoint:
    """The middle of a blank, brought into sight."""
    view = page.preview.pages
    spot = next(one for one in spots(page) if one.name == name)
    bar = view.verticalScrollBar()
    bar.setValue(bar.value() + round(view.place_of(spot).center().y()) - view.viewport().height() // 2)
    return view.place_of(spot).center().toPoint()


def yellow(page: LetterPage, at: QPoint) -> bool:
    """Say whether the drawn page has the ground of a blank there, or within two points of it."""
    picture = page.preview.pages.viewport().grab().toImage()
    around = (picture.pixelColor(at + QPoint(x, y)) for x in range(-4, 5) for y in range(-4, 5))
    return any(color.red() > 240 and color.blue() < 210 for color in around)


@pytest.mark.parametrize("name", ["title", "items", "background:received", "background:no_such"])
def test_a_blank_that_is_clicked_leads_to_its_field(page: LetterPage, letter: int, qtbot: QtBot, name: str) -> None:
    at = place(page, name)
    assert yellow(page, at)
    view = page.preview.pages.viewport()
    qtbot.mouseMove(view, at)
    qtbot.waitUntil(lambda: view.cursor().shape() == Qt.CursorShape.PointingHandCursor)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
    assert page.form.focused() == name.partition(":")[0]
    assert page.form.entry(name.partition(":")[0]).isAncestorOf(page.window().focusWidget())


def test_beside_a_blank_nothing_leads_anywhere(page: LetterPage, letter: int, qtbot: QtBot) -> None:
    view = page.preview.pages
    at = place(page, "title")
    qtbot.mouseMove(view.viewport(), at)
    beside = at + QPoint(0, 40)
    qtbot.mouseMove(view.viewport(), beside)
    assert view.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor
    with qtbot.assertNotEmitted(view.spot_clicked):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=beside)
        qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=beside)  # taken back
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=at)
    view.rotate()  # the pictures are turned, and where a blank is then is not known
    assert view.spot_at(at) is None


def test_a_blank_says_which_it_is_when_pointed_at(
    page: LetterPage, letter: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, words, *_rest: told.append(words))
    view = page.preview.pages
    for at in (place(page, "background:received"), QPoint(3, 3)):
        event = QHelpEvent(QHelpEvent.Type.ToolTip, at, view.viewport().mapToGlobal(at))
        view.viewportEvent(event)
    assert told == ["Fill in: Day the agency received it (Background)", ""]


def test_zoomed_and_scrolled_blanks_stay_where_they_are_drawn(page: LetterPage, letter: int, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.preview.drawn):
        page.preview.pages.set_zoom(2.0)
    for name in ("title", "background:no_such"):
        spot = next(one for one in spots(page) if one.name == name)
        view = page.preview.pages
        at = place(page, name)
        view.horizontalScrollBar().setValue(round(spot.area.x() * 1.0))
        at = view.place_of(spot).center().toPoint()
        assert yellow(page, at)
        assert view.spot_at(at) == spot
        assert view.spot_at((QPointF(at) + QPointF(0, 60)).toPoint()) is None


def test_a_blank_filled_in_is_no_way_any_more_and_a_sent_letter_has_none(
    page: LetterPage, letter: int, desk: Desk, qtbot: QtBot
) -> None:
    assert {one.name for one in spots(page)} == {"title", "items", "background:received", "background:no_such"}
    page.form.entry("title").set_value("Face recognition")
    page._edited()
    qtbot.waitUntil(lambda: "title" not in {one.name for one in spots(page)})  # a drawing from before may come first
    page._mark()
    page.panel.confirm.click()
    with qtbot.waitSignal(page.panel.sent):
        page.panel.confirm.click()  # with blanks, once more
    qtbot.waitUntil(lambda: page._subject is not None and page._subject.sent)
    qtbot.waitUntil(lambda: spots(page) == [])


def test_the_next_blank_is_a_key_away_from_the_last_back_to_the_first(
    page: LetterPage, letter: int, qtbot: QtBot
) -> None:
    seen = []
    for _turn in range(4):
        page._to_next_blank()
        seen.append(page.form.focused())
    assert seen[:3] == [*dict.fromkeys(seen[:3])] and set(seen[:3]) == {"title", "background", "items"}
    assert seen[3] == seen[0]
    page.form.go_to("formats")
    page._to_next_blank()
    assert page.form.focused() == seen[0]


def test_without_a_blank_the_key_says_so(page: LetterPage, story: Story, desk: Desk, qtbot: QtBot) -> None:
    request = sorted(story().requests.ids(RequestFilter()))[0]
    with qtbot.waitSignal(page.preview.drawn):
        page.open(letter=desk.letters.start("policy_request", request).primary)
    page._to_next_blank()
    assert page.bar.said.text() == "No blank is left"


def test_facts_and_blanks_are_told_in_spanish_and_the_letter_stays_in_its_language(
    page: LetterPage, letter: int, qtbot: QtBot
) -> None:
    i18n.use("es")
    try:
        facts = page.form.facts
        labels = {name: facts.told(name).partition(": ")[0] for name in facts.known}
        assert labels["received"] == "Día en que la agencia la recibió"
        assert not {label for name, label in labels.items() if label == facts.known[name].label}
        with qtbot.waitSignal(page.preview.drawn):
            page._edited()
        told = {spot.name: spot.words for spot in spots(page)}
        assert told["background:received"] == "Llenar: Día en que la agencia la recibió (Contexto)"
        assert page._last is not None and "[Day the agency received it]" in page._last.text
    finally:
        i18n.use("en")
