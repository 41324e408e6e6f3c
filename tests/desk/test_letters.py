"""Letters: drafts keep themselves, what is sent is filed byte for byte, with its events, once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from foiadesk.desk import Desk, IncomingFile, RequestPlan
from foiadesk.records import (
    AttachmentRole,
    Channel,
    Direction,
    EventKind,
    ExpeditionChoices,
    ExpeditionGround,
    FeeChoices,
    LetterState,
    Stage,
)
from foiadesk.records.errors import BadInput, Conflict, NotFound

from .conftest import START, Ask, Maker, Today, sent


def full(desk: Desk) -> int:
    """A request with everything its letter needs, asking for a fee waiver and expedition."""
    from foiadesk.letters import waiver_factors

    reasons = {factor.key: "Because the public will learn how it works." for factor in waiver_factors()}
    plan = RequestPlan(
        title="Face recognition",
        items=("All contracts.", "All policies."),
        offices=("DHS/ICE",),
        requesters=(1, 2),
        records_from=date(2024, 1, 1),
        records_to=date(2025, 12, 31),
        fees=FeeChoices(waiver=True, limit=Decimal(25), reasons=reasons),
        expedition=ExpeditionChoices(True, ExpeditionGround.SAFETY, "People are at risk.", certified=True),
    )
    return desk.requests.create(plan).primary


def test_a_draft_starts_with_what_the_request_says(desk: Desk) -> None:
    number = full(desk)
    change = desk.letters.start("policy_request", number)
    assert change.sentence == "Started “Request for policy records” on Face recognition · ICE"
    draft = desk.letters.get(change.primary)
    assert draft.state is LetterState.DRAFT and dict(draft.values) == desk.letters.defaults("policy_request", number)
    assert "All contracts." in draft.values["items"] and draft.values["date"] == START.isoformat()
    assert desk.letters.for_request(number) == (draft,)


def test_saving_keeps_other_fields_and_refuses_unknown_ones(desk: Desk, ask: Ask) -> None:
    letter = desk.letters.start("policy_request", ask()).primary
    before = dict(desk.letters.get(letter).values)
    desk.letters.save(letter, {"background": "New."})
    assert dict(desk.letters.get(letter).values) == {**before, "background": "New."}
    with pytest.raises(BadInput, match="colour"):
        desk.letters.save(letter, {"colour": "red"})
    with pytest.raises(BadInput, match="background"):
        desk.letters.save(letter, {"background": 3})  # type: ignore[dict-item]
    with pytest.raises(NotFound, match="8888"):
        desk.letters.save(8888, {})


def test_a_sent_letter_is_filed_byte_for_byte_with_its_events(desk: Desk, today: Today) -> None:
    number = full(desk)
    letter = desk.letters.start("policy_request", number).primary
    shown = desk.letters.pdf(letter)
    proof = IncomingFile("portal receipt.txt", b"Received 2026-01-05")
    change = desk.letters.mark_sent(letter, channel=Channel.PORTAL, on=START, proof=proof)
    assert change.sentence == (
        "Marked “Request for policy records” on Face recognition · ICE as sent through the portal, 5 Jan"
    )
    filed = desk.filing.get(change.primary)
    assert (filed.direction, filed.date, filed.channel, filed.request) == (
        Direction.OUT,
        START,
        Channel.PORTAL,
        number,
    )
    letter_file, proof_file = filed.attachments
    assert letter_file.role is AttachmentRole.LETTER and letter_file.name.endswith(".pdf")
    assert desk.filing.read(letter_file.id) == shown == desk.letters.pdf(letter)
    assert desk.filing.read(proof_file.id) == proof.data and proof_file.origin == "proof of sending"
    assert "All contracts." in filed.body and filed.recipients == (desk.requests.get(number).office.name,)
    events = {event.kind.value: event for event in desk.requests.events(number)}
    assert set(events) == {"request_sent", "fee_waiver_requested", "expedition_requested"}
    assert events["request_sent"].get("channel") == "portal"
    assert events["request_sent"].get("proof") == "portal receipt.txt"
    assert events["expedition_requested"].get("certified") is True
    assert set(filed.events) == {event.id for event in events.values()}
    stored = desk.letters.get(letter)
    assert stored.state is LetterState.SENT and stored.correspondence == filed.id
    today.pass_days(100)
    desk.people.change(replace(desk.people.get(1), name="Renamed Project"))
    assert desk.letters.pdf(letter) == shown


def test_sending_is_one_undo(desk: Desk) -> None:
    number = full(desk)
    letter = desk.letters.start("policy_request", number).primary
    draft = desk.letters.get(letter)
    desk.letters.mark_sent(letter, channel=Channel.MAIL, on=START)
    sent_letter = desk.letters.get(letter)
    desk.history.undo()
    assert desk.letters.get(letter) == draft and desk.requests.events(number) == ()
    assert desk.filing.correspondence(number) == ()
    desk.history.redo()
    assert desk.letters.get(letter) == sent_letter and len(desk.requests.events(number)) == 3


def test_what_was_not_chosen_is_not_asserted(desk: Desk, ask: Ask) -> None:
    number = ask()
    letter = desk.letters.start("policy_request", number).primary
    desk.letters.mark_sent(letter, channel=Channel.EMAIL, on=START, with_blanks=True)
    assert [event.kind.value for event in desk.requests.events(number)] == ["request_sent"]


def test_blanks_need_a_second_word(desk: Desk, ask: Ask) -> None:
    number = ask()
    letter = desk.letters.start("policy_request", number).primary
    desk.letters.save(letter, {"items": ""})
    blank = desk.letters.compose("policy_request", number, desk.letters.get(letter).values).blanks
    assert blank
    with pytest.raises(BadInput, match=blank[0].label):
        desk.letters.mark_sent(letter, channel=Channel.PORTAL, on=START)
    assert desk.filing.correspondence(number) == () and list(desk.store.vault.keys()) == []
    desk.letters.mark_sent(letter, channel=Channel.PORTAL, on=START, with_blanks=True)
    assert desk.letters.get(letter).state is LetterState.SENT


def test_a_sent_letter_never_changes(desk: Desk, ask: Ask) -> None:
    letter = desk.letters.start("policy_request", ask()).primary
    desk.letters.mark_sent(letter, channel=Channel.PORTAL, on=START, with_blanks=True)
    for act in (
        lambda: desk.letters.save(letter, {"background": "x"}),
        lambda: desk.letters.discard(letter),
        lambda: desk.letters.mark_sent(letter, channel=Channel.PORTAL, on=START, with_blanks=True),
    ):
        with pytest.raises(Conflict, match="sent"):
            act()


def test_an_edit_in_the_middle_of_sending_is_not_lost(desk: Desk, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    letter = desk.letters.start("policy_request", ask()).primary
    keep = desk.contents.keep

    def edited_meanwhile(source: IncomingFile) -> object:
        desk.letters.save(letter, {"background": "One more word."})
        return keep(source)

    monkeypatch.setattr(desk.contents, "keep", edited_meanwhile)
    with pytest.raises(Conflict):
        desk.letters.mark_sent(letter, channel=Channel.PORTAL, on=START, with_blanks=True)
    assert desk.letters.get(letter).values["background"] == "One more word."


def test_a_letter_is_not_sent_tomorrow(desk: Desk, ask: Ask) -> None:
    letter = desk.letters.start("policy_request", ask()).primary
    with pytest.raises(BadInput, match="after today"):
        desk.letters.mark_sent(letter, channel=Channel.PORTAL, on=date(2026, 1, 6), with_blanks=True)


def test_drafts_are_discarded_and_brought_back(desk: Desk, ask: Ask) -> None:
    number = ask()
    letter = desk.letters.start("policy_request", number).primary
    draft = desk.letters.get(letter)
    assert desk.letters.discard(letter).sentence.startswith("Moved the draft")
    assert desk.letters.for_request(number) == ()
    desk.history.undo()
    assert desk.letters.get(letter) == draft


def test_the_overdue_notice_names_the_computed_days(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask()
    sent(desk, number, START)
    today.pass_days(90)
    clock = desk.requests.answer(number).ruling
    assert clock is not None
    text = desk.letters.text("overdue_notice", number)
    assert str(clock.days_late) in text or str(clock.working_days_late) in text
    letter = desk.letters.start("overdue_notice", number).primary
    desk.letters.mark_sent(letter, channel=Channel.EMAIL, on=today.day, with_blanks=True)
    assert desk.requests.events(number)[-1].kind.value == "completion_date_asked"


def test_the_preview_draws_what_will_print(desk: Desk) -> None:
    number = full(desk)
    values = desk.letters.defaults("policy_request", number)
    preview = desk.letters.preview("policy_request", number, values, scale=0.5)
    composed, pdf = desk.letters.render("policy_request", number, values)
    assert preview.blanks == composed.blanks and preview.warnings == composed.warnings
    assert pdf.startswith(b"%PDF-") and len(preview.pages) >= 1
    assert {(page.width, page.height) for page in preview.pages} == {(306, 396)}
    settings = desk.settings.get()
    desk.settings.put(replace(settings, page="a4"))
    a4 = desk.letters.preview("policy_request", number, values, scale=0.5).pages[0]
    assert (a4.width, a4.height) != (306, 396)
    assert desk.letters.render("policy_request", number, values, page="letter")[1] == pdf
    with pytest.raises(BadInput, match="legal"):
        desk.letters.render("policy_request", number, values, page="legal")


def test_unknown_kinds_and_requests_are_named(desk: Desk, ask: Ask) -> None:
    with pytest.raises(NotFound, match="overdu"):
        desk.letters.start("overdu", ask())
    with pytest.raises(NotFound, match="7777"):
        desk.letters.start("policy_request", 7777)
    with pytest.raises(NotFound, match="7777"):
        desk.letters.get(7777)


def test_a_letter_survives_closing(maker: Maker, desk: Desk) -> None:
    letter = desk.letters.start("policy_request", full(desk)).primary
    desk.letters.mark_sent(letter, channel=Channel.PORTAL, on=START)
    bytes_sent = desk.letters.pdf(letter)
    desk.close()
    assert maker.open().letters.pdf(letter) == bytes_sent


def test_an_appeal_marked_as_sent_is_an_appeal_from_that_day(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask()
    sent(desk, number, START)
    items = [{"item": 1, "outcome": "full_denial", "exemptions": ["(b)(5)"]}]
    data = {"kind": "determination", "date": today.day.isoformat(), "outcome": "full_denial", "items": items}
    desk.requests.add_event(number, data)
    assert desk.letters.for_step("appeal", number) == "appeal_exemptions"
    letter = desk.letters.start("appeal_exemptions", number).primary
    facts = {"b5_facts": "The policy is in force.", "to_address": "By portal", "tracking": "T-1", "channel": "portal"}
    desk.letters.save(letter, facts)
    change = desk.letters.mark_sent(letter, channel=Channel.PORTAL, on=today.day)
    appeal = next(event for event in desk.requests.events(number) if event.kind is EventKind.APPEAL_SENT)
    assert (appeal.date, appeal.get("channel"), appeal.get("about")) == (today.day, "portal", "request")
    assert desk.requests.answer(number).stage is Stage.ON_APPEAL
    assert "exemption" in desk.filing.correspondence(number)[-1].subject.lower()
    assert change.alerts == ()


def test_an_answer_by_mail_waits_for_its_receipt(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask()
    sent(desk, number, START)
    data = {"kind": "clarification_asked", "date": today.day.isoformat(), "about": "information"}
    desk.requests.add_event(number, data)
    assert desk.requests.answer(number).stage is Stage.PAUSED
    first = desk.letters.start("answer_clarification", number).primary
    change = desk.letters.mark_sent(first, channel=Channel.MAIL, on=today.day, with_blanks=True)
    assert any("counts from its receipt" in alert for alert in change.alerts)
    assert desk.requests.answer(number).stage is Stage.PAUSED
    second = desk.letters.start("answer_clarification", number).primary
    desk.letters.mark_sent(second, channel=Channel.PORTAL, on=today.day, with_blanks=True)
    assert desk.requests.answer(number).stage is Stage.IN_PROCESS


def test_an_agreement_is_entered_on_the_day_of_the_call(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask()
    sent(desk, number, START)
    today.pass_days(5)
    letter = desk.letters.start("telephone_record", number).primary
    values = {"call_on": "2026-01-07", "agreed_time": "yes", "agreed_until": "2026-04-30"}
    desk.letters.save(letter, values)
    desk.letters.mark_sent(letter, channel=Channel.EMAIL, on=today.day, with_blanks=True)
    agreed = next(event for event in desk.requests.events(number) if event.kind is EventKind.TIME_FRAME_AGREED)
    assert (agreed.date, agreed.get("until")) == (date(2026, 1, 7), date(2026, 4, 30))
