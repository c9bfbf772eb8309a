"""Which expert keeps out of which result, and which pairs somebody has to look at first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from pilotscore.criteria.names import normalise
from pilotscore.language import Text, Words
from pilotscore.workbook.panels.records import Expert, PanelResult

_DECLARED = Text("声明的回避", "a declared conflict")
_SAME_UNIT = Text("同一单位：{unit}", "the same institution: {unit}")
_PERSON = Text("与{person}有关", "has to do with {person}")
_ALIKE = Text("单位名称相近：{own}、{unit}", "institutions of like names: {own}, {unit}")
_NO_UNIT = Text("专家没有写单位，无法核对", "the expert states no institution to check")
_LIKE = 90.0  # rapidfuzz's ratio from which two names of institutions are looked at


class Outcome(IntEnum):
    """What can become of a pair of expert and result."""

    ELIGIBLE = 0
    RECUSED = 1
    MANUAL_HOLD = 2
    EVIDENCE_HOLD = 3


OUTCOMES = {
    Outcome.ELIGIBLE: Text("可以评审", "eligible"),
    Outcome.RECUSED: Text("回避", "recused"),
    Outcome.MANUAL_HOLD: Text("待人工核对", "manual hold"),
    Outcome.EVIDENCE_HOLD: Text("待补充信息", "evidence hold"),
}
Codes = NDArray[np.int8]
Reason = Callable[[int, int], Words | None]


def outcomes(experts: Sequence[Expert], results: Sequence[PanelResult]) -> tuple[Codes, Reason]:
    """Return what can become of each pair, shape (results, experts), and what says why.

    An expert keeps out of results declared, of those of institutions or people declared, of those
    of the expert's own institution, and of those the expert took part in. Where names of
    institutions are alike and not the same (清华大学, 清华大学化工系), somebody has to look; where
    the expert states no institution while results do, there is nothing to check by.
    """
    table = np.zeros((len(results), len(experts)), dtype=np.int8)
    by_form = _by_form(results)
    like = _like_units(experts, results)
    checked = any(r.units for r in results) and any(e.unit for e in experts)
    for number, expert in enumerate(experts):
        for unit in like.get(expert.unit, ()):
            table[by_form[normalise(unit)], number] = Outcome.MANUAL_HOLD
        if checked and not expert.unit:
            table[:, number] = Outcome.EVIDENCE_HOLD
        for form in _forms(expert):
            table[by_form.get(form, []), number] = Outcome.RECUSED

    def reason(result: int, expert: int) -> Words | None:
        outcome = Outcome(int(table[result, expert]))
        one, other = experts[expert], results[result]
        if outcome is Outcome.RECUSED:
            return recusal(one, other)
        if outcome is Outcome.MANUAL_HOLD:
            unit = next(u for u in other.units if u in like[one.unit])
            return _ALIKE.of(own=one.unit, unit=unit)
        return _NO_UNIT if outcome is Outcome.EVIDENCE_HOLD else None

    return table, reason


def _forms(expert: Expert) -> set[str]:
    """Return what an expert keeps out of, reduced."""
    own = {normalise(expert.unit)} if expert.unit else set()
    return {*map(normalise, expert.conflicts), *own, normalise(expert.name)} - {""}


def _by_form(results: Sequence[PanelResult]) -> dict[str, list[int]]:
    """Return the results that an id, an institution or a person, reduced, stands for."""
    by_form: dict[str, list[int]] = {}
    for number, result in enumerate(results):
        for form in {*map(normalise, (result.id, *result.units, *result.persons))}:
            by_form.setdefault(form, []).append(number)
    return by_form


def recusal(expert: Expert, result: PanelResult) -> Words | None:
    """Return why an expert keeps out of a result; None where nothing says so."""
    mine = _forms(expert)
    if normalise(result.id) in mine:
        return _DECLARED
    for unit in result.units:
        if normalise(unit) in mine:
            return _SAME_UNIT.of(unit=unit)
    for person in result.persons:
        if normalise(person) in mine:
            return _PERSON.of(person=person)
    return None


def _like_units(
    experts: Sequence[Expert], results: Sequence[PanelResult]
) -> Mapping[str, frozenset[str]]:
    """Return the institutions of results whose names are like that of an expert, and not it."""
    own = sorted({e.unit for e in experts if e.unit})
    units = sorted({u for r in results for u in r.units})
    if not own or not units:
        return {}
    from rapidfuzz import fuzz, process

    forms, others = [normalise(u) for u in own], [normalise(u) for u in units]
    likeness = process.cdist(forms, others, scorer=fuzz.ratio, score_cutoff=_LIKE)
    like: dict[str, frozenset[str]] = {}
    for number, name in enumerate(own):
        near = {
            units[k]
            for k in range(len(units))
            if others[k] != forms[number]
            and (likeness[number, k] >= _LIKE or _within(forms[number], others[k]))
        }
        if near:
            like[name] = frozenset(near)
    return like


def _within(one: str, other: str) -> bool:
    """Say whether one name of an institution is the beginning of the other: its department."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 4 and long.startswith(short)
