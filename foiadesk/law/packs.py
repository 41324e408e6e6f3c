"""A law as data: every number its clocks count with, its citations, and how sure we are of each."""

import re
from collections.abc import Mapping
from dataclasses import field
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from foiadesk.frozen import dataclass
from foiadesk.law.calendars import Calendar, is_calendar_file, load_calendar
from foiadesk.law.schema import FEDERAL, check_law
from foiadesk.law.tables import read_toml
from foiadesk.paths import config_folder
from foiadesk.records import FEDERAL_LAWS
from foiadesk.records.errors import BadInput, NotFound
from foiadesk.records.speech import say
from foiadesk.shelf import resource

NOT_LAWS = frozenset({"us-federal", "us-agencies", "calendars"})  # files beside the packs that hold something else
_NO_DATE = date(1, 1, 1)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Rule:
    """One clock of a law. ``days`` None: no number is set (or a person, a letter or a court sets the date).

    after: the clock whose act (or due date, ``counted_from``) starts this one. other_days: the number that holds in
    another case or reading, which ``other_says`` names. response_suffices: a written explanation or estimate in time
    keeps the limit, and no number is set for the rest. from_silence: it also opens when a determination is missed.
    """

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
    after: str = ""
    counted_from: str = "act"
    other_days: int | None = None
    other_unit: str = ""
    other_says: str = ""
    response_suffices: bool = False
    from_silence: bool = False
    body: str = ""
    # Of an extension and of tolling:
    counted: str = "after"
    repeats: bool = False
    allowed: bool = True
    information: bool = False
    fees: bool = False


@dataclass(frozen=True, slots=True)
class Silence:
    """What a missed limit means: denied, reviewable, or unknown; after ``days`` of ``unit`` where the law says so."""

    effect: str = "unknown"
    says: str = ""
    days: int | None = None
    unit: str = ""
    citations: tuple[str, ...] = ()
    verified: bool = True
    unsettled: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """Where an answer is reviewed. path: court at once, an appeal required first, optional, or unknown.

    then: what follows a required appeal: "court", or unknown (another body, mostly).
    """

    path: str = "unknown"
    then: str = "unknown"
    says: str = ""
    citations: tuple[str, ...] = ()
    verified: bool = True
    unsettled: str = ""


_NONE = Rule("", "agency", "")  # says "": the pack knows nothing of it


@dataclass(frozen=True, slots=True)
class LawPack:
    """One law: its clocks by kind, and the rules that move them. Only the text since ``text_since`` is known.

    procedure: "us-foia" is counted by the federal rules, everything else by "general". confidence: verified, partly
    verified, unverified or uncertain. checked_on: when the pack was last compared with its sources.
    """

    id: str
    title: str
    version: str
    calendar: str  # name of its calendar
    clocks: Mapping[str, Rule]
    routing: Rule = _NONE
    tolling: Rule = _NONE
    extension: Rule = _NONE
    assumed_same_day: frozenset[str] = frozenset()
    assumed_next_working_day: frozenset[str] = frozenset()
    exhaustion: tuple[str, ...] = ()
    answer_citations: tuple[str, ...] = ()
    determination_citations: tuple[str, ...] = ()
    fee_citations: tuple[str, ...] = ()
    late_bars_duplication_for: frozenset[str] = frozenset()
    text_since: date = _NO_DATE
    procedure: str = FEDERAL
    jurisdiction: str = ""
    citation: str = ""
    confidence: str = "unverified"
    checked_on: date = _NO_DATE
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    silence: Silence = field(default_factory=Silence)
    review: Review = field(default_factory=Review)
    folder: Path | None = None  # of a pack that is not shipped

    @property
    def days_of(self) -> Calendar:
        """The calendar this law counts by."""
        return load_calendar(self.calendar, self.folder)

    @property
    def verified(self) -> bool:
        """Whether all of it was compared with a source."""
        return self.confidence == "verified"


def _values(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}


def _rule(kind: str, data: Mapping[str, Any]) -> Rule:
    return Rule(kind=kind, **{"who": "agency", **_values(data)})


# What any request may carry, whatever the law: questions to answer and dates that people and courts set.
_ANY_LAW = {
    "clarification": Rule("clarification", "requester", "The agency asked something of the requester."),
    "fee_answer": Rule("fee_answer", "requester", "The agency asked about fees."),
    "still_interested": Rule("still_interested", "requester", "The agency asked whether the request still matters."),
    "order": Rule("order", "agency", "A court set this date."),
    "reminder": Rule("reminder", "requester", "The requesters set this date themselves."),
}


