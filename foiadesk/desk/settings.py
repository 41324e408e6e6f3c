"""Choices and window layouts kept inside the desk."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from foiadesk.desk.desk import Done
from foiadesk.frozen import dataclass
from foiadesk.records import Channel
from foiadesk.records.errors import BadInput
from foiadesk.records.speech import say
from foiadesk.store.rows_common import dump, row, value

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.change import Change
    from foiadesk.desk.desk import Desk
    from foiadesk.desk.journal import Journal

_NAME = "desk"
_PAGES, _SCHEMES = ("letter", "a4"), ("light", "dark", "contrast", "contrast-dark", "system")


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """Choices kept inside the desk. idle_minutes 0: never lock by itself. text_scale in percent."""

    page: str = "letter"
    idle_minutes: int = 15
    lock_on_sleep: bool = True
    channel: Channel = Channel.PORTAL
    channels: tuple[tuple[str, Channel], ...] = ()  # (office code, how it is usually sent there)
    fold_marks: bool = False
    scheme: str = "system"
    text_scale: int = 100
    language: str = ""
    notify: bool = False  # tell the desktop how many deadlines the week has, a number only
    still: bool = False  # nothing on the screen moves by itself
    ocr: bool = False  # read pages that are only pictures, in the background


class Settings:
    """One frozen DeskSettings, and texts by name for layouts."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def get(self) -> DeskSettings:
        """Return the desk's settings; what was never set, or by a later program, is as in a new desk."""
        with self._desk.read() as db:
            return _read(db)

    def put(self, settings: DeskSettings) -> Change:
        """Store the desk's settings; raises BadInput naming what cannot be used."""
        if settings.page not in _PAGES:
            raise BadInput(say("page: {page} is neither letter nor a4.", page=repr(settings.page)))
        if settings.scheme not in _SCHEMES:
            raise BadInput(
                say("scheme: {scheme} is none of {what}.", scheme=repr(settings.scheme), what=", ".join(_SCHEMES))
            )
        if not 0 <= settings.idle_minutes <= 1440:
            raise BadInput("idle_minutes: choose 0 (never) to 1440.")
        if not 50 <= settings.text_scale <= 400:
            raise BadInput("text_scale: choose 50 to 400 percent.")
        text = dump(asdict(settings))

        def work(journal: Journal) -> Done:
            found = row(journal.db, "SELECT id FROM settings WHERE name = ?", (_NAME,))
            if found is None:
                key = journal.insert("settings", {"name": _NAME, "value": text})
            else:
                key = int(found["id"])
                journal.update("settings", key, {"value": text})
            return Done("Changed the settings", key)

        return self._desk.act(work)

    def layout(self, name: str) -> str:
        """Return a layout's text; "" when never stored."""
        with self._desk.read() as db:
            return str(value(db, "SELECT text FROM layouts WHERE name = ?", (name,)) or "")

    def put_layout(self, name: str, text: str) -> None:
        """Store a layout's text; not part of undo. Nothing is stored on a desk open for reading only."""
        if self._desk.read_only:
            return

        def work(db: Database) -> None:
            db.execute(
                "INSERT INTO layouts (name, text) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET text = excluded.text",
                (name, text),
            )

        self._desk.store.write(work)


def _read(db: Database) -> DeskSettings:
    stored = json.loads(str(value(db, "SELECT value FROM settings WHERE name = ?", (_NAME,)) or "{}"))
    known = {field.name for field in fields(DeskSettings)}
    data = {name: found for name, found in stored.items() if name in known}
    if "channel" in data:
        data["channel"] = Channel(data["channel"])
    if "channels" in data:
        data["channels"] = tuple((office, Channel(way)) for office, way in data["channels"])
    return DeskSettings(**data)
