"""The four plain pages of a first run: where, passphrase, what if it is lost, who asks."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from foiadesk_ui import theme
from foiadesk_ui.flow import Flow
from foiadesk_ui.i18n import _, words_of
from foiadesk_ui.passphrase_field import PassphraseField
from foiadesk_ui.secret_clip import copy_secret
from foiadesk_ui.widgets import LinkButton, MeaningLabel, SecondaryLabel, TextLabel, level_labels, plain_button

PAUSE = 200  # milliseconds after the last key before the estimate


class Step(QWidget):
    """One page of the first run: a heading, what it means, and its fields. ``ready`` says whether one may go on."""

    heading = ""
    ready_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(theme.S2)

    def ready(self) -> bool:
        """Return whether the page is filled in."""
        return True

    def begin_at(self) -> QWidget:
        """Return what has the keyboard when the page shows."""
        return self


class WhereStep(Step):
    """Where the desk lives."""

    def __init__(self, suggested: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = _("Where should your desk live?")
        self.lines.addWidget(
            TextLabel(
                _("Everything you keep in FOIADesk lies encrypted in one folder on this computer, and nowhere else."),
                self,
            )
        )
        label = QLabel(_("Folder"), self)
        self.path = QLineEdit(str(suggested), self)
        label.setBuddy(self.path)
        self.path.setAccessibleName(_("Folder"))
        self.path.textChanged.connect(lambda _text: self.ready_changed.emit())
        row = Flow()
        row.setSpacing(theme.S2)
        row.addWidget(self.path, 1)
        row.addWidget(plain_button(_("Choose…"), self._choose, icon="folder", parent=self))
        self.warning = MeaningLabel("", "", self)
        self.warning.setVisible(False)
        self.caution = TextLabel("", self)
        self.caution.setVisible(False)
        self.lines.addSpacing(theme.S2)
        self.lines.addWidget(label)
        self.lines.addLayout(row)
        self.lines.addWidget(self.warning)
        self.lines.addWidget(self.caution)

    def begin_at(self) -> QWidget:
        """The folder's name."""
        return self.path

    def folder(self) -> Path:
        """Return the chosen folder."""
        return Path(self.path.text().strip()).expanduser()

    def ready(self) -> bool:
        """Return whether a folder with a full path is named."""
        return bool(self.path.text().strip()) and self.folder().is_absolute()

    def show_caution(self, text: str) -> None:
        """Warn that the folder is synced, or stop warning."""
        self.warning.show_meaning("soon", _("This folder is copied to another place"))
        self.warning.setVisible(bool(text))
        self.caution.setText(words_of(text))
        self.caution.setVisible(bool(text))

    def _choose(self) -> None:
        found = QFileDialog.getExistingDirectory(self, _("Folder for your desk"), str(self.folder().parent))
        if found:
            chosen = Path(found)
            self.path.setText(str(chosen / _("Desk") if chosen.is_dir() and any(chosen.iterdir()) else chosen))


class StrengthBar(QWidget):
    """Five steps of strength, with a sentence beside it saying the same in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._score = -1
        self.setFixedHeight(6)

    def show_score(self, score: int) -> None:
        """Show 0 to 4; -1 for nothing typed."""
        self._score = score
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the steps reached."""
        painter = QPainter(self)
        gap, count = 4, 5
        wide = (self.width() - gap * (count - 1)) / count
        colour = theme.meaning("late" if self._score < 2 else "soon" if self._score < 3 else "done")
        for step in range(count):
            reached = step <= self._score
            ink = colour if reached else self.palette().color(QPalette.ColorRole.Mid)
            painter.fillRect(round(step * (wide + gap)), 0, round(wide), 6, ink)


