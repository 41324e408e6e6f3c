"""What is wrong with a letter template of the desk's own, and where."""

from foiadesk.records.errors import BadInput


class TemplateTrouble(BadInput):
    """part: "text" or "form". line: counted from 1, 0 where it is not known. field: the field it is about, if any."""

    def __init__(self, name: str, part: str, why: str, *, line: int = 0, field: str = "") -> None:
        where = f"{name}, {part}, line {line}" if line else f"{name}, {part}"
        super().__init__(
            f"The letter template {where} cannot be used: {why.rstrip('.')}.",
            safe="What is in force stays as it was, and so do letters already written.",
            todo="Correct the template or reset it.",
        )
        self.part = part
        self.why = why
        self.line = line
        self.field = field
