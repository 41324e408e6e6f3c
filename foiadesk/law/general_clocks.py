"""What an agency owes under any law but the federal one: acknowledgment, determination, furnishing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from foiadesk.law import naming
from foiadesk.law.answers import Clock, Pause, say
from foiadesk.law.general_counting import begin, finish, not_started
from foiadesk.law.general_notices import deal
from foiadesk.law.general_runs import Span
from foiadesk.law.history import Asked, History
from foiadesk.law.making import Maker
from foiadesk.law.packs import LawPack
from foiadesk.law.plan import answered_by
from foiadesk.records import Event, EventKind
from foiadesk.records.speech import say as told

K = EventKind
_FIRST_REPLIES = (
    K.ACKNOWLEDGED, K.TRACKING_NUMBER, K.EXTENSION_NOTICE, K.COMPLETION_DATE_GIVEN, K.TIME_FRAME_AGREED,
    K.INTERIM_RELEASE,
)  # fmt: skip


def tolls(history: History, pack: LawPack) -> tuple[list[Span], tuple[Pause, ...], list[str]]:
    """Return the pauses that this law counts, every pause as listed, and what must be said of the others."""
    spans: list[Span] = []
    pauses = []
    notes = []
    for asked in history.asked:
        if not asked.tolls:
            continue
        counts = _counts(asked, pack)
        to = asked.answer.date if asked.answer else None
        if counts:
            spans.append((asked.event.date, to))
            notes.append(pack.tolling.says)
        else:
            question = told(
                "The question about {reason} of {day}", reason=naming.about(asked.reason), day=say(asked.event.date)
            )
            notes.append(
                told(
                    "{question} pauses nothing here: this law's pack knows no such pause. Check the statute.",
                    question=question,
                )
            )
        pauses.append(Pause(asked.event.date, to, asked.reason, counts))
    return spans, tuple(pauses), notes


def _counts(asked: Asked, pack: LawPack) -> bool:
    return pack.tolling.fees if asked.reason == "fees" else pack.tolling.information


def first_reply(history: History, after: date) -> Event | None:
    """Return the agency's first word on the request since a day: an acknowledgment, a notice or an answer."""
    answer = answered_by(history)
    found = [event for kind in _FIRST_REPLIES for event in history.all(kind) if event.date >= after]
    if answer is not None and answer.date >= after:
        found.append(answer.event)
    return min(found, key=lambda event: event.date) if found else None


def acknowledgment(history: History, pack: LawPack, make: Maker, start: date, *, assumed: bool) -> Clock:
    """Return the clock of the first reply."""
    rule = pack.clocks["acknowledgment"]
    reply = first_reply(history, start)
    return finish(make, rule, begin(make.calendar, rule, start), start, met_on=reply.date if reply else None,
                  assumed=assumed)  # fmt: skip


def determination(
    history: History, pack: LawPack, make: Maker, start: date, first: Clock | None, *, assumed: bool,
    notes: Sequence[str],
) -> Clock:  # fmt: skip
    """Return the clock of the answer: chained to the acknowledgment where the law says so, paused, extended."""
    rule = pack.clocks["determination"]
    answer = answered_by(history)
    said = list(notes)
    chained = rule.after and first is not None
    if chained:
        assert first is not None
        by_act = rule.counted_from == "act" and first.met_on is not None
        from_day = first.met_on if by_act else first.due
        if from_day is None:
            clock = not_started(make, rule, met_on=answer.date if answer else None, notes=(*said, *first.notes))
            return replace(clock, assumed=assumed)
        said.append(
            told("Counted from the acknowledgment of {day}.", day=say(from_day))
            if by_act
            else told("Counted from {day}, when the acknowledgment was due.", day=say(from_day))
        )
        if not by_act and rule.counted_from == "act":
            assumed = True
        start = from_day
    spans, pauses, about_tolls = tolls(history, pack)
    counting = begin(make.calendar, rule, start, spans)
    counting.notes += about_tolls
    deal(history, pack, make.calendar, rule, start, counting)
    if pack.tolling.says and any(pause.counted for pause in pauses):
        counting.cites += pack.tolling.citations
    closed = make.closed_on
    if answer is not None and counting.due is not None and answer.date < start:
        said.append(told("The answer is dated before the count starts."))
    rules = ((pack.extension.says, "; ".join(pack.extension.citations)),) if counting.extended_by else ()
    return finish(make, rule, counting, start, met_on=answer.date if answer else None, ended_on=closed,
                  assumed=assumed, notes=said, pauses=pauses, rules=rules)  # fmt: skip


def production(history: History, pack: LawPack, make: Maker) -> list[Clock]:
    """Return the time to furnish what was granted."""
    rule = pack.clocks.get("production")
    decision = answered_by(history)
    if rule is None or decision is None or decision.outcome not in {"full_grant", "partial_grant"}:
        return []
    released = [event.date for event in history.all(K.INTERIM_RELEASE) if event.date >= decision.date]
    notes = (told("Taken as met by the first release entered since."),) if released else ()
    counting = begin(make.calendar, rule, decision.date)
    return [finish(make, rule, counting, decision.date, met_on=released[0] if released else None, notes=notes)]
