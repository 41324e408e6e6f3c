"""What the desk's methods take and give, beside the records themselves: frozen, without behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from foiadesk.frozen import dataclass
from foiadesk.records import (
    Attachment,
    Stage,
)
from foiadesk.records.speech import remade

if TYPE_CHECKING:
    from pathlib import Path

    from foiadesk.desk.change import Change
    from foiadesk.intake import PageImage
    from foiadesk.letters import Blank, Spot


@dataclass(frozen=True, slots=True)
class TrashItem:
    """One thing in the trash. kind: request, correspondence, letter or attachment; ``id`` is of that kind.

    where: what it belonged to, in words. size: bytes of the files that lie in the trash with it. below: whether that
    request lies in the trash too.
    """

    kind: str
    id: int
    name: str
    where: str = ""
    trashed_at: datetime | None = None  # UTC
    size: int = 0
    below: bool = False


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge did. held_by: where backups made before it still hold what was purged, a phrase each.

    files: stored files removed from the disk; later: what could not be finished now and is finished at the next
    opening, a sentence, else "".
    """

    sentence: str
    things: int
    files: int
    held_by: tuple[str, ...] = ()
    later: str = ""


@dataclass(frozen=True, slots=True)
class PassphraseChanged:
    """What changing the passphrase did. old_backups: names of backups that only an earlier one opens.

    alert: what could not be done after the change, a sentence, else "".
    """

    sentence: str
    old_backups: tuple[str, ...] = ()
    alert: str = ""


