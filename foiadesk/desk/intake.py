"""Bringing in everything an office sends: files, folders, mailboxes, archives, many to a transaction, nothing twice."""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from foiadesk.desk import parsing, placing
from foiadesk.desk.change import Change
from foiadesk.desk.desk import Done
from foiadesk.desk.keeping import Keeping, in_few
from foiadesk.desk.shapes import Brought, IncomingFile, NotRead, Related
from foiadesk.desk.sources import Piece, Pieces, holds_many
from foiadesk.frozen import dataclass
from foiadesk.intake.media import media_type
from foiadesk.intake.names import safe_name
from foiadesk.records import AttachmentRole, Channel, Correspondence, Direction
from foiadesk.records.errors import BadInput, KnownError, NotFound, Unreadable
from foiadesk.records.progress import Cancelled, Progress
from foiadesk.records.speech import Said, joined, listed, say, say_count
from foiadesk.store import rows_filing
from foiadesk.store.gathering import Gathering

if TYPE_CHECKING:
    from foiadesk.desk.contents import Kept
    from foiadesk.desk.desk import Desk
    from foiadesk.desk.journal import Journal
    from foiadesk.intake import ParsedMessage

BATCH = 128  # pieces to a transaction
BATCH_BYTES = 16 << 20  # of them in memory
AHEAD = 2  # batches that have their rows and whose messages are still being read
_THREADS = 4  # where each content is made durable by itself, each waits for that most of the time
_TOGETHER = 16  # contents to a task
_READ_TOGETHER = 32  # messages to a call of the worker
_READ_BYTES = 4 << 20  # of them


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


@dataclass(frozen=True, slots=True)
class _Batch:
    """Pieces whose bytes are on their way into the vault, a few to each task."""

    pieces: list[Piece]
    tasks: list[Future[list[Kept | Exception]]]

    def outcomes(self) -> Iterator[tuple[Piece, Kept | Exception]]:
        """Wait for each and yield what came of it."""
        outcomes = (outcome for task in self.tasks for outcome in task.result())
        yield from zip(self.pieces, outcomes, strict=True)


@dataclass(frozen=True, slots=True)
class _Apart:
    """Messages that were read, and their parts in order, on their way into the vault."""

    messages: list[tuple[_Placed, ParsedMessage | None, str]]
    tasks: list[Future[list[Kept | Exception]]]

    def readings(self) -> Iterator[tuple[_Placed, parsing.Reading]]:
        """Wait for the parts; raises what kept one from being stored."""
        outcomes = (outcome for task in self.tasks for outcome in task.result())
        for one, message, damaged in self.messages:
            kept = []
            for part in message.parts if message is not None else ():
                outcome = next(outcomes)
                if isinstance(outcome, Exception):
                    raise outcome
                kept.append((part, outcome))
            yield one, parsing.Reading(message, tuple(kept), damaged)


