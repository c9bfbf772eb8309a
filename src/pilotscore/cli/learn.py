"""``pilotscore learn``: what came of rounds, and what that teaches the criteria."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_of, lang_option, option
from pilotscore.cli.output import TABLES, Output, claim, deliver, output_options, write_text_file
from pilotscore.cli.panel_options import scale_option
from pilotscore.cli.panel_values import scale_of
from pilotscore.cli.shared import files_of, print_findings, require_ending
from pilotscore.cli.values import Choice, Number, Span
from pilotscore.language import Text

if TYPE_CHECKING:
    from pilotscore.runs.learn import LearnReport
    from pilotscore.runs.learn_weights import Level

_DAYS_OF_A_MONTH = 365.25 / 12


@click.command(
    cls=Command,
    text=Text(
        "轮次库中的成果后来如何：等级、指数、各指标与条件同结果对照，结果够多才给出的数字才给出；"
        "权重向原权重收缩着重估，写成新的指标体系文件，从不自动采用。只看得到获资助的成果。",
        "What came of the results in a store of rounds: grade, index, indicators and conditions "
        "held against the outcome, with as many figures as the outcomes can carry; weights "
        "re-estimated, drawn towards the present ones and written as a new criteria file, never "
        "applied by themselves. Only funded results are seen.",
    ),
    example="pilotscore learn rounds.db\n"
    "pilotscore learn rounds.db --outcome 10 --within 3y -o learn.xlsx\n"
    "pilotscore learn rounds.db --cost 200 --value 800 -w new-weights.yaml",
)
@click.argument("store", metavar="STORE")
@option(
    "--outcome",
    metavar="NAME",
    zh="哪一种结果，如 10 或 首次销售（默认已知最多的）。",
    en="Which outcome, such as 10 or “first sale” (default: the one of which most is known).",
)
@option(
    "--within",
    type=Span(),
    zh="应在多长时间内达到（24m、3y）；满此时间仍未达到才算未达到。",
    en="Within which time it is to be reached (24m, 3y); only who was followed so long without it "
    "has not reached it.",
)
@option(
    "--round",
    "rounds",
    multiple=True,
    metavar="SEAL",
    zh="只用这些轮次（封印的开头）；可多次给出。",
    en="Only these rounds, by the beginning of their seals; may be repeated.",
)
@option(
    "-c",
    "--criteria",
    metavar="NAME|FILE",
    zh="指标体系（默认最近一轮所用的）；写新权重时必须给出。",
    en="Criteria set (default: that of the last round); needed to write new weights.",
)
@option(
    "--cost",
    type=Number(0, math.inf),
    metavar="AMOUNT",
    zh="一项资助失败的代价，与 --value 同单位。",
    en="What a failed grant costs, in the unit of --value.",
)
@option(
    "--value",
    type=Number(0, math.inf),
    metavar="AMOUNT",
    zh="一项成功的价值：两者给出资助划算的指数线。",
    en="What a success is worth: both give the index from which funding pays.",
)
@option(
    "-w",
    "--weights",
    metavar="FILE.yaml",
    zh="把建议的权重写成新的指标体系文件；数据不支持改变时不写。",
    en="Write the proposed weights as a new criteria file; not written where the data support no "
    "change.",
)
@option(
    "--level",
    type=Choice(("dimensions", "indicators")),
    default="dimensions",
    show_default=True,
    zh="重估维度的权重，还是全部指标的（需要更多结果）。",
    en="Whether the weights of the dimensions or of all indicators are re-estimated (which takes "
    "more outcomes).",
)
@option(
    "--scores",
    multiple=True,
    metavar="BOOK|FOLDER",
    zh="专家评分表：逐位专家同结果对照，只供评审秘书；可多次给出。",
    en="Score sheets of a panel: each expert beside the outcomes, for its secretary alone; may be "
    "repeated.",
)
@scale_option(
    "专家分数的量程，如 0-10；0-1 表示成功的可能性（默认按分数判断）。",
    "The scale of these scores, such as 0-10; 0-1 are chances of a success (default: by the "
    "scores).",
)
@output_options(*TABLES)
@lang_option()
def learn(
    store: str,
    outcome: str | None,
    within: tuple[int, str] | None,
    rounds: tuple[str, ...],
    criteria: str | None,
    cost: float | None,
    value: float | None,
    weights: str | None,
    level: Level,
    scores: tuple[str, ...],
    scale: str | None,
    output: Output,
) -> int:
    """Run the command."""
    odds = _odds(cost, value)
    if weights is not None:
        require_ending(weights, ".yaml", ".yml")
        if criteria is None:
            raise errors.UsageError(_NEEDS_CRITERIA)
    read = (store, *scores, *files_of(*([criteria] if criteria else [])))
    output = output.ready(read)
    if weights is not None:
        (weights,) = claim((weights,), (*read, *output.files))
    from pilotscore.runs.learn import learn as learn_of
    from pilotscore.store import open_store
    from pilotscore.views.learn.document import document

    opened = open_store(store)
    try:
        report = learn_of(
            opened,
            outcome,
            window=_months(within),
            rounds=rounds,
            criteria=criteria,
            odds=odds,
            scores=scores,
            scale=scale_of(scale),
            level=level,
        )
        if report.experts is not None:
            print_findings(f for f in report.experts.findings if f.severity != "info")
        deliver(document(report), output)
        return _written(report, criteria, weights)
    finally:
        opened.close()


_NEEDS_CRITERIA = Text(
    "-w 需要 -c：新文件扩展哪个指标体系", "-w needs -c: the criteria set that the new file extends"
)
_BOTH = Text(
    "--cost 与 --value 应一起给出，都大于 0",
    "--cost and --value are given together, both above 0",
)
_NOT_WRITTEN = Text(
    "{path} 没有写：数据不支持改变权重", "{path} was not written: the data support no change"
)
_ORIGIN = Text(
    "由 {n} 个结果（{outcome}）重估，向原权重收缩；仅见获资助的成果",
    "re-estimated from {n} outcomes ({outcome}), drawn towards the present weights; only funded "
    "results are seen",
)


def _odds(cost: float | None, value: float | None) -> tuple[float, float] | None:
    if cost is None and value is None:
        return None
    if not (cost and value):
        raise errors.UsageError(_BOTH)
    return cost, value


def _months(span: tuple[int, str] | None) -> float:
    if span is None:
        return math.inf
    many, unit = span
    return float(many) if unit == "months" else many / _DAYS_OF_A_MONTH


def _written(report: LearnReport, criteria: str | None, target: str | None) -> int:
    """Write the criteria file with the proposed weights, or say that there are none."""
    if target is None or criteria is None:
        return errors.FINE
    if not report.weights.changes:
        click.echo(_NOT_WRITTEN.of(path=target).to(lang_of()), err=True)
        return errors.PARTLY_DONE
    write_text_file(Path(target), _criteria_text(report, criteria, Path(target)))
    return errors.FINE


def _criteria_text(report: LearnReport, criteria: str, path: Path) -> str:
    """Return the text of a criteria file that extends the set with the proposed weights."""
    from pilotscore.cli.criteria_tools import variant_paths
    from pilotscore.criteria.reweighted import reweighted_text
    from pilotscore.criteria.starter import identifier_from
    from pilotscore.runs.learn_levels import outcome_title

    base, reweighing = report.weights.criteria, report.weights.reweighing
    assert reweighing is not None
    dimensions, indicators = report.weights.shares()
    extends, policy = variant_paths(criteria, path, base)
    outcome = outcome_title(report.followed.outcome)
    origin = _ORIGIN.of(n=reweighing.successes + reweighing.failures, outcome=outcome)
    return reweighted_text(
        base,
        extends,
        identifier_from(path.stem, base.id),
        dimensions.tolist(),
        indicators.tolist(),
        origin,
        policy,
    )
