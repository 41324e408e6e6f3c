"""Worksheets as PDF exhibits: every day of the count, page numbers on every page, the same bytes each time."""

from datetime import date

import pypdfium2
import pytest

from foiadesk.desk import Desk
from foiadesk.records.errors import NotFound

from .conftest import START, Ask, Today, sent


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
    finally:
        document.close()


def test_the_exhibit_shows_every_day_of_the_worksheet(desk: Desk, ask: Ask) -> None:
    number = ask()
    sent(desk, number, START)
    event = {"kind": "acknowledged", "date": START.isoformat(), "tracking_number": "2026-ICFO-00042"}
    desk.requests.add_event(number, event)
    desk.calendar.add_closure(date(2026, 1, 28), note="Snow")
    sheet = desk.deadlines.worksheet(number, "determination")
    pdf = desk.deadlines.worksheet_pdf(number, "determination")
    text = " ".join(" ".join(pages(pdf)).split())
    for day in sheet.days:
        counted = f" {day.number}" if day.number is not None else ""
        assert f"{day.date:%B} {day.date.day}, {day.date.year} {day.date:%A}{counted} {day.why}".strip() in text
    assert "closure: Snow" in text and "2026-ICFO-00042" in text and "Face recognition" in text
    assert "not legal advice" in text and "552(a)(6)(A)(i)" in text.replace(" ", "").replace("5U.S.C.", "")
    for sentence in (*sheet.rules, *sheet.notes):
        assert sentence.split()[0] in text
    assert pdf == desk.deadlines.worksheet_pdf(number, "determination")


def test_every_page_is_numbered_and_repeats_the_headings(desk: Desk, ask: Ask, today: Today) -> None:
    number = ask()
    sent(desk, number, START)
    today.day = date(2026, 1, 30)
    answered = {"kind": "determination", "date": "2026-01-30", "outcome": "full_denial"}
    desk.requests.add_event(number, answered)
    found = pages(desk.deadlines.worksheet_pdf(number, "appeal_window"))
    assert len(found) >= 3  # ninety working days
    for place, text in enumerate(found, 1):
        assert f"Page {place} of {len(found)}" in text.replace("\u00a0", " ")
    assert all("Weekday" in text for text in found[:-1])


def test_other_paper_and_unknown_clocks(desk: Desk, ask: Ask) -> None:
    from dataclasses import replace

    number = ask()
    sent(desk, number, START)
    letter = desk.deadlines.worksheet_pdf(number, "determination")
    desk.settings.put(replace(desk.settings.get(), page="a4"))
    assert desk.deadlines.worksheet_pdf(number, "determination") != letter
    with pytest.raises(NotFound, match="no clock 'appeal_window'"):
        desk.deadlines.worksheet_pdf(number, "appeal_window")
    with pytest.raises(NotFound, match="request 99"):
        desk.deadlines.worksheet_pdf(99, "determination")
