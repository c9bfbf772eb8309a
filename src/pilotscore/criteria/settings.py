"""Settings of a call's plain data by address: ``budget.total=6000万元``, ``max_jump=5``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from pilotscore.criteria.places import DataPath, TooDeepError, read_yaml
from pilotscore.errors import UsageError
from pilotscore.language import Text, did_you_mean

_OPTIONS = {"criteria": "-c", "policy": "-p"}
_NOT_FOR_SET = Text("--set 不能改 {key}：请用 {option}", "{key} is not for --set: use {option}")
_NO_SETTING = Text(
    "“{setting}”不是 tracks.赛道.min=20% 这样的设置",
    "{quoted} is no setting such as tracks.new_energy.min=20%",
)
_NO_VALUE = Text("“{setting}”的值无法读取", "the value of {quoted} cannot be read")
_NOWHERE = Text(
    "征集文件中没有 {address}：找不到 {step}{guess}",
    "the call has no {address}: there is no {step}{guess}",
)


def path_of(data: Any, setting: str) -> DataPath:
    """Return the path that a setting changes; entries of lists go by ids, or by numbers."""
    path: list[str | int] = []
    for step in setting.partition("=")[0].strip().split("."):
        if isinstance(data, list):
            known = _names(data)
            at = known.index(step) if step in known else 0
            path.append(at)
            data = data[at] if data else None
        else:
            path.append(step)
            data = data.get(step) if isinstance(data, dict) else None
    return tuple(path)


def with_setting(data: dict[str, Any], setting: str) -> dict[str, Any]:
    """Return plain data with one address set.

    Raises
    ------
    UsageError
        There is no ``=``, no address, or the address leads through something that has no parts.
    """
    address, equals, written = setting.partition("=")
    steps = address.strip().split(".")
    if steps[0] in _OPTIONS:
        raise UsageError(_NOT_FOR_SET.of(key=steps[0], option=_OPTIONS[steps[0]]))
    if not equals or not all(steps):
        raise UsageError(_NO_SETTING.of(setting=setting, quoted=repr(setting)))
    try:
        value = read_yaml(written.strip()).data
    except (yaml.YAMLError, TooDeepError) as error:
        raise UsageError(_NO_VALUE.of(setting=setting, quoted=repr(setting))) from error
    changed: dict[str, Any] = _with_value(data, steps, 0, value, address)
    return changed


def _names(entries: list[Any]) -> list[str]:
    return [str(v.get("id", i)) if isinstance(v, dict) else str(i) for i, v in enumerate(entries)]


def _with_value(here: Any, steps: Sequence[str], at: int, value: Any, address: str) -> Any:
    """Return what stands at some steps of an address with the value at its end."""
    if at == len(steps):
        return value
    step = steps[at]
    if isinstance(here, list):
        known = _names(here)
        if step not in known:
            raise _leads_nowhere(address, step, known)
        entries = list(here)
        place = known.index(step)
        entries[place] = _with_value(here[place], steps, at + 1, value, address)
        return entries
    if here is not None and not isinstance(here, dict):
        raise _leads_nowhere(address, step, [])
    table = here or {}
    if at == 1 and len(steps) > 2 and step not in table:  # a name of the file
        raise _leads_nowhere(address, step, list(table))
    return {**table, step: _with_value(table.get(step), steps, at + 1, value, address)}


def _leads_nowhere(address: str, step: str, known: list[str]) -> UsageError:
    return UsageError(_NOWHERE.of(address=address, step=step, guess=did_you_mean(step, known)))
