"""The help's topics on the command line; no desk is needed."""

import click

from foiadesk.cli.common import json_option, plainly, print_json, print_table


@click.command("help")
@click.argument("topic", required=False)
@click.option("--search", "words", help="List the places that hold all these words.")
@click.option("--language", default="en", show_default=True, help="en or es.")
@json_option
def help_topics(topic: str | None, words: str | None, language: str, as_json: bool) -> None:
    """Show the help: one TOPIC, or the list of them. The window shows the same under F1."""
    with plainly():
        from foiadesk.desk import handbook
        from foiadesk.records.errors import BadInput

        if language not in handbook.languages():
            raise BadInput(
                f"The help is not written in {language!r}.", todo=f"It is in {_listed(handbook.languages())}."
            )
        if topic is not None:
            found = handbook.topic(topic, language)
            if as_json:
                print_json({"name": found.name, "title": found.title, "text": found.text})
            else:
                click.echo(handbook.plain(found.text))
        elif words is not None:
            places = handbook.find(words, language)
            if as_json:
                print_json([{"topic": one.topic, "section": one.section, "text": one.text} for one in places])
                return
            rows = [(one.topic, one.section, one.text) for one in places]
            print_table(rows, ("topic", "section", "text"), "The help says nothing of that.")
        else:
            every = handbook.topics(language)
            if as_json:
                print_json([{"name": one.name, "title": one.title} for one in every])
            else:
                print_table([(one.name, one.title) for one in every], ("topic", "title"), "")


def _listed(names: tuple[str, ...]) -> str:
    return " and ".join(names)
