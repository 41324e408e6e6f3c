"""Everything the request view shows, read in one go off the window's thread and handed over frozen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from foiadesk.records import (
    FEDERAL_LAWS,
    Attachment,
    Correspondence,
    Event,
    EventKind,
    Letter,
    LetterState,
    Request,
    Requester,
)
from foiadesk_ui.i18n import _, full_date, plain_date
from foiadesk_ui.request_words import channel_words, due_words, meaning_of, stage_words, turn_words, unverified_words

if TYPE_CHECKING:
    from foiadesk.desk import Desk, LetterKind, TimelineEntry
    from foiadesk.law import Answer


@dataclass(frozen=True, slots=True)
class Facts:
    """One request as it stood at one moment. log: every event ever entered, each with whether it is in force."""

    request: Request
    answer: "Answer"
    today: date
    timeline: "tuple[TimelineEntry, ...]"
    log: tuple[tuple[Event, bool], ...]
    letters: tuple[Letter, ...]
    correspondence: tuple[Correspondence, ...]
    documents: tuple[Attachment, ...]
    requesters: tuple[Requester, ...]
    campaign: str
    kinds: "tuple[LetterKind, ...]"
    letter_steps: frozenset[str] = frozenset()  # next steps that a letter answers
    next_letters: tuple[str, ...] = ()  # the kinds that the next steps lead to
    unverified: str = ""  # the rule of the ruling clock that was not compared with a source
    other_law: str = ""  # the law, where it is not the federal Act
    court_unverified: str = ""  # the law, when the way to court rests on such a rule

    @property
    def events(self) -> tuple[Event, ...]:
        """The events in force, in order of entry."""
        return tuple(event for event, in_force in self.log if in_force)

    @property
    def drafts(self) -> tuple[Letter, ...]:
        """Letters not yet sent."""
        return tuple(letter for letter in self.letters if letter.state == LetterState.DRAFT)

    def letter_title(self, kind: str) -> str:
        """Return the title of a letter kind; "" when it is no letter."""
        return next((one.title for one in self.kinds if one.name == kind), "")


def read_facts(desk: "Desk", request: int) -> Facts:
    """Read one request; raises NotFound."""
    from foiadesk.law import load_pack, unverified_rule

    found = desk.requests.get(request)
    law = load_pack(found.law)
    people = {person.id: person for person in desk.people.all()}
    answer, steps = desk.requests.answer(request), desk.letters.steps()
    leads = [desk.letters.for_step(step.kind, request) for step in answer.next_steps if step.kind in steps]
    campaigns = {campaign.id: campaign.title for campaign in desk.requests.campaigns()}
    return Facts(
        request=found,
        answer=answer,
        today=desk.clock(),
        timeline=desk.requests.timeline(request),
        log=desk.requests.log(request),
        letters=desk.letters.for_request(request),
        correspondence=desk.filing.correspondence(request),
        documents=desk.filing.documents(request),
        requesters=tuple(people[one] for one in found.requesters if one in people),
        campaign=campaigns.get(found.campaign or 0, ""),
        kinds=desk.letters.kinds(),
        letter_steps=steps,
        next_letters=tuple(dict.fromkeys(name for name in leads if name)),
        unverified=unverified_rule(answer.ruling, law) if answer.ruling is not None else "",
        other_law="" if found.law in FEDERAL_LAWS else law.title,
        court_unverified=law.title if answer.exhaustion.unverified else "",
    )


def tracking_numbers(events: Iterable[Event]) -> tuple[str, ...]:
    """Return the numbers the agency gave, each once, in order."""
    found: dict[str, None] = {}
    for event in events:
        number = event.get("tracking_number") if event.kind is EventKind.ACKNOWLEDGED else event.get("number")
        if number and event.kind in (EventKind.ACKNOWLEDGED, EventKind.TRACKING_NUMBER):
            found[str(number)] = None
    return tuple(found)


def sent_words(events: Iterable[Event]) -> str:
    """Say when and how the request went out: "sent 5 Jan 2026 through the portal"; "" before that."""
    for event in events:
        if event.kind is EventKind.REQUEST_SENT:
            said = _("sent {day}").format(day=plain_date(event.date))
            return f"{said} {channel_words(event.get('channel'))}".strip()
    return ""


def due_in_days(facts: Facts) -> int | None:
    """Return the days from today to the ruling clock's due date, None without one or when it is over."""
    ruling = facts.answer.ruling
    if ruling is None or ruling.due is None or str(ruling.state) != "running":
        return None
    return (ruling.due - facts.today).days


def days_late_now(facts: Facts) -> int:
    """Return the days the ruling clock is late and still unanswered."""
    ruling = facts.answer.ruling
    if ruling is None or str(ruling.state) != "missed" or ruling.met_on is not None:
        return 0
    return int(ruling.days_late)


def standing_line(facts: Facts) -> tuple[str, str]:
    """Return a meaning and the line under the title: due or late, stage, whose turn, and the way to court."""
    answer = facts.answer
    late, due = days_late_now(facts), due_in_days(facts)
    stage = stage_words(answer.stage)
    first = due_words(late, due)
    if first:
        stage = "" if late else stage[:1].lower() + stage[1:]
    court = court_words(facts)
    doubt = (
        unverified_words() if court and facts.court_unverified and not facts.unverified else ""
    )  # else the bar says it
    parts = [first, stage, turn_words(answer.turn), court, doubt]
    return meaning_of(late, due, answer.stage), " · ".join(part for part in parts if part)


def court_words(facts: Facts) -> str:
    """Say in a few words how the way to court stands; "" when there is nothing to say yet."""
    exhaustion = facts.answer.exhaustion
    match str(exhaustion.state):
        case "open" | "exhausted" if exhaustion.since:
            return _("may sue since {day}").format(day=full_date(exhaustion.since))
        case "closed_by_determination" if exhaustion.until:
            return _("appeal before suing, until {day}").format(day=full_date(exhaustion.until))
        case "closed_by_determination":
            return _("appeal before suing")
        case "in_suit":
            return _("in court")
    return ""
