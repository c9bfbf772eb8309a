"""What the sheets say of each result as a whole, a place in every column for each result."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from pilotscore.arrays import Bools, Codes, Floats, Ints
from pilotscore.criteria.legal.regions import RegionMatch, Regulations
from pilotscore.records import dataclass
from pilotscore.rights.ownership.figures import Regimes, regimes_of
from pilotscore.rights.ownership.rows import (
    NO_DAY,
    Results,
    counts,
    first_row,
    first_where,
    sums,
    taken,
)
from pilotscore.workbook.rights.records import (
    CASE_DATES,
    CASE_FLAGS,
    EXCLUSIVE,
    STEPS,
    Dates,
    PartyColumns,
    RightsRead,
    StepColumns,
    Texts,
)

STATE_KINDS = ("state_university", "state_institute")
# Of several units the one whom the law binds most decides: a state unit cannot contract out of it.
_UNITS = (
    *STATE_KINDS,
    "state_hospital",
    "private_university",
    "private_institute",
    "state_enterprise",
    "enterprise",
    "other",
)
TEAM_KINDS = ("team", "person")
WHOLE_WITHIN = 0.005  # per cent: 33.33 three times and 0.01 left over is a hundred
REWARD_PUBLICITY = "reward_published"  # a publicity of rewards, beside the states
LASTING = ("published", REWARD_PUBLICITY)  # what lasts: without an end it is still running
_TAKERS = (
    "受让", "被许可", "买方", "购买", "投资方", "承接", "buyer", "transferee", "licensee",
    "taker", "assignee", "purchaser",
)  # fmt: skip
_BLANK_ROW = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class StepFacts:
    """What is stated of one state: its first row, from and to when, and the document of it.

    ``days`` is the day on which it was reached, its end where there is one; ``proven`` the day of
    its document, NaT where none is named with its day.
    """

    rows: Ints
    start: Dates
    end: Dates
    proven: Dates

    @property
    def stated(self) -> Bools:
        """Whether a row of it is there."""
        stated: Bools = self.rows >= 0
        return stated


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """Columns with a place for each result.

    ``match`` is a place in ``matches``, what the region that is written means; ``kind`` the kind
    of the unit that the law binds most, '' where no unit is named. ``granted``: the team holds a
    share or a right of use. ``team_share`` and ``shares`` in per cent, nan where none is stated.
    ``taker`` marks rows of parties that take the result over.
    """

    results: Results
    matches: tuple[RegionMatch, ...]
    match: Ints
    kind: Texts
    mode: Texts
    payment: Texts
    amount: Floats
    currency: Texts
    case_row: Ints
    flags: Mapping[str, Codes]
    dates: Mapping[str, Dates]
    steps: Mapping[str, StepFacts]
    shares: Floats
    owners: Ints
    team_share: Floats
    use_years: Floats
    granted: Bools
    taker: Bools
    regimes: Regimes

    def __len__(self) -> int:
        """Return how many results there are."""
        return len(self.results)

    @property
    def state_unit(self) -> Bools:
        """Whether the unit is a university or institute that the state founded."""
        return np.isin(self.kind, STATE_KINDS)

    @property
    def use_only(self) -> Bools:
        """Whether rights are granted and the team holds a right of use and no share."""
        return self.granted & ~np.isnan(self.use_years) & ~(self.team_share > 0)


def facts_of(read: RightsRead, regulations: Regulations, results: Results) -> Facts:
    """Return what the sheets say of each result."""
    n = len(results)
    cases = read.cases
    rows = first_where(results.cases, np.ones(len(results.cases), bool), n)
    blank = np.full(n, "", object)
    written = blank if cases is None else taken(cases.region, rows, "")
    matches, match = _regions(regulations, written)
    taker = _takers(read.parties)
    kind = _kinds(read.parties, results, taker)
    mode = blank if cases is None else taken(cases.mode, rows, "")
    regions = np.array([m.id for m in matches], object)[match] if n else blank
    shares, owners, team, use = _shares(read.parties, results, taker)
    steps = _steps(read, results)
    return Facts(
        results=results,
        matches=matches,
        match=match,
        kind=kind,
        mode=mode,
        payment=blank if cases is None else taken(cases.payment, rows, ""),
        amount=np.full(n, np.nan) if cases is None else taken(cases.amount, rows, np.nan),
        currency=blank if cases is None else taken(cases.currency, rows, ""),
        case_row=rows,
        flags={name: _flag(read, rows, name, n) for name in (*CASE_FLAGS, EXCLUSIVE)},
        dates={name: _date(read, rows, name, n) for name in CASE_DATES},
        steps=steps,
        shares=shares,
        owners=owners,
        team_share=team,
        use_years=use,
        granted=(team > 0) | ~np.isnan(use) | steps["vested"].stated,
        taker=taker,
        regimes=regimes_of(regulations, regions, kind, mode),
    )


def _regions(regulations: Regulations, written: Texts) -> tuple[tuple[RegionMatch, ...], Ints]:
    place: dict[str, int] = {}
    at = np.array([place.setdefault(text, len(place)) for text in written], np.int64)
    return tuple(regulations.find(text) for text in place), at


def _flag(read: RightsRead, rows: Ints, name: str, n: int) -> Codes:
    if read.cases is None or name not in read.cases.flags:
        return np.full(n, -1, np.int8)
    flags: Codes = taken(read.cases.flags[name], rows, -1)
    return flags


def _date(read: RightsRead, rows: Ints, name: str, n: int) -> Dates:
    if read.cases is None or name not in read.cases.dates:
        return np.full(n, NO_DAY)
    days: Dates = taken(read.cases.dates[name], rows, NO_DAY)
    return days


def _takers(parties: PartyColumns | None) -> Bools:
    """Return which rows of parties only take the result over, by the role that is written."""
    if parties is None:
        return np.zeros(0, bool)
    takes = {r: any(t in r.casefold() for t in _TAKERS) for r in set(parties.role)}
    return np.array([takes[role] for role in parties.role], bool)


def _kinds(parties: PartyColumns | None, results: Results, taker: Bools) -> Texts:
    kind = np.full(len(results), "", object)
    if parties is None:
        return kind
    rank = {unit: i for i, unit in enumerate(_UNITS)}
    ranks = np.array([rank.get(k, len(_UNITS)) for k in parties.kind], np.int64)
    first = np.full(len(results), len(_UNITS), np.int64)
    np.minimum.at(first, results.parties[~taker], ranks[~taker])
    return np.array([*_UNITS, ""], object)[first]


def _shares(
    parties: PartyColumns | None, results: Results, taker: Bools
) -> tuple[Floats, Ints, Floats, Floats]:
    n, at = len(results), results.parties
    if parties is None:
        return np.full(n, np.nan), np.zeros(n, np.int64), np.full(n, np.nan), np.full(n, np.nan)
    team = np.isin(parties.kind, TEAM_KINDS)
    # who takes a result over holds no share of it before, but where it bought one it is co-owner
    bought = _whole(sums(at, parties.share, n)) & ~_whole(
        sums(at, np.where(taker & ~team, np.nan, parties.share), n)
    )
    held = np.where(taker & ~team & ~bought[at], np.nan, parties.share)
    owners = counts(at, held > 0, n)
    of_team = sums(at, np.where(team, held, np.nan), n)
    use = np.full(n, np.inf)
    years = ~np.isnan(parties.use_years)
    np.minimum.at(use, at[years], parties.use_years[years])
    return sums(at, held, n), owners, of_team, np.where(np.isinf(use), np.nan, use)


def _whole(shares: Floats) -> Bools:
    whole: Bools = np.abs(shares - 100) <= WHOLE_WITHIN
    return whole


def _steps(read: RightsRead, results: Results) -> Mapping[str, StepFacts]:
    """Return what is stated of each state, and of the publicity of rewards.

    A publicity that starts once income has come in is that of the rewards; of several others the
    last counts: an earlier one was done again.
    """
    steps, n = read.steps, len(results)
    names = (*STEPS, REWARD_PUBLICITY)
    if steps is None:
        no_day, none = np.full(n, NO_DAY), np.full(n, -1, np.int64)
        return dict.fromkeys(names, StepFacts(none, no_day, no_day, no_day))
    proof = (steps.document != "") & ~np.isnat(steps.document_date)
    proven = np.where(proof, steps.document_date, NO_DAY)
    of_step = {s: _step(steps, proven, results, steps.step == s, s) for s in STEPS}
    received = of_step["received"].start[results.steps]
    of_reward = (steps.step == "published") & (steps.start >= received)
    of_price = (steps.step == "published") & ~of_reward
    of_step["published"] = _step(steps, proven, results, of_price, "published")
    of_step[REWARD_PUBLICITY] = _step(steps, proven, results, of_reward, REWARD_PUBLICITY)
    return of_step


def _step(steps: StepColumns, proven: Dates, results: Results, mask: Bools, step: str) -> StepFacts:
    n, within = len(results), np.flatnonzero(mask)
    at, lasts = results.steps[within], step in LASTING
    rows = _through(within, first_row(at, steps.start[within], n, latest=lasts))
    of_proof = taken(proven, _through(within, first_row(at, proven[within], n)), NO_DAY)
    start, end = taken(steps.start, rows, NO_DAY), taken(steps.end, rows, NO_DAY)
    if not lasts:
        end = np.where(np.isnat(end), start, end)
    return StepFacts(rows, start, end, of_proof)


def _through(within: Ints, rows: Ints) -> Ints:
    """Return rows of a part as rows of the whole."""
    return np.where(rows >= 0, within[rows], -1) if len(within) else rows
