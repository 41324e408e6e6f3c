"""Templates on a desk: changed, added, reset, handed on; every letter after that says what was changed."""

import pytest

from foiadesk.desk import Desk
from foiadesk.letters import plain_text
from foiadesk.letters.own import shipped_source
from foiadesk.letters.trouble import TemplateTrouble
from foiadesk.records import Channel
from foiadesk.records.errors import BadInput, Conflict, NotFound

from .conftest import START, Ask, Maker, Today, sent

MINE = "Dear FOIA Officer:\n\nOur own words on {{ about }}.\n\n@sign Sincerely,\n"


def line(desk: Desk, name: str = "overdue_notice"):  # type: ignore[no-untyped-def]
    return next((one for one in desk.templates.all() if one.name == name), None)


def test_a_changed_letter_says_so_everywhere_until_it_is_reset(desk: Desk, ask: Ask, today: Today) -> None:
    request = ask()
    before = desk.letters.text("overdue_notice", request)
    assert line(desk).state == "shipped" and desk.templates.source("overdue_notice").text.startswith("Dear FOIA")
    made = desk.templates.change("overdue_notice", text=MINE)
    assert made.sentence == "Changed the letter template “Overdue notice”" and made.touches("template")
    kind = desk.letters.kind("overdue_notice")
    assert (kind.changed_on, kind.added, kind.moved) == (START.isoformat(), False, False)
    assert (line(desk).state, line(desk).changed_on) == ("changed", START.isoformat())
    assert "Our own words on Face recognition." in desk.letters.text("overdue_notice", request)
    desk.templates.reset("overdue_notice")
    assert desk.letters.text("overdue_notice", request) == before and not desk.letters.kind("overdue_notice").changed_on
    desk.history.undo()
    assert "Our own words" in desk.letters.text("overdue_notice", request)
    desk.history.undo()
    assert desk.letters.text("overdue_notice", request) == before
    desk.history.redo()
    assert line(desk).state == "changed"
    with pytest.raises(BadInput, match="as it was"):
        desk.templates.change("overdue_notice", text=MINE)
    desk.templates.change("overdue_notice", text=shipped_source("overdue_notice")[1])
    assert line(desk).state == "shipped"
    with pytest.raises(BadInput, match="as shipped"):
        desk.templates.reset("overdue_notice")


def test_it_is_stored_in_the_desk_and_a_wrong_one_never(desk: Desk, ask: Ask, maker: Maker) -> None:
    request = ask()
    desk.templates.change("overdue_notice", text=MINE)
    with pytest.raises(TemplateTrouble, match="line 1"):
        desk.templates.change("overdue_notice", text="{{ nothing }}")
    form = shipped_source("overdue_notice")[0].replace('label = "Ask for an answer by"', "label = 3")
    with pytest.raises(TemplateTrouble, match="answer_by"):
        desk.templates.change("overdue_notice", form=form)
    desk.close()
    again = maker.open()
    assert "Our own words" in again.letters.text("overdue_notice", request)
    assert not any(b"Our own words" in path.read_bytes() for path in again.folder.rglob("*") if path.is_file())


def test_a_changed_form_is_what_a_draft_is_filled_by_and_what_is_filed(desk: Desk, ask: Ask) -> None:
    request = ask()
    sent(desk, request, START)
    form = shipped_source("overdue_notice")[0] + '\n[[fields]]\nname = "motto"\nlabel = "Motto"\nrequired = true\n'
    form = form.replace('kind = "completion_date_asked"', 'kind = "unanswered_letter"')
    desk.templates.change("overdue_notice", form=form, text=MINE.replace("words", "words, {{ motto }},"))
    draft = desk.letters.start("overdue_notice", request).primary
    assert [blank.name for blank in desk.letters.compose("overdue_notice", request).blanks] == ["tracking", "motto"]
    desk.letters.save(draft, {"motto": "fiat lux", "tracking": "2026-1"})
    desk.letters.mark_sent(draft, channel=Channel.EMAIL, on=START)
    assert "unanswered_letter" in [event.kind for event in desk.requests.events(request)]
    assert "fiat lux" in desk.filing.correspondence(request)[-1].body


def test_a_kind_is_added_from_another_and_can_be_written(desk: Desk, ask: Ask) -> None:
    request = ask()
    desk.templates.add("stern_notice", "overdue_notice", title="Stern notice")
    assert (line(desk, "stern_notice").state, desk.letters.kind("stern_notice").title) == ("added", "Stern notice")
    assert desk.letters.kind("stern_notice").template == "overdue_notice"
    assert desk.letters.text("stern_notice", request).splitlines()[-1]
    for name in ("stern_notice", "overdue_notice", "appeal_exemption_5", "Stern", "_shared", "../x", ""):
        with pytest.raises(BadInput):
            desk.templates.add(name, "overdue_notice")
    desk.letters.start("stern_notice", request)
    with pytest.raises(Conflict, match="without its form"):
        desk.templates.reset("stern_notice")
    desk.history.undo()
    desk.templates.reset("stern_notice")
    with pytest.raises(NotFound, match="overdue_notice"):
        desk.letters.kind("stern_notices")
    desk.history.undo()
    assert desk.letters.kind("stern_notice").added


