"""What is wrong with a letter template of the desk's own, and where."""

from foiadesk.records.errors import BadInput
from foiadesk.records.speech import say

_PARTS = {"text": "text", "form": "form"}


class TemplateTrouble(BadInput):
    """part: "text" or "form". line: counted from 1, 0 where it is not known. field: the field it is about, if any."""

    def __init__(self, name: str, part: str, why: str, *, line: int = 0, field: str = "") -> None:
        what = why if not why.endswith(".") else why.rstrip(".")
        super().__init__(
            say(
                "The letter template {name}, {part}, line {line} cannot be used: {what}.",
                name=name,
                part=say(_PARTS.get(part, part)),
                line=line,
                what=what,
            )
            if line
            else say(
                "The letter template {name}, {part} cannot be used: {what}.",
                name=name,
                part=say(_PARTS.get(part, part)),
                what=what,
            ),
            safe=say("What is in force stays as it was, and so do letters already written."),
            todo=say("Correct the template or reset it."),
        )
        self.part = part
        self.why = why
        self.line = line
        self.field = field
