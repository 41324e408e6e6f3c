"""What is known of a letter before it is read for its meaning, and what reading it gives. Plain records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Any

from foiadesk.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One file that came with a message, as text. media: its type; text: "" when it has none."""

    name: str
    media: str
    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A message or document, as text. texts: its own first, then those of the files with it.

    sent: the message's own date, None for a document. name: the file's.
    """

    name: str = ""
    subject: str = ""
    sender: str = ""
    recipients: tuple[str, ...] = ()
    body: str = ""
    parts: tuple[Part, ...] = ()
    sent: date | None = None
    is_message: bool = False
    in_reply_to: str = ""
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """One event a letter speaks for. fields: as an event carries them, without its date. words: what it rests on.

    date: the day it happened where that is not the letter's. answer_in: (days, unit) counted from the letter's date,
    for the field answer_by.
    """

    kind: str
    words: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    date: date | None = None
    answer_in: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """What looks like a tracking number. rank: 0 in the subject or reference line, 1 introduced as one, 2 by its form.

    agency: whose form it has, "" when several use it. words: where it stands.
    """

    number: str
    rank: int
    agency: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Proof of what became of something we sent.

    kind: delivered, failed or mailed. how: mail, email, portal or fax. what: appeal, request or "" when it does not
    say. number: a postal or confirmation number. message_id: of the message it is about. recipient: to whom.
    """

    kind: str
    how: str
    words: str
    date: date | None = None
    number: str = ""
    what: str = ""
    message_id: str = ""
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a letter seems to say. dated: its own date, never after today; dated_words: where it stands."""

    dated: date | None = None
    dated_words: str = ""
    events: tuple[Said, ...] = ()
    numbers: tuple[Number, ...] = ()
    delivery: Delivery | None = None
    head: str = ""
    opening: str = ""
