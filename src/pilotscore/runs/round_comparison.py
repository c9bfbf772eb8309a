"""Two rounds of money side by side: who gained, who lost, and which change did it.

Nothing is guessed: the round is decided anew with each change alone, and with one after the other
in a stated order. A change that by itself gives a result what it has in the second round did it;
where none does, they act together, and what each adds in that order is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from pilotscore.criteria import LoadedCall, load_call
from pilotscore.criteria.deriving import RIGHTS_FACTS
from pilotscore.errors import PilotscoreError, UsageError
from pilotscore.findings import in_order
from pilotscore.funding import recommend
from pilotscore.funding.decision import Decision, FundingStatus
from pilotscore.index import assess
from pilotscore.language import Text
from pilotscore.measures import Measurements
from pilotscore.ranking import rank_results, select_methods
from pilotscore.records import dataclass
from pilotscore.runs.appeal import Step
from pilotscore.runs.assess import Rules, rank_by
from pilotscore.runs.fund import FundReport, fund_by
from pilotscore.runs.outcome import Outcome
from pilotscore.runs.round_changes import (
    Change,
    call_changes,
    criteria_change,
    decision_changes,
    input_changes,
    plain_change,
    trail_of,
)
from pilotscore.runs.round_mix import Difference, differing, mixed
from pilotscore.runs.round_work import Work
from pilotscore.workbook.decisions import DecisionFile, DecisionRow
from pilotscore.workbook.results.corrected import by_path

Progress = Callable[[int, int], None]
# What a result has in a round: its award in fen, and what is decided for it.
Has = tuple[int, FundingStatus]
_INPUTS = ("left", "came", "cells", "inputs")


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One of two rounds: taken out of its file, and as it was decided."""

    name: str
    work: Work
    step: Step

    @property
    def report(self) -> FundReport:
        """The call decided."""
        return self.step.report

    @property
    def decision(self) -> Decision:
        """What holds."""
        return self.step.report.funded

    @property
    def loaded(self) -> LoadedCall:
        """The call."""
        return self.decision.instance.loaded

    @property
    def rows(self) -> dict[str, DecisionRow]:
        """The decisions on top, by result."""
        overruled = self.report.overruled
        return {} if overruled is None else {r.result: r for r in overruled.file.decisions}


@dataclass(frozen=True, slots=True)
class Moved:
    """A result that has not the same in both rounds.

    ``before`` or ``after`` is None where it is not in the round. ``alone`` has the changes (by
    their places) of which each by itself gives it what it has in the second round;
    ``needed``, where there is none, those without which it would not have that; ``shares`` what
    each change or several together add, in fen, in the order in which they were made.
    """

    id: str
    title: str
    before: Has | None
    after: Has | None
    alone: tuple[int, ...]
    needed: tuple[int, ...]
    shares: tuple[tuple[tuple[int, ...], int], ...]

    @property
    def fen(self) -> int:
        """By how much it moved."""
        return (self.after[0] if self.after else 0) - (self.before[0] if self.before else 0)


@dataclass(frozen=True, slots=True, eq=False)
class RoundComparison:
    """Two rounds compared: the changes between them in order, and who moved, most money first.

    ``undecidable`` has the changes (by their places) with which alone the first round cannot be
    decided.
    """

    old: Side
    new: Side
    changes: tuple[Change, ...]
    moved: tuple[Moved, ...]
    undecidable: tuple[int, ...] = ()


def compare_money(old: Side, new: Side, progress: Progress | None = None) -> RoundComparison:
    """Compare two rounds.

    Raises
    ------
    UsageError
        Their money is of two currencies.
    """
    units = [side.loaded.call.money_unit for side in (old, new)]
    if units[0].currency != units[1].currency:
        text = Text("两轮的货币不同：{a} 与 {b}", "the rounds are in two currencies: {a} and {b}")
        raise UsageError(text.of(a=units[0].currency, b=units[1].currency))
    trying = _Trying(old, new)
    changes = trying.changes
    tell = progress or (lambda _done, _total: None)
    count = len(changes)
    before, after = has_of(old.decision), has_of(new.decision)
    alone: list[Mapping[str, Has] | None] = []
    path: list[Mapping[str, Has] | None] = [before]
    for k in range(count):
        alone.append(trying.has(frozenset({k})))
        whole = k == count - 1
        path.append(after if whole else trying.has(frozenset(range(k + 1))))
        tell(k + 1, count)
    titles = {**_titles(old), **_titles(new)}
    moved = [
        _moved(name, titles[name], before, after, alone, path)
        for name in dict.fromkeys((*before, *after))
        if before.get(name) != after.get(name)
    ]
    moved = _with_needed(moved, trying, after)
    moved.sort(key=lambda m: (-abs(m.fen), m.fen < 0, m.id))
    failed = tuple(k for k, decided in enumerate(alone) if decided is None)
    return RoundComparison(old, new, changes, tuple(moved), failed)


