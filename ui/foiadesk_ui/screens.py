"""`make screens`: every page of the sample desk and of an empty one, as pictures to look at."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from foiadesk.desk import Desk
    from foiadesk_ui.session import Session
    from foiadesk_ui.window import MainWindow

TODAY = date(2026, 6, 8)
PASSPHRASE = "a sample desk holds nothing secret"  # noqa: S105 - made and deleted by this run
QUIET = 250  # milliseconds without work before a picture is taken
TURNS = 6  # of the event loop without work: on a busy machine the time alone may pass between two of them
PATIENCE = 15_000
ROOM = (1400, 960)  # pixels of the screen at 1x: every window below with its frame; without a say it is 800x800


@dataclass(frozen=True, slots=True)
class Look:
    """One way to show everything."""

    name: str
    scheme: str
    size: tuple[int, int]
    scale: int = 1
    text: int = 100
    language: str = "en"
    mirrored: bool = False  # laid out from right to left, in English: so that we can read what moved


LOOKS = (
    Look("light", "light", (1280, 800)),
    Look("dark", "dark", (1280, 800)),
    Look("small", "light", (1024, 600)),
    Look("contrast", "contrast", (1280, 800)),
    Look("contrast-dark", "contrast-dark", (1280, 800)),
    Look("large-text", "light", (1024, 600), text=150),
    Look("es-large-text", "light", (1024, 600), text=150, language="es"),
    Look("largest-text", "light", (1366, 768), text=200),
    Look("es-largest-text", "light", (1024, 600), text=200, language="es"),
    Look("es", "light", (1280, 800), language="es"),
    Look("es-small", "light", (1024, 600), language="es"),
    Look("rtl", "light", (1280, 800), mirrored=True),
    Look("2x", "light", (1280, 800), scale=2),
)


def main(arguments: list[str]) -> int:
    """Write the pictures below a folder; each scale in a process of its own, since Qt reads it once."""
    if not arguments:
        print("Say which folder the pictures go to.", file=sys.stderr)
        return 2
    folder = Path(arguments[0]).absolute()
    if len(arguments) == 1:
        return max(_draw_apart(folder, scale) for scale in sorted({look.scale for look in LOOKS}))
    with tempfile.TemporaryDirectory(prefix="foiadesk-screens-") as home:
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            os.environ[name] = str(Path(home) / name.lower())
        draw(folder, int(arguments[1]), Path(home))
    return 0


def _draw_apart(folder: Path, scale: int) -> int:
    """Draw the looks of one scale in a process of their own, on a screen that holds them; returns its exit status."""
    environment = {**os.environ, "QT_SCALE_FACTOR": str(scale)}
    with tempfile.TemporaryDirectory(prefix="foiadesk-screens-") as place:
        environment["QT_QPA_PLATFORM"] = platform(Path(place), scale)
        command = [sys.executable, "-m", "foiadesk_ui.screens", str(folder), str(scale)]
        return subprocess.run(command, env=environment, check=False).returncode


def platform(place: Path, scale: int) -> str:
    """Return Qt's platform: the one chosen, else an unseen screen that holds every window, described in ``place``."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    if chosen != "offscreen":
        return chosen
    width, height = ROOM
    screen = {"name": "screens", "x": 0, "y": 0, "width": width * scale, "height": height * scale}
    known = place / "screen.json"
    known.write_text(json.dumps({"screens": [screen]}), "utf-8")
    return f"offscreen:configfile={known}"


def draw(folder: Path, scale: int, home: Path) -> None:
    """Draw every look of this scale."""
    from PySide6.QtCore import Qt

    from foiadesk.desk import Desk
    from foiadesk.desk.sample import build
    from foiadesk_ui import i18n, theme
    from foiadesk_ui.app import make_app

    app = make_app()
    i18n.use("en")
    build(home / "Sample", PASSPHRASE, today=TODAY)
    full = Desk.open(home / "Sample", PASSPHRASE, clock=lambda: TODAY)
    full.backups.run(full.backups.add(home / "USB stick", "daily").primary)
    full.search.bring()
    empty = Desk.create(home / "Empty", PASSPHRASE, clock=lambda: TODAY)
    for look in LOOKS:
        if look.scale == scale:
            i18n.use(look.language)
            app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if look.mirrored else Qt.LayoutDirection.LeftToRight)
            theme.apply(app, look.scheme, look.text)
            target = folder / look.name
            target.mkdir(parents=True, exist_ok=True)
            take = partial(_shoot, target)
            entrance(take)
            opened(full, look.size, "", take)
            opened(empty, look.size, "empty-", take)
            print(target)
    full.close()
    empty.close()


