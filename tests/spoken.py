"""What the program says, for texts that name it: labels of the window by language, commands and their options."""

import re
import shlex
from collections.abc import Iterable, Iterator
from functools import cache

import click

from foiadesk.cli import cli
from scripts import translations

_HOLE = re.compile(r"\\\{\w*[^}]*\\\}")
_LEAST = 3  # letters beside the holes, so that a sentence that is nearly all hole does not fit everything


@cache
def labels(language: str) -> tuple[re.Pattern[str], ...]:
    """Return every sentence of the window in a language as a pattern in which its holes fit anything."""
    gathered = translations.gather()
    if language == "en":
        said = {form for one, found in gathered.items() for form in (one, found.plural) if form}
    else:
        said = set()
        for message in translations.read(language):
            said.update(message.string if isinstance(message.string, tuple) else [message.string])
    return tuple(re.compile(_HOLE.sub(".+", re.escape(_bare(one)))) for one in said if _told(one))


def _told(label: str) -> bool:
    return sum(letter.isalpha() for letter in re.sub(r"\{[^}]*\}", "", label)) >= _LEAST


def _bare(label: str) -> str:
    return label.replace("&", "")


def bold(markdown: str) -> list[str]:
    """Return what a text sets in bold: in our texts, the labels of the window and nothing else."""
    return re.findall(r"\*\*([^*]+)\*\*", markdown)


def unknown_labels(named: Iterable[str], known: tuple[re.Pattern[str], ...]) -> list[str]:
    """Return the labels that the window does not have."""
    return [label for label in named if not any(pattern.fullmatch(label) for pattern in known)]


def unknown_commands(markdown: str) -> list[str]:
    """Return the commands in a text's code, beginning with `foiadesk`, that the program would refuse as misuse."""
    return [line for line in _lines(markdown) if not _understood(line)]


def _lines(markdown: str) -> Iterator[str]:
    yield from (found for found in re.findall(r"`(foiadesk [^`]*)`", markdown))
    whole = re.sub(r"\\\n\s*", "", markdown)
    yield from (found.strip() for found in re.findall(r"^(?: {4}|\s*)(foiadesk [^\n]*)$", whole, re.MULTILINE))


def _understood(line: str) -> bool:
    words = shlex.split(line.partition("  #")[0])[1:]
    command: click.Command = cli
    context = click.Context(cli)
    if "COMMAND" in words:
        return True
    while isinstance(command, click.Group):
        words = _past_options(command, words)
        if not words or words[0].startswith("-"):
            return True
        found = command.get_command(context, words[0])
        if found is None:
            return "_" in getattr(command, "commands", {})
        command, words = found, words[1:]
    options = {name for one in command.params for name in (*one.opts, *one.secondary_opts)} | {"--help", "-h"}
    return all(word in options for word in words if word.startswith("-") and len(word) > 1)


def _past_options(group: click.Group, words: list[str]) -> list[str]:
    valued = {name for one in group.params if isinstance(one, click.Option) and not one.is_flag for name in one.opts}
    while words and words[0] in valued:
        words = words[2:]
    return words
