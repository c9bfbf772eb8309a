"""What two rounds of money do not share, as changes of which any may be made without the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from pilotscore.criteria import CriteriaSet
from pilotscore.criteria.differences import differences
from pilotscore.language import LISTED, Text, Words, join, same
from pilotscore.measures import Measurements
from pilotscore.records import dataclass
from pilotscore.runs.outcome import Outcome
from pilotscore.runs.round_mix import Difference, ResultCell
from pilotscore.wording import figures
from pilotscore.workbook import STATE_TITLES, State
from pilotscore.workbook.decisions import DECISIONS, DecisionRow

ChangeKind = Literal[
    "left", "came", "cells", "inputs", "day", "criteria", "policy", "budget", "call", "decisions"
]
MOST_EACH = 12  # changes of one kind that are told apart; more are made together
_MOST_NAMED = 8
_NOT_OF_MONEY = ("id", "version", "title", "description", "source", "criteria", "policy")
ABSENT = "—"


@dataclass(frozen=True, slots=True)
class Change:
    """A change from one round to the other.

    ``parts`` has what it consists of, in plain data: an address, old and new; ``text`` says it;
    ``cells``, ``keys`` and ``results`` are what is to be taken of the second round.
    """

    kind: ChangeKind
    text: Words
    parts: tuple[tuple[str, Any, Any], ...] = ()
    cells: tuple[ResultCell, ...] = ()
    keys: tuple[str, ...] = ()
    results: tuple[str, ...] = ()


# Who corrected a cell, and why.
Trail = Mapping[ResultCell, tuple[str, str]]


def trail_of(appeals: Sequence[Mapping[str, Any]]) -> dict[ResultCell, tuple[str, str]]:
    """Return who corrected which cell and why, of the appeals of a round; the last of each."""
    return {(c["result"], c["of"]): (c["who"], c["why"]) for a in appeals for c in a["corrections"]}


def input_changes(
    before: Outcome, after: Outcome, difference: Difference | None, trail: Trail
) -> Iterator[Change]:
    """Yield what differs in the inputs: who left and came, and cells of those in both."""
    if difference is None:
        text = Text(
            "输入不同（有重复的编号，不能逐项区分）",
            "the inputs differ (an id is there twice, so they cannot be told apart)",
        )
        yield Change("inputs", text)
        return
    if difference.left:
        text = Text("{n} 项退出：{names}", "{n} left: {names}")
        names = _named(difference.left)
        yield Change("left", text.of(n=len(difference.left), names=names), results=difference.left)
    if difference.came:
        text = Text("{n} 项新增：{names}", "{n} came: {names}")
        names = _named(difference.came)
        yield Change("came", text.of(n=len(difference.came), names=names), results=difference.came)
    sides = tuple(_Values(outcome) for outcome in (before, after))
    for cells in _grouped(difference.cells):
        parts = tuple(_cell_part(sides, cell) for cell in cells)
        said = [
            _with_trail(_CHANGED.of(name=name, was=was, now=now), trail.get(cell))
            for cell, (name, was, now) in zip(cells, parts, strict=True)
        ]
        yield Change("cells", _listed(said), tuple(map(_plain_part, parts)), cells)


def _with_trail(text: Words, by: tuple[str, str] | None) -> Words:
    if by is None:
        return text
    said = Text("{what}（{who}：{why}）", "{what} ({who}: {why})")
    return said.of(what=text, who=by[0], why=by[1])


_CHANGED = Text("{name}：{was} → {now}", "{name}: {was} → {now}")


def _grouped(cells: Sequence[ResultCell]) -> list[tuple[ResultCell, ...]]:
    """Return cells as changes: each alone, or those of a result together, or all of them."""
    if len(cells) <= MOST_EACH:
        return [(cell,) for cell in cells]
    of_result: dict[str, list[ResultCell]] = {}
    for cell in cells:
        of_result.setdefault(cell[0], []).append(cell)
    if len(of_result) <= MOST_EACH:
        return [tuple(group) for group in of_result.values()]
    return [tuple(cells)]


class _Values:
    """What a round has in its cells."""

    def __init__(self, outcome: Outcome) -> None:
        self.assessment = outcome.assessment
        self.criteria = outcome.criteria
        self.places = {name: i for i, name in enumerate(outcome.assessment.measurements.ids)}
        self.titles = outcome.criteria.titles

    def value(self, name: str, item: str) -> Words:
        """Return what stands in a cell, with its evidence."""
        a, i = self.assessment, self.places[name]
        position = self.criteria.indicator_position.get(item)
        if position is None:
            return _fact(a.measurements, i, item)
        grade = figures.evidence(a, i, position)
        value = figures.raw_value(a, i, position)
        return value if not grade else same("{value} ({grade})").of(value=value, grade=grade)


def _cell_part(sides: Sequence[_Values], cell: ResultCell) -> tuple[Words, Words, Words]:
    name, item = cell
    was, now = (side.value(name, item) for side in sides)
    return same("{id} {title}").of(id=name, title=sides[0].titles[item]), was, now


def _fact(m: Measurements, i: int, item: str) -> Words:
    column = m.facts[item]
    if column.states[i] != State.VALUE:
        return STATE_TITLES[State(int(column.states[i]))]
    value = column.values[i]
    return same(value if isinstance(value, str) else f"{float(value):.15g}")


def _plain_part(part: tuple[Words, Words, Words]) -> tuple[str, Any, Any]:
    name, was, now = part
    return name.to("en"), was, now


def _named(names: Sequence[str]) -> Words:
    more = [same(f"… (+{len(names) - _MOST_NAMED})")] if len(names) > _MOST_NAMED else []
    return join([*map(same, names[:_MOST_NAMED]), *more], LISTED)


def _listed(said: Sequence[Words]) -> Words:
    more = [same(f"… (+{len(said) - _MOST_NAMED})")] if len(said) > _MOST_NAMED else []
    return join([*said[:_MOST_NAMED], *more])


def criteria_change(before: CriteriaSet, after: CriteriaSet) -> Change:
    """Return the change of a criteria set, each key of it that can change a score named."""
    changed = [c for c in differences(before, after) if c.effect != "texts"]
    parts = tuple((".".join(map(str, c.path)), c.before, c.after) for c in changed)
    of = same(f"{before.id} {before.version} → {after.id} {after.version}")
    said = _listed([of, *(c.text for c in changed)])
    return Change("criteria", Text("指标体系：{what}", "criteria set: {what}").of(what=said), parts)


def plain_change(kind: ChangeKind, title: Text, before: Any, after: Any) -> Change:
    """Return a change of plain data, each key of it named with old and new."""
    parts = tuple(leaves_that_differ(before, after))
    said = [_CHANGED.of(name=at or "—", was=shown(was), now=shown(now)) for at, was, now in parts]
    what = Text("{title}：{what}", "{title}: {what}").of(title=title, what=_listed(said))
    return Change(kind, what, parts)


_CALL, _BUDGET = Text("征集", "call"), Text("预算", "budget")


def call_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Return what differs between the plain data of two calls: the budget, then each other key."""
    keys = [k for k in dict.fromkeys((*before, *after)) if before.get(k) != after.get(k)]
    keys = [k for k in keys if k not in _NOT_OF_MONEY]
    keys.sort(key=lambda k: k != "budget")
    groups: list[tuple[str, ...]] = [(k,) for k in keys]
    if len(groups) > MOST_EACH:
        groups = [g for g in groups if g == ("budget",)]
        groups.append(tuple(k for k in keys if k != "budget"))
    changes = []
    for group in groups:
        was, now = ({k: data[k] for k in group if k in data} for data in (before, after))
        kind: ChangeKind = "budget" if group == ("budget",) else "call"
        change = plain_change(kind, _BUDGET if kind == "budget" else _CALL, was, now)
        changes.append(Change(kind, change.text, change.parts, keys=group))
    return changes


