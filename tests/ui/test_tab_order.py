"""The keyboard: Tab goes through forms as they are read; Return presses the button that has the keyboard."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

import foiadesk_ui
from foiadesk.desk import Desk
from foiadesk.records import EventKind
from foiadesk_ui.event_form import EventForm
from foiadesk_ui.item_list import ItemList
from foiadesk_ui.letter_form import LetterForm
from foiadesk_ui.new_request_draft import FEES
from foiadesk_ui.new_request_page import NewRequestPage
from foiadesk_ui.session import Session
from foiadesk_ui.tab_order import chain
from foiadesk_ui.today_page import TodayPage
from foiadesk_ui.window import MainWindow


def walked(form: QWidget, names: Mapping[QWidget, str], count: int) -> list[str]:
    """Press Tab as often as it takes to meet ``count`` of the named fields, and return their names."""
    found: list[str] = []
    for _press in range(6 * count):
        owner: QWidget | None = QApplication.focusWidget()
        while owner is not None and owner not in names:
            owner = owner.parentWidget()
        if owner is not None and names[owner] not in found[-1:]:
            found.append(names[owner])
        if len(found) == count:
            break
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    return found


def shown(form: QWidget, first: QWidget, qtbot: QtBot) -> None:
    form.activateWindow()
    (first.focusProxy() or first).setFocus()
    qtbot.waitUntil(lambda: (first.focusProxy() or first).hasFocus())


def test_a_letters_fields_made_late_come_in_their_place(desk: Desk, qtbot: QtBot) -> None:
    form = LetterForm()
    qtbot.addWidget(form)
    form.resize(500, 700)
    form.show()
    form.build(desk.letters.kind("policy_request").fields)
    form.load({})
    qtbot.waitUntil(lambda: not form._waiting)
    for name in ("fee_waiver", "expedition"):
        form.entry(name).widget.button.click()  # type: ignore[attr-defined]
    qtbot.waitUntil(form.entry("certified").isVisible)
    qtbot.waitUntil(lambda: not form._waiting)
    names = [name for name in form.values() if form.entry(name).isVisibleTo(form)]
    assert names.index("reason_interest") < names.index("fee_limit")
    shown(form, form.entry(names[0]).widget, qtbot)
    assert walked(form, {form.entry(name): name for name in names}, len(names)) == names


def test_an_events_fields_come_between_its_date_and_its_note(qtbot: QtBot) -> None:
    form = EventForm(today=date(2026, 2, 10))
    qtbot.addWidget(form)
    form.show()
    form.set_kind(EventKind.ACKNOWLEDGED)
    own = {editor: name for name, editor in form._editors.items()}
    names = {form.kind_box: "kind", form.day: "date", **own, form.note: "note", form.assumed: "assumed"}
    shown(form, form.kind_box, qtbot)
    assert walked(form, names, len(names)) == list(names.values())
    form.set_kind(EventKind.CALL)
    own = {editor: name for name, editor in form._editors.items()}
    names = {form.kind_box: "kind", form.day: "date", **own, form.note: "note", form.assumed: "assumed"}
    shown(form, form.kind_box, qtbot)
    assert walked(form, names, len(names)) == list(names.values())


def test_a_field_that_is_deleted_takes_nothing_else_with_it(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    first, second, other = QLineEdit(window), QLineEdit(window), QToolButton(window)
    menu = QMenu(other)
    other.setMenu(menu)
    action = menu.addAction("Made by Qt")
    chain([second, first])
    first.deleteLater()
    second.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # type: ignore[arg-type]
    assert not isValid(first)
    assert isValid(action)


def test_an_item_put_in_between_comes_in_its_place(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    items, after = ItemList(what="Item", parent=window), QLineEdit(window)
    column = QVBoxLayout(window)
    column.addWidget(items)
    column.addWidget(after)
    items.set_items(["One", "Three"])
    items.editors()[0].split_here.emit()
    chain([items, after])
    window.show()
    texts = items.editors()
    shown(window, texts[0], qtbot)
    names: dict[QWidget, str] = {text: str(place) for place, text in enumerate(texts)}
    assert walked(window, {**names, after: "after"}, 4) == ["0", "1", "2", "after"]


def test_no_page_asks_a_widget_for_its_neighbour() -> None:
    for source in Path(foiadesk_ui.__file__).parent.glob("*.py"):
        for asking in ("nextInFocusChain(", "previousInFocusChain("):
            assert asking not in source.read_text("utf-8"), source.name


def test_return_presses_the_button_that_has_the_keyboard_and_no_tick(session: Session, qtbot: QtBot) -> None:
    window = MainWindow(session, lambda: None)
    qtbot.addWidget(window)
    window.open_page("today", {})
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: session.jobs.pending() == 0)
    page = window.current()
    assert isinstance(page, TodayPage)
    assert page.empty.button is not None
    page.empty.button.setFocus()
    qtbot.keyClick(page.empty.button, Qt.Key.Key_Return)
    asked = window.current()
    assert isinstance(asked, NewRequestPage)
    asked.go(FEES)
    qtbot.waitUntil(lambda: asked.fees._for is not None)
    tick = asked.fees.form.entry("fee_waiver").widget.focusProxy()
    assert isinstance(tick, QCheckBox)
    tick.setFocus()
    qtbot.keyClick(tick, Qt.Key.Key_Return)
    assert not tick.isChecked()
