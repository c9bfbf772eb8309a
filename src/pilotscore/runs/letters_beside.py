"""What a report says that is not in its round: what experts wrote, and where its payments stand.

Opinions come from the score sheets of the panel, milestones from the store in which the round is
kept with what grantees reported since.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path

from pilotscore.criteria import CriteriaSet
from pilotscore.errors import UsageError
from pilotscore.findings import Finding
from pilotscore.language import Text, Words, same
from pilotscore.records import dataclass
from pilotscore.runs.follow import follow
from pilotscore.runs.kept_rounds import holding_keys
from pilotscore.runs.panel_rules import read_scores, rules_by
from pilotscore.runs.payments import Payment
from pilotscore.store import Store
from pilotscore.workbook.panels.records import PanelSubmission

_SHORT = 2  # signs of a name: a single one stands in words of all kinds
_NOT_KEPT = Text(
    "{store} 中没有这一轮（封印 {seal}…）：请用 rounds add 存入",
    "{store} does not have this round (seal {seal}...); rounds add puts it there",
)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What an expert wrote of a result, on what, without who; '' on no indicator in particular.

    ``names_expert`` is whether a name of the panel is in it: then it is not passed on.
    """

    indicator: Words | str
    comment: str
    names_expert: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """What was given beside a round, by result.

    ``today`` is the day on which the payments stand so; None without a store.
    """

    opinions: Mapping[str, tuple[Opinion, ...]] = field(default_factory=dict)
    payments: Mapping[str, tuple[Payment, ...]] = field(default_factory=dict)
    today: datetime.date | None = None


def opinions_of(
    paths: Sequence[Path], criteria: CriteriaSet
) -> tuple[Mapping[str, tuple[Opinion, ...]], tuple[Finding, ...]]:
    """Return what the experts of a panel wrote of each result, and what was found in their sheets.

    What was recused is left out. The order tells nobody: by indicator, then by what is written.

    Parameters
    ----------
    paths
        Workbooks and folders of score sheets.
    criteria
        The set, whose indicators they name.

    Raises
    ------
    UnreadableInputError
        No file can be read.
    """
    read = read_scores(paths, rules_by(criteria))
    titles = {i.title.to("zh"): i.title for i in criteria.indicators}
    titles |= {d.title.to("zh"): d.title for d in criteria.dimensions}
    written = _written(read)
    names = _names(read)
    opinions: dict[str, tuple[Opinion, ...]] = {}
    for result, indicator, comment in sorted(written):
        of = titles.get(indicator, same(indicator) if indicator else "")
        opinion = Opinion(of, comment, any(name in comment for name in names))
        opinions[result] = (*opinions.get(result, ()), opinion)
    return opinions, read.findings


def _written(read: PanelSubmission) -> set[tuple[str, str, str]]:
    """Return what was written of which result and indicator, each once."""
    scores = read.scores
    of_scores = zip(
        scores.result.tolist(), scores.indicator.tolist(), scores.comment.tolist(), strict=True
    )
    of_answers = ((a.result, a.indicator, a.reason) for a in read.answers)
    return {
        (str(result), str(indicator or ""), str(comment).strip())
        for result, indicator, comment in (*of_scores, *of_answers)
        if comment and str(comment).strip()
    }


def _names(read: PanelSubmission) -> frozenset[str]:
    """Return the names of the experts, those whose scores do not count too."""
    names = {*read.scores.expert.tolist(), *read.experts, *(expert for expert, *_ in read.recused)}
    return frozenset(str(name) for name in names if len(str(name)) >= _SHORT)


def payments_of(store: Store, seal: str, today: datetime.date) -> Mapping[str, tuple[Payment, ...]]:
    """Return the payments of each grant of a round as they stand on a day.

    Parameters
    ----------
    store
        Has the round, or one after an appeal to it, and what was reported.
    seal
        Of the round.
    today
        The day.

    Raises
    ------
    UsageError
        The store does not have the round.
    """
    holds = holding_keys(store.rounds()).get(seal)
    if holds is None:
        raise UsageError(_NOT_KEPT.of(store=store.name, seal=seal[:16]))
    grants = follow(store, today).grants
    return {grant.id: grant.payments for grant in grants if grant.kept.entry.key == holds}
