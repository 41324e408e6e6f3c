"""What stands above a letter: which it is, the ways to its request and its neighbors, and how it leaves the program."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from foiadesk_ui import theme
from foiadesk_ui.announce import announce
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _
from foiadesk_ui.letter_exits import LetterExits, length_words
from foiadesk_ui.letter_menu import LetterMenu
from foiadesk_ui.letter_subject import Subject
from foiadesk_ui.office_card import Elided
from foiadesk_ui.shortcuts import Shortcut
from foiadesk_ui.template_words import whose
from foiadesk_ui.widgets import IconButton, LinkButton, SecondaryLabel, plain_button

if TYPE_CHECKING:
    from foiadesk.letters.portals import PortalLimit

_TITLE_WIDE, _TITLE_LEAST = 220, 90  # px of the request's title


class LetterBar(QWidget):
    """One line, two where there is less room. ``stepped`` goes to the letter before (-1) or the next (1) of the same
    question to other offices."""

    request_wanted = Signal()
    stepped = Signal(int)

    def __init__(self, exits: LetterExits, more: LetterMenu, parent: QWidget) -> None:
        super().__init__(parent)
        self.more = more
        self._title = ""
        self.where = LinkButton("", self.request_wanted.emit, icon="request", parent=self)
        self.before = IconButton("back", _("Letter before"), lambda: self.stepped.emit(-1), parent=self)
        self.after = IconButton("forward", _("Next letter"), lambda: self.stepped.emit(1), parent=self)
        self.place = SecondaryLabel("", self)
        self.what = Elided("", self, mode=Qt.TextElideMode.ElideRight)
        self.said = SecondaryLabel("", self)
        self.save_button = plain_button(_("Save PDF"), exits.save_pdf, icon="save", parent=self)
        self.save_button.setToolTip(Shortcut.SAVE_PDF.text)
        self.print_button = plain_button(_("Print"), exits.print_shown, icon="print", parent=self)
        self.print_button.setToolTip(Shortcut.PRINT.text)
        self.copy_button = plain_button(_("Copy as text"), exits.copy_text, icon="copy", parent=self)
        self.copy_button.setToolTip(_("Copies the whole letter, to paste into an office’s portal"))
        self.length = SecondaryLabel("", self)
        self._row = row = Flow(self, gap=theme.S2)
        row.setContentsMargins(0, 0, theme.S6, 0)
        for one in (self.before, self.place, self.after, self.where, self.what, self.said):
            row.addWidget(one, int(one is self.what))
        row.addStretch()
        for leaving in (self.length, self.copy_button, self.save_button, self.print_button, more):
            row.addWidget(leaving)

    def dress(self, subject: Subject) -> None:
        """Say which letter is shown."""
        request, office = subject.request, subject.request.office
        own = "" if subject.sent else whose(subject.kind)
        named = _(subject.letter.title or subject.kind.title)
        self.what.set_full(f"{named} · {own}" if own else named)
        self._title = request.title
        self.where.setToolTip(f"{request.title} · {office.name}")
        self.where.setAccessibleName(_("Request: {title}, {office}").format(title=request.title, office=office.name))
        self._dress_neighbors(subject)
        self.more.dress(subject)
        self._fit()

    def _dress_neighbors(self, subject: Subject) -> None:
        siblings, at = subject.siblings, subject.place
        several = len(siblings) > 1
        for widget in (self.before, self.after, self.place):
            widget.setVisible(several)
        if not several:
            return
        self.place.setText(_("{at} of {count}").format(at=at + 1, count=len(siblings)))
        for button, place in ((self.before, at - 1), (self.after, at + 1)):
            there = 0 <= place < len(siblings)
            button.setEnabled(there)
            if there:
                button.set_label(_("Letter to {office}").format(office=siblings[place].office))

    def say(self, text: str, *, aloud: bool = False) -> None:
        """Say what just happened to the letter; "" takes it back."""
        self.said.setText(text)
        self._fit()
        if aloud:
            announce(self.said, text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the title of the request where the window is narrow; else its beginning and its end would be cut off."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        beside = self._wide(self.before, self.place, self.after, self.said)
        behind = self._wide(self.length, self.copy_button, self.save_button, self.print_button, self.more)
        metrics = self.where.fontMetrics()
        around = self.where.sizeHint().width() - metrics.horizontalAdvance(self.where.text())
        room = self.contentsRect().width() - theme.S6 - beside - around - self._row.least(self.what) - 2 * theme.S2
        if room - behind >= theme.grown(_TITLE_LEAST):
            room -= behind  # all of it in one line; else the buttons have the next one
        wide = min(max(room, theme.grown(_TITLE_LEAST)), theme.grown(_TITLE_WIDE))
        self.where.setText(metrics.elidedText(self._title, Qt.TextElideMode.ElideRight, wide))

    def _wide(self, *parts: QWidget) -> int:
        return sum(one.sizeHint().width() + theme.S2 for one in parts if one.isVisibleTo(self))

    def show_length(self, text: str, limit: "PortalLimit | None") -> None:
        """Say by the copy button how much text a portal would get."""
        self.length.setText(length_words(text, limit) if limit is not None else "")
        self._fit()
        if limit is not None:
            self.length.setToolTip(
                _("What {host} takes as “{field}”, as of {day}").format(
                    host=limit.host, field=limit.field, day=limit.as_of
                )
            )
