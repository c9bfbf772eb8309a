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
from collections.abc import Iterator
from collections.abc import Mapping as ReadMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pilotscore.criteria import CriteriaSet
from pilotscore.criteria.files import is_workbook, rules_in
from pilotscore.criteria.places import PlacedData, read_yaml
from pilotscore.errors import FaultyFileError, UsageError
from pilotscore.findings import Finding, Kind, Place
from pilotscore.language import Text, nearest
from pilotscore.system import reason_of
from pilotscore.workbook.tables import kinds
from pilotscore.workbook.tables.headers import Target, reduced
from pilotscore.workbook.tables.mapping_rules import RULES, rules_of
from pilotscore.workbook.tables.office_rules import NO_RULES, OfficeRules
from pilotscore.workbook.values.cells import Remark
from pilotscore.workbook.values.units import factor

SPECIAL = ("id", "title", "evidence", "ignore")
_KEYS = (
    *("criteria", "headers", "suggested", "left_over", "absent", "book", "sheet", "header_row"),
    *RULES,
)


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a mapping file says: meanings by reduced header; its name, SHA-256 and text."""

    name: str
    sha256: str
    targets: ReadMapping[str, Target]
    criteria: str
    sheet: str | None = None
    header_row: int | None = None
    rules: OfficeRules = NO_RULES
    text: str = field(default="", repr=False)


_WORKBOOK = Text(
    "{path} 是工作簿，不是映射文件；映射文件由 pilotscore map 写出",
    "{path} is a workbook and no mapping; pilotscore map writes mappings",
)
_OTHER_FILE = Text(
    "{path} 是{what}，不是映射文件；指标体系用 -c、政策用 -p、征集文件用 --call 给出",
    "{path} is a {what} and no mapping; a criteria set is given with -c, a policy with -p, a call "
    "with --call",
)


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
        raise UsageError(
            Text(
                "无法读取映射文件 {path}：{reason}", "cannot read the mapping {path}: {reason}"
            ).of(path=str(path), reason=reason_of(error))
        ) from error
    if is_workbook(path.name, content):
        raise UsageError(_WORKBOOK.of(path=str(path)))
    placed = _parsed(path, content)
    other = rules_in(placed.data)
    if other is not None and "headers" not in placed.data:
        raise UsageError(_OTHER_FILE.of(path=str(path), what=other))
    faults = list(_faults(placed, criteria, str(path)))
    rules, of_rules = rules_of(placed, criteria, str(path))
    faults = sorted([*faults, *of_rules], key=lambda f: f.place.line or 0)
    if faults:
        raise FaultyFileError(
            Text("映射文件 {path} 有 {count} 处错误", "the mapping {path} has faults: {count}").of(
                path=str(path), count=len(faults)
            ),
            faults,
        )
    data = placed.data
    targets = {reduced(str(h)): _target(v) for h, v in (data.get("headers") or {}).items()}
    return Mapping(
        path.name,
        hashlib.sha256(content).hexdigest(),
        targets,
        str(data.get("criteria", criteria.id)),
        data.get("sheet"),
        data.get("header_row"),
        rules,
        content.decode("utf-8-sig"),
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
        Text("映射文件 {path} 无法读取", "the mapping {path} cannot be read").of(path=str(path)),
        [finding],
    )


def _faults(placed: PlacedData, criteria: CriteriaSet, name: str) -> Iterator[Finding]:
    data = placed.data

    def fault(path: tuple[Any, ...], kind: Kind, /, **values: Any) -> Finding:
        return Finding(kind, Place(name, line=placed.mark(path).line), values)

    for key in data:
        if key not in _KEYS:
            near = nearest(str(key), _KEYS) or "headers"
            yield fault((key,), kinds.MAP_KEY, key=str(key), near=near)
    if data.get("criteria") not in (None, criteria.id):
        used = {"found": str(data["criteria"]), "used": criteria.id}
        yield fault(("criteria",), kinds.MAP_CRITERIA, **used)
    row = data.get("header_row")
    if row is not None and (not isinstance(row, int) or isinstance(row, bool) or row < 1):
        shown = {"header": "header_row", "target": str(row), "near": "1"}
        yield fault(("header_row",), kinds.MAP_TARGET, **shown)
    headers = data.get("headers")
    if not isinstance(headers, dict):
        yield fault(("headers",), kinds.MAP_EMPTY)
        return
    first: dict[str, str] = {}
    for header, value in headers.items():
        text, where = str(header), ("headers", header)
        if remark := fault_of(_target(value), criteria):
            yield fault(where, remark[0], header=text, **remark[1])
        form = reduced(text)
        if first.setdefault(form, text) != text:
            yield fault(where, kinds.MAP_TWICE, header=text, other=first[form])


def fault_of(target: Target, criteria: CriteriaSet) -> Remark | None:
    """Return what is wrong with what a header is said to mean; None for a sound target."""
    known = {q.id: q for q in criteria.quantities}
    if target.name not in known and target.name not in SPECIAL:
        near = nearest(target.name, [*known, *SPECIAL]) or ", ".join(SPECIAL)
        return kinds.MAP_TARGET, {"target": target.name, "near": near}
    if target.unit and (target.name in SPECIAL or factor(target.unit, known[target.name]) is None):
        return kinds.MAP_UNIT, {"unit": target.unit}
    if target.evidence and target.name not in criteria.indicator_position:
        return kinds.MAP_TARGET, {"target": f"{target.name} evidence", "near": "evidence"}
    return None


def _target(value: Any) -> Target:
    if isinstance(value, dict):
        name, unit = str(value.get("is", "")), value.get("unit")
        plain = _target(name)
        return plain._replace(unit=str(unit) if unit is not None else None)
    words = str(value).split()
    if len(words) == 2 and words[1] == "evidence":
        return Target(words[0], evidence=True)
    return Target(str(value).strip())
