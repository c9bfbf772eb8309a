"""What the IP rights of a result give: how many core patents are in force, and facts for gates."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pilotscore.arrays import Bools, Codes, Floats, Ints
from pilotscore.criteria.deriving import RIGHTS_FACTS
from pilotscore.language import LISTED, NOTHING, Text, Words, join
from pilotscore.measures.rights_state import RightsFigure
from pilotscore.rights.ip import IpAssessment
from pilotscore.rights.ip.states import IP_STATE_TITLES, IpState
from pilotscore.workbook.rights.records import IpColumns

_NOT_MARKED = Text(
    "知识产权表没有写明哪些是核心专利", "the sheet of IP rights does not say which are core"
)
_UNPROVEN = Text(
    "部分核心专利是否有效未见证明", "whether some core patents are in force is unproven"
)
_SAID = Text("知识产权表：核心发明专利 {states}", "sheet of IP rights: core inventions: {states}")
_NONE = Text("知识产权表没有核心发明专利", "the sheet of IP rights has no core invention")
_STATE = Text("{state} {count} 件", "{count} {state}")
_WORDS = np.array(["no", "yes", ""])  # of 0, 1 and -1


def core_patents(assessed: IpAssessment, place: Ints, n: int) -> RightsFigure:
    """Return the core invention patents in force of each result.

    Those inside the window of a fee are in force; those of which nothing shows it are what may be
    besides. Nothing is known of a result none of whose rights is marked as core or not.

    Parameters
    ----------
    assessed
        The rights with their states.
    place
        The place among the results of each result that has rights; -1 where there is none.
    n
        How many results there are.
    """
    of = place[assessed.results.of]
    state, ip = assessed.states.state, assessed.ip
    core = (ip.flags["core"] == 1) & _inventions(ip) & (of >= 0)
    shown = core & np.isin(state, (IpState.IN_FORCE, IpState.IN_GRACE))
    marked = _count(of, (ip.flags["core"] >= 0) & (of >= 0), n) > 0
    least = np.where(marked, _count(of, shown, n), np.nan)
    most = least + _count(of, core & (state == IpState.UNPROVEN), n)
    why = np.where(most > least, 2, 0)
    why = np.where(_count(of, of >= 0, n) > 0, np.where(marked, why, 1), 0)
    unproven = _count(of, shown & ~_registered(ip), n) > 0
    cells = np.bincount(of[core] * len(IpState) + state[core], minlength=n * len(IpState))
    counts = cells.reshape(n, len(IpState))

    def said(i: int) -> Words:
        return _said(tuple(counts[i].tolist()))

    proven = marked & ~unproven & (least > 0)
    return RightsFigure(least, most, proven, _codes(why), (NOTHING, _NOT_MARKED, _UNPROVEN), said)


@lru_cache(maxsize=1000)
def _said(counts: tuple[int, ...]) -> Words:
    """Say how many rights are in each state; kept, since many results have the same."""
    titles = ((IP_STATE_TITLES[IpState(s)], count) for s, count in enumerate(counts) if count)
    states = [_STATE.of(state=title, count=count) for title, count in titles]
    return _SAID.of(states=join(states, LISTED)) if states else _NONE


def facts_of_ip(assessed: IpAssessment, place: Ints, n: int) -> dict[str, NDArray[np.str_]]:
    """Return what conditions may ask of the rights of each result: yes, no, or '' where unknown."""
    there = place >= 0
    facts = {}
    for name in RIGHTS_FACTS.keys() & assessed.results.facts.keys():
        of_all = np.full(n, -1, np.int8)
        of_all[place[there]] = assessed.results.facts[name][there]
        facts[name] = _WORDS[of_all]
    return facts


def places_of(results: NDArray[np.object_], ids: Mapping[str, int]) -> Ints:
    """Return the place among the results of each id; -1 for one that is none of them."""
    return np.fromiter((ids.get(name, -1) for name in results), np.int64, len(results))


def _inventions(ip: IpColumns) -> Bools:
    """Say which rights are inventions: those applied for in China, and PCT ones that entered it."""
    entered = ~np.isnat(ip.dates["national_entry"])
    of_kind: Bools = (ip.kind == "invention") | ((ip.kind == "pct") & entered)
    return of_kind


def _registered(ip: IpColumns) -> Bools:
    """Say of which rights number, day of grant and fees paid are on record."""
    paid = ~np.isnat(ip.dates["fees_paid_to"]) | ~np.isnan(ip.fee_year)
    known: Bools = (ip.number != "") & ~np.isnat(ip.dates["granted"]) & paid
    return known


def _count(of: Ints, rows: Bools, n: int) -> Floats:
    return np.bincount(of[rows], minlength=n).astype(float)


def _codes(values: Ints) -> Codes:
    return values.astype(np.int8)
