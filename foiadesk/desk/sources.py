"""What a person brings, taken to pieces: files of a folder, messages of a mailbox, members of an archive."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from foiadesk.desk.contents import HEAD, Kept, opened
from foiadesk.desk.shapes import FileStretch, IncomingFile, NotRead
from foiadesk.frozen import dataclass
from foiadesk.intake import mbox, walk
from foiadesk.intake.media import media_type
from foiadesk.intake.names import safe_name, without_controls
from foiadesk.records.errors import BadInput, NotFound, Unreadable
from foiadesk.records.speech import say

if TYPE_CHECKING:
    from foiadesk.desk.desk import Desk
    from foiadesk.intake import Worker
    from foiadesk.intake.client import Archive
    from foiadesk.intake.results import ArchiveMember

ZIP = "application/zip"
AT_ONCE = 8 << 20  # messages up to this size are read once, for the vault and the worker alike
UNPACKED_AT_MOST = 4 << 30  # bytes out of one archive, with those within it; of a small one, less
UNPACKED_ALWAYS = 256 << 20
TIMES = 50  # no honest archive unpacks to more than so many times its size
NESTED_AT_MOST = 3  # archives within archives


@dataclass(frozen=True, slots=True)
class Piece:
    """One file or message to be brought in. kept: where its bytes are in the vault already."""

    source: Path | IncomingFile | FileStretch
    origin: str
    kept: Kept | None = None


@dataclass(slots=True)
class Met:
    """What could not be taken to pieces, or was passed over on the way."""

    unread: list[NotRead] = field(default_factory=list)
    refused: list[NotRead] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)

    def refuse(self, name: str, why: str) -> None:
        """Note what is not brought in."""
        self.refused.append(NotRead(without_controls(name)[:200], why))


def holds_many(source: Path | IncomingFile) -> bool:
    """Say whether something is a folder, a mailbox or an archive. A path that cannot be opened is none of these."""
    if isinstance(source, IncomingFile):
        head = source.data[:HEAD]
    elif source.is_dir():
        return True
    else:
        try:
            with opened(source) as (file, _size):
                head = file.read(HEAD)
        except (OSError, BadInput, NotFound, Unreadable):
            return False
    return mbox.looks_like_mbox(head) or media_type(head, source.name) == ZIP


class Pieces:
    """Takes sources to pieces, one piece in memory at a time. An archive is durable before it is unpacked."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._unpacker: Worker | None = None  # of its own, so that messages read meanwhile do not push the archive out
        self.met = Met()

    def close(self) -> None:
        """End the process that unpacks, if one was needed."""
        if self._unpacker is not None:
            self._unpacker.close()

    def of(self, sources: Sequence[Path | IncomingFile]) -> Iterator[Piece]:
        """Yield every piece of the sources in their order; what cannot be opened is noted in ``met``."""
        for source in sources:
            if isinstance(source, IncomingFile):
                yield from self._given(source)
            elif source.is_dir():
                yield from self._folder(source)
            else:
                yield from self._file(source, "file")

    def _given(self, file: IncomingFile) -> Iterator[Piece]:
        if media_type(file.data, file.name) != ZIP:
            yield from self._held(file, say("dropped file"))
            return
        yield Piece(file, say("dropped file"), self._desk.contents.keep(file))
        yield from self._members(file.data, file.name, 0, _budget(len(file.data)))

    def _folder(self, folder: Path) -> Iterator[Piece]:
        seen = walk.Seen()
        name = folder.resolve().name
        for path in walk.files_in(folder, seen):
            within = PurePosixPath(name, path.relative_to(folder).parent.as_posix())
            yield from self._file(path, without_controls(f"folder {within}"))
        for odd, why in seen.odd:
            self.met.refuse(odd, f"{why[0].upper()}{why[1:]}.")
        self.met.passed.update(seen.passed)

    def _file(self, path: Path, origin: str) -> Iterator[Piece]:
        try:
            with opened(path) as (file, size):
                head = file.read(HEAD)
                if mbox.looks_like_mbox(head):
                    spans = mbox.messages(file)
                    first, second = next(spans, None), next(spans, None)
                    if first and second:
                        yield from self._messages(path, [first, second], spans)
                        return
                archive = media_type(head, path.name) == ZIP
                file.seek(len(head))
                whole = None if archive or size > AT_ONCE else head + file.read()
        except OSError as error:
            self.met.refuse(path.name, say("It cannot be read: {strerror}.", strerror=error.strerror))
            return
        except (BadInput, NotFound, Unreadable) as error:
            self.met.refuse(path.name, error.what)
            return
        if archive:
            yield from self._archive(path, origin)
        else:
            yield Piece(path if whole is None else IncomingFile(path.name, whole), origin)

    def _messages(self, path: Path, first: list[tuple[int, int]], spans: Iterator[tuple[int, int]]) -> Iterator[Piece]:
        with path.open("rb") as file:
            number = 0
            for part in (iter(first), spans):
                for start, size in part:
                    number += 1
                    name, origin = (
                        _message_name(path.name, number),
                        say("message {number} of {name}", number=number, name=without_controls(path.name)),
                    )
                    if size > AT_ONCE:
                        yield Piece(FileStretch(name, path, start, size), origin)
                        continue
                    file.seek(start)
                    yield Piece(IncomingFile(name, file.read(size)), origin)

    def _held(self, file: IncomingFile, origin: str) -> Iterator[Piece]:
        """Yield a file that is in memory, or the messages of a mailbox that is."""
        spans = list(mbox.messages(io.BytesIO(file.data))) if mbox.looks_like_mbox(file.data[:HEAD]) else []
        if len(spans) < 2:
            yield Piece(file, origin)
            return
        for number, (start, size) in enumerate(spans, 1):
            message = IncomingFile(_message_name(file.name, number), file.data[start : start + size])
            yield Piece(message, say("message {number} of {name}", number=number, name=without_controls(file.name)))

    def _archive(self, path: Path, origin: str) -> Iterator[Piece]:
        try:
            kept = self._desk.contents.keep(path)
        except (BadInput, NotFound, Unreadable) as error:
            self.met.refuse(path.name, error.what)
            return
        yield Piece(path, origin, kept)
        if self._worker().limits.input < kept.size:
            self._unread(
                path.name,
                say("The archive has {what} MB, more than is unpacked; it is kept whole.", what=kept.size >> 20),
            )
            return
        yield from self._members(path.read_bytes(), path.name, 0, _budget(kept.size))

    def _worker(self) -> Worker:
        from foiadesk.intake import Worker

        if self._unpacker is None:
            self._unpacker = Worker()
        return self._unpacker

    def _members(self, data: bytes, name: str, depth: int, budget: list[int]) -> Iterator[Piece]:
        """Yield what lies in an archive; archives within it follow after all of its files."""
        label = safe_name(name)
        names: dict[int, str] = {}
        try:
            archive = self._worker().archive(data)
        except Unreadable as error:
            self._unread(label, error.what)
            return
        for member in archive.members:
            parts = member.name.replace("\\", "/").split("/")
            kind = walk.passed_over(parts[-1]) or (walk.SYSTEM if any(map(walk.of_system, parts[:-1])) else "")
            if kind:
                self.met.passed[kind] += 1
                continue
            inner = safe_name(parts[-1] or member.name)
            try:
                file = IncomingFile(inner, self._member(archive, member, budget))
            except Unreadable as error:
                self._unread(f"{inner} in {label}", error.what)
                continue
            if depth < NESTED_AT_MOST and media_type(file.data, inner) == ZIP:
                names[member.number] = inner
            else:
                yield from self._held(file, f"in {label}")
        for number, inner in names.items():  # read anew, so that one archive at a time is held beside this one
            file = IncomingFile(inner, archive.read(number))
            yield Piece(file, f"in {label}", self._desk.contents.keep(file))
            yield from self._members(file.data, file.name, depth + 1, budget)

    @staticmethod
    def _member(archive: Archive, member: ArchiveMember, budget: list[int]) -> bytes:
        if member.trouble:
            raise Unreadable(member.trouble)
        if budget[0] <= 0:
            raise Unreadable("The archive unpacks to far more than such a file should hold.")
        found = archive.read(member.number)
        budget[0] -= len(found)
        return found

    def _unread(self, name: str, why: str) -> None:
        self.met.unread.append(NotRead(without_controls(name)[:200], why))


def _budget(size: int) -> list[int]:
    """Return how many bytes an archive of this size may unpack to, counted down while it does."""
    return [min(UNPACKED_AT_MOST, max(UNPACKED_ALWAYS, TIMES * size))]


def _message_name(mailbox: str, number: int) -> str:
    return f"{mailbox.removesuffix('.mbox')} {number}.eml"
