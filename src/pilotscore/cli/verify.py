"""``pilotscore verify``: a saved round held against its inputs, its outputs and itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_of, lang_option, option
from pilotscore.cli.output import json_option, print_record
from pilotscore.cli.reading import Reading, reading_options
from pilotscore.language import LANGS, Text, Words

if TYPE_CHECKING:
    from pilotscore.runs.rounds import Round

_MOST = 20


@click.command(
    cls=Command,
    text=Text(
        "复核保存的一轮（fund --save 写出）：轮次文件与输出是否被改动；给出工作簿与征集文件时，"
        "重新计分、排名、分配，逐项比对。",
        "Check a saved round (as fund --save writes it): whether it or its outputs were edited; "
        "with the workbooks and the call file all is scored, ranked and decided anew, and every "
        "award compared.",
    ),
    example="pilotscore verify round.pilot --outputs funded.xlsx\n"
    "pilotscore verify round.pilot results.xlsx --call call.yaml",
)
@click.argument("round_file", metavar="ROUND.pilot")
@click.argument("books", nargs=-1, metavar="[BOOK|FOLDER]...")
@option("--call", metavar="CALL.yaml", zh="征集文件。", en="The call file.")
@option(
    "-c",
    "--criteria",
    metavar="NAME|FILE",
    zh="指标体系（默认用征集文件写的）。",
    en="Criteria set (default: the one that the call names).",
)
@option(
    "-p",
    "--policy",
    metavar="NAME|FILE",
    zh="政策（默认用征集文件或指标体系写的）。",
    en="Policy (default: the one that the call or the criteria set names).",
)
@option("--profile", metavar="NAME", zh="权重方案。", en="Weight profile.")
@option("--decisions", metavar="FILE", zh="决定文件。", en="A file of decisions on top.")
@option(
    "--outputs",
    multiple=True,
    metavar="FILE",
    zh="这一轮写出的文件；可多次给出。",
    en="A file that the round wrote; may be repeated.",
)
@reading_options
@json_option
@lang_option()
def verify(
    round_file: str,
    books: tuple[str, ...],
    call: str | None,
    criteria: str | None,
    policy: str | None,
    profile: str | None,
    decisions: str | None,
    outputs: tuple[str, ...],
    reading: Reading,
    as_json: bool,
) -> int:
    """Run the command."""
    from pilotscore.runs.rounds import edited_members, edited_outputs, read_round

    if bool(books) != (call is not None):
        raise errors.UsageError(
            Text("工作簿与 --call 须一起给出", "workbooks and --call go together")
        )
    saved = read_round(Path(round_file))
    for name in outputs:
        if not Path(name).is_file():
            raise errors.UsageError(Text(f"没有文件 {name}", f"there is no file {name}"))
    found: list[Words] = [
        *edited_members(saved),
        *edited_outputs(saved, [Path(name) for name in outputs]),
    ]
    if call is not None:
        rules = (criteria, policy, profile, decisions)
        found += _computed_anew(saved, books, call, rules, reading)
    if as_json:
        holds = {"holds": not found, "recomputed": call is not None, "differences": found}
        print_record({"file": round_file, **holds})
        return errors.FINDINGS_BLOCK if found else errors.FINE
    return _told(saved, found, recomputed=call is not None)


def _computed_anew(
    saved: Round,
    books: tuple[str, ...],
    call: str,
    rules_given: tuple[str | None, str | None, str | None, str | None],
    reading: Reading,
) -> list[Words]:
    """Return where deciding the round anew, by its own settings, gives something else."""
    import datetime
    import json

    from pilotscore.cli.call import set_of
    from pilotscore.cli.fund import policy_beside
    from pilotscore.criteria import load_call
    from pilotscore.criteria.call_loader import read_call
    from pilotscore.render.json import to_json
    from pilotscore.runs import assess as assess_run
    from pilotscore.runs import fund as fund_run
    from pilotscore.runs.rounds import changed_decisions, changed_inputs
    from pilotscore.views.fund.document import document

    criteria, policy, profile, decisions = rules_given
    file = read_call(call)
    named = set_of(file.data.get("criteria"), file.path)
    day = datetime.date.fromisoformat(saved.manifest["as_of"])
    rules = assess_run.load_rules(
        criteria or named or assess_run.DEFAULT_CRITERIA, policy_beside(file, policy), profile, day
    )
    settings = tuple(saved.manifest["call"]["set"])
    loaded = load_call(file, rules.criteria, rules.policy.policy, settings)
    outcome = assess_run.rank_by(rules, books, **reading.arguments())
    report = fund_run.fund_by(loaded, outcome, decisions=decisions)
    now: Any = json.loads(to_json(document(report).record(), "en"))
    manifest: Any = json.loads(json.dumps(report.manifest()))
    return [
        *changed_inputs(saved.manifest, manifest),
        *changed_decisions(saved.record("en"), now),
    ]


def _told(saved: Round, found: list[Words], *, recomputed: bool) -> int:
    """Print what was found; say so where nothing was."""
    lang = lang_of()
    for words in found[:_MOST]:
        click.echo(f"  {words.to(lang)}")
    if len(found) > _MOST:
        more = Text("  …… 另有 {n} 处", "  ... and {n} more")
        click.echo(more.fill(lang, n=len(found) - _MOST))
    if found:
        differs = Text("不相符：{n} 处", "the round does not hold: {n} differences")
        click.echo(differs.fill(lang, n=len(found)))
        return errors.FINDINGS_BLOCK
    count = len(saved.record(LANGS[0])["decisions"])
    holds = (
        Text(
            "相符：{n} 项成果重新计分、排名、分配，结果一致",
            "the round holds: {n} results scored, ranked and decided anew, with the same outcome",
        )
        if recomputed
        else Text(
            "轮次文件未被改动（{n} 项成果）；给出工作簿与 --call 才重新计算",
            "the round was not edited ({n} results); with the workbooks and --call it is computed "
            "anew",
        )
    )
    click.echo(holds.fill(lang, n=count))
    return errors.FINE
