"""Desk: opens and closes a desk folder, runs transactions, tells listeners. Actions live in the rooms it hands out."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from foiadesk.desk.change import Change
from foiadesk.frozen import dataclass
from foiadesk.records.errors import KnownError

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.agencies import Agencies
    from foiadesk.desk.backups import Backups
    from foiadesk.desk.calendar import Calendars
    from foiadesk.desk.campaigns import Campaigns
    from foiadesk.desk.contents import Contents
    from foiadesk.desk.deadlines import Deadlines
    from foiadesk.desk.drafting import Drafting
    from foiadesk.desk.filing import Filing
    from foiadesk.desk.freshness import Freshness
    from foiadesk.desk.history import History
    from foiadesk.desk.in_tray import InTray
    from foiadesk.desk.intake import Intake
    from foiadesk.desk.journal import Journal
    from foiadesk.desk.letter_runs import LetterRuns
    from foiadesk.desk.letters import Letters
    from foiadesk.desk.mailing import Mail
    from foiadesk.desk.people import People
    from foiadesk.desk.requests import Requests
    from foiadesk.desk.safety import Safety
    from foiadesk.desk.search import Search
    from foiadesk.desk.settings import Settings
    from foiadesk.desk.snippets import Snippets
    from foiadesk.desk.spelling import Spelling
    from foiadesk.desk.templates import Templates
    from foiadesk.desk.tracker import Tracker
    from foiadesk.desk.trash import Trash
    from foiadesk.desk.views import Views
    from foiadesk.intake import Worker
    from foiadesk.store.store import Store


@dataclass(frozen=True, slots=True)
class Done:
    """What an action's transaction says of itself: the sentence, the id it was about, what must not be missed, and what
    of the dates entered cannot be."""

    sentence: str
    primary: int = 0
    alerts: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class Desk:
    """One open desk. Every method of every room is synchronous and may be called from any thread.

    opening: sentences on what opening had to put right ("1 file was recovered into the In-tray.").
    """

    folder: Path
    read_only: bool
    clock: Callable[[], date]
    opening: tuple[str, ...] = ()

    def __init__(self, store: Store, clock: Callable[[], date]) -> None:
        self.store = store
        self.folder = store.folder
        self.read_only = store.read_only
        self.clock = clock
        self.acting = threading.RLock()
        self._listeners: list[Callable[[Change], None]] = []
        self._worker: Worker | None = None
        self._closed = False

    @classmethod
    def create(cls, folder: Path, passphrase: str, *, clock: Callable[[], date] = date.today) -> Self:
        """Make a new encrypted desk in an empty or missing folder and open it.

        Raises BadInput (the folder holds something, the passphrase cannot be used), NetworkFolder, StorageFull.
        """
        from foiadesk.store.schema import desk_migrations
        from foiadesk.store.store import Store

        return cls(Store.create(folder, passphrase, desk_migrations), clock)

    @staticmethod
    def check(folder: Path, *, new: bool = False) -> None:
        """Say before a passphrase is asked for what is wrong with a folder: that it holds no desk, or cannot (new).

        Raises what ``open`` and ``create`` raise of the folder itself.
        """
        from foiadesk.store.folder import check_desk, check_new

        if new:
            check_new(folder)
        else:
            check_desk(folder)

    @classmethod
    def open(
        cls,
        folder: Path,
        passphrase: str,
        *,
        write: bool = True,
        clock: Callable[[], date] = date.today,
        meanwhile: Callable[[], None] | None = None,
    ) -> Self:
        """Open a desk; write=False works beside a window that holds it.

        meanwhile: loads what will be needed next, while the key is derived, which leaves the interpreter free.

        Raises WrongPassphrase, NotADesk, NewerDesk, DamagedDesk, DeskBusy, NetworkFolder, ReadOnly. What a crash
        left half done is finished first; ``opening`` then says so.
        """
        from foiadesk.store.deriving import Deriving

        deriving = Deriving(folder, passphrase)  # before the rest is imported: nothing else takes as long
        from foiadesk.store.schema import desk_migrations
        from foiadesk.store.store import Store

        desk = cls(Store.open(folder, deriving, desk_migrations, write=write, meanwhile=meanwhile), clock)
        if not desk.read_only:
            from foiadesk.desk import recovery

            try:
                desk.opening = recovery.finish(desk)
            except BaseException:
                desk.close()
                raise
        return desk

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def listen(self, heard: Callable[[Change], None]) -> Callable[[], None]:
        """Call ``heard`` with every Change, on the acting thread, after commit. Returns what stops it."""
        self._listeners.append(heard)

        def stop() -> None:
            if heard in self._listeners:
                self._listeners.remove(heard)

        return stop

    def close(self) -> None:
        """Close worker and files. Closing twice is harmless."""
        if self._closed:
            return
        self._closed = True
        try:
            if self._worker is not None:
                self._worker.close()
            if "search" in self.__dict__:
                self.search.close()
            if "contents" in self.__dict__:
                with suppress(KnownError):  # then the next opening looks for files without a row, for nothing
                    self.contents.unmark()
        finally:
            self.store.close()

    # ---- for the rooms ----------------------------------------------------------------------------------------

    def read(self) -> AbstractContextManager[Database]:
        """Return one snapshot to read from, on any thread."""
        return self.store.read()

    def act(self, work: Callable[[Journal], Done], *, run: str = "", amend: str = "", undoable: bool = True) -> Change:
        """Run one action in one transaction, derive what it moved, remember its undo, tell the listeners.

        run: actions of the same run right after one another become one undo. amend: this is the second half of that
        run, and no undo of its own. Raises whatever ``work`` raises, with nothing stored.
        """
        from foiadesk.desk.journal import Journal

        def whole(db: Database) -> tuple[Journal, Done]:
            journal = Journal(db)
            done = work(journal)
            self.settle(journal)
            return journal, done

        with self.acting:
            journal, done = self.store.write(whole)
            ids = {kind: frozenset(found) for kind, found in journal.ids.items()}
            undoable = undoable and bool(journal.steps)
            change = Change(done.sentence, ids, done.primary, undoable and not amend, done.alerts, done.warnings)
            if amend:
                self.history.amend(amend, tuple(journal.steps))
            elif undoable:
                self.history.remember(change, tuple(journal.steps), run)
        if journal.steps:
            self.tell(change)
        return change

    def settle(self, journal: Journal) -> None:
        """Derive again, inside the transaction, the answers of the requests it moved."""
        if journal.moved:
            from foiadesk.desk import standing

            for request in sorted(journal.moved):
                standing.put(journal.db, request, self.clock())

    def tell(self, change: Change) -> None:
        """Pass a change on to whoever listens."""
        if change.touches("closure"):
            self.freshness.closures_moved()
        for heard in tuple(self._listeners):
            heard(change)

    @property
    def worker(self) -> Worker:
        """The process that parses foreign bytes, started when first needed."""
        if self._worker is not None:  # whoever reads must not wait for whoever writes
            return self._worker
        with self.acting:
            if self._worker is None:
                from foiadesk.intake import Worker

                self._worker = Worker()
            return self._worker

    # ---- rooms ------------------------------------------------------------------------------------------------

    @cached_property
    def people(self) -> People:
        """Who asks: requesters, their signers and letterheads."""
        from foiadesk.desk.people import People

        return People(self)

    @cached_property
    def agencies(self) -> Agencies:
        """The directory of offices."""
        from foiadesk.desk.agencies import Agencies

        return Agencies(self)

    @cached_property
    def requests(self) -> Requests:
        """Requests, campaigns and their events."""
        from foiadesk.desk.requests import Requests

        return Requests(self)

    @cached_property
    def views(self) -> Views:
        """Named ways to look at the list of requests."""
        from foiadesk.desk.views import Views

        return Views(self)

    @cached_property
    def letter_runs(self) -> LetterRuns:
        """One letter to many offices."""
        from foiadesk.desk.letter_runs import LetterRuns

        return LetterRuns(self)

    @cached_property
    def templates(self) -> Templates:
        """The forms and words of letters, as shipped and as changed here."""
        from foiadesk.desk.templates import Templates

        return Templates(self)

    @cached_property
    def filing(self) -> Filing:
        """Correspondence and stored files."""
        from foiadesk.desk.filing import Filing

        return Filing(self)

    @cached_property
    def intake(self) -> Intake:
        """Whole folders, mailboxes and archives brought in at once."""
        from foiadesk.desk.intake import Intake

        return Intake(self)

    @cached_property
    def tracker(self) -> Tracker:
        """Requests out of a table kept elsewhere."""
        from foiadesk.desk.tracker import Tracker

        return Tracker(self)

    @cached_property
    def in_tray(self) -> InTray:
        """What waits for a request, and what the desk makes of it."""
        from foiadesk.desk.in_tray import InTray

        return InTray(self)

    @cached_property
    def letters(self) -> Letters:
        """Letters of ours, from draft to sent."""
        from foiadesk.desk.letters import Letters

        return Letters(self)

    @cached_property
    def drafting(self) -> Drafting:
        """Versions of drafts, another letter's words, find and replace."""
        from foiadesk.desk.drafting import Drafting

        return Drafting(self)

    @cached_property
    def snippets(self) -> Snippets:
        """Sentences kept to be used again."""
        from foiadesk.desk.snippets import Snippets

        return Snippets(self)

    @cached_property
    def spelling(self) -> Spelling:
        """Words of letters nobody knows."""
        from foiadesk.desk.spelling import Spelling

        return Spelling(self)

    @cached_property
    def mail(self) -> Mail:
        """Envelopes, labels and cover sheets."""
        from foiadesk.desk.mailing import Mail

        return Mail(self)

    @cached_property
    def deadlines(self) -> Deadlines:
        """Who owes what by when."""
        from foiadesk.desk.deadlines import Deadlines

        return Deadlines(self)

    @cached_property
    def calendar(self) -> Calendars:
        """Days on which offices are closed beside the holidays."""
        from foiadesk.desk.calendar import Calendars

        return Calendars(self)

    @cached_property
    def campaigns(self) -> Campaigns:
        """Offices side by side, and pictures of waiting."""
        from foiadesk.desk.campaigns import Campaigns

        return Campaigns(self)

    @cached_property
    def settings(self) -> Settings:
        """Choices and layouts kept inside the desk."""
        from foiadesk.desk.settings import Settings

        return Settings(self)

    @cached_property
    def safety(self) -> Safety:
        """Recovery sheet, verifying and repairing."""
        from foiadesk.desk.safety import Safety

        return Safety(self)

    @cached_property
    def trash(self) -> Trash:
        """What was thrown away and can still be had back, and the way to be rid of it."""
        from foiadesk.desk.trash import Trash

        return Trash(self)

    @cached_property
    def search(self) -> Search:
        """One box over everything on the desk."""
        from foiadesk.desk.search import Search

        return Search(self)

    @cached_property
    def backups(self) -> Backups:
        """Backup places and what is in them."""
        from foiadesk.desk.backups import Backups

        return Backups(self)

    @cached_property
    def contents(self) -> Contents:
        """Stored bytes."""
        from foiadesk.desk.contents import Contents

        return Contents(self)

    @cached_property
    def freshness(self) -> Freshness:
        """Keeps stored answers true to the day."""
        from foiadesk.desk.freshness import Freshness

        return Freshness(self)

    @cached_property
    def history(self) -> History:
        """Undo and redo."""
        from foiadesk.desk.history import History

        return History(self)
