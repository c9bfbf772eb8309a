"""``pilotscore stability``: what the batch data say, with the uncertainty that few batches leave."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_of, lang_option, option
from pilotscore.cli.reading import Reading, progress_bar, reading_options
from pilotscore.cli.shared import MOST_FINDINGS, criteria_option, refuse_to_overwrite
from pilotscore.language import Lang, Text

if TYPE_CHECKING:
    from pilotscore.runs.stability import StabilityReport

_ENDINGS = (".xlsx", ".json", ".svg", ".png")


@click.command(
    cls=Command,
    text=Text(
        "由批次数据计算稳定性：变异、能力指数、控制图、漂移、连续运行、放大、货架期、物料平衡，各带置信界与结论。",
        "Work out stability from batch data: variation, capability, control charts, drift, running, scale-up, shelf "
        "life, mass balance, each with its bounds and a verdict.",
    ),
    example="pilotscore stability results.xlsx P-001\npilotscore stability batches.xlsx -o stability.xlsx",
)
@click.argument("book", metavar="BOOK.xlsx")
@click.argument("result", required=False, metavar="[ID]")
@criteria_option
@reading_options
@option(
    "-o",
    "--output",
    multiple=True,
    metavar="FILE",
    zh="写入 .xlsx（含原生图表）、.json、.svg 或 .png，可重复。",
    en="Write a .xlsx (with native charts), .json, .svg or .png file; may be repeated.",
)
@option("--json", "as_json", is_flag=True, zh="输出 JSON。", en="Print JSON to stdout.")
@lang_option()
def stability(
    book: str,
    result: str | None,
    criteria: str,
    reading: Reading,
    output: tuple[str, ...],
    as_json: bool,
) -> int:
    """Run the command."""
    from pilotscore.cli.screen import messages, results
    from pilotscore.runs import batches as batches_run
    from pilotscore.runs.stability import to_record
    from pilotscore.views.stability_view import print_stability
    from pilotscore.views.terminal import print_findings

    lang = lang_of()
    refuse_to_overwrite((book,), output)
    for name in output:
        if Path(name).suffix.lower() not in _ENDINGS:
            listed = ", ".join(_ENDINGS)
            raise errors.UsageError(
                Text(
                    f"{name}：扩展名应为 {listed} 之一", f"{name}: it should end in one of {listed}"
                )
            )
    with progress_bar() as progress:
        report = batches_run.stability(
            book, result, criteria, progress=progress, **reading.arguments()
        )
    told = [f for f in report.findings if f.severity != "info"]
    if told:
        print_findings(told, messages(), lang, MOST_FINDINGS)
    for name in output:
        _write(Path(name), report, lang)
        click.echo(Text(f"已写入 {name}", f"wrote {name}").to(lang), err=True)
    if as_json:
        click.echo(json.dumps(to_record(report, lang), ensure_ascii=False, indent=2))
    elif not output:
        print_stability(report, results(), lang)
    blocking = any(f.severity == "error" for f in report.findings)
    return errors.FINDINGS_BLOCK if blocking else errors.FINE


def _write(path: Path, report: StabilityReport, lang: Lang) -> None:
    from pilotscore.render.files import write_atomically
    from pilotscore.runs.stability import to_record

    def put(target: Path) -> None:
        ending = path.suffix.lower()
        if ending == ".xlsx":
            from pilotscore.views.stability_xlsx import write_stability

            write_stability(target, report, lang)
        elif ending == ".json":
            text = json.dumps(to_record(report, lang), ensure_ascii=False, indent=2)
            target.write_text(text + "\n", encoding="utf-8")
        else:
            from pilotscore.views.stability_plot import plot_stability

            missing = plot_stability(target, report, lang, ending.removeprefix("."))
            if missing is not None:
                click.echo(missing.to(lang), err=True)

    write_atomically(path, put)
