"""The timeline of a request: letters, calls and events with their files on one line of time, to correct or retract."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QInputDialog,
    QListView,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from foiadesk.records import Event
from foiadesk_ui import theme
from foiadesk_ui.event_form import EventDialog
from foiadesk_ui.event_words import event_words
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, full_date
from foiadesk_ui.records_table import Index
from foiadesk_ui.request_facts import Facts
from foiadesk_ui.session import Session
from foiadesk_ui.timeline_delegate import TimelineDelegate
from foiadesk_ui.timeline_model import LINE_ROLE, Line, TimelineModel, timeline_lines
from foiadesk_ui.widgets import EmptyState, LinkButton


class TimelineView(QListView):
    """The list itself; a file opens with Enter, a double click, or a single click on its row."""

    line_chosen = Signal(object)  # Line or None
    file_opened = Signal(object)  # Attachment
    menu_asked = Signal(object, QPoint)  # Line, global position

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Timeline"))
        self.timeline_model = TimelineModel(self)
        self.setModel(self.timeline_model)
        self.setItemDelegate(TimelineDelegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.activated.connect(self._activated)
        theme.watch().sized.connect(self.scheduleDelayedItemsLayout)

    def set_lines(self, lines: tuple[Line, ...], this_year: int) -> None:
        """Show these lines; the current one and the place in the list stay."""
        if lines == self.timeline_model.lines:
            return
        now, place = self.current_line(), self.verticalScrollBar().value()
        self.timeline_model.set_lines(lines, this_year)
        for row, line in enumerate(lines):
            if now is not None and line.key == now.key:
                self.setCurrentIndex(self.timeline_model.index(row, 0))
        self.doItemsLayout()
        self.verticalScrollBar().setValue(place)
        if self.current_line() is None:
            self.line_chosen.emit(None)

    def current_line(self) -> Line | None:
        """Return the current line."""
        found: Line | None = self.currentIndex().data(LINE_ROLE) if self.currentIndex().isValid() else None
        return found

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.line_chosen.emit(current.data(LINE_ROLE) if current.isValid() else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Menu and self.currentIndex().isValid():
            self._menu(self.visualRect(self.currentIndex()).center())
        else:
            super().keyPressEvent(event)

    def _activated(self, index: QModelIndex) -> None:
        line: Line = index.data(LINE_ROLE)
        if line.attachment is not None:
            self.file_opened.emit(line.attachment)

    def _menu(self, where: QPoint) -> None:
        index = self.indexAt(where)
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu_asked.emit(index.data(LINE_ROLE), self.viewport().mapToGlobal(where))


class TimelineTab(QWidget):
    """The timeline with what can be done to its entries."""

    file_opened = Signal(object)  # Attachment
    log_asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._facts: Facts | None = None
        self.view = TimelineView(self)
        self.view.line_chosen.connect(self._chosen)
        self.view.file_opened.connect(self.file_opened)
        self.view.menu_asked.connect(self._menu)
        self.empty = EmptyState(
            _("Nothing has happened yet: what is sent, received or said on the telephone is kept here."),
            _("Log…"),
            self.log_asked.emit,
            icon="note",
            parent=self,
        )
        self.correct = LinkButton(_("Correct…"), self._correct, icon="pen", parent=self)
        self.retract = LinkButton(_("Entered in error…"), self._retract, icon="close", parent=self)
        self.void = QCheckBox(_("Show corrected entries"), self)
        self.void.toggled.connect(lambda _on: self._show())
        foot = Flow()
        foot.setContentsMargins(theme.S4, theme.S1, theme.S4, theme.S1)
        foot.addWidget(self.correct)
        foot.addWidget(self.retract)
        foot.addStretch(1)
        foot.addWidget(self.void)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S2, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.empty, 1)
        column.addLayout(foot)
        self._chosen(None)

    def show_facts(self, facts: Facts) -> None:
        """Show a request's history."""
        self._facts = facts
        self._show()

    def _show(self) -> None:
        if self._facts is None:
            return
        lines = timeline_lines(self._facts, void=self.void.isChecked())
        self.view.set_lines(lines, self._facts.today.year)
        self.view.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self.void.setVisible(any(not in_force for _event, in_force in self._facts.log))
        self._chosen(self.view.current_line())

    def _event(self) -> Event | None:
        line = self.view.current_line()
        return line.event if line is not None and not line.void and line.event is not None and line.event.id else None

    def _chosen(self, _line: object) -> None:
        for button in (self.correct, self.retract):
            button.setEnabled(self._event() is not None)

    def _menu(self, line: Line, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        offers: list[tuple[str, Callable[[], None]]] = []
        if line.attachment is not None:
            offers.append((_("Show the file"), lambda: self.file_opened.emit(line.attachment)))
        if self._event() is not None:
            offers += [(_("Correct…"), self._correct), (_("Entered in error…"), self._retract)]
        offers.append((_("Log…"), self.log_asked.emit))
        for label, run in offers:
            menu.addAction(label, run)
        menu.popup(where)

    def _correct(self) -> None:
        event, facts = self._event(), self._facts
        if event is None or facts is None:
            return
        dialog = EventDialog(self, today=facts.today, items=facts.request.items, event=event)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.correct_event(event.id, dialog.accepted_data))
        dialog.open()

    def correct_event(self, event_id: str, data: dict[str, object]) -> None:
        """Replace an event by a corrected one."""
        self._session.act(self, lambda desk: desk.requests.correct_event(event_id, data))

    def _retract(self) -> None:
        event = self._event()
        if event is None:
            return
        what = f"{event_words(event.kind)}, {full_date(event.date)}"
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(_("Entered in error"))
        dialog.setLabelText(
            _("{what}\n\nIt stays in the log but counts no more. Why was it wrong? (You may leave this empty.)").format(
                what=what
            )
        )
        dialog.setOkButtonText(_("Mark as entered in error"))
        dialog.textValueSelected.connect(lambda note: self.retract_event(event.id, note))
        dialog.open()

    def retract_event(self, event_id: str, note: str) -> None:
        """Take an event out of force."""
        self._session.act(self, lambda desk: desk.requests.retract_event(event_id, note))
