"""A letter composed: the form's values read, the template rendered, the frame of letterhead and address around it."""

from collections.abc import Mapping, Sequence
from typing import Any

from foiadesk.letters.catalogue import LetterField, LetterKind, waiver_factors
from foiadesk.letters.facts import HOW, waiting_facts
from foiadesk.letters.markup import read_blocks
from foiadesk.letters.model import (
    Address,
    Block,
    ComposedLetter,
    Dateline,
    LetterContext,
    Letterhead,
    Notes,
    Organization,
    Reference,
    Run,
    Runs,
    Signatures,
    SignerBlock,
)
from foiadesk.letters.sources import chosen, read_day, read_money, starting_values
from foiadesk.letters.template import Missing, Slots, render
from foiadesk.letters.words import NBSP, clean, long_date, money, split_items, typographic
from foiadesk.records import Channel, Office, Requester
from foiadesk.records.errors import BadInput

MANY_WORDS = ("I", "We"), ("me", "us"), ("my", "our"), ("My", "Our"), ("I", "we")


class _Form:
    """The form's values as a template takes them. A value that cannot be read is a blank and a warning."""

    def __init__(self, kind: LetterKind, values: Mapping[str, str]) -> None:
        self.fields = {field.name: field for field in kind.fields}
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
            self.warnings.append(f"{field.label}: {error.what}")
            return missing

    @staticmethod
    def _typed(field: LetterField, text: str) -> object:
        match field.type:
            case "date":
                return long_date(read_day(text))
            case "money":
                return money(read_money(text))
            case "items":
                return split_items(text)
            case "choice" if text not in {value for value, _ in field.choices}:
                raise BadInput(f"{text[:40]!r} is none of the choices.")
        return text


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


def _words(text: str) -> Runs:
    return (Run(typographic(clean(text))),) if text.strip() else ()


