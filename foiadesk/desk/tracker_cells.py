"""What a cell of somebody's own tracker means: dates in their order, ways of sending, outcomes, names of columns."""

from __future__ import annotations

import re
from datetime import date

from foiadesk.records import Channel
from foiadesk.records.errors import BadInput
from foiadesk.records.events import OUTCOMES, read_date
from foiadesk.records.speech import say

ORDERS = ("mdy", "dmy")
FIELDS = (
    "title", "office", "campaign", "items", "background", "sent", "channel", "received", "acknowledged", "tracking",
    "answered", "outcome", "notes",
)  # fmt: skip
DATES = ("sent", "received", "acknowledged", "answered")
MANY = ("items", "notes")  # fields that several columns may make up

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = {
    "title": "title|subject|topic|request|requestsubject|description|asunto|tema|solicitud",
    "office": "office|agency|component|agencycomponent|department|dept|oficina|agencia|dependencia",
    "campaign": "campaign|project|matter|case|campana|proyecto|caso",
    "items": "items|item|recordsrequested|recordssought|documents|requesttext",
    "background": "background|purpose",
    "sent": "sent|datesent|senton|submitted|datesubmitted|submissiondate|filed|datefiled|daterequested|requestdate|"
    "requested|enviada|fechadeenvio",
    "channel": "channel|method|how|via|senthow|medium|medio",
    "received": "received|datereceived|receivedon|receiptdate",
    "acknowledged": "acknowledged|dateacknowledged|acknowledgedon|acknowledgement|acknowledgment|ackdate",
    "tracking": "tracking|trackingnumber|trackingno|foianumber|foiano|requestnumber|requestno|requestid|foiaid|"
    "casenumber|caseno|referencenumber|reference|numerodeseguimiento",
    "answered": "answered|dateanswered|determination|determinationdate|responsedate|response|decisiondate|decision|"
    "closed|dateclosed|finalresponse|respondida",
    "outcome": "outcome|disposition|result|resultado",
    "notes": "notes|note|comments|comment|remarks|notas",
}  # fmt: skip
_CHANNELS = {
    Channel.MAIL: "mail|usmail|usps|post|postal|letter|certifiedmail|fedex|ups|correo",
    Channel.EMAIL: "email|correoelectronico",
    Channel.PORTAL: "portal|online|web|website|foiagov|foiaxpress|securerelease|publicaccesslink|pal|muckrock",
    Channel.FAX: "fax",
    Channel.HAND: "hand|byhand|handdelivery|handdelivered|inperson|courier",
}
_OUTCOMES = {
    "full_grant": "granted|grantedinfull|fullgrant|releasedinfull|fullrelease|grant",
    "partial_grant": "partial|partiallygranted|grantedinpart|partialgrant|partialdenial|deniedinpart|releasedinpart|"
    "grantedpartiallydeniedinpart|partialrelease|redacted",
    "full_denial": "denied|deniedinfull|fulldenial|denial|withheldinfull|fullywithheld",
    "no_records": "norecords|norecordsfound|noresponsiverecords|norecord",
    "referred": "referred|allrecordsreferred",
    "withdrawn": "withdrawn|requestwithdrawn",
    "fee_related": "feerelated|feerelatedreason|fees",
    "not_reasonably_described": "notreasonablydescribed|recordsnotreasonablydescribed",
    "improper": "improper|improperrequest|improperfoiarequest",
    "not_agency_record": "notagencyrecord|notanagencyrecord",
    "duplicate": "duplicate|duplicaterequest",
    "glomar": "glomar|neitherconfirmnordeny|ncnd",
    "other": "other",
}


def folded(text: str) -> str:
    """Return letters and figures alone, without case or accents: "Date sent:" as "datesent"."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if char.isalnum())


def suggested(columns: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    """Return which columns seem to hold which field, by their names; a column is in one field at most."""
    found: dict[str, tuple[int, ...]] = {}
    for place, name in enumerate(columns):
        plain = folded(name)
        field = next((one for one, names in _NAMES.items() if plain in names.split("|")), "")
        if field and (field not in found or field in MANY):
            found[field] = (*found.get(field, ()), place)
    return found


def day(text: str, order: str) -> date:
    """Read a date as people write it; order: what 2/3/2026 means ("mdy", "dmy"; "" where only one reading is one).

    Raises BadInput saying why it cannot be read, or that it has two readings.
    """
    plain = re.sub(r"[T ]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:[ap]m|z)?$", "", text.strip(), flags=re.IGNORECASE)
    plain = re.sub(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]?\s+", "", plain, flags=re.IGNORECASE)
    wrong = BadInput(say("{what} is not a date.", what=repr(text.strip()[:40])))
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", plain, re.ASCII):
        year, month, number = map(int, found.groups())
    elif found := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})", plain, re.ASCII):
        first, second, year = map(int, found.groups())
        year += 2000 if year < 100 else 0
        month, number = _ordered(first, second, order, text)
    elif found := re.fullmatch(r"(\d{1,2})\.?[ -]+([a-z]{3,9})\.?,?[ -]+(\d{4})", plain, re.IGNORECASE | re.ASCII):
        month, number, year = _month(found[2], wrong), int(found[1]), int(found[3])
    elif found := re.fullmatch(r"([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})", plain, re.IGNORECASE | re.ASCII):
        month, number, year = _month(found[1], wrong), int(found[2]), int(found[3])
    else:
        raise wrong
    try:
        return read_date(date(year, month, number), "date")
    except ValueError:
        raise wrong from None


def _ordered(first: int, second: int, order: str, text: str) -> tuple[int, int]:
    """Return month and day."""
    if order == "dmy":
        return second, first
    if order == "mdy" or first == second or second > 12:
        return first, second
    if first > 12:
        return second, first
    raise BadInput(
        say("{what} has two readings: say whether the month or the day comes first.", what=repr(text.strip()[:40]))
    )


def _month(word: str, wrong: BadInput) -> int:
    if word[:3].lower() not in _MONTHS:
        raise wrong
    return _MONTHS.index(word[:3].lower()) + 1


def channel(text: str) -> Channel:
    """Read a way of sending; raises BadInput."""
    plain = folded(text)
    for one, names in _CHANNELS.items():
        if plain in names.split("|"):
            return one
    raise BadInput(say("{what} is no way of sending that is known.", what=repr(text.strip()[:40])))


def outcome(text: str) -> str:
    """Read an outcome; raises BadInput."""
    plain = folded(text)
    for one, names in _OUTCOMES.items():
        if plain == folded(one) or plain in names.split("|"):
            return one
    raise BadInput(
        say("{what} is none of the outcomes: {what2}.", what=repr(text.strip()[:40]), what2=", ".join(OUTCOMES))
    )
