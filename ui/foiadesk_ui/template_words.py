"""The words for whose letter it is: as shipped, changed here and when, added, moved since."""

from datetime import date
from typing import TYPE_CHECKING

from foiadesk_ui.i18n import _, plain_date

if TYPE_CHECKING:
    from foiadesk.desk import LetterKind, TemplateLine


def whose(kind: "LetterKind") -> str:
    """Say that a kind of letter is not as shipped, and since when; "" when it is."""
    if not kind.changed_on:
        return ""
    words = _("Your own, {day}") if kind.added else _("Changed by you, {day}")
    said = words.format(day=plain_date(date.fromisoformat(kind.changed_on)))
    return f"{said} · {moved_words()}" if kind.moved else said


def state_of(line: "TemplateLine") -> tuple[str, str]:
    """Return the meaning and the words for the state of a letter in the list of templates."""
    if line.wrong:
        return "late", _("Not used: {why}").format(why=line.wrong)
    day = plain_date(date.fromisoformat(line.changed_on)) if line.changed_on else ""
    if line.moved:
        return "soon", f"{_('Changed by you, {day}').format(day=day)} · {moved_words()}"
    if line.state == "shipped":
        return "", _("As shipped")
    return "pen", (_("Your own, {day}") if line.state == "added" else _("Changed by you, {day}")).format(day=day)


def moved_words() -> str:
    """Say that the program has come with another text since."""
    return _("the shipped one has changed since")
