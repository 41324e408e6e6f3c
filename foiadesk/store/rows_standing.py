"""Rows of derived answers: standing, its clocks and tracking numbers. All of it can be derived again."""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from foiadesk.records import Stage, Standing, Turn
from foiadesk.store.rows_common import Row, read_day, rows

if TYPE_CHECKING:
    from sqlite_utils import Database

OPEN_ENDED = 4_000_000  # above every day number: what has no date stands after what has one

_STANDING = (
    "request", "hidden", "urgency", "stage", "turn", "clock", "clock_id", "due", "who", "state", "met_on",
    "may_sue_since", "exhaustion", "since", "until", "why", "assumed", "undisputed_since", "expedition",
    "expedition_since", "step_kind", "step_by", "sent_on", "next_change_on", "head_event", "pack_version",
    "calendar_version", "unverified", "exhaustion_unverified",
)  # fmt: skip
_CLOCKS = ("request", "place", "clock_id", "kind", "about", "who", "start", "due", "state", "met_on", "unverified")
_PUT = f"INSERT INTO standing ({', '.join(_STANDING)}) VALUES ({', '.join(':' + name for name in _STANDING)})"  # noqa: S608
_PUT_CLOCK = f"INSERT INTO standing_clocks ({', '.join(_CLOCKS)}) VALUES ({', '.join(':' + name for name in _CLOCKS)})"  # noqa: S608


def put_standing(
    db: "Database", row: Mapping[str, Any], clocks: Sequence[Mapping[str, Any]], numbers: Sequence[tuple[str, str]]
) -> None:
    """Store one request's answer in place of the old one. numbers: (as written, folded for comparing)."""
    request = row["request"]
    drop_standing(db, request)
    db.execute(_PUT, dict(row))
    for clock in clocks:
        db.execute(_PUT_CLOCK, dict(clock))
    for place, (number, plain) in enumerate(numbers):
        db.execute("INSERT INTO tracking VALUES (?, ?, ?, ?)", (request, place, number, plain))


def drop_standing(db: "Database", request: int | None = None) -> None:
    """Drop the derived rows of one request, or of all."""
    for table in ("standing_clocks", "tracking", "standing"):
        if request is None:
            db.execute(f"DELETE FROM {table}")  # noqa: S608 - our names
        else:
            db.execute(f"DELETE FROM {table} WHERE request = ?", (request,))  # noqa: S608 - our names


def standing_from(row: Mapping[str, Any]) -> Standing:
    """Read the record out of a standing row."""
    return Standing(
        request=row["request"],
        stage=Stage(row["stage"]),
        turn=Turn(row["turn"]),
        clock=row["clock"],
        due=read_day(row["due"]),
        who=row["who"],
        may_sue_since=read_day(row["may_sue_since"]),
        next_change_on=read_day(row["next_change_on"]),
        head_event=row["head_event"],
        pack_version=row["pack_version"],
        calendar_version=row["calendar_version"],
        unverified=row["unverified"],
    )


def changing_by(db: "Database", day: str) -> list[int]:
    """Return the requests whose answer may differ from this day on."""
    return [key for (key,) in db.execute("SELECT request FROM standing WHERE next_change_on <= ?", (day,)).fetchall()]


def without_standing(db: "Database") -> list[int]:
    """Return the requests that have no derived row at all."""
    found = db.execute("SELECT id FROM requests WHERE gone = 0 AND id NOT IN (SELECT request FROM standing)")
    return [key for (key,) in found.fetchall()]


def counted_under_others(db: "Database", versions: Mapping[str, tuple[str, str]]) -> list[int]:
    """Return the requests counted under another version of their law or calendar. versions: law -> (pack, calendar)."""
    found: list[int] = []
    for law, (pack, calendar) in versions.items():
        found += [
            key
            for (key,) in db.execute(
                """SELECT s.request FROM standing s JOIN requests r ON r.id = s.request
                WHERE r.law = ? AND (s.pack_version <> ? OR s.calendar_version <> ?)""",
                (law, pack, calendar),
            ).fetchall()
        ]
    return found


CLOCK_LINE = ("request", "clock_id", "kind", "who", "due", "state", "unverified", "title", "office_short")
_LINE = "c.request, c.clock_id, c.kind, c.who, c.due, c.state, c.unverified, r.title, r.office_short"
_STILL_TO_MEET = "c.due IS NOT NULL AND c.met_on IS NULL AND c.state IN ('running', 'missed')"
# Each query is read in the one order that touches every page once or few pages at all; the planner, left alone, jumps
# about (the plus signs keep it off other indexes).
_COMING = f"""SELECT {_LINE} FROM standing_clocks c INDEXED BY standing_clocks_open
    CROSS JOIN requests r ON r.id = c.request AND +r.trashed = 0 AND +r.gone = 0
    WHERE {_STILL_TO_MEET} AND c.due BETWEEN ? AND ? ORDER BY c.due, c.request, c.place LIMIT ?"""  # noqa: S608 - our own
_OWN_COMING = f"""SELECT {_LINE} FROM standing_clocks c INDEXED BY standing_clocks_own
    CROSS JOIN requests r ON r.id = c.request AND +r.trashed = 0 AND +r.gone = 0
    WHERE c.who = 'requester' AND (c.kind <> 'reminder' OR c.due <= ?) AND {_STILL_TO_MEET}
    AND c.due BETWEEN ? AND ? ORDER BY c.due, c.request, c.place LIMIT ?"""  # noqa: S608 - our own
