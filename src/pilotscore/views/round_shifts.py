"""What moved below a decision: grade, index, the rule's award and the chance of each result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pilotscore.criteria.amounts import MoneyUnit
from pilotscore.document import Block, Column, Fact, Line, Table, more
from pilotscore.language import NOTHING, Text, Words, join, same
from pilotscore.records import dataclass
from pilotscore.runs.round_comparison import RoundComparison, Side
from pilotscore.wording import figures, words

ABSENT = Text("不在其中", "not in it")
_TITLE = Text(
    "决定与金额未变，其依据有变（{count} 项）",
    "the same decision and money on other grounds ({count})",
)
_RULE = Text("按规则可得", "by the rule")
_CHANCE = Text("获资助概率", "chance of funding")
_BOTH = same("{before} → {after}")
_NAMED = Text("{name} {both}", "{name} {both}")


@dataclass(frozen=True, slots=True)
class Ground:
    """What a decision on a result rests on, as it is shown; '' where the call has no chances."""

    score: str
    held: int
    chance: str


@dataclass(frozen=True, slots=True)
class Shift:
    """A result of both rounds with the same decision and money, on other grounds."""

    id: str
    title: str
    before: Ground
    after: Ground


def shifts_of(comparison: RoundComparison) -> list[Shift]:
    """Return the results of both rounds that did not move and rest on other grounds.

    A rank alone is none: each result that moves takes those between along.
    """
    old, new = (_grounds(side) for side in (comparison.old, comparison.new))
    moved = {m.id for m in comparison.moved}
    m = comparison.new.report.outcome.assessment.measurements
    titles = dict(zip(m.ids, m.titles, strict=True))
    return [
        Shift(name, titles[name], old[name], ground)
        for name, ground in new.items()
        if name not in moved and old.get(name, ground) != ground
    ]


def _grounds(side: Side) -> dict[str, Ground]:
    decision = side.decision
    a, line, held = side.report.outcome.assessment, decision.line, decision.undecided().tolist()
    place = {name: i for i, name in enumerate(a.measurements.ids)}

    def ground(k: int, i: int) -> Ground:
        score = f"{a.grade[i]} {figures.score(float(a.index[i]))}"
        chance = "" if line is None else f"{float(line.chances.chance[k]):.0%}"
        return Ground(score, held[k], chance)

    return {name: ground(k, place[name]) for k, name in enumerate(decision.instance.ids)}


def shifts_page(
    comparison: RoundComparison, shifts: Sequence[Shift], unit: MoneyUnit, top: int
) -> Iterator[Block]:
    """Show them, the first ``top``."""
    if not shifts:
        return
    yield Line(((_TITLE.of(count=len(shifts)), "bold"),))
    for shift in shifts[:top]:
        title = join((shift.id, shift.title), same(" "))
        yield Fact("•", join((title, _what(comparison, shift, unit)), Text("：", ": ")), 2)
    if len(shifts) > top:
        yield more(len(shifts) - top, Text("（--top）", " (--top)"))


def _what(comparison: RoundComparison, shift: Shift, unit: MoneyUnit) -> Words:
    """Say which grounds are others."""
    was, now = shift.before, shift.after
    said: list[Words] = []
    if was.score != now.score:
        said.append(standings(comparison, shift.id))
    if was.held != now.held:
        held = (unit.said(x) for x in (was.held, now.held))
        said.append(_pair(_RULE, *held))
    if was.chance != now.chance:
        said.append(_pair(_CHANCE, *(x or "—" for x in (was.chance, now.chance))))
    return join(said)


def _pair(name: Text, before: Words | str, after: Words | str) -> Words:
    return _NAMED.of(name=name, both=_BOTH.of(before=before, after=after))


def shifts_table(comparison: RoundComparison, shifts: Sequence[Shift], unit: MoneyUnit) -> Table:
    """Return them, a row for each."""
    columns = (
        Column("id", words.ID, width=12),
        Column("title", words.TITLE, "wrap", 28),
        Column("what", Text("依据的变化", "What is other"), "wrap", 90),
    )
    return Table(columns, [[s.id, s.title, _what(comparison, s, unit)] for s in shifts])


def shifts_record(
    comparison: RoundComparison, shifts: Sequence[Shift], unit: MoneyUnit
) -> list[dict[str, Any]]:
    """Return them as plain data."""
    return [
        {
            "id": s.id,
            "title": s.title,
            "standing": standings(comparison, s.id),
            "by_the_rule": [unit.number(g.held) for g in (s.before, s.after)],
            "chance": [g.chance or None for g in (s.before, s.after)],
        }
        for s in shifts
    ]


def standings(comparison: RoundComparison, name: str) -> Words:
    """Return grade, index and rank of a result in both rounds."""
    said = [_standing(side, name) for side in (comparison.old, comparison.new)]
    return join(said, same(" → "))


def _standing(side: Side, name: str) -> Words:
    outcome = side.report.outcome
    a = outcome.assessment
    if name not in a.measurements.ids:
        return ABSENT
    i = a.measurements.ids.index(name)
    title = figures.grade_id(a, i) if a.grade[i] >= 0 else figures.grade_title(a, i)
    if a.grade[i] < 0:
        return join((title,), NOTHING)
    rank = int(outcome.ranking.ranks[i])
    text = Text("{grade} {index}（第 {rank} 名）", "{grade} {index} (rank {rank})")
    return text.of(grade=title, index=figures.score(float(a.index[i])), rank=rank)
