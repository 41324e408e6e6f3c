"""A change of scheme: what is seen changes at once, what is hidden before it shows or a little at a time."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from foiadesk_ui import icons, repolish, style, theme
from foiadesk_ui.page_tabs import PageTabs
from foiadesk_ui.window import MainWindow
from tests.ui import access

PAGES = ("settings", "backups", "requests", "deadlines")


class Ear(QObject):
    """Counts how often a widget hears that its style is another."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.heard = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.heard += event.type() == QEvent.Type.StyleChange
        return False


def opened(qtbot, session, names: tuple[str, ...]) -> MainWindow:
    made = MainWindow(session, lambda: None)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made._remembered = True
    made.show()
    for name in names:
        made.open_page(name, {})
        qtbot.waitUntil(lambda: session.jobs.pending() == 0)
    return made


def picture(qtbot, session, window: MainWindow, name: str) -> QImage:
    window.open_page(name, {})
    window.sidebar.setFocus()
    qtbot.waitUntil(lambda: session.jobs.pending() == 0)
    return access.grabbed(window.page(name))


@pytest.mark.parametrize("scheme", ["dark", "contrast", "contrast-dark"])
def test_pages_flipped_while_hidden_look_as_if_they_had_never_been_otherwise(qapp, qtbot, session, story, scheme):
    story()
    window = opened(qtbot, session, PAGES)
    window.open_page("today", {})
    theme.apply(qapp, scheme)
    hidden_then_shown = {name: picture(qtbot, session, window, name) for name in PAGES}
    assert repolish.pending()  # they did not have to wait for it
    window.close()
    fresh = opened(qtbot, session, PAGES)
    for name in PAGES:
        assert access.difference(hidden_then_shown[name], picture(qtbot, session, fresh, name)) == "", name


def test_what_nobody_looks_at_is_done_by_and_by(qapp, qtbot, session, story):
    story()
    window = opened(qtbot, session, PAGES)
    window.open_page("today", {})
    ears = [Ear(button) for button in window.page("settings").findChildren(QPushButton)]
    theme.apply(qapp, "dark")
    assert repolish.pending()
    qtbot.waitUntil(lambda: not repolish.pending(), timeout=60_000)
    assert ears and not any(ear.heard for ear in ears)  # no other style sheet: nothing was laid out anew
    shown = picture(qtbot, session, window, "settings")
    window.close()
    assert access.difference(shown, picture(qtbot, session, opened(qtbot, session, PAGES), "settings")) == ""


def test_a_page_behind_a_tab_is_done_before_it_shows(qapp, qtbot):
    tabs = PageTabs()
    qtbot.addWidget(tabs)
    for word in ("one", "two"):
        page = QWidget(tabs)
        button = QPushButton(word, page)
        icons.put(button, "plus")
        QVBoxLayout(page).addWidget(button)
        tabs.addTab(page, word)
    tabs.show()
    theme.apply(qapp, "dark")
    tabs.setCurrentIndex(1)
    button = tabs.widget(1).findChild(QPushButton)
    inks = button.icon().pixmap(button.iconSize()).toImage()
    wanted = theme.app_palette().color(QPalette.ColorRole.ButtonText).name()
    found = {inks.pixelColor(x, y).name() for x in range(16) for y in range(16) if inks.pixelColor(x, y).alpha() > 250}
    assert wanted in found
    ground = access.grabbed(button).pixelColor(4, button.height() // 2)
    assert ground.name() == theme.app_palette().color(QPalette.ColorRole.Button).name()


def test_what_is_gone_by_then_is_passed_over(qapp, qtbot):
    holder = QWidget()
    button = QPushButton("soon gone", holder)
    theme.apply(qapp, "dark")
    assert repolish.pending()
    holder.deleteLater()
    del button
    qtbot.waitUntil(lambda: not repolish.pending(), timeout=60_000)


@pytest.mark.parametrize("role", list(style._NAMES), ids=lambda role: role.name)
def test_the_style_sheets_names_of_colors_are_those_of_the_palette(qtbot, role):
    label = QLabel()
    label.setStyleSheet(f"background: palette({style._NAMES[role]})")
    qtbot.addWidget(label)
    label.resize(20, 20)
    label.show()
    assert access.grabbed(label).pixelColor(10, 10).name() == theme.app_palette().color(role).name()
