"""What the events in force amount to: receipts, tolls with their answers, answers of the agency, appeals, suit."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import field
from datetime import date

from foiadesk.frozen import dataclass
from foiadesk.law import naming
from foiadesk.law.answers import say
from foiadesk.records import Event, EventKind
from foiadesk.records.speech import say as told

K = EventKind
NO_APPEAL = frozenset({"withdrawn", "duplicate", "referred"})


@dataclass(slots=True)
class Asked:
    """A question of the agency: of information or of fees. ``tolls``: the statute lets it pause the count."""

    event: Event
    family: str  # "clarification" or "fee_estimate"
    reason: str  # "information" or "fees"
    tolls: bool
    answer: Event | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer that opens or refuses a time to appeal: a determination, a closing by the agency, a waiver refused."""

    event: Event
    about: str
    outcome: str
    stands: bool = True  # False once the request was reopened

    @property
    def date(self) -> date:
        """The date on the letter."""
        return self.event.date

    @property
    def appealable(self) -> bool:
        """Whether it opens a time to appeal."""
        return self.outcome not in NO_APPEAL


@dataclass(slots=True)
class Appeal:
    """One appeal: its sendings, its receipt, its decision, and which decision it is against (None: silence)."""

    about: str
    against: Decision | None
    sent: list[Event] = field(default_factory=list)
    received: Event | None = None
    decided: Event | None = None

    @property
    def lost(self) -> bool:
        """Whether nothing of it is left: its delivery failed and nothing more is known."""
        return not self.sent and self.received is None and self.decided is None

    @property
    def first_day(self) -> date:
        """The day it first appears in the record."""
        days = [event.date for event in (*self.sent, self.received, self.decided) if event is not None]
        return min(days)

    @property
    def sent_on(self) -> date | None:
        """The day it was sent, as far as the record goes."""
        return self.sent[0].date if self.sent else None


@dataclass(slots=True)
class History:
    """The events in force, sorted into what clocks ask of them. ``by`` holds each kind in order."""

    events: Sequence[Event]
    by: dict[EventKind, list[Event]]
    asked: list[Asked]
    decisions: list[Decision]  # about the request, in order, also those undone by reopening
    side_decisions: list[Decision]  # fee waivers refused
    appeals: list[Appeal]
    closing: Event | None  # closed by requester or court, not reopened
    undelivered: frozenset[int]  # sendings whose delivery failed, by identity
    warnings: list[str]

    def all(self, kind: EventKind) -> list[Event]:
        """Return the events of one kind, in order."""
        return self.by.get(kind, [])

    @property
    def receipts(self) -> list[Event]:
        """The receipts of the request entered, without assumed ones that a failed delivery withdraws."""
        found = self.all(K.REQUEST_RECEIVED)
        return [event for event in found if id(event) not in self.undelivered] if self.undelivered else found

    def first(self, kind: EventKind) -> Event | None:
        """Return the first event of a kind."""
        found = self.by.get(kind)
        return found[0] if found else None

    @property
    def suit(self) -> Event | None:
        """The suit, if one was filed."""
        return self.first(K.SUIT_FILED)

    @property
    def standing(self) -> Decision | None:
        """The agency's latest answer on the request that was not undone by reopening."""
        for decision in reversed(self.decisions):
            if decision.stands:
                return decision
        return None


