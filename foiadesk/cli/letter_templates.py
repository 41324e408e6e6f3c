"""Commands on letter templates: list, show, edit, add, reset, and files to hand them on."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from foiadesk.cli.common import Session, json_option, print_json, print_table, visible, write_file
from foiadesk.records.errors import BadInput

if TYPE_CHECKING:
    from foiadesk.desk import TemplateLine

MOST = 1 << 20  # bytes of a file that is read


@click.group()
def templates() -> None:
    """The forms and words of letters: change them, add your own, go back to the shipped ones."""


@templates.command("list")
@json_option
@click.pass_obj
def list_templates(session: Session, as_json: bool) -> None:
    """List every letter: as shipped, changed by you and when, or your own."""
    with session.desk() as desk:
        lines = desk.templates.all()
        if as_json:
            print_json([asdict(line) for line in lines])
            return
        print_table([(line.name, line.group, line.title, state_words(line)) for line in lines],
                    ("kind", "group", "title", "state"), "")  # fmt: skip


def state_words(line: "TemplateLine") -> str:
    """Say whose words a letter has."""
    words = {
        "shipped": "as shipped",
        "changed": f"changed by you, {line.changed_on}",
        "added": f"your own, {line.changed_on}",
    }[line.state]
    said = [words]
    if line.moved:
        said.append("the shipped one was changed since")
    if line.draft:
        said.append("a draft is not in force")
    if line.wrong:
        said.append(f"not used: {line.wrong}")
    return "; ".join(said)


@templates.command("show")
@click.argument("kind")
@click.option("--form", "part", flag_value="form", help="Only the form (toml).")
@click.option("--text", "part", flag_value="text", help="Only the text.")
@json_option
@click.pass_obj
def show(session: Session, kind: str, part: str | None, as_json: bool) -> None:
    """Print the form and the text of KIND."""
    with session.desk() as desk:
        found = desk.templates.source(kind)
    if as_json:
        print_json({**asdict(found.line), "base": found.base, "form": found.form, "text": found.text})
    elif part:
        click.echo(_shown(found.form if part == "form" else found.text), nl=False)
    else:
        click.echo(f"# {visible(found.line.title)} ({kind}): {state_words(found.line)}")
        click.echo(_shown(found.form).rstrip("\n"))
        click.echo(f"text = '''\n{_shown(found.text)}'''")


def _shown(text: str) -> str:
    """A template may come from anybody: nothing in it drives a terminal."""
    return "\n".join(visible(line.replace("\t", "    ")) for line in text.split("\n"))


@templates.command("edit")
@click.argument("kind")
@click.option("--file", "text", type=click.Path(path_type=Path, dir_okay=False), help="A file with the new text.")
@click.option("--form", type=click.Path(path_type=Path, dir_okay=False), help="A file with the new form (toml).")
@click.pass_obj
def edit(session: Session, kind: str, text: Path | None, form: Path | None) -> None:
    """Put another text or form of KIND in force. Without a file, an editor opens (EDITOR) on the text.

    The editor gets a file outside the desk; it is removed when the editor closes.
    """
    given_form = None if form is None else _read_text(form)
    given_text = None if text is None else _read_text(text)
    with session.desk(write=True) as desk:
        if given_form is None and given_text is None:
            given_text = click.edit(desk.templates.source(kind).text, extension=".txt")
            if given_text is None:
                click.echo("Nothing was changed.")
                return
        click.echo(desk.templates.change(kind, form=given_form, text=given_text).sentence)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST + 1)
    except OSError as error:
        raise BadInput(f"{path} could not be read: {error.strerror}.") from None


def _read_text(path: Path) -> str:
    from foiadesk.cli.common import plainly

    with plainly():
        try:
            return _read(path).decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            raise BadInput(f"{path} is no text in UTF-8.") from None


@templates.command("add")
@click.argument("name")
@click.option("--from", "like", required=True, metavar="KIND", help="The letter to copy.")
@click.option("--title", default="", help="What lists call it; else its name.")
@click.pass_obj
def add(session: Session, name: str, like: str, title: str) -> None:
    """Add a kind of letter called NAME (small letters, digits, “_”) as a copy of another."""
    with session.desk(write=True) as desk:
        click.echo(desk.templates.add(name, like, title=title).sentence)


@templates.command("reset")
@click.argument("kind")
@click.pass_obj
def reset(session: Session, kind: str) -> None:
    """Go back to the shipped KIND; a kind of your own is removed."""
    with session.desk(write=True) as desk:
        click.echo(desk.templates.reset(kind).sentence)


@templates.command("export")
@click.argument("kind")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def export(session: Session, kind: str, output: Path) -> None:
    """Write KIND, form and text, to one file that `import` takes on another desk."""
    with session.desk() as desk:
        write_file(output, desk.templates.export(kind))
        click.echo(str(output))


@templates.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--as", "name", default="", metavar="NAME", help="Under another name.")
@click.option("--replace", "instead", is_flag=True, help="In place of the letter that has its name here.")
@click.pass_obj
def bring_in(session: Session, file: Path, name: str, instead: bool) -> None:
    """Bring in a template from FILE. It is checked first; a letter that is here is never replaced unasked."""
    with session.desk(write=True) as desk:
        click.echo(desk.templates.bring_in(_read(file), name=name, instead=instead).sentence)
