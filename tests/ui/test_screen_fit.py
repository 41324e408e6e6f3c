"""The first window lies on the screen with all of its frame, on the smallest screens too."""

import pytest
from PySide6.QtCore import QRect, QSize
from pytestqt.qtbot import QtBot

from foiadesk_ui.screen_fit import FRAME, first_size, inside
from foiadesk_ui.session import Session
from foiadesk_ui.window import MainWindow

SMALLEST = QSize(720, 480)
FRAME_OF_OPENBOX = QSize(2, 24)


@pytest.mark.parametrize("room", [QSize(1280, 800), QSize(1024, 600), QSize(1366, 728)])
def test_a_first_window_leaves_room_for_its_frame(room: QSize) -> None:
    size = first_size(room, 1280, 800)
    assert size.width() + FRAME.width() <= room.width()
    assert size.height() + FRAME.height() <= room.height()


def test_a_first_window_takes_no_more_than_it_wants() -> None:
    assert first_size(QSize(2560, 1440), 1280, 800) == QSize(1280, 800)


def test_a_window_that_sticks_out_is_moved_and_shrunk_no_more_than_needed() -> None:
    room = QRect(0, 32, 1280, 768)
    fits = QRect(100, 100, 900, 600)
    assert inside(room, fits, FRAME_OF_OPENBOX, SMALLEST) == fits
    assert inside(room, QRect(600, 300, 900, 600), FRAME_OF_OPENBOX, SMALLEST) == QRect(380, 200, 900, 600)
    assert inside(room, QRect(-2, 0, 1282, 824), FRAME_OF_OPENBOX, SMALLEST) == room


def test_where_the_screen_is_too_small_the_top_left_is_seen() -> None:
    found = inside(QRect(0, 0, 640, 400), QRect(-40, -40, 900, 700), FRAME_OF_OPENBOX, SMALLEST)
    assert found == QRect(0, 0, 722, 504)


def test_the_main_window_begins_on_the_screen(session: Session, qtbot: QtBot) -> None:
    window = MainWindow(session, lambda: None)
    qtbot.addWidget(window)
    room = window.screen().availableGeometry().size()
    assert window.size() == first_size(room, 1280, 800).expandedTo(window.minimumSize())
