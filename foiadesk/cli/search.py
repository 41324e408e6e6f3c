"""Commands that find things, and that print the text of stored files."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from foiadesk.cli.common import Session, json_option, plainly, print_json, print_table, visible
from foiadesk.records.errors import BadInput, DeskBusy, ReadOnly

if TYPE_CHECKING:
    from foiadesk.desk import Desk, SearchPage


_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


@contextmanager
def _freshest(session: Session) -> Iterator["Desk"]:
    """Open the desk for writing, so that the index can be brought up to date; beside a window for reading only."""
    with plainly():
        from foiadesk.desk import Desk

        Desk.check(session.desk_folder)
        passphrase = session.passphrase()
        try:
            desk = Desk.open(session.desk_folder, passphrase)
        except (DeskBusy, ReadOnly):
            desk = Desk.open(session.desk_folder, passphrase, write=False)
        try:
            yield desk
        finally:
            desk.close()


@click.command()
@click.argument("query", nargs=-1)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--newest", is_flag=True, help="Newest first, instead of the best first.")
@click.option("--save", "save_as", metavar="NAME", help="Keep the search under this name, too.")
@click.option("--saved", "saved", is_flag=True, help="List the saved searches; with a name, run that one.")
@click.option("--remove", "removed", metavar="NAME", help="Keep this saved search no longer.")
@json_option
@click.pass_obj
def search(
    session: Session,
    query: tuple[str, ...],
    limit: int,
    newest: bool,
    save_as: str | None,
    saved: bool,
    removed: str | None,
    as_json: bool,
) -> None:
    """Find QUERY in requests, events, letters, correspondence and the text of files.

    \b
    word other         both words, in any order; accents and case do not matter
    "words in a row"   exactly so
    a OR b, -a, NOT a  either; not
    surveil*           words that begin so
    agency:ICE campaign:NAME stage:overdue in:2026-ICFO-00123 in:tray
    kind:request|letter|mail|file|event or a kind of event, as determination
    from:2026-01 to:2026-02-15 before: after: on:
    has:attachment|ocr|event|text  is:draft|sent|incoming|outgoing|damaged|tray
    type:pdf|image|mail|text|word|sheet|zip

    Every text is a valid query. Put -- before one that begins with a dash.
    """
    text = " ".join(query)
    if removed is not None or save_as is not None:
        _keep(session, text, save_as, removed)
        if not text or removed is not None:
            return
    with _freshest(session) as desk:
        if saved:
            kept = desk.search.saved()
            if not text:
                if as_json:
                    print_json([{"name": one.name, "query": one.query} for one in kept])
                else:
                    print_table([(one.name, one.query) for one in kept], ("name", "query"), "No search is saved yet.")
                return
            found = next((one for one in kept if one.name.casefold() == text.casefold()), None)
            if found is None:
                raise BadInput(f"There is no saved search “{text}”.", todo="See them all: foiadesk search --saved")
            text = found.query
        if not text.strip():
            raise BadInput("Nothing was given to search for.", todo="For example: foiadesk search face recognition")
        if not desk.read_only:
            from foiadesk.cli.progress import shown

            with shown("Preparing the search") as progress:
                desk.search.bring(progress)
        page = desk.search.find(text, limit=limit, order="newest" if newest else "best")
        if as_json:
            print_json({"query": text, **asdict(page)})
        else:
            _print(page)


def _keep(session: Session, text: str, save_as: str | None, removed: str | None) -> None:
    with session.desk(write=True) as desk:
        if removed is not None:
            known = next((one for one in desk.search.saved() if one.name.casefold() == removed.casefold()), None)
            if known is None:
                raise BadInput(f"There is no saved search “{removed}”.")
            click.echo(desk.search.remove(known.id).sentence)
        if save_as is not None:
            click.echo(desk.search.save(save_as, text).sentence)


def _print(page: "SearchPage") -> None:
    for note in page.notes:
        click.echo(f"Note: {note}", err=True)
    bold = sys.stdout.isatty()
    for hit in page.hits:
        where = " · ".join(part for part in (str(hit.date or ""), visible(hit.name)) if part)
        place = f", page {hit.page}" if hit.page and hit.pages > 1 else ""
        click.echo(f"{hit.kind} {hit.id}{place}  {_lit(hit.title, hit.title_marks, bold)}")
        if where:
            click.echo(f"    {where}")
        if hit.snippet:
            click.echo(f"    {_lit(hit.snippet, hit.marks, bold)}")
    more = "more than " if page.more else ""
    shown = f"; the first {len(page.hits)} are shown" if page.total > len(page.hits) else ""
    click.echo(f"{more}{page.total:,} found{shown}" if page.total else "Nothing was found.", err=True)
    if page.waiting:
        click.echo(f"{page.waiting:,} changed things are not findable yet; the open window will see to it.", err=True)
    if page.unread:
        click.echo(f"The text of {page.unread:,} files was not read yet.", err=True)


def _lit(text: str, marks: tuple[tuple[int, int], ...], bold: bool) -> str:
    """Return foreign text safe for a terminal, with what was found in bold where it is one."""
    pieces, at = [], 0
    for start, end in marks if bold else ():
        pieces += [visible(text[at:start]), _BOLD, visible(text[start:end]), _PLAIN]
        at = end
    return "".join([*pieces, visible(text[at:])])


@click.command()
@click.argument("number", type=int, metavar="[DOCUMENT]", required=False)
@click.option("--page", type=click.IntRange(1), help="Only this page.")
@click.option("--ocr", is_flag=True, help="Read pages that are only pictures first, by tesseract.")
@click.option("--all", "everything", is_flag=True, help="Read the text of every stored file, and print only how many.")
@json_option
@click.pass_obj
def text(session: Session, number: int | None, page: int | None, ocr: bool, everything: bool, as_json: bool) -> None:
    """Print the text of DOCUMENT (its number in `documents`); pages are separated by form feeds.

    With --all --ocr, works through every page that is only a picture; stopped and started again, it goes on.
    """
    from foiadesk.cli.progress import shown

    if (number is None) != everything:
        raise click.UsageError("Name one document, or give --all.")
    if everything:
        with session.desk(write=True) as desk:
            with shown("Reading files") as progress:
                desk.search.bring(progress)
            done = 0
            if ocr:
                with shown("Reading pictures of pages") as progress:
                    done = desk.search.read_pictures(progress)
            left = desk.search.pictures()
            if as_json:
                print_json({"read_by_ocr": done, "without_text": left})
                return
            if ocr:
                click.echo(f"{done:,} pages were read by OCR.")
            advice = "" if ocr or not left else " Read them with: foiadesk text --all --ocr"
            click.echo(f"{left:,} pages are only pictures.{advice}")
        return
    assert number is not None
    with session.desk(write=ocr) as desk:
        desk.filing.document(number)
        if ocr:
            with shown("Reading pictures of pages") as progress:
                desk.search.read_pictures(progress, number, page or 0)
        pages = desk.search.text(number)
        if page is not None:
            if page > len(pages):
                raise BadInput(f"There is no page {page}: the file has {len(pages)}.")
            pages = pages[page - 1 : page]
        if as_json:
            print_json([asdict(one) for one in pages])
            return
        click.echo("\f".join(one.text for one in pages))
        pictures = sum(one.source == "none" for one in pages)
        if pictures and not ocr:
            click.echo(f"{pictures:,} of these pages are only pictures; --ocr reads them.", err=True)
