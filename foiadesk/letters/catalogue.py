"""The catalogue of letter kinds, read from resources/letters: what each is for, its form, what it files when sent."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from functools import cache
from typing import Any

from foiadesk.frozen import dataclass
from foiadesk.letters.exemptions import Exemption, exemptions
from foiadesk.records import FEDERAL_LAWS, Event, EventKind, Stage
from foiadesk.records.errors import NotFound
from foiadesk.records.speech import either, say
from foiadesk.shelf import resource

TYPES = ("line", "text", "date", "choice", "check", "money", "items")
SHARED = "_"  # files beginning so are parts of letters, not kinds
GROUPS = ("requests", "supports", "waiting", "appeals", "after")
TO = ("office", "liaison", "named", "form")
LAWS = ("federal", "state", "any")
EXEMPTIONS = "appeal_exemptions"  # the kind that is also offered once for each exemption
UNFIT_LAW = {
    "federal": "This letter cites the federal Act, 5 U.S.C. § 552; the request is made under another law.",
    "state": "This letter is for a request under another law than the federal Act.",
    "any": "",
}


@dataclass(frozen=True, slots=True)
class LetterField:
    """One field of a kind's form. Values are text: dates ISO, checks "yes" or "", items one a line.

    section groups fields in the form; when names the field (or "field=value") that must be chosen for this one to
    matter; source says where the starting value comes from. item: of a check, the words it adds to the records asked
    for. suggests: what a list usually holds.
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
    item: str = ""
    suggests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filing:
    """An event to file when the letter is sent: always, or when ``when`` ("check", "field=value") holds.

    checks: the event's yes-or-no fields, by the name of the form's check each takes its value from; takes: its other
    fields, by the form's field; sets: those that are always the same; on: the form's field with the day it happened,
    else the day of sending. received: the event is the agency's receipt of the letter, so that it is assumed where it
    can be, and never for mail.
    """

    kind: EventKind
    when: str = ""
    checks: Mapping[str, str] = field(default_factory=dict)
    takes: Mapping[str, str] = field(default_factory=dict)
    sets: Mapping[str, str] = field(default_factory=dict)
    on: str = ""
    received: bool = False


@dataclass(frozen=True, slots=True)
class LetterKind:
    """A kind of letter. applies: when it is for, in a sentence. files: the event filed when it is sent, if any.

    unfit: why it does not fit another stage than ``stages``. subject: the first line of the "Re:" block.
    filings: every event a sent letter of this kind may file, ``files`` first. template: the name of its text. to: the
    request's office, its public liaison, whom the form names, or nobody (a form that somebody signs). laws: whether it
    cites the federal Act, a state's law, or neither; unfit_law says why it does not fit a request under another. needs:
    events of which one must have happened; unless: those that must not have.

    Of a kind the desk has in words of its own: text holds them, changed_on the ISO day they were last changed; added:
    nothing shipped has its name; moved: the shipped letter was changed since.
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
    template: str = ""
    to: str = "office"
    laws: str = "federal"
    unfit_law: str = ""
    language: str = "en-US"
    needs: tuple[EventKind, ...] = ()
    unless: tuple[EventKind, ...] = ()
    text: str = ""
    changed_on: str = ""
    added: bool = False
    moved: bool = False

    @property
    def form_name(self) -> str:
        """The name under which form and text can be changed: of a single exemption's appeal, that of any."""
        return self.name if self.added else self.template

    def fits(self, stage: Stage, law: str, events: Iterable[Event] | None = None) -> bool:
        """Say whether the kind is meant for a request at this stage, made under this law, after these events."""
        return not self.why_not(stage, law, events)

    def why_not(self, stage: Stage, law: str, events: Iterable[Event] | None = None) -> str:
        """Say in a sentence why the kind does not fit such a request now; "" when it does.

        events: those in force; None when they are not known, so that only stage and law tell.
        """
        if wrong := self.wrong_law(law):
            return wrong
        happened = None if events is None else {event.kind for event in events}
        if happened is not None and ((self.needs and not happened & {*self.needs}) or happened & {*self.unless}):
            return self.unfit
        return "" if stage in self.stages else self.unfit

    def wrong_law(self, law: str) -> str:
        """Say in a sentence why the kind does not fit a request under this law; "" when it does."""
        federal = law in FEDERAL_LAWS
        return self.unfit_law if (self.laws == "federal" and not federal) or (self.laws == "state" and federal) else ""


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


@cache
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
        if "use" in row:
            yield from _fields(_table("_fields.toml")[row["use"]])
            continue
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
        if row.get("exemptions"):
            for found in exemptions():
                yield from _of_exemption(found, row.get("section", ""))
            continue
        choices = tuple((value, label) for value, label in row.get("choices", ()))
        made = LetterField(**{**row, "choices": choices})
        if made.type not in TYPES:
            raise ValueError(f"letter field {made.name}: no such type {made.type!r}")
        yield made


def _of_exemption(found: Exemption, section: str) -> Iterator[LetterField]:
    """Yield an exemption's check, and the places for the facts that its appeal argues with."""
    yield LetterField(found.field, found.label, "check", section=section, source=f"exemption:{found.key}")
    facts = say("Exemption {number}: the facts", number=found.number)
    yield LetterField(
        f"{found.field}_facts", facts, "text", found.ask, section=section, when=found.field, required=True
    )
    if found.harm:
        harm = say("Exemption {number}: why disclosure would do no harm", number=found.number)
        asked = say("Optional: facts on the interest protected, the age of the records, what is already public.")
        yield LetterField(f"{found.field}_harm", harm, "text", asked, section=section, when=found.field)


