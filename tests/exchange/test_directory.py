"""The shipped directory answers by code, by abbreviation and by words, and never without its dates and cautions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foiadesk.exchange.directory import directory
from foiadesk.records.errors import NotFound


def test_every_office_has_a_code_of_its_own_and_a_name() -> None:
    codes = [office.code.casefold() for office in directory().all()]
    assert len(codes) == len(set(codes)) == 475
    assert all(office.name and office.directory_as_of for office in directory().all())


def test_an_office_is_found_by_code_in_any_case() -> None:
    ice = directory().get("dhs/ice")
    assert ice.code == "DHS/ICE"
    assert directory().get("DOJ/Civil Rights") is directory().get("doj/civil-rights")
    assert ice.address[-1] == "Washington, DC 20536-5009"
    assert ice.address_as_of == "2017-07"
    assert any("January 22, 2026" in caution for caution in ice.cautions)


def test_an_abbreviation_alone_is_enough_when_only_one_office_has_it() -> None:
    assert directory().get("CBP").code == "DHS/CBP"
    with pytest.raises(NotFound, match="DHS/OIG"):
        directory().get("OIG")


def test_an_unknown_code_names_near_ones() -> None:
    with pytest.raises(NotFound, match="DHS/ICE"):
        directory().get("DHS/ICEE")


def test_a_department_alone_has_rules() -> None:
    assert directory().rules_code("dhs") == "DHS"
    assert directory().rules_code("dhs/cbp") == "DHS/CBP"
    with pytest.raises(NotFound):
        directory().rules_code("NOPE/NOPE")


def test_search_puts_the_abbreviation_first() -> None:
    assert directory().search("ice")[0].code == "DHS/ICE"
    assert "DHS/PRIV" in [office.code for office in directory().search("homeland privacy")]
    assert directory().search("zzzz nothing") == []


@given(st.text(max_size=40))
def test_any_words_are_a_valid_search(words: str) -> None:
    found = directory().search(words)
    assert len(found) <= 50
