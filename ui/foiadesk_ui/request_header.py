"""The head of a request: title and office, numbers, how it stands, the ruling clock, and what to do next."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.elided import ElidedLabel
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, full_date, words_of
from foiadesk_ui.next_steps import step_deed
from foiadesk_ui.plain_tip import plain_tip
from foiadesk_ui.request_facts import Facts, sent_words, standing_line, tracking_numbers
from foiadesk_ui.request_words import clock_words, unverified_tip
from foiadesk_ui.shortcuts import Shortcut
from foiadesk_ui.widgets import (
    ClockBar,
    IconButton,
    LinkButton,
    MeaningLabel,
    SecondaryLabel,
    plain_button,
)

if TYPE_CHECKING:
    from foiadesk.law import NextStep

SHOWN_STEPS = 3


class RequestHeader(QWidget):
    """Shows Facts; tells what the person wants done."""

    back_asked = Signal()
    step_asked = Signal(object)  # NextStep
    log_asked = Signal()
    file_asked = Signal()
    send_asked = Signal()
    copy_asked = Signal()
    window_asked = Signal()
    merge_asked = Signal()
    trash_asked = Signal()
    restore_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._short = False
        self.back = LinkButton(_("All requests"), self.back_asked.emit, icon="requests", parent=self)
        self.back.setToolTip(_("Back to the list (Esc)"))
        self.back.setShortcut("Esc")
        self.back.hide()
        self.title = ElidedLabel(parent=self, title=True)
        self.more = IconButton("more", _("More about this request"), None, parent=self)
        self.more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        self.file_action = menu.addAction(_("File a document…"), self.file_asked.emit)
        self.copy_action = menu.addAction(_("Ask another office the same…"), self.copy_asked.emit)
        self.window_action = menu.addAction(_("Open in a new window"), self.window_asked.emit)
        self.merge_action = menu.addAction(_("Merge into another request…"), self.merge_asked.emit)
        menu.addSeparator()
        self.trash_action = menu.addAction(_("Move to the trash"), self.trash_asked.emit)
        self.restore_action = menu.addAction(_("Restore from the trash"), self.restore_asked.emit)
        self.more.setMenu(menu)
        self.about = SecondaryLabel("", self, wrap=True)
        self.about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.standing = MeaningLabel("waiting", "", self, bold=True, wrap=True)
        self.clock_name = SecondaryLabel("", self)
        self.bar = ClockBar(parent=self)
        self.why = SecondaryLabel("", self, wrap=True)
        self._steps = QWidget(self)
        self._flow = Flow(self._steps, gap=theme.S1)
        self.log = LinkButton(_("Log…"), self.log_asked.emit, icon="plus", parent=self._steps)
        self.log.setToolTip(_("Log a call, a letter or anything else that happened (Ctrl+E)"))
        self.log.setShortcut(Shortcut.LOG.keys)
        self.send = plain_button(_("Mark as sent…"), self.send_asked.emit, icon="send", parent=self._steps)
        self._step_buttons: list[QPushButton] = []
        top = QHBoxLayout()
        top.setSpacing(theme.S2)
        top.addWidget(self.back)
        top.addWidget(self.title, 1)
        top.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.S6, theme.S4, theme.S4, theme.S2)
        column.setSpacing(theme.S1)
        column.addLayout(top)
        column.addWidget(self.about)
        column.addSpacing(theme.S1)
        column.addWidget(self.standing)
        column.addSpacing(theme.S1)
        column.addWidget(self.bar)
        column.addWidget(self._steps)
        column.addWidget(self.why)
        self.clock_name.hide()

    def show_back(self, shown: bool) -> None:
        """Show the way to the list: the request lies over it. The arrow in the window's header is the page before."""
        self.back.setVisible(shown)

    def show_facts(self, facts: Facts) -> None:
        """Show a request."""
        request = facts.request
        title = f"{request.title} · {request.office.short}"
        self.title.show_text(title)
        self.setAccessibleName(title)
        self.about.setText(
            " · ".join(
                part
                for part in (
                    *tracking_numbers(facts.events),
                    sent_words(facts.events),
                    facts.campaign,
                    _(facts.other_law),
                )
                if part
            )
        )
        self.about.setVisible(bool(self.about.text()))
        meaning, words = standing_line(facts)
        self.standing.show_meaning(meaning, words)
        doubt = f"\n{unverified_tip(facts.court_unverified)}" if facts.court_unverified else ""
        self.standing.setToolTip(plain_tip(words_of(facts.answer.exhaustion.why) + doubt))
        ruling = facts.answer.ruling
        self.bar.setVisible(ruling is not None)
        self.bar.show_clock(ruling, facts.today, facts.unverified)
        self.bar.setAccessibleDescription(clock_words(ruling.kind, ruling.about or "") if ruling else "")
        self.merge_action.setVisible(not request.trashed)
        self.trash_action.setVisible(not request.trashed)
        self.restore_action.setVisible(request.trashed)
        self._show_steps(facts)

    def set_short(self, short: bool) -> None:
        """In a low window the reason of the next step moves into its button's tooltip."""
        self._short = short
        self.why.setVisible(bool(self.why.text()) and not short)

    def step_buttons(self) -> list[QPushButton]:
        """Return the buttons of the next steps, in order."""
        return list(self._step_buttons)

    def _show_steps(self, facts: Facts) -> None:
        for button in self._step_buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._step_buttons = []
        for widget in (self.send, self.log):
            self._flow.removeWidget(widget)
        unsent = str(facts.answer.stage) == "draft" and bool(facts.drafts)
        every = facts.answer.next_steps
        steps = [step for step in every if step_deed(step.kind, facts.letter_title(step.kind)).label][:SHOWN_STEPS]
        if unsent:
            steps = [step for step in steps if step.kind != "send_request"]
        self.send.setVisible(unsent)
        if unsent:
            self._flow.addWidget(self.send)
        for step in steps:
            button = self._step_button(step, facts, first=step is every[0] and not unsent)
            self._flow.addWidget(button)
            self._step_buttons.append(button)
        self._flow.addWidget(self.log)
        first = every[0] if every else None
        dated = first is not None and first.by is not None and first.kind != "wait"  # a wait names its day itself
        by = _("by {day}").format(day=full_date(first.by)) if first is not None and dated else ""
        self.why.setText(" · ".join(part for part in (words_of(first.why) if first else "", by) if part))
        self.why.setVisible(bool(self.why.text()) and not self._short)
        before: QWidget = self.more
        for widget in (self.send, *self._step_buttons, self.log):
            QWidget.setTabOrder(before, widget)
            before = widget

    def _step_button(self, step: "NextStep", facts: Facts, *, first: bool) -> QPushButton:
        label = step_deed(step.kind, facts.letter_title(step.kind)).label
        run = partial(self.step_asked.emit, step)
        button = plain_button(label, run, parent=self._steps) if first else LinkButton(label, run, parent=self._steps)
        button.setToolTip(plain_tip(words_of(step.why)))  # a reminder quotes what a person wrote
        button.setAccessibleDescription(words_of(step.why))
        button.show()
        return button
