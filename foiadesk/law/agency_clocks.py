"""The counts an agency owes: determination, what a remand sends back, decision of an appeal; by each reading."""

from dataclasses import dataclass, field
from datetime import date

from foiadesk.law.agencies import AgencyRules
from foiadesk.law.answers import Clock, Pause, say
from foiadesk.law.calendars import Calendar
from foiadesk.law.history import Appeal, History
from foiadesk.law.making import Maker, dated
from foiadesk.law.packs import LawPack, Rule
from foiadesk.law.plan import Listed, Plan, answered_by, appeal_receipt, make_plan, remanding
from foiadesk.law.runs import Run
from foiadesk.law.start import Start
from foiadesk.records import EventKind
from foiadesk.records.speech import iso_day, joined
from foiadesk.records.speech import say as told

K = EventKind


@dataclass(slots=True)
class AgencyClocks:
    """own: the determination clock; remands, appeals: (what it belongs to, its clock).

    undisputed: the last day by every reading the agency could argue, by ("own", 0), ("remand", appeal) or ("appeal",
    appeal), an appeal being named by its identity. A missing key: by the agency's reading there is no such day yet.
    """

    own: Clock
    remands: list[tuple[Appeal, Clock]] = field(default_factory=list)
    appeals: list[tuple[Appeal, Clock]] = field(default_factory=list)
    undisputed: dict[tuple[str, int], date] = field(default_factory=dict)


def _disputable(history: History, start: Start, plan: Plan, calendar: Calendar, *, first_day: bool) -> bool:
    """Say whether the agency could read anything otherwise: the second reading is only then worked out."""
    if first_day or start.by_agency != start.day or not start.agency_starts:
        return True
    if len(history.all(K.EXTENSION_NOTICE)) > 1 or sum(asked.tolls for asked in history.asked) > 1:
        return True
    listed = [plan.own, *plan.remands.values(), *plan.appeals.values()]
    for one in listed:
        if one is None:
            continue
        due = one.run.due()
        last = due if due is not None else one.run.start + 400
        if calendar.has_disputed(one.run.start, last):
            return True
        if any(since == due for since, _ in one.run.pauses):
            return True
    return False


def agency_clocks(
    history: History, pack: LawPack, rules: AgencyRules, calendar: Calendar, start: Start, make: Maker
) -> AgencyClocks:
    """Count everything the agency owes working days for."""
    first_day = rules.first_day == "receipt" and start.at_receipt
    plan = make_plan(history, pack, calendar, start.day, first_day=first_day, agency=False)
    history.warnings.extend(plan.loose)
    other: Plan | None = None
    if _disputable(history, start, plan, calendar, first_day=first_day):
        theirs = start.by_agency if start.agency_starts else None
        other = make_plan(history, pack, calendar.disputed_reading, theirs, first_day=first_day, agency=True)
    answer = answered_by(history)
    rule = pack.clocks["determination"]
    found = AgencyClocks(_own(history, pack, rules, calendar, start, make, plan, other, first_day, rule))
    if plan.own is not None:
        known = other is None or (start.agency_starts and other.own is not None)
        _undisputed(
            found, ("own", 0), plan.own, (other.own if other else None) if known else None, other is None, known
        )
    for appeal in remanding(history):
        assert appeal.decided is not None
        listed = plan.remands[id(appeal)]
        theirs_listed = other.remands.get(id(appeal)) if other else None
        answer = answered_by(history, appeal.decided.date)
        clock = _running(make, pack, listed, theirs_listed, pack.clocks["remand"], "determination", "remand",
                         answer.date if answer else None)  # fmt: skip
        found.remands.append((appeal, clock))
        _undisputed(found, ("remand", id(appeal)), listed, theirs_listed, other is None, True)
    for appeal in history.appeals:
        found.appeals.append((appeal, _appeal(appeal, pack, make, plan, other)))
        if id(appeal) in plan.appeals:
            theirs_listed = other.appeals.get(id(appeal)) if other else None
            _undisputed(found, ("appeal", id(appeal)), plan.appeals[id(appeal)], theirs_listed, other is None, True)
    return found