def has_of(decision: Decision) -> dict[str, Has]:
    """Return what each result has in a round."""
    award = decision.award().tolist()
    return dict(zip(decision.instance.ids, zip(award, decision.statuses, strict=True), strict=True))


def _titles(side: Side) -> dict[str, str]:
    m = side.report.outcome.assessment.measurements
    return dict(zip(m.ids, m.titles, strict=True))


def _moved(
    name: str,
    title: str,
    before: Mapping[str, Has],
    after: Mapping[str, Has],
    alone: Sequence[Mapping[str, Has] | None],
    path: Sequence[Mapping[str, Has] | None],
) -> Moved:
    """Return what moved a result: which change by itself, and what each adds in order."""
    due = after.get(name)
    by_itself = tuple(k for k, h in enumerate(alone) if h is not None and h.get(name) == due)
    shares, waiting, last = [], [], _fen(before, name)
    for k, decided in enumerate(path[1:]):
        waiting.append(k)
        if decided is None:  # it cannot be decided so: what follows is made with it
            continue
        now = _fen(decided, name)
        if now != last:
            shares.append((tuple(waiting), now - last))
        waiting, last = [], now
    return Moved(name, title, before.get(name), due, by_itself, (), tuple(shares))


def _with_needed(moved: Sequence[Moved], trying: _Trying, after: Mapping[str, Has]) -> list[Moved]:
    """Return them, those that no change alone moved with the changes that each of them needs."""
    if all(m.alone for m in moved):
        return list(moved)
    every = frozenset(range(len(trying.changes)))
    without = [trying.has(every - {k}) for k in sorted(every)]

    def needed(m: Moved) -> tuple[int, ...]:
        due = after.get(m.id)
        return tuple(k for k, h in enumerate(without) if h is not None and h.get(m.id) != due)

    return [m if m.alone else replace(m, needed=needed(m)) for m in moved]


def _fen(decided: Mapping[str, Has], name: str) -> int:
    return decided[name][0] if name in decided else 0


