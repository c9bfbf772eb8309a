"""What a panel came to goes into the workbook of results, and with it into index and interval."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Set
from pathlib import Path
from typing import Any

import numpy as np

from pilotscore.criteria import CriteriaSet, Indicator, load_criteria
from pilotscore.criteria.names import normalise
from pilotscore.errors import UsageError
from pilotscore.findings import Finding, in_order
from pilotscore.language import LISTED, Lang, Text, join
from pilotscore.records import dataclass
from pilotscore.runs.assess import read
from pilotscore.runs.panel import PanelReport, panel_report
from pilotscore.runs.panel_judged import Judged
from pilotscore.runs.panel_rules import PanelRules
from pilotscore.workbook.copies.panel_values import FilledCopy, write_panel_values
from pilotscore.workbook.panels import kinds
from pilotscore.workbook.results.options import ReadingOptions
from pilotscore.workbook.results.submission import Submission
from pilotscore.workbook.values.cells import State
from pilotscore.workbook.values.panel_mark import PANEL_MARK

_NOTHING = Text(
    "评分中没有指标体系的数值指标：{names}",
    "the scores are of no indicator of the criteria set that takes numbers: {names}",
)
_CORRECTED = Text(
    "标准化后的分数不在指标的范围内，不能写入：规则中的 correction 应为 none 或 severity",
    "standard scores are not on the range of an indicator and cannot be written: the rule's "
    "correction is to be none or severity",
)
_NOT_WHOLE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class PanelFill:
    """What was written.

    Parameters
    ----------
    report
        What the panel came to.
    copy
        How writing went.
    written
        The values that were written, by id and indicator.
    otherwise
        The cells that read back otherwise than they were meant.
    judged_share
        The share of the index's weight that lies on indicators which the panel judged, 0 to 1; the
        rest is measured or stated.
    unknown
        Results that were scored and are not in the workbook.
    """

    report: PanelReport
    copy: FilledCopy
    written: Mapping[tuple[str, str], float]
    otherwise: tuple[str, ...]
    judged_share: float
    unknown: tuple[str, ...]
    findings: tuple[Finding, ...]


def fill(
    results: Path | str,
    scores: Iterable[Path | str],
    criteria: str,
    rules: PanelRules,
    out: Path,
    *,
    lang: Lang = "zh",
) -> PanelFill:
    """Write the value of each indicator that the panel scored into a copy of the results.

    A value goes into the cell of its indicator, the half width of its interval behind a ± (95 %,
    k = 2), from where it comes into index, interval and every report. A level is rounded down to a
    whole one: what most of a panel does not see as reached is not. Each is marked in its cell as
    judged by a panel, so that it is told from what was measured or stated wherever it goes.

    Parameters
    ----------
    results
        The workbook of results; it has a column (or line) for each indicator that was scored.
    scores
        Workbooks with the scores, experts and conflicts.
    criteria
        The criteria set.
    rules
        How scores become one value.
    out
        The copy.
    lang
        The language of the mark.

    Raises
    ------
    UsageError
        Nothing that was scored is an indicator that takes numbers, or no copy can be made.
    """
    if rules.rule.correction == "standardise":
        raise UsageError(_CORRECTED)
    loaded = load_criteria(criteria)
    report = panel_report(scores, rules)
    judged = _indicators(loaded.criteria, report)
    if not judged:
        names = join([j.title for j in report.judged], LISTED)
        raise UsageError(_NOTHING.of(names=names))
    options = ReadingOptions()
    before = read(results, loaded, options)
    number = {normalise(name): i for i, name in enumerate(before.ids)}
    cells, meant = _values(judged, report, number, PANEL_MARK.to(lang))
    copy = write_panel_values(Path(results), before, cells, out)
    after = read(out, loaded, options)
    scored = {report.panel.results[r] for j, _ in judged for r in _with_value(j)}
    return PanelFill(
        report,
        copy,
        {(before.ids[i], name): meant[i, name] for i, name in copy.places},
        _otherwise(after, loaded.criteria, copy, meant),
        _share(loaded.criteria, {name for _, name in copy.places}),
        tuple(sorted(s for s in scored if normalise(s) not in number)),
        tuple(in_order([*report.findings, *_without(before, copy)])),
    )


def _indicators(criteria: CriteriaSet, report: PanelReport) -> list[tuple[Judged, Indicator]]:
    """Return what was scored that is an indicator whose values are numbers."""
    by_title = {i.title.to("zh"): i for i in criteria.indicators if not i.categories}
    return [
        (j, by_title[j.name])
        for j in report.judged
        if j.name in by_title and by_title[j.name].type != "yes_no"
    ]


def _with_value(judged: Judged) -> list[int]:
    return [int(r) for r in np.flatnonzero(~np.isnan(judged.aggregate.value))]


def _values(
    judged: list[tuple[Judged, Indicator]],
    report: PanelReport,
    number: Mapping[str, int],
    mark: str,
) -> tuple[dict[tuple[int, str], Any], dict[tuple[int, str], float]]:
    """Return what goes into each cell, and the value that it is meant to be."""
    cells: dict[tuple[int, str], Any] = {}
    meant: dict[tuple[int, str], float] = {}
    for one, indicator in judged:
        a = one.aggregate
        for r in _with_value(one):
            i = number.get(normalise(report.panel.results[r]))
            if i is None:
                continue
            value = round(float(a.value[r]), 6)
            half = max(float(a.high[r]) - value, value - float(a.low[r]))
            key = i, indicator.id
            if indicator.type in ("level", "count"):
                meant[key] = math.floor(value + _NOT_WHOLE)
                cells[key] = f"{int(meant[key])}{mark}"
            else:
                meant[key] = value
                cells[key] = _text(value, half, indicator) + mark
    return cells, meant


def _text(value: float, half: float, indicator: Indicator) -> str:
    unit = indicator.unit.to("zh") if indicator.unit else ""
    unit = "%" if indicator.type == "percent" else unit
    if not math.isfinite(half) or half <= 0:
        return f"{value:.10g}{unit}"
    return f"{value:.10g}±{half:.4g}{unit} (k=2)"


def _otherwise(
    after: Submission,
    criteria: CriteriaSet,
    copy: FilledCopy,
    meant: Mapping[tuple[int, str], float],
) -> tuple[str, ...]:
    """Return the cells that read back otherwise than they were meant."""
    wrong = []
    for (i, name), place in copy.places.items():
        j = criteria.indicator_position[name]
        same = i < len(after) and after.states[i, j] == State.VALUE
        same = same and (i, name) in after.judged
        if not same or not math.isclose(after.values[i, j], meant[i, name], rel_tol=1e-6):
            wrong.append(f"{place.sheet}!{place.cell}")
    return tuple(wrong)


def _without(before: Submission, copy: FilledCopy) -> list[Finding]:
    """Tell indicators for which the workbook has no cell, once each."""
    findings = []
    for name in dict.fromkeys(name for _, name in copy.without):
        i = next(i for i, n in copy.without if n == name)
        findings.append(Finding(kinds.NO_CELL, before.place(i), {"indicator": name}))
    return findings


def _share(criteria: CriteriaSet, names: Set[str]) -> float:
    """Return the share of the weight that some indicators have in the whole."""
    share, whole = 0.0, sum(d.weight for d in criteria.dimensions) or 1.0
    for dimension in criteria.dimensions:
        total = sum(i.weight for i in dimension.indicators) or 1.0
        mine = sum(i.weight for i in dimension.indicators if i.id in names)
        share += dimension.weight / whole * mine / total
    return share
