"""Broken controls: each a mistake in filing that the proof must catch, made in a forked child before it begins."""

import os
from pathlib import Path
from typing import Any

CANARY = "Kanarienvogel"


def rows_before_file() -> None:
    """Let the vault file appear only after the row that names it is committed."""
    from foiadesk.desk import Desk
    from foiadesk.store import Vault

    put, act = Vault.put, Desk.act
    hidden: list[tuple[Path, Path]] = []

    def put_later(self: Vault, data: Any) -> Any:
        stored = put(self, data)
        path = self._path(stored.key)
        aside = path.with_name(".aside")
        path.rename(aside)
        hidden.append((aside, path))
        return stored

    def act_first(self: Desk, *arguments: Any, **named: Any) -> Any:
        change = act(self, *arguments, **named)
        while hidden:
            aside, path = hidden.pop()
            aside.rename(path)
        return change

    Vault.put, Desk.act = put_later, act_first  # type: ignore[method-assign]


def without_fsync() -> None:
    """Store vault files without making them durable."""
    os.fsync = lambda descriptor: None  # type: ignore[assignment]


def without_syncfs() -> None:
    """Store a batch of vault files without making them durable."""
    from foiadesk.store import gathering

    gathering.sync_all = lambda _descriptor: None


def without_synchronous() -> None:
    """Commit rows without making them durable."""
    from foiadesk.store import connection

    settle = connection._settle

    def careless(opened: Any, mode: Any) -> None:
        settle(opened, mode)
        opened.execute("PRAGMA synchronous = OFF")

    connection._settle = careless


def plain_rows() -> None:
    """Leave a readable word in the desk folder."""
    from foiadesk.store import Vault

    put = Vault.put

    def careless(self: Vault, data: Any) -> Any:
        (self._folder / "scratch").write_text(CANARY)
        return put(self, data)

    Vault.put = careless  # type: ignore[method-assign]


def boastful() -> None:
    """Acknowledge what was refused."""
    from foiadesk.desk.filing import Filing
    from foiadesk.records.errors import KnownError

    file = Filing.file

    def careless(self: Filing, *arguments: Any, **named: Any) -> Any:
        try:
            return file(self, *arguments, **named)
        except KnownError:
            return None

    Filing.file = careless  # type: ignore[method-assign]


CONTROLS = {
    "boastful": boastful,
    "": lambda: None,
    "acknowledge early": lambda: None,
    "rows before file": rows_before_file,
    "without fsync": without_fsync,
    "without syncfs": without_syncfs,
    "without synchronous": without_synchronous,
    "plain": plain_rows,
}
