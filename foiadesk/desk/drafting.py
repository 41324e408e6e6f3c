"""What helps while a letter is written: its earlier versions, another letter's words, find and replace."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from foiadesk.desk.desk import Done
from foiadesk.desk.letters import draft_of, request_named
from foiadesk.records import Letter, LetterVersion
from foiadesk.records.errors import BadInput, NotFound
from foiadesk.records.speech import say, say_count
from foiadesk.store import rows_letters
from foiadesk.store.rows_common import dump

if TYPE_CHECKING:
    from foiadesk.desk.change import Change
    from foiadesk.desk.desk import Desk
    from foiadesk.desk.journal import Journal
    from foiadesk.letters.comparing import FieldChange
    from foiadesk.letters.merging import MergeFact
    from foiadesk.letters.replacing import Found

PAUSE = timedelta(minutes=5)  # writing that goes on after a longer one begins a new version
_NAME_AT_MOST = 100
_ITS_OWN = ("date", "channel", "tracking", "no_tracking")  # of a letter: another one never takes them over


def before_editing(journal: Journal, letter: Letter) -> None:
    """Keep what a draft said when its writer paused; called before it changes."""
    if letter.updated_at is not None and datetime.fromisoformat(journal.at) - letter.updated_at > PAUSE:
        rows_letters.put_version(journal.db, letter, "pause", letter.updated_at.isoformat(timespec="seconds"))


class Drafting:
    """Versions of drafts and work across their fields."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def versions(self, letter: int) -> tuple[LetterVersion, ...]:
        """Return a letter's versions, the latest first. Raises NotFound."""
        self._desk.letters.get(letter)
        with self._desk.read() as db:
            return rows_letters.versions_of(db, letter)

    def version(self, letter: int, version: int) -> LetterVersion:
        """Return one version of a letter; raises NotFound."""
        with self._desk.read() as db:
            found = rows_letters.read_version(db, version)
        if found is None or found.letter != letter:
            raise NotFound(say("Letter {letter} has no version {version}.", letter=letter, version=version))
        return found

    def keep(self, letter: int, *, name: str = "") -> Change:
        """Keep what a draft says now as a version; primary is its id. Raises NotFound, Conflict (it was sent)."""
        name = " ".join(name.split())
        if len(name) > _NAME_AT_MOST:
            raise BadInput("The name of the version is too long.")

        def work(journal: Journal) -> Done:
            draft = draft_of(journal.db, letter)
            row = {"letter": letter, "form": dump(draft.values), "why": "kept", "name": name, "at": journal.at}
            key = journal.insert("letter_versions", row)
            journal.touch("letter", letter)
            return Done(
                say(
                    "Kept this version of “{title}” on {request}",
                    title=draft.title,
                    request=request_named(journal.db, draft.request),
                ),
                key,
            )

        return self._desk.act(work)

    def note_exit(self, letter: int, why: str) -> None:
        """Keep what a draft says as it leaves the program. why: saved or printed. No undo: it is a record of that.

        Nothing is kept of a letter that was sent, nor twice.
        """

        def work(journal: Journal) -> Done:
            found = rows_letters.read_letter(journal.db, letter)
            if found is not None and found.correspondence is None:
                rows_letters.put_version(journal.db, found, why, journal.at)
            return Done("Kept a version", letter)

        self._desk.act(work, undoable=False)

    def compare(self, letter: int, version: int, other: int | None = None) -> tuple[FieldChange, ...]:
        """Return what changed from one version to another, or to what the letter says now. Raises NotFound."""
        from foiadesk.letters.comparing import compare

        found = self._desk.letters.get(letter)
        after = found.values if other is None else self.version(letter, other).values
        return compare(self._desk.letters.kind(found.kind), self.version(letter, version).values, after)

    def restore(self, letter: int, version: int) -> Change:
        """Let a draft say again what a version says; what it said until now is kept as a version.

        Raises NotFound, Conflict for a letter that was sent.
        """
        old = self.version(letter, version)
        kind = self._desk.letters.kind(self._desk.letters.get(letter).kind)
        fields = {field.name for field in kind.fields}
        values = {name: text for name, text in old.values.items() if name in fields or name.startswith("+")}

        def work(journal: Journal) -> Done:
            draft = draft_of(journal.db, letter)
            if values != dict(draft.values):
                rows_letters.put_version(journal.db, draft, "restored", journal.at)
                journal.update("letters", letter, {"form": dump(values), "updated_at": journal.at})
            name = request_named(journal.db, draft.request)
            return Done(say("Restored an earlier version of “{title}” on {name}", title=draft.title, name=name), letter)

        return self._desk.act(work)

    def shared(self, source: int, kind: str, request: int) -> dict[str, str]:
        """Return the values a letter of a kind on a request can take over from another letter.

        Those of every field both kinds have under one name and type; never what belongs to one letter alone: its
        date, way and tracking number, days, and on another request whom it is addressed to.
        """
        given = self._desk.letters.get(source)
        fields = {field.name: field for field in self._desk.letters.kind(given.kind).fields}
        taken = {}
        for field in self._desk.letters.kind(kind).fields:
            same = fields.get(field.name)
            if same is None or same.type != field.type or field.name not in given.values:
                continue
            own = field.name in _ITS_OWN or field.type == "date" or same.source.startswith("last:")
            addressed = field.name.startswith("to_") or field.name == "addressee"
            if not own and not (addressed and given.request != request):
                taken[field.name] = given.values[field.name]
        return taken

    def duplicate(self, source: int, request: int, *, kind: str = "") -> Change:
        """Begin a draft on a request with the words of another letter, sent or not; primary is the new letter.

        kind: another kind than the source's; it takes what the two share. Raises NotFound.
        """
        given = self._desk.letters.get(source)
        found = self._desk.letters.kind(kind or given.kind)
        values = {
            **self._desk.letters.defaults(found.name, request),
            **self.shared(source, found.name, request),
        }

        def work(journal: Journal) -> Done:
            name = request_named(journal.db, request)
            row = {"kind": found.name, "request": request, "form": dump(values), "title": found.title}
            key = journal.insert("letters", {**row, "updated_at": journal.at})
            return Done(say("Started “{title}” on {name} from an earlier letter", title=found.title, name=name), key)

        return self._desk.act(work)

    def facts(self, request: int, *, language: str = "en-US") -> tuple[MergeFact, ...]:
        """Return the facts a letter's text can name as {due}, with their words for a request now."""
        from foiadesk.letters.merging import merge_facts

        return merge_facts(self._desk.letters.context(request, self._desk.clock()), language)

    def find(self, letter: int, text: str, *, case: bool = False) -> tuple[Found, ...]:
        """Return the fields of a letter in which a text stands, and how often."""
        from foiadesk.letters.replacing import find

        found = self._desk.letters.get(letter)
        return find(self._desk.letters.kind(found.kind), found.values, text, case=case)

    def replace(
        self, letter: int, text: str, by: str, *, case: bool = False, values: Mapping[str, str] | None = None
    ) -> Change:
        """Replace a text in every field of a draft, as one undo. values: what is typed and not yet saved.

        Raises BadInput when the text stands nowhere or is empty, Conflict for a letter that was sent.
        """
        from foiadesk.letters.replacing import replaced

        if not text:
            raise BadInput("There is nothing to look for.")
        kind = self._desk.letters.kind(self._desk.letters.get(letter).kind)

        def work(journal: Journal) -> Done:
            draft = draft_of(journal.db, letter)
            typed = {**draft.values, **(values or {})}
            changed, count = replaced(kind, typed, text, by, case=case)
            if not count:
                raise BadInput("That text stands in no field of the letter.", safe="Nothing was changed.")
            before_editing(journal, draft)
            journal.update("letters", letter, {"form": dump({**typed, **changed}), "updated_at": journal.at})
            name = request_named(journal.db, draft.request)
            places = say_count("{n} place", "{n} places", count)
            return Done(
                say("Replaced in {places} of “{title}” on {name}", places=places, title=draft.title, name=name), letter
            )

        return self._desk.act(work)
