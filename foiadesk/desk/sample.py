"""The sample desk: one recipe of a fictional coalition's campaign, to look around in, to take pictures of, to test."""

from __future__ import annotations

import io
import tomllib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foiadesk.records import Channel, ExpeditionChoices, ExpeditionGround, FeeChoices, Requester, Signer
from foiadesk.shelf import resource

if TYPE_CHECKING:
    from foiadesk.desk.desk import Desk

_EASTERN = timezone(timedelta(hours=-5))


@dataclass(slots=True)
class _Story:
    """Where the telling stands: the day it is, and what has been made so far."""

    today: date
    now: date
    requesters: dict[str, int] = field(default_factory=dict)
    requests: dict[tuple[str, str], int] = field(default_factory=dict)
    sent_on: dict[int, date] = field(default_factory=dict)

    def day(self, offset: int) -> date:
        """Return a day of the story, moved to the next working day but never past today."""
        from foiadesk.law import load_calendar

        calendar = load_calendar("us-federal")
        found = self.today + timedelta(days=offset)
        while not calendar.is_working(found) and found < self.today:
            found += timedelta(days=1)
        return found


def build(folder: Path, passphrase: str, *, today: date) -> None:
    """Make the sample desk in a new folder, told as if `today` were today. Raises what ``Desk.create`` raises."""
    from foiadesk.desk.desk import Desk

    with resource("sample", "desk.toml").open("rb") as file:
        recipe = tomllib.load(file)
    first = min(step["day"] for step in recipe["step"])
    story = _Story(today=today, now=today + timedelta(days=first))
    desk = Desk.create(folder, passphrase, clock=lambda: story.now)
    try:
        for row in recipe["requester"]:
            signers = tuple(Signer(**signer) for signer in row["signers"])
            person = Requester(
                name=row["name"],
                address=tuple(row["address"]),
                email=row["email"],
                phone=row["phone"],
                website=row["website"],
                signers=signers,
            )
            story.requesters[row["key"]] = desk.people.add(person).primary
        for plan in recipe["plan"]:
            _plan(desk, story, plan)
        for step in sorted(recipe["step"], key=lambda one: int(one["day"])):
            story.now = story.day(step["day"])
            _step(desk, story, step)
        story.now = today
        desk.deadlines.rebuild()
    finally:
        desk.close()


def _plan(desk: Desk, story: _Story, plan: Mapping[str, Any]) -> None:
    from foiadesk.desk.request_shapes import RequestPlan

    def days(name: str) -> date | None:
        return story.today + timedelta(days=plan[name]) if name in plan else None

    ground = plan.get("expedite")
    made = desk.requests.create(
        RequestPlan(
            title=plan["title"],
            items=tuple(plan["items"]),
            offices=tuple(plan["offices"]),
            requesters=tuple(story.requesters[key] for key in plan["requesters"]),
            campaign_title=plan["campaign"],
            records_from=days("records_from_days"),
            records_to=days("records_to_days"),
            formats=plan["formats"],
            background=plan["background"],
            fees=FeeChoices(waiver=plan.get("fee_waiver", False), reasons=plan.get("waiver_reasons", {})),
            expedition=ExpeditionChoices(
                asked=ground is not None,
                ground=ExpeditionGround(ground) if ground else None,
                statement=plan.get("statement", ""),
                certified=plan.get("certified", False),
            ),
        )
    )
    for number in made.ids["request"]:
        story.requests[plan["key"], desk.requests.get(number).office.code] = number


def _step(desk: Desk, story: _Story, step: Mapping[str, Any]) -> None:
    """Tell one step, on one office of a plan or on all of them."""
    from foiadesk.desk.shapes import IncomingFile

    targets: list[int | None] = [
        number
        for (plan, office), number in story.requests.items()
        if plan == step["plan"] and step.get("office", office) == office
    ]
    for number in targets or [None]:
        sent = story.sent_on.get(number or 0, story.now)
        words = {"year": str(sent.year), "received": f"{sent:%B} {sent.day}, {sent.year}"}
        event = None
        if "kind" in step:
            event = {"kind": step["kind"], "date": story.now.isoformat(), **_filled(step.get("fields", {}), words)}
            if "note" in step:
                event["note"] = step["note"]
        match step["do"]:
            case "sent":
                assert number is not None
                draft = desk.letters.start("policy_request", number).primary
                desk.letters.mark_sent(draft, channel=Channel(step["channel"]), on=story.now, with_blanks=True)
                story.sent_on[number] = story.now
            case "draft":
                assert number is not None
                desk.letters.start("policy_request", number)
            case "event":
                assert number is not None and event is not None
                desk.requests.add_event(number, event)
            case "message":
                name = step["name"].format(**words)
                desk.filing.file(IncomingFile(name, _message(step, words, story.now)), number, event=event)
            case "letter":
                name = step["name"].format(**words)
                data = _agency_letter(step["heading"], step["body"].format(**words), story.now)
                desk.filing.file(IncomingFile(name, data), number, date=story.now, channel=Channel.PORTAL, event=event)
            case other:
                raise ValueError(f"the sample's recipe has an unknown step: {other}")


def _filled(fields: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    return {name: value.format(**words) if isinstance(value, str) else value for name, value in fields.items()}


def _message(step: Mapping[str, Any], words: Mapping[str, str], day: date) -> bytes:
    """Return a message as a mail program would save it, the same bytes for the same day."""
    message = EmailMessage()
    message["From"] = step["from"]
    message["To"] = "Records desk <records@lanternstreet.example>"
    message["Subject"] = step["subject"].format(**words)
    message["Date"] = format_datetime(datetime.combine(day, time(10, 24), _EASTERN))
    message["Message-ID"] = f"<{day:%Y%m%d}.{zlib.crc32(step['name'].encode()):08x}@agency.example>"
    body = step["body"].format(**words).strip() + "\n"
    message.set_content(body)
    if "attach" in step:
        pdf = _agency_letter(step["from"].partition(" <")[0], body, day)
        message.add_attachment(pdf, maintype="application", subtype="pdf", filename=step["attach"])
        message.set_boundary(f"sample-{day:%Y%m%d}")
    return message.as_bytes()


def _agency_letter(heading: str, body: str, day: date) -> bytes:
    """Return a plain one-page letter as an agency might send it, the same bytes for the same words."""
    from reportlab.lib.pagesizes import letter
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer

    style = ParagraphStyle("body", fontName="Times-Roman", fontSize=11.5, leading=16, spaceAfter=10)
    head = ParagraphStyle("head", parent=style, fontName="Times-Bold", fontSize=14, leading=18, alignment=1)
    story: list[Flowable] = [
        Paragraph(heading.replace("&", "&amp;"), head),
        Spacer(1, 30),
        Paragraph(f"{day:%B} {day.day}, {day.year}", style),
        Spacer(1, 16),
    ]
    story += [Paragraph(" ".join(part.split()).replace("&", "&amp;"), style) for part in body.strip().split("\n\n")]
    out = io.BytesIO()
    SimpleDocTemplate(
        out, pagesize=letter, leftMargin=90, rightMargin=90, topMargin=80, title=heading, invariant=1
    ).build(story)
    return out.getvalue()
