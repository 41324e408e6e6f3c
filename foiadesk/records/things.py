"""What a desk holds: requesters, offices, campaigns, requests, correspondence, files, letters. No I/O.

An ``id`` is the row's integer key; 0 means "not stored yet". A ``version`` counts the changes to a row, so that an
undo can refuse when something later touched it.
"""

from collections.abc import Mapping
from dataclasses import field
from datetime import date as Day  # noqa: N812 - a field named "date" would hide the type
from datetime import datetime
from decimal import Decimal

from foiadesk.frozen import dataclass
from foiadesk.records.enums import (
    AttachmentRole,
    Channel,
    Direction,
    ExpeditionGround,
    FeeCategory,
    LetterState,
    Stage,
    Turn,
)

FEDERAL_LAWS = frozenset({"us-foia", "us-privacy-act"})  # law packs whose requests go to federal offices


@dataclass(frozen=True, slots=True)
class Signer:
    """A person who signs for a requester."""

    name: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Requester:
    """An organisation or person who asks, with a letterhead and signers. ``address`` is one line of it each."""

    name: str
    address: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""
    website: str = ""
    signers: tuple[Signer, ...] = ()
    logo: int | None = None  # attachment id of a PNG or JPEG
    id: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class Office:
    """An office that takes requests, as the directory had it. A copy is kept on each request.

    ``code`` is "DEPARTMENT/COMPONENT", e.g. "DHS/ICE". The ``*_as_of`` say when each part was last seen
    ("2026-01-11", "2017-07", or "" for unknown); ``cautions`` must be shown wherever the address is used.
    """

    code: str
    department: str
    department_abbr: str
    component: str
    component_abbr: str
    address: tuple[str, ...] = ()  # street lines, then "City, ST ZIP"
    email: str = ""
    phone: str = ""
    fax: str = ""
    portal: str = ""
    website: str = ""
    officer: str = ""  # title of the FOIA officer
    directory_as_of: str = ""
    address_as_of: str = ""
    email_as_of: str = ""
    cautions: tuple[str, ...] = ()
    law: str = "us-foia"  # the id of the law pack under which it is asked
    own: tuple[str, ...] = ()  # names of the fields above that are a person's own words, not the directory's
    own_as_of: str = ""  # the day they were written down

    @property
    def federal(self) -> bool:
        """Whether it is asked under the federal Act, with what only that has: fee categories, expedition."""
        return self.law in FEDERAL_LAWS

    @property
    def name(self) -> str:
        """The office in full: component, or the department where it takes its own requests."""
        return self.component or self.department

    @property
    def short(self) -> str:
        """The office in a list: "ICE"."""
        return self.component_abbr or self.department_abbr


@dataclass(frozen=True, slots=True)
class OwnOffice:
    """What a person knows of an office beside the directory. added: the directory does not have it at all.

    fields: of ``Office``, what differs (all that is known of an added one); an address is its lines. contact: who
    answers there, in words.
    """

    code: str
    fields: Mapping[str, str] = field(default_factory=dict)
    contact: str = ""
    notes: str = ""
    added: bool = False
    as_of: Day | None = None
    id: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class Campaign:
    """One question put to several offices."""

    title: str
    id: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class FeeChoices:
    """What the requesters chose to say of fees; nothing is asserted that was not chosen.

    reasons: the waiver's reasons by factor key of the letters' catalogue, in the requester's words; "waiver" and
    "limit" hold the reason and the most to be paid, with its currency, under another law than the federal Act.
    """

    category: FeeCategory | None = None
    waiver: bool = False
    limit: Decimal | None = None  # willing to pay up to this many US dollars
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExpeditionChoices:
    """What the requesters chose to say of expedition, 5 U.S.C. 552(a)(6)(E)."""

    asked: bool = False
    ground: ExpeditionGround | None = None
    statement: str = ""  # the facts, in the requester's words
    certified: bool = False  # "true and correct to the best of my knowledge and belief"


@dataclass(frozen=True, slots=True)
class Request:
    """One request to one office. ``items`` are what is asked for, numbered from 1 in the letter."""

    title: str
    office: Office
    items: tuple[str, ...] = ()
    campaign: int | None = None
    requesters: tuple[int, ...] = ()  # ids, in signing order; the first one's letterhead leads
    law: str = "us-foia"
    records_from: Day | None = None
    records_to: Day | None = None
    formats: str = ""  # e.g. "native electronic files"
    background: str = ""  # a paragraph on why, above the items
    fees: FeeChoices = FeeChoices()
    expedition: ExpeditionChoices = ExpeditionChoices()
    notes: str = ""
    created_at: datetime | None = None  # UTC
    trashed: bool = False
    id: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class Attachment:
    """One stored file. ``name`` is safe to show and never a path; ``sha256`` and ``size`` are of the plain bytes."""

    name: str
    sha256: str
    size: int
    media_type: str = "application/octet-stream"
    role: AttachmentRole = AttachmentRole.ORIGINAL
    origin: str = ""  # where it came from, in words: "dropped file", "part 2 of mail.eml"
    added_at: datetime | None = None  # UTC
    request: int | None = None
    correspondence: int | None = None
    trashed: bool = False
    privileged: bool = False  # never leaves the desk
    id: int = 0


@dataclass(frozen=True, slots=True)
class Correspondence:
    """A letter, message or file that came or went. request None: it waits in the In-tray."""

    direction: Direction
    date: Day | None = None  # local date of the letter or message
    channel: Channel | None = None
    subject: str = ""
    sender: str = ""
    recipients: tuple[str, ...] = ()
    body: str = ""  # the text part, for reading
    message_id: str = ""
    in_reply_to: str = ""
    damaged: str = ""  # why it could not be read in full; "" when it could
    postmark: Day | None = None  # of a letter of ours: the day the post office stamped it
    by_hand: Day | None = None  # of a letter of ours: the day it was handed to the office
    request: int | None = None
    events: tuple[str, ...] = ()  # ids of the events this is the evidence of
    attachments: tuple[Attachment, ...] = ()
    filed_at: datetime | None = None  # UTC
    trashed: bool = False
    id: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of ours, from draft to sent. ``values`` are the form's fields by name."""

    kind: str
    request: int
    values: Mapping[str, str] = field(default_factory=dict)
    state: LetterState = LetterState.DRAFT
    title: str = ""
    correspondence: int | None = None  # once sent
    updated_at: datetime | None = None  # UTC
    id: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class LetterVersion:
    """What a draft said at a moment. why: kept, pause, saved, printed or restored (what stood before a restoring)."""

    letter: int
    values: Mapping[str, str]
    why: str
    at: datetime  # UTC
    name: str = ""  # given by the person who kept it
    id: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """The derived answer for one request, kept so that lists are fast; rebuildable from events at any time."""

    request: int
    stage: Stage
    turn: Turn
    clock: str = ""  # kind of the ruling clock
    due: Day | None = None  # last day to act, inclusive
    who: str = ""  # who must act by then
    may_sue_since: Day | None = None
    next_change_on: Day | None = None
    head_event: int = 0
    pack_version: str = ""
    calendar_version: str = ""
    unverified: str = ""  # the rule of the ruling clock that was not compared with a source; "" when it was
