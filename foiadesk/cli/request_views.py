"""Commands on several requests: views kept by name, and merging two that are one."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from foiadesk.cli.common import Session, json_option, print_json, print_table

if TYPE_CHECKING:
    from foiadesk.desk import SavedView


def view_as_json(view: "SavedView") -> dict[str, object]:
    """Return a view as JSON can carry it."""
    return asdict(view)


@click.command()
@click.option("--rename", nargs=2, metavar="NAME NEW", help="Give a view another name.")
@click.option("--remove", metavar="NAME", help="Keep a view no longer.")
@json_option
@click.pass_obj
def views(session: Session, rename: tuple[str, str] | None, remove: str | None, as_json: bool) -> None:
    """List the views kept by name. `request list --save-view NAME` keeps one, `request list --view NAME` shows it."""
    with session.desk(write=bool(rename or remove)) as desk:
        if rename:
            click.echo(desk.views.rename(desk.views.named(rename[0]).id, rename[1]).sentence, err=as_json)
        if remove:
            click.echo(desk.views.remove(desk.views.named(remove).id).sentence, err=as_json)
        if as_json:
            print_json([view_as_json(view) for view in desk.views.all()])
        elif not (rename or remove):
            rows = [
                (view.name, view.filter.text, ", ".join(view.filter.stages), view.filter.order, view.group)
                for view in desk.views.all()
            ]
            print_table(rows, ("view", "words", "stages", "order", "grouped by"), "No view is kept yet.")


@click.command()
@click.argument("source", metavar="REQUEST")
@click.argument("into", metavar="INTO")
@click.option("--dry-run", is_flag=True, help="Only say what would move.")
@json_option
@click.pass_obj
def merge(session: Session, source: str, into: str, dry_run: bool, as_json: bool) -> None:
    """Move everything of REQUEST to INTO, the same request, and put what is left in the trash."""
    with session.desk(write=not dry_run) as desk:
        from foiadesk.desk.merging import sentence

        first, second = desk.requests.find(source), desk.requests.find(into)
        found = desk.requests.merging(first, second)
        said, alerts = sentence(found), found.notes
        warnings: tuple[str, ...] = ()
        if not dry_run:
            change = desk.requests.merge(first, second)
            said, alerts, warnings = change.sentence, change.alerts, change.warnings
        if as_json:
            print_json({**asdict(found), "merged": not dry_run, "alerts": list(alerts), "warnings": list(warnings)})
            return
        click.echo(said)
        for note in (*alerts, *warnings):
            click.echo(f"Note: {note}")
