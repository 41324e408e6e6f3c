"""What a law pack may say: every field with its type, checked so that a mistake is named by file and field."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from foiadesk.frozen import dataclass
from foiadesk.records.errors import BadInput
from foiadesk.records.speech import say

SCHEMA = 1  # a pack of a later schema is refused with a sentence
FEDERAL, GENERAL = "us-foia", "general"
CONFIDENCES = ("verified", "partly verified", "unverified", "uncertain")
CLOCKS = (
    "determination", "acknowledgment", "production", "appeal_window", "appeal_determination", "review_window",
    "limitation",
)  # fmt: skip
UNITS = ("working", "calendar", "weeks", "months", "years")
ROLLS = ("none", "forward", "holidays", "arguable")
_MOST = 3660


@dataclass(frozen=True, slots=True)
class Spec:
    """One field. type: text, int, bool, date, texts (a list of texts), table, clocks. choices close a text."""

    type: str = "text"
    required: bool = False
    choices: tuple[str, ...] = ()


_WORDS = {
    "text": "a text", "int": "a whole number", "bool": "true or false", "date": "a date like 2026-02-03",
    "texts": "a list of texts", "table": "a table",
}  # fmt: skip
_AGENCY = ("agency", "requester", "court")
_PLAIN: Mapping[str, Spec] = {
    "says": Spec(required=True),
    "citations": Spec("texts"),
    "verified": Spec("bool"),
    "unsettled": Spec(),
}
_COUNT: Mapping[str, Spec] = {"days": Spec("int"), "unit": Spec(choices=UNITS)}
RULE: Mapping[str, Spec] = {
    **_PLAIN,
    **_COUNT,
    "who": Spec(choices=_AGENCY, required=True),
    "roll": Spec(choices=ROLLS),
    "basis": Spec(choices=("sent", "received")),
    "after": Spec(choices=("acknowledgment",)),
    "counted_from": Spec(choices=("act", "due")),
    "other_days": Spec("int"),
    "other_unit": Spec(choices=UNITS),
    "other_says": Spec(),
    "response_suffices": Spec("bool"),
    "from_silence": Spec("bool"),
    "body": Spec(),
}
PARTS: Mapping[str, Mapping[str, Spec]] = {
    "routing": {**_PLAIN, **_COUNT},
    "tolling": {**_PLAIN, "information": Spec("bool"), "fees": Spec("bool")},
    "extension": {**_PLAIN, **_COUNT, "counted": Spec(choices=("after", "from_start")), "repeats": Spec("bool"),
                  "allowed": Spec("bool"), "other_days": Spec("int"), "other_unit": Spec(choices=UNITS),
                  "other_says": Spec()},
    "silence": {**_PLAIN, **_COUNT, "effect": Spec(required=True, choices=("denied", "reviewable", "unknown"))},
    "review": {**_PLAIN, "path": Spec(required=True, choices=("court", "required", "optional", "unknown")),
               "then": Spec(choices=("court", "unknown"))},
    "exhaustion": {"citations": Spec("texts", True), "answer_citations": Spec("texts", True),
                   "determination_citations": Spec("texts", True)},
    "fees": {"citations": Spec("texts", True), "late_bars_duplication_for": Spec("texts", True)},
    "channels": {"assumed_same_day": Spec("texts", True), "assumed_next_working_day": Spec("texts")},
}  # fmt: skip
TOP: Mapping[str, Spec] = {
    "schema": Spec("int", True),
    "kind": Spec(required=True, choices=("law",)),
    "procedure": Spec(choices=(FEDERAL, GENERAL)),
    "id": Spec(required=True),
    "title": Spec(required=True),
    "jurisdiction": Spec(required=True),
    "citation": Spec(required=True),
    "version": Spec(required=True),
    "calendar": Spec(required=True),
    "confidence": Spec(required=True, choices=CONFIDENCES),
    "checked_on": Spec("date", True),
    "sources": Spec("texts", True),
    "notes": Spec("texts"),
    "text_since": Spec("date"),
    "clocks": Spec("table", True),
    **{name: Spec("table") for name in PARTS},
}
NEEDED = {
    FEDERAL: ("routing", "tolling", "extension", "exhaustion", "fees", "channels"),
    GENERAL: ("review", "silence"),
}
FORBIDDEN = {FEDERAL: ("silence", "review"), GENERAL: ("routing", "exhaustion", "fees")}


def _is(value: object, type_: str) -> bool:
    match type_:
        case "int":
            return isinstance(value, int) and not isinstance(value, bool)
        case "bool":
            return isinstance(value, bool)
        case "date":
            return isinstance(value, date) and not isinstance(value, datetime)
        case "texts":
            return isinstance(value, list) and all(isinstance(part, str) and part.strip() for part in value)
        case "table":
            return isinstance(value, dict)
    return isinstance(value, str) and bool(value.strip())


def check_fields(data: Mapping[str, Any], specs: Mapping[str, Spec], where: str) -> None:
    """Check one table. Raises BadInput naming ``where``, the field and what is wrong with it."""
    for name, spec in specs.items():
        if spec.required and name not in data:
            raise BadInput(say("{where}: {name} is missing.", where=where, name=name))
    for name, value in data.items():
        if name not in specs:
            raise BadInput(say("{where}: it has no field {name}.", where=where, name=repr(name)))
        spec = specs[name]
        if not _is(value, spec.type):
            raise BadInput(
                say(
                    "{where}: {name}: {what} is not {words}.",
                    where=where,
                    name=name,
                    what=_shown(value),
                    words=_WORDS[spec.type],
                )
            )
        if spec.choices and value not in spec.choices:
            raise BadInput(
                say(
                    "{where}: {name}: {what} is none of {what2}.",
                    where=where,
                    name=name,
                    what=_shown(value),
                    what2=", ".join(spec.choices),
                )
            )


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def check_count(data: Mapping[str, Any], where: str) -> None:
    """Check that numbers are usable and that a number has its unit. Raises BadInput."""
    for days, unit in (("days", "unit"), ("other_days", "other_unit")):
        if days not in data:
            if unit in data:
                raise BadInput(say("{where}: {unit} is given, but {days} is not.", where=where, unit=unit, days=days))
            continue
        if not 1 <= data[days] <= _MOST:
            raise BadInput(
                say(
                    "{where}: {days}: {data} is outside 1 to {most}.",
                    where=where,
                    days=days,
                    data=data[days],
                    most=_MOST,
                )
            )
        if unit not in data:
            raise BadInput(say("{where}: {unit} is missing.", where=where, unit=unit))
    if "other_days" in data and "other_says" not in data:
        raise BadInput(say("{where}: other_says is missing: say when the other number holds.", where=where))


def check_law(data: Mapping[str, Any], where: str) -> None:
    """Check a whole pack but for what its calendar's name stands for. Raises BadInput naming file and field."""
    if _is(data.get("schema"), "int") and data["schema"] != SCHEMA:
        raise BadInput(
            say(
                "{where}: schema: {data} is not the one this program reads ({schema}).",
                where=where,
                data=data["schema"],
                schema=SCHEMA,
            )
        )
    procedure = data.get("procedure", FEDERAL)
    needed = NEEDED.get(procedure, ()) if isinstance(procedure, str) else ()
    for name in (*(name for name, spec in TOP.items() if spec.required), *needed):
        if name not in data:
            raise BadInput(say("{where}: {name} is missing.", where=where, name=name))
    check_fields(data, TOP, where)
    for name in FORBIDDEN[procedure]:
        if name in data:
            raise BadInput(
                say(
                    "{where}: {name} has no meaning in the procedure {procedure}.",
                    where=where,
                    name=name,
                    procedure=procedure,
                )
            )
    clocks = data["clocks"]
    if "determination" not in clocks:
        raise BadInput(say("{where}: clocks.determination is missing.", where=where))
    for kind, rule in clocks.items():
        place = f"{where}: clocks.{kind}"
        if procedure == GENERAL and kind not in CLOCKS:
            raise BadInput(say("{place} is none of {what}.", place=place, what=", ".join(CLOCKS)))
        if not isinstance(rule, dict):
            raise BadInput(say("{place}: {what} is not a table.", place=place, what=_shown(rule)))
        check_fields(rule, RULE, place)
        check_count(rule, place)
        if rule.get("after") == kind or (rule.get("after") and rule["after"] not in clocks):
            raise BadInput(
                say("{place}: after: there is no clock {rule} before it.", place=place, rule=repr(rule["after"]))
            )
    for name, specs in PARTS.items():
        if name in data:
            check_fields(data[name], specs, f"{where}: {name}")
            check_count(data[name], f"{where}: {name}")
