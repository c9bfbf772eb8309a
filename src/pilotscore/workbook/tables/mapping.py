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

What it may say of values besides is read by :mod:`.mapping_rules`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping as ReadMapping
from dataclasses import field
from pathlib import Path
from typing import Any

import yaml

from pilotscore.criteria import CriteriaSet
from pilotscore.criteria.file_kinds import kind_of_content, kind_of_data, refuse_other
from pilotscore.criteria.places import MAX_BYTES, PlacedData, TooDeepError, read_yaml
from pilotscore.errors import FaultyFileError, UnreadableInputError, UsageError
from pilotscore.findings import Finding, Place
from pilotscore.language import Text, Words, nearest, same
from pilotscore.records import dataclass
from pilotscore.system import reason_of
from pilotscore.workbook.tables import kinds
from pilotscore.workbook.tables.headers import Target, reduced
from pilotscore.workbook.tables.mapping_faults import Faults
from pilotscore.workbook.tables.mapping_rules import RULES, rules_of
from pilotscore.workbook.tables.office_rules import NO_RULES, OfficeRules
from pilotscore.workbook.values.cells import Remark
from pilotscore.workbook.values.units import factor

SPECIAL = ("id", "title", "evidence", "ignore")
HEADERS = "headers"
_ENTRY = "{is: INDICATOR, unit: UNIT}"
_ENTRY_KEYS = {"is", "unit", "likeness"}
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


_NO_FILE = Text("没有映射文件 {path}", "there is no mapping file {path}")
_UNREADABLE = Text("无法读取映射文件 {path}：{reason}", "cannot read the mapping {path}: {reason}")
_TOO_LARGE = Text("超过 5 MB，不是映射文件", "it is over 5 MB: no mapping")
_NOT_UTF_8 = Text(
    "第 {line} 行不是 UTF-8 编码；请另存为 UTF-8", "line {line} is not in UTF-8; save it as UTF-8"
)
_NO_KEYS = Text("其中没有键和值", "it has no keys and values")
_TWICE = Text("写了两次", "it stands there twice")
_ONCE, _REMOVE = Text("一次", "once"), Text("删去其一", "remove one")
_NO_ROW = Text("{found} 不是行号", "{found} is no number of a row")
_A_ROW = Text("表头最下一行的行号，从 1 起", "the number of the header's lowest row, from 1")
_WRITE_ROW = Text("如 header_row: 4", "write, say, header_row: 4")
_NO_SHEET = Text("{found} 不是工作表的名称", "{found} is no name of a sheet")
_A_SHEET = Text("一张工作表的名称", "the name of one sheet")
_WRITE_SHEET = Text('加上引号，如 sheet: "2026"', 'quote it, as in sheet: "2026"')
_TOO_DEEP = Text("层数太多", "it is nested too deep")
_FAULTS = Text("映射文件 {path} 有 {count} 处错误", "the mapping {path} has faults: {count}")


def load_mapping(path: Path, criteria: CriteriaSet) -> Mapping:
    """Read a mapping file for a criteria set.

    Raises
    ------
    UsageError
        There is no such file, or it is one of another kind.
    UnreadableInputError
        It cannot be read.
    FaultyFileError
        It has faults; ``findings`` lists all of them with their lines.
    """
    content = _content(path)
    text = _text(path, content)
    placed = _parsed(path, text)
    refuse_other(path, kind_of_data(placed.data), "mapping")
    faults = list(_faults(placed, criteria, str(path)))
    data = placed.data
    targets = _targets(data.get(HEADERS))
    rules, of_rules = rules_of(placed, criteria, str(path), targets)
    faults = sorted([*faults, *of_rules], key=lambda f: f.place.line or 0)
    if faults:
        raise FaultyFileError(_FAULTS.of(path=str(path), count=len(faults)), faults)
    return Mapping(
        path.name,
        hashlib.sha256(content).hexdigest(),
        targets,
        str(data.get("criteria", criteria.id)),
        data.get("sheet"),
        data.get("header_row"),
        rules,
        text,
    )


