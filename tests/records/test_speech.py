"""Sentences that remember how they were made: plain English to everybody who does not ask."""

import copy
import json
from datetime import date

import pytest

from foiadesk.records.speech import (
    Day,
    Said,
    begun,
    either,
    iso_day,
    joined,
    listed,
    lowered,
    making,
    raised,
    remade,
    say,
    say_count,
    worded,
)


def test_a_filled_sentence_is_plain_text_that_knows_its_making() -> None:
    said = say("Moved “{title}” to {place}", title="{a} letter", place=say("the trash"))
    assert said == "Moved “{a} letter” to the trash"
    assert json.dumps(said, ensure_ascii=False) == '"Moved “{a} letter” to the trash"'
    assert type(str(said)) is str
    assert type(copy.deepcopy(said)) is str
    assert type(copy.deepcopy(Day(date(2026, 2, 3), True))) is str
    assert (said.template, said.number) == ("Moved “{title}” to {place}", None)
    assert isinstance(said.values["place"], Said)


def test_a_sentence_without_holes_is_said_as_it_stands() -> None:
    assert say("Braces {are} left alone") == "Braces {are} left alone"
    with pytest.raises(KeyError):
        say("{what} is missing", other="x")


def test_counted_sentences_choose_their_form() -> None:
    assert [say_count("{n} day {what}", "{n} days {what}", n, what="late") for n in (1, 0, 2, 1234)] == [
        "1 day late", "0 days late", "2 days late", "1,234 days late",
    ]  # fmt: skip
    counted = say_count("{n} day", "{n} days", 3)
    assert (counted.template, counted.plural, counted.number) == ("{n} day", "{n} days", 3)


def test_days_know_their_date_and_whether_the_year_is_told() -> None:
    day = date(2026, 2, 3)
    assert (Day(day, False), Day(day, True)) == ("3 Feb", "3 Feb 2026")
    assert (Day(day, True).day, Day(day, True).year) == (day, True)


def test_parts_are_joined_and_listed() -> None:
    assert joined(" · ", ()) == ""
    assert joined(" · ", (say("one"), "{two}")) == "one · {two}"
    assert [listed(names) for names in ((), ("ICE",), ("ICE", "CBP"), ("ICE", "CBP", "PRIV"))] == [
        "", "ICE", "ICE and CBP", "ICE, CBP and PRIV",
    ]  # fmt: skip


def test_beginnings_are_raised_and_lowered() -> None:
    said = raised(say("the way is open"))
    assert said == "The way is open"
    assert isinstance(said, Said)
    assert (said.template, said.begin) == ("the way is open", "upper")
    assert lowered("It is") == "it is"
    assert (begun("", "upper"), begun("abc", "")) == ("", "abc")


def test_days_written_otherwise_are_still_days() -> None:
    day = date(2026, 2, 3)
    assert (iso_day(day), worded(day, "February 3, 2026")) == ("2026-02-03", "February 3, 2026")
    assert (iso_day(day).day, iso_day(day).year) == (day, True)


def test_a_choice_is_joined_and_each_part_of_it_said_anew() -> None:
    assert [either(names) for names in ((), ("fax",), ("fax", "mail"), ("fax", "mail", "hand"))] == [
        "", "fax", "fax or mail", "fax or mail or hand",
    ]  # fmt: skip


def test_a_sentence_survives_as_text_beside_its_making() -> None:
    day = Day(date(2026, 2, 3), True)
    counted = say_count("{n} day late", "{n} days late", 1234)
    odd = Said("request_sent", "Request sent", {})  # English that is not its template
    first = raised(joined(" · ", (say("due {day}, {late}", day=day, late=counted), odd, say("{what}", what=7))))
    again = remade(str(first), making(first))
    assert isinstance(again, Said)
    assert (again, again.template, again.begin) == (first, first.template, "upper")
    part = again.values["part0"]
    assert isinstance(part, Said)
    assert (part.values["day"], part.values["late"]) == (day, counted)
    assert isinstance(part.values["day"], Day)
    late = part.values["late"]
    assert isinstance(late, Said)
    assert (late.plural, late.number) == ("{n} days late", 1234)
    assert again.values["part1"] == "request_sent"
    assert (making("plain"), remade("plain", ""), remade("plain", "no json"), remade("plain", "[1]")) == (
        "", "plain", "plain", "plain",
    )  # fmt: skip
