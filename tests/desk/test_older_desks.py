"""A desk of an older schema opens, with a backup beside it, and answers as if it had been made today."""

from datetime import date

from foiadesk.desk import Desk
from foiadesk.store.rows_standing import everything
from foiadesk.store.schema import desk_migrations

from .conftest import START, Ask, Maker, Today, sent

_UNVERIFIED = (("standing", "unverified"), ("standing", "exhaustion_unverified"), ("standing_clocks", "unverified"))
_ADDED = ("since", "why", "assumed", "undisputed_since", "expedition", "expedition_since")


def test_a_desk_from_before_closures_is_brought_up_to_date(desk: Desk, ask: Ask, maker: Maker) -> None:
    number = ask()
    sent(desk, number, START)
    desk.requests.ids()
    row = desk.deadlines.exhaustion()
    with desk.read() as db:
        before = everything(db)

    def older(db: object) -> None:
        run = db.execute  # type: ignore[attr-defined]
        run("DROP TABLE closures")
        for name in _ADDED:
            run(f"ALTER TABLE standing DROP COLUMN {name}")
        run("DELETE FROM desk_steps WHERE name LIKE '0002%'")
        run("UPDATE desk_meta SET value = '1.1' WHERE name = 'schema'")

    desk.store.write(older)
    desk.close()
    again = maker.open()
    assert again.deadlines.exhaustion() == row
    with again.read() as db:
        assert [set(map(str, found)) for found in everything(db)[1:]] == [set(map(str, found)) for found in before[1:]]
        assert db.execute("SELECT value FROM desk_meta WHERE name = 'schema'").fetchone()[0] == desk_migrations.number
    assert again.calendar.closures() == () and again.safety.check() == []
    assert len(list((again.folder / "backups").glob(f"before-schema-{desk_migrations.number}*"))) == 1


def test_a_desk_from_before_unverified_rules_were_stored_says_them_at_once(
    desk: Desk, ask: Ask, maker: Maker, today: Today
) -> None:
    number = ask(office="DOJ/FBI")
    sent(desk, number, START)
    today.day = date(2026, 2, 3)
    desk.requests.add_event(number, {"kind": "determination", "date": "2026-02-02", "outcome": "full_denial"})
    due = desk.deadlines.due()
    assert [row.clock for row in due if row.unverified] == ["appeal_window"]
    with desk.read() as db:
        before = everything(db)

    def older(db: object) -> None:
        run = db.execute  # type: ignore[attr-defined]
        for table, name in _UNVERIFIED:
            run(f"ALTER TABLE {table} DROP COLUMN {name}")
        run("DELETE FROM desk_steps WHERE name LIKE '0007%'")
        run("UPDATE desk_meta SET value = '1.6' WHERE name = 'schema'")

    desk.store.write(older)
    desk.close()
    again = maker.open()
    assert again.deadlines.due() == due and again.safety.check() == []
    with again.read() as db:
        assert everything(db) == before
