"""Search: one box over requests, events, letters, correspondence and the text of files; and searches kept by name."""

# ruff: noqa: A002 - "id" is what everybody calls it
from __future__ import annotations

from typing import TYPE_CHECKING

from foiadesk.desk.desk import Done
from foiadesk.desk.search_query import Node, Query, parse
from foiadesk.desk.search_words import HIT_END, HIT_START
from foiadesk.desk.shapes import SavedSearch, SearchHit, SearchPage
from foiadesk.records.errors import BadInput, NotFound
from foiadesk.records.progress import Progress
from foiadesk.records.speech import say
from foiadesk.store import index_search, rows_common, rows_index, rows_searches
from foiadesk.store.index import NoIndex
from foiadesk.store.index_search import Found, Wanted

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.change import Change
    from foiadesk.desk.desk import Desk
    from foiadesk.desk.indexing import Indexing
    from foiadesk.desk.journal import Journal
    from foiadesk.desk.page_texts import PageText, PageTexts
    from foiadesk.intake.ocr import Ocr
    from foiadesk.store.rows_common import Row

_SOON_BROUGHT = 2_000  # things
_NAME_AT_MOST = 200  # characters
_QUERY_AT_MOST = 4_000


class Search:
    """What can be found, and what keeps it findable."""

    def __init__(self, desk: Desk) -> None:
        from foiadesk.desk.indexing import Indexing
        from foiadesk.desk.page_texts import PageTexts

        self._desk = desk
        self._indexing: Indexing = Indexing(desk)
        self._texts: PageTexts = PageTexts(desk)

    def close(self) -> None:
        """End the process that reads files."""
        self._texts.close()

    # -- finding ----------------------------------------------------------------------------------------------------

    def find(
        self, query: str, limit: int = 50, offset: int = 0, *, order: str = "best", typing: bool = False
    ) -> SearchPage:
        """Return one page of what a query finds; any text is a query. order: best or newest first.

        typing: the last word may still be unfinished. Nothing is written: what changed since and is not findable yet
        is counted in the answer.
        """
        asked = parse(query, typing=typing)
        self._desk.freshness.bring()
        try:
            with self._desk.read() as db, self._desk.store.index.read() as index:
                waiting, agree = self._indexing.waiting_for(db, index)
                if not agree:
                    return SearchPage(waiting=waiting)
                return self._answer(db, index, asked, limit, offset, order, waiting, rows_index.to_read(index))
        except NoIndex:
            return SearchPage(waiting=self._indexing.waiting())

    def _answer(
        self,
        db: Database,
        index: Database,
        asked: Query,
        limit: int,
        offset: int,
        order: str,
        waiting: int,
        unread: int,
    ) -> SearchPage:
        from foiadesk.desk import search_filters, search_match

        words, lost = search_match.findable(asked.words)
        notes = [*asked.notes, *(say("“{text}” has no letters or digits to look for.", text=text) for text in lost)]
        if words is None and not asked.filters:
            return SearchPage(notes=tuple(notes), waiting=waiting, unread=unread)
        stages = {key: str(derived.row["stage"]) for key, derived in self._desk.freshness.overlay(db).items()}
        where = search_filters.conditions(db, asked.filters, stages)
        found = _look(index, words, where, limit, offset, order)
        if not found.total and words is not None and (wider := search_match.beginning(words)) != words:
            found = _look(index, wider, where, limit, offset, order)
            if found.total:
                words = wider
                notes.append(say("No whole words fit: these begin with what you typed."))
        return SearchPage(
            hits=_hits(db, index, found, words),
            total=found.total,
            more=found.more,
            notes=tuple(notes),
            words=tuple(dict.fromkeys(word.text for word in search_match.words_of(words))),
            waiting=waiting,
            unread=unread,
        )

    def agencies(self) -> tuple[str, ...]:
        """Return the short names of the offices that were asked, those of most requests first; fifty at most."""
        with self._desk.read() as db:
            return rows_searches.offices_asked(db)

    def told(self, kind: str, id: int) -> str:
        """Return all text by which a thing that was found is found, for showing it; "" when it is findable no more."""
        try:
            with self._desk.store.index.read() as index:
                return index_search.told(index, kind, id)
        except NoIndex:
            return ""

    # -- keeping up -------------------------------------------------------------------------------------------------

    def step(self) -> bool:
        """Make a few more things findable, or read a few pages of a file; return False when nothing waits.

        Short, and whole by itself: whoever calls it in the background pauses between two. Raises StorageFull and the
        like.
        """
        return bool(self._indexing.step()) or self._texts.read_some()

    def bring(self, progress: Progress | None = None, *, texts: bool = True) -> None:
        """Make everything findable now; texts: the text of files, too. Raises StorageFull and the like, Cancelled."""
        self._indexing.bring(progress)
        read = 0
        while texts and self._texts.read_some():
            read += 1
            if progress is not None:
                progress.at(read, read + self._texts.waiting(), "files")

    def waiting(self) -> int:
        """Return how many things and files are not findable yet, or not as they are now."""
        return sum(self._waiting())

    def _waiting(self) -> tuple[int, int]:
        waiting = self._indexing.waiting()
        try:
            return waiting, self._texts.waiting()
        except NoIndex:
            return waiting, 0

    def rest(self) -> None:
        """End the process that reads files until it is needed again."""
        self._texts.close()

    def forget(self) -> None:
        """Let what was purged be gone from every page of the index. Raises StorageFull and the like.

        An index that is not nearly up to date is removed whole, and made anew from what is left.
        """
        index = self._desk.store.index
        if self._indexing.agrees() and self._indexing.waiting() <= _SOON_BROUGHT:
            self._indexing.bring()
            index.rewrite()
        else:
            index.discard()

    # -- text of files ----------------------------------------------------------------------------------------------

    def text(self, attachment: int) -> tuple[PageText, ...]:
        """Return the text of a stored file, page by page. Raises NotFound, Unreadable."""
        return self._texts.of(attachment)

    @staticmethod
    def ocr() -> Ocr | None:
        """Return the tesseract installed on this computer, if any."""
        from foiadesk.intake import ocr

        return ocr.installed()

    def pictures(self) -> int:
        """Return how many pages are only pictures, and may be read by OCR."""
        try:
            return self._texts.pictures()
        except NoIndex:
            return 0

    def read_pictures(self, progress: Progress, attachment: int | None = None, page: int = 0) -> int:
        """Read pages that are only pictures, of one file (one page of it) or of all; return how many had text.

        Raises KnownError without tesseract, Cancelled between two pages: the next time it goes on there.
        """
        ocr = self.ocr()
        if ocr is None:
            raise BadInput(
                "Pages that are only pictures cannot be read: tesseract is not installed on this computer.",
                safe="Everything else works without it.",
                todo="Install the packages tesseract-ocr and tesseract-ocr-spa, then try again.",
            )
        self.bring()
        return self._texts.read_pictures(ocr, progress, attachment, page)

    # -- kept by name -----------------------------------------------------------------------------------------------

    def saved(self) -> tuple[SavedSearch, ...]:
        """Return every saved search, by name."""
        with self._desk.read() as db:
            return tuple(SavedSearch(**row) for row in rows_searches.searches(db))

    def save(self, name: str, query: str) -> Change:
        """Keep a search under a name, in place of one that has it; primary is its id. Raises BadInput."""
        name, query = _checked(name), query.strip()
        if not query or len(query) > _QUERY_AT_MOST:
            raise BadInput("The search is empty." if not query else "The search is too long to be kept.")

        def work(journal: Journal) -> Done:
            known = rows_searches.search_named(journal.db, name)
            if known is None:
                key = journal.insert("searches", {"name": name, "query": query})
            else:
                key = int(known["id"])
                journal.update("searches", key, {"name": name, "query": query})
            return Done(say("Saved the search “{name}”", name=name), key)

        return self._desk.act(work)

    def rename(self, id: int, name: str) -> Change:
        """Give a saved search another name. Raises BadInput, NotFound."""
        name = _checked(name)

        def work(journal: Journal) -> Done:
            before = _must(journal.db, id)
            other = rows_searches.search_named(journal.db, name)
            if other is not None and other["id"] != id:
                raise BadInput("There is already a saved search of this name.", todo="Choose another name.")
            journal.update("searches", id, {"name": name})
            return Done(say("Renamed the search “{name}” to “{name2}”", name=before["name"], name2=name), id)

        return self._desk.act(work)

    def remove(self, id: int) -> Change:
        """Keep a saved search no longer. Raises NotFound."""

        def work(journal: Journal) -> Done:
            before = _must(journal.db, id)
            journal.delete("searches", id)
            return Done(say("Removed the search “{name}”", name=before["name"]), id)

        return self._desk.act(work)


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > _NAME_AT_MOST:
        raise BadInput("The search needs a name." if not name else "The name is too long.")
    return name


