"""`foiadesk help`: the same topics on the command line, without a desk."""

import json

from click.testing import CliRunner

from foiadesk.cli import cli
from foiadesk.desk import handbook


def said(*words: str) -> str:
    done = CliRunner().invoke(cli, ["help", *words])
    assert done.exit_code == 0, done.output
    return done.output


def test_topics_are_listed_shown_and_searched() -> None:
    assert [row["name"] for row in json.loads(said("--json"))] == list(handbook.TOPICS)
    assert "first-steps" in said()
    assert said("deadlines").startswith("# Deadlines and worksheets")
    assert said("trash", "--language", "es").startswith("# Papelera")
    assert json.loads(said("trash", "--json"))["text"] == handbook.topic("trash").text
    (first, *_more) = json.loads(said("--search", "postmark", "--json"))
    assert first["topic"] == "sending"
    assert "sending" in said("--search", "postmark")
    assert "nothing of that" in said("--search", "zxqv")


def test_unknown_topics_and_languages_are_refused() -> None:
    for words in (["help", "nothing"], ["help", "--language", "xx"]):
        done = CliRunner().invoke(cli, words)
        assert done.exit_code == 1
        assert done.output.startswith("foiadesk: ")
