"""Mapping files: what the headers of one form mean, kept by who hands out the form.

A mapping file is YAML with three lists of headers::

    criteria: pilot-maturity
    headers:                # what each header means
      成果编号: id
      技术名称: title
      运行时间: {is: continuous_run_hours, unit: 天}
      运行时间证据: continuous_run_hours evidence
      证据: evidence        # of the indicator directly to the left
      序号: ignore
    suggested:              # not used until moved up
      连续运转时长: {is: continuous_run_hours, likeness: 84}
    left_over: [备注]       # not known: give one a meaning above to have it used
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from collections.abc import Mapping as ReadMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pilotscore.criteria import CriteriaSet
from pilotscore.criteria.names import normalise
from pilotscore.criteria.places import PlacedData, read_yaml
from pilotscore.errors import FaultyFileError, UsageError
from pilotscore.findings import Finding, Kind, Place
from pilotscore.language import Text, nearest
from pilotscore.workbook.tables import kinds
from pilotscore.workbook.tables.headers import Target
from pilotscore.workbook.values.units import factor

SPECIAL = ("id", "title", "evidence", "ignore")
_KEYS = ("criteria", "headers", "suggested", "left_over", "absent", "book", "sheet", "header_row")


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a mapping file says: meanings by reduced header, and its name and SHA-256."""

    name: str
    sha256: str
    targets: ReadMapping[str, Target]
    criteria: str
    sheet: str | None = None
    header_row: int | None = None


def load_mapping(path: Path, criteria: CriteriaSet) -> Mapping:
    """Read a mapping file for a criteria set.

    Raises
    ------
    UsageError
        There is no such file.
    FaultyFileError
        It has faults; ``findings`` lists all of them with their lines.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(
            Text(f"无法读取映射文件 {path}：{reason}", f"cannot read the mapping {path}: {reason}")
        ) from error
    placed = _parsed(path, content)
    faults = list(_faults(placed, criteria, str(path)))
    if faults:
        raise FaultyFileError(
            Text(
                f"映射文件 {path} 有 {len(faults)} 处错误",
                f"the mapping {path} has faults: {len(faults)}",
            ),
            faults,
        )
    data = placed.data
    targets = {normalise(str(h)): _target(v) for h, v in (data.get("headers") or {}).items()}
    return Mapping(
        path.name,
        hashlib.sha256(content).hexdigest(),
        targets,
        str(data.get("criteria", criteria.id)),
        data.get("sheet"),
        data.get("header_row"),
    )


def _parsed(path: Path, content: bytes) -> PlacedData:
    import yaml

    from pilotscore.criteria.places import TooDeepError

    problem = ""
    line = None
    try:
        placed = read_yaml(content.decode("utf-8-sig"))
        if isinstance(placed.data, dict):
            return placed
        problem = "?"
    except UnicodeDecodeError:
        problem = "utf-8"
    except yaml.MarkedYAMLError as error:
        problem = str(error.problem or error.context)
        line = error.problem_mark.line + 1 if error.problem_mark else None
    except (yaml.YAMLError, TooDeepError, RecursionError, ValueError) as error:
        problem = str(error).split("\n")[0]
    finding = Finding(kinds.MAP_UNREADABLE, Place(str(path), line=line), {"problem": problem})
    raise FaultyFileError(
        Text(f"映射文件 {path} 无法读取", f"the mapping {path} cannot be read"), [finding]
    )


def _faults(placed: PlacedData, criteria: CriteriaSet, name: str) -> Iterable[Finding]:
    data = placed.data

    def fault(kind: Kind, path: tuple[Any, ...], **values: Any) -> Finding:
        return Finding(kind, Place(name, line=placed.mark(path).line), values)

    for key in data:
        if key not in _KEYS:
            near = nearest(str(key), _KEYS) or "headers"
            yield fault(kinds.MAP_KEY, (key,), key=str(key), near=near)
    if data.get("criteria") not in (None, criteria.id):
        yield fault(
            kinds.MAP_CRITERIA, ("criteria",), found=str(data["criteria"]), used=criteria.id
        )
    row = data.get("header_row")
    if row is not None and (not isinstance(row, int) or isinstance(row, bool) or row < 1):
        yield fault(
            kinds.MAP_TARGET, ("header_row",), header="header_row", target=str(row), near="1"
        )
    headers = data.get("headers")
    if not isinstance(headers, dict):
        yield fault(kinds.MAP_EMPTY, ("headers",))
        return
    known = {q.id: q for q in criteria.quantities}
    seen: dict[str, str] = {}
    for header, value in headers.items():
        where = ("headers", header)
        target = _target(value)
        if target.name not in known and target.name not in SPECIAL:
            near = nearest(target.name, [*known, *SPECIAL]) or ", ".join(SPECIAL)
            yield fault(kinds.MAP_TARGET, where, header=str(header), target=target.name, near=near)
        elif target.unit and (
            target.name in SPECIAL or factor(target.unit, known[target.name]) is None
        ):
            yield fault(kinds.MAP_UNIT, where, header=str(header), unit=target.unit)
        elif target.evidence and target.name not in criteria.indicator_position:
            yield fault(
                kinds.MAP_TARGET,
                where,
                header=str(header),
                target=f"{target.name} evidence",
                near="evidence",
            )
        form = normalise(str(header))
        if seen.setdefault(form, str(header)) != str(header):
            yield fault(kinds.MAP_TWICE, where, header=str(header), other=seen[form])


def _target(value: Any) -> Target:
    if isinstance(value, dict):
        name, unit = str(value.get("is", "")), value.get("unit")
        plain = _target(name)
        return plain._replace(unit=str(unit) if unit is not None else None)
    words = str(value).split()
    if len(words) == 2 and words[1] == "evidence":
        return Target(words[0], evidence=True)
    return Target(str(value).strip())
