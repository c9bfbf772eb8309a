"""Experts beside the outcomes: who of a panel is told that, and how it is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pilotscore.document import (
    Block,
    Column,
    Fact,
    Grid,
    GridColumn,
    GridRow,
    Table,
    heading,
    more,
    note,
)
from pilotscore.language import NOTHING, Text, Words, after, join
from pilotscore.outcomes.experts import LISTED_FROM, WEIGHTED_FROM
from pilotscore.runs.learn_experts import ExpertsLearned, PanelFigures
from pilotscore.views.learn import phrases
from pilotscore.wording import words
from pilotscore.wording.figures import rounded

_TITLE = Text("专家与结果", "Experts and outcomes")
_SECRETARY = Text(
    "只供评审秘书参考，不公布，不自动作为权重；结果不足 {weighted} 个者尤其不可。",
    "For the secretary of the panel alone: not to be published, and no weights by themselves, "
    "least of all with fewer than {weighted} outcomes.",
)
_KNOWN = Text(
    "评过 {results} 项，其中 {known} 项结果已知；{listed} 位专家有不少于 {least} 个结果。",
    "They scored {results} results, {known} with a known outcome; {listed} experts have at least "
    "{least} of these.",
)
_STATED = Text("分数即达到的可能性。", "Scores are chances as they stand.")
_CURVE = Text(
    "分数经一条全体共用的曲线换成可能性。", "One curve for all experts makes chances of scores."
)
_NO_CURVE = Text(
    "分数毫无差错地区分了结果，没有曲线：只看 AUC。",
    "The scores tell all outcomes without error, so there is no curve: look at the areas alone.",
)
_MEAN = Text("专家均值", "Mean of the experts")
_OF_AREA, _OF_BRIER = Text("AUC {figure}", "AUC {figure}"), Text("Brier {figure}", "Brier {figure}")
_LARGE = Text(
    "总体校准 {figure}（0 为恰当，低于 0 为说得过高）",
    "calibration in the large {figure} (0 is right, below 0 stated too high)",
)
_SLOPE = Text(
    "斜率 {figure}（1 为恰当，低于 1 为过于肯定）",
    "slope {figure} (1 is right, below 1 too sure)",
)
_STOP = Text("。", ".")
_BESIDE = Text(
    "“相差”是与评同样成果的专家相比的 Brier 之差，已按结果多少向 0 收缩；低于 0 者更近于结果。",
    "“Beside” is the difference of the Brier score from that of all who judged the same results, "
    "drawn towards 0 the fewer outcomes there are; below 0 is nearer to what came.",
)
_EXPERT, _COUNT = Text("专家", "Expert"), Text("结果数", "outcomes")
_BRIER, _SHRUNK = Text("Brier", "Brier"), Text("相差", "beside")
_RAW = Text("未收缩", "not drawn in")
_ERROR, _AREA = Text("标准误", "error"), Text("AUC", "AUC")
_WEIGHABLE = Text("结果足够", "enough")
_IN_FILE = Text("（-o 文件中有全部）", " (all with -o FILE)")
_MOST = 10


def said(e: ExpertsLearned) -> list[Words]:
    """Say for whom this is, and how it was made."""
    how = (_STATED if e.stated else _CURVE) if e.curve else _NO_CURVE
    known = _KNOWN.of(results=e.results, known=e.known, listed=len(e.order), least=LISTED_FROM)
    together = _together(e.panel)
    return [
        _SECRETARY.of(weighted=WEIGHTED_FROM),
        known,
        how,
        *([together] if together else []),
        *([_BESIDE] if e.curve else []),
    ]


def _together(p: PanelFigures) -> Words | None:
    """Say how the mean of the experts stands to the outcomes; None with too few of these."""
    if p.area is None:
        return None
    parts: list[Words] = [_OF_AREA.of(figure=phrases.figure(p.area))]
    if p.calibration is not None:
        parts.append(_LARGE.of(figure=phrases.figure(p.calibration.in_the_large)))
    if p.brier is not None and p.calibration is not None:
        parts.append(_SLOPE.of(figure=phrases.figure(p.calibration.slope)))
        parts.append(_OF_BRIER.of(figure=f"{p.brier:.3f}"))
    return join((after(_MEAN, join(parts)), _STOP), NOTHING)


def page(e: ExpertsLearned) -> Iterator[Block]:
    """Yield the experts nearest to what came, and for whom that is."""
    yield heading(_TITLE)
    for number, sentence in enumerate(said(e)):
        yield Fact("", sentence, style="dim") if number else note(sentence)
    if not e.order:
        return
    heads = (
        GridColumn(_EXPERT),
        *(GridColumn(h, right=True) for h in (_COUNT, _BRIER, _SHRUNK, _AREA)),
    )
    yield Grid(heads, [GridRow(_cells(e, k)) for k in e.order[:_MOST]])
    if len(e.order) > _MOST:
        yield more(len(e.order) - _MOST, _IN_FILE)


def _cells(e: ExpertsLearned, k: int) -> tuple[str, ...]:
    f = e.figures
    shrunk = "—"
    if e.curve and f.shrunk[k] == f.shrunk[k]:
        shrunk = f"{f.shrunk[k]:+.3f} ± {f.error[k]:.3f}"
    brier = f"{f.brier[k]:.3f}" if e.curve else "—"
    area = "—" if f.area[k] != f.area[k] else f"{f.area[k]:.2f}"
    return e.names[k], str(f.count[k]), brier, shrunk, area


def table(e: ExpertsLearned) -> Table:
    """Return a row for each expert that is listed."""
    columns = (
        Column("expert", _EXPERT, width=24),
        Column("outcomes", _COUNT, "rank", 10),
        Column("brier", _BRIER, "figure", 10),
        Column("not_drawn_in", _RAW, "figure", 12),
        Column("beside", _SHRUNK, "figure", 10),
        Column("error", _ERROR, "figure", 10),
        Column("auc", _AREA, "figure", 10),
        Column("enough", _WEIGHABLE, "centre", 10),
    )
    return Table(columns, [list(row.values()) for row in _rows(e, shown=True)])


def record(e: ExpertsLearned) -> dict[str, Any]:
    """Return experts as plain data."""
    p = e.panel.calibration
    return {
        "for": _SECRETARY.of(weighted=WEIGHTED_FROM),
        "scored": e.results,
        "known": e.known,
        "mean": {
            "auc": phrases.bounded(e.panel.area),
            "in_the_large": phrases.bounded(p.in_the_large if p else None),
            "slope": phrases.bounded(p.slope if p and e.panel.brier is not None else None),
            "brier": rounded(e.panel.brier),
        },
        "chances": "stated" if e.stated else "curve" if e.curve else None,
        "experts": list(_rows(e)),
    }


def _rows(e: ExpertsLearned, *, shown: bool = False) -> Iterator[dict[str, Any]]:
    f = e.figures
    for k in e.order:
        enough: Any = bool(f.weighable[k])
        by_chance = (f.brier, f.beside, f.shrunk, f.error)
        brier, raw, beside, error = (rounded(x[k]) if e.curve else None for x in by_chance)
        yield {
            "expert": e.names[k],
            "outcomes": int(f.count[k]),
            "brier": brier,
            "not_drawn_in": raw,
            "beside": beside,
            "error": error,
            "auc": rounded(f.area[k]),
            "enough": (words.YES if enough else words.NO) if shown else enough,
        }
