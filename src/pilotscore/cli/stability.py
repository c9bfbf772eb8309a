"""``pilotscore stability``: what batch data say, with the uncertainty that few batches leave."""

from __future__ import annotations

import click

from pilotscore.cli.bilingual import Command, lang_option
from pilotscore.cli.output import Output, deliver, output_options
from pilotscore.cli.reading import Reading, progress_bar, reading_options
from pilotscore.cli.shared import (
    blocking_code,
    criteria_option,
    files_of,
    print_findings,
    refuse_swapped,
)
from pilotscore.language import Text

_CHARTS = Text("含原生图表", "with native charts")


@click.command(
    cls=Command,
    text=Text(
        "由批次数据计算稳定性：变异、能力指数、控制图、漂移、连续运行、放大、货架期、物料平衡，"
        "各带置信界与结论。",
        "Work out stability from batch data: variation, capability, control charts, drift, "
        "running, scale-up, shelf "
        "life, mass balance, each with its bounds and a verdict.",
    ),
    example="pilotscore stability results.xlsx P-001\npilotscore stability batches.xlsx -o "
    "stability.xlsx",
)
@click.argument("book", metavar="BOOK.xlsx")
@click.argument("result", required=False, metavar="[ID]")
@criteria_option
@reading_options
@output_options(".xlsx", ".json", ".md", ".html", ".svg", ".png", what={".xlsx": _CHARTS})
@lang_option()
def stability(
    book: str, result: str | None, criteria: str, reading: Reading, output: Output
) -> int:
    """Run the command."""
    refuse_swapped(book, result)
    from pilotscore.runs import stability as stability_run
    from pilotscore.views.stability import document

    output = output.ready((book, *files_of(criteria, reading.mapping)))
    with progress_bar() as progress:
        report = stability_run.stability(
            book, result, criteria, progress=progress, **reading.arguments()
        )
    print_findings(f for f in report.findings if f.severity != "info")
    deliver(document(report), output)
    return blocking_code(report.findings)
