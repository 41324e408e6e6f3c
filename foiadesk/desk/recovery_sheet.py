"""The page to print and keep: how to open this desk again, with this program or with public tools alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from foiadesk.records.errors import BadInput

if TYPE_CHECKING:
    from foiadesk.letters import Block, ComposedLetter

_TITLE = "Recovery sheet of a FOIADesk desk"
_LINE = "_" * 58  # to write on by hand
_SECTIONS = (
    (
        "If the passphrase is lost, everything in the desk is lost",
        "Nobody can recover it: not the people who made FOIADesk, not anyone else. Write it below by hand. Keep this "
        "sheet where you keep deeds and passports, never beside the computer.",
    ),
    ("Passphrase", ""),
    (
        "To open the desk",
        "Install FOIADesk, choose to open a desk, choose the desk’s folder and type the passphrase. "
        "A copy of the whole folder opens just the same.",
    ),
    (
        "To open a backup",
        "Install FOIADesk and run: foiadesk restore BACKUPFOLDER NEWFOLDER. The backup opens with the passphrase the "
        "desk had on the day it was made. My backups are kept here:",
    ),
    (
        "Without FOIADesk",
        "The file desk.db, and each backup-NUMBER.db of a backup (the highest number is the newest), is a SQLCipher 4 "
        "database: any SQLCipher 4 program opens it with the passphrase, such as DB Browser for SQLite. Its table "
        "vault_identity holds an age secret key; its table contents names each file in the folder attachments. "
        "The public tool age decrypts those files with that key: age --decrypt --identity KEYFILE FILE.",
    ),
)


def sheet(folder: Path, today: date, page: Literal["letter", "a4"]) -> bytes:
    """Return the sheet as PDF. folder: printed on it, or a line to write it on when no font here can show its name.

    The passphrase is not in it: nobody has it but the person.
    """
    from foiadesk import letters

    try:
        return letters.typeset(_composed(str(folder), today), page=page)
    except BadInput:
        return letters.typeset(_composed(_LINE, today), page=page)


def _composed(folder: str, today: date) -> ComposedLetter:
    from foiadesk.letters import ComposedLetter
    from foiadesk.letters.model import Heading, Paragraph, Run

    blocks: list[Block] = [
        Heading((Run(_TITLE),)),
        Paragraph((Run("Desk: "), Run(folder, "strong"))),
        Paragraph((Run(f"Printed on {today:%B} {today.day}, {today.year}."),)),
    ]
    for title, text in _SECTIONS:
        blocks.append(Heading((Run(title),)))
        lines = (text,) if text else (_LINE,) * 3
        blocks += [Paragraph((Run(line),)) for line in lines]
        if text.endswith(":"):
            blocks.append(Paragraph((Run(_LINE),)))
    return ComposedLetter(title=_TITLE, blocks=tuple(blocks), running=_TITLE)
