"""A word that was only ever typed into the desk is found nowhere else: not on disk, before or after a kill."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from foiadesk.desk import Desk

CANARY = "Quetzalwhisper"
PASSPHRASE = "seven plain words for the canary test"

# Puts the word into a title, a note, an item, a letter, a requester, a file name, an attachment and a message,
# then says so and waits to be killed.
CHILD = """
import sys
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from foiadesk.desk import Desk, IncomingFile, RequestPlan
from foiadesk.records import Channel, Requester, Signer
word, passphrase, folder = sys.argv[1:]
desk = Desk.create(Path(folder), passphrase, clock=lambda: date(2026, 7, 3))
person = desk.people.add(Requester(name=f"{word} Society", signers=(Signer(f"{word} Smith"),))).primary
number = desk.requests.create(RequestPlan(title=f"About {word}", items=(f"All {word}.",), offices=("DHS/ICE",),
                              requesters=(person,), notes=f"note {word}", background=f"why {word}")).primary
draft = desk.letters.start("policy_request", number).primary
desk.letters.save(draft, {**desk.letters.get(draft).values, "background": f"more {word}"})
desk.letters.mark_sent(draft, channel=Channel.PORTAL, on=date(2026, 2, 3), with_blanks=True)
desk.letters.start("overdue_notice", number)
message = EmailMessage()
message["From"], message["Subject"] = "a@b.example", word
message.set_content(f"body {word}")
message.add_attachment(f"part {word}".encode(), maintype="text", subtype="plain", filename=f"{word}.txt")
filed = desk.filing.file(IncomingFile(f"{word}.eml", message.as_bytes()), number)
desk.filing.file(IncomingFile(f"scan {word}.bin", word.encode() * 2000), number,
                 event={"kind": "note", "date": "2026-03-03", "note": f"called about {word}"})
for document in desk.filing.documents(number):
    desk.filing.text(document.id) if document.name.endswith(".txt") else desk.filing.read(document.id)
desk.search.bring()
assert {hit.kind for hit in desk.search.find(word).hits} >= {"request", "event", "letter", "mail", "file"}
desk.search.save(f"all of {word}", word)
print("ready", flush=True)
sys.stdin.read()
"""


def _found(places: list[Path]) -> list[str]:
    """Return every file that holds the word, in its bytes (as UTF-8 or UTF-16) or in its name."""
    needles = [form for word in (CANARY, PASSPHRASE) for form in (word.encode(), word.encode("utf-16-le"))]
    hits = []
    for place in places:
        for path in place.rglob("*"):
            if CANARY.lower() in path.name.lower():
                hits.append(f"name: {path}")
            if path.is_file() and any(needle.lower() in path.read_bytes().lower() for needle in needles):
                hits.append(f"bytes: {path}")
    return hits


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """An environment in which every place the program may write to lies under one folder."""
    places = {
        "HOME": "home", "XDG_CONFIG_HOME": "config", "XDG_DATA_HOME": "data", "XDG_CACHE_HOME": "cache",
        "XDG_STATE_HOME": "state", "XDG_RUNTIME_DIR": "runtime", "TMPDIR": "tmp",
    }  # fmt: skip
    for name in places.values():
        (tmp_path / name).mkdir(mode=0o700)
    return {**os.environ, **{key: str(tmp_path / name) for key, name in places.items()}}


def test_the_search_itself_finds_a_plain_word(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"... quetzalWHISPER ...")
    assert _found([tmp_path])


def test_the_word_is_nowhere_before_and_after_a_kill(tmp_path: Path, home: dict[str, str]) -> None:
    folder = tmp_path / "Desk"
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, CANARY, PASSPHRASE, str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=home,
    )  # fmt: skip
    assert child.stdout is not None
    said = child.stdout.readline()
    if said != "ready\n":
        pytest.fail(child.communicate()[1])
    assert (folder / "desk.db-wal").exists(), "the sweep must look at a desk in use"
    assert (folder / "index.db-wal").stat().st_size > 0, "and at its search index"
    assert _found([tmp_path]) == []
    child.send_signal(signal.SIGKILL)
    child.communicate()
    assert _found([tmp_path]) == []

    desk = Desk.open(folder, PASSPHRASE)
    assert desk.requests.get(1).title == f"About {CANARY}"
    assert any(document.name == f"{CANARY}.txt" for document in desk.filing.documents())
    assert desk.safety.check() == []
    assert desk.search.find(CANARY).total >= 6
    desk.close()
    assert _found([tmp_path]) == []
