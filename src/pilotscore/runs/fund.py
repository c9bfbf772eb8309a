"""A call decided, with the run behind it, and its manifest."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

import numpy as np

from pilotscore.allocation.prices import Prices, price
from pilotscore.arrays import Codes, Floats, Ints
from pilotscore.criteria import LoadedCall, load_call
from pilotscore.errors import UnreadableInputError
from pilotscore.findings import Finding
from pilotscore.funding.at_the_line import MOST_FOR_CORE, Chunks, Standing
from pilotscore.funding.budget_sensitivity import (
    BudgetSensitivity,
    budget_sensitivity,
    falls,
    is_quick,
)
from pilotscore.funding.counterfactual import Counterfactual, Improved, counterfactual, improved
from pilotscore.funding.decision import Decision, FundingStatus, decide
from pilotscore.funding.instance import apply_call
from pilotscore.funding.overrides import Overruled, overrule
from pilotscore.funding.stages import CORE, NEXT_MONEY, WAYS, Stages, untold
from pilotscore.funding.ways import BY_GRADE, Way, turns_of_decision, way_up
from pilotscore.language import Text, Words
from pilotscore.ranking.robustness import UncertaintyModel, chunks_of, stated_by
from pilotscore.records import dataclass
from pilotscore.runs.assess import PathLike, Rules
from pilotscore.runs.outcome import Outcome
from pilotscore.wording import funding as said
from pilotscore.workbook.decisions import DecisionFile, read_decisions
from pilotscore.workbook.open.sheets import UnreadableBookError

_WITH_MONEY = (FundingStatus.FUND, FundingStatus.PAID)
_UNDECIDED = (FundingStatus.DISCUSS, FundingStatus.DRAW)


@dataclass(frozen=True, slots=True, eq=False)
class FundReport:
    """A call decided, with the run behind it.

    ``prices`` are those of the portfolio, None where there are none. ``sensitivity`` is None where
    it was not asked for, or was too much work to be done unasked; ``ways`` has, for results that
    get nothing, the nearest way to a better grade (by their places); ``left_out`` what was not
    worked out because the work was interrupted; ``appeals`` the corrections that were upheld, of
    each appeal since the round was first decided.
    """

    outcome: Outcome
    funded: Decision
    findings: tuple[Finding, ...]
    overruled: Overruled | None = None
    sensitivity: BudgetSensitivity | None = None
    prices: Prices | None = None
    ways: Mapping[int, Way] = field(default_factory=dict)
    left_out: tuple[Text, ...] = ()
    appeals: tuple[Mapping[str, Any], ...] = ()

    def notes(self) -> list[Words]:
        """Return what every output of it must say."""
        call = self.funded.instance.call
        of_money = call.grant.policy_range or bool(call.instruments)
        worse = {} if self.sensitivity is None else falls(self.sensitivity, call.budget_fen)
        notes = [*self.outcome.notes(of_money=of_money), *said.notes(self.funded)]
        return [*notes, *said.worse_with_more(self.funded, worse), *said.left_out(self.left_out)]

    def headline(self) -> list[Words]:
        """Return the budget, what was asked for, the rule and the objective, in words."""
        return said.headline(self.funded, self.overruled)

    def manifest(self) -> dict[str, Any]:
        """Return what it takes to recompute it: the run's own manifest, and the call."""
        loaded, overruled = self.funded.instance.loaded, self.overruled
        call = {
            "id": loaded.call.id,
            "version": loaded.call.version,
            "file": loaded.source.name,
            "sha256": loaded.source.sha256,
            "set": list(loaded.settings),
        }
        data = {**self.outcome.manifest.to_dict(), "call": call}
        if overruled is not None:
            data["decisions"] = {"file": overruled.file.name, "sha256": overruled.file.sha256}
        discussion, line = loaded.call.line.discussion, self.funded.line
        if discussion is not None and line is not None:
            data["draws"] = {"chances": line.draws, "seed": discussion.seed}
        allocations = self.funded.allocations
        in_order, portfolio = allocations["rank_order"], allocations["portfolio"]
        data["engines"] = [in_order.engine, portfolio.engine]
        return {**data, "appeals": list(self.appeals)} if self.appeals else data


@dataclass(frozen=True, slots=True, eq=False)
class ExplainedDecision:
    """The decision of a call on result ``result``.

    ``counterfactual`` is None where it may not be funded at all, or was decided; ``improved`` the
    paths up with what each would bring; ``prices`` those of the call, None where there are none.
    """

    report: FundReport
    result: int
    counterfactual: Counterfactual | None
    improved: tuple[Improved, ...]
    prices: Prices | None


def fund(
    outcome: Outcome,
    call: PathLike,
    *,
    settings: Iterable[str] = (),
    decisions: PathLike | None = None,
    rules: Rules | None = None,
    next_money: bool | None = False,
    ways: int = 0,
    stages: Stages | None = None,
) -> FundReport:
    """Give out the money of a call: both rules, who gets what, and why.

    Parameters
    ----------
    outcome
        What :func:`~pilotscore.runs.assess.rank` gave.
    call
        The path of the call file.
    settings
        What is set otherwise than in the file: ``tracks.new_energy.min=20%``.
    decisions
        A file of decisions that go on top of what is recommended.
    rules
        The rules of the run, which the call is held against; its names of indicators and grades
        are not checked without.
    next_money
        Whether to try other budgets and the call without each of its rules; None does where it is
        little work (:data:`~pilotscore.funding.budget_sensitivity.UNASKED`).
    ways
        For how many results without money, best first, the nearest way to a better grade is found.
    stages
        Is told what is being worked out: called with the name of a stage, it gives what is called
        with how much of it is done, and of how much. Who interrupts the work (Ctrl-C) once the call
        is decided keeps that: ``left_out`` has what was not worked out.

    Raises
    ------
    UsageError
        There is no such call, or a setting that is none.
    FaultyFileError
        The call or the decisions have faults, do not fit the results or the budget, or constraints
        cannot hold together.
    UnreadableInputError
        The file of decisions cannot be read.
    """
    against = rules.criteria if rules else None
    loaded = load_call(os.fspath(call), against, outcome.policy, tuple(settings))
    return fund_by(
        loaded,
        outcome,
        decisions=decisions,
        next_money=next_money,
        ways=ways,
        stages=stages,
    )


