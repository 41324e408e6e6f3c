"""The page to print and keep: how to open this desk again, with this program or with public tools alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from foiadesk.records.errors import BadInput
from foiadesk.records.speech import say, worded

if TYPE_CHECKING:
    from foiadesk.letters import Block, ComposedLetter

_TITLE = say("Recovery sheet of a FOIADesk desk")
_DESK = say("Desk:")
_LINE = "_" * 58  # to write on by hand
_SECTIONS = (
    (
        say("If the passphrase is lost, everything in the desk is lost"),
        say(
            "Nobody can recover it: not the people who made FOIADesk, not anyone else. Write it below by hand. Keep "
            "this sheet where you keep deeds and passports, never beside the computer."
        ),
    ),
    (say("Passphrase"), ""),
    (
        say("To open the desk"),
        say(
            "Install FOIADesk, choose to open a desk, choose the desk’s folder and type the passphrase. "
            "A copy of the whole folder opens just the same."
        ),
    ),
    (
        say("To open a backup"),
        say(
            "Install FOIADesk and run: foiadesk restore BACKUPFOLDER NEWFOLDER. The backup opens with the passphrase "
            "the desk had on the day it was made. My backups are kept here:"
        ),
    ),
    (
        say("Without FOIADesk"),
        say(
            "The file desk.db, and each backup-NUMBER.db of a backup (the highest number is the newest), is a "
            "SQLCipher 4 database: any SQLCipher 4 program opens it with the passphrase, such as DB Browser for "
            "SQLite. Its table vault_identity holds an age secret key; its table contents names each file in the "
            "folder attachments. The public tool age decrypts those files with that key: "
            "age --decrypt --identity KEYFILE FILE."
        ),
    ),
)


def sheet(
    folder: Path, today: date, page: Literal["letter", "a4"], told: Callable[[str], str] = str, language: str = "en-US"
) -> bytes:
    """Return the sheet as PDF. folder: printed on it, or a line to write it on when no font here can show its name.

    told: says a sentence in ``language``. The passphrase is not in it: nobody has it but the person.
    """
    from foiadesk import letters

    try:
        return letters.typeset(_composed(str(folder), today, told, language), page=page)
    except BadInput:
        return letters.typeset(_composed(_LINE, today, told, language), page=page)


def _composed(folder: str, today: date, told: Callable[[str], str], language: str) -> ComposedLetter:
    from foiadesk.letters import ComposedLetter
    from foiadesk.letters.model import Heading, Paragraph, Run

    title = told(_TITLE)
    printed = say("Printed on {day}.", day=worded(today, f"{today:%B} {today.day}, {today.year}"))
    blocks: list[Block] = [
        Heading((Run(title),)),
        Paragraph((Run(told(_DESK) + " "), Run(folder, "strong"))),
        Paragraph((Run(told(printed)),)),
    ]
    for heading, text in _SECTIONS:
        blocks.append(Heading((Run(told(heading)),)))
        lines = (told(text),) if text else (_LINE,) * 3
        blocks += [Paragraph((Run(line),)) for line in lines]
        if text.endswith(":"):
            blocks.append(Paragraph((Run(_LINE),)))
    return ComposedLetter(title=title, blocks=tuple(blocks), running=title, language=language)
