"""What docs/recovery.md promises: a desk, and a backup of it, open with public tools alone, every file whole."""

import hashlib
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pyrage
import sqlcipher3

from foiadesk.desk import Desk, IncomingFile, RequestPlan
from foiadesk.records import Requester, Signer

PASSPHRASE = "it's seven words with one apostrophe here"


def _decrypt(cipher: Path, secret: str, scratch: Path) -> bytes:
    """Decrypt with the age program where it is installed, else with the library of the same format."""
    if shutil.which("age") is None:
        return pyrage.decrypt(cipher.read_bytes(), [pyrage.x25519.Identity.from_str(secret)])
    key = scratch / "key.txt"
    key.write_text(secret + "\n")
    return subprocess.run(["age", "-d", "-i", str(key), str(cipher)], check=True, capture_output=True).stdout


GIVEN = {"one.bin": bytes(range(256)) * 5000, "two.txt": b"plain words", "empty.dat": b""}


def _as_a_stranger(rows: Path, attachments: Path, scratch: Path) -> dict[str, bytes]:
    """Follow docs/recovery.md: open the rows with the passphrase, take the key out of them, decrypt every file."""
    db = sqlcipher3.connect(str(rows))
    quoted = PASSPHRASE.replace("'", "''")
    db.execute(f"PRAGMA key = '{quoted}'")
    secrets = [secret for (secret,) in db.execute("SELECT secret FROM vault_identity ORDER BY id DESC")]
    stored = db.execute(
        "SELECT a.name, c.sha256, c.vault_key FROM attachments a JOIN contents c ON c.id = a.content"
    ).fetchall()
    (titles,) = db.execute("SELECT count(*) FROM requests").fetchone()
    db.close()
    assert titles == 1
    found = {}
    for name, sha256, key in stored:
        found[name] = _decrypt(attachments / key[:2] / key, secrets[0], scratch)
        assert hashlib.sha256(found[name]).hexdigest() == sha256
    return found


def test_a_stranger_recovers_everything_with_public_tools(tmp_path: Path) -> None:
    folder, stick = tmp_path / "Desk", tmp_path / "stick"
    with Desk.create(folder, PASSPHRASE, clock=lambda: date(2026, 7, 3)) as desk:
        who = desk.people.add(Requester("Harbor Watch", signers=(Signer("Ana Reyes"),))).primary
        desk.requests.create(RequestPlan("Contracts", ("All contracts.",), ("DHS/ICE",), (who,)))
        for name, data in GIVEN.items():
            desk.filing.file(IncomingFile(name, data), None)
        desk.backups.run(desk.backups.add(stick).primary)
    assert _as_a_stranger(folder / "desk.db", folder / "attachments", tmp_path) == GIVEN
    shutil.rmtree(folder)
    newest = max(stick.glob("backup-*.db"))
    assert _as_a_stranger(newest, stick / "attachments", tmp_path) == GIVEN


def test_recovering_needs_nothing_of_ours(tmp_path: Path) -> None:
    """The program in docs/recovery.md runs as it stands there, in a process that cannot import FOIADesk."""
    stick = tmp_path / "stick"
    with Desk.create(tmp_path / "Desk", "the passphrase") as desk:
        desk.filing.file(IncomingFile("one.txt", b"plain words"), None)
        for _ in range(2):
            place = desk.backups.add(stick).primary
            desk.backups.run(place)
    page = (Path(__file__).parent.parent / "docs" / "recovery.md").read_text("utf-8")
    program = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert program is not None
    block = "import sys\nsys.modules['foiadesk'] = None\n"
    done = subprocess.run(
        [sys.executable, "-c", block + program[1]], cwd=stick, capture_output=True, text=True, check=True
    )
    key, sha256, name = done.stdout.splitlines()[0].split(" ", 2)
    assert (sha256, name) == (hashlib.sha256(b"plain words").hexdigest(), "one.txt")
    assert (stick / "attachments" / key[:2] / key).exists() and "AGE-SECRET-KEY-" in done.stdout
