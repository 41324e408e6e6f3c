"""Every benchmark runs on tiny data, finds its answer right and tells well-formed results. No time is judged here."""

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bench import big_desk, clocks, filing_floor, machine, measure, table
from bench.__main__ import BENCHMARKS
from bench.histories import SHARES, entries, events, kind_of
from bench.setting import Setting
from bench.table import Goal, Row

NAMES = {
    "start": {"start_offscreen"},
    "unlock": {"unlock"},
    "due": {"due"},
    "requests_list": {"list_paint", "list_frame", "list_memory"},
    "clocks": {"clocks", "clocks_rate"},
    "letter": {"letter_warm", "letter_campaign", "letter_cold", "preview"},
    "filing": {"filing"},
    "importing": {"importing"},
    "responsive": {"responsive"},
    "backup": {"backup"},
    "search": {"search"},
    "search_peers": set(),  # what is installed to compare with differs
    "search_plain": {"search_warm", "search_cold", "search_insert"},
}


@pytest.fixture(scope="module")
def setting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Setting]:
    yield Setting.tiny(tmp_path_factory.mktemp("bench"))


def test_every_benchmark_is_tried_here() -> None:
    assert set(NAMES) == set(BENCHMARKS)


@pytest.mark.parametrize("name", BENCHMARKS)
def test_a_benchmark_checks_its_answer_and_tells_its_result(
    name: str, setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", _without_display(name))
    rows = importlib.import_module(f"bench.{name}").run(setting)
    assert {row.name for row in rows} >= NAMES[name]
    for row in rows:
        assert row.ours > 0
        assert row.floor is None or row.floor > 0
        assert row.met in (True, False, None)
        assert (row.ratio is None) == (row.floor is None)
        assert len(row.cells()) == len(table.HEADINGS)
        assert all(row.cells())
        json.dumps(row.as_json())


def _without_display(name: str):
    """A display server is started by `make bench` only; compilers are looked for as ever."""
    import shutil

    found = shutil.which
    return lambda program, *rest: None if name == "start" and program == "Xvfb" else found(program, *rest)


def test_the_floor_of_filing_without_a_compiler_stores_and_hashes_the_same(tmp_path: Path) -> None:
    files = []
    for number, size in enumerate((0, 1, 55, 56, 63, 64, 65, 119, 120, 100_000)):
        files.append(tmp_path / f"{number}.bin")
        files[-1].write_bytes(bytes((number + at) % 251 for at in range(size)))
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    _, plain, _ = filing_floor.Floor(None).run(files, tmp_path / "a")
    took, compiled, whose = filing_floor.prepare(tmp_path).run(files, tmp_path / "b")
    assert plain == compiled
    assert len(took) == len(files)
    assert whose in ("openssl", "plain")


def test_the_c_program_hashes_right_without_openssl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    floor = filing_floor.prepare(tmp_path)
    if floor.program is None:
        pytest.skip("there is no C compiler here")
    monkeypatch.setattr("ctypes.util.find_library", lambda _name: None)
    files = []
    for size in (0, 1, 55, 56, 63, 64, 65, 119, 120, 100_000):
        files.append(tmp_path / f"{size}.bin")
        files[-1].write_bytes(b"x" * size)
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    _, found, whose = floor.run(files, tmp_path / "a")
    assert whose == "plain"
    assert found == filing_floor.Floor(None).run(files, tmp_path / "b")[1]


def test_histories_keep_to_their_shares_and_to_the_past() -> None:
    today = date(2026, 3, 2)
    counted = {kind: sum(kind_of(number) == kind for number in range(100)) for kind in SHARES}
    assert counted == SHARES
    assert sum(SHARES.values()) == 100
    for number in range(2_000):
        told = entries(number, today)
        assert all(entry["date"] <= today.isoformat() for entry in told)
        assert entries(number, today) == told
        assert len(events(number, today)) == len(told)


def test_copied_requests_are_as_good_as_made_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from foiadesk.desk import Desk

    monkeypatch.setattr(big_desk, "MADE", 12)
    made = big_desk.build(tmp_path / "desk", 31, date(2026, 3, 2))
    assert made.requests == 31
    with Desk.open(made.folder, big_desk.PASSPHRASE, clock=lambda: date(2026, 3, 2)) as desk:
        assert desk.safety.check() == []
        before = desk.deadlines.due()
        ids = sorted(desk.requests.ids())
        assert len(ids) == 31
        assert sum(bool(desk.requests.events(request)) for request in ids) == made.sent
        assert [event.kind for event in desk.requests.events(ids[3])] == [
            event.kind for event in desk.requests.events(ids[15])
        ]
        desk.deadlines.rebuild()
        assert desk.deadlines.due() == before


def test_a_wrong_stored_answer_is_noticed(tmp_path: Path) -> None:
    from foiadesk.desk import Desk

    today = date(2026, 3, 2)
    made = big_desk.build(tmp_path / "desk", 12, today)
    with Desk.open(made.folder, big_desk.PASSPHRASE, clock=lambda: today) as desk:
        ids = sorted(desk.requests.ids())
        desk.store.write(lambda db: db.execute("UPDATE standing SET stage = 'closed' WHERE request = ?", (ids[5],)))
        with pytest.raises(measure.Failed, match="is not the one its events give"):
            big_desk._check(desk, ids, today)


def test_a_wrong_count_of_days_is_noticed() -> None:
    today = date(2026, 3, 2)
    histories = [events(number, today) for number in range(100) if events(number, today)]
    with pytest.raises(measure.Failed, match="the counts differ"):
        clocks._compare(histories, clocks_of, {date(2026, 2, 27)}, today)


def clocks_of(history):
    from foiadesk.law import answer, load_pack

    return answer(history, law=load_pack("us-foia"), agency=clocks.OFFICE, today=date(2026, 3, 2))


def test_runs_alternate_and_the_first_is_thrown_away() -> None:
    order: list[str] = []
    ours, floor = iter([99.0, 1.0, 2.0, 3.0]), iter([99.0, 4.0, 5.0, 6.0])

    def run(name: str, values: Iterator[float]) -> float:
        order.append(name)
        return next(values)

    found = measure.interleaved(3, lambda: run("ours", ours), lambda: run("floor", floor))
    assert found == ([1.0, 2.0, 3.0], [4.0, 5.0, 6.0])
    assert order == ["ours", "floor"] * 4


def test_percentiles() -> None:
    values = [float(number) for number in range(1, 101)]
    assert measure.middle([3.0, 1.0, 2.0]) == 2.0
    assert 94 < measure.percentile(values, 95) <= 96
    assert measure.percentile([7.0], 99) == 7.0


@pytest.mark.parametrize(
    ("goal", "ours", "floor", "met"),
    [
        (Goal("at most", 1.3), 13.0, 10.0, True),
        (Goal("at most", 1.3), 13.1, 10.0, False),
        (Goal("at least", 0.5), 5.0, 10.0, True),
        (Goal("at least", 0.5), 4.9, 10.0, False),
        (Goal("at most", 1.3), 13.1, None, None),
        (Goal("at least", 5_000, of="ours"), 4_999.0, None, False),
        (None, 1.0, 1.0, None),
    ],
)
def test_a_goal_is_judged(goal: Goal | None, ours: float, floor: float | None, met: bool | None) -> None:
    row = Row("x", "what", "ms", ours, floor, "a floor", goal)
    assert row.met is met
    assert row.cells()[-1] == {True: "yes", False: "NO", None: "-"}[met]


def test_the_file_says_what_the_table_says_and_nothing_of_whose_machine_it_is(tmp_path: Path) -> None:
    row = Row("x", "what", "ms", 12.0, 10.0, "a floor", Goal("at most", 1.3), notes=("a note",))
    table.write(tmp_path / "results.json", [row], {"machine": machine.describe()})
    text = (tmp_path / "results.json").read_text("utf-8")
    found = json.loads(text)
    assert found["rows"][0]["ratio"] == 1.2
    assert found["rows"][0]["met"] is True
    assert found["rows"][0]["goal"] == "<= 1.3x"
    assert found["machine"]["cores"] >= 1
    assert str(Path.home()) not in text
    assert str(measure.ROOT) not in text
    assert "    a note" in table.as_text([row])


def test_a_child_that_fails_is_told_with_its_words(tmp_path: Path) -> None:
    with pytest.raises(measure.Failed, match="No module named"):
        measure.child("bench.children.no_such_thing", [], measure.surroundings_of_children(tmp_path))


def test_a_child_that_never_paints_says_what_it_shows_instead(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication, QLabel\n"
        "from bench.children.paint import FirstPaint, answer, give_up_after\n"
        "app = QApplication(sys.argv[:1])\n"
        "label = QLabel('The desk did not open.')\n"
        "label.show()\n"
        "FirstPaint(app, 'NoSuchWidget', lambda seen: answer())\n"
        "give_up_after(1, app)\n"
        "app.exec()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        cwd=measure.ROOT,
        env=measure.surroundings_of_children(tmp_path),
        check=False,
    )
    assert done.returncode == 3
    assert "QLabel shows: The desk did not open." in done.stderr


def test_a_child_that_takes_too_long_fails(tmp_path: Path) -> None:
    with pytest.raises(measure.Failed, match="did not answer within"):
        measure.child("bench.children.bare_window", [], measure.surroundings_of_children(tmp_path), seconds=0.01)


def test_misuse_is_refused_before_anything_runs(checkout: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--only", "nothing"], capture_output=True, text=True, cwd=checkout, check=False
    )
    assert done.returncode == 2
    assert "nothing" in done.stderr
