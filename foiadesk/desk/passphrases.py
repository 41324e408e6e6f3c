"""Passphrases: generate one of words, and say how long a given one would stand."""

from __future__ import annotations

from functools import cache

from foiadesk.desk.shapes import Strength
from foiadesk.records.errors import BadInput
from foiadesk.records.speech import joined, say

_JUDGED = 72  # characters the estimator looks at; more would only make it slow

_SENTENCES = (
    "Far too easy to guess: anybody who copies the desk would be in at once.",
    "Easy to guess: a home computer would find it in hours.",
    "Somewhat guessable: it would not stand against someone determined.",
    "Hard to guess, but not for someone with many computers and much time.",
    "Strong: as far as is known, nobody could guess it.",
)


@cache
def _words() -> tuple[str, ...]:
    from xkcdpass import xkcd_password  # type: ignore[import-untyped]

    found = xkcd_password.generate_wordlist(wordfile=xkcd_password.locate_wordfile(), min_length=3, max_length=9)
    return tuple(sorted({word.lower() for word in found if word.isascii() and word.isalpha()}))


def generate(words: int = 7) -> str:
    """Return a passphrase of this many random words, each as likely as any other of a published list.

    Seven words of more than 7,700 give 90 bits. Raises BadInput for fewer than 4 or more than 20 words.
    """
    import secrets

    if not 4 <= words <= 20:
        raise BadInput("words: choose 4 to 20.")
    return " ".join(secrets.choice(_words()) for _ in range(words))


def estimate(text: str) -> Strength:
    """Return how strong a passphrase is, with a sentence saying why."""
    from zxcvbn import zxcvbn  # type: ignore[import-untyped]

    if not text.strip():
        return Strength(0, say("A desk needs a passphrase."))
    found = zxcvbn(text[:_JUDGED])
    score = int(found["score"])
    warning = str(found["feedback"]["warning"] or "").strip().rstrip(".")
    sentence = say(_SENTENCES[score])
    return Strength(
        score, joined(" ", (sentence, f"{warning}.")) if warning and score < len(_SENTENCES) - 1 else sentence
    )