class _Bringing:
    """One run of ``bring``.

    Three things go on at a time: one batch is on its way into the vault, the one before gets its rows, and the messages
    of those before are read; what was read is stored together with the rows of a later batch.
    """

    def __init__(self, desk: Desk, request: int | None, direction: Direction, where: Said, progress: Progress) -> None:
        self._desk, self._request, self._direction = desk, request, direction
        self._where, self._progress = where, progress
        self._run = secrets.token_hex(8)
        self._tally = _Tally()
        self._pieces = Pieces(desk)
        self._gathered: list[Piece] = []
        self._gathering = Gathering(desk.store.vault)
        self._keeping = Keeping(desk, self._gathering)
        self._vault = ThreadPoolExecutor(_THREADS, thread_name_prefix="vault")
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="reader")
        self._reading: deque[Future[list[_Apart]]] = deque()
        self._readings: list[tuple[_Placed, parsing.Reading]] = []  # not stored yet

    def all_of(self, sources: Sequence[Path | IncomingFile]) -> Brought:
        waiting: _Batch | None = None
        with self._gathering, self._vault, self._reader:
            try:
                for pieces in self._batches(self._pieces.of(sources)):
                    batch = self._kept(pieces)
                    self._place(waiting)
                    waiting = batch
                self._place(waiting)
                self._place(None)
            except Cancelled:  # what was met by then is brought in still: an archive is in the vault already
                self._place(waiting)
                self._place(self._kept(self._gathered))
                self._place(None)
                self._retell()
                raise
            except Exception:
                with suppress(KnownError):  # what was read of the batches before; else it is read at the next opening
                    self._place(None)
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

    def _kept(self, pieces: list[Piece]) -> _Batch:
        return _Batch(pieces, [self._vault.submit(self._keep, some) for some in in_few(pieces, _TOGETHER)])

    def _keep(self, pieces: Sequence[Piece]) -> list[Kept | Exception]:
        outcomes = iter(self._keeping.keep([piece.source for piece in pieces if piece.kept is None]))
        return [piece.kept or next(outcomes) for piece in pieces]

    # Rows ----------------------------------------------------------------------------------------------------------

    def _place(self, batch: _Batch | None) -> None:
        """Give a batch its rows, and store what was read of those before, in one transaction; then have it read.

        None: there is no further batch; what is still being read is waited for.
        """
        kept: list[tuple[Piece, Kept]] = []
        for piece, outcome in batch.outcomes() if batch is not None else ():
            if isinstance(outcome, BadInput | NotFound | Unreadable):
                self._pieces.met.refuse(piece.source.name, outcome.what)
            elif isinstance(outcome, Exception):
                raise outcome
            else:
                kept.append((piece, outcome))
        while self._reading and (batch is None or len(self._reading) > AHEAD or self._reading[0].done()):
            for apart in self._reading.popleft().result():
                self._readings += apart.readings()
        if not kept and not self._readings:
            return
        self._gathering.settle()
        placed: list[_Placed] = []

        def work(journal: Journal) -> Done:
            self._store(journal)
            placed.extend(one for one in (self._row(journal, *pair) for pair in kept) if one is not None)
            return Done(say("Brought files {where}", where=self._where), self._tally.primary)

        self._act(work)
        self._readings = []
        if placed:
            self._reading.append(self._reader.submit(self._read, placed))

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

    def _read(self, placed: Sequence[_Placed]) -> list[_Apart]:
        """Read messages, a few at a time; their parts are then on their way into the vault."""
        apart: list[_Apart] = []
        for some in _shared_out(placed):
            found = parsing.all_taken_apart(self._desk, [(self._bytes_of(one), one.kept.size) for one in some])
            parts = [part for message, _damaged in found if message is not None for part in message.parts]
            files = [IncomingFile(part.name, part.data) for part in parts]
            tasks = [self._vault.submit(self._keeping.keep, each) for each in in_few(files, _TOGETHER)]
            apart.append(_Apart([(one, *each) for one, each in zip(some, found, strict=True)], tasks))
        return apart

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

    def _store(self, journal: Journal) -> None:
        today = self._desk.clock()
        for placed, read in self._readings:
            if not parsing.put(journal, placed.correspondence, placed.name, read, today):
                continue
            for other in rows_filing.same_message(journal.db, placed.correspondence)[:1]:
                self._tally.versions.append((placed.correspondence, other))
            if read.damaged:
                noted = self._tally.unread if read.message is None else self._tally.damaged
                noted.append(NotRead(placed.name, read.damaged, placed.correspondence))

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


def _shared_out(placed: Sequence[_Placed]) -> Iterator[list[_Placed]]:
    """Yield messages in their order, as many together as the worker reads in one call; a large one by itself."""
    some: list[_Placed] = []
    held = 0
    for one in placed:
        if some and (len(some) >= _READ_TOGETHER or held + one.kept.size > _READ_BYTES):
            yield some
            some, held = [], 0
        some.append(one)
        held += one.kept.size
    if some:
        yield some
