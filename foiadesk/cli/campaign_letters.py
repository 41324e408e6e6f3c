"""The command that writes one letter to every office of a campaign."""

from pathlib import Path
from typing import Any

import click

from foiadesk.cli.common import Session, json_option, name_values, print_json, visible, write_file
from foiadesk.records.errors import BadInput


@click.command("letters")
@click.argument("which", metavar="CAMPAIGN")
@click.argument("kind")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Write a PDF each to this folder."
)
@click.option("--draft", is_flag=True, help="Keep each as a draft on its request; one undo takes all back.")
@click.option("--set", "settings", multiple=True, metavar="FIELD=TEXT", help="Fill a field for every office.")
@click.option("--set-for", "own", multiple=True, metavar="OFFICE:FIELD=TEXT", help="Fill a field for one office only.")
@click.option("--page", type=click.Choice(["letter", "a4"]), help="Paper; else the desk's setting.")
@json_option
@click.pass_obj
def campaign_letters(
    session: Session,
    which: str,
    kind: str,
    output: Path | None,
    draft: bool,
    settings: tuple[str, ...],
    own: tuple[str, ...],
    page: str | None,
    as_json: bool,
) -> None:
    """Write KIND to every office of CAMPAIGN: one text, filled in for all or, with --set-for, for one office.

    A letter that cannot be written is named and the others go on; the exit status is then 1.
    """
    if output is None and not draft:
        raise click.UsageError("Say where the letters go: -o FOLDER, --draft, or both.")
    from foiadesk.cli.progress import shown
    from foiadesk.desk import LetterRun

    with session.desk(write=draft) as desk, shown("Letters") as progress:
        requests = desk.letter_runs.of_campaign(desk.campaigns.find(which))
        differing: dict[int, dict[str, str]] = {}
        for pair in own:
            office, colon, rest = pair.partition(":")
            if not colon:
                raise BadInput(f"--set-for is given as OFFICE:FIELD=TEXT; {pair!r} is not.")
            differing.setdefault(desk.letter_runs.find_office(requests, office), {}).update(name_values((rest,)))
        run = LetterRun(kind, requests, name_values(settings), differing)
        rows: list[dict[str, Any]] = []
        if output is not None:
            try:
                output.mkdir(mode=0o700, exist_ok=True)
            except OSError as error:
                raise BadInput(f"{output} is no folder that can be written to: {error.strerror}.") from None
            for letter in desk.letter_runs.letters(run, progress, page=page):
                file = output / letter.file_name
                if not letter.trouble:
                    write_file(file, letter.pdf)
                rows.append({
                    "request": letter.request, "office": letter.office, "file": None if letter.trouble else str(file),
                    "blanks": list(letter.blanks), "warnings": list(letter.warnings), "trouble": letter.trouble,
                })  # fmt: skip
        kept = desk.letter_runs.keep(run, progress).sentence if draft else ""
    if as_json:
        print_json({"letters": rows, "drafts": len(requests) if draft else 0})
    else:
        _tell(rows, kept)
    if any(row["trouble"] for row in rows):
        raise click.exceptions.Exit(1)


def _tell(rows: list[dict[str, Any]], kept: str) -> None:
    for row in rows:
        if row["trouble"]:
            click.echo(f"foiadesk: {row['office']}: {visible(row['trouble'])}", err=True)
            continue
        click.echo(row["file"])
        if row["blanks"]:
            click.echo(f"Blank: {row['office']}: {visible(', '.join(row['blanks']))}", err=True)
        for warning in row["warnings"]:
            click.echo(f"Note: {row['office']}: {visible(warning)}", err=True)
    if kept:
        click.echo(kept)
