"""Numbers of the postal service on certified and registered mail, told from other digits by their check digit."""

import re
from collections.abc import Iterator

# 9407 1118 9922 3344 5566 71 and 7019 2970 0000 1234 5678, with or without spaces; RR 123 456 785 US.
_DOMESTIC = re.compile(r"(?<![\d-])(?:9[1-5]\d\d(?:[ -]?\d{4}){4}[ -]?\d\d|7\d{3}(?:[ -]?\d{4}){4})(?![\d-])")
_ABROAD = re.compile(r"(?<![A-Z0-9])[A-Z]{2} ?\d{3} ?\d{3} ?\d{3} ?US(?![A-Z0-9])")
_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def postal_numbers(text: str) -> Iterator[str]:
    """Yield the postal numbers in a text without their spaces, in order; a wrong check digit leaves one out."""
    found: dict[str, int] = {}
    for match in _DOMESTIC.finditer(text):
        number = re.sub(r"\D", "", match.group(0))
        if _domestic_digit(number[:-1]) == int(number[-1]):
            found.setdefault(number, match.start())
    for match in _ABROAD.finditer(text):
        number = match.group(0).replace(" ", "")
        if _abroad_digit(number[2:10]) == int(number[10]):
            found.setdefault(number, match.start())
    yield from sorted(found, key=lambda number: found[number])


def _domestic_digit(digits: str) -> int:
    """Weights 3 and 1 from the right, to the next ten."""
    total = sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(reversed(digits)))
    return -total % 10


def _abroad_digit(digits: str) -> int:
    """The check digit of the Universal Postal Union's standard S10."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest)
