"""Checks of publicity: of name and price, of rewards, of objections that were raised."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from pilotscore.arrays import Bools
from pilotscore.language import Text
from pilotscore.rights.ownership import kinds
from pilotscore.rights.ownership.facts import REWARD_PUBLICITY
from pilotscore.rights.ownership.hits import Cells, Hits, Work, hits
from pilotscore.rights.ownership.payments import cells_of, rewarded_day
from pilotscore.rights.ownership.publicity import Publicity

_DAYS = {True: Text("工作日", "working days"), False: Text("自然日", "calendar days")}
_DAYS_UNSAID = Text("未写明哪种日，按自然日计", "calendar days, as nothing else is said")
_STATED = Text("公示自己写明的", "that it states itself")
_USUAL = Text("通行的", "that are usual")
_WHAT = {
    "published": Text("成果", "the result"),
    REWARD_PUBLICITY: Text("奖酬", "the rewards"),
}


def publicity_hits(work: Work) -> Iterator[Hits]:
    """Give what the checks of publicity come upon."""
    yield from _length(work, work.publicity, "published")
    yield from _length(work, work.reward_publicity, REWARD_PUBLICITY)
    yield from _rewards_unpublished(work)
    yield _objections(work)


def _length(work: Work, publicity: Publicity, step: str) -> Iterator[Hits]:
    """Hold the days of a publicity against its rule, and against what it says itself."""
    binds = np.array([r.binding == "shall" for r in work.facts.regimes.rules])[publicity.rule]
    binds &= publicity.rule >= 0
    by_rule = publicity.lasted_as(publicity.rule_working)
    by_notice = publicity.lasted_as(publicity.working)
    short, of_own = by_rule < publicity.required, by_notice < publicity.stated
    cells, n = work.of_step(step, "end"), len(short)
    held: dict[str, Any] = {
        "what": [_WHAT[step]] * n,
        "lasted": by_rule,
        "required": publicity.required,
        "days": _days(publicity.rule_working, publicity.rule_said),
    }
    yield hits(kinds.PUBLICITY_SHORT, short & binds, publicity.rule, cells, **held)
    usual = {**held, "whose": [_USUAL] * n}
    below = short & ~binds & ~of_own
    yield hits(kinds.PUBLICITY_SHORT_OF_OWN, below, publicity.rule, cells, **usual)
    own: dict[str, Any] = {
        "what": [_WHAT[step]] * n,
        "lasted": by_notice,
        "required": publicity.stated,
        "days": _days(publicity.working, publicity.said),
        "whose": [_STATED] * n,
    }
    rule = np.where(publicity.rule >= 0, publicity.rule, work.rule("CN-price-publicity"))
    yield hits(kinds.PUBLICITY_SHORT_OF_OWN, of_own & ~(short & binds), rule, cells, **own)


def _days(working: Bools, said: Bools) -> list[Text]:
    """Say in which days it was counted."""
    return [
        _DAYS[bool(w)] if known else _DAYS_UNSAID for w, known in zip(working, said, strict=True)
    ]


def _rewards_unpublished(work: Work) -> Iterator[Hits]:
    """Give rewards that were paid without a publicity on record, where the region asks for one."""
    publicity, step = work.reward_publicity, work.facts.steps[REWARD_PUBLICITY]
    paid = (rewarded_day(work) <= work.as_of) & ~step.stated & (publicity.rule >= 0)
    values: dict[str, Any] = {"required": publicity.required}
    for cells in cells_of(work, "distributed", "reward"):
        unproven = paid & (cells.row >= 0)
        yield hits(kinds.REWARD_UNPUBLISHED, unproven, publicity.rule, cells, **values)


def _objections(work: Work) -> Hits:
    """Return results that went on although somebody objected."""
    steps, facts = work.read.steps, work.facts
    raised = np.zeros(len(facts), bool)
    if steps is not None:
        raised[facts.results.steps[(steps.step == "published") & (steps.objections == 1)]] = True
    went_on = work.progress.reached["vested"] | work.progress.reached["executed"]
    cells: Cells = work.of_step("published", "objections")
    return hits(kinds.OBJECTIONS, raised & went_on, work.rule("CN-price-publicity"), cells)
