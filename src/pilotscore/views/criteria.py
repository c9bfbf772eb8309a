"""A criteria set: as a person reads it on a screen, and as the sheet that every ranking holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pilotscore.criteria import CriteriaSet, Dimension, Indicator
from pilotscore.document import (
    Block,
    Column,
    Gap,
    Grid,
    GridColumn,
    GridRow,
    Line,
    Said,
    Sheet,
    Table,
    heading,
)
from pilotscore.language import BLANK, LISTED, NOTHING, Text, Words, after, join, same
from pilotscore.wording import conditions, figures, words

_HEAD = "bold cyan"
_LOWEST_COUNTS = Text("；最低指标占 {share}", "; the lowest indicator counts {share}")
_CAP_REQUIRED = Text("（必填 {cap}）", " ({cap} if required)")
_NAME = Text("名称", "Name")
_WIDE, _LABEL = same("  "), same("{label}  {value}")


# ------------------------------------------------------------------------------- the page


def page(criteria: CriteriaSet) -> Iterator[Block]:
    """Say dimensions, indicators, evidence, grades, gates, profiles and methods."""
    name = join((criteria.id, criteria.version), BLANK)
    yield heading(_LABEL.of(label=criteria.title, value=name))
    if criteria.description:
        yield _plain(criteria.description)
    yield _plain(_LABEL.of(label=words.AGGREGATION, value=figures.aggregation(criteria)))
    titles = {d.id: d.title for d in criteria.dimensions}
    for s in criteria.sub_indexes:
        held = join((titles[name] for name in s.dimensions), LISTED)
        weight = join((words.WEIGHT, f"{s.weight:g}"), BLANK)
        yield _item(s.title, join((weight, after(words.DIMENSION, held)), _WIDE))
    for dimension in criteria.dimensions:
        yield from _dimension(dimension)
    yield heading(Text("* 必填", "* required"), "dim")
    yield from _evidence(criteria)
    yield from _grades_and_gates(criteria)
    yield from _profiles(criteria)
    for method in criteria.methods:
        relative = Text("（依赖同批次）", " (batch-relative)") if method.batch_relative else NOTHING
        title = join((method.title, relative), NOTHING)
        yield _plain(_LABEL.of(label=words.METHODS, value=title))
    if criteria.source:
        yield Gap()
        yield heading(_LABEL.of(label=words.BASIS, value=criteria.source), "dim")


def _plain(text: Said) -> Line:
    return Line(((text, ""),))


def _item(name: Said, said: Said) -> Line:
    """Return an item below a heading: its name, then what is said of it."""
    return Line(((join(("  ", name, "  "), NOTHING), "bold"), (said, "")))


def _dimension(dimension: Dimension) -> Iterator[Block]:
    weight: list[Said] = [join((words.WEIGHT, f"{dimension.weight:g}"), BLANK)]
    if dimension.lowest_share:
        weight.append(_LOWEST_COUNTS.of(share=f"{dimension.lowest_share:.0%}"))
    yield Gap()
    yield heading(_LABEL.of(label=dimension.title, value=join(weight, NOTHING)), _HEAD)
    columns = (
        GridColumn(words.INDICATOR, fold=True, ratio=3),
        GridColumn(words.TYPE, whole=True),
        GridColumn(words.WEIGHT, right=True, whole=True),
        GridColumn(words.VALUE_FUNCTION, fold=True, ratio=4),
    )
    yield Grid(columns, [_indicator(i) for i in dimension.indicators], ruled=True, indent=1)


def _indicator(indicator: Indicator) -> GridRow:
    unit = same(" ({unit})").of(unit=indicator.unit) if indicator.unit else NOTHING
    title = join((indicator.title, "*" if indicator.required else "", unit), NOTHING)
    return GridRow(
        (
            ((title, ""), ("\n", ""), (indicator.id, "dim")),
            words.TYPE_TITLES[indicator.type],
            f"{indicator.weight:g}",
            figures.value_function(indicator),
        )
    )


def _evidence(criteria: CriteriaSet) -> Iterator[Block]:
    if criteria.evidence is None:
        return
    yield Gap()
    yield heading(Text("证据等级与得分上限", "Evidence and its caps"), _HEAD)
    for grade in criteria.evidence.grades:
        cap = grade.cap_required
        rest = NOTHING if cap is None else _CAP_REQUIRED.of(cap=f"{cap:g}")
        said = join((grade.title, f"  ≤ {grade.cap:g}", rest), NOTHING)
        yield Line(((f"  {grade.id} ", "bold"), (said, "")))


def _grades_and_gates(criteria: CriteriaSet) -> Iterator[Block]:
    yield Gap()
    yield heading(words.GRADES, _HEAD)
    for grade in criteria.grades:
        name, conditions = (
            join((grade.id, grade.title), BLANK),
            figures.grade_conditions(grade, criteria),
        )
        yield _item(name, conditions or "—")
    if criteria.gates:
        yield Gap()
        yield heading(words.GATES, _HEAD)
    for gate in criteria.gates:
        name, effect = join(("  ", gate.title), NOTHING), figures.gate_effect(gate)
        said = join(("  ", effect, "\n"), NOTHING)
        yield Line(((name, "bold"), (said, ""), (f"    {gate.when}", "dim")))


def _profiles(criteria: CriteriaSet) -> Iterator[Block]:
    if not criteria.profiles:
        return
    yield Gap()
    yield heading(Text("权重方案（--profile）", "Weight profiles (--profile)"), _HEAD)
    headings = {d.id: d.heading for d in criteria.dimensions}
    for profile in criteria.profiles:
        weights = (join((headings[k], f"{w:g}"), BLANK) for k, w in profile.weights.items())
        yield _item(join((profile.id, profile.title), BLANK), join(weights, _WIDE))


# ------------------------------------------------------------------------------ the sheet


def sheets(criteria: CriteriaSet) -> list[Sheet]:
    """Return the criteria set as it was used: a sheet of its indicators, and one of its rules."""
    return [
        Sheet(words.SHEET_CRITERIA, (_indicators_table(criteria),)),
        Sheet(words.SHEET_RULES, (_rules_table(criteria),)),
    ]


def _indicators_table(criteria: CriteriaSet) -> Table:
    columns = (
        Column("dimension", words.DIMENSION, width=18),
        Column("dimension_weight", words.WEIGHT, "amount", 8),
        Column("id", words.INDICATOR_ID, width=22),
        Column("indicator", words.INDICATOR, "wrap", 26),
        Column("type", words.TYPE, width=8),
        Column("unit", words.UNIT, width=10),
        Column("weight", words.WEIGHT, "amount", 8),
        Column("required", words.REQUIRED, width=8),
        Column("value_function", words.VALUE_FUNCTION, "wrap", 46),
        Column("evidence", words.WANTED_EVIDENCE, "wrap", 36),
        Column("basis", words.BASIS, "wrap", 36),
    )
    rows = [
        [
            d.title,
            d.weight,
            i.id,
            i.title,
            words.TYPE_TITLES[i.type],
            i.unit,
            i.weight,
            words.YES if i.required else words.NO,
            figures.value_function(i, criteria),
            i.evidence,
            i.source,
        ]
        for d in criteria.dimensions
        for i in d.indicators
    ]
    return Table(columns, rows)


def _rules_table(criteria: CriteriaSet) -> Table:
    """Return one row per grade, gate and method, and the mean across dimensions."""
    columns = (
        Column("kind", words.TYPE, width=14),
        Column("id", words.ID, width=22),
        Column("title", _NAME, "wrap", 30),
        Column("condition", words.CONDITION, "wrap", 60),
        Column("effect", words.EFFECT, "wrap", 40),
        Column("basis", words.BASIS, "wrap", 36),
    )
    rows: list[list[Any]] = []
    for g in criteria.grades:
        needed = figures.grade_conditions(g, criteria)
        rows.append([words.GRADES, g.id, g.title, needed, g.meaning, None])
    for gate in criteria.gates:
        when, effect = conditions.in_words(gate.when, criteria), figures.gate_effect(gate)
        rows.append([words.GATES, gate.id, gate.title, when, effect, gate.source])
    for m in criteria.methods:
        how = f"{m.method}, {m.uses}, {m.scaling}"
        parameters = ", ".join(f"{k}: {v}" for k, v in m.parameters.items())
        rows.append([words.METHODS, m.id, m.title, how, parameters or None, m.source])
    mean: Words = figures.aggregation(criteria)
    rows.append([words.AGGREGATION, None, None, None, mean, None])
    return Table(columns, rows)
