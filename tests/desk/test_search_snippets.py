"""Snippets hold what was found, with ranges inside them, whatever the text."""

from hypothesis import given
from hypothesis import strategies as st

from foiadesk.desk.search_snippets import LENGTH, snippet, unmarked
from foiadesk.desk.search_words import clean, folded, is_number, numbers_in, runs


def test_marks_become_ranges() -> None:
    assert unmarked("a \x01bc\x02 d \x01e\x02") == ("a bc d e", ((2, 4), (7, 8)))
    assert unmarked("bc\x02 d \x01e") == ("bc d e", ((5, 6),))
    assert unmarked("\x01\x02") == ("", ())


def test_the_window_with_the_most_different_words_is_shown() -> None:
    text = "\x01face\x02 " * 9 + "filler " * 60 + "\x01face\x02 and \x01eyes\x02" + " filler" * 60
    shown, ranges, page = snippet(text)
    assert [shown[start:end] for start, end in ranges] == ["face", "eyes"]
    assert page == 1


def test_a_text_without_marks_shows_its_beginning() -> None:
    shown, ranges, page = snippet("first words " * 50)
    assert shown.startswith("first words")
    assert (ranges, page) == ((), 1)
    assert snippet("") == ("", (), 1)


@given(st.lists(st.sampled_from(["\x01a\x02", "\x01\u00e9 b\x02", "word ", "\f", "\n", "x" * 90, " ", "\x01", "\x02"])))
def test_ranges_lie_inside(pieces) -> None:
    shown, ranges, page = snippet("".join(pieces))
    assert "\x01" not in shown and "\x02" not in shown and "\f" not in shown
    assert len(shown) <= LENGTH + 8
    assert 1 <= page <= pieces.count("\f") + 1
    last = 0
    for start, end in ranges:
        assert last <= start < end <= len(shown)
        last = end


def test_numbers_are_written_in_the_ways_their_words_do_not_show() -> None:
    assert numbers_in("as to 2026-ICFO-00123.") == "2026ICFO00123"
    assert numbers_in("2026ICFO00123") == "2026 ICFO 00123"
    assert numbers_in("F-22/00941 and 22-00941") == "F2200941 2200941"
    assert numbers_in("no numbers, 2026, e-mail, B2") == ""
    assert runs("2026ICFO00123") == ["2026", "ICFO", "00123"]
    assert folded("a-1/b") == "a1b"
    assert not is_number("2026")


@given(st.text())
def test_clean_text_can_be_stored_and_holds_no_marks(text) -> None:
    found = clean(text)
    found.encode("utf-8")
    assert "\x01" not in found and "\x02" not in found
    assert clean(found) == found
