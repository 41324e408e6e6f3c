"""The closed lists of the field: stages, turns, channels, categories. Values are exact and stored as they stand."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a request stands; derived from its events, never typed."""

    CLOSED = "closed"
    IN_LITIGATION = "in_litigation"
    EXHAUSTED = "exhausted"
    APPEAL_OVERDUE = "appeal_overdue"
    ON_APPEAL = "on_appeal"
    APPEAL_WINDOW_OPEN = "appeal_window_open"
    DETERMINED = "determined"
    PAUSED = "paused"
    OVERDUE = "overdue"
    IN_PROCESS = "in_process"
    SENT = "sent"
    DRAFT = "draft"


class Turn(StrEnum):
    """Who must act next."""

    AGENCY = "agency"
    REQUESTER = "requester"
    COURT = "court"
    NONE = "none"


class Channel(StrEnum):
    """How something was sent."""

    MAIL = "mail"
    EMAIL = "email"
    PORTAL = "portal"
    FAX = "fax"
    HAND = "hand"


class Direction(StrEnum):
    """Which way correspondence went, seen from the requester."""

    IN = "in"
    OUT = "out"


class FeeCategory(StrEnum):
    """Requester categories of 5 U.S.C. 552(a)(4)(A)(ii)."""

    COMMERCIAL = "commercial"
    EDUCATIONAL = "educational"
    SCIENTIFIC = "scientific"
    NEWS_MEDIA = "news_media"
    OTHER = "other"


class AttachmentRole(StrEnum):
    """Why a file lies on the desk."""

    ORIGINAL = "original"  # the message or file exactly as it came
    PART = "part"  # an attachment found inside a message
    LETTER = "letter"  # a letter of ours, exactly as it was sent
    LETTERHEAD = "letterhead"  # a logo


class LetterState(StrEnum):
    """Whether a letter can still change."""

    DRAFT = "draft"
    SENT = "sent"


class ExpeditionGround(StrEnum):
    """Compelling need under 5 U.S.C. 552(a)(6)(E)(v)."""

    SAFETY = "safety"  # (I): imminent threat to the life or physical safety of an individual
    URGENCY = "urgency"  # (II): urgency to inform the public, by one primarily engaged in disseminating information
