"""The command that shows and changes the choices kept inside the desk."""

from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING, Any

import click

from foiadesk.cli.common import Session, json_option, name_values, print_json, print_table
from foiadesk.records import Channel
from foiadesk.records.errors import BadInput

if TYPE_CHECKING:
    from foiadesk.desk import DeskSettings


@click.command()
@click.argument("pairs", nargs=-1, metavar="[NAME=VALUE]...")
@json_option
@click.pass_obj
def settings(session: Session, pairs: tuple[str, ...], as_json: bool) -> None:
    """Show the desk's settings, or change those named: notify=yes, scheme=contrast, idle_minutes=5."""
    with session.desk(write=bool(pairs)) as desk:
        found = desk.settings.get()
        for name, text in name_values(pairs).items():
            found = replace(found, **{name: _value(found, name, text)})
        if pairs:
            desk.settings.put(found)
        if as_json:
            print_json(asdict(found))
            return
        print_table([(name, str(value)) for name, value in asdict(found).items()], ("setting", "value"), "")


def _value(now: "DeskSettings", name: str, text: str) -> Any:
    """Read a value for a setting; raises BadInput naming it."""
    known = [one.name for one in fields(now) if not isinstance(getattr(now, one.name), tuple)]
    if name not in known:
        raise BadInput(f"{name!r} is no setting that is changed here: {', '.join(known)}.")
    before = getattr(now, name)
    if isinstance(before, bool):
        if text.lower() not in {"yes", "no", "true", "false"}:
            raise BadInput(f"{name}: {text!r} is neither yes nor no.")
        return text.lower() in {"yes", "true"}
    if isinstance(before, Channel):
        if text not in set(Channel):
            raise BadInput(f"{name}: {text!r} is none of {', '.join(Channel)}.")
        return Channel(text)
    if isinstance(before, int):
        if not text.isascii() or not text.isdigit():
            raise BadInput(f"{name}: {text!r} is not a whole number.")
        return int(text)
    return text
