"""The directory of offices, as the desk shows it: the shipped entries, and beside them what a person knows better."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from foiadesk.desk.desk import Done
from foiadesk.records import Office, OwnOffice
from foiadesk.records.errors import BadInput, NotFound
from foiadesk.records.speech import say
from foiadesk.store import rows_offices

if TYPE_CHECKING:
    from foiadesk.desk.change import Change
    from foiadesk.desk.desk import Desk
    from foiadesk.desk.journal import Journal

WAYS = ("address", "email", "phone", "fax", "portal", "website", "officer")  # what can be corrected
NAMES = ("component", "component_abbr", "department", "department_abbr", "law")  # what an added office has besides
_CODE = re.compile(r"[A-Z0-9][\w&.-]*(?:/[A-Z0-9][\w&.-]*)?", re.ASCII | re.IGNORECASE)
_AT_MOST = 4000  # characters of a text


class Agencies:
    """Search and read the directory. What a person wrote down stands in the place of what the directory says."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def search(self, words: str, limit: int = 50) -> list[Office]:
        """Return offices matching all words, best first; every office when there are none. Added ones come first."""
        from foiadesk.exchange.directory import directory

        own = self._own()
        added = [_added(one) for one in own.values() if one.added and _holds(one, words)]
        found = [_merged(office, own.get(office.code)) for office in directory().search(words, limit)]
        return [*added, *found][:limit]

    def get(self, code: str) -> Office:
        """Return one office ("DHS/ICE"), with what a person knows better; raises NotFound naming near matches."""
        own = self._own()
        wanted = code.strip().casefold()
        for one in own.values():
            if one.added and one.code.casefold() == wanted:
                return _added(one)
        listed = self.listed(code)
        return _merged(listed, own.get(listed.code))

    def listed(self, code: str) -> Office:
        """Return one office as the shipped directory has it; raises NotFound naming near matches."""
        from foiadesk.exchange.directory import directory

        return directory().get(code)

    # ---- a person's own ---------------------------------------------------------------------------------------

    def own(self) -> tuple[OwnOffice, ...]:
        """Return everything a person wrote down, by code."""
        return tuple(self._own().values())

    def own_of(self, code: str) -> OwnOffice | None:
        """Return what a person wrote down on one office, if anything."""
        return self._own().get(code)

    def put_own(self, own: OwnOffice) -> Change:
        """Keep what a person knows of an office, dated today, in place of what was kept; primary is its id.

        Nothing at all removes it. Raises BadInput naming what cannot be used, NotFound for an office that neither the
        directory has nor this adds, Conflict when it was changed somewhere else in the meantime.
        """
        own = _tidy(own)
        _check(own)
        if own.added:
            self._check_new(own)
        else:
            own = replace(own, code=self.listed(own.code).code)
        own = replace(own, as_of=self._desk.clock())
        empty = not (own.fields or own.contact or own.notes)

        def work(journal: Journal) -> Done:
            before = rows_offices.own_office(journal.db, own.code)
            if before is None and empty:
                return Done(say("There was nothing of your own on {code}", code=own.code), 0)
            if before is None:
                key = journal.insert("own_offices", rows_offices.own_columns(own))
                said = (
                    say("Added the office {code}", code=own.code)
                    if own.added
                    else say("Wrote down your own details of {code}", code=own.code)
                )
                return Done(said, key)
            if empty:
                journal.delete("own_offices", before.id)
                return Done(say("Removed your own details of {code}", code=own.code), before.id)
            columns = rows_offices.own_columns(own)
            if (before.fields, before.contact, before.notes) == (own.fields, own.contact, own.notes):
                columns["as_of"] = before.as_of.isoformat() if before.as_of else columns["as_of"]
            journal.update("own_offices", before.id, columns, expected=own.version or None)
            return Done(say("Changed your own details of {code}", code=own.code), before.id)

        return self._desk.act(work)

    def remove_own(self, code: str) -> Change:
        """Forget what a person wrote down on an office, or the office itself if it was added. Raises NotFound."""

        def work(journal: Journal) -> Done:
            before = rows_offices.own_office(journal.db, code)
            if before is None:
                raise NotFound(say("There is nothing of your own on {code}.", code=repr(code)))
            journal.delete("own_offices", before.id)
            what = say("the office {code}" if before.added else "your own details of {code}", code=code)
            return Done(say("Removed {what}", what=what), before.id)

        return self._desk.act(work)

    def _own(self) -> Mapping[str, OwnOffice]:
        with self._desk.read() as db:
            return {one.code: one for one in rows_offices.own_offices(db)}

    def _check_new(self, own: OwnOffice) -> None:
        if not _CODE.fullmatch(own.code):
            raise BadInput("code: give the office a code like DEPARTMENT/OFFICE, without spaces.")
        if not own.fields.get("component"):
            raise BadInput("name: the office needs a name.")
        try:
            there = self.listed(own.code)
        except NotFound:
            self._check_law(own)
            return
        raise BadInput(
            say("code: the directory has {name} under {code}.", name=there.name, code=there.code),
            todo="Correct that entry instead.",
        )

    def _check_law(self, own: OwnOffice) -> None:
        """Refuse an office of no known law: every date of its requests is counted by it, so none is guessed."""
        law = own.fields.get("law")
        if law is None:
            if own.code not in self._own():
                raise BadInput(
                    "law: say under which law this office is asked.", todo="us-foia is the federal Act, us-ny New York."
                )
            return
        from foiadesk.law import load_pack

        try:
            load_pack(law)
        except NotFound as error:
            raise BadInput(say("law: {why}", why=error.what)) from None


def _tidy(own: OwnOffice) -> OwnOffice:
    fields = {}
    for name, text in own.fields.items():
        lines = [" ".join(line.split()) for line in text.split("\n")]
        fields[name] = ("\n" if name == "address" else " ").join(line for line in lines if line)
    return replace(
        own,
        code=own.code.strip(),
        fields={name: text for name, text in fields.items() if text},
        contact=own.contact.strip(),
        notes=own.notes.strip(),
    )


def _check(own: OwnOffice) -> None:
    for name, text in (*own.fields.items(), ("contact", own.contact), ("notes", own.notes)):
        if name not in (*WAYS, "contact", "notes", *(NAMES if own.added else ())):
            raise BadInput(
                say("{name} is nothing that can be corrected: {what}.", name=repr(name), what=", ".join(WAYS))
            )
        if len(text) > _AT_MOST:
            raise BadInput(say("{name}: the text is too long.", name=name))


def _values(own: OwnOffice) -> dict[str, Any]:
    values: dict[str, Any] = dict(own.fields)
    if "address" in values:
        values["address"] = tuple(values["address"].split("\n"))
    return values


def _merged(office: Office, own: OwnOffice | None) -> Office:
    if own is None or not own.fields:
        return office
    day = own.as_of.isoformat() if own.as_of else ""
    return replace(office, **_values(own), own=tuple(one for one in WAYS if one in own.fields), own_as_of=day)


def _added(own: OwnOffice) -> Office:
    department, _slash, component = own.code.partition("/")
    day = own.as_of.isoformat() if own.as_of else ""
    names = {
        "department": department, "department_abbr": department, "component": "", "component_abbr": component,
    }  # fmt: skip
    made = {**names, **_values(own)}
    return Office(code=own.code, own=tuple(own.fields), own_as_of=day, **made)


def _holds(own: OwnOffice, words: str) -> bool:
    text = _plain(" ".join((own.code.replace("/", " "), *own.fields.values(), own.contact, own.notes)))
    return all(word in text for word in _plain(words).split())


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in folded if not unicodedata.combining(char))
