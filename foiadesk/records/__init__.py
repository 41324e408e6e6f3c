"""What a desk holds: frozen records and closed lists, without I/O."""

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
from foiadesk.records.events import Event, EventKind, event_as_json, event_from_json
from foiadesk.records.things import (
    FEDERAL_LAWS,
    Attachment,
    Campaign,
    Correspondence,
    ExpeditionChoices,
    FeeChoices,
    Letter,
    LetterVersion,
    Office,
    OwnOffice,
    Request,
    Requester,
    Signer,
    Standing,
)

__all__ = [
    "FEDERAL_LAWS", "Attachment", "AttachmentRole", "Campaign", "Channel", "Correspondence", "Direction", "Event",
    "EventKind",
    "ExpeditionChoices", "ExpeditionGround", "FeeCategory", "FeeChoices", "Letter", "LetterState", "LetterVersion",
    "Office", "OwnOffice", "Request", "Requester", "Signer", "Stage", "Standing", "Turn", "event_as_json",
    "event_from_json",
]  # fmt: skip
