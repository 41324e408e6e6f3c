"""The line above a previewed file: its name, how to look at it, and the ways a copy leaves."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QMenu, QWidget

from foiadesk.records import Attachment
from foiadesk_ui import theme
from foiadesk_ui.elided import ElidedLabel
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _
from foiadesk_ui.widgets import IconButton, MeaningLabel, SecondaryLabel


class PreviewTools(QWidget):
    """Buttons without deeds: the pane connects them. also: one more, the first of them. wide: all on one line."""

    def __init__(self, also: QWidget | None, parent: QWidget | None = None, *, wide: bool = False) -> None:
        super().__init__(parent)
        self.name = ElidedLabel(parent=self, mode=Qt.TextElideMode.ElideMiddle)
        self.said = SecondaryLabel("", self)
        self.privileged = MeaningLabel("lock", _("Privileged"), self)
        self.finder = IconButton("search", _("Find in this file (Ctrl+F)"), parent=self)
        self.out = IconButton("zoom-out", _("Zoom out (Ctrl+−)"), parent=self)
        self.fit = IconButton("fit-width", _("Fit the width (Ctrl+0)"), parent=self)
        self.in_ = IconButton("zoom-in", _("Zoom in (Ctrl++)"), parent=self)
        self.turn = IconButton("rotate", _("Turn a quarter (R)"), parent=self)
        self.as_text = IconButton("text", _("Show as text"), parent=self)
        self.as_text.setCheckable(True)
        self.mark = IconButton("lock", _("Privileged: never leaves the desk"), parent=self)
        self.mark.setCheckable(True)
        self.save = IconButton("save", _("Save a copy…"), parent=self)
        self.more = IconButton("more", _("More ways out"), parent=self)
        self.more.setPopupMode(IconButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        self.print_action = menu.addAction(_("Print…"))
        self.open_action = menu.addAction(_("Open with another program…"))
        self.more.setMenu(menu)
        self._drawn = (self.out, self.fit, self.in_, self.turn)
        first = Flow()
        first.setSpacing(theme.S2)
        first.addWidget(self.name, 1)
        first.addWidget(self.privileged)
        first.addWidget(self.said)
        second = Flow()
        second.setSpacing(2)
        second.addStretch()
        if also is not None:
            second.addWidget(also)
        for button in (self.finder, *self._drawn, self.as_text, self.mark, self.save, self.more):
            second.addWidget(button)
        along = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        lines = QBoxLayout(along, self)
        lines.setContentsMargins(theme.S2, theme.S1, theme.S1, theme.S1)
        lines.setSpacing(theme.S1)
        lines.addLayout(first, 1)
        lines.addLayout(second)

    def show_file(self, file: Attachment | None, kind: str, *, read_only: bool) -> None:
        """Offer what fits a file of this kind; a privileged one has no way out."""
        kept = file is not None and file.privileged
        for button in self._drawn:
            button.setVisible(kind in ("pdf", "image") and not self.as_text.isChecked())
        self.as_text.setVisible(kind == "pdf")
        self.finder.setVisible(kind in ("pdf", "message", "text", "office"))
        self.mark.setChecked(kept)
        self.mark.setEnabled(not read_only)
        self.privileged.setVisible(kept)
        self.save.setEnabled(not kept)
        self.more.setEnabled(not kept)
        self.print_action.setEnabled(kind not in ("", "other"))
        self.name.setCursor(Qt.CursorShape.ArrowCursor if kept else Qt.CursorShape.OpenHandCursor)
