"""Rows of the vault's identities, and of stored files while they are encrypted anew."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def identities(db: "Database") -> list[str]:
    """Return the vault's identities, newest first."""
    return [secret for (secret,) in db.execute("SELECT secret FROM vault_identity ORDER BY id DESC").fetchall()]


def add_identity(db: "Database", secret: str) -> None:
    """Store a new identity; it is the newest from now on."""
    db.execute("INSERT INTO vault_identity (secret) VALUES (?)", (secret,))


def drop_old_identities(db: "Database") -> None:
    """Forget every identity but the newest."""
    db.execute("DELETE FROM vault_identity WHERE id < (SELECT max(id) FROM vault_identity)")


def files(db: "Database") -> list[tuple[int, str, str]]:
    """Return (content, vault key, SHA-256 of the plain bytes) of every vault file some row names."""
    found: list[tuple[int, str, str]] = db.execute(
        """SELECT id, vault_key, sha256 FROM contents UNION ALL
        SELECT c.id, s.vault_key, c.sha256 FROM spare_contents s JOIN contents c ON c.id = s.content ORDER BY 1, 2"""
    ).fetchall()
    return found


def replace(db: "Database", old: str, new: str) -> bool:
    """Name another vault file in the place of one, which is then to be forgotten; False when no row names it."""
    changed = db.execute("UPDATE contents SET vault_key = ? WHERE vault_key = ?", (new, old)).rowcount
    changed += db.execute("UPDATE spare_contents SET vault_key = ? WHERE vault_key = ?", (new, old)).rowcount
    if changed:
        db.execute("INSERT OR IGNORE INTO to_forget (vault_key) VALUES (?)", (old,))
    return bool(changed)
