"""Named steps from any older schema to the present one, each in a transaction of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from foiadesk.records.errors import DamagedDesk, NewerDesk, NotADesk
from foiadesk.records.speech import say

if TYPE_CHECKING:
    from sqlite_utils import Database

Work = Callable[["Database"], None]


@dataclass(frozen=True)
class Step:
    """One change of the schema. name: unique for ever, e.g. "0003 courts"; work: makes the change."""

    name: str
    work: Work


class Migrations:
    """The schema of one file: its steps in order, and its number major.minor.

    The minor number counts the steps taken. A program opens a file with more steps of the same major, which add only
    what it may ignore; a larger major says that an older program would misread the file.
    """

    def __init__(self, name: str, major: int = 1) -> None:
        self.name = name
        self.major = major
        self.steps: list[Step] = []

    def step(self, name: str) -> Callable[[Work], Work]:
        """Register the decorated function as the next step. It runs inside a transaction, foreign keys unchecked."""

        def register(work: Work) -> Work:
            if any(known.name == name for known in self.steps):
                raise ValueError(f"Step {name!r} is registered twice.")
            self.steps.append(Step(name, work))
            return work

        return register

    @property
    def number(self) -> str:
        """The schema number this program writes, e.g. "1.7"."""
        return f"{self.major}.{len(self.steps)}"

    def start(self, db: "Database") -> None:
        """Lay the ground in a new file: who it is and which steps it has taken."""
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            db.conn.execute("CREATE TABLE desk_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID")
            db.conn.execute("CREATE TABLE desk_steps (name TEXT PRIMARY KEY, taken_at TEXT NOT NULL) STRICT")
            rows = {"kind": self.name, "created": _now(), "schema": f"{self.major}.0"}
            db.conn.executemany("INSERT INTO desk_meta VALUES (?, ?)", rows.items())
            db.conn.execute("COMMIT")
        except BaseException:
            if db.conn.in_transaction:
                db.conn.execute("ROLLBACK")
            raise

    def pending(self, db: "Database") -> list[Step]:
        """Return the steps a file still has to take.

        Raises NotADesk when the file is no such file of ours, NewerDesk when its major number is larger.
        """
        tables = {row[0] for row in db.conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not {"desk_meta", "desk_steps"} <= tables:
            raise _not_ours()
        meta = dict(db.conn.execute("SELECT name, value FROM desk_meta").fetchall())
        if meta.get("kind") != self.name:
            raise _not_ours()
        schema = str(meta.get("schema", ""))
        major = schema.partition(".")[0]
        if not major.isdecimal():
            raise DamagedDesk(
                "The desk does not say which schema it has.",
                safe="Nothing was changed.",
                todo="Open the newest backup.",
            )
        if int(major) > self.major:
            raise NewerDesk(
                say(
                    "The desk was written by a newer FOIADesk (schema {schema}; this program knows {number}).",
                    schema=schema,
                    number=self.number,
                ),
                safe="Nothing was changed.",
                todo="Open it with the newer program.",
            )
        taken = {row[0] for row in db.conn.execute("SELECT name FROM desk_steps")}
        return [step for step in self.steps if step.name not in taken]

    def run(self, db: "Database") -> list[str]:
        """Take every pending step on a connection nobody else uses, and return their names.

        Raises what `pending` raises, DamagedDesk when a step leaves a row without the row it refers to, and what the
        step raises; the steps before it stay taken, its own work is undone.
        """
        steps = self.pending(db)
        for step in steps:
            self._take(db, step)
        return [step.name for step in steps]

    def _take(self, db: "Database", step: Step) -> None:
        conn = db.conn
        conn.execute("PRAGMA foreign_keys = OFF")  # has no effect inside a transaction, so before it
        try:
            conn.execute("BEGIN IMMEDIATE")
            step.work(db)
            if not conn.in_transaction:
                raise RuntimeError(f"Step {step.name!r} ended its transaction itself.")
            if (orphan := conn.execute("PRAGMA foreign_key_check").fetchone()) is not None:
                raise DamagedDesk(
                    say(
                        "The desk could not be brought up to date: a row of {orphan} refers to a missing row of "
                        "{orphan2} (step “{step}”).",
                        orphan=orphan[0],
                        orphan2=orphan[2],
                        step=step.name,
                    ),
                    safe="The desk is as it was before, and a verified copy lies in its folder “backups”.",
                    todo="Go on with the older program and report this.",
                )
            conn.execute("INSERT INTO desk_steps VALUES (?, ?)", (step.name, _now()))
            taken = conn.execute("SELECT count(*) FROM desk_steps").fetchone()[0]
            conn.execute(
                "INSERT INTO desk_meta VALUES ('schema', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (f"{self.major}.{taken}",),
            )
            conn.execute("COMMIT")
        except BaseException:
            if conn.in_transaction:
                conn.execute("ROLLBACK")
            raise
        finally:
            conn.execute("PRAGMA foreign_keys = ON")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _not_ours() -> NotADesk:
    return NotADesk(
        "The passphrase opens the file, but it is not a FOIADesk desk.",
        safe="Nothing was changed.",
        todo="Choose the folder of a desk.",
    )
