"""The exemptions of 5 U.S.C. 552(b), each with the test its words set and what an appeal argues: data, to check."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from foiadesk.frozen import dataclass
from foiadesk.shelf import resource


@dataclass(frozen=True, slots=True)
class Exemption:
    """One exemption. key: "5", "7c". test: what the agency must show, part by part, in our words, each with its place.

    interest: what the exemption protects, named where foreseeable harm is argued; harm: whether it is argued at all
    (not for exemption 3, 5 U.S.C. 552(a)(8)(B)). argue: what an appeal says of the test. ask: the form's question for
    the facts. cases: leading decisions, cited only by choice. checked: whether the test was compared with the statute.
    """

    key: str
    name: str
    citation: str
    test: tuple[str, ...]
    argue: str
    interest: str
    ask: str
    harm: bool = True
    cases: tuple[str, ...] = ()
    checked: bool = False

    @property
    def number(self) -> str:
        """How a letter writes it: "5", "7(C)"."""
        return self.key if len(self.key) == 1 else f"{self.key[0]}({self.key[1].upper()})"

    @property
    def field(self) -> str:
        """The name of the form's check."""
        return f"b{self.key}"

    @property
    def label(self) -> str:
        """What the form's check says."""
        return f"Exemption {self.number}: {self.name}"


@cache
def exemptions() -> tuple[Exemption, ...]:
    """Return every exemption an appeal can argue, in the Act's order."""
    data = tomllib.loads(resource("letters", "_exemptions.toml").read_text(encoding="utf-8"))
    rows: list[dict[str, Any]] = data["exemptions"]
    return tuple(_read(row) for row in rows)


def _read(row: Mapping[str, Any]) -> Exemption:
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return Exemption(**fields)


def exemption_keys(text: str) -> frozenset[str]:
    """Read the exemptions that a person or a letter names: "(b)(5)", "b7C", "7(C)", "6" become "5", "7c", "6"."""
    known = {found.key for found in exemptions()}
    read = {re.sub(r"[^0-9a-f]", "", part.lower()).removeprefix("b") for part in re.split(r"[,;/ ]+", text)}
    return frozenset(read & known)
