"""Bringing in everything an office sends: files, folders, mailboxes, archives, many to a transaction, nothing twice."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from foiadesk.desk import parsing, placing
from foiadesk.desk.change import Change
from foiadesk.desk.desk import Done
from foiadesk.desk.shapes import Brought, FileStretch, IncomingFile, NotRead, Related
from foiadesk.desk.sources import Piece, Pieces, holds_many
from foiadesk.intake.media import media_type
from foiadesk.intake.names import safe_name
from foiadesk.records import AttachmentRole, Channel, Correspondence, Direction
from foiadesk.records.errors import BadInput, NotFound, Unreadable
from foiadesk.records.progress import Cancelled, Progress
from foiadesk.records.speech import Said, joined, listed, say, say_count
from foiadesk.store import rows_filing
from foiadesk.store.gathering import Gathering

if TYPE_CHECKING:
    from foiadesk.desk.contents import Kept
    from foiadesk.desk.desk import Desk
    from foiadesk.desk.journal import Journal

BATCH = 128  # pieces to a transaction
BATCH_BYTES = 32 << 20  # of them in memory
_REMEMBERED = 50_000  # contents of this run
_THREADS = 4  # each waits for its own fsync most of the time


class Intake:
    """Many sources at once, into the In-tray or onto one request."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def holds_many(self, source: Path | IncomingFile) -> bool:
        """Say whether something is a folder, a mailbox or an archive, which ``bring`` takes to pieces."""
        return holds_many(source)

    def bring(
        self,
        sources: Sequence[Path | IncomingFile],
        request: int | None = None,
        *,
        direction: Direction = Direction.IN,
        progress: Progress | None = None,
    ) -> Brought:
        """Bring files, folders, mailboxes and zip archives to the desk (request None: the In-tray).

        Folders are walked, mailboxes and archives taken to pieces; an archive is kept whole too. Bytes that lie on the
        desk already are linked, not stored twice: bringing a source again, after any interruption, adds just what is
        missing. All of it is one undo. ``progress`` may stop it between two pieces: what was brought in stays.
        Raises NotFound for an unknown request, StorageFull, Cancelled.
        """
        with self._desk.read() as db:
            where = placing.named(db, request)
        return _Bringing(self._desk, request, direction, where, progress or Progress()).all_of(sources)

    def versions(self, correspondence: int) -> tuple[Correspondence, ...]:
        """Return what else was brought in under the same Message-ID with other bytes, oldest first."""
        with self._desk.read() as db:
            found = (rows_filing.read_correspondence(db, key) for key in rows_filing.same_message(db, correspondence))
            return tuple(one for one in found if one is not None)

    def related(self, attachment: int) -> Related:
        """Return what lies beside a stored file, so that a message's files can be opened from it and back.

        Raises NotFound.
        """
        file = self._desk.filing.document(attachment)
        if file.correspondence is None:
            return Related()
        with self._desk.read() as db:
            letter = rows_filing.read_correspondence(db, file.correspondence)
        files = letter.attachments if letter is not None else ()
        if file.role is AttachmentRole.PART:
            number = file.origin.partition(" of ")[0]
            within = tuple(one for one in files if one.origin.startswith(f"{number}."))
            whole = next((one for one in files if one.role is AttachmentRole.ORIGINAL), None)
            return Related(within, whole)
        others = (one for letter in self.versions(file.correspondence) for one in letter.attachments)
        return Related(
            tuple(one for one in files if one.role is AttachmentRole.PART),
            None,
            tuple(one for one in others if one.role is AttachmentRole.ORIGINAL),
        )


