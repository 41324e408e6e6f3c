"""The law room: clocks, stage, exhaustion and worksheets as pure functions of (events, law, day)."""

from foiadesk.law.agencies import AgencyRules, rules_for
from foiadesk.law.answers import (
    Answer,
    Clock,
    ClockState,
    Exhaustion,
    ExhaustionState,
    ExpeditionExhaustion,
    Fees,
    NextStep,
    Pause,
)
from foiadesk.law.arithmetic import DueDate, Skipped, due_date
from foiadesk.law.calendars import Calendar, Holiday, calendar_of_dates, holidays, load_calendar
from foiadesk.law.engine import answer
from foiadesk.law.log import in_order, replay
from foiadesk.law.packs import LawPack, load_pack, usable_packs
from foiadesk.law.worksheets import Worksheet, WorksheetDay, summary_of, unverified_rule, worksheet

__all__ = [
    "AgencyRules", "Answer", "Calendar", "Clock", "ClockState", "DueDate", "Exhaustion", "ExhaustionState",
    "ExpeditionExhaustion", "Fees", "Holiday", "LawPack", "NextStep", "Pause", "Skipped", "Worksheet", "WorksheetDay",
    "answer", "calendar_of_dates", "due_date", "holidays", "in_order", "load_calendar", "load_pack", "replay",
    "rules_for", "summary_of", "unverified_rule", "usable_packs", "worksheet",
]  # fmt: skip
