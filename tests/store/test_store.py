"""The store: one writer in order, snapshots for readers, joined and failed actions, closing."""

import threading

import pytest

from foiadesk.records.errors import KnownError, ReadOnly
from foiadesk.store import Store


def add(text):
    return lambda db: db["notes"].insert({"text": text}).last_pk


def texts(store):
    with store.read() as db:
        return [row["text"] for row in db["notes"].rows]


def test_what_is_written_is_there_after_reopening(folder, passphrase, migrations):
    with Store.open(folder, passphrase, migrations) as store:
        assert store.write(add("a")) == 1
        stored = store.vault.put(b"bytes")
    with Store.open(folder, passphrase, migrations) as store:
        assert texts(store) == ["a"]
        assert store.vault.read(stored.key, stored.sha256) == b"bytes"


@pytest.mark.parametrize("write", [True, False])
def test_what_is_to_be_loaded_meanwhile_is_loaded_while_the_key_is_derived(folder, passphrase, migrations, write):
    with Store.open(folder, passphrase, migrations) as store:
        store.write(add("a"))
    seen = []
    with Store.open(
        folder, passphrase, migrations, write=write, meanwhile=lambda: seen.extend(threading.enumerate())
    ) as store:
        assert texts(store) == ["a"]
    assert threading.current_thread() in seen


def test_what_fails_meanwhile_is_told_and_the_desk_opens_again(folder, passphrase, migrations):
    def fail():
        raise ZeroDivisionError("meanwhile")

    with pytest.raises(ZeroDivisionError, match="meanwhile"):
        Store.open(folder, passphrase, migrations, meanwhile=fail)
    assert not [thread for thread in threading.enumerate() if thread.name == "key"]
    with Store.open(folder, passphrase, migrations) as store:
        assert texts(store) == []


def test_a_failing_action_leaves_nothing_and_the_next_one_works(store):
    def fail(db):
        add("half")(db)
        raise ZeroDivisionError("in the action")

    with pytest.raises(ZeroDivisionError, match="in the action"):
        store.write(fail)
    assert texts(store) == []
    store.write(add("whole"))
    assert texts(store) == ["whole"]


def test_even_an_exit_inside_an_action_neither_commits_nor_kills_the_desk_thread(store):
    def leave(db):
        add("half")(db)
        raise SystemExit(3)

    with pytest.raises(SystemExit):
        store.write(leave)
    store.write(add("whole"))
    assert texts(store) == ["whole"]


