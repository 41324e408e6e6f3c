"""Find and replace in a letter's form: one line to look for, where it stands, and what to put in its place."""

import re
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.announce import announce
from foiadesk_ui.escape_panel import EscapePanel
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, number_text
from foiadesk_ui.letter_form import LetterForm
from foiadesk_ui.merge_text import MergeText
from foiadesk_ui.widgets import Hairline, IconButton, SecondaryLabel, plain_button


@dataclass(frozen=True, slots=True)
class Match:
    """Where the text stands: from and to in the box's text."""

    box: MergeText
    start: int
    end: int


def matches_in(box: MergeText, pattern: re.Pattern[str]) -> list[Match]:
    """Return every place in a box where the pattern stands."""
    text = box.text()
    return [Match(box, *match.span()) for match in pattern.finditer(text)]


def _select(match: Match) -> None:
    match.box.select(match.start, match.end)


class FindBar(EscapePanel):
    """Hidden until ``begin``. ``all_wanted`` asks to replace everywhere: what, by what, whether capitals count."""

    all_wanted = Signal(str, str, bool)

    def __init__(self, form: LetterForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self._matches: list[Match] = []
        self._at = -1
        self.text = QLineEdit(self)
        self.text.setPlaceholderText(_("Find in this letter’s form"))
        self.text.setAccessibleName(_("Find in this letter’s form"))
        self.text.textChanged.connect(lambda _text: self._look(0))
        self.text.returnPressed.connect(lambda: self._step(1))
        self.case = QCheckBox(_("Same capitals"), self)
        self.case.toggled.connect(lambda _on: self._look(0))
        self.count = SecondaryLabel("", self)
        self.before = IconButton("chevron-up", _("Match before"), lambda: self._step(-1), parent=self)
        self.after = IconButton("chevron-down", _("Next match"), lambda: self._step(1), parent=self)
        self.close_button = IconButton("close", _("Close (Esc)"), self.put_away, parent=self)
        self.by = QLineEdit(self)
        self.by.setPlaceholderText(_("Replace with"))
        self.by.setAccessibleName(_("Replace with"))
        self.by.returnPressed.connect(self._replace_one)
        self.one = plain_button(_("Replace"), self._replace_one, parent=self)
        self.all = plain_button(_("Replace all"), self._replace_all, parent=self)
        self._lay_out()
        form.edited.connect(self._edited)
        self.hide()

    def _lay_out(self) -> None:
        first = Flow()
        first.setSpacing(theme.S2)
        first.addWidget(self.text, 1)
        for widget in (self.count, self.before, self.after, self.close_button):
            first.addWidget(widget)
        self.replacing = QWidget(self)
        second = Flow(self.replacing)
        second.setContentsMargins(0, 0, 0, 0)
        second.setSpacing(theme.S2)
        second.addWidget(self.by, 1)
        second.addWidget(self.one)
        second.addWidget(self.all)
        options = QWidget(self)
        third = Flow(options, gap=theme.S2)
        third.addWidget(self.case)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S1, theme.S4, theme.S2)
        column.setSpacing(theme.S1)
        column.addLayout(first)
        column.addWidget(self.replacing)
        column.addWidget(options)
        column.addWidget(Hairline(self))

    def begin(self, *, replace: bool) -> None:
        """Show the bar with what is selected in the form as the text to look for."""
        held = self._selected()
        self.replacing.setVisible(replace)
        self.show()
        if held:
            self.text.setText(held)
        self.text.selectAll()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._look(max(0, self._at))

    def put_away(self) -> None:
        """Close the bar; the keyboard goes to the match that is shown, else to where it was."""
        match = self._current()
        super().put_away()
        if match is not None:
            match.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def again(self) -> None:
        """Look again: the form shows something else."""
        if not self.isHidden():
            self._look(max(0, self._at), show=False)

    def _selected(self) -> str:
        for box in self._form.texts():
            if box.hasFocus():
                text = box.textCursor().selectedText()
                return text if "\u2029" not in text else ""
        return ""

    def _edited(self) -> None:
        self.again()

    def _look(self, at: int, *, show: bool = True) -> None:
        from foiadesk.letters.replacing import pattern_of

        wanted = self.text.text()
        pattern = pattern_of(wanted, case=self.case.isChecked()) if wanted else None
        boxes = self._form.texts() if pattern is not None else []
        self._matches = [match for box in boxes for match in matches_in(box, pattern)] if pattern is not None else []
        self._at = min(at, len(self._matches) - 1)
        self._say()
        if show:
            self._show()

    def _say(self) -> None:
        count = len(self._matches)
        if not self.text.text():
            words = ""
        elif not count:
            words = _("Stands nowhere")
        else:
            words = _("{at} of {count}").format(at=number_text(self._at + 1), count=number_text(count))
        if words != self.count.text():
            self.count.setText(words)
            announce(self.count, words)
        for widget in (self.before, self.after, self.one, self.all):
            widget.setEnabled(bool(count))

    def _current(self) -> Match | None:
        return self._matches[self._at] if 0 <= self._at < len(self._matches) else None

    def _step(self, by: int) -> None:
        if self._matches:
            self._at = (self._at + by) % len(self._matches)
            self._say()
            self._show()

    def _show(self) -> None:
        match = self._current()
        if match is None:
            return
        self._form.ensureWidgetVisible(match.box, 0, 48)
        _select(match)

    def _replace_one(self) -> None:
        match = self._current()
        if match is None:
            return
        _select(match)
        match.box.put(self.by.text())
        after = match.start + len(self.by.text())
        here = self._form.texts()
        self._look(0, show=False)
        place = here.index(match.box)
        later = (
            number
            for number, one in enumerate(self._matches)
            if here.index(one.box) > place or (one.box is match.box and one.start >= after)
        )
        self._at = next(later, 0 if self._matches else -1)
        self._say()
        self._show()

    def _replace_all(self) -> None:
        self.all_wanted.emit(self.text.text(), self.by.text(), self.case.isChecked())
