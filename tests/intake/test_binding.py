"""Enclosures behind a letter: pages kept, forms and layers too, what could run taken out, refusals with a sentence."""

import io
import shutil
import subprocess

import pikepdf
import pytest
from PIL import Image

from foiadesk.intake import Worker
from foiadesk.letters import compose, divider, typeset
from foiadesk.records.errors import Unreadable
from tests.letters.examples import ALONE
from tests.shared_data import shared

LETTER = typeset(compose("fee_waiver", ALONE, {}))
WIDE, HIGH = 612.0, 792.0


@pytest.fixture(scope="module")
def worker():
    with Worker() as made:
        yield made


def bind(worker, *files, dividers=()):
    listed = [(f"Enclosure {n}: file {n}", f"Enclosure {n}, page ", data) for n, data in enumerate(files, 1)]
    return worker.bind(LETTER, listed, width=WIDE, height=HIGH, dividers=dividers)


def saved(pdf, **how):
    held = io.BytesIO()
    pdf.save(held, **how)
    return held.getvalue()


def picture(kind, size=(900, 500), frames=1, **how):
    held = io.BytesIO()
    pages = [Image.radial_gradient("L").resize((size[0], size[1] + n)).convert("RGB") for n in range(frames)]
    more = {"save_all": True, "append_images": pages[1:]} if frames > 1 else {}
    pages[0].save(held, kind, **more, **how)
    return held.getvalue()


