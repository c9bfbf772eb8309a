"""``pilotscore panel fill``: what a panel came to, into the workbook of results."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_of, lang_option, option
from pilotscore.cli.output import claim, place_file, writing_options
from pilotscore.cli.shared import (
    blocking_code,
    criteria_option,
    files_of,
    print_findings,
    require_ending,
)
from pilotscore.language import LISTED, Text, counted, join, printable

if TYPE_CHECKING:
    from pilotscore.runs.panel_fill import PanelFill

_WROTE = Text("已写入 {values}：{path}", "wrote {values}: {path}")
_UNKNOWN = Text("评了而不在成果表中：{names}", "scored, and not in the workbook: {names}")
_SHARES = Text(
    "指数权重中 {judged:.0%} 由专家评判，{other:.0%} 为实测或申报",
    "of the weight of the index {judged:.0%} is judged by the panel, {other:.0%} measured or "
    "stated",
)
_OTHERWISE = Text(
    "以下单元格读出的与写入的不同，请查看：{cells}",
    "these cells read otherwise than was written, look at: {cells}",
)


@click.command(
    cls=Command,
    text=Text(
        "把专家评审的分值连同区间写入成果工作簿的副本（各指标的列中），再由 rank、fund 等计入指数"
        "与区间；规则取自指标体系的 panel 部分。",
        "Write what a panel came to, with its interval, into a copy of the workbook of results (in "
        "the columns of its indicators), from where rank, fund and the others take it into index "
        "and interval; the rule is that of the part panel of the criteria set.",
    ),
    example="pilotscore panel fill results.xlsx scores.xlsx experts.xlsx -c ours.yaml -o "
    "results-judged.xlsx",
)
@click.argument("results", metavar="RESULTS.xlsx")
@click.argument("scores", nargs=-1, required=True, metavar="SCORES...")
@criteria_option
@option(
    "-o",
    "--output",
    required=True,
    metavar="COPY.xlsx",
    zh="写入的副本。",
    en="The copy.",
)
@writing_options
@lang_option()
def fill(results: str, scores: tuple[str, ...], criteria: str, output: str) -> int:
    """Run the command."""
    from pilotscore.runs import panel_fill
    from pilotscore.runs.panel_rules import rules_of

    require_ending(output, Path(results).suffix.lower())
    (out,) = claim([output], (results, *scores, *files_of(criteria)))
    rules = rules_of(criteria, {})
    fills: list[PanelFill] = []
    place_file(
        Path(out),
        lambda aside: fills.append(
            panel_fill.fill(results, scores, criteria, rules, aside, lang=lang_of())
        ),
    )
    filled, lang = fills[0], lang_of()
    print_findings(f for f in filled.findings if f.severity != "info")
    for note in filled.copy.notes:
        click.echo(note.to(lang), err=True)
    if filled.unknown:
        click.echo(
            _UNKNOWN.of(names=join(map(printable, filled.unknown), LISTED)).to(lang), err=True
        )
    if filled.otherwise:
        click.echo(
            _OTHERWISE.of(cells=join(map(printable, filled.otherwise), LISTED)).to(lang), err=True
        )
    click.echo(
        _WROTE.of(values=counted(len(filled.written), Text("个分值", "value")), path=out).to(lang),
        err=True,
    )
    share = filled.judged_share
    click.echo(_SHARES.of(judged=share, other=1 - share).to(lang), err=True)
    return errors.FINDINGS_BLOCK if filled.otherwise else blocking_code(filled.findings)
