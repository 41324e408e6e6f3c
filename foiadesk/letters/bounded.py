"""Templates of the desk's own: a small part of Jinja that runs no code, reads no file and always comes to an end.

A shipped text is ours; one that was changed or imported is anybody's. So it may say only what the shipped ones say:
print a value, ask, repeat over a list, take in a shared part. No calls, no sums, no names of its own: with the rounds
of loops, what is done in each, the length of what filters and comparisons are given and the words printed counted,
nothing it says can run long or grow large.
"""

import difflib
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NoReturn

import jinja2
from jinja2 import meta, nodes

from foiadesk.letters.template import SLOTS, Missing, Slots, environment
from foiadesk.letters.trouble import TemplateTrouble
from foiadesk.letters.words import CLOSE, OPEN
from foiadesk.records.speech import say

LONGEST = 100_000  # characters of a template's own text
PRINTED = 300_000  # characters of one letter
LINES = 6_000  # of one letter
ROUNDS = 10_000  # of all its loops together
STEPS = 1_000_000  # of all that is done in them, and with long values: a small part of a second
DEEPEST = 40  # constructs within one another
MOST = 3_000  # constructs of a template: some twenty times the longest shipped one

_MAY = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const, nodes.If, nodes.CondExpr,
    nodes.For, nodes.Compare, nodes.Operand, nodes.Not, nodes.And, nodes.Or, nodes.Filter, nodes.Test, nodes.Include,
)  # fmt: skip
_WORDS: Mapping[type[nodes.Node], str] = {
    nodes.Call: "a call", nodes.Macro: "a macro", nodes.CallBlock: "a macro", nodes.Import: "an import",
    nodes.FromImport: "an import", nodes.Extends: "another template", nodes.Block: "a block", nodes.Assign: "“set”",
    nodes.AssignBlock: "“set”", nodes.List: "a list", nodes.Dict: "a table", nodes.Tuple: "a list",
    nodes.Getitem: "a subscript", nodes.Concat: "“~”", nodes.FilterBlock: "a filter block", nodes.With: "“with”",
}  # fmt: skip
_FILTERS = frozenset(
    {"series", "list", "selectattr", "upper", "lower", "capitalize", "trim", "length", "first", "last"}
)
_OF_WORDS = ("upper", "lower", "capitalize", "trim")
_TESTS = frozenset({"defined", "undefined"})
_COUNTED, _WEIGHED = "_counted", "_weighed"  # filters that only ``_compiled`` puts in
_BUDGET = "_budget"
_STEPS_OF: Mapping[type[nodes.Node], int] = {nodes.Include: 300, nodes.Getattr: 5}  # all others are one step
_CHARACTERS, _ITEMS = 50, 5  # of a value, that take as long as a step
_DEAR = {"selectattr": 100}  # filters that do more with each item: how often it counts
_FILE = "<own letter>"


class _TooMuch(jinja2.TemplateRuntimeError):
    """The template asked for more than a letter can be."""


class _Counted(Slots):
    """Slots that hold no more than a letter's worth of words."""

    def __init__(self) -> None:
        super().__init__()
        self.room = PRINTED

    def put(self, value: object) -> str:
        if not isinstance(value, (str, int, Missing)):
            raise _TooMuch(say("it prints {what}; print one of its parts, or repeat over it", what=_called(value)))
        mark = super().put(value)
        self.spend(len(self.runs[-1].text))
        return mark

    def spend(self, count: int) -> None:
        """Take this many characters from what may still be printed."""
        self.room -= count
        if self.room < 0:
            raise _TooMuch(say("it prints more than {what} characters", what=format(PRINTED, ",")))


def _called(value: object) -> str:
    return say("a list") if isinstance(value, (list, tuple)) else say("what is no word or number")


