"""Pick one or several offices from the directory; each chosen one shows how to reach it, as of when, with cautions."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from foiadesk.desk import Desk
from foiadesk.records import Office
from foiadesk_ui import line_icons, theme
from foiadesk_ui.i18n import _, ngettext
from foiadesk_ui.icons import icon
from foiadesk_ui.office_card import OfficeCard
from foiadesk_ui.office_ways import sentence
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import LinkButton, SecondaryLabel, SectionLabel

LIMIT = 200
PAUSE_MS = 120

Index = QModelIndex | QPersistentModelIndex


class OfficeModel(QAbstractListModel):
    """The offices a search found, each with a tick when chosen."""

    toggled = Signal(object)  # Office

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._offices: list[Office] = []
        self._chosen: set[str] = set()

    def show_offices(self, offices: Sequence[Office]) -> None:
        """Show a search's answer."""
        self.beginResetModel()
        self._offices = list(offices)
        self.endResetModel()

    def mark(self, codes: Sequence[str]) -> None:
        """Tick these codes."""
        self._chosen = set(codes)
        if self._offices:
            last = self.index(len(self._offices) - 1)
            self.dataChanged.emit(self.index(0), last, [Qt.ItemDataRole.CheckStateRole])

    def office(self, index: Index) -> Office:
        """Return the office of a row."""
        return self._offices[index.row()]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._offices)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        office = self._offices[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return office.name
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if office.code in self._chosen else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{office.name}, {office.short}, {office.department}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join((office.name, office.department, *map(sentence, office.cautions)))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.toggled.emit(self._offices[index.row()])
        return True


class OfficeDelegate(QStyledItemDelegate):
    """Two lines: the office; its short name and department. A tick box in front."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = option.fontMetrics.lineSpacing()
        return QSize(200, max(theme.ROW_TWO, 2 * line + 16))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, OfficeModel)
        office = model.office(index)
        rect: QRect = option.rect
        palette: QPalette = option.palette
        state: QStyle.StateFlag = option.state
        checked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(rect, theme.tint())
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, palette.color(QPalette.ColorRole.AlternateBase))
        side = theme.grown(16)
        box = QRect(rect.left() + 12, rect.center().y() - side // 2, side, side)
        self._tick_box(painter, box, palette, checked)
        left = box.right() + 12
        width = rect.right() - left - 8
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.setFont(theme.text_font())
        metrics = painter.fontMetrics()
        small = theme.secondary_font()
        top = rect.top() + (rect.height() - 2 * metrics.lineSpacing()) // 2
        name = metrics.elidedText(office.name, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QPoint(left, top + metrics.ascent()), name)
        painter.setFont(small)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        below = f"{office.short} · {office.department}" if office.short else office.department
        below = painter.fontMetrics().elidedText(below, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QPoint(left, top + metrics.lineSpacing() + painter.fontMetrics().ascent() + 1), below)
        painter.restore()

    def _tick_box(self, painter: QPainter, box: QRect, palette: QPalette, checked: bool) -> None:
        fill = palette.color(QPalette.ColorRole.Highlight) if checked else palette.color(QPalette.ColorRole.Base)
        painter.setBrush(fill)
        painter.setPen(QPen(fill if checked else palette.color(QPalette.ColorRole.Dark), 1))
        painter.drawRoundedRect(box, theme.grown(4), theme.grown(4))
        if checked:
            pen = QPen(QColor(palette.color(QPalette.ColorRole.HighlightedText)), theme.grown(2))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            start, knee, end = (
                box.topLeft() + QPoint(theme.grown(x), theme.grown(y)) for x, y in ((4, 8), (7, 11), (12, 5))
            )
            painter.drawLine(start, knee)
            painter.drawLine(knee, end)


class OfficeView(QListView):
    """The found offices. Space or Return ticks the current one; a click anywhere on the row does too."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setItemDelegate(OfficeDelegate(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._choose)

    def _choose(self, index: QModelIndex) -> None:
        model = self.model()
        if isinstance(model, OfficeModel) and index.isValid():
            self.chosen.emit(model.office(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)


class OfficePicker(QWidget):
    """Search on the left, the chosen offices on the right. ``changed`` follows every choice.

    ``lacking``: somebody wants an office the directory does not have; it carries what was searched for.
    """

    changed = Signal()
    lacking = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._chosen: list[Office] = []
        self._cards: dict[str, OfficeCard] = {}
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(_("Search offices: name, abbreviation, city"))
        self.search.setAccessibleName(_("Search offices"))
        line_icons.clearable(self.search)
        self.search.addAction(icon("search", self.search), QLineEdit.ActionPosition.LeadingPosition)
        self.search.installEventFilter(self)
        self.model = OfficeModel(self)
        self.view = OfficeView(self)
        self.view.setModel(self.model)
        self.view.setAccessibleName(_("Offices found"))
        self.view.chosen.connect(self.toggle)
        self.model.toggled.connect(self.toggle)
        self.found = SecondaryLabel("", self)
        self.add = LinkButton(
            _("Add an office the directory lacks…"), lambda: self.lacking.emit(self.search.text().strip()), icon="plus",
            parent=self,
        )  # fmt: skip
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.look_up)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self._lay_out()
        self._say_chosen()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(theme.S2)
        left.addWidget(self.search)
        left.addWidget(self.view, 1)
        left.addWidget(self.found)
        left.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.head = SectionLabel("", self)
        self.head.setContentsMargins(0, theme.S2, 0, theme.S1)
        self.hint = SecondaryLabel(
            _("Tick offices on the left. Each chosen one gets its own request and its own letter."), self
        )
        self.hint.setWordWrap(True)
        holder = QWidget(self)
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, theme.S2, 0)
        self._column.setSpacing(theme.S4)
        self._column.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(holder)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        right = QVBoxLayout()
        right.setSpacing(theme.S2)
        right.addWidget(self.head)
        right.addWidget(self.hint)
        right.addWidget(self._scroll, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S6)
        row.addLayout(left, 5)
        row.addLayout(right, 6)

    def codes(self) -> tuple[str, ...]:
        """Return the chosen offices' codes, in the order of choosing."""
        return tuple(office.code for office in self._chosen)

    def offices(self) -> tuple[Office, ...]:
        """Return the chosen offices."""
        return tuple(self._chosen)

    def set_codes(self, codes: Sequence[str]) -> None:
        """Show these offices as chosen, reading them from the directory; unknown codes are left out."""
        if tuple(codes) == self.codes():
            return

        def read(desk: Desk) -> list[Office]:
            wanted = {office.code: office for office in desk.agencies.search("", limit=10_000)}
            return [wanted[code] for code in codes if code in wanted]

        self._session.ask(self, read, self._show_chosen, key="chosen")

    def _show_chosen(self, offices: list[Office]) -> None:
        self._chosen = offices
        self._refresh()
        self.changed.emit()

    def look_up(self) -> None:
        """Search the directory for what is typed; every office when nothing is."""
        words = self.search.text().strip()
        self._session.ask(self, lambda desk: desk.agencies.search(words, LIMIT), self._show_found, key="search")

    def _show_found(self, offices: list[Office]) -> None:
        self.model.show_offices(offices)
        if offices:
            self.view.setCurrentIndex(self.model.index(0))
        if not offices:
            self.found.setText(_("No office matches. Try its abbreviation, or fewer words."))
        elif len(offices) >= LIMIT:
            self.found.setText(_("The first {n} offices. Type to narrow the list.").format(n=LIMIT))
        else:
            self.found.setText(ngettext("{n} office", "{n} offices", len(offices)))

    def toggle(self, office: Office) -> None:
        """Choose an office, or take it back."""
        if office.code in self.codes():
            self._chosen = [chosen for chosen in self._chosen if chosen.code != office.code]
        else:
            self._chosen.append(office)
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        self.model.mark(self.codes())
        wanted = self.codes()
        for code in [code for code in self._cards if code not in wanted]:
            card = self._cards.pop(code)
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        for place, office in enumerate(self._chosen):
            if office.code not in self._cards:
                made = OfficeCard(office, self, removable=True)
                made.removed.connect(self.toggle)
                self._cards[office.code] = made
                self._column.insertWidget(place, made)
        self._say_chosen()

    def _say_chosen(self) -> None:
        count = len(self._chosen)
        self.head.setText(ngettext("{n} office chosen", "{n} offices chosen", count) if count else _("Chosen offices"))
        self.hint.setVisible(count == 0)

    def eventFilter(self, watched: object, event: object) -> bool:
        """From the search line, Down goes into the list and Return ticks the first office found."""
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress and watched is self.search:
            if event.key() == Qt.Key.Key_Down and self.model.rowCount():
                self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.model.rowCount():
                index = self.view.currentIndex()
                self.toggle(self.model.office(index if index.isValid() else self.model.index(0)))
                return True
        return False