@dataclass(slots=True)
class _Tally:
    """What came of the pieces so far."""

    messages: int = 0
    files: int = 0
    there: int = 0
    moved: int = 0
    versions: list[tuple[int, int]] = field(default_factory=list)
    damaged: list[NotRead] = field(default_factory=list)
    unread: list[NotRead] = field(default_factory=list)
    primary: int = 0
    touched: dict[str, set[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A message that has its rows and waits to be read."""

    correspondence: int
    name: str
    piece: Piece
    kept: Kept


_Keeping = list[tuple[Piece, "Future[Kept]"]]


class _Known:
    """Keeps contents, each once in a run: rows that would tell of it may still be on their way."""

    def __init__(self, desk: Desk, gathering: Gathering) -> None:
        self._desk = desk
        self._gathering = gathering
        self._guard = threading.Lock()
        self._kept: dict[str, Future[Kept]] = {}

    def keep(self, source: Path | IncomingFile | FileStretch) -> Kept:
        """Store a content unless this run or the desk has it; durable once settled. Raises as ``Contents.keep``."""
        if not isinstance(source, IncomingFile):
            return self._desk.contents.keep(source, self._gathering.put)
        digest = sha256(source.data).hexdigest()
        with self._guard:
            future = self._kept.get(digest)
            ours = future is None
            if future is None:
                future = self._kept[digest] = Future()
            if len(self._kept) > _REMEMBERED:
                self._kept.pop(next(iter(self._kept)))
        if ours:
            try:
                future.set_result(self._desk.contents.keep(source, self._gathering.put, digest))
            except BaseException as error:
                future.set_exception(error)
                with self._guard:
                    self._kept.pop(digest, None)
        return replace(future.result(), name=source.name)


class _Bringing:
    """One run of ``bring``. While one batch gets its rows and is read, the next is on its way into the vault."""

    def __init__(self, desk: Desk, request: int | None, direction: Direction, where: Said, progress: Progress) -> None:
        self._desk, self._request, self._direction = desk, request, direction
        self._where, self._progress = where, progress
        self._run = secrets.token_hex(8)
        self._tally = _Tally()
        self._pieces = Pieces(desk)
        self._gathered: list[Piece] = []
        self._gathering = Gathering(desk.store.vault)
        self._known = _Known(desk, self._gathering)

    def all_of(self, sources: Sequence[Path | IncomingFile]) -> Brought:
        waiting: _Keeping = []
        with self._gathering, ThreadPoolExecutor(_THREADS, thread_name_prefix="vault") as pool:
            try:
                for batch in self._batches(self._pieces.of(sources)):
                    keeping = [(piece, pool.submit(self._keep, piece)) for piece in batch]
                    self._place(waiting, pool)
                    waiting = keeping
                self._place(waiting, pool)
            except Cancelled:  # what was met by then is brought in still: an archive is in the vault already
                self._place(waiting, pool)
                self._place([(piece, pool.submit(self._keep, piece)) for piece in self._gathered], pool)
                self._retell()
                raise
            finally:
                self._pieces.close()
        return self._outcome()

    def _batches(self, pieces: Iterator[Piece]) -> Iterator[list[Piece]]:
        held = 0
        for done, piece in enumerate(pieces, 1):
            self._gathered.append(piece)
            held += len(piece.source.data) if isinstance(piece.source, IncomingFile) else 0
            if len(self._gathered) >= BATCH or held >= BATCH_BYTES:
                batch, self._gathered, held = self._gathered, [], 0
                yield batch
            self._progress.at(done)
        if self._gathered:
            batch, self._gathered = self._gathered, []
            yield batch

    def _keep(self, piece: Piece) -> Kept:
        return piece.kept or self._known.keep(piece.source)

    # Rows ----------------------------------------------------------------------------------------------------------

    def _place(self, keeping: _Keeping, pool: ThreadPoolExecutor) -> None:
        """Give a batch its rows in one transaction, then read its messages and store that in another."""
        kept: list[tuple[Piece, Kept]] = []
        for piece, future in keeping:
            try:
                kept.append((piece, future.result()))
            except (BadInput, NotFound, Unreadable) as error:
                self._pieces.met.refuse(piece.source.name, error.what)
        if not kept:
            return
        self._gathering.settle()
        placed: list[_Placed] = []

        def work(journal: Journal) -> Done:
            placed.extend(one for one in (self._row(journal, *pair) for pair in kept) if one is not None)
            return Done(say("Brought files {where}", where=self._where), self._tally.primary)

        self._act(work)
        if placed:
            readings = self._readings(placed, pool)
            self._act(lambda journal: self._store(journal, readings))

    def _row(self, journal: Journal, piece: Piece, kept: Kept) -> _Placed | None:
        content = kept.row(journal.db)
        if self._request is None:
            there, moved = rows_filing.filed_anywhere(journal.db, content, self._direction), False
        else:
            there, moved = placing.found_or_moved(journal, content, self._request, self._direction)
        if there is not None:
            self._tally.there += not moved
            self._tally.moved += moved
            self._tally.primary = self._tally.primary or there
            return None
        name = safe_name(kept.name)
        media = media_type(kept.head, kept.name)
        message = media in parsing.MESSAGES or name.lower().endswith(".eml")
        columns = {
            "request": self._request,
            "direction": self._direction.value,
            "channel": Channel.EMAIL.value if message else None,
            "parsed": "waiting" if message else "done",
        }
        made = placing.insert(journal, content, name, media, piece.origin, columns)
        self._tally.primary = self._tally.primary or made
        self._tally.messages += message
        self._tally.files += not message
        return _Placed(made, name, piece, kept) if message else None

    def _readings(self, placed: Sequence[_Placed], pool: ThreadPoolExecutor) -> list[tuple[_Placed, parsing.Reading]]:
        """Read messages one after another while the parts of those before are on their way into the vault."""
        apart = []
        for one in placed:
            message, damaged = parsing.taken_apart(self._desk, self._bytes_of(one), one.kept.size)
            parts = message.parts if message is not None else ()
            keeping = [(part, pool.submit(self._known.keep, IncomingFile(part.name, part.data))) for part in parts]
            apart.append((one, message, damaged, keeping))
        readings = [
            (one, parsing.Reading(message, tuple((part, future.result()) for part, future in keeping), damaged))
            for one, message, damaged, keeping in apart
        ]
        self._gathering.settle()
        return readings

    def _bytes_of(self, placed: _Placed) -> Callable[[], bytes]:
        source = placed.piece.source

        def data() -> bytes:
            if isinstance(source, IncomingFile):
                return source.data
            with self._desk.read() as db:
                original = rows_filing.original_of(db, placed.correspondence)
            assert original is not None
            return self._desk.contents.read_key(str(original["vault_key"]))

        return data

    def _store(self, journal: Journal, readings: Sequence[tuple[_Placed, parsing.Reading]]) -> Done:
        today = self._desk.clock()
        for placed, read in readings:
            if not parsing.put(journal, placed.correspondence, placed.name, read, today):
                continue
            for other in rows_filing.same_message(journal.db, placed.correspondence)[:1]:
                self._tally.versions.append((placed.correspondence, other))
            if read.damaged:
                noted = self._tally.unread if read.message is None else self._tally.damaged
                noted.append(NotRead(placed.name, read.damaged, placed.correspondence))
        return Done(say("Brought files {where}", where=self._where), self._tally.primary)

    def _act(self, work: Callable[[Journal], Done]) -> None:
        known = self._desk.history.has(self._run)
        change = self._desk.act(work, run="" if known else self._run, amend=self._run if known else "")
        for kind, ids in change.ids.items():
            self._tally.touched.setdefault(kind, set()).update(ids)

    # What came of it -----------------------------------------------------------------------------------------------

    def _retell(self) -> str:
        tally = self._tally
        counts: list[str] = []
        if tally.messages:
            counts.append(say_count("{n} message", "{n} messages", tally.messages))
        if tally.files:
            counts.append(say_count("{n} file", "{n} files", tally.files))
        if counts:
            sentence: str = say("Brought {counts} {place}", counts=listed(counts), place=self._into())
        else:
            sentence = say("Nothing new was brought {place}", place=self._into())
        if tally.moved:
            moved = say_count("{n} moved here from the In-tray", "{n} moved here from the In-tray", tally.moved)
            sentence = joined("; ", (sentence, moved))
        if tally.there:
            there = say_count("{n} was there already", "{n} were there already", tally.there)
            sentence = joined("; ", (sentence, there))
        self._desk.history.retell(self._run, sentence)
        return sentence

    def _into(self) -> Said:
        named = self._where.values.get("request")
        return say("to {request}", request=named) if named else say("into the In-tray")

    def _outcome(self) -> Brought:
        tally, met = self._tally, self._pieces.met
        ids = {kind: frozenset(found) for kind, found in tally.touched.items()}
        undoable = self._desk.history.has(self._run)
        change = Change(self._retell(), ids, tally.primary, undoable)
        return Brought(
            change,
            tally.messages,
            tally.files,
            tally.there + tally.moved,
            tuple(tally.versions),
            tuple(tally.damaged),
            (*tally.unread, *met.unread),
            tuple(met.refused),
            dict(met.passed),
        )
