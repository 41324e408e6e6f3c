"""What every command shares: which desk, its passphrase, errors as sentences, lists as tables or JSON."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foiadesk import paths
from foiadesk.frozen import dataclass
from foiadesk.records.errors import BadInput, DeskBusy, KnownError, NetworkFolder, ReadOnly
from foiadesk.records.events import FIELDS, EventKind, read_date

if TYPE_CHECKING:
    from foiadesk.desk import Change, Desk

OWN = "_"  # the command a group runs when none of its own is named

WindowOpener = Callable[[Path | None, str | None, Sequence[Path]], int]


@contextmanager
def plainly() -> Iterator[None]:
    """Turn a known error into one sentence on standard error and exit status 1."""
    try:
        yield
    except KnownError as error:
        click.echo(f"foiadesk: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        # Whoever read the list has seen enough; the interpreter must not complain about it at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


@dataclass(frozen=True, slots=True)
class Session:
    """What was said before the command: the desk's folder, where the passphrase is, how to open the window."""

    folder: Path | None
    passphrase_file: Path | None
    opener: WindowOpener | None

    @property
    def desk_folder(self) -> Path:
        """The desk meant: the one named, else the default one."""
        return self.folder or paths.default_desk()

    def given_passphrase(self) -> str | None:
        """Return the passphrase from the file or the environment; None when it must be asked for."""
        if self.passphrase_file is not None:
            try:
                lines = self.passphrase_file.read_text(encoding="utf-8").splitlines()
            except (OSError, UnicodeDecodeError) as error:
                why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
                raise BadInput(f"The passphrase file {self.passphrase_file} could not be read: {why}.") from None
            if not lines or not lines[0]:
                raise BadInput(f"The passphrase file {self.passphrase_file} is empty.")
            return lines[0]
        return os.environ.get("FOIADESK_PASSPHRASE") or None

    def passphrase(self, *, new: bool = False) -> str:
        """Return the passphrase, asking for it (twice for a new desk) where it was not given."""
        given = self.given_passphrase()
        if given is not None:
            return given
        if not sys.stdin.isatty():
            raise BadInput(
                "There is no terminal here to ask for the passphrase on.",
                todo="Give it with --passphrase-file, or set FOIADESK_PASSPHRASE.",
            )
        asked: str = click.prompt("Passphrase", hide_input=True, confirmation_prompt=new, err=True)
        return asked

    @contextmanager
    def desk(
        self,
        *,
        write: bool = False,
        beside: bool = False,
        today: date | None = None,
        meanwhile: Callable[[], None] | None = None,
    ) -> Iterator["Desk"]:
        """Open the desk for one command and close it again; known errors end the program with their sentence.

        beside: for writing, or for reading only where another program holds it. meanwhile: see ``Desk.open``.
        """
        with plainly():
            from foiadesk.desk import Desk

            Desk.check(self.desk_folder)
            clock = date.today if today is None else lambda: today
            passphrase = self.passphrase()
            try:
                desk = Desk.open(self.desk_folder, passphrase, write=write or beside, clock=clock, meanwhile=meanwhile)
            except (DeskBusy, ReadOnly, NetworkFolder):
                if not beside:
                    raise
                desk = Desk.open(self.desk_folder, passphrase, write=False, clock=clock)
            try:
                yield desk
            finally:
                desk.close()

    def open_window(self, files: Sequence[Path] = ()) -> int:
        """Open the window, file these files in it, and return the program's exit status."""
        if self.opener is None:
            raise KnownError("This installation has no window.", todo="Install foiadesk with its desktop.")
        return self.opener(self.folder, self.given_passphrase(), files)


class OpenGroup(click.Group):
    """A group that does something itself: words that name none of its commands go to the command ``_`` in it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the unnamed command in front."""
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = [OWN, *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the named commands."""
        return [name for name in super().list_commands(ctx) if name != OWN]


class IsoDate(click.ParamType[date]):
    """A date as 2026-02-03."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the date or fail as misuse."""
        try:
            return read_date(value, param.opts[-1].lstrip("-") if param else "date")
        except BadInput as error:
            self.fail(str(error), param, ctx)


ISO_DATE = IsoDate()
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def _plain(value: object) -> object:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"cannot print {type(value).__name__} as JSON")


def print_json(value: object) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=_plain))


def visible(text: str) -> str:
    """Return foreign text with control characters shown as spaces, so that it cannot drive a terminal."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else " " for char in text)


def print_notes(made: "Change") -> None:
    """Print what must not be missed of an action, and what of the dates entered cannot be, a line each."""
    for note in (*made.alerts, *made.warnings):
        click.echo(f"Note: {visible(note)}")


def print_table(rows: Sequence[Sequence[str]], headings: Sequence[str], empty: str) -> None:
    """Print rows as columns wide enough for their widest cell, or one sentence when there are none."""
    if not rows:
        click.echo(empty)
        return
    # Whole columns at a time, and in one piece: a desk in long use has a hundred thousand lines.
    columns = [(heading, *cells) for heading, cells in zip(headings, zip(*rows, strict=True), strict=True)]
    shown = [cells if all(map(str.isprintable, cells)) else map(visible, cells) for cells in columns]
    line = "  ".join(f"%-{max(map(len, cells))}s" for cells in columns)  # visible() keeps the length
    click.echo("\n".join(map(str.rstrip, map(line.__mod__, zip(*shown, strict=True)))))


def event_fields(kind: str, pairs: Sequence[str]) -> dict[str, Any]:
    """Read `name=value` words into the typed fields of an event kind; raises BadInput naming the word."""
    try:
        specs = FIELDS.get(EventKind(kind), {})
    except ValueError:
        raise BadInput(f"{kind!r} is no kind of event. The kinds: {', '.join(EventKind)}.") from None
    fields: dict[str, Any] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise BadInput(f"{pair!r} is not name=value.")
        if name not in specs:
            known = ", ".join(specs) or "none"
            raise BadInput(f"{kind}: it has no field {name!r}. Its fields: {known}.")
        match specs[name].type:
            case "bool":
                if value.lower() not in {"yes", "no", "true", "false"}:
                    raise BadInput(f"{kind}.{name}: {value!r} is neither yes nor no.")
                fields[name] = value.lower() in {"yes", "true"}
            case "int":
                if not value.isascii() or not value.isdigit():
                    raise BadInput(f"{kind}.{name}: {value!r} is not a whole number.")
                fields[name] = int(value)
            case "list":
                fields[name] = [part.strip() for part in value.split(",") if part.strip()]
            case _:
                fields[name] = value
    return fields


def name_values(pairs: Sequence[str]) -> dict[str, str]:
    """Read `name=value` words into a mapping; raises BadInput naming the word."""
    values: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise BadInput(f"{pair!r} is not name=value.")
        values[name] = value
    return values


def write_file(path: Path, data: bytes) -> None:
    """Write a whole file or nothing, in place of an older one; raises BadInput naming it."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise BadInput(f"{path} could not be written: {error.strerror}.") from None
