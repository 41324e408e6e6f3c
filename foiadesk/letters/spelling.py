"""Spelling by a Hunspell dictionary: the installed one of a language, else the English one that comes along."""

import io
import re
import threading
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

FOLDERS = (Path("/usr/share/hunspell"), Path("/usr/share/myspell/dicts"), Path("/usr/share/myspell"))
NAMES = {"en": ("en_US", "en_GB", "en"), "es": ("es_US", "es_MX", "es", "es_ES")}
MOST = 6
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_SKIPPED = re.compile(r"\{[a-z_]+\}|\S*[@/\\]\S*|\S*\d\S*|\S+\.\S+")  # facts, addresses, numbers, sections of the law
_lock = threading.Lock()  # loading takes a second: once is enough


def words_of(text: str) -> list[tuple[int, int, str]]:
    """Return each word of a text that can be misspelled, with where it begins and ends."""
    skipped = [match.span() for match in _SKIPPED.finditer(text)]
    found = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = match[0]
        if len(word) > 1 and not word.isupper() and not any(first <= start < last for first, last in skipped):
            found.append((start, end, word))
    return found


@cache
def dictionary_of(language: str) -> Path | None:
    """Return the dictionary for a language ("en-US"), without its suffix; None when none is here."""
    short = language[:2]
    for name in NAMES.get(short, ()):
        for folder in FOLDERS:
            if (folder / f"{name}.dic").is_file() and (folder / f"{name}.aff").is_file():
                return folder / name
    if short != "en":
        return None
    import spylls

    own = Path(spylls.__file__).parent / "hunspell" / "data" / "en" / "en_US"
    return own if own.with_suffix(".dic").is_file() else None


@cache
def _loaded(path: Path) -> Any:
    """Return a dictionary, read from memory: the library's own reader leaves its files open."""
    from spylls.hunspell import Dictionary, readers
    from spylls.hunspell.readers.file_reader import BaseReader

    class Held(BaseReader):  # type: ignore[misc]
        def __init__(self, file: Path, encoding: str = "windows-1252") -> None:
            self.data = file.read_bytes()
            super().__init__(self._opened(encoding))

        def reset_encoding(self, encoding: str) -> None:
            self.reset_io(self._opened(encoding))

        def _opened(self, encoding: str) -> io.StringIO:
            return io.StringIO(self.data.decode(encoding, "surrogateescape"), newline=None)

    aff, context = readers.read_aff(Held(path.with_suffix(".aff")))
    return Dictionary(aff, readers.read_dic(Held(path.with_suffix(".dic"), context.encoding), aff=aff, context=context))


def _dictionary(language: str) -> Any:
    path = dictionary_of(language)
    if path is None:
        return None
    with _lock:
        return _loaded(path)


def wrong(words: Iterable[str], language: str) -> frozenset[str]:
    """Return the words a language's dictionary does not know; none without a dictionary."""
    dictionary = _dictionary(language)
    if dictionary is None:
        return frozenset()
    return frozenset(word for word in set(words) if not dictionary.lookup(word.replace("’", "'")))


def suggestions(word: str, language: str) -> tuple[str, ...]:
    """Return what may have been meant, likeliest first."""
    dictionary = _dictionary(language)
    if dictionary is None:
        return ()
    found: list[str] = []
    for one in dictionary.suggest(word.replace("’", "'")):
        found.append(one.replace("'", "’") if "’" in word else one)
        if len(found) == MOST:
            break
    return tuple(found)
