"""Desk: opens and closes a desk folder, runs transactions, tells listeners. Actions live in the rooms it hands out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from foiadesk.desk.change import Change

if TYPE_CHECKING:
    from foiadesk.desk.agencies import Agencies
    from foiadesk.desk.deadlines import Deadlines
    from foiadesk.desk.filing import Filing
    from foiadesk.desk.history import History
    from foiadesk.desk.letters import Letters
    from foiadesk.desk.people import People
    from foiadesk.desk.requests import Requests
    from foiadesk.desk.safety import Safety
    from foiadesk.desk.settings import Settings


class Desk:
    """One open desk. Every method of every room is synchronous and may be called from any thread."""

    folder: Path
    read_only: bool
    clock: Callable[[], date]

    @classmethod
    def create(cls, folder: Path, passphrase: str, *, clock: Callable[[], date] = date.today) -> Self:
        """Make a new encrypted desk in an empty or missing folder and open it."""
        raise NotImplementedError

    @classmethod
    def open(cls, folder: Path, passphrase: str, *, write: bool = True, clock: Callable[[], date] = date.today) -> Self:
        """Open a desk; write=False works beside a window that holds it."""
        raise NotImplementedError

    def listen(self, heard: Callable[[Change], None]) -> Callable[[], None]:
        """Call ``heard`` with every Change, on the acting thread, after commit. Returns what stops it."""
        raise NotImplementedError

    def close(self) -> None:
        """Close worker and files. Closing twice is harmless."""
        raise NotImplementedError

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
    def filing(self) -> Filing:
        """Correspondence and stored files."""
        from foiadesk.desk.filing import Filing

        return Filing(self)

    @cached_property
    def letters(self) -> Letters:
        """Letters of ours, from draft to sent."""
        from foiadesk.desk.letters import Letters

        return Letters(self)

    @cached_property
    def deadlines(self) -> Deadlines:
        """Who owes what by when."""
        from foiadesk.desk.deadlines import Deadlines

        return Deadlines(self)

    @cached_property
    def settings(self) -> Settings:
        """Choices and layouts kept inside the desk."""
        from foiadesk.desk.settings import Settings

        return Settings(self)

    @cached_property
    def safety(self) -> Safety:
        """Recovery sheet and integrity."""
        from foiadesk.desk.safety import Safety

        return Safety(self)

    @cached_property
    def history(self) -> History:
        """Undo and redo."""
        from foiadesk.desk.history import History

        return History(self)