def _must(db: Database, key: int) -> Row:
    found = rows_common.by_id(db, "searches", key)
    if found is None:
        raise NotFound(say("There is no saved search {key}.", key=key))
    return found


def _look(
    index: Database, words: Node | None, where: tuple[index_search.Sql, ...], limit: int, offset: int, order: str
) -> Found:
    """Find by whole words and beginnings; when these leave room, also by letters inside of titles and names."""
    from foiadesk.desk.search_match import inside, match, sets

    if words is None:
        return index_search.find(index, Wanted(where=where), limit, offset, "newest")
    expression = match(words)
    if expression is None:
        return index_search.find(
            index, Wanted(where=(sets(words, "d.id", parts=True), *where)), limit, offset, "newest"
        )
    found = index_search.find(index, Wanted(expression, where), limit, offset, order, (HIT_START, HIT_END))
    anywhere = inside(words)
    if found.total >= offset + limit or anywhere is None:
        return found
    whole = ("d.id NOT IN (SELECT rowid FROM words WHERE words MATCH ?)", [expression])
    candidates = ("d.id IN (SELECT rowid FROM parts WHERE parts MATCH ?)", [anywhere])
    loose = Wanted(where=(candidates, sets(words, "d.id", parts=True), whole, *where))
    rest = index_search.find(index, loose, limit - len(found.ids), max(0, offset - found.total), "newest")
    return Found(found.ids + rest.ids, found.total + rest.total, found.more or rest.more, found.marked)


