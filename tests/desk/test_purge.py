"""Purge: afterwards no page, file or memory of the desk holds what was purged, and nothing brings it back."""

from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from foiadesk.desk import Change, Desk, IncomingFile, RequestPlan
from foiadesk.records import Channel
from foiadesk.records.errors import BadInput, NotFound, StorageFull
from foiadesk.records.progress import Cancelled, Progress
from foiadesk.store import Store
from foiadesk.store import rows_common as rows
from tests.raw_pages import holding, journal_holding

from .conftest import PASSPHRASE, START, Ask, Maker, sent

WORD = "Quetzalwhisper"
OTHER = "Marmoset"


def told(desk: Desk, word: str = WORD, *, long: int = 400) -> int:
    """Make a request that says a word wherever one can be said."""
    number = desk.requests.create(
        RequestPlan(
            f"About {word}", (f"All {word}.",), ("DHS/ICE",), (1,), campaign_title=f"{word} campaign",
            background=f"{word} " * long, notes=f"note {word}",
        )
    ).primary  # fmt: skip
    draft = desk.letters.start("policy_request", number).primary
    desk.letters.save(draft, {"background": f"more {word} " * long})
    desk.letters.mark_sent(draft, channel=Channel.PORTAL, on=START, with_blanks=True)
    desk.letters.start("overdue_notice", number)
    message = EmailMessage()
    message["From"], message["Subject"] = f"{word}@b.example", f"Re {word}"
    message.set_content(f"body {word} " * long)
    message.add_attachment(f"part {word}".encode(), maintype="text", subtype="plain", filename=f"{word}.txt")
    filed = desk.filing.file(IncomingFile(f"{word}.eml", message.as_bytes()), number).primary
    desk.filing.attach_event(filed, {"kind": "acknowledged", "date": "2026-01-05", "tracking_number": f"26-{word}-1"})
    desk.requests.add_event(number, {"kind": "note", "date": "2026-01-05", "note": f"called about {word}"})
    desk.settings.put_layout("new_request", f'{{"title": "About {word}", "items": ["All {word}."]}}')
    return number


def everything_said(desk: Desk) -> str:
    """Return every value of every row as one text."""
    with desk.read() as db:
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
        return repr([db.execute(f"SELECT * FROM {table}").fetchall() for table in tables])


def stored(desk: Desk) -> int:
    return len(list(desk.store.vault.keys()))


def test_nothing_of_a_purged_request_is_left_on_any_page(desk: Desk, ask: Ask) -> None:
    told(desk, OTHER)
    files = stored(desk)
    events = len(desk.requests.log(1))
    number = told(desk)
    logged = [event.id for event, _ in desk.requests.log(number)]
    assert WORD in everything_said(desk) and stored(desk) > files
    (desk.folder / "index.db").write_bytes(b"text of files")
    desk.requests.trash(number)
    heard: list[Change] = []
    desk.listen(heard.append)
    done = desk.trash.purge([("request", number)])
    assert done.things == 1 and done.files == 3 and done.later == ""
    assert not heard[-1].undoable and heard[-1].touches("request", number) and heard[-1].touches("attachment")
    assert WORD not in everything_said(desk) and stored(desk) == files
    assert holding(desk.folder / "desk.db", PASSPHRASE, WORD) == []
    assert holding(desk.folder / "desk.db", PASSPHRASE, OTHER), "the other request is still there"
    assert not (desk.folder / "index.db").exists()
    with pytest.raises(BadInput, match="nothing to undo"):
        desk.history.undo()
    with desk.read() as db:
        left = rows.rows(db, "SELECT id, kind, date, data, entered_at FROM events WHERE request = ?", (number,))
        why = db.execute("SELECT reason FROM event_status ORDER BY seq DESC LIMIT 1").fetchone()
    assert [row["id"] for row in left] == logged and why == ("purged",)
    assert {(row["kind"], row["date"], row["data"], row["entered_at"]) for row in left} == {("purged", "", "", "")}
    with pytest.raises(NotFound):
        desk.requests.get(number)
    assert desk.trash.list() == () and len(desk.requests.log(1)) == events
    assert [campaign.title for campaign in desk.requests.campaigns()] == [f"{OTHER} campaign"]
    assert desk.safety.check() == []


