"""Every act there is, by the function of the desk that does it, and a desk with one of everything to do them on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from foiadesk.desk import Desk, IncomingFile, RequestPlan, SavedView
from foiadesk.desk.letter_runs import LetterRun
from foiadesk.desk.tracker import TrackerMapping
from foiadesk.records import Channel, OwnOffice, Requester, Signer
from foiadesk.records.progress import Progress
from tests.desk.conftest import PASSPHRASE
from tests.desk.test_people import picture

TODAY = date(2026, 2, 10)
MAIL = b"""From: ICE FOIA <ice-foia@ice.dhs.gov>
To: records@harbor.example
Subject: ICE FOIA Request 2026-ICFO-00123 - acknowledgment
Date: Mon, 02 Feb 2026 10:11:12 -0500
Message-ID: <%s@ice.dhs.gov>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

This acknowledges receipt of your request. It was assigned tracking number 2026-ICFO-00123.
--b
Content-Type: application/octet-stream
Content-Disposition: attachment; filename=fees.bin

fees %s
--b--
"""
TRACKER = b"Subject,Agency,Date Sent,Method,FOIA No.\nLicense plates,DHS/CBP,2025-10-01,Portal,2026-CBFO-1\n"


@dataclass(frozen=True)
class World:
    """A desk with one of everything, and where it lies."""

    desk: Desk
    folder: Path
    office: int  # a request that was sent, with a letter sent, mail, events and a draft
    other: int  # a second one, never sent
    draft: int
    sent: int
    version: int
    mail: int  # correspondence filed on ``office``
    waiting: int  # correspondence in the In-tray
    file: int  # an attachment of ``mail``
    event: str
    view: int
    search: int
    snippet: int
    closure: int
    place: int
    campaign: int


def made(folder: Path) -> World:
    """Make the desk, open; whoever has it closes it."""
    desk = Desk.create(folder / "Desk", PASSPHRASE, clock=lambda: TODAY)
    who = [
        desk.people.add(Requester(name, ("12 Dock St",), signers=(Signer("Ana Reyes", "Director"),))).primary
        for name in ("Harbor Watch", "Lantern Street", "Nobody asked for us")
    ]
    plan = RequestPlan("Faces", ("All contracts.", "All audits."), ("DHS/ICE", "DHS/CBP"), tuple(who[:2]), "Faces")
    office, other = sorted(desk.requests.create(plan).ids["request"])
    first = desk.letters.start("policy_request", office).primary
    desk.letters.mark_sent(first, channel=Channel.PORTAL, on=date(2026, 1, 5), with_blanks=True)
    event = {"kind": "acknowledged", "date": "2026-01-09", "tracking_number": "2026-ICFO-00123"}
    mail = desk.filing.file(IncomingFile("reply.eml", MAIL % (b"one", b"one")), office, event=event).primary
    waiting = desk.filing.file(IncomingFile("waits.eml", MAIL % (b"two", b"two")), None).primary
    draft = desk.letters.start("overdue_notice", office).primary
    desk.letters.save(draft, {**desk.letters.get(draft).values, "history": "We called twice."})
    version = desk.drafting.keep(draft, name="before the call").primary
    desk.letters.save(draft, {**desk.letters.get(draft).values, "history": "We called thrice."})
    desk.agencies.put_own(OwnOffice("DHS/ICE", {"email": "new@ice.example"}, contact="Mr. Roe"))
    desk.templates.change("overdue_notice", text=desk.templates.source("overdue_notice").text + "\n\nThank you.\n")
    desk.spelling.learn("biometrics")
    backups = folder / "stick"
    backups.mkdir()
    place = desk.backups.add(backups).primary
    desk.backups.run(place)
    closure = desk.calendar.add_closure(date(2026, 1, 26), note="Snow").primary
    desk.calendar.recount()
    return World(
        desk, folder, office, other, draft, first, version, mail, waiting,
        file=desk.filing.get(mail).attachments[-1].id,
        event=next(one.id for one in desk.requests.events(office) if one.kind == "acknowledged"),
        view=desk.views.save(SavedView("Late ones")).primary,
        search=desk.search.save("Contracts", "contract").primary,
        snippet=desk.snippets.add("Please call me.", title="Call").primary,
        closure=closure,
        place=place,
        campaign=desk.requests.campaigns()[0].id,
    )  # fmt: skip


Act = Callable[[World], object]
ACTS: Mapping[str, Act] = {
    "requests.create": lambda w: w.desk.requests.create(RequestPlan("Deaths", ("All.",), ("DHS/CRCL",), (1,), "New")),
    "requests.create:several": lambda w: w.desk.requests.create(
        RequestPlan("Deaths", ("All.",), ("DHS/CRCL", "DOJ/USMS"), (1, 2), "Faces")
    ),
    "requests.change:title": lambda w: w.desk.requests.change(
        replace(w.desk.requests.get(w.office), title="Eyes", notes="They called.", items=("All eyes.",))
    ),
    "requests.change:who asks": lambda w: w.desk.requests.change(
        replace(w.desk.requests.get(w.office), requesters=(2,))
    ),
    "requests._put_trashed": lambda w: w.desk.requests.trash(w.office, w.other),
    "requests.merge": lambda w: w.desk.requests.merge(w.office, w.other),
    "requests.rename_campaign": lambda w: w.desk.requests.rename_campaign(w.campaign, "Eyes"),
    "requests.add_event": lambda w: w.desk.requests.add_event(
        w.office, {"kind": "determination", "date": "2026-02-03", "outcome": "full_denial", "exemptions": ["5"]}
    ),
    "requests.correct_event": lambda w: w.desk.requests.correct_event(
        w.event, {"kind": "acknowledged", "date": "2026-01-12", "tracking_number": "2026-ICFO-00999"}
    ),
    "requests.retract_event": lambda w: w.desk.requests.retract_event(w.event, "Not ours."),
    "people.add": lambda w: w.desk.people.add(Requester("Open Ledger", ("88 K St",), signers=(Signer("Zoë", ""),))),
    "people.change": lambda w: w.desk.people.change(
        replace(w.desk.people.get(1), name="Harbor Watchers", signers=(Signer("Mei Tanaka", "Counsel"),))
    ),
    "people.remove": lambda w: w.desk.people.remove(3),
    "people.set_logo": lambda w: w.desk.people.set_logo(1, picture(), "logo.png"),
    "letters.start": lambda w: w.desk.letters.start("fee_waiver", w.office),
    "letters.save": lambda w: w.desk.letters.save(w.draft, {**w.desk.letters.get(w.draft).values, "history": "No."}),
    "letters.discard": lambda w: w.desk.letters.discard(w.draft),
    "sending.send": lambda w: w.desk.letters.mark_sent(
        w.draft, channel=Channel.MAIL, on=TODAY, proof=IncomingFile("slip.txt", b"a slip"), with_blanks=True
    ),
    "letter_runs.keep": lambda w: w.desk.letter_runs.keep(
        LetterRun("overdue_notice", (w.office, w.other), {"history": "Said to all."})
    ),
    "drafting.keep": lambda w: w.desk.drafting.keep(w.draft, name="a moment"),
    "drafting.restore": lambda w: w.desk.drafting.restore(w.draft, w.version),
    "drafting.duplicate": lambda w: w.desk.drafting.duplicate(w.sent, w.other),
    "drafting.replace": lambda w: w.desk.drafting.replace(w.draft, "thrice", "twice"),
    "templates._put:changed": lambda w: w.desk.templates.change(
        "fee_waiver", text=w.desk.templates.source("fee_waiver").text + "\n\nThank you.\n"
    ),
    "templates._put:added": lambda w: w.desk.templates.add("our_request", "policy_request", title="Our request"),
    "templates.reset": lambda w: w.desk.templates.reset("overdue_notice"),
    "snippets.add": lambda w: w.desk.snippets.add("As you know, we wait.", title="Waiting"),
    "snippets.edit": lambda w: w.desk.snippets.edit(w.snippet, title="Ring", text="Please ring."),
    "snippets.remove": lambda w: w.desk.snippets.remove(w.snippet),
    "spelling.learn": lambda w: w.desk.spelling.learn("geofencing"),
    "spelling.forget": lambda w: w.desk.spelling.forget("biometrics"),
    "filing.file:mail": lambda w: w.desk.filing.file(
        IncomingFile("more.eml", MAIL % (b"three", b"three")), w.office,
        event={"kind": "extension_notice", "date": "2026-02-02"},
    ),
    "filing.file:file": lambda w: w.desk.filing.file(IncomingFile("map.txt", b"a map"), w.other),
    "filing.move": lambda w: w.desk.filing.move(w.mail, w.other),
    "filing.move:to the tray": lambda w: w.desk.filing.move(w.mail, None),
    "filing.attach_event": lambda w: w.desk.filing.attach_event(w.mail, {"kind": "call", "date": "2026-02-02"}),
    "filing.attach_evidence": lambda w: w.desk.filing.attach_evidence(
        w.mail, next(one.id for one in w.desk.requests.events(w.office) if one.kind == "request_sent")
    ),
    "filing.set_privileged": lambda w: w.desk.filing.set_privileged(w.file),
    "filing.set_delivery": lambda w: w.desk.filing.set_delivery(
        w.desk.letters.get(w.sent).correspondence or 0, postmark=date(2026, 1, 30)
    ),
    "in_tray.file": lambda w: w.desk.in_tray.file(w.waiting, w.office),
    "in_tray.file:as suggested": lambda w: w.desk.in_tray.file_suggested([w.waiting], Progress(), certain=False),
    "intake._act": lambda w: w.desk.intake.bring([_folder(w.folder)]),
    "tracker.bring": lambda w: w.desk.tracker.bring(
        (table := w.desk.tracker.read(IncomingFile("tracker.csv", TRACKER))),
        TrackerMapping(w.desk.tracker.suggest(table), requesters=(1,)), source=IncomingFile("tracker.csv", TRACKER),
    ),
    "trash.put:mail": lambda w: w.desk.trash.put("correspondence", w.mail),
    "trash.put:file": lambda w: w.desk.trash.put("attachment", w.file),
    "views.save": lambda w: w.desk.views.save(SavedView("Drafts")),
    "views.save:over another": lambda w: w.desk.views.save(SavedView("late ones", group="none")),
    "views.rename": lambda w: w.desk.views.rename(w.view, "Too late"),
    "views.remove": lambda w: w.desk.views.remove(w.view),
    "search.save": lambda w: w.desk.search.save("Audits", "audit"),
    "search.rename": lambda w: w.desk.search.rename(w.search, "Deals"),
    "search.remove": lambda w: w.desk.search.remove(w.search),
    "settings.put": lambda w: w.desk.settings.put(replace(w.desk.settings.get(), page="a4", idle_minutes=5)),
    "calendar.add_closure": lambda w: w.desk.calendar.add_closure(date(2026, 1, 27), note="More snow"),
    "calendar.remove_closure": lambda w: w.desk.calendar.remove_closure(w.closure),
    "agencies.put_own:added": lambda w: w.desk.agencies.put_own(
        OwnOffice(
            "NOW/FOIA",
            {"component": "Records", "component_abbr": "FOIA", "department": "Nowhere", "department_abbr": "NOW",
             "law": "us-foia"},
            added=True,
        )
    ),
    "agencies.put_own:changed": lambda w: w.desk.agencies.put_own(OwnOffice("DHS/ICE", {"email": "other@ice.example"})),
    "agencies.remove_own": lambda w: w.desk.agencies.remove_own("DHS/ICE"),
    "backups.add": lambda w: w.desk.backups.add(_folder(w.folder, "disk")),
    "backups.schedule": lambda w: w.desk.backups.schedule(w.place, "daily"),
    "backups.forget": lambda w: w.desk.backups.forget(w.place),
}  # fmt: skip
# Acts on what an act before has done, which is then taken back as well.
AFTER: Mapping[str, tuple[Act, Act]] = {
    "requests._put_trashed:restored": (
        lambda w: w.desk.requests.trash(w.office), lambda w: w.desk.requests.restore(w.office),
    ),
    "trash.restore": (
        lambda w: w.desk.trash.put("attachment", w.file), lambda w: w.desk.trash.restore("attachment", w.file),
    ),
    "people._take_logo_off": (
        lambda w: w.desk.people.set_logo(1, picture(), "logo.png"), lambda w: w.desk.people.set_logo(1, b"", ""),
    ),
}  # fmt: skip


def _folder(within: Path, name: str = "box") -> Path:
    """A folder; the box has a message and a file in it."""
    folder = within / name
    folder.mkdir(exist_ok=True)
    if name == "box":
        (folder / "note.txt").write_bytes(b"a note")
        (folder / "mail.eml").write_bytes(MAIL % (b"four", b"four"))
    return folder
