"""The view of the request list: headings that fold, rows 52 px high, place and selection kept through every refresh."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from foiadesk_ui import theme
from foiadesk_ui.i18n import _
from foiadesk_ui.records_table import Index
from foiadesk_ui.requests_delegate import RequestsDelegate
from foiadesk_ui.requests_model import ID_ROLE, RequestsModel, Section

if TYPE_CHECKING:
    from array import array

HEAD = 40  # 16 px above the heading's line of text


class RequestsList(QTableView):
    """One column of requests over a RequestsModel."""

    request_chosen = Signal(int)  # 0: none
    request_opened = Signal(int)  # double click or Enter

    def __init__(self, model: RequestsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._quiet = False
        self.setAccessibleName(_("Requests"))
        self.setModel(model)
        self.delegate = RequestsDelegate(self)
        self.setItemDelegate(self.delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._fit_rows()
        theme.watch().sized.connect(self._fit_rows)

    # What is shown -------------------------------------------------------------------------------------------------

    def show_list(self, ids: "array[int]", sections: Sequence[Section]) -> None:
        """Show another list; the selected requests and the one at the top of the view stay where they are."""
        if self._model.has_same_list(ids, sections):
            self._model.refresh_rows()
            return
        self._keep_place(lambda: self._model.set_list(ids, sections))

    def current_request(self) -> int:
        """Return the current request's id, 0 for none."""
        index = self.currentIndex()
        return int(index.data(ID_ROLE) or 0) if index.isValid() else 0

    def selected_requests(self) -> list[int]:
        """Return the ids of all selected requests, in the list's order."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [request for row in rows if (request := self._model.id_at(row))]

    def select_request(self, request: int, *, quietly: bool = False) -> bool:
        """Make a request current and bring it into view; return whether it is in the list."""
        row = self._model.row_of(request)
        if row < 0:
            return False
        index = self._model.index(row, 0)
        if index != self.currentIndex() or not self.selectionModel().isSelected(index):
            self._quiet = quietly
            # Not the view's own setCurrentIndex: with Ctrl still held from Ctrl+2, it would take the selection away.
            chosen = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(index, chosen)
            self._quiet = False
        return True

    def select_first(self) -> None:
        """Make the first request current."""
        for row in range(min(self._model.rowCount(), 2)):
            if request := self._model.id_at(row):
                self.select_request(request)
                return

    def fold(self, row: int) -> None:
        """Fold or unfold the heading at a row."""
        head = self._model.head_at(row)
        if head is not None:
            self._keep_place(lambda: self._model.fold(head.key, not head.folded))
            self.setCurrentIndex(self._model.index(row, 0))

    # Qt ------------------------------------------------------------------------------------------------------------

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        request = int(current.data(ID_ROLE) or 0) if current.isValid() else 0
        if not self._quiet and request:
            self.request_chosen.emit(request)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._model.head_at(index.row()) is not None:
            self.fold(index.row())
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and (request := self._model.id_at(index.row())):
            self.request_opened.emit(request)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        head = self._model.head_at(row) if row >= 0 else None
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if head is not None and (enter or event.key() == Qt.Key.Key_Space):
            self.fold(row)
        elif head is not None and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            if head.folded == (event.key() == Qt.Key.Key_Right):
                self.fold(row)
        elif enter and self.current_request():
            self.request_opened.emit(self.current_request())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A list reached by Tab has a current row, so that the arrows work at once."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.select_first()
        self.viewport().update()

    # Inside --------------------------------------------------------------------------------------------------------

    def _fit_rows(self) -> None:
        lines = self.fontMetrics().height()
        self.verticalHeader().setDefaultSectionSize(max(theme.ROW_TWO, round(lines * 1.9) + 3 * theme.S2))
        self._fit_heads()

    def _fit_heads(self) -> None:
        head, height = self.verticalHeader(), max(HEAD, self.fontMetrics().height() + 22)
        was = head.blockSignals(True)  # or the table would place all rows anew for every heading
        for row in self._model.rows_of_headings():
            head.resizeSection(row, height)
        head.blockSignals(was)
        self.updateGeometries()

    def _keep_place(self, change: Callable[[], None]) -> None:
        """Run ``change``; afterwards the same requests are selected and the same one is at the top."""
        now, selected = self.current_request(), self.selected_requests()
        top_index = self.indexAt(QPoint(1, 1))
        bar = self.verticalScrollBar()
        value = bar.value()
        top, offset = 0, 0
        if top_index.isValid():
            row = top_index.row()
            while row < self._model.rowCount() - 1 and not self._model.id_at(row):
                row += 1
            top, offset = self._model.id_at(row), -self.rowViewportPosition(row)
        self._quiet = True
        change()
        self._fit_heads()
        selection = QItemSelection()
        for request in selected:
            if (row := self._model.row_of(request)) >= 0:
                selection.select(self._model.index(row, 0), self._model.index(row, 0))
        if now and (row := self._model.row_of(now)) >= 0:
            self.selectionModel().setCurrentIndex(
                self._model.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )  # fmt: skip
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._quiet = False
        self.updateGeometries()
        row = self._model.row_of(top) if top else -1
        bar.setValue(self.verticalHeader().sectionPosition(row) + offset if row >= 0 and value else value)