@dataclass(frozen=True, slots=True)
class Renewed:
    """What renewing the attachments' key did. files: encrypted anew; failed: ids of contents it could not read.

    complete: no stored file needs the old key any more, and the desk has forgotten it.
    """

    sentence: str
    files: int
    failed: tuple[int, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """Bytes without a path: a dropped message, a paste."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class FileStretch:
    """A stretch of a file on the person's disk, in bytes: one message of a mailbox."""

    name: str
    path: Path
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Related:
    """What lies beside a stored file: its parts, the file it is a part of, other versions of the same message."""

    parts: tuple[Attachment, ...] = ()
    whole: Attachment | None = None
    versions: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class NotRead:
    """Something that could not be read, or not be brought in at all. correspondence: 0 where nothing was kept."""

    name: str
    why: str
    correspondence: int = 0


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of bringing files, folders, mailboxes or archives to the desk; everything met is in one of these.

    messages, files: new on the desk. there: their bytes lay there already. versions: messages that came again under
    the same Message-ID with other bytes, as (new, old) correspondence. damaged: kept, and read as far as can be.
    unread: kept, but could not be read. refused: not kept. passed: how many of each kind were passed over
    ("system files": 3).
    """

    change: Change
    messages: int = 0
    files: int = 0
    there: int = 0
    versions: tuple[tuple[int, int], ...] = ()
    damaged: tuple[NotRead, ...] = ()
    unread: tuple[NotRead, ...] = ()
    refused: tuple[NotRead, ...] = ()
    passed: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LetterPreview:
    """A letter's pages as pictures; what is still blank, and where; what the law warns of; its words for a portal."""

    pages: tuple[PageImage, ...]
    blanks: tuple[Blank, ...]
    warnings: tuple[str, ...]
    text: str = ""
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """A due date that a recount changed. clock: its kind; clock_id: what opens its worksheet."""

    request: int
    title: str
    was: date | None
    now: date | None
    why: str
    clock: str = ""
    clock_id: str = ""


@dataclass(frozen=True, slots=True)
class Closure:
    """A day on which the offices of a calendar are closed, beside its holidays, as a person entered it."""

    id: int
    calendar: str
    date: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One event behind an answer: what the record holds. correspondence: the filed letters that show it.

    event: the event's id, as ``requests.events`` has it. assumed: entered as assumed, not known.
    """

    date: date
    sentence: str
    event: str
    correspondence: tuple[int, ...] = ()
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class ExhaustionRow:
    """The answer to "may I sue?" for one request. Facts and sources, never advice.

    state, expedition_state: not_yet, open, closed_by_determination, exhausted, in_suit, not_applicable. since: the day
    the state began; until: the day it lasts to, where one is known. undisputed_since: the day by every reading the
    agency could argue. assumed: it rests on a date that is assumed. clock_id: the clock whose worksheet counts it
    ("" for none). evidence: the events behind it, oldest first. unverified: the law, when a rule of it that this
    rests on was not compared with a source. why_made: how ``why`` was made, as it is kept.
    """

    request: int
    title: str
    office_short: str
    campaign: int | None
    campaign_title: str
    stage: Stage
    state: str
    since: date | None
    until: date | None
    why: str
    assumed: bool
    undisputed_since: date | None
    expedition_state: str
    expedition_since: date | None
    clock_id: str = ""
    evidence: tuple[Evidence, ...] = ()
    unverified: str = ""
    why_made: str = field(default="", repr=False)

    @property
    def may_sue(self) -> bool:
        """Whether the way to court is open: nothing came in time, or every remedy was used."""
        return self.state in ("open", "exhausted")

    @property
    def why_said(self) -> str:
        """The reason as a window says it in its own language; made from what was kept only when it is looked at."""
        return remade(self.why, self.why_made)


@dataclass(frozen=True, slots=True)
class Ripening:
    """When one request becomes ripe for court if nothing else happens. on: None when it does not by itself.

    until: the last day it stays so, None when nothing known ends it. state, why: as on the day asked about, which is
    today or the day after the last supposed event. unverified: the law, when a rule of it that this rests on was not
    compared with a source.
    """

    request: int
    title: str
    office_short: str
    state: str
    on: date | None
    until: date | None
    undisputed_on: date | None
    why: str
    unverified: str = ""


@dataclass(frozen=True, slots=True)
class RipeTogether:
    """The earliest day on which all chosen requests are ripe, if nothing but what was supposed happens.

    on: None when no such day is known; ``missing`` then holds the requests that prevent it. undisputed_on: the same by
    every reading the agencies could argue.
    """

    on: date | None
    undisputed_on: date | None
    each: tuple[Ripening, ...]
    missing: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TodayRow:
    """One line of Today. meaning: late, soon, waiting or done; action_kind: a letter kind or the name of an action.

    unverified: the rule behind its dates that was not compared with a source; "" when all were.
    """

    request: int
    title: str
    office_short: str
    sentence: str
    detail: str
    due: date | None
    days_late: int
    meaning: str
    action_kind: str
    action_label: str
    unverified: str = ""


@dataclass(frozen=True, slots=True)
class TodayPage:
    """The first page: what needs the person, what agencies owe, and the next six weeks by day.

    in_tray: how much waits there. moved: due dates that a new edition of the law moved, in this session.
    waiting: requests that are still to be counted again; until then, any of them may be missing or out of place here.
    strip_until: there are too many dates to look at all: those of this day may not be whole, later ones are left out.
    """

    as_of: date
    needs_you: tuple[TodayRow, ...]
    agencies_owe: tuple[TodayRow, ...]
    strip: tuple[tuple[date, tuple[TodayRow, ...]], ...]
    in_tray: int = 0
    moved: tuple[Moved, ...] = ()
    waiting: int = 0
    strip_until: date | None = None


class DueRow(NamedTuple):
    """One clock of one request that somebody still has to meet. due is the last day to act, inclusive.

    unverified: the law and rule it rests on, when that was not compared with a source; "" when it was.
    A tuple, which is made much faster than a frozen dataclass: there may be hundreds of thousands.
    """

    request: int
    title: str
    office: str
    clock: str
    who: str
    due: date | None
    state: str
    days_late: int
    clock_id: str = ""
    unverified: str = ""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One thing that was found. kind: request, event, mail, letter or file; id: its row (an event's row number).

    state: draft, letter (correspondence that is a letter of ours), damaged or "".
    marks: (start, end) of what to highlight in ``snippet``, title_marks in ``title``. page: of a file, from 1; 0 where
    it has none. sub: the kind of event or letter, how mail came, why a file lies here. name: the request's, in words.
    """

    kind: str
    id: int
    title: str
    snippet: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    title_marks: tuple[tuple[int, int], ...] = ()
    request: int | None = None
    name: str = ""
    date: date | None = None
    sub: str = ""
    state: str = ""
    direction: str = ""
    media: str = ""
    page: int = 0
    pages: int = 0


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of what was found. total: how many fit; more: and beyond, uncounted. notes: what was taken otherwise.

    words: what was looked for, for highlighting in a document. waiting: things changed that are not findable yet;
    unread: files whose text was not read yet.
    """

    hits: tuple[SearchHit, ...] = ()
    total: int = 0
    more: bool = False
    notes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    waiting: int = 0
    unread: int = 0


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search kept under a name."""

    id: int
    name: str
    query: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class Strength:
    """How long a passphrase would stand. score: 0 to 4, as zxcvbn counts."""

    score: int
    sentence: str
