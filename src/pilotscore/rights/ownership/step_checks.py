"""Checks of the steps: their order, the register, filing of licences, idle results."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from pilotscore.arrays import Ints
from pilotscore.language import Text
from pilotscore.rights.counting import add_months, moved
from pilotscore.rights.ownership import kinds
from pilotscore.rights.ownership.figures import nearest_rule
from pilotscore.rights.ownership.hits import Hits, Work, hits, row_hits
from pilotscore.rights.ownership.rows import NO_DAY, codes_of
from pilotscore.workbook.rights.records import Dates, RowPlaces

# Steps of which one follows the other: the end of the first, the start of the second.
_IN_ORDER = (
    ("decided", "published"),
    ("published", "vested"),
    ("published", "executed"),
    ("decided", "executed"),
    ("vested", "executed"),
    ("executed", "received"),
    ("received", "distributed"),
)
_MAY_ACT = Text("完成人可依规定实施", "the inventors may act")
_MAY_KEEP = Text("完成人可依规定实施并取得收益", "the inventors may act and keep the income")
# Of these one day for both leaves it open which came first; the others may well share a day.
_APART = {("decided", "published"), ("published", "vested"), ("published", "executed")}
_DAY_OF_STEP = Text("步骤日期", "the day of the step")
_DAY_OF_DOCUMENT = Text("凭证日期", "the day of the document")
_DAY_OF_PAYMENT = Text("收付日期", "the day of the payment")
_START, _END = Text("{step}开始", "{step}: start"), Text("{step}结束", "{step}: end")


def step_hits(work: Work) -> Iterator[Hits]:
    """Give what the checks of the steps come upon."""
    for first, second in _IN_ORDER:
        yield from _order(work, first, second)
    yield from _publicity_order(work)
    yield _register(work)
    yield from _licence_filing(work)
    yield _dormant(work)
    yield from _ahead(work)


def _order(work: Work, first: str, second: str) -> Iterator[Hits]:
    steps, states = work.facts.steps, work.progress.machine.states
    before, after = steps[first].end, steps[second].start
    titles = (states[first].title, states[second].title)
    rule = work.rule("CN-order" if {"decided", "published"} & {first, second} else "CN-dates")
    for hit in _pair(work, before, after, second, titles, rule):
        if hit.kind is kinds.BACKWARDS or (first, second) in _APART:
            yield hit


def _ahead(work: Work) -> Iterator[Hits]:
    """Give the days of steps, documents and payments that lie after the day of evaluation."""
    steps, paid, results = work.read.steps, work.read.distributions, work.facts.results
    columns: list[tuple[RowPlaces, Ints, str, Dates, Text]] = []
    if steps is not None:
        columns.append((steps.at, results.steps, "start", steps.start, _DAY_OF_STEP))
        written = (steps.at, results.steps, "document_date", steps.document_date, _DAY_OF_DOCUMENT)
        columns.append(written)
    if paid is not None:
        was = np.where(paid.agreed == 1, NO_DAY, paid.date)
        columns.append((paid.at, results.distributions, "date", was, _DAY_OF_PAYMENT))
    rule = work.rule("CN-dates")
    for sheet, of, role, day, what in columns:
        values: dict[str, Any] = {
            "what": [what] * len(day),
            "day": day,
            "as_of": [work.as_of] * len(day),
        }
        yield row_hits(kinds.DAY_AHEAD, day > work.as_of, of, rule, sheet, role, **values)


def _publicity_order(work: Work) -> Iterator[Hits]:
    step, title = work.facts.steps["published"], work.progress.machine.states["published"].title
    titles = (Text(*_both(_START, title)), Text(*_both(_END, title)))
    one_day = step.start == step.end  # what takes a day is short, which is another finding
    ends = np.where(one_day, NO_DAY, step.end)
    yield from _pair(work, step.start, ends, "published", titles, work.rule("CN-order"))


def _both(words: Text, step: Text) -> tuple[str, str]:
    return words.fill("zh", step=step), words.fill("en", step=step)


def _pair(
    work: Work, before: Dates, after: Dates, step: str, titles: tuple[Text, Text], rule: Ints
) -> Iterator[Hits]:
    n = len(work.facts)
    values: dict[str, Any] = {
        "first": [titles[0]] * n,
        "second": [titles[1]] * n,
        "first_day": before,
        "second_day": after,
    }
    cells = work.of_step(step)
    yield hits(kinds.BACKWARDS, after < before, rule, cells, **values)
    yield hits(kinds.SAME_DAY, after == before, rule, cells, **values)


def _register(work: Work) -> Hits:
    """Hold the register against the contract: that of the grant, or where none is, the sale."""
    facts = work.facts
    steps, registered = facts.steps, facts.steps["registered"]
    contract = np.where(steps["vested"].stated, steps["vested"].end, steps["executed"].start)
    changed = np.isin(facts.mode, ("transfer", "shares")) | steps["vested"].stated
    early = changed & (registered.start < contract)
    values: dict[str, Any] = {"first_day": contract, "second_day": registered.start}
    cells = work.of_step("registered")
    return hits(kinds.REGISTERED_BEFORE, early, work.rule("CN-register"), cells, **values)


def licence_filed(work: Work) -> Dates:
    """Return the day on which the licence of each result was filed, by steps or IP rights."""
    step, ip = work.facts.steps["registered"], work.read.ip
    filed = np.where(work.facts.mode == "licence", step.start, NO_DAY)
    if ip is None:
        return filed
    at = codes_of(ip.result, work.facts.results.place)
    day = ip.dates["licence_filed"]
    known = (at >= 0) & ~np.isnat(day)
    of_ip = np.full(len(filed), NO_DAY)
    of_ip[at[known]] = day[known]
    return np.where(np.isnat(filed), of_ip, filed)


def _licence_filing(work: Work) -> Iterator[Hits]:
    facts, executed = work.facts, work.facts.steps["executed"]
    rule = facts.regimes.pick("licence_filing", nearest_rule)
    due = _due(work, rule, executed.start)
    done = licence_filed(work)
    late, missing = done > due, np.isnat(done) & (due < work.as_of)
    values: dict[str, Any] = {"done": done, "due": due}
    cells = work.of_step("executed")
    yield hits(kinds.FILED_LATE, late, rule, cells, **values)
    yield hits(kinds.NOT_FILED, missing, rule, cells, **values)


def _due(work: Work, rule: Ints, start: Dates) -> Dates:
    """Return the last day of the months of each rule, moved to a working day."""
    months = work.facts.regimes.figure(rule, "months")
    known = ~np.isnan(months) & ~np.isnat(start)
    raw = add_months(start, np.where(known, months, 0).astype(np.int64))
    return np.where(known, moved(raw, work.calendar).moved, NO_DAY)


def _dormant(work: Work) -> Hits:
    facts = work.facts
    rule = facts.regimes.pick("dormant", nearest_rule)
    funded = np.array([r.funded for r in facts.regimes.rules])[rule]
    since = _idle_since(work)
    idle = add_months(since, 12) < work.as_of
    free = ~work.progress.reached["executed"] & ~work.progress.reached["lapsed"]
    concerned = (rule >= 0) & (~funded | (facts.flags["publicly_funded"] == 1))
    mask = idle & free & concerned
    kept = np.array([r.keeps_income for r in facts.regimes.rules])[rule]
    may = [_MAY_KEEP if keeps else _MAY_ACT for keeps in kept]
    return hits(kinds.DORMANT, mask, rule, work.of_case("last_progress"), since=since, may=may)


def _idle_since(work: Work) -> Dates:
    """Return since when each result is idle: its last progress, else its protection."""
    facts = work.facts
    protected = _granted(work, facts.steps["protected"].end)
    return np.where(np.isnat(facts.dates["last_progress"]), protected, facts.dates["last_progress"])


def _granted(work: Work, protected: Dates) -> Dates:
    """Return the last grant or registration of a right of each result, else the step's own day."""
    ip = work.read.ip
    last: Dates = np.full(len(protected), NO_DAY)
    if ip is not None:
        at = codes_of(ip.result, work.facts.results.place)
        for name in ("granted", "registered"):
            day = ip.dates[name]
            known = (at >= 0) & ~np.isnat(day)
            last = _later(last, at[known], day[known])
    return np.where(np.isnat(last), protected, last)


def _later(days: Dates, at: Ints, others: Dates) -> Dates:
    order = np.argsort(others, kind="stable")
    aligned = np.full(len(days), NO_DAY)
    aligned[at[order]] = others[order]
    return np.fmax(days, aligned)
