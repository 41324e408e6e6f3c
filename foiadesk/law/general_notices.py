"""What notices do to a count under any law but the federal one: extensions, explanations, dates the agency names."""

from datetime import date

from foiadesk.law import naming
from foiadesk.law.answers import say
from foiadesk.law.calendars import Calendar
from foiadesk.law.general_counting import Counting
from foiadesk.law.general_runs import Segment, run
from foiadesk.law.history import History
from foiadesk.law.packs import LawPack, Rule
from foiadesk.records import Event, EventKind
from foiadesk.records.speech import say as told

K = EventKind
_EXPLAINING = (K.ACKNOWLEDGED, K.EXTENSION_NOTICE, K.COMPLETION_DATE_GIVEN)


def deal(
    history: History, pack: LawPack, calendar: Calendar, rule: Rule, start: date, counting: Counting
) -> None:  # fmt: skip
    """Deal out extensions, explanations and dates named, in the order they came."""
    extended = False
    for event in history.events:
        if event.date < start:
            continue
        if event.kind is K.TIME_FRAME_AGREED:
            until = event.get("until")
            if until is not None:
                counting.later.append(until)
                counting.notes.append(
                    told("A time until {day} was agreed on {day2}.", day=say(until), day2=say(event.date))
                )
        elif event.kind is K.EXTENSION_NOTICE and event.get("applies_to") != "appeal":
            extended = _extend(pack, calendar, rule, start, counting, event, extended=extended)
        elif rule.response_suffices:
            if event.kind in _EXPLAINING:
                _explain(counting, event)
        elif counting.numberless and event.kind is K.COMPLETION_DATE_GIVEN:
            _explain(counting, event)


def _late(counting: Counting, event: Event) -> bool:
    """Say whether a notice came when the count had already ended."""
    return counting.due is not None and event.date > counting.due


def _explain(counting: Counting, event: Event) -> None:
    expected = event.get("expected") if event.kind is K.COMPLETION_DATE_GIVEN else None
    if event.kind is K.EXTENSION_NOTICE:
        expected = event.get("expected_date")
    said = told("{event} of {day}", event=naming.event_words(event.kind), day=say(event.date))
    if _late(counting, event):
        counting.notes.append(told("{said} came when the count had ended: it moves nothing.", said=said))
        return
    if counting.numberless and counting.named is not None:
        if expected is not None and expected != counting.named:
            counting.later.append(expected)
            counting.notes.append(
                told("{said} names {day}; the first date named is kept.", said=said, day=say(expected))
            )
        return
    if not counting.numberless:
        counting.notes.append(told("{said} came in time; the law sets no number for the rest.", said=said))
    counting.numberless = True
    counting.earlier.clear()
    counting.assumed = counting.assumed or event.assumed
    if expected is not None:
        counting.named = expected
        counting.notes.append(
            told("{said} names {day} as the date: the agency's own, not the statute's.", said=said, day=say(expected))
        )


def _extend(
    pack: LawPack, calendar: Calendar, rule: Rule, start: date, counting: Counting, event: Event, *, extended: bool
) -> bool:  # fmt: skip
    """Deal out one notice; returns whether an extension has been used by now."""
    extension = pack.extension
    said = told("The extension notice of {day}", day=say(event.date))
    if not extension.says or not extension.allowed:
        why = told(extension.says) if extension.says else told("This law's pack knows no extension.")
        counting.notes.append(told("{said} moves nothing here. {why} Check the statute.", said=said, why=why))
        return extended
    if extension.days is None:
        counting.cites += extension.citations
        counting.notes.append(extension.says)
        _explain(counting, event)
        return True
    if _late(counting, event):
        counting.notes.append(told("{said} came when the count had ended: it is without effect.", said=said))
        return extended
    if extended and not extension.repeats:
        counting.notes.append(told("{said} is not counted: one extension was used already.", said=said))
        return extended
    if not counting.segments:
        counting.notes.append(told("{said} moves nothing: there is no number to extend.", said=said))
        return extended
    _lengthen(extension, calendar, rule, start, counting, event)
    counting.cites += extension.citations
    counting.assumed = counting.assumed or event.assumed
    return True


def _lengthen(
    extension: Rule, calendar: Calendar, rule: Rule, start: date, counting: Counting, event: Event
) -> None:  # fmt: skip
    days, unit = extension.days or 0, extension.unit or "calendar"
    named = event.fields.get("working_days")
    if unit == "working" and named is not None and extension.counted == "after":
        days = min(days, named)
    before = counting.due
    if extension.counted == "from_start":
        segments = [(days, unit)]
        counting.extended_by = days - counting.segments[0][0] if unit == counting.segments[0][1] else days
    else:
        segments = _joined(counting.segments, days, unit)
        counting.extended_by += days
    result = run(calendar, start, segments, roll=rule.roll, spans=counting.spans)
    if before is not None and result.due is not None and result.due < before:
        counting.extended_by = 0
        counting.notes.append(told("The extension notice of {day} gives no later day.", day=say(event.date)))
        return
    if extension.other_days is not None:
        other = [(extension.other_days, extension.other_unit)]
        if extension.counted == "after":
            other = _joined(counting.segments, *other[0])
        most = run(calendar, start, other, roll=rule.roll, spans=counting.spans).due
        if most is not None:
            counting.later.append(most)
        number = naming.period(extension.other_days, extension.other_unit)
        counting.notes.append(told("{period} {says}.", period=number, says=told(extension.other_says)))
    if unit in {"months", "years"} and before is not None and result.due is not None:
        counting.extended_by = (result.due - before).days
    counting.segments, counting.result = segments, result
    counting.earlier.clear()
    counting.notes.append(
        told(
            "{says} Notice of {day}: {what}.",
            says=told(extension.says),
            day=say(event.date),
            what=_added(extension, days, unit),
        )
    )
    expected = event.get("expected_date")
    if expected is not None and result.due is not None and expected > result.due:
        counting.notes.append(told("It names {day}, which is later than the law allows.", day=say(expected)))


def _joined(segments: list[Segment], days: int, unit: str) -> list[Segment]:
    *before, (last, last_unit) = segments
    return [*before, (last + days, unit)] if last_unit == unit else [*segments, (days, unit)]


def _added(extension: Rule, days: int, unit: str) -> str:
    return told(
        "{period} from the start" if extension.counted == "from_start" else "{period} more",
        period=naming.period(days, unit),
    )
