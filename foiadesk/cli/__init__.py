"""The command line: everything the window can do, through the same desk. Commands are imported only when used."""

import importlib
from pathlib import Path

import click

from foiadesk import __version__
from foiadesk.cli.common import Session, WindowOpener, plainly

# Command -> module and attribute. Their help lines stand here so that `--help` imports none of them.
COMMANDS = {
    "init": ("foiadesk.cli.desks:init", "Make a new, encrypted desk."),
    "open": ("foiadesk.cli.desks:open_desk", "Open the window."),
    "sample": ("foiadesk.cli.desks:sample", "Make a desk with a fictional campaign to look around in."),
    "requester": ("foiadesk.cli.requesters:requester", "Who asks: organizations, letterheads, signers."),
    "agency": ("foiadesk.cli.agencies:agency", "The directory of offices that take requests."),
    "request": ("foiadesk.cli.requests:request", "Requests: new, list, show."),
    "event": ("foiadesk.cli.events:event", "What happened to a request: add, list, correct, retract."),
    "letter": ("foiadesk.cli.letters:letter", "Letters: kinds, drafts, PDFs."),
    "snippet": ("foiadesk.cli.snippets:snippet", "Sentences to use again: your own and the ready-made ones."),
    "sent": ("foiadesk.cli.letters:sent", "Mark a letter as sent: file its exact bytes and start the clocks."),
    "file": ("foiadesk.cli.filing:file", "File letters, messages and any other files on a request."),
    "intake": ("foiadesk.cli.intake:intake", "Bring files, folders, mailboxes and archives into the In-tray."),
    "documents": ("foiadesk.cli.filing:documents", "Every stored file: list them, get one's bytes."),
    "in-tray": ("foiadesk.cli.in_tray:in_tray", "What waits for a request, what it seems to be, and filing it."),
    "understand": ("foiadesk.cli.in_tray:understand", "Say what files seem to be; nothing is stored."),
    "evidence": ("foiadesk.cli.in_tray:evidence", "Note a receipt or report as the evidence of an event."),
    "trash": ("foiadesk.cli.trash:trash", "What was thrown away: list, put, restore."),
    "purge": ("foiadesk.cli.trash:purge", "Remove things in the trash for good."),
    "search": ("foiadesk.cli.search:search", "Find words anywhere: letters, correspondence, notes, text of files."),
    "text": ("foiadesk.cli.search:text", "The text of a stored file; of scans by OCR."),
    "due": ("foiadesk.cli.deadlines:due", "What is due, for whom, and how late it is."),
    "clocks": ("foiadesk.cli.deadlines:clocks", "Every clock of a request: who must act, by when, how late."),
    "worksheet": ("foiadesk.cli.deadlines:worksheet", "Count one deadline day by day, with its rules."),
    "exhaustion": ("foiadesk.cli.court:exhaustion", "For every request: may I sue, since when, and why."),
    "plan": ("foiadesk.cli.court:plan", "What if: the earliest day requests are ripe together."),
    "campaign": ("foiadesk.cli.campaigns:campaign", "Campaigns: the same question to many offices, side by side."),
    "picture": ("foiadesk.cli.campaigns:picture", "Pictures of waiting: a request's life, a campaign, response times."),
    "calendar": ("foiadesk.cli.calendars:calendar", "Days on which offices are closed beside the holidays."),
    "import": ("foiadesk.cli.imports:import_", "Requests out of a table kept elsewhere."),
    "export": ("foiadesk.cli.exports:export", "Due dates for other calendars."),
    "backup": ("foiadesk.cli.backups:backup", "Make backups, say where, list them."),
    "restore": ("foiadesk.cli.backups:restore", "A desk, or one document, out of a backup."),
    "verify": ("foiadesk.cli.backups:verify", "Prove that the desk, its files and its stored answers are whole."),
    "settings": ("foiadesk.cli.settings:settings", "Choices kept inside the desk: show and change them."),
    "passphrase": ("foiadesk.cli.passphrases:passphrase", "Change the passphrase of the desk."),
    "renew-attachments": ("foiadesk.cli.passphrases:renew_attachments", "Encrypt every stored file to a new key."),
    "law": ("foiadesk.cli.law:law", "The law's clocks and calendars, without a desk."),
    "help": ("foiadesk.cli.handbook:help_topics", "How things are done here, topic by topic, without a desk."),
}


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every command in the order people use them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        found: click.Command = getattr(importlib.import_module(module), attribute)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--desk", type=click.Path(path_type=Path), envvar="FOIADESK_DESK", help="The desk's folder.")
@click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Read the passphrase from the first line of this file instead of asking (or set FOIADESK_PASSPHRASE).",
)
@click.version_option(__version__, prog_name="FOIADesk")
@click.pass_context
def cli(ctx: click.Context, desk: Path | None, passphrase_file: Path | None) -> None:
    """Organize public-records requests on a private, encrypted desk. Without a command, the window opens.

    Exit status: 0 done, 1 refused with a sentence, 2 misuse.
    """
    opener: WindowOpener | None = ctx.obj if callable(ctx.obj) else None
    ctx.obj = Session(desk, passphrase_file, opener)
    if ctx.invoked_subcommand is None:
        with plainly():
            ctx.exit(ctx.obj.open_window())
