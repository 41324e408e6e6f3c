"""Search in the window: the finder's answers, the page, its filters, saved searches, preview and keyboard."""

from io import BytesIO

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from reportlab.pdfgen.canvas import Canvas

from foiadesk.desk import IncomingFile
from foiadesk.intake.ocr import Ocr
from foiadesk.records.errors import StorageFull
from foiadesk_ui import index_keeper, marker
from foiadesk_ui.search_filters import with_filter
from foiadesk_ui.search_list import HIT_ROLE
from foiadesk_ui.search_page import SearchPage
from foiadesk_ui.settings_page import SettingsPage
from foiadesk_ui.window import MainWindow

OCR = Ocr("/nowhere", "/nowhere", ("eng", "spa"))


def pdf(*pages: str) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for text in pages:
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def told(story):
    """A desk with a file and a note, all of it findable."""
    desk = story()
    desk.filing.file(IncomingFile("report.pdf", pdf("nothing", "an ocelot walks", "more")), 1)
    desk.requests.add_event(1, {"kind": "note", "date": "2026-01-05", "note": "Ms. Quill saw the ocelot 🐆 there"})
    desk.search.bring()
    return desk


@pytest.fixture
def page(qtbot, session, told):
    made = SearchPage(session)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.open()
    quiet(qtbot, session)
    return made


def quiet(qtbot, session):
    qtbot.waitUntil(lambda: session.jobs.pending() == 0)


def titles(page):
    return [hit.title for hit in page.list.hits.hits]


def test_words_are_found_as_they_are_typed(qtbot, session, page):
    page.query.setFocus()
    qtbot.keyClicks(page.query, "face rec")
    qtbot.waitUntil(lambda: page.count.text() == "3 found")
    assert page.stack.currentWidget() is page.split
    assert set(titles(page)) == {"Face recognition contracts"}
    assert page.list.currentIndex().row() == 0
    index = page.list.currentIndex()
    assert index.data(HIT_ROLE).title_marks == ((0, 4), (5, 16))
    assert "Request" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    page.query.setText("")
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.start)


def test_nothing_found_says_so_with_one_button(qtbot, session, page):
    page.search("zebrafish")
    quiet(qtbot, session)
    assert page.stack.currentWidget() is page.nothing
    page.nothing.button.click()
    assert page.query.text() == ""
    assert page.stack.currentWidget() is page.start
    page.start.button.click()
    quiet(qtbot, session)
    assert {hit.kind for hit in page.list.hits.hits} == {"request"}


def test_filters_and_query_say_the_same(qtbot, session, page):
    page.search("face")
    page.filters.choices["agency"]._pick("CBP")
    quiet(qtbot, session)
    assert page.query.text() == "face agency:CBP"
    assert len(page.list.hits.hits) == 1
    page.query.setText("face kind:event")
    assert page.filters.choices["kind"].value() == "event"
    assert page.filters.choices["agency"].value() == ""
    page.filters.choices["kind"]._pick("")
    assert page.query.text() == "face"
    page.search("colour:red")
    quiet(qtbot, session)
    assert "no filter" in page.notes.text()
    page.filters.order._pick("newest")
    quiet(qtbot, session)


@pytest.mark.parametrize(
    ("query", "field", "value", "after"),
    [
        ("a b", "kind", "letter", "a b kind:letter"),
        ("kind:event a", "kind", "letter", "a kind:letter"),
        ("a -kind:event", "kind", "", "a"),
        ('agency:"Secret Service" a', "agency", "ICE", "a agency:ICE"),
        ("a", "agency", "Secret Service", 'a agency:"Secret Service"'),
        ("mankind:x", "kind", "letter", "mankind:x kind:letter"),
    ],
)
def test_a_filter_is_written_into_a_query(query, field, value, after):
    assert with_filter(query, field, value) == after


def test_a_file_is_shown_at_its_page_with_the_words_marked(qtbot, session, page):
    page.search("kind:file ocelot")
    quiet(qtbot, session)
    preview = page.preview
    qtbot.waitUntil(lambda: preview.stack.currentWidget() is preview.file)
    qtbot.waitUntil(lambda: preview.file.pages.count == 3)
    qtbot.waitUntil(lambda: preview.file.pages.top_page == 1)
    qtbot.waitUntil(lambda: bool(preview.file.pages._marks.get(1)))
    assert "page 2 of 3" in preview.file.said.text()


