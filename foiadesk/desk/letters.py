"""Letters of ours: draft, compose, preview, send. What is sent is filed with its exact bytes."""

# ruff: noqa: A002 - "id" is what everybody calls it
from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from foiadesk.desk import event_log, trimmings
from foiadesk.desk.desk import Done
from foiadesk.records import Channel, EventKind, Letter, LetterState
from foiadesk.records.errors import BadInput, Conflict, NotFound
from foiadesk.records.speech import say
from foiadesk.store import rows_letters, rows_people, rows_requests
from foiadesk.store.rows_common import dump

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.change import Change
    from foiadesk.desk.desk import Desk
    from foiadesk.desk.journal import Journal
    from foiadesk.desk.ready import ReadyDraft
    from foiadesk.desk.shapes import IncomingFile, LetterPreview
    from foiadesk.letters import ComposedLetter, LetterContext, LetterKind, Spot
    from foiadesk.letters.portals import PortalLimit
    from foiadesk.records.progress import Progress

_WITH_CHANNEL = (EventKind.REQUEST_SENT, EventKind.APPEAL_SENT)
_PICTURES_HELD = 32


class Letters:
    """Drafts and sent letters of each request."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._pictures: dict[int, bytes] = {}  # letterheads by attachment id, which never change
        self._pictures_lock = threading.Lock()

    def kinds(self) -> tuple[LetterKind, ...]:
        """Return every kind of letter there is, with those changed or added on this desk."""
        return self._desk.templates.kinds()

    def kind(self, name: str) -> LetterKind:
        """Return one kind; raises NotFound naming near matches."""
        return self._desk.templates.kind(name)

    def steps(self) -> frozenset[str]:
        """Return every next step of the law that a letter answers; ``for_step`` says which."""
        from foiadesk import letters

        return letters.letter_steps()

    def for_step(self, step: str, request: int) -> str:
        """Return the kind of letter that a next step leads to on a request; "" when none does."""
        from foiadesk import letters

        with self._desk.read() as db:
            found = rows_requests.read_request(db, request)
            events = event_log.in_force(db, request)
        return letters.letter_for(step, found.law, events) if found else ""

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

        return letters.defaults(self.kind(kind), self.context(request, self._desk.clock()))

    def start(self, kind: str, request: int, *, amend: str = "") -> Change:
        """Begin a draft with the form's starting values; primary is the letter id. amend: the undo it belongs to."""
        found = self.kind(kind)
        values = self.defaults(kind, request)

        def work(journal: Journal) -> Done:
            name = request_named(journal.db, request)
            row = {"kind": kind, "request": request, "form": dump(values), "title": found.title}
            key = journal.insert("letters", {**row, "updated_at": journal.at})
            return Done(say("Started “{title}” on {name}", title=found.title, name=name), key)

        return self._desk.act(work, amend=amend)

    def save(self, id: int, values: Mapping[str, str]) -> Change:
        """Keep a draft's values (autosave); one editing run is one undo. Fields not given keep their values.

        Raises Conflict for a letter that was sent, BadInput naming a field this kind does not have.
        """
        with self._desk.read() as db:
            kind = self.kind(_must(db, id).kind)
        fields = {field.name for field in kind.fields}
        for name, text in values.items():
            if name not in fields and not trimmings.known(name):
                raise BadInput(say("{name}: it has no field {name2}.", name=kind.name, name2=repr(name)))
            if not isinstance(text, str):
                raise BadInput(say("{name}: {name2}: {text} is not text.", name=kind.name, name2=name, text=repr(text)))

        from foiadesk.desk.drafting import before_editing

        def work(journal: Journal) -> Done:
            letter = draft_of(journal.db, id)
            kept = {**letter.values, **values}
            if kept != dict(letter.values):
                before_editing(journal, letter)
                journal.update("letters", id, {"form": dump(kept), "updated_at": journal.at})
            return Done(
                say(
                    "Edited “{title}” on {request}",
                    title=letter.title,
                    request=request_named(journal.db, letter.request),
                ),
                id,
            )

        return self._desk.act(work, run=f"letter:{id}")

    def discard(self, id: int) -> Change:
        """Move a draft to the trash; sent letters are refused."""

        def work(journal: Journal) -> Done:
            letter = draft_of(journal.db, id)
            journal.update("letters", id, {"trashed_at": journal.at})
            name = request_named(journal.db, letter.request)
            return Done(say("Moved the draft “{title}” on {name} to the trash", title=letter.title, name=name), id)

        return self._desk.act(work)

    def compose(self, kind: str, request: int, values: Mapping[str, str] | None = None) -> ComposedLetter:
        """Put a letter together; a field not given takes the form's starting value."""
        return self.composed(kind, self.context(request, self._desk.clock()), values or {})

    def composed(self, kind: str, context: LetterContext, values: Mapping[str, str]) -> ComposedLetter:
        """Put a letter together within a given context, with what it carries beside its form."""
        from foiadesk import letters

        written = letters.compose(self.kind(kind), context, trimmings.form_values(values))
        return trimmings.dressed(self._desk, written, trimmings.read(values))

    def text(self, kind: str, request: int, values: Mapping[str, str] | None = None) -> str:
        """Return the letter as plain text, for a portal."""
        from foiadesk import letters

        return letters.plain_text(self.compose(kind, request, values))

    def word(
        self, kind: str, request: int, values: Mapping[str, str] | None = None, *, page: str | None = None
    ) -> tuple[ComposedLetter, bytes]:
        """Compose the letter as a Word document, to be edited further; enclosures stay outside it."""
        from foiadesk import letters

        letter = self.compose(kind, request, values)
        return letter, letters.word_file(letter, page=paper(page or self._desk.settings.get().page))

    def portal_limit(self, request: int) -> PortalLimit | None:
        """Return how much text the portal of a request's office takes, None where that is not known."""
        from foiadesk.letters.portals import limit_of

        with self._desk.read() as db:
            found = rows_requests.read_request(db, request)
        return limit_of(found.office.portal) if found else None

    def ready(self, progress: Progress | None = None) -> tuple[ReadyDraft, ...]:
        """Return every draft, with what is still blank in each."""
        from foiadesk.desk.ready import drafts

        return drafts(self._desk, progress)

    def ready_pdfs(
        self, chosen: tuple[ReadyDraft, ...], progress: Progress | None = None, *, page: str | None = None
    ) -> Iterator[tuple[ReadyDraft, str, bytes]]:
        """Yield each of some drafts with a file name of its own and its PDF."""
        from foiadesk.desk.ready import pdfs

        return pdfs(self._desk, chosen, progress, page=page)

    def pdf(self, letter_id: int, *, page: str | None = None) -> bytes:
        """Return a letter as PDF; of a sent one, the exact filed bytes. page: letter or a4, else the setting."""
        with self._desk.read() as db:
            letter = _must(db, letter_id)
            sent = rows_letters.sent_file(db, letter_id)
        if letter.state is LetterState.SENT and sent is not None:
            return trimmings.BoundPdf(self._desk.filing.read(sent))
        return self.render(letter.kind, letter.request, letter.values, page=page)[1]

    def render(
        self,
        kind: str,
        request: int,
        values: Mapping[str, str] | None = None,
        *,
        page: str | None = None,
        draft: bool = False,
        enclose: Sequence[int] | None = None,
    ) -> tuple[ComposedLetter, bytes]:
        """Compose and typeset in one go, storing nothing.

        draft: with a watermark. enclose: stored documents to put behind the letter, by their ids; None: those the
        values name. With any the bytes are a ``BoundPdf``. Raises Unreadable naming an enclosure that cannot be.
        """
        given = dict(values or {})
        if enclose is not None:
            given[trimmings.ENCLOSE] = " ".join(map(str, enclose))
        letter = self.compose(kind, request, given)
        return letter, self.finished(letter, given, page, draft=draft)

    def finished(
        self, letter: ComposedLetter, values: Mapping[str, str], page: str | None = None, *, draft: bool = False
    ) -> bytes:
        """Return a composed letter as PDF, its enclosures behind it."""
        chosen = trimmings.read(values)
        on = paper(page or self._desk.settings.get().page)
        pdf = self.typeset(letter, on, draft=draft, line_numbers=chosen.lines)
        return trimmings.bound(self._desk, pdf, chosen, on)

    def typeset(
        self,
        letter: ComposedLetter,
        page: str | None = None,
        *,
        tagged: bool = True,
        draft: bool = False,
        line_numbers: bool = False,
        spots: list[Spot] | None = None,
    ) -> bytes:
        """Return a composed letter as PDF on the desk's paper, without enclosures. spots: gets where blanks stand."""
        from foiadesk import letters

        settings = self._desk.settings.get()
        return letters.typeset(
            letter,
            page=paper(page or settings.page),
            fold_marks=settings.fold_marks,
            draft=draft,
            tagged=tagged,
            line_numbers=line_numbers,
            spots=spots,
        )

    def preview(self, kind: str, request: int, values: Mapping[str, str], *, scale: float) -> LetterPreview:
        """Draw the pages as they will print; call off the window's thread. scale 1.0 is 72 dots an inch."""
        from foiadesk import letters
        from foiadesk.desk.shapes import LetterPreview
        from foiadesk.intake.pages import page_count, render_page

        letter = self.compose(kind, request, values)
        spots: list[Spot] = []
        data = self.typeset(letter, tagged=False, line_numbers=trimmings.read(values).lines, spots=spots)
        pages = tuple(render_page(data, number, scale) for number in range(page_count(data)))
        return LetterPreview(pages, letter.blanks, letter.warnings, letters.plain_text(letter), tuple(spots))

    def sent_pages(self, letter_id: int, scale: float) -> LetterPreview:
        """Draw the exact pages of a sent letter; by the worker, as its enclosures are files of others."""
        from foiadesk.desk.letter_pages import page, page_count
        from foiadesk.desk.shapes import LetterPreview

        pdf = self.pdf(letter_id)
        desk = self._desk
        pages = tuple(page(pdf, number, scale, desk) for number in range(page_count(pdf, desk)))
        return LetterPreview(pages, (), ())

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
                raise NotFound(say("There is no request {request}.", request=request))
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
    raise BadInput(say("page: {name} is neither letter nor a4.", name=repr(name)))


def _must(db: Database, letter: int) -> Letter:
    found = rows_letters.read_letter(db, letter)
    if found is None:
        raise NotFound(say("There is no letter {letter}.", letter=letter))
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
        raise NotFound(say("There is no request {request}.", request=request))
    return name
