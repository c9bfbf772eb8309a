"""``pilotscore verify``: a saved round held against its inputs, its outputs and itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pilotscore import errors
from pilotscore.cli.bilingual import Command, lang_of, lang_option, option
from pilotscore.cli.output import json_option, print_record
from pilotscore.cli.reading import READ_OF_BOOKS, Reading, reading_options
from pilotscore.cli.rounds import refuse_beside_a_round
from pilotscore.language import LANGS, Text, Words
from pilotscore.patterns import regex

if TYPE_CHECKING:
    from pilotscore.runs.round_work import Work
    from pilotscore.store.rounds import Round

_MOST = 20


@click.command(
    cls=Command,
    text=Text(
        "复核保存的一轮（fund --save 写出）：轮次文件与输出是否被改动；并由其中的工作簿与规则重新"
        "计分、排名、分配、抽签，逐项比对，直到每次申诉之前。",
        "Check a saved round (as fund --save writes it): whether it or its outputs were edited; "
        "and from the workbooks and rules in it all is scored, ranked, decided and drawn anew, "
        "back through every appeal, and every place compared.",
    ),
    example="pilotscore verify round.pilot --outputs funded.xlsx\n"
    "pilotscore verify round.pilot results.xlsx --call call.yaml",
)
@click.argument("round_file", metavar="ROUND.pilot")
@click.argument("books", nargs=-1, metavar="[BOOK|FOLDER]...")
@option(
    "--inputs",
    multiple=True,
    metavar="BOOK|FOLDER",
    zh="与逐个给出的工作簿相同：这一轮的输入；可多次给出。",
    en="The same as the workbooks given: the inputs of the round; may be repeated.",
)
@option("--call", metavar="CALL.yaml", zh="改与此征集文件核对。", en="Hold it against this call.")
@option(
    "-c",
    "--criteria",
    metavar="NAME|FILE",
    zh="指标体系（默认用轮次中的，或征集文件写的）。",
    en="Criteria set (default: that of the round, or the one that the call names).",
)
@option(
    "-p",
    "--policy",
    metavar="NAME|FILE",
    zh="政策（默认用轮次中的，或征集文件、指标体系写的）。",
    en="Policy (default: that of the round, or the one that the call or criteria set names).",
)
@option("--profile", metavar="NAME", zh="权重方案。", en="Weight profile.")
@option("--decisions", metavar="FILE", zh="决定文件。", en="A file of decisions on top.")
@option(
    "--parent",
    metavar="ROUND.pilot",
    zh="申诉之前的一轮：这一轮是否由它而来。",
    en="The round before the appeal: whether this one comes from it.",
)
@option(
    "--outputs",
    multiple=True,
    metavar="FILE",
    zh="这一轮写出的文件；可多次给出。",
    en="A file that the round wrote; may be repeated.",
)
@option(
    "--hash",
    "printed",
    metavar="SHA-256",
    zh="文书上印的封印（至少前 16 位）：是否就是这一轮，或它申诉之前的一轮。",
    en="The seal printed on a letter (its first 16 digits at least): whether it is that of this "
    "round, or of one before an appeal.",
)
@reading_options
@json_option
@lang_option()
def verify(
    round_file: str,
    books: tuple[str, ...],
    inputs: tuple[str, ...],
    call: str | None,
    criteria: str | None,
    policy: str | None,
    profile: str | None,
    decisions: str | None,
    parent: str | None,
    outputs: tuple[str, ...],
    printed: str | None,
    reading: Reading,
    as_json: bool,
) -> int:
    """Run the command."""
    from pilotscore.store.rounds import (
        edited_members,
        edited_outputs,
        holds_inputs,
        read_round,
    )

    saved = read_round(Path(round_file))
    books = (*books, *inputs)
    rules = (call, criteria, policy, profile, decisions)
    _refuse_odd(saved, books, call, rules)
    if saved.work is not None:
        refuse_beside_a_round(READ_OF_BOOKS)
    for name in outputs:
        if not Path(name).is_file():
            raise errors.UsageError(Text(f"没有文件 {name}", f"there is no file {name}"))
    differences: list[Words] = [
        *_other_seal(saved, printed),
        *edited_members(saved),
        *_edited_chain(saved, parent),
        *edited_outputs(saved, [Path(name) for name in outputs]),
    ]
    recomputed = bool(books) or holds_inputs(saved)
    left_out: tuple[str, ...] = ()
    if recomputed:
        differences += _computed_anew(saved, books, rules, reading)
        left_out = _left_out(saved)
    if as_json:
        holds = {"holds": not differences, "recomputed": recomputed, "left_out": list(left_out)}
        holds |= {"differences": differences}
        print_record({"file": round_file, "seal": saved.seal, **holds})
        return errors.FINDINGS_BLOCK if differences else errors.FINE
    return _print_differences(saved, differences, left_out, recomputed=recomputed)


def _other_seal(saved: Round, printed: str | None) -> Iterator[Words]:
    """Yield that a seal printed on a letter is not that of the round; say so where it is older."""
    if printed is None:
        return
    digits = "".join(printed.split()).casefold()
    if not _SEAL.fullmatch(digits):
        raise errors.UsageError(_NO_SEAL.of(given=printed))
    if saved.seal.startswith(digits):
        return
    for number, appeal in enumerate(saved.appeals, start=1):
        if str(appeal["parent"]).startswith(digits):
            yield _BEFORE_APPEAL.of(hash=digits, number=number)
            return
    yield _OTHER_SEAL.of(hash=digits)


_SEAL = regex("[0-9a-f]{16,64}")
_NO_SEAL = Text(
    "--hash 应为文书上的封印，至少前 16 位十六进制数：{given}",
    "--hash takes the seal on a letter, its first 16 hexadecimal digits at least: {given}",
)
_OTHER_SEAL = Text(
    "文书上的封印 {hash} 不是这一轮的：文书出自另一轮",
    "the seal {hash} on the letter is not that of this round: the letter is of another",
)
_BEFORE_APPEAL = Text(
    "文书上的封印 {hash} 是第 {number} 次申诉之前的轮次：此后已重新决定",
    "the seal {hash} on the letter is of the round before appeal {number}: it was decided anew "
    "since",
)
Given = tuple[str | None, str | None, str | None, str | None, str | None]


def _refuse_odd(saved: Round, books: tuple[str, ...], call: str | None, rules: Given) -> None:
    """Refuse what cannot be held against a round: rules without what they are applied to."""
    if not saved.is_decided and any(rule is not None for rule in rules):
        raise errors.UsageError(
            Text(
                "排名的一轮（rank --save）没有征集文件与决定：只能用其中的规则核对",
                "a round that was ranked (rank --save) has no call and no decisions: it is checked "
                "by the rules that it holds",
            )
        )
    if call is None and any(rule is not None for rule in rules[:4]):
        raise errors.UsageError(
            Text("-c、-p 与 --profile 须与 --call 一起给出", "-c, -p and --profile go with --call")
        )
    if saved.work is None and bool(books) != (call is not None):
        raise errors.UsageError(
            Text(
                "这一轮没有保存规则：工作簿与 --call 须一起给出",
                "the round does not hold its rules: workbooks and --call go together",
            )
        )


def _edited_chain(saved: Round, parent: str | None) -> Iterator[Words]:
    from pilotscore.runs.round_check import broken_chain, not_the_parent
    from pilotscore.store.rounds import read_round

    yield from broken_chain(saved)
    if parent is not None:
        yield from not_the_parent(saved, read_round(Path(parent)))


def _computed_anew(
    saved: Round, books: tuple[str, ...], rules: Given, reading: Reading
) -> list[Words]:
    """Return where deciding the round anew, by its own settings, gives something else."""
    from pilotscore.cli.rounds import records_of
    from pilotscore.runs.round_check import recomputed, recomputed_ranking
    from pilotscore.views import ranking
    from pilotscore.views.fund.document import document

    try:
        with _work(saved, books, rules, reading) as work:
            if work.call is None:
                ranked = recomputed_ranking(saved, work, lambda o: records_of(ranking.document(o)))
                return list(ranked)
            return list(recomputed(saved, work, lambda report: records_of(document(report))))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        text = Text(
            "轮次文件的内容不成其为一轮，无法重新计算（{error}）",
            "what the round holds is no round, and cannot be decided anew ({error})",
        )
        return [text.of(error=f"{type(error).__name__}: {error}")]


@contextmanager
def _work(saved: Round, books: tuple[str, ...], rules: Given, reading: Reading) -> Iterator[Work]:
    """Take a round out of its file; what was given goes before what it holds."""
    from dataclasses import replace

    from pilotscore.runs.round_work import Work, taken_out

    call, criteria, policy, profile, decisions = rules
    given = None if decisions is None else Path(decisions)
    if saved.work is None:
        assert call is not None  # it was refused without
        file, loaded = _loaded(saved, call, criteria, policy, profile)
        options = replace(reading.options, sheet=reading.sheet)
        yield Work(
            loaded,
            file,
            tuple(saved.manifest["call"]["set"]),
            tuple(map(Path, books)),
            options,
            given,
            next_money=False,
            ways=0,
        )
        return
    with taken_out(saved, books, reading.options.password, exact=False) as work:
        if call is not None:
            file, loaded = _loaded(saved, call, criteria, policy, profile)
            work = replace(work, call=file, rules=loaded)
        yield replace(work, decisions=given or work.decisions)


def _loaded(saved: Round, call: str, *rules: str | None):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a call file and rules, imported lazily
    """Return a call file and the rules that go with it, of the day of the round."""
    import datetime

    from pilotscore.cli.call import set_of
    from pilotscore.cli.fund import policy_beside
    from pilotscore.criteria.call_loader import read_call
    from pilotscore.runs import assess as assess_run

    criteria, policy, profile = rules
    file = read_call(call)
    named = set_of(file.data.get("criteria"), file.path)
    day = datetime.date.fromisoformat(saved.manifest["as_of"])
    chosen = criteria or named or assess_run.DEFAULT_CRITERIA
    return file, assess_run.load_rules(chosen, policy_beside(file, policy), profile, day)


def _left_out(saved: Round) -> tuple[str, ...]:
    """Return what is not computed anew; nothing of a record that is none."""
    from pilotscore.runs.round_check import not_computed

    try:
        return not_computed(saved)
    except (KeyError, TypeError, ValueError, AttributeError):
        return ()


def _print_differences(
    saved: Round, differences: list[Words], left_out: tuple[str, ...], *, recomputed: bool
) -> int:
    """Print what was found; say so where nothing was."""
    lang = lang_of()
    click.echo(Text("封印 {seal}", "seal {seal}").fill(lang, seal=saved.seal))
    for words in differences[:_MOST]:
        click.echo(f"  {words.to(lang)}")
    if len(differences) > _MOST:
        more = Text("  …… 另有 {n} 处", "  ... and {n} more")
        click.echo(more.fill(lang, n=len(differences) - _MOST))
    if left_out:
        text = Text(
            "未重新计算：{keys}（试算的其他预算受时间限制，与决定无关）",
            "not computed anew: {keys} (other budgets are tried for as long as there is time, and "
            "decide nothing)",
        )
        click.echo(text.fill(lang, keys=", ".join(left_out)))
    if differences:
        differs = Text("不相符：{n} 处", "the round does not hold: {n} differences")
        click.echo(differs.fill(lang, n=len(differences)))
        return errors.FINDINGS_BLOCK
    count = len(saved.record(LANGS[0])["decisions" if saved.is_decided else "ranking"])
    holds = (
        Text(
            "相符：{n} 项成果重新计分、排名、分配，结果一致",
            "the round holds: {n} results scored, ranked and decided anew, with the same outcome",
        )
        if recomputed and saved.is_decided
        else Text(
            "相符：{n} 项成果重新计分、排名，结果一致",
            "the round holds: {n} results scored and ranked anew, with the same outcome",
        )
        if recomputed
        else Text(
            "轮次文件未被改动（{n} 项成果）；给出工作簿（--inputs）才重新计算",
            "the round was not edited ({n} results); with its workbooks (--inputs) it is computed "
            "anew",
        )
    )
    click.echo(holds.fill(lang, n=count))
    return errors.FINE
