"""Marking a letter as sent: its exact bytes filed as outgoing correspondence, its events, all in one transaction."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from foiadesk.desk import event_log, wording
from foiadesk.desk.desk import Done
from foiadesk.desk.letters import draft_of, request_named
from foiadesk.desk.shapes import IncomingFile
from foiadesk.records import AttachmentRole, Channel, Direction, EventKind, LetterState
from foiadesk.records.errors import BadInput
from foiadesk.records.speech import as_said, joined, say
from foiadesk.store import rows_filing
from foiadesk.store.rows_common import dump

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.change import Change
    from foiadesk.desk.desk import Desk
    from foiadesk.desk.journal import Journal

_WITH_CHANNEL = (EventKind.REQUEST_SENT, EventKind.APPEAL_SENT)


def send(
    desk: Desk, letter_id: int, *, channel: Channel, on: date, proof: IncomingFile | None, with_blanks: bool
) -> Change:
    """Do what ``Letters.mark_sent`` promises."""
    from foiadesk import letters
    from foiadesk.intake import media_type, safe_name

    today = desk.clock()
    if on > today:
        raise BadInput(say("on: {on} is after today, {today}.", on=on, today=today))
    with desk.read() as db:
        draft = draft_of(db, letter_id)
    context = desk.letters.context(draft.request, on)
    letter = desk.letters.composed(draft.kind, context, draft.values)
    if letter.blanks and not with_blanks:
        names = joined(", ", (as_said(blank.label) for blank in letter.blanks))
        raise BadInput(
            say("The letter still has blanks: {names}.", names=names),
            safe="Nothing was filed.",
            todo="Fill them in, or mark it as sent with blanks.",
        )
    kind = desk.letters.kind(draft.kind)
    values = {**letters.defaults(kind, context), **draft.values}
    events = letters.events_when_sent(kind, values, channel)
    exact = desk.letters.finished(letter, draft.values)
    kept = desk.contents.keep(IncomingFile(_file_name(letter.title), exact))
    proved = desk.contents.keep(proof) if proof is not None else None
    text = letters.plain_text(letter)

    def work(journal: Journal) -> Done:
        db = journal.db
        name = request_named(db, draft.request)
        sender = ", ".join(requester.name for requester in context.requesters)
        correspondence = journal.insert(
            "correspondence",
            {
                "request": draft.request,
                "direction": Direction.OUT.value,
                "date": on.isoformat(),
                "channel": channel.value,
                "subject": letter.title,
                "sender": sender,
                "recipients": dump([context.request.office.name]),
                "body": text,
                "parsed": "done",
                "filed_at": journal.at,
            },
        )
        role, origin = AttachmentRole.LETTER, say("letter of ours, as sent")
        file = rows_filing.attachment_columns(
            kept.row(db), safe_name(kept.name), "application/pdf", role, origin, correspondence
        )
        journal.insert("attachments", file)
        if proved is not None:
            media = media_type(proved.head, proved.name)
            role, origin = AttachmentRole.ORIGINAL, say("proof of sending")
            file = rows_filing.attachment_columns(
                proved.row(db), safe_name(proved.name), media, role, origin, correspondence
            )
            journal.insert("attachments", file)
        alerts: list[str] = []
        warnings: list[str] = []
        if channel is Channel.MAIL and any(filing.received for filing in kind.filings):
            alerts.append("By mail it counts from its receipt: log that day as your answer once you know it.")
        for event in events:
            extra: dict[str, Any] = {"date": min(on.isoformat(), event.get("date", on.isoformat()))}
            if event["kind"] in _WITH_CHANNEL:
                extra["channel"] = channel.value
            if event["kind"] == EventKind.REQUEST_SENT and proved is not None:
                extra["proof"] = safe_name(proved.name)
            done = event_log.add(journal, draft.request, {**event, **extra}, today, (correspondence,))
            alerts += done.alerts
            warnings += done.warnings
        sent = {
            "state": LetterState.SENT.value,
            "title": letter.title,
            "correspondence": correspondence,
            "counted_on": on.isoformat(),
            "counted_under": _counted_under(journal.db, context.request.law),
            "updated_at": journal.at,
        }
        journal.update("letters", letter_id, sent, expected=draft.version)
        sentence = say(
            "Marked “{title}” on {name} as sent {way}, {day}",
            title=draft.title, name=name, way=say(wording.CHANNELS[channel]), day=wording.day(on, today),
        )  # fmt: skip
        warned = event_log.still(db, draft.request, today, warnings)
        return Done(sentence, correspondence, tuple(alerts), warned)

    return desk.act(work)


def _counted_under(db: Database, law: str) -> str:
    from foiadesk.desk.standing import calendar_of
    from foiadesk.law import load_pack

    return f"{load_pack(law).version}, {calendar_of(db, law).version}"


def _file_name(title: str) -> str:
    """Return a letter's file name: its title without what file systems refuse."""
    return f"{title.replace(': ', ' - ')}.pdf"
