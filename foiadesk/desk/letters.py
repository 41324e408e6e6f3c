"""Letters of ours: draft, compose, preview, send. What is sent is filed with its exact bytes."""

# ruff: noqa: A002 - "id" is what everybody calls it
from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from foiadesk.desk import event_log
from foiadesk.desk.desk import Done
from foiadesk.desk.shapes import IncomingFile, LetterPreview
from foiadesk.records import Channel, EventKind, Letter, LetterState
from foiadesk.records.errors import BadInput, Conflict, NotFound
from foiadesk.store import rows_letters, rows_people, rows_requests
from foiadesk.store.rows_common import dump

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.change import Change
    from foiadesk.desk.desk import Desk
    from foiadesk.desk.journal import Journal
    from foiadesk.letters import ComposedLetter, LetterContext, LetterKind

_WITH_CHANNEL = (EventKind.REQUEST_SENT, EventKind.APPEAL_SENT)
_PICTURES_HELD = 32


class Letters:
    """Drafts and sent letters of each request."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._pictures: dict[int, bytes] = {}  # letterheads by attachment id, which never change
        self._pictures_lock = threading.Lock()

    def kinds(self) -> tuple[LetterKind, ...]:
        """Return every kind of letter there is."""
        from foiadesk import letters

        return letters.kinds()

    def kind(self, name: str) -> LetterKind:
        """Return one kind; raises NotFound naming near matches."""
        from foiadesk import letters

        return letters.kind(name)

    def for_request(self, request: int) -> tuple[Letter, ...]:
        """Return a request's letters, oldest first."""
        with self._desk.read() as db:
            return rows_letters.letters_of(db, request)

    def get(self, id: int) -> Letter:
        """Return one letter; raises NotFound."""
        with self._desk.read() as db:
            return _must(db, id)

    def defaults(self, kind: str, request: int) -> dict[str, str]:
        """Return the form's starting values for a kind of letter on a request."""
        from foiadesk import letters

        return letters.defaults(kind, self.context(request, self._desk.clock()))

    def start(self, kind: str, request: int, *, amend: str = "") -> Change:
        """Begin a draft with the form's starting values; primary is the letter id. amend: the undo it belongs to."""
        found = self.kind(kind)
        values = self.defaults(kind, request)

        def work(journal: Journal) -> Done:
            name = request_named(journal.db, request)
            row = {"kind": kind, "request": request, "form": dump(values), "title": found.title}
            key = journal.insert("letters", {**row, "updated_at": journal.at})
            return Done(f"Started “{found.title}” on {name}", key)

        return self._desk.act(work, amend=amend)

    def save(self, id: int, values: Mapping[str, str]) -> Change:
        """Keep a draft's values (autosave); one editing run is one undo. Fields not given keep their values.

        Raises Conflict for a letter that was sent, BadInput naming a field this kind does not have.
        """
        with self._desk.read() as db:
            kind = self.kind(_must(db, id).kind)
        known = {field.name for field in kind.fields}
        for name, text in values.items():
            if name not in known:
                raise BadInput(f"{kind.name}: it has no field {name!r}.")
            if not isinstance(text, str):
                raise BadInput(f"{kind.name}: {name}: {text!r} is not text.")

        def work(journal: Journal) -> Done:
            letter = draft_of(journal.db, id)
            kept = {**letter.values, **values}
            if kept != dict(letter.values):
                journal.update("letters", id, {"form": dump(kept), "updated_at": journal.at})
            return Done(f"Edited “{letter.title}” on {request_named(journal.db, letter.request)}", id)

        return self._desk.act(work, run=f"letter:{id}")

    def discard(self, id: int) -> Change:
        """Move a draft to the trash; sent letters are refused."""

        def work(journal: Journal) -> Done:
            letter = draft_of(journal.db, id)
            journal.update("letters", id, {"trashed_at": journal.at})
            name = request_named(journal.db, letter.request)
            return Done(f"Moved the draft “{letter.title}” on {name} to the trash", id)

        return self._desk.act(work)

    def compose(self, kind: str, request: int, values: Mapping[str, str] | None = None) -> ComposedLetter:
        """Put a letter together; a field not given takes the form's starting value."""
        from foiadesk import letters

        return letters.compose(kind, self.context(request, self._desk.clock()), values or {})

    def text(self, kind: str, request: int, values: Mapping[str, str] | None = None) -> str:
        """Return the letter as plain text, for a portal."""
        from foiadesk import letters

        return letters.plain_text(self.compose(kind, request, values))

    def pdf(self, letter_id: int, *, page: str | None = None) -> bytes:
        """Return a letter as PDF; of a sent one, the exact filed bytes. page: letter or a4, else the setting."""
        with self._desk.read() as db:
            letter = _must(db, letter_id)
            sent = rows_letters.sent_file(db, letter_id)
        if letter.state is LetterState.SENT and sent is not None:
            return self._desk.filing.read(sent)
        return self.render(letter.kind, letter.request, letter.values, page=page)[1]

    def render(
        self, kind: str, request: int, values: Mapping[str, str] | None = None, *, page: str | None = None
    ) -> tuple[ComposedLetter, bytes]:
        """Compose and typeset in one go, storing nothing."""
        letter = self.compose(kind, request, values)
        return letter, self.typeset(letter, page)

    def typeset(self, letter: ComposedLetter, page: str | None = None, *, tagged: bool = True) -> bytes:
        """Return a composed letter as PDF on the desk's paper."""
        from foiadesk import letters

        settings = self._desk.settings.get()
        return letters.typeset(letter, page=paper(page or settings.page), fold_marks=settings.fold_marks, tagged=tagged)

    def preview(self, kind: str, request: int, values: Mapping[str, str], *, scale: float) -> LetterPreview:
        """Draw the pages as they will print; call off the window's thread. scale 1.0 is 72 dots an inch."""
        from foiadesk.intake.pages import page_count, render_page

        letter = self.compose(kind, request, values)
        data = self.typeset(letter, tagged=False)
        pages = tuple(render_page(data, number, scale) for number in range(page_count(data)))
        return LetterPreview(pages, letter.blanks, letter.warnings)

    def mark_sent(
        self,
        id: int,
        *,
        channel: Channel,
        on: date,
        proof: IncomingFile | None = None,
        with_blanks: bool = False,
    ) -> Change:
        """File the letter's exact bytes as sent, with its events, in one transaction; primary: correspondence id.

        The letter is counted as of the day it was sent. proof: a receipt or postmark, filed beside it. Raises
        BadInput when it has blanks (unless with_blanks) or the day is after today, Conflict when it was sent already
        or edited meanwhile.
        """
        from foiadesk.desk.sending import send

        return send(self._desk, id, channel=channel, on=on, proof=proof, with_blanks=with_blanks)

    def context(self, request: int, today: date) -> LetterContext:
        """Gather everything a letter on this request may say, counted as of a day."""
        from foiadesk.law import load_pack
        from foiadesk.letters import LetterContext

        with self._desk.read() as db:
            found = rows_requests.read_request(db, request)
            if found is None:
                raise NotFound(f"There is no request {request}.")
            asked = [rows_people.read_requester(db, requester) for requester in found.requesters]
            answer = event_log.answer(db, request, today)
            events = event_log.in_force(db, request)
        requesters = tuple(requester for requester in asked if requester is not None)
        logos = {each.logo: self._picture(each.logo) for each in requesters if each.logo is not None}
        return LetterContext(
            request=found,
            requesters=requesters,
            answer=answer,
            events=events,
            today=today,
            logos=logos,
            law_title=load_pack(found.law).title,
        )

    def forget(self) -> None:
        """Let go of the pictures held in memory."""
        with self._pictures_lock:
            self._pictures.clear()

    def _picture(self, attachment: int) -> bytes:
        with self._pictures_lock:
            if attachment in self._pictures:
                return self._pictures[attachment]
        data = self._desk.filing.read(attachment)
        with self._pictures_lock:
            if len(self._pictures) >= _PICTURES_HELD:
                self._pictures.clear()
            self._pictures[attachment] = data
        return data


def paper(name: str) -> Literal["letter", "a4"]:
    """Return a paper's name as letters are typeset on it; raises BadInput."""
    if name == "letter":
        return "letter"
    if name == "a4":
        return "a4"
    raise BadInput(f"page: {name!r} is neither letter nor a4.")


def _must(db: Database, letter: int) -> Letter:
    found = rows_letters.read_letter(db, letter)
    if found is None:
        raise NotFound(f"There is no letter {letter}.")
    return found


def draft_of(db: Database, letter: int) -> Letter:
    """Return a letter that can still change; raises NotFound, or Conflict when it was sent."""
    found = _must(db, letter)
    if found.state is not LetterState.DRAFT:
        raise Conflict(
            "This letter was sent and stays as it was sent.",
            safe="Nothing was changed.",
            todo="Start a new letter instead.",
        )
    return replace(found, values=dict(found.values))


def request_named(db: Database, request: int) -> str:
    """Return what a sentence calls a request; raises NotFound."""
    name = rows_requests.request_name(db, request)
    if not name:
        raise NotFound(f"There is no request {request}.")
    return name
