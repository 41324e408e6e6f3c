"""A quiet table of records: columns given as functions, a soft selection, rows kept in place when they refresh."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPalette,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from foiadesk_ui import icons, theme
from foiadesk_ui.plain_tip import plain_tip
from foiadesk_ui.shortcuts import Shortcut

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex

RECORD_ROLE = Qt.ItemDataRole.UserRole + 1
MEANING_ROLE = Qt.ItemDataRole.UserRole + 2
SORT_ROLE = Qt.ItemDataRole.UserRole + 3
SECONDARY_ROLE = Qt.ItemDataRole.UserRole + 4
BELOW_ROLE = Qt.ItemDataRole.UserRole + 5
BELOW_MEANING_ROLE = Qt.ItemDataRole.UserRole + 6


# Column widths are given for text in which the sample is so many pixels wide.
WIDTH_SAMPLE, WIDTH_SAMPLE_PX = "Wed 30 Sep 2026", 106

_LEAST = 6  # lines of text wide: a column that shares what is left
_MORE = 2  # lines of text by which it is wider before columns of less worth stay

_HEAD = "QHeaderView::section:first, QHeaderView::section:only-one { padding-left: 16px; }"


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column. width: pixels, 0 to stretch. number: right-aligned tabular figures. meaning: a shape before the
    text. sort: the value rows are ordered by, when it is not the text. icon: a name of ours before the text.
    below: a second line; below_meaning: the meaning its words are tinted by. quiet: rows drawn in the
    secondary color. spare: where there is too little width the column makes way, the highest first; 0: never."""

    title: str
    text: Callable[[R], str]
    width: int = 0
    number: bool = False
    meaning: Callable[[R], str] | None = None
    sort: Callable[[R], Any] | None = None
    icon: Callable[[R], str] | None = None
    tip: Callable[[R], str] | None = None
    secondary: bool = False
    below: Callable[[R], str] | None = None
    below_meaning: Callable[[R], str] | None = None
    quiet: Callable[[R], bool] | None = None
    spare: int = 0


class RecordsModel(QAbstractTableModel, Generic[R]):
    """Records under columns. ``key`` tells which record is which after a refresh."""

    def __init__(
        self, columns: Sequence[Column[R]], key: Callable[[R], Hashable], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.key = key
        self.records: tuple[R, ...] = ()
        self._answers: dict[int, Callable[[R, Column[R]], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda record, column: column.text(record),
            Qt.ItemDataRole.ToolTipRole: lambda record, column: plain_tip((column.tip or column.text)(record)),
            Qt.ItemDataRole.AccessibleTextRole: self._said,
            Qt.ItemDataRole.TextAlignmentRole: self._side,
            Qt.ItemDataRole.FontRole: self._font,
            RECORD_ROLE: lambda record, _column: record,
            MEANING_ROLE: self._shape,
            SORT_ROLE: lambda record, column: (column.sort or column.text)(record),
            SECONDARY_ROLE: lambda record, column: column.secondary or bool(column.quiet and column.quiet(record)),
            BELOW_MEANING_ROLE: lambda record, column: column.below_meaning(record) if column.below_meaning else "",
            BELOW_ROLE: lambda record, column: column.below(record) if column.below else "",
        }

    def set_records(self, records: Sequence[R]) -> None:
        """Show these records; when only their contents differ, no row moves."""
        same = [self.key(one) for one in records] == [self.key(one) for one in self.records]
        if same:
            self.records = tuple(records)
            if self.records:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self.records) - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self.records = tuple(records)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.records)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            column = self.columns[section]
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                return column.title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self.records):
            return None
        record, column = self.records[index.row()], self.columns[index.column()]
        answer = self._answers.get(role)
        return answer(record, column) if answer is not None else None

    @staticmethod
    def _font(_record: R, column: Column[R]) -> Any:
        if column.number:
            return theme.tabular(theme.secondary_font() if column.secondary else theme.text_font())
        return theme.secondary_font() if column.secondary else None

    @staticmethod
    def _side(_record: R, column: Column[R]) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    @staticmethod
    def _said(record: R, column: Column[R]) -> str:
        words = ", ".join(part for part in (column.text(record), column.below(record) if column.below else "") if part)
        return f"{column.title}: {words}" if column.title else words

    @staticmethod
    def _shape(record: R, column: Column[R]) -> str:
        source = column.meaning or column.icon
        return source(record) if source else ""


