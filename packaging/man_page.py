"""Writes docs/foiadesk.1, the manual page, from what the commands say of themselves: man_page.py [FILE]."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "foiadesk.1"
sys.path[:0] = [str(ROOT)]

from foiadesk import __version__  # noqa: E402
from foiadesk.cli import cli  # noqa: E402
from foiadesk.cli.common import OWN  # noqa: E402

INTRODUCTION = """
FOIADesk drafts public-records requests and typesets them as PDFs, keeps every answer by its exact bytes, counts every
legal deadline and shows how it was counted. Everything lies in one encrypted folder, the desk. The program never opens
a network connection. Without a command the window opens.

It states what the law says and where it says so. It does not give legal advice.
"""
ENVIRONMENT = (
    ("FOIADESK_DESK", "The desk's folder, where --desk is not given."),
    ("FOIADESK_PASSPHRASE", "The passphrase, where --passphrase-file is not given. Other programs of the same user may "
     "be able to read it."),
)  # fmt: skip
FILES = (
    ("~/.local/share/foiadesk/Desk", "The desk, where none is named."),
    ("~/.config/foiadesk", "Language, color scheme and text size."),
    ("~/.cache/foiadesk/log", "The log: ids and names of errors, never content."),
)
STATUS = (("0", "Done."), ("1", "Refused, with a sentence on standard error."), ("2", "Misuse."))


def page() -> str:
    """Return the whole manual page."""
    lines = [
        f'.TH FOIADESK 1 "" "FOIADesk {__version__}" "User Commands"',
        ".ad l", ".nh",  # nothing is stretched or hyphenated: it is to be copied
        ".SH NAME", "foiadesk \\- public\\-records requests on a private, encrypted desk",
        ".SH SYNOPSIS", ".B foiadesk", "[\\fIOPTIONS\\fR] [\\fICOMMAND\\fR [\\fIARGUMENTS\\fR]...]",
        ".SH DESCRIPTION", *_paragraphs(INTRODUCTION),
        ".SH OPTIONS", *_options(cli),
        ".SH COMMANDS", *(line for words, command in _commands(cli, ()) for line in _command(words, command)),
        ".SH ENVIRONMENT", *_terms(ENVIRONMENT),
        ".SH FILES", *_terms(FILES),
        ".SH EXIT STATUS", *_terms(STATUS),
        ".SH SEE ALSO", ".B foiadesk help", "shows the same help as the window, topic by topic.",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _commands(group: click.Group, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every command below a group with the words that call it; a group before its own."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield (*words, name), command
        if isinstance(command, click.Group):
            yield from _commands(command, (*words, name))


def _command(words: tuple[str, ...], command: click.Command) -> Iterator[str]:
    yield f'.SS "foiadesk {_plain(" ".join(words))}{_arguments(command)}"'
    yield from _paragraphs(command.help or "")
    yield from _options(command)


def _arguments(command: click.Command) -> str:
    """Return what follows the command's name: its arguments, or that one of its own commands does."""
    context = click.Context(command)
    found = [one.make_metavar(context) for one in command.params if isinstance(one, click.Argument)]
    if isinstance(command, click.Group):
        own = command.get_command(context, OWN)
        found = [_arguments(own).strip() if own is not None else "COMMAND"]
    return "".join(f" {_plain(name)}" for name in found if name)


def _options(command: click.Command) -> Iterator[str]:
    context = click.Context(command)
    own = command.get_command(context, OWN) if isinstance(command, click.Group) else None
    for option in (*command.params, *(own.params if own is not None else ())):
        if not isinstance(option, click.Option) or option.hidden:
            continue
        names = ", ".join(f"\\fB{_plain(name)}\\fR" for name in (*option.opts, *option.secondary_opts))
        value = "" if option.is_flag or option.count else f" \\fI{_plain(option.make_metavar(context))}\\fR"
        default = f" Default: {option.default}." if option.show_default and option.default is not None else ""
        yield from (".TP", f"{names}{value}", _plain(f"{option.help or ''}{default}".strip()) or "\\&")


def _terms(rows: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for term, words in rows:
        yield from (".TP", f".B {_plain(term)}", _plain(words))


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in re.split(r"\n\s*\n", text.replace("\b", "").replace("\f", "").strip()):
        if paragraph.strip():
            yield from (".PP", _plain(" ".join(paragraph.split())))


def _plain(text: str) -> str:
    """Return text in which nothing is a command of the formatter and every hyphen can be copied."""
    return re.sub(r"^([.'])", r"\\&\1", text.replace("\\", "\\e").replace("-", "\\-"))


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGE
    target.write_text(page(), encoding="utf-8")
