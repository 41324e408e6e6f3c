"""Calendar files as other programs read them: whole days, stable identities, nothing said that was not asked for."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from foiadesk.exchange.ics import DueDate, calendar_file

DAY = date(2026, 3, 4)
ENTRY = DueDate("3/determination", 3, DAY, "Decision is due: Gesichtserkennung, „Fälle“; a\\b · ICE", "Last day.")


def events(data: bytes) -> list[object]:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def test_a_due_date_is_a_whole_day_of_its_own() -> None:
    (event,) = events(calendar_file([ENTRY], desk="d", as_of=DAY))
    assert (event["dtstart"].dt, event["dtend"].dt) == (DAY, DAY + timedelta(days=1))
    assert str(event["transp"]) == "TRANSPARENT" and str(event["class"]) == "PRIVATE"


def test_neutral_files_name_neither_request_nor_program() -> None:
    plain = calendar_file([ENTRY], desk="d", as_of=DAY)
    assert b"Deadline 3" in plain
    for word in (b"Decision", b"ICE", b"determination", b"FOIA", b"foia", b"Gesicht", b"DESCRIPTION"):
        assert word not in plain


def test_titles_come_back_as_they_were() -> None:
    data = calendar_file([ENTRY], desk="d", as_of=DAY, titles=True)
    (event,) = events(data)
    assert (str(event["summary"]), str(event["description"])) == (ENTRY.title, ENTRY.detail)


def test_identities_stay_when_a_date_moves_and_differ_between_desks() -> None:
    moved = DueDate(ENTRY.key, 3, DAY + timedelta(days=1), ENTRY.title)
    other = DueDate("3/expedition", 3, DAY, ENTRY.title)
    (one,) = events(calendar_file([ENTRY], desk="d", as_of=DAY))
    (two,) = events(calendar_file([moved], desk="d", as_of=DAY + timedelta(days=1)))
    (three,) = events(calendar_file([other], desk="d", as_of=DAY))
    (four,) = events(calendar_file([ENTRY], desk="e", as_of=DAY))
    assert one["uid"] == two["uid"] and int(two["sequence"]) > int(one["sequence"])
    assert len({str(event["uid"]) for event in (one, three, four)}) == 3


@given(st.lists(st.tuples(st.integers(1, 9), st.dates(date(1970, 1, 1), date(2100, 1, 1)), st.text(max_size=200))))
def test_any_file_reads_back_in_lines_every_program_takes(found: list[tuple[int, date, str]]) -> None:
    entries = [DueDate(str(place), number, due, title) for place, (number, due, title) in enumerate(found)]
    for titles in (False, True):
        data = calendar_file(entries, desk="d", as_of=DAY, titles=titles)
        assert data == calendar_file(reversed(entries), desk="d", as_of=DAY, titles=titles)
        assert data.endswith(b"\r\n") and all(len(line) <= 75 for line in data.split(b"\r\n"))
        assert sorted(event["dtstart"].dt for event in events(data)) == sorted(entry.due for entry in entries)
