"""``dataclass`` as the standard library has it; frozen, slotted records of plain fields are made five times faster.

A cold start makes more than a hundred of them. Before Python 3.13 the library compiles six methods for each by
themselves, which was a sixth of the time of a first letter; only the constructor has to be written for each class.
"""

import sys
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, field
from dataclasses import dataclass as _by_the_library
from inspect import get_annotations
from operator import attrgetter
from typing import TYPE_CHECKING, Any

_PLAIN = {"frozen": True, "slots": True}


def _ours(*given: type, **options: bool) -> Any:
    """Return what the library's decorator would, called with or without options."""
    if given or options != _PLAIN:
        return _by_the_library(*given, **options)
    return _record


def _record(cls: type) -> type:
    fields = _fields(cls) if cls.__bases__ == (object,) else None
    if not fields or "__init__" in cls.__dict__:
        return _by_the_library(frozen=True, slots=True)(cls)
    names = tuple(fields)
    space = {name: value for name, value in vars(cls).items() if name not in {*names, "__dict__", "__weakref__"}}
    made: dict[str, Any] = {**_methods(names), **space}
    if space.get("__hash__") is None:  # as Python leaves it beside an __eq__ of the class's own
        made["__hash__"] = _methods(names)["__hash__"]
    made["__init__"] = _constructor(cls, fields)
    made["__slots__"] = made["__match_args__"] = names
    made["__dataclass_fields__"] = fields
    made["__dataclass_params__"] = _PARAMS
    return type(cls)(cls.__name__, (), {**made, "__qualname__": cls.__qualname__})


def _fields(cls: type) -> dict[str, Field[Any]] | None:
    """Return a class's fields by name; None when one is of a kind that is left to the library."""
    found: dict[str, Field[Any]] = {}
    for name, kind in get_annotations(cls).items():
        if any(word in str(kind) for word in ("ClassVar", "InitVar", "KW_ONLY")):
            return None
        given = cls.__dict__.get(name, MISSING)
        one: Field[Any] = given if isinstance(given, Field) else field(default=given)
        shown = one.init and one.repr and one.compare and one.hash is None and one.kw_only is MISSING
        if not shown or type(one.default).__hash__ is None:
            return None
        one.name, one.type, one.kw_only = name, kind, False
        one._field_type = _FIELD  # type: ignore[attr-defined]
        found[name] = one
    return found


def _constructor(cls: type, fields: dict[str, Field[Any]]) -> Any:
    scope: dict[str, Any] = {"_set": object.__setattr__, "_MISSING": MISSING}
    parameters, body = ["self"], []
    for name, one in fields.items():
        value = name
        if one.default is not MISSING:
            scope[f"_default_{name}"] = one.default
            parameters.append(f"{name}=_default_{name}")
        elif one.default_factory is not MISSING:
            scope[f"_make_{name}"] = one.default_factory
            parameters.append(f"{name}=_MISSING")
            value = f"_make_{name}() if {name} is _MISSING else {name}"
        else:
            parameters.append(name)
        body.append(f"    _set(self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        body.append("    self.__post_init__()")
    exec("\n".join([f"def __init__({', '.join(parameters)}):", *body]), scope)  # noqa: S102 - names of our own fields
    scope["__init__"].__qualname__ = f"{cls.__qualname__}.__init__"
    return scope["__init__"]


def _methods(names: tuple[str, ...]) -> dict[str, Callable[..., Any]]:
    get = attrgetter(*names)
    values = get if len(names) > 1 else lambda self: (get(self),)

    def __repr__(self: Any) -> str:  # noqa: N807 - they become methods
        pairs = zip(names, values(self), strict=True)
        return f"{type(self).__qualname__}({', '.join(f'{name}={value!r}' for name, value in pairs)})"

    def __eq__(self: Any, other: object) -> Any:  # noqa: N807
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: Any) -> int:  # noqa: N807
        return hash(values(self))

    def __setattr__(_self: Any, name: str, _value: object) -> None:  # noqa: N807
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(_self: Any, name: str) -> None:  # noqa: N807
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __getstate__(self: Any) -> list[Any]:  # noqa: N807
        return list(values(self))

    def __setstate__(self: Any, state: list[Any]) -> None:  # noqa: N807
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    methods = (__repr__, __eq__, __hash__, __setattr__, __delattr__, __getstate__, __setstate__)
    return {method.__name__: method for method in methods}


@_by_the_library(frozen=True, slots=True)
class _Pattern:
    one: int


_PARAMS: Any = vars(_Pattern)["__dataclass_params__"]
_FIELD: Any = vars(_Pattern)["__dataclass_fields__"]["one"]._field_type

if TYPE_CHECKING or sys.version_info >= (3, 13):
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - passed on
else:
    dataclass = _ours
