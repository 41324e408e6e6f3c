"""What nobody foresaw: a window that says so and a log of names and line numbers, never of anyone's words."""

import contextlib
import sys
import threading
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from foiadesk import __version__, paths
from foiadesk_ui import theme
from foiadesk_ui.flow import Flow
from foiadesk_ui.help_dialog import offer_help
from foiadesk_ui.i18n import _

_KEEP = 512 * 1024  # bytes of log


def report(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return what may be told of a bug: its kind and where in the code it was, without messages or values."""
    import traceback

    lines = [f"FOIADesk {__version__}, Python {sys.version.split()[0]}, {kind.__module__}.{kind.__qualname__}"]
    lines += [
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)[-40:]
    ]
    return "\n".join(lines)


def log(text: str) -> None:
    """Append to the log; a log that cannot be written must not cause a second error."""
    from datetime import UTC, datetime

    with contextlib.suppress(OSError):
        folder = paths.log_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        target = folder / "foiadesk.log"
        if target.exists() and target.stat().st_size > _KEEP:
            target.replace(folder / "foiadesk.old.log")
        with target.open("a", encoding="utf-8") as out:
            out.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {text}\n")


class Catcher(QObject):
    """Takes over ``sys.excepthook`` and shows each bug once, on the GUI thread."""

    _caught = Signal(str)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._seen: set[str] = set()
        self._caught.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Catch from now on what no code catches, on every thread."""
        sys.excepthook = self._hook
        threading.excepthook = lambda args: self._hook(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            QApplication.exit(130)
            return
        text = report(kind, trace)
        log(text)
        if text not in self._seen:
            self._seen.add(text)
            self._caught.emit(text)

    def _show(self, text: str) -> None:
        BugDialog(text, QApplication.activeWindow()).open()


class BugDialog(QDialog):
    """Says that FOIADesk itself went wrong, what is safe, and offers the report for copying and saving, never sending.

    head, words: what is said above the report, else what is said of a mistake just made.
    """

    def __init__(self, text: str, parent: QWidget | None = None, *, head: str = "", words: str = "") -> None:
        from foiadesk_ui.widgets import PrimaryButton, SectionLabel, TextLabel, plain_button

        super().__init__(parent)
        self._text = text
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("FOIADesk"))
        offer_help(self, "protection")
        self.setMinimumWidth(520)
        box = QVBoxLayout(self)
        box.setContentsMargins(theme.S6, theme.S4, theme.S6, theme.S4)
        box.setSpacing(theme.S2)
        box.addWidget(SectionLabel(head or _("FOIADesk made a mistake it did not foresee."), self))
        words = words or _(
            "What was saved before is safe: every action is stored whole or not at all. You can go on, or lock the "
            "desk and unlock it again. The report below names places in the program and nothing from your desk; "
            "it is kept in the log on this computer and is sent nowhere."
        )
        box.addWidget(TextLabel(words, self))
        shown = QPlainTextEdit(text, self)
        shown.setReadOnly(True)
        shown.setAccessibleName(_("Report"))
        shown.setMinimumHeight(140)
        box.addWidget(shown)
        self.said = TextLabel("", self)
        self.said.hide()
        box.addWidget(self.said)
        row = Flow()
        row.addWidget(
            plain_button(_("Copy report"), lambda: QApplication.clipboard().setText(text), icon="copy", parent=self)
        )
        row.addWidget(plain_button(_("Save report…"), self._choose, icon="save", parent=self))
        row.addStretch(1)
        row.addWidget(PrimaryButton(_("Go on"), self.accept, parent=self))
        box.addLayout(row)

    def _choose(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        suggested = str(Path.home() / "foiadesk-report.txt")
        target, _kind = QFileDialog.getSaveFileName(self, _("Save the report"), suggested, "*.txt")
        if target:
            self.save(Path(target))

    def save(self, target: Path) -> None:
        """Save the report where the person chose."""
        try:
            target.write_text(self._text + "\n", encoding="utf-8")
        except OSError as error:
            self.said.setText(_("The report could not be saved there: {why}.").format(why=error.strerror or ""))
        else:
            self.said.setText(_("Saved “{name}”.").format(name=target.name))
        self.said.show()
