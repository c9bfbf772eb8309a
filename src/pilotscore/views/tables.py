"""The tables of a report, as plain columns and rows: one content for xlsx, csv and json."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

from pilotscore.findings import SEVERITY_TITLES, Finding
from pilotscore.language import Lang, Text, same
from pilotscore.ranking import MethodResult
from pilotscore.runs.outcome import Manifest, Outcome
from pilotscore.wording import figures, words

Style = Literal["text", "centre", "wrap", "rank", "score", "share", "amount", "figure"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: a key that stays the same in every language, its heading, how it looks."""

    key: str
    heading: Text
    style: Style = "text"
    width: int = 10


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows; a blank cell is None."""

    columns: tuple[Column, ...]
    rows: list[list[Any]]

    def records(self) -> list[dict[str, Any]]:
        """Return each row as key and value."""
        keys = [c.key for c in self.columns]
        return [dict(zip(keys, row, strict=True)) for row in self.rows]


def _figure(value: Any) -> float | None:
    number = float(value)
    return round(number, 9) if math.isfinite(number) else None


def _index(outcome: Outcome, i: int) -> float | None:
    """Return the index; none for a result that cannot be assessed, whose interval says enough."""
    a = outcome.assessment
    return None if a.missing.not_assessable[i] else _figure(a.index[i])


def ranking_table(outcome: Outcome, lang: Lang) -> Table:
    """Return one row per result, best first: ranks, scores, grade, recommendation, reason."""
    a, ranking = outcome.assessment, outcome.ranking
    methods = list(ranking.methods.values())
    columns = (
        Column("rank", words.RANK, "rank", 6),
        Column("id", words.ID, width=12),
        Column("title", words.TITLE, "wrap", 30),
        Column("index", words.INDEX, "score", 8),
        Column("grade", words.GRADE, "centre", 7),
        Column("grade_title", words.GRADE_TITLE, width=12),
        Column("approval", words.APPROVAL, "wrap", 20),
        Column("funding", words.FUNDING, "wrap", 34),
        Column("amount_low", _in_unit(words.AMOUNT_LOW, outcome), "amount", 10),
        Column("amount_high", _in_unit(words.AMOUNT_HIGH, outcome), "amount", 10),
        Column("support", words.SUPPORT, "wrap", 34),
        Column("reason", words.REASON, "wrap", 40),
        Column("conditions", words.CONDITIONS, "wrap", 34),
        *(Column(d.id, d.heading, "score", 8) for d in a.criteria.dimensions),
        Column("measured_low", words.MEASURED_LOW, "score", 9),
        Column("measured_high", words.MEASURED_HIGH, "score", 9),
        Column("low", words.LOW, "score", 9),
        Column("high", words.HIGH, "score", 9),
        Column("geometric", words.GEOMETRIC, "score", 9),
        Column("lowest", words.LOWEST, "score", 9),
        Column("index_uncapped", words.UNCAPPED, "score", 11),
        Column("completeness", words.COMPLETENESS, "share", 9),
        Column("evidence_share", words.EVIDENCE_SHARE, "share", 10),
        Column("transfer", words.TRANSFER, "wrap", 20),
        *(
            column
            for m in methods
            for column in (
                Column(m.method.id, m.method.title, "centre" if m.sorts else "figure", 12),
                Column(f"{m.method.id}_rank", _rank_of(m.method.title), "rank", 12),
            )
        ),
        Column("source", words.SOURCE, width=24),
    )
    rows = []
    for i in ranking.order:
        r = outcome.plan.recommendations[i]
        offers = [o for o in r.open_offers if o.high is not None and o.low is not None]
        rows.append(
            [
                int(ranking.ranks[i]) or None,
                a.measurements.ids[i],
                a.measurements.titles[i],
                _index(outcome, i),
                figures.grade_id(a, i),
                figures.grade_title(a, i).to(lang),
                r.approval.title.to(lang),
                figures.funding(r, outcome.policy, lang),
                min((o.low for o in offers if o.low is not None), default=None),
                max((o.high for o in offers if o.high is not None), default=None),
                figures.joined(r.support, lang),
                figures.reason(a, i, lang),
                "\n".join([*(c.to(lang) for c in r.conditions), *figures.closed_offers(r, lang)]),
                *(_figure(x) for x in a.dimensions[i]),
                _figure(a.measured_low[i]),
                _figure(a.measured_high[i]),
                _figure(a.low[i]),
                _figure(a.high[i]),
                _figure(a.geometric[i]),
                _figure(a.lowest[i]),
                _figure(a.index_uncapped[i]),
                _figure(a.completeness[i]),
                _figure(a.evidence_share[i]),
                figures.joined(r.transfer, lang),
                *(x for m in methods for x in (_given(m, outcome, i), int(m.ranks[i]) or None)),
                str(a.measurements.place(i, None)),
            ]
        )
    return Table(columns, rows)


def _given(result: MethodResult, outcome: Outcome, i: int) -> float | str | None:
    """Return what a method gives a result: its score, or its grade."""
    if result.sorts and result.ranks[i]:
        return outcome.criteria.grades[int(result.scores[i])].id
    return _figure(result.scores[i])


def _in_unit(heading: Text, outcome: Outcome) -> Text:
    unit = outcome.policy.unit
    return Text(f"{heading.zh}（{unit.zh}）", f"{heading.en} ({unit.en})") if unit else heading


def _rank_of(title: Text) -> Text:
    return Text(f"{title.zh} 名次", f"{title.en} rank")


def scores_table(outcome: Outcome) -> Table:
    """Return one row per result with the score of every indicator."""
    import numpy as np

    a = outcome.assessment
    columns = (
        Column("rank", words.RANK, "rank", 6),
        Column("id", words.ID, width=12),
        Column("title", words.TITLE, width=30),
        Column("index", words.INDEX, "score", 8),
        *(Column(i.id, i.title, "score", 11) for i in a.criteria.indicators),
    )
    scores = np.round(a.scores, 9).tolist()
    rows = [
        [
            int(outcome.ranking.ranks[i]) or None,
            a.measurements.ids[i],
            a.measurements.titles[i],
            _index(outcome, i),
            *(x if x == x else None for x in scores[i]),
        ]
        for i in outcome.ranking.order
    ]
    return Table(columns, rows)


def findings_table(findings: tuple[Finding, ...], lang: Lang) -> Table:
    """Return one row per finding, with its cell and how to mend it."""
    columns = (
        Column("severity", words.SEVERITY, width=8),
        Column("code", words.CODE, width=7),
        Column("file", words.FILE, width=24),
        Column("sheet", words.SHEET, width=14),
        Column("cell", words.CELL, width=8),
        Column("result", words.ID, width=12),
        Column("found", words.FOUND, "wrap", 46),
        Column("expected", words.EXPECTED, "wrap", 34),
        Column("mend", words.MEND, "wrap", 40),
    )
    rows: list[list[Any]] = [
        [
            SEVERITY_TITLES[f.severity].to(lang),
            f.code,
            f.place.file,
            f.place.sheet,
            f.place.cell or None,
            f.result,
            f.found(lang),
            f.expected(lang) or None,
            f.mend(lang) or None,
        ]
        for f in findings
    ]
    return Table(columns, rows)


def criteria_table(outcome: Outcome, lang: Lang) -> Table:
    """Return one row per indicator of the criteria set, as it was used."""
    criteria = outcome.criteria
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
    rows: list[list[Any]] = [
        [
            d.title.to(lang),
            d.weight,
            i.id,
            i.title.to(lang),
            words.TYPE_TITLES[i.type].to(lang),
            i.unit.to(lang) if i.unit else None,
            i.weight,
            (words.YES if i.required else words.NO).to(lang),
            figures.value_function(i, lang),
            i.evidence.to(lang) if i.evidence else None,
            i.source,
        ]
        for d in criteria.dimensions
        for i in d.indicators
    ]
    return Table(columns, rows)


def rules_table(outcome: Outcome, lang: Lang) -> Table:
    """Return one row per grade, gate and method of the criteria set."""
    criteria = outcome.criteria
    columns = (
        Column("kind", words.TYPE, width=14),
        Column("id", words.ID, width=22),
        Column("title", words.TITLE, "wrap", 30),
        Column("condition", words.CONDITION, "wrap", 60),
        Column("effect", words.EFFECT, "wrap", 40),
        Column("basis", words.BASIS, "wrap", 36),
    )
    rows: list[list[Any]] = [
        [
            words.GRADES.to(lang),
            g.id,
            g.title.to(lang),
            figures.grade_conditions(g, criteria, lang),
            g.meaning.to(lang) if g.meaning else None,
            None,
        ]
        for g in criteria.grades
    ]
    rows += [
        [
            words.GATES.to(lang),
            g.id,
            g.title.to(lang),
            g.when,
            figures.gate_effect(g, lang),
            g.source,
        ]
        for g in criteria.gates
    ]
    rows += [
        [
            words.METHODS.to(lang),
            m.id,
            m.title.to(lang),
            f"{m.method}, {m.uses}, {m.scaling}",
            ", ".join(f"{k}: {v}" for k, v in m.parameters.items()) or None,
            m.source,
        ]
        for m in criteria.methods
    ]
    rows.append(
        [words.AGGREGATION.to(lang), None, None, None, figures.aggregation(criteria).to(lang), None]
    )
    return Table(columns, rows)


def manifest_table(manifest: Manifest) -> Table:
    """Return the manifest as name and value."""
    columns = (Column("name", same("manifest"), width=34), Column("value", same(""), "text", 90))
    rows: list[list[Any]] = []

    def add(name: str, value: Any) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                add(f"{name}.{key}" if name else key, inner)
        elif isinstance(value, list):
            for number, inner in enumerate(value, start=1):
                add(f"{name}.{number}", inner)
        else:
            rows.append([name, value])

    add("", manifest.to_dict())
    return Table(columns, rows)
