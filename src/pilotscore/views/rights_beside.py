"""What sheets of rights say beside a score: what was derived, how far it is, what is due."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from pilotscore.document import Block, Column, Fact, Gap, Line, heading
from pilotscore.index import Assessment
from pilotscore.language import COLON, NOTHING, Text, Words, join
from pilotscore.rights.due import STATE_TITLES, DueRule, DueState
from pilotscore.runs.rights_outlook import Outlook, outlook_of
from pilotscore.views import due as dates
from pilotscore.views.due_table import record_of
from pilotscore.wording import figures

MOST_DUE = 4
_DERIVED = Text("¶ 由权属表推得", "¶ derived from the sheets of rights")
_RIGHTS = Text("权属与期限", "Rights and dates")
_STAGE = Text("进程", "Progress")
_SOON = Text("90 天内到期或已过期", "due within 90 days or past")
_MORE = Text("另有 {count} 项：pilotscore rights --due", "{count} more: pilotscore rights --due")
_NONE_SOON = Text("没有到期事项", "nothing is due")
_LISTED = Text("{day} {title}（{state}）", "{day} {title} ({state})")
_AND_MORE = Text("另 {count} 项", "{count} more")
_STATED = Text("填报 {said}", "stated {said}")
_ONLY = Text("只证明 {value}（{why}）", "only {value} is shown ({why})")
_NOT_DERIVED = Text("不能推得：{why}", "not derived: {why}")


# ------------------------------------------------------------------------------------ the page


def page(a: Assessment, i: int) -> Iterator[Block]:
    """Say what was derived of a result, how far its rights have come, and what is due soon."""
    yield from _derived(a, i)
    outlook, state = outlook_of(a), a.measurements.rights
    if outlook is None or state is None or not state.known[i]:
        return
    yield Gap()
    yield heading(_RIGHTS)
    if (stage := state.stage(i)) != NOTHING:
        yield Fact(_STAGE, stage, 2)
    name = a.measurements.ids[i]
    first = outlook.of(name, MOST_DUE)
    if not first:
        yield Fact(_SOON, _NONE_SOON, 2)
    for n, (day, due) in enumerate(first):
        style = dates.STATE_STYLES[due.state]
        yield Fact(_SOON, _item(day, due.rule, due.part, due.state), 2, style, continues=n > 0)
    if (rest := outlook.count(name) - len(first)) > 0:
        yield Fact("", _MORE.of(count=rest), 2, "dim")
    yield Line(((dates.NOT_ADVICE, "dim"),))


def _derived(a: Assessment, i: int) -> Iterator[Block]:
    """Say what was derived from which rows, and what could not be."""
    said = list(_said(a, i))
    if said:
        yield Gap()
        yield heading(_DERIVED)
    for title, text, is_derived in said:
        yield Fact(title, text, 2, "" if is_derived else "yellow")


def _said(a: Assessment, i: int) -> Iterator[tuple[Text, Words, bool]]:
    m = a.measurements
    for indicator in a.criteria.indicators:
        column = m.derived.get(indicator.id)
        if column is None or m.rights is None or not m.rights.known[i]:
            continue
        stated = float(column.stated[i])
        claim = [] if stated != stated else [_STATED.of(said=figures.stated(indicator, stated))]
        if column.given[i]:
            value = figures.stated(indicator, float(column.value[i]))
            from_ = column.figure.said(i)
            parts = [value, *([from_] if from_ != NOTHING else []), *claim]
            yield indicator.title, join(parts), True
        elif (why := column.figure.reasons[int(column.figure.why[i])]) != NOTHING:
            shown = float(column.shown[i])
            said = _NOT_DERIVED.of(why=why)
            if shown == shown:
                said = _ONLY.of(value=figures.stated(indicator, shown), why=why)
            yield indicator.title, join([said, *claim]), False


def below(a: Assessment, i: int) -> Iterator[Fact]:
    """Say below the line of a result in a list how far its rights are, and what is due soon."""
    if (said := short(a, i)) != NOTHING:
        yield Fact(_RIGHTS, said, 5)


def short(a: Assessment, i: int) -> Words:
    """Say in one line how far the rights of a result have come, and what is due first."""
    state, outlook = a.measurements.rights, outlook_of(a)
    if state is None or outlook is None or not state.known[i]:
        return NOTHING
    parts = (state.stage(i), due_soon(outlook, a.measurements.ids[i]))
    return join(p for p in parts if p != NOTHING) or NOTHING


def _item(day: str, rule: DueRule, part: int, state: DueState) -> Words:
    return _LISTED.of(day=day, title=dates.title_of(rule, part), state=STATE_TITLES[state])


def due_soon(outlook: Outlook, result: str) -> Words:
    """Say what is due first of a result, and how much more is; nothing where nothing is."""
    first = outlook.first(result)
    if first is None:
        return NOTHING
    said = _item(*first)
    rest = outlook.count(result) - 1
    return said if not rest else join((said, _AND_MORE.of(count=rest)))


# ------------------------------------------------------------------------ tables and records


def columns(a: Assessment) -> Iterator[Column]:
    """Yield the columns of a table of results that its sheets of rights add; none without any."""
    if a.measurements.rights is not None:
        yield Column("rights_stage", join((_RIGHTS, _STAGE), COLON), "wrap", 26)
        yield Column("rights_due", join((_RIGHTS, _SOON), COLON), "wrap", 30)


def cells(a: Assessment, i: int) -> Iterator[Words]:
    """Yield the cells of those columns for a result."""
    state, outlook = a.measurements.rights, outlook_of(a)
    if state is not None and outlook is not None:
        yield state.stage(i) if state.known[i] else NOTHING
        yield due_soon(outlook, a.measurements.ids[i])


def record(a: Assessment, i: int) -> dict[str, Any]:
    """Return what was derived of a result and what is due soon, under its keys; {} without."""
    m, outlook = a.measurements, outlook_of(a)
    if m.rights is None or outlook is None:
        return {}
    facts = {name: str(values[i]) or None for name, values in m.rights.facts.items()}
    return {
        "rights": {
            "known": bool(m.rights.known[i]),
            "stage": m.rights.stage(i),
            "facts": facts,
            "derived": [_derived_record(a, i, name) for name in m.derived],
            "due": [
                record_of(due, np.datetime64(day))
                for day, due in outlook.of(m.ids[i], outlook.count(m.ids[i]))
            ],
            "note": dates.NOT_ADVICE,
        }
    }


def _derived_record(a: Assessment, i: int, name: str) -> dict[str, Any]:
    column = a.measurements.derived[name]
    why = column.figure.reasons[int(column.figure.why[i])]
    return {
        "indicator": name,
        "value": figures.rounded(float(column.value[i])),
        "stated": figures.rounded(float(column.stated[i])),
        "counts": bool(column.given[i]),
        "proven": bool(column.proven[i]),
        "from": column.figure.said(i) if column.given[i] else None,
        "not_derived": None if column.given[i] or why == NOTHING else why,
    }
