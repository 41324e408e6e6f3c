"""What every window test gets: our look, a real desk in a temporary folder, a session on it."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk, RequestPlan
from foiadesk.records import Requester, Signer
from foiadesk_ui import i18n, theme
from foiadesk_ui.app import Shell
from foiadesk_ui.preferences import Preferences
from foiadesk_ui.session import Session
from foiadesk_ui.window import MainWindow
from tests.ui.chapters import SENT, leave
from tests.ui.desk_day import Calendar
from tests.ui.person import Person

PASSPHRASE = "plain words that open the test desk"
TODAY = date(2026, 2, 10)


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[None]:
    """Fusion and the light palette, as the program has them; widgets of the test before are really gone."""
    i18n.use("en")
    theme.apply(qapp, "light")
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty desk on 10 February 2026."""
    made = Desk.create(tmp_path / "Desk", PASSPHRASE, clock=lambda: TODAY)
    yield made
    made.close()


@pytest.fixture
def session(desk: Desk, qapp: QApplication) -> Iterator[Session]:
    """A session on the empty desk; running work ends before the desk closes. Bugs fail the test."""
    made = Session(desk)
    yield made
    made.close()
    made.deleteLater()
    qapp.processEvents()


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> MainWindow:
    """The main window on the desk, shown, with no page open yet."""
    made = MainWindow(session, lambda: None)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made._remembered = True  # nothing fits it into the small offscreen screen in the middle of a test
    made.show()
    return made


@pytest.fixture
def story(desk: Desk) -> Callable[[], Desk]:
    """Fill the desk: one organization asks ICE, CBP and the DHS Privacy Office; the first two were sent long ago."""

    def tell() -> Desk:
        who = desk.people.add(
            Requester("Harbor Watch", ("12 Dock St", "Portland, OR 97201"), signers=(Signer("Ana Reyes", "Director"),))
        ).primary
        made = desk.requests.create(
            RequestPlan(
                title="Face recognition contracts",
                items=("All contracts.", "All policies."),
                offices=("DHS/ICE", "DHS/CBP", "DHS/PRIV"),
                requesters=(who,),
            )
        )
        for request in sorted(made.ids["request"])[:2]:
            desk.requests.add_event(request, {"kind": "request_sent", "date": "2025-12-01", "channel": "portal"})
        return desk

    return tell


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    """Every desk made or opened in this test reads this calendar: the one fake besides the system's file chooser."""
    found = Calendar(SENT)
    create, opening = Desk.create.__func__, Desk.open.__func__  # type: ignore[attr-defined]
    monkeypatch.setattr(Desk, "create", classmethod(lambda cls, *a, **k: create(cls, *a, **{**k, "clock": found})))
    monkeypatch.setattr(Desk, "open", classmethod(lambda cls, *a, **k: opening(cls, *a, **{**k, "clock": found})))
    return found


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[[], Person]]:
    """Start the program on the one desk of this test; what is still open at the end is closed."""
    started: list[Person] = []

    def begin() -> Person:
        became: list[Path] = []
        shell = Shell(qapp, tmp_path / "Desk", Preferences(), become=became.append)
        assert shell.begin()
        started.append(Person(qtbot, shell, became))
        return started[-1]

    yield begin
    for person in started:
        leave(person)
