"""The board's list: requests under their campaigns, each with its answer as a shape and a word, since and until."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QTreeView, QWidget

from foiadesk_ui import icons, theme
from foiadesk_ui.exhaustion_words import dates_line, row_sentence, state_shape, state_words
from foiadesk_ui.i18n import _, number_text, plain_date
from foiadesk_ui.plain_tip import plain_tip
from foiadesk_ui.records_table import (
    BELOW_MEANING_ROLE,
    BELOW_ROLE,
    MEANING_ROLE,
    RECORD_ROLE,
    WIDTH_SAMPLE,
    WIDTH_SAMPLE_PX,
    Index,
    SoftDelegate,
)

if TYPE_CHECKING:
    from foiadesk.desk import ExhaustionRow

HEAD_ROLE = Qt.ItemDataRole.UserRole + 20
REQUEST, STATE, UNDISPUTED = range(3)
COLUMNS = 3
MANY = 2_000  # requests from which on campaigns start folded: Qt lays out every row that is unfolded
_OF_REQUEST = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_WIDTHS = {STATE: 168, UNDISPUTED: 132}  # pixels, for text in which WIDTH_SAMPLE is as wide as in our own font


@dataclass(frozen=True, slots=True)
class Group:
    """One campaign and its requests; title "" for requests of none."""

    title: str
    rows: "tuple[ExhaustionRow, ...]"


@dataclass(frozen=True, slots=True)
class Board:
    """What the list shows, laid out off the GUI thread. places: by request, its campaign's place and its own there."""

    groups: tuple[Group, ...] = ()
    places: Mapping[int, tuple[int, int]] = field(default_factory=dict)

    def same_order(self, other: "Board") -> bool:
        """Return whether both hold the same requests at the same places under the same campaigns."""
        titles = [group.title for group in self.groups] == [group.title for group in other.groups]
        return titles and self.places == other.places

    def rows(self) -> "Iterator[ExhaustionRow]":
        """Return every request, in order."""
        return (row for group in self.groups for row in group.rows)


def grouped(rows: "Iterable[ExhaustionRow]") -> Board:
    """Return the rows by campaign in order of first appearance, those of none at the end."""
    found: dict[str, list[ExhaustionRow]] = {}
    for row in rows:
        found.setdefault(row.campaign_title, []).append(row)
    titles = sorted(found, key=lambda title: not title)
    groups = tuple(Group(title, tuple(found[title])) for title in titles)
    places = {row.request: (at, line) for at, group in enumerate(groups) for line, row in enumerate(group.rows)}
    return Board(groups, places)


