"""What the board's list holds: requests under their campaigns, laid out off the GUI thread, as a tree for Qt."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt

from foiadesk_ui import theme
from foiadesk_ui.exhaustion_words import dates_line, row_below, row_sentence, state_shape, state_words
from foiadesk_ui.i18n import _, number_text, plain_date, words_of
from foiadesk_ui.plain_tip import plain_tip
from foiadesk_ui.records_table import BELOW_MEANING_ROLE, BELOW_ROLE, MEANING_ROLE, RECORD_ROLE, Index
from foiadesk_ui.request_words import unverified_tip

if TYPE_CHECKING:
    from foiadesk.desk import ExhaustionRow

HEAD_ROLE = Qt.ItemDataRole.UserRole + 20
REQUEST, STATE, UNDISPUTED = range(3)
COLUMNS = 3
_OF_REQUEST = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


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
                sure = f"\n{unverified_tip(row.unverified)}" if row.unverified else ""
                return plain_tip(f"{texts[REQUEST]}\n{words_of(row.why_said)}{sure}")
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
                return {REQUEST: row_below(row), STATE: dates_line(row.state, row.since, row.until) or " "}.get(
                    column, " "
                )
            case _ if role == BELOW_MEANING_ROLE:
                return ""
        return None