def findable_terms(desk: Desk) -> set[str]:
    """Return every word and every three letters that the index could find something by."""
    with desk.store.index.read() as index:
        index.conn.execute("PRAGMA query_only = OFF")
        for table in ("words", "parts"):
            index.conn.execute(f"CREATE VIRTUAL TABLE temp.{table}_said USING fts5vocab (main, {table}, row)")
        terms = {
            term
            for table in ("words", "parts")
            for (term,) in index.conn.execute(f"SELECT term FROM temp.{table}_said").fetchall()
        }
        for table in ("words", "parts"):
            index.conn.execute(f"DROP TABLE temp.{table}_said")
        index.conn.execute("PRAGMA query_only = ON")
        return terms


@pytest.mark.parametrize("brought", [True, False])
def test_nothing_of_it_is_left_on_any_page_of_the_search_index(desk: Desk, ask: Ask, brought: bool) -> None:
    """brought: the index learns of the trash before the purge; else the purge itself has to tell it."""
    index, ending = desk.folder / "index.db", WORD[5:]  # the beginning of a word may be written once for several
    told(desk, OTHER)
    number = told(desk)
    desk.search.bring()
    assert journal_holding(index, PASSPHRASE, WORD) and journal_holding(index, PASSPHRASE, OTHER)
    assert WORD.lower() in findable_terms(desk) and {"que", "lwh"} <= findable_terms(desk)
    desk.requests.trash(number)
    if brought:
        desk.search.bring()
    assert desk.trash.purge([("request", number)]).later == ""
    assert holding(index, PASSPHRASE, WORD, ending) == journal_holding(index, PASSPHRASE, WORD, ending) == []
    assert holding(index, PASSPHRASE, OTHER), "the other request is still findable"
    assert not any(WORD.lower() in term or term == "lwh" for term in findable_terms(desk))
    assert desk.search.find(OTHER).total and not desk.search.find(WORD).total
    desk.close()
    assert holding(index, PASSPHRASE, WORD, ending) == []