def form(value="Ana"):
    """A page with a filled-in field that runs a script, a link, a launch, a hidden layer and private data."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(300, 400))
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    field = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="name", V=value,
            Rect=[10, 10, 90, 30], A=script, AA=pikepdf.Dictionary(K=script),
        )
    )  # fmt: skip
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[10, 50, 90, 70],
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org/", Next=script),
    )  # fmt: skip
    launch = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[10, 90, 90, 110],
        A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe"),
    )  # fmt: skip
    page.Annots = pikepdf.Array([field, pdf.make_indirect(link), pdf.make_indirect(launch)])
    page.AA = pikepdf.Dictionary(O=script)
    page.StructParents = 3
    page.PieceInfo = pikepdf.Dictionary(Editor=pikepdf.Dictionary(Private="/home/ana"))
    pdf.Root.OpenAction = script
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]), DA="/Helv 10 Tf")
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Drafting notes"))
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer]))
    pdf.docinfo["/Author"] = "Ana Ruiz"
    return saved(pdf)


def test_pages_stand_behind_the_letter_in_order_with_their_own_numbers(worker):
    two = pikepdf.new()
    for wide in (200, 210):
        two.add_blank_page(page_size=(wide, 300))
    pdf = bind(worker, saved(two), picture("PNG"), picture("TIFF", frames=3))
    assert bind(worker, saved(two), picture("PNG"), picture("TIFF", frames=3)) == pdf
    with pikepdf.open(io.BytesIO(pdf)) as whole, pikepdf.open(io.BytesIO(LETTER)) as letter:
        own = len(letter.pages)
        assert len(whole.pages) == own + 2 + 1 + 3
        assert [int(page.MediaBox[2]) for page in whole.pages][own : own + 2] == [200, 210]
        labels = [page.label for page in whole.pages]
        assert labels[:own] == [str(n + 1) for n in range(own)]
        assert labels[own : own + 4] == [
            "Enclosure 1, page 1", "Enclosure 1, page 2", "Enclosure 2, page 1", "Enclosure 3, page 1",
        ]  # fmt: skip
        with whole.open_outline() as outline:
            titles = [one.title for one in outline.root]
        assert titles[-3:] == ["Enclosure 1: file 1", "Enclosure 2: file 2", "Enclosure 3: file 3"]
        assert dict(whole.docinfo) == dict(letter.docinfo)
        assert whole.Root.StructTreeRoot.ParentTree.Nums[0] == 0  # the letter is tagged as before
        assert [page.get("/StructParents") for page in whole.pages][:own] == list(range(own))


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
def test_qpdf_finds_nothing_wrong(worker, tmp_path):
    path = tmp_path / "whole.pdf"
    path.write_bytes(bind(worker, form(), picture("JPEG"), LETTER, dividers=[divider(f"Enclosure {n}") for n in "123"]))
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_form_fields_links_and_hidden_layers_stay_and_what_could_run_does_not(worker):
    pdf = bind(worker, form("Ana"), form("Bo"))
    with pikepdf.open(io.BytesIO(pdf)) as whole:
        fields = {str(field.T): str(field.V) for field in whole.Root.AcroForm.Fields}
        assert fields == {"enclosure1-name": "Ana", "enclosure2-name": "Bo"}  # the same form twice
        pages = [page for page in whole.pages if "/Annots" in page]
        assert len(pages) == 2
        for page, field in zip(pages, whole.Root.AcroForm.Fields, strict=True):
            shown, link, launch = page.Annots
            assert shown.objgen == field.objgen  # the field on the page is the form's
            assert "/A" not in shown and "/AA" not in shown and "/A" not in launch
            assert str(link.A.URI) == "https://example.org/" and "/Next" not in link.A
            assert "/AA" not in page and "/StructParents" not in page and "/PieceInfo" not in page
        assert "/OpenAction" not in whole.Root
        assert len(whole.Root.OCProperties.OCGs) == len(whole.Root.OCProperties.D.OFF) == 2
    for told in (b"JavaScript", b"calc.exe", b"/home/ana", b"Ana Ruiz"):
        with pikepdf.open(io.BytesIO(pdf)) as whole:
            assert told not in saved(whole, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)


def test_a_divider_stands_before_each(worker):
    pdf = bind(worker, picture("PNG"), dividers=[divider("Enclosure 1: file 1")])
    with pikepdf.open(io.BytesIO(pdf)) as whole:
        assert [page.label for page in whole.pages][-2:] == ["Enclosure 1: file 1", "Enclosure 1, page 1"]


@pytest.mark.parametrize("user", ["secret", ""])
def test_an_encrypted_enclosure_is_refused_by_its_number(worker, user):
    pdf = pikepdf.new()
    pdf.add_blank_page()
    locked = saved(pdf, encryption=pikepdf.Encryption(owner="owner", user=user))
    with pytest.raises(Unreadable, match="Enclosure 2 is locked"):
        bind(worker, picture("PNG"), locked)


@pytest.mark.parametrize("data", [b"%PDF-1.7\nnothing of a PDF", picture("PNG")[:300], saved(pikepdf.new())])
def test_a_damaged_enclosure_is_refused_and_the_worker_goes_on(worker, data):
    with pytest.raises(Unreadable, match="Enclosure 1 is damaged"):
        bind(worker, data)
    assert bind(worker, picture("PNG")).startswith(b"%PDF-")


def test_a_file_without_pages_is_refused(worker):
    with pytest.raises(Unreadable, match="neither a PDF nor a picture"):
        bind(worker, b"Just some words.")


def test_a_picture_is_within_the_paper_and_turned_as_it_lies(worker):
    with pikepdf.open(io.BytesIO(bind(worker, picture("PNG", (3000, 400)), picture("PNG", (400, 3000))))) as whole:
        broad, high = whole.pages[-2], whole.pages[-1]
        assert [int(side) for side in broad.MediaBox] == [0, 0, 792, 612]
        assert [int(side) for side in high.MediaBox] == [0, 0, 612, 792]
        for page in (broad, high):
            matrix = next(o for o, op in pikepdf.parse_content_stream(page) if str(op) == "cm")
            across, up, left, bottom = (float(matrix[at]) for at in (0, 3, 4, 5))
            assert left >= 35 and bottom >= 35
            assert left + across <= float(page.MediaBox[2]) - 35 and bottom + up <= float(page.MediaBox[3]) - 35


def test_real_files_of_others_keep_every_page_and_word(worker):
    """Pages as they were: as many, the same text, and their form fields."""
    import pypdfium2

    for path in sorted(shared("pdf").glob("*.pdf")):
        data = path.read_bytes()
        if path.name.startswith("encrypted"):
            with pytest.raises(Unreadable, match="locked"):
                bind(worker, data)
            continue
        pdf = bind(worker, data)
        with pikepdf.open(io.BytesIO(pdf)) as whole:
            assert [problem for problem in whole.check_pdf_syntax() if "error" in str(problem)] == [], path.name
        before, after = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument(pdf)
        try:
            own = len(after) - len(before)
            for number in range(len(before)):
                places = (before, number), (after, own + number)
                texts = [one[at].get_textpage().get_text_range() for one, at in places]
                assert texts[0] == texts[1], (path.name, number)
        finally:
            before.close()
            after.close()
