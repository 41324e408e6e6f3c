"""Commands on requests: make, list, show."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foiadesk.cli.common import ISO_DATE, Session, json_option, name_values, print_json, print_table
from foiadesk.records import ExpeditionChoices, ExpeditionGround, FeeCategory, FeeChoices, Stage, event_as_json
from foiadesk.records.errors import BadInput

if TYPE_CHECKING:
    from foiadesk.desk import Desk, RequestRow


ORDERS = ("urgency", "due", "title", "office", "newest")


@click.group()
def request() -> None:
    """Requests: new, list, show, views, merge."""


def find_requester(desk: "Desk", text: str) -> int:
    """Return the id of the requester meant by a number or by words of its name; raises BadInput naming candidates."""
    people = desk.people.all()
    if text.isascii() and text.isdigit():
        wanted = [person for person in people if person.id == int(text)]
    else:
        wanted = [person for person in people if text.casefold() in person.name.casefold()]
    if len(wanted) == 1:
        return wanted[0].id
    known = "; ".join(f"{person.id} {person.name}" for person in wanted or people) or "nobody is written down yet"
    raise BadInput(f"{text!r} names {'several requesters' if wanted else 'no requester'}: {known}.")


def _money(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        amount = Decimal(text.lstrip("$"))
    except InvalidOperation:
        raise BadInput(f"{text!r} is not an amount of money.") from None
    if not amount.is_finite() or amount < 0:
        raise BadInput(f"{text!r} is not an amount of money.")
    return amount


def _items(item: tuple[str, ...], items_file: Path | None) -> tuple[str, ...]:
    if items_file is None:
        return item
    try:
        lines = items_file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise BadInput(f"The file of items, {items_file.name}, could not be read as UTF-8 text.") from None
    return (*item, *(line.strip() for line in lines if line.strip()))


@request.command("new")
@click.option("--title", required=True)
@click.option("--office", "offices", multiple=True, required=True, help="Its code, e.g. DHS/ICE; repeat for several.")
@click.option("--requester", "requesters", multiple=True, help="Number or words of the name, in signing order.")
@click.option("--item", multiple=True, help="One numbered item; repeat for more.")
@click.option("--items-file", type=click.Path(path_type=Path, dir_okay=False), help="Items, one a line.")
@click.option("--campaign", default="", help="The campaign's title.")
@click.option("--background", default="", help="A paragraph above the items.")
@click.option("--from", "records_from", type=ISO_DATE, help="Records from this day on.")
@click.option("--to", "records_to", type=ISO_DATE, help="Records up to this day.")
@click.option("--formats", default="", help="The form you want the records in.")
@click.option(
    "--fee-category", type=click.Choice([one.value for one in FeeCategory]), help="Only what you choose is asserted."
)
@click.option("--fee-waiver", is_flag=True, help="Ask for a waiver of fees.")
@click.option("--waiver-reason", multiple=True, help="factor=your words; repeat for more.")
@click.option("--fee-limit", help="Willing to pay up to this many dollars.")
@click.option(
    "--expedite", type=click.Choice([one.value for one in ExpeditionGround]), help="Ask for expedition on this ground."
)
@click.option("--statement", default="", help="The facts that make it urgent.")
@click.option("--certify", is_flag=True, help="Certify the statement as true and correct.")
@click.option("--notes", default="")
@json_option
@click.pass_obj
def new(
    session: Session,
    title: str,
    offices: tuple[str, ...],
    requesters: tuple[str, ...],
    item: tuple[str, ...],
    items_file: Path | None,
    campaign: str,
    background: str,
    records_from: date | None,
    records_to: date | None,
    formats: str,
    fee_category: str | None,
    fee_waiver: bool,
    waiver_reason: tuple[str, ...],
    fee_limit: str | None,
    expedite: str | None,
    statement: str,
    certify: bool,
    notes: str,
    as_json: bool,
) -> None:
    """Make one request for each office named."""
    with session.desk(write=True) as desk:
        from foiadesk.desk import RequestPlan

        plan = RequestPlan(
            title=title,
            items=_items(item, items_file),
            offices=offices,
            requesters=tuple(find_requester(desk, text) for text in requesters),
            campaign_title=campaign,
            records_from=records_from,
            records_to=records_to,
            formats=formats,
            background=background,
            fees=FeeChoices(
                category=FeeCategory(fee_category) if fee_category else None,
                waiver=fee_waiver,
                limit=_money(fee_limit),
                reasons=name_values(waiver_reason),
            ),
            expedition=ExpeditionChoices(
                asked=expedite is not None,
                ground=ExpeditionGround(expedite) if expedite else None,
                statement=statement,
                certified=certify,
            ),
            notes=notes,
        )
        if not any(desk.agencies.get(code).federal for code in offices):
            for option, given in (("--expedite", expedite), ("--fee-category", fee_category)):
                if given:
                    raise BadInput(f"{option}: only the federal Act has that, and none of these offices is under it.")
        made = desk.requests.create(plan)
        ids = sorted(made.ids["request"])
        rows = desk.requests.rows(ids)
        if as_json:
            print_json([row_as_json(row) for row in rows])
            return
        click.echo(made.sentence)
        for row in rows:
            click.echo(f"{row.id}  {row.title} · {row.office_short}")
            for caution in desk.requests.get(row.id).office.cautions:
                click.echo(f"   {caution}")


def row_as_json(row: "RequestRow") -> dict[str, Any]:
    """Return one line of the request list as JSON can carry it."""
    standing = row.standing
    return {
        "id": row.id,
        "title": row.title,
        "office": row.office_code,
        "office_name": row.office_name,
        "campaign": row.campaign_title or None,
        "tracking": list(row.tracking),
        "sent_on": row.sent_on,
        "stage": standing.stage.value,
        "turn": standing.turn.value,
        "clock": standing.clock or None,
        "due": standing.due,
        "who": standing.who or None,
        "days_late": row.days_late,
        "unverified": bool(standing.unverified),
        "unverified_rule": standing.unverified or None,
        "may_sue_since": standing.may_sue_since,
    }


@request.command("list")
@click.option("--text", default="", help="Words that must all occur.")
@click.option("--campaign", default="", help="Words of the campaign's title.")
@click.option("--office", default="", help="A code (DHS/ICE) or a department (DHS).")
@click.option("--stage", multiple=True, type=click.Choice([one.value for one in Stage]))
@click.option("--order", type=click.Choice(ORDERS), help="Else the most urgent first.")
@click.option("--view", "view_name", help="As the view of this name; what else is given goes before it.")
@click.option("--save-view", help="Keep this list under a name.")
@click.option("--today", type=ISO_DATE, help="Count as if this were today.")
@json_option
@click.pass_obj
def list_all(
    session: Session,
    text: str,
    campaign: str,
    office: str,
    stage: tuple[str, ...],
    order: str | None,
    view_name: str | None,
    save_view: str | None,
    today: date | None,
    as_json: bool,
) -> None:
    """List requests, the most urgent first."""
    with session.desk(write=save_view is not None, today=today) as desk:
        from foiadesk.desk import RequestFilter, SavedView

        view = desk.views.named(view_name) if view_name else SavedView("")
        kept = view.filter
        number = kept.campaign
        if campaign:
            found = [one for one in desk.requests.campaigns() if campaign.casefold() in one.title.casefold()]
            if len(found) != 1:
                raise BadInput(f"{campaign!r} names {'several campaigns' if found else 'no campaign'}.")
            number = found[0].id
        wanted = RequestFilter(
            text=text or kept.text,
            campaign=number,
            office=office or kept.office,
            stages=tuple(Stage(value) for value in stage) or kept.stages,
            trashed=kept.trashed,
            order=order or kept.order,
        )
        if save_view is not None:
            saved = desk.views.save(SavedView(save_view, wanted, view.group, view.show))
            click.echo(saved.sentence, err=True)
        rows = desk.requests.rows(desk.requests.ids(wanted))
        if as_json:
            print_json([row_as_json(row) for row in rows])
            return
        table = [
            (
                str(row.id),
                row.office_code,
                row.title,
                row.standing.stage.replace("_", " "),
                _due(row),
                f"{row.days_late} days late" if row.days_late else "",
                ", ".join(row.tracking),
            )
            for row in rows
        ]
        headings = ("id", "office", "title", "stage", "due", "late", "tracking")
        print_table(table, headings, "No request fits. A new one: foiadesk request new --help")


def _due(row: "RequestRow") -> str:
    if row.standing.due is None:
        return ""
    return row.standing.due.isoformat() + (" (unverified rule)" if row.standing.unverified else "")


@request.command("show")
@click.argument("which", metavar="REQUEST")
@click.option("--today", type=ISO_DATE, help="Count as if this were today.")
@json_option
@click.pass_obj
def show(session: Session, which: str, today: date | None, as_json: bool) -> None:
    """Show one request: REQUEST is its number, a tracking number, or words that only it has."""
    with session.desk(today=today) as desk:
        number = desk.requests.find(which)
        found = desk.requests.get(number)
        answer = desk.requests.answer(number)
        if as_json:
            print_json(
                {
                    "request": asdict(found),
                    "events": [event_as_json(event) for event in desk.requests.events(number)],
                    "answer": answer.as_json(),
                    "letters": [asdict(letter) for letter in desk.letters.for_request(number)],
                    "documents": [asdict(document) for document in desk.filing.documents(number)],
                }
            )
            return
        click.echo(f"{found.title} · {found.office.name} ({found.office.code})")
        row = desk.requests.rows([number])[0]
        if row.tracking:
            click.echo(f"Tracking: {', '.join(row.tracking)}")
        click.echo(f"Stage: {answer.stage.replace('_', ' ')} · turn: {answer.turn}")
        sure = " (unverified rule)" if answer.exhaustion.unverified else ""
        click.echo(f"May sue? {answer.exhaustion.state.replace('_', ' ')}{sure}: {answer.exhaustion.why}")
        for caution in found.office.cautions:
            click.echo(f"Caution: {caution}")
        click.echo("\nItems")
        for place, text in enumerate(found.items, 1):
            click.echo(f"  {place}. {text}")
        click.echo("\nClocks")
        for clock in answer.clocks:
            due = clock.due.isoformat() if clock.due else "-"
            late = f", {clock.days_late} days late" if clock.days_late else ""
            sure = ", unverified rule" if clock.unverified else ""
            click.echo(f"  {clock.kind.replace('_', ' ')}: {clock.state}, due {due}{late}{sure}")
        click.echo("\nTimeline")
        for entry in desk.requests.timeline(number):
            files = f"  [{', '.join(file.name for file in entry.attachments)}]" if entry.attachments else ""
            click.echo(f"  {entry.date or '          '}  {entry.title}{files}")
        for step in answer.next_steps:
            by = f" by {step.by}" if step.by else ""
            click.echo(f"\nNext: {step.kind.replace('_', ' ')}{by}. {step.why}")
        for warning in answer.warnings:
            click.echo(f"Note: {warning}")


def _register() -> None:
    from foiadesk.cli import request_views

    for command in (request_views.views, request_views.merge):
        request.add_command(command)


_register()