def _undisputed(
    found: AgencyClocks, key: tuple[str, int], ours: Listed, theirs: Listed | None, same: bool, known: bool
) -> None:
    due = ours.run.due()
    if due is None or not known:
        return
    last = due
    if not same:
        their_due = theirs.run.due() if theirs is not None else None
        if their_due is None:
            return
        last = max(last, their_due)
    if ours.agreed is not None:
        last = max(last, ours.agreed.toordinal())
    found.undisputed[key] = date.fromordinal(last)


def _latest(ours: Listed, theirs: Listed | None, due: int | None) -> date | None:
    """Return a later due date the agency could argue for, where there is one."""
    last = due
    if theirs is not None and due is not None:
        their_due = theirs.run.due()
        if their_due is not None:
            last = max(due, their_due)
    if ours.agreed is not None and (last is None or ours.agreed.toordinal() > last):
        last = ours.agreed.toordinal()
    return None if last is None or last == due else date.fromordinal(last)


def _pauses(listed: Listed, due: int | None, ended: date | None) -> tuple[Pause, ...]:
    found = []
    for asked, counts in listed.tolls:
        since = asked.event.date
        # What is asked after the end of the count stays open: no answer of the agency ends it.
        to = asked.answer.date if asked.answer else ended if ended is None or ended >= since else None
        reached = due is not None and since.toordinal() >= due
        found.append(Pause(since, to, asked.reason, counts and not reached))
    return tuple(found)


def _running(
    make: Maker, pack: LawPack, listed: Listed, theirs: Listed | None, rule: Rule, kind: str, about: str,
    met_on: date | None, *, start: Start | None = None, agency_starts: bool = True, assumed: bool = False,
    first_day: bool = False, extra_notes: tuple[str, ...] = (), extra_rules: tuple[tuple[str, str], ...] = (),
) -> Clock:  # fmt: skip
    run = listed.run
    ended = met_on or make.closed_on
    due = run.due()
    paused = due is None
    if paused and ended is not None:
        due, paused = run.due(ended.toordinal()), False
    projected = dated(run.due(make.today.toordinal())) if paused else None
    earliest = None
    if start is not None and start.earliest is not None and due is not None:
        early = Run(run.calendar, start.earliest.toordinal(), run.days, run.ended, run.pauses, run.extended)
        earliest = dated(early.due(ended.toordinal() if ended else None))
        earliest = None if earliest is None or earliest.toordinal() >= due else earliest
    cites = list(rule.citations)
    sentences = [(rule.says, "; ".join(rule.citations)), *extra_rules]
    if listed.tolls:
        cites += pack.tolling.citations
        both = joined(" ", (told(pack.tolling.says), told(pack.tolling.unsettled)))
        sentences.append((both, "; ".join(pack.tolling.citations)))
    if listed.cites:
        cites += listed.cites
        sentences.append((pack.extension.says, "; ".join(pack.extension.citations)))
    if start is not None and start.cites:
        cites += start.cites
        sentences.append((pack.routing.says, "; ".join(pack.routing.citations)))
    notes = [*extra_notes, *listed.notes]
    if rule.unsettled:
        notes.append(rule.unsettled)
    if theirs is not None and not paused:
        notes += _readings(run, theirs, agency_starts)
    return make.make(
        rule,
        kind=kind,
        about=about,
        start=date.fromordinal(run.start),
        due=dated(due),
        met_on=met_on,
        is_paused=paused,
        projected=projected,
        paused=_pauses(listed, due, ended) if listed.tolls else (),
        extended_by=run.extended,
        earliest=earliest,
        latest=_latest(listed, theirs, due) if theirs is not None or listed.agreed is not None else None,
        basis=tuple(cites),
        assumed=assumed or listed.assumed,
        unverified=_unverified(run, due),
        notes=tuple(notes),
        rules=tuple(sentences),
        first_day_counts=first_day,
        late_from=start.late_from if start is not None and not start.capped and start.at_receipt else None,
    )


