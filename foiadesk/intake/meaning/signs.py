"""The signs of resources/signs: which sentences of a letter speak for which events."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from foiadesk.frozen import dataclass
from foiadesk.intake.meaning.shapes import Said
from foiadesk.shelf import resource

_NOTHING = Said("", "")
_ANSWERED = ("full_grant", "partial_grant", "full_denial")


@dataclass(frozen=True, slots=True)
class Sign:
    """Words in a sentence, and the event they speak for. conditional: also in a sentence that supposes something.

    ours: looked for in letters of ours instead of an office's.
    """

    kind: str
    words: re.Pattern[str]
    unless: re.Pattern[str] | None
    fields: Mapping[str, Any]
    conditional: bool
    ours: bool


@dataclass(frozen=True, slots=True)
class Book:
    """Every sign, and how they go together."""

    signs: tuple[Sign, ...]
    supposing: re.Pattern[str]
    final: re.Pattern[str]
    releasing: re.Pattern[str]
    order: tuple[str, ...]
    absorbed: Mapping[str, tuple[str, ...]]


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


@cache
def book(law: str = "us-foia") -> Book:
    """Return the signs of a law's letters, read once."""
    data = tomllib.loads(resource("signs", f"{law}.toml").read_text(encoding="utf-8"))
    return Book(
        tuple(sign for row in data["sign"] for sign in _signs(row)),
        _any(data["supposing"]),
        _any(data["final"]),
        _any(data["releasing"]),
        tuple(data["order"]),
        {kind: tuple(kinds) for kind, kinds in data["absorbed"].items()},
    )


def _signs(row: Mapping[str, Any]) -> Iterable[Sign]:
    """Return one sign for all patterns, and one for each with a named group: no name may stand twice in one."""
    unless = _any(row["unless"]) if "unless" in row else None
    named = [pattern for pattern in row["words"] if "(?P<" in pattern]
    plain = [pattern for pattern in row["words"] if "(?P<" not in pattern]
    for words in ([plain] if plain else []) + [[pattern] for pattern in named]:
        yield Sign(
            row["kind"],
            _any(words),
            unless,
            row.get("fields", {}),
            row.get("conditional", False),
            row.get("ours", False),
        )


def events_in(sentences: Sequence[str], *, ours: bool = False) -> list[Said]:
    """Return the events that sentences speak for, the most telling first, each kind once."""
    marks = book()
    found: dict[str, list[tuple[int, Said]]] = {}
    for sentence in sentences:
        supposes = marks.supposing.search(sentence) is not None
        for place, sign in enumerate(marks.signs):
            if sign.ours != ours or (supposes and not sign.conditional):
                continue
            match = sign.words.search(sentence)
            if match is None or (sign.unless is not None and sign.unless.search(sentence)):
                continue
            named = {name: value.strip(" ,") for name, value in match.groupdict().items() if value}
            found.setdefault(sign.kind, []).append((place, Said(sign.kind, sentence, {**sign.fields, **named})))
    if "interim_release" in found and not _is_interim(marks, sentences, "acknowledged" in found):
        del found["interim_release"]
    chosen = {kind: _one(kind, all_of) for kind, all_of in found.items()}
    if "fee_estimate" in chosen and chosen.get("clarification_asked", _NOTHING).fields.get("about") == "fees":
        del chosen["clarification_asked"]
    ranked = sorted(chosen.values(), key=lambda said: marks.order.index(said.kind))
    kept: list[Said] = []
    for said in ranked:
        if not any(said.kind in marks.absorbed.get(other.kind, ()) and _above(marks, other, said) for other in ranked):
            kept.append(said)
    return kept


def _is_interim(marks: Book, sentences: Sequence[str], acknowledges: bool) -> bool:
    if any(marks.final.search(sentence) for sentence in sentences):
        return False
    return not acknowledges or any(marks.releasing.search(sentence) for sentence in sentences)


def _above(marks: Book, other: Said, said: Said) -> bool:
    """Of two kinds that leave each other out, the earlier in order stays."""
    mutual = other.kind in marks.absorbed.get(said.kind, ())
    return not mutual or marks.order.index(other.kind) < marks.order.index(said.kind)


def _one(kind: str, found: list[tuple[int, Said]]) -> Said:
    """Join what several sentences say of one kind: what was decided in parts is decided in part."""
    said = min(found, key=lambda one: one[0])[1]
    outcomes = {str(one.fields.get("outcome", "")) for _place, one in found}
    if kind == "determination" and outcomes & set(_ANSWERED):
        answered = [one for _place, one in found if one.fields.get("outcome") in _ANSWERED]
        outcome = "partial_grant"
        if outcomes.isdisjoint({"partial_grant"}) and len(outcomes & set(_ANSWERED)) == 1:
            outcome = str(answered[0].fields["outcome"])
        told = next((one for one in answered if one.fields["outcome"] == outcome), answered[0])
        return Said(kind, told.words, {**told.fields, "outcome": outcome})
    if kind == "appeal_decided" and {"remanded", "affirmed"} <= outcomes and not {"moot", "untimely"} & outcomes:
        return Said(kind, said.words, {**said.fields, "outcome": "partly"})
    return said
