"""A saved round decided anew and held against what was saved, through every appeal."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pilotscore.language import LANGS, Lang, Text, Words
from pilotscore.runs.appeal import decided, replayed, round_before
from pilotscore.runs.assess import rank_by
from pilotscore.runs.fund import FundReport
from pilotscore.runs.outcome import Outcome
from pilotscore.runs.round_columns import columns_of
from pilotscore.runs.round_differences import (
    changed_columns,
    changed_decisions,
    changed_inputs,
    changed_records,
)
from pilotscore.runs.round_work import Work
from pilotscore.store.members import FOLDER, has_columns, members_of
from pilotscore.store.rounds import Round, digest, record_name, seal_of

# Gives the record of a call decided as JSON in each language.
Recorded = Callable[[FundReport], Mapping[Lang, str]]
SOLVED_WHOLE = 130  # results of three levels at the most, for which no clock stops what is tried
_BEFORE = Text("第 {number} 次申诉之前：{what}", "before appeal {number}: {what}")


def plain(report: FundReport) -> Any:
    """Return the manifest of a run as it is read back from a file."""
    return json.loads(json.dumps(report.manifest(), default=str))


def recomputed(saved: Round, work: Work, recorded: Recorded) -> Iterator[Words]:
    """Yield where deciding a round anew, and each appeal since, gives something else.

    Parameters
    ----------
    saved
        The round, with what it was decided by.
    work
        What to decide it by and of.
    recorded
        Gives the record of a report.
    """
    if saved.work is None:
        report = decided(work, {})
        now = json.loads(recorded(report)["en"])
        yield from changed_inputs(saved.manifest, plain(report))
        yield from changed_decisions(saved.record("en"), now)
        return
    last, left_out = len(saved.appeals), not_computed(saved)
    if left_out:
        work = replace(work, next_money=False)
    for number, step in enumerate(replayed(work, saved)):
        of = saved if number == last else round_before(saved, number + 1)
        if number == last:
            yield from _other_columns(saved, step.report.outcome, step.report)
        for words in _against(of, step.report, recorded, left_out):
            yield words if number == last else _BEFORE.of(number=number + 1, what=words)


def recomputed_ranking(
    saved: Round, work: Work, recorded: Callable[[Outcome], Mapping[Lang, str]]
) -> Iterator[Words]:
    """Yield where ranking a round anew gives something else: as :func:`recomputed` of a call."""
    outcome = rank_by(work.rules, work.books, reading=work.options, methods=work.methods)
    now = json.loads(json.dumps(outcome.manifest.to_dict(), default=str))
    yield from changed_inputs(saved.manifest, now)
    yield from _other_columns(saved, outcome)
    records = {lang: json.loads(text) for lang, text in recorded(outcome).items()}
    for lang in LANGS:
        yield from _manifest_in_record(saved, lang)
    yield from _once(
        words
        for lang in reversed(LANGS)
        for words in changed_records(saved.record(lang), records[lang])
    )


def _once(differences: Iterable[Words]) -> Iterator[Words]:
    """Yield differences, those of two languages that read the same once."""
    seen: set[str] = set()
    for words in differences:
        if (said := words.to("en")) not in seen:
            seen.add(said)
            yield words


def _other_columns(
    saved: Round, outcome: Outcome, report: FundReport | None = None
) -> Iterator[Words]:
    if has_columns(saved.members):
        kept = {name: c for name, c in saved.members.items() if name.startswith(FOLDER)}
        yield from changed_columns(kept, members_of(columns_of(outcome, report)))


def not_computed(saved: Round) -> tuple[str, ...]:
    """Return the parts of the record that are not computed anew: they hang on the time there was.

    Other budgets are tried for so many seconds where there are many offers, and decide nothing.
    """
    record = saved.record("en")
    if not saved.is_decided:
        return ()
    was_computed = record.get("next_money") is not None
    return ("next_money",) if was_computed and len(record["decisions"]) > SOLVED_WHOLE else ()


def _against(
    saved: Round, report: FundReport, recorded: Recorded, left_out: Sequence[str]
) -> Iterator[Words]:
    """Yield where a report is not what was saved: its manifest, its record in each language."""
    if saved.work is not None and saved.work.get("interrupted"):
        yield from changed_inputs(saved.manifest, plain(report))
        yield from changed_decisions(saved.record("en"), json.loads(recorded(report)["en"]), ())
        return
    records = {lang: json.loads(text) for lang, text in recorded(report).items()}
    now = plain(report)
    yield from changed_inputs(saved.manifest, now)
    for lang in LANGS:
        yield from _manifest_in_record(saved, lang)
    yield from _once(
        words
        for lang in reversed(LANGS)
        for words in changed_records(saved.record(lang), records[lang], left_out)
    )


def _manifest_in_record(saved: Round, lang: Lang) -> Iterator[Words]:
    if saved.record(lang)["manifest"] != saved.manifest:
        text = Text("{name} 中的溯源信息不同", "the manifest in {name} is another")
        yield text.of(name=record_name(lang))


def broken_chain(saved: Round) -> Iterator[Words]:
    """Yield where the rounds before the appeals of one are not those that it names."""
    for number, appeal in enumerate(saved.appeals, start=1):
        try:
            before = round_before(saved, number)
        except (KeyError, ValueError):
            text = Text(
                "缺少第 {number} 次申诉之前的轮次", "the round before appeal {number} is missing"
            )
            yield text.of(number=number)
            continue
        stated = before.head.get("members", {})
        right = appeal["parent"] == before.head.get("seal") == seal_of(before.head)
        if not right or any(stated.get(n) != digest(c) for n, c in before.members.items()):
            text = Text(
                "第 {number} 次申诉之前的轮次已被改动",
                "the round before appeal {number} has been changed",
            )
            yield text.of(number=number)
        content = saved.members.get(appeal["member"], b"")
        if digest(content) != appeal["sha256"]:
            text = Text("更正文件 {file} 已被改动", "the corrections {file} have been changed")
            yield text.of(file=appeal["file"])


def not_the_parent(saved: Round, parent: Round) -> Iterator[Words]:
    """Yield that a round was not decided upon an appeal against another, where it was not."""
    if all(appeal["parent"] != parent.seal for appeal in saved.appeals):
        yield Text(
            "这一轮不是由给出的上一轮申诉而来",
            "the round does not come from an appeal against the one that was given",
        )


def not_as_saved(saved: Round, record: str) -> Iterator[Words]:
    """Yield where the decisions of a round decided anew are not those that were saved."""
    yield from changed_decisions(saved.record("en"), json.loads(record), ("chance",))