def fund_by(
    loaded: LoadedCall,
    outcome: Outcome,
    *,
    decisions: PathLike | DecisionFile | None = None,
    next_money: bool | None = False,
    ways: int = 0,
    stages: Stages | None = None,
    core: bool = True,
    standing: Standing | None = None,
) -> FundReport:
    """Do as :func:`fund`, by a call that is loaded already; without the core index if so told.

    With a ``standing`` draw, made before an appeal, nobody is drawn anew.
    """
    begin = stages if stages is not None else untold
    instance = apply_call(outcome.ranking, outcome.plan, loaded)
    chunks = _draws(outcome, loaded) if loaded.call.line.discussion else None
    file = None if decisions is None else decisions_of(decisions)
    decision = decide(instance, chunks, begin, core=core, standing=standing)
    overruled = None if file is None else overrule(decision, file)
    overrides = overruled.overrides if overruled else ()
    decision = overruled.decision if overruled else decision
    left_out = [CORE] if decision.line is not None and decision.line.interrupted else []
    sensitivity, way_of = None, dict[int, Way]()
    some = len(decision.instance.problem.owner) > 0
    # What is decided is kept, whatever of the rest is interrupted.
    if not left_out and some and (next_money or (next_money is None and is_quick(decision))):
        try:
            sensitivity = budget_sensitivity(decision, overrides, begin(NEXT_MONEY))
        except KeyboardInterrupt:
            left_out.append(NEXT_MONEY)
    if not left_out:
        try:
            _ways(decision, ways, way_of, begin)
        except KeyboardInterrupt:
            left_out.append(WAYS)
    findings = (*instance.findings, *(file.findings if file else ()))
    prices = price(decision.instance.problem)
    return FundReport(
        outcome, decision, findings, overruled, sensitivity, prices, way_of, tuple(left_out)
    )


def _ways(decision: Decision, most: int, way_of: dict[int, Way], stages: Stages) -> None:
    """Find the nearest way to a better grade of the first results that get nothing."""
    order = decision.instance.problem.order.tolist()
    helped = [i for i in order if may_change(decision, i)][:most]
    if not helped:
        return
    turns, progress = turns_of_decision(decision), stages(WAYS)
    for number, i in enumerate(helped, start=1):
        way_of[i] = way_up(decision, turns, i)
        progress(number, len(helped))


def may_change(decision: Decision, i: int) -> bool:
    """Whether a better grade is what to tell a result: it gets nothing, and nothing else is why."""
    refusals = decision.instance.refusals[i]
    if decision.statuses[i] in _UNDECIDED and decision.amount()[i]:
        return False  # the rule gives it money: the office or the lots decide
    nothing = decision.statuses[i] not in _WITH_MONEY
    return nothing and all(r.key in BY_GRADE for r in refusals)


def explain_decision(report: FundReport, i: int) -> ExplainedDecision:
    """Explain the decision of a call on one result: why, and what would change it.

    Parameters
    ----------
    report, i
        What :func:`fund` gave, and the place of the result in it.
    """
    decision = report.funded
    overrides = report.overruled.overrides if report.overruled else ()
    nothing = int(decision.amount()[i]) == 0
    better = improved(decision, i, overrides) if nothing else ()
    turning = counterfactual(decision, i, overrides)
    return ExplainedDecision(report, i, turning, better, report.prices)


def decisions_of(path: PathLike | DecisionFile, called: str | None = None) -> DecisionFile:
    """Read a file of decisions; one that is read already stays as it is.

    Raises
    ------
    UnreadableInputError
        It cannot be read.
    """
    if isinstance(path, DecisionFile):
        return path
    try:
        return read_decisions(Path(path), called)
    except UnreadableBookError as error:
        text = Text("决定文件 {path} 无法读取", "the decisions {path} cannot be read")
        raise UnreadableInputError(text.of(path=str(path)), [error.finding]) from error


def _draws(outcome: Outcome, loaded: LoadedCall) -> Chunks | None:
    """Return what draws index and grade under uncertainty; None where too few have a grade."""
    discussion = loaded.call.line.discussion
    assert discussion is not None
    assessment, stated = outcome.ranking.assessment, stated_by(outcome.criteria)
    model = UncertaintyModel(assessment, stated, discussion.seed)
    if len(model) < 2:
        return None

    return _KeptDraws(model).chunks


class _KeptDraws:
    """Draws of a model, the first of them kept: the core index takes the same ones again."""

    def __init__(self, model: UncertaintyModel) -> None:
        self.model = model
        self.kept: list[tuple[Floats, Codes]] = []

    def chunks(self, draws: int) -> Iterator[tuple[Floats, Ints]]:
        """Yield chunks of index and grade until there are so many draws, or a few more."""
        if draws <= sum(len(grade) for _, grade in self.kept):
            for index, grade in self.kept:
                yield index, grade.astype(np.int64)
            return
        self.kept, room = [], MOST_FOR_CORE
        for index, drawn in chunks_of(self.model, draws):
            if room > 0:
                self.kept.append((index[:room].copy(), drawn[:room].astype(np.int8)))
                room -= len(drawn)
            yield index, drawn.astype(np.int64)
