"""What can be wrong in a call file besides its structure, held against its criteria and policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from pilotscore.criteria import kinds
from pilotscore.criteria.amounts import MoneyUnit, Sum, in_fen, read_sum, unit_of
from pilotscore.criteria.checks import KnownName, check_condition, known_names, outline
from pilotscore.criteria.faults import Fault
from pilotscore.criteria.places import Path
from pilotscore.criteria.policy import Policy
from pilotscore.findings import error
from pilotscore.language import Text, nearest

NO_UNIT = error(
    "F601",
    ("金额 {value} 没有单位", "the amount {value} has no unit"),
    expected=("数与单位，如 5000万元", "a number and its unit, such as 5000万元 or 50 million CNY"),
    mend=(
        "写上单位，或在文件开头写 unit: 万元",
        "write the unit, or put unit: 万元 at the top of the file",
    ),
    why_zh="没有单位的金额可能差一万倍，因此不猜：在金额后写单位，或在文件开头写 unit: 万元，"
    "它用于所有没写单位的金额。",
    why_en="An amount without a unit may be off by ten thousand, so it is not guessed: write the "
    "unit behind it, or unit: 万元 at the top of the file, which then serves every amount without "
    "one.",
)
TWO_CURRENCIES = error(
    "F602",
    (
        "{value} 是 {currency}，而本文件其他金额是 {other}",
        "{value} is in {currency}, other amounts in {other}",
    ),
    expected=("一种货币", "one currency"),
    mend=("按公布的汇率换算后填写", "convert it at a published rate"),
    why_zh="一次征集只能用一种货币：按当时公布的汇率换算，并把汇率写在 description 中。",
    why_en="A call has one currency: convert at a published rate, and say which in its "
    "description.",
)
NOT_AN_AMOUNT = error(
    "F603",
    ("{key} 的金额 {value} 不可用", "{key}: the amount {value} cannot be used"),
    expected=("{wanted}", "{wanted}"),
    why_zh="金额应为不小于 0 的数，精确到分；赛道与限额的金额可写成预算的比例，如 30%。",
    why_en="An amount is at least 0 and exact to the cent; quotas and caps may be shares of the "
    "budget, such as 30%.",
)
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
UNKNOWN_IN_CALL = error(
    "F606",
    ("{key} 写了 {name}，没有这样的{what}", "{key} names {name}, and there is no such {what}"),
    expected=("{wanted}", "{wanted}"),
    why_zh="征集文件写了指标体系或政策中没有的名称。给出了最接近的名称；"
    "pilotscore criteria show 列出全部。",
    why_en="The call names what the criteria set or the policy does not have. The nearest name is "
    "given; pilotscore criteria show lists them all.",
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

_MOST_LISTED = 24
_WHOLE_BUDGET = Text(
    "预算的比例不能用于预算本身", "the budget itself cannot be a share of the budget"
)


def _table(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _rows(value: Any) -> list[tuple[int, dict[str, Any]]]:
    return [(i, v) for i, v in enumerate(value) if isinstance(v, dict)] if isinstance(value, list) else []  # fmt: skip


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _money_paths(data: dict[str, Any]) -> Iterator[tuple[Path, Any, bool]]:
    """Yield every amount of a file: where, what, and whether it may be a share of the budget."""
    budget = _table(data.get("budget"))
    if "total" in budget:
        yield ("budget", "total"), budget["total"], False
    for i, stage in _rows(budget.get("stages")):
        if "amount" in stage:
            yield ("budget", "stages", i, "amount"), stage["amount"], False
    for part in ("tracks", "caps"):
        for name, item in _table(data.get(part)).items():
            for key in ("min", "max"):
                if key in _table(item):
                    yield (part, name, key), item[key], True
    grant = _table(data.get("grant"))
    for key in ("min", "max", "round_to"):
        if key in grant:
            yield ("grant", key), grant[key], False


class _Money:
    """The amounts of a file in fen, and what is wrong with them."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.faults: list[Fault] = []
        self.fen: dict[Path, int] = {}
        self.written: dict[Path, Sum] = {}
        self.stated: MoneyUnit | None = None
        self.unit = self._unit(data)
        found = list(_money_paths(data))
        for path, value, _ in found:
            read = read_sum(value)
            if read is not None:
                self.written[path] = read
        for path, _, may_share in found:
            if path in self.written:
                self._check(path, self.written[path], may_share=may_share)
        self.budget = self._budget()
        for path, read in self.written.items():
            if read.is_share and self.budget is not None and self.unit is not None:
                amount = in_fen(read, self.unit, self.budget)
                if amount is not None and 0 <= read.number <= 100:
                    self.fen[path] = amount
                else:
                    self._fault(path, read, Text("0% 至 100%", "0% to 100%"))

    def _unit(self, data: dict[str, Any]) -> MoneyUnit | None:
        stated = data.get("unit")
        if isinstance(stated, str):
            unit = unit_of(stated)
            if unit is None:
                wanted = Text(
                    "元、万元、亿元、CNY、USD 等", "元, 万元, CNY, million CNY, USD and the like"
                )
                self.faults.append(
                    Fault(NOT_AN_AMOUNT, ("unit",), {"key": "unit", "value": stated, "wanted": wanted})
                )  # fmt: skip
            self.stated = unit
            if unit is not None:
                return unit
        for _, value, _ in _money_paths(data):
            read = read_sum(value)
            if read is not None and read.unit and not read.is_share:
                return unit_of(read.unit)
        return None

    def _check(self, path: Path, read: Sum, *, may_share: bool) -> None:
        if read.is_share:
            if not may_share:
                self._fault(path, read, _WHOLE_BUDGET if path[0] == "budget" else Text("金额，不是比例", "an amount, not a share"))  # fmt: skip
            return
        own = unit_of(read.unit) if read.unit else self.stated
        if own is None:
            self.faults.append(Fault(NO_UNIT, path, {"value": str(read)}))
            return
        assert self.unit is not None
        if own.currency != self.unit.currency:
            values = {"value": str(read), "currency": own.currency, "other": self.unit.currency}
            self.faults.append(Fault(TWO_CURRENCIES, path, values))
            return
        amount = in_fen(read, self.unit)
        if amount is None:
            self._fault(
                path,
                read,
                Text(
                    "不为负、精确到分、不超过 1000 万亿元的金额",
                    "an amount of at least 0, to the cent, of at most a million billion",
                ),
            )
        else:
            self.fen[path] = amount

    def _fault(self, path: Path, read: Sum, wanted: Text) -> None:
        key = ".".join(str(p) for p in path)
        values = {"key": key, "value": str(read), "wanted": wanted}
        self.faults.append(Fault(NOT_AN_AMOUNT, path, values))

    def _budget(self) -> int | None:
        if ("budget", "total") in self.fen:
            return self.fen["budget", "total"]
        stages = [v for p, v in self.fen.items() if p[:2] == ("budget", "stages")]
        return sum(stages) if stages else None

    def shown(self, fen: int) -> str:
        return f"{self.unit.shown(fen)} {self.unit.name}" if self.unit else str(fen)


