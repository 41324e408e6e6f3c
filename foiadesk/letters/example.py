"""A request nobody has made, long overdue, that a template can be tried on, and values that fill its form."""

from dataclasses import replace
from datetime import date, timedelta

from foiadesk.letters.catalogue import LetterField, LetterKind
from foiadesk.letters.model import LetterContext
from foiadesk.records import Event, EventKind, Office, Request, Requester, Signer

_SENT_BEFORE = 70  # days
_OFFICE = Office(
    code="",
    department="Department of Examples",
    department_abbr="DOE",
    component="Office of Sample Records",
    component_abbr="OSR",
    address=("100 Example Avenue NW", "Washington, DC 20000"),
    email="records@office.example",
)
_REQUESTER = Requester(
    "Lantern Street Justice Project",
    ("12 Lantern Street", "Columbus, OH 43215"),
    "records@lantern.example",
    "614-555-0110",
    signers=(Signer("Ana Ruiz", "Director"),),
    id=1,
)
_REQUEST = Request(
    "Contracts for translation services",
    _OFFICE,
    ("All contracts and task orders for translation services.", "All policies on who may ask for a translator."),
    requesters=(1,),
)


def example(kind: LetterKind, today: date) -> LetterContext:
    """Return everything a letter of this kind may say of the example, counted as of a day."""
    from foiadesk.law import answer, load_pack

    law = load_pack("us-ca" if kind.laws == "state" else "us-foia")
    office = replace(_OFFICE, law=law.id)
    sent = today - timedelta(days=_SENT_BEFORE)
    events = (
        Event(EventKind.REQUEST_SENT, sent, {"channel": "email"}, id="e1"),
        Event(EventKind.REQUEST_RECEIVED, sent, {"office": "proper"}, id="e2"),
        Event(EventKind.ACKNOWLEDGED, sent + timedelta(days=6), {"tracking_number": "2026-OSR-00042"}, id="e3"),
    )
    return LetterContext(
        request=replace(_REQUEST, office=office, law=law.id),
        requesters=(_REQUESTER,),
        answer=answer(events, law=law, agency=None, today=today),
        events=events,
        today=today,
        law_title=law.title,
    )


def filled(kind: LetterKind) -> dict[str, str]:
    """Return values that fill every field of a form, so that all of a text is said."""
    return {field.name: _value(field) for field in kind.fields}


def _value(field: LetterField) -> str:
    match field.type:
        case "check":
            return "yes"
        case "date":
            return "2026-01-15"
        case "money":
            return "25"
        case "items":
            return f"{field.label}, the first\n{field.label}, the second"
        case "choice":
            return next((value for value, _label in field.choices if value), "")
    return field.label
