"""What can be wrong in a call file besides its structure, held against its criteria and policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from pilotscore.criteria import kinds
from pilotscore.criteria.amounts import read_sum
from pilotscore.criteria.checks.call_money import CallMoney, call_money, not_an_amount
from pilotscore.criteria.checks.call_names import check_names, unknown_in_call
from pilotscore.criteria.checks.fault import Fault, fault
from pilotscore.criteria.checks.outline import items, listed, repeated_ids, table
from pilotscore.criteria.places import DataPath
from pilotscore.criteria.policy import Policy
from pilotscore.findings import error
from pilotscore.language import LISTED, Text, Words, join, same

ABOVE_BUDGET = error(
    "F604",
    ("{what}为 {total}，超过预算 {budget}", "{what} is {total}, more than the budget of {budget}"),
    expected=("不超过预算", "no more than the budget"),
    mend=("减少 {over}，或增加预算", "take away {over}, or raise the budget"),
    why_zh="各赛道的下限不可能同时达到：它们之和超过了预算。",
    why_en="The least amounts of the tracks cannot all be met: together they are more than the "
    "budget.",
)
LEAST_ABOVE_MOST = error(
    "F605",
    ("{least} 为 {low}，高于 {most} 的 {high}", "{least} is {low}, above {most}, {high}"),
    expected=("下限不高于上限", "a least amount no higher than the greatest"),
    why_zh="下限高于上限，没有任何分配能同时满足。",
    why_en="The least is above the greatest: no allocation can meet both.",
)
SHARES_OFF = error(
    "F607",
    ("{what}之和为 {total}", "{what} sum to {total}"),
    expected=("{wanted}", "{wanted}"),
    why_zh="各部分之和应等于整体：分期拨付之和为 100%，各阶段金额之和为总预算，并且有一档为全额。",
    why_en="Parts have to make the whole: payments sum to 100%, stages to the total budget, and "
    "one level is full funding.",
)
CONTRADICTION = error(
    "F608",
    ("{first}与{second}不能同时成立", "{first} and {second} cannot both hold"),
    mend=("删去其一", "remove one of them"),
    why_zh="两条规定互相矛盾，任何分配都无法同时满足；去掉其中一条。",
    why_en="Two rules contradict each other, and no allocation can meet both: remove one.",
)
CYCLE = error(
    "F609",
    ("depends 成环：{chain}", "depends goes round in a circle: {chain}"),
    mend=(
        "删去其中一条；要同进同退的合并为一项申请",
        "remove one of them; results that go together are one application",
    ),
    why_zh="环中的每一项都要等另一项先获资助，因此谁都得不到。",
    why_en="Each result of the circle waits for another one to be funded first, so that none ever "
    "is.",
)
NO_EFFECT = error(
    "F610",
    ("{key} 不起作用：{why}", "{key} has no effect: {why}"),
    mend=("改正，或删去", "correct it, or remove it"),
    why_zh="这条规定什么也限制不了，多为数字或名单写错。",
    why_en="The rule limits nothing, as it stands: a slip of a number or of a name, mostly.",
)
NOT_A_LOT = error(
    "F611",
    ("公开数值 {value} 不可用于抽签", "the public value {value} cannot be used for a draw"),
    expected=(
        "不为负的十进制数，加引号；一个来源有多个数时写成列表",
        "a decimal number of at least 0, in quotes; several numbers of one source as a list",
    ),
    mend=("照公布的写", "write it as it was published"),
    why_zh="抽签的公开数值须是公布的十进制数；加引号可避免末尾的零等被改写。",
    why_en="The public value of a draw is a decimal number as published; quotes keep zeros at its "
    "end from being lost.",
)

_QUOTAS = Text("各赛道下限之和", "the sum of the least amounts of the tracks")
_STAGE = Text("预算阶段", "stage of the budget")
_GROUPS = Text("names: 下限针对的组", "names: the groups that the least amount is for")
_NO_FULL = Text("没有比例为 100% 的全额档；各档", "no level is full funding; the levels")
_ONE_FULL = Text("其中一档 share: 100%", "one level with share: 100%")
_MUST = Text("必须资助 {names}", "{names} must be funded")
_FUNDED_ALREADY = Text("{name} 已获其他资助", "{name} has its money already")
_AT_MOST = Text("其中至多资助 {most} 项", "at most {most} of them may be")
_TOO_FEW = Text(
    "只有 {count} 项，允许资助 {most} 项", "{count} results, of which {most} may be funded"
)


def check_call(
    data: dict[str, Any],
    criteria: dict[str, Any] | None,
    policy: Policy | None = None,
    lineage: tuple[str, ...] = (),
) -> Iterator[Fault]:
    """Yield the faults of a call file's plain data.

    Parameters
    ----------
    data
        The file.
    criteria
        The plain data of the criteria set, if it is to be held against it.
    policy
        The policy that it goes with.
    lineage
        The ids of the criteria set and of those that it extends.
    """
    money = call_money(data)
    yield from money.faults
    yield from _check_budget(data, money)
    yield from _check_least(money)
    yield from _check_bounds(data, money)
    yield from _check_discussion(table(table(data.get("line")).get("discussion")))
    yield from _check_levels(data)
    yield from _check_required(data)
    yield from _check_exclusive(data)
    yield from _check_depends(data)
    if criteria is not None:
        yield from check_names(data, criteria, policy, lineage)


def _address(path: DataPath) -> str:
    return ".".join(map(str, path))


def _stages(data: dict[str, Any]) -> list[tuple[DataPath, dict[str, Any]]]:
    return items(table(data.get("budget")).get("stages"), ("budget", "stages"))


def _check_budget(data: dict[str, Any], money: CallMoney) -> Iterator[Fault]:
    budget = table(data.get("budget"))
    if "budget" in data and not {"total", "stages"} & set(budget):
        yield fault(kinds.MISSING_KEY, ("budget",), key="total")
    yield from repeated_ids(_stages(data))
    total, stages = money.fen.get(("budget", "total")), sum(money.stages)
    if money.stages and total is not None and stages != total:
        what = Text("各阶段金额", "the amounts of the stages")
        wanted = Text("总预算 {total}", "the total, {total}").of(total=money.shown(total))
        yield _shares_off(("budget", "stages"), what, money.shown(stages), wanted)


def _shares_off(path: DataPath, what: Words, total: Words | str, wanted: Words) -> Fault:
    return fault(SHARES_OFF, path, what=what, total=total, wanted=wanted)


def _check_least(money: CallMoney) -> Iterator[Fault]:
    """Yield least amounts that are more than the whole budget, each or together."""
    if money.budget is None:
        return
    quotas = {p: v for p, v in money.fen.items() if p[0] == "tracks" and p[2] == "min"}
    wholes: list[tuple[DataPath, Words, int]] = []
    if quotas:
        wholes.append((list(quotas)[-1], _QUOTAS, sum(quotas.values())))
    for path, value in money.fen.items():
        if path == ("grant", "min") or (path[0] == "caps" and path[2] == "min"):
            wholes.append((path, same(_address(path)), value))
    for path, what, value in wholes:
        if value > money.budget:
            budget, over = money.shown(money.budget), money.shown(value - money.budget)
            values = {"what": what, "total": money.shown(value), "budget": budget, "over": over}
            yield fault(ABOVE_BUDGET, path, **values)


def _check_bounds(data: dict[str, Any], money: CallMoney) -> Iterator[Fault]:
    """Yield least amounts and counts above the greatest ones, and least amounts of nobody."""
    groups: list[DataPath] = [
        (part, n) for part in ("tracks", "caps") for n in table(data.get(part))
    ]
    smallest = money.fen.get(("grant", "min"))
    for path in (("grant",), *groups):
        low, high = money.fen.get((*path, "min")), money.fen.get((*path, "max"))
        if low is not None and high is not None and low > high:
            yield _reversed(path, "min", "max", (money.shown(low), money.shown(high)))
    for path in groups:
        high = money.fen.get((*path, "max"))
        if smallest is not None and high is not None and high < smallest:
            shown = {"low": money.shown(smallest), "high": money.shown(high)}
            where = (*path, "max")
            values = {"least": "grant.min", "most": _address(where), **shown}
            yield fault(LEAST_ABOVE_MOST, where, **values)
    yield from _check_awards(data)


def _check_awards(data: dict[str, Any]) -> Iterator[Fault]:
    for name, track in table(data.get("tracks")).items():
        least, most = table(track).get("min_awards"), table(track).get("max_awards")
        if isinstance(least, int) and isinstance(most, int) and least > most:
            yield _reversed(("tracks", name), "min_awards", "max_awards", (str(least), str(most)))
    for name, cap in table(data.get("caps")).items():
        if "min" in table(cap) and not cap.get("names"):
            yield not_an_amount(("caps", name, "min"), cap["min"], _GROUPS, "min")


def _reversed(path: DataPath, low: str, high: str, shown: tuple[Words | str, Words | str]) -> Fault:
    ends = {"least": _address((*path, low)), "most": _address((*path, high))}
    least, most = shown
    return fault(LEAST_ABOVE_MOST, (*path, low), **ends, low=least, high=most)


def _share(value: Any) -> float | None:
    read = read_sum(value)
    if read is None or read.unit not in ("", "%"):
        return None
    return float(read.number) / (100 if read.is_share else 1)


def _check_discussion(discussion: dict[str, Any]) -> Iterator[Fault]:
    path: DataPath = ("line", "discussion")
    sure, out = _share(discussion.get("sure", "95%")), _share(discussion.get("out", "5%"))
    if sure is not None and out is not None and out >= sure:
        yield _reversed(path, "out", "sure", (f"{out:.0%}", f"{sure:.0%}"))
    if discussion.get("decide") == "lottery" and not discussion.get("lottery"):
        yield fault(kinds.MISSING_KEY, path, key="lottery")
    values = table(discussion.get("lottery")).get("values")
    for i, source in enumerate(listed(values)):
        numbers = source if isinstance(source, list) else [source]
        wrong = [n for n in numbers if not _is_lot(n)]
        if wrong or not numbers:
            shown = str(wrong[0]) if wrong else "[]"
            yield fault(NOT_A_LOT, (*path, "lottery", "values", i), value=shown)


def _is_lot(value: Any) -> bool:
    """Whether a public value is a decimal number; a float would not keep what was published."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return False
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return False
    return number.is_finite() and not number.is_signed()


