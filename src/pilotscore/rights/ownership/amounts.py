"""What a distribution has to come to and what it does, in whole fen: no cent is lost.

Net income is what the region says it is. Where the money of one result is in several currencies no
sum is made at all.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.records import dataclass
from pilotscore.rights.ownership.facts import Facts
from pilotscore.rights.ownership.figures import (
    Regimes,
    binding,
    by_default,
    nearest_rule,
    recommended,
)
from pilotscore.rights.ownership.rows import first_where, sums
from pilotscore.workbook.rights.records import AMOUNTS, DistributionColumns, RightsRead, Texts

NOT_STATED = -1  # of an amount in fen: no row states it
_DEDUCTED = ("cost", "tax", "upkeep", "appraisal", "negotiation")
_PARTS = ("reward", "main_contributors", "transfer_staff")
# The rule on a reward, by the mode of the result.
REWARD_ITEMS = {
    "transfer": "reward_transfer",
    "licence": "reward_transfer",
    "shares": "reward_shares",
    "own_investment": "reward_profit",
    "joint": "reward_profit",
}


@dataclass(frozen=True, slots=True, eq=False)
class Stated:
    """What rows of a distribution state, each result a place: what was agreed, or what was paid.

    ``fen`` has the amount of each of `AMOUNTS`, ``percent`` the share, where every row of it has
    one; ``of`` of what it is a share: one of `AMOUNTS`, or ``shares``. ``rest`` is the share of
    the rows without an amount: what it comes to is in ``fen`` too, once it is worked out.
    """

    fen: Mapping[str, Ints]
    percent: Mapping[str, Floats]
    of: Mapping[str, Texts]
    rest: Mapping[str, Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Floor:
    """The least share of something, of each result: what must, may and would be without agreement.

    Each is a rule (a place in the regimes' rules) and an amount in fen, `NOT_STATED` where what it
    is a share of is not known.
    """

    must: Ints
    may: Ints
    default: Ints
    must_fen: Ints
    may_fen: Ints
    default_fen: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Amounts:
    """Columns with a place for each result; amounts are whole fen, `NOT_STATED` where none is.

    ``net`` is the net income that counts: worked out as the region defines it where an income is
    stated, else as stated. ``floors`` has the least reward, part of the main contributors and part
    of the transfer staff. ``mixed``: several currencies, so that nothing is worked out.
    """

    agreed: Stated
    paid: Stated
    rows: Mapping[str, Ints]
    currency: Texts
    mixed: Bools
    net: Ints
    net_worked: Bools
    net_stated: Ints
    net_rule: Ints
    public_money_refused: Bools
    floors: Mapping[str, Floor]

    def fen(self, item: str) -> Ints:
        """Return the amount of an item: what was paid, else what was agreed."""
        paid, agreed = self.paid.fen[item], self.agreed.fen[item]
        return np.where(paid != NOT_STATED, paid, agreed)


def amounts_of(facts: Facts, read: RightsRead) -> Amounts:
    """Return what each distribution has to come to, and what it does."""
    n, rows, at = len(facts), read.distributions, facts.results.distributions
    mixed, currency = _currencies(rows, at, n)
    main = _of_main_contributors(read, at)
    both = {agreed: _as_written(rows, at, n, main, agreed=agreed) for agreed in (True, False)}
    for stated in both.values():
        for item in AMOUNTS:
            stated.fen[item][mixed] = NOT_STATED
    written = {item: _first(both[False].fen[item], both[True].fen[item]) for item in AMOUNTS}
    net_rule = facts.regimes.pick("net_income", nearest_rule)
    net, refused = _net(facts.regimes, written, net_rule)
    agreed, paid = (_worked_out(both[a], facts, written, net) for a in (True, False))
    floor = _reward_floor(facts, net)
    # a part of the reward is one of what is due, where less than that is stated
    reward = np.maximum(_first(paid.fen["reward"], agreed.fen["reward"]), floor.must_fen)
    return Amounts(
        agreed=agreed,
        paid=paid,
        rows={item: _row(rows, at, item, n) for item in AMOUNTS},
        currency=currency,
        mixed=mixed,
        net=net,
        net_worked=written["income"] != NOT_STATED,
        net_stated=written["net_income"],
        net_rule=net_rule,
        public_money_refused=refused,
        floors={
            "reward": floor,
            "main_contributors": _floor(facts.regimes, "main_contributors", {"reward": reward}),
            "transfer_staff": _floor(
                facts.regimes, "transfer_staff", {"reward": reward, "net_income": net}
            ),
        },
    )


def fen_of(amounts: Floats) -> Ints:
    """Return amounts in yuan as whole fen, rounded to the nearest."""
    return np.rint(amounts * 100).astype(np.int64)


def least(whole: Ints, percent: Floats) -> Ints:
    """Return the least whole number of fen that is a share of a sum: never a cent below it."""
    known = (whole != NOT_STATED) & ~np.isnan(percent)
    millionths = np.rint(np.where(known, percent, 0) * 10_000).astype(np.int64)
    # in two parts, so that a sum of trillions does not leave 64 bits
    whole_million, rest = np.divmod(np.where(known, whole, 0), 1_000_000)
    part = whole_million * millionths - (-rest * millionths // 1_000_000)
    return np.where(known, part, NOT_STATED)


def _first(fen: Ints, otherwise: Ints) -> Ints:
    return np.where(fen != NOT_STATED, fen, otherwise)


def _known(fen: Ints) -> Ints:
    return np.where(fen == NOT_STATED, 0, fen)


def _currencies(rows: DistributionColumns | None, at: Ints, n: int) -> tuple[Bools, Texts]:
    if rows is None:
        return np.zeros(n, bool), np.full(n, "", object)
    place: dict[str, int] = {"": 0}
    codes = np.array([place.setdefault(c, len(place)) for c in rows.currency], np.int64)
    named = (codes > 0) & ~np.isnan(rows.amount)
    low, high = np.full(n, len(place)), np.zeros(n, np.int64)
    np.minimum.at(low, at[named], codes[named])
    np.maximum.at(high, at[named], codes[named])
    return (high > 0) & (low != high), np.array(list(place), object)[high]


def _of_main_contributors(read: RightsRead, at: Ints) -> Bools:
    """Return which rows state what main contributors get.

    Those that say so; of a result without any, the rewards whose recipient is a main contributor
    by the sheet of rights.
    """
    rows, parties = read.distributions, read.parties
    if rows is None:
        return np.zeros(0, bool)
    stated: Bools = rows.item == "main_contributors"
    if parties is None or not len(at):
        return stated
    main = np.flatnonzero((parties.flags["main_contributor"] == 1) & (parties.party != ""))
    named = {(parties.result[i], parties.party[i]) for i in main}
    pairs = zip(rows.result, rows.recipient, strict=True)
    theirs = (rows.item == "reward") & ~np.isnan(rows.amount)
    theirs &= np.array([pair in named for pair in pairs], bool)
    without = np.bincount(at[stated], minlength=int(at.max()) + 1) == 0
    named_or_theirs: Bools = stated | (theirs & without[at])
    return named_or_theirs


def _as_written(
    rows: DistributionColumns | None, at: Ints, n: int, main: Bools, *, agreed: bool
) -> Stated:
    """Return what the rows state: of what was agreed, or of all that was not."""
    fen, percent, rest, of = {}, {}, {}, {}
    for item in AMOUNTS:
        fen[item] = np.full(n, NOT_STATED, np.int64)
        percent[item], rest[item] = np.full(n, np.nan), np.full(n, np.nan)
        of[item] = np.full(n, "", object)
        if rows is None:
            continue
        of_item = main if item == "main_contributors" else rows.item == item
        within = np.flatnonzero(of_item & ((rows.agreed == 1) == agreed))
        counted = within[~np.isnan(rows.amount[within])]
        fen[item][at[counted]] = 0
        np.add.at(fen[item], at[counted], fen_of(rows.amount[counted]))
        # the share in a row of a reward is one of the income, and says nothing of a part of it
        shared = within[~np.isnan(rows.share[within]) & (rows.item[within] == item)]
        alone = shared[np.isnan(rows.amount[shared])]
        of[item][at[shared]] = rows.of[shared]
        percent[item] = _shares(rows, at, shared, counted, of[item])
        rest[item] = sums(at[alone], rows.share[alone], n)
    return Stated(fen, percent, of, rest)


def _shares(rows: DistributionColumns, at: Ints, shared: Ints, counted: Ints, of: Texts) -> Floats:
    """Return the sum of shares of each result; nan where a row has none, or another whole."""
    total = sums(at[shared], rows.share[shared], len(of))
    total[at[counted[np.isnan(rows.share[counted])]]] = np.nan
    total[at[shared[rows.of[shared] != of[at[shared]]]]] = np.nan
    return total


def _row(rows: DistributionColumns | None, at: Ints, item: str, n: int) -> Ints:
    if rows is None:
        return np.full(n, -1, np.int64)
    return first_where(at, rows.item == item, n)


def _net(regimes: Regimes, written: Mapping[str, Ints], rule: Ints) -> tuple[Ints, Bools]:
    """Return the net income that counts, and where public money was no cost of it."""
    worked = written["income"] != NOT_STATED
    off = np.zeros(len(rule), np.int64)
    for item in _DEDUCTED:
        off += np.where(_deducts(regimes, rule, item), _known(written[item]), 0)
    public, cost = _known(written["public_money"]), _known(written["cost"])
    refused = (public > 0) & (cost > 0) & ~_public_money_counts(regimes, rule) & worked
    off -= np.where(refused, np.minimum(public, cost), 0)
    net = np.where(worked, np.maximum(written["income"] - off, 0), written["net_income"])
    return net, refused


def _deducts(regimes: Regimes, rule: Ints, item: str) -> Bools:
    allowed = np.array([item in r.deducts for r in regimes.rules], bool)
    return np.where(rule >= 0, allowed[rule], True)


def _public_money_counts(regimes: Regimes, rule: Ints) -> Bools:
    counts = np.array([r.public_money_is_cost for r in regimes.rules], bool)
    return np.where(rule >= 0, counts[rule], True)


def _worked_out(stated: Stated, facts: Facts, written: Mapping[str, Ints], net: Ints) -> Stated:
    """Return what is stated with the amounts that only a share states.

    A share without a word of what it is one of is a share of the net income (of the shares that a
    result was contributed for), and that of a part of the reward one of the reward.
    """
    of, fen = dict(stated.of), dict(stated.fen)
    whole_of_reward = np.where(facts.mode == "shares", "shares", "net_income")
    of["reward"] = np.where(of["reward"] == "", whole_of_reward, of["reward"])
    for item in _PARTS[1:]:
        of[item] = np.where(of[item] == "", "reward", of[item])
    for item in _PARTS:
        wholes = {**written, "net_income": net, "reward": _first(fen["reward"], written["reward"])}
        for name, whole in wholes.items():
            part = least(whole, np.where(of[item] == name, stated.rest[item], np.nan))
            fen[item] = np.where(part == NOT_STATED, fen[item], _known(fen[item]) + part)
    return Stated(fen, stated.percent, of, stated.rest)


def _reward_floor(facts: Facts, net: Ints) -> Floor:
    """Return the least reward of each result, by the rule for its mode."""
    floors = {
        item: _floor(facts.regimes, item, {"net_income": net})
        for item in sorted(set(REWARD_ITEMS.values()))
    }
    columns = {name: np.full(len(facts), NOT_STATED, np.int64) for name in Floor.__slots__}
    for mode, item in REWARD_ITEMS.items():
        of_mode = facts.mode == mode
        for name, column in columns.items():
            column[of_mode] = getattr(floors[item], name)[of_mode]
    return Floor(**columns)


def _floor(regimes: Regimes, item: str, wholes: Mapping[str, Ints]) -> Floor:
    must, may, default = (regimes.pick(item, c) for c in (binding, recommended, by_default))
    least_of = [_least_of(regimes, rule, wholes) for rule in (must, may, default)]
    return Floor(must, may, default, *least_of)


def _least_of(regimes: Regimes, rule: Ints, wholes: Mapping[str, Ints]) -> Ints:
    """Return the least amount by a rule: its share of what it names, where that is known."""
    percent = regimes.figure(rule, "share")
    named = np.array([r.of for r in regimes.rules], object)
    amount = np.full(len(rule), NOT_STATED, np.int64)
    for name, whole in wholes.items():
        of_it = (rule >= 0) & (named[rule] == name)
        amount = np.where(of_it, least(whole, percent), amount)
    return amount
