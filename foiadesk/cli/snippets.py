"""Commands on snippets: sentences kept to be used again."""

from dataclasses import asdict

import click

from foiadesk.cli.common import Session, json_option, print_json, print_table


@click.group()
def snippet() -> None:
    """Sentences to use again: your own and the ready-made ones."""


@snippet.command("list")
@click.option("--own", is_flag=True, help="Only your own.")
@json_option
@click.pass_obj
def list_snippets(session: Session, own: bool, as_json: bool) -> None:
    """List snippets, your own first. Text between « and » is to be filled in."""
    with session.desk() as desk:
        found = (*desk.snippets.own(), *(() if own else desk.snippets.shipped()))
        if as_json:
            print_json([asdict(one) for one in found])
        else:
            rows = [(str(one.id or ""), one.group or "your own", one.title, one.text) for one in found]
            print_table(rows, ("number", "group", "title", "text"), "No snippet is kept yet.")


@snippet.command("add")
@click.argument("text")
@click.option("--title", default="", help="Its title; else its first words.")
@click.pass_obj
def add(session: Session, text: str, title: str) -> None:
    """Keep TEXT as a snippet."""
    with session.desk(write=True) as desk:
        click.echo(desk.snippets.add(text, title=title).sentence)


@snippet.command("edit")
@click.argument("which", metavar="SNIPPET")
@click.option("--title", help="Another title.")
@click.option("--text", help="Another text.")
@click.pass_obj
def edit(session: Session, which: str, title: str | None, text: str | None) -> None:
    """Change a snippet of your own, by number or title."""
    with session.desk(write=True) as desk:
        known = desk.snippets.named(which)
        made = desk.snippets.edit(
            known.id, title=known.title if title is None else title, text=known.text if text is None else text
        )
        click.echo(made.sentence)


@snippet.command("remove")
@click.argument("which", metavar="SNIPPET")
@click.pass_obj
def remove(session: Session, which: str) -> None:
    """Keep a snippet of your own no longer, by number or title."""
    with session.desk(write=True) as desk:
        click.echo(desk.snippets.remove(desk.snippets.named(which).id).sentence)