def test_anything_else_is_shown_as_text_with_the_words_marked(qtbot, session, page):
    went = []
    session.navigate.connect(lambda name, where: went.append((name, where)))
    page.search("quill there")
    quiet(qtbot, session)
    preview = page.preview
    assert preview.stack.currentWidget() is preview.text
    marked = [selection.cursor.selectedText() for selection in preview.text.extraSelections()]
    assert marked == ["Quill", "there"]  # beyond a character that Qt counts twice
    preview.go.click()
    assert went == [("request", {"id": 1})]
    page.search("kind:file report")
    quiet(qtbot, session)
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert went[-1] == ("documents", {"id": page.list.hits.hits[0].id})


def test_the_keyboard_goes_from_query_to_list_and_back(qtbot, session, page):
    page.activateWindow()
    page.query.setFocus()
    qtbot.keyClicks(page.query, "face")
    qtbot.keyClick(page.query, Qt.Key.Key_Return)
    quiet(qtbot, session)
    qtbot.keyClick(page.query, Qt.Key.Key_Down)
    assert page.list.hasFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.list.currentIndex().row() == 1
    qtbot.keyClick(page.list, Qt.Key.Key_Up)
    qtbot.keyClick(page.list, Qt.Key.Key_Up)
    assert page.query.hasFocus()


def test_searches_are_saved_renamed_run_and_removed(qtbot, session, page):
    page.search("face")
    quiet(qtbot, session)
    page.saved.naming.emit(None)
    qtbot.keyClicks(page.name_line.name, "Faces & more")
    qtbot.keyClick(page.name_line.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [one.name for one in session.desk.search.saved()] == ["Faces & more"])
    page.saved.ask()
    quiet(qtbot, session)
    assert page.saved.menu().actions()[0].text() == "Faces && more"
    page.search("")
    page.saved.menu().actions()[0].trigger()
    assert page.query.text() == "face"
    page.saved.naming.emit(page.saved.saved[0])
    assert page.name_line.name.text() == "Faces & more"
    page.name_line.name.setText("Faces")
    page.name_line.save.click()
    qtbot.waitUntil(lambda: [one.name for one in session.desk.search.saved()] == ["Faces"])
    page.saved._remove(session.desk.search.saved()[0])
    qtbot.waitUntil(lambda: session.desk.search.saved() == ())
    page.saved.naming.emit(None)
    qtbot.keyClick(page.name_line.name, Qt.Key.Key_Escape)
    assert page.name_line.isHidden()


def test_many_results_come_page_by_page(qtbot, session, page, told):
    from foiadesk.store import rows_index

    told.store.index.write(
        lambda db: [rows_index.put(db, rows_index.Entry("mail", 9_000 + n, f"heron {n}")) for n in range(120)]
    )
    page.search("heron")
    quiet(qtbot, session)
    assert len(page.list.hits.hits) == 50
    page.list.scrollToBottom()
    qtbot.waitUntil(lambda: len(page.list.hits.hits) == 100)
    page.list.scrollToBottom()
    qtbot.waitUntil(lambda: len(page.list.hits.hits) == 120)
    assert len({hit.id for hit in page.list.hits.hits}) == 120
    assert not page.list.hits.canFetchMore(page.list.rootIndex())


def test_scanned_pages_are_said_and_can_be_read(qtbot, session, page, told, monkeypatch):
    told.filing.file(IncomingFile("scan.pdf", pdf("")), 1)
    told.search.bring()
    monkeypatch.setattr(type(told.search), "ocr", staticmethod(lambda: None))
    page.refresh(None)
    quiet(qtbot, session)
    assert page.scans.text() == "1 scanned page has no text: tesseract is not installed"
    assert not page.read_scans.isVisible()
    monkeypatch.setattr(type(told.search), "ocr", staticmethod(lambda: OCR))
    monkeypatch.setattr(told.search._texts, "_seen", lambda *_: "a gnu")
    page.refresh(None)
    quiet(qtbot, session)
    page.read_scans.click()
    qtbot.waitUntil(lambda: not session.long_jobs.running and page.read_scans.isEnabled())
    quiet(qtbot, session)
    assert not page.scans.isVisible()
    assert told.search.find("gnu").total == 1


