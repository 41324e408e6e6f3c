"""Passphrases: generate one of words, and say how long a given one would stand."""

from foiadesk.desk.shapes import Strength


def generate(words: int = 7) -> str:
    """Return a passphrase of this many random words from a published list."""
    raise NotImplementedError


def estimate(text: str) -> Strength:
    """Return how strong a passphrase is, with a sentence saying why."""
    raise NotImplementedError
