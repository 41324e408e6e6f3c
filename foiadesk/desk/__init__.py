"""The one door to a desk: open it, act through it, hear what changed. Everything heavy behind it is imported late."""

from typing import TYPE_CHECKING, Any

from foiadesk.desk.change import Change
from foiadesk.desk.desk import Desk
from foiadesk.desk.shapes import (
    Brought,
    Closure,
    DeskSettings,
    DueRow,
    Evidence,
    ExhaustionRow,
    IncomingFile,
    LetterPreview,
    Merging,
    Moved,
    NotRead,
    PassphraseChanged,
    Purged,
    Related,
    Renewed,
    RequestFilter,
    RequestPlan,
    RequestRow,
    Ripening,
    RipeTogether,
    SavedSearch,
    SavedView,
    SearchHit,
    SearchPage,
    Strength,
    TimelineEntry,
    TodayPage,
    TodayRow,
    TrashItem,
)

if TYPE_CHECKING:
    from foiadesk.desk.backup_shapes import (
        BackupAlarm,
        BackupCopy,
        BackupFile,
        BackupMade,
        BackupPlace,
        Fault,
        Holder,
        Verified,
    )
    from foiadesk.desk.campaigns import CampaignBoard, CampaignLine, OfficeRow
    from foiadesk.desk.letter_runs import LetterRun, RunLetter
    from foiadesk.desk.meaning_shapes import Candidate, Proves, SuggestedEvent, Understanding, Waiting
    from foiadesk.desk.page_texts import PageText
    from foiadesk.desk.templates import TemplateLine, TemplateSource
    from foiadesk.intake import DocumentInfo, PageImage, ParsedMessage
    from foiadesk.intake.ocr import Ocr
    from foiadesk.letters import ComposedLetter, LetterField, LetterKind
    from foiadesk.letters.comparing import FieldChange
    from foiadesk.letters.merging import MergeFact
    from foiadesk.letters.snippets import Snippet

__all__ = [
    "BackupAlarm",
    "BackupCopy",
    "BackupFile",
    "BackupMade",
    "BackupPlace",
    "Brought",
    "CampaignBoard",
    "CampaignLine",
    "Candidate",
    "Change",
    "Closure",
    "ComposedLetter",
    "Desk",
    "DeskSettings",
    "DocumentInfo",
    "DueRow",
    "Evidence",
    "ExhaustionRow",
    "Fault",
    "FieldChange",
    "Holder",
    "IncomingFile",
    "LetterField",
    "LetterKind",
    "LetterPreview",
    "LetterRun",
    "MergeFact",
    "Merging",
    "Moved",
    "NotRead",
    "Ocr",
    "OfficeRow",
    "PageImage",
    "PageText",
    "ParsedMessage",
    "PassphraseChanged",
    "Proves",
    "Purged",
    "Related",
    "Renewed",
    "RequestFilter",
    "RequestPlan",
    "RequestRow",
    "RipeTogether",
    "Ripening",
    "RunLetter",
    "SavedSearch",
    "SavedView",
    "SearchHit",
    "SearchPage",
    "Snippet",
    "Strength",
    "SuggestedEvent",
    "TemplateLine",
    "TemplateSource",
    "TimelineEntry",
    "TodayPage",
    "TodayRow",
    "TrashItem",
    "Understanding",
    "Verified",
    "Waiting",
]

_ELSEWHERE = {
    "BackupAlarm": "foiadesk.desk.backup_shapes",
    "BackupCopy": "foiadesk.desk.backup_shapes",
    "BackupFile": "foiadesk.desk.backup_shapes",
    "BackupMade": "foiadesk.desk.backup_shapes",
    "BackupPlace": "foiadesk.desk.backup_shapes",
    "Fault": "foiadesk.desk.backup_shapes",
    "Holder": "foiadesk.desk.backup_shapes",
    "Verified": "foiadesk.desk.backup_shapes",
    "Candidate": "foiadesk.desk.meaning_shapes",
    "Proves": "foiadesk.desk.meaning_shapes",
    "SuggestedEvent": "foiadesk.desk.meaning_shapes",
    "Understanding": "foiadesk.desk.meaning_shapes",
    "Waiting": "foiadesk.desk.meaning_shapes",
    "CampaignBoard": "foiadesk.desk.campaigns", "CampaignLine": "foiadesk.desk.campaigns",
    "OfficeRow": "foiadesk.desk.campaigns",
    "Ocr": "foiadesk.intake.ocr",
    "DocumentInfo": "foiadesk.intake", "PageImage": "foiadesk.intake", "ParsedMessage": "foiadesk.intake",
    "FieldChange": "foiadesk.letters.comparing", "MergeFact": "foiadesk.letters.merging",
    "Snippet": "foiadesk.letters.snippets",
    "LetterRun": "foiadesk.desk.letter_runs", "RunLetter": "foiadesk.desk.letter_runs",
    "PageText": "foiadesk.desk.page_texts",
    "TemplateLine": "foiadesk.desk.templates", "TemplateSource": "foiadesk.desk.templates",
    "ComposedLetter": "foiadesk.letters", "LetterField": "foiadesk.letters", "LetterKind": "foiadesk.letters",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Pass on the shapes that other rooms own, importing their room only when asked."""
    room = _ELSEWHERE.get(name)
    if room is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(room), name)
