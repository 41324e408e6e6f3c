"""What a person moved on a page, there again on another day: lines between parts, columns, the order of rows."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from foiadesk_ui.beside import Beside
from foiadesk_ui.records_table import RecordsTable


def kept(page: QWidget) -> dict[str, Any]:
    """Return it for a page, as JSON can carry it; empty when nothing was moved."""
    lines = [one.moved() for one in page.findChildren(Beside)]
    tables = [one.arranged() for one in page.findChildren(RecordsTable)]
    return {"lines": lines, "tables": tables} if any(lines) or any(tables) else {}


def put_back(page: QWidget, found: object) -> None:
    """Put it back on a page that was just made; what does not fit, such as of an older program, is passed over."""
    if not isinstance(found, Mapping):
        return
    _each(page.findChildren(Beside), found.get("lines"), lambda one, state: one.move_to(state))
    _each(page.findChildren(RecordsTable), found.get("tables"), lambda one, state: one.arrange(state))


def _each(parts: list[Any], states: object, put: Any) -> None:
    if isinstance(states, list) and len(states) == len(parts):
        for part, state in zip(parts, states, strict=True):
            if state:
                put(part, state)
