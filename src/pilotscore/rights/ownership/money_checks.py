"""Checks of money: floors of rewards, double reward, net income, claims, open licences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from pilotscore.arrays import Bools, Floats, Ints
from pilotscore.findings import Kind
from pilotscore.language import Text, Words, number
from pilotscore.rights.counting import add_months, moved
from pilotscore.rights.ownership import money_kinds as kinds
from pilotscore.rights.ownership.amounts import NOT_STATED, Stated
from pilotscore.rights.ownership.figures import by_default, nearest_rule
from pilotscore.rights.ownership.hits import Hits, Work, hits, money, row_hits
from pilotscore.rights.ownership.payments import cells_of, received_day, rewarded_day
from pilotscore.rights.ownership.rows import NO_DAY, any_of, codes_of
from pilotscore.workbook.rights.records import Dates, Texts

ITEM_TITLES = {
    "income": Text("转化收入", "income"),
    "cost": Text("成本", "cost"),
    "tax": Text("税费", "taxes"),
    "upkeep": Text("维护费", "upkeep"),
    "appraisal": Text("评估鉴定费", "appraisal"),
    "negotiation": Text("谈判等交易费用", "negotiation"),
    "public_money": Text("财政科研经费", "public R&D money"),
    "net_income": Text("净收入", "net income"),
    "reward": Text("奖励总额", "reward"),
    "main_contributors": Text("主要贡献人员所得", "part of the main contributors"),
    "transfer_staff": Text("转化人员所得", "part of the transfer staff"),
    "unit": Text("单位留存", "part of the unit"),
    "other": Text("其他", "the rest"),
}
OF_TITLES = {
    "net_income": Text("净收入的", "of net income"),
    "operating_profit": Text("营业利润的", "of operating profit"),
    "shares": Text("股份的", "of the shares"),
    "reward": Text("奖励总额的", "of the reward"),
    "income": Text("收入的", "of the income"),
}
_OF = Text("{of} {percent}%", "{percent} % {of}")
_OF_WHICH = Text("{share}（{sum}）", "{share} ({sum})")
_AGREED, _PAID = Text("（约定）", "as agreed"), Text("（实付）", "as paid")
_FEE, _ROYALTY = Text("固定使用费", "fixed fee"), Text("提成比例", "royalty")
_CLAIM_PARTS = {
    "claim_trigger": Text("触发条件", "a trigger"),
    "claim_due": Text("到期日", "a day"),
}
_SALES = Text("{percent}%", "{percent} %")


def money_hits(work: Work) -> Iterator[Hits]:
    """Give what the checks of money come upon."""
    for item in work.amounts.floors:
        for stated, basis in ((work.amounts.agreed, _AGREED), (work.amounts.paid, _PAID)):
            yield from _floors(work, item, stated, basis)
    yield _no_mode(work)
    yield from _double(work)
    yield from _sums(work)
    yield from _reward_late(work)
    yield from _claims(work)
    yield from _open_licences(work)


def _floors(work: Work, item: str, stated: Stated, basis: Text) -> Iterator[Hits]:
    """Hold what is stated of a part of the income against what it has to come to."""
    floor, facts = work.amounts.floors[item], work.facts
    below_must = _below(work, item, stated, floor.must, floor.must_fen)
    of = (item, stated, basis)
    must, may = (floor.must, floor.must_fen), (floor.may, floor.may_fen)
    default = (floor.default, floor.default_fen)
    yield _below_hits(work, kinds.BELOW_FLOOR, below_must, of, must)
    nothing = (floor.must < 0) & (facts.flags["reward_agreed"] == 0) & ~_agreed(work)
    short = _below(work, item, stated, floor.default, floor.default_fen)
    yield _below_hits(work, kinds.BELOW_DEFAULT, short & nothing, of, default)
    unknown = short & ~nothing & (facts.kind == "") & (floor.must < 0)
    yield _below_hits(work, kinds.UNIT_UNKNOWN, unknown, of, default)
    usual = _below(work, item, stated, floor.may, floor.may_fen) & ~below_must
    yield _below_hits(work, kinds.BELOW_USUAL, usual, of, may)


def _agreed(work: Work) -> Bools:
    """Whether a row states a reward that was agreed."""
    agreed = work.amounts.agreed
    there: Bools = (agreed.fen["reward"] != NOT_STATED) | ~np.isnan(agreed.percent["reward"])
    return there


def _below(work: Work, item: str, stated: Stated, rule: Ints, floor: Ints) -> Bools:
    """Whether less is stated than a rule asks: as a share where both are one of the same."""
    of_rule = _of(work, rule)
    percent, fen = stated.percent[item], stated.fen[item]
    same = (rule >= 0) & (stated.of[item] == of_rule) & ~np.isnan(percent)
    by_share = same & (percent < work.facts.regimes.figure(rule, "share") - 1e-9)
    by_sum = ~same & (fen != NOT_STATED) & (floor != NOT_STATED) & (fen < floor)
    below: Bools = by_share | by_sum
    return below


def _of(work: Work, rule: Ints) -> Texts:
    """Return what the share of each rule is one of; the profit of a year is its net income."""
    of = ["net_income" if r.of == "operating_profit" else r.of for r in work.facts.regimes.rules]
    named: Texts = np.array(of, object)[rule]
    return named


def _below_hits(
    work: Work, kind: Kind, mask: Bools, of: tuple[str, Stated, Text], floor: tuple[Ints, Ints]
) -> Hits:
    """Return what is less than a floor: ``floor`` has the rule of each result, and its amount."""
    n = len(mask)
    (item, stated, basis), (rule, least) = of, floor
    shown: list[Words] = [Text("", "")] * n
    floors: list[Words] = [Text("", "")] * n
    for i in np.flatnonzero(mask):
        floors[i] = _floor(work, int(rule[i]), int(least[i]), int(i))
        shown[i] = _stated(work, item, stated, int(i))
    values: dict[str, Any] = {"what": [ITEM_TITLES[item]] * n, "basis": [basis] * n}
    values |= {"stated": shown, "floor": floors}
    return hits(kind, mask, rule, work.of_item(item), **values)


def _floor(work: Work, rule: int, least: int, i: int) -> Words:
    """Say what a part has to come to: the share, and the sum where it is known."""
    own = work.facts.regimes.rules[rule]
    share = _OF.of(of=OF_TITLES[own.of], percent=number(own.share or 0))
    if least == NOT_STATED:
        return share
    return _OF_WHICH.of(share=share, sum=money(least, work.amounts.currency[i]))


def _stated(work: Work, item: str, stated: Stated, i: int) -> Words:
    """Say what is stated of a part: as the share it is, else as a sum of money."""
    percent, of = stated.percent[item][i], stated.of[item][i]
    if not np.isnan(percent) and of in OF_TITLES:
        return _OF.of(of=OF_TITLES[of], percent=number(float(percent)))
    return money(stated.fen[item][i], work.amounts.currency[i])


def _no_mode(work: Work) -> Hits:
    """Return results with a reward whose floor is not known: no mode is stated."""
    stated = np.zeros(len(work.facts), bool)
    for side in (work.amounts.agreed, work.amounts.paid):
        stated |= (side.fen["reward"] != NOT_STATED) | ~np.isnan(side.percent["reward"])
    unknown = stated & (work.facts.mode == "")
    return hits(kinds.NO_MODE, unknown, work.rule("CN-reward-transfer"), work.of_item("reward"))


def _double(work: Work) -> Iterator[Hits]:
    facts, amounts = work.facts, work.amounts
    rule = facts.regimes.pick("no_double_reward", nearest_rule)
    use_too = np.array([r.use_right_too for r in facts.regimes.rules])[rule]
    holds = (facts.team_share > 0) | (use_too & ~np.isnan(facts.use_years))
    reward = amounts.fen("reward")
    both = (rule >= 0) & holds & (reward > 0)
    shown = _money(work, reward, both)
    must = np.array([r.binding == "shall" for r in facts.regimes.rules])[rule]
    cells = work.of_item("reward")
    yield hits(kinds.DOUBLE_REWARD, both & must, rule, cells, stated=shown)
    yield hits(kinds.DOUBLE_REWARD_MAY_STOP, both & ~must, rule, cells, stated=shown)


def _money(work: Work, fen: Ints, mask: Bools) -> Sequence[Words]:
    """Return amounts as words where a mask has them."""
    words: list[Words] = [Text("", "")] * len(fen)
    for i in np.flatnonzero(mask):
        words[i] = money(fen[i], work.amounts.currency[i])
    return words


def _sums(work: Work) -> Iterator[Hits]:
    amounts, rule = work.amounts, work.amounts.net_rule
    mixed = amounts.mixed
    yield hits(kinds.MIXED_CURRENCIES, mixed, work.rule("CN-net"), work.of_item("income"))
    net, said = amounts.net, amounts.net_stated
    differs = amounts.net_worked & (said != NOT_STATED) & (said != net) & ~mixed
    both = {"stated": _money(work, said, differs), "worked": _money(work, net, differs)}
    yield hits(kinds.NET_DIFFERS, differs, rule, work.of_item("net_income"), **both)
    refused = amounts.public_money_refused
    public = _money(work, amounts.fen("public_money"), refused)
    yield hits(kinds.PUBLIC_MONEY, refused, rule, work.of_item("public_money"), stated=public)
    parts = np.zeros(len(net), np.int64)
    for item in ("reward", "unit", "other"):
        parts += np.maximum(amounts.fen(item), 0)
    exceed = (net != NOT_STATED) & (parts > net) & ~mixed & (work.facts.mode != "shares")
    both = {"stated": _money(work, parts, exceed), "worked": _money(work, net, exceed)}
    yield hits(kinds.PARTS_EXCEED, exceed, rule, work.of_item("reward"), **both)


def reward_due(work: Work) -> tuple[Ints, Dates]:
    """Return the rule on when a reward is paid where nothing is fixed, and the day by it."""
    facts = work.facts
    rule = facts.regimes.pick("reward_due", by_default)
    months = facts.regimes.figure(rule, "months")
    open_ = ~np.isnan(months) & (facts.flags["reward_agreed"] != 1)
    received = np.where(open_, received_day(work), NO_DAY)
    raw = add_months(received, np.where(open_, months, 0).astype(np.int64))
    return rule, moved(raw, work.calendar).moved


def _reward_late(work: Work) -> Iterator[Hits]:
    rule, due = reward_due(work)
    done = rewarded_day(work)
    values: dict[str, Any] = {"done": done, "due": due}
    for cells in cells_of(work, "distributed", "reward"):
        late = (done > due) & (cells.row >= 0)
        yield hits(kinds.REWARD_LATE, late, rule, cells, **values)


def _claims(work: Work) -> Iterator[Hits]:
    parties, at = work.read.parties, work.facts.results.parties
    if parties is None:
        return
    rule, claimed = work.rule("CN-claim"), parties.claim > 0
    due = moved(parties.claim_due, work.calendar).moved
    open_ = np.isnat(parties.claim_settled) | (parties.claim_settled > work.as_of)
    overdue = claimed & open_ & (due < work.as_of)
    stated: list[Words] = [Text("", "")] * len(parties)
    for i in np.flatnonzero(overdue):
        stated[i] = money(round(float(parties.claim[i]) * 100), parties.currency[i])
    values: dict[str, Any] = {"party": parties.party, "stated": stated, "due": parties.claim_due}
    yield row_hits(kinds.CLAIM_OVERDUE, overdue, at, rule, parties.at, "claim_due", **values)
    settled = ~np.isnat(parties.claim_settled)
    for role, blank in (
        ("claim_trigger", (parties.claim_trigger == "") & np.isnat(parties.claim_due)),
        ("claim_due", np.isnat(parties.claim_due)),
    ):
        what = [_CLAIM_PARTS[role]] * len(parties)
        lacking = claimed & blank & ~settled
        values = {"party": parties.party, "what": what}
        yield row_hits(kinds.CLAIM_INCOMPLETE, lacking, at, rule, parties.at, role, **values)


def _open_licences(work: Work) -> Iterator[Hits]:
    facts, ip = work.facts, work.read.ip
    if ip is None:
        return
    at = codes_of(ip.result, facts.results.place)
    opened = any_of(at, (ip.flags["open_licence"] == 1) & (at >= 0), len(facts))
    rule = work.rule("CN-open-fee")
    limit = facts.regimes.figure(rule, "amount")
    fixed = opened & (facts.amount > limit) & np.isin(facts.payment, ("once", "instalments", ""))
    values = _usual(work, fixed, facts.amount, limit, _FEE)
    yield hits(kinds.OPEN_LICENCE_HIGH, fixed, rule, work.of_case("amount"), **values)
    rule = work.rule("CN-open-sales")
    percent = np.fmax(work.amounts.agreed.percent["income"], work.amounts.paid.percent["income"])
    high = opened & (percent > facts.regimes.figure(rule, "share"))
    n = len(facts)
    values = {
        "what": [_ROYALTY] * n,
        "stated": [_SALES.of(percent=number(float(p))) for p in percent],
        "floor": [_SALES.of(percent="20")] * n,
    }
    yield hits(kinds.OPEN_LICENCE_HIGH, high, rule, work.of_item("income", "share"), **values)


def _usual(work: Work, mask: Bools, amount: Floats, limit: Floats, what: Text) -> dict[str, Any]:
    n = len(mask)
    stated: list[Words] = [Text("", "")] * n
    floor: list[Words] = [Text("", "")] * n
    for i in np.flatnonzero(mask):
        stated[i] = money(round(float(amount[i]) * 100), work.facts.currency[i])
        floor[i] = money(round(float(limit[i]) * 100))
    return {"what": [what] * n, "stated": stated, "floor": floor}