@dataclass(slots=True, eq=False)
class _Trying:
    """Decides the first round with some of the changes, each set of them once."""

    old: Side
    new: Side
    changes: tuple[Change, ...] = ()
    decided: dict[frozenset[int], Mapping[str, Has] | None] = field(default_factory=dict)
    read: dict[tuple[bool, bool, bool], Outcome] = field(default_factory=dict)

    def __post_init__(self) -> None:
        a, b = (side.report.outcome for side in (self.old, self.new))
        self.read[False, False, False] = a
        self.read[True, True, True] = b
        self.changes = tuple(self._changes(a))

    def _changes(self, a: Outcome) -> list[Change]:
        rules, others = self.old.work.rules, self.new.work.rules
        changes: list[Change] = []
        try:
            b = self._outcome(new=True, criteria=False, day=False)
            difference = _difference(a, b)
            if difference is None or difference.left or difference.came or difference.cells:
                trail = trail_of(self.new.report.appeals)
                changes += input_changes(a, b, difference, trail)
        except PilotscoreError:
            text = Text(
                "输入不同（不能按原指标体系读取）",
                "the inputs differ (and cannot be read by the old criteria set)",
            )
            changes.append(Change("inputs", text))
        if rules.as_of != others.as_of:
            days = rules.as_of.isoformat(), others.as_of.isoformat()
            changes.append(plain_change("day", Text("评价日期", "date of assessment"), *days))
        if _set(rules) != _set(others):
            was, now = rules.criteria.criteria, others.criteria.criteria
            changes.append(criteria_change(was, now))
        if rules.policy.source.sha256 != others.policy.source.sha256:
            policies = (r.policy.policy.model_dump(mode="json") for r in (rules, others))
            changes.append(plain_change("policy", Text("政策", "policy"), *policies))
        changes += call_changes(self.old.loaded.data, self.new.loaded.data)
        return [*changes, *decision_changes(self.old.rows, self.new.rows)]

    def has(self, steps: frozenset[int]) -> Mapping[str, Has] | None:
        """Return what each has with some changes made; None where it cannot be decided so."""
        if steps not in self.decided:
            try:
                self.decided[steps] = has_of(self._decision(steps))
            except (PilotscoreError, KeyError):  # KeyError: rules that do not go together
                self.decided[steps] = None
        return self.decided[steps]

    def _decision(self, steps: frozenset[int]) -> Decision:
        kinds = {self.changes[k].kind for k in steps}
        rules, others = self.old.work.rules, self.new.work.rules
        criteria, day = "criteria" in kinds, "day" in kinds
        chosen = Rules(
            (others if criteria else rules).criteria,
            (others if "policy" in kinds else rules).policy,
            (others if day else rules).as_of,
        )
        outcome = self._inputs(steps, chosen, criteria=criteria, day=day)
        loaded = self._call(steps, chosen)
        some = bool(kinds & {*_INPUTS})
        standing = (self.new if some else self.old).step.standing
        if self.new.step.standing is None and some:
            standing = self.old.step.standing
        report = fund_by(
            loaded, outcome, decisions=self._decisions(steps), core=False, standing=standing
        )
        return report.funded

    def _inputs(self, steps: frozenset[int], rules: Rules, *, criteria: bool, day: bool) -> Outcome:
        """Return the results with the changes of the inputs that are made, assessed and ranked."""
        wanted = [k for k, change in enumerate(self.changes) if change.kind in _INPUTS]
        taken = [k for k in wanted if k in steps]
        a = self._outcome(new=False, criteria=criteria, day=day)
        if not taken:
            return _under(a, a.assessment.measurements, rules)
        b = self._outcome(new=True, criteria=criteria, day=day)
        if len(taken) == len(wanted):
            return _under(b, b.assessment.measurements, rules)
        chosen = [self.changes[k] for k in taken]
        difference = Difference(
            tuple(n for c in chosen if c.kind == "left" for n in c.results),
            tuple(n for c in chosen if c.kind == "came" for n in c.results),
            tuple(cell for c in chosen for cell in c.cells if _is_in(cell, a)),
        )
        indicators = [i.id for i in a.criteria.indicators]
        first, second = (x.assessment.measurements for x in (a, b))
        return _under(a, mixed(first, second, difference, indicators), rules)

    def _outcome(self, *, new: bool, criteria: bool, day: bool) -> Outcome:
        """Return the inputs of a round, read by a criteria set on a day."""
        key = (new, criteria, day)
        if key not in self.read:
            side = self.new if new else self.old
            rules, others = self.old.work.rules, self.new.work.rules
            chosen = Rules(
                (others if criteria else rules).criteria,
                (others if criteria else rules).policy,
                (others if day else rules).as_of,
            )
            options = side.work.options
            changes = by_path(side.step.changes or {}, options.called)
            reading = replace(options, changes=changes)
            self.read[key] = rank_by(chosen, side.work.books, reading=reading)
        return self.read[key]

    def _call(self, steps: frozenset[int], rules: Rules) -> LoadedCall:
        keys = {key for k in steps for key in self.changes[k].keys}
        old, new = self.old.loaded, self.new.loaded
        data = {k: v for k, v in old.data.items() if k not in keys}
        data |= {k: v for k, v in new.data.items() if k in keys}
        file = self.old.work.call
        assert file is not None  # a ranking is refused before
        file = replace(file, placed=replace(file.placed, data=data))
        return load_call(file, rules.criteria, rules.policy.policy)

    def _decisions(self, steps: frozenset[int]) -> DecisionFile | None:
        chosen = [self.changes[k] for k in steps if self.changes[k].kind == "decisions"]
        theirs = {name for change in chosen for name in change.results}
        old, new = self.old.rows, self.new.rows
        names = dict.fromkeys((*old, *new))
        read = [(new if name in theirs else old).get(name) for name in names]
        rows = tuple(row for row in read if row is not None)
        return DecisionFile("", "", rows, ()) if rows else None


def _set(rules: Rules) -> tuple[Any, ...]:
    profile = rules.profile
    return rules.criteria.source.fingerprint, None if profile is None else profile.id


def _is_in(cell: tuple[str, str], outcome: Outcome) -> bool:
    return cell[1] in outcome.criteria.titles


def _difference(a: Outcome, b: Outcome) -> Difference | None:
    criteria = a.criteria
    indicators, facts = ([x.id for x in part] for part in (criteria.indicators, criteria.facts))
    facts += RIGHTS_FACTS
    first, second = (x.assessment.measurements for x in (a, b))
    return differing(first, second, indicators, facts)


def _under(outcome: Outcome, measurements: Measurements, rules: Rules) -> Outcome:
    """Return an outcome with these values under these rules."""
    criteria, policy = rules.criteria.criteria, rules.policy.policy
    if measurements is outcome.assessment.measurements and outcome.policy is policy:
        return outcome
    assessment = assess(measurements, criteria, rules.as_of)
    ranking = rank_results(assessment, select_methods(criteria, ()))
    findings = in_order((*measurements.submission.findings, *assessment.findings))
    return replace(
        outcome,
        submission=measurements.submission,
        assessment=assessment,
        ranking=ranking,
        plan=recommend(ranking, policy),
        findings=tuple(findings),
    )