def test_an_index_that_is_not_rewritten_is_caught(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The broken control of the search of the index's pages."""
    number = told(desk)
    desk.search.bring()
    monkeypatch.setattr(desk.store.index, "rewrite", lambda: None)
    desk.requests.trash(number)
    desk.trash.purge([("request", number)])
    assert journal_holding(desk.folder / "index.db", PASSPHRASE, WORD)


def test_a_purge_with_secure_delete_off_is_caught(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The broken control: the words stay on free pages, and the search of the pages above finds them."""
    number = told(desk)
    alone = desk.store._writer.alone  # type: ignore[union-attr]

    def checkpoint_only(_rewrite: object) -> None:
        alone(lambda db: db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())

    monkeypatch.setattr(desk.store._writer, "alone", checkpoint_only)
    desk.store._writer._db.conn.execute("PRAGMA secure_delete = OFF")  # type: ignore[union-attr]
    desk.requests.trash(number)
    desk.trash.purge([("request", number)])
    assert WORD not in everything_said(desk)
    assert holding(desk.folder / "desk.db", PASSPHRASE, WORD), "the search would not have noticed"


def test_a_letter_goes_with_its_last_file_and_a_shared_file_stays(desk: Desk, ask: Ask) -> None:
    first, second = ask(), ask(office="DHS/CBP")
    shared, own = IncomingFile("s.bin", f"{WORD} shared".encode()), IncomingFile("o.bin", f"{WORD} own".encode())
    one = desk.filing.file(shared, first).primary
    desk.filing.file(shared, second)
    two = desk.filing.file(own, first).primary
    for each in (one, two):
        desk.trash.put("correspondence", each)
    assert desk.trash.purge([("correspondence", one)]).files == 0
    assert desk.trash.purge([("correspondence", two)]).files == 1
    assert [desk.filing.read(file.id) for file in desk.filing.documents()] == [shared.data]
    assert stored(desk) == 1 and desk.safety.check() == []


def test_a_second_vault_file_of_the_same_bytes_goes_too(desk: Desk, ask: Ask) -> None:
    letter = desk.filing.file(IncomingFile("a.bin", b"same bytes"), ask()).primary
    desk.store.vault.put(b"same bytes")
    desk.store.write(lambda db: rows.put_state(db, "storing", "yes"))
    from foiadesk.desk import recovery

    assert recovery.finish(desk) == () and stored(desk) == 2
    desk.trash.put("correspondence", letter)
    assert desk.trash.purge([("correspondence", letter)]).files == 2
    assert stored(desk) == 0 and desk.safety.check() == []


def test_the_answer_rests_on_its_event_when_the_letter_is_purged(desk: Desk, ask: Ask) -> None:
    number = ask()
    sent(desk, number, START)
    letter = desk.filing.file(IncomingFile("a.bin", b"bytes"), number).primary
    desk.filing.attach_event(letter, {"kind": "acknowledged", "date": "2026-01-05", "tracking_number": "2026-X-00012"})
    answer = desk.requests.answer(number)
    desk.trash.put("correspondence", letter)
    desk.trash.purge([("correspondence", letter)])
    assert desk.requests.answer(number) == answer and desk.filing.correspondence(number) == ()
    assert desk.filing.file(IncomingFile("a.bin", b"bytes"), number).primary > letter


def test_only_what_lies_in_the_trash_is_purged_all_or_nothing(desk: Desk, ask: Ask) -> None:
    one, two = ask(), ask(office="DHS/CBP")
    desk.requests.trash(one)
    with pytest.raises(NotFound, match="Nothing was purged"):
        desk.trash.purge([("request", one), ("request", two)])
    assert desk.requests.get(one).trashed and not desk.requests.get(two).trashed
    assert desk.history.next_undo() != ""


def test_events_are_still_never_changed_outside_a_purge(desk: Desk, ask: Ask) -> None:
    sent(desk, ask(), START)
    for sql in (
        "UPDATE events SET data = '', kind = 'purged'",
        "INSERT INTO purging VALUES (1); UPDATE events SET data = 'other'",
        "INSERT INTO purging VALUES (1); UPDATE events SET data = '', kind = 'purged', id = 'x'",
        "INSERT INTO purging VALUES (1); DELETE FROM events",
    ):

        def work(db: Any, sql: str = sql) -> None:
            for part in sql.split("; "):
                db.execute(part)

        with pytest.raises(Exception, match="events are never"):
            desk.store.write(work)
    assert len(desk.requests.events(1)) == 2


def test_what_a_fault_leaves_undone_is_said_and_done_at_the_next_opening(
    desk: Desk, maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = told(desk)
    desk.requests.trash(number)

    def full(_self: Store) -> None:
        raise StorageFull("The disk with the desk is full or its quota is spent.")

    monkeypatch.setattr(Store, "scrub", full)
    done = desk.trash.purge([("request", number)])
    assert "full" in done.later and "opened next" in done.later
    monkeypatch.undo()
    desk.close()
    again = maker.open()
    assert [line for line in again.opening if "purge" in line] and again.safety.check() == []
    again.close()
    assert holding(again.folder / "desk.db", PASSPHRASE, WORD) == []
    assert maker.open().opening == ()


def test_stopped_before_its_transaction_nothing_is_purged_and_after_it_all_is(desk: Desk, ask: Ask) -> None:
    numbers = ask(), ask(office="DHS/CBP")
    for number in numbers:
        desk.requests.trash(number)
    stopped = Progress()
    stopped.cancel()
    with pytest.raises(Cancelled):
        desk.trash.purge([("request", numbers[0])], stopped)
    assert desk.trash.count() == 2
    late = Progress(lambda done, _total, _what: late.cancel() if done == 1 else None)
    assert "opened next" in desk.trash.purge([("request", numbers[0])], late).later
    assert [item.id for item in desk.trash.list()] == [numbers[1]]


def test_where_backups_made_before_still_hold_it_is_said(desk: Desk, ask: Ask, tmp_path: Path) -> None:
    number, other = ask(), ask(office="DHS/CBP")
    desk.store.snapshot("before-schema-x")
    place = desk.backups.add(tmp_path / "stick").primary
    desk.backups.run(place)
    late = desk.filing.file(IncomingFile("late.bin", b"after the backups"), other).primary
    desk.trash.put("correspondence", late)
    assert desk.trash.purge([("correspondence", late)]).held_by == ()
    desk.requests.trash(number)
    first, second = desk.trash.purge([("request", number)]).held_by
    assert first == f"1 backup in “{desk.folder / 'backups'}”" and second.startswith("1 backup in “")
    (tmp_path / "stick").rename(tmp_path / "elsewhere")
    desk.requests.trash(other)
    assert "not connected" in desk.trash.purge([("request", other)]).held_by[-1]


def test_a_reading_program_beside_it_delays_only_the_journal(desk: Desk, maker: Maker) -> None:
    number = told(desk)
    desk.requests.trash(number)
    with maker.open(write=False) as other, other.read() as older:
        older.execute("SELECT count(*) FROM requests").fetchone()
        done = desk.trash.purge([("request", number)])
    assert "other program" in done.later
    desk.close()
    assert holding(desk.folder / "desk.db", PASSPHRASE, WORD) == []
