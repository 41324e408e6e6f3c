"""Reads the dated histories of tests/law/histories/*.toml and asks the law about one."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from foiadesk.law import Answer, answer, load_pack
from foiadesk.records import FeeCategory, event_from_json

FOLDER = Path(__file__).parent / "histories"


def _plain(value: Any) -> Any:
    """Turn what TOML has into what JSON has; "null" stands for null."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    return None if value == "null" else value


def _read() -> list[dict[str, Any]]:
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        for history in tomllib.loads(path.read_text("utf-8"))["history"]:
            found.append({"file": path.stem, **_plain(history)})
    return found


HISTORIES = _read()


def answered(history: dict[str, Any], law: str = "") -> Answer:
    """Return the answer to a history under its own law, or under another."""
    category = history.get("category")
    return answer(
        [event_from_json(entry) for entry in history["events"]],
        law=load_pack(law or history.get("law", "us-foia")),
        agency=history.get("agency"),
        today=date.fromisoformat(history["today"]),
        fee_category=FeeCategory(category) if category else None,
    )
