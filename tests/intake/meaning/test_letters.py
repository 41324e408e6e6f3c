"""Invented letters of many offices: the date, the events in order, their fields, and the words each rests on."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from foiadesk.intake.meaning.reading import read
from foiadesk.intake.meaning.shapes import Letter, Meaning, Part
from foiadesk.records import event_from_json

TODAY = date(2026, 6, 8)
LETTERS = tomllib.loads((Path(__file__).parent / "letters.toml").read_text(encoding="utf-8"))["letter"]


def letter_of(row: dict[str, Any]) -> Letter:
    """Return a row of letters.toml as a letter."""
    parts = []
    if "enclosed" in row:
        parts.append(Part("letter.pdf", "application/pdf", row["enclosed"]))
    if "status" in row:
        parts.append(Part("status.txt", "message/delivery-status", row["status"]))
    return Letter(
        name=f"{row['name']}.eml",
        subject=row.get("subject", ""),
        sender=row.get("sender", ""),
        body=row["text"],
        parts=tuple(parts),
        sent=date.fromisoformat(row["sent"]) if "sent" in row else None,
        is_message="sent" in row,
    )


def understood(row: dict[str, Any]) -> Meaning:
    return read(letter_of(row), TODAY)


def test_there_are_enough_letters() -> None:
    speaking = [row for row in LETTERS if row.get("events")]
    assert len(speaking) >= 60 and len(LETTERS) - len(speaking) >= 20
    assert len({row["name"] for row in LETTERS}) == len(LETTERS)


@pytest.mark.parametrize("row", LETTERS, ids=lambda row: str(row["name"]))
def test_a_letter_is_understood(row: dict[str, Any]) -> None:
    found = understood(row)
    assert str(found.dated or "") == row.get("date", ""), found.dated_words
    if "number" in row:
        assert found.numbers and found.numbers[0].number == row["number"], found.numbers
    wanted = row.get("events", [])
    kinds = [said.kind for said in found.events if said.kind not in row.get("also", ())]
    assert kinds == [event["kind"] for event in wanted], [(said.kind, said.words) for said in found.events]
    own = [said for said in found.events if said.kind not in row.get("also", ())]
    for event, said in zip(wanted, own, strict=True):
        given = {**said.fields, "kind": said.kind}
        if said.answer_in:
            given["answer_in"] = list(said.answer_in)
        for name, value in event.items():
            if name not in row.get("loose", ()):
                assert given.get(name) == value, (name, given)
        event_from_json({**said.fields, "kind": said.kind, "date": "2026-06-08"})
    whole = " ".join("\n".join((row.get("subject", ""), row["text"], row.get("enclosed", ""))).split())
    for said in found.events:
        assert said.words in whole
    if "words" in row:
        assert row["words"] in own[0].words
