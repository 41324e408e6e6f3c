"""Privileged files, merged requests, days of delivery, named views: each done, shown and undone."""

from datetime import timedelta
from pathlib import Path

import pytest

from foiadesk.desk import Desk, IncomingFile, RequestFilter, SavedView
from foiadesk.records import AttachmentRole, Channel, Direction, EventKind, Stage
from foiadesk.records.errors import BadInput, Conflict, NotFound

from .conftest import START, Ask, Today, sent
from .messages import acknowledgement


def _privileged(desk: Desk) -> set[str]:
    return {one.name for one in desk.filing.documents() if one.privileged}


def test_a_privileged_file_is_neither_saved_nor_enclosed_until_the_mark_is_off(
    desk: Desk, ask: Ask, tmp_path: Path
) -> None:
    number = ask()
    desk.filing.file(IncomingFile("memo.txt", b"to counsel"), number)
    (memo,) = desk.filing.documents(number)
    change = desk.filing.set_privileged(memo.id)
    assert change.touches("attachment", memo.id) and change.touches("request", number)
    assert desk.filing.document(memo.id).privileged
    with pytest.raises(Conflict, match="never leaves the desk"):
        desk.filing.save_copy(memo.id, tmp_path / "memo.txt")
    assert not (tmp_path / "memo.txt").exists()
    draft = desk.letters.start("policy_request", number).primary
    letter = desk.letters.get(draft)
    desk.letters.save(draft, {**letter.values, "+enclose": str(memo.id)})
    with pytest.raises(BadInput, match="never enclosed"):
        desk.letters.pdf(draft)
    assert desk.filing.read(memo.id) == b"to counsel"  # it is still read on the desk
    desk.filing.set_privileged(memo.id, False)
    desk.filing.save_copy(memo.id, tmp_path / "memo.txt")
    assert (tmp_path / "memo.txt").read_bytes() == b"to counsel"
    desk.history.undo()
    assert desk.filing.document(memo.id).privileged
    desk.history.redo()
    assert _privileged(desk) == set()


def test_the_same_bytes_are_privileged_wherever_they_lie(desk: Desk, ask: Ask) -> None:
    first, second = ask(), ask("Other")
    for number in (first, second):
        desk.filing.file(IncomingFile("memo.txt", b"to counsel"), number)
    change = desk.filing.set_privileged(desk.filing.documents(first)[0].id)
    assert desk.filing.documents(second)[0].privileged and change.touches("request", second)


def test_a_message_and_its_files_are_privileged_together(desk: Desk, ask: Ask) -> None:
    desk.filing.file(IncomingFile("reply.eml", acknowledgement()), ask())
    files = desk.filing.documents()
    whole = next(one for one in files if one.role is AttachmentRole.ORIGINAL)
    part = next(one for one in files if one.role is AttachmentRole.PART)
    desk.filing.set_privileged(part.id)
    assert _privileged(desk) == {whole.name, part.name}  # the message holds the file
    desk.filing.set_privileged(part.id, False)
    assert _privileged(desk) == {whole.name}
    desk.filing.set_privileged(whole.id)
    assert _privileged(desk) == {one.name for one in files}
    desk.filing.set_privileged(whole.id, False)
    assert _privileged(desk) == set()
    with pytest.raises(NotFound):
        desk.filing.set_privileged(99)


def test_merging_moves_everything_once_and_is_undone_at_once(desk: Desk, ask: Ask) -> None:
    one, two = ask("Face recognition"), ask("Face recognition again", notes="asked by phone")
    for number in (one, two):
        sent(desk, number, START)
    desk.filing.file(
        IncomingFile("ack.txt", b"we have it"), two, date=START,
        event={"kind": "acknowledged", "date": START.isoformat(), "tracking_number": "2026-ICFO-1"},
    )  # fmt: skip
    desk.letters.start("policy_request", two)
    before = desk.requests.events(one), desk.requests.events(two)
    found = desk.requests.merging(two, one)
    assert (found.events, found.doubles, found.correspondence, found.letters, found.items) == (1, 2, 1, 1, 0)
    change = desk.requests.merge(two, one)
    assert change.primary == one and "Merged Face recognition again" in change.sentence
    kinds = [event.kind for event in desk.requests.events(one)]
    assert sorted(kinds) == ["acknowledged", "request_received", "request_sent"]
    assert desk.requests.events(two) == ()
    assert [row.id for row in desk.requests.rows(desk.requests.ids())] == [one]
    assert desk.requests.rows([one])[0].tracking == ("2026-ICFO-1",)
    (letter,) = desk.filing.correspondence(one)
    acknowledged = next(event for event in desk.requests.events(one) if event.kind is EventKind.ACKNOWLEDGED)
    assert letter.events == (acknowledged.id,) and acknowledged.evidence == (f"correspondence:{letter.id}",)
    assert len(desk.letters.for_request(one)) == 1 and desk.requests.get(one).notes == "asked by phone"
    assert desk.safety.check() == []
    desk.history.undo()
    assert (desk.requests.events(one), desk.requests.events(two)) == before
    assert len(desk.requests.ids()) == 2 and desk.filing.correspondence(one) == ()
    assert desk.safety.check() == []
    desk.history.redo()
    assert desk.requests.events(two) == () and desk.safety.check() == []