def _readings(run: Run, theirs: Listed, agency_starts: bool) -> list[str]:
    last = theirs.run.due()
    if not agency_starts:
        return []
    if last is None:
        return [told("The agency may argue that the count is still paused.")]
    due = run.due()
    if due is not None and last > due:
        named = sorted({
            name for day, name in run.calendar.disputed.items() if run.start < day <= last
        })  # fmt: skip
        if named:
            return [
                told(
                    "An agency may leave out days when executive orders closed its offices ({what}).",
                    what=joined(", ", map(told, named)),
                )
            ]
    return []


def _unverified(run: Run, due: int | None) -> bool:
    days = run.calendar.unverified
    return bool(days) and due is not None and run.start < days[-1] and any(run.start < day <= due for day in days)


def _own(
    history: History, pack: LawPack, rules: AgencyRules, calendar: Calendar, start: Start, make: Maker, plan: Plan,
    other: Plan | None, first_day: bool, rule: Rule,
) -> Clock:  # fmt: skip
    answer = answered_by(history)
    notes = list(start.notes)
    extra: tuple[tuple[str, str], ...] = ()
    if first_day:
        notes.append(
            told(
                "By the agency's own rule the day of receipt counts, {first_day_citation}.",
                first_day_citation=rules.first_day_citation,
            )
        )
        extra = ((told("The agency's own rule counts the day of receipt, if a working day, as day 1."),
                  rules.first_day_citation),)  # fmt: skip
    if plan.own is None:
        days = rule.days or 0
        return make.make(
            rule,
            about="request",
            start=None,
            due=None,
            met_on=answer.date if answer else None,
            projected=dated(calendar.add(make.today.toordinal(), days)),
            latest=plan.agreed,
            assumed=start.assumed,
            notes=tuple(notes),
            paused=tuple(
                Pause(asked.event.date, asked.answer.date if asked.answer else None, asked.reason, False)
                for asked, _ in plan.own_tolls
            ),
        )
    if start.day is not None and start.day < pack.text_since:
        notes.append(
            told(
                "The request is older than the text of the law used here (since {text_since}).",
                text_since=iso_day(pack.text_since),
            )
        )
    return _running(
        make, pack, plan.own, other.own if other else None, rule, "determination", "request",
        answer.date if answer else None, start=start, agency_starts=start.agency_starts, assumed=start.assumed,
        first_day=first_day and not calendar.reason(plan.own.run.start), extra_notes=tuple(notes), extra_rules=extra,
    )  # fmt: skip


def _appeal(appeal: Appeal, pack: LawPack, make: Maker, plan: Plan, other: Plan | None) -> Clock:
    rule = pack.clocks["appeal_determination"]
    decided = appeal.decided.date if appeal.decided else None
    received, assumed = appeal_receipt(appeal, pack)
    if received is None:
        return make.make(
            rule,
            about=appeal.about,
            start=None,
            due=None,
            met_on=decided,
            projected=dated(make.calendar.add(make.today.toordinal(), rule.days or 0)),
            notes=(told("No receipt of the appeal is entered, and mail is never taken as received."),)
            if appeal.sent
            else (),
        )
    notes: tuple[str, ...] = ()
    if assumed and appeal.received is None:
        notes = (told("Taken as received on {day}, the day it was sent; enter the receipt.", day=say(received)),)
    return _running(
        make, pack, plan.appeals[id(appeal)], other.appeals.get(id(appeal)) if other else None, rule,
        "appeal_determination", appeal.about, decided, assumed=assumed, extra_notes=notes,
    )  # fmt: skip