def check_call(
    data: dict[str, Any], criteria: dict[str, Any] | None, policy: Policy | None = None,
    lineage: tuple[str, ...] = (),
) -> Iterator[Fault]:  # fmt: skip
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
    money = _Money(data)
    yield from money.faults
    yield from _check_budget(data, money)
    yield from _check_bounds(data, money)
    yield from _check_levels(data)
    yield from _check_results(data)
    yield from _check_depends(data)
    yield from _check_lots(data)
    if criteria is not None:
        yield from _check_names(data, criteria, policy, lineage)


def _check_budget(data: dict[str, Any], money: _Money) -> Iterator[Fault]:
    budget = _table(data.get("budget"))
    if "budget" in data and not {"total", "stages"} & set(budget):
        yield Fault(kinds.MISSING_KEY, ("budget",), {"key": "total"})
    stages = [v for p, v in money.fen.items() if p[:2] == ("budget", "stages")]
    seen: dict[str, Path] = {}
    for i, stage in _rows(budget.get("stages")):
        name = str(stage.get("id"))
        if name in seen:
            yield Fault(kinds.REPEATED_ID, ("budget", "stages", i, "id"), {"name": name, "line": seen[name]})  # fmt: skip
        seen.setdefault(name, ("budget", "stages", i, "id"))
    total = money.fen.get(("budget", "total"))
    if stages and total is not None and sum(stages) != total:
        what = Text("各阶段金额", "the amounts of the stages")
        wanted = Text(f"总预算 {money.shown(total)}", f"the total, {money.shown(total)}")
        values = {"what": what, "total": money.shown(sum(stages)), "wanted": wanted}
        yield Fault(SHARES_OFF, ("budget", "stages"), values)
    if money.budget is None:
        return
    quotas = {p: v for p, v in money.fen.items() if p[0] == "tracks" and p[2] == "min"}
    if sum(quotas.values()) > money.budget:
        over = sum(quotas.values()) - money.budget
        values = {
            "what": Text("各赛道下限之和", "the sum of the least amounts of the tracks"),
            "total": money.shown(sum(quotas.values())),
            "budget": money.shown(money.budget),
            "over": money.shown(over),
        }
        yield Fault(ABOVE_BUDGET, list(quotas)[-1], values)
    for path, value in money.fen.items():
        single = (path[0] == "caps" and path[2] == "min") or path == ("grant", "min")
        if single and value > money.budget:
            name = ".".join(map(str, path))
            values = {
                "what": Text(name, name),
                "total": money.shown(value),
                "budget": money.shown(money.budget),
                "over": money.shown(value - money.budget),
            }
            yield Fault(ABOVE_BUDGET, path, values)