def test_a_letter_of_one_exemption_has_no_template_of_its_own(desk: Desk) -> None:
    for act in (desk.templates.source, desk.templates.reset, desk.templates.export):
        with pytest.raises(BadInput, match="appeal_exemptions"):
            act("appeal_exemption_5")


def test_a_template_goes_from_desk_to_desk_and_replaces_nothing_unasked(desk: Desk, maker: Maker) -> None:
    desk.templates.change("overdue_notice", text=MINE)
    file = desk.templates.export("overdue_notice")
    other = maker.copy("Other")
    kind, taken = other.templates.look_into(file)
    assert (kind.title, taken) == ("Overdue notice", "Overdue notice")
    with pytest.raises(BadInput, match="already a letter"):
        other.templates.bring_in(file)
    assert line(other).state == "shipped"
    other.templates.bring_in(file, name="their_notice")
    assert other.templates.source("their_notice").text == MINE
    other.templates.bring_in(file, instead=True)
    assert line(other).state == "changed" and other.templates.source("overdue_notice").text == MINE
    with pytest.raises(BadInput, match="already a letter"):
        other.templates.bring_in(file, name="their_notice")
    hostile = file.replace(b"Our own words", b"{{ ''.__class__ }}")
    with pytest.raises(TemplateTrouble, match="line 3"):
        other.templates.bring_in(hostile, name="hostile")
    assert line(other, "hostile") is None
    with pytest.raises(BadInput, match="no letter template"):
        other.templates.bring_in(b"\x00")


def test_what_is_typed_is_kept_and_not_in_force(desk: Desk, ask: Ask, maker: Maker) -> None:
    request = ask()
    before = desk.letters.text("overdue_notice", request)
    desk.templates.keep_draft("overdue_notice", "half a for", "half a te")
    assert line(desk).draft and desk.letters.text("overdue_notice", request) == before
    desk.close()
    desk = maker.open()
    assert desk.templates.source("overdue_notice").draft == ("half a for", "half a te")
    desk.templates.change("overdue_notice", text=MINE)
    assert desk.templates.source("overdue_notice").draft is None
    desk.templates.keep_draft("overdue_notice", "f", "t")
    desk.templates.drop_draft("overdue_notice")
    assert not line(desk).draft


def test_after_an_upgrade_the_change_stays_and_says_that_the_shipped_letter_moved(
    desk: Desk, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = ask()
    desk.templates.change("overdue_notice", text=MINE)
    desk.store.write(lambda db: db.execute("UPDATE templates SET shipped = 'as it was', version = version + 1000"))
    assert line(desk).moved and desk.letters.kind("overdue_notice").moved
    assert "Our own words" in desk.letters.text("overdue_notice", request)
    desk.templates.change("overdue_notice", text=MINE)  # said again, it is of the letter shipped now
    assert not line(desk).moved


def test_a_form_of_a_later_program_leaves_the_shipped_letter_and_says_why(desk: Desk, ask: Ask) -> None:
    request = ask()
    desk.templates.add("stern_notice", "overdue_notice")
    desk.templates.change("overdue_notice", text=MINE)
    desk.store.write(lambda db: db.execute("UPDATE templates SET form = 'later = 1', version = version + 1000"))
    assert "later" in line(desk).wrong and "later" in line(desk, "stern_notice").wrong
    assert desk.letters.kind("overdue_notice").changed_on == ""
    assert "Our own words" not in desk.letters.text("overdue_notice", request)
    desk.templates.reset("overdue_notice")
    desk.templates.reset("stern_notice")
    assert not [one for one in desk.templates.all() if one.wrong or one.state != "shipped"]


def test_the_preview_is_of_an_example_or_of_a_request(desk: Desk, ask: Ask) -> None:
    request = ask("Their own subject")
    source = desk.templates.source("overdue_notice")
    for about in (None, request):
        shown = desk.templates.preview("overdue_notice", source.form, MINE, about, scale=0.3)
        assert shown.pages
    with pytest.raises(TemplateTrouble, match="line 2"):
        desk.templates.preview("overdue_notice", source.form, "Dear\n{{ no }}", None, scale=0.3)
    assert plain_text(desk.letters.compose("overdue_notice", request))


def test_a_desk_open_for_reading_keeps_no_draft(desk: Desk, maker: Maker) -> None:
    desk.close()
    reading = maker.open(write=False)
    reading.templates.keep_draft("overdue_notice", "f", "t")
    assert reading.templates.source("overdue_notice").draft is None
