"""The desk as a whole: threads, imports, secrecy on disk, and what a killed program leaves."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from foiadesk.desk import Change, Desk, IncomingFile, RequestPlan
from foiadesk.records.errors import DeskBusy, NotADesk, ReadOnly, WrongPassphrase
from foiadesk.store.rows_standing import everything

from .conftest import PASSPHRASE, Ask, Maker

CANARY = "zyzzogeton"  # in no word list, no font and no library


def test_a_closed_desk_opens_again_with_all_it_held(maker: Maker, desk: Desk, ask: Ask) -> None:
    number = ask()
    desk.requests.add_event(number, {"kind": "note", "date": "2026-01-05", "note": "kept"})
    before = desk.requests.get(number), desk.requests.events(number), desk.requests.rows([number])
    desk.close()
    desk.close()
    again = maker.open()
    assert (again.requests.get(number), again.requests.events(number), again.requests.rows([number])) == before


def test_one_writes_and_others_read_beside_it(maker: Maker, desk: Desk, ask: Ask) -> None:
    number = ask()
    with pytest.raises(DeskBusy):
        maker.open()
    reader = maker.open(write=False)
    assert reader.read_only and list(reader.requests.ids()) == [number]
    with pytest.raises(ReadOnly):
        reader.requests.trash(number)
    desk.requests.trash(number)
    assert list(reader.requests.ids()) == []


def test_what_is_no_desk_or_not_mine_is_said(maker: Maker, desk: Desk, tmp_path: Path) -> None:
    desk.close()
    with pytest.raises(WrongPassphrase):
        Desk.open(desk.folder, "not the passphrase")
    with pytest.raises(NotADesk):
        Desk.open(tmp_path / "nowhere", PASSPHRASE)


def test_many_threads_act_at_once_and_the_answers_stay_right(desk: Desk, ask: Ask) -> None:
    numbers = [ask(f"Request {place}") for place in range(4)]
    heard: list[Change] = []
    desk.listen(heard.append)
    failures: list[BaseException] = []

    def work(place: int) -> None:
        try:
            for round_ in range(6):
                number = numbers[(place + round_) % len(numbers)]
                desk.requests.add_event(number, {"kind": "note", "date": "2026-01-05", "note": f"{place}.{round_}"})
                data = b"shared by all" if round_ % 2 else f"{place}.{round_}".encode()
                desk.filing.file(IncomingFile(f"{place}.txt", data), number)
                desk.requests.rows(desk.requests.ids())
                desk.deadlines.today()
                if round_ == 3:
                    desk.history.undo()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(place,)) for place in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with desk.read() as db:
        stored = everything(db)
        contents = db.execute("SELECT count(*), count(DISTINCT sha256) FROM contents").fetchone()
    assert contents[0] == contents[1]
    desk.deadlines.rebuild()
    with desk.read() as db:
        assert everything(db) == stored
    assert desk.safety.check() == []
    assert sum(change.sentence.startswith("Note") for change in heard) == 36


def _python(code: str, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), **environment},
    )


def test_what_foiadesk_due_needs_is_little(maker: Maker, desk: Desk, ask: Ask) -> None:
    ask()
    desk.requests.ids()
    desk.close()
    code = """if True:
        import sys
        from datetime import date
        from pathlib import Path
        from foiadesk.desk import Desk
        assert "sqlite_utils" not in sys.modules
        with Desk.open(Path(sys.argv[1]), sys.argv[2], write=False, clock=lambda: date(2026, 1, 5)) as desk:
            desk.deadlines.due()
        heavy = {"reportlab", "jinja2", "PySide6", "pikepdf", "pypdfium2", "PIL"}
        print(sorted((heavy | {"foiadesk.law.engine", "foiadesk.intake"}) & set(sys.modules)))
    """
    done = _python(code, str(desk.folder), PASSPHRASE)
    assert (done.stdout, done.stderr) == ("[]\n", "")


@pytest.fixture
def homes(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Every place a program could leave something, below one folder."""
    places = {}
    for name in (
        "HOME",
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_CACHE_HOME",
        "XDG_STATE_HOME",
        "XDG_RUNTIME_DIR",
        "TMPDIR",
    ):
        place = tmp_path / "places" / name
        place.mkdir(parents=True, mode=0o700)
        places[name] = str(place)
    yield places


