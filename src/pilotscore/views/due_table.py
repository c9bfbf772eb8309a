"""What is due as tables and records: worked out column by column, as there may be millions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from pilotscore.document import Column, Lazily, Marks, Table
from pilotscore.findings import Place
from pilotscore.language import LISTED, NOTHING, Text, Words, join
from pilotscore.rights.due import STATE_TITLES, Due, DueColumns, DueRule, DueState, state_title_of
from pilotscore.runs.ahead import Ahead
from pilotscore.views.due import ACTOR, DOCUMENT, day, title_of
from pilotscore.wording import words
from pilotscore.workbook.rights.records import Dates

_STEPS = {DueState.DONE: 0, DueState.IN_GRACE: 3, DueState.UNPROVEN: 2, DueState.LAPSED: 4}
_MARKS = Marks(tuple((STATE_TITLES[s], n) for s, n in _STEPS.items()))
_DUE, _GRACE = Text("期限届满日", "due"), Text("宽限期止", "window to")
_RESTORABLE = Text("可请求恢复至", "restorable to")
COLUMNS = (
    Column("act", Text("最迟办理日", "act by"), width=12),
    Column("state", Text("状态", "state"), width=11, paint=_MARKS),
    Column("result", words.ID, width=12),
    Column("right", Text("权利编号", "right"), width=20),
    Column("what", Text("事项", "what"), "wrap", 30),
    Column("due", _DUE, width=12),
    Column("unconfirmed", Text("放假安排未定的日期", "holidays not settled"), "wrap", 14),
    Column("grace", _GRACE, width=12),
    Column("surcharge", Text("滞纳金 %", "surcharge %"), "amount", 10),
    Column("restorable", _RESTORABLE, width=12),
    Column("waits", Text("待定原因", "waits for"), "wrap", 18),
    Column("actor", ACTOR, "wrap", 14),
    Column("document", DOCUMENT, "wrap", 20),
    Column("effect", Text("逾期后果", "If it is missed"), "wrap", 28),
    Column("source", Text("依据", "Source"), "wrap", 28),
    Column("done", Text("办理日", "done on"), width=12),
    Column("trigger", Text("起算日", "trigger"), width=12),
    Column("trigger_title", Text("起算事由", "what it runs from"), "wrap", 16),
    Column("raw", Text("未顺延的届满日", "as counted"), width=12),
    Column("moved", Text("顺延后", "moved"), width=12),
    Column("amount", Text("金额", "amount"), "amount", 14),
    Column("currency", Text("币种", "currency"), width=8),
    Column("note", Text("说明", "note"), "wrap", 30),
    Column("rule", Text("规则", "rule"), width=20),
    Column("region", Text("地区", "region"), width=10),
    Column("rule_as_of", Text("规则核对日", "rule as of"), width=12),
    Column("status", Text("规则状态", "status of the rule"), width=12),
    Column("cell", Text("单元格", "cell"), width=40),
)
# What is printed of them: up to the source.
PRINTED = 15
_KEYS = tuple(column.key for column in COLUMNS)
_STATUS = {"in force": Text("现行", "in force"), "to verify": Text("待核对", "to verify")}
_CHUNK = 10_000
_DAYS = ("due", "grace", "restorable", "done", "trigger", "raw", "moved")
# What a rule says of each of its rows.
_OF_RULE: dict[str, Callable[[DueRule], Any]] = {
    "actor": lambda rule: _said(rule.actor),
    "document": lambda rule: _said(rule.document),
    "effect": lambda rule: _said(rule.effect),
    "source": lambda rule: rule.source,
    "rule": lambda rule: rule.id,
    "region": lambda rule: rule.region,
    "rule_as_of": lambda rule: rule.as_of or None,
    "status": lambda rule: _STATUS.get(rule.status, rule.status),
}


def table_ahead(ahead: Ahead) -> Table:
    """Return a row for each thing that is ahead, by its day."""
    return table_of(ahead.due, ahead.act)


def table_of(dues: DueColumns, act: Dates) -> Table:
    """Return a row for each row of what is due; ``act`` is the last day to act of each."""
    return Table(COLUMNS, DueRows(dues, act))


class DueRows(Sequence[Any]):
    """The rows of a table of what is due, some thousands at a time.

    Parameters
    ----------
    dues
        What is due.
    act
        The last day on which something can still be done, of each row.
    """

    def __init__(self, dues: DueColumns, act: Dates) -> None:
        self._dues, self._act = dues, act

    def __len__(self) -> int:
        return len(self._act)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        for first in range(0, len(self), _CHUNK):
            rows = np.arange(first, min(first + _CHUNK, len(self)))
            yield from _rows(self._dues.take(rows), self._act[rows])

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            rows = np.arange(len(self))[place]
            return DueRows(self._dues.take(rows), self._act[rows])
        (row,) = self[place : place + 1 or None]
        return row


def _rows(dues: DueColumns, act: Dates) -> Iterator[tuple[Any, ...]]:
    """Yield rows, worked out column by column."""
    rules = dues.rule.tolist()
    parts = dues.part.tolist()
    pairs = list(zip(rules, parts, strict=True))
    titles = {(rule, part): title_of(dues.rules[rule], part) for rule, part in set(pairs)}
    states = list(zip(dues.state.tolist(), rules, strict=True))
    named = {(s, rule): state_title_of(DueState(s), dues.rules[rule]) for s, rule in set(states)}
    columns: dict[str, list[Any]] = {name: _texts(getattr(dues, name)) for name in _DAYS}
    columns |= {"act": _texts(act)}
    columns |= {name: _picked(map(of, dues.rules), rules) for name, of in _OF_RULE.items()}
    columns |= {
        "state": [named[pair] for pair in states],
        "result": [name or None for name in dues.result],
        "right": [name or None for name in dues.right],
        "what": [titles[pair] for pair in pairs],
        "unconfirmed": _unconfirmed(dues),
        "surcharge": _figures(dues.surcharge),
        "amount": _figures(dues.amount),
        "waits": _picked(map(_said, dues.waiting), dues.waits.tolist()),
        "note": _picked(map(_said, dues.notes), dues.note.tolist()),
        "trigger_title": _picked(map(_said, dues.triggers), dues.trigger_title.tolist()),
        "currency": _picked((c or None for c in dues.currencies), dues.currency.tolist()),
        "cell": _cells(dues),
    }
    return zip(*(columns[key] for key in _KEYS), strict=True)


def _unconfirmed(dues: DueColumns) -> list[Words | None]:
    """Return which days of each row a holiday may still move."""
    parts = (
        (_DUE, dues.unconfirmed),
        (_GRACE, dues.grace_unconfirmed),
        (_RESTORABLE, dues.restorable_unconfirmed),
    )
    codes = sum(open_.astype(np.int64) << bit for bit, (_, open_) in enumerate(parts))
    members = [
        join([said for bit, (said, _) in enumerate(parts) if code >> bit & 1], LISTED)
        for code in range(1, 2 ** len(parts))
    ]
    return _picked([None, *members], np.asarray(codes).tolist())


def _texts(days: Dates) -> list[str | None]:
    return [None if day == "NaT" else day for day in days.astype(str).tolist()]


def _figures(values: np.ndarray) -> list[float | None]:
    return [None if value != value else value for value in values.tolist()]


def _picked(members: Any, places: list[int]) -> list[Any]:
    listed = list(members)
    return [listed[place] for place in places]


def _said(said: Words) -> Words | None:
    return None if said == NOTHING else said


def _cells(dues: DueColumns) -> list[str]:
    """Return where each row stands; the file and sheet are written out once for many."""
    begins: dict[tuple[str, str | None], str] = {}
    cells = []
    for at, row, role in zip(dues.at.tolist(), dues.row.tolist(), dues.role.tolist(), strict=True):
        place = dues.places[at].place(row, dues.roles[role])
        key = (place.file, place.sheet)
        begin = begins.get(key)
        if begin is None:
            begin = begins[key] = str(Place(*key))
        cells.append(f"{begin}!{place.cell}")
    return cells


# ------------------------------------------------------------------------------------ records


def records_of(dues: DueColumns, act: Dates) -> Lazily:
    """Return each row as plain data, made when it is written."""
    return Lazily(range(len(dues)), lambda i: record_of(dues.row_of(i), act[i]))


def record_of(due: Due, act: np.datetime64) -> dict[str, Any]:
    """Return a row as plain data: every day in ISO form, null where there is none."""
    rule = due.rule
    return {name: day(getattr(due, name)) for name in _DAYS} | {
        "act": None if np.isnat(act) else str(act),
        "state": due.state.name.lower(),
        "result": due.result or None,
        "right": due.right or None,
        "what": title_of(rule, due.part),
        "unconfirmed": due.unconfirmed,
        "grace_unconfirmed": due.grace_unconfirmed,
        "restorable_unconfirmed": due.restorable_unconfirmed,
        "surcharge": due.surcharge,
        "amount": due.amount,
        "waits": _said(due.waits),
        "note": _said(due.note),
        "trigger_title": _said(due.trigger_title),
        "currency": due.currency or None,
        "cell": str(due.place),
        **{name: of(rule) for name, of in _OF_RULE.items()},
        "status": rule.status,
        "term": rule.term,
        "option": rule.option,
        "part": due.part or None,
    }
