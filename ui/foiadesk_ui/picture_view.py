"""A picture of waiting: drawn as wide as there is room, the same as a table, saved or printed."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from foiadesk.desk.scene import Scene, as_svg
from foiadesk_ui import picture_paint, theme
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _
from foiadesk_ui.least import PageStack
from foiadesk_ui.letter_files import file_name
from foiadesk_ui.print_notice import PrintNotice
from foiadesk_ui.records_table import WIDTH_SAMPLE, WIDTH_SAMPLE_PX, Column, RecordsTable
from foiadesk_ui.save_file import write_out
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import LinkButton

if TYPE_CHECKING:
    from foiadesk.desk import Desk

Question = Callable[["Desk", float], Scene]
_TEXT_PX = 12.0  # what the scene takes as the height of text
_WIDEST = 320  # pixels of a column of the table, as columns say it
_LOW = 64  # pixels: in a low window the picture scrolls
_PAUSE = 120  # milliseconds without resizing before the picture is laid out anew


class Canvas(QLabel):  # a bare widget would have no role for a screen reader
    """The drawing itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene: Scene | None = None
        self.setAccessibleName(_("Picture"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.watch().changed.connect(self._refit)

    @staticmethod
    def scale() -> float:
        """Return how many pixels one of the scene's is: pictures grow with the text."""
        font = theme.text_font()
        points = font.pointSizeF()
        pixels = font.pixelSize() if points <= 0 else points * 96 / 72
        return max(1.0, pixels / _TEXT_PX)

    def show_scene(self, scene: Scene) -> None:
        """Draw another picture."""
        self.scene = scene
        self.setAccessibleName(scene.title)
        self.setAccessibleDescription(scene.sentence)
        self._refit()

    def sizeHint(self) -> QSize:
        """As high as the picture is at its width."""
        if self.scene is None:
            return QSize(320, 80)
        return QSize(round(self.scene.width * self.scale()), round(self.scene.height * self.scale()))

    def minimumSizeHint(self) -> QSize:
        """The picture is never squeezed: it is laid out anew, or scrolled."""
        return self.sizeHint()

    def _refit(self) -> None:
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw."""
        painter = QPainter(self)
        colours = picture_paint.colours_now()
        painter.fillRect(self.rect(), colours["paper"])
        if self.scene is not None:
            painter.scale(self.scale(), self.scale())
            picture_paint.paint(painter, self.scene, colours, theme.text_font())
        if self.hasFocus():
            painter.resetTransform()
            painter.setPen(colours["accent"])
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def event(self, event: QEvent) -> bool:
        """Say what the pointer is at."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.scene is not None:
            where: QPoint = event.pos()
            tip = picture_paint.tip_at(self.scene, where.x() / self.scale(), where.y() / self.scale())
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().event(event)


class PictureView(QWidget):
    """One picture with its exits. ``ask`` is put to the desk with the width there is, in the scene's pixels."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ask: Question | None = None
        self._asked_width = 0.0
        self.canvas = Canvas(self)
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.viewport().setBackgroundRole(theme.app_palette().ColorRole.Base)
        holder = QWidget(self.area)
        holder.setBackgroundRole(theme.app_palette().ColorRole.Base)
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(theme.S6, theme.S4, theme.S4, theme.S4)
        inside.addWidget(self.canvas)
        inside.addStretch(1)
        self.area.setWidget(holder)
        self.table: RecordsTable[tuple[str, ...]] | None = None
        self.views = PageStack(self)
        self.views.setMinimumHeight(_LOW)
        self.views.addWidget(self.area)
        self.as_table = LinkButton(_("As a table"), self.turn, icon="text", parent=self)
        self.save = LinkButton(_("Save picture…"), self.save_picture, icon="save", parent=self)
        self.print = LinkButton(_("Print…"), self.print_picture, icon="print", parent=self)
        self.notice = PrintNotice(session, self)
        exits = Flow()
        exits.setContentsMargins(theme.S4, theme.S2, theme.S4, 0)
        exits.setSpacing(theme.S1)
        for button in (self.as_table, self.save, self.print):
            exits.addWidget(button)
        exits.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(exits)
        column.addWidget(self.notice)
        column.addWidget(self.views, 1)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self._fit)

    def show_picture(self, ask: Question) -> None:
        """Ask the desk for a picture and draw it; it is laid out anew when the width changes."""
        self._ask = ask
        self._put()

    def turn(self) -> None:
        """Show the table instead of the picture, or the picture again."""
        picture = self.views.currentWidget() is self.area
        if picture and self.table is None:
            return
        self.views.setCurrentWidget(self.table if picture and self.table is not None else self.area)
        self.as_table.setText(_("As a picture") if picture else _("As a table"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew once the width rests."""
        super().resizeEvent(event)
        self._later.start()

    def _room(self) -> float:
        margins = theme.S6 + theme.S4 + self.area.verticalScrollBar().sizeHint().width()
        return max(320.0, (self.width() - margins) / Canvas.scale())

    def _fit(self) -> None:
        if abs(self._room() - self._asked_width) > 4:
            self._put()

    def _put(self) -> None:
        ask = self._ask
        if ask is None:
            return
        width = self._asked_width = self._room()
        self._session.ask(self, lambda desk: ask(desk, width), self._show, key="picture")

    def _show(self, scene: Scene) -> None:
        self.canvas.show_scene(scene)
        table_shown = self.table is not None and self.views.currentWidget() is self.table
        if self.table is None or self.table.accessibleName() != scene.title:
            fresh = _table(scene, self)
            if self.table is not None:
                self.views.removeWidget(self.table)
                self.table.deleteLater()
            self.table = fresh
            self.views.addWidget(fresh)
        self.table.set_records(scene.rows)
        self.as_table.setEnabled(bool(scene.rows))
        if table_shown:
            self.views.setCurrentWidget(self.table)

    def save_picture(self) -> None:
        """Ask where to, and write the picture there as SVG or PNG."""
        if self.canvas.scene is None:
            return
        name = file_name(_("Picture"), self.canvas.scene.title, "svg")
        kinds = ";;".join((_("Vector picture (*.svg)"), _("Picture (*.png)")))
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save the picture"), name, kinds)
        if chosen:
            path = Path(chosen)
            if path.suffix.lower() not in (".svg", ".png"):
                path = path.with_name(f"{path.name}.png" if "png" in _kind else f"{path.name}.svg")
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Write the picture; the bar below then says so."""
        scene = self.canvas.scene
        if scene is None:
            return
        data = (
            picture_paint.as_png(scene, theme.text_font()) if path.suffix.lower() == ".png" else as_svg(scene).encode()
        )
        write_out(self._session, self, path, data)

    def print_picture(self) -> None:
        """Print the picture; the first time, say first that the print system keeps a copy."""
        if self.canvas.scene is not None:
            self.notice.before(self._print)

    def _print(self) -> None:
        scene = self.canvas.scene
        if scene is None:
            return

        def go(page: str) -> None:
            from foiadesk_ui.printing import print_letter

            pdf = picture_paint.as_pdf(scene, theme.text_font(), page)
            print_letter(self._session, self.window(), lambda _desk: pdf, title=scene.title, page=page)

        self._session.ask(self, lambda desk: desk.settings.get().page, go, key="paper")


def _table(scene: Scene, parent: QWidget) -> RecordsTable[tuple[str, ...]]:
    """Each column is as wide as its longest words, within reason; the widest takes what is left."""

    def cell(number: int) -> Callable[[tuple[str, ...]], str]:
        return lambda row: row[number]

    metrics = QFontMetrics(theme.text_font())
    unit = WIDTH_SAMPLE_PX / metrics.horizontalAdvance(WIDTH_SAMPLE)
    texts = [(heading, *(row[at] for row in scene.rows)) for at, heading in enumerate(scene.headings)]
    widths = [min(_WIDEST, round(max(map(metrics.horizontalAdvance, one)) * unit) + theme.S6) for one in texts]
    widest = widths.index(max(widths))
    columns = [
        Column(heading, cell(number), 0 if number == widest else widths[number])
        for number, heading in enumerate(scene.headings)
    ]
    return RecordsTable(columns, lambda row: row, parent, name=scene.title)
