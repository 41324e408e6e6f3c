"""Undo and redo: the last hundred actions of this desk, in memory only, gone when it is locked."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from foiadesk.desk.change import Change
from foiadesk.desk.journal import Journal, Step, joined
from foiadesk.frozen import dataclass
from foiadesk.records.errors import BadInput, Conflict
from foiadesk.records.speech import say

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.desk import Desk

DEPTH = 100
RUN_SECONDS = 60.0  # a pause this long ends an editing run


@dataclass(frozen=True, slots=True)
class Entry:
    """One action that can be turned round. run: actions of the same run right after one another are one entry."""

    change: Change
    steps: tuple[Step, ...]
    run: str = ""
    ended: float = 0.0


class History:
    """What can be taken back, and what can be done again."""

    def __init__(self, desk: Desk, now: Callable[[], float] = time.monotonic) -> None:
        self._desk = desk
        self._now = now
        self._done: deque[Entry] = deque(maxlen=DEPTH)
        self._undone: list[Entry] = []

    def remember(self, change: Change, steps: tuple[Step, ...], run: str = "") -> None:
        """Put an action on the list, after its commit. What had been undone before cannot be redone any more."""
        now = self._now()
        last = self._done[-1] if self._done else None
        if run and last is not None and last.run == run and not self._undone and now - last.ended < RUN_SECONDS:
            self._done[-1] = replace(last, steps=joined(last.steps, steps), ended=now)
            return
        self._undone.clear()
        self._done.append(Entry(change, steps, run, now))

    def amend(self, run: str, steps: tuple[Step, ...]) -> None:
        """Add the second half of an action to its entry, wherever that stands in the list by now."""
        for place in range(len(self._done) - 1, -1, -1):
            if self._done[place].run == run:
                self._done[place] = replace(self._done[place], steps=joined(self._done[place].steps, steps))
                return

    def has(self, run: str) -> bool:
        """Tell whether the action of this run can still be taken back."""
        with self._desk.acting:
            return any(entry.run == run for entry in self._done)

    def retell(self, run: str, sentence: str) -> None:
        """Say in other words what the action of this run did, now that all of it is done."""
        with self._desk.acting:
            for place, entry in enumerate(self._done):
                if entry.run == run:
                    self._done[place] = replace(entry, change=replace(entry.change, sentence=sentence))

    def undo(self) -> Change:
        """Take back the last action.

        Raises BadInput when there is none, Conflict when a later change would be lost (it is then off the list).
        """
        with self._desk.acting:
            if not self._done:
                raise BadInput("There is nothing to undo.")
            change = self._turn(self._done, self._undone, "Undone: {done}", "undone")
        self._desk.tell(change)
        return change

    def redo(self) -> Change:
        """Do the last undone action again. Raises as undo does."""
        with self._desk.acting:
            if not self._undone:
                raise BadInput("There is nothing to redo.")
            change = self._turn(self._undone, self._done, "Done again: {done}", "done again")
        self._desk.tell(change)
        return change

    def _turn(
        self, source: deque[Entry] | list[Entry], target: deque[Entry] | list[Entry], how: str, why: str
    ) -> Change:
        entry = source[-1]

        def work(db: Database) -> Journal:
            journal = Journal(db)
            journal.take_back(entry.steps, why)
            self._desk.settle(journal)
            return journal

        try:
            journal = self._desk.store.write(work)
        except Conflict:
            source.pop()
            raise
        source.pop()
        target.append(replace(entry, steps=tuple(journal.steps), run=""))
        ids = {kind: frozenset(found) for kind, found in journal.ids.items()}
        return Change(say(how, done=entry.change.sentence), ids, entry.change.primary, undoable=False)

    def forget(self) -> None:
        """Empty both lists: nothing done so far can be taken back or done again."""
        with self._desk.acting:
            self._done.clear()
            self._undone.clear()

    def next_undo(self) -> str:
        """Return the sentence of what undo would take back; "" when none."""
        with self._desk.acting:
            return self._done[-1].change.sentence if self._done else ""

    def next_redo(self) -> str:
        """Return the sentence of what redo would do; "" when none."""
        with self._desk.acting:
            return self._undone[-1].change.sentence if self._undone else ""
