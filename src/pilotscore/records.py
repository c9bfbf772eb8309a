"""Dataclasses that are made quickly: the decorator of :mod:`dataclasses` with less to compile.

That of the standard library compiles a function each for ``__init__``, ``__repr__``, ``__eq__``,
``__hash__``, ``__setattr__`` and ``__delattr__``, up to Python 3.12 one at a time: for the few
hundred classes that a run imports, a fifth of the time it takes. Here ``__init__`` alone is
compiled; the others are functions that all classes share, or that fetch the fields of an object in
one call. Fields, :func:`dataclasses.replace` and the rest of that module work as ever.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import partial
from operator import attrgetter
from reprlib import recursive_repr
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any, NoReturn

Fields = tuple["dataclasses.Field[Any]", ...]


def _frozen_setattr(_self: Any, name: str, _value: Any) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _frozen_delattr(_self: Any, name: str) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


_FROZEN = {"__setattr__": _frozen_setattr, "__delattr__": _frozen_delattr}
# In place of a field that is not given and is made anew for each object.
_MADE = object()


@recursive_repr()
def _repr(self: Any) -> str:
    shown = (f"{f.name}={getattr(self, f.name)!r}" for f in dataclasses.fields(self) if f.repr)
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _made(cls: type, *, frozen: bool, slots: bool, eq: bool, weakref_slot: bool) -> Any:
    """Return the class as a dataclass."""
    if not cls.__doc__:  # one would be put together from the signature, at some cost
        cls.__doc__ = cls.__name__
    own = _own_names(cls, frozen=frozen, eq=eq)
    # Slots make another class of it, so that methods are added to what comes back.
    made: Any = dataclasses.dataclass(
        init=False, repr=False, eq=False, slots=slots, weakref_slot=weakref_slot
    )(cls)
    fields = dataclasses.fields(made)
    methods: dict[str, Any] = {"__init__": _init(made, fields, frozen=frozen), "__repr__": _repr}
    if eq:
        methods |= _comparing(tuple(f.name for f in fields if f.compare), frozen=frozen)
    if frozen:
        methods |= _FROZEN
        if slots:
            methods |= _pickling(tuple(f.name for f in fields))
    for name, method in methods.items():
        if name not in own:
            setattr(made, name, method)
    return made


def _own_names(cls: type, *, frozen: bool, eq: bool) -> set[str]:
    """Return the names that a class defines itself, which stay as they are."""
    own = set(cls.__dict__)
    if frozen and not own.isdisjoint(_FROZEN):
        raise TypeError(f"{cls.__name__} is frozen, and says itself how it is assigned to")
    if eq and "__eq__" in own and cls.__dict__.get("__hash__") is None:
        own.discard("__hash__")  # Python put it there for the sake of __eq__
    return own


def _init(cls: type, fields: Fields, *, frozen: bool) -> Callable[..., None]:
    """Return what takes the fields: the one method of a class that is compiled for it."""
    known: dict[str, Any] = {"_MADE": _MADE}
    taken = [f.name + _default(f, known) for f in fields if f.init and not f.kw_only]
    named = [f.name + _default(f, known) for f in fields if f.init and f.kw_only]
    values = [(f.name, _value(f, known)) for f in fields]
    if frozen:
        known |= {f"_set_{f.name}": _setter(cls, f.name) for f in fields}
    assign = "_set_{0}(self, {1})" if frozen else "self.{0} = {1}"
    lines = [assign.format(name, value) for name, value in values if value]
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    body = "\n ".join(lines or ["pass"])
    parameters = ", ".join(["self", *taken, *(["*", *named] if named else [])])
    exec(f"def __init__({parameters}):\n {body}", known)
    init: Callable[..., None] = known["__init__"]
    init.__qualname__, init.__module__ = f"{cls.__qualname__}.__init__", cls.__module__
    return init


def _setter(cls: type, name: str) -> Callable[[Any, Any], None]:
    """Return what assigns a field of a frozen object: its slot, if it has one."""
    slot = getattr(cls, name, None)
    if isinstance(slot, MemberDescriptorType):
        return slot.__set__
    return lambda self, value: object.__setattr__(self, name, value)


def _default(field: dataclasses.Field[Any], known: dict[str, Any]) -> str:
    """Return what follows the name of a field where it is a parameter."""
    if field.default_factory is not dataclasses.MISSING:
        return "=_MADE"
    if field.default is not dataclasses.MISSING:
        known[f"_default_{field.name}"] = field.default
        return f"=_default_{field.name}"
    return ""


def _value(field: dataclasses.Field[Any], known: dict[str, Any]) -> str:
    """Return what a field is assigned; nothing where ``__post_init__`` has to do it."""
    name = field.name
    if field.default_factory is not dataclasses.MISSING:
        known[f"_make_{name}"] = field.default_factory
        return f"_make_{name}() if {name} is _MADE else {name}" if field.init else f"_make_{name}()"
    return name if field.init else _default(field, known).lstrip("=")


def _comparing(names: tuple[str, ...], *, frozen: bool) -> dict[str, Any]:
    """Return what compares two objects of a class by some fields, and hashes one."""
    values = _values(names)

    def __eq__(self: Any, other: Any) -> Any:  # noqa: N807
        if other.__class__ is self.__class__:
            return values(self) == values(other)
        return NotImplemented

    def __hash__(self: Any) -> int:  # noqa: N807
        return hash(values(self))

    return {"__eq__": __eq__, "__hash__": __hash__ if frozen else None}


def _pickling(names: tuple[str, ...]) -> dict[str, Any]:
    """Return what gives and takes the fields of an object that may not be assigned to."""
    values = _values(names)

    def __getstate__(self: Any) -> tuple[Any, ...]:  # noqa: N807
        return values(self)

    def __setstate__(self: Any, state: tuple[Any, ...]) -> None:  # noqa: N807
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    return {"__getstate__": __getstate__, "__setstate__": __setstate__}


def _values(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """Return what fetches some fields of an object, as a tuple however many they are."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda self: tuple(getattr(self, name) for name in names)


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(
        cls: type | None = None,
        /,
        *,
        frozen: bool = False,
        slots: bool = False,
        eq: bool = True,
        weakref_slot: bool = False,
    ) -> Any:
        """Make a class a dataclass, as the decorator of the standard library does.

        Parameters
        ----------
        cls
            The class; given by itself where the decorator stands without brackets.
        frozen, slots, eq, weakref_slot
            As in :func:`dataclasses.dataclass`.
        """
        made = partial(_made, frozen=frozen, slots=slots, eq=eq, weakref_slot=weakref_slot)
        return made if cls is None else made(cls)
