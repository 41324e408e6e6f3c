"""The one door to a desk: open it, act through it, hear what changed. Everything heavy behind it is imported late."""

from typing import TYPE_CHECKING, Any

from foiadesk.desk.change import Change
from foiadesk.desk.desk import Desk

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
    from foiadesk.desk.request_shapes import (
        Merging,
        RequestFilter,
        RequestPlan,
        RequestRow,
        SavedView,
        TimelineEntry,
    )
    from foiadesk.desk.settings import DeskSettings
    from foiadesk.desk.shapes import (
        Brought,
        Closure,
        DueRow,
        Evidence,
        ExhaustionRow,
        IncomingFile,
        LetterPreview,
        Moved,
        NotRead,
        PassphraseChanged,
        Purged,
        Related,
        Renewed,
        Ripening,
        RipeTogether,
        SavedSearch,
        SearchHit,
        SearchPage,
        Strength,
        TodayPage,
        TodayRow,
        TrashItem,
    )
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
    name: room
    for room, names in {
        "foiadesk.desk.backup_shapes": "BackupAlarm BackupCopy BackupFile BackupMade BackupPlace Fault Holder Verified",
        "foiadesk.desk.campaigns": "CampaignBoard CampaignLine OfficeRow",
        "foiadesk.desk.letter_runs": "LetterRun RunLetter",
        "foiadesk.desk.meaning_shapes": "Candidate Proves SuggestedEvent Understanding Waiting",
        "foiadesk.desk.page_texts": "PageText",
        "foiadesk.desk.request_shapes": "Merging RequestFilter RequestPlan RequestRow SavedView TimelineEntry",
        "foiadesk.desk.settings": "DeskSettings",
        "foiadesk.desk.shapes": (
            "Brought Closure DueRow Evidence ExhaustionRow IncomingFile LetterPreview Moved NotRead PassphraseChanged "
            "Purged Related Renewed RipeTogether Ripening SavedSearch SearchHit SearchPage Strength TodayPage TodayRow "
            "TrashItem"
        ),
        "foiadesk.desk.templates": "TemplateLine TemplateSource",
        "foiadesk.intake": "DocumentInfo PageImage ParsedMessage",
        "foiadesk.intake.ocr": "Ocr",
        "foiadesk.letters": "ComposedLetter LetterField LetterKind",
        "foiadesk.letters.comparing": "FieldChange",
        "foiadesk.letters.merging": "MergeFact",
        "foiadesk.letters.snippets": "Snippet",
    }.items()
    for name in names.split()
}


def __getattr__(name: str) -> Any:
    """Pass on the shapes that other rooms own, importing their room only when asked."""
    room = _ELSEWHERE.get(name)
    if room is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(room), name)
