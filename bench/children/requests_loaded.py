"""The floor of the list of requests: every row is read into a plain model first, then painted by the same delegate."""

import sys
from datetime import date
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

from bench.children.bare_due import unlocked
from bench.children.paint import FirstPaint, answer, give_up_after, pss_mb
from bench.children.scrolling import Whole, scrolled, wait_turn
from bench.moment import now_ms
from foiadesk.records import Stage, Turn
from foiadesk_ui import theme
from foiadesk_ui.app import dress, make_app
from foiadesk_ui.preferences import Preferences
from foiadesk_ui.requests_delegate import RequestsDelegate
from foiadesk_ui.requests_model import ID_ROLE, ROW_ROLE
from foiadesk_ui.requests_page import LIST_WIDTH

PATIENCE = 300  # seconds
QUERY = """SELECT r.id, r.title, r.office_short, o.name, r.campaign, c.title,
    (SELECT number FROM tracking t WHERE t.request = r.id ORDER BY place LIMIT 1),
    s.sent_on, s.stage, s.turn, s.due, s.met_on, s.state, s.pack_version
FROM standing s JOIN requests r ON r.id = s.request JOIN offices o ON o.id = r.office
LEFT JOIN campaigns c ON c.id = r.campaign WHERE s.hidden = 0 ORDER BY s.urgency, s.request"""

Index = QModelIndex | QPersistentModelIndex


class Line(NamedTuple):
    """One row, a plain tuple that the window's delegate can paint."""

    id: int
    title: str
    office_short: str
    office_name: str
    campaign: int | None
    campaign_title: str
    number: str | None
    sent: str | None
    stage: Stage
    turn: Turn
    due_on: str | None
    met_on: str | None
    state: str
    pack_version: str
    days_late: int
    due_in: int | None

    @property
    def tracking(self) -> tuple[str, ...]:
        """The first number the agency gave."""
        return (self.number,) if self.number else ()

    @property
    def sent_on(self) -> date | None:
        """The day it was sent."""
        return date.fromisoformat(self.sent) if self.sent else None

    @property
    def standing(self) -> "Line":
        """What the delegate asks of the stored answer is on the row itself."""
        return self

    @property
    def unverified(self) -> tuple[str, ...]:
        """Nothing is said of the law here."""
        return ()


def line(row: tuple[Any, ...], today: date) -> Line:
    """Count the days that a row shows."""
    (key, title, short, name, campaign, of, number, sent, stage, turn, due_on, met_on, state, pack) = row
    late, due_in = 0, None
    if due_on is not None:
        due = date.fromisoformat(due_on)
        if state == "missed":
            late = max(0, ((date.fromisoformat(met_on) if met_on else today) - due).days)
        if met_on is None and state in ("running", "missed"):
            due_in = (due - today).days
    kind, whose = Stage(stage), Turn(turn)
    return Line(
        key,
        title,
        short,
        name,
        campaign,
        of or "",
        number,
        sent,
        kind,
        whose,
        due_on,
        met_on,
        state,
        pack,
        late,
        due_in,
    )


class Loaded(QAbstractTableModel):
    """All rows in a list."""

    def __init__(self, rows: list[Line]) -> None:
        super().__init__()
        self.rows = rows

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == ROW_ROLE:
            return self.rows[index.row()]
        if role == ID_ROLE:
            return self.rows[index.row()].id
        return self.rows[index.row()].title if role == Qt.ItemDataRole.DisplayRole else None


class Story:
    """A window is shown, then the list is loaded into it, painted and scrolled."""

    def __init__(self, app: QApplication, folder: str, passphrase: str, today: date) -> None:
        from sqlcipher3 import dbapi2

        self.app = app
        self.today = today
        self.connection = unlocked(dbapi2, folder, passphrase)
        self.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        self.window = QMainWindow()
        self.window.resize(1280, 800)
        self.view = QTableView(self.window)
        self.view.setItemDelegate(RequestsDelegate(self.view))
        self.view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.view.setShowGrid(False)
        self.view.horizontalHeader().hide()
        self.view.horizontalHeader().setStretchLastSection(True)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setSectionResizeMode(self.view.verticalHeader().ResizeMode.Fixed)
        self.view.verticalHeader().setDefaultSectionSize(theme.ROW_TWO)
        self.view.setGeometry(0, 140, LIST_WIDTH, 660)
        FirstPaint(app, "QMainWindow", lambda _window: QTimer.singleShot(0, app, self.load))
        self.window.show()

    def load(self) -> None:
        """Read every row."""
        before, start = pss_mb(), now_ms()
        rows = [line(row, self.today) for row in self.connection.execute(QUERY)]
        model = Loaded(rows)

        def painted() -> None:
            took = now_ms() - start
            found = scrolled(self.view, wait_turn(self.app))
            after = pss_mb()
            answer(
                **found,
                paint_ms=took,
                count=len(rows),
                ids=sum(row.id for row in rows),
                pss_mb=after,
                added_mb=after - before if after is not None and before is not None else None,
            )

        Whole(self.view, painted)
        self.view.setModel(model)


def main() -> None:
    """Load, paint, scroll and tell."""
    app = make_app()
    dress(app, Preferences())
    app.story = Story(  # type: ignore[attr-defined]
        app, sys.argv[2], sys.argv[3], date.fromisoformat(sys.argv[4])
    )
    give_up_after(PATIENCE, app)
    app.exec()


if __name__ == "__main__":
    main()
