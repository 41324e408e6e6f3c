"""Who asks: requesters with their address, signers and letterhead."""

# ruff: noqa: A002 - "id" is what everybody calls it
from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from foiadesk.desk.desk import Done
from foiadesk.desk.shapes import IncomingFile
from foiadesk.records import AttachmentRole, Requester, Signer
from foiadesk.records.errors import BadInput, Conflict, NotFound
from foiadesk.records.speech import say, say_count
from foiadesk.store import rows_filing, rows_people

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.change import Change
    from foiadesk.desk.desk import Desk
    from foiadesk.desk.journal import Journal

_PICTURES = ("image/png", "image/jpeg")
_LOGO_LIMIT = 10 << 20


class People:
    """The organizations and persons who sign requests."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def all(self) -> tuple[Requester, ...]:
        """Return every requester, by name."""
        with self._desk.read() as db:
            return rows_people.requesters(db)

    def get(self, id: int) -> Requester:
        """Return one requester; raises NotFound."""
        with self._desk.read() as db:
            return _must(db, id)

    def add(self, requester: Requester) -> Change:
        """Store a new requester; primary is its id."""
        requester = _tidy(requester)

        def work(journal: Journal) -> Done:
            key = journal.insert("requesters", rows_people.requester_columns(requester))
            _put_signers(journal, key, requester.signers)
            return Done(say("Added {name}", name=requester.name), key)

        return self._desk.act(work)

    def change(self, requester: Requester) -> Change:
        """Store an edited requester; raises Conflict when the row has moved since it was read."""
        requester = _tidy(requester)

        def work(journal: Journal) -> Done:
            before = _must(journal.db, requester.id)
            moved = before.signers != requester.signers
            columns = rows_people.requester_columns(requester)
            journal.update("requesters", requester.id, columns, expected=requester.version, force=moved)
            if moved:
                _put_signers(journal, requester.id, requester.signers)
            return Done(say("Changed {name}", name=requester.name), requester.id)

        return self._desk.act(work)

    def remove(self, id: int) -> Change:
        """Remove a requester no request names; raises Conflict otherwise."""

        def work(journal: Journal) -> Done:
            requester = _must(journal.db, id)
            named = rows_people.requests_naming(journal.db, id)
            if named:
                raise Conflict(
                    say_count(
                        "{name} signs {n} request and cannot be removed.",
                        "{name} signs {n} requests and cannot be removed.",
                        named,
                        name=requester.name,
                    ),
                    safe="Nothing was changed.",
                    todo="Take the name off those requests first.",
                )
            _put_signers(journal, id, ())
            journal.delete("requesters", id)
            return Done(say("Removed {name}", name=requester.name), id)

        return self._desk.act(work)

    def set_logo(self, id: int, data: bytes, name: str) -> Change:
        """Keep a PNG or JPEG as the letterhead's picture; primary is the attachment id. Empty data takes it off.

        Raises BadInput for any other kind of file, or one over 10 MB.
        """
        from foiadesk.intake import media_type, safe_name

        if not data:
            return self._take_logo_off(id)
        kind = media_type(data, name)
        if kind not in _PICTURES:
            raise BadInput("logo: this file is neither a PNG nor a JPEG picture.", todo="Choose a PNG or JPEG file.")
        if len(data) > _LOGO_LIMIT:
            raise BadInput("logo: this picture is larger than 10 MB.", todo="Choose a smaller one.")
        self._desk.worker.image(data, 64)  # raises Unreadable: a letter must never fail on its letterhead later
        self.get(id)  # before anything is stored
        kept = self._desk.contents.keep(IncomingFile(name, data))

        def work(journal: Journal) -> Done:
            requester = _must(journal.db, id)
            content = kept.row(journal.db)
            columns = rows_filing.attachment_columns(
                content, safe_name(name), kind, AttachmentRole.LETTERHEAD, "letterhead", None
            )
            key = journal.insert("attachments", columns)
            journal.update("requesters", id, {"logo": key})
            return Done(say("Changed the letterhead of {name}", name=requester.name), key)

        return self._desk.act(work)

    def _take_logo_off(self, id: int) -> Change:
        def work(journal: Journal) -> Done:
            requester = _must(journal.db, id)
            journal.update("requesters", id, {"logo": None})
            return Done(say("Took the picture off the letterhead of {name}", name=requester.name), id)

        return self._desk.act(work)

    def logo(self, attachment_id: int) -> bytes:
        """Return a letterhead picture's bytes."""
        return self._desk.filing.read(attachment_id)


def _must(db: Database, requester: int) -> Requester:
    found = rows_people.read_requester(db, requester)
    if found is None:
        raise NotFound(say("There is no requester {requester}.", requester=requester))
    return found


def _tidy(requester: Requester) -> Requester:
    if not requester.name.strip():
        raise BadInput("name: a requester needs a name.")
    signers = tuple(
        Signer(signer.name.strip(), signer.title.strip()) for signer in requester.signers if signer.name.strip()
    )
    address = tuple(line.strip() for line in requester.address if line.strip())
    return replace(requester, name=requester.name.strip(), address=address, signers=signers)


def _put_signers(journal: Journal, requester: int, signers: tuple[Signer, ...]) -> None:
    for key in rows_people.signer_ids(journal.db, requester):
        journal.delete("signers", key)
    for place, signer in enumerate(signers):
        journal.insert("signers", {"requester": requester, "place": place, "name": signer.name, "title": signer.title})
