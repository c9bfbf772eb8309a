"""What the sheets of ownership give of a result: whose it is, its terms, and facts for gates."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.criteria.deriving import DERIVATIONS
from pilotscore.findings import Kind
from pilotscore.language import NOTHING, SEMICOLON, Text, Words, join, number
from pilotscore.measures.rights_state import RightsFigure
from pilotscore.records import dataclass
from pilotscore.rights.ownership import kinds, money_kinds
from pilotscore.rights.ownership.facts import Facts
from pilotscore.rights.ownership.ownership import TERMS, Ownership
from pilotscore.rights.ownership.progress import NO_EDGE, NO_STATE
from pilotscore.rights.ownership.rows import counts

_UNCLEAR, _OWN, _SIGNED = range(len(DERIVATIONS["ownership_status"].categories))
_TOLERANCE = 0.01  # of a sum of shares, in per cent
# Each fact: the kinds that say yes, and those that leave it unproven.
FACTS: dict[str, tuple[tuple[Kind, ...], tuple[Kind, ...]]] = {
    "coowner_consent_missing": ((kinds.NO_CONSENT,), (kinds.CONSENT_UNPROVEN,)),
    "reward_below_floor": ((money_kinds.BELOW_FLOOR, money_kinds.BELOW_DEFAULT), ()),
    "claim_overdue": ((money_kinds.CLAIM_OVERDUE,), ()),
}
_NO_SHARES = Text("没有写明份额、使用权或约定收益", "no shares, right of use or claim are stated")
_SOME_SHARES = Text("部分共有人没有写份额", "some owners have no share stated")
_NO_STEP = Text(
    "有多个权利人或归完成人，而没有“赋权”的进程",
    "there are several owners, or the inventors own it, and no step of granting is stated",
)
_NO_AGREEMENT = Text("没有“赋权”的进程", "no step of granting is stated")
_OWNER_REASONS = (NOTHING, _NO_SHARES, _SOME_SHARES, _NO_STEP, _NO_AGREEMENT)
_NO_TERMS = Text("没有写明约定了哪些条款", "which terms are agreed is not stated")
_UNSAID_TERMS = Text("部分条款是否约定没有写明", "whether some terms are agreed is not stated")
_TERM_REASONS = (NOTHING, _NO_TERMS, _UNSAID_TERMS)
_SHARES_SAID = Text("份额合计 {total}%", "shares sum to {total} %")
_USE_SAID = Text("使用权 {years} 年", "right of use of {years} years")
_CLAIM_SAID = Text("另有约定收益债权", "and a claim to agreed income")
_GRANTED_SAID = Text("赋权 {day}", "granted {day}")
_TERMS_SAID = Text(
    "八项条款：已约定 {yes}，未约定 {no}，未写 {unsaid}",
    "of eight terms {yes} agreed, {no} not agreed, {unsaid} not stated",
)
_STATED, _PROVEN = (
    Text("已到“{state}”", "at “{state}”"),
    Text("（已证明到“{state}”）", " (proven up to “{state}”)"),
)
_NOT_PROVEN = Text("（未见证明）", " (unproven)")
_NEXT = Text("下一步：{step}（{actor}）", "next: {step} ({actor})")
_WORDS = np.array(["no", "yes", ""])


@dataclass(frozen=True, slots=True, eq=False)
class OwnersPlaced:
    """The sheets of ownership, and which of their results each of n results is (-1: none)."""

    owned: Ownership
    place: Ints

    @property
    def there(self) -> Bools:
        """Which results have a row in one of these sheets."""
        there: Bools = self.place >= 0
        return there

    def spread(self, values: NDArray[np.float64], blank: float = np.nan) -> Floats:
        """Return a column with a place for each result."""
        if not len(values):
            return np.full(len(self.place), blank)
        return np.where(self.there, values[self.place], blank)


def ownership_status(placed: OwnersPlaced) -> RightsFigure:
    """Return whose each result is, as far as shares and steps say it.

    Of one owner there may be an agreement that no step states: that is unproven, not absent.
    """
    owned = placed.owned
    facts = owned.facts
    code, why = _status(owned, owned.progress.reached["vested"])
    shown = [_proven(owned, step) for step in ("vested", "registered", "service_invention")]
    proven = np.where(code == _SIGNED, shown[0], shown[0] | shown[1] | shown[2])
    proven &= code != _UNCLEAR
    least = np.where(why == 0, code.astype(float), np.nan)
    most = np.where(least == _OWN, float(_SIGNED), least)
    why = np.where(least == _OWN, _OWNER_REASONS.index(_NO_AGREEMENT), why)

    def said(i: int) -> Words:
        return _owners_said(facts, int(placed.place[i]), owned)

    return RightsFigure(
        placed.spread(least),
        placed.spread(most),
        placed.spread(proven.astype(float), 0.0) > 0,
        placed.spread(why.astype(float), 0.0).astype(np.int8),
        _OWNER_REASONS,
        said,
    )


def _status(owned: Ownership, agreed: Bools) -> tuple[Ints, Ints]:
    """Return the category of each result, and 0 or why it is not known."""
    facts, n = owned.facts, len(owned)
    whole = np.abs(facts.shares - 100.0) <= _TOLERANCE
    over, under = facts.shares > 100.0 + _TOLERANCE, facts.shares < 100.0 - _TOLERANCE
    blank = _owners_without_share(owned) > 0
    use = ~np.isnan(facts.use_years)
    unclear = over | (under & ~blank)
    held = whole | use | owned.claim_outstanding
    own = whole & (facts.owners == 1) & ~(facts.team_share > 0) & ~use & ~agreed
    code = np.select([unclear, agreed & held, own], [_UNCLEAR, _SIGNED, _OWN], -1)
    unknown = np.select([np.isnan(facts.shares) & ~use, under & blank], [1, 2], 3)
    return code, np.where(code >= 0, 0, unknown) if n else np.zeros(0, np.int64)


def _owners_without_share(owned: Ownership) -> Ints:
    """Count the parties of each result, takers apart, of whom neither share nor claim is stated."""
    parties, facts = owned.work.read.parties, owned.facts
    if parties is None:
        return np.zeros(len(owned), np.int64)
    blank = ~facts.taker & np.isnan(parties.share) & np.isnan(parties.claim)
    return counts(facts.results.parties, blank, len(owned))


def _proven(owned: Ownership, step: str) -> Bools:
    """Say for which results a document with its day shows a step by the day of evaluation."""
    day = owned.facts.steps[step].proven
    shown: Bools = ~np.isnat(day) & (day <= owned.as_of)
    return shown


def _owners_said(facts: Facts, at: int, owned: Ownership) -> Words:
    said: list[Words] = []
    if (total := float(facts.shares[at])) == total:
        said.append(_SHARES_SAID.of(total=number(total)))
    if (years := float(facts.use_years[at])) == years:
        said.append(_USE_SAID.of(years=number(years)))
    if owned.claim_outstanding[at]:
        said.append(_CLAIM_SAID)
    if not np.isnat(day := facts.steps["vested"].end[at]):
        said.append(_GRANTED_SAID.of(day=str(day)))
    return join(said, SEMICOLON) if said else NOTHING


def rights_terms(placed: OwnersPlaced) -> RightsFigure:
    """Return the share of the eight terms that are agreed; those not stated may be besides."""
    owned = placed.owned
    flags = np.stack([owned.facts.flags[name] for name in TERMS])
    unsaid = (flags < 0).sum(axis=0)
    why = np.select([unsaid == len(TERMS), unsaid > 0], [1, 2], 0)
    proven = _proven(owned, "vested") | _proven(owned, "executed")

    def said(i: int) -> Words:
        own = flags[:, int(placed.place[i])]
        yes, no = int((own == 1).sum()), int((own == 0).sum())
        return _TERMS_SAID.of(yes=yes, no=no, unsaid=len(TERMS) - yes - no)

    return RightsFigure(
        placed.spread(owned.terms),
        placed.spread(owned.terms + unsaid / len(TERMS)),
        placed.spread(proven.astype(float), 0.0) > 0,
        placed.spread(why.astype(float), 0.0).astype(np.int8),
        _TERM_REASONS,
        said,
    )


def facts_of_owners(placed: OwnersPlaced) -> dict[str, NDArray[np.str_]]:
    """Return what conditions may ask of the ownership of each result."""
    owned = placed.owned
    facts = {}
    for name, (yes, unproven) in FACTS.items():
        said = np.zeros(len(owned), np.int8)
        for kind in unproven:
            said[owned.hit(kind)] = -1
        for kind in yes:
            said[owned.hit(kind)] = 1
        facts[name] = _worded(placed, said)
    facts["rights_violated"] = _worded(placed, (owned.errors > 0).astype(np.int8))
    return facts


def _worded(placed: OwnersPlaced, said: NDArray[np.int8]) -> NDArray[np.str_]:
    return np.asarray(_WORDS[placed.spread(said.astype(float), -1.0).astype(np.int8)])


def stages(placed: OwnersPlaced) -> Callable[[int], Words]:
    """Return what says how far a result has come, as stated and as proven, and what comes next."""
    progress = placed.owned.progress
    machine = progress.machine
    titles = [machine.states[name].title for name in machine.order]

    @cache  # many results are at the same stage
    def said(stated: int, proven: int, following: int) -> Words:
        if stated == NO_STATE:
            return NOTHING
        proof: Words = NOTHING
        if proven == NO_STATE:
            proof = _NOT_PROVEN
        elif proven != stated:
            proof = _PROVEN.of(state=titles[proven])
        parts: list[Words] = [join((_STATED.of(state=titles[stated]), proof), NOTHING)]
        if following != NO_EDGE:
            edge = machine.file.edges[following]
            parts.append(_NEXT.of(step=machine.states[edge.to].title, actor=machine.actor(edge)))
        return join(parts, SEMICOLON)

    def stage(i: int) -> Words:
        at = int(placed.place[i])
        if at < 0:
            return NOTHING
        places = (progress.stated[at], progress.proven[at], progress.next[at])
        return said(*map(int, places))

    return stage
