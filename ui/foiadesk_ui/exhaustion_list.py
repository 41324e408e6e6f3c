"""The board's list: requests under their campaigns, each with its answer as a shape and a word, since and until."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QTreeView, QWidget

from foiadesk_ui import icons, theme
from foiadesk_ui.exhaustion_model import HEAD_ROLE, REQUEST, STATE, UNDISPUTED, Board, BoardModel
from foiadesk_ui.i18n import _, number_text
from foiadesk_ui.records_table import WIDTH_SAMPLE, WIDTH_SAMPLE_PX, Index, SoftDelegate

if TYPE_CHECKING:
    from foiadesk.desk import ExhaustionRow

_LEAST = 180  # pixels a request needs to be told from others, in our own font
MANY = 2_000  # requests from which on campaigns start folded: Qt lays out every row that is unfolded
_WIDTHS = {STATE: 168, UNDISPUTED: 132}  # pixels, for text in which WIDTH_SAMPLE is as wide as in our own font


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
        side = theme.grown(14)
        left = line.right() - side if mirrored else line.left() - 3
        top = line.center().y() - side // 2
        icons.paint(painter, "chevron-down" if open_now else "chevron-right", colour, left, top, side)
        words = line.adjusted(0, 0, -side - 1, 0) if mirrored else line.adjusted(side + 1, 0, 0, 0)
        number = number_text(count)
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(
            title, Qt.TextElideMode.ElideRight, words.width() - metrics.horizontalAdvance(number) - theme.S2
        )
        painter.save()
        painter.setFont(font)
        painter.setPen(colour)
        lead, trail = Qt.AlignmentFlag.AlignLeading, Qt.AlignmentFlag.AlignTrailing  # the painter mirrors them
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
        theme.watch().sized.connect(self._fit)

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the last column to the detail where the request itself would be cut to nothing."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = max(QFontMetrics(theme.text_font()).horizontalAdvance(WIDTH_SAMPLE) / WIDTH_SAMPLE_PX, 0.9)
        for column, width in _WIDTHS.items():
            self.header().resizeSection(column, round(width * wide))
        room = self.viewport().width() - round(sum(_WIDTHS.values()) * wide)
        self.setColumnHidden(UNDISPUTED, room < round(_LEAST * wide))
        self.scheduleDelayedItemsLayout()