def settle(busy: Callable[[], int]) -> None:
    """Let the event loop run until nothing is on its way and has not been for a while."""
    from PySide6.QtCore import QDeadlineTimer, QElapsedTimer, QEventLoop
    from PySide6.QtWidgets import QApplication

    quiet, patience = QElapsedTimer(), QDeadlineTimer(PATIENCE)
    quiet.start()
    turns = 0
    while (quiet.elapsed() < QUIET or turns < TURNS) and not patience.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        turns += 1
        if busy():
            quiet.restart()
            turns = 0


Take = Callable[["QWidget", str], None]  # what is done with a window in some state, and the state's name


def _shoot(folder: Path, widget: "QWidget", name: str) -> None:
    widget.grab().save(str(folder / f"{name}.png"))


def entrance(take: Take) -> None:
    """Take what is there before a desk is open."""
    from foiadesk.records.errors import WrongPassphrase
    from foiadesk_ui.entrance import Entrance
    from foiadesk_ui.help_dialog import show_help

    def report(error: Exception) -> None:
        raise error

    door = Entrance(Path("/home/ana/Documents/Desk"), report)
    door.unlock.show_desk(door.folder)
    door.show()
    settle(door.jobs.pending)
    take(door, "unlock")
    beside = show_help(door, "protection")
    settle(door.jobs.pending)
    take(beside, "unlock-help")
    beside.close()
    door.unlock.show_error(
        WrongPassphrase("The passphrase does not open this desk.", safe="Nothing was changed.", todo="Type it again.")
    )
    settle(door.jobs.pending)
    take(door, "unlock-wrong")
    door.unlock.restore.emit()
    settle(door.jobs.pending)
    take(door, "restore")
    door.start_first_run(Path("/home/ana/Dropbox/Desk"))
    first_run = door.first_run
    assert first_run is not None
    for number in range(len(first_run.steps)):
        first_run._show(number)
        settle(door.jobs.pending)
        take(door, f"first-run-{number + 1}")
    first_run._show(1)
    first_run.choose.use_own.setChecked(True)
    first_run.choose.first.setText("correct horse battery")
    settle(door.jobs.pending)
    take(door, "first-run-2-own")
    door.close()
    door.deleteLater()


def _busy(session: "Session") -> int:
    return session.jobs.pending() + len(session.long_jobs.running)


def opened(desk: "Desk", size: tuple[int, int], prefix: str, take: Take, only: Collection[str] = ()) -> None:
    """Take every page of a desk, with its poses and tabs, in a window of this size; prefix: says which desk it is.

    only: the names of some pages, instead of all of them with their dialogs.
    """
    from PySide6.QtWidgets import QTabBar

    from foiadesk_ui import pages
    from foiadesk_ui.session import Session
    from foiadesk_ui.window import MainWindow

    session = Session(desk)
    window = MainWindow(session, lambda: None)
    window.resize(*size)
    window.show()
    settle(lambda: _busy(session))
    window.resize(*size)  # again: once it shows, a window is kept within the screen, here one of 800 by 800
    for page in pages.PAGES:
        where = _where(desk, page.name)
        if where is None or (only and page.name not in only):
            continue
        thrown = _throw_away(desk) if page.name == "trash" and not prefix else 0
        thrown += _keep_waiting(desk) if page.name == "in_tray" and not prefix else 0
        window.open_page(page.name, where)
        settle(lambda: _busy(session))
        take(window, f"{prefix}{page.name}")
        shown = window.current()
        for name, pose in (*shown.poses(), *_tabs(shown)) if shown is not None else ():
            pose()
            settle(lambda: _busy(session))
            take(window, f"{prefix}{page.name}-{name}")
        for bar in shown.findChildren(QTabBar) if shown is not None else ():
            bar.setCurrentIndex(0)
        for _one in range(thrown):
            desk.history.undo()
    if not prefix and not only:
        _parts(window, session, take)
    window.hide()
    session.jobs.stop()
    window.deleteLater()


