"""Invented documents for search, the same ones each time: words as often as in real texts, some planted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

SEED = 7
LENGTH = 60  # words
_VOCABULARY = 30_000
BATCH = 1_000
# Planted in so large a share of the documents.
_SHARES = {"records": 0.5, "contract": 0.08, "surveillance": 0.01, "surveilled": 0.004, "marmalade": 0.00005}
_PHRASE, _PHRASE_SHARE = "estimated completion date", 0.02


@dataclass(frozen=True, slots=True)
class Text:
    """One document, numbered from 1."""

    number: int
    title: str
    body: str


# Class -> the query in our own language; what other programs say differs in a few signs.
QUERIES = {
    "rare word": "marmalade",
    "common word": "records",
    "phrase": '"estimated completion date"',
    "prefix": "surveil*",
    "AND": "records contract",
    "NOT": "contract -surveillance",
}


def _words(random: Random) -> list[str]:
    syllables = [a + b for a in "bcdfghklmnprstvw" for b in "aeiou"]
    found: dict[str, None] = {}
    while len(found) < _VOCABULARY:
        found.setdefault("".join(random.choices(syllables, k=random.randint(2, 4))))
    return list(found)


def texts(count: int) -> Iterator[Text]:
    """Yield so many documents. Words follow Zipf's law."""
    random = Random(SEED)
    words = _words(random)
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    for number in range(1, count + 1):
        body = random.choices(words, cum_weights=weights, k=LENGTH)
        for word, share in _SHARES.items():
            if random.random() < share or (number == 1):
                body[random.randrange(LENGTH)] = word
        if random.random() < _PHRASE_SHARE or number == 2:
            body.append(_PHRASE)
        yield Text(number, f"Letter {number} {body[0]} {body[1]}", " ".join(body))


def fill(write: Callable[[Callable[["Database"], None]], object], count: int) -> None:
    """Put so many documents into an index. write: runs work in one transaction, as the desk's index does."""
    from foiadesk.store import rows_index

    batch: list[Text] = []

    def work(db: "Database") -> None:
        entries = []
        for text in batch:
            day = f"20{10 + text.number % 16}-{1 + text.number % 12:02}-{1 + text.number % 28:02}"
            entries.append(rows_index.Entry("mail", text.number, text.title, text=text.body, date=day))
        rows_index.put_all(db, "mail", entries)

    for text in texts(count):
        batch.append(text)
        if len(batch) == BATCH:
            write(work)
            batch = []
    if batch:
        write(work)