def _pair_questions(by: dict[EventKind, list[Event]], warnings: list[str]) -> list[Asked]:
    """Pair each answer with the earliest open question of its own kind, else of its own subject."""
    asked: list[Asked] = []
    for event in by.get(K.CLARIFICATION_ASKED, ()):
        asked.append(Asked(event, "clarification", event.get("about"), True))
    for event in by.get(K.FEE_ESTIMATE, ()):
        asked.append(Asked(event, "fee_estimate", "fees", event.get("stops_work") is True))
    asked.sort(key=lambda question: question.event.date)
    answers = [*by.get(K.CLARIFICATION_ANSWERED, ()), *by.get(K.FEE_ANSWERED, ())]
    answers.sort(key=lambda event: event.date)
    for answer in answers:
        family = "clarification" if answer.kind is K.CLARIFICATION_ANSWERED else "fee_estimate"
        about = answer.get("about") if family == "clarification" else "fees"
        best: Asked | None = None
        best_score = 0
        for question in asked:
            if question.answer is not None or question.event.date > answer.date:
                continue
            if about is not None and question.reason != about:
                continue
            score = 1 + 2 * (question.family == family) + question.tolls
            if score > best_score:
                best, best_score = question, score
        if best is None:
            warnings.append(
                told(
                    "{kind} of {day} answers no question entered before it.",
                    kind=naming.event(answer.kind),
                    day=say(answer.date),
                )
            )
        else:
            best.answer = answer
    return asked


def _decisions(by: dict[EventKind, list[Event]], events: Sequence[Event], warnings: list[str]) -> list[Decision]:
    found: list[Decision] = []
    if not (by.get(K.DETERMINATION) or by.get(K.CLOSED) or by.get(K.REOPENED)):
        return found
    closed: Event | None = None
    sent_back = False
    for event in events:
        if event.kind is K.DETERMINATION:
            found.append(Decision(event, "request", event.get("outcome")))
            sent_back = False
        elif event.kind is K.APPEAL_DECIDED:
            sent_back = sent_back or (event.get("outcome") == "remanded" and event.get("about") == "request")
        elif event.kind is K.CLOSED:
            if event.get("by") == "agency":
                # An agency that closes its file after it has answered decides nothing new, unless it owed an answer
                # to a remand.
                if sent_back or not any(decision.stands for decision in found):
                    found.append(Decision(event, "request", "other"))
                    sent_back = False
            else:
                closed = event
        elif event.kind is K.REOPENED:
            if closed is None and not any(decision.stands for decision in found):
                warnings.append(
                    told("reopened of {day}: nothing had been closed or determined by then.", day=say(event.date))
                )
            found = [Decision(decision.event, decision.about, decision.outcome, False) for decision in found]
            closed = None
    return found


def _closing(by: dict[EventKind, list[Event]], events: Sequence[Event]) -> Event | None:
    closed: Event | None = None
    if K.CLOSED not in by:
        return None
    for event in events:
        if event.kind is K.CLOSED and event.get("by") != "agency":
            closed = closed or event
        elif event.kind is K.REOPENED:
            closed = None
    return closed


def _appeals(
    events: Sequence[Event], decisions: Sequence[Decision], side: Sequence[Decision], warnings: list[str]
) -> list[Appeal]:
    """Group what happened on appeal. Sending again before a decision is the same appeal, not a second one."""
    found: list[Appeal] = []
    by_event = {id(decision.event): decision for decision in (*decisions, *side)}
    latest: dict[str, Decision | None] = {}
    for event in events:
        decision = by_event.get(id(event))
        if decision is not None:
            latest[decision.about] = decision
        if event.kind is K.REOPENED:
            latest.pop("request", None)
        if event.kind not in {K.APPEAL_SENT, K.APPEAL_RECEIVED, K.APPEAL_DECIDED}:
            continue
        about = event.get("about")
        against = latest.get(about)
        pending = [appeal for appeal in found if appeal.about == about and appeal.decided is None]
        same = next((appeal for appeal in reversed(pending) if appeal.against is against), None)
        if event.kind is K.APPEAL_SENT:
            if same is None:
                same = Appeal(about, against)
                found.append(same)
            same.sent.append(event)
            if against is not None and not against.appealable:
                warnings.append(
                    told(
                        "appeal_sent of {day}: the outcome {outcome} opens no appeal.",
                        day=say(event.date),
                        outcome=naming.plain_outcome(against.outcome),
                    )
                )
        elif event.kind is K.APPEAL_RECEIVED:
            open_ones = [appeal for appeal in pending if appeal.received is None]
            # The receipt belongs to the appeal that still waits for one, the one against the latest decision first.
            taken = same if same is not None and same.received is None else next(iter(open_ones), None)
            if taken is not None:
                taken.received = event
            elif same is None:
                found.append(Appeal(about, against, received=event))
        elif pending:
            pending[0].decided = event
        else:
            found.append(Appeal(about, against, decided=event))
            warnings.append(told("appeal_decided of {day}: no open appeal was entered before it.", day=say(event.date)))
    return found


