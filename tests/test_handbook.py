"""The help says what is so: its links lead somewhere, what it names exists, and every language says the same."""

import re
from pathlib import Path

import pytest

from foiadesk.cli import COMMANDS
from foiadesk.desk import handbook
from foiadesk.records.errors import NotFound
from foiadesk_ui import pages
from scripts import translations
from tests.spoken import bold, labels, unknown_commands, unknown_labels

LANGUAGES = handbook.languages()
EVERY = [(language, name) for language in LANGUAGES for name in handbook.TOPICS]


def test_every_topic_is_written_in_every_language_of_the_window() -> None:
    assert set(LANGUAGES) == {"en", *translations.LANGUAGES}
    for language in LANGUAGES:
        files = {path.stem for path in Path(handbook.resource("help", language)).iterdir()}
        assert files == set(handbook.TOPICS)


@pytest.mark.parametrize(("language", "name"), EVERY)
def test_links_lead_to_topics_and_pages_only(language: str, name: str) -> None:
    text = handbook.topic(name, language).text
    targets = re.findall(r"\]\(([^)]*)\)", text)
    assert "http" not in text
    assert "![" not in text
    for target in targets:
        kind, _colon, where = target.partition(":")
        known = {"topic": set(handbook.TOPICS), "page": {page.name for page in pages.PAGES}}
        assert where in known[kind], target


@pytest.mark.parametrize(("language", "name"), EVERY)
def test_every_label_named_exists_in_the_window(language: str, name: str) -> None:
    assert unknown_labels(bold(handbook.topic(name, language).text), labels(language)) == []


@pytest.mark.parametrize(("language", "name"), EVERY)
def test_every_command_named_exists(language: str, name: str) -> None:
    assert unknown_commands(handbook.topic(name, language).text) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_is_named_in_the_topic_on_commands(language: str) -> None:
    named = set(re.findall(r"`([a-z-]+)`", handbook.topic("command-line", language).text))
    assert set(COMMANDS) <= named


@pytest.mark.parametrize("name", handbook.TOPICS)
@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_translations_are_built_alike(language: str, name: str) -> None:
    english, other = handbook.topic(name), handbook.topic(name, language)
    assert other.title != english.title or name in {"glossary"}
    assert len(other.sections()) == len(english.sections())
    for (_one, here), (_other, there) in zip(english.sections(), other.sections(), strict=True):
        assert re.findall(r"\]\((\w+:[\w-]+)\)", there) == re.findall(r"\]\((\w+:[\w-]+)\)", here)
        for mark in ("\n- ", "\n|", "\n1. "):
            assert there.count(mark) == here.count(mark), (_one, mark)
    if name != "search":  # its examples are words of the language
        assert re.findall(r"`[^`]+`", other.text) == re.findall(r"`[^`]+`", english.text)


def test_every_page_has_a_topic() -> None:
    assert set(pages.TOPIC_OF) == {page.name for page in pages.PAGES} - {"help"}
    assert set(pages.TOPIC_OF.values()) <= set(handbook.TOPICS)


def test_searching_finds_sections_and_names_first_those_called_so() -> None:
    first, *_others = handbook.find("proof of sending")
    assert (first.topic, first.section) == ("sending", "Proof of sending")
    assert all("purg" in f"{one.title} {one.section} {one.text}".lower() for one in handbook.find("purging backups"))
    assert handbook.find("zxqv") == ()
    assert handbook.find("  ") == ()
    assert {one.topic for one in handbook.find("CONTRASEÑA", "es")} == {
        one.topic for one in handbook.find("contrasena", "es")
    }
    assert "protection" in {one.topic for one in handbook.find("contrasena", "es")}


def test_a_topic_nobody_wrote_is_refused_by_name() -> None:
    with pytest.raises(NotFound, match="deadlines"):
        handbook.topic("../../laws/us-foia")


def test_plain_text_has_no_marks() -> None:
    for one in handbook.topics():
        text = handbook.plain(one.text)
        assert "](" not in text
        assert "**" not in text
        assert "<!--" not in text