TELL = """if True:
    import logging, os, signal, sys
    from datetime import date
    from pathlib import Path
    logging.basicConfig(filename=Path(os.environ["XDG_STATE_HOME"]) / "log", level=logging.DEBUG)
    from foiadesk.desk import Desk, IncomingFile, RequestPlan
    from foiadesk.records import Channel, Requester
    sys.path.insert(0, sys.argv[4])
    from messages import acknowledgement
    word = sys.argv[3]
    desk = Desk.create(Path(sys.argv[1]), sys.argv[2], clock=lambda: date(2026, 1, 5))
    desk.people.add(Requester(word))
    plan = RequestPlan(f"About {word}", (f"All {word}.",), ("DHS/ICE",), (1,), notes=f"note {word}")
    number = desk.requests.create(plan).primary
    desk.requests.add_event(number, {"kind": "note", "date": "2026-01-05", "note": word})
    letter = desk.letters.start("policy_request", number).primary
    desk.letters.save(letter, {"background": f"Because of {word}."})
    desk.letters.preview("policy_request", number, {"background": word}, scale=0.2)
    desk.letters.mark_sent(letter, channel=Channel.PORTAL, on=date(2026, 1, 5), with_blanks=True)
    mail = IncomingFile(f"{word}.eml", acknowledgement(body=f"This is to acknowledge {word}."))
    desk.filing.understand(mail)
    filed = desk.filing.file(mail, number, event={"kind": "acknowledged", "date": "2026-01-05"})
    desk.filing.file(IncomingFile(f"{word}.txt", word.encode() * 100), number)
    desk.filing.text(desk.filing.get(filed.primary).attachments[1].id)
    desk.settings.put_layout("window", word)
    desk.history.undo()
    desk.deadlines.today()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_word_of_a_killed_desk_is_nowhere_on_disk(tmp_path: Path, homes: dict[str, str]) -> None:
    folder = tmp_path / "places" / "Desk"
    here = str(Path(__file__).parent)
    done = _python(TELL, str(folder), PASSPHRASE, CANARY, here, **homes)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert CANARY not in done.stdout + done.stderr
    _nowhere(tmp_path, CANARY)
    _nowhere(tmp_path, PASSPHRASE)
    _nowhere(tmp_path, "AGE-SECRET-KEY-")
    desk = Desk.open(folder, PASSPHRASE)
    try:
        (number,) = desk.requests.ids()
        assert CANARY in desk.requests.get(number).title and desk.store.check() == []
        documents = desk.filing.documents(number)
        assert any(CANARY.encode() in desk.filing.read(file.id) for file in documents)
        _nowhere(tmp_path, CANARY)
    finally:
        desk.close()


def _nowhere(folder: Path, word: str) -> None:
    """Fail when a word stands in the name or the bytes of any file below, as UTF-8 or UTF-16."""
    for path in folder.rglob("*"):
        assert word not in path.name
        if path.is_file():
            data = path.read_bytes()
            assert word.encode() not in data and word.encode("utf-16-le") not in data, path


def test_the_search_for_the_word_would_find_it(tmp_path: Path) -> None:
    (tmp_path / "leak").write_bytes(b"..." + CANARY.encode())
    with pytest.raises(AssertionError):
        _nowhere(tmp_path, CANARY)


def test_a_plan_is_stored_whole_or_not_at_all(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from foiadesk.desk import standing

    def fails(*_: object) -> None:
        raise RuntimeError("the power goes")

    monkeypatch.setattr(standing, "put", fails)
    plan = RequestPlan("T", ("a",), ("DHS/ICE", "DHS/CBP"), (1,))
    with pytest.raises(RuntimeError):
        desk.requests.create(plan)
    monkeypatch.undo()
    assert list(desk.requests.ids()) == [] and desk.requests.campaigns() == () and desk.history.next_undo() == ""
