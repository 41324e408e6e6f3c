"""Reads the text of stored files page by page, and by OCR that of pages which are only pictures; each page once."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from foiadesk.desk.search_words import clean
from foiadesk.frozen import dataclass
from foiadesk.records.errors import Unreadable
from foiadesk.records.speech import say
from foiadesk.store import rows_common, rows_index

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.desk import Desk
    from foiadesk.intake import Worker
    from foiadesk.intake.ocr import Ocr
    from foiadesk.records.progress import Progress
    from foiadesk.store.rows_common import Row

log = logging.getLogger(__name__)

TRIES = 3
AT_ONCE = 25  # pages read before they are stored
PAGES_AT_MOST = 10_000  # of one file
TEXT_AT_MOST = 20_000_000  # characters of one file
READ_AT_MOST = 300 << 20  # bytes of a file that is looked into
_STOPPED = "Reading this file stopped the program several times; it is found by its name."
_OF_MAIL = "Its words are found with the message."


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of one page, numbered from 1. source: text, ocr or none; reason: why none is to come, "" if it may."""

    number: int
    source: str
    text: str
    reason: str = ""


class PageTexts:
    """What was read out of stored files. It has a reader of its own, so that previews never wait for it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._own: Worker | None = None

    def close(self) -> None:
        """End the reading process; the next use starts another."""
        worker, self._own = self._own, None
        if worker is not None:
            worker.close()

    @property
    def _worker(self) -> Worker:
        if self._own is None:
            from foiadesk.intake import Worker

            self._own = Worker()
        return self._own

    # -- text -------------------------------------------------------------------------------------------------------

    def waiting(self) -> int:
        """Return how many files wait to be read."""
        with self._desk.store.index.read() as index:
            return rows_index.to_read(index)

    def read_some(self) -> bool:
        """Read a few pages of the newest file that waits; return False when none does.

        What cannot be read stays findable by its name, and the reason is kept. Raises StorageFull and the like.
        """
        index = self._desk.store.index
        with index.read() as db:
            waiting = rows_index.next_to_read(db)
        if waiting is None:
            return False
        key = int(waiting["content"])
        if waiting["tries"] >= TRIES:
            index.write(lambda db: rows_index.settle_content(db, key, "failed", kind="", pages=0, reason=_STOPPED))
            return True
        index.write(lambda db: rows_index.try_content(db, key))
        try:
            self._read(key, waiting)
        except Unreadable as error:
            log.info("the text of content %d could not be read", key)
            reason = error.what
            index.write(lambda db: rows_index.settle_content(db, key, "failed", kind="", pages=0, reason=reason))
        return True

    def _read(self, key: int, known: Row) -> None:
        with self._desk.read() as db:
            stored = rows_common.row(db, _STORED, (key,))
        if stored is None:
            self._desk.store.index.write(lambda db: rows_index.settle_content(db, key, "done", kind="", pages=0))
            return
        if stored["size"] > READ_AT_MOST:
            raise Unreadable(say("This file has {what} MB, more than is looked into.", what=stored["size"] >> 20))
        if stored["told"]:
            self._desk.store.index.write(
                lambda db: rows_index.settle_content(db, key, "done", kind="message", pages=0, reason=_OF_MAIL)
            )
            return
        data = self._desk.contents.read_key(stored["vault_key"])
        info = self._worker.inspect(data, stored["name"])
        if info.kind == "pdf":
            self._read_pages(key, data, int(known["done"]), min(info.pages, PAGES_AT_MOST))
        elif info.kind == "image":
            self._store(key, [(number, "none", "", "") for number in range(max(info.pages, 1))], "image", info.pages)
        else:
            pages = clean(self._worker.text(data)[:TEXT_AT_MOST]).split("\f")
            found = [(number, "text", text, "") for number, text in enumerate(pages)] if any(pages) else []
            self._store(key, found, info.kind, len(found))

    def _read_pages(self, key: int, data: bytes, done: int, pages: int) -> None:
        """Read the next pages of a PDF; when more are left, the file goes on waiting."""
        found: list[tuple[int, str, str, str]] = []
        for number in range(done, min(done + AT_ONCE, pages)):
            try:
                text = clean(self._worker.text(data, number)).replace("\f", " ")[: TEXT_AT_MOST // 10]
                found.append((number, "text" if text.strip() else "none", text if text.strip() else "", ""))
            except Unreadable as error:
                found.append((number, "none", "", error.what))
        if done + len(found) >= pages:
            self._store(key, found, "pdf", pages)
        else:

            def some(db: Database) -> None:
                rows_index.put_pages(db, key, found)
                db.execute("UPDATE contents SET tries = 0 WHERE content = ?", (key,))

            self._desk.store.index.write(some)

    def _store(self, key: int, found: list[tuple[int, str, str, str]], kind: str, pages: int) -> None:
        def work(db: Database) -> None:
            rows_index.put_pages(db, key, found)
            rows_index.settle_content(db, key, "done", kind=kind, pages=pages)

        self._desk.store.index.write(work)

    def of(self, attachment: int) -> tuple[PageText, ...]:
        """Return the pages of a stored file, read now when they were not yet. Raises NotFound, Unreadable."""
        content = self._content_of(attachment)
        index = self._desk.store.index
        if index.exists():
            with index.read() as db:
                known, pages = rows_index.content(db, content), rows_index.pages_of(db, content)
            if known is not None and known["state"] == "done" and pages:
                return tuple(PageText(one["number"] + 1, one["source"], one["text"], one["reason"]) for one in pages)
        data, name = self._desk.contents.read(attachment)
        info = self._worker.inspect(data, name)
        if info.kind == "image":
            return tuple(PageText(number + 1, "none", "") for number in range(max(info.pages, 1)))
        texts = clean(self._worker.text(data)).split("\f")
        return tuple(PageText(at, "text" if one.strip() else "none", one) for at, one in enumerate(texts, 1))

    def _content_of(self, attachment: int) -> int:
        self._desk.filing.document(attachment)
        with self._desk.read() as db:
            return int(rows_common.value(db, "SELECT content FROM attachments WHERE id = ?", (attachment,)))

    # -- OCR --------------------------------------------------------------------------------------------------------

    def pictures(self) -> int:
        """Return how many pages have no text and may be read by OCR."""
        with self._desk.store.index.read() as index:
            return len(rows_index.without_text(index))

    def read_pictures(self, ocr: Ocr, progress: Progress, attachment: int | None = None, page: int = 0) -> int:
        """Read pages without text by OCR, of one file (or one page of it, from 1) or of all; return how many.

        Each page is stored by itself: stopped and begun again, it goes on with the next. Raises Cancelled.
        """
        content = None if attachment is None else self._content_of(attachment)
        with self._desk.store.index.read() as index:
            wanted = rows_index.without_text(index, content)
        if page:
            wanted = [one for one in wanted if one[1] == page - 1]
        done = 0
        for place, (key, number) in enumerate(wanted):
            progress.at(place, len(wanted))
            done += self._read_picture(ocr, key, number)
        progress.at(len(wanted), len(wanted))
        return done

    def _read_picture(self, ocr: Ocr, key: int, number: int) -> bool:
        index = self._desk.store.index
        with self._desk.read() as db:
            stored = rows_common.row(db, _STORED, (key,))
        if stored is None:
            return False
        tries = index.write(lambda db: rows_index.try_page(db, key, number))
        text, reason = "", ""
        try:
            text = clean(self._seen(ocr, stored, number))
            reason = "" if text.strip() else say("OCR found no words on it.")
        except Unreadable as error:
            reason = error.what if tries >= TRIES or getattr(error, "code", "") not in ("no_start", "closed") else ""
        page = (number, "ocr" if text.strip() else "none", text, reason)
        index.write(lambda db: rows_index.put_pages(db, key, [page]))
        return bool(text.strip())

    def _seen(self, ocr: Ocr, stored: Row, number: int) -> str:
        from foiadesk.intake.ocr import DOTS, LONGEST, read

        data = self._desk.contents.read_key(stored["vault_key"])
        kind = self._worker.inspect(data, stored["name"]).kind
        if kind == "pdf":
            picture = self._worker.page(data, number, DOTS / 72)
        else:
            picture = self._worker.image(data, LONGEST, number)
        return read(picture, ocr)


# told: it is a message as it came, whose words its correspondence has.
_STORED = """SELECT c.vault_key, c.size, a.name, coalesce(k.body <> '' AND k.parsed = 'done' AND a.role = 'original'
    AND a.media_type IN ('message/rfc822', 'application/vnd.ms-outlook', 'application/vnd.ms-tnef'), false) AS told
    FROM contents c JOIN attachments a ON a.content = c.id LEFT JOIN correspondence k ON k.id = a.correspondence
    WHERE c.id = ? ORDER BY told LIMIT 1"""