class SoftDelegate(QStyledItemDelegate):
    """Selection as a soft tint with an accent at the row's edge, so that every meaning stays legible on it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.backdrop(painter, option, index)
        plain = QStyleOptionViewItem(option)
        self.initStyleOption(plain, index)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        lead = theme.S4 if index.column() == 0 else theme.S2
        rect = option.rect.adjusted(theme.S2 if mirrored else lead, 0, -lead if mirrored else -theme.S2, 0)
        quiet = option.palette.color(QPalette.ColorRole.PlaceholderText)
        colour = quiet if index.data(SECONDARY_ROLE) else option.palette.color(QPalette.ColorRole.Text)
        below = str(index.data(BELOW_ROLE) or "")
        line = QFontMetrics(plain.font).height() + 2
        small = QFontMetrics(theme.secondary_font()).height() + 2
        top = rect.top() + (rect.height() - line - (small if below else 0)) // 2
        meaning = index.data(MEANING_ROLE)
        if meaning:
            tint = theme.meaning(meaning) if meaning in theme.MEANINGS else colour
            side = theme.grown(16)
            left = rect.right() - side if mirrored else rect.left()
            icons.paint(painter, meaning, tint, left, top + (line - side) // 2, side)
            rect = rect.adjusted(0, 0, -side - 6, 0) if mirrored else rect.adjusted(side + 6, 0, 0, 0)
            colour = tint if meaning in ("late", "soon") and not below else colour
        align = int(plain.displayAlignment | Qt.AlignmentFlag.AlignVCenter)
        painter.save()
        self._write(painter, QRect(rect.left(), top, rect.width(), line), align, plain.text, plain.font, colour)
        if below:
            under = QRect(rect.left(), top + line, rect.width(), small)
            tinted = index.data(BELOW_MEANING_ROLE)
            ink = theme.meaning(tinted) if tinted in ("late", "soon") else quiet
            self._write(painter, under, align, below, theme.secondary_font(), ink)
        painter.restore()

    @staticmethod
    def _write(painter: QPainter, line: QRect, align: int, text: str, font: QFont, colour: QColor) -> None:
        painter.setFont(font)
        painter.setPen(colour)
        shown = QFontMetrics(font).elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, align, shown)

    @staticmethod
    def backdrop(painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row's tint and edge."""
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected:
            painter.fillRect(option.rect, theme.tint(0.16 if option.state & QStyle.StateFlag.State_Active else 0.1))
            view = option.widget
            if index.column() == 0 and view is not None and view.hasFocus():
                mirrored = option.direction == Qt.LayoutDirection.RightToLeft
                edge = QRect(option.rect.right() - 2 if mirrored else option.rect.left(), option.rect.top(), 3,
                             option.rect.height())  # fmt: skip
                painter.fillRect(edge, option.palette.color(QPalette.ColorRole.Link))
        elif hovered:
            painter.fillRect(option.rect, theme.tint(0.05))


