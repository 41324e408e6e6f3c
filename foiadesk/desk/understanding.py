"""What a file seems to be and where it belongs: a few plain rules, each conclusion with the words it rests on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foiadesk.desk import contents, standing, wording
from foiadesk.desk.shapes import IncomingFile, Understanding
from foiadesk.records import Channel, EventKind
from foiadesk.records.errors import Unreadable
from foiadesk.shelf import resource
from foiadesk.store import rows_requests

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.desk import Desk

LOOKED_INTO = 100 << 20
_PAGES = 3
_TEXT = 20_000  # characters that rules look at

# 2026-ICFO-01234, CBP-FO-2026-001234, 2026-HQFO-00123, FOIA-2026-01234, 26-00123-F, DOJ-2026-000123, 2026-00123
_NUMBER = re.compile(
    r"\b((?:[A-Z]{2,8}-)?(?:[A-Z]{2,6}-)?(?:19|20)\d{2}-(?:[A-Z]{1,6}-)?\d{3,7}(?:-[A-Z]{1,3})?"
    r"|[A-Z]{2,6}-\d{2}-\d{4,6}|\d{2}-\d{4,6}-[A-Z]{1,3})\b"
)
_NEAR_NUMBER = re.compile(
    r"(?:(?:tracking|reference|request|case|control|FOIA|FOIPA|file)\s+(?:no\.?|number|#|num\.)|FOIA\s+case|Re:|#)"
    r"[\s:#]*(?:is\s+|of\s+)?((?:[A-Z0-9]{1,10}-)+[A-Z0-9]{1,8})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sign:
    """Words in an agency's letter, and the event they speak for."""

    kind: EventKind
    words: re.Pattern[str]
    fields: Mapping[str, Any]


@cache
def signs() -> tuple[Sign, ...]:
    """Return the signs in the order in which they are looked for, from resources/signs."""
    data = tomllib.loads(resource("signs", "us-foia.toml").read_text(encoding="utf-8"))
    return tuple(
        Sign(EventKind(row["kind"]), re.compile("|".join(row["words"]), re.IGNORECASE), row.get("fields", {}))
        for row in data["sign"]
    )


def understand(desk: Desk, source: Path | IncomingFile) -> Understanding:
    """Look into a file in the worker and say what it seems to be; nothing is stored."""
    from foiadesk.intake import media_type

    data = contents.whole(source, LOOKED_INTO)
    media = media_type(data[: contents.HEAD], source.name)
    try:
        if media == "message/rfc822":
            return _of_message(desk, data)
        text = desk.worker.text(data) if media == "application/pdf" or media.startswith("text/") else ""
    except Unreadable as error:
        return Understanding(damaged=str(error), why=("The file could not be read; it is filed just as it is.",))
    return _conclude(desk, Understanding(subject=source.name), text[:_TEXT], _letter_date(text, desk.clock()))


def _of_message(desk: Desk, data: bytes) -> Understanding:
    message = desk.worker.message(data)
    texts = [message.body]
    for part in message.parts[:_PAGES]:
        if part.media_type == "application/pdf":
            try:
                texts.append(desk.worker.text(part.data))
            except Unreadable:
                continue
    today = desk.clock()
    day = message.date.date() if message.date else None
    seen = Understanding(
        subject=message.subject,
        sender=message.sender,
        channel=Channel.EMAIL,
        damaged=message.damaged,
        parts=tuple(part.name for part in message.parts),
    )
    text = "\n".join((message.subject, *(text[:_TEXT] for text in texts)))
    return _conclude(desk, seen, text, min(day, today) if day else None, message.references, message.in_reply_to)


def _conclude(
    desk: Desk,
    seen: Understanding,
    text: str,
    day: date | None,
    references: Sequence[str] = (),
    in_reply_to: str = "",
) -> Understanding:
    numbers = numbers_in(text)
    event, reasons = suggest_event(text, numbers)
    why = list(reasons)
    with desk.read() as db:
        request, reason = _request(db, numbers, seen.sender, (in_reply_to, *references))
    if reason:
        why.append(reason)
    if event is not None and day is not None:
        event["date"] = day.isoformat()
    return Understanding(
        subject=seen.subject,
        sender=seen.sender,
        date=day,
        channel=seen.channel,
        suggested_event=event,
        suggested_request=request,
        why=tuple(why),
        damaged=seen.damaged,
        parts=seen.parts,
    )


