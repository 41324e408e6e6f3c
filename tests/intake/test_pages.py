"""Pages and pictures: ours in this process, foreign ones through the worker."""

import hashlib
import io
import random
import re
import threading

import pytest
from PIL import Image

from foiadesk.intake import Limits, Worker, pages
from foiadesk.intake.images import draw_image, draw_scaled, page_count
from foiadesk.intake.refusals import Refusal
from foiadesk.intake.results import MAX_PIXELS, PageImage
from foiadesk.records.errors import Unreadable
from tests.shared_data import shared


def letter(*lines: str, size: tuple[float, float] = (612, 792), title: str = "") -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    canvas.setTitle(title)
    for line in lines:
        canvas.drawString(72, 72, line)
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(0, size[1] - 10, 10, 10, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def pixel(image: PageImage, x: int, y: int) -> tuple[int, ...]:
    at = (y * image.width + x) * 3
    return tuple(image.rgb[at : at + 3])


@pytest.fixture(scope="module")
def worker():
    with Worker() as found:
        yield found


def encoded(image: Image.Image, form: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def test_a_page_of_ours_is_drawn_red_before_green_before_blue() -> None:
    pdf = letter("one", "two")
    image = pages.render_page(pdf, 1, 0.5)
    assert (image.width, image.height) == (306, 396)
    assert len(image.rgb) == 306 * 396 * 3
    assert pixel(image, 1, 1) == (255, 0, 0)
    assert pixel(image, 100, 100) == (255, 255, 255)
    assert pages.page_count(pdf) == 2
    with pytest.raises(Unreadable, match="There is no page 3: the file has 2"):
        pages.render_page(pdf, 2, 1.0)
    with pytest.raises(Unreadable):
        pages.render_page(pdf, -1, 1.0)


def test_threads_take_turns_in_pdfium() -> None:
    pdf = letter(*"abcd")
    drawn: list[bytes] = []
    threads = [threading.Thread(target=lambda: drawn.append(pages.render_page(pdf, 0, 0.3).rgb)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(drawn) == 8
    assert len(set(drawn)) == 1


def test_the_worker_draws_and_reads_the_same(worker: Worker) -> None:
    pdf = letter("first page", "second page", title="A title\nin two lines")
    info = worker.inspect(pdf, "x")
    assert (info.kind, info.media_type, info.pages, info.title) == ("pdf", "application/pdf", 2, "A title in two lines")
    assert worker.page(pdf, 1, 0.5) == pages.render_page(pdf, 1, 0.5)
    assert worker.text(pdf).split("\f") == ["first page", "second page"]
    assert worker.text(pdf, 1) == "second page"
    with pytest.raises(Unreadable, match="no page 3"):
        worker.page(pdf, 2, 1.0)


@pytest.mark.parametrize("scale", [1000.0, float("inf"), float("nan"), -1.0, 0.0])
def test_no_scale_makes_a_page_too_large(worker: Worker, scale: float) -> None:
    image = worker.page(letter("x"), 0, scale)
    assert 0 < image.width * image.height <= MAX_PIXELS * 1.01


def test_no_page_is_too_large() -> None:
    with Worker(Limits(pixels=100_000)) as small:
        image = small.page(letter("x", size=(14_400, 14_400)), 0, 1.0)
        assert 80_000 < image.width * image.height < 102_000
        narrow = small.page(letter("x", size=(14_400, 1)), 0, 50.0)
        assert narrow.width <= 32_000


@pytest.mark.parametrize(
    "name",
    ["attachment", "commented", "crazyones", "form", "issue-297", "jpeg", "metadata", "multilang",
     "outlines-with-invalid-destinations", "test Orient", "two-different-pages"],
)  # fmt: skip
def test_real_pdfs(worker: Worker, name: str) -> None:
    data = shared(f"pdf/{name}.pdf").read_bytes()
    info = worker.inspect(data, f"{name}.pdf")
    assert info.kind == "pdf"
    assert info.pages >= 1
    for number in range(info.pages):
        image = worker.page(data, number, 0.5)
        assert len(set(image.rgb)) > 1, "the page is empty"
    assert worker.text(data).strip()


def test_a_turned_page_comes_upright(worker: Worker) -> None:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(100, 200), invariant=1)
    canvas.setFillColorRGB(1, 0, 0)
    canvas.rect(0, 0, 20, 20, stroke=0, fill=1)  # at the bottom left, which a quarter turn puts at the top left
    canvas.showPage()
    canvas.save()
    turned = out.getvalue().replace(b"/Rotate 0", b"/Rotate 90")  # one byte more: the reader rebuilds the table
    assert turned != out.getvalue()
    image = worker.page(turned, 0, 1.0)
    assert (image.width, image.height) == (200, 100)
    assert pixel(image, 5, 5) == (255, 0, 0)


def test_one_damaged_page_hides_no_other(worker: Worker) -> None:
    whole = letter("first", "second", "third")
    kids = re.search(rb"/Kids \[ (\d+) 0 R (\d) 0 R", whole)
    assert kids is not None
    broken = whole[: kids.start(2)] + b"0" + whole[kids.end(2) :]  # object 0 is never there
    assert broken != whole
    texts = worker.text(broken).split("\f")
    assert len(texts) == 3
    assert (texts[0], texts[2]) == ("first", "third")
    with pytest.raises(Unreadable, match="Page 2 of this PDF is damaged"):
        worker.page(broken, 1, 1.0)


def test_scans_have_pictures_and_no_text(worker: Worker) -> None:
    for name in ("ccitt", "francais", "jbig2", "linn", "skew"):
        data = shared(f"scans/{name}.pdf").read_bytes()
        assert not worker.text(data).strip()
        assert len(set(worker.page(data, 0, 0.3).rgb)) > 1


def test_a_locked_pdf_says_so(worker: Worker) -> None:
    data = shared("pdf/encrypted-file.pdf").read_bytes()
    for call in (lambda: worker.inspect(data, "x.pdf"), lambda: worker.page(data, 0, 1.0), lambda: worker.text(data)):
        with pytest.raises(Unreadable, match="locked with a password"):
            call()


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.7\n" + b"\0" * 1000,
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 1000000>>endobj\ntrailer<</Root 1 0 R>>",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>endobj\n"
        b"trailer<</Root 1 0 R/Prev 0>>",
    ],
)
def test_damaged_pdfs_end_in_a_reason(worker: Worker, data: bytes) -> None:
    with pytest.raises(Unreadable):
        worker.page(data, 0, 1.0)
    assert worker.text(b"next") == "next"


def test_mutated_pdfs_never_hang_or_escape() -> None:
    dice = random.Random(552)
    names = ("crazyones", "form", "multilang", "issue-297", "commented", "encrypted-file")
    originals = [shared(f"pdf/{name}.pdf").read_bytes() for name in names]
    with Worker(Limits(seconds=20, cpu=10)) as worker:
        outcomes = {"drawn": 0, "refused": 0}
        for _ in range(80):
            data = bytearray(dice.choice(originals))
            for _ in range(dice.randint(1, 30)):
                data[dice.randrange(9, len(data))] = dice.randrange(256)
            try:
                worker.page(bytes(data), 0, 0.5)
                worker.text(bytes(data))
                outcomes["drawn"] += 1
            except Unreadable as refused:
                assert str(refused)
                outcomes["refused"] += 1
        assert min(outcomes.values()) > 0


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP", "PPM"])
def test_pictures_of_every_kind(worker: Worker, form: str) -> None:
    data = encoded(Image.new("RGB", (400, 200), (200, 30, 30)), form)
    info = worker.inspect(data, "x")
    assert (info.kind, info.pages) == ("image", 1)
    image = worker.image(data, 100)
    assert (image.width, image.height) == (100, 50)
    assert all(abs(seen - made) < 12 for seen, made in zip(pixel(image, 50, 25), (200, 30, 30), strict=True))
    whole = worker.page(data, 0, 1.0)
    assert (whole.width, whole.height) == (400, 200)
    assert worker.image(data, 10_000).width == 400, "never enlarged"
    assert worker.text(data) == ""


@pytest.mark.parametrize(
    ("mode", "color", "expected"),
    [
        ("1", 1, (255, 255, 255)),
        ("L", 100, (100, 100, 100)),
        ("LA", (0, 0), (255, 255, 255)),
        ("RGBA", (0, 0, 0, 0), (255, 255, 255)),
        ("RGBA", (10, 20, 30, 255), (10, 20, 30)),
        ("P", 0, (0, 0, 0)),
        ("I;16", 65_535, (255, 255, 255)),
        ("I;16", 32_896, (128, 128, 128)),
    ],
)
def test_every_mode_becomes_opaque_rgb(mode: str, color: object, expected: tuple[int, ...]) -> None:
    image = draw_image(encoded(Image.new(mode, (8, 8), color), "PNG"), 100)
    assert pixel(image, 4, 4) == expected


def test_a_photograph_comes_upright() -> None:
    image = Image.new("RGB", (40, 20), "white")
    image.paste("black", (0, 0, 20, 20))
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter to the left by the camera
    drawn = draw_scaled(encoded(image, "JPEG", exif=exif, quality=95), 1.0)
    assert (drawn.width, drawn.height) == (20, 40)
    assert pixel(drawn, 10, 5)[0] < 40
    assert pixel(drawn, 10, 35)[0] > 215


def test_pages_of_a_tiff(worker: Worker) -> None:
    frames = [Image.new("L", (30 + 10 * index, 30), 50 * index) for index in range(3)]
    data = encoded(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    assert worker.inspect(data, "scan.tif").pages == page_count(data) == 3
    assert [worker.image(data, 100, number).width for number in range(3)] == [30, 40, 50]
    assert pixel(worker.page(data, 2, 1.0), 1, 1) == (100, 100, 100)
    with pytest.raises(Unreadable, match="no page 4"):
        worker.image(data, 100, 3)


def test_a_picture_bomb_is_refused(worker: Worker) -> None:
    data = bytearray(encoded(Image.new("1", (8, 8)), "PNG"))
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    import zlib

    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4, "big")
    with pytest.raises(Refusal) as refusal:
        draw_image(bytes(data), 100)
    assert (refusal.value.code, refusal.value.numbers) == ("huge_image", {"megapixels": 3600})
    with pytest.raises(Unreadable, match="3600 million pixels"):
        worker.image(bytes(data), 100)


def test_damaged_pictures_end_in_a_reason(worker: Worker) -> None:
    whole = encoded(Image.effect_noise((64, 64), 50), "PNG")
    for data in (
        whole[:40],
        whole[:200],
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        b"II*\0\xff\xff\xff\xff",
        b"BM" + b"\0" * 60,
    ):
        with pytest.raises(Unreadable):
            worker.image(data, 100)
    assert worker.image(whole, 100).width == 64


def test_no_format_that_calls_another_program() -> None:
    with pytest.raises(Refusal):
        draw_image(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\nshowpage\n", 100)


def test_files_without_pages_say_so(worker: Worker) -> None:
    for data in (b"just text", shared("archives/zip-slip.zip").read_bytes()):
        with pytest.raises(Unreadable, match="no pages"):
            worker.page(data, 0, 1.0)


def test_text_of_other_files(worker: Worker) -> None:
    assert worker.text("Réponse\r\nligne".encode()) == "Réponse\nligne"
    assert worker.text("Réponse".encode("cp1252")) == "Réponse"
    assert worker.text("é".encode("utf-16")) == "é"
    assert worker.text(b"<!doctype html><p>one<p>two") == "one\n\ntwo"
    assert worker.text(b"From: a@b.example\nMIME-Version: 1.0\n\nthe body") == "the body"
    assert worker.text(b"\x00\x01\x02") == ""
    page = shared("hostile/leak.html").read_bytes()
    assert "leaking.via" not in worker.text(page)
    payload = shared("hostile/csv-payload.txt").read_bytes()
    assert worker.text(payload) == payload.decode().replace("\r\n", "\n")


def test_archives_are_left_alone(worker: Worker) -> None:
    for name in ("zip-slip.zip", "zip-slip-win.zip", "zip-slip.tar", "zip-slip-win.tar"):
        data = shared(f"archives/{name}").read_bytes()
        before = hashlib.sha256(data).digest()
        assert worker.inspect(data, name).kind == "other"
        assert worker.text(data) == ""
        assert hashlib.sha256(data).digest() == before
