"""``pilotscore panel issue``, ``collect`` and ``replace``: sheets out to experts, and back."""

from __future__ import annotations

from pathlib import Path

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_of, lang_option, option
from pilotscore.cli.output import (
    TABLES,
    Output,
    claim,
    deliver,
    output_options,
    place_file,
    writing_options,
)
from pilotscore.cli.panel_options import (
    equals_seed_option,
    load_option,
    per_unit_option,
    scale_option,
    seed_option,
)
from pilotscore.cli.panel_values import scale_of
from pilotscore.cli.shared import blocking_code, files_of, print_findings
from pilotscore.cli.values import Choice
from pilotscore.language import LISTED, Text, counted, join, printable

_ISSUED = Text("已在 {folder} 写入 {count}", "wrote {count} to {folder}")
_CODES = Text("代码对照（请勿发给专家）：{codes}", "codes (not for the experts): {codes}")
_KEPT = Text("已评的仍属{expert}：{results}", "scored already, and kept with {expert}: {results}")
_MOVED = Text("{result} 改由 {expert} 评审", "{result} goes to {expert}")
_NONE_OPEN = Text("{expert}没有未评的成果", "nothing of {expert} is open")


@click.command(
    cls=Command,
    text=Text(
        "按分配给每位专家制作一个评分工作簿：所评成果与各指标的评分标准，其余锁定。",
        "Make a workbook for each expert of an assignment: the results to score, what the scores "
        "mean, all else locked.",
    ),
    example="pilotscore panel issue assignment.xlsx --indicator 技术成熟 --indicator 市场前景 "
    "-o sheets\npilotscore panel issue assignment.xlsx -c ours.yaml --blind -o sheets",
)
@click.argument("assignment", metavar="ASSIGNMENT.xlsx")
@option(
    "-o",
    "--output",
    "folder",
    required=True,
    metavar="FOLDER",
    zh="写入的文件夹。",
    en="The folder to write to.",
)
@option(
    "-c",
    "--criteria",
    metavar="NAME|FILE",
    zh="评分所依的指标体系：默认评其中分档的指标，没有则评各维度。",
    en="The criteria set that is scored: its indicators in bands, or its dimensions.",
)
@option(
    "--indicator",
    "names",
    multiple=True,
    metavar="NAME",
    zh="评哪些指标；可多次给出；没有指标体系时即为列名。",
    en="What is scored; may be repeated; without a criteria set, the names of columns.",
)
@scale_option(
    "评分范围（默认 0-100，分档与级别按体系）。",
    "The scale of scores (default: 0-100; of bands and levels, that of the set).",
)
@option(
    "--blind",
    is_flag=True,
    zh="以代码代替专家姓名；对照写在标准错误。",
    en="Codes in the place of names; who is who goes to stderr.",
)
@seed_option(
    "代码次序的种子。",
    "Seed of the order of codes.",
)
@option(
    "--sheet-lang",
    type=Choice(["zh", "en", "both"]),
    zh="评分表的语言（默认随系统）。",
    en="Language of the sheets (default: the locale's).",
)
@writing_options
@lang_option()
def issue(
    assignment: str,
    folder: str,
    criteria: str | None,
    names: tuple[str, ...],
    scale: str | None,
    blind: bool,
    seed: int,
    sheet_lang: str | None,
) -> int:
    """Run the command."""
    from pilotscore.runs import panel_issue
    from pilotscore.workbook.templates.panel_sheet import write_personal_sheet

    issued = panel_issue.issue(
        assignment,
        criteria=criteria,
        names=names,
        scale=scale_of(scale),
        blind=blind,
        seed=seed,
    )
    Path(folder).mkdir(parents=True, exist_ok=True)
    wanted = [str(Path(folder) / name) for name, _ in issued.sheets]
    paths = claim(wanted, (assignment, *files_of(criteria)))
    lang = sheet_lang or lang_of()
    for path, (_, personal) in zip(paths, issued.sheets, strict=True):
        place_file(
            Path(path),
            lambda aside, p=personal: write_personal_sheet(aside, p, lang),  # type: ignore[misc,arg-type]  # bound now; a choice of three words
        )
    count = counted(len(paths), Text("个工作簿", "workbook"))
    click.echo(_ISSUED.of(count=count, folder=folder).to(lang_of()), err=True)
    if issued.codes:
        codes = join([f"{code} = {expert}" for code, expert in sorted(issued.codes)], LISTED)
        click.echo(printable(_CODES.of(codes=codes).to(lang_of())), err=True)
    return errors.FINE


