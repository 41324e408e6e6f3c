"""A text box in which a fact of the request stands as a chip that shows its value and is kept as its name in braces."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QPointF, QRect, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPalette,
    QPyTextObject,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QToolTip, QWidget

from foiadesk_ui import theme
from foiadesk_ui.growing_text import GrowingText
from foiadesk_ui.i18n import _

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

    from foiadesk.desk import MergeFact

CHIP = QTextFormat.ObjectTypes.UserObject.value + 1
NAME = QTextFormat.Property.UserProperty.value + 1
HOLDER = "\ufffc"  # stands in the document where the chip is drawn
WIDEST = 300.0  # px; a longer value is cut with dots, and whole in the tooltip


class Facts(QObject):
    """What the chips of a form show. ``inserting`` fills a menu with what can be put into a box."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.known: Mapping[str, MergeFact] = {}

    def show(self, facts: "Sequence[MergeFact]") -> None:
        """Let every chip show these."""
        self.known = {fact.name: fact for fact in facts}
        self.changed.emit()

    def words(self, name: str) -> tuple[str, bool]:
        """Return what a chip shows, and whether the letter waits for it."""
        fact = self.known.get(name)
        if fact is None:
            return name.replace("_", " "), True
        return (fact.value, False) if fact.value else (_(fact.label), True)

    def told(self, name: str) -> str:
        """Return a chip in words: its label and its value."""
        fact = self.known.get(name)
        if fact is None:
            return _("{name}: no such fact; a blank in the letter").format(name=f"{{{name}}}")
        value = fact.value or _("not known; a blank in the letter")
        return f"{_(fact.label)}: {value}"


class _Chip(QPyTextObject):
    """Draws a chip as wide as its words."""

    def __init__(self, facts: Facts, parent: QObject) -> None:
        super().__init__(parent)
        self._facts = facts

    def _words(self, doc: QTextDocument, shape: QTextFormat) -> tuple[str, bool]:
        words, blank = self._facts.words(str(shape.property(NAME)))
        words = f"[{words}]" if blank else words
        return QFontMetricsF(doc.defaultFont()).elidedText(words, Qt.TextElideMode.ElideRight, WIDEST), blank

    def intrinsicSize(self, doc: QTextDocument, _at: int, shape: QTextFormat) -> QSizeF:
        metrics = QFontMetricsF(doc.defaultFont())
        return QSizeF(metrics.horizontalAdvance(self._words(doc, shape)[0]) + 12, metrics.height())

    def drawObject(
        self, painter: QPainter, rect: QRectF | QRect, doc: QTextDocument, _at: int, shape: QTextFormat
    ) -> None:
        words, blank = self._words(doc, shape)
        box = QRectF(rect).adjusted(1.5, 0.5, -1.5, -0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.tint(0.18))
        painter.setPen(theme.meaning("soon") if blank else QColor(Qt.GlobalColor.transparent))
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(doc.defaultFont())
        painter.setPen(theme.app_palette().color(QPalette.ColorRole.Text))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
        painter.restore()


