"""Whatever a person does, in whatever order: undo leads back to what was, redo forward, and answers stay derivable."""

import shutil
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from foiadesk.desk import Change, Desk, IncomingFile, RequestFilter, RequestPlan
from foiadesk.desk.history import History
from foiadesk.records import Channel, LetterState
from foiadesk.records.errors import KnownError
from foiadesk.store.rows_standing import everything

from .conftest import PASSPHRASE, START, Today
from .messages import acknowledgement

EVENTS: tuple[dict[str, Any], ...] = (
    {"kind": "request_sent", "channel": "portal"},
    {"kind": "request_received", "office": "proper"},
    {"kind": "acknowledged", "tracking_number": "2026-ICFO-00001"},
    {"kind": "extension_notice", "working_days": 10},
    {"kind": "clarification_asked", "about": "information"},
    {"kind": "determination", "outcome": "full_denial"},
    {"kind": "closed", "by": "agency"},
    {"kind": "note", "note": "called"},
)
FILES = (IncomingFile("a.txt", b"one"), IncomingFile("b.txt", b"two"), IncomingFile("mail.eml", acknowledgement()))


class Person(RuleBasedStateMachine):
    """Acts on a real desk, remembering what it looked like after each step that can be undone."""

    template: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="any-order-"))
        shutil.copytree(self.template, self.folder / "Desk")
        self.today = Today(START)
        self.desk = Desk.open(self.folder / "Desk", PASSPHRASE, clock=self.today)
        self.desk.__dict__["history"] = History(self.desk, now=lambda: 0.0)  # no pause ends an editing run
        self.past: list[object] = []
        self.future: list[object] = []

    def teardown(self) -> None:
        self.desk.close()
        shutil.rmtree(self.folder)

    @initialize()
    def first(self) -> None:
        self.make("First")

    def look(self) -> object:
        """Return everything a person can see, but for the log, which only grows."""
        desk = self.desk
        every = sorted({*desk.requests.ids(), *desk.requests.ids(RequestFilter(trashed=True))})
        return (
            desk.requests.campaigns(),
            desk.people.all(),
            tuple(desk.requests.get(number) for number in every),
            tuple(desk.requests.rows(every)[place].tracking for place in range(len(every))),
            tuple(tuple(event.id for event in desk.requests.events(number)) for number in every),
            tuple(desk.letters.for_request(number) for number in every),
            tuple(desk.filing.correspondence(number) for number in (*every, None)),
            desk.filing.documents(),
        )

    def act(self, action: Any) -> Change | None:
        before = self.look()
        try:
            change: Change = action()
        except KnownError:
            assert self.look() == before  # a refusal stores nothing
            return None
        if change.undoable:
            if len(self.past) < self.depth():
                self.past.append(before)
            self.future.clear()
        return change

    def depth(self) -> int:
        return len(self.desk.history._done)

    def make(self, title: str) -> None:
        plan = RequestPlan(title, ("a",), ("DHS/ICE", "DHS/CBP"), (1, 2))
        self.act(lambda: self.desk.requests.create(plan))

    def pick(self, data: st.DataObject) -> int | None:
        every = [*self.desk.requests.ids(), *self.desk.requests.ids(RequestFilter(trashed=True))]
        return data.draw(st.sampled_from(sorted(every))) if every else None

    @rule(title=st.sampled_from(["Faces", "Deaths"]))
    def create(self, title: str) -> None:
        self.make(title)

    @rule(data=st.data(), title=st.sampled_from(["A", "B", " "]), who=st.sampled_from([(1,), (2, 1), ()]))
    def change(self, data: st.DataObject, title: str, who: tuple[int, ...]) -> None:
        if (number := self.pick(data)) is not None:
            request = replace(self.desk.requests.get(number), title=title, requesters=who)
            self.act(lambda: self.desk.requests.change(request))

    @rule(data=st.data(), away=st.booleans())
    def trash(self, data: st.DataObject, away: bool) -> None:
        if (number := self.pick(data)) is not None:
            self.act(lambda: (self.desk.requests.trash if away else self.desk.requests.restore)(number))

    @rule(data=st.data(), event=st.sampled_from(EVENTS), ago=st.integers(-1, 20))
    def enter(self, data: st.DataObject, event: dict[str, Any], ago: int) -> None:
        if (number := self.pick(data)) is not None:
            day = (self.today.day - timedelta(days=ago)).isoformat()
            self.act(lambda: self.desk.requests.add_event(number, {**event, "date": day}))

    @rule(data=st.data(), event=st.sampled_from(EVENTS), retract=st.booleans())
    def mend(self, data: st.DataObject, event: dict[str, Any], retract: bool) -> None:
        number = self.pick(data)
        logged = [event.id for event, _ in self.desk.requests.log(number)] if number is not None else []
        if logged:
            chosen = logged[data.draw(st.integers(0, len(logged) - 1))]  # ids are random, their order is not
            if retract:
                self.act(lambda: self.desk.requests.retract_event(chosen))
            else:
                day = self.today.day.isoformat()
                self.act(lambda: self.desk.requests.correct_event(chosen, {**event, "date": day}))

    @rule(data=st.data(), file=st.sampled_from(FILES), with_event=st.booleans(), tray=st.booleans())
    def file(self, data: st.DataObject, file: IncomingFile, with_event: bool, tray: bool) -> None:
        number = None if tray else self.pick(data)
        event = {"kind": "note", "date": self.today.day.isoformat()} if with_event and number is not None else None
        self.act(lambda: self.desk.filing.file(file, number, event=event))

    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        letters = sorted({file.correspondence for file in self.desk.filing.documents() if file.correspondence})
        if letters:
            letter, number = data.draw(st.sampled_from(letters)), self.pick(data)
            self.act(lambda: self.desk.filing.move(letter, number))

    @rule(data=st.data(), words=st.sampled_from(["x", "y"]), do=st.sampled_from(["start", "save", "send", "discard"]))
    def write(self, data: st.DataObject, words: str, do: str) -> None:
        if (number := self.pick(data)) is None:
            return
        drafts = [letter for letter in self.desk.letters.for_request(number) if letter.state is LetterState.DRAFT]
        if do == "start" or not drafts:
            self.act(lambda: self.desk.letters.start("policy_request", number))
        elif do == "save":
            self.act(lambda: self.desk.letters.save(drafts[0].id, {"background": words}))
        elif do == "discard":
            self.act(lambda: self.desk.letters.discard(drafts[0].id))
        else:
            on = self.today.day
            self.act(lambda: self.desk.letters.mark_sent(drafts[0].id, channel=Channel.PORTAL, on=on, with_blanks=True))

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        before = self.look()
        self.desk.history.undo()
        assert self.look() == self.past.pop()
        self.future.append(before)

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        before = self.look()
        self.desk.history.redo()
        assert self.look() == self.future.pop()
        self.past.append(before)

    @rule(days=st.integers(1, 60))
    def time_passes(self, days: int) -> None:
        if self.today.day < date(2030, 1, 1):
            self.today.pass_days(days)

    @invariant()
    def as_many_undos_as_actions(self) -> None:
        assert self.depth() == len(self.past) and len(self.desk.history._undone) == len(self.future)

    @invariant()
    def answers_can_be_derived_again(self) -> None:
        self.desk.requests.ids()
        with self.desk.read() as db:
            stored = everything(db)
        self.desk.deadlines.rebuild()
        with self.desk.read() as db:
            assert everything(db) == stored
            assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_whatever_a_person_does(template: Path) -> None:
    Person.template = template
    chosen = settings(
        max_examples=12,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=(Phase.generate,),  # a failure prints its steps; shrinking them on real desks would take minutes
    )
    run_state_machine_as_test(Person, settings=chosen)
