"""Who asks, settings and layouts, safety, passphrases: the small rooms."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest

from foiadesk.desk import Desk, DeskSettings, passphrases
from foiadesk.desk.passphrases import estimate, generate
from foiadesk.records import Channel, Requester, Signer
from foiadesk.records.errors import BadInput, Conflict, NotFound, ReadOnly

from .conftest import PASSPHRASE, START, Ask, Maker


def picture(kind: str = "PNG") -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (40, 20), (10, 20, 200)).save(out, kind)
    return out.getvalue()


def test_requesters_are_added_changed_and_removed(desk: Desk) -> None:
    added = desk.people.add(
        Requester("  Open Ledger ", address=("1 A St", " "), signers=(Signer("Di ", " Chair"), Signer(" ")))
    )
    person = desk.people.get(added.primary)
    assert (person.name, person.address, person.signers) == ("Open Ledger", ("1 A St",), (Signer("Di", "Chair"),))
    assert [each.name for each in desk.people.all()] == [
        "Harbor Light Legal Aid",
        "Lantern Street Justice Project",
        "Open Ledger",
    ]
    desk.people.change(replace(person, signers=(Signer("Ed"), Signer("Di"))))
    assert [signer.name for signer in desk.people.get(person.id).signers] == ["Ed", "Di"]
    with pytest.raises(Conflict):
        desk.people.change(replace(person, name="Stale"))
    desk.history.undo()
    assert desk.people.get(person.id) == person
    desk.people.remove(person.id)
    with pytest.raises(NotFound):
        desk.people.get(person.id)
    desk.history.undo()
    assert desk.people.get(person.id) == person
    with pytest.raises(BadInput, match="name"):
        desk.people.add(Requester("  "))


def test_who_signs_a_request_is_not_removed(desk: Desk, ask: Ask) -> None:
    ask()
    with pytest.raises(Conflict, match="1 request "):
        desk.people.remove(1)
    assert len(desk.people.all()) == 2


def test_a_letterhead_picture_is_kept_and_taken_off(desk: Desk) -> None:
    for kind in ("PNG", "JPEG"):
        data = picture(kind)
        change = desk.people.set_logo(1, data, f"logo.{kind.lower()}")
        assert desk.people.get(1).logo == change.primary and desk.people.logo(change.primary) == data
    desk.history.undo()
    logo = desk.people.get(1).logo
    assert logo is not None and desk.people.logo(logo) == picture("PNG")
    desk.people.set_logo(1, b"", "")
    assert desk.people.get(1).logo is None
    with pytest.raises(BadInput, match="PNG"):
        desk.people.set_logo(1, b"<svg/>", "logo.svg")
    with pytest.raises(NotFound, match="66"):
        desk.people.set_logo(66, picture(), "logo.png")


def test_a_letterhead_stands_in_the_letter(desk: Desk, ask: Ask) -> None:
    number = ask()
    plain = desk.letters.render("policy_request", number)[1]
    desk.people.set_logo(1, picture(), "logo.png")
    assert desk.letters.render("policy_request", number)[1] != plain


def test_settings_are_kept_and_undone(desk: Desk, maker: Maker) -> None:
    assert desk.settings.get() == DeskSettings()
    wanted = DeskSettings(page="a4", idle_minutes=5, channel=Channel.MAIL, channels=(("DHS/ICE", Channel.PORTAL),))
    change = desk.settings.put(wanted)
    assert change.touches("setting") and desk.settings.get() == wanted
    desk.settings.put(replace(wanted, idle_minutes=0))
    desk.history.undo()
    assert desk.settings.get() == wanted
    desk.close()
    assert maker.open().settings.get() == wanted


@pytest.mark.parametrize("change", [{"page": "legal"}, {"scheme": "pink"}, {"idle_minutes": -1}, {"text_scale": 10}])
def test_unusable_settings_are_refused(desk: Desk, change: dict[str, object]) -> None:
    with pytest.raises(BadInput, match=next(iter(change))):
        desk.settings.put(replace(DeskSettings(), **change))  # type: ignore[arg-type]


def test_settings_of_a_later_program_are_left_alone(desk: Desk) -> None:
    desk.settings.put(DeskSettings(page="a4"))
    sql = "UPDATE settings SET value = json_set(value, '$.hologram', json('true'))"
    desk.store.write(lambda db: db.execute(sql))
    assert desk.settings.get() == DeskSettings(page="a4")


def test_layouts_are_texts_by_name(desk: Desk, maker: Maker) -> None:
    assert desk.settings.layout("requests") == ""
    desk.settings.put_layout("requests", "a")
    desk.settings.put_layout("requests", "b")
    assert desk.settings.layout("requests") == "b" and desk.history.next_undo() == ""
    desk.close()
    reader = maker.open(write=False)
    reader.settings.put_layout("requests", "c")
    assert reader.settings.layout("requests") == "b"
    with pytest.raises(ReadOnly):
        reader.settings.put(DeskSettings())


def test_the_recovery_sheet_names_the_folder_and_no_secret(desk: Desk) -> None:
    data = desk.safety.recovery_sheet()
    text = desk.worker.text(data)
    assert data == desk.safety.recovery_sheet() and "Passphrase" in text and "SQLCipher 4" in text
    assert desk.folder.name in text
    for word in PASSPHRASE.split():
        assert word not in text
    pages = {(page.width, page.height) for page in [desk.worker.page(data, 0, 1.0)]}
    assert pages == {(612, 792)} and desk.worker.inspect(data, "sheet.pdf").pages == 1


def test_a_folder_s_name_no_font_can_show_is_left_to_be_written() -> None:
    from foiadesk.desk.recovery_sheet import sheet

    assert sheet(Path("/home/\U0001f984\U000f0000/Desk"), START, "letter").startswith(b"%PDF-")


def test_a_sound_desk_checks_clean_and_a_damaged_one_does_not(desk: Desk, ask: Ask, tmp_path: Path) -> None:
    from foiadesk.desk import IncomingFile

    desk.filing.file(IncomingFile("a.txt", b"a" * 5000), ask())
    assert desk.safety.check() == []
    (key,) = desk.store.vault.keys()
    path = desk.folder / "attachments" / key[:2] / key
    whole = path.read_bytes()
    path.write_bytes(whole[:100])
    assert key in desk.safety.check()[0]
    path.unlink()
    assert "missing" in desk.safety.check()[0]
    path.write_bytes(whole)
    path.with_name(key[:2] + "0" * 30).write_bytes(whole)
    assert "belong to no row" in desk.safety.check()[0]


def test_generated_passphrases_are_words_and_strong() -> None:
    found = {generate() for _ in range(20)}
    assert len(found) == 20
    for text in found:
        assert re.fullmatch(r"([a-z]+ ){6}[a-z]+", text) and estimate(text).score == 4
    assert len(generate(4).split()) == 4 and len(passphrases._words()) > 7_700
    with pytest.raises(BadInput, match="words"):
        generate(3)


def test_weak_passphrases_are_said_to_be_weak() -> None:
    assert estimate("password1").score == 0 and "guess" in estimate("password1").sentence
    assert estimate("").score == 0 and "needs" in estimate("  ").sentence
    assert estimate("x" * 5_000).score <= 4
