"""The tutorial's pictures: ten minutes on the sample desk, drawn by the window itself; part of `make screens`."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from foiadesk_ui.screens import PASSPHRASE, TODAY, platform, settle

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from foiadesk_ui.session import Session
    from foiadesk_ui.window import MainWindow

SIZE = (1120, 700)
COLORS = 96
REPLY = """U.S. Immigration and Customs Enforcement

June 8, 2026

Dear Requester:

This acknowledges receipt of your request on June 8, 2026. Your request has been assigned
tracking number 2026-ICFO-31415. Please refer to this number in any future correspondence.
"""


def main(arguments: list[str]) -> int:
    """Write the pictures into a folder."""
    if len(arguments) != 1:
        print("Say which folder the pictures go to.", file=sys.stderr)
        return 2
    folder = Path(arguments[0]).absolute()
    with tempfile.TemporaryDirectory(prefix="foiadesk-tutorial-") as home:
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            os.environ[name] = str(Path(home) / name.lower())
        os.environ["QT_QPA_PLATFORM"] = platform(Path(home), 1)
        draw(folder, Path(home))
    return 0


def draw(folder: Path, home: Path) -> None:
    """Tell the story and draw each of its steps."""
    from foiadesk.desk import Desk
    from foiadesk.desk.sample import build
    from foiadesk_ui import i18n, theme
    from foiadesk_ui.app import make_app
    from foiadesk_ui.session import Session
    from foiadesk_ui.window import MainWindow

    app = make_app()
    app.setCursorFlashTime(0)  # a caret that blinks would make every picture a new one
    i18n.use("en")
    theme.apply(app, "light")
    build(home / "Sample", PASSPHRASE, today=TODAY)
    desk = Desk.open(home / "Sample", PASSPHRASE, clock=lambda: TODAY)
    desk.search.bring()
    session = Session(desk)
    window = MainWindow(session, lambda: None)
    window._remembered = True  # the size asked for is the size drawn
    window.resize(*SIZE)
    window.show()
    folder.mkdir(parents=True, exist_ok=True)
    for number, (name, shown) in enumerate(_story(window, session, home), 1):
        target = folder / f"{number:02}-{name}.png"
        target.write_bytes(small(shown))
        print(target)
    window.hide()
    session.close()
    window.deleteLater()
    desk.close()


def _story(window: "MainWindow", session: "Session", home: Path) -> "Iterator[tuple[str, QWidget]]":
    """Go through the tutorial step by step; yield a name and what is to be seen, once it is."""
    from foiadesk_ui.filing_dialog import FilingDialog, file_sources
    from foiadesk_ui.letter_page import LetterPage
    from foiadesk_ui.new_request_draft import FEES, LETTERS, OFFICES, WHO
    from foiadesk_ui.new_request_page import NewRequestPage

    def wait() -> None:
        settle(lambda: session.jobs.pending() + len(session.long_jobs.running))

    def go(name: str, **where: object) -> None:
        window.open_page(name, where)
        wait()

    def steps(*deeds: Callable[[], object]) -> None:
        for deed in deeds:
            deed()
            wait()

    first = min(session.desk.requests.ids())
    go("today")
    yield "today", window

    go("new_request")
    asking = window.current()
    assert isinstance(asking, NewRequestPage)
    asking.ask.name.setText("Translation software contracts")
    asking.ask.items.set_items(
        ["All contracts for software that translates speech or text.", "All tests of its accuracy."]
    )
    steps(asking._edited, asking.flush)  # saved now, not in the middle of the picture
    yield "ask", window
    steps(lambda: asking.go(OFFICES), lambda: asking.offices.picker.set_codes(["DHS/ICE", "DHS/CBP"]), asking.flush)
    yield "offices", window
    steps(
        lambda: asking.go(WHO),
        lambda: asking.who._toggle(session.desk.people.all()[0].id, True),
        lambda: asking.go(FEES),
        lambda: asking.go(LETTERS),
        asking.create_requests,
    )
    letter = window.current()
    assert isinstance(letter, LetterPage)
    yield "read", window  # with the offer to undo, which would fade away in the middle of a later picture
    steps(window.undo_bar.hide, letter._mark)
    yield "send", window
    steps(letter.panel.send, window.undo_bar.hide)

    asked = max(session.desk.requests.ids()) - 1
    go("request", id=asked)
    reply = home / "reply.txt"
    reply.write_text(REPLY, "utf-8")
    file_sources(session, window, [reply], asked)
    wait()
    (dialog,) = window.findChildren(FilingDialog)
    yield "reply", dialog
    steps(dialog.accept, window.undo_bar.hide)

    go("deadlines", request=first, clock="determination")
    yield "worksheet", window
    go("letter", request=first, kind="overdue_notice")
    yield "overdue", window
    go("exhaustion", request=first)
    yield "sue", window
    go("backups")
    yield "backup", window


def small(widget: "QWidget") -> bytes:
    """Return what a widget shows as a small PNG, the same bytes for the same pixels."""
    from PIL import Image
    from PySide6.QtCore import QBuffer, QIODevice

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    widget.grab().save(buffer, "PNG")
    image = Image.open(BytesIO(bytes(buffer.data().data()))).convert("RGB")
    out = BytesIO()
    image.quantize(COLORS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
