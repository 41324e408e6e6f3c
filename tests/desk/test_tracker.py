"""Somebody's own tracker brought in: read as text, mapped, shown row by row, made in one undo."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foiadesk.desk import Desk, IncomingFile
from foiadesk.desk.tracker import TrackerMapping
from foiadesk.desk.tracker_cells import channel, day, outcome, suggested
from foiadesk.intake.tables import csv_table
from foiadesk.records import Channel, EventKind, Stage
from foiadesk.records.errors import BadInput, Unreadable
from tests.intake.made import xlsx
from tests.shared_data import shared

TRACKER = """Subject,Agency,Date Sent,Method,FOIA No.,Date Received,Response date,Disposition,Owner
Face recognition,DHS/ICE,2025-10-01,Portal,2026-ICFO-1,2025-10-01,,,Ana
Deaths in custody,USMS,10/2/2025,E-mail,,,2025-12-01,Denied in part,Bo
License plates,Federal Bureau of Nowhere,2025-10-03,Fax,,,,,Ana
,DHS/CBP,2025-10-03,carrier pigeon,,,,,Bo
"""


def _file(text: str, name: str = "tracker.csv") -> IncomingFile:
    return IncomingFile(name, text.encode())


def test_every_row_is_shown_with_what_it_would_make_and_why_not(desk: Desk) -> None:
    table = desk.tracker.read(_file(TRACKER))
    columns = desk.tracker.suggest(table)
    assert columns == {
        "title": (0,), "office": (1,), "sent": (2,), "channel": (3,), "tracking": (4,), "received": (5,),
        "answered": (6,), "outcome": (7,),
    }  # fmt: skip
    plan = desk.tracker.plan(table, TrackerMapping(columns, dates="mdy"))
    assert [row.number for row in plan.rows] == [2, 3, 4, 5] and [row.number for row in plan.good] == [2, 3]
    assert plan.left_out == ("Owner",) and plan.unknown == ("Federal Bureau of Nowhere",)
    first, second, third, fourth = plan.rows
    assert first.office_code == "DHS/ICE" and len(first.said) == 3
    assert second.office_code == "DOJ/USMS" and second.said[0].endswith("2 Oct 2025")
    assert "Federal Bureau of Nowhere" in third.problems[0]
    assert fourth.problems[0] == "It has no title." and "carrier pigeon" in fourth.problems[1]
    assert list(desk.requests.ids()) == [] and desk.filing.documents() == ()


def test_all_rows_come_in_at_once_and_go_at_once(desk: Desk) -> None:
    source = _file(TRACKER)
    table = desk.tracker.read(source)
    how = TrackerMapping(
        desk.tracker.suggest(table), dates="mdy", offices={"Federal Bureau of Nowhere": "DOJ/FBI"}, requesters=(1,),
        rest_to_notes=True,
    )  # fmt: skip
    with pytest.raises(BadInput, match="row 5: It has no title"):
        desk.tracker.bring(table, how)
    assert list(desk.requests.ids()) == []
    change = desk.tracker.bring(table, how, leave_out_bad=True, source=source)
    assert change.sentence == "Made 3 requests from “tracker.csv”; 1 row left out"
    one, two, three = sorted(change.ids["request"])
    row = desk.requests.rows([one])[0]
    assert (row.title, row.tracking, row.standing.stage) == ("Face recognition", ("2026-ICFO-1",), Stage.OVERDUE)
    assert desk.requests.get(one).notes == "Owner: Ana" and desk.requests.get(one).requesters == (1,)
    kinds = {event.kind: event for event in desk.requests.events(two)}
    assert kinds[EventKind.DETERMINATION].get("outcome") == "partial_grant"
    assert kinds[EventKind.REQUEST_SENT].get("channel") == "email"
    assert desk.requests.get(three).office.code == "DOJ/FBI"
    (kept,) = desk.filing.documents()
    assert kept.name == "tracker.csv" and desk.filing.read(kept.id) == source.data
    again = desk.tracker.plan(table, how)
    assert "already" in again.rows[0].problems[0]
    assert desk.safety.check() == []
    desk.history.undo()
    assert list(desk.requests.ids()) == [] and desk.filing.documents() == ()
    desk.history.redo()
    assert len(desk.requests.ids()) == 3 and desk.safety.check() == []


def test_formulas_stay_text(desk: Desk) -> None:
    hostile = (shared("hostile") / "csv-payload.txt").read_text().splitlines()
    lines = [
        "title,office,notes",
        *(f'"{line.replace(chr(34), chr(34) * 2)}",DHS/ICE,"{line.replace(chr(34), chr(34) * 2)}"' for line in hostile),
    ]
    table = desk.tracker.read(_file("\n".join(lines)))
    change = desk.tracker.bring(table, TrackerMapping(desk.tracker.suggest(table)))
    made = [desk.requests.get(number) for number in sorted(change.ids["request"])]
    assert len(made) == len(hostile)
    assert [one.notes for one in made] == [" ".join(line.split()) for line in hostile]
    assert made[0].title.startswith("DDE (")


def test_an_empty_row_keeps_its_number_and_is_no_request(desk: Desk) -> None:
    table = desk.tracker.read(_file("\n\ntitle,office\nOne,DHS/ICE\n,\n\nTwo,DHS/CBP\n\n"))
    plan = desk.tracker.plan(table, TrackerMapping(desk.tracker.suggest(table)))
    assert [(row.number, row.title) for row in plan.good] == [(2, "One"), (5, "Two")] and len(plan.rows) == 2


def test_a_spreadsheet_is_a_table_too(desk: Desk) -> None:
    lines = [("Title", "Agency", "Sent"), ("Contracts", "DHS/ICE", "2025-10-01")]
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'
    data = xlsx("".join(f"<row>{''.join(cell.format(text) for text in line)}</row>" for line in lines))
    table = desk.tracker.read(IncomingFile("tracker.xlsx", data))
    assert table.columns == ("Title", "Agency", "Sent") and table.rows == (("Contracts", "DHS/ICE", "2025-10-01"),)
    plan = desk.tracker.plan(table, TrackerMapping(desk.tracker.suggest(table)))
    assert plan.rows[0].problems == ("sent: say how it was sent.",)
    assert desk.tracker.plan(table, TrackerMapping(desk.tracker.suggest(table), channel=Channel.MAIL)).good


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"title": (0,)}, "office"),
        ({"title": (0,), "office": (0,)}, "twice"),
        ({"title": (0,), "office": (9,)}, "no column 10"),
        ({"title": (0,), "office": (1,), "size": (2,)}, "size"),
        ({"title": (0,), "office": (1, 2)}, "only one"),
    ],
)
def test_an_unusable_mapping_is_refused(desk: Desk, columns: dict[str, tuple[int, ...]], said: str) -> None:
    table = desk.tracker.read(_file(TRACKER))
    with pytest.raises(BadInput, match=said):
        desk.tracker.plan(table, TrackerMapping(columns))


def test_what_holds_no_table_is_refused(desk: Desk, tmp_path: Path) -> None:
    for name, data in (("a.csv", b"\n \n"), ("a.pdf", b"%PDF-1.4"), ("a.zip", b"PK\x05\x06" + bytes(18))):
        with pytest.raises(Unreadable):
            desk.tracker.read(IncomingFile(name, data))
    with pytest.raises((BadInput, Unreadable)):
        desk.tracker.read(tmp_path / "missing.csv")


@pytest.mark.parametrize(
    ("text", "order", "found"),
    [
        ("2026-02-03", "", date(2026, 2, 3)),
        ("2026/2/3", "", date(2026, 2, 3)),
        ("2/3/2026", "mdy", date(2026, 2, 3)),
        ("2/3/2026", "dmy", date(2026, 3, 2)),
        ("2/13/26", "", date(2026, 2, 13)),
        ("13.2.2026", "", date(2026, 2, 13)),
        ("3 Feb 2026", "", date(2026, 2, 3)),
        ("Tue, February 3, 2026", "", date(2026, 2, 3)),
        ("2026-02-03 14:05:00", "", date(2026, 2, 3)),
        ("2/2/2026", "", date(2026, 2, 2)),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, order: str, found: date) -> None:
    assert day(text, order) == found


@pytest.mark.parametrize("text", ["2/3/2026", "soon", "30 Feb 2026", "46027", "1/1/1899", "=TODAY()", "3 Foo 2026"])
def test_a_date_with_two_readings_or_none_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        day(text, "")


@given(st.text(max_size=30))
def test_no_cell_breaks_its_reading(text: str) -> None:
    for read in (lambda: day(text, ""), lambda: channel(text), lambda: outcome(text)):
        with suppress(BadInput):
            read()
    suggested((text, text))


@given(
    st.lists(st.lists(st.text("ab,;\t\"'=\n é", max_size=6), min_size=1, max_size=4), max_size=5),
    st.sampled_from(",;\t|"),
)
def test_any_bytes_give_a_table_or_a_refusal(rows: list[list[str]], mark: str) -> None:
    from foiadesk.intake.refusals import Refusal

    data = "\n".join(mark.join(row) for row in rows).encode()
    try:
        table = csv_table(data)
    except Refusal as refused:
        assert refused.code == "no_table"
    else:
        assert table[0] and table[-1] and all(row[-1] for row in table if row)