def test_merging_says_what_is_odd_and_refuses_what_cannot_be_one(desk: Desk, ask: Ask) -> None:
    one, other = ask(), ask(office="DHS/CBP")
    sent(desk, one, START)
    sent(desk, other, START - timedelta(days=3))
    notes = desk.requests.merging(other, one).notes
    assert "different offices: CBP and ICE" in notes[0] and "different days" in notes[1]
    with pytest.raises(BadInput, match="itself"):
        desk.requests.merge(one, one)
    with pytest.raises(NotFound):
        desk.requests.merge(one, 99)
    desk.requests.trash(other)
    with pytest.raises(BadInput, match="trash"):
        desk.requests.merge(other, one)


def _mailed(desk: Desk, number: int) -> int:
    draft = desk.letters.start("policy_request", number).primary
    return desk.letters.mark_sent(draft, channel=Channel.MAIL, on=START, with_blanks=True).primary


def test_a_postmark_is_when_the_request_was_sent_and_handing_over_when_it_was_received(
    desk: Desk, ask: Ask, today: Today
) -> None:
    number = ask()
    letter = _mailed(desk, number)
    today.pass_days(5)
    later = START + timedelta(days=1)
    handed = START + timedelta(days=3)
    desk.filing.set_delivery(letter, postmark=later, by_hand=handed)
    noted = desk.filing.get(letter)
    assert (noted.postmark, noted.by_hand) == (later, handed)
    days = {event.kind: event.date for event in desk.requests.events(number)}
    assert days[EventKind.REQUEST_SENT] == later and days[EventKind.REQUEST_RECEIVED] == handed
    clock = next(one for one in desk.requests.answer(number).clocks if one.kind == "determination")
    assert clock.start == handed
    desk.filing.set_delivery(letter, postmark=later, by_hand=handed + timedelta(days=1))
    days = {event.kind: event.date for event in desk.requests.events(number)}
    assert days[EventKind.REQUEST_RECEIVED] == handed + timedelta(days=1)
    desk.filing.set_delivery(letter)
    days = {event.kind: event.date for event in desk.requests.events(number)}
    assert days[EventKind.REQUEST_SENT] == START and EventKind.REQUEST_RECEIVED not in days
    desk.history.undo(), desk.history.undo()
    assert desk.filing.get(letter).by_hand == handed
    assert desk.safety.check() == []


def test_days_of_delivery_are_checked(desk: Desk, ask: Ask) -> None:
    number = ask()
    letter = _mailed(desk, number)
    for days in ({"postmark": START + timedelta(days=1)}, {"by_hand": START - timedelta(days=1)}):
        with pytest.raises(BadInput, match=next(iter(days))):
            desk.filing.set_delivery(letter, **days)
    came = desk.filing.file(IncomingFile("in.txt", b"in"), number, direction=Direction.IN).primary
    with pytest.raises(BadInput, match="letter of ours"):
        desk.filing.set_delivery(came, postmark=START)
    with pytest.raises(NotFound):
        desk.filing.set_delivery(99)


def test_a_view_is_kept_by_name_replaced_renamed_removed_and_undone(desk: Desk) -> None:
    late = SavedView(
        "What is late", RequestFilter(text="ice", stages=(Stage.OVERDUE,), order="due"), "agency", ("due",)
    )
    desk.views.save(late)
    (kept,) = desk.views.all()
    assert (kept.name, kept.filter, kept.group, kept.show) == (late.name, late.filter, late.group, late.show)
    desk.views.save(SavedView("what IS late", RequestFilter()))
    assert [view.filter for view in desk.views.all()] == [RequestFilter()]
    desk.history.undo()
    assert desk.views.named("WHAT is late").filter == late.filter
    desk.views.rename(kept.id, "Late")
    desk.views.save(SavedView("Other"))
    with pytest.raises(BadInput, match="already"):
        desk.views.rename(kept.id, "other")
    desk.views.remove(kept.id)
    assert [view.name for view in desk.views.all()] == ["Other"]
    desk.history.undo()
    assert [view.name for view in desk.views.all()] == ["Late", "Other"]
    with pytest.raises(NotFound, match="Late, Other"):
        desk.views.named("What is late")


@pytest.mark.parametrize(
    ("view", "said"),
    [
        (SavedView("  "), "name"),
        (SavedView("x" * 101), "too long"),
        (SavedView("A", group="color"), "group"),
        (SavedView("A", RequestFilter(order="size")), "order"),
        (SavedView("A", show=("size",)), "show"),
    ],
)
def test_an_unusable_view_is_refused(desk: Desk, view: SavedView, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        desk.views.save(view)
    assert desk.views.all() == ()


def test_several_requests_go_to_the_trash_and_back_in_one_undo(desk: Desk, ask: Ask) -> None:
    numbers = [ask(f"Request {place}") for place in range(3)]
    assert desk.requests.trash(*numbers[:2]).sentence == "Moved 2 requests to the trash"
    assert list(desk.requests.ids()) == numbers[2:]
    desk.history.undo()
    assert len(desk.requests.ids()) == 3
    desk.history.redo()
    assert desk.requests.restore(*numbers[:2]).sentence == "Restored 2 requests from the trash"
    assert len(desk.requests.ids()) == 3
    with pytest.raises(NotFound):
        desk.requests.trash(numbers[0], 99)
    assert len(desk.requests.ids()) == 3
