"""Backups: where they are kept, what is in them, and whether everything on the desk is whole."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from foiadesk_ui import theme
from foiadesk_ui.backup_copies_panel import BackupCopiesPanel
from foiadesk_ui.backup_places_panel import BackupPlacesPanel
from foiadesk_ui.i18n import _
from foiadesk_ui.page import Page, Primary
from foiadesk_ui.session import Session
from foiadesk_ui.verify_panel import VerifyPanel
from foiadesk_ui.widgets import Hairline, SectionLabel, TextLabel

if TYPE_CHECKING:
    from foiadesk.desk import BackupPlace, Change


class BackupsPage(Page):
    """Three sections, one below the other."""

    name: ClassVar[str] = "backups"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.title = _("Backups")
        super().__init__(session, parent)
        self._known = False  # whether there is a place
        self.none = TextLabel(
            _(
                "No place for backups is known yet. Choose a folder, best on a USB stick: a backup is encrypted like "
                "the desk, only new files are copied, and it counts only when every file in it was read back."
            ),
            self,
        )
        self.places = BackupPlacesPanel(session, self)
        self.places_head = SectionLabel(_("Where backups are kept"), self)
        self.copies_head = SectionLabel("", self)
        self.copies_line = Hairline(self)
        self.copies = BackupCopiesPanel(session, self)
        self.verifying = VerifyPanel(session, self)
        self.places.chosen.connect(self._show_place)
        self.verifying.ended.connect(lambda: QTimer.singleShot(0, self, self._show_result))
        self.places.read.connect(self._show_places)
        self._lay_out()

    def _lay_out(self) -> None:
        inside = QWidget(self)
        inside.setMaximumWidth(920)
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(theme.S6, theme.S2, theme.S6, theme.S6)
        lines.setSpacing(theme.S2)
        parts: tuple[QWidget, ...] = (
            self.places_head, Hairline(self), self.none, self.places,
            self.copies_head, self.copies_line, self.copies,
            SectionLabel(_("Is everything whole?"), self), Hairline(self), self.verifying,
        )  # fmt: skip
        for part in parts:
            lines.addWidget(part)
        lines.addStretch(1)
        self.scroller = QScrollArea(self)
        self.scroller.setWidgetResizable(True)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setAccessibleName(self.title)
        self.scroller.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.scroller.viewport().setAutoFillBackground(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.scroller)
        self._show_place(None)

    def open(self, **where: Any) -> None:
        """Look at every place. ``run``: back up now; ``verify``: verify now; ``add``: choose a place."""
        self.refresh(None)
        for wanted, deed in (("run", self._run_when_read), ("verify", self.verify), ("add", self.places.add)):
            if where.get(wanted):
                QTimer.singleShot(0, self, deed)

    def verify(self) -> None:
        """Verify everything, where it can be seen."""
        self.scroller.ensureWidgetVisible(self.verifying.verify_button, 0, 300)
        self.verifying.verify()

    def _run_when_read(self) -> None:
        self.session.ask(self, lambda _desk: None, lambda _nothing: self.places.run_all(), key="run")

    def refresh(self, change: "Change | None") -> None:
        """Show again what changed in a place."""
        self.places.refresh(change)

    def first_focus(self) -> QWidget | None:
        """The table of places, or the button that adds the first."""
        return self.places.table if self._known else self.places.add_button

    def primary(self) -> Primary | None:
        """Back up now; before there is a place, add one."""
        if self._known:
            return Primary(_("Back up now"), self.places.run_all, "save")
        return Primary(_("Add a place…"), self.places.add, "plus")

    def poses(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        """Return the states further down."""

        def down(widget: QWidget) -> None:
            self.scroller.ensureWidgetVisible(widget, 0, 400)

        def restoring() -> None:
            self.copies.restore_button.click()
            QTimer.singleShot(50, self, lambda: down(self.copies.restoring))

        def files() -> None:
            self.copies.files_button.click()
            QTimer.singleShot(50, self, lambda: down(self.copies.files))

        return (("restore", restoring), ("files", files), ("verified", self.verify))

    def _show_result(self) -> None:
        last = next((part for part in (self.verifying.more, self.verifying.table) if part.isVisibleTo(self)), None)
        self.scroller.ensureWidgetVisible(last or self.verifying.result, 0, theme.S6)

    def _show_places(self, places: "tuple[BackupPlace, ...]") -> None:
        known = bool(places)
        self.none.setVisible(not known)
        for part in (self.places.table, self.places.run_button, self.places.every, self.places.forget_button):
            part.setVisible(known)
        self.places.add_button.setVisible(known)  # without a place, the header's button does it
        if known != self._known:
            self._known = known
            self.header_changed.emit()

    def _show_place(self, place: "BackupPlace | None") -> None:
        self.copies_head.setText(_("Backups in {place}").format(place=place.folder.name) if place is not None else "")
        for part in (self.copies_head, self.copies_line, self.copies):
            part.setVisible(place is not None)
        self.copies.show_place(place)
