"""Commands on what is due and why."""

from dataclasses import asdict
from datetime import date
from functools import cache
from pathlib import Path

import click

from foiadesk.cli.common import ISO_DATE, Session, json_option, print_json, print_table, visible, write_file
from foiadesk.records.errors import NotFound


@cache
def _state(state: str, days_late: int) -> str:
    if not days_late:
        return state.replace("_", " ")
    return f"{days_late} {'day' if days_late == 1 else 'days'} late"


@cache
def _day(due: date | None) -> str:
    return due.isoformat() if due else ""


@cache
def _what(clock: str, unverified: bool) -> str:
    return clock.replace("_", " ") + (" (unverified rule)" if unverified else "")


@click.command()
@click.option("--today", type=ISO_DATE, help="Count as if this were today.")
@json_option
@click.pass_obj
def due(session: Session, today: date | None, as_json: bool) -> None:
    """List what is due, for whom, and how late it is, the most urgent first."""
    with session.desk(today=today) as desk:
        from foiadesk.desk.wording import unverified

        found = desk.deadlines.due()
        if as_json:
            print_json(
                [
                    {**row._asdict(), "unverified": bool(row.unverified), "unverified_rule": row.unverified or None}
                    for row in found
                ]
            )
            return
        rows = [
            (
                _day(row.due),
                _state(row.state, row.days_late),
                row.who,
                _what(row.clock, bool(row.unverified)),
                str(row.request),
                f"{row.title} · {row.office}",
            )
            for row in found
        ]
        print_table(rows, ("due", "state", "who must act", "clock", "request", "title"), "Nothing is due.")
        for rule in dict.fromkeys(row.unverified for row in found if row.unverified):
            click.echo(f"Note: {visible(unverified(rule))}")


@click.command()
@click.argument("which", metavar="REQUEST")
@click.option("--today", type=ISO_DATE, help="Count as if this were today.")
@json_option
@click.pass_obj
def clocks(session: Session, which: str, today: date | None, as_json: bool) -> None:
    """List every clock of REQUEST, with where it stands. --json prints the whole answer of the law."""
    with session.desk(today=today) as desk:
        answer = desk.requests.answer(desk.requests.find(which))
        if as_json:
            print_json(answer.as_json())
            return
        rows = [
            (
                one.id,
                one.due.isoformat() if one.due else "",
                one.who,
                _state(one.state.value, one.days_late),
                "; ".join((*one.basis, "unverified") if one.unverified else one.basis),
            )
            for one in answer.clocks
        ]
        print_table(rows, ("clock", "due", "who must act", "state", "law"), "No clock runs.")
        for warning in answer.warnings:
            click.echo(f"Note: {visible(warning)}")


@click.command()
@click.argument("which", metavar="REQUEST")
@click.argument("clock", required=False)
@click.option("--today", type=ISO_DATE, help="Count as if this were today.")
@click.option("--pdf", type=click.Path(path_type=Path, dir_okay=False), help="Write it as a PDF exhibit to this file.")
@json_option
@click.pass_obj
def worksheet(
    session: Session, which: str, clock: str | None, today: date | None, pdf: Path | None, as_json: bool
) -> None:
    """Count one clock of REQUEST day by day. CLOCK is its kind or id; else the one that rules the request."""
    with session.desk(today=today) as desk:
        number = desk.requests.find(which)
        answer = desk.requests.answer(number)
        wanted = [one for one in answer.clocks if clock in {one.id, one.kind}]
        if clock is None:
            wanted = [answer.ruling] if answer.ruling else list(answer.clocks)
        if not wanted:
            known = ", ".join(one.id for one in answer.clocks)
            raise NotFound(f"This request has no clock {clock!r}. It has: {known}.")
        if pdf is not None:
            write_file(pdf, desk.deadlines.worksheet_pdf(number, wanted[0].id))
            click.echo(str(pdf))
            return
        sheet = desk.deadlines.worksheet(number, wanted[0].id)
        if as_json:
            print_json(asdict(sheet))
        else:
            click.echo(sheet.as_text())
