"""Letters as PDF: warm and a whole campaign beside a bare canvas, one cold process beside LibreOffice, the preview."""

import io
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from bench.big_desk import build
from bench.letter_text import KIND, context
from bench.measure import ROOT, expect, interleaved, middle, percentile, spread, timed
from bench.moment import now_ms
from bench.setting import Setting
from bench.table import Goal, Row

if TYPE_CHECKING:
    from foiadesk.letters import ComposedLetter

FONT = "Bench"
SIZE, LEADING, LEFT, WIDTH, TOP, BOTTOM = 11.0, 13.0, 72.0, 468.0, 738.0, 54.0
TYPED = "Each of these records bears on a decision that is still open, and the public has seen none of it."
SCALE = 1.25  # picture pixels a PDF point: a page of 765 pixels' width beside the form


def run(setting: Setting) -> list[Row]:
    """Measure all four."""
    return [_warm(setting), _campaign(setting), _cold(setting), _preview(setting)]


# -- warm -----------------------------------------------------------------------------------------------------------


def _warm(setting: Setting) -> Row:
    from foiadesk import letters
    from foiadesk.intake.pages import page_count

    numbers = count(1)
    words: list[int] = []

    def fresh() -> "tuple[ComposedLetter, str]":
        said = context(next(numbers), setting.today)
        letter = letters.compose(KIND, said, letters.defaults(KIND, said))
        return letter, letters.plain_text(letter)

    def ours() -> float:
        lot = [fresh() for _ in range(setting.letters)]
        made: list[bytes] = []
        took = timed(lambda: made.extend(letters.typeset(letter) for letter, _ in lot))
        for pdf, (_, text) in zip(made, lot, strict=True):
            expect(page_count(pdf) == 2 and b"/StructTreeRoot" in pdf, "a letter is not two tagged pages")
            words.append(len(text.split()))
        return 1000 * len(lot) / took

    def floor() -> float:
        lot = [broken(fresh()[1]) for _ in range(setting.letters)]
        made: list[bytes] = []
        took = timed(lambda: made.extend(map(on_canvas, lot)))
        expect(all(page_count(pdf) == 2 for pdf in made), "the floor's letter is not two pages")
        return 1000 * len(lot) / took

    fast, bare = interleaved(setting.rounds, ours, floor)
    said = [context(next(numbers), setting.today) for _ in range(setting.letters)]
    composing = timed(lambda: [letters.compose(KIND, one, letters.defaults(KIND, one)) for one in said]) / len(said)
    again, _ = fresh()
    repeated = middle([timed(lambda: letters.typeset(again)) for _ in range(5)])
    return Row(
        name="letter_warm",
        what=f"letter -> PDF, warm, 2 pages, {middle(words):.0f} words, tagged",
        unit="/s",
        ours=middle(fast),
        floor=middle(bare),
        against="bare reportlab canvas, same words, lines given, untagged",
        goal=Goal("at least", 0.5),
        notes=(
            f"every letter has its own sentences; writing it takes {composing:.1f} ms more; the same letter set again "
            f"takes {repeated:.1f} ms",
        ),
        details={"ours": spread(fast), "floor": spread(bare), "compose_ms": composing, "again_ms": repeated},
    )


# -- campaign -------------------------------------------------------------------------------------------------------


def _campaign(setting: Setting) -> Row:
    """One question to many offices: every letter read from the desk, written and set, as "save all" does it."""
    from foiadesk.desk import Desk, RequestPlan
    from foiadesk.exchange.directory import directory
    from foiadesk.intake.pages import page_count
    from foiadesk.records import Requester, Signer

    said = context(1, setting.today).request
    codes = tuple(office.code for office in directory().all())[: setting.offices]
    with Desk.create(setting.room("campaign") / "desk", setting.passphrase, clock=lambda: setting.today) as desk:
        who = Requester("Larkspur Rights Project", ("1210 Harbor Street",), signers=(Signer("A. Okonkwo", "Director"),))
        asker = desk.people.add(who).primary
        plan = RequestPlan(said.title, said.items, codes, (asker,), "Campaign", background=said.background)
        made = sorted(desk.requests.create(plan).ids["request"])
        texts = [desk.letters.text(KIND, request) for request in made]

        def ours() -> float:
            pdfs: list[bytes] = []
            took = timed(lambda: pdfs.extend(desk.letters.render(KIND, request)[1] for request in made))
            expect(len(pdfs) == len(codes), "a letter of the campaign is missing")
            tagged = all(page_count(pdf) >= 1 and b"/StructTreeRoot" in pdf for pdf in pdfs[:5])
            expect(tagged, "a letter is not tagged")
            return 1000 * len(pdfs) / took

        def floor() -> float:
            lot = [broken(text) for text in texts]
            took = timed(lambda: [on_canvas(lines) for lines in lot])
            return 1000 * len(lot) / took

        fast, bare = interleaved(min(setting.rounds, 3), ours, floor)
    return Row(
        name="letter_campaign",
        what=f"a campaign of {len(codes)} offices: each letter read, written and set",
        unit="/s",
        ours=middle(fast),
        floor=middle(bare),
        against="bare reportlab canvas, the same words, lines given, untagged",
        goal=Goal("at least", 0.5),
        notes=(f"all {len(codes)} in {len(codes) / middle(fast):.1f} s, the encrypted desk's reading included",),
        details={"ours": spread(fast), "floor": spread(bare)},
    )


