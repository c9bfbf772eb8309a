"""Loads and validates criteria sets and policies; all faults at once, each with its line."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from pilotscore.criteria import kinds
from pilotscore.criteria.checks import (
    Fault,
    check_criteria,
    check_policy,
    check_reach,
    fault,
)
from pilotscore.criteria.extending import extended
from pilotscore.criteria.file_kinds import kind_of_data, refuse_other
from pilotscore.criteria.files import (
    Source,
    finding_of,
    locate,
    read_placed,
    refuse,
)
from pilotscore.criteria.model import CriteriaSet, Profile
from pilotscore.criteria.places import PlacedData
from pilotscore.criteria.policy import Policy
from pilotscore.criteria.shipped import FileKind, folder_of
from pilotscore.criteria.structure import structure_faults
from pilotscore.errors import UsageError
from pilotscore.findings import in_order
from pilotscore.language import Text
from pilotscore.records import dataclass

Validated = TypeVar("Validated", bound=BaseModel)
MOST_BASES = 20
_NO_PROFILE = Text(
    "{criteria} 没有名为 {name} 的权重方案；有：{known}",
    "{criteria} has no weight profile called {name}; there are: {known}",
)


@dataclass(frozen=True, slots=True)
class LoadedCriteria:
    """A valid criteria set, its plain data, and where it came from.

    ``data`` has what the set extends merged in; ``lineage`` the ids of the set and of those that it
    extends; ``profile`` the profile whose weights it has, if one was asked for.
    """

    criteria: CriteriaSet
    data: dict[str, Any]
    source: Source
    lineage: tuple[str, ...] = ()
    profile: Profile | None = None


@dataclass(frozen=True, slots=True)
class LoadedPolicy:
    """A valid policy, where it came from, and its path as it was found."""

    policy: Policy
    source: Source
    path: Path


def validated(
    path: Path, model: type[Validated], placed: PlacedData, faults: Iterable[Fault]
) -> Validated:
    """Return the validated object of a file.

    Raises
    ------
    FaultyFileError
        With every fault in the order of lines.
    """
    valid, every_fault = None, list(faults)
    try:
        valid = model.model_validate(placed.data)
    except ValidationError as error:
        every_fault = [*structure_faults(model, error), *every_fault]
    every_fault += [fault(kinds.REPEATED_KEY, p, key=p[-1]) for p, _ in placed.repeated]
    if valid is None or every_fault:
        findings = in_order(finding_of(path, placed, f) for f in every_fault)
        refuse(path, sorted(findings, key=lambda f: f.place.line or 0))
    return valid


@dataclass(frozen=True, slots=True)
class _Whole:
    """A criteria file with all that it extends."""

    placed: PlacedData
    source: Source
    lineage: tuple[str, ...]
    faults: tuple[Fault, ...]


def _with_bases(path: Path, seen: tuple[Path, ...] = ()) -> _Whole:
    own, source = read_placed(path)
    lineage = (str(own.data.get("id")),)
    name = own.data.get("extends")
    if not isinstance(name, str):
        return _Whole(own, source, lineage, ())
    seen = (*seen, path.resolve())
    try:
        base_path = locate(name, "criteria", path.parent)
    except UsageError as error:
        no_base = fault(kinds.NO_BASE, ("extends",), name=name, near=error.text)
        refuse(path, [finding_of(path, own, no_base)])
    if len(seen) > MOST_BASES:
        refuse(path, [finding_of(path, own, fault(kinds.TOO_DEEP, ("extends",), problem=""))])
    if base_path.resolve() in seen:
        chain = " → ".join(p.name for p in (*seen, base_path))
        cycle = fault(kinds.EXTENDS_CYCLE, ("extends",), chain=chain)
        refuse(path, [finding_of(path, own, cycle)])
    base = _with_bases(base_path, seen)
    placed, faults = extended(own, base.placed, base_path.name)
    source = replace(source, bases=(replace(base.source, bases=()), *base.source.bases))
    return _Whole(placed, source, (*lineage, *base.lineage), (*base.faults, *faults))


def files_of_set(path: Path) -> tuple[Path, ...]:
    """Return the file of a criteria set and those that it extends, but for built-in ones.

    It is sound: :func:`load_criteria` took it.
    """
    files, shipped = [path], folder_of("criteria").resolve()
    while True:
        name = read_placed(files[-1])[0].data.get("extends")
        if not isinstance(name, str) or len(files) > MOST_BASES:
            return tuple(files)
        base = locate(name, "criteria", files[-1].parent)
        if base.parent.resolve() == shipped:
            return tuple(files)
        files.append(base)


def load_criteria(
    name: str | os.PathLike[str] = "pilot-maturity", profile: str | None = None
) -> LoadedCriteria:
    """Load a criteria set by built-in name or path.

    Parameters
    ----------
    name
        A built-in name, or the path of a file.
    profile
        The id of a profile of the set, whose weights of the dimensions are used.

    Raises
    ------
    UsageError
        No such name, file or profile.
    UnreadableInputError
        The file cannot be read.
    FaultyFileError
        It has faults: all of them, each with its line.
    """
    path = locate(name, "criteria")
    whole = _with_bases(path)
    if "dimensions" not in whole.placed.data:
        refuse_other(path, kind_of_data(whole.placed.data), "criteria")
    faults = (*whole.faults, *check_criteria(whole.placed.data))
    criteria = validated(path, CriteriaSet, whole.placed, faults)
    beyond = [finding_of(path, whole.placed, f) for f in check_reach(criteria)]
    if beyond:
        refuse(path, beyond)
    loaded = LoadedCriteria(criteria, whole.placed.data, whole.source, whole.lineage)
    return loaded if profile is None else with_profile(loaded, profile)


def faults_of(data: dict[str, Any]) -> list[Fault]:
    """Return the faults of a criteria set's plain data, as :func:`load_criteria` finds them."""
    beyond_types = list(check_criteria(data))
    try:
        criteria = CriteriaSet.model_validate(data)
    except ValidationError as error:
        return [*structure_faults(CriteriaSet, error), *beyond_types]
    return beyond_types or list(check_reach(criteria))


