"""Small parts: preferences, i18n, clock bar, page view, trouble, bugs, clipboard, the one window."""

import json
import os
import shutil
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QToolButton

from foiadesk import paths
from foiadesk.law import answer, load_pack
from foiadesk.records import event_from_json
from foiadesk.records.errors import StorageFull
from foiadesk_ui import bugs, i18n, preferences, secret_clip, theme
from foiadesk_ui.clock_bar import ClockBar
from foiadesk_ui.page_view import PageView
from foiadesk_ui.passphrase_field import PassphraseField
from foiadesk_ui.preferences import Preferences
from foiadesk_ui.save_file import write_whole
from foiadesk_ui.shortcuts import Shortcut
from foiadesk_ui.single import OneWindow
from foiadesk_ui.trouble import TroublePanel
from foiadesk_ui.widgets import MeaningLabel


def test_preferences_come_back_and_are_private():
    wanted = Preferences(language="es", scheme="dark", text_scale=150, remember=True, recent=("/a", "/b"))
    preferences.save(wanted)
    assert preferences.load() == wanted
    assert stat.S_IMODE((paths.config_folder() / "window.json").stat().st_mode) == 0o600
    preferences.save(Preferences())


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"scheme": 4}', '{"recent": [1], "remember": true}', '{"text_scale": 9e9}']
)
def test_damaged_preferences_are_as_none(text):
    paths.config_folder().mkdir(parents=True, exist_ok=True)
    (paths.config_folder() / "window.json").write_text(text)
    found = preferences.load()
    assert (found.scheme, found.text_scale, found.recent) == ("system", 100, ())
    preferences.save(Preferences())


def test_desks_are_remembered_only_when_wanted(tmp_path):
    assert Preferences().opened(tmp_path).recent == ()
    kept = Preferences(remember=True, recent=("/x", str(tmp_path)))
    assert kept.opened(tmp_path).recent == (str(tmp_path), "/x")


def test_dates_read_as_the_design_says():
    day = date(2026, 2, 3)
    assert i18n.full_date(day) == "Tue 3 Feb 2026"
    assert i18n.short_date(day) == "3 Feb"
    assert i18n.full_date(None) == ""
    assert i18n.days_late(1) == "1 day late"
    assert i18n.days_late(1234) == "1,234 days late"
    assert i18n.due_in(0) == "due today"


def clock(*events, today):
    found = answer([event_from_json(event) for event in events], law=load_pack("us-foia"), agency=None, today=today)
    return found.clocks[0]


def test_the_clock_bar_says_in_words_what_it_draws(qtbot):
    sent = {"kind": "request_received", "date": "2026-01-05", "office": "proper"}
    bar = ClockBar()
    qtbot.addWidget(bar)
    bar.resize(400, bar.sizeHint().height())
    assert bar.words() == ("No deadline is running.", "")
    bar.show_clock(clock(sent, today=date(2026, 1, 6)), date(2026, 1, 6))
    assert bar.words() == ("20 working days", "due Tue 3 Feb 2026")
    late = clock(sent, today=date(2026, 3, 10))
    bar.show_clock(late, date(2026, 3, 10))
    assert bar.words() == ("20 working days", "35 days late")
    picture = bar.grab().toImage()
    red = theme.meaning("late").name()
    row = [picture.pixelColor(x, 6).name() for x in range(400)]
    assert row.count(red) == pytest.approx(400 * 35 / 64, abs=12)
    asked = {"kind": "clarification_asked", "date": "2026-01-09", "about": "information"}
    bar.show_clock(clock(sent, asked, today=date(2026, 1, 20)), date(2026, 1, 20))
    assert bar.words()[1] == "paused"
    assert "paused" in bar.accessibleName()


def test_the_page_view_keeps_its_place_when_pages_are_drawn_again(qtbot):
    view = PageView()
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    pages = [QImage(612, 792, QImage.Format.Format_RGB888) for _ in range(4)]
    for page in pages:
        page.fill(QColor("white"))
    view.show_images(pages)
    view.go_to(3)
    place = view.verticalScrollBar().value()
    assert place > 0
    view.show_images([page.scaled(1224, 1584) for page in pages])
    assert view.verticalScrollBar().value() == place
    with qtbot.waitSignal(view.scale_changed):
        view.zoom_in()
    assert view.zoom() == 1.25
    view.set_zoom(99)
    assert view.zoom() == 3.0
    assert view.wanted_scale() > 2


def test_a_meaning_has_a_word_and_a_shape(qtbot):
    label = MeaningLabel("late", "35 days late")
    qtbot.addWidget(label)
    assert label.accessibleName() == "35 days late"
    assert label.text() == "35 days late"
    assert not label._shape.pixmap().isNull()


def test_trouble_says_all_three_sentences_and_can_be_copied(qtbot):
    panel = TroublePanel()
    qtbot.addWidget(panel)
    panel.show_error(StorageFull("The disk is full.", safe="Nothing is lost.", todo="Free some space."))
    assert panel.text() == "The disk is full. Nothing is lost. Free some space."
    panel._put_on_clipboard()
    assert QGuiApplication.clipboard().text() == panel.text()
    panel.hide()
    assert panel.text() == ""


def test_a_bug_report_holds_places_and_no_values():
    secret = "canary-in-a-message"
    try:
        raise RuntimeError(secret)
    except RuntimeError as error:
        text = bugs.report(type(error), error.__traceback__)
    assert "builtins.RuntimeError" in text
    assert "test_shell_parts.py" in text
    assert secret not in text