def _check_bounds(data: dict[str, Any], money: _Money) -> Iterator[Fault]:
    groups: list[Path] = [("grant",)]
    groups += [(part, name) for part in ("tracks", "caps") for name in _table(data.get(part))]
    for path in groups:
        low, high = money.fen.get((*path, "min")), money.fen.get((*path, "max"))
        if low is not None and high is not None and low > high:
            yield _reversed(path, "min", "max", money.shown(low), money.shown(high))
    smallest = money.fen.get(("grant", "min"))
    for path in groups[1:]:
        most = money.fen.get((*path, "max"))
        if smallest is not None and most is not None and most < smallest:
            values = {
                "least": "grant.min", "most": f"{'.'.join(map(str, path))}.max",
                "low": money.shown(smallest), "high": money.shown(most),
            }  # fmt: skip
            yield Fault(LEAST_ABOVE_MOST, (*path, "max"), values)
    for name, track in _table(data.get("tracks")).items():
        low, high = _table(track).get("min_awards"), _table(track).get("max_awards")
        if isinstance(low, int) and isinstance(high, int) and low > high:
            yield _reversed(("tracks", name), "min_awards", "max_awards", str(low), str(high))
    for name, cap in _table(data.get("caps")).items():
        if "min" in _table(cap) and not _table(cap).get("names"):
            wanted = Text("names: 下限针对的组", "names: the groups that the least amount is for")
            yield Fault(NOT_AN_AMOUNT, ("caps", name, "min"), {"key": "min", "value": cap["min"], "wanted": wanted})  # fmt: skip
    discussion = _table(_table(data.get("line")).get("discussion"))
    sure, out = _share(discussion.get("sure", "95%")), _share(discussion.get("out", "5%"))
    if sure is not None and out is not None and out >= sure:
        yield _reversed(("line", "discussion"), "out", "sure", f"{out:.0%}", f"{sure:.0%}")
    if discussion.get("decide") == "lottery" and not discussion.get("lottery"):
        yield Fault(kinds.MISSING_KEY, ("line", "discussion"), {"key": "lottery"})


def _reversed(path: Path, low: str, high: str, least: str, most: str) -> Fault:
    name = ".".join(map(str, path))
    values = {"least": f"{name}.{low}", "most": f"{name}.{high}", "low": least, "high": most}
    return Fault(LEAST_ABOVE_MOST, (*path, low), values)


def _share(value: Any) -> float | None:
    read = read_sum(value)
    if read is None or read.unit not in ("", "%"):
        return None
    return float(read.number) / (100 if read.is_share else 1)


