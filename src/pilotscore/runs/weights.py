"""Weights derived from experts' judgements, or from the batch, beside those of the criteria set."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from pilotscore.criteria import CriteriaSet, LoadedCriteria, load_criteria
from pilotscore.errors import FaultyFileError, UnreadableInputError
from pilotscore.findings import in_order
from pilotscore.index import dimension_weights, indicator_weights
from pilotscore.language import LISTED, SEMICOLON, Text, Words, counted, join
from pilotscore.ranking.weighting.combined import Rule
from pilotscore.ranking.weighting.derived import (
    DerivedWeights,
    Pool,
    combined_with,
    derive_from_judgements,
    derive_from_scores,
)
from pilotscore.records import dataclass
from pilotscore.runs.assess import PathLike, rank
from pilotscore.workbook.judgements import read_judgements
from pilotscore.workbook.open.sheets import UnreadableBookError
from pilotscore.workbook.results.workers import Progress

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
    origin: Words


@dataclass(frozen=True, slots=True)
class Combination:
    """How derived weights are combined with the stated ones; ``share`` of these in a mean."""

    rule: Rule
    share: float = 0.5


def judged_weights(
    books: Iterable[PathLike],
    criteria: PathLike,
    method: str,
    *,
    pool: Pool = "judgements",
    way: Literal["eigenvector", "geometric_mean"] = "eigenvector",
    combination: Combination | None = None,
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
    combination
        How to combine with the stated weights; not at all where None.

    Raises
    ------
    UnreadableInputError
        A workbook cannot be read.
    FaultyFileError
        Judgements are missing or wrong; its findings say which.
    """
    loaded = load_criteria(criteria)
    judgements, faults, inputs = [], [], []
    for book in books:
        try:
            read, wrong, sha256 = read_judgements(Path(book), loaded.criteria, method)  # type: ignore[arg-type]
        except UnreadableBookError as error:
            text = Text("{book} 无法读取", "{book} cannot be read").of(book=str(book))
            raise UnreadableInputError(text, [error.finding]) from error
        judgements += read
        faults += wrong
        inputs.append(_input(book, sha256))
    if faults:
        count = counted(len(faults), Text("处问题", "fault"))
        raise FaultyFileError(_FAULTY.of(faults=count), in_order(faults))
    derived = derive_from_judgements(judgements, loaded.criteria, method, pool=pool, way=way)  # type: ignore[arg-type]
    experts = counted(len(derived.experts), Text("位专家", "expert"))
    origin = _JUDGED.of(method=METHODS[method], experts=experts, inputs=join(inputs, LISTED))
    return _weights_report(loaded, derived, origin, combination)


def batch_weights(
    books: PathLike | Iterable[PathLike],
    criteria: PathLike,
    method: str,
    *,
    combination: Combination | None = None,
    as_of: datetime.date | None = None,
    progress: Progress | None = None,
    **reading: Any,
) -> WeightsReport:
    """Derive weights from how the scores of a batch spread.

    Parameters
    ----------
    books, criteria, as_of, progress, reading
        As for :func:`~pilotscore.runs.assess.rank`.
    method
        A key of :data:`~pilotscore.ranking.weighting.OBJECTIVE`.
    combination
        As for :func:`judged_weights`.

    Raises
    ------
    UsageError
        Too few results, or indicators whose scores are constant over the batch, besides what
        :func:`~pilotscore.runs.assess.rank` raises.
    """
    outcome = rank(books, criteria, as_of=as_of, progress=progress, **reading)
    loaded = load_criteria(criteria)
    derived, count = derive_from_scores(outcome.assessment, method)
    inputs = ", ".join(_input(b.name, b.sha256 or "") for b in outcome.submission.books)
    origin = _FROM_BATCH.of(method=METHODS[method], n=count, inputs=inputs)
    return _weights_report(loaded, derived, origin, combination)


def _input(book: PathLike, sha256: str) -> str:
    """Name a workbook and its contents."""
    return f"{Path(book).name} {sha256[:12]}"


_FAULTY = Text("判断中有 {faults}，未求权重", "{faults} in the judgements; no weights were derived")
_JUDGED = Text("{method}，{experts}，{inputs}", "{method}, {experts}, {inputs}")
_FROM_BATCH = Text(
    "{method}，{n} 项成果的得分，{inputs}；依赖该批成果",
    "{method}, scores of {n} results, {inputs}; depends on that batch",
)
_MULTIPLIED = Text("与原定权重相乘归一", "multiplied with the stated weights")
_AVERAGED = Text(
    "与原定权重平均（原定占 {share:.0%}）", "averaged with the stated weights ({share:.0%} of them)"
)


def _weights_report(
    loaded: LoadedCriteria,
    derived: DerivedWeights,
    origin: Words,
    combination: Combination | None,
) -> WeightsReport:
    criteria = loaded.criteria
    if combination is not None:
        rule, share = combination.rule, combination.share
        derived = combined_with(derived, criteria, rule, share)
        how = _MULTIPLIED if rule == "product" else _AVERAGED.of(share=share)
        origin = join((origin, how), SEMICOLON)
    return WeightsReport(
        criteria,
        derived,
        tuple(dimension_weights(criteria).tolist()),
        tuple(indicator_weights(criteria).tolist()),
        origin,
    )