class MergeText(GrowingText):
    """A growing text box with chips. ``text`` and ``set_text`` speak of facts by their names in braces."""

    menu_wanted = Signal(object)  # QMenu: add what can be put in

    def __init__(
        self, parent: QWidget | None = None, *, lines: int = 1, most: int = 16, facts: Facts | None = None
    ) -> None:
        super().__init__(parent, lines=lines, most=most)
        self.facts = facts
        self.asked: QTextCursor | None = None  # where a menu was asked for
        if facts is not None:
            self._chip = _Chip(facts, self)
            self.document().documentLayout().registerHandler(CHIP, self._chip)
            facts.changed.connect(self._facts_moved)

    def chips(self) -> list[str]:
        """Return the names of the facts in the text, in order."""
        if HOLDER not in self.toPlainText():
            return []
        found = []
        block = self.document().begin()
        while block.isValid():
            pieces = block.begin()
            while not pieces.atEnd():
                piece = pieces.fragment()
                found += [str(piece.charFormat().property(NAME) or "")] * piece.text().count(HOLDER)
                pieces += 1
            block = block.next()
        return found

    def text(self) -> str:
        """Return what is written, facts by their names in braces."""
        plain = self.toPlainText()
        names = iter(self.chips())
        return "".join(f"{{{next(names)}}}" if char == HOLDER else char for char in plain) if HOLDER in plain else plain

    def set_text(self, text: str) -> None:
        """Show a text with its facts as chips; no edit by a person."""
        if self.facts is None or "{" not in text:
            if text != self.text():
                self._quiet = True
                self.setCurrentCharFormat(QTextCharFormat())
                self._quiet = False
                super().set_text(text)
            return
        if text == self.text():
            return
        self._quiet = True
        self.setPlainText("")
        self.document().setUndoRedoEnabled(False)
        self._write(self.textCursor(), text)
        self.document().setUndoRedoEnabled(True)
        self._quiet = False
        self._fit()

    def place_of(self, at: int) -> int:
        """Return the place in the document (UTF-16 units) of a place in ``text``; inside a chip, before it."""
        from foiadesk.letters.merging import PLACE

        text, place, before = self.text(), 0, 0
        names = len(self.chips())
        for match in PLACE.finditer(text) if names else ():
            if match.start() >= at:
                break
            place += _units(text[before : match.start()])
            if match.end() > at:
                return place
            place, before = place + 1, match.end()
        return place + _units(text[before:at])

    def halves(self) -> tuple[str, str]:
        """Return what stands before the cursor and after it; what is selected belongs to neither."""
        cursor = self.textCursor()
        start, end, plain = cursor.selectionStart(), cursor.selectionEnd(), self.toPlainText()
        raw = plain.encode("utf-16-le")
        names = iter(self.chips())
        parts = []
        for piece in (raw[: 2 * start], raw[2 * start : 2 * end], raw[2 * end :]):
            words = piece.decode("utf-16-le", "replace")
            parts.append("".join(f"{{{next(names)}}}" if char == HOLDER else char for char in words))
        return parts[0], parts[2]

    def select(self, start: int, end: int) -> None:
        """Select from one place in ``text`` to another, chips whole."""
        cursor = self.textCursor()
        cursor.setPosition(self.place_of(start))
        last = self.place_of(end)
        if self.place_of(end + 1) == last and last < len(self.toPlainText()):
            last += 1  # the end was inside a chip
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def fitting(self, text: str) -> str:
        """Return a text as the box can hold it."""
        return text

    def put(self, text: str) -> None:
        """Write a text at the cursor, in place of what is selected, as one undo."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        self._write(cursor, self.fitting(text))
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def _write(self, cursor: QTextCursor, text: str) -> None:
        if self.facts is None:
            cursor.insertText(text, QTextCharFormat())
            return
        from foiadesk.letters.merging import PLACE

        for place, piece in enumerate(PLACE.split(text.replace(HOLDER, ""))):
            if place % 2:
                cursor.insertText(HOLDER, self._shape(piece))
            elif piece:
                cursor.insertText(piece, QTextCharFormat())
        cursor.setCharFormat(QTextCharFormat())

    def _shape(self, name: str) -> QTextCharFormat:
        shape = QTextCharFormat()
        shape.setObjectType(CHIP)
        shape.setProperty(NAME, name)
        shape.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
        return shape

    def _facts_moved(self) -> None:
        if self.chips():
            self.document().markContentsDirty(0, self.document().characterCount())
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A name in braces that is typed becomes its chip."""
        super().keyPressEvent(event)
        if event.text() == "}" and self.facts is not None:
            self._closed()

    def _closed(self) -> None:
        from foiadesk.letters.merging import PLACE

        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]  # chips are one character here
        found = None
        for match in PLACE.finditer(before):
            found = match if match.end() == len(before) else None
        if found is not None:
            cursor.setPosition(cursor.position() - len(found[0]), QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)
            self.put(found[0])

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste as plain text; names in braces become chips."""
        self.put(source.text())

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy facts by their names in braces, so that they are chips again where they are pasted."""
        made = QMimeData()
        before, after = self.halves()
        text = self.text()
        made.setText(text[len(before) : len(text) - len(after)])
        return made

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The usual menu, with what can be put in."""
        menu = self.createStandardContextMenu(event.pos())
        mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        self.asked = self.cursorForPosition(event.pos()) if mouse else self.textCursor()
        self.menu_wanted.emit(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def event(self, event: "QEvent") -> bool:
        """Say what a chip is when the mouse rests on it."""
        if isinstance(event, QHelpEvent) and event.type() == QHelpEvent.Type.ToolTip and self.facts is not None:
            name = self._chip_at(QPointF(self.viewport().mapFromParent(event.pos())))
            if name:
                QToolTip.showText(event.globalPos(), self.facts.told(name), self)
                return True
        return super().event(event)

    def _chip_at(self, point: QPointF) -> str:
        at = (
            self.document()
            .documentLayout()
            .hitTest(point + QPointF(0, self.verticalScrollBar().value()), Qt.HitTestAccuracy.ExactHit)
        )
        if at < 0 or self.document().characterAt(at) != HOLDER:
            return ""
        cursor = self.textCursor()
        cursor.setPosition(at + 1)
        return str(cursor.charFormat().property(NAME) or "")


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