def _filing(row: Mapping[str, Any]) -> Filing:
    return Filing(
        EventKind(row["kind"]),
        row.get("when", ""),
        checks=row.get("check", {}),
        takes=row.get("take", {}),
        sets=row.get("set", {}),
        on=row.get("on", ""),
        received=row.get("received", False),
    )


def read_kind(data: Mapping[str, Any], template: str) -> LetterKind:
    """Return the kind a form describes, in the words of ``template``. Raises KeyError or ValueError for a wrong one."""
    name = data["name"]
    common = _table("_common.toml")
    filings = tuple(_filing(row) for row in data["files"])
    laws, to = data.get("laws", "federal"), data.get("to", "office")
    if laws not in LAWS or to not in TO:
        raise ValueError(f"letter kind {name}: laws {laws!r} or to {to!r} is none of the known ones")
    before = [row for row in common["before"] if to != "form" or row["name"] == "date"]
    after = [row for row in common["after"] if to != "form"]
    fields = [
        replace(field, suggests=tuple(data["enclosures"])) if field.name == "enclosures" else field
        for field in _fields([*before, *data["fields"], *after])
    ]
    return LetterKind(
        name=data["name"],
        title=data["title"],
        applies=data["applies"],
        stages=tuple(Stage(stage) for stage in data["stages"]),
        fields=tuple(fields),
        legal_basis=tuple(data["legal_basis"]),
        files=filings[0].kind if filings else None,
        group=data["group"],
        enclosures=tuple(data["enclosures"]),
        subject=data["subject"],
        unfit=data["unfit"],
        filings=filings,
        template=template,
        to=to,
        laws=laws,
        unfit_law=data.get("unfit_law", UNFIT_LAW[laws]),
        language=data.get("language", "en-US"),
        needs=tuple(EventKind(name) for name in data.get("needs", ())),
        unless=tuple(EventKind(name) for name in data.get("unless", ())),
    )


def of_exemptions(whole: LetterKind) -> list[LetterKind]:
    """Return the kinds that appeal one exemption each by the letter that appeals any."""
    return [_of_one(whole, exemption) for exemption in exemptions()]


def _of_one(whole: LetterKind, found: Exemption) -> LetterKind:
    """Return the kind that appeals one exemption: the same letter and form, with that exemption chosen."""
    fields = []
    for one in whole.fields:
        if one.name == found.field:
            fields.append(replace(one, default="yes", source=""))
        else:
            fields.append(replace(one, source="") if one.source.startswith("exemption:") else one)
    return replace(
        whole,
        name=f"appeal_exemption_{found.key}",
        title=f"Appeal: exemption {found.number}",
        applies=say(
            "To appeal a withholding under exemption {number} ({name}); its form can add more.",
            number=found.number,
            name=found.name,
        ),
        subject=say("Appeal of withholding under exemption {number}", number=found.number),
        fields=tuple(fields),
        legal_basis=(f"{found.citation}: {found.name}", *whole.legal_basis),
    )


def shared_fields() -> frozenset[str]:
    """Return the names of the groups of fields that a form can take by ``use``."""
    return frozenset(_table("_fields.toml"))


@cache
def shipped_names() -> tuple[str, ...]:
    """Return the name of every letter with a form and a text of its own, as shipped."""
    return tuple(sorted(path.stem for path in resource("letters").glob("*.toml") if not path.name.startswith(SHARED)))


def in_order(found: Iterable[LetterKind]) -> tuple[LetterKind, ...]:
    """Return kinds in the order a menu shows them, those of single exemptions behind the one for any."""
    order = [name for group in _table("_order.toml").values() for name in group]
    places = {name: place for place, name in enumerate(order)}
    made: list[LetterKind] = []
    for kind in sorted(
        found, key=lambda kind: (GROUPS.index(kind.group), places.get(kind.name, len(order)), kind.title)
    ):
        made.append(kind)
        if kind.name == EXEMPTIONS:
            made += of_exemptions(kind)
    return tuple(made)


@cache
def _shipped(name: str) -> LetterKind:
    return read_kind(_table(f"{name}.toml"), name)


@cache
def kinds() -> tuple[LetterKind, ...]:
    """Return every kind of letter as shipped, in the order a menu shows them."""
    return in_order(map(_shipped, shipped_names()))


def kind(name: str, known: Iterable[LetterKind] = ()) -> LetterKind:
    """Return the kind of that name, among the known ones or the shipped; raises NotFound naming near matches."""
    if not known and name in shipped_names():
        return _shipped(name)  # a letter is written without the forms of sixty others being read
    by_name = {found.name: found for found in known or kinds()}
    if name in by_name:
        return by_name[name]
    import difflib

    near = difflib.get_close_matches(name, by_name, n=3, cutoff=0.4)
    todo = (
        say("Did you mean {what}?", what=either(tuple(near)))
        if near
        else say("The kinds are {what}.", what=", ".join(by_name))
    )
    raise NotFound(say("There is no kind of letter named {name}.", name=repr(name[:60])), todo=todo)
