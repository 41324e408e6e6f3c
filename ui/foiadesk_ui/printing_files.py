"""Printing a stored file: pages and pictures drawn by the worker, text set plainly; the preview is the letters' own."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QSizeF, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QTextDocument
from PySide6.QtWidgets import QWidget

from foiadesk.records import Attachment
from foiadesk_ui import printing
from foiadesk_ui.page_view import to_image
from foiadesk_ui.session import Session

if TYPE_CHECKING:
    from foiadesk.desk import Desk, DocumentInfo

_PICTURE_PX = 4000
_MARGIN = 0.75  # inches, of a page of text
_PAPERS = {"letter": (8.5, 11.0), "a4": (8.27, 11.69)}  # inches
_TEXT_POINTS = 10.5


def print_file(session: Session, parent: QWidget, file: Attachment, info: "DocumentInfo") -> None:
    """Draw a file off the GUI thread, then open the print preview. A privileged file is refused."""

    def paper(desk: "Desk") -> str:
        return desk.settings.get().page

    def go(page: str) -> None:
        printing.print_pictures(
            session, parent, lambda desk, dots: drawn(desk, file, info, dots, page), title=file.name, page=page
        )

    session.ask(parent, paper, go, key="paper")


def drawn(desk: "Desk", file: Attachment, info: "DocumentInfo", dots: int, page: str) -> list[QImage]:
    """Return a file's pages as pictures for paper at so many dots an inch. Raises Conflict, Unreadable."""
    desk.filing.leaving(file.id)
    if info.kind == "pdf":
        finest = printing.fitting(dots, info.pages)
        scale = finest / printing.POINTS_AN_INCH
        return [to_image(desk.filing.page(file.id, number, scale)) for number in range(info.pages)]
    if info.kind == "image":
        return [to_image(desk.filing.image(file.id, _PICTURE_PX))]
    if info.kind == "message":
        from foiadesk_ui.preview_pane import message_text

        return text_pages(message_text(desk.filing.message(file.id)), dots, page)
    return text_pages(desk.filing.text(file.id), dots, page)


def text_pages(text: str, dots: int, page: str) -> list[QImage]:
    """Return plain text as pages in black on white."""
    dots = printing.fitting(dots, len(text) // 3000 + 1)
    wide, high = _PAPERS.get(page, _PAPERS["letter"])
    inner = QSizeF((wide - 2 * _MARGIN) * 96, (high - 2 * _MARGIN) * 96)
    document = QTextDocument()
    document.setDocumentMargin(0)
    font = QFont()
    font.setPixelSize(round(_TEXT_POINTS * 96 / 72))
    document.setDefaultFont(font)
    document.setPlainText(text)
    document.setPageSize(inner)
    margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    pages = []
    for number in range(document.pageCount()):
        picture = QImage(round(wide * dots), round(high * dots), QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.white)
        painter = QPainter(picture)
        painter.scale(dots / 96, dots / 96)
        painter.translate(margins.left() * 96, margins.top() * 96 - number * inner.height())
        painter.setClipRect(0, round(number * inner.height()), round(inner.width()), round(inner.height()))
        document.drawContents(painter)
        painter.end()
        pages.append(picture.convertToFormat(QImage.Format.Format_Grayscale8))
    return pages
