"""The list of what was found: title, place and the words around it, highlighted; more rows are fetched when reached."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPalette, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

from foiadesk_ui import icons, marker, theme
from foiadesk_ui.i18n import _, plain_date
from foiadesk_ui.plain_tip import plain_tip
from foiadesk_ui.records_table import SoftDelegate
from foiadesk_ui.search_words import icon_of, place_words, title_of

if TYPE_CHECKING:
    from foiadesk.desk import SearchHit, SearchPage

Index = QModelIndex | QPersistentModelIndex
Ranges = Sequence[tuple[int, int]]

HIT_ROLE = Qt.ItemDataRole.UserRole + 1
PAGE = 50
_LINES = 2  # of the words around what was found


def paint_marked(
    painter: QPainter, room: QRect, text: str, marks: Ranges, font: QFont, palette: QPalette, lines: int
) -> None:
    """Draw text with ranges highlighted, on so many lines; what has no room is cut off with an ellipsis."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap if lines > 1 else QTextOption.WrapMode.NoWrap)
    if painter.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        option.setAlignment(Qt.AlignmentFlag.AlignRight)
    layout.setTextOption(option)
    formats = []
    look = marker.look(palette)
    for start, end in marks:
        one = QTextLayout.FormatRange()
        one.start, one.length = marker.units(text, start), marker.units(text, end) - marker.units(text, start)
        one.format = look
        formats.append(one)
    layout.setFormats(formats)
    layout.beginLayout()
    top = 0.0
    for _number in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(room.width())
        line.setPosition(QPointF(0, top))
        top += line.height()
    layout.endLayout()
    painter.save()
    painter.setClipRect(room)
    layout.draw(painter, QPointF(room.topLeft()))
    painter.restore()


class SearchModel(QAbstractListModel):
    """Hits as rows. ``fetch(offset)`` asks for the next ones; ``add`` takes them."""

    def __init__(self, fetch: Callable[[int], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._asked = 0
        self._whole = True
        self.hits: tuple[SearchHit, ...] = ()

    def show_page(self, page: "SearchPage") -> None:
        """Show a first page; when it holds the same things, no row moves."""
        same = [(one.kind, one.id) for one in page.hits] == [(one.kind, one.id) for one in self.hits]
        if same:
            self.hits = page.hits
            if self.hits:
                self.dataChanged.emit(self.index(0), self.index(len(self.hits) - 1))
        else:
            self.beginResetModel()
            self.hits = page.hits
            self.endResetModel()
        self._asked = len(self.hits)
        self._whole = len(page.hits) < PAGE

    def add(self, page: "SearchPage") -> None:
        """Show the next page below."""
        known = {(one.kind, one.id) for one in self.hits}
        fresh = tuple(one for one in page.hits if (one.kind, one.id) not in known)
        self._whole = len(page.hits) < PAGE
        if fresh:
            self.beginInsertRows(QModelIndex(), len(self.hits), len(self.hits) + len(fresh) - 1)
            self.hits += fresh
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.hits)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._whole and self._asked <= len(self.hits)

    def fetchMore(self, _parent: Index) -> None:
        if not self._whole and self._asked <= len(self.hits):
            self._asked = len(self.hits) + PAGE
            self._fetch(len(self.hits))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        hit = self.hits[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return title_of(hit)
            case Qt.ItemDataRole.AccessibleTextRole:
                said = (title_of(hit), place_words(hit), plain_date(hit.date), hit.snippet)
                return ". ".join(part for part in said if part)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(f"{title_of(hit)}\n{place_words(hit)}")
            case _ if role == HIT_ROLE:
                return hit
        return None


class _Delegate(SoftDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        line = QFontMetrics(theme.section_font()).height()
        small = QFontMetrics(theme.secondary_font()).lineSpacing()
        return QSize(200, line + small * (1 + _LINES) + 2 * theme.S2 + theme.S1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.backdrop(painter, option, index)
        hit: SearchHit = index.data(HIT_ROLE)
        palette = option.palette
        quiet = palette.color(QPalette.ColorRole.PlaceholderText)
        room = option.rect.adjusted(theme.S4, theme.S2, -theme.S4, -theme.S2)
        line = QFontMetrics(theme.section_font()).height()
        small = theme.secondary_font()
        step = QFontMetrics(small).lineSpacing()
        painter.save()
        side = theme.grown(16)
        indent = side + theme.S2
        place = QRect(room.left(), room.top() + (line - side) // 2, side, side)
        place = QStyle.visualRect(option.direction, room, place)
        icons.paint(painter, icon_of(hit), quiet, place.left(), place.top(), side)
        date = plain_date(hit.date)
        wide = QFontMetrics(theme.tabular(small)).horizontalAdvance(date) + theme.S4 if date else 0
        painter.setFont(theme.tabular(small))
        painter.setPen(quiet)
        painter.drawText(
            QRect(room.left(), room.top(), room.width(), line),
            int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter),
            date,
        )
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        title = QRect(room.left() + indent, room.top(), room.width() - indent - wide, line)
        title = QStyle.visualRect(option.direction, room, title)
        elided = QFontMetrics(theme.section_font()).elidedText(
            title_of(hit), Qt.TextElideMode.ElideRight, title.width()
        )
        found = hit.title_marks if title_of(hit) == hit.title else ()  # in another language they would fall anywhere
        marks = [(start, end) for start, end in found if end <= len(elided) - 1 or elided == hit.title]
        paint_marked(painter, title, elided, marks, theme.section_font(), palette, 1)
        painter.setFont(small)
        painter.setPen(quiet)
        below = QRect(room.left() + indent, title.bottom() + 2, room.width() - indent, step)
        below = QStyle.visualRect(option.direction, room, below)
        found_in = QFontMetrics(small).elidedText(place_words(hit), Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), found_in)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        words = QRect(below.left(), below.bottom() + 1, below.width(), step * _LINES + 2)
        paint_marked(painter, words, hit.snippet, hit.marks, small, palette, _LINES)
        painter.setPen(theme.hairline())
        painter.drawLine(below.left(), option.rect.bottom(), below.right(), option.rect.bottom())
        painter.restore()


class SearchList(QListView):
    """The view: Return and double click open, Escape and Up on the first row go back to the search box."""

    chosen = QtSignal(object)  # SearchHit or None
    opened = QtSignal(object)  # SearchHit
    left = QtSignal()

    def __init__(self, fetch: Callable[[int], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hits = SearchModel(fetch, self)
        self.setModel(self.hits)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Found"))
        self.setMinimumWidth(280)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(HIT_ROLE)))

    def show_page(self, page: "SearchPage") -> None:
        """Show a first page; the current row stays current where it is still there."""
        now = self.current()
        self.hits.show_page(page)
        keys = [(one.kind, one.id) for one in self.hits.hits]
        if now is not None and (now.kind, now.id) in keys:
            self.setCurrentIndex(self.hits.index(keys.index((now.kind, now.id))))
        elif keys:
            self.setCurrentIndex(self.hits.index(0))
            self.scrollToTop()
        else:
            self.chosen.emit(None)

    def current(self) -> "SearchHit | None":
        """Return the current hit."""
        index = self.currentIndex()
        found: SearchHit | None = index.data(HIT_ROLE) if index.isValid() else None
        return found

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.chosen.emit(current.data(HIT_ROLE) if current.isValid() else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() is not None:
            self.opened.emit(self.current())
        elif key == Qt.Key.Key_Escape or (key == Qt.Key.Key_Up and self.currentIndex().row() <= 0):
            self.left.emit()
        else:
            super().keyPressEvent(event)
