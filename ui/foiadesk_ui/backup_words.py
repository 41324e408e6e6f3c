"""How backups are told of: moments, places and faults in words."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale

from foiadesk_ui.i18n import _, ngettext

if TYPE_CHECKING:
    from foiadesk.desk import BackupPlace, Fault


def moment_words(moment: datetime | None) -> str:
    """Return a moment by the local clock, "Tue 10 Feb 2026 14:02"; "" for none."""
    if moment is None:
        return ""
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(moment.timestamp())), "ddd d MMM yyyy HH:mm")


def every_words() -> tuple[tuple[str, str], ...]:
    """Return the words for how often a place is due, with what they stand for."""
    return ((_("Every day"), "daily"), (_("Every week"), "weekly"), (_("Only by hand"), "hand"))


def last_words(place: "BackupPlace") -> str:
    """Return when the last good backup in a place was made."""
    return moment_words(place.last_good) or _("none yet")


def next_words(place: "BackupPlace", now: datetime) -> str:
    """Return when the next one is due there."""
    if place.next_due is None:
        return _("by hand")
    if place.next_due > now:
        return moment_words(place.next_due)
    return _("now") if place.here else _("when it is connected")


def state_words(place: "BackupPlace") -> str:
    """Return what is to be known of a place, in its second line."""
    if not place.here:
        return _("Not connected: {folder}").format(folder=place.folder)
    return str(place.folder)


def meaning_of(place: "BackupPlace", now: datetime) -> str:
    """Return the meaning a place's last backup has: done, soon (due) or late (older than a week, or none)."""
    if place.last_good is None or (now - place.last_good).days >= 7:
        return "late"
    return "soon" if place.next_due is not None and place.next_due <= now else "done"


def kind_words(fault: "Fault") -> str:
    """Return the one word for a fault."""
    return {
        "rows": _("Rows"),
        "answer": _("Stored answer"),
        "missing": _("Missing"),
        "altered": _("Altered"),
        "swapped": _("Swapped"),
        "extra": _("Extra"),
    }.get(fault.kind, fault.kind)


def faults_words(number: int) -> str:
    """Return how many faults there are."""
    return ngettext("{n} thing does not verify.", "{n} things do not verify.", number)