def test_the_finder_shows_what_holds_the_words_and_leads_to_all_of_it(qtbot, session, told):
    window = MainWindow(session, lambda: None)
    qtbot.addWidget(window)
    window.open_page("today", {})
    window.show()
    quiet(qtbot, session)
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    box = window.header.search
    qtbot.keyClicks(box, "ocelo")
    qtbot.waitUntil(lambda: "All results (2)" in window.finder.labels())
    assert set(window.finder.labels()) == {"report.pdf", "Note", "All results (2)"}
    qtbot.keyClick(box, Qt.Key.Key_Up)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    page = window.current()
    assert isinstance(page, SearchPage)
    assert page.query.text() == "ocelo"
    assert not any(entry.isChecked() for entry in window.sidebar.entries.values())
    quiet(qtbot, session)
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert window.current() is page


def test_changes_become_findable_by_themselves(qtbot, session, told, monkeypatch):
    monkeypatch.setattr(index_keeper, "_FIRST", 0)
    monkeypatch.setattr(index_keeper, "_AFTER_CHANGE", 0)
    keeper = session.index_keeper
    with qtbot.waitSignal(keeper.settled):
        keeper.start()
    session.act(
        session, lambda desk: desk.requests.add_event(1, {"kind": "note", "date": "2026-01-06", "note": "a gnu"})
    )
    qtbot.waitUntil(lambda: told.search.find("gnu").total == 1)


def test_much_is_counted_in_the_job_bar(qtbot, session, told, monkeypatch):
    monkeypatch.setattr(index_keeper, "_FIRST", 0)
    monkeypatch.setattr(index_keeper, "LONG", 1)
    told.store.index.discard()
    seen = []
    session.long_jobs.changed.connect(lambda: seen.extend(job.title for job in session.long_jobs.running))
    session.index_keeper.start()
    qtbot.waitUntil(lambda: told.search.find("ocelot").total == 2 and not session.long_jobs.running)
    assert set(seen) == {"Preparing the search"}


def test_scans_are_read_in_the_background_once_chosen(qtbot, session, told, monkeypatch):
    monkeypatch.setattr(index_keeper, "_FIRST", 0)
    monkeypatch.setattr(index_keeper, "_AFTER_CHANGE", 0)
    monkeypatch.setattr(type(told.search), "ocr", staticmethod(lambda: OCR))
    monkeypatch.setattr(told.search._texts, "_seen", lambda *_: "a gnu")
    told.filing.file(IncomingFile("scan.pdf", pdf("")), 1)
    with qtbot.waitSignal(session.index_keeper.settled):
        session.index_keeper.start()
    assert told.search.find("gnu").total == 0
    page = SettingsPage(session)
    qtbot.addWidget(page)
    page.open()
    quiet(qtbot, session)
    page._show_ocr(None)
    assert "not installed" in page.ocr_said.text()
    page.ocr.setEnabled(True)
    page.ocr.click()
    qtbot.waitUntil(lambda: told.search.find("gnu").total == 1)
    qtbot.waitUntil(lambda: not session.long_jobs.running)


def test_a_full_disk_is_tried_again_with_the_next_change(qtbot, session, told, monkeypatch):
    monkeypatch.setattr(index_keeper, "_FIRST", 0)
    monkeypatch.setattr(index_keeper, "_AFTER_CHANGE", 0)
    step = told.search.step
    failed = []

    def full():
        failed.append(1)
        raise StorageFull("full")

    monkeypatch.setattr(told.search, "step", full)
    session.index_keeper.start()
    qtbot.waitUntil(lambda: bool(failed) and not session.index_keeper.running)
    monkeypatch.setattr(told.search, "step", step)
    with qtbot.waitSignal(session.index_keeper.settled):
        session.act(
            session, lambda desk: desk.requests.add_event(1, {"kind": "note", "date": "2026-01-06", "note": "a gnu"})
        )
    assert told.search.find("gnu").total == 1


def test_marks_are_never_colour_alone(page):
    shown = marker.look(page.palette())
    assert shown.fontWeight() == 700