def read_pack(path: Path, folder: Path | None = None) -> LawPack:
    """Read a law's file. ``folder``: it is not shipped and may use calendars of this folder.

    Raises BadInput naming the file and the field.
    """
    data = read_toml(path)
    check_law(data, path.name)
    procedure = data.get("procedure", FEDERAL)
    clocks = {kind: _rule(kind, rule) for kind, rule in data["clocks"].items()}
    if procedure != FEDERAL:
        clocks = {**_ANY_LAW, **clocks}
    more: dict[str, Any] = {
        name: _rule(name, data[name]) for name in ("routing", "tolling", "extension") if name in data
    }
    if "silence" in data:
        more["silence"] = Silence(**_values(data["silence"]))
    if "review" in data:
        more["review"] = Review(**_values(data["review"]))
    if "exhaustion" in data:
        found = _values(data["exhaustion"])
        more |= {
            "exhaustion": found["citations"],
            "answer_citations": found["answer_citations"],
            "determination_citations": found["determination_citations"],
            "fee_citations": tuple(data["fees"]["citations"]),
            "late_bars_duplication_for": frozenset(data["fees"]["late_bars_duplication_for"]),
        }
    channels = data.get("channels", {"assumed_same_day": ["email", "portal", "fax", "hand"]})
    version = data["version"]
    if folder is not None:
        # A changed file under an unchanged version must still be seen to have counted something else.
        version = f"{version}+{sha256(path.read_bytes()).hexdigest()[:8]}"
    return LawPack(
        id=data["id"],
        title=data["title"],
        version=version,
        calendar=data["calendar"],
        clocks=clocks,
        assumed_same_day=frozenset(channels["assumed_same_day"]),
        assumed_next_working_day=frozenset(channels.get("assumed_next_working_day", ())),
        text_since=data.get("text_since", _NO_DATE),
        procedure=procedure,
        jurisdiction=data["jurisdiction"],
        citation=data["citation"],
        confidence=data["confidence"],
        checked_on=data["checked_on"],
        sources=tuple(data["sources"]),
        notes=tuple(data.get("notes", ())),
        folder=folder,
        **more,
    )


def user_folder() -> Path:
    """Return the folder whose packs are added to the shipped ones, or go before them."""
    return config_folder() / "laws"


def _files(folder: Path) -> dict[str, Path]:
    found = {path.stem: path for path in sorted(folder.glob("*.toml"))} if folder.is_dir() else {}
    return {name: path for name, path in found.items() if _ID.fullmatch(name) and name not in NOT_LAWS}


def _is_law(path: Path) -> bool:
    try:
        return not is_calendar_file(path)
    except BadInput:
        return True  # one that cannot be read is refused by name when it is asked for


@cache
def law_files(folder: Path | None = None) -> Mapping[str, Path]:
    """Return the file of every law by its id: the shipped ones, and those of a folder (else the user's own)."""
    own = folder if folder is not None else user_folder()
    mine = {name: path for name, path in _files(own).items() if _is_law(path)}
    return {**_files(resource("laws")), **mine}


@cache
def load_pack(law: str, folder: Path | None = None) -> LawPack:
    """Return a law by its id, read once. A pack in ``folder`` (else in the user's own) goes before the shipped one.

    Raises NotFound naming near matches, and BadInput for a pack that cannot be used.
    """
    files = law_files(folder)
    if law not in files:
        from difflib import get_close_matches  # late: only for a mistake

        near = get_close_matches(law, files, n=5, cutoff=0.5)
        known = f"Near: {', '.join(near)}" if near else f"Known: {', '.join(files)}"
        raise NotFound(say("There is no law {law}. {known}.", law=repr(law), known=known))
    path = files[law]
    shipped = path.parent == resource("laws")
    pack = read_pack(path, None if shipped else path.parent)
    if pack.id != law:
        raise BadInput(
            say("{name}: id: {id} is not the name of its file, {law}.", name=path.name, id=repr(pack.id), law=repr(law))
        )
    return pack


def usable_packs() -> tuple[LawPack, ...]:
    """Return every law that can be counted with: federal ones first, then states, then other countries, by place."""
    found = []
    for law in law_files():
        try:
            found.append(load_pack(law))
        except BadInput:
            continue  # named by `foiadesk law list`
    return tuple(sorted(found, key=lambda pack: (_nearness(pack), pack.jurisdiction, pack.title)))


def _nearness(pack: LawPack) -> int:
    if pack.id in FEDERAL_LAWS:
        return 0
    return 1 if pack.id.startswith("us-") else 2
