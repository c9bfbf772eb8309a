"""What is due: acts, terms and windows of many results as columns, and one of them as a record.

Everything that a rule sets a day for comes together here, whatever room worked it out. A row is an
act or a term of one result (of one of its rights, where the rule is about a right); what many rows
have in common stands once, in `DueRule` and the tuples that codes point into.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from enum import IntEnum
from typing import Any, TypeVar

import numpy as np

from pilotscore.arrays import Bools, Codes, Floats, Ints
from pilotscore.findings import Place
from pilotscore.language import NOTHING, Text, Words
from pilotscore.records import dataclass
from pilotscore.workbook.rights.records import Dates, RowPlaces, Texts

T = TypeVar("T")
NO_DAY = np.datetime64("NaT", "D")


class DueState(IntEnum):
    """How an act stands on the day of evaluation, from best to worst."""

    DONE = 0  # done in time, with the day of it on record
    OPEN = 1  # still to be done, or a term that still runs
    PENDING = 2  # no day can be said yet: `Due.waits` names what it needs
    IN_GRACE = 3  # past its day, inside the window that follows it
    UNPROVEN = 4  # past its day, and nothing on record says whether it was done
    LAPSED = 5  # past its day and the window, not done or done too late; or a term that has ended


STATE_TITLES: dict[DueState, Text] = {
    DueState.DONE: Text("已办理", "done"),
    DueState.OPEN: Text("期限内", "open"),
    DueState.PENDING: Text("待定", "pending"),
    DueState.IN_GRACE: Text("宽限期内", "in grace"),
    DueState.UNPROVEN: Text("未见证明", "unproven"),
    DueState.LAPSED: Text("已逾期", "lapsed"),
}
# A term that has ended was not missed by anyone, nor was a possibility that nobody took.
TERM_ENDED, OPTION_PASSED = Text("已届满", "ended"), Text("已过", "passed")


@dataclass(frozen=True, slots=True)
class DueRule:
    """What rows of one rule have in common.

    ``actor`` and ``document`` say who acts and what proves it; ``effect`` what follows if the day
    is missed; ``source`` the law with its article; ``status`` ``in force`` or ``to verify``;
    ``term`` is a right's own end, which is no period for an act and is never moved; ``option`` a
    possibility that passes, with nothing lost but it.
    """

    id: str
    title: Text
    source: Text
    actor: Text = NOTHING
    document: Text = NOTHING
    effect: Text = NOTHING
    region: str = "CN"
    as_of: str = ""
    status: str = "in force"
    term: bool = False
    option: bool = False


def state_title_of(state: DueState, rule: DueRule) -> Text:
    """Return how a row stands, in words: terms end and options pass, where acts lapse."""
    if state == DueState.LAPSED and (rule.term or rule.option):
        return TERM_ENDED if rule.term else OPTION_PASSED
    return STATE_TITLES[state]


@dataclass(frozen=True, slots=True)
class Due:
    """One row of `DueColumns`; a day that is not known is None.

    ``trigger`` is the day that the period runs from and ``trigger_title`` what happened on it.
    ``raw`` is the last day as counted, ``moved`` the first working day from there on, ``due`` the
    one that holds. ``grace`` is the last day of the window after it, ``restorable`` the last day
    on which restoration can be asked. ``part`` is the patent year of a fee, or which of several
    notices. ``unconfirmed``: a holiday that is not published yet may still move the day that holds;
    so of the two windows after it. ``surcharge`` in per cent, as it is on the day of evaluation.
    """

    result: str
    right: str
    rule: DueRule
    state: DueState
    unconfirmed: bool
    grace_unconfirmed: bool
    restorable_unconfirmed: bool
    trigger: np.datetime64 | None
    trigger_title: Text
    raw: np.datetime64 | None
    moved: np.datetime64 | None
    grace: np.datetime64 | None
    restorable: np.datetime64 | None
    done: np.datetime64 | None
    part: int
    surcharge: float | None
    amount: float | None
    currency: str
    waits: Words
    note: Words
    place: Place

    @property
    def state_title(self) -> Text:
        """How it stands, in words."""
        return state_title_of(self.state, self.rule)

    @property
    def act_unconfirmed(self) -> bool:
        """Whether a holiday may still move the last day on which something can be done."""
        windows = {
            DueState.IN_GRACE: self.grace_unconfirmed,
            DueState.LAPSED: self.restorable_unconfirmed,
        }
        return windows.get(self.state, self.unconfirmed)

    @property
    def due(self) -> np.datetime64 | None:
        """The day that holds: the moved one, or the end of a term as counted."""
        return self.raw if self.rule.term else self.moved


@dataclass(frozen=True, slots=True, eq=False)
class DueColumns:
    """What is due, one place in every column for each row.

    ``rule``, ``trigger_title``, ``currency``, ``waits``, ``note`` and ``role`` are places in the
    tuples of their plural names; the first of ``waiting`` and ``notes`` is nothing. ``at`` and
    ``row`` say where the row stands (a place in ``places``, and a row of it), ``role`` which cell.
    ``right`` is the number of the right as read, '' where the rule is about the result.
    """

    rules: tuple[DueRule, ...]
    triggers: tuple[Text, ...]
    currencies: tuple[str, ...]
    waiting: tuple[Words, ...]
    notes: tuple[Words, ...]
    roles: tuple[str | None, ...]
    places: tuple[RowPlaces, ...]
    result: Texts
    right: Texts
    rule: Ints
    trigger: Dates
    trigger_title: Ints
    raw: Dates
    moved: Dates
    grace: Dates
    restorable: Dates
    done: Dates
    state: Codes
    unconfirmed: Bools
    grace_unconfirmed: Bools
    restorable_unconfirmed: Bools
    part: Ints
    surcharge: Floats
    amount: Floats
    currency: Ints
    waits: Ints
    note: Ints
    at: Ints
    row: Ints
    role: Ints

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.rule)

    def __iter__(self) -> Iterator[Due]:
        """Make each row in turn."""
        return (self.row_of(i) for i in range(len(self)))

    @property
    def due(self) -> Dates:
        """The day that holds of each row: the moved one, or the end of a term as counted."""
        terms = np.array([rule.term for rule in self.rules], bool)
        return np.where(terms[self.rule] if len(self) else False, self.raw, self.moved)

    def take(self, rows: Ints | Bools) -> DueColumns:
        """Return some of the rows, by places or by a mask."""
        return replace(self, **{name: getattr(self, name)[rows] for name in _COLUMNS})

    def row_of(self, i: int) -> Due:
        """Return one row as a record."""
        days: dict[str, Any] = {name: _day(getattr(self, name)[i]) for name in _DATES}
        days |= {name: bool(getattr(self, name)[i]) for name in _OPEN}
        return Due(
            result=self.result[i],
            right=self.right[i],
            rule=self.rules[self.rule[i]],
            state=DueState(int(self.state[i])),
            trigger_title=self.triggers[self.trigger_title[i]],
            part=int(self.part[i]),
            surcharge=_figure(self.surcharge[i]),
            amount=_figure(self.amount[i]),
            currency=self.currencies[self.currency[i]],
            waits=self.waiting[self.waits[i]],
            note=self.notes[self.note[i]],
            place=self.places[self.at[i]].place(int(self.row[i]), self.roles[self.role[i]]),
            **days,
        )


_OPEN = ("unconfirmed", "grace_unconfirmed", "restorable_unconfirmed")
_DATES = ("trigger", "raw", "moved", "grace", "restorable", "done")
# The tuple that each column of codes points into.
_TABLES = {
    "rule": "rules",
    "trigger_title": "triggers",
    "currency": "currencies",
    "waits": "waiting",
    "note": "notes",
    "role": "roles",
    "at": "places",
}
_COLUMNS = tuple(f.name for f in fields(DueColumns) if f.name not in _TABLES.values())


def due_columns(
    rules: Sequence[DueRule],
    places: RowPlaces,
    *,
    result: Texts,
    rule: Ints,
    row: Ints,
    **columns: Any,
) -> DueColumns:
    """Return columns of what is due of one sheet, with blanks where nothing is given.

    Parameters
    ----------
    rules
        The rules that ``rule`` points into.
    places
        Where the rows that ``row`` points into stand.
    result, rule, row
        Of each row: its result, its rule and where it stands.
    columns
        Any further column of `DueColumns`, or tuple that one points into.
    """
    n = len(rule)
    nothing: dict[str, Any] = {name: np.full(n, NO_DAY) for name in _DATES}
    nothing |= {name: np.zeros(n, np.int64) for name in (*_TABLES, "part")}
    nothing |= {name: np.full(n, np.nan) for name in ("surcharge", "amount")}
    nothing |= {name: np.zeros(n, bool) for name in _OPEN}
    nothing |= {"state": np.zeros(n, np.int8)}
    nothing |= {"right": np.full(n, "", object)}
    nothing |= {"triggers": (NOTHING,), "currencies": ("",), "waiting": (NOTHING,)}
    nothing |= {"notes": (NOTHING,), "roles": (None,)}
    given = {"rules": tuple(rules), "places": (places,), "result": result, "rule": rule, "row": row}
    return DueColumns(**{**nothing, **given, **columns})


def joined(parts: Sequence[DueColumns]) -> DueColumns:
    """Return the rows of several columns after one another; at least one part is needed."""
    tables = {name: _shared([getattr(p, name) for p in parts]) for name in _TABLES.values()}
    columns: dict[str, Any] = {}
    for name in _COLUMNS:
        values = [getattr(part, name) for part in parts]
        if table := _TABLES.get(name):
            new = tables[table][1]
            values = [
                np.asarray(new[k], np.int64)[v] if len(v) else v for k, v in enumerate(values)
            ]
        columns[name] = np.concatenate(values)
    columns |= {name: members for name, (members, _) in tables.items()}
    return DueColumns(**columns)


def _shared(tables: Sequence[tuple[T, ...]]) -> tuple[tuple[T, ...], list[list[int]]]:
    """Return one tuple for several, and for each of them where its members stand in it."""
    members: dict[Any, int] = {}
    kept: list[T] = []
    new: list[list[int]] = []
    for table in tables:
        places = []
        for member in table:
            # places of rows have no equality of values: each is its own
            key = id(member) if isinstance(member, RowPlaces) else member
            if key not in members:
                members[key] = len(kept)
                kept.append(member)
            places.append(members[key])
        new.append(places)
    return tuple(kept), new


def _day(value: np.datetime64) -> np.datetime64 | None:
    return None if np.isnat(value) else value


def _figure(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
