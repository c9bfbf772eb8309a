"""Derived weights as people see them: in the terminal and as plain data."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pilotscore.criteria import (
    LoadedCriteria,
    load_criteria,
)
from pilotscore.errors import FaultyFileError, UnreadableInputError
from pilotscore.findings import in_order
from pilotscore.language import Text
from pilotscore.ranking.weighting.combined import Rule
from pilotscore.ranking.weighting.derived import DerivedWeights, Pool
from pilotscore.runs.assess import (
    PathLike,
    rank,
)
from pilotscore.workbook.results.workers import Progress

if TYPE_CHECKING:
    pass


from dataclasses import dataclass
from typing import TYPE_CHECKING

from pilotscore.criteria import CriteriaSet
from pilotscore.language import Lang

if TYPE_CHECKING:
    from rich.console import Console

METHODS = {
    "ahp": Text("层次分析法（AHP）", "AHP"),
    "bwm": Text("最优最差法（BWM）", "best-worst method"),
    "swing": Text("摆幅赋权法", "swing weighting"),
    "direct": Text("直接赋分法", "direct rating"),
    "entropy": Text("熵权法", "entropy"),
    "critic": Text("CRITIC 法", "CRITIC"),
    "merec": Text("MEREC 法", "MEREC"),
    "std": Text("标准差法", "standard deviation"),
    "gini": Text("基尼系数法", "Gini coefficient"),
    "rancom": Text("RANCOM 法", "RANCOM"),
    "equal": Text("等权", "equal weights"),
}


@dataclass(frozen=True, slots=True, eq=False)
class WeightsReport:
    """Derived weights beside the stated ones, and where they come from."""

    criteria: CriteriaSet
    derived: DerivedWeights
    stated_dimensions: tuple[float, ...]
    stated_indicators: tuple[float, ...]
    origin: Text


def to_record(report: WeightsReport, lang: Lang) -> dict[str, Any]:
    """Return derived weights as plain data."""
    d = report.derived
    dimensions = []
    at = 0
    for k, dimension in enumerate(report.criteria.dimensions):
        items = []
        for i in dimension.indicators:
            items.append({
                "id": i.id, "title": i.title.to(lang), "weight": round(float(d.indicators[at]), 9),
                "stated": round(report.stated_indicators[at], 9),
            })  # fmt: skip
            at += 1
        dimensions.append({
            "id": dimension.id, "title": dimension.title.to(lang), "weight": round(float(d.dimensions[k]), 9),
            "stated": round(report.stated_dimensions[k], 9), "indicators": items,
        })  # fmt: skip
    groups = [
        {
            "group": g.group.id or "dimensions",
            "ratio": _n(g.ratio),
            "experts": {
                e: {"weights": [round(float(x), 9) for x in w], "ratio": _n(g.ratios.get(e, float("nan")))}
                for e, w in g.by_expert.items()
            },
        }
        for g in d.groups
    ]  # fmt: skip
    return {
        "method": d.method, "source": report.origin.to(lang), "experts": list(d.experts),
        "dimensions": dimensions, "groups": groups,
    }  # fmt: skip


def _n(value: float) -> float | None:
    return None if value != value else round(float(value), 9)


def print_weights(report: WeightsReport, console: Console, lang: Lang) -> None:
    """Print derived weights beside the stated ones, and how consistent the judgements are."""
    from rich.table import Table

    from pilotscore.views.terminal import labelled, line, print_table

    d = report.derived
    console.print(line((METHODS[d.method].to(lang), "bold")))
    labelled(console, "", report.origin.to(lang), 0, "dim")
    shown = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    heads = (
        Text("维度与指标", "Dimension and indicator"), Text("权重", "Weight"), Text("原定", "Stated"),
        Text("变化", "Change"),
    )  # fmt: skip
    for n, head in enumerate(heads):
        shown.add_column(head.to(lang), justify="right" if n else "left")
    at = 0
    for k, dimension in enumerate(report.criteria.dimensions):
        shown.add_row(dimension.title.to(lang), *_row(d.dimensions[k], report.stated_dimensions[k]))
        for i in dimension.indicators:
            row = _row(d.indicators[at], report.stated_indicators[at])
            shown.add_row("  " + i.title.to(lang), *row, style="dim")
            at += 1
    print_table(shown, console)
    if not any(g.ratios for g in d.groups):
        return
    console.print()
    console.print(line((Text("一致性", "Consistency").to(lang), "bold")))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(Text("组", "Group").to(lang))
    for expert in d.experts:
        table.add_column(expert, justify="right")
    pooled = d.method == "ahp" and len(d.experts) > 1
    if pooled:
        table.add_column(Text("合并", "pooled").to(lang), justify="right")
    for g in d.groups:
        cells = [f"{g.ratios[e]:.3f}" if e in g.ratios else "—" for e in d.experts]
        table.add_row(g.group.title.to(lang), *cells, *([f"{g.ratio:.3f}"] if pooled else []))
    print_table(table, console)


def _row(weight: float, stated: float) -> tuple[str, str, str]:
    change = 100 * (weight - stated)
    return f"{weight:.1%}", f"{stated:.1%}", f"{change:+.1f}" if abs(change) >= 0.05 else "·"


def judged_weights(
    books: Iterable[PathLike],
    criteria: PathLike,
    method: str,
    *,
    pool: Pool = "judgements",
    way: Literal["eigenvector", "geometric_mean"] = "eigenvector",
    combine: Rule | None = None,
    share: float = 0.5,
) -> WeightsReport:
    """Derive weights from workbooks of judgements.

    Parameters
    ----------
    books
        The workbooks, a sheet for each expert.
    criteria
        The set whose dimensions and indicators were judged.
    method
        ``ahp``, ``bwm``, ``swing`` or ``direct``.
    pool, way
        See :func:`~pilotscore.ranking.weighting.derived.derive_from_judgements`.
    combine, share
        How to combine with the stated weights; not at all where None.

    Raises
    ------
    UnreadableInputError
        A workbook cannot be read.
    FaultyFileError
        Judgements are missing or wrong; its findings say which.
    """
    from pilotscore.ranking.weighting.derived import derive_from_judgements
    from pilotscore.workbook.judgements import read_judgements
    from pilotscore.workbook.open.sheets import UnreadableBookError

    loaded = load_criteria(Path(criteria) if isinstance(criteria, os.PathLike) else criteria)
    found, faults, hashes = [], [], []
    for book in books:
        try:
            read_here, wrong, sha256 = read_judgements(Path(book), loaded.criteria, method)  # type: ignore[arg-type]
        except UnreadableBookError as error:
            text = Text(f"{book} 无法读取", f"{book} cannot be read")
            raise UnreadableInputError(text, [error.finding]) from error
        found += read_here
        faults += wrong
        hashes.append(f"{Path(book).name} {sha256[:12]}")
    if faults:
        count = len(faults)
        raise FaultyFileError(
            Text(f"判断中有 {count} 处问题，未求权重", f"{count} fault{'s' if count > 1 else ''} in the judgements; no weights were derived"),
            in_order(faults),
        )  # fmt: skip
    derived = derive_from_judgements(found, loaded.criteria, method, pool=pool, way=way)  # type: ignore[arg-type]
    experts = len(derived.experts)
    said = METHODS[method]
    origin = Text(
        f"{said.zh}，{experts} 位专家，{'、'.join(hashes)}",
        f"{said.en}, {experts} expert{'s' if experts != 1 else ''}, {', '.join(hashes)}",
    )
    return _weights_report(loaded, derived, origin, combine, share)


def found_weights(
    books: PathLike | Iterable[PathLike],
    criteria: PathLike,
    method: str,
    *,
    combine: Rule | None = None,
    share: float = 0.5,
    as_of: datetime.date | None = None,
    progress: Progress | None = None,
    **reading: Any,
) -> WeightsReport:
    """Derive weights from how the scores of a batch spread.

    Parameters
    ----------
    books, criteria, as_of, progress, reading
        As for :func:`rank`.
    method
        A key of :data:`~pilotscore.ranking.weighting.OBJECTIVE`.
    combine, share
        As for :func:`judged_weights`.

    Raises
    ------
    UsageError
        Too few results, or indicators whose scores are constant over the batch, besides what
        :func:`rank` raises.
    """
    from pilotscore.ranking.weighting.derived import derive_from_scores

    outcome = rank(books, criteria, as_of=as_of, progress=progress, **reading)
    loaded = load_criteria(Path(criteria) if isinstance(criteria, os.PathLike) else criteria)
    derived, count = derive_from_scores(outcome.assessment, method)
    said = METHODS[method]
    inputs = ", ".join(
        f"{Path(b.name).name} {(b.sha256 or '')[:12]}" for b in outcome.submission.books
    )
    origin = Text(
        f"{said.zh}，{count} 项成果的得分，{inputs}；依赖该批成果",
        f"{said.en}, scores of {count} results, {inputs}; depends on that batch",
    )
    return _weights_report(loaded, derived, origin, combine, share)


def _weights_report(
    loaded: LoadedCriteria, derived: DerivedWeights, origin: Text, combine: Rule | None, share: float
) -> WeightsReport:  # fmt: skip
    from pilotscore.index import dimension_weights, indicator_weights
    from pilotscore.ranking.weighting.derived import combined_with

    stated = dimension_weights(loaded.criteria), indicator_weights(loaded.criteria)
    if combine is not None:
        derived = combined_with(derived, loaded.criteria, combine, share)
        how = (
            Text("与原定权重相乘归一", "multiplied with the stated weights")
            if combine == "product"
            else Text(f"与原定权重平均（原定占 {share:.0%}）", f"averaged with the stated weights ({share:.0%} of them)")
        )  # fmt: skip
        origin = Text(f"{origin.zh}；{how.zh}", f"{origin.en}; {how.en}")
    return WeightsReport(
        loaded.criteria, derived, tuple(stated[0].tolist()), tuple(stated[1].tolist()), origin
    )
