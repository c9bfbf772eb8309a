"""The states of a service invention and the steps between them, as validated data.

``rules/steps.yaml`` has them; :func:`load_steps` reads it. What a step follows stands in
``rules/regions.yaml``: a step names the rule by its id.
"""

from __future__ import annotations

from functools import cache, cached_property

from pydantic import Field, model_validator

from pilotscore.criteria.files import read_placed
from pilotscore.criteria.loader import validated
from pilotscore.criteria.parts import Bilingual, Identifier, Part, Strings
from pilotscore.criteria.shipped import data_folder
from pilotscore.language import Text
from pilotscore.records import dataclass


class State(Part):
    """A state of a result; a final one is left by no step."""

    id: Identifier
    title: Bilingual
    final: bool = False


class Latest(Part):
    """Until when: the period of the rule on ``item``, counted from the day of a state."""

    source: Identifier = Field(alias="from")
    item: Identifier


class Edge(Part):
    """A step from one of several states to another, with who acts and what proves it.

    ``granted``, ``state`` and ``use_right`` say for which results it is there: with rights granted
    to the team or without, of state universities and institutes or of others, with no more than a
    right of use granted; None for all. ``earliest`` is the state after whose day it may come, or
    ``publicity`` for the end of the days that publicity must last. ``item`` is the matter whose
    rule of the region it follows; ``rule`` that of the nation. ``money`` names what is paid.
    """

    id: Identifier
    sources: tuple[Identifier, ...] = Field(alias="from")
    to: Identifier
    actor: Identifier
    document: Bilingual
    rule: str
    item: str = ""
    modes: Strings = ()
    granted: bool | None = None
    state: bool | None = None
    use_right: bool | None = None
    optional: bool = False
    earliest: str = ""
    latest: Latest | None = None
    money: str = ""


class StepsFile(Part):
    """The file of steps: who acts, the states in their order, and the steps between them."""

    id: Identifier
    version: str
    actors: dict[str, Bilingual]
    states: tuple[State, ...]
    edges: tuple[Edge, ...]

    @model_validator(mode="after")
    def _names_are_known(self) -> StepsFile:
        states = {state.id for state in self.states}
        named = {s for e in self.edges for s in (*e.sources, e.to)}
        days = {e.earliest for e in self.edges} - {"", "publicity"}
        actors = {e.actor for e in self.edges} - set(self.actors)
        if unknown := sorted((named | days) - states) + sorted(actors):
            raise ValueError(f"no such states or actors: {unknown}")
        return self


@dataclass(frozen=True)
class StateMachine:
    """The states and steps, as they were read."""

    file: StepsFile
    sha256: str

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The ids of the states, in their order."""
        return tuple(state.id for state in self.file.states)

    @cached_property
    def states(self) -> dict[str, State]:
        """The states by their id."""
        return {state.id: state for state in self.file.states}

    @cached_property
    def into(self) -> dict[str, tuple[Edge, ...]]:
        """The steps that lead into each state."""
        return {s: tuple(e for e in self.file.edges if e.to == s) for s in self.order}

    def actor(self, edge: Edge) -> Text:
        """Return who takes a step."""
        return self.file.actors[edge.actor]


@cache
def load_steps() -> StateMachine:
    """Load the shipped states and steps.

    Raises
    ------
    FaultyFileError
        The file has faults: all of them, each with its line.
    """
    path = data_folder("rules") / "steps.yaml"
    placed, source = read_placed(path)
    return StateMachine(validated(path, StepsFile, placed, ()), source.sha256)
