"""Undo and redo: a hundred deep, honest about what it would lose."""

from dataclasses import replace

import pytest

from foiadesk.desk import Change, Desk
from foiadesk.desk.history import DEPTH, RUN_SECONDS, History
from foiadesk.records.errors import BadInput, Conflict

from .conftest import Ask, sent


def test_nothing_to_undo_is_said(desk: Desk) -> None:
    assert desk.history.next_undo() == desk.history.next_redo() == ""
    for act in (desk.history.undo, desk.history.redo):
        with pytest.raises(BadInput, match="nothing"):
            act()


def test_sentences_say_what_would_be_undone(desk: Desk, ask: Ask) -> None:
    ask()
    assert desk.history.next_undo() == "Made a request: Face recognition · ICE"
    change = desk.history.undo()
    assert change.sentence == "Undone: Made a request: Face recognition · ICE" and change.touches("request")
    assert desk.history.next_redo() == "Made a request: Face recognition · ICE"
    assert desk.history.redo().sentence.startswith("Done again: ")


def test_a_new_action_forgets_what_was_undone(desk: Desk, ask: Ask) -> None:
    ask("One")
    desk.history.undo()
    ask("Two")
    assert desk.history.next_redo() == ""


def test_only_the_last_hundred_are_kept(desk: Desk, ask: Ask) -> None:
    number = ask()
    for place in range(DEPTH + 5):
        desk.requests.change(replace(desk.requests.get(number), title=f"Title {place}"))
    for _ in range(DEPTH):
        desk.history.undo()
    assert desk.history.next_undo() == "" and desk.requests.get(number).title == "Title 4"
    for _ in range(DEPTH):
        desk.history.redo()
    assert desk.requests.get(number).title == f"Title {DEPTH + 4}"


def test_undoing_the_making_of_a_request_with_a_log_hides_it(desk: Desk, ask: Ask) -> None:
    number = ask(campaign_title="Faces")
    before = desk.requests.get(number)
    sent(desk, number, desk.clock())
    for _ in range(3):
        desk.history.undo()
    assert list(desk.requests.ids()) == [] and desk.requests.campaigns() == () and desk.deadlines.due() == ()
    with pytest.raises(BadInput):
        desk.requests.get(number)
    for _ in range(3):
        desk.history.redo()
    assert desk.requests.get(number) == before and len(desk.requests.events(number)) == 2


def test_an_undo_that_would_lose_a_later_change_is_refused_and_dropped(desk: Desk, ask: Ask) -> None:
    number = ask()
    desk.requests.change(replace(desk.requests.get(number), title="Mine"))

    def elsewhere(db: object) -> None:  # a change outside this list, as a second half or a later program would make
        db.execute("UPDATE requests SET notes = 'theirs', version = 9999")  # type: ignore[attr-defined]

    desk.store.write(elsewhere)
    with pytest.raises(Conflict, match="later"):
        desk.history.undo()
    assert desk.requests.get(number).notes == "theirs" and desk.requests.get(number).title == "Mine"
    assert desk.history.next_undo() == "Made a request: Face recognition · ICE"


def test_changes_of_one_run_are_one_undo(desk: Desk, ask: Ask) -> None:
    number = ask()
    before = desk.requests.get(number).notes
    for text in ("a", "ab", "abc"):
        desk.requests.change(replace(desk.requests.get(number), notes=text), run=f"notes:{number}")
    desk.requests.change(replace(desk.requests.get(number), notes="abcd"))
    desk.history.undo()
    assert desk.requests.get(number).notes == "abc"
    desk.history.undo()
    assert desk.requests.get(number).notes == before
    desk.history.redo()
    assert desk.requests.get(number).notes == "abc"


def test_an_editing_run_is_one_undo_until_a_pause(desk: Desk, ask: Ask) -> None:
    now = [0.0]
    desk.__dict__["history"] = History(desk, now=lambda: now[0])
    letter = desk.letters.start("policy_request", ask()).primary
    for text in ("a", "ab", "abc"):
        desk.letters.save(letter, {"background": text})
        now[0] += 1
    now[0] += RUN_SECONDS
    desk.letters.save(letter, {"background": "abcd"})
    desk.history.undo()
    assert desk.letters.get(letter).values["background"] == "abc"
    desk.history.undo()
    assert desk.letters.get(letter).values["background"] == ""
    desk.history.redo()
    desk.history.redo()
    assert desk.letters.get(letter).values["background"] == "abcd"


def test_another_action_ends_an_editing_run(desk: Desk, ask: Ask) -> None:
    number = ask()
    letter = desk.letters.start("policy_request", number).primary
    desk.letters.save(letter, {"background": "a"})
    desk.requests.add_event(number, {"kind": "note", "date": "2026-01-05"})
    desk.letters.save(letter, {"background": "ab"})
    desk.history.undo()
    assert desk.letters.get(letter).values["background"] == "a" and len(desk.requests.events(number)) == 1


def test_saving_what_is_already_there_is_no_action(desk: Desk, ask: Ask) -> None:
    letter = desk.letters.start("policy_request", ask()).primary
    heard: list[Change] = []
    desk.listen(heard.append)
    change = desk.letters.save(letter, dict(desk.letters.get(letter).values))
    assert not change.undoable and heard == [] and desk.history.next_undo().startswith("Started")


def test_listeners_hear_every_change_until_they_stop(desk: Desk, ask: Ask) -> None:
    heard: list[str] = []
    stop = desk.listen(lambda change: heard.append(change.sentence))
    ask()
    desk.history.undo()
    stop()
    stop()
    desk.history.redo()
    assert heard == [
        "Made a request: Face recognition · ICE",
        "Undone: Made a request: Face recognition · ICE",
    ]


def test_history_ends_with_the_desk(desk: Desk, ask: Ask, maker: object) -> None:
    ask()
    desk.close()
    again = maker.open()  # type: ignore[attr-defined]
    assert again.history.next_undo() == ""