def test_actions_from_many_threads_run_one_at_a_time(store):
    running = []

    def work(db):
        running.append(1)
        assert len(running) == 1
        add("x")(db)
        running.pop()

    threads = [threading.Thread(target=lambda: [store.write(work) for _ in range(20)]) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(texts(store)) == 120


def test_inner_work_joins_the_open_transaction(store):
    def outer(db):
        add("outer")(db)
        store.write(add("inner"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.write(outer)
    assert texts(store) == []


def test_a_failed_inner_part_is_undone_alone(store):
    def inner(db):
        add("inner")(db)
        raise ZeroDivisionError

    def outer(db):
        add("outer")(db)
        with pytest.raises(ZeroDivisionError):
            store.write(inner)
        add("after")(db)

    store.write(outer)
    assert texts(store) == ["outer", "after"]


def test_reading_inside_an_action_sees_its_own_changes_and_cannot_write(store):
    def work(db):
        add("mine")(db)
        with store.read() as inside:
            seen = [row["text"] for row in inside["notes"].rows]
            with pytest.raises(Exception, match="readonly"):
                add("forbidden")(inside)
        add("allowed again")(db)
        return seen

    assert store.write(work) == ["mine"]
    assert texts(store) == ["mine", "allowed again"]


def test_a_reader_sees_one_state_while_others_write(store):
    store.write(add("before"))
    with store.read() as db:
        assert db["notes"].count == 1
        writer = threading.Thread(target=lambda: store.write(add("meanwhile")))
        writer.start()
        writer.join()
        assert db["notes"].count == 1
    assert len(texts(store)) == 2


def test_a_thread_that_wrote_reads_what_it_wrote_even_inside_an_older_snapshot(store):
    with store.read() as db:
        assert db["notes"].count == 0
        store.write(add("new"))
        assert texts(store) == ["new"]
        assert db["notes"].count == 0


def test_nested_reads_on_one_thread_see_one_state(store):
    with store.read() as outer, store.read() as inner:
        assert outer is inner
    with store.read() as db:
        assert db["notes"].count == 0


def test_many_readers_at_once(store):
    store.write(lambda db: db["notes"].insert_all({"text": str(n)} for n in range(500)))
    gate = threading.Barrier(12)
    counts = []

    def read():
        with store.read() as db:
            gate.wait()
            counts.append(db["notes"].count)

    threads = [threading.Thread(target=read) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [500] * 12
    assert len(store._readers._idle) <= 4


def test_an_error_in_a_reader_is_that_readers_only(store):
    with pytest.raises(Exception, match="no such table"), store.read() as db:
        db.execute("SELECT * FROM nowhere")
    assert texts(store) == []


def test_an_action_that_commits_itself_is_a_bug(store):
    with pytest.raises(RuntimeError, match="ended its transaction"):
        store.write(lambda db: db.commit())
    store.write(add("still works"))


def test_many_statements_in_one_script_are_undone_with_the_action(store):
    def work(db):
        db.executescript("INSERT INTO notes (text) VALUES ('a'); INSERT INTO notes (text) VALUES ('b');")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.write(work)
    assert texts(store) == []


def test_closing_runs_everything_already_queued(folder, passphrase, migrations):
    store = Store.open(folder, passphrase, migrations)
    started, go = threading.Event(), threading.Event()

    def slow(db):
        started.set()
        go.wait()
        add("slow")(db)

    results = []
    threads = [threading.Thread(target=lambda: store.write(slow))]
    threads[0].start()
    started.wait()
    for number in range(10):
        thread = threading.Thread(target=lambda n=number: results.append(store.write(add(f"queued {n}"))))
        thread.start()
        threads.append(thread)
    while store._writer._queue.qsize() < 10:
        pass
    closer = threading.Thread(target=store.close)
    closer.start()
    go.set()
    for thread in [*threads, closer]:
        thread.join()
    assert len(results) == 10
    with Store.open(folder, passphrase, migrations) as again:
        assert len(texts(again)) == 11


def test_closing_empties_the_journal_and_removes_its_files(folder, passphrase, migrations):
    store = Store.open(folder, passphrase, migrations)
    store.write(add("a"))
    assert (folder / "desk.db-wal").stat().st_size > 0
    store.close()
    assert sorted(entry.name for entry in folder.iterdir()) == ["attachments", "backups", "desk.db", "desk.lock"]


def test_a_closed_store_says_so(store):
    store.close()
    store.close()
    with pytest.raises(KnownError, match="closed"):
        store.write(add("late"))
    with pytest.raises(KnownError, match="closed"), store.read():
        pass


def test_closing_waits_for_a_reader_and_stops_what_it_runs(folder, passphrase, migrations):
    store = Store.open(folder, passphrase, migrations)
    begun = threading.Event()
    told = []

    def read():
        try:
            with store.read() as db:
                db.conn.create_function("begun", 0, lambda: begun.set() or 1)
                db.execute(
                    "WITH RECURSIVE n(x) AS (SELECT begun() UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
                ).fetchone()
        except KnownError as error:
            told.append(error.what)

    thread = threading.Thread(target=read)
    thread.start()
    begun.wait()
    store.close()
    thread.join()
    assert told == ["The work was stopped."]
    assert not (folder / "desk.db-wal").exists()


def test_an_action_cannot_close_its_own_desk(store):
    with pytest.raises(RuntimeError, match="cannot close"):
        store.write(lambda db: store.close())
    store.write(add("still open"))


def test_reading_beside_a_writer_sees_committed_rows_at_once(store, folder, passphrase, migrations):
    with Store.open(folder, passphrase, migrations, write=False) as other:
        assert other.read_only
        store.write(add("a"))
        assert texts(other) == ["a"]
        with pytest.raises(ReadOnly, match="reading only"):
            other.write(add("b"))
        with pytest.raises(ReadOnly):
            other.vault.put(b"x")


def test_a_store_without_identity_is_damaged(folder, passphrase, migrations):
    from foiadesk.records.errors import DamagedDesk
    from foiadesk.store.connection import connect

    db = connect(folder / "desk.db", passphrase, "write")
    db.execute("DELETE FROM vault_identity")
    db.close()
    with pytest.raises(DamagedDesk, match="key of its attachments"):
        Store.open(folder, passphrase, migrations)


def test_every_public_tool_way_in_works(folder, passphrase):
    """The passphrase alone, given to SQLCipher with its defaults, opens the desk: recovery needs no code of ours."""
    import sqlcipher3

    connection = sqlcipher3.connect(str(folder / "desk.db"))
    connection.execute("PRAGMA key = '" + passphrase.replace("'", "''") + "'")
    secret = connection.execute("SELECT secret FROM vault_identity").fetchone()[0]
    connection.close()
    assert secret.startswith("AGE-SECRET-KEY-1")
