"""A text of ours in Markdown as a document in the window's type and colors, which can load nothing from anywhere."""

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from foiadesk_ui import theme

_LEADING = 130.0  # percent of a line
_DIALECT = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
_CODE = QTextFormat.Property.BlockCodeLanguage  # on every line of code, also without a language


class HelpDocument(QTextDocument):
    """One topic."""

    def __init__(self, markdown: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMargin(theme.S6)
        self.setDefaultFont(theme.text_font())
        self.setUndoRedoEnabled(False)
        self.setIndentWidth(theme.S6)
        self.setMarkdown(markdown.replace("![", "["), _DIALECT)  # Qt paints pictures from the disk by itself
        self._dress()

    def loadResource(self, _kind: int, _name: QUrl | str) -> None:
        """Nothing is ever loaded: no picture, no style sheet, neither from the disk nor from anywhere else."""
        return None

    def heading(self, text: str) -> QTextBlock | None:
        """Return the block of the heading that reads so."""
        return next((block for block in self._blocks() if block.text() == text and _level(block)), None)

    def _blocks(self) -> list[QTextBlock]:
        found, block = [], self.begin()
        while block.isValid():
            found.append(block)
            block = block.next()
        return found

    def _dress(self) -> None:
        for block in self._blocks():
            cursor = QTextCursor(block)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            shape = QTextBlockFormat()
            level = _level(block)
            if level:
                _set_type(cursor, theme.title_font() if level == 1 else theme.section_font())
                shape.setTopMargin(0 if level == 1 else theme.S4)
                shape.setBottomMargin(theme.S2 if level == 1 else theme.S1)
            else:
                in_cell = cursor.currentTable() is not None
                close = in_cell or block.blockFormat().hasProperty(_CODE)
                shape.setTopMargin(0)
                shape.setBottomMargin(0 if close else theme.S1 if block.textList() is not None else theme.S2)
                shape.setLineHeight(_LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
                self._set_code(block)
            cursor.mergeBlockFormat(shape)
        for frame in self.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                _dress_table(frame)

    def _set_code(self, block: QTextBlock) -> None:
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        places = []
        piece = block.begin()
        while not piece.atEnd():
            fragment = piece.fragment()
            if fragment.charFormat().fontFixedPitch() or "monospace" in (fragment.charFormat().fontFamilies() or ()):
                places.append((fragment.position(), fragment.length()))
            piece += 1
        for start, length in places:
            cursor = QTextCursor(self)
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            shape = QTextCharFormat()
            shape.setFontFamilies([fixed.family()])
            shape.setFontPointSize(theme.secondary_font().pointSizeF())
            cursor.mergeCharFormat(shape)


def _level(block: QTextBlock) -> int:
    return block.blockFormat().headingLevel()


def _set_type(cursor: QTextCursor, font: QFont) -> None:
    shape = QTextCharFormat()
    shape.setFontPointSize(font.pointSizeF())
    shape.setFontWeight(font.weight())
    cursor.setCharFormat(shape)  # instead of Markdown's own sizes, which would win


def _dress_table(table: QTextTable) -> None:
    shape = table.format()
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
    shape.setBorder(0)
    shape.setCellPadding(theme.S1)
    shape.setCellSpacing(0)
    shape.setTopMargin(theme.S1)
    shape.setBottomMargin(theme.S2)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    if table.columns() == 2:
        lengths = (QTextLength(QTextLength.Type.PercentageLength, share) for share in (32, 68))
        shape.setColumnWidthConstraints(list(lengths))
    table.setFormat(shape)
