"""Snippets: sentences kept inside the desk to be used again, beside the ready-made ones."""

# ruff: noqa: A002 - "id" is what everybody calls it
from __future__ import annotations

from typing import TYPE_CHECKING

from foiadesk.desk.desk import Done
from foiadesk.records.errors import BadInput, NotFound
from foiadesk.records.speech import say
from foiadesk.store import rows_common

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.change import Change
    from foiadesk.desk.desk import Desk
    from foiadesk.desk.journal import Journal
    from foiadesk.letters.snippets import Snippet

_TITLE_AT_MOST = 100
_TITLE_WORDS = 6  # of the text, where no title is given


class Snippets:
    """The person's own snippets, and the shipped ones."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def own(self) -> tuple[Snippet, ...]:
        """Return the person's own snippets, by title."""
        from foiadesk.letters.snippets import Snippet

        with self._desk.read() as db:
            found = rows_common.rows(db, "SELECT * FROM snippets ORDER BY title COLLATE NOCASE, id")
        return tuple(Snippet("", row["title"], row["text"], row["id"]) for row in found)

    def shipped(self) -> tuple[Snippet, ...]:
        """Return the ready-made ones, in their groups' order."""
        from foiadesk.letters.snippets import item_snippets

        return item_snippets()

    def named(self, name: str) -> Snippet:
        """Return one's own snippet by number or title, whatever its case. Raises NotFound."""
        wanted = name.strip().casefold()
        for one in self.own():
            if wanted in (str(one.id), one.title.casefold()):
                return one
        raise NotFound(say("There is no snippet of your own called {what}.", what=repr(name.strip()[:40])))

    def add(self, text: str, *, title: str = "") -> Change:
        """Keep a text as a snippet; its first words are its title where none is given. Raises BadInput."""
        text = _checked(text)
        title = _titled(title or " ".join(text.split()[:_TITLE_WORDS]))

        def work(journal: Journal) -> Done:
            _free(journal.db, title, 0)
            return Done(
                say("Kept the snippet “{title}”", title=title),
                journal.insert("snippets", {"title": title, "text": text}),
            )

        return self._desk.act(work)

    def edit(self, id: int, *, title: str, text: str) -> Change:
        """Give a snippet another title and text. Raises BadInput, NotFound."""
        text, title = _checked(text), _titled(title)

        def work(journal: Journal) -> Done:
            _must(journal.db, id)
            _free(journal.db, title, id)
            journal.update("snippets", id, {"title": title, "text": text})
            return Done(say("Changed the snippet “{title}”", title=title), id)

        return self._desk.act(work)

    def remove(self, id: int) -> Change:
        """Keep a snippet no longer. Raises NotFound."""

        def work(journal: Journal) -> Done:
            before = _must(journal.db, id)
            journal.delete("snippets", id)
            return Done(say("Removed the snippet “{title}”", title=before["title"]), id)

        return self._desk.act(work)


def _must(db: Database, key: int) -> rows_common.Row:
    found = rows_common.by_id(db, "snippets", key)
    if found is None:
        raise NotFound(say("There is no snippet {key}.", key=key))
    return found


def _free(db: Database, title: str, key: int) -> None:
    other = rows_common.row(db, "SELECT id FROM snippets WHERE title = ? COLLATE NOCASE", (title,))
    if other is not None and other["id"] != key:
        raise BadInput("There is already a snippet of this title.", todo="Choose another title.")


def _checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise BadInput("A snippet needs a text.")
    return text


def _titled(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise BadInput("A snippet needs a title.")
    return title if len(title) <= _TITLE_AT_MOST else f"{title[: _TITLE_AT_MOST - 1]}…"