def _check_levels(data: dict[str, Any]) -> Iterator[Fault]:
    stages = [str(s.get("id")) for _, s in _rows(_table(data.get("budget")).get("stages"))]
    seen: dict[str, Path] = {}
    shares = []
    for i, level in _rows(data.get("levels")):
        name, path = str(level.get("id")), ("levels", i)
        if name in seen:
            yield Fault(kinds.REPEATED_ID, (*path, "id"), {"name": name, "line": seen[name]})
        seen.setdefault(name, (*path, "id"))
        shares.append(_share(level.get("share", 1)))
        parts = _rows(level.get("milestones"))
        paid = [read.number if read.is_share else read.number * 100 for _, m in parts if (read := read_sum(m.get("share"))) is not None]  # fmt: skip
        if parts and len(paid) == len(parts) and sum(paid) != Decimal(100):
            what = Text(f"{name} 各次拨付比例", f"the payments of {name}")
            values = {"what": what, "total": f"{sum(paid):f}%", "wanted": Text("100%", "100%")}
            yield Fault(SHARES_OFF, (*path, "milestones"), values)
        for j, milestone in parts:
            stage = milestone.get("stage")
            if stage is not None and str(stage) not in stages:
                what = Text("预算阶段", "stage of the budget")
                yield _unknown((*path, "milestones", j, "stage"), "stage", str(stage), what, stages)
    if shares and None not in shares and 1.0 not in shares:
        what = Text("没有比例为 100% 的全额档；各档", "no level is full funding; the levels")
        wanted = Text("其中一档 share: 100%", "one level with share: 100%")
        listed = [f"{s:.0%}" for s in shares if s is not None]
        total = Text("、".join(listed), ", ".join(listed))
        yield Fault(SHARES_OFF, ("levels",), {"what": what, "total": total, "wanted": wanted})  # fmt: skip


def _check_results(data: dict[str, Any]) -> Iterator[Fault]:
    required = [str(r) for r in data.get("required") or () if not isinstance(r, dict | list)]
    funded = {str(f.get("result")) for _, f in _rows(data.get("funded"))}
    for i, name in enumerate(required):
        if name in funded:
            first = Text(f"必须资助 {name}", f"{name} must be funded")
            second = Text(f"{name} 已获其他资助", f"{name} has its money already")
            yield Fault(CONTRADICTION, ("required", i), {"first": first, "second": second})
    for name, group in _table(data.get("exclusive")).items():
        members = [str(r) for r in _table(group).get("results") or ()]
        most = _table(group).get("most", 1)
        if (
            isinstance(most, int)
            and not isinstance(most, bool)
            and most >= len(dict.fromkeys(members))
        ):
            count = len(dict.fromkeys(members))
            why = Text(
                f"只有 {count} 项，允许资助 {most} 项",
                f"{count} results, of which {most} may be funded",
            )
            yield Fault(NO_EFFECT, ("exclusive", name), {"key": f"exclusive.{name}", "why": why})
        both = [m for m in members if m in required]
        if isinstance(most, int) and len(both) > most:
            first = Text(f"必须资助 {'、'.join(both)}", f"{', '.join(both)} must be funded")
            second = Text(f"其中至多资助 {most} 项", f"at most {most} of them may be")
            yield Fault(CONTRADICTION, ("exclusive", name), {"first": first, "second": second})  # fmt: skip


def _check_depends(data: dict[str, Any]) -> Iterator[Fault]:
    """Yield dependencies that go round in a circle: nobody in it could ever be first."""
    needs: dict[str, list[str]] = {}
    for i, bond in _rows(data.get("depends")):
        result, other = str(bond.get("result")), str(bond.get("needs"))
        back = _way(needs, other, result)
        if back:
            yield Fault(CYCLE, ("depends", i), {"chain": " → ".join([result, *back])})
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


def _check_lots(data: dict[str, Any]) -> Iterator[Fault]:
    """Yield public values that are no numbers, before workbooks are read for them."""
    lottery = _table(_table(_table(data.get("line")).get("discussion")).get("lottery"))
    values = lottery.get("values")
    for i, source in enumerate(values if isinstance(values, list) else ()):
        numbers = source if isinstance(source, list) else [source]
        wrong = [n for n in numbers if not _is_lot(n)]
        if wrong or not numbers:
            shown = str(wrong[0]) if wrong else "[]"
            path = ("line", "discussion", "lottery", "values", i)
            yield Fault(NOT_A_LOT, path, {"value": shown})


