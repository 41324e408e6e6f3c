"""Made-up histories of requests in the proportions of a desk in long use, the same for the same number."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from foiadesk.records import Event, event_from_json

Entry = dict[str, Any]

# Out of a hundred requests: drafts, just sent, in time, clarified, extended, late, decided, on appeal, closed.
SHARES = {
    "draft": 24, "sent": 5, "in_time": 18, "clarified": 6, "extended": 6, "late": 21, "decided": 9, "appealed": 6,
    "closed": 5,
}  # fmt: skip
_DECIDED = ("partial_grant", "full_denial", "no_records", "full_grant")


def kind_of(number: int) -> str:
    """Return which of the sorts a request is."""
    place = number * 37 % 100
    for kind, share in SHARES.items():
        if place < share:
            return kind
        place -= share
    raise AssertionError("the shares do not add up to a hundred")


def entries(number: int, today: date) -> list[Entry]:
    """Return what happened to request ``number`` up to today, oldest first; nothing for a draft."""
    kind, random = kind_of(number), Random(number)
    if kind == "draft":
        return []
    age = {
        "sent": random.randint(1, 3), "in_time": random.randint(4, 24), "clarified": random.randint(25, 200),
        "extended": random.randint(20, 250),
    }.get(kind, random.randint(60, 900))  # fmt: skip
    sent = today - timedelta(days=age)
    found = [_on(sent, "request_sent", channel="portal")]
    if kind == "sent":
        return found
    received = sent + timedelta(days=random.randint(0, 2))
    found.append(_on(received, "request_received", office="proper"))
    if random.random() < 0.3:
        found.append(_on(sent, "fee_waiver_requested"))
    acknowledged = received + timedelta(days=random.randint(0, 2))
    found.append(_on(acknowledged, "acknowledged", tracking_number=f"{sent.year}-BNCH-{number:06d}"))
    if kind == "clarified":
        asked = received + timedelta(days=random.randint(5, 12))
        found.append(_on(asked, "clarification_asked", about="information"))
        found.append(_on(asked + timedelta(days=random.randint(2, 9)), "clarification_answered", about="information"))
    if kind == "extended":
        found.append(_on(received + timedelta(days=random.randint(3, 15)), "extension_notice", working_days=10))
    if kind in ("decided", "appealed", "closed"):
        decided = received + timedelta(days=random.randint(10, age - 30))
        outcome = random.choice(_DECIDED[:3] if kind == "appealed" else _DECIDED)
        found.append(_on(decided, "determination", outcome=outcome, appeal_notice=True))
        if kind == "appealed":
            appealed = decided + timedelta(days=random.randint(5, 20))
            found.append(_on(appealed, "appeal_sent", channel="portal"))
            found.append(_on(appealed + timedelta(days=1), "appeal_received"))
        if kind == "closed":
            found.append(_on(decided + timedelta(days=15), "closed", by="requester"))
    return found


def events(number: int, today: date) -> list[Event]:
    """Return the same as checked events."""
    return [event_from_json(entry) for entry in entries(number, today)]


def sent_ones(count: int, today: date) -> Iterator[list[Event]]:
    """Yield so many histories in which something happened."""
    number = found = 0
    while found < count:
        made = events(number, today)
        number += 1
        if made:
            found += 1
            yield made


def _on(day: date, kind: str, **fields: Any) -> Entry:
    return {"kind": kind, "date": day.isoformat(), **fields}
