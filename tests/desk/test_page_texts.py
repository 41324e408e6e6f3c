"""Text of stored files, page by page, once; what cannot be read is found by its name, with the reason kept."""

from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from foiadesk.desk import Desk, IncomingFile
from foiadesk.desk import page_texts as texts_module
from foiadesk.intake.ocr import Ocr, installed
from foiadesk.records.errors import BadInput
from foiadesk.records.progress import Cancelled, Progress

from ..shared_data import shared
from .conftest import Ask, Maker

FAKE = Ocr("/nowhere", "/nowhere", ("eng",))


def pdf(*pages: str) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for text in pages:
        if text:
            canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def file(desk: Desk, name: str, data: bytes, request: int | None = None) -> int:
    filed = desk.filing.file(IncomingFile(name, data), request).primary
    return desk.filing.get(filed).attachments[0].id


def test_pages_are_read_once_and_found_at_their_place(desk: Desk, ask: Ask, monkeypatch) -> None:
    key = file(desk, "two.pdf", pdf("the first ibex", "", "the third ibis"), ask())
    desk.search.bring()
    hit = desk.search.find("ibis").hits[0]
    assert (hit.kind, hit.id, hit.page, hit.pages) == ("file", key, 3, 3)
    assert [(page.number, page.source, page.text.strip()) for page in desk.search.text(key)] == [
        (1, "text", "the first ibex"), (2, "none", ""), (3, "text", "the third ibis"),
    ]  # fmt: skip
    assert desk.search.pictures() == 1
    monkeypatch.setattr(desk.search._texts, "_read", lambda *_: pytest.fail("it was read again"))
    file(desk, "again.pdf", pdf("the first ibex", "", "the third ibis"), None)  # the same bytes elsewhere
    desk.requests.trash(1)
    desk.search.bring()
    desk.requests.restore(1)
    desk.search.bring()
    assert len(desk.search.find("ibis").hits) == 2


def test_a_long_file_is_read_in_pieces_that_are_kept(desk: Desk, ask: Ask, maker: Maker, monkeypatch) -> None:
    monkeypatch.setattr(texts_module, "AT_ONCE", 2)
    file(desk, "long.pdf", pdf("one ibex", "two ibex", "three ibex", "four ibex", "five ibis"), ask())
    desk.search.bring(texts=False)
    assert desk.search.step()
    page = desk.search.find("ibex")
    assert (page.total, page.unread) == (1, 1)
    assert desk.search.find("ibis").total == 0
    desk.close()
    again = maker.open()
    again.search.bring()
    assert again.search.find("ibis").hits[0].page == 5
    assert again.search.find('"two ibex" AND ibis').total == 1


@pytest.mark.parametrize(
    ("name", "data"), [("bad.pdf", b"%PDF-1.4\nnothing"), ("empty.bin", b""), ("odd.bin", b"\0\1")]
)
def test_what_cannot_be_read_is_found_by_its_name_and_left_alone(desk: Desk, ask: Ask, name, data) -> None:
    key = file(desk, name, data, ask())
    desk.search.bring()
    assert [(hit.kind, hit.id) for hit in desk.search.find(f"kind:file {name}").hits] == [("file", key)]
    with desk.store.index.read() as db:
        state, reason = db.execute("SELECT state, reason FROM contents").fetchone()
    assert (state, bool(reason)) == ("failed" if name == "bad.pdf" else "done", name == "bad.pdf")


def test_a_file_that_ends_the_program_is_given_up(desk: Desk, ask: Ask, monkeypatch) -> None:
    file(desk, "killer.pdf", pdf("ibex"), ask())
    desk.search.bring(texts=False)
    tried = []

    def killed(*_: object) -> None:
        tried.append(1)
        raise KeyboardInterrupt

    monkeypatch.setattr(desk.search._texts, "_read", killed)
    for _ in range(texts_module.TRIES):
        with pytest.raises(KeyboardInterrupt):
            desk.search.bring()
    desk.search.bring()
    assert len(tried) == texts_module.TRIES
    assert desk.search.find("killer.pdf").total == 2


def test_mail_is_not_found_twice(desk: Desk, ask: Ask) -> None:
    data = b"From: a@b.example\nTo: c@d.example\nSubject: x\nMessage-ID: <1@b.example>\n\nan ibex in the body\n"
    file(desk, "x.eml", data, ask())
    desk.search.bring()
    assert [hit.kind for hit in desk.search.find("ibex").hits] == ["mail"]


def test_pictures_of_pages_are_read_one_by_one_and_go_on(desk: Desk, ask: Ask, monkeypatch) -> None:
    key = file(desk, "scan.pdf", pdf("", "", "with text"), ask())
    monkeypatch.setattr(type(desk.search), "ocr", staticmethod(lambda: FAKE))
    seen: list[int] = []

    def seen_page(_ocr, _stored, number):
        seen.append(number)
        return f"an ibex on page {number + 1}"

    monkeypatch.setattr(desk.search._texts, "_seen", seen_page)
    stop = Progress(lambda done, _total, _what: stop.cancel() if done == 1 else None)
    with pytest.raises(Cancelled):
        desk.search.read_pictures(stop)
    assert seen == [0]
    assert desk.search.find("ibex").hits[0].page == 1
    assert desk.search.read_pictures(Progress()) == 1
    assert seen == [0, 1]
    assert [page.source for page in desk.search.text(key)] == ["ocr", "ocr", "text"]
    assert desk.search.pictures() == 0
    assert [hit.id for hit in desk.search.find("has:ocr").hits] == [key]
    assert desk.search.read_pictures(Progress()) == 0


def test_a_page_without_words_is_not_tried_for_ever(desk: Desk, ask: Ask, monkeypatch) -> None:
    key = file(desk, "blank.pdf", pdf(""), ask())
    monkeypatch.setattr(type(desk.search), "ocr", staticmethod(lambda: FAKE))
    monkeypatch.setattr(desk.search._texts, "_seen", lambda *_: " ")
    assert desk.search.read_pictures(Progress()) == 0
    assert desk.search.pictures() == 0
    assert desk.search.text(key)[0].reason


def test_without_tesseract_it_says_so_in_one_sentence(desk: Desk, monkeypatch) -> None:
    monkeypatch.setattr(type(desk.search), "ocr", staticmethod(lambda: None))
    with pytest.raises(BadInput, match="tesseract is not installed"):
        desk.search.read_pictures(Progress())


def test_a_scan_is_found_by_its_words(desk: Desk, ask: Ask) -> None:
    if installed() is None:
        pytest.skip("tesseract is not installed: on Debian, apt-get install tesseract-ocr tesseract-ocr-spa")
    key = file(desk, "phototest.tif", shared("scans/phototest.tif").read_bytes(), ask())
    desk.search.bring()
    assert desk.search.find('"quick brown dog"').total == 0
    assert desk.search.read_pictures(Progress(), key) == 1
    assert [hit.id for hit in desk.search.find('"quick brown dog" has:ocr').hits] == [key]


def test_beside_a_window_text_is_read_without_an_index(desk: Desk, ask: Ask, maker: Maker) -> None:
    key = file(desk, "two.pdf", pdf("ibex", "ibis"), ask())
    reading = maker.open(write=False)
    assert [page.text.strip() for page in reading.search.text(key)] == ["ibex", "ibis"]
