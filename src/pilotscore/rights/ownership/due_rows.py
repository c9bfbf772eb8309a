"""What is due of each result by the rules of ownership, as rows of `DueColumns`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from pilotscore.arrays import Bools, Codes, Floats, Ints
from pilotscore.criteria.legal.regions import Rule
from pilotscore.language import NOTHING, Text, Words
from pilotscore.records import dataclass
from pilotscore.rights.counting import add_months, moved
from pilotscore.rights.due import DueColumns, DueRule, DueState, due_columns, joined
from pilotscore.rights.ownership.company_checks import half_tax_due
from pilotscore.rights.ownership.figures import nearest_rule
from pilotscore.rights.ownership.hits import Cells, Work
from pilotscore.rights.ownership.money_checks import reward_due
from pilotscore.rights.ownership.payments import cells_of, received_day, rewarded_day
from pilotscore.rights.ownership.rows import NO_DAY
from pilotscore.rights.ownership.step_checks import licence_filed
from pilotscore.workbook.rights.records import Dates

_MONTH = np.timedelta64(1, "M")


@dataclass(frozen=True, slots=True)
class _Act:
    """What a kind of act has that its rule does not say."""

    title: Text
    actor: Text
    document: Text
    effect: Text
    trigger: Text


_CLAIM = _Act(
    Text("债权兑现", "Settlement of a claim"),
    Text("企业", "enterprise"),
    Text("兑现凭证", "proof of settlement"),
    Text("逾期，可追究违约责任", "overdue: breach of contract"),
    Text("约定到期日", "agreed day"),
)
_FILING = _Act(
    Text("许可合同备案", "Filing of a licence"),
    Text("技术转移机构", "transfer office"),
    Text("备案证明", "proof of filing"),
    Text("未备案不得对抗善意第三人", "no effect against third parties in good faith"),
    Text("许可合同生效", "the licence took effect"),
)
_PUBLICITY = _Act(
    Text("公示期满", "End of publicity"),
    Text("技术转移机构", "transfer office"),
    Text("公示材料与异议记录", "publicity and record of objections"),
    Text("期满前不得签约", "no contract before"),
    Text("公示开始", "start of publicity"),
)
_PAID_IN = _Act(
    Text("出资缴足", "Capital paid in"),
    Text("企业", "enterprise"),
    Text("出资证明", "proof of payment"),
    Text("股东应补足并可能失权", "to be made up; the share may be forfeited"),
    Text("公司成立", "the company was founded"),
)
_REWARD = _Act(
    Text("支付奖酬", "Payment of the reward"),
    Text("单位", "the unit"),
    Text("支付凭证", "proof of payment"),
    Text("违反地方条例", "against the regulations of the region"),
    Text("收入到账", "receipt of the income"),
)
_HALF_TAX = _Act(
    Text("现金奖励减半计税期限", "Cash reward taxed by half"),
    Text("单位", "the unit"),
    Text("支付凭证与合同登记证明", "proof of payment and registered contract"),
    Text("奖励全额计税", "the reward is taxed in full"),
    Text("收入到账", "receipt of the income"),
)
_REPORT = _Act(
    Text("转化年度报告", "Yearly report on transformation"),
    Text("单位", "the unit"),
    Text("年度报告", "yearly report"),
    Text("责令改正，情节严重的通报批评", "order to correct; public criticism"),
    Text("上一年度转化", "transformation in the year before"),
)
_NEEDS_START = Text("待公示开始日期", "needs the day on which publicity starts")
_NEEDS_DAY = Text("待约定到期日", "needs the agreed day")


def due_rows(work: Work) -> DueColumns | None:
    """Return what is due of each result on the day of evaluation; None where nothing is."""
    parts = [part for part in _parts(work) if part is not None and len(part)]
    return joined(parts) if parts else None


def _parts(work: Work) -> Iterator[DueColumns | None]:
    yield _claims(work)
    yield _publicity(work)
    facts, steps = work.facts, work.facts.steps
    rule = facts.regimes.pick("licence_filing", nearest_rule)
    signed = np.where(rule >= 0, steps["executed"].start, NO_DAY)
    filed = licence_filed(work)
    raw = add_months(signed, 3)
    yield _rows(work, _FILING, rule, work.of_step("executed"), signed, raw, filed)
    founded = np.where(facts.mode == "shares", facts.dates["company_founded"], NO_DAY)
    paid = facts.dates["paid_in"]
    cells, rule = work.of_case("paid_in"), work.rule("CN-paid-in")
    yield _rows(work, _PAID_IN, rule, cells, founded, add_months(founded, 60), paid)
    received, paid = received_day(work), rewarded_day(work)
    reward, by_law = reward_due(work)
    half, by_tax = work.rule("CN-half-tax"), half_tax_due(work)
    for cells in cells_of(work, "received", "income"):
        yield _rows(work, _REWARD, reward, cells, received, by_law, paid)
        yield _rows(work, _HALF_TAX, half, cells, received, by_tax, paid)
    yield from _reports(work)


def _rows(
    work: Work, act: _Act, rule: Ints, cells: Cells, start: Dates, raw: Dates, done: Dates
) -> DueColumns | None:
    """Return a row for each result that has a last day for an act."""
    known = np.flatnonzero(~np.isnat(raw) & (rule >= 0) & (cells.row >= 0))
    if cells.sheet is None or not len(known):
        return None
    ends = moved(raw[known], work.calendar)
    held, done = _done_by(done[known], work.as_of)
    columns = {
        "trigger": start[known],
        "raw": raw[known],
        "moved": ends.moved,
        "unconfirmed": ends.unconfirmed,
        "done": done,
        "state": _states(ends.moved, held, done, work.as_of),
    }
    where = (cells.row[known], cells.sheet)
    return _columns(work, act, rule[known], known, where, cells.role, columns)


def _done_by(done: Dates, as_of: np.datetime64) -> tuple[Bools, Dates]:
    """Return which acts were done by a day, and when."""
    held = ~np.isnat(done) & (done <= as_of)
    return held, np.where(held, done, NO_DAY)


def _states(due: Dates, held: Bools, done: Dates, as_of: np.datetime64) -> Codes:
    """Return how each act stands: past its day without proof it is unproven, not undone."""
    state = np.where(due >= as_of, int(DueState.OPEN), int(DueState.UNPROVEN))
    in_time = held & (done <= due)
    state = np.where(held, np.where(in_time, int(DueState.DONE), int(DueState.LAPSED)), state)
    return state.astype(np.int8)


def _columns(
    work: Work,
    act: _Act,
    rule: Ints,
    result: Ints,
    where: tuple[Ints, Any],
    role: str | None,
    columns: dict[str, Any],
) -> DueColumns:
    used, codes = np.unique(rule, return_inverse=True)
    rules = [_rule(work, work.facts.regimes.rules[i], act) for i in used]
    rows, sheet = where
    return due_columns(
        rules,
        sheet,
        result=work.facts.results.ids[result],
        rule=codes,
        row=rows,
        triggers=(act.trigger,),
        roles=(role,),
        **columns,
    )


def _rule(work: Work, rule: Rule, act: _Act) -> DueRule:
    regulations = work.facts.regimes.regulations
    source = regulations.source(rule)
    return DueRule(
        id=rule.id,
        title=act.title,
        source=Text(source.to("zh"), source.to("en")),
        actor=act.actor,
        document=act.document,
        effect=act.effect,
        region=regulations.region_of_rule[rule.id].id,
        as_of=regulations.as_of(rule),
        status=rule.status,
    )


def _claims(work: Work) -> DueColumns | None:
    """Return a row for each claim: what is owed instead of a share."""
    parties, at = work.read.parties, work.facts.results.parties
    if parties is None:
        return None
    rows = np.flatnonzero(parties.claim > 0)
    raw = parties.claim_due[rows]
    ends = moved(raw, work.calendar)
    held, done = _done_by(parties.claim_settled[rows], work.as_of)
    state = _states(ends.moved, held, done, work.as_of)
    state[np.isnat(raw) & ~held] = int(DueState.PENDING)
    state[np.isnat(raw) & held] = int(DueState.DONE)
    triggers = _tuple_of(parties.claim_trigger[rows])
    currencies, currency = _coded([c or "CNY" for c in parties.currency[rows]])
    waiting: tuple[Words, ...] = (NOTHING, _NEEDS_DAY)
    notes, note = triggers
    columns = {
        "raw": raw,
        "moved": ends.moved,
        "unconfirmed": ends.unconfirmed,
        "done": done,
        "state": state,
        "amount": parties.claim[rows],
        "currencies": currencies,
        "currency": currency,
        "waiting": waiting,
        "waits": np.where(np.isnat(raw) & ~held, 1, 0),
        "notes": notes,
        "note": note,
    }
    rule = work.rule("CN-claim")[: len(work.facts)][at[rows]]
    return _columns(work, _CLAIM, rule, at[rows], (rows, parties.at), "claim_due", columns)


def _tuple_of(texts: np.ndarray[Any, Any]) -> tuple[tuple[Words, ...], Ints]:
    """Return texts as words in both languages, each once, the first nothing."""
    members, codes = _coded(["", *texts])
    return tuple(Text(m, m) for m in members), codes[1:]


def _coded(texts: list[str]) -> tuple[tuple[str, ...], Ints]:
    place: dict[str, int] = {}
    codes = np.array([place.setdefault(t, len(place)) for t in texts], np.int64)
    return tuple(place) or ("",), codes


def _publicity(work: Work) -> DueColumns | None:
    """Return the first day on which each publicity may end, which moves over no holiday."""
    publicity, step = work.publicity, work.facts.steps["published"]
    default = work.rule("CN-price-publicity")
    rule = np.where(publicity.rule >= 0, publicity.rule, default)
    known = np.flatnonzero(~np.isnat(publicity.due) & step.stated)
    cells = work.of_step("published", "end")
    if cells.sheet is None or not len(known):
        return None
    due, end = publicity.due[known], publicity.end[known]
    passed = (due <= work.as_of) & (np.isnat(end) | (end >= due) | (end > work.as_of))
    short = ~np.isnat(end) & (end < due) & (end <= work.as_of)
    state = np.where(passed, int(DueState.DONE), int(DueState.OPEN))
    state = np.where(short, int(DueState.LAPSED), state).astype(np.int8)
    columns = {
        "trigger": publicity.start[known],
        "raw": due,
        "moved": due,
        "unconfirmed": publicity.unconfirmed[known],
        "state": state,
        "done": np.where(passed, due, NO_DAY),
    }
    where = (step.rows[known], cells.sheet)
    return _columns(work, _PUBLICITY, rule[known], known, where, cells.role, columns)


def _reports(work: Work) -> Iterator[DueColumns | None]:
    """Return the next yearly report of state units with something transformed to report."""
    facts = work.facts
    rule = facts.regimes.pick("yearly_report", _with_a_day)
    year = work.as_of.astype("M8[Y]")
    months, days = (facts.regimes.figure(rule, name) for name in ("month", "day"))
    due = _day_of(year, months, days)
    due = np.where(due < work.as_of, _day_of(year + np.timedelta64(1, "Y"), months, days), due)
    reported = due.astype("M8[Y]") - np.timedelta64(1, "Y")
    last = np.fmax(facts.steps["executed"].start, facts.steps["received"].start)
    concerned = ~np.isnat(last) & (last.astype("M8[Y]") == reported) & (last <= work.as_of)
    raw = np.where(concerned, due, NO_DAY)
    nothing = np.full(len(facts), NO_DAY)
    signed, paid = work.of_step("executed"), work.of_step("received")
    for cells in (signed, paid._replace(row=np.where(signed.row >= 0, -1, paid.row))):
        yield _rows(work, _REPORT, rule, cells, last, raw, nothing)


def _with_a_day(rules: Any) -> Rule | None:
    return next((rule for rule in rules if rule.month is not None), None)


def _day_of(year: np.datetime64, months: Floats, days: Floats) -> Dates:
    known = ~np.isnan(months) & ~np.isnan(days)
    month = year.astype("M8[M]") + (np.where(known, months, 1) - 1).astype("m8[M]")
    day: Dates = month.astype("M8[D]") + (np.where(known, days, 1) - 1).astype("m8[D]")
    return day
