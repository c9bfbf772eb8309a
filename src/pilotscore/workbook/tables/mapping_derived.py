"""Reads the derived fields of a mapping file.

::

    derived:
      unit_cost_ratio: 单位成本 / 目标成本
      irr_spread: {formula: IRR - 基准收益率, units: {IRR: "%", 基准收益率: "%"}}
      kpi_completion:
        formula: done / total
        text: 考核情况
        pattern: "{total}项考核指标完成{done}项"
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pilotscore.criteria import NUMERIC, CriteriaSet
from pilotscore.criteria.condition import ConditionSyntaxError
from pilotscore.criteria.formula import names_in, parse_formula
from pilotscore.criteria.names import normalise
from pilotscore.language import Text, Words
from pilotscore.workbook.tables.mapping_faults import AN_INDICATOR, Faults, Path, plain
from pilotscore.workbook.tables.office_rules import DerivedField
from pilotscore.workbook.values.measures_of_units import measure_of
from pilotscore.workbook.values.text_pattern import PatternError, TextPattern

_KEYS = ("formula", "text", "pattern", "units")
_EXAMPLE = "unit_cost_ratio: 单位成本 / 目标成本"
_NO_NUMBER = Text("“{name}”不是数值", "“{name}” is no number")
_NUMERIC = Text("数值类的指标或字段", "an indicator or fact that is a number")
_SYNTAX = Text("第 {column} 个字符：{problem}", "character {column}: {problem}")
_FORMULA = Text(
    "列名、数与 + - * / ( )，如 单位成本 / 目标成本",
    "headers, numbers and + - * / ( ), such as cost / target",
)
_QUOTE = Text(
    "照此改写；列名含符号、空格时加引号",
    "write it so; a header with signs or spaces stands in quotes",
)
_CONSTANT = Text("公式里没有列", "the formula has no column")
_ITSELF = Text("不能由“{name}”推算：它自己是推算的", "“{name}” is derived itself")
_FROM_CELLS = Text("表中的列", "columns of the table")
_SPELL = Text("直接写出它的公式", "write its own formula in its place")
_BOTH = Text("text 与 pattern 要一起写", "text and pattern go together")
_PATTERN = Text("如 {example}", "such as {example}")
_PATTERN_EXAMPLE = "{total}项考核指标完成{done}项"
_DIFFER = Text("几个 pattern 的名称不同", "the patterns have different names in them")
_SAME_NAMES = Text("各 pattern 用同样的名称", "the same names in each pattern")
_UNIT = Text("不认识的单位 {unit}", "the unit {unit} is not known")
_UNITS = Text("如 万元、元/吨、%、天", "such as 万元, 元/吨, %, d")


def derived_fields(data: Any, criteria: CriteriaSet, faults: Faults) -> tuple[DerivedField, ...]:
    """Read what a mapping file derives, in the order of the criteria set."""
    if data is None:
        return ()
    quantities = {q.id: q for q in criteria.quantities}
    entries = faults.mapping(("derived",), data, _EXAMPLE)
    fields: dict[str, DerivedField] = {}
    for key, name, entry in faults.by_quantity(("derived",), entries):
        path = ("derived", key)
        quantity = quantities.get(name)
        if quantity is None:
            faults.unknown(
                path, name, [n for n, q in quantities.items() if q.type in NUMERIC], AN_INDICATOR
            )
        elif quantity.type not in NUMERIC:
            faults.entry(path, _NO_NUMBER.of(name=quantity.title), _NUMERIC)
        elif (read := _field(path, name, entry, faults)) is not None:
            fields[name] = read
    derived = {normalise(s): n for n in fields for s in (n, *_titles(quantities[n]))}
    for name, read in fields.items():
        for header in read.headers:
            if normalise(header) in derived:
                problem = _ITSELF.of(name=header)
                faults.entry(("derived", name), problem, _FROM_CELLS, _SPELL)
    return tuple(fields[n] for n in quantities if n in fields)


def _titles(quantity: Any) -> tuple[str, str]:
    return quantity.title.zh, quantity.title.en


def _field(path: Path, name: str, entry: Any, faults: Faults) -> DerivedField | None:
    if isinstance(entry, str):
        entry = {"formula": entry}
    parts = faults.mapping(path, entry, _EXAMPLE)
    if not parts:
        return None
    faults.keys(path, parts, _KEYS)
    source = (plain(parts.get("text")) or "").strip()
    patterns = _patterns(path, parts.get("pattern"), faults)
    if bool(source) != ("pattern" in parts):
        faults.entry(path, _BOTH, _PATTERN.of(example=_PATTERN_EXAMPLE))
    numbers = patterns[0].names if patterns else ()
    text = plain(parts.get("formula")) or (numbers[0] if len(numbers) == 1 else "")
    columns = _columns(path, text, numbers, faults)
    if columns is None:
        return None
    units = _units(path, parts.get("units", {}), columns, faults)
    return DerivedField(name, text, parse_formula(text), columns, units, source, patterns)


def _columns(
    path: Path, text: str, numbers: Sequence[str], faults: Faults
) -> Mapping[str, str] | None:
    """Return the headers that the names of a formula are of; None where it is none."""
    try:
        names = [n.name for n in names_in(parse_formula(text))]
    except ConditionSyntaxError as error:
        problem = _SYNTAX.of(column=error.column, problem=error.text)
        faults.entry(path, problem, _FORMULA, _QUOTE)
        return None
    if not names:
        faults.entry(path, _CONSTANT, _FORMULA)
        return None
    return {name: name for name in names if name not in numbers}


def _patterns(path: Path, data: Any, faults: Faults) -> tuple[TextPattern, ...]:
    if data is None:
        return ()
    patterns = []
    for text in data if isinstance(data, list) else [data]:
        try:
            patterns.append(TextPattern.of(str(plain(text))))
        except PatternError as error:
            wanted = _PATTERN.of(example=_PATTERN_EXAMPLE)
            faults.entry((*path, "pattern"), error.text, wanted)
    if len({frozenset(p.names) for p in patterns}) > 1:
        faults.entry((*path, "pattern"), _DIFFER, _SAME_NAMES)
    return tuple(patterns)


def _units(path: Path, data: Any, columns: Mapping[str, str], faults: Faults) -> Mapping[str, str]:
    units: dict[str, str] = {}
    for name, unit in faults.mapping((*path, "units"), data, "{单位成本: 万元}").items():
        written = plain(unit) or ""
        if name not in columns:
            faults.unknown((*path, "units", name), name, [*columns])
        elif measure_of(written) is None:
            problem: Words = _UNIT.of(unit=written)
            faults.entry((*path, "units", name), problem, _UNITS)
        else:
            units[name] = written
    return units