def broken(text: str) -> list[str]:
    """Break a letter's plain text into lines; no part of the floor's time."""
    from reportlab.lib.utils import simpleSplit
    from reportlab.pdfbase import pdfmetrics

    if FONT not in pdfmetrics.getRegisteredFontNames():
        from reportlab.pdfbase.ttfonts import TTFont

        spec = find_spec("font_source_serif_pro")
        assert spec is not None and spec.submodule_search_locations
        folder = Path(spec.submodule_search_locations[0]) / "files"
        pdfmetrics.registerFont(TTFont(FONT, str(folder / "SourceSerifPro-Regular.ttf")))
    return [line for part in text.split("\n") for line in simpleSplit(part, FONT, SIZE, WIDTH) or [""]]


def on_canvas(lines: Sequence[str]) -> bytes:
    """Draw lines with nothing but a canvas: one embedded face, no tags."""
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(612, 792), pageCompression=1, invariant=1)
    canvas.setFont(FONT, SIZE)
    height = TOP
    for line in lines:
        if height < BOTTOM:
            canvas.showPage()
            canvas.setFont(FONT, SIZE)
            height = TOP
        canvas.drawString(LEFT, height, line)
        height -= LEADING
    canvas.save()
    return target.getvalue()


# -- cold -----------------------------------------------------------------------------------------------------------


def _cold(setting: Setting) -> Row:
    from foiadesk.intake.pages import page_count

    room = setting.room("letter")
    build(room / "desk", 3, setting.today)
    env = setting.env(FOIADESK_PASSPHRASE=setting.passphrase)
    made = room / "letter.pdf"
    office = shutil.which("soffice") or shutil.which("libreoffice")

    def ours() -> float:
        made.unlink(missing_ok=True)
        words = ["--desk", str(room / "desk"), "letter", "render", KIND, "1", "-o", str(made)]
        took = timed(lambda: _process([sys.executable, "-m", "foiadesk", *words], env))
        expect(made.read_bytes().startswith(b"%PDF-"), "the command made no PDF")
        expect(page_count(made.read_bytes()) >= 1, "the command's PDF has no page")
        return took

    def floor() -> float:
        return _libreoffice(office or "", room, env)

    if office:
        (room / "letter.txt").write_text(_text(setting), "utf-8")
        cold, peer = interleaved(setting.rounds, ours, floor)
    else:
        cold, peer = [ours() for _ in range(setting.rounds + 1)][1:], []
    return Row(
        name="letter_cold",
        what="letter -> PDF, one cold process, desk unlocked in it",
        unit="ms",
        ours=middle(cold),
        floor=middle(peer) if peer else None,
        against="LibreOffice headless conversion" if peer else "LibreOffice: not installed",
        goal=Goal("at most", 0.25),
        details={"ours": spread(cold), **({"floor": spread(peer)} if peer else {})},
    )


def _text(setting: Setting) -> str:
    from foiadesk import letters

    said = context(0, setting.today)
    return letters.plain_text(letters.compose(KIND, said, letters.defaults(KIND, said)))


def _libreoffice(office: str, room: Path, env: dict[str, str]) -> float:
    target = room / "peer"
    shutil.rmtree(target, ignore_errors=True)
    profile = f"-env:UserInstallation={(room / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(target), str(room / "letter.txt")]
    took = timed(lambda: _process(command, env))
    expect((target / "letter.pdf").is_file(), "LibreOffice made no PDF")
    return took


def _process(command: Sequence[str], env: dict[str, str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False, cwd=ROOT)
    expect(done.returncode == 0, f"{command[0]} ended with {done.returncode}: {done.stderr[-500:]}")


# -- preview --------------------------------------------------------------------------------------------------------


def _preview(setting: Setting) -> Row:
    from foiadesk.desk import Desk

    folder = setting.room("preview") / "desk"
    build(folder, 3, setting.today)
    said = context(1, setting.today)
    with Desk.open(folder, setting.passphrase) as desk:
        request = int(desk.requests.ids()[0])
        values = desk.letters.defaults(KIND, request)
        field = "background"
        values[field] = said.request.background
        typed = [" " * (not at) + letter for word in TYPED.split() for at, letter in enumerate(word)]
        took: list[float] = []
        before = b""
        for number in range(setting.keys + 1):
            values[field] += typed[number % len(typed)]
            start = now_ms()
            pages = desk.letters.preview(KIND, request, values, scale=SCALE).pages
            took.append(now_ms() - start)
            now = b"".join(page.rgb for page in pages)
            expect(now != before, "a key typed did not change the page")
            before = now
        took = took[1:]
    return Row(
        name="preview",
        what="preview after the last key, 95 of 100",
        unit="ms",
        ours=percentile(took, 95),
        floor=None,
        against="-",
        goal=Goal("at most", 100, of="ours"),
        felt=True,
        notes=(f"half within {percentile(took, 50):.0f} ms; the first, cold, is not counted",),
        details={"ours": spread(took)},
    )