def _content(path: Path) -> bytes:
    """Return the bytes of a mapping file."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UsageError(_NO_FILE.of(path=str(path))) from error
    except OSError as error:
        raise _unreadable(path, reason_of(error)) from error
    refuse_other(path, kind_of_content(path.name, content), "mapping")
    if len(content) > MAX_BYTES:
        raise _unreadable(path, _TOO_LARGE)
    return content


def _text(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _unreadable(path, _NOT_UTF_8.of(line=line)) from error


def _unreadable(path: Path, reason: Words) -> UnreadableInputError:
    return UnreadableInputError(_UNREADABLE.of(path=str(path), reason=reason))


def _parsed(path: Path, text: str) -> PlacedData:
    problem: Words
    line = None
    try:
        placed = read_yaml(text)
        if isinstance(placed.data, dict):
            return placed
        problem, line = _NO_KEYS, 1
    except yaml.MarkedYAMLError as error:
        problem = same(" ".join(p for p in (error.context, error.problem) if p))
        line = error.problem_mark.line + 1 if error.problem_mark else None
    except yaml.reader.ReaderError as error:
        problem, line = same(str(error.reason)), text[: error.position].count("\n") + 1
    except (TooDeepError, RecursionError):
        problem = _TOO_DEEP
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        problem = same(str(error).split("\n")[0])
    finding = Finding(kinds.MAP_UNREADABLE, Place(str(path), line=line), {"problem": problem})
    raise FaultyFileError(_FAULTS.of(path=str(path), count=1), [finding])


def _faults(placed: PlacedData, criteria: CriteriaSet, name: str) -> list[Finding]:
    faults = Faults(placed, name)
    data = placed.data
    for key in data:
        if key not in _KEYS:
            faults.add(
                (key,), kinds.MAP_KEY, key=str(key), near=nearest(str(key), _KEYS) or HEADERS
            )
    if data.get("criteria") not in (None, criteria.id):
        used = {"found": str(data["criteria"]), "used": criteria.id}
        faults.add(("criteria",), kinds.MAP_CRITERIA, **used)
    row = data.get("header_row")
    if row is not None and (not isinstance(row, int) or isinstance(row, bool) or row < 1):
        faults.entry(("header_row",), _NO_ROW.of(found=_quoted(row)), _A_ROW, _WRITE_ROW)
    if not isinstance(data.get("sheet"), str | None):
        faults.entry(("sheet",), _NO_SHEET.of(found=_quoted(data["sheet"])), _A_SHEET, _WRITE_SHEET)
    if isinstance(data.get(HEADERS), dict):
        _header_faults(data[HEADERS], criteria, faults)
    elif HEADERS in data or not data.keys() & set(RULES):
        # What a file says of values is enough.
        faults.add((HEADERS,), kinds.MAP_EMPTY)
    for path, _ in placed.repeated:
        faults.entry(path, _TWICE, _ONCE, _REMOVE)
    return faults.entries


def _header_faults(headers: dict[str, Any], criteria: CriteriaSet, faults: Faults) -> None:
    first: dict[str, str] = {}
    for text, value in headers.items():
        where = (HEADERS, text)
        if _is_entry(value):
            remark = fault_of(_target(value), criteria)
            if remark is not None:
                faults.add(where, remark[0], header=text, **remark[1])
        else:
            faults.shape(where, _ENTRY)
        form = reduced(text)
        if first.setdefault(form, text) != text:
            faults.add(where, kinds.MAP_TWICE, header=text, other=first[form])


def _targets(headers: Any) -> dict[str, Target]:
    """Return what each header means, by its reduced form; what is no entry is a fault elsewhere."""
    entries = headers.items() if isinstance(headers, dict) else ()
    return {reduced(text): _target(value) for text, value in entries if _is_entry(value)}


def _is_entry(value: Any) -> bool:
    """Say whether a header is given one word, or braces with a word behind is and no other key."""
    if isinstance(value, dict):
        words = (value.get("is"), value.get("unit", ""))
        return value.keys() <= _ENTRY_KEYS and all(isinstance(w, str) for w in words)
    return isinstance(value, str) and bool(value.strip())


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


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
