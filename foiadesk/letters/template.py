"""Letter templates: Jinja in its sandbox, where a value can never become markup and a missing fact shows as a blank.

Every value a template prints is put aside under a number; the text that is then read as paragraphs and headings
holds only the template's own words and those numbers. Values take their places last, as words.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NoReturn

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from foiadesk.letters.model import BLANK, Blank, Run, Runs
from foiadesk.letters.words import CLOSE, OPEN, clean, series, tie, typographic
from foiadesk.records.errors import BadInput
from foiadesk.records.speech import say
from foiadesk.shelf import resource

SLOTS = "_slots"
FROM, TO = "\ufdd2", "\ufdd3"  # noncharacters around a blank within a text; no text that was cleaned has them
_NAMED = re.compile(f"{FROM}([^{TO}]*){TO}")
_INCLUDED = re.compile(r'\{% include "(\w+\.j2)"')
_NAME_END = "\ufdd4"


class Missing:
    """A fact nobody has given. False in a template's ``if``; printed, it is a blank that is listed."""

    __slots__ = ("label", "name")

    def __init__(self, name: str, label: str) -> None:
        self.name = name
        self.label = label

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return BLANK

    def __eq__(self, other: object) -> bool:
        return False

    __hash__ = object.__hash__

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Iterator[Any]:
        return iter(())


class Filled(str):
    """A value of the form in which facts are still missing, each a named blank among its words."""

    __slots__ = ("blanks",)
    blanks: tuple[Blank, ...]

    def __new__(cls, text: str, blanks: tuple[Blank, ...]) -> "Filled":
        """Make the text; blanks: what is missing, in order."""
        made = super().__new__(cls, text)
        made.blanks = blanks
        return made


def named_blank(what: str) -> str:
    """Return the words of a blank within a text, marked so that ``parted`` finds them again."""
    return f"{FROM}[{what}]{TO}"


def parted(run: Run, style: str = "") -> Runs:
    """Return a run as words and the named blanks among them."""
    if FROM not in run.text:
        return (Run(run.text, style or run.style, run.blank),)
    made = []
    for place, piece in enumerate(_NAMED.split(run.text)):
        name, _end, words = piece.rpartition(_NAME_END) if place % 2 else ("", "", piece)  # every second one is a blank
        if words:
            made.append(Run(words, style or run.style, name))
    return tuple(made)


class Slots:
    """The values a template has printed so far, by number, and the blanks among them in order."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.blanks: dict[str, Blank] = {}

    def put(self, value: object) -> str:
        """Put a printed value aside and return its mark."""
        if isinstance(value, Missing):
            self.runs.append(Run(BLANK, blank=value.name))
            self.blanks.setdefault(value.name, Blank(value.name, value.label))
        elif isinstance(value, Filled):  # its words were cleaned before the facts were put in
            names = iter(value.blanks)
            text = _NAMED.sub(lambda match: f"{FROM}{next(names).name}{_NAME_END}{match[1]}{TO}", value)
            self.runs.append(Run(tie(typographic(text))))
            for blank in value.blanks:
                self.blanks.setdefault(blank.name, blank)
        else:
            self.runs.append(Run(tie(typographic(clean(str(value))))))
        return f"{OPEN}{len(self.runs) - 1}{CLOSE}"


@jinja2.pass_context
def _finalize(context: jinja2.runtime.Context, value: object) -> object:
    if isinstance(value, jinja2.Undefined):
        return value  # its own text raises, naming the field
    slots: Slots = context.parent[SLOTS]
    return slots.put(value)


def _series(names: Iterable[str]) -> str:
    return series([str(name) for name in names])


def _load(name: str) -> str | None:
    path = resource("letters", name)
    if path.parent != resource("letters") or not path.is_file():
        return None
    return path.read_text(encoding="utf-8").replace(OPEN, "").replace(CLOSE, "")


@cache
def environment() -> jinja2.Environment:
    """Return the sandbox: no files but the letters' own, no attributes that lead out, nothing it can change."""
    made = ImmutableSandboxedEnvironment(
        loader=jinja2.FunctionLoader(_load),
        undefined=jinja2.StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # nothing is markup: values are put aside by _finalize
        auto_reload=False,
        cache_size=200,
    )
    made.filters["series"] = _series
    return made


def ready(name: str) -> None:
    """Compile a shipped template and those it includes, ahead of its first letter."""
    environment().get_template(name)
    for part in _INCLUDED.findall(_load(name) or ""):
        ready(part)


def _refuse(name: str, error: jinja2.TemplateError, line: int | None) -> NoReturn:
    where = f"{name}, line {line}" if line else name
    raise BadInput(
        say("The letter template {where} cannot be used: {what}.", where=where, what=str(error)[:200]),
        safe="The letter’s fields are kept.",
        todo="Correct the template or reset it.",
    ) from error


def render(name: str, data: Mapping[str, Any]) -> tuple[str, Slots]:
    """Return the rendered template, its values still numbered, and the values.

    Raises BadInput naming file and line when the template is wrong or asks for a field that does not exist.
    """
    slots = Slots()
    try:
        text = environment().get_template(f"{name}.j2").render({**data, SLOTS: slots})
    except jinja2.TemplateSyntaxError as error:
        _refuse(error.name or f"{name}.j2", error, error.lineno)
    except jinja2.TemplateError as error:
        _refuse(f"{name}.j2", error, _line(error))
    return text, slots


def _line(error: BaseException) -> int | None:
    found, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            found = trace.tb_lineno
        trace = trace.tb_next
    return found
