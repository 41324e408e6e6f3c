"""For `make screens`: dialogs, menus and panels of an open desk, brought about one by one."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from foiadesk_ui.session import Session
    from foiadesk_ui.window import MainWindow

Scene = tuple[str, "QWidget | None"]  # its name and the dialog or menu to look at; None: the window itself

_SNIPPETS = (
    "I am willing to pay up to $«amount» for this request. Please write to me before a fee beyond that is due.",
    "Please send whatever is not exempt, and name the exemption beside each deletion, as 5 U.S.C. § 552(b) requires.",
)


def scenes(window: "MainWindow", session: "Session", settled: Callable[[], None]) -> Iterator[Scene]:
    """Yield each when it shows; what was yielded before is put away when the next is asked for."""
    for some in (_steps, _letter_menus, _letter_panels, _request_menus, _request_panels, _asking, _filing, _choosing):
        yield from some(window, session, settled)


def _steps(window: "MainWindow", session: "Session", settled: Callable[[], None]) -> Iterator[Scene]:
    """Each step of a new request, filled as a person would."""
    from foiadesk_ui.new_request_page import NewRequestPage

    window.open_page("new_request", {"copy": session.desk.requests.ids()[0]})
    settled()
    page = window.current()
    assert isinstance(page, NewRequestPage)
    for number in range(1, 5):
        page.forward()
        settled()
        yield f"new_request-{number + 1}", None


def _letter_menus(window: "MainWindow", session: "Session", settled: Callable[[], None]) -> Iterator[Scene]:
    """The menu of new letters, and the list of every kind."""
    from foiadesk_ui.request_letters import LettersTab

    window.open_page("request", {"id": session.desk.requests.ids()[0]})
    settled()
    tab = window.findChild(LettersTab)
    assert tab is not None
    tab.menu.popup(tab.mapToGlobal(tab.rect().topLeft()))
    settled()
    yield "letter-menu", tab.menu
    tab.menu.close()
    dialog = tab.pick()
    if dialog is not None:
        settled()
        yield "letter-picker", dialog
        dialog.reject()


def _letter_panels(window: "MainWindow", session: "Session", settled: Callable[[], None]) -> Iterator[Scene]:
    """What is asked before a letter counts as sent, and its menu."""
    from foiadesk_ui.letter_page import LetterPage

    desk = session.desk
    letters = [one for request in desk.requests.ids() for one in desk.letters.for_request(request)]
    draft = next(one for one in letters if one.state == "draft")
    window.open_page("letter", {"letter": draft.id, "mark_sent": True})
    settled()
    yield "letter-mark-sent", None
    page = window.current()
    assert isinstance(page, LetterPage)
    page.panel.put_away()
    menu = page.bar.more.menu()
    menu.popup(page.bar.more.mapToGlobal(page.bar.more.rect().bottomLeft()))
    settled()
    yield "letter-more", menu
    menu.close()


def _request_menus(window: "MainWindow", session: "Session", settled: Callable[[], None]) -> Iterator[Scene]:
    """What more can be done with a request."""
    from foiadesk_ui.requests_page import RequestsPage

    window.open_page("request", {"id": session.desk.requests.ids()[0]})
    settled()
    page = window.current()
    assert isinstance(page, RequestsPage)
    more = page.view.header.more
    more.menu().popup(more.mapToGlobal(more.rect().bottomLeft()))
    settled()
    yield "request-more", more.menu()
    more.menu().close()


def _request_panels(window: "MainWindow", session: "Session", settled: Callable[[], None]) -> Iterator[Scene]:
    """What is asked before requests are merged, letters sent together, and a delivery noted."""
    from foiadesk.records import Direction
    from foiadesk_ui.requests_page import RequestsPage

    window.open_page("request", {"id": 1})  # where there is no room beside the list, none is open before
    settled()
    page = window.current()
    assert isinstance(page, RequestsPage)
    page.view.header.merge_asked.emit()
    settled()
    yield "request-merge", None
    page.view.merge.hide()
    tab = page.view.letters
    page.view.tabs.setCurrentWidget(tab)
    sent = next((one for one in session.desk.filing.correspondence(1) if one.direction is Direction.OUT), None)
    if sent is not None:
        tab.delivery.begin(sent)
        settled()
        yield "request-delivery", None
        tab.delivery.hide()
    page.send.begin(tuple(session.desk.requests.ids())[:3])
    window.open_page("requests", {})
    settled()
    yield "requests-send-many", None
    page.send.hide()


def _asking(window: "MainWindow", session: "Session", settled: Callable[[], None]) -> Iterator[Scene]:
    """Events: logged, of a kind with many fields, corrected; a bug's report; before printing."""
    from foiadesk.records import EventKind
    from foiadesk_ui.bug_dialog import BugDialog
    from foiadesk_ui.deadlines_page import DeadlinesPage
    from foiadesk_ui.event_form import EventDialog

    desk = session.desk
    request = desk.requests.get(desk.requests.ids()[0])
    event = desk.requests.events(request.id)[0]
    today = desk.clock()
    made: tuple[tuple[str, Callable[[], QWidget]], ...] = (
        ("event", partial(EventDialog, window, today=today)),
        ("event-determination", partial(EventDialog, window, today=today, items=("One", "Two"),
                                        kind=EventKind.DETERMINATION)),
        ("event-correction", partial(EventDialog, window, today=today, event=event)),
        ("bug", partial(BugDialog, "KeyError in foiadesk_ui.window:200", window)),
    )  # fmt: skip
    for name, make in made:
        dialog = make()
        dialog.show()
        settled()
        yield name, dialog
        dialog.close()
        dialog.deleteLater()
    window.open_page("deadlines", {})
    settled()
    page = window.current()
    assert isinstance(page, DeadlinesPage)
    for name, pose in page.poses():
        if name == "worksheet":
            pose()
            settled()
            page.worksheet.notice._ask()
            settled()
            yield "print-notice", None
            page.worksheet.notice.put_away()