_REQUEST_ARRIVING = frozenset({K.REQUEST_SENT, K.REQUEST_RECEIVED})
_APPEAL_ARRIVING = frozenset({K.APPEAL_SENT, K.APPEAL_RECEIVED})


def _undelivered(events: Sequence[Event]) -> frozenset[int]:
    """Return the sendings and assumed receipts that failed deliveries undo: those of what was sent last (the request or
    an appeal). What is sent again on the day of the failure is the next try, and not what failed.
    """
    tried: list[Event] = []
    lost: set[int] = set()
    for event in sorted(events, key=lambda event: (event.date, event.kind is K.DELIVERY_FAILED)):
        if event.kind in {K.REQUEST_SENT, K.APPEAL_SENT} or (event.assumed and event.kind in _RECEIPTS):
            tried.append(event)
        elif event.kind is K.DELIVERY_FAILED and tried:
            family = _REQUEST_ARRIVING if tried[-1].kind in _REQUEST_ARRIVING else _APPEAL_ARRIVING
            undone = [earlier for earlier in tried if earlier.kind in family and id(earlier) not in lost]
            before = [earlier for earlier in undone if earlier.date < event.date]
            lost.update(id(earlier) for earlier in before or undone)
    return frozenset(lost)


def _delivered(appeals: list[Appeal], undelivered: frozenset[int], warnings: list[str]) -> list[Appeal]:
    """Leave out sendings of appeals that failed, and appeals of which nothing is left."""
    for appeal in appeals:
        for event in appeal.sent:
            if id(event) in undelivered:
                warnings.append(
                    told("The appeal sent on {day} was not delivered: send it again in time.", day=say(event.date))
                )
        appeal.sent = [event for event in appeal.sent if id(event) not in undelivered]
        if appeal.received is not None and id(appeal.received) in undelivered:
            appeal.received = None
    return [appeal for appeal in appeals if not appeal.lost]


def read_history(events: Sequence[Event], warnings: Sequence[str] = ()) -> History:
    """Sort the events in force, already in order, into a history. Impossible orders are kept and warned about."""
    by: dict[EventKind, list[Event]] = defaultdict(list)
    for event in events:
        by[event.kind].append(event)
    said = list(warnings)
    asked: list[Asked] = []
    if by.keys() & _QUESTIONS:
        asked = _pair_questions(by, said)
    decisions = _decisions(by, events, said) if by.keys() & _ENDINGS else []
    side = [
        Decision(event, "fee_waiver", event.get("outcome"))
        for event in by.get(K.FEE_WAIVER_DECIDED, ())
        if event.get("outcome") != "granted"
    ]
    undelivered = _undelivered(events) if K.DELIVERY_FAILED in by else frozenset()
    appeals: list[Appeal] = []
    if by.keys() & _APPEALING:
        appeals = _appeals(events, decisions, side, said)
        if undelivered:
            appeals = _delivered(appeals, undelivered, said)
    return History(events, dict(by), asked, decisions, side, appeals, _closing(by, events), undelivered, said)


_QUESTIONS = {K.CLARIFICATION_ASKED, K.FEE_ESTIMATE, K.CLARIFICATION_ANSWERED, K.FEE_ANSWERED}
_ENDINGS = {K.DETERMINATION, K.CLOSED, K.REOPENED}
_RECEIPTS = frozenset({K.REQUEST_RECEIVED, K.APPEAL_RECEIVED})
_APPEALING = {K.APPEAL_SENT, K.APPEAL_RECEIVED, K.APPEAL_DECIDED}
