"""Recovery sheet, verifying and repairing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foiadesk.records.errors import KnownError
from foiadesk.records.progress import Progress
from foiadesk.records.speech import say, say_count
from foiadesk.store import rows_filing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from foiadesk.desk.backup_shapes import Verified
    from foiadesk.desk.desk import Desk
    from foiadesk.desk.shapes import PassphraseChanged, Renewed

_NAMED = 20  # requests named one by one


class Safety:
    """What guards the desk against loss."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def recovery_sheet(self, told: Callable[[str], str] = str, language: str = "en-US") -> bytes:
        """Return a PDF page to print and keep: where the desk lies, how to open it, lines to write the passphrase on.

        told: says a sentence in ``language``, as a window does. The passphrase is not in it: the program does not keep
        it.
        """
        from foiadesk.desk.letters import paper
        from foiadesk.desk.recovery_sheet import sheet

        page = paper(self._desk.settings.get().page)
        return sheet(self._desk.folder, self._desk.clock(), page, told, language)

    def change_passphrase(self, old: str, new: str, progress: Progress | None = None) -> PassphraseChanged:
        """Give the desk another passphrase; see `foiadesk.desk.new_passphrase.change`. It cannot be undone."""
        from foiadesk.desk.new_passphrase import change

        return change(self._desk, old, new, progress)

    def outdated_backups(self) -> tuple[str, ...]:
        """Return the names of the backups, here and in connected places, that only an earlier passphrase opens."""
        from foiadesk.desk.new_passphrase import outdated

        return tuple(copy.path.name for copy in outdated(self._desk))

    def remove_outdated_backups(self) -> int:
        """Remove those for good and return how many. It cannot be undone."""
        from foiadesk.desk.new_passphrase import remove_outdated

        return remove_outdated(self._desk)

    def renew_attachments(self, progress: Progress | None = None) -> Renewed:
        """Encrypt every stored file to a new key; see `foiadesk.desk.renewal.renew`. It cannot be undone."""
        from foiadesk.desk.renewal import renew

        return renew(self._desk, progress)

    def renewal_under_way(self) -> bool:
        """Tell whether a renewal of the attachments' key was begun and waits to be gone on with."""
        from foiadesk.desk.renewal import under_way

        return under_way(self._desk)

    def check(self) -> list[str]:
        """Return one sentence for each thing that does not verify; empty when all is well.

        Looks at every page and row, that every stored file is there with the size its bytes need (it does not decrypt
        them), and that every stored due date and stage is the one the events give today.
        """
        found = self._desk.store.check()
        found += self._answers()
        vault = self._desk.store.vault
        with self._desk.read() as db:
            known = rows_filing.vault_files(db)
        for key, size in known:
            try:
                if vault.size_on_disk(key) < size:
                    found.append(say("The stored file {key} is shorter than its content: it is damaged.", key=key))
            except KnownError as error:
                found.append(error.what)
        unknown = set(vault.keys()) - {key for key, _ in known}
        with self._desk.read() as db:
            unknown -= rows_filing.vault_keys(db)
        if unknown:
            found.append(
                say_count(
                    "{n} file in the folder “attachments” belong to no row.",
                    "{n} files in the folder “attachments” belong to no row.",
                    len(unknown),
                )
            )
        return found

    def verify(self, progress: Progress | None = None, *, quick: bool = False) -> Verified:
        """Read every row, decrypt every stored file, count every answer again; name each fault once.

        quick: look only whether each file is there and long enough. Raises Cancelled.
        """
        from foiadesk.desk import verifying

        return verifying.verify(self._desk, progress or Progress(), quick)

    def repair(self, found: Verified, progress: Progress | None = None, place: Path | None = None) -> Verified:
        """Put good copies in the place of bad and missing files, count wrong answers again; return what remains.

        place: a backup place to look in, or the file of one backup; else every known one. Nothing is deleted: what lay
        in the wrong is kept in the folder “set-aside”. Not undoable. Raises ReadOnly, StorageFull, Cancelled.
        """
        from foiadesk.desk import repairing

        return repairing.repair(self._desk, found, progress or Progress(), place)

    def wrong_answers(self) -> list[tuple[int, list[str]]]:
        """Derive every answer again, as of today; return the requests whose stored one differs, and in what."""
        from foiadesk.desk import standing

        today = self._desk.clock()
        self._desk.freshness.finish()
        with self._desk.read() as db:
            # On a desk that cannot be written, answers of an earlier day are replaced as they are read.
            exempt = set(standing.stale(db, today))
            return [
                (request, list(differs))
                for request in standing.requests_of(db)
                if request not in exempt and (differs := standing.differences(db, request, today))
            ]

    def _answers(self) -> list[str]:
        """Say which answers differ. Sentences name ids only."""
        wrong = self.wrong_answers()
        said = [answer_sentence(request, differs) for request, differs in wrong[:_NAMED]]
        if len(wrong) > _NAMED:
            said.append(say("So it is of {what} more requests.", what=len(wrong) - _NAMED))
        return said


def answer_sentence(request: int, differs: list[str]) -> str:
    """Say that a stored answer is not the one that the events give."""
    return say(
        "The stored answer of request {request} is not the one its events give ({what}).",
        request=request,
        what=", ".join(differs),
    )
