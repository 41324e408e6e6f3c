"""Pair kerning out of a font's GPOS table: how much closer two letters stand than their widths say."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

_PAIR, _EXTENSION = 2, 9


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data

    def u16(self, at: int) -> int:
        return int.from_bytes(self.data[at : at + 2], "big")

    def u32(self, at: int) -> int:
        return int.from_bytes(self.data[at : at + 4], "big")

    def u16s(self, at: int, count: int) -> tuple[int, ...]:
        return struct.unpack_from(f">{count}H", self.data, at)

    def ranges(self, at: int, count: int) -> Iterator[tuple[int, int, int]]:
        """First and last glyph of each range, and the number it is given."""
        numbers = iter(self.u16s(at, 3 * count))
        return zip(numbers, numbers, numbers, strict=True)

    def coverage(self, at: int) -> dict[int, int]:
        """Glyph -> its index in the coverage."""
        form, count = self.u16s(at, 2)
        if form == 1:
            return {glyph: index for index, glyph in enumerate(self.u16s(at + 4, count))}
        found: dict[int, int] = {}
        for first, last, index in self.ranges(at + 4, count):
            found.update(zip(range(first, last + 1), range(index, index + last - first + 1), strict=True))
        return found

    def classes(self, at: int) -> dict[int, int]:
        """Glyph -> its class; glyphs not named are of class 0."""
        form = self.u16(at)
        if form == 1:
            first, count = self.u16s(at + 2, 2)
            return {first + index: found for index, found in enumerate(self.u16s(at + 6, count)) if found}
        classes: dict[int, int] = {}
        for first, last, number in self.ranges(at + 4, self.u16(at + 2)):
            if first == last:
                classes[first] = number
            else:
                classes.update(dict.fromkeys(range(first, last + 1), number))
        return classes


def _signed(value: int) -> int:
    return value - 0x10000 if value & 0x8000 else value


class _Advance(NamedTuple):
    """Where in a value record the horizontal advance stands, and how long both records are, in bytes."""

    at: int | None
    both: int


def _advance(first: int, second: int) -> _Advance:
    at = 2 * (first & 0b11).bit_count() if first & 0b100 else None
    return _Advance(at, 2 * (first.bit_count() + second.bit_count()))


class _Pairs:
    """Format 1: single pairs, listed by first glyph."""

    def __init__(self, reader: _Reader, at: int) -> None:
        self.reader = reader
        self.covered = reader.coverage(at + reader.u16(at + 2))
        self.value = _advance(reader.u16(at + 4), reader.u16(at + 6))
        self.at = at

    def find(self, left: int, right: int) -> int | None:
        index = self.covered.get(left)
        if index is None:
            return None
        place = self.at + self.reader.u16(self.at + 10 + 2 * index)
        size = 2 + self.value.both
        low, high = 0, self.reader.u16(place)
        while low < high:
            middle = (low + high) // 2
            record = place + 2 + size * middle
            glyph = self.reader.u16(record)
            if glyph == right:
                return 0 if self.value.at is None else _signed(self.reader.u16(record + 2 + self.value.at))
            low, high = (middle + 1, high) if glyph < right else (low, middle)
        return None


class _Classes:
    """Format 2: a table of classes of first against classes of second glyphs."""

    def __init__(self, reader: _Reader, at: int) -> None:
        self.reader = reader
        self.covered = reader.coverage(at + reader.u16(at + 2))
        self.value = _advance(reader.u16(at + 4), reader.u16(at + 6))
        self.first = reader.classes(at + reader.u16(at + 8))
        self.second = reader.classes(at + reader.u16(at + 10))
        self.columns = reader.u16(at + 14)
        self.at = at + 16

    def find(self, left: int, right: int) -> int | None:
        if left not in self.covered or self.value.at is None:
            return None
        cell = self.first.get(left, 0) * self.columns + self.second.get(right, 0)
        return _signed(self.reader.u16(self.at + cell * self.value.both + self.value.at))


class Kerning:
    """The pair kerning of one font, in font units; zero where the font says nothing."""

    def __init__(self, gpos: bytes) -> None:
        self.tables: list[_Pairs | _Classes] = []
        self.known: dict[tuple[int, int], int] = {}
        if gpos:
            self._load(_Reader(gpos))

    def _load(self, reader: _Reader) -> None:
        features, lookups = reader.u16s(6, 2)
        wanted: dict[int, None] = {}
        for place in range(features + 2, features + 2 + 6 * reader.u16(features), 6):
            if reader.data[place : place + 4] == b"kern":
                at = features + reader.u16(place + 4)
                wanted.update(dict.fromkeys(reader.u16s(at + 4, reader.u16(at + 2))))
        for index in sorted(wanted):
            at = lookups + reader.u16(lookups + 2 + 2 * index)
            for table in reader.u16s(at + 6, reader.u16(at + 4)):
                self._table(reader, reader.u16(at), at + table)

    def _table(self, reader: _Reader, kind: int, at: int) -> None:
        if kind == _EXTENSION:
            kind, at = reader.u16(at + 2), at + reader.u32(at + 4)
        if kind == _PAIR:
            self.tables.append(_Pairs(reader, at) if reader.u16(at) == 1 else _Classes(reader, at))

    def between(self, left: int, right: int) -> int:
        """Return what to add to the advance of glyph ``left`` when glyph ``right`` follows."""
        pair = (left, right)
        found = self.known.get(pair)
        if found is None:
            found = next((value for table in self.tables if (value := table.find(left, right)) is not None), 0)
            self.known[pair] = found
        return found
