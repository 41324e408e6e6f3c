"""What is done with whole templates: copied as a new one, written to a file, brought in from one."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from foiadesk.desk import Desk
from foiadesk.records.errors import BadInput
from foiadesk_ui.i18n import _
from foiadesk_ui.letter_files import file_name
from foiadesk_ui.save_file import write_out
from foiadesk_ui.session import Session
from foiadesk_ui.template_panel import TemplatePanel, name_for

if TYPE_CHECKING:
    from foiadesk.desk import LetterKind, TemplateSource

_MOST = 1 << 20  # bytes of a file that is brought in
_FILES = "TOML (*.toml)"


class TemplateDeeds(QObject):
    """Works on ``source``, the letter that is shown. taken: the names that letters have."""

    made = Signal(str)  # the name of a letter that is new or replaced
    leaving = Signal()  # what is being typed must be kept first

    def __init__(self, session: Session, panel: TemplatePanel, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._panel = panel
        self.source: TemplateSource | None = None
        self.taken: frozenset[str] = frozenset()

    def ask_title(self) -> None:
        source = self.source
        if source is not None:
            words = _("A new letter like “{title}”. What is it called?").format(title=_(source.line.title))
            title = _("{title} (mine)").format(title=source.line.title)
            self._panel.ask_title(words, title, lambda wanted: self._add(source.line.name, wanted))

    def _add(self, like: str, title: str) -> None:
        self.leaving.emit()
        name = name_for(title, self.taken)
        self._session.act(
            self, lambda desk: desk.templates.add(name, like, title=title), lambda _change: self.made.emit(name)
        )

    def choose_target(self) -> None:
        source = self.source
        if source is None:
            return
        suggested = str(Path.home() / file_name("", source.line.title, "toml"))
        target, _kind = QFileDialog.getSaveFileName(self._panel.window(), _("Export this letter"), suggested, _FILES)
        if target:
            self.export_to(Path(target))

    def export_to(self, target: Path) -> None:
        """Write the letter that is in force to a file."""
        source = self.source
        if source is not None:
            name = source.line.name
            self._session.ask(
                self,
                lambda desk: desk.templates.export(name),
                lambda data: write_out(self._session, self, target, data),
                key="export",
            )

    def choose_file(self) -> None:
        found, _kind = QFileDialog.getOpenFileName(
            self._panel.window(), _("Bring in a letter template"), str(Path.home()), _FILES
        )
        if found:
            self.bring_in(Path(found))

    def bring_in(self, path: Path) -> None:
        """Look into a file and bring its letter in; where one has its name, ask first."""

        def look(desk: Desk) -> "tuple[bytes, LetterKind, str]":
            try:
                with path.open("rb") as file:
                    data = file.read(_MOST + 1)
            except OSError as error:
                raise BadInput(
                    _("The file could not be read: {why}.").format(why=error.strerror or _("no reason given"))
                ) from None
            return data, *desk.templates.look_into(data)

        self._session.ask(self, look, self._looked, key="look")

    def _looked(self, found: "tuple[bytes, LetterKind, str]") -> None:
        data, kind, taken = found

        def store(title: str = "", *, instead: bool = False) -> None:
            self.leaving.emit()
            name = name_for(title, self.taken) if title else ""
            self._session.act(
                self,
                lambda desk: desk.templates.bring_in(data, name=name, title=title, instead=instead),
                lambda _change: self.made.emit(name or kind.name),
            )

        if not taken:
            store()
            return
        words = _("There is a letter “{title}” already. Replace it, or add this one under another title?")
        self._panel.ask_replace(
            words.format(title=taken),
            _("{title} (brought in)").format(title=kind.title),
            store,
            lambda: store(instead=True),
        )