def decision_changes(
    before: Mapping[str, DecisionRow], after: Mapping[str, DecisionRow]
) -> list[Change]:
    """Return what differs between two files of decisions, by result."""
    names = [n for n in dict.fromkeys((*before, *after)) if _of(before, n) != _of(after, n)]
    groups = [(n,) for n in names] if len(names) <= MOST_EACH else [tuple(names)]
    changes = []
    for group in groups:
        said = []
        for name in group:
            row = after.get(name) or before[name]
            was, now = (_decided(rows.get(name)) for rows in (before, after))
            text = Text(
                "对 {id} 的决定：{was} → {now}（{who}：{why}）",
                "decision on {id}: {was} → {now} ({who}: {why})",
            )
            said.append(text.of(id=name, was=was, now=now, who=row.who, why=row.why))
        parts = tuple((n, _decided(before.get(n)), _decided(after.get(n))) for n in group)
        changes.append(Change("decisions", _listed(said), parts, results=group))
    return changes


def _of(rows: Mapping[str, DecisionRow], name: str) -> tuple[Any, Any] | None:
    row = rows.get(name)
    return None if row is None else (row.decided, row.amount)


def _decided(row: DecisionRow | None) -> Words:
    if row is None:
        return Text("无", "none")
    title = DECISIONS[row.decided]
    return title if row.amount is None else same("{what} {sum}").of(what=title, sum=str(row.amount))


def leaves_that_differ(
    before: Any, after: Any, at: tuple[str, ...] = ()
) -> Iterator[tuple[str, Any, Any]]:
    """Yield the addresses at which plain data differ, with what each has; entries go by ids."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys((*before, *after)):
            was, now = before.get(key, ABSENT), after.get(key, ABSENT)
            yield from leaves_that_differ(was, now, (*at, str(key)))
    elif _have_ids(before) and _have_ids(after):
        first, second = ({str(e["id"]): e for e in part} for part in (before, after))
        yield from leaves_that_differ(first, second, at)
        if [*first] != [*second] and {*first} == {*second}:
            yield ".".join(at), [*first], [*second]
    elif before != after:
        yield ".".join(at), before, after


def _have_ids(part: Any) -> bool:
    return isinstance(part, list) and all(isinstance(e, dict) and "id" in e for e in part)


def shown(value: Any) -> str:
    """Return plain data in a line, shortened where it is long."""
    text = str(value)
    return text if len(text) <= 60 else text[:60] + "…"