class _Budget:
    """What a template may still do."""

    def __init__(self) -> None:
        self.rounds, self.steps = ROUNDS, STEPS

    def round(self, steps: int) -> None:
        """Begin a round of a loop that does so much."""
        self.rounds -= 1
        if self.rounds < 0:
            raise _TooMuch(say("its loops take more than {what} rounds", what=format(ROUNDS, ",")))
        self.spend(steps)

    def spend(self, steps: int) -> None:
        """Take this many steps from those left."""
        self.steps -= steps
        if self.steps < 0:
            raise _TooMuch(say("it asks for more than {what} steps", what=format(STEPS, ",")))

    def weigh(self, value: object, times: int) -> None:
        """Take what it costs to go through a value so many times."""
        if isinstance(value, str):
            self.spend(1 + times * len(value) // _CHARACTERS)
        elif isinstance(value, (list, tuple)):
            self.spend(1 + times * len(value) // _ITEMS)


@jinja2.pass_context
def _rounds(context: jinja2.runtime.Context, values: Any, steps: int) -> Iterator[Any]:
    budget: _Budget = context.parent[_BUDGET]
    for value in values:
        budget.round(steps)
        yield value


@jinja2.pass_context
def _weighed(context: jinja2.runtime.Context, value: Any, times: int) -> Any:
    context.parent[_BUDGET].weigh(value, times)
    return value


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    """Return the letters' sandbox with little left in it, and what counts put in."""
    whole = environment()
    made = whole.overlay(cache_size=50)
    made.filters = {name: found for name, found in whole.filters.items() if name in _FILTERS}
    made.filters |= {name: _kept_blank(made.filters[name]) for name in _OF_WORDS}
    made.filters[_COUNTED], made.filters[_WEIGHED] = _rounds, _weighed
    made.tests = {name: found for name, found in whole.tests.items() if name in _TESTS}
    made.globals = {}
    return made


def _kept_blank(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A missing fact stays one, whatever is done with its words."""
    return lambda value: value if isinstance(value, Missing) else change(value)


def _plain(text: str) -> str:
    return text.replace(OPEN, "").replace(CLOSE, "")


def _parse(name: str, text: str) -> nodes.Template:
    if len(text) > LONGEST:
        raise TemplateTrouble(name, "text", say("it has more than {what} characters", what=format(LONGEST, ",")))
    try:
        tree = environment().parse(_plain(text))
    except jinja2.TemplateSyntaxError as error:
        raise TemplateTrouble(name, "text", _said(error), line=error.lineno) from None
    except (RecursionError, ValueError, OverflowError, MemoryError):
        raise TemplateTrouble(name, "text", say("its brackets or numbers go too far")) from None
    _check(name, tree)
    return tree


def _said(error: Exception) -> str:
    return str(error)[:200]


def _check(name: str, tree: nodes.Template) -> None:
    """Refuse whatever is no part of the letters' small language."""
    held: list[tuple[nodes.Node, int, int]] = [(tree, 0, 1)]
    seen = 0
    while held:
        node, depth, above = held.pop()
        line = int(getattr(node, "lineno", None) or above)
        why = _why_not(node)
        seen += 1
        if depth > DEEPEST:
            why = why or say("it nests more than {deepest} things", deepest=DEEPEST)
        if seen > MOST:
            why = why or say("it prints, asks and repeats more than {what} times", what=format(MOST, ","))
        if why:
            raise TemplateTrouble(name, "text", why, line=line)
        held += [(child, depth + 1, line) for child in node.iter_child_nodes()]


def _why_not(node: nodes.Node) -> str:
    """Say what is wrong with one part of a template; "" when nothing is."""
    why = ""
    if not isinstance(node, _MAY):
        word = _WORDS.get(type(node), f"“{type(node).__name__.lower()}”")
        why = say(
            "{word} cannot stand in a letter: print fields, ask with “if”, repeat with “for”, include a part", word=word
        )
    elif isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        why = say("there is no “{attr}”", attr=node.attr)
    elif isinstance(node, nodes.Name) and node.name.startswith("_"):
        why = say("there is no field “{name}”", name=node.name)
    elif isinstance(node, nodes.Filter):
        why = _wrong_filter(node)
    elif isinstance(node, nodes.Test) and (node.name not in _TESTS or node.args or node.kwargs):
        why = say("there is no test “{name}”", name=node.name)
    elif isinstance(node, nodes.For) and (node.recursive or not isinstance(node.target, nodes.Name)):
        why = say("a loop takes one thing at a time, and does not call itself")
    elif isinstance(node, nodes.Include):
        why = _wrong_part(node)
    return why


def _wrong_filter(node: nodes.Filter) -> str:
    if node.name not in _FILTERS or node.node is None:
        return say("there is no filter “{name}”", name=node.name)
    named = [one.value for one in node.args if isinstance(one, nodes.Const)]
    wanted = 1 if node.name == "selectattr" else 0
    if node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) != wanted or len(named) != wanted:
        return say("the filter “{name}” is used otherwise", name=node.name)
    if any(not isinstance(one, str) or not one.isidentifier() or one.startswith("_") for one in named):
        return say("the filter “{name}” is used otherwise", name=node.name)
    return ""


def _wrong_part(node: nodes.Include) -> str:
    part = node.template.value if isinstance(node.template, nodes.Const) else None
    if isinstance(part, str) and part.startswith("_") and part in parts():
        return ""
    return say("only a shared part can be included ({what})", what=", ".join(sorted(parts())))


@lru_cache(maxsize=1)
def parts() -> frozenset[str]:
    """Return the names of the shared parts a text can include."""
    from foiadesk.letters.catalogue import SHARED
    from foiadesk.shelf import resource

    return frozenset(path.name for path in resource("letters").glob(f"{SHARED}*.j2"))


def check_text(name: str, text: str, known: frozenset[str]) -> None:
    """Refuse a text that is wrong, or asks for what its form and the facts do not have; raises TemplateTrouble."""
    tree = _parse(name, text)
    own = {one.target.name for one in tree.find_all(nodes.For) if isinstance(one.target, nodes.Name)}
    missing = meta.find_undeclared_variables(tree) - known
    for found in tree.find_all(nodes.Name):
        if found.ctx == "load" and found.name in missing:
            near = difflib.get_close_matches(found.name, known, n=1)
            hint = say("; did you mean “{near}”?", near=near[0]) if near else ""
            raise TemplateTrouble(
                name,
                "text",
                say("there is no field “{name}”{hint}", name=found.name, hint=hint),
                line=found.lineno,
                field=found.name,
            )
    for included in tree.find_all(nodes.Include):
        assert isinstance(included.template, nodes.Const)
        if lacking := sorted(_asked(included.template.value) - known - own):
            why = say(
                "the part “{value}” needs the field “{lacking}”, which the form does not have",
                value=included.template.value,
                lacking=lacking[0],
            )
            raise TemplateTrouble(name, "text", why, line=included.lineno, field=lacking[0])
    _compiled(name, text)


@lru_cache(maxsize=64)
def _asked(part: str) -> frozenset[str]:
    """Return every name a shared part asks for, with those of the parts in it."""
    loader = environment().loader
    assert loader is not None
    tree = environment().parse(loader.get_source(environment(), part)[0])
    own = {name for one in tree.find_all(nodes.For) for name in _targets(one)}
    asked = set(meta.find_undeclared_variables(tree))
    for inner in meta.find_referenced_templates(tree):
        asked |= _asked(inner or "") - own
    return frozenset(asked)


def _targets(loop: nodes.For) -> list[str]:
    return [one.name for one in (loop.target, *loop.target.find_all(nodes.Name)) if isinstance(one, nodes.Name)]


@lru_cache(maxsize=64)
def _compiled(name: str, text: str) -> jinja2.Template:
    tree = _parse(name, text)
    _count(tree)
    made = _environment()
    tree.set_environment(made)
    try:
        code = made.compile(tree, None, _FILE)
    except jinja2.TemplateSyntaxError as error:
        raise TemplateTrouble(name, "text", _said(error), line=error.lineno) from None
    except (SyntaxError, RecursionError, ValueError, OverflowError, MemoryError):
        raise TemplateTrouble(name, "text", say("too many things stand within one another")) from None
    return jinja2.Template.from_code(made, code, {}, None)


def _count(tree: nodes.Template) -> None:
    """Put in what counts: each round of a loop by what is done in it, each value where it is gone through."""
    for filtered in list(tree.find_all(nodes.Filter)):
        if filtered.node is not None:
            filtered.node = _to_weigh(filtered.node, _DEAR.get(filtered.name, 1))
    for compared in list(tree.find_all(nodes.Compare)):
        compared.expr = _to_weigh(compared.expr)
        for operand in compared.ops:
            operand.expr = _to_weigh(operand.expr)
    for loop in list(tree.find_all(nodes.For)):
        steps = nodes.Const(_steps(loop), lineno=loop.lineno)
        loop.iter = nodes.Filter(loop.iter, _COUNTED, [steps], [], None, None, lineno=loop.lineno)


def _to_weigh(value: nodes.Expr, times: int = 1) -> nodes.Expr:
    return nodes.Filter(value, _WEIGHED, [nodes.Const(times)], [], None, None, lineno=value.lineno)


def _steps(loop: nodes.For) -> int:
    """Return how much one round of a loop does, without the rounds of the loops in it."""
    held: list[nodes.Node] = [*loop.body, *([loop.test] if loop.test is not None else [])]
    steps = 1
    while held:
        node = held.pop()
        steps += _STEPS_OF.get(type(node), 1)
        held += [node.iter] if isinstance(node, nodes.For) else node.iter_child_nodes()
    return steps


def render_own(name: str, text: str, data: Mapping[str, Any]) -> tuple[str, Slots]:
    """Return a text of the desk's own rendered, its values still numbered, and the values; raises TemplateTrouble."""
    template = _compiled(name, text)
    slots = _Counted()
    made: list[str] = []
    try:
        for piece in template.generate({**data, SLOTS: slots, _BUDGET: _Budget()}):
            made.append(piece)
            slots.spend(len(piece))
    except jinja2.TemplateError as error:
        _refuse(name, error)
    except (TypeError, ValueError, AttributeError, RecursionError) as error:  # a value used as what it is not
        _refuse(name, error)
    said = "".join(made)
    if said.count("\n") + sum(run.text.count("\n") for run in slots.runs) > LINES:
        raise TemplateTrouble(name, "text", say("it prints more than {what} lines", what=format(LINES, ",")), line=1)
    return said, slots


def _refuse(name: str, error: Exception) -> NoReturn:
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == _FILE:
            line = trace.tb_lineno
        trace = trace.tb_next
    raise TemplateTrouble(name, "text", _said(error), line=line) from None
