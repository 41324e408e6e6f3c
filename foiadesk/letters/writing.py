"""A letter composed: the form's values read, the template rendered, the frame of letterhead and address around it."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from foiadesk.letters.appeal_facts import appeal_facts, argued
from foiadesk.letters.catalogue import EXEMPTIONS, LetterField, LetterKind, waiver_factors
from foiadesk.letters.cautions import cautions
from foiadesk.letters.facts import waiting_facts
from foiadesk.letters.frame import Frame
from foiadesk.letters.law_facts import state_facts
from foiadesk.letters.markup import read_blocks
from foiadesk.letters.merging import MergeFact, merge_facts, merged
from foiadesk.letters.model import ComposedLetter, LetterContext
from foiadesk.letters.sources import chosen, read_day, read_money, starting_values
from foiadesk.letters.template import Missing, Slots, render
from foiadesk.letters.words import clean, long_date, money, split_items, typographic
from foiadesk.records import FEDERAL_LAWS
from foiadesk.records.errors import BadInput
from foiadesk.records.speech import as_said, say

MANY_WORDS = ("I", "We"), ("me", "us"), ("my", "our"), ("My", "Our"), ("I", "we")


class _Form:
    """The form's values as a template takes them. A value that cannot be read is a blank and a warning."""

    def __init__(self, kind: LetterKind, values: Mapping[str, str], context: LetterContext) -> None:
        self.context = context
        self.fields = {field.name: field for field in kind.fields}
        self.language = kind.language
        self.values = values
        self.warnings: list[str] = []
        self.data: dict[str, Any] = {name: self._read(field) for name, field in self.fields.items()}

    def _read(self, field: LetterField) -> object:
        text = clean(self.values.get(field.name, "")).strip("\n ")
        missing = Missing(field.name, field.label)
        if field.type == "check":
            return True if chosen(text) else missing
        if not text:
            return [missing] if field.type == "items" and field.required else missing
        try:
            return self._typed(field, text)
        except BadInput as error:
            self.warnings.append(error.what)
            return missing

    def _typed(self, field: LetterField, text: str) -> object:
        said = as_said(field.label)
        match field.type:
            case "date":
                return long_date(read_day(text, said), self.language)
            case "money":
                return money(read_money(text, said))
            case "items":
                return [self._merged(item, field) for item in split_items(text)]
            case "line" | "text":
                return self._merged(text, field)
            case "choice" if text not in {value for value, _ in field.choices}:
                raise BadInput(say("{name}: {text} is none of the choices.", name=said, text=repr(text[:40])))
        return text

    def _merged(self, text: str, field: LetterField) -> str:
        """Return a text with the facts it names put in."""
        return merged(text, self.facts, field.name, field.label) if "{" in text else text

    @cached_property
    def facts(self) -> dict[str, MergeFact]:
        """What a text may name, read only when one does."""
        return {fact.name: fact for fact in merge_facts(self.context, self.language)}


def _people(context: LetterContext) -> dict[str, Any]:
    """How those who ask speak of themselves: one person by name says "I", everybody else "we"."""
    requesters = context.requesters
    alone = len(requesters) == 1 and (
        not requesters[0].signers
        or (len(requesters[0].signers) == 1 and requesters[0].signers[0].name.strip() == requesters[0].name.strip())
    )
    we_big, us, our, our_big, we = (one if alone else many for one, many in MANY_WORDS)
    names: list[object] = [requester.name for requester in requesters] or [Missing("requesters", "Who asks")]
    return {
        "We": we_big,
        "us": us,
        "our": our,
        "Our": our_big,
        "we": we,
        "names": names,
        "joint": len(requesters) > 1,
        "signers": sum(max(1, len(requester.signers)) for requester in requesters),
    }


def _data(kind: LetterKind, context: LetterContext, form: _Form) -> dict[str, Any]:
    """Everything a template may name: the form's values, who asks, and the facts that its group of letters states."""
    data: dict[str, Any] = {**form.data, **_people(context)}
    data["factors"] = [
        {"label": factor.label, "reason": form.data[factor.field]}
        for factor in waiver_factors()
        if factor.field in form.data
    ]
    data["waiver_asked"] = kind.template == "fee_waiver" or bool(form.data.get("fee_waiver"))
    federal = context.request.law in FEDERAL_LAWS
    data["federal"] = federal
    data["request_word"] = "Freedom of Information Act request" if federal else "public records request"
    data["answer_word"] = "determination" if federal else "answer"
    data["office"] = context.request.office.name
    data["about"] = context.request.title or Missing("title", "Subject")
    data["added"] = [field.item for field in kind.fields if field.item and form.data[field.name]]
    if kind.group not in ("requests", "supports"):
        data |= waiting_facts(context)
    if kind.group == "appeals":
        data |= appeal_facts(kind, context, form.values)
    if kind.template == EXEMPTIONS:
        data["exemptions"] = argued(data)
        data["unchosen"] = Missing("b1", "Exemptions to appeal")
    if kind.laws == "state":
        data |= state_facts(context)
    return data


def known_names(kind: LetterKind, context: LetterContext) -> frozenset[str]:
    """Return everything a template of this kind may name."""
    return frozenset(_data(kind, context, _Form(kind, starting_values(kind, context), context)))


def _rendered(kind: LetterKind, data: Mapping[str, Any]) -> tuple[str, Slots]:
    if not kind.text:
        return render(kind.template, data)
    from foiadesk.letters.bounded import render_own

    return render_own(kind.name, kind.text, data)


def compose_letter(kind: LetterKind, context: LetterContext, given: Mapping[str, str]) -> ComposedLetter:
    """Return the letter in words. Raises BadInput when the template cannot be used."""
    form = _Form(kind, {**starting_values(kind, context), **given}, context)
    unknown = [name for name in given if name not in form.fields]
    unread = [
        *(say("This kind of letter has no field {name}; it was left out.", name=repr(name)) for name in unknown),
        *form.warnings,
    ]
    frame = Frame(kind, context, form.data)
    head = frame.head()
    data = _data(kind, context, form)
    text, slots = _rendered(kind, data)
    body = read_blocks(text, slots, frame.signatures)
    office = context.request.office
    title = typographic(clean(str(form.data.get("title") or context.request.title))).replace("\n", " ")
    return ComposedLetter(
        title=": ".join(
            part for part in (f"{kind.title} to {office.short}" if office.short else kind.title, title) if part
        ),
        blocks=(*head, *body, *frame.notes()),
        blanks=tuple({**frame.slots.blanks, **slots.blanks}.values()),
        warnings=cautions(kind, context, form.data, form.values, unread),
        language=kind.language,
        running=" · ".join(
            part for part in (clean(office.name), str(form.data["date"]) if form.data["date"] else "") if part
        ),
    )
