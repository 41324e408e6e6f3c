"""Filing: bytes into the vault, rows, then what a worker reads in them; and every way to read stored files."""

# ruff: noqa: A002 - "id" is what everybody calls it
from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date as Date  # noqa: N812 - the methods take a parameter named date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from foiadesk.desk import event_log, evidence, parsing, placing, wording
from foiadesk.desk.desk import Done
from foiadesk.desk.meaning_shapes import Understanding
from foiadesk.desk.shapes import IncomingFile
from foiadesk.records import Attachment, Channel, Correspondence, Direction
from foiadesk.records.errors import BadInput, KnownError, NotFound, StorageFull
from foiadesk.records.speech import joined, say
from foiadesk.store import rows_events, rows_filing

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.change import Change
    from foiadesk.desk.desk import Desk
    from foiadesk.desk.journal import Journal
    from foiadesk.intake import DocumentInfo, PageImage, ParsedMessage

_ORIGIN = {True: say("file"), False: say("dropped file")}


class Filing:
    """Correspondence, the In-tray and stored files."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def file(
        self,
        source: Path | IncomingFile,
        request: int | None,
        *,
        direction: Direction = Direction.IN,
        date: Date | None = None,
        channel: Channel | None = None,
        event: Mapping[str, Any] | None = None,
        also: Sequence[Mapping[str, Any]] = (),
        proves: Sequence[str] = (),
    ) -> Change:
        """File bytes on a request (None: In-tray); primary is the correspondence id.

        The bytes are durable in the vault before the rows are, and acknowledged to listeners before a message is
        read. The event, and what else the letter says, take the correspondence as their evidence; it is noted as
        evidence of the events it proves, by their ids. Bytes that already lie there are not filed twice; those in the
        In-tray are moved. Raises BadInput, NotFound, Unreadable, StorageFull.
        """
        from foiadesk.intake import media_type, safe_name

        today = self._desk.clock()
        if date is not None and date > today:
            raise BadInput(say("date: {date} is after today, {today}.", date=date, today=today))
        events = [*([event] if event is not None else []), *also]
        if (events or proves) and request is None:
            raise BadInput("event: choose the request this belongs to first.")
        for data in events:
            event_log.checked(data, today)
        with self._desk.read() as db:
            placing.named(db, request)  # before anything is stored
        kept = self._desk.contents.keep(source)
        name = safe_name(kept.name)
        media = media_type(kept.head, kept.name)
        message = media in parsing.MESSAGES or name.lower().endswith(".eml")  # a damaged one is said to be so
        if channel is None and message:
            channel = Channel.EMAIL
        origin = _ORIGIN[isinstance(source, Path)]
        columns = {
            "request": request,
            "direction": direction.value,
            "date": date.isoformat() if date else None,
            "channel": channel.value if channel else None,
            "parsed": "waiting" if message else "done",
        }

        def work(journal: Journal) -> Done:
            where = placing.named(journal.db, request)
            content = kept.row(journal.db)
            there, moved = placing.found_or_moved(journal, content, request, direction)
            sentence = say("Filed “{name}” {where}", name=name, where=where)
            if there is None:
                there = placing.insert(journal, content, name, media, origin, columns)
            elif not moved:
                sentence = say("“{name}” was already filed {where}; it was not filed twice", name=name, where=where)
            alerts: list[str] = []
            warnings: tuple[str, ...] = ()
            titles: list[str] = []
            for data in events:
                assert request is not None
                done = event_log.add(journal, request, data, today, (there,))
                alerts += done.alerts
                warnings = event_log.still(journal.db, request, today, (*warnings, *done.warnings))
                titles.append(wording.event_title(event_log.checked(data, today)))
            for event_id in proves:
                told = evidence.told(evidence.link(journal, there, event_id)[1])
                titles.append(say("proof of {event}", event=told))
            if titles:
                sentence = say("{filed} as {titles}", filed=sentence, titles=joined(say(" and "), titles))
            return Done(sentence, there, tuple(dict.fromkeys(alerts)), warnings)

        entry = secrets.token_hex(8)
        change = self._desk.act(work, run=entry)
        if not message:
            return change
        try:
            read = parsing.parse(self._desk, change.primary, entry)
        except KnownError as error:  # it is filed and durable; only the reading waits, for the next opening
            late = say("The message is filed, but could not be read yet: {what}", what=error.what)
            return replace(change, alerts=(*change.alerts, late))
        if read is None:
            return change
        kinds = {*change.ids, *read.ids}
        none: frozenset[int] = frozenset()
        return replace(change, ids={kind: change.ids.get(kind, none) | read.ids.get(kind, none) for kind in kinds})

    def understand(self, source: Path | IncomingFile, request: int | None = None) -> Understanding:
        """Say what a file seems to be and where it belongs, before anything is stored; never raises for its content.

        request: the one a person chose.
        """
        from foiadesk.desk.understanding import understand

        return understand(self._desk, source, request)

    def correspondence(self, request: int | None) -> tuple[Correspondence, ...]:
        """Return a request's correspondence (None: the In-tray), oldest first."""
        with self._desk.read() as db:
            return rows_filing.correspondence_of(db, request)

    def get(self, id: int) -> Correspondence:
        """Return one piece of correspondence; raises NotFound."""
        with self._desk.read() as db:
            return _must(db, id)

    def move(self, id: int, request: int | None) -> Change:
        """Move correspondence to another request, or back to the In-tray, and with it the events that rest on it."""

        def work(journal: Journal) -> Done:
            letter = _must(journal.db, id)
            named = placing.named(journal.db, request).values.get("request")
            where = say("to {request}", request=named) if named else say("to the In-tray")
            if letter.request != request:
                for event_id in letter.events:
                    row = rows_events.event_row(journal.db, event_id)
                    assert row is not None
                    told = rows_events.event_from_text(row["data"])
                    if not evidence.came_with(told, id):
                        evidence.unlink(journal, id, row["seq"])  # it only proved what stays where it happened
                        continue
                    seq = None
                    if request is not None:
                        event = replace(told, id="", supersedes="", entered_at="", evidence=evidence.beside(told))
                        seq, _ = journal.append_event(request, event, (id,))
                    journal.set_status(row["seq"], row["request"], False, seq, "moved with its letter")
                journal.update("correspondence", id, {"request": request})
            return Done(say("Moved “{title}” {where}", title=_title(letter), where=where), id)

        return self._desk.act(work)

    def attach_event(self, id: int, data: Mapping[str, Any]) -> Change:
        """Append an event whose evidence is this correspondence; primary is the event's row number."""
        today = self._desk.clock()

        def work(journal: Journal) -> Done:
            letter = _must(journal.db, id)
            if letter.request is None:
                raise BadInput("This still waits in the In-tray.", todo="Move it to its request first.")
            return event_log.add(journal, letter.request, data, today, (id,))

        return self._desk.act(work)

    def attach_evidence(self, id: int, event: str) -> Change:
        """Note correspondence as the evidence of an event that is entered already; event: its id.

        What waits in the In-tray is filed on the event's request by this. Raises NotFound, Conflict, BadInput.
        """

        def work(journal: Journal) -> Done:
            letter = _must(journal.db, id)
            request = evidence.request_of(journal.db, event)
            if letter.request is None:
                journal.update("correspondence", id, {"request": request})
            _seq, told = evidence.link(journal, id, event)
            return Done(
                say(
                    "“{title}” is evidence of {event}, {request}",
                    title=_title(letter),
                    event=evidence.told(told),
                    request=placing.named(journal.db, request),
                ),
                id,
            )

        return self._desk.act(work)

    def documents(self, request: int | None = None) -> tuple[Attachment, ...]:
        """Return every stored file (of one request), newest first."""
        with self._desk.read() as db:
            return rows_filing.attachments(db, request)

    def document(self, attachment_id: int) -> Attachment:
        """Return one stored file's record; raises NotFound."""
        with self._desk.read() as db:
            found = rows_filing.attachment(db, attachment_id)
        if found is None:
            raise NotFound(say("There is no stored file {attachment_id}.", attachment_id=attachment_id))
        return found

    def read(self, attachment_id: int) -> bytes:
        """Return a stored file's exact bytes. Raises NotFound, DamagedDesk."""
        return self._desk.contents.read(attachment_id)[0]

    def set_privileged(self, id: int, on: bool = True) -> Change:
        """Mark a stored file as “privileged, never export”, or take the mark off. Raises NotFound.

        While it is marked, no copy of it is saved, enclosed or opened elsewhere. See `foiadesk.desk.privilege`.
        """
        from foiadesk.desk.privilege import mark

        return self._desk.act(lambda journal: mark(journal, id, on))

    def set_delivery(self, id: int, *, postmark: Date | None = None, by_hand: Date | None = None) -> Change:
        """Note when the post office stamped a letter of ours, and when it was handed over; None for neither.

        Events that rest on it follow. Raises NotFound, BadInput. See `foiadesk.desk.delivery`.
        """
        from foiadesk.desk.delivery import set_delivery

        return self._desk.act(lambda journal: set_delivery(journal, id, postmark, by_hand, self._desk.clock()))

    def leaving(self, attachment_id: int) -> Attachment:
        """Return a stored file that may leave the desk. Raises NotFound, Conflict for a privileged one."""
        from foiadesk.desk.privilege import may_leave

        with self._desk.read() as db:
            return may_leave(db, attachment_id)

    def save_copy(self, attachment_id: int, path: Path) -> None:
        """Write a decrypted copy for the person, mode 0600, whole or not at all; an existing file is replaced.

        Raises NotFound, Conflict for a privileged file, DamagedDesk, StorageFull when that place cannot be written.
        """
        self.leaving(attachment_id)
        write_copy(path, lambda target: self._desk.contents.copy_to(attachment_id, target))

    def inspect(self, attachment_id: int) -> DocumentInfo:
        """Say what kind of document a stored file is; parsed in the worker. Raises Unreadable."""
        data, name = self._desk.contents.read(attachment_id)
        return self._desk.worker.inspect(data, name)

    def page(self, attachment_id: int, number: int, scale: float) -> PageImage:
        """Draw one page (from 0) in the worker; scale 1.0 is 72 dots an inch. Raises Unreadable."""
        return self._desk.worker.page(self.read(attachment_id), number, scale)

    def places(
        self, attachment_id: int, number: int, words: Sequence[str]
    ) -> tuple[tuple[float, float, float, float], ...]:
        """Return where words stand on a page (from 0) of a stored PDF: left, top, right, bottom in points."""
        return self._desk.worker.places(self.read(attachment_id), number, words)

    def text(self, attachment_id: int) -> str:
        """Return a stored file's text, read in the worker. Raises Unreadable."""
        return self._desk.worker.text(self.read(attachment_id))

    def image(self, attachment_id: int, max_px: int) -> PageImage:
        """Draw a stored picture in the worker, no side longer than max_px. Raises Unreadable."""
        return self._desk.worker.image(self.read(attachment_id), max_px)

    def message(self, attachment_id: int) -> ParsedMessage:
        """Read a stored message in the worker. Raises Unreadable."""
        return self._desk.worker.message(self.read(attachment_id))


def write_copy(path: Path, fill: Callable[[BinaryIO], None]) -> None:
    """Write a file for the person, mode 0600, whole or not at all. Raises StorageFull when the place refuses it."""
    from foiadesk.store.atomic import write_whole

    try:
        write_whole(path, fill)
    except OSError as error:
        raise StorageFull(
            say("The copy could not be written there: {what}.", what=error.strerror or "the disk refused it"),
            safe="The file on the desk is untouched.",
            todo="Choose another place.",
        ) from None


def _must(db: Database, key: int) -> Correspondence:
    found = rows_filing.read_correspondence(db, key)
    if found is None:
        raise NotFound(say("There is no correspondence {key}.", key=key))
    return found


def _title(letter: Correspondence) -> str:
    return letter.subject or (letter.attachments[0].name if letter.attachments else "a letter")
