"""The parts a request is written with: dates, numbered items, growing text, ready-made items, the draft."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from pytestqt.qtbot import QtBot

from foiadesk.letters.snippets import first_gap, format_snippets, item_snippets
from foiadesk.letters.words import join_items as letters_join
from foiadesk.letters.words import split_items as letters_split
from foiadesk.records import ExpeditionGround, FeeCategory
from foiadesk.records.errors import BadInput
from foiadesk_ui.date_field import DateField, parse_day
from foiadesk_ui.growing_text import GrowingText
from foiadesk_ui.item_list import ItemList, join_items, split_items, split_lines
from foiadesk_ui.new_request_draft import ASK, FEES, LETTERS, OFFICES, WHO, RequestDraft

DAYS = st.dates(date(1966, 1, 1), date(2100, 12, 31))


@given(DAYS)
def test_a_day_is_read_in_every_usual_way(day: date) -> None:
    ways = (
        day.isoformat(),
        f"{day.month}/{day.day}/{day.year}",
        f"{day:%b} {day.day}, {day.year}",
        f"{day:%B} {day.day} {day.year}",
        f"{day.day} {day:%b} {day.year}",
        f"{day:%a} {day.day} {day:%b} {day.year}",
        f"{day:%A}, {day:%B} {day.day}, {day.year}",
    )
    assert [parse_day(way) for way in ways] == [day] * len(ways)


@pytest.mark.parametrize("text", ["3 Feb", "soon", "13/1/2026", "2026-02-30", "31 Feb 2026", "1/2/26", "5 Foo 2026"])
def test_what_is_no_day_is_refused_by_name(text: str) -> None:
    with pytest.raises(BadInput, match=r"date|day"):
        parse_day(text)


def test_a_year_outside_the_act_is_refused() -> None:
    with pytest.raises(BadInput, match="1965"):
        parse_day("Feb 3, 1965")


def test_no_text_is_no_day() -> None:
    assert parse_day("  ") is None


def test_a_date_field_tidies_what_is_typed_and_says_what_it_cannot_read(qtbot: QtBot) -> None:
    field = DateField(name="Records from")
    qtbot.addWidget(field)
    field.show()
    with qtbot.waitSignal(field.edited):
        qtbot.keyClicks(field.line, "2/3/2026")
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
    assert field.line.text() == "Tue 3 Feb 2026"
    assert (field.day(), field.text(), field.trouble()) == (date(2026, 2, 3), "2026-02-03", "")
    field.line.clear()
    qtbot.keyClicks(field.line, "someday")
    assert field.day() is None
    assert field.text() == "someday"
    assert "someday" in field.trouble()
    assert field.line.accessibleDescription() == field.trouble()
    field.set_text("2026-02-04")
    assert field.day() == date(2026, 2, 3) + timedelta(days=1)
    field.set_day(None)
    assert (field.line.text(), field.text()) == ("", "")


@pytest.mark.parametrize(
    ("pasted", "items"),
    [
        ("1. All contracts\n2. All policies\n  and manuals", ["All contracts", "All policies and manuals"]),
        ("- one\n- two", ["one", "two"]),
        ("(a) first\n(b) second", ["first", "second"]),
        ("First paragraph\ngoes on.\n\nSecond.", ["First paragraph\ngoes on.", "Second."]),
        ("Only one\nwith two lines", ["Only one\nwith two lines"]),
        ("", []),
    ],
)
def test_a_pasted_list_becomes_items(pasted: str, items: list[str]) -> None:
    assert split_items(pasted) == items


@given(st.lists(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1), max_size=6))
def test_items_are_kept_as_the_letters_read_them(items: list[str]) -> None:
    held = join_items(items)
    assert held == join_items(split_lines(held))
    kept = [item.strip() for item in items if item.strip()]
    if all(item.isprintable() for item in kept):
        assert letters_split(letters_join(items)) == letters_split(held)


def typed(qtbot: QtBot, items: list[str]) -> ItemList:
    made = ItemList()
    qtbot.addWidget(made)
    made.show()
    made.set_items(items)
    return made


def test_return_splits_an_item_and_backspace_joins_it_again(qtbot: QtBot) -> None:
    items = typed(qtbot, ["All contractsand policies"])
    box = items.editors()[0]
    cursor = box.textCursor()
    cursor.setPosition(len("All contracts"))
    box.setTextCursor(cursor)
    with qtbot.waitSignal(items.changed):
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert items.items() == ("All contracts", "and policies")
    second = items.editors()[1]
    assert second.accessibleName() == "Item 2"
    qtbot.keyClick(second, Qt.Key.Key_Backspace)
    assert items.items() == ("All contractsand policies",)


def test_items_are_moved_and_removed_by_keyboard(qtbot: QtBot) -> None:
    items = typed(qtbot, ["one", "two", "three"])
    qtbot.keyClick(items.editors()[2], Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert items.items() == ("one", "three", "two")
    qtbot.keyClick(items.editors()[0], Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert items.items() == ("three", "one", "two")
    qtbot.keyClick(items.editors()[0], Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)  # already first
    assert items.items() == ("three", "one", "two")
    with qtbot.waitSignal(items.changed):
        qtbot.keyClick(items.editors()[1], Qt.Key.Key_Delete, Qt.KeyboardModifier.AltModifier)
    assert items.items() == ("three", "two")
    assert [box.accessibleName() for box in items.editors()] == ["Item 1", "Item 2"]
    assert items.focusProxy() is items.editors()[0]


def test_the_last_item_is_emptied_not_removed(qtbot: QtBot) -> None:
    items = typed(qtbot, ["only"])
    items.remove_item(0)
    assert items.items() == ()
    assert len(items.editors()) == 1


def test_a_list_pasted_into_an_item_makes_items(qtbot: QtBot) -> None:
    items = typed(qtbot, ["before"])
    items.add()
    mime = QMimeData()
    mime.setText("1. All contracts\n2. All policies\n3. All audits")
    items.editors()[1].insertFromMimeData(mime)
    assert items.items() == ("before", "All contracts", "All policies", "All audits")


def test_setting_items_is_no_edit(qtbot: QtBot) -> None:
    items = typed(qtbot, [])
    with qtbot.assertNotEmitted(items.changed):
        items.set_items(["one", "two"])
        items.set_items(["one"])
    assert items.items() == ("one",)


def test_text_grows_with_what_is_written(qtbot: QtBot) -> None:
    box = GrowingText(lines=2)
    qtbot.addWidget(box)
    box.resize(240, 10)
    box.show()
    empty = box.height()
    with qtbot.assertNotEmitted(box.edited):
        box.set_text("\n".join("line" for _number in range(8)))
    assert box.height() > empty
    assert box.height() >= box.document().size().height()
    with qtbot.waitSignal(box.edited):
        qtbot.keyClicks(box, "x")
    box.set_text("")
    assert box.height() == empty


def test_ready_made_items_name_what_to_fill_in() -> None:
    snippets = item_snippets()
    assert len(snippets) >= 12
    assert len({snippet.title for snippet in snippets}) == len(snippets)
    for snippet in snippets:
        assert snippet.text.count("«") == snippet.text.count("»")
        assert snippet.text.endswith(".")
        gap = first_gap(snippet.text)
        if gap is not None:
            assert snippet.text[gap[0]] == "«"
            assert snippet.text[gap[1] - 1] == "»"
    assert all(snippet.text and snippet.title for snippet in format_snippets())
    assert first_gap("nothing to fill in") is None


def draft() -> RequestDraft:
    return RequestDraft(title="Contracts", items=("All contracts.",), offices=("DHS/ICE",), requesters=(1,))


def test_a_draft_says_what_is_missing_and_where() -> None:
    assert [gap.step for gap in RequestDraft().gaps()] == [ASK, ASK, OFFICES, WHO]
    made = draft()
    assert made.gaps() == ()
    made.items = ("All about «subject».",)
    made.records_from, made.records_to = "2026-01-02", "2026-01-01"
    made.choices = {"fee_limit": "a lot", "expedition": "yes"}
    assert [gap.step for gap in made.gaps()] == [ASK, ASK, FEES, FEES]


def test_nothing_is_said_that_was_not_chosen() -> None:
    made = draft()
    made.choices = {
        "reason_operations": "left over from an unticked waiver",
        "category_basis": "left over",
        "ground": "safety",
        "statement": "left over",
        "certified": "yes",
    }
    plan = made.plan()
    assert plan.fees.category is None
    assert not plan.fees.waiver
    assert plan.fees.reasons == {}
    assert plan.expedition.ground is None
    assert (plan.expedition.asked, plan.expedition.statement, plan.expedition.certified) == (False, "", False)


def test_what_was_chosen_is_said() -> None:
    made = draft()
    made.choices = {
        "fee_category": "news_media",
        "category_basis": "A weekly newsletter.",
        "fee_waiver": "yes",
        "reason_operations": "Contracts.",
        "reason_public": " ",
        "fee_limit": "$1,200.50",
        "expedition": "yes",
        "ground": "urgency",
        "statement": "A vote on 3 March.",
        "certified": "yes",
    }
    plan = made.plan()
    assert plan.fees.category is FeeCategory.NEWS_MEDIA
    assert str(plan.fees.limit) == "1200.50"
    assert plan.fees.reasons == {"operations": "Contracts.", "category": "A weekly newsletter."}
    assert plan.expedition.ground is ExpeditionGround.URGENCY
    assert plan.expedition.certified


def test_several_offices_are_kept_under_one_name() -> None:
    made = draft()
    made.offices = ("DHS/ICE", "DHS/CBP")
    assert made.plan().campaign_title == "Contracts"
    made.campaign = "Eyes on contracts"
    assert made.plan().campaign_title == "Eyes on contracts"
    assert draft().plan().campaign_title == ""


def test_a_saved_draft_is_read_back() -> None:
    made = draft()
    made.step, made.choices = FEES, {"fee_waiver": "yes"}
    assert RequestDraft.from_text(made.as_text()) == made
    assert RequestDraft().empty()
    assert not made.empty()


@given(st.text() | st.sampled_from(['{"step": 99}', '{"items": "x", "requesters": ["a", 3]}', "[]", "7", "{"]))
def test_a_damaged_draft_is_never_trouble(text: str) -> None:
    made = RequestDraft.from_text(text)
    assert ASK <= made.step <= LETTERS
    assert isinstance(made.items, tuple)
