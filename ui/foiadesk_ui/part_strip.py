"""The files that came in a message, above its text, each one click away; and from each the way back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from foiadesk.desk import Related
from foiadesk.records import Attachment
from foiadesk_ui import theme
from foiadesk_ui.document_columns import file_icon
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, size_text
from foiadesk_ui.widgets import Hairline, LinkButton

_TALLEST = 96  # px: more files than fit are scrolled to
_LONGEST = 60  # characters of a name on a button


class PartStrip(QWidget):
    """Away while there is nothing beside the file. ``picked`` is called with the file a person wants to see."""

    def __init__(self, picked: Callable[[Attachment], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picked = picked
        self.buttons: list[LinkButton] = []
        self.setAccessibleName(_("Files with it"))
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll)
        column.addWidget(Hairline(self))
        self.hide()

    def show_related(self, related: Related | None) -> None:
        """Show what lies beside a file; None empties the strip."""
        inner = QWidget(self._scroll)
        flow = Flow(inner, gap=theme.S1)
        flow.setContentsMargins(theme.S2, theme.S1, theme.S2, theme.S1)
        self.buttons = []
        if related is not None:
            if related.whole is not None:
                self._add(
                    flow, inner, _("Back to “{name}”").format(name=_short(related.whole.name)), related.whole, "back"
                )
            for part in related.parts:
                self._add(flow, inner, f"{_short(part.name)}  {size_text(part.size)}", part, file_icon(part))
            for version in related.versions:
                words = _("Also filed with other bytes: “{name}”").format(name=_short(version.name))
                self._add(flow, inner, words, version, "copy")
        self._scroll.setWidget(inner)
        self.setVisible(bool(self.buttons))
        self._fit()

    def _add(self, flow: Flow, inner: QWidget, words: str, file: Attachment, icon: str) -> None:
        button = LinkButton(words.replace("&", "&&"), partial(self._picked, file), icon=icon, parent=inner)
        button.setAccessibleName(words)
        flow.addWidget(button)
        self.buttons.append(button)

    def _fit(self) -> None:
        inner = self._scroll.widget()
        layout = inner.layout() if inner is not None else None
        if layout is not None:
            self._scroll.setFixedHeight(min(_TALLEST, layout.heightForWidth(max(self.width(), 1)) + 2 * theme.S1))

    def resizeEvent(self, _event: object) -> None:
        self._fit()


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 20]}…{name[-18:]}"
