"""A law as data: every number its clocks count with, its citations, and how sure we are of each."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from foiadesk.law.calendars import Calendar, load_calendar
from foiadesk.records.errors import BadInput, NotFound
from foiadesk.shelf import resource

LAWS = ("us-foia",)
_NO_DATE = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class Rule:
    """One clock of a law. ``days`` None: the date is set by a person, a letter or a court."""

    kind: str
    who: str
    says: str
    days: int | None = None
    unit: str | None = None
    roll: str = "none"
    basis: str = ""  # of an appeal: "sent" or "received"
    citations: tuple[str, ...] = ()
    verified: bool = True
    unsettled: str = ""


@dataclass(frozen=True, slots=True)
class LawPack:
    """One law: its clocks by kind, and the rules that move them. Only the text since ``text_since`` is known."""

    id: str
    title: str
    version: str
    calendar: str  # name of its calendar
    clocks: Mapping[str, Rule]
    routing: Rule
    tolling: Rule
    extension: Rule
    assumed_same_day: frozenset[str]
    exhaustion: tuple[str, ...]
    answer_citations: tuple[str, ...]
    determination_citations: tuple[str, ...]
    fee_citations: tuple[str, ...]
    late_bars_duplication_for: frozenset[str]
    text_since: date = _NO_DATE

    @property
    def days_of(self) -> Calendar:
        """The calendar this law counts by."""
        return load_calendar(self.calendar)


_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "who": str, "says": str, "days": int, "unit": str, "roll": str, "basis": str, "citations": list, "verified": bool,
    "unsettled": str,
}  # fmt: skip
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "who": ("agency", "requester", "court"),
    "unit": ("working", "calendar", "years"),
    "roll": ("none", "forward"),
    "basis": ("sent", "received"),
}


def _rule(kind: str, data: Mapping[str, Any], where: str, *, who: str = "") -> Rule:
    fields: dict[str, Any] = {"who": who} if who else {}
    for name, value in data.items():
        if name not in _TYPES:
            raise BadInput(f"{where}: it has no field {name!r}.")
        if not isinstance(value, _TYPES[name]) or (name == "days" and isinstance(value, bool)):
            raise BadInput(f"{where}: {name}: {value!r} is not usable there.")
        if name in _CHOICES and value not in _CHOICES[name]:
            raise BadInput(f"{where}: {name}: {value!r} is none of {', '.join(_CHOICES[name])}.")
        fields[name] = tuple(value) if isinstance(value, list) else value
    for name in ("who", "says"):
        if name not in fields:
            raise BadInput(f"{where}: {name} is missing.")
    if fields.get("days", 1) < 1:
        raise BadInput(f"{where}: days: {fields['days']} is less than one.")
    return Rule(kind=kind, **fields)


def read_pack(path: Path) -> LawPack:
    """Read a law's file. Raises BadInput naming the file and the field."""
    with path.open("rb") as file:
        try:
            data = tomllib.load(file)
        except tomllib.TOMLDecodeError as error:
            raise BadInput(f"{path.name} cannot be read: {error}.") from None
    needed = {
        "id", "title", "version", "calendar", "clocks", "routing", "tolling", "extension", "exhaustion", "fees",
        "channels",
    }  # fmt: skip
    if missing := needed - set(data):
        raise BadInput(f"{path.name}: {sorted(missing)[0]} is missing.")
    clocks = {kind: _rule(kind, rule, f"{path.name}: clocks.{kind}") for kind, rule in data["clocks"].items()}
    if "determination" not in clocks:
        raise BadInput(f"{path.name}: clocks.determination is missing.")
    return LawPack(
        id=data["id"],
        title=data["title"],
        version=data["version"],
        calendar=data["calendar"],
        clocks=clocks,
        routing=_rule("routing", data["routing"], f"{path.name}: routing", who="agency"),
        tolling=_rule("tolling", data["tolling"], f"{path.name}: tolling", who="agency"),
        extension=_rule("extension", data["extension"], f"{path.name}: extension", who="agency"),
        assumed_same_day=frozenset(data["channels"]["assumed_same_day"]),
        exhaustion=tuple(data["exhaustion"]["citations"]),
        answer_citations=tuple(data["exhaustion"]["answer_citations"]),
        determination_citations=tuple(data["exhaustion"]["determination_citations"]),
        fee_citations=tuple(data["fees"]["citations"]),
        late_bars_duplication_for=frozenset(data["fees"]["late_bars_duplication_for"]),
        text_since=data.get("text_since", _NO_DATE),
    )


@cache
def load_pack(law: str) -> LawPack:
    """Return a shipped law by its id, read once. Raises NotFound naming the known ones."""
    if law not in LAWS:
        raise NotFound(f"There is no law {law!r}. Known: {', '.join(LAWS)}.")
    return read_pack(resource("laws", f"{law}.toml"))