class PassphraseStep(Step):
    """A generated passphrase of seven words, or one of the person's own."""

    another = Signal()
    judge = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = _("Choose a passphrase")
        self.lines.addWidget(
            TextLabel(_("It is the only key to your desk. Seven random words are strong, and can be learned."), self)
        )
        self.use_words = QRadioButton(_("Use these seven words"), self)
        self.use_own = QRadioButton(_("I will choose my own"), self)
        self._choice = QButtonGroup(self)
        self._choice.addButton(self.use_words)
        self._choice.addButton(self.use_own)
        self.use_words.setChecked(True)
        self.words = QLineEdit(self)
        self.words.setReadOnly(True)
        self.words.setAccessibleName(_("Generated passphrase"))
        self.words.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._copy = LinkButton(_("Copy for 45 seconds"), lambda: copy_secret(self.words.text()), icon="copy")
        self._again = LinkButton(_("Other words"), self.another.emit, icon="restore")
        self.first = PassphraseField(_("Your passphrase"), self)
        self.first.setPlaceholderText(_("Your passphrase"))
        self.second = PassphraseField(_("The same once more"), self)
        self.second.setPlaceholderText(_("The same once more"))
        self.bar = StrengthBar(self)
        self.sentence = SecondaryLabel("", self, wrap=True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(lambda: self.judge.emit(self.first.text()))
        self._own = QWidget(self)
        self._build()
        self._choice.buttonToggled.connect(lambda _button, _on: self._chosen())
        for field in (self.first, self.second):
            field.textChanged.connect(lambda _text: self._typed())
        self._chosen()

    def _build(self) -> None:
        links = Flow()
        links.setSpacing(0)
        links.addWidget(self._again)
        links.addWidget(self._copy)
        links.addStretch(1)
        own = QVBoxLayout(self._own)
        own.setContentsMargins(0, 0, 0, 0)
        own.setSpacing(theme.S2)
        for part in (self.first, self.bar, self.sentence, self.second):
            own.addWidget(part)
        self.lines.addSpacing(theme.S2)
        self.lines.addWidget(self.use_words)
        self.lines.addWidget(self.words)
        self.lines.addLayout(links)
        self.lines.addSpacing(theme.S2)
        self.lines.addWidget(self.use_own)
        self.lines.addWidget(self._own)

    def begin_at(self) -> QWidget:
        """The choice between our words and the person's own."""
        return self.use_words if self.use_words.isChecked() else self.use_own

    def passphrase(self) -> str:
        """Return the chosen passphrase."""
        return self.words.text() if self.use_words.isChecked() else self.first.text()

    def ready(self) -> bool:
        """Return whether words are there, or both fields agree."""
        if self.use_words.isChecked():
            return bool(self.words.text())
        return bool(self.first.text()) and self.first.text() == self.second.text()

    def show_words(self, text: str) -> None:
        """Show a generated passphrase."""
        self.words.setText(text)
        self.words.setCursorPosition(0)
        self.ready_changed.emit()

    def show_strength(self, score: int, sentence: str) -> None:
        """Show the estimate of what was typed."""
        self.bar.show_score(score if self.first.text() else -1)
        differ = self.second.text() and self.first.text() != self.second.text()
        self.sentence.setText(_("The two are not the same yet.") if differ else sentence if self.first.text() else "")

    def _typed(self) -> None:
        self._timer.start()
        self.ready_changed.emit()

    def _chosen(self) -> None:
        own = self.use_own.isChecked()
        self._own.setVisible(own)
        self.words.setEnabled(not own)
        for link in (self._copy, self._again):
            link.setVisible(not own)
        if own:
            self.first.setFocus()
        self.ready_changed.emit()


class LostStep(Step):
    """What happens when the passphrase is lost, and the sheet to keep."""

    save = Signal()
    print = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = _("If the passphrase is lost, the desk is lost")
        self.lines.addWidget(
            TextLabel(
                _(
                    "Nobody can open it without the passphrase: not we, not an expert, not a court. Print the recovery "
                    "sheet, write the passphrase on it by hand, and keep it where only people you trust can find it."
                ),
                self,
            )
        )
        self.save_button = plain_button(_("Save the recovery sheet…"), self.save.emit, icon="save", parent=self)
        self.print_button = plain_button(_("Print it…"), self.print.emit, icon="print", parent=self)
        row = Flow()
        row.setSpacing(theme.S2)
        row.addWidget(self.save_button)
        row.addWidget(self.print_button)
        row.addStretch(1)
        self.done = SecondaryLabel("", self, wrap=True)
        self.kept = QCheckBox(_("I have written the passphrase down, or know it by heart"), self)
        self.kept.toggled.connect(lambda _on: self.ready_changed.emit())
        self.lines.addSpacing(theme.S2)
        self.lines.addLayout(row)
        self.lines.addWidget(self.done)
        self.lines.addSpacing(theme.S2)
        self.lines.addWidget(self.kept)

    def begin_at(self) -> QWidget:
        """The sheet comes before the tick that it was kept."""
        return self.save_button

    def ready(self) -> bool:
        """Return whether the passphrase is kept somewhere."""
        return self.kept.isChecked()


class WhoStep(Step):
    """Who asks, in a letterhead of text, and what to begin with."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = _("Who asks?")
        self.lines.addWidget(
            TextLabel(_("This becomes your letterhead. You can leave it empty and add more people later."), self)
        )
        self.organization = QLineEdit(self)
        self.address = QPlainTextEdit(self)
        self.address.setTabChangesFocus(True)
        self.address.setFixedHeight(4 * self.address.fontMetrics().height() + 20)
        self.email = QLineEdit(self)
        self.signer = QLineEdit(self)
        self.signer_title = QLineEdit(self)
        self.signer_title.setPlaceholderText(_("Title, such as Staff Attorney"))
        form = QFormLayout()
        form.setHorizontalSpacing(theme.S4)
        form.setVerticalSpacing(theme.S2)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        signer = QHBoxLayout()
        signer.setSpacing(theme.S2)
        signer.addWidget(self.signer)
        signer.addWidget(self.signer_title)
        self.signer_title.setAccessibleName(_("Title of who signs"))
        for label, field in (
            (_("&Name"), self.organization),
            (_("&Address"), self.address),
            (_("&E-mail"), self.email),
        ):
            form.addRow(label, field)
            field.setAccessibleName(label.replace("&", ""))
        form.addRow(_("&Signs"), signer)
        first_label = form.labelForField(signer)
        if isinstance(first_label, QLabel):
            first_label.setBuddy(self.signer)
        level_labels(form)
        self.signer.setAccessibleName(_("Name of who signs"))
        self.lines.addSpacing(theme.S2)
        self.lines.addLayout(form)
        self.lines.addSpacing(theme.S2)
        self.start_empty = QRadioButton(_("Begin with my empty desk"), self)
        self.start_table = QRadioButton(_("Bring in a spreadsheet of requests"), self)
        self.start_sample = QRadioButton(_("Look around in a sample desk first"), self)
        self.start_empty.setChecked(True)
        self.lines.addWidget(self.start_empty)
        self.lines.addWidget(self.start_table)
        self.lines.addWidget(self.start_sample)

    def begin_at(self) -> QWidget:
        """The name."""
        return self.organization