class BoardModel(QAbstractItemModel):
    """Campaigns with requests below them; an index below a campaign carries the campaign's place as its id."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.board = Board()

    def set_board(self, board: Board) -> bool:
        """Show this; returns whether rows moved (when only contents differ, selection and place stay)."""
        if board.groups and board.same_order(self.board):
            self.board = board
            return False
        self.beginResetModel()
        self.board = board
        self.endResetModel()
        return True

    @property
    def groups(self) -> tuple[Group, ...]:
        """The campaigns, in order."""
        return self.board.groups

    def index_of(self, request: int) -> QModelIndex:
        """Return where a request stands; an invalid index when it is not here."""
        place = self.board.places.get(request)
        return QModelIndex() if place is None else self.index(place[1], 0, self.index(place[0], 0))

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's default
        if row < 0 or not 0 <= column < COLUMNS or row >= self.rowCount(parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(int(index.internalId()) - 1, 0, 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self.groups)
        return len(self.groups[parent.row()].rows) if not parent.internalId() and not parent.column() else 0

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return COLUMNS

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _OF_REQUEST if index.internalId() else Qt.ItemFlag.ItemIsEnabled

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return (_("Request"), _("May sue?"), _("Undisputed since"))[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if section == UNDISPUTED else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def row(self, index: Index) -> "ExhaustionRow | None":
        """Return the request at an index; None for a campaign."""
        if not index.isValid() or not index.internalId():
            return None
        return self.groups[int(index.internalId()) - 1].rows[index.row()]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.row(index)
        if row is None:
            return self._head(self.groups[index.row()], role)
        return self._cell(row, index.column(), role)

    @staticmethod
    def _head(group: Group, role: int) -> Any:
        title = group.title or _("No campaign")
        if role == Qt.ItemDataRole.DisplayRole:
            return title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{title} ({number_text(len(group.rows))})"
        return (title, len(group.rows)) if role == HEAD_ROLE else None

    @staticmethod
    def _cell(row: "ExhaustionRow", column: int, role: int) -> Any:  # noqa: PLR0911 - one return a role
        texts = {
            REQUEST: f"{row.office_short} · {row.title}",
            STATE: state_words(row.state),
            UNDISPUTED: plain_date(row.undisputed_since) or "–",
        }
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return texts[column]
            case Qt.ItemDataRole.AccessibleTextRole:
                return row_sentence(row) if column == REQUEST else texts[column]
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(f"{texts[REQUEST]}\n{row.why}")
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column == UNDISPUTED else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.FontRole:
                return theme.tabular(theme.text_font()) if column == UNDISPUTED else None
            case _ if role == RECORD_ROLE:
                return row
            case _ if role == MEANING_ROLE:
                return state_shape(row.state) if column == STATE else ""
            case _ if role == BELOW_ROLE:
                return {REQUEST: row.why, STATE: dates_line(row.state, row.since, row.until) or " "}.get(column, " ")
            case _ if role == BELOW_MEANING_ROLE:
                return ""
        return None


class _Delegate(SoftDelegate):
    """Rows as in every table; a campaign's head as in the list of requests."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Two lines, as high as the text asks for."""
        line = QFontMetrics(theme.text_font()).height()
        return QSize(80, max(theme.ROW_TWO, round(line * 1.9) + 2 * theme.S2 + 4))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        head = index.data(HEAD_ROLE)
        if head is None:
            super().paint(painter, option, index)
            return
        title, count = head
        view = self.parent()
        open_now = isinstance(view, QTreeView) and view.isExpanded(index)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        rect = option.rect.adjusted(theme.S4, 0, -theme.S4, 0)
        font = QFont(theme.secondary_font())
        font.setWeight(QFont.Weight.DemiBold)
        high = QFontMetrics(font).height() + 4
        line = QRect(rect.left(), rect.bottom() - high - 2, rect.width(), high)
        colour = option.palette.color(QPalette.ColorRole.PlaceholderText)
        if isinstance(view, QTreeView) and view.hasFocus() and view.currentIndex() == index:
            colour = option.palette.color(QPalette.ColorRole.Link)
        left = line.right() - 14 if mirrored else line.left() - 3
        icons.paint(painter, "chevron-down" if open_now else "chevron-right", colour, left, line.center().y() - 7, 14)
        words = line.adjusted(0, 0, -15, 0) if mirrored else line.adjusted(15, 0, 0, 0)
        number = number_text(count)
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(
            title, Qt.TextElideMode.ElideRight, words.width() - metrics.horizontalAdvance(number) - theme.S2
        )
        painter.save()
        painter.setFont(font)
        painter.setPen(colour)
        lead = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        trail = Qt.AlignmentFlag.AlignLeft if mirrored else Qt.AlignmentFlag.AlignRight
        painter.drawText(words, lead | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.drawText(words, trail | Qt.AlignmentFlag.AlignVCenter, number)
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.hairline())
        painter.restore()


