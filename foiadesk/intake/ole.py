"""Compound files, Outlook's way to keep a folder tree in one file: read within bounds, and a branch written as a file.

olefile reads them; it has no way to write one, which is what makes a message enclosed in a message a file again.
"""

import io
import struct
from dataclasses import dataclass, field
from typing import Any

from foiadesk.intake.refusals import Refusal

_MAX_ENTRIES = 50_000
_MAX_DEPTH = 60
_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


@dataclass(slots=True)
class Storage:
    """A folder of a compound file. broken: how many streams in it could not be read."""

    streams: dict[str, bytes] = field(default_factory=dict)
    storages: dict[str, "Storage"] = field(default_factory=dict)
    broken: int = 0

    def all_broken(self) -> int:
        """Return how many streams in it and below could not be read."""
        return self.broken + sum(one.all_broken() for one in self.storages.values())


def read_compound(data: bytes) -> Storage:
    """Read a compound file whole; a stream that cannot be read is left out and counted. Raises Refusal."""
    import olefile

    budget = [4 * len(data) + 65_536]  # streams that share sectors could claim any multiple of the file
    try:
        file = olefile.OleFileIO(io.BytesIO(data))
        return _storage(file, file.root, [], budget, [0])
    except (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, OverflowError, struct.error):
        raise Refusal("damaged_compound") from None
    except RecursionError:
        raise Refusal("damaged_compound") from None


def _storage(file: Any, node: Any, path: list[str], budget: list[int], count: list[int]) -> Storage:
    found = Storage()
    if len(path) > _MAX_DEPTH:
        return found
    for child in node.kids:
        count[0] += 1
        if count[0] > _MAX_ENTRIES:
            raise Refusal("damaged_compound")
        if child.entry_type == 1:
            found.storages[child.name] = _storage(file, child, [*path, child.name], budget, count)
        elif child.entry_type == 2:
            budget[0] -= child.size
            if budget[0] < 0:
                raise Refusal("inflates")
            try:
                with file.openstream([*path, child.name]) as stream:
                    found.streams[child.name] = data = stream.read()
                found.broken += len(data) < child.size
            except (OSError, ValueError, IndexError, TypeError, struct.error):
                found.broken += 1
    return found


@dataclass(slots=True)
class _Entry:
    """A line of the directory being written."""

    name: str
    kind: int  # 1 storage, 2 stream, 5 root
    data: bytes = b""
    child: int = _NONE
    left: int = _NONE
    right: int = _NONE
    start: int = _END


def _order(name: str) -> tuple[int, str]:
    return len(name.encode("utf-16-le")), name.upper()


def _listed(storage: Storage, entries: list[_Entry]) -> int:
    """Add a storage's entries; return the root of the balanced tree they make."""
    here = sorted((*storage.streams, *storage.storages), key=_order)
    places: list[int] = []
    for name in here:
        places.append(len(entries))
        if name in storage.streams:
            entries.append(_Entry(name, 2, storage.streams[name]))
        else:
            entry = _Entry(name, 1)
            entries.append(entry)
            entry.child = _listed(storage.storages[name], entries)

    def tree(low: int, high: int) -> int:
        if low >= high:
            return _NONE
        middle = (low + high) // 2
        entry = entries[places[middle]]
        entry.left, entry.right = tree(low, middle), tree(middle + 1, high)
        return places[middle]

    return tree(0, len(places))


def _chain(fat: list[int], count: int) -> int:
    """Add a chain of sectors to a table and return where it starts."""
    if not count:
        return _END
    start = len(fat)
    fat.extend(range(start + 1, start + count))
    fat.append(_END)
    return start


def _padded(data: bytes, size: int) -> bytes:
    return data + bytes(-len(data) % size)


def write_compound(storage: Storage) -> bytes:
    """Return a storage as a compound file of version 3; the same storage always gives the same bytes."""
    entries = [_Entry("Root Entry", 5)]
    entries[0].child = _listed(storage, entries)
    fat: list[int] = []
    mini_fat: list[int] = []
    body = bytearray()
    mini = bytearray()
    for entry in entries[1:]:
        if entry.kind == 2 and len(entry.data) >= _CUTOFF:
            padded = _padded(entry.data, _SECTOR)
            entry.start = _chain(fat, len(padded) // _SECTOR)
            body += padded
        elif entry.kind == 2 and entry.data:
            padded = _padded(entry.data, _MINI)
            entry.start = _chain(mini_fat, len(padded) // _MINI)
            mini += padded
    entries[0].data = bytes(mini)
    parts: list[bytes] = [_padded(bytes(mini), _SECTOR)]
    entries[0].start = _chain(fat, len(parts[0]) // _SECTOR)
    table = struct.pack(f"<{len(mini_fat)}I", *mini_fat)
    table += b"\xff" * (-len(table) % _SECTOR)
    mini_start = _chain(fat, len(table) // _SECTOR)
    listing = b"".join(map(_line, entries))
    listing += _blank_line() * (-(len(listing) // 128) % 4)
    directory_start = _chain(fat, len(listing) // _SECTOR)
    parts += [table, listing]
    fat_sectors, difat_sectors = 0, 0
    while True:  # the table describes its own sectors too
        total = len(fat) + fat_sectors + difat_sectors
        needed = -(-total // 128)
        more = max(0, -(-(needed - 109) // 127))
        if (needed, more) == (fat_sectors, difat_sectors):
            break
        fat_sectors, difat_sectors = needed, more
    first_fat = len(fat)
    fat += [_FAT] * fat_sectors + [0xFFFFFFFC] * difat_sectors
    fat += [_FREE] * (fat_sectors * 128 - len(fat))
    places = list(range(first_fat, first_fat + fat_sectors))
    difat = b""
    for number in range(difat_sectors):
        chunk = places[109 + number * 127 : 109 + (number + 1) * 127]
        following = first_fat + fat_sectors + number + 1 if number + 1 < difat_sectors else _END
        difat += struct.pack("<128I", *chunk, *[_FREE] * (127 - len(chunk)), following)
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6, bytes(6), 0, fat_sectors,
        directory_start, 0, _CUTOFF, mini_start, len(table) // _SECTOR,
        first_fat + fat_sectors if difat_sectors else _END, difat_sectors,
    )  # fmt: skip
    header += struct.pack("<109I", *places[:109], *[_FREE] * (109 - min(109, len(places))))
    return b"".join((header, bytes(body), *parts, struct.pack(f"<{len(fat)}I", *fat), difat))


def _line(entry: _Entry) -> bytes:
    name = entry.name[:31].encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16sIQQIQ",
        name, len(name), entry.kind, 1, entry.left, entry.right, entry.child, bytes(16), 0, 0, 0,
        entry.start if entry.kind != 1 else 0, len(entry.data),
    )  # fmt: skip


def _blank_line() -> bytes:
    return struct.pack("<64sHBBIII16sIQQIQ", b"", 0, 0, 0, _NONE, _NONE, _NONE, bytes(16), 0, 0, 0, 0, 0)
