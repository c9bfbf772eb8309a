"""``pilotscore weights``: weights from experts' judgements, or from the batch."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_of, lang_option, option
from pilotscore.cli.output import (
    Output,
    claim,
    deliver,
    write_document,
    write_file,
    write_text_file,
    writing_options,
)
from pilotscore.cli.reading import Reading, progress_bar, reading_options
from pilotscore.cli.shared import criteria_option, files_of, print_findings, require_ending
from pilotscore.cli.values import Choice, Day, Number, Whole
from pilotscore.language import Text

if TYPE_CHECKING:
    from pilotscore.ranking.weighting.combined import Rule
    from pilotscore.runs.weights import WeightsReport

JUDGED = ("ahp", "bwm", "swing", "direct")
FROM_BATCH = ("entropy", "critic", "merec", "std", "gini", "rancom", "equal")


@click.command(
    cls=Command,
    text=Text(
        "由专家判断（ahp、bwm、swing、direct）或由批次数据（entropy、critic、merec、std、gini、"
        "rancom、equal）求权重，"
        "与原定权重对照，并可写成新的指标体系文件。",
        "Derive weights from experts' judgements (ahp, bwm, swing, direct) or from the batch "
        "itself (entropy, critic, "
        "merec, std, gini, rancom, equal), beside the stated ones, and write them as a criteria "
        "file.",
    ),
    example="pilotscore weights ahp --template judgements.xlsx --experts 3\n"
    "pilotscore weights ahp judgements.xlsx -o our-weights.yaml\n"
    "pilotscore weights critic results.xlsx",
)
@click.argument("method", type=Choice((*JUDGED, *FROM_BATCH)), metavar="METHOD")
@click.argument("books", nargs=-1, metavar="[BOOK...]")
@criteria_option
@reading_options
@option(
    "--as-of", type=Day(), zh="评价日期（默认今天）。", en="Date of assessment (default: today)."
)
@option(
    "--template",
    metavar="OUT.xlsx",
    zh="改为制作填写判断的工作簿，每位专家一张表。",
    en="Make the workbook for the judgements instead, a sheet for each expert.",
)
@option(
    "--experts",
    type=Whole(1, 50),
    default=1,
    show_default=True,
    metavar="N",
    zh="模板中的专家数。",
    en="How many experts the template has sheets for.",
)
@option(
    "--pool",
    type=Choice(("judgements", "priorities")),
    default="judgements",
    show_default=True,
    zh="AHP 多位专家：合并判断（几何平均），或合并各自的权重。",
    en="AHP with several experts: pool their judgements (geometric mean), or their priorities.",
)
@option(
    "--way",
    type=Choice(("eigenvector", "geometric_mean")),
    default="eigenvector",
    show_default=True,
    zh="AHP 的求解：特征向量或几何平均。",
    en="AHP by eigenvector or by geometric mean.",
)
@option(
    "--combine",
    type=Choice(("product", "mean")),
    zh="与原定权重合并：相乘归一，或加权平均。",
    en="Combine with the stated weights: their product, made to sum to 1, or a mean.",
)
@option(
    "--share",
    type=Number(0, 1),
    default=0.5,
    show_default=True,
    metavar="SHARE",
    zh="--combine mean 中原定权重所占比重。",
    en="Share of the stated weights in --combine mean.",
)
@option(
    "-o",
    "--output",
    metavar="FILE.yaml",
    zh="写成新的指标体系文件（扩展原体系，注明来源），或 .md。",
    en="Write a criteria file that extends the set with these weights and says where they came "
    "from, or "
    "a .md file.",
)
@option("--json", "as_json", is_flag=True, zh="在标准输出给出 JSON。", en="Print JSON to stdout.")
@writing_options
@lang_option()
def weights(
    method: str,
    books: tuple[str, ...],
    criteria: str,
    reading: Reading,
    as_of: datetime.date | None,
    template: str | None,
    experts: int,
    combine: Rule | None,
    share: float,
    output: str | None,
    as_json: bool,
    **how: Any,
) -> int:
    """Run the command."""
    if template is not None:
        return _template(template, criteria, method, experts)
    if not books:
        raise errors.UsageError(
            Text(
                "请给出工作簿，或用 --template 制作一个",
                "name a workbook, or make one with --template",
            )
        )
    if output is not None:
        _check_ending(output)
        (output,) = claim([output], (*books, *files_of(criteria, reading.mapping)))
    from pilotscore.runs import weights as weights_run
    from pilotscore.views import weights as weights_view

    combination = weights_run.Combination(combine, share) if combine else None
    if method in JUDGED:
        report = weights_run.judged_weights(books, criteria, method, combination=combination, **how)
    else:
        with progress_bar() as progress:
            report = weights_run.batch_weights(
                books,
                criteria,
                method,
                combination=combination,
                as_of=as_of,
                progress=progress,
                **reading.arguments(),
            )
    document = weights_view.document(report)
    deliver(document, Output(as_json=as_json))
    print_findings(report.derived.findings)
    if output is not None:
        path = Path(output)
        if path.suffix.lower() == ".md":
            write_document(document, output)
        else:
            write_text_file(path, _criteria_text(report, criteria, path))
    return errors.FINE


def _check_ending(output: str) -> None:
    if Path(output).suffix.lower() not in (".yaml", ".yml", ".md"):
        raise errors.UsageError(_NO_CRITERIA.of(path=output))


_NO_JUDGEMENTS = Text(
    "{method} 由批次数据求权重，不需要判断表",
    "{method} goes by the batch and needs no judgements",
)
_NO_CRITERIA = Text("{path}：扩展名应为 .yaml 或 .md", "{path}: it should end in .yaml or .md")


def _template(output: str, criteria: str, method: str, experts: int) -> int:
    from pilotscore.criteria import load_criteria
    from pilotscore.workbook.templates.judgements import write_judgement_template

    if method not in JUDGED:
        raise errors.UsageError(_NO_JUDGEMENTS.of(method=method))
    require_ending(output, ".xlsx")
    (output,) = claim([output], files_of(criteria))
    lang, loaded = lang_of(), load_criteria(criteria)
    write_file(
        Path(output),
        lambda p: write_judgement_template(p, loaded, method, lang, experts),  # type: ignore[arg-type]  # one of four words
    )
    return errors.FINE


def _criteria_text(report: WeightsReport, criteria: str, path: Path) -> str:
    """Return the text of a criteria file that extends the set with the derived weights."""
    from pilotscore.cli.criteria_tools import variant_paths
    from pilotscore.criteria.reweighted import reweighted_text
    from pilotscore.criteria.starter import identifier_from

    extends, policy = variant_paths(criteria, path, report.criteria)
    name = identifier_from(path.stem, report.criteria.id)
    d = report.derived
    dimensions, indicators = d.dimensions.tolist(), d.indicators.tolist()
    return reweighted_text(
        report.criteria, extends, name, dimensions, indicators, report.origin, policy
    )
