"""The event form: every kind has its fields, what is said comes back, and what is wrong is said in a sentence."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from foiadesk.records import EventKind, event_from_json
from foiadesk.records.events import FIELDS, Field
from foiadesk_ui.event_fields import TimeEditor
from foiadesk_ui.event_form import EventDialog, EventForm
from foiadesk_ui.event_words import choice_words, event_effect, event_groups, event_words, field_words

TODAY = date(2026, 2, 10)
KINDS = [kind for kind in EventKind if kind is not EventKind.RETRACTED]


def said(name: str, spec: Field) -> Any:
    """Return a strategy of values a person could give a field."""
    if name == "items":
        one = st.fixed_dictionaries(
            {"item": st.integers(1, 2), "outcome": st.sampled_from(["full_grant", "full_denial"]),
             "exemptions": st.just(["(b)(5)"])}
        )  # fmt: skip
        return st.lists(one, min_size=1, max_size=2, unique_by=lambda found: found["item"]).map(
            lambda found: sorted(found, key=lambda one: one["item"])
        )
    if spec.choices:
        return st.sampled_from(spec.choices)
    return {
        "date": st.dates(date(2020, 1, 1), date(2030, 1, 1)).map(date.isoformat),
        "bool": st.booleans(),
        "int": st.integers(0, min(9999, spec.most)),
        "money": st.decimals(0, 99999, places=2).map(str),
        "time": st.times().map(lambda time: time.strftime("%H:%M")),
        "list": st.just(["(b)(5)", "(b)(7)(E)"]),
    }.get(spec.type, st.text("abc 123-", min_size=1).map(str.strip).filter(bool))


@st.composite
def events(draw: st.DrawFn) -> dict[str, Any]:
    """Draw an event of any kind with some of its fields."""
    kind = draw(st.sampled_from(KINDS))
    found: dict[str, Any] = {
        "kind": kind.value,
        "date": (TODAY - timedelta(days=draw(st.integers(0, 900)))).isoformat(),
    }
    for name, spec in FIELDS.get(kind, {}).items():
        if spec.required or draw(st.booleans()):
            found[name] = draw(said(name, spec))
    if draw(st.booleans()):
        found["note"] = "They said so."
    return found


def test_every_kind_can_be_logged_and_is_offered_once() -> None:
    offered = [kind for _title, kinds in event_groups() for kind in kinds]
    assert sorted(offered) == sorted(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_said_in_words(kind: EventKind) -> None:
    assert event_words(kind)[0].isupper()
    assert event_effect(kind).endswith(".")
    for name, spec in FIELDS.get(kind, {}).items():
        assert "_" not in field_words(name)
        assert all("_" not in choice_words(choice) for choice in spec.choices)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=events())
def test_what_is_shown_comes_back_as_it_was(qtbot: QtBot, data: dict[str, Any]) -> None:
    form = EventForm(today=TODAY, items=("One.", "Two."))
    form.show_event(event_from_json(data))
    assert form.trouble() == ""
    back = form.data()
    defaults = {
        name: spec.default for name, spec in FIELDS.get(EventKind(data["kind"]), {}).items()
        if spec.choices and spec.default is not None
    }  # fmt: skip
    assert event_from_json(back) == event_from_json({**defaults, **data})
    form.deleteLater()


@pytest.mark.parametrize("kind", KINDS)
def test_required_fields_are_asked_for_by_name(kind: EventKind, qtbot: QtBot) -> None:
    form = EventForm(today=TODAY)
    qtbot.addWidget(form)
    form.set_kind(kind)
    required = [name for name, spec in FIELDS.get(kind, {}).items() if spec.required]
    if required:
        assert field_words(required[0]) in form.trouble()
    else:
        assert form.trouble() == ""


def test_a_day_that_has_not_come_is_refused(qtbot: QtBot) -> None:
    form = EventForm(today=TODAY)
    qtbot.addWidget(form)
    form.set_kind(EventKind.CALL)
    form.day.set_day(TODAY + timedelta(days=1))
    assert "after today" in form.trouble()
    form.day.line.setText("the other day")
    assert "not a date" in form.trouble()
    form.day.line.setText("")
    assert "date" in form.trouble()


def test_an_amount_is_read_as_people_write_it(qtbot: QtBot) -> None:
    form = EventForm(today=TODAY)
    qtbot.addWidget(form)
    form.set_kind(EventKind.FEE_ESTIMATE)
    editor = form.editor("amount")
    editor.set_value("$1,200.50")
    assert form.data()["amount"] == "1200.50"
    editor.set_value("a lot")
    assert "not an amount" in form.trouble()


def test_a_number_beyond_all_sense_is_refused(qtbot: QtBot) -> None:
    form = EventForm(today=TODAY)
    qtbot.addWidget(form)
    form.set_kind(EventKind.DETERMINATION)
    form.editor("outcome").set_value("full_denial")
    most = FIELDS[EventKind.DETERMINATION]["appeal_days"].most
    form.editor("appeal_days").set_value(most)
    assert form.trouble() == ""
    form.editor("appeal_days").set_value(most + 1)
    assert "more than" in form.trouble()


def test_what_was_typed_survives_a_change_of_kind(qtbot: QtBot) -> None:
    form = EventForm(today=TODAY)
    qtbot.addWidget(form)
    form.set_kind(EventKind.REFERRED)
    form.editor("to").set_value("Privacy Office")
    form.set_kind(EventKind.ROUTED)
    assert form.data()["to"] == "Privacy Office"


def test_the_dialog_scolds_only_after_the_first_try(qtbot: QtBot) -> None:
    dialog = EventDialog(None, today=TODAY, kind=EventKind.DETERMINATION)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.wrong.isVisible()
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert dialog.wrong.isVisible() and dialog.isVisible()
    dialog.form.editor("outcome").set_value("full_denial")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert dialog.accepted_data["outcome"] == "full_denial"


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_a_name_for_screen_readers(kind: EventKind, qtbot: QtBot) -> None:
    form = EventForm(today=TODAY, items=("One.",))
    qtbot.addWidget(form)
    form.set_kind(kind)
    form.show()
    for widget in form.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and not widget.focusProxy():
            assert widget.accessibleName() or getattr(widget, "text", lambda: "")(), (kind, widget)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("17:05", "17:05"), ("5:05 pm", "17:05"), ("12:00 a.m.", "00:00"), ("9.30", "09:30"), ("12:15 PM", "12:15")],
)
def test_a_time_of_day_is_read_as_people_write_it(qtbot: QtBot, typed: str, value: str) -> None:
    box = TimeEditor()
    qtbot.addWidget(box)
    qtbot.keyClicks(box, typed)
    assert (box.value(), box.trouble()) == (value, "")


@pytest.mark.parametrize("typed", ["25:00", "17:60", "13:00 pm", "noon", "5"])
def test_what_is_no_time_of_day_says_so(qtbot: QtBot, typed: str) -> None:
    box = TimeEditor()
    qtbot.addWidget(box)
    qtbot.keyClicks(box, typed)
    assert box.value() is None and typed in box.trouble()
