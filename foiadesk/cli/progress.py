"""Long work on the command line: a line that counts on a terminal, and Ctrl+C that stops it with nothing half done."""

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click

from foiadesk.records.progress import Cancelled, Progress

_PAUSE = 0.1  # seconds between two lines


@contextmanager
def shown(title: str) -> Iterator[Progress]:
    """Hand out a Progress that is shown on standard error when that is a terminal.

    Ctrl+C asks the work to stop at its next safe place; the command then ends with status 1 and a sentence.
    """
    terminal = sys.stderr.isatty()
    last = 0.0

    def heard(done: int, total: int, what: str) -> None:
        nonlocal last
        now = time.monotonic()
        if not terminal or (now - last < _PAUSE and done != total):
            return
        last = now
        count = f"{done:,} of {total:,}" if total else f"{done:,}"
        click.echo(f"\r\x1b[K{title}: {count} {what}".rstrip(), nl=False, err=True)

    progress = Progress(heard)

    def stop(_number: int, _frame: FrameType | None) -> None:
        progress.cancel()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield progress
    except Cancelled:
        if terminal:
            click.echo("", err=True)
        click.echo(f"foiadesk: {title}: stopped. What was done stays; nothing is half done.", err=True)
        raise click.exceptions.Exit(1) from None
    finally:
        signal.signal(signal.SIGINT, before)
        if terminal:
            click.echo("\r\x1b[K", nl=False, err=True)
