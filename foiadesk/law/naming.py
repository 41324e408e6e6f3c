"""Words within the law's sentences: in English as they always stood, and each with what it is called elsewhere."""

from foiadesk.records import EventKind
from foiadesk.records.speech import Said, say, say_count
from foiadesk.records.titles import EVENT_TITLES

# Outcomes as a sentence names them.
OUTCOMES = {
    "full_grant": "full grant", "partial_grant": "partial grant", "full_denial": "full denial",
    "no_records": "no records", "referred": "referred", "withdrawn": "withdrawn", "fee_related": "fee related",
    "not_reasonably_described": "not reasonably described", "improper": "improper",
    "not_agency_record": "not agency record", "duplicate": "duplicate", "other": "other", "glomar": "glomar",
    "granted": "granted", "partial": "partial", "denied": "denied", "affirmed": "affirmed", "partly": "partly",
    "remanded": "remanded", "reversed": "reversed", "moot": "moot", "untimely": "untimely",
}  # fmt: skip
# What a clock is called; one not named here is called by its kind.
CLOCKS = {
    "determination": "Determination", "expedition": "Expedition", "appeal_window": "Appeal window",
    "appeal_determination": "Appeal determination", "complaint_answer": "Complaint answer", "service": "Service",
    "limitation": "Limitation", "tracking_number": "Tracking number", "clarification": "Clarification",
    "fee_answer": "Fee answer", "still_interested": "Still interested", "order": "Order", "reminder": "Reminder",
    "acknowledgment": "Acknowledgment", "production": "Production", "review_window": "Review window",
}  # fmt: skip
ABOUT = {
    "fee_waiver": "fee waiver", "expedition": "expedition", "suit": "suit", "remand": "remand",
    "information": "information", "fees": "fees",
}  # fmt: skip
WHO = {"agency": "the agency", "requester": "the requester", "court": "the court"}
_BY = {"requester": "requester", "court": "court", "agency": "agency"}
_CHANNELS = {"mail": "mail", "email": "email", "portal": "portal", "fax": "fax", "hand": "hand"}
_MISSING = {
    "identity": "identity", "consent": "consent", "fee_promise": "fee promise", "description": "description",
    "other": "other",
}  # fmt: skip


def event(kind: EventKind) -> str:
    """Return the kind of an event as a log names it: "request_received"."""
    return Said(str(kind), EVENT_TITLES[kind], {})


def event_words(kind: EventKind) -> str:
    """Return the kind of an event as a sentence begins with it: "Extension notice"."""
    return Said(str(kind).replace("_", " ").capitalize(), EVENT_TITLES[kind], {})


def outcome(name: str) -> str:
    """Return how something was answered: "full grant"."""
    return say(OUTCOMES.get(name, name.replace("_", " ")))


def plain_outcome(name: str) -> str:
    """Return how an appeal ended, as the log writes it: "partly"."""
    return Said(name, OUTCOMES.get(name, name), {})


def channel(way: str) -> str:
    """Return a way of sending: "portal"."""
    return Said(str(way), _CHANNELS.get(str(way), str(way)), {})


def closer(by: object) -> str:
    """Return who closed a request: "requester"."""
    return Said(str(by), _BY.get(str(by), str(by)), {})


def missing(what: str) -> str:
    """Return what an agency says was missing, as words."""
    return say(_MISSING.get(what, what.replace("_", " ")))


def about(reason: str) -> str:
    """Return what something is about, as words: "fee waiver"; a person's own text stays as it is."""
    return say(ABOUT[reason]) if reason in ABOUT else reason.replace("_", " ")


def clock(kind: str) -> str:
    """Return what a clock is called: "Appeal window"."""
    return say(CLOCKS[kind]) if kind in CLOCKS else kind.replace("_", " ").capitalize()


def within(kind: str) -> str:
    """Return the same within a sentence: "appeal window"."""
    words = kind.replace("_", " ")
    return Said(words, CLOCKS[kind], {}, begin="lower") if kind in CLOCKS else words


def days(number: int, unit: str) -> str:
    """Return a number of days as a letter or a rule names it: "90 calendar days", however many they are."""
    text = f"{number} {unit} days"
    if unit == "working":
        return Said(text, "{n} working day", {}, "{n} working days", number)
    return Said(text, "{n} calendar day", {}, "{n} calendar days", number)


def period(number: int, unit: str) -> str:
    """Return a period: "10 working days", "1 month"."""
    match unit:
        case "working":
            return say_count("{n} working day", "{n} working days", number)
        case "weeks":
            return say_count("{n} week", "{n} weeks", number)
        case "months":
            return say_count("{n} month", "{n} months", number)
        case "years":
            return say_count("{n} year", "{n} years", number)
        case _:
            return say_count("{n} calendar day", "{n} calendar days", number)


def late(number: int) -> str:
    """Return how late something is: "35 days late", in English always without grouping the digits."""
    text = f"{number} {'day' if number == 1 else 'days'} late"
    return Said(text, "{n} day late", {}, "{n} days late", number)
