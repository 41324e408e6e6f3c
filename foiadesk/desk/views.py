"""Views: what the list of requests shows and in what order, kept under a name inside the desk."""

# ruff: noqa: A002 - "id" is what everybody calls it
from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from foiadesk.desk.desk import Done
from foiadesk.desk.request_shapes import RequestFilter, SavedView
from foiadesk.records import Stage
from foiadesk.records.errors import BadInput, NotFound
from foiadesk.records.speech import say
from foiadesk.store import rows_common, rows_requests

if TYPE_CHECKING:
    from sqlite_utils import Database

    from foiadesk.desk.change import Change
    from foiadesk.desk.desk import Desk
    from foiadesk.desk.journal import Journal

GROUPS = ("campaign", "agency", "stage", "none")
SHOWN = ("number", "campaign", "sent", "due", "stage", "turn")
_NAME_AT_MOST = 100


class Views:
    """Named filters of the list of requests."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def all(self) -> tuple[SavedView, ...]:
        """Return every view, by name."""
        with self._desk.read() as db:
            return tuple(map(_view, rows_common.rows(db, f"{_SELECT} ORDER BY name COLLATE NOCASE, id")))

    def named(self, name: str) -> SavedView:
        """Return the view of this name, whatever its case; raises NotFound naming those there are."""
        with self._desk.read() as db:
            found = _row(db, name)
        if found is None:
            known = ", ".join(view.name for view in self.all()) or say("none is kept yet")
            raise NotFound(say("There is no view called {name}: {known}.", name=repr(name), known=known))
        return _view(found)

    def save(self, view: SavedView) -> Change:
        """Keep a view under its name, in place of one that has it; primary is its id. Raises BadInput."""
        name = _checked(view.name)
        if view.group not in GROUPS:
            raise BadInput(say("group: {group} is none of {what}.", group=repr(view.group), what=", ".join(GROUPS)))
        if view.filter.order not in rows_requests.ORDERS:
            raise BadInput(
                say(
                    "order: {order} is none of {what}.",
                    order=repr(view.filter.order),
                    what=", ".join(rows_requests.ORDERS),
                )
            )
        if wrong := [one for one in view.show if one not in SHOWN]:
            raise BadInput(say("show: {wrong} is none of {what}.", wrong=repr(wrong[0]), what=", ".join(SHOWN)))
        kept = {"name": name, "filter": _text(view)}

        def work(journal: Journal) -> Done:
            known = _row(journal.db, name)
            if known is None:
                key = journal.insert("views", kept)
            else:
                key = int(known["id"])
                journal.update("views", key, kept)
            return Done(say("Saved the view “{name}”", name=name), key)

        return self._desk.act(work)

    def rename(self, id: int, name: str) -> Change:
        """Give a view another name. Raises BadInput, NotFound."""
        name = _checked(name)

        def work(journal: Journal) -> Done:
            before = _must(journal.db, id)
            other = _row(journal.db, name)
            if other is not None and other["id"] != id:
                raise BadInput("There is already a view of this name.", todo="Choose another name.")
            journal.update("views", id, {"name": name})
            return Done(say("Renamed the view “{name}” to “{name2}”", name=before["name"], name2=name), id)

        return self._desk.act(work)

    def remove(self, id: int) -> Change:
        """Keep a view no longer. Raises NotFound."""

        def work(journal: Journal) -> Done:
            before = _must(journal.db, id)
            journal.delete("views", id)
            return Done(say("Removed the view “{name}”", name=before["name"]), id)

        return self._desk.act(work)


_SELECT = "SELECT id, name, filter, version FROM views"


def _row(db: Database, name: str) -> rows_common.Row | None:
    return rows_common.row(db, f"{_SELECT} WHERE name = ? COLLATE NOCASE", (name.strip(),))


def _must(db: Database, key: int) -> rows_common.Row:
    found = rows_common.by_id(db, "views", key)
    if found is None:
        raise NotFound(say("There is no view {key}.", key=key))
    return found


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > _NAME_AT_MOST:
        raise BadInput("The view needs a name." if not name else "The name is too long.")
    return name


def _text(view: SavedView) -> str:
    wanted = view.filter
    return rows_common.dump(
        {
            "text": wanted.text,
            "campaign": wanted.campaign,
            "stages": list(wanted.stages),
            "office": wanted.office,
            "trashed": wanted.trashed,
            "order": wanted.order,
            "group": view.group,
            "show": list(view.show),
        }
    )


def _view(row: rows_common.Row) -> SavedView:
    """Read a stored view; what a later program wrote and this one does not know is left out."""
    data: dict[str, Any] = json.loads(row["filter"])
    known = set(Stage)
    return SavedView(
        name=row["name"],
        filter=RequestFilter(
            text=str(data.get("text") or ""),
            campaign=data.get("campaign"),
            stages=tuple(Stage(one) for one in data.get("stages") or () if one in known),
            office=str(data.get("office") or ""),
            trashed=bool(data.get("trashed")),
            order=data["order"] if data.get("order") in rows_requests.ORDERS else "urgency",
        ),
        group=data["group"] if data.get("group") in GROUPS else "campaign",
        show=tuple(one for one in data.get("show") or () if one in SHOWN),
        id=row["id"],
        version=row["version"],
    )
