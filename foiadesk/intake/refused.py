"""Refusals as the rest of the program knows them: ``Unreadable`` with a plain reason."""

from foiadesk.intake.refusals import REFUSALS
from foiadesk.records.errors import Unreadable
from foiadesk.records.speech import say


class Refused(Unreadable):
    """A file that could not be read, by a code of ``REFUSALS`` and whole numbers for its sentence: no foreign text."""

    def __init__(self, code: str, **numbers: int) -> None:
        what, todo = REFUSALS[code]
        super().__init__(say(what, **numbers), safe=say("The file itself is kept unchanged."), todo=todo)
        self.code = code
        self.numbers = numbers
