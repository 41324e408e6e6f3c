"""Searching the same texts as notmuch and recoll do, class by class; what starting their process takes is taken off.

Each is asked for what it shows a person: notmuch its line for each thread, which holds no words of the text; recoll
titles and the words around what was found, as our own page does.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.measure import Failed, expect, interleaved, middle, spread, timed
from bench.search import FIRST_PAGE, big_index
from bench.search_documents import QUERIES, texts
from bench.setting import Setting
from bench.table import Goal, Row

GOAL = Goal("at most", 1.0)
NOWHERE = "zzzyzxqq"  # a word no text has: what a process costs that finds nothing
_FOLDER_FILES = 2_000
_MAIL = """From: Office <office@example.org>
To: desk@example.org
Subject: {title}
Date: Mon, {day:02} Jan 2024 10:{minute:02}:{second:02} +0000
Message-ID: <{number}@example.org>

{body}
"""


def run(setting: Setting) -> list[Row]:
    """Measure beside each program that is installed; one that is not is named."""
    room = setting.room("search-peers")
    peers = [peer for peer in (_notmuch(room), _recoll(room)) if peer is not None]
    missing = [name for name in ("notmuch", "recollq") if shutil.which(name) is None]
    if not peers:
        setting.say(f"not installed: {', '.join(missing)}; searching is not compared with them")
        return [_alone(setting, room)]
    setting.say(f"writing {setting.peer_documents:,} mails…")
    for text in texts(setting.peer_documents):
        folder = room / "mail" / "cur" / str(text.number // _FOLDER_FILES)
        folder.mkdir(parents=True, exist_ok=True)
        at = text.number
        filled = _MAIL.format(
            title=text.title, number=at, body=text.body, day=1 + at % 28, minute=at % 60, second=at % 59
        )
        (folder / f"{at}.eml").write_text(filled, "utf-8")
    rows = []
    with big_index(room / "desk", setting, setting.peer_documents) as desk:
        for name, prepare, ask in peers:
            setting.say(f"{name} reads the same…")
            prepare()
            rows.append(_compared(name, ask, lambda query: desk.search.find(query, FIRST_PAGE).total, setting))
    return rows


def _alone(setting: Setting, room: Path) -> Row:
    with big_index(room / "desk", setting, setting.peer_documents) as desk:
        took = [timed(lambda: [desk.search.find(query, FIRST_PAGE) for query in QUERIES.values()]) for _ in range(3)]
    what = f"first page of a search, {setting.peer_documents:,} documents, six kinds of query together"
    return Row("search_peers", what, "ms", middle(took), None, "neither notmuch nor recoll is installed", None)


Ask = Callable[[str], int]
Peer = tuple[str, Callable[[], None], Ask]


def _compared(name: str, ask: Ask, ours: Ask, setting: Setting) -> Row:
    """Compare class by class; the row shows the class in which we are slowest beside it.

    What a process takes that finds nothing is measured before each query, and taken off. A class whose answer takes
    less than that varies by is not judged.
    """
    starts: list[float] = []
    each: dict[str, tuple[list[float], list[float]]] = {}
    for kind, query in QUERIES.items():
        found, theirs = ours(query), ask(query)
        expect(found > 0 and theirs > 0, f"{kind}: {found} found here, {theirs} by {name}")

        def mine(query: str = query) -> float:
            return timed(lambda: ours(query))

        def other(query: str = query) -> float:
            starts.append(timed(lambda: ask(NOWHERE)))
            return timed(lambda: ask(query)) - starts[-1]

        each[kind] = interleaved(setting.rounds, mine, other)
    start = middle(starts)
    noise = 2 * middle([abs(one - start) for one in starts])
    clear = [kind for kind, (_, theirs) in each.items() if middle(theirs) > noise]
    worst = max(clear or each, key=lambda kind: middle(each[kind][0]) / max(middle(each[kind][1]), noise, 0.01))
    told = f"{name}, its start ({start:.0f} ms) taken off" if clear else f"{name} answers within the noise of its start"
    return Row(
        name=f"search_{name}",
        what=f"search beside {name}, {setting.peer_documents:,} documents, the slowest class: {worst}",
        unit="ms",
        ours=middle(each[worst][0]),
        floor=middle(each[worst][1]) if clear else None,
        against=told,
        goal=GOAL if clear else None,
        notes=tuple(
            f"{kind}: {middle(one):.1f} ms, {name} {middle(two):.1f} ms{'' if kind in clear else ' (not judged)'}"
            for kind, (one, two) in each.items()
        ),
        details={
            "start": start,
            "noise": noise,
            **{kind: {"ours": spread(one), name: spread(two)} for kind, (one, two) in each.items()},
        },
    )


def _told(command: Sequence[str], env: dict[str, str] | None = None) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **(env or {})})
    if done.returncode:
        raise Failed(f"{command[0]} ended with {done.returncode}: {done.stderr[-500:]}")
    return done.stdout


def _notmuch(room: Path) -> Peer | None:
    if shutil.which("notmuch") is None:
        return None
    config = room / "notmuch.conf"
    env = {"NOTMUCH_CONFIG": str(config)}

    def prepare() -> None:
        config.write_text(f"[database]\npath={room / 'mail'}\n[user]\nname=x\nprimary_email=x@example.org\n", "utf-8")
        _told(["notmuch", "new", "--quiet"], env)

    def ask(query: str) -> int:
        said = query.replace(" -", " and not ")
        return len(_told(["notmuch", "search", f"--limit={FIRST_PAGE}", said], env).splitlines())

    return "notmuch", prepare, ask


def _recoll(room: Path) -> Peer | None:
    if shutil.which("recollq") is None or shutil.which("recollindex") is None:
        return None
    config = room / "recoll"

    def prepare() -> None:
        config.mkdir(exist_ok=True)
        (config / "recoll.conf").write_text(f"topdirs = {room / 'mail'}\nloglevel = 1\n", "utf-8")
        _told(["recollindex", "-c", str(config)])

    def ask(query: str) -> int:
        said = _told(["recollq", "-c", str(config), "-A", "-p", "1", "-n", str(FIRST_PAGE), query])
        return sum(line.startswith("message/rfc822") for line in said.splitlines())

    return "recoll", prepare, ask
