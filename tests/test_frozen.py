"""Frozen records behave as the standard library's own, whichever way they are made."""

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, field
from typing import Any, ClassVar

import pytest

from foiadesk import frozen


class _Shape:
    """The fields of a record."""

    name: str
    size: int = 3
    tags: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)

    @property
    def twice(self) -> int:
        """A property stays one."""
        return 2 * self.size


def _copy(cls: type) -> type:
    return type(cls.__name__, (), {k: v for k, v in vars(cls).items() if k not in ("__dict__", "__weakref__")})


Ours: Any = frozen._ours(frozen=True, slots=True)(_copy(_Shape))
Theirs: Any = dataclasses.dataclass(frozen=True, slots=True)(_copy(_Shape))
_Shape.__module__ = Ours.__module__


@frozen._ours(frozen=True, slots=True)
class Kept:
    """One that can be pickled: its name leads to it."""

    name: str
    size: int = 1


@frozen._ours(frozen=True, slots=True)
class Checked:
    """One that looks at what it was given."""

    size: int

    def __post_init__(self) -> None:
        if self.size < 0:
            raise ValueError("size")


@pytest.mark.parametrize("given", [("a",), ("a", 4), ("a", 4, ("x",)), ("a", 4, ("x",), ["n"])])
def test_it_is_made_shown_and_compared_as_the_library_does(given):
    ours, theirs = Ours(*given), Theirs(*given)
    assert repr(ours) == repr(theirs)
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert dataclasses.astuple(ours) == dataclasses.astuple(theirs)
    assert ours == Ours(*given) and ours != theirs and ours != Ours("other")
    assert ours.twice == theirs.twice
    assert dataclasses.replace(ours, size=9) == Ours("a", 9, *given[2:])


def test_the_fields_are_the_librarys():
    def facts(cls: Any) -> list[tuple[Any, ...]]:
        return [(f.name, f.type, f.default, f.default_factory, f.kw_only) for f in dataclasses.fields(cls)]

    assert facts(Ours) == facts(Theirs)
    assert Ours.__match_args__ == Theirs.__match_args__ and Ours.__slots__ == Theirs.__slots__
    assert repr(Ours.__dataclass_params__) == repr(Theirs.__dataclass_params__)
    assert Ours.__doc__ == Theirs.__doc__ and Ours.__qualname__ == Theirs.__qualname__


def test_each_has_a_list_of_its_own():
    first, second = Ours("a"), Ours("a")
    first.notes.append("n")
    assert second.notes == []


def test_it_cannot_be_changed_nor_given_more():
    record = Ours("a")
    for change in (lambda: setattr(record, "name", "b"), lambda: delattr(record, "name")):
        with pytest.raises(FrozenInstanceError, match="name"):
            change()
    with pytest.raises(FrozenInstanceError):
        record.other = 1
    assert not hasattr(record, "__dict__")
    for wrong in ({}, {"name": "a", "other": 1}):
        with pytest.raises(TypeError):
            Ours(**wrong)


def test_hashing_copying_and_pickling():
    record = Kept("a", 2)
    assert {record: 1}[Kept("a", 2)] == 1
    assert copy.deepcopy(record) == record and copy.copy(record) == record
    assert pickle.loads(pickle.dumps(record)) == record


def test_what_it_was_given_is_looked_at():
    assert Checked(1) == Checked(1) and hash(Checked(1)) == hash(Checked(1)) and Checked(1) != Checked(2)
    with pytest.raises(ValueError, match="size"):
        Checked(-1)


def test_what_is_not_plain_is_left_to_the_library():
    class Hidden:
        shown: int
        secret: str = field(default="x", repr=False)

    class Counted:
        made: ClassVar[int] = 0
        size: int = 1

    hidden: Any = frozen._ours(frozen=True, slots=True)(Hidden)
    counted: Any = frozen._ours(frozen=True, slots=True)(Counted)

    @frozen._ours(frozen=True, slots=True)
    class Child(Kept):
        more: int = 0

    assert "secret" not in repr(hidden(1))
    assert [f.name for f in dataclasses.fields(counted)] == ["size"] and counted.made == 0
    assert Child("a", 2, 3).more == 3 and [f.name for f in dataclasses.fields(Child)] == ["name", "size", "more"]

    @frozen._ours
    class Free:
        size: int = 1

    free: Any = Free()
    free.size = 2
    assert free.size == 2


def test_a_list_shared_by_all_is_refused():
    class Wrong:
        notes: list[str] = []  # noqa: RUF012 - what the library refuses

    with pytest.raises(ValueError, match="mutable default"):
        frozen._ours(frozen=True, slots=True)(Wrong)


def test_a_class_may_say_itself_what_equals_it():
    class Loose:
        name: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, type(self)) and self.name.casefold() == other.name.casefold()

    made: Any = frozen._ours(frozen=True, slots=True)(Loose)
    theirs: Any = dataclasses.dataclass(frozen=True, slots=True)(_copy(Loose))
    assert made("A") == made("a") and (made.__hash__ is None) == (theirs.__hash__ is None)