def with_profile(loaded: LoadedCriteria, name: str) -> LoadedCriteria:
    """Return a criteria set with the dimension weights of one of its profiles.

    Raises
    ------
    UsageError
        It has no such profile.
    """
    criteria = loaded.criteria
    known = {p.id: p for p in criteria.profiles}
    chosen = known.get(name)
    if chosen is None:
        listed = ", ".join(known) or "-"
        raise UsageError(_NO_PROFILE.of(criteria=criteria.id, name=name, known=listed))
    dimensions = tuple(
        d.model_copy(update={"weight": chosen.weights[d.id]}) for d in criteria.dimensions
    )
    reweighted = criteria.model_copy(update={"dimensions": dimensions})
    return replace(loaded, criteria=reweighted, profile=chosen)


def load_policy(
    name: str | os.PathLike[str],
    loaded: LoadedCriteria | None = None,
    beside: Path | None = None,
) -> LoadedPolicy:
    """Load a policy by built-in name or path, and hold it against a criteria set.

    Raises
    ------
    UsageError, UnreadableInputError, FaultyFileError
        As :func:`load_criteria`.
    """
    path = locate(name, "policy", beside)
    placed, source = read_placed(path, "policy")
    refuse_other(path, kind_of_data(placed.data), "policy")
    data, lineage = (loaded.data, loaded.lineage) if loaded else (None, ())
    faults = check_policy(placed.data, data, lineage)
    return LoadedPolicy(validated(path, Policy, placed, faults), source, path)


def file_kind(path: Path) -> FileKind:
    """Tell by its keys whether a file is meant as a criteria set or a policy."""
    data = read_placed(path)[0].data
    return "policy" if "held" in data or "refused" in data else "criteria"