def test_secrets_leave_the_clipboard_but_other_texts_stay(qtbot):
    clipboard = QGuiApplication.clipboard()
    secret_clip.copy_secret("seven words")
    assert clipboard.mimeData().data("x-kde-passwordManagerHint").data() == b"secret"
    secret_clip.forget_secret(clipboard)
    assert clipboard.text() == ""
    clipboard.setText("a letter")
    secret_clip.forget_secret(clipboard)
    assert clipboard.text() == "a letter"


def test_a_passphrase_is_hidden_and_taken_once(qtbot):
    field = PassphraseField("Passphrase")
    qtbot.addWidget(field)
    qtbot.keyClicks(field, "open sesame")
    assert field.displayText() == "●" * 11
    eye = field.findChild(QToolButton)
    assert eye.focusPolicy() & Qt.FocusPolicy.TabFocus
    eye.click()
    assert field.displayText() == "open sesame"
    assert field.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData
    eye.click()
    assert field.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData
    assert field.displayText() == "●" * 11
    assert field.take() == "open sesame"
    assert field.text() == ""


def test_a_second_start_rings_the_first(qtbot, tmp_path):
    first = OneWindow(tmp_path / "Desk")
    assert first.first()
    rung = []
    first.heed(rung.append)
    code = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication\n"
        "from foiadesk_ui.single import OneWindow\n"
        "app = QCoreApplication([]); place = OneWindow(Path(sys.argv[1]))\n"
        "sys.exit(3) if place.first() else place.ring([Path('reply.eml')])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "Desk")],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert done.returncode == 0
    qtbot.waitUntil(lambda: bool(rung))
    assert rung == [(Path.cwd() / "reply.eml",)]
    first.give_back()
    again = OneWindow(tmp_path / "Desk")
    assert again.first()
    again.give_back()


def test_the_program_started_again_on_an_open_desk_ends_with_status_0(qtbot, tmp_path):
    first = OneWindow(tmp_path / "Desk")
    assert first.first()
    rung = []
    first.heed(rung.append)
    done = subprocess.run(
        [sys.executable, "-m", "foiadesk", "open", str(tmp_path / "Desk")],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
    qtbot.waitUntil(lambda: rung == [()])
    first.give_back()


def test_the_start_of_the_window_loads_nothing_of_the_desk(tmp_path):
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from foiadesk_ui import app, preferences\n"
        "program = app.make_app(); app.dress(program, preferences.load())\n"
        "shell = app.Shell(program, Path(sys.argv[1]), preferences.load()); assert shell.begin()\n"
        "assert not shell.entrance.grab().isNull()\n"
        "heavy = 'sqlite_utils sqlcipher3 foiadesk.records foiadesk.desk foiadesk.store foiadesk.law reportlab '\\\n"
        "        'foiadesk.letters pikepdf pypdfium2 jinja2 click filelock xkcdpass zxcvbn asyncio socket '\\\n"
        "        'foiadesk_ui.window'\n"
        "import linecache\n"  # where the binding leaves the text of each module that it looks into
        "print([name for name in heavy.split() if name in sys.modules],\n"
        "      [name for name in linecache.cache if 'foiadesk_ui' in name])\n"
    )
    (tmp_path / "Desk").mkdir()
    (tmp_path / "Desk" / "desk.db").write_bytes(b"")
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "Desk")],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[] []"


@pytest.mark.skipif(not shutil.which("dbus-run-session"), reason="a message bus of its own is needed")
def test_the_desk_locks_when_the_screen_does(tmp_path):
    code = (
        "import subprocess, sys\n"
        "from PySide6.QtCore import QTimer\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from foiadesk_ui.away import Away\n"
        "app = QApplication([])\n"
        "away = Away(lambda: (print('locked'), app.quit()))\n"
        "assert away.listen() >= 4\n"
        "def say(value):\n"
        "    subprocess.run(['dbus-send', '--session', '--type=signal', '/org/freedesktop/ScreenSaver',\n"
        "                    'org.freedesktop.ScreenSaver.ActiveChanged', 'boolean:' + value], check=True)\n"
        "QTimer.singleShot(0, lambda: (say('false'), say('true')))\n"
        "sys.exit(app.exec())\n"
    )
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout == "locked\n", done.stderr


def test_every_step_of_the_rehearsal_can_be_played(qtbot):
    from foiadesk_ui.rehearsal import steps

    before = set(QApplication.topLevelWidgets())
    played = list(steps())
    assert len(played) > 8
    for step in played:
        step()
    qtbot.waitUntil(lambda: set(QApplication.topLevelWidgets()) <= before)


def test_a_file_is_saved_whole_or_refused_with_a_sentence(tmp_path):
    assert write_whole(tmp_path / "sheet.pdf", b"%PDF").read_bytes() == b"%PDF"
    with pytest.raises(StorageFull, match="could not be saved"):
        write_whole(tmp_path / "missing" / "sheet.pdf", b"%PDF")
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.pdf"]


def test_no_two_shortcuts_share_keys():
    texts = [shortcut.keys.toString() for shortcut in Shortcut]
    assert len(set(texts)) == len(texts)
    assert all(texts)


def test_labels_never_read_markup(qtbot):
    from foiadesk_ui.widgets import SecondaryLabel, TextLabel, TitleLabel

    for kind in (TitleLabel, SecondaryLabel, TextLabel):
        label = kind("<b>bold</b><img src='http://x'>")
        qtbot.addWidget(label)
        assert label.textFormat() is Qt.TextFormat.PlainText


def test_the_preferences_file_holds_nothing_else():
    preferences.save(Preferences(scheme="dark"))
    text = json.loads((Path(paths.config_folder()) / "window.json").read_text())
    assert set(text) == {"language", "scheme", "text_scale", "still", "remember", "recent"}
    preferences.save(Preferences())
