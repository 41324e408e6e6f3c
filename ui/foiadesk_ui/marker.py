"""Words that were looked for, highlighted in a text, with the first one brought into view."""

from collections.abc import Sequence

from PySide6.QtGui import QPalette, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from foiadesk.desk.search_words import places
from foiadesk_ui import theme

AT_MOST = 500
_LOOKED_THROUGH = 2_000_000  # characters


def look(palette: QPalette) -> QTextCharFormat:
    """Return how a highlighted word looks: never by colour alone, so it is bold as well."""
    made = QTextCharFormat()
    made.setBackground(theme.mix(palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Link), 0.22))
    made.setFontWeight(700)
    return made


def mark(view: QPlainTextEdit, words: Sequence[str], *, scroll: bool = True) -> int:
    """Highlight words in a view's text and return how many places they have (500 at most)."""
    text = view.toPlainText()[:_LOOKED_THROUGH]
    found = [(units(text, start), units(text, end)) for start, end in places(text, words)[:AT_MOST]] if words else []
    mark_spots(view, found)
    if found and scroll:
        cursor = QTextCursor(view.document())
        cursor.setPosition(found[0][0])
        view.setTextCursor(cursor)
        view.ensureCursorVisible()
    return len(found)


def mark_spots(view: QPlainTextEdit, spots: Sequence[tuple[int, int]]) -> None:
    """Highlight places of a view's text, as Qt counts them."""
    shown = look(view.palette())
    selections = []
    for start, end in spots:
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(view.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        selection.cursor = cursor
        selection.format = shown
        selections.append(selection)
    view.setExtraSelections(selections)


def units(text: str, at: int) -> int:
    """Return a place in a text as Qt counts it: what lies beyond the first 65,536 characters counts twice."""
    before = text[:at]
    return at if before.isascii() else len(before.encode("utf-16-le", "surrogatepass")) // 2
