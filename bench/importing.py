"""Bringing in mail with attachments and making it findable, encrypted and durable; beside `notmuch new` on the same."""

import base64
import os
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path
from random import Random

from bench.measure import expect, interleaved, middle, spread
from bench.moment import now_ms
from bench.setting import Setting
from bench.table import Goal, Row

GOAL = Goal("at most", 2.0)  # of its time: half its rate
MOST_ROUNDS = 3
MAILS_A_FILE = 4  # so many mails for each file of the filing benchmark
_TEXT = (
    "request records agency search determination responsive withheld exemption estimate fees waiver expedite office "
    "component tracking number letter response appeal deadline working days surveillance contract policy database"
)
_WORDS = tuple(_TEXT.split())


def run(setting: Setting) -> list[Row]:
    """Bring in the same folder of mails on a fresh desk each time."""
    from foiadesk.desk import Desk

    there = shutil.which("notmuch") is not None
    room = setting.room("importing")
    mails = room / "mails" / "cur"
    files = make_mails(mails, setting.files * MAILS_A_FILE)
    Desk.create(room / "empty", setting.passphrase).close()
    version = "notmuch"
    if there:
        version = subprocess.run(["notmuch", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    parts: list[tuple[float, float]] = []

    def ours() -> float:
        folder = room / f"desk-{len(parts)}"  # kept to the end: ext4 searches long for a place after many removals
        shutil.copytree(room / "empty", folder)
        with Desk.open(folder, setting.passphrase) as desk:
            start = now_ms()
            brought = desk.intake.bring([mails.parent])
            stored = now_ms()
            desk.search.bring(texts=False)
            ended = now_ms()
            expect(brought.messages == len(files) and not brought.unread, f"{brought.messages} of {len(files)} came in")
            originals = {one.sha256 for one in desk.filing.documents() if one.role.value == "original"}
            expect(originals == {sha256(path.read_bytes()).hexdigest() for path in files}, "stored mails differ")
            found = desk.search.find("surveillance").total
            expect(found > 0, "nothing was found in what was brought in")
        parts.append((stored - start, ended - stored))
        return ended - start

    def peer() -> float:
        environment = {**os.environ, "NOTMUCH_CONFIG": str(room / "notmuch.conf")}
        (room / "notmuch.conf").write_text(
            f"[database]\npath={mails.parent}\n[user]\nname=A\nprimary_email=a@b.example\n[new]\ntags=new\n", "utf-8"
        )
        shutil.rmtree(mails.parent / ".notmuch", ignore_errors=True)
        start = now_ms()
        subprocess.run(["notmuch", "new", "--quiet"], env=environment, capture_output=True, check=True)
        took = now_ms() - start
        count = subprocess.run(["notmuch", "count", "*"], env=environment, capture_output=True, text=True, check=True)
        expect(int(count.stdout) == len(files), f"notmuch counts {count.stdout.strip()} of {len(files)}")
        shutil.rmtree(mails.parent / ".notmuch")
        return took

    fast, theirs = interleaved(min(setting.rounds, MOST_ROUNDS), ours, peer if there else lambda: 0.0)
    total = sum(path.stat().st_size for path in files) / 1e6
    storing, indexing = (middle([one[place] for one in parts]) for place in (0, 1))
    return [
        Row(
            name="importing",
            what=f"importing {len(files):,} mails, {total:,.0f} MB, a third with attachments, and indexing them",
            unit="ms",
            ours=middle(fast),
            floor=middle(theirs) if there else None,
            against=f"{version}, `notmuch new` on the same mails" if there else "notmuch, which is not installed here",
            goal=GOAL,
            notes=(
                f"{len(files) / middle(fast) * 1000:.0f} mails/s; "
                f"stored, read and rowed in {storing:.0f} ms, indexed in {indexing:.0f} ms",
                "ours encrypted and durable; notmuch indexes them where they lie",
            ),
            details={"ours": spread(fast), "floor": spread(theirs), "storing_ms": storing, "indexing_ms": indexing},
        )
    ]


def make_mails(folder: Path, count: int) -> list[Path]:
    """Write mails of unlike sizes, every third with an attachment, and no two alike."""
    folder.mkdir(parents=True)
    random = Random(11)
    made = []
    for number in range(count):
        text = "\r\n".join(" ".join(random.choices(_WORDS, k=12)) for _line in range(random.randint(5, 40)))
        head = (
            f"From: Office {number % 40} <foia{number % 40}@agency.example>\r\nTo: records@coalition.example\r\n"
            f"Subject: {' '.join(random.choices(_WORDS, k=5))} 2026-ICFO-{number:05d}\r\n"
            f"Message-ID: <{number}@agency.example>\r\nDate: Mon, 05 Jan 2026 {number % 24:02d}:00:00 -0500\r\n"
            "MIME-Version: 1.0\r\n"
        )
        if number % 3:
            whole = f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
        else:
            packed = base64.encodebytes(b"%PDF-1.7\n" + random.randbytes(random.randint(10_000, 80_000))).decode()
            whole = (
                f'{head}Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n'
                f'{text}\r\n--b\r\nContent-Type: application/pdf; name="letter {number}.pdf"\r\n'
                f"Content-Transfer-Encoding: base64\r\n\r\n{packed}\r\n--b--\r\n"
            )
        path = folder / f"{number:06d}.eml"
        path.write_bytes(whole.encode())
        made.append(path)
    return made
