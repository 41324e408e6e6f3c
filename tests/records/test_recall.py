"""What the worker says of a damaged message, kept as text, is made again word for word."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from foiadesk.intake import message
from foiadesk.records import recall
from foiadesk.records.speech import Said

INTAKE = Path(message.__file__).parent
FILLED = {"where": "part 2.1", "number": "2.1", "count": "20", "name": "Reply (2).eml"}


def said_by_the_worker() -> Iterator[str]:
    """Yield every sentence that the worker's sources add to what is damaged, its holes filled."""
    for name in ("message.py", "outlook.py", "winmail.py"):
        for node in ast.walk(ast.parse((INTAKE / name).read_text("utf-8"))):
            called = getattr(getattr(node, "func", None), "attr", "")
            owner = getattr(getattr(getattr(node, "func", None), "value", None), "id", "")
            if isinstance(node, ast.Call) and called in ("add", "append") and owner == "notes":
                yield from _filled(node.args[0])
            elif isinstance(node, ast.keyword) and node.arg == "damaged" and isinstance(node.value, ast.IfExp):
                yield from _filled(node.value.body)
    yield from (text.format(where="the message") for text in message._DEFECTS.values())


def _filled(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(_part(part) for part in parts)


def _part(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    words = ast.unparse(part)
    return "part 3" if "_where" in words else "2.1" if "number" in words else "20"


def test_every_sentence_of_the_worker_is_known_again() -> None:
    sentences = list(said_by_the_worker())
    assert len(sentences) > 20
    for sentence in sentences:
        whole = sentence[:1].upper() + sentence[1:].removesuffix(".") + "."
        again = recall.damage(whole)
        assert isinstance(again, Said)
        part = again.values["part0"]
        assert isinstance(part, Said), whole
        assert again == whole


@pytest.mark.parametrize("template", [*recall.DAMAGES, *recall.ORIGINS])
def test_a_kept_sentence_reads_the_same(template: str) -> None:
    text = template.format(**FILLED)
    if template in recall.ORIGINS:
        found = recall.origin(text)
        assert (found, isinstance(found, Said), found.template) == (text, True, template)  # type: ignore[attr-defined]
    else:
        text = text[:1].upper() + text[1:] + "."
        assert recall.damage(f"{text} Its date cannot be read.") == f"{text} Its date cannot be read."


def test_what_somebody_else_said_stays_as_it_stands() -> None:
    assert recall.origin("scan of my desk") == "scan of my desk"
    assert not isinstance(recall.origin("scan of my desk"), Said)
    assert recall.damage("") == ""
    odd = recall.damage("Something new. Its date cannot be read.")
    assert odd == "Something new. Its date cannot be read."
    assert isinstance(odd, Said) and [type(one) is str for one in odd.values.values()] == [True, False]
    assert not re.search(r"\{", odd)
