"""Every visible string, date and number goes through here, so that the window can speak more than one language."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QGuiApplication

from foiadesk.shelf import resources

if TYPE_CHECKING:
    import gettext
    from datetime import date

    from foiadesk.records.errors import KnownError

LANGUAGES: tuple[tuple[str, str], ...] = (("en", "English"), ("es", "Español"))
_COUNTRY = {"en": "en_US", "es": "es_US"}  # whose dates and numbers, where the system does not say
_translation: "gettext.NullTranslations | None" = None  # None: English as it stands
_speaking = "en"
_qt_words: QTranslator | None = None  # Qt's own: Copy and Paste in a field's menu, buttons of its dialogs


def use(language: str) -> None:
    """Speak ``language`` ("en", "es") from now on; "" follows the system. Untranslated strings stay English."""
    global _translation, _speaking  # noqa: PLW0603 - one language a process, as gettext itself has it
    system = QLocale.system()
    _speaking = chosen(language)
    _translation = None
    if _speaking != "en":
        import gettext

        _translation = gettext.translation("foiadesk", str(resources() / "translations"), [_speaking], fallback=True)
    if language and system.name().split("_")[0] != language:
        QLocale.setDefault(QLocale(_COUNTRY.get(language, language)))
    elif system.language() is QLocale.Language.C:  # a system without any says dates and numbers in English
        QLocale.setDefault(QLocale("en_US"))
    else:
        QLocale.setDefault(system)
    _use_qt(_speaking)


def chosen(language: str) -> str:
    """Return the language that a choice comes to: "" is the system's where we speak it, else English."""
    code = language or QLocale.system().name().split("_")[0]
    return code if code in dict(LANGUAGES) else "en"


def speaking() -> str:
    """Return the language of this process."""
    return _speaking


def _use_qt(code: str) -> None:
    """Have Qt speak the language too, and lay windows out in its direction."""
    global _qt_words  # noqa: PLW0603 - as above
    app = QCoreApplication.instance()
    if app is None:
        return
    if _qt_words is not None:
        app.removeTranslator(_qt_words)
        _qt_words = None
    if code != "en":
        words = QTranslator(app)
        if words.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            app.installTranslator(words)
            _qt_words = words
    QGuiApplication.setLayoutDirection(QLocale(code).textDirection())


def _(text: str) -> str:
    """Return ``text`` in the window's language."""
    if _translation is None or not text:
        return text
    found = _translation.gettext(text)
    # Of a sentence that has a plural, Python finds the one form by itself only since 3.11.4; Debian 12 has 3.11.2.
    return found if found != text else _translation.ngettext(text, text, 1)


def N_(text: str) -> str:
    """Mark ``text`` for translation where it cannot be translated yet; it goes through ``_`` when it is shown."""
    return text


def ngettext(one: str, many: str, number: int) -> str:
    """Return the form of the sentence that fits ``number``, with ``{n}`` replaced by the number as people write it."""
    english = one if number == 1 else many
    words = _translation.ngettext(one, many, number) if _translation is not None else english
    return words.replace("{n}", number_text(number))


def said(text: str) -> str:
    """Return a sentence of the engine in the window's language: what it put into it stays, but for days and numbers."""
    if _translation is None:
        return text
    from foiadesk.records.speech import Day, Said, begun  # here and below late: the first page needs no records

    if isinstance(text, Day):
        return plain_date(text.day) if text.year else short_date(text.day)
    if not isinstance(text, Said):
        return text
    filled = {name: _value(value) for name, value in text.values.items()}
    if text.number is None:
        words = _(text.template)
    else:
        words = _translation.ngettext(text.template, text.plural, text.number)
        filled["n"] = number_text(text.number)
    words = words.format(**filled) if filled else words
    return begun(words, text.begin)


def _value(value: object) -> object:
    """Return what a sentence was filled with: our words said anew, the name of an event in words, all else as it is."""
    from foiadesk.records.events import EventKind
    from foiadesk.records.titles import EVENT_TITLES

    if isinstance(value, EventKind):
        return _(EVENT_TITLES[value])
    return said(value) if isinstance(value, str) else value


def words_of(text: str) -> str:
    """Return words of ours in the window's language, whether they were filled in or are the same each time."""
    from foiadesk.records.speech import Day, Said

    return said(text) if isinstance(text, Said | Day) else _(text)


def error_parts(error: "KnownError") -> tuple[str, str, str]:
    """Return what is wrong, what is safe and what to do, in the window's language."""
    from foiadesk.records.speech import Said

    what, safe, todo = (
        said(part) if isinstance(part, Said) else _(part) for part in (error.what, error.safe, error.todo)
    )
    return what, safe, todo


def error_text(error: Exception) -> str:
    """Return what an error says to the person, in the window's language."""
    from foiadesk.records.errors import KnownError

    return " ".join(filter(None, error_parts(error))) if isinstance(error, KnownError) else str(error)


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


def weekday_name(day: "date") -> str:
    """Return the short name of a day's weekday, "Mon"."""
    return QLocale().standaloneDayName(day.isoweekday(), QLocale.FormatType.ShortFormat)


def days_late(days: int) -> str:
    """Return "35 days late": a number with a unit, never a date to subtract."""
    return ngettext("{n} day late", "{n} days late", days)


def due_in(days: int) -> str:
    """Return "due today" or "due in 6 days"."""
    return _("due today") if days == 0 else ngettext("due in {n} day", "due in {n} days", days)


def size_text(size: int) -> str:
    """Return a file size as people read it, "1.4 MB"."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