def _check_levels(data: dict[str, Any]) -> Iterator[Fault]:
    levels = items(data.get("levels"), ("levels",))
    yield from repeated_ids(levels)
    stages = [str(s.get("id")) for _, s in _stages(data)]
    for path, level in levels:
        yield from _check_milestones(path, level, stages)
    shares = [_share(level.get("share", 1)) for _, level in levels]
    if shares and None not in shares and 1.0 not in shares:
        shown = join((f"{s:.0%}" for s in shares), LISTED)
        yield _shares_off(("levels",), _NO_FULL, shown, _ONE_FULL)


def _check_milestones(path: DataPath, level: dict[str, Any], stages: list[str]) -> Iterator[Fault]:
    parts = items(level.get("milestones"), (*path, "milestones"))
    sums = [s for _, m in parts if (s := read_sum(m.get("share"))) is not None]
    paid = sum(s.number if s.is_share else s.number * 100 for s in sums)
    if parts and len(sums) == len(parts) and paid != Decimal(100):
        name = str(level.get("id"))
        what = Text("{name} 各次拨付比例", "the payments of {name}").of(name=name)
        yield _shares_off((*path, "milestones"), what, f"{paid:f}%", same("100%"))
    for at, milestone in parts:
        stage = milestone.get("stage")
        if stage is not None and str(stage) not in stages:
            yield unknown_in_call((*at, "stage"), str(stage), _STAGE, stages)
    yield from _check_due(parts)


