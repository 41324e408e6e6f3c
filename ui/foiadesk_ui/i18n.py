"""Every visible string, date and number goes through here, so that the window can speak more than one language."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale

from foiadesk.shelf import resources

if TYPE_CHECKING:
    import gettext
    from datetime import date

LANGUAGES: tuple[tuple[str, str], ...] = (("en", "English"), ("es", "Español"))
_translation: "gettext.NullTranslations | None" = None  # None: English as it stands


def use(language: str) -> None:
    """Speak ``language`` ("en", "es") from now on; "" follows the system. Untranslated strings stay English."""
    global _translation  # noqa: PLW0603 - one language a process, as gettext itself has it
    code = language or QLocale.system().name().split("_")[0]
    _translation = None
    folder = resources() / "translations"
    if (folder / code).is_dir():
        import gettext

        _translation = gettext.translation("foiadesk", str(folder), [code], fallback=True)
    if language:
        QLocale.setDefault(QLocale(language))
    elif QLocale.system().language() is QLocale.Language.C:  # a system without any says dates and numbers in English
        QLocale.setDefault(QLocale("en_US"))


def _(text: str) -> str:
    """Return ``text`` in the window's language."""
    return _translation.gettext(text) if _translation is not None else text


def ngettext(one: str, many: str, number: int) -> str:
    """Return the form of the sentence that fits ``number``, with ``{n}`` replaced by the number as people write it."""
    english = one if number == 1 else many
    words = _translation.ngettext(one, many, number) if _translation is not None else english
    return words.replace("{n}", number_text(number))


def number_text(number: int) -> str:
    """Return a whole number with its locale's grouping."""
    return QLocale().toString(number)


def full_date(day: "date | None") -> str:
    """Return a day in full, "Mon 3 Feb 2026"; "" for none."""
    return "" if day is None else QLocale().toString(QDate(day.year, day.month, day.day), "ddd d MMM yyyy")


def plain_date(day: "date | None") -> str:
    """Return a day with its year, "3 Feb 2026"; "" for none."""
    return "" if day is None else QLocale().toString(QDate(day.year, day.month, day.day), "d MMM yyyy")


def short_date(day: "date | None") -> str:
    """Return a day as lists show it, "3 Feb"; "" for none."""
    return "" if day is None else QLocale().toString(QDate(day.year, day.month, day.day), "d MMM")


def days_late(days: int) -> str:
    """Return "35 days late": a number with a unit, never a date to subtract."""
    return ngettext("{n} day late", "{n} days late", days)


def due_in(days: int) -> str:
    """Return "due today" or "due in 6 days"."""
    return _("due today") if days == 0 else ngettext("due in {n} day", "due in {n} days", days)


def size_text(size: int) -> str:
    """Return a file size as people read it, "1.4 MB"."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