def _hits(db: Database, index: Database, looked: Found, words: Node | None) -> tuple[SearchHit, ...]:
    from foiadesk.desk.search_match import inside, match, words_of
    from foiadesk.desk.search_query import Either

    kept = tuple(words_of(words)) if words is not None else ()
    readable = tuple(word for word in kept if match(word) is not None)
    expression = match(Either(readable)) if readable else None
    anywhere = inside(Either(kept)) if kept else None
    found = index_search.documents(index, looked.ids)
    names = _names(db, {row["request"] for row in found.values() if row["request"] is not None})
    return tuple(
        _hit(index, found[key], names, looked.marked.get(key), expression, anywhere)
        for key in looked.ids
        if key in found
    )


def _names(db: Database, requests: set[int]) -> dict[int, str]:
    from foiadesk.store.rows_standing import lines_of

    return {row["request"]: f"{row['title']} · {row['office_short']}" for row in lines_of(db, sorted(requests))}


def _hit(
    index: Database,
    row: Row,
    names: dict[int, str],
    marked: index_search.Marked | None,
    expression: str | None,
    anywhere: str | None,
) -> SearchHit:
    from foiadesk.desk.search_snippets import snippet, unmarked

    title, below, text = row["title"], row["names"], ""
    if marked is None and expression:
        marked = index_search.marked(index, row["id"], expression, HIT_START, HIT_END)
    if marked is not None:
        title, below, text = marked
    elif anywhere and (parts := index_search.marked_inside(index, row["id"], anywhere, HIT_START, HIT_END)):
        title, below = parts
    if HIT_START not in text and HIT_START in below:
        shown, marks, page = snippet(below.replace("\n", " · "))
        page = 0
    else:
        shown, marks, page = snippet(text or index_search.text_of(index, row["id"]))
    name, title_marks = unmarked(title)
    return SearchHit(
        kind=row["kind"],
        id=row["key"],
        title=name,
        snippet=shown,
        marks=marks,
        title_marks=title_marks,
        request=row["request"],
        name=names.get(row["request"], ""),
        date=rows_common.read_day(row["date"]),
        sub=row["sub"],
        state=row["state"],
        direction=row["direction"],
        media=row["media"],
        page=page if row["kind"] == "file" and (row["pages"] or 0) > 0 else 0,
        pages=row["pages"] or 0,
    )