class RecordsTable(QTableView, Generic[R]):
    """The view: whole rows, no grid, Enter and double click open, selection and scroll survive a refresh."""

    chosen = Signal(object)  # the current record, or None
    opened = Signal(object)  # a record was double-clicked or Enter was pressed on it
    unwanted = Signal(object)  # Delete was pressed on a record

    def __init__(
        self,
        columns: Sequence[Column[R]],
        key: Callable[[R], Hashable],
        parent: QWidget | None = None,
        *,
        name: str,
        sortable: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.records_model: RecordsModel[R] = RecordsModel(columns, key, self)
        self._proxy: QSortFilterProxyModel | None = None
        if sortable:
            self._proxy = QSortFilterProxyModel(self)
            self._proxy.setSourceModel(self.records_model)
            self._proxy.setSortRole(SORT_ROLE)
            self.setSortingEnabled(True)
        self.setModel(self._proxy or self.records_model)
        self.setItemDelegate(SoftDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        self._ordered = False  # a person chose the order
        head.sectionClicked.connect(self._mark_ordered)
        head.setHighlightSections(False)
        head.setStretchLastSection(not any(column.width == 0 for column in columns))
        head.setMinimumSectionSize(40)
        head.setStyleSheet(_HEAD)
        self._rows_shown = 0
        self._away: dict[int, int] = {}  # columns that made way, and how wide each would be
        self._asked: set[int] = set()  # columns a person asked for: they stay
        self._greedy = [number for number, column in enumerate(columns) if not column.width]
        self._fit_rows()
        theme.watch().sized.connect(self._fit_rows)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(lambda where: self.choose_columns(head.mapToGlobal(where)))
        columns_keys = QShortcut(Shortcut.COLUMNS.keys, self, context=Qt.ShortcutContext.WidgetShortcut)
        columns_keys.activated.connect(lambda: self.choose_columns(self.mapToGlobal(QPoint(8, 8))))
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(RECORD_ROLE)))

    def _fit_rows(self) -> None:
        """Rows and columns grow with the text."""
        for number in self._away:
            self.setColumnHidden(number, False)  # Qt measures no hidden ones
        self._away = {}
        wide = QFontMetrics(theme.text_font()).horizontalAdvance(WIDTH_SAMPLE) / WIDTH_SAMPLE_PX
        for number, column in enumerate(self.records_model.columns):
            if column.width:
                least = self.horizontalHeader().sectionSizeHint(number)  # some languages say it longer
                self.horizontalHeader().resizeSection(number, max(least, round(column.width * max(wide, 0.9))))
        line = QFontMetrics(theme.text_font()).height()
        if any(column.below for column in self.records_model.columns):
            self.verticalHeader().setDefaultSectionSize(max(theme.ROW_TWO, round(line * 1.9) + 2 * theme.S2 + 4))
        else:
            self.verticalHeader().setDefaultSectionSize(max(theme.ROW, line + 2 * theme.S1 + 4))

        self._share()

    def _show_column(self, number: int, shown: bool) -> None:
        """Show or leave out a column as a person asked."""
        (self._asked.add if shown else self._asked.discard)(number)
        self._away.pop(number, None)
        self.setColumnHidden(number, not shown)
        self._share()

    def _share(self) -> None:
        """Columns without a width share what is left. Where that is less than they need, those of least worth make way;
        where that is not enough, the table scrolls sideways."""
        head = self.horizontalHeader()
        line = QFontMetrics(theme.text_font()).height()
        least = dict(self._away)
        for number in range(head.count()):
            if not head.isSectionHidden(number):
                greedy = number in self._greedy
                least[number] = max(head.sectionSizeHint(number), _LEAST * line) if greedy else head.sectionSize(number)
        self._make_way(least, _MORE * line * len(self._greedy))
        fits = sum(least.values()) <= self.viewport().width()
        mode = QHeaderView.ResizeMode.Stretch if fits else QHeaderView.ResizeMode.Interactive
        for number in (number for number in self._greedy if number in least):
            if head.sectionResizeMode(number) is not mode:
                head.setSectionResizeMode(number, mode)
            if not fits:
                head.resizeSection(number, least[number])
        if self._rows_shown:
            bar = 0 if fits else self.horizontalScrollBar().sizeHint().height()
            rows = self._rows_shown * self.verticalHeader().defaultSectionSize()
            self.setFixedHeight(head.sizeHint().height() + rows + bar + 2)

    def _make_way(self, least: dict[int, int], more: int) -> None:
        """Hide the columns of least worth until the others have the width they need and ``more`` pixels, and show again
        what has room; takes the hidden ones out of ``least``."""
        columns = self.records_model.columns
        spare = [number for number in least if columns[number].spare and number not in self._asked]
        away: dict[int, int] = {}
        for number in sorted(spare, key=lambda number: -columns[number].spare):
            if sum(least.values()) + more <= self.viewport().width():
                break
            away[number] = least.pop(number)
        for number in away.keys() ^ self._away.keys():
            self.setColumnHidden(number, number in away)
        self._away = away

    def show_rows(self, count: int) -> None:
        """Be as high as so many rows, at least one, whatever the text size and the width."""
        self._rows_shown = max(1, count)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._share()

    def choose_columns(self, where: QPoint) -> None:
        """Offer to show or leave out each column but the first."""
        if self.horizontalHeader().isHidden() or len(self.records_model.columns) < 3:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, column in enumerate(self.records_model.columns[1:], 1):
            action = menu.addAction(column.title.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(number))
            action.toggled.connect(lambda on, one=number: self._show_column(one, on))
        menu.popup(where)

    def arranged(self) -> dict[str, Any]:
        """Return which columns a person left out or asked for and what rows are ordered by; empty when nobody arranged
        anything."""
        count = len(self.records_model.columns)
        hidden = [number for number in range(count) if self.isColumnHidden(number) and number not in self._away]
        head = self.horizontalHeader()
        order = [head.sortIndicatorSection(), head.sortIndicatorOrder().value] if self._ordered else []
        found = {"columns": count, "hidden": hidden, "asked": sorted(self._asked), "order": order}
        return found if hidden or self._asked or order else {}

    def arrange(self, state: object) -> None:
        """Arrange it as it was; what was said of other columns is passed over."""
        count = len(self.records_model.columns)
        if not isinstance(state, dict) or state.get("columns") != count:
            return
        order = state.get("order")
        for found, shown in (("hidden", False), ("asked", True)):
            numbers = state.get(found)
            for number in numbers if isinstance(numbers, list) else ():
                if type(number) is int and 0 < number < count:
                    self._show_column(number, shown)
        if self._proxy is not None and isinstance(order, list) and len(order) == 2 and order[0] in range(count):
            descending = order[1] == Qt.SortOrder.DescendingOrder.value
            self.sortByColumn(order[0], Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)
            self._ordered = True

    def _mark_ordered(self, _section: int) -> None:
        self._ordered = True

    def set_records(self, records: Sequence[R]) -> None:
        """Show records; the current one stays current and in place when it is still there."""
        now = self.current()
        wanted = self.records_model.key(now) if now is not None else None
        place = self.verticalScrollBar().value()
        self.records_model.set_records(records)
        if wanted is not None:
            self.select_key(wanted)
        self.verticalScrollBar().setValue(place)

    def current(self) -> R | None:
        """Return the current record."""
        index = self.currentIndex()
        found: R | None = index.data(RECORD_ROLE) if index.isValid() else None
        return found

    def select_key(self, key: Hashable) -> bool:
        """Make the record with this key current; return whether it is there."""
        for row, record in enumerate(self.records_model.records):
            if self.records_model.key(record) == key:
                index = self.records_model.index(row, 0)
                self.setCurrentIndex(self._proxy.mapFromSource(index) if self._proxy else index)
                return True
        return False

    def select_first(self) -> None:
        """Make the first row current."""
        self.setCurrentIndex(self.model().index(0, 0))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell who listens, once a row."""
        super().currentChanged(current, previous)
        if not previous.isValid() or current.row() != previous.row() or not current.isValid():
            self.chosen.emit(current.data(RECORD_ROLE) if current.isValid() else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() is not None:
            self.opened.emit(self.current())
        elif event.key() == Qt.Key.Key_Delete and self.current() is not None:
            self.unwanted.emit(self.current())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A table reached by Tab has a current row, so that the arrows work at once."""
        super().focusInEvent(event)
        by_tab = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_tab and not self.currentIndex().isValid() and self.model().rowCount():
            self.select_first()
        self.viewport().update()
