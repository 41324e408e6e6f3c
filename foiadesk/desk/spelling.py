"""Spelling of letters: by a dictionary, and by the words a person has told this desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from foiadesk.desk.desk import Done
from foiadesk.records.errors import BadInput, NotFound
from foiadesk.records.speech import say
from foiadesk.store import rows_common

if TYPE_CHECKING:
    from foiadesk.desk.change import Change
    from foiadesk.desk.desk import Desk
    from foiadesk.desk.journal import Journal


class Spelling:
    """What is spelled in a way nobody knows."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def available(self, language: str) -> bool:
        """Tell whether there is a dictionary for a language, as "en-US"."""
        from foiadesk.letters.spelling import dictionary_of

        return dictionary_of(language) is not None

    def wrong(self, texts: Iterable[str], language: str) -> frozenset[str]:
        """Return the words of some texts that neither the dictionary nor the desk knows. Slow at first: it loads."""
        from foiadesk.letters.spelling import words_of, wrong

        known = {word.casefold() for word in self.words()}
        words = {word for text in texts for _start, _end, word in words_of(text)}
        return frozenset(word for word in wrong(words, language) if word.casefold() not in known)

    def of_letter(self, letter: int) -> dict[str, frozenset[str]]:
        """Return the unknown words of a letter, by the form's field. Raises NotFound."""
        from foiadesk.letters.replacing import WRITTEN

        found = self._desk.letters.get(letter)
        kind = self._desk.letters.kind(found.kind)
        fields = [field.name for field in kind.fields if field.type in WRITTEN]
        unknown = {name: self.wrong((found.values.get(name, ""),), kind.language) for name in fields}
        return {name: words for name, words in unknown.items() if words}

    def suggestions(self, word: str, language: str) -> tuple[str, ...]:
        """Return what may have been meant, likeliest first. Slow."""
        from foiadesk.letters.spelling import suggestions

        return suggestions(word, language)

    def words(self) -> tuple[str, ...]:
        """Return the words this desk was told, in order."""
        with self._desk.read() as db:
            found = rows_common.rows(db, "SELECT word FROM known_words ORDER BY word COLLATE NOCASE")
        return tuple(row["word"] for row in found)

    def learn(self, word: str) -> Change:
        """Keep a word as rightly spelled. Raises BadInput when it is none."""
        word = word.strip()
        if not word or any(char.isspace() for char in word):
            raise BadInput("That is not one word.")

        def work(journal: Journal) -> Done:
            known = rows_common.row(journal.db, "SELECT id FROM known_words WHERE word = ?", (word,))
            key = known["id"] if known else journal.insert("known_words", {"word": word})
            return Done(say("“{word}” counts as rightly spelled", word=word), int(key))

        return self._desk.act(work)

    def forget(self, word: str) -> Change:
        """Keep a word no longer. Raises NotFound."""
        word = word.strip()

        def work(journal: Journal) -> Done:
            known = rows_common.row(journal.db, "SELECT id FROM known_words WHERE word = ?", (word,))
            if known is None:
                raise NotFound("The desk was not told that word.")
            journal.delete("known_words", int(known["id"]))
            return Done(say("“{word}” no longer counts as rightly spelled", word=word))

        return self._desk.act(work)
