"""What the rooms of requests take and give, beside the records themselves: frozen, without behaviour."""

from __future__ import annotations

from datetime import date

from foiadesk.frozen import dataclass
from foiadesk.records import Attachment, Correspondence, Event, ExpeditionChoices, FeeChoices, Stage, Standing

NO_FEES = FeeChoices()
NO_EXPEDITION = ExpeditionChoices()


@dataclass(frozen=True, slots=True)
class RequestPlan:
    """What "New request" collects. offices: codes ("DHS/ICE"); requesters: ids in signing order.

    letter: the kind each request's first letter is of, where it fits the office's law; "" for the general one.
    """

    title: str
    items: tuple[str, ...]
    offices: tuple[str, ...]
    requesters: tuple[int, ...]
    campaign_title: str = ""
    records_from: date | None = None
    records_to: date | None = None
    formats: str = ""
    background: str = ""
    fees: FeeChoices = NO_FEES
    expedition: ExpeditionChoices = NO_EXPEDITION
    notes: str = ""
    letter: str = ""


@dataclass(frozen=True, slots=True)
class RequestFilter:
    """Which requests a list shows, and in what order: urgency, title, office, due or newest.

    text: words that must all occur in title, office, campaign, notes or tracking numbers. office: a code or department.
    """

    text: str = ""
    campaign: int | None = None
    stages: tuple[Stage, ...] = ()
    office: str = ""
    trashed: bool = False
    order: str = "urgency"


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One line of the request list. days_late: calendar days, 0 when not late; due_in: days from today, if any."""

    id: int
    title: str
    office_code: str
    office_short: str
    office_name: str
    campaign: int | None
    campaign_title: str
    tracking: tuple[str, ...]
    sent_on: date | None
    standing: Standing
    days_late: int
    due_in: int | None


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of a request's history. kind: event, correspondence or due."""

    date: date | None
    kind: str
    title: str
    detail: str = ""
    event: Event | None = None
    correspondence: Correspondence | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedView:
    """A way to look at the requests, kept under a name. group: campaign, agency, stage or none.

    show: what a row tells beside title and office, of number, campaign, sent, due, stage and turn; empty: as is usual.
    """

    name: str
    filter: RequestFilter = RequestFilter()
    group: str = "campaign"
    show: tuple[str, ...] = ()
    id: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class Merging:
    """What merging one request into another would move, by their names. doubles: events both have.

    items: of those asked for, how many the other lacks. notes: what should be known before, a sentence each.
    """

    source: str
    into: str
    events: int
    doubles: int
    correspondence: int
    letters: int
    items: int
    notes: tuple[str, ...] = ()


NO_FILTER = RequestFilter()