class BoardList(QTreeView):
    """Several rows may be chosen (Ctrl or Shift, Ctrl+A); Enter and double click open; arrows fold a campaign."""

    chosen = Signal()  # other rows are chosen now
    opened = Signal(object)  # a row was double-clicked or Enter was pressed on it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Requests by campaign"))
        self.board = BoardModel(self)
        self.setModel(self.board)
        self.setItemDelegate(_Delegate(self))
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionsMovable(False)
        head.setSectionResizeMode(REQUEST, QHeaderView.ResizeMode.Stretch)
        head.setStyleSheet("QHeaderView::section:first { padding-left: 16px; }")
        self._fit()
        theme.watch().changed.connect(self._fit)

    def show_board(self, board: Board) -> None:
        """Show these requests; those chosen stay chosen, folded campaigns stay folded."""
        kept = [row.request for row in self.chosen_rows()]
        were = {group.title: self.isExpanded(self.board.index(at, 0)) for at, group in enumerate(self.board.groups)}
        place = self.verticalScrollBar().value()
        if self.board.set_board(board):
            for at in range(len(board.groups)):
                self.setFirstColumnSpanned(at, QModelIndex(), True)
            self.choose(kept)
            if not self.selectionModel().hasSelection():
                self.choose_first()
            self._unfold(board, were)
            self.verticalScrollBar().setValue(place)
        else:
            self.viewport().update()
        self.chosen.emit()

    def _unfold(self, board: Board, were: Mapping[str, bool]) -> None:
        few = len(board.places) <= MANY
        if few:
            self.expandAll()  # each unfolded by itself would lay all rows out again
        for at, group in enumerate(board.groups):
            index = self.board.index(at, 0)
            wanted = were.get(group.title, few or (not at and len(group.rows) <= MANY))
            if wanted != self.isExpanded(index):
                self.setExpanded(index, wanted)

    def chosen_rows(self) -> "list[ExhaustionRow]":
        """Return the chosen requests, in the order of the list."""
        spans = sorted(
            (span.parent().row(), span.top(), span.bottom())
            for span in self.selectionModel().selection().toList()
            if span.parent().isValid()
        )
        found: dict[int, ExhaustionRow] = {}
        for at, top, bottom in spans:
            found.update((row.request, row) for row in self.board.groups[at].rows[top : bottom + 1])
        return list(found.values())

    def current_row(self) -> "ExhaustionRow | None":
        """Return the request the person is at: the current one when it is chosen, else the first chosen."""
        index = self.currentIndex()
        if index.isValid() and self.selectionModel().isSelected(index):
            return self.board.row(index)
        return next(iter(self.chosen_rows()), None)

    def choose(self, requests: Sequence[int]) -> None:
        """Choose these requests, the first becoming current."""
        select = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        chosen = QItemSelection()
        indexes = [index for request in requests if (index := self.board.index_of(request)).isValid()]
        self.selectionModel().clearSelection()
        if indexes:
            self.setCurrentIndex(indexes[0])
        for index in indexes:
            chosen.select(index, index.siblingAtColumn(UNDISPUTED))
        self.selectionModel().select(chosen, select)

    def choose_first(self) -> None:
        """Choose the first request."""
        if self.board.groups:
            self.setCurrentIndex(self.board.index(0, 0, self.board.index(0, 0)))

    def selectionChanged(self, selected: Any, deselected: Any) -> None:
        """Tell who listens."""
        super().selectionChanged(selected, deselected)
        self.chosen.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a campaign folds or unfolds it."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.board.row(index) is None:
            self.setExpanded(index.siblingAtColumn(0), not self.isExpanded(index.siblingAtColumn(0)))
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens."""
        row = self.board.row(self.indexAt(event.position().toPoint()))
        if row is not None:
            self.opened.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens a request; on a campaign, Enter and Space fold it."""
        index = self.currentIndex().siblingAtColumn(0)
        row = self.board.row(index)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and row is not None:
            self.opened.emit(row)
        elif index.isValid() and row is None and (enter or event.key() == Qt.Key.Key_Space):
            self.setExpanded(index, not self.isExpanded(index))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A list reached by Tab has a current row, so that the arrows work at once."""
        super().focusInEvent(event)
        by_tab = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_tab and not self.currentIndex().isValid():
            self.choose_first()
        self.viewport().update()

    def drawBranches(self, _painter: QPainter, _rect: QRect, _index: Index) -> None:
        """The delegate draws the arrows."""

    def _fit(self) -> None:
        wide = QFontMetrics(theme.text_font()).horizontalAdvance(WIDTH_SAMPLE) / WIDTH_SAMPLE_PX
        for column, width in _WIDTHS.items():
            self.header().resizeSection(column, round(width * max(wide, 0.9)))
        self.scheduleDelayedItemsLayout()
