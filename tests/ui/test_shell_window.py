"""The main window over a real desk: pages, changes, undo, finder, lock, layout."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QLineEdit, QWidget

from foiadesk.desk import Change, Desk, Moved
from foiadesk.records.errors import BadInput, StorageFull
from foiadesk_ui import pages, theme
from foiadesk_ui.app import Shell
from foiadesk_ui.entrance import Opened
from foiadesk_ui.event_form import EventDialog
from foiadesk_ui.page import Page
from foiadesk_ui.preferences import Preferences
from foiadesk_ui.shortcuts import Shortcut
from foiadesk_ui.today_page import TodayPage
from foiadesk_ui.window import MainWindow

PASSPHRASE = "plain words that open the test desk"


@pytest.fixture
def locked():
    return []


@pytest.fixture
def window(qtbot, session, locked):
    made = MainWindow(session, lambda: locked.append(True))
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made._remembered = True  # nothing fits it into the small offscreen screen in the middle of a test
    made.open_page("today", {})
    made.show()
    qtbot.waitUntil(lambda: session.jobs.pending() == 0)
    return made


def quiet(qtbot, session):
    qtbot.waitUntil(lambda: session.jobs.pending() == 0)


def test_an_empty_desk_says_so_kindly_with_one_button(window):
    page = window.current()
    assert isinstance(page, TodayPage)
    assert page.empty.isVisible()
    assert not page.scroller.isVisible()
    assert page.empty.button.text() == "Write your first request"


def test_today_shows_late_requests_with_their_one_action(qtbot, session, story, window):
    story()
    window.open_page("today", {})
    quiet(qtbot, session)
    page = window.current()
    rows = page.owed.widgets()
    assert [row.row.office_short for row in rows] == ["ICE", "CBP"]
    assert rows[0].row.sentence == "42 days late"
    assert rows[0].subject.accessibleName().endswith("42 days late")
    assert rows[0].button.text().startswith("Draft overdue notice")
    assert len(page.needs.widgets()) == 1
    assert window.sidebar.entries["today"].accessibleName() == "Today (1)"


def test_the_one_action_leads_where_it_is_done(qtbot, session, story, window):
    desk = story()
    draft = desk.letters.start("policy_request", 3).primary
    desk.requests.add_event(2, {"kind": "clarification_asked", "date": "2025-12-10", "about": "information"})
    window.open_page("today", {})
    quiet(qtbot, session)
    page = window.current()
    went = []
    session.navigate.disconnect(window.open_page)
    session.navigate.connect(lambda name, where: went.append((name, where)))
    for widget in page.owed.widgets() + page.needs.widgets():
        widget.button.click()
        quiet(qtbot, session)
    assert ("letter", {"request": 1, "kind": "overdue_notice"}) in went
    assert ("letter", {"letter": draft, "mark_sent": True}) in went
    assert ("letter", {"request": 2, "kind": "answer_clarification"}) in went
    page.owed.widgets()[0].subject.click()
    assert went[-1] == ("request", {"id": 1})


def test_a_row_whose_step_is_logged_opens_the_form_for_it(qtbot, session, story, window):
    story()
    session.go("request", id=2, log="clarification_answered")
    qtbot.waitUntil(lambda: bool(window.findChildren(EventDialog)))
    dialog = window.findChildren(EventDialog)[0]
    quiet(qtbot, session)
    assert window.current().view.request == 2
    dialog.reject()


def test_dates_moved_by_a_new_edition_are_said_once(qtbot, session, story, window):
    story()
    answer = session.desk.deadlines.today()
    page = window.current()
    moved = (Moved(1, "Face recognition contracts · ICE", date(2026, 1, 2), date(2026, 1, 5), "A new holiday."),)
    page.show_answer(replace(answer, moved=moved))
    assert page.moved.isVisible()
    assert page.moved.head.text() == "1 due date changed"
    assert not page.moved.table.isVisible()
    page.moved.toggle.click()
    assert [label.text() for label in page.moved.table.findChildren(QLabel)] == [
        "was 2 Jan 2026, now 5 Jan 2026",
        "A new holiday.",
    ]
    page.moved.dismiss.click()
    page.show_answer(replace(answer, moved=moved))
    assert not page.moved.isVisible()


def test_a_change_refreshes_the_page_that_shows_and_marks_the_others(qtbot, session, story, window):
    window.open_page("settings", {})
    quiet(qtbot, session)
    story()
    quiet(qtbot, session)
    qtbot.waitUntil(lambda: "today" in window._stale)
    window.open_page("today", {})
    quiet(qtbot, session)
    assert len(window.current().owed.widgets()) == 2
    session.act(window, lambda desk: desk.requests.trash(1))
    qtbot.waitUntil(lambda: len(window.current().owed.widgets()) == 1)


def test_rows_that_stay_keep_their_widgets(qtbot, session, story, window):
    story()
    window.open_page("today", {})
    quiet(qtbot, session)
    before = {widget.row.request: widget for widget in window.current().owed.widgets()}
    session.act(window, lambda desk: desk.requests.trash(1))
    qtbot.waitUntil(lambda: len(window.current().owed.widgets()) == 1)
    assert window.current().owed.widgets()[0] is before[2]


def test_undo_works_across_pages_and_the_bar_says_what_was_done(qtbot, session, story, window):
    desk = story()
    with qtbot.waitSignal(session.acted):
        session.act(window, lambda desk: desk.requests.trash(1))
    assert "Face recognition contracts" in window.undo_bar.sentence()
    window.open_page("settings", {})
    quiet(qtbot, session)
    with qtbot.waitSignal(session.acted):
        QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not desk.requests.get(1).trashed
    with qtbot.waitSignal(session.acted):
        QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert desk.requests.get(1).trashed


def test_undo_in_a_text_field_is_the_fields_own(qtbot, session, story, window):
    desk = story()
    session.act(window, lambda desk: desk.requests.trash(1))
    quiet(qtbot, session)
    window.activateWindow()
    window.header.search.setFocus()
    qtbot.keyClicks(window.header.search, "abc")
    qtbot.keyClick(window.header.search, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    window.undo()
    quiet(qtbot, session)
    assert desk.requests.get(1).trashed
    assert window.header.search.text() != "abc"


def test_nothing_to_undo_is_said_and_not_shown_as_a_bug(qtbot, session, window):
    with qtbot.waitSignal(session.trouble):
        session.undo()
    assert window.trouble.text()


def test_trouble_names_what_is_safe(qtbot, session, window):
    def full(_desk):
        raise StorageFull("The disk is full.", safe="Nothing is lost.", todo="Free some space.")

    with qtbot.waitSignal(session.trouble):
        session.act(window, full)
    assert window.trouble.text() == "The disk is full. Nothing is lost. Free some space."


def test_the_finder_runs_commands_and_opens_requests(qtbot, session, story, window):
    story()
    went = []
    session.navigate.connect(lambda page, where: went.append((page, where)))
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.finder.isVisible()
    box = window.header.search
    qtbot.keyClicks(box, "face cbp")
    qtbot.waitUntil(lambda: window.finder.labels() == ["Face recognition contracts · CBP"])
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert went == [("request", {"id": 2})]
    assert not window.finder.isVisible()
    window.finder.start()
    qtbot.keyClicks(box, "go to sett")
    qtbot.waitUntil(lambda: window.finder.labels() == ["Go to Settings"])
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert window.current().name == "settings"
    window.finder.start()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not window.finder.isVisible()


def test_arrows_walk_the_sidebar(qtbot, session, window):
    window.activateWindow()
    first = window.sidebar.entries["today"]
    first.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(first, Qt.Key.Key_Down)
    quiet(qtbot, session)
    assert window.current().name == "requests"
    assert window.sidebar.entries["requests"].isChecked()


def test_back_returns_to_where_one_was(qtbot, session, window):
    window.open_page("settings", {})
    assert window.header.back_button.isVisible()
    window.go_back()
    assert window.current().name == "today"


def test_narrow_windows_have_icons_with_names(qtbot, window):
    assert not window.sidebar.compact()
    window.resize(1024, 600)
    qtbot.waitUntil(window.sidebar.compact)
    for entry in window.sidebar.entries.values():
        assert entry.toolTip()
        assert entry.accessibleName()
    assert window.sidebar.width() == 56


@pytest.mark.parametrize("name", ["today", "settings"])
@pytest.mark.parametrize("scale", [100, 150])
def test_nothing_is_wider_than_a_small_window(qtbot, qapp, session, story, window, name, scale):
    story()
    theme.apply(qapp, "light", scale)
    window.resize(1024, 600)
    window.open_page(name, {})
    quiet(qtbot, session)
    assert window.width() == 1024
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, QAbstractButton | QLineEdit):
            left = widget.mapTo(window, QPoint(0, 0)).x()
            assert left >= 0, widget
            assert left + widget.width() <= 1024, widget
    theme.apply(qapp, "light", 100)


def test_every_control_of_the_shell_has_a_name_and_takes_the_keyboard(qtbot, session, story, window):
    story()
    for name in ("today", "settings"):
        window.open_page(name, {})
        quiet(qtbot, session)
        for widget in window.findChildren(QWidget):
            if not widget.isVisible():
                continue
            if isinstance(widget, QAbstractButton) and not isinstance(widget.parent(), QLineEdit):
                assert widget.text() or widget.accessibleName(), widget
                if widget.group() is None:  # of a group, Tab reaches the checked one and arrows the others
                    assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget.text() or widget.accessibleName()
            elif widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                assert widget.accessibleName(), widget


def test_settings_take_effect_and_can_be_undone(qtbot, session, window):
    window.open_page("settings", {})
    quiet(qtbot, session)
    page = window.current()
    page.paper.setCurrentIndex(1)
    page.paper.activated.emit(1)
    qtbot.waitUntil(lambda: session.desk.settings.get().page == "a4")
    session.undo()
    qtbot.waitUntil(lambda: session.desk.settings.get().page == "letter")
    qtbot.waitUntil(lambda: page.paper.currentData() == "letter")


def test_settings_lead_to_the_backups_and_the_finder_verifies(qtbot, session, window):
    window.open_page("settings", {})
    quiet(qtbot, session)
    window.current().backups.click()
    assert window.current().name == "backups"
    window.open_page("today", {})
    (verify,) = [one for one in window._commands() if one.label == "Verify the desk"]
    verify.run()
    page = window.current()
    with qtbot.waitSignal(page.verifying.ended):
        pass
    assert page.verifying.result.text().startswith("Everything verifies.")


class Typing(Page):
    """A page with something typed and not saved."""

    name = "today"
    title = "Typing"
    fails = False

    def flush(self):
        """Save a setting in the place of a draft."""

        def save(desk):
            if self.fails:
                raise BadInput("It could not be saved.")
            return desk.settings.put(replace(desk.settings.get(), idle_minutes=7))

        self.session.act(self, save, quiet=True)


@pytest.fixture
def typing(qtbot, session, locked, monkeypatch):
    monkeypatch.setattr(pages, "page_class", lambda _name: Typing)
    made = MainWindow(session, lambda: locked.append(session.desk.settings.get().idle_minutes))
    qtbot.addWidget(made)
    made.open_page("today", {})
    made.show()
    return made


def test_lock_hides_at_once_and_comes_after_what_was_typed_is_saved(qtbot, session, typing, locked):
    QTest.keyClick(typing, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert not typing.isVisible()
    assert locked == []
    qtbot.waitUntil(lambda: locked == [7])


def test_a_save_that_fails_brings_the_window_back(qtbot, session, typing, locked, monkeypatch):
    monkeypatch.setattr(Typing, "fails", True)
    typing.lock()
    qtbot.waitUntil(lambda: typing.isVisible() and session.jobs.pending() == 0)
    assert locked == []
    assert typing.trouble.text() == "It could not be saved."


def test_left_alone_the_desk_locks_all_the_same(qtbot, session, typing, locked, monkeypatch):
    monkeypatch.setattr(Typing, "fails", True)
    typing.lock(by_hand=False)
    qtbot.waitUntil(lambda: bool(locked))
    assert not typing.isVisible()


def test_a_locked_screen_locks_the_desk_unless_that_is_switched_off(qtbot, session, window, locked):
    window.away.wanted = False
    window.away.gone(True)
    window.away.wanted = True
    window.away.gone(False)
    assert window.isVisible()
    window.away.gone(True)
    assert not window.isVisible()
    qtbot.waitUntil(lambda: locked == [True])


def test_the_lock_key_works_and_hides_everything_while_a_dialog_is_open(qtbot, session, window, locked):
    dialog = QDialog(window)
    dialog.setModal(True)
    QLineEdit(dialog)
    dialog.open()
    window.idle.watch(dialog.windowHandle())
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: locked == [True])
    assert not dialog.isVisible()
    assert not window.isVisible()


def test_a_window_that_gets_the_keyboard_is_watched(qtbot, window, qapp):
    dialog = QDialog(window)
    dialog.open()
    qapp.focusWindowChanged.emit(dialog.windowHandle())
    assert id(dialog.windowHandle()) in window.idle._watched
    dialog.close()


def test_idle_time_starts_again_with_every_key(qtbot, window):
    window.idle.set_minutes(5)
    timer = window.idle._timer
    assert timer.isActive()
    assert timer.interval() == 300_000
    timer.setInterval(60_000)
    timer.stop()
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window.windowHandle(), key)
    assert timer.isActive()
    window.idle.set_minutes(0)
    assert not timer.isActive()


def test_the_layout_is_kept_inside_the_desk(qtbot, session, window):
    window.resize(731, 560)
    window.hand_over()
    qtbot.waitUntil(lambda: bool(session.desk.settings.layout("window")))
    text = session.desk.settings.layout("window")
    assert json.loads(text)["page"] == "today"
    other = MainWindow(session, lambda: None)
    qtbot.addWidget(other)
    other.restore(text)
    assert other.size().width() == 731
    other.restore("not json")


def test_every_sidebar_page_can_be_made_and_shortcuts_reach_it(qtbot, session, story, window):
    story()
    for page in pages.sidebar():
        keys = Shortcut[page.name.upper()].keys
        QTest.keySequence(window, keys)
        quiet(qtbot, session)
        shown = window.current()
        assert shown is not None
        assert shown.name == page.name
        assert window.sidebar.entries[page.name].isChecked()
        assert window.header.title.whole() == shown.title


def test_the_shell_opens_obeys_and_locks(qtbot, qapp, tmp_path):
    folder = tmp_path / "Desk"
    Desk.create(folder, PASSPHRASE).close()
    became: list[Path] = []
    shell = Shell(qapp, folder, Preferences(), become=became.append)
    assert shell.begin()  # the shell itself deletes this entrance once the desk is open
    entrance = shell.entrance
    assert entrance.windowTitle() == "FOIADesk"
    qtbot.keyClicks(entrance.unlock.field, "wrong words")
    entrance.unlock.button.click()
    qtbot.waitUntil(lambda: entrance.unlock.message.isVisible())
    assert "passphrase" in entrance.unlock.message.text()
    assert entrance.unlock.field.text() == ""
    _session, made = shell._ready  # meanwhile, and kept for the next passphrase
    made.lock_now()
    assert entrance.isVisible()
    assert made.isHidden()
    assert became == []
    qtbot.keyClicks(entrance.unlock.field, PASSPHRASE)
    qtbot.keyClick(entrance.unlock.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.window is not None and shell.window.isVisible())
    assert shell.window is made
    assert not shell.window.header.back_button.isVisible()  # there is nothing before the first page
    qtbot.addWidget(shell.window)
    session = shell.session
    quiet(qtbot, session)
    session.act(session, lambda desk: desk.settings.put(replace(desk.settings.get(), scheme="dark", text_scale=125)))
    qtbot.waitUntil(theme.is_dark)
    assert shell._known.text_scale == 125
    second = Shell(qapp, folder, Preferences(), become=became.append)
    assert not second.begin()
    shell.window.lock()
    qtbot.waitUntil(lambda: became == [folder])
    Desk.open(folder, PASSPHRASE).close()
    theme.apply(qapp, "light", 100)


def test_first_run_makes_a_desk_with_a_letterhead(qtbot, qapp, tmp_path):
    shell = Shell(qapp, tmp_path / "New" / "Desk", Preferences())
    assert shell.begin()  # the shell itself deletes this entrance once the desk is open
    run = shell.entrance.first_run
    jobs = shell.entrance.jobs
    assert run.step() == 0
    run.next.click()
    qtbot.waitUntil(lambda: len(run.choose.words.text().split()) == 7)
    first = run.choose.words.text()
    run.choose.another.emit()
    qtbot.waitUntil(lambda: run.choose.words.text() != first)
    run.choose.use_own.setChecked(True)
    assert not run.next.isEnabled()
    qtbot.keyClicks(run.choose.first, PASSPHRASE)
    qtbot.waitUntil(lambda: "Strong" in run.choose.sentence.text())
    assert not run.next.isEnabled()
    qtbot.keyClicks(run.choose.second, PASSPHRASE)
    run.next.click()
    qtbot.waitUntil(lambda: run.step() == 2)
    assert not run.next.isEnabled()
    run.lost.kept.setChecked(True)
    run.next.click()
    run.who.organization.setText("Harbor Watch")
    run.who.address.setPlainText("12 Dock St\n\nPortland, OR 97201\n")
    run.who.signer.setText("Ana Reyes")
    run.next.click()
    qtbot.waitUntil(lambda: shell.window is not None)
    qtbot.addWidget(shell.window)
    assert jobs.pending() == 0
    people = shell.session.desk.people.all()
    assert [(one.name, one.address) for one in people] == [("Harbor Watch", ("12 Dock St", "Portland, OR 97201"))]
    assert people[0].signers[0].name == "Ana Reyes"
    shell.session.close()
    shell.place.give_back()
    Desk.open(tmp_path / "New" / "Desk", PASSPHRASE).close()


def test_a_synced_folder_is_warned_about(qtbot, qapp, tmp_path):
    shell = Shell(qapp, tmp_path / "Dropbox" / "Desk", Preferences())
    assert shell.begin()
    qtbot.addWidget(shell.entrance)
    run = shell.entrance.first_run
    qtbot.waitUntil(lambda: "Dropbox" in run.where.caution.text())
    run.where.path.setText(str(tmp_path / "Plain"))
    qtbot.waitUntil(lambda: run.where.caution.text() == "")
    shell.place.give_back()


def test_what_opening_had_to_repair_is_said(qtbot, qapp, desk):
    shell = Shell(qapp, desk.folder, Preferences())
    assert shell.place.first()
    desk.opening = ("1 file was recovered into the In-tray.",)
    shell.open_desk(Opened(desk, desk.settings.get(), ""))
    qtbot.addWidget(shell.window)
    assert "recovered" in shell.window.undo_bar.sentence()
    shell.session.close()
    shell.place.give_back()


def test_alerts_stay_in_the_bar(qtbot, session, window):
    session.acted.emit(Change("Filed a reply.", alerts=("The right to sue is closed until the appeal is decided.",)))
    assert "right to sue" in window.undo_bar.sentence()
    assert not window.undo_bar._timer.isActive()
    session.told.emit("Saved “a.pdf”.")
    assert window.undo_bar.sentence() == "Saved “a.pdf”."
    assert window.undo_bar._timer.isActive()
