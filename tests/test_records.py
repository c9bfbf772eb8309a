"""A dataclass of ours is one of the standard library in all but how long it takes to make."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, field, replace
from inspect import signature
from itertools import product

import pytest

from pilotscore import records

SETTINGS = [
    {"frozen": frozen, "slots": slots, "eq": eq, "weakref_slot": slots and eq}
    for frozen, slots, eq in product((False, True), repeat=3)
]
OURS, THEIRS = records.dataclass, dataclasses.dataclass


def plain(decorate, **settings):
    @decorate(**settings)
    class Plain:
        """Two fields that must be given, one that may, one that is made, one that is hidden."""

        name: str
        value: float
        unit: str = "t"
        notes: list[str] = field(default_factory=list)
        secret: str = field(default="x", repr=False, compare=False)

    return Plain


def derived(decorate, **settings):
    @decorate(**settings)
    class Base:
        first: int

        def doubled(self):
            return 2 * self.first

    @decorate(**settings)
    class Derived(Base):
        second: int = 3
        total: int = field(init=False)
        always: str = field(init=False, default="a")
        made: list[int] = field(init=False, default_factory=list)

        def __post_init__(self):
            object.__setattr__(self, "total", self.first + self.second)

    return Derived


def with_own_methods(decorate, **settings):
    @decorate(**settings)
    class Own:
        value: str

        def __eq__(self, other):
            return isinstance(other, type(self)) and self.value.casefold() == other.value.casefold()

        def __repr__(self):
            return f"<{self.value}>"

    return Own


def empty(decorate, **settings):
    @decorate(**settings)
    class Empty:
        pass

    return Empty


def one(decorate, **settings):
    @decorate(**settings)
    class One:
        value: float

    return One


def by_name(decorate, **settings):
    @decorate(**settings)
    class ByName:
        value: float
        unit: str = field(default="t", kw_only=True)
        times: int = 1

    return ByName


NAN = float("nan")
CASES = [
    (plain, [("a", 1.0), ("a", 1.0, "kg"), ("b", 2.0, "t", ["n"], "y"), ("b", 2.0, "t", ["n"])]),
    (derived, [(1,), (1, 3), (2, 2)]),
    (with_own_methods, [("a",), ("A",), ("b",)]),
    (empty, [()]),
    (by_name, [(1.0,), (1.0, 2)]),
    (one, [(1.0,), (NAN,), (NAN,), (2.0,)]),
]


def told(action):
    """Return what something comes to, or the type of its error."""
    try:
        return action()
    except Exception as error:
        return type(error)


def assigned(obj, name):
    return told(lambda: setattr(obj, name, 7))


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
@pytest.mark.parametrize(("make", "given"), CASES, ids=lambda x: getattr(x, "__name__", ""))
def test_it_does_what_that_of_the_standard_library_does(make, given, settings):
    ours, theirs = make(OURS, **settings), make(THEIRS, **settings)
    assert [f.name for f in dataclasses.fields(ours)] == [
        f.name for f in dataclasses.fields(theirs)
    ]
    assert list(signature(ours).parameters) == list(signature(theirs).parameters)
    assert ours.__match_args__ == theirs.__match_args__
    assert hasattr(ours, "__slots__") == hasattr(theirs, "__slots__")
    a, b = ([c(*x) for x in given] for c in (ours, theirs))
    assert [repr(x) for x in a] == [repr(x) for x in b]
    assert [[x == y for y in a] for x in a] == [[x == y for y in b] for x in b]
    assert [dataclasses.asdict(x) for x in a] == [dataclasses.asdict(x) for x in b] or make is one
    hashed = [[told(lambda x=x: isinstance(hash(x), int)) for x in some] for some in (a, b)]
    assert hashed[0] == hashed[1]
    for x, y in zip(a, b, strict=True):
        assert repr(copy.copy(x)) == repr(copy.copy(y))
        assert repr(copy.deepcopy(x)) == repr(copy.deepcopy(y))
        for name in (f.name for f in dataclasses.fields(ours)):
            assert assigned(x, name) is assigned(y, name)
        # Where there are slots, that of the standard library ends in a TypeError here.
        assert (assigned(x, "other") is None) == (assigned(y, "other") is None)
        assert repr(x) == repr(y)
    assert a[0] != b[0]


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_equal_objects_hash_alike(settings):
    if settings["frozen"] and settings["eq"]:
        ours = one(OURS, **settings)
        assert len({ours(1.0), ours(1.0), ours(2.0)}) == 2


@pytest.mark.parametrize("wrong", [(), ("a",), ("a", 1.0, "t", [], "y", 6)])
def test_too_few_and_too_many_values_are_refused(wrong):
    with pytest.raises(TypeError, match=r"__init__\(\)"):
        plain(OURS, frozen=True, slots=True)(*wrong)


def test_what_is_made_is_made_for_each_object():
    ours = plain(OURS, frozen=True, slots=True)
    assert ours("a", 1.0).notes is not ours("a", 1.0).notes
    assert replace(ours("a", 1.0), unit="kg") == ours("a", 1.0, "kg")


def test_a_frozen_object_gives_up_nothing():
    kept = plain(OURS, frozen=True, slots=True)("a", 1.0)
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'name'"):
        kept.name = "b"
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'name'"):
        del kept.name


def test_a_frozen_class_may_not_say_how_it_is_assigned_to():
    with pytest.raises(TypeError, match="Odd is frozen"):

        @OURS(frozen=True)
        class Odd:
            def __setattr__(self, name, value):
                pass


def test_an_object_that_holds_itself_can_be_shown():
    loop = plain(OURS, slots=True)("a", 1.0)
    loop.notes.append(loop)
    assert "notes=[...]" in repr(loop)


@OURS(frozen=True, slots=True)
class Sent:
    name: str
    value: float = 1.0


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_objects_go_to_another_process(protocol):
    assert pickle.loads(pickle.dumps(Sent("a", 2.0), protocol)) == Sent("a", 2.0)


def test_a_class_without_a_docstring_has_its_name_for_one():
    assert (empty(OURS).__doc__, one(OURS).__doc__) == ("Empty", "One")


def test_the_decorator_may_stand_without_brackets():
    @OURS
    class Bare:
        value: int

    assert repr(Bare(1)).endswith("Bare(value=1)")
