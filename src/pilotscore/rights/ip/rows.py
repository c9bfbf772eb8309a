"""Rows of what is due while they are worked out: each rule gives some, one after another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pilotscore.arrays import Bools, Codes, Floats
from pilotscore.criteria.legal.periods import Extension, LoadedPeriods, Period, Rule
from pilotscore.language import NOTHING, Text, Words
from pilotscore.records import dataclass
from pilotscore.rights.counting import Ends
from pilotscore.rights.due import DueColumns, DueRule, DueState, due_columns, joined
from pilotscore.rights.ip.roles import ROLE_TITLES, RightDays
from pilotscore.workbook.rights.records import Dates, RowPlaces

Small: TypeAlias = NDArray[np.signedinteger[Any]]
NEEDS = Text("待{role}", "needs: {role}")
NEEDS_SERVICE = Text("待通知的送达日", "needs the day on which the notice was served")


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The rows of one rule.

    ``right`` is the place of each row's right, ``at`` that of the row in its sheet (of notices
    where ``of_notices``); ``role`` names the trigger and ``cell`` the column that it stands in.
    """

    rule: DueRule
    right: Small
    role: str
    cell: str | None
    trigger: Dates
    ends: Ends
    state: Codes
    done: Dates
    grace: Ends
    restorable: Ends
    waits: Words = NOTHING
    part: Small | None = None
    surcharge: Floats | None = None
    amount: Floats | None = None
    note: Words = NOTHING
    at: Small | None = None
    of_notices: bool = False


def due_rule(rule: Rule, periods: LoadedPeriods) -> DueRule:
    """Return what rows of a rule have in common."""
    return DueRule(
        rule.id,
        rule.title,
        periods.basis(rule.basis),
        periods.file.actors[rule.actor],
        rule.document,
        rule.effect,
        periods.file.region,
        periods.as_of(rule).isoformat(),
        rule.status,
        term=isinstance(rule, Period) and is_term(rule),
        option=isinstance(rule, Extension) or (isinstance(rule, Period) and rule.option),
    )


def is_term(period: Period) -> bool:
    """Whether a rule is the term of a right: no act proves it, nothing moves it."""
    acts = period.done or period.by_office or period.window or period.option
    return not (period.moves or acts)


def state_of(
    ends: Ends, grace: Dates, done: Dates, proof: Dates, stated: Bools, as_of: np.datetime64
) -> Codes:
    """Return how acts stand on a day.

    Parameters
    ----------
    ends, grace
        The day of each, and the end of the window after it.
    done
        The day on which it was done; one after ``as_of`` is not known yet on that day.
    proof
        The first later fact that cannot be without it: on a day past the period, one that is still
        to come proves it too.
    stated
        Whether there is a cell that would say so: without one a day that passed proves nothing.
    as_of
        The day of evaluation.
    """
    last = np.where(np.isnat(grace), ends.moved, grace)
    known = done <= as_of
    proved = (proof <= as_of) | (~np.isnat(proof) & (as_of > last))
    late = np.where(stated | known, DueState.LAPSED, DueState.UNPROVEN)
    state = np.select(
        [
            proved | (known & ((done <= last) | np.isnat(last))),
            np.isnat(ends.raw),
            known,
            as_of <= ends.moved,
            as_of <= last,
        ],
        [DueState.DONE, DueState.PENDING, DueState.LAPSED, DueState.OPEN, DueState.IN_GRACE],
        late,
    )
    return state.astype(np.int8)


def columns_of(blocks: Sequence[Block], rights: RightDays) -> tuple[DueColumns, Small]:
    """Return the rows of several rules by right, in the order of rights; and each one's right."""
    ip = [b for b in blocks if not b.of_notices]
    parts, right = [_columns(ip, rights, rights.ip.at)], [b.right for b in ip]
    of_notices = [b for b in blocks if b.of_notices]
    if rights.notices is not None and of_notices:
        parts.append(_columns(of_notices, rights, rights.notices.at))
        right += [b.right for b in of_notices]
    due = joined(parts) if len(parts) > 1 else parts[0]
    all_rights = np.concatenate([*right, np.zeros(0, np.int32)]).astype(np.int32)
    order = np.argsort(all_rights, kind="stable")
    return due.take(order), all_rights[order]


def _columns(blocks: Sequence[Block], rights: RightDays, places: RowPlaces) -> DueColumns:
    right = _end_to_end([b.right for b in blocks], np.int32)
    sizes = [len(b.right) for b in blocks]
    coded: dict[str, Any] = {}
    for column, table, first, values in (
        ("rule", "rules", (), [b.rule for b in blocks]),
        ("trigger_title", "triggers", (NOTHING,), [ROLE_TITLES[b.role] for b in blocks]),
        ("role", "roles", (None,), [b.cell for b in blocks]),
        ("waits", "waiting", (NOTHING,), [b.waits for b in blocks]),
        ("note", "notes", (NOTHING,), [b.note for b in blocks]),
        ("currency", "currencies", ("",), ["CNY" if b.amount is not None else "" for b in blocks]),
    ):
        members = tuple(dict.fromkeys([*first, *values]))
        codes = np.array([members.index(value) for value in values], np.int16)
        coded |= {table: members, column: np.repeat(codes, sizes)}
    days: dict[str, Any] = {
        "trigger": [b.trigger for b in blocks],
        "raw": [b.ends.raw for b in blocks],
        "moved": [b.ends.moved for b in blocks],
        "grace": [b.grace.moved for b in blocks],
        "restorable": [b.restorable.moved for b in blocks],
        "done": [b.done for b in blocks],
    }
    figures = {
        "surcharge": [_or(b.surcharge, b, np.nan) for b in blocks],
        "amount": [_or(b.amount, b, np.nan) for b in blocks],
    }
    open_ = {
        "unconfirmed": [b.ends.unconfirmed for b in blocks],
        "grace_unconfirmed": [b.grace.unconfirmed for b in blocks],
        "restorable_unconfirmed": [b.restorable.unconfirmed for b in blocks],
    }
    return due_columns(
        coded.pop("rules"),
        places,
        result=rights.ip.result[right],
        right=rights.ip.number[right],
        row=_end_to_end([b.right if b.at is None else b.at for b in blocks], np.int32),
        state=_end_to_end([b.state for b in blocks], np.int8),
        part=_end_to_end([_or(b.part, b, 0) for b in blocks], np.int32),
        at=np.zeros(len(right), np.int8),
        **{name: _end_to_end(values, "M8[D]") for name, values in days.items()},
        **{name: _end_to_end(values, np.float64) for name, values in figures.items()},
        **{name: _end_to_end(values, bool) for name, values in open_.items()},
        **coded,
    )


def _or(values: Any, block: Block, otherwise: float) -> Any:
    return np.full(len(block.right), otherwise) if values is None else values


def _end_to_end(arrays: Sequence[Any], kind: Any) -> Any:
    return np.concatenate([*arrays, np.zeros(0, kind)]).astype(kind, copy=False)
