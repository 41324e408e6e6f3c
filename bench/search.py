"""The first page of a search in a million documents, beside the same match without ranking, and with a capped count."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.measure import expect, interleaved, middle, spread, timed
from bench.search_documents import QUERIES, fill
from bench.setting import Setting
from bench.table import Goal, Row

if TYPE_CHECKING:
    from foiadesk.desk import Desk

GOAL = Goal("at most", 3.0)
FIRST_PAGE = 20
_COUNT = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT 20001)"
_FIRST = """SELECT d.kind, d.key, d.date, snippet(words, 0, '<', '>', '', 24), snippet(words, 3, '<', '>', '', 24)
    FROM words JOIN documents d ON d.id = words.rowid WHERE words MATCH ? LIMIT 20"""


def run(setting: Setting) -> list[Row]:
    """Search every kind of query through the desk's own door, in turn with the bare match."""
    with big_index(setting.room("search") / "desk", setting, setting.documents) as desk:
        return [_measured(desk, setting)]


def big_index(folder: Path, setting: Setting, count: int) -> "Desk":
    """Return an open desk with so many findable documents."""
    from foiadesk.desk import Desk

    setting.say(f"making {count:,} documents findable…")
    desk = Desk.create(folder, setting.passphrase, clock=lambda: setting.today)
    desk.search.bring()
    fill(desk.store.index.write, count)
    expect(desk.search.waiting() == 0, "something still waits to be findable")
    return desk


def bare(query: str) -> str:
    """Return one of our queries as FTS5's own language has it."""
    words = query.replace(" -", " NOT ")
    return words.replace("*", " *") if "*" in words else words


def _measured(desk: "Desk", setting: Setting) -> Row:
    ours_all: dict[str, list[float]] = {}
    floor_all: dict[str, list[float]] = {}
    with desk.store.index.read() as db:
        for name, query in QUERIES.items():
            matched = bare(query)

            def ours(query: str = query) -> float:
                return timed(lambda: desk.search.find(query, FIRST_PAGE))

            def floor(matched: str = matched) -> float:
                return timed(lambda: [db.execute(sql, (matched,)).fetchall() for sql in (_COUNT, _FIRST)])

            page = desk.search.find(query, FIRST_PAGE)
            counted = db.execute(_COUNT, (matched,)).fetchone()[0]
            expect(min(counted, 20_000) == page.total > 0, f"{name}: {page.total} found, {counted} match")
            expect(page.more == (counted > 20_000), f"{name}: it does not say whether there are more")
            expect(all(hit.marks or hit.title_marks for hit in page.hits), f"{name}: nothing is highlighted")
            ours_all[name], floor_all[name] = interleaved(setting.rounds, ours, floor)
    each = {name: (middle(ours_all[name]), middle(floor_all[name])) for name in QUERIES}
    details: dict[str, Any] = {
        name: {"ours": spread(ours_all[name]), "floor": spread(floor_all[name])} for name in QUERIES
    }
    size = (desk.folder / "index.db").stat().st_size / 1e6
    return Row(
        name="search",
        what=f"first page of a search, {setting.documents:,} documents, six kinds of query together",
        unit="ms",
        ours=sum(one for one, _ in each.values()),
        floor=sum(other for _, other in each.values()),
        against="the same match and page, unranked, count capped",
        goal=GOAL,
        notes=tuple(f"{name}: {one:.1f} ms, floor {other:.1f} ms" for name, (one, other) in each.items()),
        details={**details, "index_mb": round(size)},
    )
