"""What goes wrong is said in Spanish: whole, with nothing of ours left in English."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from foiadesk.desk import Desk, RequestPlan
from foiadesk.intake.refusals import REFUSALS
from foiadesk.intake.refused import Refused
from foiadesk.law.calendars import load_calendar
from foiadesk.law.packs import load_pack, read_pack
from foiadesk.letters.trouble import TemplateTrouble
from foiadesk.records import EventKind, event_from_json
from foiadesk.records.errors import BadInput, KnownError, NotFound
from foiadesk.records.speech import Said, say
from foiadesk_ui import i18n
from tests.ui import english
from tests.ui.test_spanish_law import untold

# Words no Spanish sentence has; names, paths and what was typed stand in quotes, and those are left out.
ENGLISH = re.compile(r"\b(the|of|is|was|are|by|not|to|for|with|this|that|has|from|your|it|there|which|and|or)\b", re.I)


@pytest.fixture(autouse=True)
def spanish(qapp: QApplication) -> Iterator[None]:
    i18n.use("es")
    yield
    i18n.use("en")


def said(error: KnownError) -> str:
    """Return an error as the window says it, after making sure that every part of it has words."""
    for part in (error.what, error.safe, error.todo):
        assert untold(part) == []
    return i18n.error_text(error)


def plain(text: str) -> str:
    return re.sub(r"“[^”]*”|'[^']*'|\"[^\"]*\"", "", text)


Deed = Callable[[Desk], object]
WRONG: dict[str, Deed] = {
    "no request": lambda desk: desk.requests.get(999),
    "no request that fits": lambda desk: desk.requests.find("contracts with Mars"),
    "nobody": lambda desk: desk.people.get(999),
    "no letter": lambda desk: desk.letters.get(999),
    "no kind of letter": lambda desk: desk.letters.start("love_letter", 1),
    "no file": lambda desk: desk.filing.document(999),
    "no correspondence": lambda desk: desk.filing.get(999),
    "no such place in the trash": lambda desk: desk.trash.put("planet", 1),
    "nothing in the trash": lambda desk: desk.trash.restore("request", 1),
    "no view": lambda desk: desk.views.named("mine"),
    "a view without a name": lambda desk: desk.views.rename(1, " "),
    "no office": lambda desk: desk.agencies.get("DHS/NOWHERE"),
    "no campaign": lambda desk: desk.campaigns.board(99),
    "no clock": lambda desk: desk.deadlines.worksheet(1, "patience"),
    "no calendar": lambda desk: desk.calendar.add_closure(date(2026, 2, 3), "mars"),
    "a closure on a Sunday": lambda desk: desk.calendar.add_closure(date(2026, 2, 1)),
    "a closure on a holiday": lambda desk: desk.calendar.add_closure(date(2026, 1, 19)),
    "a closure nobody entered": lambda desk: desk.calendar.find(date(2026, 2, 3)),
    "merging with itself": lambda desk: desk.requests.merging(1, 1),
    "a request without a title": lambda desk: desk.requests.create(
        RequestPlan(title="", items=(), offices=("DHS/ICE",), requesters=(1,))
    ),
    "an event of tomorrow": lambda desk: desk.requests.add_event(1, {"kind": "acknowledged", "date": "2029-01-01"}),
    "no event": lambda desk: desk.requests.retract_event("nothing"),
    "no such field": lambda desk: event_from_json({"kind": "acknowledged", "date": "2026-01-05", "mood": "good"}),
    "no date": lambda desk: event_from_json({"kind": "acknowledged", "date": "soon"}),
    "no outcome": lambda desk: event_from_json({"kind": "determination", "date": "2026-01-05"}),
    "no such outcome": lambda desk: event_from_json(
        {"kind": "determination", "date": "2026-01-05", "outcome": "applause"}
    ),
    "no law": lambda desk: load_pack("us-mars"),
    "no such year": lambda desk: load_calendar("us-al").holidays(2090),
}  # fmt: skip


@pytest.mark.parametrize("deed", WRONG)
def test_what_cannot_be_done_is_said_in_spanish(deed: str, story: Callable[[], Desk]) -> None:
    with pytest.raises(KnownError) as wrong:
        WRONG[deed](story())
    text = said(wrong.value)
    assert text != str(wrong.value)
    assert not ENGLISH.search(plain(text)), text


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_why_a_file_cannot_be_read_is_said_in_spanish(code: str) -> None:
    holes = {hole: 3 for sentence in REFUSALS[code] for hole in re.findall(r"\{(\w+)\}", sentence)}
    error = Refused(code, **holes)
    assert str(error).startswith(REFUSALS[code][0].format(**holes))
    assert not ENGLISH.search(plain(said(error)))


def test_a_templates_trouble_is_said_in_spanish() -> None:
    wrong = TemplateTrouble("mine", "text", say("there is no field “{name}”", name="mood"), line=3)
    assert "no existe el campo “mood”" in said(wrong)
    assert not ENGLISH.search(plain(said(wrong)))


def test_what_an_error_is_filled_with_is_said_too() -> None:
    why = NotFound("There is no request 7.")
    outer = BadInput(say("The message is filed, but could not be read yet: {what}", what=Refused("password").what))
    assert isinstance(why.what, Said)
    assert (
        said(outer)
        == "El mensaje está archivado, pero todavía no se pudo leer: Este PDF está protegido con contraseña."
    )


def test_a_laws_own_file_that_is_wrong_says_so_in_spanish(tmp_path: Path) -> None:
    path = tmp_path / "us-mars.toml"
    path.write_text('schema = 1\nkind = "law"\nid = "us-mars"\n', "utf-8")
    with pytest.raises(BadInput) as wrong:
        read_pack(path, tmp_path)
    assert said(wrong.value).startswith("us-mars.toml: ")
    assert not ENGLISH.search(plain(said(wrong.value)))


def test_english_left_in_a_window_is_found(qtbot: QtBot) -> None:
    heard = english.Heard()
    heard.listen()
    try:
        why = say("The answer is due by {day}.", day="3 Feb")
        label = QLabel(f"ICE · {why}")
        qtbot.addWidget(label)
        assert english.untranslated(label, heard) == [
            "'The answer is due by 3 Feb.' in 'ICE · The answer is due by 3 Feb.'"
        ]
        label.setText(i18n.said(why))
        assert english.untranslated(label, heard) == []
        label.setToolTip("The start is assumed, not known.")
        assert len(english.untranslated(label, heard)) == 1
        label.setToolTip("Contracts with Vendor One are assumed")  # what a person wrote is nobody's to translate
        assert english.untranslated(label, heard) == []
    finally:
        heard.stop()


def test_kinds_of_event_are_named_where_an_error_names_one() -> None:
    error = BadInput(say("{kind}: date is missing.", kind=EventKind.ACKNOWLEDGED))
    assert str(error) == "acknowledged: date is missing."
    assert said(error) == "Acuse de recibo: falta la fecha."
