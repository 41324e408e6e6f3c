"""Real desks, quickly: one template with two requesters is made once and copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest

from foiadesk.desk import Desk, RequestPlan
from foiadesk.records import Requester, Signer

PASSPHRASE = "violet harbor tunnel sixteen lantern"
START = date(2026, 1, 5)  # a Monday


@dataclass
class Today:
    """A desk's clock that a test can turn."""

    day: date = START

    def __call__(self) -> date:
        return self.day

    def pass_days(self, number: int) -> None:
        self.day += timedelta(days=number)


@dataclass
class Maker:
    """Makes and reopens desks of one test."""

    template: Path
    folder: Path
    today: Today
    made: list[Desk] = field(default_factory=list)

    def copy(self, name: str = "Desk") -> Desk:
        shutil.copytree(self.template, self.folder / name)
        return self.open(name)

    def open(self, name: str = "Desk", *, write: bool = True) -> Desk:
        desk = Desk.open(self.folder / name, PASSPHRASE, write=write, clock=self.today)
        self.made.append(desk)
        return desk


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template") / "Desk"
    desk = Desk.create(folder, PASSPHRASE, clock=lambda: START)
    first = Requester(
        "Lantern Street Justice Project",
        address=("12 Lantern Street", "Columbus, OH 43215"),
        email="records@lantern.example",
        signers=(Signer("Ana Ruiz", "Director"), Signer("Bo Chen")),
    )
    desk.people.add(first)
    desk.people.add(Requester("Harbor Light Legal Aid", signers=(Signer("Cy Dow", "Attorney"),)))
    desk.close()
    return folder


@pytest.fixture
def today() -> Today:
    return Today()


@pytest.fixture
def maker(template: Path, tmp_path: Path, today: Today) -> Iterator[Maker]:
    made = Maker(template, tmp_path, today)
    yield made
    for desk in made.made:
        desk.close()


@pytest.fixture
def desk(maker: Maker) -> Desk:
    return maker.copy()


Ask = Callable[..., int]


@pytest.fixture
def ask(desk: Desk) -> Ask:
    """Make one request and return its id."""

    def make(title: str = "Face recognition", office: str = "DHS/ICE", **more: object) -> int:
        plan = RequestPlan(title=title, items=("All contracts.",), offices=(office,), requesters=(1, 2), **more)  # type: ignore[arg-type]
        return desk.requests.create(plan).primary

    return make


def sent(desk: Desk, request: int, day: date) -> None:
    """Enter that a request went through the portal and was received."""
    desk.requests.add_event(request, {"kind": "request_sent", "date": day.isoformat(), "channel": "portal"})
    desk.requests.add_event(request, {"kind": "request_received", "date": day.isoformat(), "office": "proper"})
