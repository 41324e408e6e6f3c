"""Libraries that other libraries import for what is seldom used, imported when it is used."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


class _StandIn(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # asked by whoever watches imports, Qt's binding for one
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


@contextmanager
def postponed(name: str, **known: object) -> Iterator[None]:
    """Give whoever imports a module meanwhile a stand-in, which imports it when something of it is asked for.

    known: what is asked of it at once, as by annotations, and need not be the real thing.
    """
    if name in sys.modules:
        yield
        return
    stand_in = sys.modules[name] = _StandIn(name)
    vars(stand_in).update(known)
    try:
        yield
    finally:
        if sys.modules.get(name) is stand_in:
            del sys.modules[name]
