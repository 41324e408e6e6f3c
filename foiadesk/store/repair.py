"""Put the good copy of a stored file in the place of a bad or missing one; the bad one is kept aside."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from foiadesk.records.errors import DamagedDesk
from foiadesk.store.atomic import make_folder, write_whole
from foiadesk.store.backup_place import BackupFolder
from foiadesk.store.rows_backups import Wanted
from foiadesk.store.sealed import Reading, print_of
from foiadesk.store.trouble import translated
from foiadesk.store.vault import Vault

ASIDE = "set-aside"


def good_copy(vault: Vault, one: Wanted, candidates: Iterable[Path]) -> Path | None:
    """Return the first file that holds the right content; one that cannot be read is passed over."""
    for path in candidates:
        try:
            with path.open("rb") as file:
                if vault.proven(file, one.sha256) is not None:
                    return path
        except OSError:
            continue
    return None


def put_back(vault: Vault, folder: Path, wanted: Sequence[Wanted], good: Mapping[str, Path]) -> list[Path]:
    """Write each good copy (by key) over what lies in the vault of the desk in ``folder``; return what was set aside.

    A bad file is first copied, durably, into the folder “set-aside”; then the good one replaces it in one rename, so
    that at every moment the old or the new one is there. Raises StorageFull, ReadOnly, DamagedDesk when a good copy
    changed meanwhile.
    """
    here = BackupFolder(folder)
    with translated():
        make_folder(here.attachments)
        aside = {one.key: _set_aside(folder, here.attachment(one.key)) for one in wanted if one.key in good}
        for one in wanted:
            source = good.get(one.key)
            if source is None:
                continue
            if source.parent.parent == here.attachments and (moved := aside.get(source.name)) is not None:
                source = moved  # it lay in another one's place, and may be replaced by now
            make_folder(here.attachment(one.key).parent)
            write_whole(here.attachment(one.key), _Fill(vault, one, source), still=True)
    return [path for path in aside.values() if path is not None]


class _Fill:
    """Writes the good copy, proving it on the way."""

    def __init__(self, vault: Vault, one: Wanted, source: Path) -> None:
        self._vault = vault
        self._one = one
        self._source = source

    def __call__(self, file: BinaryIO) -> None:
        with self._open() as source:
            if self._vault.proven(Reading(source, _changed), self._one.sha256, file) is None:
                raise _changed()

    def _open(self) -> BinaryIO:
        try:
            return self._source.open("rb")
        except OSError as error:
            raise _changed() from error


def _changed(_error: OSError | None = None) -> DamagedDesk:
    return DamagedDesk(
        "The good copy of a stored file changed or went away while it was put back.",
        safe="What lay in its place is still there.",
        todo="Connect the backup place again, then repair again.",
    )


def _set_aside(folder: Path, bad: Path) -> Path | None:
    try:
        file = bad.open("rb")
    except FileNotFoundError:
        return None
    with file:
        make_folder(folder / ASIDE)
        target = next(path for path in _names(folder / ASIDE / bad.name) if not os.path.lexists(path))
        write_whole(target, lambda copy: print_of(file, copy), still=True)
    return target


def _names(first: Path) -> Iterator[Path]:
    yield first
    number = 2
    while True:
        yield first.with_name(f"{first.name}-{number}")
        number += 1