_ALL = f"""SELECT {_LINE} FROM requests r NOT INDEXED CROSS JOIN standing_clocks c ON c.request = r.id
    WHERE +r.trashed = 0 AND +r.gone = 0 AND {_STILL_TO_MEET}"""  # noqa: S608 - our own
_CLOCKS_OF = f"""SELECT {_LINE} FROM json_each(?) j CROSS JOIN standing_clocks c ON c.request = j.value
    JOIN requests r ON r.id = c.request AND +r.trashed = 0 AND +r.gone = 0
    WHERE {_STILL_TO_MEET} ORDER BY c.request, c.due, c.place"""  # noqa: S608 - our own


def clocks_coming(db: "Database", first: str, last: str, limit: int) -> list[Row]:
    """Return the first clocks due from the first to the last day that somebody still has to meet, by due date."""
    return rows(db, _COMING, (first, last, limit))


def own_clocks_coming(db: "Database", first: str, last: str, remind: str, limit: int) -> list[Row]:
    """Return those of them that the requester has to meet; of reminders, those due by the day ``remind``."""
    return rows(db, _OWN_COMING, (remind, first, last, limit))


def open_clocks(db: "Database") -> list[tuple[Any, ...]]:
    """Return every clock that somebody still has to meet, the most urgent first, each as ``CLOCK_LINE`` names it."""
    found: list[tuple[Any, ...]] = db.execute(_ALL).fetchall()
    found.sort(key=itemgetter(4, 0))
    return found


def open_clocks_of(db: "Database", requests: Sequence[int]) -> list[Row]:
    """Return the clocks of these requests that somebody still has to meet, by request and due date."""
    return rows(db, _CLOCKS_OF, (f"[{','.join(map(str, requests))}]",))


def undated_clocks_of(db: "Database", requests: Sequence[int]) -> list[Row]:
    """Return the clocks of these requests that run without a date, by request."""
    return rows(
        db,
        """SELECT c.request, c.kind, c.who, c.start FROM standing_clocks c
        WHERE c.due IS NULL AND c.met_on IS NULL AND c.state IN ('running', 'paused')
        AND c.request IN (SELECT value FROM json_each(?)) ORDER BY c.request, c.place""",
        (f"[{','.join(map(str, requests))}]",),
    )


def waiting_for(db: "Database", turn: Turn, limit: int) -> list[Row]:
    """Return the standing of the requests in which it is somebody's turn, the most urgent first."""
    return rows(
        db,
        """SELECT s.*, r.title, r.office_short FROM standing s JOIN requests r ON r.id = s.request
        WHERE s.hidden = 0 AND s.turn = ? AND s.stage <> 'closed' ORDER BY s.urgency, s.request LIMIT ?""",
        (turn.value, limit),
    )


def lines_of(db: "Database", requests: Sequence[int]) -> list[Row]:
    """Return what requests are called, for those whose stored standing does not hold today."""
    sql = "SELECT id AS request, title, office_short FROM requests WHERE id IN (SELECT value FROM json_each(?))"
    return rows(db, sql, (f"[{','.join(map(str, requests))}]",))


def counted(db: "Database", request: int) -> list[Row]:
    """Return a request's clocks with what their dates were counted under, for telling what a recount moved."""
    return rows(
        db,
        """SELECT c.request, c.clock_id, c.kind, s.clock_id AS ruling,
            CASE WHEN c.clock_id = s.clock_id THEN s.due ELSE c.due END AS due, s.pack_version, s.calendar_version,
            r.title || ' · ' || r.office_short AS title
        FROM standing_clocks c JOIN standing s ON s.request = c.request JOIN requests r ON r.id = c.request
        WHERE c.request = ? ORDER BY c.place""",
        (request,),
    )


_EXHAUSTION = """SELECT s.request, s.stage, s.exhaustion, s.since, s.until, s.why, s.assumed, s.undisputed_since,
        s.expedition, s.expedition_since, s.exhaustion_unverified, r.title, r.office_short, r.campaign,
        c.title AS campaign_title
    FROM standing s JOIN requests r ON r.id = s.request LEFT JOIN campaigns c ON c.id = r.campaign
    WHERE s.hidden = 0 AND r.gone = 0 ORDER BY s.request"""


def exhaustions(db: "Database") -> list[Row]:
    """Return the stored answers to "may I sue?" of every request not in the trash, by request."""
    return rows(db, _EXHAUSTION)


def clock_ids(db: "Database") -> dict[int, list[tuple[str, str]]]:
    """Return (kind, id) of every clock by request, in order."""
    found: dict[int, list[tuple[str, str]]] = {}
    for request, kind, clock_id in db.execute("SELECT request, kind, clock_id FROM standing_clocks").fetchall():
        found.setdefault(request, []).append((kind, clock_id))
    return found


def stored(db: "Database", request: int) -> tuple[Row, list[Row], list[tuple[str, str]]] | None:
    """Return a request's derived rows as ``put_standing`` took them: standing, clocks, tracking numbers."""
    of = (request,)
    found = rows(db, "SELECT * FROM standing WHERE request = ?", of)
    if not found:
        return None
    clocks = rows(db, f"SELECT {', '.join(_CLOCKS)} FROM standing_clocks WHERE request = ? ORDER BY place", of)  # noqa: S608 - our names
    numbers = db.execute("SELECT number, plain FROM tracking WHERE request = ? ORDER BY place", of).fetchall()
    return found[0], clocks, numbers


def everything(db: "Database") -> tuple[list[tuple[Any, ...]], ...]:
    """Return all derived rows in a fixed order, for comparing before and after a rebuild."""
    return tuple(
        db.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall()  # noqa: S608 - our names
        for table in ("standing", "standing_clocks", "tracking")
    )
