"""Printing a letter: Qt's own preview and printer dialog, pages painted as pictures at the printer's resolution.

QtPrintSupport is loaded only here and only when something is printed, after the print system has been pinned to its
Unix socket: left alone, the CUPS library would try a TCP connection when it finds no socket.
"""

import math
import os
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRect, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPaintEngine, QPainter
from PySide6.QtWidgets import QToolBar, QToolButton, QWidget

from foiadesk.desk import Desk
from foiadesk.paths import runtime_folder
from foiadesk_ui import icons, theme
from foiadesk_ui.i18n import _
from foiadesk_ui.page_view import to_image
from foiadesk_ui.session import Session

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

SOCKETS = (Path("/run/cups/cups.sock"), Path("/var/run/cups/cups.sock"))
FINEST, COARSEST = 600, 200  # dots an inch: beyond 600, letters on paper look the same
BUDGET = 256_000_000  # bytes all pages together may take as pictures
SQUARE_INCHES = 8.5 * 11
ON_SCREEN = 110  # dots an inch in the preview: Qt shrinks finer pictures without smoothing them
POINTS_AN_INCH = 72
# Our icons for the buttons of Qt's preview in their order, "" for those a letter has no use for: fit width and page,
# zoom, portrait, landscape, first, previous, next and last page, one page, two, all, page setup, print.
TOOLS = ("fit-width", "letter", "zoom-out", "zoom-in", "", "", "", "back", "forward", "", "", "", "", "", "print")
FRAME = 48  # pixels left for the window's own frame
ENVELOPES = {"no10": (241.3, 104.775), "dl": (220.0, 110.0), "c56": (229.0, 114.0)}  # millimetres
_open: dict[int, tuple["QPrinter", list[QImage]]] = {}  # a printer must outlive the dialog that shows it


def pin_print_system(sockets: Sequence[Path] = SOCKETS) -> str:
    """Point CUPS at its Unix socket, or, when there is none, at one that does not exist, and return which.

    Never a host name: no print system is asked over the network.
    """
    found = next((str(path) for path in sockets if path.is_socket()), str(runtime_folder() / "no-print-system.sock"))
    os.environ["CUPS_SERVER"] = found
    return found


def make_printer(title: str, page: str) -> "QPrinter":
    """Return the default printer set to a paper ("letter", "a4" or an envelope's), without margins of its own."""
    pin_print_system()
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setCreator("FOIADesk")
    if page in ENVELOPES:
        size = QPageSize(QSizeF(*ENVELOPES[page]), QPageSize.Unit.Millimeter, page)
    else:
        size = QPageSize(QPageSize.PageSizeId.A4 if page == "a4" else QPageSize.PageSizeId.Letter)
    layout = QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    printer.setPageLayout(layout)
    printer.setFullPage(True)  # the letter's own margins are in its pages
    return printer


def fitting(dots_an_inch: int, pages: int) -> int:
    """Return the printer's resolution, or the finest at which so many pages stay within the budget."""
    affordable = math.isqrt(int(BUDGET / (max(pages, 1) * SQUARE_INCHES * 3)))
    return max(COARSEST, min(dots_an_inch, FINEST, affordable))


def draw_pages(pdf: bytes, dots_an_inch: int, desk: Desk | None = None) -> list[QImage]:
    """Draw every page of a letter of ours; runs off the GUI thread. Pages without colour are kept as grey."""
    from foiadesk.desk.letter_pages import page, page_count

    pictures = []
    for number in range(page_count(pdf, desk)):
        picture = to_image(page(pdf, number, dots_an_inch / POINTS_AN_INCH, desk))
        if picture.allGray():
            picture = picture.convertToFormat(QImage.Format.Format_Grayscale8)
        pictures.append(picture)
    return pictures


def wanted_pages(printer: "QPrinter", count: int) -> range:
    """Return the pages (from 0) the printer dialog asked for."""
    if printer.fromPage() <= 0:
        return range(count)
    first = min(printer.fromPage(), count)
    last = min(printer.toPage() or count, count)
    return range(first - 1, max(last, first))


def on_screen(pages: Sequence[QImage]) -> list[QImage]:
    """Return the pages as the preview shows them, smoothly made smaller (a letter's page is 8.5 inches wide)."""
    wide = round(ON_SCREEN * 8.5)
    smooth = Qt.TransformationMode.SmoothTransformation
    return [page.scaledToWidth(wide, smooth) if page.width() > wide else page for page in pages]


