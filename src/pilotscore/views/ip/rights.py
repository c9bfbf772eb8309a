"""IP rights: each with its state and periods, as a page, a table and a record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from pilotscore.document import (
    Block,
    Column,
    Gap,
    Lazily,
    Line,
    Listing,
    Marks,
    Row,
    Slot,
    Table,
    heading,
    more,
)
from pilotscore.language import BLANK, NOTHING, Text, Words, join, same
from pilotscore.rights.due import DueState
from pilotscore.rights.ip.states import IP_STATE_TITLES, IpState
from pilotscore.runs.ahead import last_days
from pilotscore.runs.ip import IpReport
from pilotscore.views import due as view
from pilotscore.views.due_table import records_of
from pilotscore.views.ip.secrets import checklist, checklist_of
from pilotscore.wording import words
from pilotscore.workbook.rights.words import KINDS

_STYLES = {
    IpState.IN_FORCE: "green",
    IpState.IN_GRACE: "yellow",
    IpState.APPLIED: "",
    IpState.UNPROVEN: "yellow",
    IpState.LAPSED: "red",
    IpState.EXPIRED: "red",
}
_RIGHTS = Text("权利", "Rights")
_CORE = Text("核心", "core")
_UNKNOWN_KIND = Text("类型不明", "kind unknown")
_ENDED = Text("自 {day} 起", "as of {day}")
_WINDOW = Text("滞纳期至 {day}", "fee window to {day}")
_EXPIRES = Text("期满 {day}", "expires {day}")
_IN_FILES = Text(
    "（-o 文件中有全部；给出编号可看一项）", " (-o FILE has them all; name one by its id)"
)
_NO_PERIODS = Text("没有可计算的期限", "no period can be worked out")


def state_of(report: IpReport, right: int) -> IpState:
    """Return how a right stands."""
    return IpState(int(report.assessment.states.state[right]))


def kind_of(report: IpReport, right: int) -> Words:
    """Return the kind of a right in words."""
    return KINDS.titles.get(str(report.assessment.ip.kind[right]), _UNKNOWN_KIND)


# ------------------------------------------------------------------------------------ the page

_SLOTS = (
    Slot(words.ID, most=14, narrow=10),
    Slot(Text("权利编号", "right"), most=24, narrow=19),
    Slot(Text("类型", "kind"), most=18, narrow=15),
    Slot(Text("状态", "state"), most=14),
    Slot(Text("名称", "title"), rest=True, loose=4),
)


def listing(report: IpReport, most: int) -> Iterator[Block]:
    """Yield the first rights, each with its state."""
    ip = report.assessment.ip
    yield heading(_RIGHTS, "bold cyan")
    rows = []
    for right in _first(report, most):
        state = state_of(report, right)
        said = (_day_of(report, right), ip.title[right], _core(report, right))
        cells = (
            ip.result[right] or view.NONE,
            ip.number[right] or view.NONE,
            kind_of(report, right),
        )
        pieces = tuple((cell, "") for cell in cells)
        shown = (IP_STATE_TITLES[state], _STYLES[state])
        rows.append(Row((*pieces, shown, (join(said, same(" · ")), ""))))
    yield Listing(_SLOTS, rows, head_style="dim", wrap=True)
    if len(ip) > most:
        yield more(len(ip) - most, _IN_FILES)


def _first(report: IpReport, most: int) -> list[int]:
    """Return the rights to list: all in their order, or of many those that need a look first."""
    state = report.assessment.states.state
    if len(state) <= most:
        return list(range(len(state)))
    core = report.assessment.ip.flags["core"] == 1
    rank = np.array([_LOOK.index(IpState(s)) for s in IpState])[state]
    order: list[int] = np.lexsort((rank, ~core))[:most].tolist()
    return order


# Which states need a look first, of a core right before any other.
_LOOK = (
    IpState.IN_GRACE,
    IpState.LAPSED,
    IpState.UNPROVEN,
    IpState.APPLIED,
    IpState.EXPIRED,
    IpState.IN_FORCE,
)


def _core(report: IpReport, right: int) -> Words:
    return _CORE if report.assessment.ip.flags["core"][right] == 1 else NOTHING


def _day_of(report: IpReport, right: int) -> Words:
    """Return the day that goes with the state of a right."""
    states = report.assessment.states
    for days, said in ((states.ended, _ENDED), (states.window, _WINDOW)):
        if not np.isnat(days[right]):
            return said.of(day=days[right])
    return NOTHING


def of_result(report: IpReport, result: int) -> Iterator[Block]:
    """Yield each right of a result with its periods, and the measures of a trade secret."""
    for right in report.rights_of(result).tolist():
        yield Gap()
        yield _heading_of(report, right)
        periods = report.periods_of(right)
        # An option that has passed takes nothing along: files have it.
        option = np.array([rule.option for rule in periods.rules], bool)[periods.rule]
        shown = periods.take(np.flatnonzero(~option | (periods.state == DueState.OPEN)))
        if len(shown):
            yield view.listing_of(shown.take(_by_day(shown)))
        else:
            yield Line(((_NO_PERIODS, "dim"),), indent=2)
    yield from checklist(report, result)


def _by_day(periods: Any) -> np.ndarray:
    """Return rows by day, those without one last."""
    return np.lexsort((periods.rule, periods.due))


def _heading_of(report: IpReport, right: int) -> Line:
    ip, state = report.assessment.ip, state_of(report, right)
    name = join(
        (ip.number[right], kind_of(report, right), ip.title[right], _core(report, right)), BLANK
    )
    until = report.assessment.states.expires[right]
    expires = NOTHING if np.isnat(until) else _EXPIRES.of(day=until)
    days = join((_day_of(report, right), expires), same(" · "))
    said = join((IP_STATE_TITLES[state], days), BLANK)
    return Line(((name, "bold cyan"), ("  ", ""), (said, _STYLES[state] or "bold")))


# ------------------------------------------------------------------------- tables and records

_STEPS = {IpState.IN_FORCE: 0, IpState.IN_GRACE: 3, IpState.UNPROVEN: 2, IpState.LAPSED: 4}
_COLUMNS = (
    Column("result", words.ID, width=14),
    Column("number", Text("权利编号", "number"), width=22),
    Column("kind", Text("类型", "kind"), width=16),
    Column("title", Text("名称", "title"), "wrap", 26),
    Column("owner", Text("权利人", "owner"), "wrap", 26),
    Column("core", _CORE, "centre", 8),
    Column(
        "state",
        Text("状态", "state"),
        width=14,
        paint=Marks(tuple((IP_STATE_TITLES[s], n) for s, n in _STEPS.items())),
    ),
    Column("ended", Text("失效日", "ended on"), width=12),
    Column("window", Text("滞纳期止", "fee window to"), width=12),
    Column("expires", Text("期满日", "expires"), width=12),
    Column("lost_by", Text("失权事由", "lost by"), "wrap", 26),
    Column("stated", Text("所填法律状态", "status as stated"), width=14),
    Column("cell", Text("单元格", "cell"), width=26),
)


def rights_table(report: IpReport) -> Table:
    """Return a row for each right."""
    places: Sequence[int] = range(len(report.assessment.ip))
    if report.only is not None:
        places = report.rights_of(report.only).tolist()
    return Table(_COLUMNS, Lazily(places, lambda right: _cells(report, right)))


def _cells(report: IpReport, right: int) -> list[Any]:
    ip, states = report.assessment.ip, report.assessment.states
    core = {1: words.YES, 0: words.NO}.get(int(ip.flags["core"][right]))
    days = (states.ended[right], states.window[right], states.expires[right])
    return [
        ip.result[right] or None,
        ip.number[right] or None,
        kind_of(report, right),
        ip.title[right] or None,
        ip.owner[right] or None,
        core,
        IP_STATE_TITLES[state_of(report, right)],
        *(None if np.isnat(day) else str(day) for day in days),
        _lost_by(report, right),
        ip.status[right] or None,
        str(ip.at.place(right)),
    ]


def _lost_by(report: IpReport, right: int) -> Words | None:
    row = int(report.assessment.states.lost_by[right])
    return None if row < 0 else view.title(report.assessment.due.row_of(row))


def record(report: IpReport) -> dict[str, Any]:
    """Return the rights of each result with every period, every day in ISO form."""
    due = records_of(report.ahead.due, report.ahead.act)
    until = report.ahead.until
    return {
        "as_of": report.manifest.as_of,
        "note": view.NOT_ADVICE,
        "results": Lazily(report.results, lambda result: _record_of(report, result)),
        "due": due,
        "due_until": None if until is None else until.isoformat(),
        "manifest": report.manifest.to_dict(),
    }


def _record_of(report: IpReport, result: int) -> dict[str, Any]:
    results = report.assessment.results
    facts = {name: _FACTS[int(values[result])] for name, values in results.facts.items()}
    return {
        "id": results.result[result] or None,
        "core_in_force": _count(results.core_valid[result]),
        "core_in_fee_window": _count(results.core_in_grace[result]),
        "core_lapsed": _count(results.core_lapsed[result]),
        "facts": facts,
        "rights": [_right_record(report, r) for r in report.rights_of(result).tolist()],
        "secrecy_measures": checklist_of(report, result),
    }


_FACTS = {1: True, 0: False, -1: None}


def _count(value: float) -> int | None:
    return None if np.isnan(value) else int(value)


def _right_record(report: IpReport, right: int) -> dict[str, Any]:
    cells = dict(zip((c.key for c in _COLUMNS), _cells(report, right), strict=True))
    periods = report.periods_of(right)
    ip = report.assessment.ip
    return cells | {
        "kind": ip.kind[right] or None,
        "core": _FACTS[int(ip.flags["core"][right])],
        "state": state_of(report, right).name.lower(),
        "periods": list(records_of(periods, last_days(periods, report.as_of))),
    }