@click.command(
    cls=Command,
    text=Text(
        "收回评分：谁还没交、谁只填了一部分、锁定的内容是否被改、是否评了应回避的；"
        "-o 写出全部分数，可交给 panel report。",
        "Gather what came back: who has not answered, who half, whether what was locked was "
        "changed, who scored what they should keep out of; -o writes all scores, for panel report.",
    ),
    example="pilotscore panel collect sheets assignment.xlsx -o scores.xlsx",
)
@click.argument("books", nargs=-1, required=True, metavar="FOLDER|BOOK... ASSIGNMENT.xlsx")
@option(
    "-c",
    "--criteria",
    metavar="NAME|FILE",
    zh="发出评分表时的指标体系：按它读分档，并核对版本。",
    en="The criteria set that the sheets were issued for: bands are read by it, and its version is "
    "checked.",
)
@option(
    "--code",
    "codes",
    multiple=True,
    metavar="CODE=EXPERT",
    zh="代码对应的专家，如 R01=张三；可多次给出。",
    en="Who is behind a code, such as R01=Smith; may be repeated.",
)
@scale_option(
    "评分范围（默认按分数认定并告知）。",
    "The scale of scores (default: by the scores, and told).",
)
@output_options(*TABLES)
@lang_option()
def collect(
    books: tuple[str, ...],
    criteria: str | None,
    codes: tuple[str, ...],
    scale: str | None,
    output: Output,
) -> int:
    """Run the command."""
    from importlib.metadata import version

    from pilotscore.cli.panel_values import pairs_of
    from pilotscore.runs import panel_collect
    from pilotscore.views.panel.collected import document

    *sent, assignment = books
    if not sent:
        raise errors.UsageError(_TWO)
    output = output.ready((*books, *files_of(criteria)))
    collected = panel_collect.collect(
        sent,
        assignment,
        codes=pairs_of(codes, "R01=张三"),
        scale=scale_of(scale),
        criteria=criteria,
    )
    print_findings(f for f in collected.findings if f.severity != "info")
    deliver(document(collected, version("pilotscore")), output)
    return blocking_code(collected.findings)


_TWO = Text(
    "请给出收回的工作簿或文件夹，最后是分配", "name what came back, and the assignment last"
)


@click.command(
    cls=Command,
    text=Text(
        "一位专家退出：未评的成果改派他人（同组优先、不回避、不超负荷），其余不动。",
        "An expert steps down: what is not scored yet goes to others (the same group first, "
        "nobody in conflict or overloaded), and all else stays.",
    ),
    example="pilotscore panel replace 专家01 assignment.xlsx panel.xlsx -o assignment-2.xlsx",
)
@click.argument("expert", metavar="EXPERT")
@click.argument("assignment", metavar="ASSIGNMENT.xlsx")
@click.argument("books", nargs=-1, required=True, metavar="BOOK...")
@option(
    "--scores",
    multiple=True,
    metavar="BOOK|FOLDER",
    zh="已收回的评分：退出者已评的成果不改派；可多次给出。",
    en="What came back: results that the expert has scored stay; may be repeated.",
)
@load_option
@per_unit_option
@equals_seed_option
@output_options(*TABLES)
@lang_option()
def replace(
    expert: str,
    assignment: str,
    books: tuple[str, ...],
    scores: tuple[str, ...],
    load: int | None,
    per_unit: int,
    seed: int,
    output: Output,
) -> int:
    """Run the command."""
    from importlib.metadata import version

    from pilotscore.runs.panel_assign import Wanted
    from pilotscore.runs.panel_replace import replace_expert
    from pilotscore.views.panel.assignment import document

    output = output.ready((assignment, *books, *scores))
    wanted = Wanted(per_unit=per_unit, load=load, seed=seed)
    replacement = replace_expert(expert, assignment, books, wanted, scores=scores)
    lang = lang_of()
    if replacement.kept:
        said = _KEPT.of(expert=replacement.expert, results=join(replacement.kept, LISTED))
        click.echo(printable(said.to(lang)), err=True)
    for result, other in replacement.moved:
        click.echo(printable(_MOVED.of(result=result, expert=other).to(lang)), err=True)
    if replacement.report.assignment is not None and not replacement.moved:
        click.echo(printable(_NONE_OPEN.of(expert=replacement.expert).to(lang)), err=True)
    findings = replacement.report.findings
    print_findings(f for f in findings if f.severity != "info")
    deliver(document(replacement.report, version("pilotscore")), output)
    return (
        errors.FINDINGS_BLOCK if replacement.report.assignment is None else blocking_code(findings)
    )