def _check_due(parts: list[tuple[DataPath, dict[str, Any]]]) -> Iterator[Fault]:
    """Yield days by which nothing is due, and payments due before the ones that they follow."""
    before: tuple[int, int] | None = None
    for number, (at, milestone) in enumerate(parts, start=1):
        months = milestone.get("months")
        if not isinstance(months, int) or isinstance(months, bool):
            continue
        if not milestone.get("shows"):
            why = Text("这一期没有写要展示什么（shows）", "the payment says nothing under shows")
            yield fault(NO_EFFECT, (*at, "months"), key=_address((*at, "months")), why=why)
        if before is not None and months < before[1]:
            first, second = _DUE.of(n=before[0], m=before[1]), _DUE.of(n=number, m=months)
            yield fault(CONTRADICTION, (*at, "months"), first=first, second=second)
        before = (number, months)


_DUE = Text("第 {n} 期在 {m} 个月后到期", "payment {n} due after {m} months")


def _required(data: dict[str, Any]) -> list[str]:
    return [str(r) for r in listed(data.get("required")) if not isinstance(r, dict | list)]


def _check_required(data: dict[str, Any]) -> Iterator[Fault]:
    funded = {str(f.get("result")) for _, f in items(data.get("funded"), ())}
    for i, name in enumerate(_required(data)):
        if name in funded:
            first, second = _MUST.of(names=name), _FUNDED_ALREADY.of(name=name)
            yield fault(CONTRADICTION, ("required", i), first=first, second=second)


def _check_exclusive(data: dict[str, Any]) -> Iterator[Fault]:
    """Yield groups of which as many may be funded as there are, or fewer than must be."""
    required = _required(data)
    for name, group in table(data.get("exclusive")).items():
        results, most = table(group).get("results") or (), table(group).get("most", 1)
        if not isinstance(results, Iterable) or not isinstance(most, int):
            continue
        members = [str(r) for r in results]
        count = len(set(members))
        path = ("exclusive", name)
        if most >= count and not isinstance(most, bool):
            why = _TOO_FEW.of(count=count, most=most)
            yield fault(NO_EFFECT, path, key=_address(path), why=why)
        both = [m for m in members if m in required]
        if len(both) > most:
            first, second = _MUST.of(names=join(both, LISTED)), _AT_MOST.of(most=most)
            yield fault(CONTRADICTION, path, first=first, second=second)


def _check_depends(data: dict[str, Any]) -> Iterator[Fault]:
    """Yield dependencies that go round in a circle: nobody in it could ever be first."""
    needs: dict[str, list[str]] = {}
    for path, bond in items(data.get("depends"), ("depends",)):
        result, other = str(bond.get("result")), str(bond.get("needs"))
        back = _way(needs, other, result)
        if back:
            yield fault(CYCLE, path, chain=" → ".join([result, *back]))
        else:
            needs.setdefault(result, []).append(other)


def _way(needs: dict[str, list[str]], start: str, goal: str) -> list[str]:
    """Return a way from a result to another along what each needs; [] where there is none."""
    came: dict[str, str] = {}
    waiting = [start]
    while waiting:
        at = waiting.pop()
        if at == goal:
            way = [at]
            while way[-1] != start:
                way.append(came[way[-1]])
            return way[::-1]
        for after in needs.get(at, ()):
            if after not in came and after != start:
                came[after] = at
                waiting.append(after)
    return []
