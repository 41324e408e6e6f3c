"""The list of requests as a model: ids in an array, rows in a few pages fetched when seen, headings between groups."""

from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer

from foiadesk_ui.i18n import _
from foiadesk_ui.plain_tip import plain_tip
from foiadesk_ui.request_words import due_words, stage_words, turn_words, unverified_tip, unverified_words

if TYPE_CHECKING:
    from foiadesk.desk import RequestRow

PAGE_ROWS = 128
KEPT_PAGES = 64  # 8,192 rows: several screens in every direction, a few megabytes

ID_ROLE = Qt.ItemDataRole.UserRole + 1
ROW_ROLE = Qt.ItemDataRole.UserRole + 2
SECTION_ROLE = Qt.ItemDataRole.UserRole + 3

Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[tuple[int, ...], Callable[[Sequence["RequestRow"]], None]], None]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading in the list and how many of the following ids stand under it."""

    key: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class SectionHead:
    """What a heading's row shows."""

    key: str
    title: str
    count: int
    folded: bool


def row_sentence(row: "RequestRow") -> str:
    """Say a row as a screen reader should: title, office, what is due, stage, whose turn."""
    parts = (
        row.title,
        row.office_name,
        due_words(row.days_late, row.due_in),
        stage_words(row.standing.stage),
        turn_words(row.standing.turn),
        unverified_words() if row.standing.unverified else "",
    )
    return ", ".join(part for part in parts if part)


