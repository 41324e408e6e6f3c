"""XML of foreign documents, by expat alone: no entity is ever expanded, nothing is fetched, text is bounded.

The standard library's expat with its declaration handler refusing is what defusedxml amounts to, without the
dependency; a DOM of a large sheet would take ten times the memory of these events.
"""

from collections.abc import Callable, Mapping
from xml.parsers import expat

from foiadesk.intake.refusals import Refusal

MAX_TEXT = 50_000_000  # characters of one document
_MAX_DEPTH = 2000

Attributes = Mapping[str, str]


class Reader:
    """Calls ``start`` and ``end`` with local names (no prefix, no namespace) and gathers text where told to.

    A subclass sets ``hearing`` while character data is wanted, and writes with ``put``.
    """

    def __init__(self) -> None:
        self.out: list[str] = []
        self.size = 0
        self.hearing = False
        self.depth = 0

    def start(self, name: str, given: Attributes) -> None:
        """An element began."""

    def end(self, name: str) -> None:
        """An element ended."""

    def put(self, text: str) -> None:
        """Write text; raises Refusal ("inflates") beyond what a document may hold."""
        self.size += len(text)
        if self.size > MAX_TEXT:
            raise Refusal("inflates")
        self.out.append(text)

    def text(self) -> str:
        """Return what was written."""
        return "".join(self.out)

    def feed(self, data: bytes) -> None:
        """Read one XML file. Raises Refusal ("damaged_office", "entities")."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.EntityDeclHandler = _refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._heard
        try:
            parser.Parse(data, True)
        except expat.ExpatError:
            raise Refusal("damaged_office") from None

    def _start(self, name: str, given: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise Refusal("damaged_office")
        self.start(name.rpartition(":")[2], given)

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.end(name.rpartition(":")[2])

    def _heard(self, text: str) -> None:
        if self.hearing:
            self.put(text)


def _refuse(*_declaration: object) -> None:
    raise Refusal("entities")


def local(given: Attributes, name: str, otherwise: str = "") -> str:
    """Return an attribute by its name without prefix."""
    if name in given:
        return given[name]
    for key, value in given.items():
        if key.rpartition(":")[2] == name:
            return value
    return otherwise


def number(text: str, otherwise: int = 0) -> int:
    """Return a whole number written in an attribute, ``otherwise`` when it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


class Gathered(Reader):
    """Calls back for each element of interest with its attributes; no text."""

    def __init__(self, wanted: Mapping[str, Callable[[Attributes], None]]) -> None:
        super().__init__()
        self._wanted = wanted

    def start(self, name: str, given: Attributes) -> None:
        """Pass on an element that is wanted."""
        if name in self._wanted:
            self._wanted[name](given)
