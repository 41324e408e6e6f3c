"""Earlier versions of a draft: the list, two of them side by side with what differs marked, and restoring one."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor, QTextFrameFormat, QTextLength, QTextTableFormat
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QTextEdit, QVBoxLayout, QWidget

from foiadesk.desk import Change, Desk
from foiadesk.records import LetterVersion
from foiadesk_ui import theme
from foiadesk_ui.beside import Beside
from foiadesk_ui.escape_panel import EscapePanel
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, ngettext
from foiadesk_ui.labelled import Labelled
from foiadesk_ui.session import Session
from foiadesk_ui.two_line import Line, TwoLineList
from foiadesk_ui.widgets import EmptyState, LinkButton, PrimaryButton, SecondaryLabel, SectionLabel

if TYPE_CHECKING:
    from foiadesk.desk import FieldChange

NOW = 0  # no version has this id


def why_words(version: LetterVersion) -> str:
    """Say why a version was kept."""
    words = {
        "kept": _("Kept by you"),
        "pause": _("Before a pause"),
        "saved": _("Saved as a file"),
        "printed": _("Printed"),
        "restored": _("Before another was restored"),
    }[version.why]
    return f"{words}: {version.name}" if version.name else words


def moment(at: datetime) -> str:
    """Return a moment as people here read it."""
    when = QDateTime.fromSecsSinceEpoch(int(at.timestamp()))
    return QLocale().toString(when, "d MMM yyyy, HH:mm")


class LetterVersions(EscapePanel):
    """Hidden until ``begin``. ``closed`` says that the letter is to be seen again."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._letter = 0
        self._versions: tuple[LetterVersion, ...] = ()
        self._changes: Sequence[FieldChange] = ()
        self.head = SectionLabel(_("Earlier versions"), self)
        self.head.setContentsMargins(0, 0, 0, 0)
        self.list = TwoLineList(_("Versions, the latest first"), self)
        self.list.picked.connect(lambda _id: self._compare())
        self.against = QComboBox(self)
        self.against.activated.connect(lambda _place: self._compare())
        self.legend = SecondaryLabel("", self, wrap=True)
        self.shown = QTextEdit(self)
        self.shown.setReadOnly(True)
        self.shown.setFrameShape(QFrame.Shape.NoFrame)
        self.shown.setAccessibleName(_("What differs"))
        self.shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.shown.setTabChangesFocus(True)
        self.restore = PrimaryButton(_("Restore this version"), self._restore, icon="restore", parent=self)
        self.back = LinkButton(_("Back to the letter"), self.put_away, icon="back", parent=self)
        self.none = EmptyState(
            _("No version is kept yet. One is kept after a pause, when you save or print, and when you say so."),
            _("Keep this version"), self._keep, icon="restore", parent=self,
        )  # fmt: skip
        self._lay_out()
        theme.watch().changed.connect(self._write)
        self.hide()

    def _lay_out(self) -> None:
        top = Flow()
        top.setSpacing(theme.S2)
        top.addWidget(self.back)
        top.addWidget(self.head, 1)
        top.addWidget(self.restore)
        right = QWidget(self)
        side = QVBoxLayout(right)
        side.setContentsMargins(theme.S4, 0, 0, 0)
        side.setSpacing(theme.S2)
        side.addWidget(Labelled(_("Compare with"), self.against, "", right))
        side.addWidget(self.legend)
        side.addWidget(self.shown, 1)
        self.list.setMinimumWidth(200)
        self.both = Beside(self.list, right, narrow=520, shares=(2, 5), parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.S6, theme.S4)
        column.setSpacing(theme.S2)
        column.addLayout(top)
        column.addWidget(self.both, 1)
        column.addWidget(self.none, 1)

    def begin(self, letter: int) -> None:
        """Show a draft's versions, or look again."""
        self._letter = letter
        self._read()

    def _read(self) -> None:
        letter = self._letter
        self._session.ask(self, lambda desk: desk.drafting.versions(letter), self._show, key="versions")

    def _show(self, versions: tuple[LetterVersion, ...]) -> None:
        self._versions = versions
        held = self.list.current_id()
        ids = [one.id for one in versions]
        chosen = held if held in ids else ids[0] if ids else -1
        self.list.show_lines([Line(one.id, moment(one.at), why_words(one)) for one in versions], chosen)
        against = self.against.currentData()
        self.against.clear()
        self.against.addItem(_("The letter as it is now"), NOW)
        for one in versions:
            self.against.addItem(f"{moment(one.at)} · {why_words(one)}", one.id)
        self.against.setCurrentIndex(max(0, self.against.findData(against)))
        for widget in (self.both, self.restore):
            widget.setVisible(bool(versions))
        self.none.setVisible(not versions)
        self._compare()
        if self.isVisible() and not self.isAncestorOf(QApplication.focusWidget() or self):
            (self.list if versions else self.none.button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _compare(self) -> None:
        version, letter = self.list.current_id(), self._letter
        if version is None:
            return
        other = int(self.against.currentData() or NOW) or None
        self._session.ask(
            self, lambda desk: desk.drafting.compare(letter, version, other), self._compared, key="compare"
        )

    def _compared(self, changes: "Sequence[FieldChange]") -> None:
        self._changes = changes
        self._write()

    def _write(self) -> None:
        count = len(self._changes)
        words = ngettext("{n} field differs.", "{n} fields differ.", count) if count else _("Nothing differs.")
        marks = _("Struck out: only in the version on the left. Underlined: only in the one on the right.")
        self.legend.setText(f"{words} {marks}" if count else words)
        self.shown.setAccessibleDescription(self.legend.text())
        self.shown.clear()
        cursor = self.shown.textCursor()
        for change in self._changes:
            _write_change(cursor, change)
        self.shown.moveCursor(QTextCursor.MoveOperation.Start)

    def _keep(self) -> None:
        letter = self._letter
        self._session.act(self, lambda desk: desk.drafting.keep(letter))

    def _restore(self) -> None:
        version, letter = self.list.current_id(), self._letter
        if version is None:
            return

        def restore(desk: Desk) -> Change:
            return desk.drafting.restore(letter, version)

        self._session.act(self, restore, lambda _change: self.put_away())


def _write_change(cursor: QTextCursor, change: "FieldChange") -> None:
    """Write one field: its name, then the older text beside the newer, each with its own words marked."""
    plain = QTextCharFormat()
    plain.setFont(theme.text_font())
    named = QTextCharFormat()
    named.setFont(theme.section_font())
    cursor.movePosition(QTextCursor.MoveOperation.End)
    if cursor.position():
        cursor.insertBlock()
    cursor.insertText(change.label, named)
    shape = QTextTableFormat()
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
    shape.setBorder(0)
    shape.setCellPadding(theme.S1)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    half = QTextLength(QTextLength.Type.PercentageLength, 50)
    shape.setColumnWidthConstraints([half, half])
    table = cursor.insertTable(1, 2, shape)
    for column, own in enumerate(("gone", "new")):
        cell = table.cellAt(0, column).firstCursorPosition()
        marked = QTextCharFormat(plain)
        marked.setBackground(theme.tint(0.18))
        marked.setFontWeight(QFont.Weight.DemiBold)
        marked.setFontStrikeOut(own == "gone")
        marked.setFontUnderline(own == "new")
        if not any(piece.text for piece in change.pieces if piece.how in ("same", own)):
            quiet = QTextCharFormat(plain)
            quiet.setForeground(theme.secondary_colour())
            cell.insertText(_("(empty)"), quiet)
        for piece in change.pieces:
            if piece.how in ("same", own):
                cell.insertText(piece.text, marked if piece.how == own else plain)
    cursor.movePosition(QTextCursor.MoveOperation.End)
