"""Recovery sheet and quick integrity check."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foiadesk.desk.desk import Desk


class Safety:
    """What guards the desk against loss."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def recovery_sheet(self) -> bytes:
        """Return a PDF page to print and keep: where the desk lies, how to open it, a line for the passphrase."""
        raise NotImplementedError

    def check(self) -> list[str]:
        """Return one sentence for each thing that does not verify; empty when all is well."""
        raise NotImplementedError