def _lines(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(line.strip() for text in lines for line in clean(text).split("\n") if line.strip())


class _Frame:
    """The parts around a template's words, each printing through the same slots so that blanks keep their order."""

    def __init__(self, kind: LetterKind, context: LetterContext, form: _Form) -> None:
        self.kind = kind
        self.context = context
        self.form = form
        self.slots = Slots()

    def show(self, value: object) -> Runs:
        """Return a value, or its blank, as runs."""
        self.slots.put(value)
        return (self.slots.runs[-1],)

    def letterhead(self) -> Letterhead:
        found = [
            Organization(
                name=self.show(requester.name if requester.name.strip() else Missing("requester_name", "Who asks")),
                address=_lines(requester.address),
                contact=_lines((requester.phone, requester.email, requester.website)),
                logo=self.context.logos.get(requester.logo, b"") if requester.logo is not None else b"",
            )
            for requester in self.context.requesters
        ]
        return Letterhead(tuple(found) or (Organization(self.show(Missing("requesters", "Who asks"))),))

    def dateline(self) -> Dateline:
        date = self.show(self.form.data["date"])
        chosen_channel = self.form.data["channel"]
        if not chosen_channel:
            return Dateline(date)
        channel = Channel(str(chosen_channel))
        words = HOW[channel][0].upper() + HOW[channel][1:]
        office = self.context.request.office
        if channel in (Channel.EMAIL, Channel.FAX):
            number = office.email if channel is Channel.EMAIL else office.fax
            shown = self.show(number or Missing(f"office_{channel}", f"The office’s {channel}"))
            return Dateline(date, (Run(f"{words}: "), *shown))
        return Dateline(date, (Run(words),))

    def address(self) -> Address:
        office = self.context.request.office
        lines = [self.show(line) for line in address_lines(office)]
        if not office.address and self.form.data["channel"] == Channel.MAIL:
            lines.append(self.show(Missing("office_address", "The office’s address")))
        return Address(tuple(lines))

    def reference(self) -> Reference:
        data = self.form.data
        title = data.get("title", self.context.request.title)
        rows = [("Subject", self.show(title or Missing("title", "Subject")))]
        if "tracking" in data:
            if data.get("no_tracking"):
                rows.append(("Tracking number", (Run("none given"),)))
            elif data["tracking"] or self.kind.group not in ("requests", "supports"):
                rows.append(("Tracking number", self.show(data["tracking"])))
        rows.append(("Office", self.show(self.context.request.office.name or Missing("office", "Office"))))
        return Reference((Run(self.kind.subject),), tuple(rows))

    def signatures(self, closing: str) -> Signatures:
        blocks: list[SignerBlock] = []
        for requester in self.context.requesters:
            blocks += self._signers(requester)
        return Signatures(closing, tuple(blocks) or (SignerBlock(self.show(Missing("signer", "Who signs"))),))

    def _signers(self, requester: Requester) -> list[SignerBlock]:
        name = requester.name.strip()
        if not requester.signers:
            return [SignerBlock(self.show(name or Missing("signer", "Who signs")))]
        return [
            SignerBlock(
                self.show(signer.name if signer.name.strip() else Missing("signer", "Who signs")),
                typographic(clean(signer.title)).strip(),
                "" if signer.name.strip() == name else typographic(clean(name)),
            )
            for signer in requester.signers
        ]

    def notes(self) -> list[Block]:
        made: list[Block] = []
        for name, label in (("enclosures", "Enclosures"), ("copies", "cc")):
            lines = self.form.data.get(name)
            if lines:
                one = label == "Enclosures" and len(lines) == 1
                made.append(Notes("Enclosure" if one else label, tuple(typographic(line) for line in lines)))
        return made


def address_lines(office: Office) -> tuple[str, ...]:
    """Return the lines of an office's address: who opens the letter, the office, the street; nothing twice."""
    found: dict[str, str] = {}
    officer = office.officer.strip()
    lines = ["FOIA Officer" if not officer or "," in officer else officer, office.name]
    if office.department and office.component and office.department != office.component:
        inside = any(office.department.casefold() in line.casefold() for line in office.address)
        lines += [] if inside else [office.department]
    for line in _lines((*lines, *office.address)):
        found.setdefault(line.casefold(), line)
    return tuple(found.values())


def _warnings(kind: LetterKind, context: LetterContext, form: _Form, given: Mapping[str, str]) -> list[str]:
    made = []
    if context.answer and context.answer.stage not in kind.stages:
        made.append(kind.unfit)
    made += [
        f"This kind of letter has no field {name!r}; it was left out." for name in given if name not in form.fields
    ]
    made += form.warnings
    if kind.name == "overdue_notice" and form.values.get("date") not in ("", context.today.isoformat()):
        made.append(f"The days late are counted as of {long_date(context.today)}; the letter bears another date.")
    if form.data.get("ground") == "urgency" and not form.data.get("activity", True):
        made.append(
            "Urgency to inform the public is a ground only for one primarily engaged in disseminating information."
        )
    if "certified" in form.data and not form.data["certified"] and form.data.get("expedition", True):
        made.append("The statement of need is not certified, as 5 U.S.C. § 552(a)(6)(E)(vi) asks.")
    return [warning.replace(NBSP, " ") for warning in made]


def compose_letter(kind: LetterKind, context: LetterContext, given: Mapping[str, str]) -> ComposedLetter:
    """Return the letter in words. Raises BadInput when the template cannot be used."""
    form = _Form(kind, {**starting_values(kind, context), **given})
    frame = _Frame(kind, context, form)
    head: list[Block] = [frame.letterhead(), frame.dateline(), frame.address(), frame.reference()]
    data: dict[str, Any] = {**form.data, **_people(context)}
    data["factors"] = [
        {"label": factor.label, "reason": form.data[factor.field]}
        for factor in waiver_factors()
        if factor.field in form.data
    ]
    data["waiver_asked"] = kind.name == "fee_waiver" or bool(form.data.get("fee_waiver"))
    data["office"] = context.request.office.name
    if kind.group == "waiting":
        data |= waiting_facts(context)
    text, slots = render(kind.name, data)
    body = read_blocks(text, slots, frame.signatures)
    office = context.request.office
    title = typographic(clean(str(form.data.get("title") or context.request.title))).replace("\n", " ")
    return ComposedLetter(
        title=": ".join(
            part for part in (f"{kind.title} to {office.short}" if office.short else kind.title, title) if part
        ),
        blocks=(*head, *body, *frame.notes()),
        blanks=tuple({**frame.slots.blanks, **slots.blanks}.values()),
        warnings=tuple(_warnings(kind, context, form, given)),
        running=" · ".join(
            part for part in (clean(office.name), str(form.data["date"]) if form.data["date"] else "") if part
        ),
    )