def numbers_in(text: str) -> list[str]:
    """Return what looks like tracking numbers, those introduced as one first."""
    found: dict[str, str] = {}
    for pattern in (_NEAR_NUMBER, _NUMBER):
        for match in pattern.finditer(text):
            number = match.group(1).upper()
            digits = sum(char.isdigit() for char in number)
            if digits >= 4 and not re.fullmatch(r"\d{4}-\d{2}-\d{2}|\d{3}-\d{3}-\d{4}", number):
                found.setdefault(standing.folded(number), number)
    return list(found.values())


def suggest_event(text: str, numbers: Sequence[str] = ()) -> tuple[dict[str, Any] | None, tuple[str, ...]]:
    """Return the event a letter's words speak for, without its date, and why; (None, ()) when none do.

    What else the letter seems to say is named too, so that a second event is not overlooked.
    """
    unquoted = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(">"))
    flat = " ".join(unquoted.split())
    found: dict[EventKind, tuple[Sign, str]] = {}
    for sign in signs():
        match = sign.words.search(flat)
        if match is not None:
            found.setdefault(sign.kind, (sign, match.group(0).strip()[:120]))
    if not found:
        return None, ()
    (kind, (sign, words)), *others = found.items()
    event: dict[str, Any] = {"kind": kind.value, **sign.fields}
    if kind is EventKind.ACKNOWLEDGED and numbers:
        event["tracking_number"] = numbers[0]
    if kind is EventKind.FEE_ESTIMATE:
        amount = re.search(r"\$\s?(\d[\d,]*(?:\.\d{2})?)", flat)
        if amount:
            event["amount"] = amount.group(1).replace(",", "")
    why = [f"It says “{words}”."]
    for other, (_sign, also) in others:
        if other is not EventKind.ACKNOWLEDGED:
            why.append(f"It also says “{also}”: {wording.PLAIN[other].lower()}?")
    return event, tuple(why)


def _request(db: Database, numbers: Sequence[str], sender: str, ids: Sequence[str]) -> tuple[int | None, str]:
    """Return the one request a letter seems to belong to, and why."""
    for number in numbers:
        sql = """SELECT DISTINCT t.request FROM tracking t JOIN requests r ON r.id = t.request
            WHERE t.plain = ? AND +r.trashed = 0 AND +r.gone = 0"""
        found = [key for (key,) in db.execute(sql, (standing.folded(number),)).fetchall()]
        if len(found) == 1:
            return found[0], f"It carries the tracking number {number} of {rows_requests.request_name(db, found[0])}."
    for message_id in ids:
        if not message_id:
            continue
        sql = """SELECT DISTINCT request FROM correspondence
            WHERE message_id = ? AND request IS NOT NULL AND trashed_at IS NULL"""
        found = [key for (key,) in db.execute(sql, (message_id,)).fetchall()]
        if len(found) == 1:
            return found[0], f"It answers a message filed on {rows_requests.request_name(db, found[0])}."
    return _by_sender(db, sender)


def _by_sender(db: Database, sender: str) -> tuple[int | None, str]:
    match = re.search(r"([^\s<>@,;\"]+)@([A-Za-z0-9.-]+)", sender)
    if match is None:
        return None, ""
    address, domain = match.group(0).lower(), match.group(2).lower()
    exact: list[int] = []
    same: list[int] = []
    sql = """SELECT r.id, lower(json_extract(o.snapshot, '$.email')) FROM offices o JOIN requests r ON r.office = o.id
        JOIN standing s ON s.request = r.id WHERE s.hidden = 0 AND s.stage NOT IN ('draft', 'closed')"""
    for request, email in db.execute(sql).fetchall():
        if email and email == address:
            exact.append(request)
        elif email and email.partition("@")[2] == domain:
            same.append(request)
    if len(exact) == 1:
        name = rows_requests.request_name(db, exact[0])
        return exact[0], f"It comes from {address}, the office of {name}, the only one open there."
    if not exact and len(same) == 1:
        name = rows_requests.request_name(db, same[0])
        return same[0], f"It comes from {domain}, where only {name} is open."
    return None, ""


_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_LONG_DATE = re.compile(rf"\b({_MONTHS}) (\d{{1,2}}), ((?:19|20)\d{{2}})\b")


def _letter_date(text: str, today: date) -> date | None:
    """Return the date at the head of a letter, as letters in the United States write it; never after today."""
    for match in _LONG_DATE.finditer(text[:1500]):
        try:
            day = date(int(match.group(3)), _MONTHS.split("|").index(match.group(1)) + 1, int(match.group(2)))
        except ValueError:
            continue
        if day <= today:
            return day
    return None
