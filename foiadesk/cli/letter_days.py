"""The command that notes when a sent letter was postmarked and when it was handed over."""

from dataclasses import asdict
from datetime import date

import click

from foiadesk.cli.common import ISO_DATE, Session, json_option, print_json, print_notes
from foiadesk.records import LetterState
from foiadesk.records.errors import BadInput


@click.command()
@click.argument("which", metavar="REQUEST")
@click.option("--kind", help="The kind of letter; else the one sent last.")
@click.option("--postmark", type=ISO_DATE, help="The day the post office stamped it: it counts as sent then.")
@click.option("--by-hand", type=ISO_DATE, help="The day it was handed to the office: it counts as received then.")
@json_option
@click.pass_obj
def delivered(
    session: Session, which: str, kind: str | None, postmark: date | None, by_hand: date | None, as_json: bool
) -> None:
    """Note when a sent letter of REQUEST was postmarked and handed over; without a day, take both off."""
    with session.desk(write=True) as desk:
        sent = [
            one
            for one in desk.letters.for_request(desk.requests.find(which))
            if one.state is LetterState.SENT and one.correspondence is not None and kind in (None, one.kind)
        ]
        if not sent:
            raise BadInput("No such letter of that request was sent yet.", todo="Mark it as sent first.")
        number = max(one.correspondence or 0 for one in sent)
        change = desk.filing.set_delivery(number, postmark=postmark, by_hand=by_hand)
        if as_json:
            print_json(
                {**asdict(desk.filing.get(number)), "alerts": list(change.alerts), "warnings": list(change.warnings)}
            )
            return
        click.echo(change.sentence)
        print_notes(change)
