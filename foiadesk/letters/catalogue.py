"""The catalogue of letter kinds, read from resources/letters: what each is for, its form, what it files when sent."""

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from foiadesk.records import EventKind, Stage
from foiadesk.records.errors import NotFound
from foiadesk.shelf import resource

TYPES = ("line", "text", "date", "choice", "check", "money", "items")
SHARED = "_"  # files beginning so are parts of letters, not kinds


@dataclass(frozen=True, slots=True)
class LetterField:
    """One field of a kind's form. Values are text: dates ISO, checks "yes" or "", items one a line.

    section groups fields in the form; when names the field (or "field=value") that must be chosen for this one to
    matter; source says where the starting value comes from.
    """

    name: str
    label: str
    type: str = "line"
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    default: str = ""
    required: bool = False
    section: str = ""
    when: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Filing:
    """An event to file when the letter is sent: always, or when the form's check ``when`` is on.

    checks: the event's yes-or-no fields, by the name of the form's check each takes its value from.
    """

    kind: EventKind
    when: str = ""
    checks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LetterKind:
    """A kind of letter. applies: when it is for, in a sentence. files: the event filed when it is sent, if any.

    unfit: why it does not fit another stage than ``stages``. subject: the first line of the "Re:" block.
    filings: every event a sent letter of this kind may file, ``files`` first.
    """

    name: str
    title: str
    applies: str
    stages: tuple[Stage, ...]
    fields: tuple[LetterField, ...]
    legal_basis: tuple[str, ...]
    files: EventKind | None
    group: str
    enclosures: tuple[str, ...]
    subject: str = ""
    unfit: str = ""
    filings: tuple[Filing, ...] = ()


@dataclass(frozen=True, slots=True)
class Factor:
    """One part of the fee waiver's test. ``key`` is what a request's fee choices store reasons by."""

    key: str
    label: str
    question: str
    citation: str
    words: str

    @property
    def field(self) -> str:
        """The name of the form's field that holds the reason."""
        return f"reason_{self.key}"


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(resource("letters", name).read_text(encoding="utf-8"))


@cache
def waiver_factors() -> tuple[Factor, ...]:
    """Return the parts of the fee waiver's test, 5 U.S.C. 552(a)(4)(A)(iii), in the order of its words."""
    return tuple(Factor(**row) for row in _table("_factors.toml")["factors"])


@cache
def assertions() -> Mapping[str, tuple[str, ...]]:
    """Return, by status, the words that would assert it: none may stand in a letter that did not choose it."""
    return {row["name"]: tuple(row["phrases"]) for row in _table("_assertions.toml")["statuses"]}


def _fields(rows: list[dict[str, Any]]) -> Iterator[LetterField]:
    for row in rows:
        if row.get("factors"):
            for factor in waiver_factors():
                yield LetterField(
                    name=factor.field,
                    label=factor.label,
                    type="text",
                    help=factor.question,
                    required=bool(row.get("required")),
                    section=row.get("section", ""),
                    when=row.get("when", ""),
                    source=f"reason:{factor.key}",
                )
            continue
        choices = tuple((value, label) for value, label in row.get("choices", ()))
        made = LetterField(**{**row, "choices": choices})
        if made.type not in TYPES:
            raise ValueError(f"letter field {made.name}: no such type {made.type!r}")
        yield made


def _read(name: str) -> LetterKind:
    data = _table(f"{name}.toml")
    common = _table("_common.toml")
    filings = tuple(Filing(EventKind(row["kind"]), row.get("when", ""), row.get("check", {})) for row in data["files"])
    return LetterKind(
        name=data["name"],
        title=data["title"],
        applies=data["applies"],
        stages=tuple(Stage(stage) for stage in data["stages"]),
        fields=tuple(_fields([*common["before"], *data["fields"], *common["after"]])),
        legal_basis=tuple(data["legal_basis"]),
        files=filings[0].kind if filings else None,
        group=data["group"],
        enclosures=tuple(data["enclosures"]),
        subject=data["subject"],
        unfit=data["unfit"],
        filings=filings,
    )


GROUPS = ("requests", "supports", "waiting")


@cache
def kinds() -> tuple[LetterKind, ...]:
    """Return every kind of letter, in the order a menu shows them."""
    names = sorted(path.stem for path in resource("letters").glob("*.toml") if not path.name.startswith(SHARED))
    found = [_read(name) for name in names]
    return tuple(sorted(found, key=lambda kind: (GROUPS.index(kind.group), kind.title)))


def kind(name: str) -> LetterKind:
    """Return the kind of that name; raises NotFound naming near matches."""
    by_name = {found.name: found for found in kinds()}
    if name in by_name:
        return by_name[name]
    near = difflib.get_close_matches(name, by_name, n=3, cutoff=0.4)
    todo = f"Did you mean {' or '.join(near)}?" if near else f"The kinds are {', '.join(by_name)}."
    raise NotFound(f"There is no kind of letter named {name[:60]!r}.", todo=todo)
