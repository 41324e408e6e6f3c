"""The shipped directory of federal offices that take requests: search, look-up by code, and what to be careful of."""

import csv
import unicodedata
from difflib import get_close_matches
from functools import cache

from foiadesk.records import Office
from foiadesk.records.errors import NotFound
from foiadesk.records.speech import joined, say
from foiadesk.shelf import resource

VERSION = "us-federal 2026-01-11"  # the day most of its rows were last compared with foia.gov's own directory


def _plain(text: str) -> str:
    """Fold case and accents, so that "conseil" finds "Conséil"."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in folded if not unicodedata.combining(char))


def _key(code: str) -> str:
    """Fold a code so that "DOJ/Civil Rights" and "doj/civil-rights" are one."""
    return "/".join("-".join(part.split()) for part in code.strip().casefold().split("/", 1))


class Directory:
    """A fixed list of offices. Codes are DEPARTMENT/COMPONENT, compared without regard to case."""

    def __init__(self, offices: tuple[Office, ...], version: str) -> None:
        self.version = version
        self._offices = offices
        self._by_code = {_key(office.code): office for office in offices}
        for office in offices:  # the directory's own abbreviation, where the code had to be spelled otherwise
            self._by_code.setdefault(_key(f"{office.department_abbr}/{office.component_abbr}"), office)
        self._departments: dict[str, str] = {}
        for office in offices:
            self._departments.setdefault(office.department_abbr.casefold(), office.department_abbr)
        self._search = [
            (
                _plain(f"{office.component_abbr} {office.department_abbr} {office.code}").split(),
                _plain(f"{office.component} {office.department} {office.email} {' '.join(office.address)}"),
                office,
            )
            for office in offices
        ]

    def all(self) -> tuple[Office, ...]:
        """Return every office, by department and then as the directory orders them."""
        return self._offices

    def get(self, code: str) -> Office:
        """Return one office by its code ("DHS/ICE"), or by a component's abbreviation that only one office has.

        Raises NotFound naming near matches.
        """
        wanted = _key(code)
        found = self._by_code.get(wanted)
        if found is not None:
            return found
        alone = [office for office in self._offices if _key(office.component_abbr) == wanted]
        if len(alone) == 1:
            return alone[0]
        raise self._unknown(code, [office.code for office in alone])

    def rules_code(self, code: str) -> str:
        """Return the canonical spelling of a code whose rules are asked for: "DHS/ICE", or a department alone, "DHS".

        Raises NotFound naming near matches.
        """
        wanted = _key(code)
        if wanted in self._departments:
            return self._departments[wanted]
        if wanted in self._by_code:
            return self._by_code[wanted].code
        raise self._unknown(code, [])

    def department(self, abbr: str) -> bool:
        """Say whether a department goes by this abbreviation."""
        return abbr.strip().casefold() in self._departments

    def search(self, words: str, limit: int = 50) -> list[Office]:
        """Return offices that hold every word, those whose abbreviation begins with one first."""
        wanted = _plain(words).split()
        if not wanted:
            return list(self._offices[:limit])
        ranked: list[tuple[int, int, Office]] = []
        for place, (short, long, office) in enumerate(self._search):
            score = 0
            for word in wanted:
                if word in short:
                    score += 4
                elif any(name.startswith(word) for name in short):
                    score += 3
                elif f" {word}" in f" {long}":
                    score += 2
                elif word in long:
                    score += 1
                else:
                    break
            else:
                ranked.append((-score, place, office))
        return [office for _, _, office in sorted(ranked, key=lambda row: row[:2])[:limit]]

    def _unknown(self, code: str, same_abbreviation: list[str]) -> NotFound:
        wanted = _key(code)
        near = same_abbreviation or [
            self._by_code[key].code for key in get_close_matches(wanted, self._by_code, n=5, cutoff=0.6)
        ]
        near = near or [office.code for office in self.search(code.replace("/", " "), 5)]
        if not near:  # at least those of the department named, when it is one
            department = wanted.partition("/")[0]
            near = [office.code for office in self._offices if office.department_abbr.casefold() == department][:5]
        what = say("No office of the directory has the code {code}.", code=repr(code))
        return NotFound(what if not near else joined(" ", (what, say("Near it: {codes}.", codes=", ".join(near)))))


def _lines(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(" | ") if part)


@cache
def directory() -> Directory:
    """Return the shipped directory, read once."""
    with resource("agencies", "us-federal.csv").open(encoding="utf-8", newline="") as file:
        offices = tuple(
            Office(
                **{**row, "address": _lines(row["address"]), "cautions": _lines(row["cautions"])}  # type: ignore[arg-type]
            )
            for row in csv.DictReader(file)
        )
    return Directory(offices, VERSION)