def previewing(printer: "QPrinter") -> bool:
    """Tell whether the printer paints for the preview and not on paper."""
    engine = printer.paintEngine()
    return engine is not None and engine.type() == QPaintEngine.Type.Picture


def paint(printer: "QPrinter", pages: Sequence[QImage]) -> int:
    """Put the wanted pages on the printer, each filling its sheet; return how many."""
    painter = QPainter()
    if not painter.begin(printer):
        return 0
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    sheet = printer.pageLayout().fullRectPixels(printer.resolution())
    done = 0
    for number in wanted_pages(printer, len(pages)):
        if done:
            printer.newPage()
        picture = pages[number]
        size = picture.size().scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect((sheet.width() - size.width()) // 2, (sheet.height() - size.height()) // 2, *size.toTuple())
        painter.drawImage(place, picture)
        done += 1
    painter.end()
    return done


def preview_dialog(
    parent: QWidget, printer: "QPrinter", pages: Sequence[QImage], small: Sequence[QImage], title: str
) -> "QPrintPreviewDialog":
    """Return Qt's print preview over these pages; its Print button opens the system's printer dialog.

    small: the pages as the screen shows them; the full ones go to the printer.
    """
    from PySide6.QtPrintSupport import QPrintPreviewDialog

    dialog = QPrintPreviewDialog(printer, parent)
    dialog.setWindowTitle(_("Print “{title}”").format(title=title))
    dialog.paintRequested.connect(lambda asked: paint(asked, small if previewing(asked) else pages))
    room = parent.screen().availableSize()  # not the window's: the tool bar must show its Print button
    dialog.resize(min(960, room.width() - FRAME), min(800, room.height() - FRAME))
    _dress(dialog)
    return dialog


def _dress(dialog: "QPrintPreviewDialog") -> None:
    """Give Qt's tool bar our icons and a Print button in words, without what would turn or rearrange a letter."""
    bar = dialog.findChild(QToolBar)
    if bar is None:
        return
    every = bar.actions()
    buttons = [action for action in every if isinstance(bar.widgetForAction(action), QToolButton)]
    if len(buttons) != len(TOOLS):  # another Qt: leave it as it comes
        return
    bar.setIconSize(QSize(theme.grown(20), theme.grown(20)))
    bar.setMovable(False)
    for action, name in zip(buttons, TOOLS, strict=True):
        action.setVisible(bool(name))
        if name:
            action.setIcon(icons.icon(name, dialog))
    shown = [action for action in every if action.isVisible()]
    for before, after in pairwise(shown):
        if before.isSeparator() and after.isSeparator():
            before.setVisible(False)
    print_button = bar.widgetForAction(buttons[-1])
    assert isinstance(print_button, QToolButton)
    buttons[-1].setText(_("Print…"))
    print_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)


def print_letter(
    session: Session,
    parent: QWidget,
    read_pdf: Callable[[Desk], bytes | tuple[bytes, ...]],
    *,
    title: str,
    page: str,
    ready: Callable[[], None] | None = None,
) -> None:
    """Draw the letter, or several, off the GUI thread, then open the print preview; ``ready`` is called then."""

    def draw(desk: Desk, dots: int) -> list[QImage]:
        from foiadesk.desk.letter_pages import page_count

        read = read_pdf(desk)
        letters = read if isinstance(read, tuple) else (read,)
        finest = fitting(dots, sum(page_count(pdf, desk) for pdf in letters))
        return [picture for pdf in letters for picture in draw_pages(pdf, finest, desk)]

    print_pictures(session, parent, draw, title=title, page=page, ready=ready)


def print_pictures(
    session: Session,
    parent: QWidget,
    draw: Callable[[Desk, int], list[QImage]],
    *,
    title: str,
    page: str,
    ready: Callable[[], None] | None = None,
) -> None:
    """Have pages drawn off the GUI thread for so many dots an inch, then open the print preview."""
    printer = make_printer(title, page)
    dots = printer.resolution()

    def both(desk: Desk) -> tuple[list[QImage], list[QImage]]:
        pages = draw(desk, dots)
        return pages, on_screen(pages)

    def show(drawn: tuple[list[QImage], list[QImage]]) -> None:
        pages, small = drawn
        dialog = preview_dialog(parent, printer, pages, small, title)
        _open[id(printer)] = (printer, pages)
        dialog.finished.connect(dialog.deleteLater)
        dialog.destroyed.connect(lambda: _open.pop(id(printer), None))
        dialog.open()
        if ready is not None:
            ready()

    session.ask(parent, both, show, key="print")
