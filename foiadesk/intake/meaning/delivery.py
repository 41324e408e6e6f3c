"""Proof of delivery: returned mail, postal receipts and confirmations, portal receipts, fax reports."""

import re
import tomllib
from collections.abc import Sequence
from datetime import date
from functools import cache

from foiadesk.frozen import dataclass
from foiadesk.intake.meaning.dates import dates_in
from foiadesk.intake.meaning.postal import postal_numbers
from foiadesk.intake.meaning.shapes import Delivery, Letter
from foiadesk.shelf import resource

_STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status")
_FIELD = re.compile(r"^([A-Za-z-]{3,40})[ \t]{0,3}:([^\n]*)", re.MULTILINE)
_FOLDED = re.compile(r"\n[ \t]{1,80}")
_MESSAGE_ID = re.compile(r"^message-id[ \t]*:\s*(<[^<>\s]{3,250}>)", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(r"[^\s<>@,;:\"]{1,64}@[A-Za-z0-9.-]{3,250}")
_CONFIRMATION = re.compile(
    r"\b(?:confirmation|submission|receipt|reference)\s(?:id|number|no\.?|code|#)[\s:#]{0,4}(?:is[\s:]{1,3})?([A-Z0-9][A-Z0-9-]{3,29})\b",
    re.IGNORECASE,
)
_DELIVERED_ON = re.compile(r"\bdeliver|\bpicked up|\bresult|\bsubmitted|\bsent|\breceived|\bstatus", re.IGNORECASE)
_NO_PROOF = re.compile(
    r"\b(?:foia (?:officer|office|staff)|sincerely|dear (?:mr|ms|mrs|requester|sir))\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Sign:
    """Words that prove delivery or its failure."""

    how: str
    kind: str
    words: re.Pattern[str]
    unless: re.Pattern[str] | None
    needs: re.Pattern[str] | None
    only_from: re.Pattern[str] | None
    postal: bool


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


@cache
def signs() -> tuple[Sign, ...]:
    """Return the signs of resources/signs/delivery.toml."""
    rows = tomllib.loads(resource("signs", "delivery.toml").read_text(encoding="utf-8"))["proof"]
    return tuple(
        Sign(
            row["how"],
            row["kind"],
            _any(row["words"]),
            _any(row["unless"]) if "unless" in row else None,
            _any([row["needs"]]) if "needs" in row else None,
            _any([row["only_from"]]) if "only_from" in row else None,
            row.get("postal", False),
        )
        for row in rows
    )


def delivery_of(letter: Letter, sentences: Sequence[str], today: date) -> Delivery | None:
    """Return what a message or document proves of a delivery, if it is such a proof."""
    status = next((part.text for part in letter.parts if part.media in _STATUS_TYPES), "")
    if status:
        return _of_status(letter, status)
    text = "\n".join((letter.subject, letter.body, *(part.text for part in letter.parts)))
    numbers = list(postal_numbers(text))
    for sign in signs():
        if sign.only_from is not None and not sign.only_from.search(letter.sender):
            continue
        if sign.needs is not None and not sign.needs.search(text):
            continue
        if sign.postal and not numbers:
            continue
        for place, sentence in enumerate(sentences):
            if not sign.words.search(sentence) or (sign.unless is not None and sign.unless.search(sentence)):
                continue
            number = numbers[0] if numbers and sign.how == "mail" else ""
            if sign.how == "mail" and not number and letter.is_message:
                continue  # "returned to sender" in an e-mail tells of something else
            if not number and sign.how == "portal":
                found = _CONFIRMATION.search(text)
                number = found.group(1) if found and any(char.isdigit() for char in found.group(1)) else ""
            return Delivery(
                sign.kind,
                sign.how,
                sentence,
                _day(sentences, place, today) if sign.kind != "mailed" else _first_day(sentences, today),
                number,
                _about(text),
                _enclosed_id(letter) if sign.how == "email" else "",
                _recipient(sentences) if sign.how == "email" else "",
            )
    return None


def _of_status(letter: Letter, status: str) -> Delivery | None:
    """Read a delivery status notification (RFC 3464): the worst that became of any recipient."""
    actions: dict[str, str] = {}
    recipient, said = "", ""
    for name, written in _FIELD.findall(_FOLDED.sub(" ", status)):
        value = " ".join(written.split())
        match name.lower():
            case "final-recipient" | "original-recipient":
                found = _ADDRESS.search(value)
                recipient = found.group(0) if found else recipient
            case "action":
                actions.setdefault(value.lower(), recipient)
                said = said or f"{name}: {value}"
            case "diagnostic-code" | "status":
                said = f"{said}; {name}: {value}" if said and len(said) < 300 else said
    about = _about(
        "\n".join((letter.subject, *(part.text for part in letter.parts if part.media not in _STATUS_TYPES)))
    )
    for action, kind in (("failed", "failed"), ("delivered", "delivered")):
        if action in actions:
            who = actions[action] or recipient
            return Delivery(kind, "email", said, letter.sent, "", about, _enclosed_id(letter), who)
    return None  # delayed or relayed proves neither


def _enclosed_id(letter: Letter) -> str:
    """Return the Message-ID of the message that came back."""
    for part in letter.parts:
        if part.media in ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"):
            found = _MESSAGE_ID.search(part.text)
            if found:
                return found.group(1)
    found = _MESSAGE_ID.search(letter.body)
    return found.group(1) if found else ""


def _recipient(sentences: Sequence[str]) -> str:
    for sentence in sentences:
        found = _ADDRESS.search(sentence)
        if found:
            return found.group(0)
    return ""


def _about(text: str) -> str:
    has_appeal = re.search(r"\bappeal", text, re.IGNORECASE) is not None
    has_request = re.search(r"\brequest", text, re.IGNORECASE) is not None
    return "appeal" if has_appeal and not has_request else "request" if has_request and not has_appeal else ""


def _day(sentences: Sequence[str], place: int, today: date) -> date | None:
    """Return the day named where delivery is told, else in the next few lines."""
    for sentence in (sentences[place], *sentences[place + 1 : place + 4], *sentences[max(0, place - 4) : place]):
        found = next((one.day for one in dates_in(sentence) if one.day <= today), None)
        if found is not None and (
            sentence is sentences[place] or len(sentence) < 200 or _DELIVERED_ON.search(sentence)
        ):
            return found
    return None


def _first_day(sentences: Sequence[str], today: date) -> date | None:
    return next((one.day for sentence in sentences for one in dates_in(sentence) if one.day <= today), None)
