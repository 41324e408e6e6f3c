"""Writing a letter: versions come back whole, another letter's words are taken over, one replacement is one undo."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foiadesk.desk import Desk
from foiadesk.letters import kind
from foiadesk.letters.comparing import GONE, NEW, compare, pieces
from foiadesk.letters.merging import PLACE, MergeFact, merged
from foiadesk.letters.replacing import find, replaced
from foiadesk.letters.template import FROM, TO, Filled
from foiadesk.records import Channel
from foiadesk.records.errors import BadInput, Conflict, NotFound

from .conftest import START, Ask, sent


def draft(desk: Desk, request: int, name: str = "policy_request", **values: str) -> int:
    letter = desk.letters.start(name, request).primary
    desk.letters.save(letter, values)
    return letter


def pause(desk: Desk, letter: int, minutes: int) -> None:
    """Let the last edit have been that long ago."""
    at = (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat(timespec="seconds")
    desk.store.write(lambda db: db.execute("UPDATE letters SET updated_at = ? WHERE id = ?", (at, letter)))


def background(desk: Desk, letter: int) -> str:
    return desk.letters.get(letter).values["background"]


def test_a_pause_keeps_what_was_written_before_it(desk: Desk, ask: Ask) -> None:
    letter = draft(desk, ask(), background="One.")
    desk.letters.save(letter, {"background": "One. Two."})
    assert desk.drafting.versions(letter) == ()
    pause(desk, letter, 6)
    desk.letters.save(letter, {"background": "Three."})
    desk.letters.save(letter, {"background": "Three. Four."})
    (version,) = desk.drafting.versions(letter)
    assert (version.why, version.values["background"]) == ("pause", "One. Two.")
    assert version.at < datetime.now(UTC) - timedelta(minutes=5)
    pause(desk, letter, 4)
    desk.letters.save(letter, {"background": "Five."})
    assert len(desk.drafting.versions(letter)) == 1


def test_what_leaves_is_kept_once(desk: Desk, ask: Ask) -> None:
    letter = draft(desk, ask(), background="As printed.")
    desk.drafting.note_exit(letter, "printed")
    desk.drafting.note_exit(letter, "saved")
    assert [one.why for one in desk.drafting.versions(letter)] == ["printed"]
    desk.letters.save(letter, {"background": "As saved."})
    desk.drafting.note_exit(letter, "saved")
    assert [one.why for one in desk.drafting.versions(letter)] == ["saved", "printed"]
    assert desk.history.next_undo().startswith("Edited")  # keeping such a version is no action to undo
    desk.letters.mark_sent(letter, channel=Channel.PORTAL, on=START)
    desk.drafting.note_exit(letter, "printed")
    assert len(desk.drafting.versions(letter)) == 2


def test_restoring_brings_everything_back_and_can_be_undone(desk: Desk, ask: Ask) -> None:
    letter = draft(desk, ask(), background="Old words.", formats="CSV")
    kept = desk.drafting.keep(letter, name="  For   Ana ")
    assert kept.sentence == "Kept this version of “Request for policy records” on Face recognition · ICE"
    assert desk.drafting.version(letter, kept.primary).name == "For Ana"
    desk.letters.save(letter, {"background": "New words.", "formats": ""})
    now = dict(desk.letters.get(letter).values)
    desk.drafting.restore(letter, kept.primary)
    assert background(desk, letter) == "Old words." and desk.letters.get(letter).values["formats"] == "CSV"
    assert [one.why for one in desk.drafting.versions(letter)] == ["restored", "kept"]
    assert dict(desk.drafting.versions(letter)[0].values) == now
    desk.history.undo()
    assert dict(desk.letters.get(letter).values) == now
    desk.history.redo()
    assert background(desk, letter) == "Old words."


def test_keeping_is_undone_like_any_action(desk: Desk, ask: Ask) -> None:
    letter = draft(desk, ask())
    desk.drafting.keep(letter)
    desk.history.undo()
    assert desk.drafting.versions(letter) == ()
    desk.history.redo()
    assert len(desk.drafting.versions(letter)) == 1


def test_refusals(desk: Desk, ask: Ask) -> None:
    number = ask()
    letter, other = draft(desk, number), draft(desk, number, "overdue_notice")
    version = desk.drafting.keep(other).primary
    for wrong in (lambda: desk.drafting.restore(letter, version), lambda: desk.drafting.versions(99)):
        with pytest.raises(NotFound):
            wrong()
    with pytest.raises(BadInput, match="too long"):
        desk.drafting.keep(letter, name="x" * 101)
    with pytest.raises(BadInput, match="no field"):
        desk.drafting.replace(letter, "zebra", "horse")
    with pytest.raises(BadInput, match="nothing to look for"):
        desk.drafting.replace(letter, "", "horse")
    mine = desk.drafting.keep(letter).primary
    desk.letters.mark_sent(letter, channel=Channel.PORTAL, on=START)
    for late in (lambda: desk.drafting.restore(letter, mine), lambda: desk.drafting.replace(letter, "a", "b")):
        with pytest.raises(Conflict):
            late()


def test_a_purged_request_takes_its_versions_along(desk: Desk, ask: Ask) -> None:
    number = ask()
    letter = draft(desk, number, background="Only here.")
    desk.drafting.keep(letter)
    desk.requests.trash(number)
    desk.trash.purge([("request", number)])
    with desk.read() as db:
        assert db.execute("SELECT count(*) FROM letter_versions").fetchone()[0] == 0


def test_versions_are_compared_field_by_field(desk: Desk, ask: Ask) -> None:
    letter = draft(desk, ask(), background="We ask for contracts.")
    version = desk.drafting.keep(letter).primary
    desk.letters.save(letter, {"background": "We ask for all contracts.", "channel": "mail", "fee_waiver": "yes"})
    changes = {one.name: one for one in desk.drafting.compare(letter, version)}
    assert set(changes) == {"background", "channel", "fee_waiver"}
    assert next(piece for piece in changes["background"].pieces if piece.how != "same").text.strip() == "all"
    assert changes["channel"].after == "By U.S. mail"
    assert (changes["fee_waiver"].before, changes["fee_waiver"].after) == ("no", "yes")
    assert desk.drafting.compare(letter, version, version) == ()


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_of_a_comparison_give_back_both_texts(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(piece.text for piece in found if piece.how != NEW) == before
    assert "".join(piece.text for piece in found if piece.how != GONE) == after


def test_long_texts_are_compared_by_lines() -> None:
    before = "\n".join(f"line {number} of many" for number in range(2000))
    found = pieces(before, before.replace("line 7 of", "line seven of"))
    assert [piece.text for piece in found if piece.how != "same"] == ["line 7 of many\n", "line seven of many\n"]


def test_a_letter_begins_with_the_words_of_an_earlier_one(desk: Desk, ask: Ask) -> None:
    first = ask()
    other = ask("Detention deaths", "DHS/CBP")
    source = draft(desk, first, background="Because.", title="Faces", date="2025-12-31", channel="hand")
    desk.letters.mark_sent(source, channel=Channel.HAND, on=START)
    made = desk.drafting.duplicate(source, other)
    assert made.sentence == "Started “Request for policy records” on Detention deaths · CBP from an earlier letter"
    values = desk.letters.get(made.primary).values
    assert (values["background"], values["title"]) == ("Because.", "Faces")
    assert values["date"] == START.isoformat() and values["channel"] == "portal"
    desk.history.undo()
    assert desk.letters.for_request(other) == ()


def test_another_kind_takes_what_the_two_share(desk: Desk, ask: Ask) -> None:
    first, other = ask(), ask("Detention deaths", "DHS/CBP")
    sent(desk, first, START)
    source = draft(desk, first, "overdue_notice", history="We called twice.", tracking="1", contact="a@b.example")
    made = desk.drafting.duplicate(source, other, kind="acknowledgement_missing")
    values = desk.letters.get(made.primary).values
    assert values["contact"] == "a@b.example" and values.get("tracking", "") == ""


def test_replacing_is_one_undo_across_fields(desk: Desk, ask: Ask) -> None:
    letter = draft(desk, ask(), background="Contracts and CONTRACTS.", items="All contracts.\n  More contracts.\nMaps.")
    found = {one.name: one.count for one in desk.drafting.find(letter, "contracts")}
    assert found["background"] == 2 and found["items"] == 2
    assert {one.name: one.count for one in desk.drafting.find(letter, "CONTRACTS", case=True)} == {"background": 1}
    before = dict(desk.letters.get(letter).values)
    change = desk.drafting.replace(letter, "contracts", r"deals \1", values={"formats": "contracts as PDF"})
    assert change.sentence.startswith("Replaced in 5 places of “Request for policy records”")
    values = desk.letters.get(letter).values
    assert values["background"] == r"deals \1 and deals \1." and values["formats"] == r"deals \1 as PDF"
    assert values["items"] == "All deals \\1.\n  More deals \\1.\nMaps."
    desk.history.undo()
    assert dict(desk.letters.get(letter).values) == before


def test_fields_nobody_sees_and_choices_are_left_alone() -> None:
    policy = kind("policy_request")
    values = {"fee_category": "", "category_basis": "news news", "channel": "mail", "title": "mail"}
    assert find(policy, values, "news") == ()
    assert replaced(policy, values, "mail", "post") == ({"title": "post"}, 1)
    assert [one.name for one in find(policy, {**values, "fee_category": "other"}, "news")] == ["category_basis"]
    assert find(policy, values, "") == () and compare(policy, values, dict(values)) == ()


def texts(desk: Desk, letter: int) -> str:
    found = desk.letters.get(letter)
    return desk.letters.text(found.kind, found.request, found.values)


def blanks(desk: Desk, letter: int) -> dict[str, str]:
    found = desk.letters.get(letter)
    return {one.name: one.label for one in desk.letters.compose(found.kind, found.request, found.values).blanks}


def test_facts_named_in_a_text_are_put_in_when_it_is_composed(desk: Desk, ask: Ask) -> None:
    number = ask()
    letter = draft(desk, number, background="To {office}, {due}.", items="All of {title}.\nMore {{due}} {Due}.")
    assert "[Day the determination is due]" in texts(desk, letter)
    assert blanks(desk, letter) == {"background:due": "Day the determination is due (Background)"}
    sent(desk, number, START)
    assert blanks(desk, letter) == {}
    office = desk.requests.get(number).office.name
    assert f"To {office}, February 3, 2026." in texts(desk, letter).replace("\u00a0", " ")
    assert "All of Face recognition." in texts(desk, letter)
    assert "More {{due}} {Due}." in texts(desk, letter)  # only the plain name in single braces is a fact
    assert desk.letters.get(letter).values["background"] == "To {office}, {due}."


def test_an_unknown_name_is_a_named_blank_wherever_it_stands(desk: Desk, ask: Ask) -> None:
    letter = draft(desk, ask(), title="On {case_name}", background="A {nobody}.\n\nB {nobody}.", enclosures="{map}")
    assert set(blanks(desk, letter)) == {"title:case_name", "background:nobody", "enclosures:map"}
    text = texts(desk, letter)
    assert "[case name]" in text and text.count("[nobody]") == 2 and "[map]" in text
    assert not any(0xFDD0 <= ord(char) <= 0xFDEF for char in text)
    composed, pdf = desk.letters.render("policy_request", 1, desk.letters.get(letter).values)
    assert pdf.startswith(b"%PDF") and not any(0xFDD0 <= ord(char) <= 0xFDEF for char in composed.title)


def test_what_is_put_in_is_never_markup_nor_another_name(desk: Desk, ask: Ask) -> None:
    number = ask(title="# {office} <b>&")
    letter = draft(desk, number, background="About {title}", title="Plain")
    assert "About # {office} <b>&" in texts(desk, letter) and blanks(desk, letter) == {}


@given(st.text("{}ab_ Z\n", max_size=80))
def test_any_text_is_merged_without_losing_its_words(text: str) -> None:
    made = merged(text, {"a": MergeFact("a", "A", "")}, "field", "Field")
    words = PLACE.split(text)
    assert re.split(f"{FROM}[^{TO}]*{TO}", made) == words[::2]
    assert len(made.blanks if isinstance(made, Filled) else ()) == len(words[1::2])


def test_snippets_are_kept_changed_and_removed_with_undo(desk: Desk) -> None:
    made = desk.snippets.add("  All emails between «person» and «person» about this.  ")
    assert made.sentence == "Kept the snippet “All emails between «person» and «person»”"
    desk.snippets.edit(made.primary, title="Emails", text="All emails.")
    assert (
        desk.snippets.named("EMAILS").text == "All emails." and desk.snippets.named(str(made.primary)).title == "Emails"
    )
    with pytest.raises(BadInput, match="already"):
        desk.snippets.add("Other.", title="emails")
    for title, text in (("", "x"), ("x", " ")):
        with pytest.raises(BadInput, match="needs"):
            desk.snippets.edit(made.primary, title=title, text=text)
    desk.snippets.remove(made.primary)
    assert desk.snippets.own() == ()
    with pytest.raises(NotFound):
        desk.snippets.named("Emails")
    desk.history.undo()
    assert [one.title for one in desk.snippets.own()] == ["Emails"]
    desk.history.undo()
    desk.history.undo()
    assert desk.snippets.own() == () and len(desk.snippets.shipped()) > 5
