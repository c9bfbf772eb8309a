"""``pilotscore letters``: what people sign and send, as Word files, from a saved round."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_of, lang_option, option
from pilotscore.cli.output import writing_options
from pilotscore.cli.reading import CLUSTER
from pilotscore.cli.rounds import is_round
from pilotscore.cli.values import Choice, Day, Whole
from pilotscore.language import (
    LISTED,
    Text,
    did_you_mean,
    join,
)

if TYPE_CHECKING:
    from pilotscore.render.docx import Template
    from pilotscore.runs.letters_beside import Beside
    from pilotscore.runs.round_work import Work
    from pilotscore.store.rounds import Round

_KINDS = ("decision", "return", "evaluation", "scorecard", "public", "meeting", "all")
_USUAL = ("decision", "return", "public", "meeting")
_NO_ROUND = Text(
    "{name} 不是保存的一轮（fund 或 rank --save 轮次.pilot）",
    "{name} is no saved round (fund or rank --save ROUND.pilot)",
)
_ONE_KIND = Text(
    "--template 须与一个 --kind 一起用", "--template goes with one --kind, whose template it is"
)
_NO_FILL = Text("--fill 应为 键=内容：{given}", "--fill takes KEY=TEXT: {given}")
_UNKNOWN_FILL = Text(
    "模板中没有 {key}{guess}；有：{keys}", "the templates have no {key}{guess}; they have: {keys}"
)
_FOR_REPORTS = Text(
    "--panel 与 --store 的内容写入评价报告：须有 --kind evaluation（或 all）",
    "what --panel and --store have goes into evaluation reports: give --kind evaluation, or all",
)
_NO_OPINIONS = Text(
    "评分表中没有本轮成果的意见", "the score sheets have no opinion on any result of this round"
)
_NO_STORE = Text("--as-of 须与 --store 一起用", "--as-of goes with --store")
_NUMBER = Text(
    "letters 用 --force 覆盖，没有 --number", "letters takes --force, and has no --number"
)


@click.command(
    cls=Command,
    text=Text(
        "文书：由保存的一轮写出 Word 文件：资助决定书、补正通知书、评价报告、评分卡（每项成果"
        "一份），以及公示表、会议排名表（每轮一份）。中断后再次运行即接着写。",
        "Letters: from a saved round, as Word files: decision letter, return notice, evaluation "
        "report and scorecard for each result; public list and ranking for the meeting. A run that "
        "was stopped goes on when it is called again.",
    ),
    example="pilotscore letters round.pilot -o letters\n"
    "pilotscore letters round.pilot -o letters --kind return --only P-003 "
    "--fill deadline=2026-12-15\n"
    "pilotscore letters round.pilot -o letters --kind decision --template our-decision.docx",
)
@click.argument("round_file", metavar="ROUND.pilot")
@option(
    "-o",
    "--output",
    "folder",
    required=True,
    metavar="DIR",
    zh="写入的文件夹。",
    en="The folder that they go to.",
)
@option(
    "--kind",
    "kinds",
    multiple=True,
    type=Choice(_KINDS),
    zh="哪一种；可多次给出（默认：decision、return、public、meeting）。",
    en="Which kind; may be repeated (default: decision, return, public, meeting).",
)
@option(
    "--only",
    multiple=True,
    metavar="ID",
    zh="只写这项成果的；可多次给出。",
    en="Those of this result alone; may be repeated.",
)
@option(
    "--template",
    metavar="FILE.docx",
    zh="用单位自己在 Word 中改过的模板（与一个 --kind 一起）。",
    en="An office's own template, edited in Word (with one --kind).",
)
@option(
    "--fill",
    "fills",
    multiple=True,
    metavar="KEY=TEXT",
    zh="填入模板中 fill.KEY 处，如 deadline=2026-12-15；可多次给出，未给出的留空待填。",
    en="What stands where a template has fill.KEY, such as deadline=2026-12-15; may be repeated; "
    "what is not given is left blank to be filled in by hand.",
)
@option(
    "--inputs",
    multiple=True,
    metavar="BOOK|FOLDER",
    zh="这一轮的工作簿，若轮次文件没有保存它们；可多次给出。",
    en="The workbooks of the round, where it does not hold them; may be repeated.",
)
@option(
    "--panel",
    multiple=True,
    metavar="BOOK|FOLDER",
    zh="专家评分表：其中的意见写入评价报告，不写姓名；可多次给出。",
    en="Score sheets of the panel: what they say of a result stands in its evaluation report, "
    "without names; may be repeated.",
)
@option(
    "--store",
    metavar="STORE",
    zh="存有这一轮及随访的轮次库：各期拨款的到期日与状态写入评价报告。",
    en="The store that has the round and its follow-up: when payments are due and where they stand "
    "is put in the evaluation report.",
)
@option(
    "--as-of",
    type=Day(),
    metavar="DATE",
    zh="拨款状态按这一天（默认今天；与 --store 一起）。",
    en="The day on which payments stand so (default: today; with --store).",
)
@option(
    "--password-env",
    metavar="VARIABLE",
    zh="打开密码所在的环境变量。",
    en="The environment variable with the password that opens them.",
)
@option(
    "--jobs",
    type=Whole(min=1),
    metavar="N",
    zh="同时写的进程数（默认：每个处理器一个）。",
    en="How many processes write (default: one for each processor).",
)
@CLUSTER
@writing_options
@lang_option()
def letters(
    round_file: str,
    folder: str,
    kinds: tuple[str, ...],
    only: tuple[str, ...],
    template: str | None,
    fills: tuple[str, ...],
    inputs: tuple[str, ...],
    panel: tuple[str, ...],
    store: str | None,
    as_of: datetime.date | None,
    password_env: str | None,
    jobs: int | None,
    cluster: str | None,
) -> int:
    """Run the command."""
    from pilotscore.cli.letters_job import Job
    from pilotscore.cli.reading import crew_of, password_of
    from pilotscore.crew import ThisMachine
    from pilotscore.render.docx import require_docxtpl
    from pilotscore.runs.letters import letters_of
    from pilotscore.runs.round_work import taken_out
    from pilotscore.store.rounds import read_round

    if not is_round(round_file):
        raise errors.UsageError(_NO_ROUND.of(name=round_file))
    require_docxtpl()
    saved = read_round(Path(round_file))
    wanted = _without_decisions(saved, _wanted(kinds, template))
    if (panel or store is not None) and "evaluation" not in wanted:
        raise errors.UsageError(_FOR_REPORTS)
    filled = _filled(fills)
    templates = {kind: _template(kind, template) for kind in wanted}
    _refuse_unknown_fills(filled, templates)
    with (
        crew_of(cluster, jobs) as crew,
        taken_out(saved, inputs, password_of(password_env)) as work,
    ):
        beside = _beside(panel, store, as_of, saved, work)
        letters = replace(letters_of(saved, work), beside=beside)
        if panel and not beside.opinions.keys() & letters.rows.keys():
            click.echo(_NO_OPINIONS.to(lang_of()), err=True)
        by = crew or ThisMachine(jobs)
        job = Job(letters, Path(folder), filled, templates, by)
        return job.run(only, saved)


def _wanted(kinds: tuple[str, ...], template: str | None) -> tuple[str, ...]:
    """Return the kinds that are meant, each once."""
    context = click.get_current_context()
    if context.meta.get("pilotscore.overwriting") == "number":
        raise errors.UsageError(_NUMBER)
    named = _KINDS[:-1] if "all" in kinds else kinds or _USUAL
    wanted = tuple(dict.fromkeys(named))
    if template is not None and (len(wanted) != 1 or not kinds):
        raise errors.UsageError(_ONE_KIND)
    return wanted


def _beside(
    panel: tuple[str, ...],
    store: str | None,
    as_of: datetime.date | None,
    saved: Round,
    work: Work,
) -> Beside:
    """Return what was given beside a round, and tell what was found in it."""
    from pilotscore.cli.shared import print_findings
    from pilotscore.cli.stores import opened
    from pilotscore.runs.letters_beside import Beside, opinions_of, payments_of

    beside = Beside()
    if panel:
        opinions, findings = opinions_of([Path(p) for p in panel], work.rules.criteria.criteria)
        print_findings(f for f in findings if f.severity != "info")
        beside = Beside(opinions)
    if store is None:
        if as_of is not None:
            raise errors.UsageError(_NO_STORE)
        return beside
    today = as_of or datetime.date.today()
    with opened(store) as kept:
        return Beside(beside.opinions, payments_of(kept, saved.seal, today), today)


def _without_decisions(saved: Round, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Return the kinds that a round has; where it was ranked alone, say that it has no decisions.

    Raises
    ------
    UsageError
        Nothing else is wanted.
    """
    from pilotscore.views.letters.decision import ONLY_RANKED

    if saved.is_decided or "decision" not in wanted:
        return wanted
    if wanted == ("decision",):
        raise errors.UsageError(ONLY_RANKED)
    click.echo(ONLY_RANKED.to(lang_of()), err=True)
    return tuple(kind for kind in wanted if kind != "decision")


def _filled(fills: tuple[str, ...]) -> dict[str, str]:
    filled: dict[str, str] = {}
    for given in fills:
        key, sign, text = given.partition("=")
        if not sign or not key.strip().isidentifier():
            raise errors.UsageError(_NO_FILL.of(given=given))
        filled[key.strip()] = text.strip()
    return filled


def _template(kind: str, given: str | None) -> Template:
    from pilotscore.criteria.shipped import data_folder
    from pilotscore.render.docx import Template

    shipped = data_folder("templates") / "docx" / f"{kind}.{lang_of()}.docx"
    return Template(shipped if given is None else Path(given))


def _refuse_unknown_fills(filled: Mapping[str, str], templates: Mapping[str, Template]) -> None:
    """Refuse what no template asks for: it would stand nowhere."""
    known = sorted({key for template in templates.values() for key in template.fills})
    for key in filled:
        if key not in known:
            guess, keys = did_you_mean(key, known), join(known, LISTED)
            raise errors.UsageError(_UNKNOWN_FILL.of(key=key, guess=guess, keys=keys))
