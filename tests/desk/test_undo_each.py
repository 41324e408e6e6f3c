"""Each act there is, taken back and done again: the desk's rows are as before it, then as after it, to the letter."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import foiadesk.desk
from foiadesk.desk import Desk
from tests.desk.acts import ACTS, AFTER, Act, World, made
from tests.desk.rows import differing, state

# What cannot be taken back, by the function that does it, and why.
NOT_TAKEN_BACK = {
    "drafting.note_exit": "a version kept beside the letter when it leaves the program; nothing of the letter changes",
    "recovery.recover_orphans": "what an interruption left is shown, at the opening; nobody did it",
}
# What writes past the list of acts, by its module, and why nothing is taken back there.
PAST_THE_LIST = {
    "backups": "remembers the last backup that was seen in a place",
    "contents": "a mark while bytes are stored, cleared after it",
    "deadlines": "due dates counted anew from the events",
    "desk": "where acts themselves are written",
    "freshness": "due dates counted again when a day begins: they rest on events, which an undo moves",
    "history": "the undo and the redo themselves",
    "indexing": "the search index follows the rows",
    "parsing": "counts the attempts to read a message",
    "purge": "what is purged is gone: asked before, and the list of acts is emptied",
    "recovery": "the mark that an interruption left",
    "renewal": "keys, not contents: the old key is to be forgotten",
    "settings": "where windows stood",
    "templates": "what is typed and not in force",
}
# The second half of an act, whose undo takes both back.
SECOND_HALVES = {"parsing.parse": "filing.file"}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One desk for all: each test leaves it as it was, and says so."""
    found = made(tmp_path_factory.mktemp("undo"))
    yield found
    found.desk.close()


def taken_back_and_done_again(world: World, act: Act) -> set[str]:
    """Do it, take it back, do it again, take it back again; returns which functions of the desk acted."""
    desk, acted = world.desk, set()
    plain = Desk.act

    def heard(self: Desk, *given: Any, **named: Any) -> Any:
        code = sys._getframe(1).f_code
        acted.add(f"{Path(code.co_filename).stem}.{code.co_name}")
        return plain(self, *given, **named)

    before = state(desk)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Desk, "act", heard)
        act(world)
    after = state(desk)
    assert differing(before, after), "it did nothing"
    told = desk.history.next_undo()
    desk.history.undo()
    assert differing(before, state(desk)) == {}
    assert desk.history.next_redo() == told
    desk.history.redo()
    assert differing(after, state(desk)) == {}
    desk.history.undo()
    assert differing(before, state(desk)) == {}
    assert not desk.safety.wrong_answers()
    return acted


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_taken_back_and_done_again(world: World, name: str) -> None:
    assert name.partition(":")[0] in taken_back_and_done_again(world, ACTS[name])


@pytest.mark.parametrize("name", AFTER)
def test_an_act_on_another_is_taken_back_and_done_again(world: World, name: str) -> None:
    first, second = AFTER[name]
    before = state(world.desk)
    first(world)
    assert name.partition(":")[0] in taken_back_and_done_again(world, second)
    world.desk.history.undo()
    assert differing(before, state(world.desk)) == {}


def test_what_the_desk_kept_of_a_draft_comes_back_with_it(world: World) -> None:
    desk = world.desk
    draft = desk.letters.start("fee_waiver", world.office).primary
    desk.drafting.note_exit(draft, "printed")
    kept = desk.drafting.versions(draft)
    assert [one.why for one in kept] == ["printed"]
    desk.history.undo()
    desk.history.redo()
    assert desk.drafting.versions(draft) == kept
    desk.history.undo()


def test_every_function_that_acts_is_here() -> None:
    acting = set()
    for path in Path(foiadesk.desk.__file__).parent.glob("*.py"):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef) and function.name != "act":
                calls = (one.func for one in ast.walk(function) if isinstance(one, ast.Call))
                if any(isinstance(one, ast.Attribute) and one.attr == "act" for one in calls):
                    acting.add(f"{path.stem}.{function.name}")
    known = {name.partition(":")[0] for name in (*ACTS, *AFTER)}
    assert acting == known | set(NOT_TAKEN_BACK) | set(SECOND_HALVES)


def test_whatever_writes_past_the_list_is_here() -> None:
    every = Path(foiadesk.desk.__file__).parent.glob("*.py")
    assert {one.stem for one in every if "store.write" in one.read_text(encoding="utf-8")} == set(PAST_THE_LIST)
