"""Ctrl+K: type a few letters, go to a page, run a command, open a request or whatever else holds the words."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from foiadesk_ui import icons, line_icons, theme
from foiadesk_ui.i18n import _, ngettext
from foiadesk_ui.search_words import icon_of, open_hit, short_place, title_of
from foiadesk_ui.shortcuts import Shortcut

if TYPE_CHECKING:
    from foiadesk.desk import Desk, RequestRow, SearchHit
    from foiadesk_ui.session import Session

_AT_MOST = 12
_NARROWEST = 120  # pixels of the search box
_REQUESTS, _HITS, _OF_A_KIND, _LOOKED_AT = 6, 8, 3, 40
_PAUSE = 80  # milliseconds after the last key


@dataclass(frozen=True, slots=True)
class Command:
    """Something the finder can do by name."""

    label: str
    icon: str
    run: Callable[[], None]
    keys: str = ""


class SearchBox(QLineEdit):
    """The line in the header. Its answers appear in a list below it."""

    leave = Signal()  # Escape or an answer chosen: give the keyboard back to the page

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(_("Search everything") + "   " + Shortcut.FIND.text)
        self.setAccessibleName(_("Search everything, or find an action"))
        self.setClearButtonEnabled(False)
        self.setMaximumWidth(420)
        self.setMaxLength(200)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._glass = self.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        line_icons.grow(self)
        theme.watch().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.setMinimumWidth(max(_NARROWEST, self.minimumSizeHint().width()))
        self._glass.setIcon(icons.icon("search", QPalette.ColorRole.PlaceholderText))


class _Row(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:  # type: ignore[override]
        return QSize(200, max(theme.ROW, QFontMetrics(option.font).height() + 12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        box: QRect = option.rect
        palette: QPalette = option.palette
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.tint(0.16))
            painter.drawRoundedRect(box.adjusted(4, 1, -4, -1), 5, 5)
        icon, aside = index.data(Qt.ItemDataRole.UserRole + 1), index.data(Qt.ItemDataRole.UserRole + 2)
        side, quiet = theme.grown(16), palette.color(QPalette.ColorRole.PlaceholderText)
        icons.paint(painter, icon, quiet, box.x() + 14, box.center().y() - side // 2, side)
        small = theme.secondary_font()
        room = box.adjusted(side + 24, 0, -14, 0)
        wide = min(QFontMetrics(small).horizontalAdvance(aside) + 12, room.width() // 2) if aside else 0
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.setFont(theme.text_font())
        text = QFontMetrics(theme.text_font()).elidedText(
            index.data(), Qt.TextElideMode.ElideMiddle, room.width() - wide
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        if aside:
            painter.setFont(small)
            painter.setPen(quiet)
            aside = QFontMetrics(small).elidedText(aside, Qt.TextElideMode.ElideLeft, wide)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, aside)
        painter.restore()


class Finder(QFrame):
    """The list of answers under the search box; lives over the page, in the same window."""

    def __init__(
        self, box: SearchBox, session: "Session", commands: Callable[[], tuple[Command, ...]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._box = box
        self._session = session
        self._commands = commands
        self._runs: list[Callable[[], None]] = []
        self._model = QStandardItemModel(self)
        self.list = QListView(self)
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Row(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(_("Found"))
        self.list.clicked.connect(lambda index: self._choose(index.row()))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self._look)
        box.textEdited.connect(lambda _text: self._timer.start())
        box.installEventFilter(self)
        self.hide()

    def start(self) -> None:
        """Give the search box the keyboard and show what can be done."""
        self._box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._box.selectAll()
        self._look()

    def close_list(self) -> None:
        """Put the list away and empty the box."""
        self._timer.stop()
        self._session.jobs.forget(self, "find")
        self.hide()
        self._box.clear()

    def labels(self) -> list[str]:
        """Return the answers in order."""
        return [self._model.item(row).text() for row in range(self._model.rowCount())]

    def _look(self) -> None:
        words = self._box.text().strip()
        folded = words.casefold()
        found = [one for one in self._commands() if all(part in one.label.casefold() for part in folded.split())]
        self._fill([(one.label, one.icon, one.keys, one.run) for one in found[:_AT_MOST]], wait=bool(words))
        if words:
            self._session.ask(
                self, lambda desk: _look_up(desk, words), lambda answer: self._add(words, answer), key="find"
            )
        else:
            self._session.jobs.forget(self, "find")

    def _add(self, words: str, answer: "tuple[list[RequestRow], tuple[SearchHit, ...], int]") -> None:
        rows, hits, total = answer
        lines = []
        for row in rows:
            label = f"{row.title} · {row.office_short}"
            lines.append((label, "request", ", ".join(row.tracking), self._opener(row.id)))
        for hit in hits:
            lines.append((title_of(hit), icon_of(hit), short_place(hit), partial(open_hit, self._session, hit)))
        if total:
            every = partial(self._session.go, "search", query=words)
            lines.append((ngettext("All results ({n})", "All results ({n})", total), "search", "", every))
        self._fill(lines, keep=bool(self._runs))

    def _opener(self, request: int) -> Callable[[], None]:
        return lambda: self._session.go("request", id=request)

    def _fill(
        self, lines: list[tuple[str, str, str, Callable[[], None]]], *, keep: bool = False, wait: bool = False
    ) -> None:
        if not keep:
            self._model.clear()
            self._runs.clear()
        for label, icon, aside, run in lines:
            item = QStandardItem(label)
            item.setData(icon, Qt.ItemDataRole.UserRole + 1)
            item.setData(aside, Qt.ItemDataRole.UserRole + 2)
            self._model.appendRow(item)
            self._runs.append(run)
        if not self._runs:
            item = QStandardItem(_("Searching…") if wait else _("Nothing found"))
            item.setData("info", Qt.ItemDataRole.UserRole + 1)
            item.setData("", Qt.ItemDataRole.UserRole + 2)
            self._model.appendRow(item)
        if self._model.rowCount() and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self._model.index(0, 0))
        self.place()
        self.show()
        self.raise_()

    def place(self) -> None:
        """Lie under the search box, as wide as it or sixty letters, inside the window."""
        over = self.parentWidget()
        if over is None:
            return
        corner = self._box.mapTo(over, QPoint(0, self._box.height() + 4))
        roomy = QFontMetrics(theme.text_font()).averageCharWidth() * 60
        wide = min(max(self._box.width(), roomy), over.width() - 16)
        high = min(sum(self.list.sizeHintForRow(row) for row in range(self._model.rowCount())) + 10, over.height() - 80)
        self.setGeometry(max(min(corner.x(), over.width() - wide - 8), 8), corner.y(), wide, high)
        self.list.setGeometry(1, 5, wide - 2, high - 10)

    def paintEvent(self, _event: object) -> None:
        """Base ground with a hairline all around."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.Dark))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows, Return and Escape in the box belong to the list while it shows."""
        if watched is self._box and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        if watched is self._box and event.type() == QEvent.Type.FocusIn and not self.isVisible() and self._box.text():
            self._look()
        if watched is self._box and event.type() == QEvent.Type.FocusOut and not self.underMouse():
            self.hide()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Escape:
                self.close_list()
                self._box.leave.emit()
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                rows = max(self._model.rowCount(), 1)
                if self.isHidden():
                    self._look()
                else:
                    self.list.setCurrentIndex(self._model.index((self.list.currentIndex().row() + step) % rows, 0))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if self._timer.isActive():
                    self._timer.stop()
                    self._look()
                else:
                    self._choose(self.list.currentIndex().row())
            case _:
                return False
        return True

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._runs):
            run = self._runs[row]
            self.close_list()
            self._box.leave.emit()
            run()


def _look_up(desk: "Desk", words: str) -> "tuple[list[RequestRow], tuple[SearchHit, ...], int]":
    """Return the requests whose list entry holds the words, the best few of everything else, and how many there are."""
    from foiadesk.desk import RequestFilter

    rows = desk.requests.rows(desk.requests.ids(RequestFilter(text=words))[:_REQUESTS])
    page = desk.search.find(words, limit=_LOOKED_AT, typing=True)
    known = {row.id for row in rows}
    kept: list[SearchHit] = []
    for hit in page.hits:
        alike = sum(other.kind == hit.kind for other in kept)
        if not (hit.kind == "request" and hit.id in known) and alike < _OF_A_KIND and len(kept) < _HITS:
            kept.append(hit)
    return rows, tuple(kept), page.total