def _is_lot(value: Any) -> bool:
    """Whether a public value is a decimal number; a float would not keep what was published."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return False
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return False
    return number.is_finite() and not number.is_signed()


def _check_names(
    data: dict[str, Any], criteria: dict[str, Any], policy: Policy | None, lineage: tuple[str, ...]
) -> Iterator[Fault]:
    parts = outline(criteria)
    if data.get("criteria") not in (criteria.get("id"), *lineage):
        what = Text("指标体系（正在使用的是后者）", "criteria set in use")
        used = str(criteria.get("id"))
        yield _unknown(("criteria",), "criteria", str(data.get("criteria")), what, [used])
        return
    known = known_names(parts)
    for i, rule in _rows(data.get("eligible")):
        yield from check_condition(rule.get("when"), ("eligible", i, "when"), known)
    facts = [str(f.get("id")) for _, f in parts.facts]
    money = [str(f.get("id")) for _, f in parts.facts if f.get("type") == "money"]
    for key in ("requested", "cost"):
        if isinstance(data.get(key), str) and data[key] not in money:
            yield Fault(kinds.MONEY_FACT, (key,), {"key": key, "name": data[key]})
    column = Text("字段", "fact")
    if isinstance(data.get("track"), str) and data["track"] not in facts:
        yield _unknown(("track",), "track", data["track"], column, facts)
    if data.get("tracks") and not data.get("track"):
        yield Fault(kinds.MISSING_KEY, ("tracks",), {"key": "track"})
    for name, cap in _table(data.get("caps")).items():
        by = _table(cap).get("by")
        if isinstance(by, str) and by not in facts:
            yield _unknown(("caps", name, "by"), "by", by, column, facts)
    grades = parts.ids(parts.grades)
    grade = Text("等级", "grade")
    for path in (("least_grade",), ("next_round", "least_grade")):
        here: Any = data
        for step in path:
            here = _table(here).get(step)
        if isinstance(here, str) and here not in grades:
            yield _unknown(path, path[-1], here, grade, grades)
    gates = parts.ids(parts.gates)
    for i, name in enumerate(_list(data.get("gates"))):
        if isinstance(name, str) and name not in gates:
            yield _unknown(("gates", i), "gates", name, Text("门槛", "gate"), gates)
    yield from _check_tie_breaks(data, parts, known)
    if policy is not None:
        offered = {i.id for c in policy.grades.values() for i in c.instruments}
        for i, name in enumerate(_list(data.get("instruments"))):
            if name not in offered:
                what = Text("资金工具", "instrument")
                yield _unknown(("instruments", i), "instruments", str(name), what, sorted(offered))


def _check_tie_breaks(
    data: dict[str, Any], parts: Any, known: dict[str, KnownName]
) -> Iterator[Fault]:
    numeric = {n for n, k in known.items() if k.type not in ("category", "text", "yes_no", "date")}
    names = [*numeric, *parts.ids(parts.dimensions), "index", "requested"]
    for i, rule in _rows(data.get("tie_breaks")):
        by = rule.get("by")
        if isinstance(by, str) and by not in names:
            what = Text(
                "可比大小的指标、维度或字段", "indicator, dimension or fact that has a size"
            )
            yield _unknown(("tie_breaks", i, "by"), "by", by, what, names)


def _unknown(path: Path, key: str, name: str, what: Text, known: Iterable[str]) -> Fault:
    listed = list(known)
    near = nearest(name, listed)
    shown = [near] if near else listed[:_MOST_LISTED]
    more_zh, more_en = (" 等", ", ...") if not near and len(listed) > len(shown) else ("", "")
    wanted = Text(
        f"是否指 {near}？" if near else ("、".join(shown) or "—") + more_zh,
        f"did you mean {near}?" if near else (", ".join(shown) or "-") + more_en,
    )
    values = {"key": key, "name": name, "what": what, "wanted": wanted}
    return Fault(UNKNOWN_IN_CALL, path, values)