class RequestsModel(QAbstractTableModel):
    """One column of requests with optional headings. ``fetch(ids, answer)`` must answer later, on the GUI thread."""

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._ids: array[int] = array("q")
        self._sections: tuple[Section, ...] = ()
        self._folded: set[str] = set()
        self._row_starts: list[int] = []  # the model row of each heading
        self._id_starts: list[int] = []  # the position in _ids of each heading's first id
        self._rows = 0
        self._pages: OrderedDict[int, list[RequestRow | None]] = OrderedDict()
        self._wanted: dict[int, None] = {}
        self._asked: set[int] = set()
        self._old: set[int] = set()  # fetched before something changed
        self._generation = 0
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._ask_wanted)

    # What is in the list -------------------------------------------------------------------------------------------

    def set_list(self, ids: "array[int]", sections: Sequence[Section] = ()) -> None:
        """Show these ids in this order; sections, when given, cover them all. Known rows are fetched afresh."""
        self.beginResetModel()
        self._ids = ids
        self._sections = tuple(sections)
        self._forget_pages()
        self._lay_out()
        self.endResetModel()

    def fold(self, key: str, folded: bool) -> None:
        """Fold or unfold the ids under a heading."""
        if (key in self._folded) != folded:
            self.beginResetModel()
            (self._folded.add if folded else self._folded.discard)(key)
            self._lay_out()
            self.endResetModel()

    def ids(self) -> tuple[int, ...]:
        """Return the requests in their order, folded ones too."""
        return tuple(self._ids)

    @property
    def count(self) -> int:
        """The number of requests, folded ones too."""
        return len(self._ids)

    def has_same_list(self, ids: "array[int]", sections: Sequence[Section]) -> bool:
        """Return whether set_list would change neither order nor headings."""
        return self._ids == ids and self._sections == tuple(sections)

    def refresh_rows(self) -> None:
        """Fetch the rows again as they are seen; what was fetched shows until then, and the list does not move."""
        self._generation += 1  # what is on its way may be older than what changed
        self._asked.clear()
        self._old = set(self._pages)
        self._tell_all()

    def rows_of_headings(self) -> list[int]:
        """Return the model rows that are headings."""
        return list(self._row_starts)

    # Where things are ----------------------------------------------------------------------------------------------

    def id_at(self, row: int) -> int:
        """Return the request id at a model row, 0 for a heading or outside the list."""
        position = self._position_of_row(row)
        return self._ids[position] if position >= 0 else 0

    def row_of(self, request: int) -> int:
        """Return the model row of a request, -1 when it is not in the list or folded away."""
        position = self._position(request)
        if position < 0 or not self._sections:
            return position
        section = bisect_right(self._id_starts, position) - 1
        while self._sections[section].count == 0:
            section -= 1
        if self._sections[section].key in self._folded:
            return -1
        return self._row_starts[section] + 1 + position - self._id_starts[section]

    def request_row(self, row: int) -> "RequestRow | None":
        """Return the fetched row, or None while it is a placeholder."""
        position = self._position_of_row(row)
        if position < 0:
            return None
        page = self._pages.get(position // PAGE_ROWS)
        if page is None:
            self._want(position // PAGE_ROWS)
            return None
        if position // PAGE_ROWS in self._old:
            self._want(position // PAGE_ROWS)
        self._pages.move_to_end(position // PAGE_ROWS)
        return page[position % PAGE_ROWS]

    def head_at(self, row: int) -> SectionHead | None:
        """Return the heading at a model row, if it is one."""
        if not self._sections:
            return None
        section = bisect_right(self._row_starts, row) - 1
        if section < 0 or self._row_starts[section] != row:
            return None
        found = self._sections[section]
        return SectionHead(found.key, found.title, found.count, found.key in self._folded)

    # Qt's model ----------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.head_at(index.row()) is not None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == SECTION_ROLE:
            return self.head_at(index.row())
        if role == ID_ROLE:
            return self.id_at(index.row())
        if role == ROW_ROLE:
            return self.request_row(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            words = self._words(index.row(), whole=role != Qt.ItemDataRole.DisplayRole)
            return plain_tip(words + self._doubt(index.row())) if role == Qt.ItemDataRole.ToolTipRole else words
        return None

    # Inside --------------------------------------------------------------------------------------------------------

    def _words(self, row: int, *, whole: bool) -> str:
        head = self.head_at(row)
        if head is not None:
            return f"{head.title} ({head.count})"
        found = self.request_row(row)
        if found is None:
            return _("Loading…")
        return row_sentence(found) if whole else found.title

    def _doubt(self, row: int) -> str:
        found = self.request_row(row)
        return f"\n{unverified_tip(found.standing.unverified)}" if found and found.standing.unverified else ""

    def _lay_out(self) -> None:
        self._row_starts, self._id_starts = [], []
        row = position = 0
        for section in self._sections:
            self._row_starts.append(row)
            self._id_starts.append(position)
            row += 1 + (0 if section.key in self._folded else section.count)
            position += section.count
        self._rows = row if self._sections else len(self._ids)

    def _position_of_row(self, row: int) -> int:
        if not 0 <= row < self._rows:
            return -1
        if not self._sections:
            return row
        section = bisect_right(self._row_starts, row) - 1
        offset = row - self._row_starts[section] - 1
        return self._id_starts[section] + offset if offset >= 0 else -1

    def _position(self, request: int) -> int:
        try:
            return self._ids.index(request)
        except ValueError:
            return -1

    def _forget_pages(self) -> None:
        self._generation += 1
        self._pages.clear()
        self._wanted.clear()
        self._asked.clear()
        self._old.clear()

    def _want(self, page: int) -> None:
        if page not in self._asked:
            self._wanted[page] = None
            if not self._timer.isActive():
                self._timer.start()

    def _ask_wanted(self) -> None:
        """Ask for the pages seen since the last turn of the event loop, each once, in one question."""
        pages = sorted(self._wanted)
        self._wanted.clear()
        if not pages:
            return
        self._asked.update(pages)
        generation = self._generation
        ids = tuple(
            request for page in pages for request in self._ids[page * PAGE_ROWS : (page + 1) * PAGE_ROWS]
        )  # fmt: skip
        self._fetch(ids, lambda rows: self._answered(generation, pages, rows))

    def _answered(self, generation: int, pages: Sequence[int], rows: "Sequence[RequestRow]") -> None:
        if generation != self._generation:
            return
        self._asked.difference_update(pages)
        self._old.difference_update(pages)
        by_id = {row.id: row for row in rows}
        for page in pages:
            wanted = self._ids[page * PAGE_ROWS : (page + 1) * PAGE_ROWS]
            self._pages[page] = [by_id.get(request) for request in wanted]  # None: gone since the list was made
            self._pages.move_to_end(page)
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)
        self._tell_all()

    def _tell_all(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self._rows - 1, 0))
