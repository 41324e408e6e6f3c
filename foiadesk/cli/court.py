"""Commands on the way to court: may I sue, and what if."""

import shlex
from collections.abc import Sequence
from datetime import date
from typing import Any

import click

from foiadesk.cli.common import ISO_DATE, Session, event_fields, json_option, print_json, print_table, visible
from foiadesk.records.errors import BadInput
from foiadesk.records.events import OUTCOMES, read_date

_DISCLAIMER = "These are dates and sources, not advice: check with counsel."


@click.command()
@click.option("--today", type=ISO_DATE, help="Count as if this were today.")
@click.option("--open", "only_open", is_flag=True, help="Only requests on which the way to court is open.")
@json_option
@click.pass_obj
def exhaustion(session: Session, today: date | None, only_open: bool, as_json: bool) -> None:
    """Say for every request whether the way to court is open, since when, until when, why, and on what evidence."""
    with session.desk(today=today) as desk:
        from foiadesk.desk.exhaustion import plain
        from foiadesk.desk.wording import unverified

        found = [row for row in desk.deadlines.exhaustion() if row.may_sue or not only_open]
        if as_json:
            print_json([plain(row) for row in found])
            return
        rows = [
            (
                str(row.request),
                row.state.replace("_", " "),
                _day(row.since),
                _day(row.until),
                _day(row.undisputed_since),
                row.expedition_state.replace("_", " "),
                f"{row.title} · {row.office_short}",
                row.why
                + (" It rests on a date that is assumed." if row.assumed else "")
                + (f" {unverified(row.unverified)}" if row.unverified else ""),
            )
            for row in found
        ]
        headings = ("request", "may I sue", "since", "until", "by every reading", "expedition", "title", "why")
        print_table(rows, headings, "There is no such request.")
        if rows:
            click.echo(_DISCLAIMER)


@click.command()
@click.argument("which", nargs=-1, required=True, metavar="REQUEST...")
@click.option(
    "--event",
    "events",
    multiple=True,
    metavar="'[REQUEST:] KIND DATE [NAME=VALUE]...'",
    help="Suppose that this happens, to every request named or to one; e.g. 'determination 2026-12-01 outcome=glomar'.",
)
@click.option("--answered", type=ISO_DATE, help="Suppose that the agencies answer on this day.")
@click.option(
    "--outcome", type=click.Choice(OUTCOMES), default="full_denial", show_default=True, help="What they then answer."
)
@click.option("--today", type=ISO_DATE, help="Count as if this were today.")
@json_option
@click.pass_obj
def plan(
    session: Session,
    which: tuple[str, ...],
    events: tuple[str, ...],
    answered: date | None,
    outcome: str,
    today: date | None,
    as_json: bool,
) -> None:
    """Find the earliest day on which all these requests are ripe for court, if nothing else happens. Stores nothing."""
    with session.desk(today=today) as desk:
        from foiadesk.desk.wording import unverified

        requests = list(dict.fromkeys(desk.requests.find(one) for one in which))
        supposed: dict[int, list[dict[str, Any]]] = {request: [] for request in requests}
        for text in events:
            named, data = _event(text)
            for request in [desk.requests.find(named)] if named else requests:
                if request not in supposed:
                    raise BadInput(f"--event: request {request} is not among those named.")
                supposed[request].append(data)
        if answered is not None:
            for told in supposed.values():
                told.append({"kind": "determination", "date": answered.isoformat(), "outcome": outcome})
        found = desk.deadlines.ripe_together(requests, events=supposed)
        days = [read_date(entry["date"], "date") for told in supposed.values() for entry in told]
        day = max(desk.clock(), *days) if days else desk.clock()
        answers = desk.deadlines.plan(supposed, day)
        if as_json:
            print_json(
                {
                    "as_of": day,
                    "ripe_together": found.on,
                    "undisputed": found.undisputed_on,
                    "missing": list(found.missing),
                    "requests": [
                        {
                            "request": one.request,
                            "title": one.title,
                            "office": one.office_short,
                            "state": one.state,
                            "ripe_on": one.on,
                            "ripe_until": one.until,
                            "undisputed": one.undisputed_on,
                            "why": one.why,
                            "unverified": bool(one.unverified),
                            "unverified_rule": one.unverified or None,
                            "answer": answers[one.request].as_json(),
                        }
                        for one in found.each
                    ],
                }
            )
            return
        rows = [
            (
                str(one.request),
                _day(one.on) or "not by itself",
                _day(one.until),
                _day(one.undisputed_on),
                answers[one.request].exhaustion.state.replace("_", " "),
                f"{one.title} · {one.office_short}",
                one.why + (f" {unverified(one.unverified)}" if one.unverified else ""),
            )
            for one in found.each
        ]
        then = f"on {day}"
        print_table(rows, ("request", "ripe on", "until", "by every reading", then, "title", "why"), "")
        for answer in answers.values():
            for warning in answer.warnings:
                click.echo(f"Note: {visible(warning)}")
        click.echo(_together(found.on, found.undisputed_on, found.missing))
        click.echo(_DISCLAIMER)


def _together(on: date | None, undisputed: date | None, missing: Sequence[int]) -> str:
    if on is not None:
        later = f"; by every reading the agencies could argue, {undisputed}" if undisputed != on and undisputed else ""
        return f"All are ripe from {on}{later}."
    if missing:
        return f"They are not ripe together by themselves: see {', '.join(map(str, missing))}."
    return "There is no day on which all of them are ripe at once."


def _event(text: str) -> tuple[str, dict[str, Any]]:
    """Read "[REQUEST:] KIND DATE [NAME=VALUE]..." into the request named (or "") and the event."""
    try:
        words = shlex.split(text)
    except ValueError:
        raise BadInput(f"--event: {text!r} has a quotation mark that is not closed.") from None
    named = words.pop(0).removesuffix(":") if words and words[0].endswith(":") else ""
    if len(words) < 2:
        raise BadInput(f"--event: {text!r} is not KIND DATE [NAME=VALUE]...")
    kind, day, *fields = words
    return named, {"kind": kind, "date": read_date(day, f"{kind}.date").isoformat(), **event_fields(kind, fields)}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
