"""The README's promise: a desk opens with public tools alone, and every stored file comes out whole."""

import hashlib
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pyrage
import sqlcipher3

from foiadesk.desk import Desk, IncomingFile

PASSPHRASE = "it's seven words with one apostrophe here"


def _decrypt(cipher: Path, secret: str, scratch: Path) -> bytes:
    """Decrypt with the age program where it is installed, else with the library of the same format."""
    if shutil.which("age") is None:
        return pyrage.decrypt(cipher.read_bytes(), [pyrage.x25519.Identity.from_str(secret)])
    key = scratch / "key.txt"
    key.write_text(secret + "\n")
    return subprocess.run(["age", "-d", "-i", str(key), str(cipher)], check=True, capture_output=True).stdout


def test_a_stranger_recovers_everything_with_public_tools(tmp_path: Path) -> None:
    folder = tmp_path / "Desk"
    given = {"one.bin": bytes(range(256)) * 5000, "two.txt": b"plain words", "empty.dat": b""}
    with Desk.create(folder, PASSPHRASE, clock=lambda: date(2026, 7, 3)) as desk:
        for name, data in given.items():
            desk.filing.file(IncomingFile(name, data), None)

    db = sqlcipher3.connect(str(folder / "desk.db"))
    quoted = PASSPHRASE.replace("'", "''")
    db.execute(f"PRAGMA key = '{quoted}'")
    (secret,) = db.execute("SELECT secret FROM vault_identity").fetchone()
    stored = db.execute(
        "SELECT a.name, c.sha256, c.vault_key FROM attachments a JOIN contents c ON c.id = a.content"
    ).fetchall()
    db.close()
    assert {name for name, _, _ in stored} == set(given)
    for name, sha256, key in stored:
        plain = _decrypt(folder / "attachments" / key[:2] / key, secret, tmp_path)
        assert plain == given[name]
        assert hashlib.sha256(plain).hexdigest() == sha256
