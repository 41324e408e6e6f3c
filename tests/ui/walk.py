"""A walk over every window, page, dialog and menu, in a process of its own: what each check finds, as JSON.

``python -m tests.ui.walk LOOK``: the scale, fonts and language of such a process are settled before it starts.
"""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from foiadesk.desk import Desk
from foiadesk.desk.sample import build
from foiadesk_ui import app as program
from foiadesk_ui import i18n, screens, theme
from tests.ui import access, english

LOW = (1024, 600)
QUIET = 220  # milliseconds: everything asked is answered, what waits for a pause has run, buttons have faded in
TIMED = ("backups", "trash")  # a time of day stands there; what was thrown away in one second has no order
OTHER = {"light": "dark", "dark": "light", "contrast": "contrast-dark", "contrast-dark": "contrast"}
STARK = 7.0  # contrast of text that the schemes of high contrast promise


@dataclass(frozen=True, slots=True)
class Walk:
    """How the windows look, and which checks are made. flips: of the scheme, compared with fresh windows. words: only
    what is said is looked at, for English left in another language. only: some pages of the sample desk instead of
    everything."""

    scheme: str = "light"
    text: int = 100
    size: tuple[int, int] = LOW
    language: str = "en"
    keys: bool = True
    ink: bool = False
    flips: bool = False
    words: bool = False
    only: tuple[str, ...] = ()


class Walker:
    """Takes each scene and keeps the faults of it."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.faults: dict[str, list[str]] = {}
        self.seen: list[str] = []
        self.flipped: dict[str, QImage] = {}
        self.fresh = False  # a second round, in the other scheme from the beginning
        self.heard = english.Heard()
        if walk.words:
            self.heard.listen()

    def take(self, widget: QWidget, name: str) -> None:
        """Look at one scene."""
        self._fit(widget)
        if self.fresh:
            if name in self.flipped:
                self._compare(widget, name)
            return
        self.seen.append(name)
        if self.walk.words:
            self._note(name, "english", english.untranslated(widget, self.heard))
            return
        self._note(name, "size", self._grown(widget))
        checks: list[Callable[[QWidget], list[str]]] = [access.clashes]
        if not isinstance(widget, QMenu):
            checks += [access.nameless] + ([access.cut, access.clipped, access.crowded] if access.has_fonts() else [])
            checks += [access.roleless, access.unreached] if self.walk.keys else []
        checks += [self._faint] if self.walk.ink else []
        for check in checks:
            self._note(name, check.__name__.strip("_"), check(widget))
        if (
            self.walk.flips and "-" not in name and name not in TIMED
        ):  # pages as they open, not each of their poses: a flip takes its time
            self._flip(widget, name)

    def _faint(self, widget: QWidget) -> list[str]:
        return access.faint(widget, STARK if self.walk.scheme.startswith("contrast") else access.LEGIBLE)

    def _fit(self, widget: QWidget) -> None:
        """A dialog is as large as it wants to be, no larger than the screen of this walk."""
        width, height = self.walk.size
        if not isinstance(widget, QMenu) and (widget.width() > width or widget.height() > height):
            widget.resize(min(widget.width(), width), min(widget.height(), height))
        QApplication.processEvents()

    def _grown(self, widget: QWidget) -> list[str]:
        width, height = self.walk.size
        small = widget.width() <= width and widget.height() <= height
        return [] if small else [f"needs {widget.width()}x{widget.height()}"]

    def _note(self, name: str, check: str, faults: list[str]) -> None:
        if faults:
            self.faults.setdefault(name, []).extend(f"{check}: {fault}" for fault in faults)

    def _flip(self, widget: QWidget, name: str) -> None:
        """Turn the scheme and back: the picture is the one before, and the other one is kept for comparing."""
        before = access.grabbed(widget)
        self._dress(OTHER[self.walk.scheme])
        self.flipped[name] = access.grabbed(widget)
        self._dress(self.walk.scheme)
        self._note(
            name, "flipped twice", [differs] if (differs := access.difference(before, access.grabbed(widget))) else []
        )

    def _dress(self, scheme: str) -> None:
        here = QApplication.instance()
        assert isinstance(here, QApplication)
        theme.apply(here, scheme, self.walk.text)
        for _round in range(3):
            QApplication.processEvents()

    def _compare(self, widget: QWidget, name: str) -> None:
        differs = access.difference(self.flipped[name], access.grabbed(widget))
        self._note(name, "flipped against fresh", [differs] if differs else [])


def go(walk: Walk, home: Path) -> Walker:
    """Walk over the entrance, the sample desk and an empty one."""
    app = program.make_app()
    app.setCursorFlashTime(0)
    screens.QUIET = QUIET
    i18n.use(walk.language)
    walker = Walker(walk)
    build(home / "Made", screens.PASSPHRASE, today=screens.TODAY)
    for fresh in (False, True)[: 1 + walk.flips]:
        shutil.copytree(home / "Made", home / "Sample")  # what the round before left on the desk is not seen again
        walker.fresh = fresh
        theme.apply(app, OTHER[walk.scheme] if fresh else walk.scheme, walk.text)
        if not walk.only:
            screens.entrance(walker.take)
        with Desk.open(home / "Sample", screens.PASSPHRASE, clock=lambda: screens.TODAY) as full:
            full.backups.run(full.backups.add(home / "USB stick", "daily").primary)
            full.search.bring()
            screens.opened(full, walk.size, "", walker.take, walk.only)
        with Desk.create(home / "Empty", screens.PASSPHRASE, clock=lambda: screens.TODAY) as empty:
            if not walk.only:
                screens.opened(empty, walk.size, "empty-", walker.take)
        for used in ("Sample", "USB stick", "Empty"):
            shutil.rmtree(home / used)
    return walker


def main(arguments: list[str]) -> int:
    """Go as the JSON of a Walk says; print what was seen and what is wrong."""
    walk = Walk(**{**json.loads(arguments[0]), "size": tuple(json.loads(arguments[0]).get("size", LOW))})
    with tempfile.TemporaryDirectory(prefix="foiadesk-walk-") as home:
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            os.environ[name] = str(Path(home) / name.lower())
        walker = go(walk, Path(home))
    print(
        json.dumps({"walk": asdict(walk), "seen": walker.seen, "faults": walker.faults}, ensure_ascii=False, indent=1)
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
