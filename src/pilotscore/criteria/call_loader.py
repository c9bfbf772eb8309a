"""Loads and validates calls, with what is set on top of the file."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pilotscore.criteria.amounts import in_fen, read_sum
from pilotscore.criteria.call import Call
from pilotscore.criteria.checks import check_call
from pilotscore.criteria.file_kinds import kind_of_data, refuse_other
from pilotscore.criteria.files import Source, locate, read_placed
from pilotscore.criteria.loader import LoadedCriteria, validated
from pilotscore.criteria.places import Mark, PlacedData
from pilotscore.criteria.policy import Policy
from pilotscore.criteria.settings import path_of, with_setting
from pilotscore.errors import UsageError
from pilotscore.language import Text
from pilotscore.records import dataclass

_NO_AMOUNT = Text(
    "“{written}”不是{currency}金额，如 6000万元",
    "{quoted} is no amount in {currency}, such as 6000万元",
)


@dataclass(frozen=True, slots=True)
class LoadedCall:
    """A valid call, where it came from, and on which line of it each address stands.

    ``lines`` has ``tracks.new_energy.min`` and the like; ``data`` the file's plain data with what
    was set on top of it, ``settings`` what that was.
    """

    call: Call
    data: dict[str, Any]
    source: Source
    lines: Mapping[str, int]
    settings: tuple[str, ...] = ()

    def line(self, address: str) -> int | None:
        """Return the line of an address, or of the nearest thing around it."""
        while address:
            if address in self.lines:
                return self.lines[address]
            address = address.rpartition(".")[0]
        return None


@dataclass(frozen=True, slots=True)
class CallFile:
    """A call file as it was read, which may still have faults."""

    path: Path
    placed: PlacedData
    source: Source

    @property
    def data(self) -> dict[str, Any]:
        """The plain data of the file."""
        data: dict[str, Any] = self.placed.data
        return data


def read_call(name: str | os.PathLike[str] | CallFile) -> CallFile:
    """Read a call file once; one that is read already stays as it is.

    Raises
    ------
    UsageError, UnreadableInputError, FaultyFileError
        There is no such file, it cannot be read, or it is no YAML.
    """
    if isinstance(name, CallFile):
        return name
    path = locate(name, "call")
    placed, source = read_placed(path, "call")
    refuse_other(path, kind_of_data(placed.data), "call")
    return CallFile(path, placed, source)


def load_call(
    name: str | os.PathLike[str] | CallFile,
    loaded: LoadedCriteria | None = None,
    policy: Policy | None = None,
    settings: Sequence[str] = (),
) -> LoadedCall:
    """Load a call by its path, and hold it against a criteria set and a policy.

    Parameters
    ----------
    name
        The path of the file, or the file as :func:`read_call` read it.
    loaded, policy
        What it is held against; only its own structure is checked without.
    settings
        What is set otherwise than in the file: ``tracks.new_energy.min=20%``.

    Raises
    ------
    UsageError
        No such file, or a setting that is none.
    UnreadableInputError
        The file cannot be read.
    FaultyFileError
        It has faults: all of them, each with its line.
    """
    file = read_call(name)
    placed = file.placed
    for setting in settings:
        placed = _with_setting(placed, setting)
    data, lineage = (loaded.data, loaded.lineage) if loaded else (None, ())
    faults = check_call(placed.data, data, policy, lineage)
    call = validated(file.path, Call, placed, faults)
    lines = {".".join(map(str, p)): m.line for p, m in placed.places.items() if p and m.line}
    return LoadedCall(call, placed.data, file.source, lines, tuple(settings))


def _with_setting(placed: PlacedData, setting: str) -> PlacedData:
    """Return the data of a call with one address set, which then stands on the command line."""
    at = path_of(placed.data, setting)
    places = {p: m for p, m in placed.places.items() if p[: len(at)] != at}
    places[at] = Mark(0, 0, f"--set {setting}")
    return replace(placed, data=with_setting(placed.data, setting), places=places)


def budget_settings(name: str | os.PathLike[str] | CallFile, written: str) -> tuple[str, ...]:
    """Return the settings that give a call another budget; its stages keep their shares of it.

    Raises
    ------
    UsageError
        What is written is no amount in the currency of the call; besides what :func:`load_call`
        raises.
    """
    call = load_call(name).call
    read = read_sum(written)
    whole = None if read is None else in_fen(read, call.money_unit)
    if whole is None:
        currency = call.money_unit.currency
        raise UsageError(_NO_AMOUNT.of(written=written, quoted=repr(written), currency=currency))
    changed = call.with_budget(whole).budget
    total = [] if changed.total is None else [f"budget.total={changed.total}"]
    return (*total, *(f"budget.stages.{s.id}.amount={s.amount}" for s in changed.stages))
