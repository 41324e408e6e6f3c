"""Commands that help while a letter is written: versions, another letter's words, find and replace."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from foiadesk.cli.common import Session, json_option, print_json, print_table
from foiadesk.records.errors import BadInput

if TYPE_CHECKING:
    from foiadesk.desk import FieldChange
    from foiadesk.records import LetterVersion

WHY = {
    "kept": "kept by hand",
    "pause": "before a pause",
    "saved": "saved",
    "printed": "printed",
    "restored": "before another was restored",
}
LETTER = click.argument("letter", metavar="LETTER", type=int)


def _row(found: "LetterVersion") -> tuple[str, str, str, str]:
    return str(found.id), f"{found.at.astimezone():%Y-%m-%d %H:%M}", WHY[found.why], found.name


@click.command()
@LETTER
@json_option
@click.pass_obj
def versions(session: Session, letter: int, as_json: bool) -> None:
    """List what draft LETTER (its number, as `letter draft` says it) held before, the latest first."""
    with session.desk() as desk:
        found = desk.drafting.versions(letter)
        if as_json:
            print_json([asdict(one) for one in found])
        else:
            print_table([_row(one) for one in found], ("version", "of", "why", "name"), "No version is kept yet.")


@click.command()
@LETTER
@click.option("--name", default="", help="What to call this version.")
@click.pass_obj
def keep(session: Session, letter: int, name: str) -> None:
    """Keep what draft LETTER says now as a version."""
    with session.desk(write=True) as desk:
        made = desk.drafting.keep(letter, name=name)
        click.echo(f"{made.sentence} (version {made.primary})")


@click.command()
@LETTER
@click.argument("version", type=int)
@click.argument("other", type=int, required=False)
@json_option
@click.pass_obj
def compare(session: Session, letter: int, version: int, other: int | None, as_json: bool) -> None:
    """Say what changed in LETTER from VERSION to OTHER, or to what it says now: [-only before-] {+only after+}."""
    with session.desk() as desk:
        found = desk.drafting.compare(letter, version, other)
        if as_json:
            print_json([asdict(one) for one in found])
        elif not found:
            click.echo("Nothing differs.")
        for one in () if as_json else found:
            click.echo(f"{one.label} ({one.name}):\n  {marked(one)}")


def marked(change: "FieldChange") -> str:
    """Return a field's change as one text, told apart by marks."""
    around = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    return "".join(around[piece.how].format(piece.text) for piece in change.pieces).replace("\n", "\n  ")


@click.command()
@LETTER
@click.argument("version", type=int)
@click.pass_obj
def restore(session: Session, letter: int, version: int) -> None:
    """Let draft LETTER say again what VERSION says; what it says now is kept as a version."""
    with session.desk(write=True) as desk:
        click.echo(desk.drafting.restore(letter, version).sentence)


@click.command()
@LETTER
@click.argument("which", metavar="REQUEST")
@click.option("--kind", default="", help="Another kind of letter: it takes the fields the two share.")
@click.pass_obj
def duplicate(session: Session, letter: int, which: str, kind: str) -> None:
    """Begin a draft for REQUEST with the words of LETTER, a draft or sent, of this or another request."""
    with session.desk(write=True) as desk:
        made = desk.drafting.duplicate(letter, desk.requests.find(which), kind=kind)
        click.echo(f"{made.sentence} (draft {made.primary})")


@click.command()
@LETTER
@click.argument("text", metavar="FIND")
@click.argument("by", metavar="REPLACEMENT", required=False)
@click.option("--case", is_flag=True, help="Only with the same capitals.")
@json_option
@click.pass_obj
def replace(session: Session, letter: int, text: str, by: str | None, case: bool, as_json: bool) -> None:
    """Say where FIND stands in draft LETTER's fields; with a REPLACEMENT, put that in its place everywhere."""
    with session.desk(write=by is not None) as desk:
        found = desk.drafting.find(letter, text, case=case)
        sentence = desk.drafting.replace(letter, text, by, case=case).sentence if by is not None else ""
        if as_json:
            print_json({"found": [asdict(one) for one in found], "replaced": by is not None})
        elif sentence:
            click.echo(sentence)
        else:
            print_table([(one.name, one.label, str(one.count)) for one in found], ("field", "label", "places"),
                        "It stands nowhere.")  # fmt: skip


@click.command()
@click.argument("which", metavar="REQUEST")
@json_option
@click.pass_obj
def facts(session: Session, which: str, as_json: bool) -> None:
    """List the facts a letter's text can name, as {due}, with what each says for REQUEST now."""
    with session.desk() as desk:
        found = desk.drafting.facts(desk.requests.find(which))
        if as_json:
            print_json([asdict(one) for one in found])
        else:
            rows = [(f"{{{one.name}}}", one.label, one.value or "not known: a blank") for one in found]
            print_table(rows, ("write", "fact", "now"), "")


@click.command()
@click.argument("letter", metavar="LETTER", type=int, required=False)
@click.option("--learn", multiple=True, metavar="WORD", help="Keep a word as rightly spelled.")
@click.option("--forget", multiple=True, metavar="WORD", help="Keep a word no longer.")
@json_option
@click.pass_obj
def spell(session: Session, letter: int | None, learn: tuple[str, ...], forget: tuple[str, ...], as_json: bool) -> None:
    """List the words of draft LETTER nobody knows; without LETTER, the words this desk was told."""
    with session.desk(write=bool(learn or forget)) as desk:
        for word in learn:
            click.echo(desk.spelling.learn(word).sentence, err=True)
        for word in forget:
            click.echo(desk.spelling.forget(word).sentence, err=True)
        if letter is None:
            known = desk.spelling.words()
            if as_json:
                print_json(list(known))
            else:
                print_table([(word,) for word in known], ("word",), "No word is kept yet.")
            return
        if not desk.spelling.available(desk.letters.kind(desk.letters.get(letter).kind).language):
            raise BadInput("No dictionary for the letter's language is installed.")
        found = desk.spelling.of_letter(letter)
        if as_json:
            print_json({name: sorted(words) for name, words in found.items()})
        else:
            print_table([(name, ", ".join(sorted(words))) for name, words in found.items()],
                        ("field", "unknown"), "Every word is known.")  # fmt: skip