def _filing(window: "MainWindow", session: "Session", settled: Callable[[], None]) -> Iterator[Scene]:
    """One file and two to be filed, and many as suggested."""
    from foiadesk.desk import IncomingFile
    from foiadesk_ui.file_all_dialog import FileAllDialog
    from foiadesk_ui.filing_dialog import FilingDialog

    desk = session.desk
    row = desk.requests.rows(list(desk.requests.ids())[:1])[0]
    text = (
        f"{row.office_name}\n\nJune 2, 2026\n\nRe: {' '.join(row.tracking)}\n\nDear Requester:\n\n"
        "We acknowledge receipt of your request. Due to unusual circumstances we need ten additional working days.\n"
    )
    files = [IncomingFile("letter.txt", text.encode()), IncomingFile("scan0042.txt", b"Please clarify.")]
    for count in (1, 2):
        dialog = FilingDialog(session, window, files[:count], None, desk.clock())
        dialog.show()
        settled()
        yield f"filing-{count}", dialog
        dialog._done = True  # nothing of it is kept
        dialog.reject()
        dialog.deleteLater()
    desk.filing.file(files[0], None)
    waiting = desk.in_tray.suggestions([letter.id for letter in desk.in_tray.waiting()])
    many = FileAllDialog(waiting, lambda: None, window)
    many.show()
    settled()
    yield "file-all", many
    many.reject()
    many.deleteLater()
    desk.history.undo()


def _choosing(window: "MainWindow", session: "Session", settled: Callable[[], None]) -> Iterator[Scene]:
    """A request to be chosen from all; a person's own snippets; the help beside a dialog."""
    from foiadesk_ui.help_dialog import show_help
    from foiadesk_ui.request_picker import RequestPicker
    from foiadesk_ui.snippets_dialog import SnippetsDialog

    dialog = RequestPicker(session, window, "Choose a request")
    dialog.show()
    settled()
    yield "request-picker", dialog
    beside = show_help(dialog, dialog.topic)
    settled()
    yield "dialog-help", beside
    beside.close()
    dialog.reject()
    dialog.deleteLater()
    for count in (0, 2):
        kept = [session.desk.snippets.add(text).primary for text in _SNIPPETS[:count]]
        snippets = SnippetsDialog(session, window)
        snippets.show()
        settled()
        yield f"snippets-{count}", snippets
        snippets.reject()
        snippets.deleteLater()
        for _one in kept:
            session.desk.history.undo()
