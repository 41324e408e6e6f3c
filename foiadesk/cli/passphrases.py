"""Commands on the keys of a desk: another passphrase, a new key for its attachments."""

import sys
from dataclasses import asdict, replace
from pathlib import Path

import click

from foiadesk.cli.common import Session, json_option, print_json
from foiadesk.records.errors import BadInput


@click.command()
@click.option(
    "--new-passphrase-file",
    "new_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Read the new passphrase from the first line of this file instead of asking.",
)
@click.option("--generate", is_flag=True, help="Make one of seven random words, and show it.")
@click.option("--remove-old-backups", is_flag=True, help="Remove the backups that only an earlier one opens.")
@json_option
@click.pass_obj
def passphrase(
    session: Session, new_file: Path | None, generate: bool, remove_old_backups: bool, as_json: bool
) -> None:
    """Change the passphrase of the desk. There is no way back into a desk whose passphrase is lost.

    Backups made before still open with the old one. The key of the attachments stays: `renew-attachments` renews it.
    """
    if generate and new_file:
        raise click.UsageError("Choose --generate or --new-passphrase-file.")
    with session.desk(write=True) as desk:
        from foiadesk.cli.progress import shown
        from foiadesk.desk import passphrases

        old = session.passphrase()
        new = Session(None, new_file, None).given_passphrase() if new_file else _chosen(generate)
        assert new is not None
        click.echo(passphrases.estimate(new).sentence, err=True)
        with shown("Changing the passphrase") as progress:
            done = desk.safety.change_passphrase(old, new, progress)
        if remove_old_backups:
            desk.safety.remove_outdated_backups()
            done = replace(done, old_backups=desk.safety.outdated_backups())
        if as_json:
            print_json(asdict(done))
            return
        click.echo(f"{done.sentence}. Print a new recovery sheet, and destroy the old one.")
        if done.alert:
            click.echo(f"Note: {done.alert}")
        for name in done.old_backups:
            click.echo(f"This backup opens only with an earlier passphrase: {name}")


def _chosen(generate: bool) -> str:
    """Ask for the new passphrase twice, or show a generated one and have it typed once."""
    from foiadesk.desk import passphrases

    if not sys.stdin.isatty():
        raise BadInput("There is no terminal here to ask on.", todo="Give the new one with --new-passphrase-file.")
    if not generate:
        asked: str = click.prompt("New passphrase", hide_input=True, confirmation_prompt=True, err=True)
        return asked
    words = passphrases.generate()
    click.echo(f"The new passphrase: {words}", err=True)
    if click.prompt("Type it, once you have written it down", hide_input=True, err=True) != words:
        raise BadInput("That is not the passphrase shown.", safe="Nothing was changed.")
    return words


@click.command("renew-attachments")
@json_option
@click.pass_obj
def renew_attachments(session: Session, as_json: bool) -> None:
    """Encrypt every stored file anew, to a new key; stopped, it goes on where it was.

    Worth it when somebody may have learned the old passphrase: the old key opens the files in old copies only.
    """
    with session.desk(write=True) as desk:
        from foiadesk.cli.progress import shown

        with shown("Renewing the attachments") as progress:
            done = desk.safety.renew_attachments(progress)
        if as_json:
            print_json(asdict(done))
        else:
            click.echo(f"{done.sentence}.")
            for content in done.failed:
                click.echo(f"Content {content} could not be read.")
        if not done.complete:
            raise click.exceptions.Exit(1)