def _throw_away(desk: "Desk") -> int:
    """Put one thing of each kind into the trash for the picture; return how many undos bring them back."""
    requests = list(desk.requests.ids())
    drafts = [one.id for request in requests for one in desk.letters.for_request(request) if one.state == "draft"]
    filed = [letter.id for request in requests for letter in desk.filing.correspondence(request)]
    things = [("request", requests[-1:]), ("letter", drafts[:1]), ("correspondence", filed[:2])]
    for kind, ids in things:
        for number in ids:
            desk.trash.put(kind, number)
    return sum(len(ids) for _kind, ids in things)


def _keep_waiting(desk: "Desk") -> int:
    """Put letters into the In-tray for the picture; return how many undos take them away."""
    from foiadesk.desk import IncomingFile

    words = "We acknowledge receipt of your request. Due to unusual circumstances we need ten additional working days."
    rows = [row for row in desk.requests.rows(list(desk.requests.ids())) if row.tracking][:3]
    for row in rows:
        text = f"{row.office_name}\n\nJune 2, 2026\n\nRe: {row.tracking[0]}\n\nDear Requester:\n\n{words}\n"
        desk.filing.file(IncomingFile(f"{row.office_short} letter.txt", text.encode()), None)
    text = "Customs and Border Protection\n\nJune 3, 2026\n\nDear Requester:\n\nPlease clarify within 30 days.\n"
    desk.filing.file(IncomingFile("scan0042.txt", text.encode()), None)
    return len(rows) + 1


def _tabs(page: "QWidget") -> list[tuple[str, Callable[[], None]]]:
    from PySide6.QtWidgets import QTabBar

    found: list[tuple[str, Callable[[], None]]] = []
    for bar in page.findChildren(QTabBar):
        if bar.isVisible():
            for at in range(1, bar.count()):
                name = "".join(letter for letter in bar.tabText(at).lower() if letter.isalpha()) or str(at)
                found.append((name, partial(bar.setCurrentIndex, at)))
    return found


def _where(desk: "Desk", name: str) -> dict[str, Any] | None:
    ids = list(desk.requests.ids())
    if name == "templates":
        return {"kind": "overdue_notice"}
    if name == "letter_run" and ids:
        return {"kind": "overdue_notice", "requests": tuple(ids[:4])}
    if name == "request":
        return {"id": ids[0]} if ids else None
    if name == "letter":
        letters = [letter for request in ids for letter in desk.letters.for_request(request)]
        drafts = [letter for letter in letters if letter.state == "draft"]
        found = next((letter.id for letter in (*drafts, *letters)), 0)
        return {"id": found} if found else None
    return {}


def _parts(window: "MainWindow", session: "Session", take: Take) -> None:
    from foiadesk.desk import Change
    from foiadesk.records.errors import StorageFull
    from foiadesk_ui.i18n import _
    from foiadesk_ui.screens_parts import scenes

    for name, part in scenes(window, session, lambda: settle(lambda: _busy(session))):
        take(part or window, name)
    window.open_page("today", {})
    session.acted.emit(Change("Filed “reply.eml” on Face recognition · ICE"))
    session.trouble.emit(
        StorageFull("The disk is full.", safe="Nothing you had saved is lost.", todo="Free some space, then try again.")
    )
    settle(lambda: _busy(session))
    take(window, "undo-trouble")
    session.offered.emit(Change("Brought 214 messages into the In-tray"), _("Show the In-tray"), "in_tray", {})
    window.finder.start()
    window.header.search.setText("re")
    window.finder._look()
    settle(lambda: _busy(session))
    take(window, "finder-undo-trouble")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
