"""What stands around a letter's words: letterhead, date, address, the "Re:" block, signatures, enclosures, copies."""

from collections.abc import Mapping, Sequence
from typing import Any

from foiadesk.letters.catalogue import LetterKind
from foiadesk.letters.model import (
    Address,
    Block,
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
from foiadesk.letters.template import Missing, Slots, parted
from foiadesk.letters.words import HOW, clean, split_lines, typographic
from foiadesk.records import Channel, Office, Requester

OPENERS = {"liaison": "FOIA Public Liaison"}
_ELECTRONIC = frozenset({Channel.PORTAL, Channel.EMAIL, Channel.FAX})  # the letter goes there without a street address
_LACKING = {Channel.EMAIL: "The office’s email address", Channel.FAX: "The office’s fax number"}

# The few words of ours around a letter, by its language.
WORDS: Mapping[str, Mapping[str, str]] = {
    "en-US": {
        "re": "Re:",
        "title": "Subject",
        "tracking": "Tracking number",
        "office": "Office",
        "date": "Date",
        "none": "none given",
    },
    "es-US": {
        "re": "Asunto:",
        "title": "Tema",
        "tracking": "Seguimiento n.º",
        "office": "Oficina",
        "date": "Fecha",
        "none": "no asignado",
    },
}


class Frame:
    """The parts around a template's words, each printing through the same slots so that blanks keep their order."""

    def __init__(self, kind: LetterKind, context: LetterContext, data: Mapping[str, Any]) -> None:
        self.kind = kind
        self.context = context
        self.data = data
        self.slots = Slots()
        self.words = WORDS[kind.language]

    def show(self, value: object) -> Runs:
        """Return a value, or its blank, as runs."""
        self.slots.put(value)
        return parted(self.slots.runs[-1])

    def head(self) -> list[Block]:
        """Return what stands above the words. A form that somebody signs has neither letterhead nor address."""
        if self.kind.to == "form":
            return [self.reference()]
        return [self.letterhead(), self.dateline(), self.address(), self.reference()]

    def letterhead(self) -> Letterhead:
        """Return who writes."""
        found = [
            Organization(
                name=self.show(requester.name if requester.name.strip() else Missing("requester_name", "Who asks")),
                address=split_lines(requester.address),
                contact=split_lines((requester.phone, requester.email, requester.website)),
                logo=self.context.logos.get(requester.logo, b"") if requester.logo is not None else b"",
            )
            for requester in self.context.requesters
        ]
        return Letterhead(tuple(found) or (Organization(self.show(Missing("requesters", "Who asks"))),))

    def dateline(self) -> Dateline:
        """Return the date, and how the letter goes out where that is said."""
        date = self.show(self.data["date"])
        chosen_channel = self.data.get("channel")
        if not chosen_channel:
            return Dateline(date)
        channel = Channel(str(chosen_channel))
        words = HOW[channel][0].upper() + HOW[channel][1:]
        if channel in (Channel.EMAIL, Channel.FAX) and self.kind.to != "named":
            office = self.context.request.office
            number = office.email if channel is Channel.EMAIL else office.fax
            shown = self.show(number or Missing(f"office_{channel}", _LACKING[channel]))
            return Dateline(date, (Run(f"{words}: "), *shown))
        return Dateline(date, (Run(words),))

    def address(self) -> Address:
        """Return to whom, placed for a window envelope."""
        if self.kind.to == "named":
            return self._named()
        office = self.context.request.office
        person = self.data.get("addressee")
        lines = [self.show(person)] if person else []
        lines += [self.show(line) for line in address_lines(office, OPENERS.get(self.kind.to, ""))]
        if not office.address and self.data["channel"] == Channel.MAIL:
            lines.append(self.show(Missing("office_address", "The office’s address")))
        return Address(tuple(lines))

    def _named(self) -> Address:
        office, address = self.data["to_office"], self.data["to_address"]
        known = clean(f"{office}\n{address}").casefold()
        between: list[str] = []
        if self.kind.group == "appeals" and self.kind.laws == "federal":  # it stays within the agency
            named = self.context.request.office
            between = [line for line in (named.name, named.department) if line and line.casefold() not in known]
            between = list(dict.fromkeys(between))
        lines = [self.show(office), *(self.show(line) for line in split_lines(between))]
        if address:
            lines += [self.show(line) for line in split_lines((str(address),))]
        elif self.data["channel"] not in _ELECTRONIC:
            lines.append(self.show(address))
        return Address(tuple(lines))

    def reference(self) -> Reference:
        """Return what the letter is about: title, tracking number, office."""
        data, words = self.data, self.words
        title = data.get("title", self.context.request.title)
        rows = [(words["title"], self.show(title or Missing("title", "Subject")))]
        if "tracking" in data:
            if data.get("no_tracking"):
                rows.append((words["tracking"], (Run(words["none"]),)))
            elif data["tracking"] or self.kind.group not in ("requests", "supports"):
                rows.append((words["tracking"], self.show(data["tracking"])))
        rows.append((words["office"], self.show(self.context.request.office.name or Missing("office", "Office"))))
        if self.kind.to == "form":  # it has no dateline
            rows.append((words["date"], self.show(data["date"])))
        return Reference((Run(self.kind.subject),), tuple(rows), words["re"])

    def signatures(self, closing: str) -> Signatures:
        """Return the closing words and everyone who signs."""
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
        """Return enclosures and copies, where the form names any."""
        made: list[Block] = []
        for name, label in (("enclosures", "Enclosures"), ("copies", "cc")):
            lines = self.data.get(name)
            if lines:
                one = label == "Enclosures" and len(lines) == 1
                made.append(Notes("Enclosure" if one else label, tuple(map(self._line, lines))))
        return made

    def _line(self, text: object) -> str:
        """Return a line that holds words only; a blank in it is listed all the same."""
        return "".join(run.text for run in self.show(text))


def nobody_named(office: Office) -> str:
    """Return whom a letter to an office is for, when nobody is named there."""
    return "FOIA Officer" if office.federal else "Public Records Officer"


def address_lines(office: Office, opener: str = "") -> tuple[str, ...]:
    """Return the lines of an office's address: who opens the letter, the office, the street; nothing twice."""
    found: dict[str, str] = {}
    officer = office.officer.strip()
    lines: Sequence[str] = [opener or (nobody_named(office) if not officer or "," in officer else officer), office.name]
    named = office.department not in ("", office.component, office.code.partition("/")[0])  # not only by its code
    if named and office.component:
        inside = any(office.department.casefold() in line.casefold() for line in office.address)
        lines = lines if inside else [*lines, office.department]
    for line in split_lines((*lines, *office.address)):
        found.setdefault(line.casefold(), line)
    return tuple(found.values())
