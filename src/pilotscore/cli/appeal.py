"""``pilotscore appeal``: cells of a saved round corrected, and the round decided anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_of, lang_option, option
from pilotscore.cli.output import TABLES, Output, claim, deliver, output_options, write_file
from pilotscore.cli.rounds import Places, is_round, places_of, save_round
from pilotscore.cli.rounds_compared import side
from pilotscore.cli.shared import print_findings, require_ending
from pilotscore.cli.values import Whole
from pilotscore.language import Text

if TYPE_CHECKING:
    from pilotscore.store.rounds import Round

_NO_ROUND = Text(
    "{name} 不是保存的一轮（fund --save 轮次.pilot）",
    "{name} is no saved round (fund --save ROUND.pilot)",
)
_NO_FILE = Text(
    "请给出更正文件，或用 --template 制作一个",
    "name a file of corrections, or make one with --template",
)


@click.command(
    cls=Command,
    text=Text(
        "申诉：在保存的一轮上更正单元格（输入文件不变），按同一征集、种子与抽签重新决定，只列出"
        "有变化的成果；更正与原轮次都留在新的轮次文件中。",
        "An appeal: correct cells of a saved round (its inputs stay as they are), decide it anew "
        "under the same call, seed and draw, and show what moved; the corrections and the round "
        "before are kept in the new one.",
    ),
    example="pilotscore appeal round.pilot --template corrections.xlsx\n"
    "pilotscore appeal round.pilot corrections.xlsx --save round-2.pilot -o moved.xlsx",
)
@click.argument("round_file", metavar="ROUND.pilot")
@click.argument("corrections", required=False, metavar="[CORRECTIONS.xlsx]")
@option(
    "--template",
    metavar="FILE",
    zh="写出一份空白的更正表（.xlsx）。",
    en="Write an empty table of corrections (.xlsx).",
)
@option(
    "--save",
    metavar="ROUND.pilot",
    zh="把申诉之后的一轮存成一个文件，其中有更正与原轮次；verify 沿链复核。",
    en="Save the round after the appeal to one file, with the corrections and the round before; "
    "verify follows the chain.",
)
@option(
    "--store",
    metavar="FOLDER|ROUNDS.db",
    zh="把申诉之后的一轮存入轮次库（见 rounds 命令）。",
    en="Keep the round after the appeal in a store (see rounds).",
)
@option(
    "--inputs",
    multiple=True,
    metavar="BOOK|FOLDER",
    zh="这一轮的工作簿，若轮次文件没有保存它们；可多次给出。",
    en="The workbooks of the round, where it does not hold them; may be repeated.",
)
@option(
    "--password-env",
    metavar="VARIABLE",
    zh="打开密码所在的环境变量。",
    en="The environment variable with the password that opens them.",
)
@output_options(*TABLES)
@option(
    "--top",
    type=Whole(min=1),
    default=20,
    show_default=True,
    metavar="N",
    zh="屏幕上只显示前 N 项。",
    en="Show the first N only, on screen.",
)
@lang_option()
def appeal(
    round_file: str,
    corrections: str | None,
    template: str | None,
    save: str | None,
    store: str | None,
    inputs: tuple[str, ...],
    password_env: str | None,
    output: Output,
    top: int,
) -> int:
    """Run the command."""
    from pilotscore.cli.reading import password_of

    if not is_round(round_file):
        raise errors.UsageError(_NO_ROUND.of(name=round_file))
    if template is not None:
        (template,) = claim((template,), (round_file,))
        require_ending(template, ".xlsx")
        return _template(_decided(round_file), template)
    if corrections is None:
        raise errors.UsageError(_NO_FILE)
    read = (round_file, corrections, *inputs)
    output, places = output.ready(read), places_of(save, store, read)
    password = password_of(password_env)
    saved = _decided(round_file)
    return _decide(round_file, saved, corrections, (inputs, password), output, places, top)


def _decided(name: str) -> Round:
    from pilotscore.store.rounds import read_round, require_decided

    return require_decided(read_round(Path(name)), Path(name).name)


def _decide(
    name: str,
    saved: Round,
    corrections: str,
    opening: tuple[tuple[str, ...], str | None],
    output: Output,
    places: Places,
    top: int,
) -> int:
    """Decide a round with corrections, show what moved, and keep the trail."""
    from pilotscore.cli.rounds_compared import STAGE
    from pilotscore.cli.stages import stages_shown
    from pilotscore.runs.appeal import held_after, upheld
    from pilotscore.runs.round_comparison import compare_money
    from pilotscore.views.appeal import document
    from pilotscore.views.fund.document import document as decided

    with side(name, saved, *opening) as before:
        work = before.work
        if not places:  # nothing but the decision is told
            work = replace(work, next_money=False, ways=0, core=False)
        step = upheld(work, before.step, Path(corrections), saved.seal)
        after = replace(before, name=Path(places.file or corrections).name, step=step)
        with stages_shown() as stages:
            comparison = compare_money(before, after, stages(STAGE))
        deliver(document(comparison, step.corrections, top), output)
        if places:
            held = held_after(saved, Path(corrections), step.report)
            manifest = step.report.manifest()
            save_round(decided(step.report), manifest, output.files, places, held)
    print_findings(step.findings)
    return errors.FINE


def _template(saved: Round, target: str) -> int:
    """Write an empty table of corrections, with the results and indicators to choose from."""
    from pilotscore.criteria import load_criteria
    from pilotscore.runs.round_work import taken_out_rules
    from pilotscore.workbook.templates.corrections import write_corrections_template

    lang = lang_of()
    ids = [row["id"] for row in saved.record(lang)["decisions"]]
    with taken_out_rules(saved) as criteria:
        items = [quantity.title for quantity in load_criteria(criteria).criteria.quantities]
    write_file(target, lambda path: write_corrections_template(path, ids, items, lang))
    return errors.FINE
