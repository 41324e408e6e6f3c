"""Settings: how the window looks, how letters are printed, when the desk locks, and what guards it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from foiadesk_ui import notices, preferences, theme
from foiadesk_ui.closures_panel import ClosuresPanel
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import LANGUAGES, N_, _, chosen, ngettext, number_text, speaking
from foiadesk_ui.page import Page, Primary
from foiadesk_ui.passphrase_panel import PassphrasePanel
from foiadesk_ui.recovery import recovery_sheet
from foiadesk_ui.session import Session
from foiadesk_ui.widgets import (
    Hairline,
    SecondaryLabel,
    SectionLabel,
    TextLabel,
    level_labels,
    plain_button,
)
from foiadesk_ui.wrapped_button import WrappedButton

if TYPE_CHECKING:
    from foiadesk.desk import Change, DeskSettings, Ocr

MINUTES = (1, 5, 10, 15, 30, 60, 0)


class SettingsPage(Page):
    """Every choice takes effect at once and can be undone."""

    name = "settings"
    title = N_("Settings")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._settings: DeskSettings | None = None
        self._closures_wanted = False
        self._lines: dict[QCheckBox, WrappedButton] = {}
        self._labels: list[QWidget] = []
        self.scheme = self._combo(
            [
                (_("As the system"), "system"),
                (_("Light"), "light"),
                (_("Dark"), "dark"),
                (_("High contrast, black on white"), "contrast"),
                (_("High contrast, white on black"), "contrast-dark"),
            ],
            lambda value: self._put(scheme=value),
        )
        self.scale = self._combo(
            [(_("{n} %").format(n=number_text(size)), size) for size in preferences.SCALES],
            lambda value: self._put(text_scale=value),
        )
        self.language = self._combo(
            [(_("As the system"), ""), *((name, code) for code, name in LANGUAGES)],
            lambda value: self._put(language=value),
        )
        self.language_said = SecondaryLabel(_("The window speaks it once it is unlocked again."), self, wrap=True)
        self.language_said.hide()
        self.still = self._tick(_("Nothing on the screen moves by itself"), lambda on: self._put(still=on))
        self.notify = self._tick(_("Tell the desktop how many deadlines the week has"), lambda on: self._put(notify=on))
        self.notify_said = SecondaryLabel("", self, wrap=True)
        self.paper = self._combo([(_("US Letter"), "letter"), (_("A4"), "a4")], lambda value: self._put(page=value))
        self.folds = self._tick(_("Print fold marks for window envelopes"), lambda on: self._put(fold_marks=on))
        self.minutes = self._combo(
            [(ngettext("{n} minute", "{n} minutes", one) if one else _("Never"), one) for one in MINUTES],
            lambda value: self._put(idle_minutes=value),
        )
        self.away = self._tick(
            _("Lock when the screen locks or the computer goes to sleep"), lambda on: self._put(lock_on_sleep=on)
        )
        self.remember = self._tick(_("Remember this desk's folder on this computer"), self._remember)
        self.ocr = self._tick(
            _("Read scanned pages in the background, so that their words are found"), lambda on: self._put(ocr=on)
        )
        self.ocr_said = SecondaryLabel("", self, wrap=True)
        self.closures = ClosuresPanel(session, self)
        self.keys = PassphrasePanel(session, self)
        self.where = TextLabel("", self)
        self.sheet = plain_button(_("Save the recovery sheet…"), self._save_sheet, icon="save", parent=self)
        self.tracker = plain_button(
            _("Bring in a spreadsheet…"), lambda: session.go("tracker"), icon="upload", parent=self
        )
        self.backups = plain_button(
            _("Backups and verifying…"), lambda: session.go("backups"), icon="restore", parent=self
        )
        self.templates = plain_button(
            _("Letter templates…"), lambda: session.go("templates"), icon="letter", parent=self
        )
        self._lay_out()
        self._dress()
        theme.watch().sized.connect(self._dress)

    def _dress(self) -> None:
        """Have the fields of all groups begin at one line."""
        for label in self._labels:
            label.setMinimumWidth(theme.grown(150))

    def _combo(self, choices: list[tuple[str, Any]], put: Callable[[Any], None]) -> QComboBox:
        combo = QComboBox(self)
        for label, value in choices:
            combo.addItem(label, value)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        combo.setMinimumWidth(180)
        combo.activated.connect(lambda at: put(combo.itemData(at)))
        return combo

    def _tick(self, words: str, put: Callable[[bool], None]) -> QCheckBox:
        """Return a tick; what goes into the layout is ``_lines[tick]``, its words beside it, which wrap."""
        tick = QCheckBox(self)
        tick.clicked.connect(put)
        self._lines[tick] = WrappedButton(tick, words, self)
        return tick

    def _lay_out(self) -> None:
        inside = QWidget(self)
        inside.setMaximumWidth(760)
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(theme.S6, theme.S2, theme.S6, theme.S6)
        lines.setSpacing(theme.S2)
        self._group(
            lines,
            _("Look"),
            [
                (_("&Colors"), self.scheme),
                (_("&Text size"), self.scale),
                (_("Lan&guage"), self.language),
                ("", self.language_said),
                ("", self._lines[self.still]),
            ],
        )
        self._group(lines, _("Letters"), [(_("&Paper"), self.paper), ("", self._lines[self.folds])])
        words = Flow()
        words.addWidget(self.templates)
        words.addStretch(1)
        lines.addLayout(words)
        self._group(lines, _("Lock"), [(_("Lock after &idle"), self.minutes), ("", self._lines[self.away])])
        lines.addWidget(
            SecondaryLabel(
                _("Locking closes the desk and empties the program's memory. Ctrl+L locks at once."), self, wrap=True
            )
        )
        lines.addWidget(SectionLabel(_("Notifications"), self))
        lines.addWidget(Hairline(self))
        lines.addWidget(self._lines[self.notify])
        lines.addWidget(self.notify_said)
        lines.addWidget(SectionLabel(_("Search"), self))
        lines.addWidget(Hairline(self))
        lines.addWidget(self._lines[self.ocr])
        lines.addWidget(self.ocr_said)
        lines.addWidget(SectionLabel(_("Days offices were closed"), self))
        lines.addWidget(Hairline(self))
        lines.addWidget(self.closures)
        lines.addWidget(SectionLabel(_("This desk"), self))
        lines.addWidget(Hairline(self))
        lines.addWidget(self.where)
        lines.addWidget(self._lines[self.remember])
        buttons = Flow()
        buttons.setSpacing(theme.S2)
        buttons.addWidget(self.backups)
        buttons.addWidget(self.sheet)
        buttons.addWidget(self.tracker)
        buttons.addStretch(1)
        lines.addLayout(buttons)
        lines.addWidget(SectionLabel(_("Passphrase"), self))
        lines.addWidget(Hairline(self))
        lines.addWidget(self.keys)
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

    def _group(self, lines: QVBoxLayout, head: str, rows: list[tuple[str, QWidget]]) -> None:
        lines.addWidget(SectionLabel(head, self))
        lines.addWidget(Hairline(self))
        form = QFormLayout()
        form.setHorizontalSpacing(theme.S4)
        form.setVerticalSpacing(theme.S2)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for label, field in rows:
            form.addRow(label, field)
            if label:
                field.setAccessibleName(label.replace("&", ""))
                found = form.labelForField(field)
                if found is not None:
                    self._labels.append(found)
            else:
                field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        level_labels(form)
        lines.addLayout(form)

    def open(self, **where: Any) -> None:
        """Show the choices in force. ``section`` "closures": go to the days offices were closed."""
        self.where.setText(_("It lies encrypted in {folder}").format(folder=self.session.desk.folder))
        self.remember.setChecked(preferences.load().remember)
        self.refresh(None)
        self.keys.open()
        self._closures_wanted = where.get("section") == "closures"
        if self._closures_wanted:
            QTimer.singleShot(0, self, lambda: self.scroller.ensureWidgetVisible(self.closures.add, 0, 200))

    def first_focus(self) -> QWidget | None:
        """The day to add, when that is what somebody came for."""
        return self.closures.day if self._closures_wanted else None

    def refresh(self, change: "Change | None") -> None:
        """Show again after a setting or a closed day changed."""
        self.closures.refresh(change)
        if change is None or change.touches("setting"):
            self.session.ask(self, lambda desk: desk.settings.get(), self.show_settings, key="settings")
        if change is None:
            self.session.ask(self, lambda desk: desk.search.ocr(), self._show_ocr, key="ocr")
            self.session.ask(self, lambda _desk: notices.available(), self._show_notices, key="notices")

    def show_settings(self, settings: "DeskSettings") -> None:
        """Show what is chosen."""
        self._settings = settings
        for combo, value in (
            (self.scheme, settings.scheme),
            (self.scale, settings.text_scale),
            (self.language, settings.language),
            (self.paper, settings.page),
            (self.minutes, settings.idle_minutes),
        ):
            combo.setCurrentIndex(max(combo.findData(value), 0))
        self.language_said.setVisible(chosen(settings.language) != speaking())
        self.folds.setChecked(settings.fold_marks)
        self.away.setChecked(settings.lock_on_sleep)
        self.ocr.setChecked(settings.ocr)
        self.still.setChecked(settings.still)
        self.notify.setChecked(settings.notify)

    def _show_notices(self, there: bool) -> None:
        self.notify.setEnabled(there or self.notify.isChecked())
        self.notify_said.setText(
            _("Once a day while the desk is open: “3 deadlines this week”, a number and nothing else.")
            if there
            else _("This desktop takes no notifications now: no such service answers on its message bus.")
        )

    def _show_ocr(self, ocr: "Ocr | None") -> None:
        self.ocr.setEnabled(ocr is not None)
        if ocr is None:
            self.ocr_said.setText(
                _(
                    "tesseract is not installed on this computer: scanned pages are found by name only. "
                    "Everything else works."
                )
            )
            return
        known = {"eng": _("English"), "spa": _("Spanish")}
        spoken = _(" and ").join(known.get(one, one) for one in ocr.languages)
        self.ocr_said.setText(_("tesseract reads {languages} here.").format(languages=spoken))

    def poses(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        """Return the lower half, and the passphrase being changed."""

        def change() -> None:
            self.keys.unfold()
            QTimer.singleShot(0, self, lambda: self.scroller.ensureWidgetVisible(self.keys.cancel, 0, 40))

        bar = self.scroller.verticalScrollBar()
        return (
            ("closed-days", lambda: bar.setValue(bar.maximum())),
            ("passphrase", change),
            ("renewal", self.keys.ask_renewal),
        )

    def primary(self) -> Primary | None:
        """Nothing here is more important than the rest."""
        return None

    def _put(self, **changed: Any) -> None:
        if self._settings is not None:
            wanted = replace(self._settings, **changed)
            if wanted != self._settings:
                self.session.act(self, lambda desk: desk.settings.put(wanted))

    def _remember(self, wanted: bool) -> None:
        self.session.remember_asked.emit(wanted)

    def _save_sheet(self) -> None:
        suggested = str(Path.home() / "FOIADesk recovery sheet.pdf")
        target, _kind = QFileDialog.getSaveFileName(self, _("Save the recovery sheet"), suggested, "PDF (*.pdf)")
        if target:
            from foiadesk_ui.save_file import write_out

            def save(data: bytes) -> None:
                write_out(self.session, self, Path(target), data)

            self.session.ask(self, recovery_sheet, save, key="sheet")
