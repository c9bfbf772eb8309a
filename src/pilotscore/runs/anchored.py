"""Two rounds of a store by the results that stand in both: which scores moved, and why.

Only the same results say whether two rounds are alike; without them a difference may as well be
that of the applicants, and the rounds are not comparable.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from pilotscore.arrays import Bools, Codes, Floats, Ints
from pilotscore.criteria.measuring import Bounded
from pilotscore.criteria.names import normalise
from pilotscore.errors import FaultyFileError, UnreadableInputError
from pilotscore.findings import Finding
from pilotscore.language import Text, Words, counted
from pilotscore.outcomes.anchors import Cause, Side, causes, shift
from pilotscore.records import dataclass
from pilotscore.runs.kept_rounds import StoredRound, short
from pilotscore.store import IndicatorColumn, Item
from pilotscore.workbook import same_results
from pilotscore.workbook.open.sheets import UnreadableBookError
from pilotscore.workbook.same_results import Pair

LIKE = 90  # of 100, from which two titles are suggested as one
_MOST_PAIRS = 25_000_000  # of titles that are held against each other


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two results under other ids that may be one: their places, and how like their titles are."""

    old: int
    new: int
    likeness: float


@dataclass(frozen=True, slots=True, eq=False)
class ItemShift:
    """An indicator over k anchors: its scores in both rounds, and why each moved."""

    item: Item
    before: Floats
    after: Floats
    causes: Codes
    mean: Bounded

    @property
    def counts(self) -> Mapping[Cause, int]:
        """How many anchors moved for each cause."""
        return Counter(Cause(int(c)) for c in self.causes if c != Cause.NONE)


@dataclass(frozen=True, slots=True, eq=False)
class Anchored:
    """Two rounds by their k anchors, whose places in both are ``old_places`` and ``new_places``.

    ``confirmed`` counts those that a file says to be the same; ``severity`` is the drift of what
    experts judged otherwise with nothing else changed, nan where they judged nothing.
    """

    old: StoredRound
    new: StoredRound
    old_places: Ints
    new_places: Ints
    confirmed: int
    shifts: tuple[ItemShift, ...]
    index: Bounded
    severity: Bounded
    suggestions: tuple[Suggestion, ...]

    def __len__(self) -> int:
        return len(self.old_places)

    @property
    def same_criteria(self) -> bool:
        """Whether both rounds were scored by the same version of the criteria."""
        return self.old.entry.criteria.sha256 == self.new.entry.criteria.sha256

    def change(self) -> Floats:
        """Return the change of the index of each anchor, nan where there is none."""
        old = self.old.columns.index[self.old_places]
        return self.new.columns.index[self.new_places] - old


def anchored(old: StoredRound, new: StoredRound, same: Sequence[Pair] = ()) -> Anchored:
    """Compare two rounds by the results that stand in both.

    Parameters
    ----------
    old, new
        The rounds.
    same
        Results that are the same under other ids, as somebody confirmed.

    Raises
    ------
    FaultyFileError
        A pair names a result that its round has not.
    """
    before, after = ({n: i for i, n in enumerate(x.columns.ids)} for x in (old, new))
    _refuse_unknown(old, new, same, before, after)
    renamed = {pair.old: pair.new for pair in same}
    taken = set(renamed.values())
    pairs = [(before[a], after[b]) for a, b in renamed.items()]
    pairs += [
        (i, after[n])
        for n, i in before.items()
        if n in after and n not in renamed and n not in taken
    ]
    places = np.array(sorted(pairs, key=lambda p: p[1]), dtype=np.int64).reshape(-1, 2)
    old_places, new_places = places[:, 0], places[:, 1]
    shifts = tuple(_shifts(old, new, old_places, new_places)) if len(places) else ()
    index = (old.columns.index[old_places], new.columns.index[new_places])
    return Anchored(
        old,
        new,
        old_places,
        new_places,
        len(renamed),
        shifts,
        shift(*index),
        _severity(shifts),
        tuple(_suggestions(old, new, set(old_places.tolist()), set(new_places.tolist()))),
    )


def _refuse_unknown(
    old: StoredRound,
    new: StoredRound,
    same: Sequence[Pair],
    before: Mapping[str, int],
    after: Mapping[str, int],
) -> None:
    findings: list[Finding] = []
    for pair in same:
        sides = ((old, before, pair.old, pair.old_place), (new, after, pair.new, pair.new_place))
        for kept, known, name, place in sides:
            if name not in known:
                values = {"round": short(kept.entry.key), "result": name}
                findings.append(Finding(same_results.UNKNOWN, place, values, name))
    if findings:
        raise FaultyFileError(_faults(len(findings)), findings)


def _faults(count: int) -> Words:
    text = Text("对照表有 {places}", "the table of pairs has {places}")
    return text.of(places=counted(count, Text("处问题", "fault")))


def read_pairs(path: Path) -> tuple[Pair, ...]:
    """Read the pairs that somebody confirmed.

    Raises
    ------
    UnreadableInputError, FaultyFileError
        The file cannot be read; it has faults, each told at its cell.
    """
    try:
        pairs_read = same_results.read_same_results(path)
    except UnreadableBookError as error:
        text = Text("对照表 {path} 无法读取", "the table of pairs {path} cannot be read")
        raise UnreadableInputError(text.of(path=str(path)), [error.finding]) from error
    faults = [f for f in pairs_read.findings if f.severity == "error"]
    if faults:
        raise FaultyFileError(_faults(len(faults)), pairs_read.findings)
    return pairs_read.pairs


def _shifts(
    old: StoredRound, new: StoredRound, old_places: Ints, new_places: Ints
) -> Iterator[ItemShift]:
    known = {item.id: item for item in old.columns.head.indicators}
    for item in new.columns.head.indicators:
        if item.id in known:
            one = _Seen(old, known[item.id], old_places)
            yield _shift(item, one, _Seen(new, item, new_places))


class _Seen:
    """An indicator of one round over the anchors, its codes by what they stand for."""

    def __init__(self, kept: StoredRound, item: Item, places: Ints) -> None:
        column = kept.columns.indicators[item.id]
        self.scores = column.scores[places]
        self.values = _by_name(column.values[places], [word.zh for word in item.words])
        grades = [grade.id for grade in kept.columns.head.evidence_grades]
        self.evidence = _by_name(column.evidence[places].astype(np.float64), grades)
        self.judged = _judged(column, places)

    def side(self, other: _Seen, *, judged: bool) -> Side:
        """Return it with codes that are those of another round too: names are given numbers."""
        values, evidence = (
            _numbered(*pair)
            for pair in ((self.values, other.values), (self.evidence, other.evidence))
        )
        return Side(values, self.scores, np.nan_to_num(evidence, nan=-1.0).astype(np.int8), judged)


def _by_name(codes: Floats, names: Sequence[str]) -> list[float | str]:
    """Return codes as the names that they stand for, numbers as they are; nan is none."""
    listed: list[float] = codes.tolist()
    if not names:
        return list(listed)
    return [names[int(x)] if x == x and 0 <= x < len(names) else math.nan for x in listed]


def _numbered(ours: Sequence[float | str], theirs: Sequence[float | str]) -> Floats:
    """Return names as numbers, the same ones for the same names of both."""
    names = sorted({x for x in (*ours, *theirs) if isinstance(x, str)})
    numbers = {name: float(k) for k, name in enumerate(names)}
    values = [numbers[x] if isinstance(x, str) else x for x in ours]
    if names:
        values = [-1.0 if x != x else x for x in values]  # none is no name
    return np.array(values, dtype=np.float64)


def _shift(item: Item, one: _Seen, other: _Seen) -> ItemShift:
    plain = causes(one.side(other, judged=False), other.side(one, judged=False))
    by_panel = causes(one.side(other, judged=True), other.side(one, judged=True))
    why = np.where(one.judged & other.judged, by_panel, plain).astype(np.int8)
    return ItemShift(item, one.scores, other.scores, why, shift(one.scores, other.scores))


def _judged(column: IndicatorColumn, places: Ints) -> Bools:
    if column.judged is None:
        return np.zeros(len(places), dtype=bool)
    judged: Bools = column.judged[places]
    return judged


def _severity(shifts: Sequence[ItemShift]) -> Bounded:
    """Return how far scores of experts moved on average, over anchors and indicators."""
    by_panel = [s.causes == Cause.PANEL for s in shifts]
    before = [s.before[mask] for s, mask in zip(shifts, by_panel, strict=True)]
    after = [s.after[mask] for s, mask in zip(shifts, by_panel, strict=True)]
    if not sum(map(len, before)):
        return Bounded(math.nan, math.nan, math.nan)
    return shift(np.concatenate(before), np.concatenate(after))


def _suggestions(
    old: StoredRound, new: StoredRound, taken_old: set[int], taken_new: set[int]
) -> Iterator[Suggestion]:
    """Yield pairs, each of one round alone, whose titles are one, or nearly, the likest first."""
    from rapidfuzz import fuzz, process

    ours = [i for i in range(len(old.columns)) if i not in taken_old and old.columns.titles[i]]
    theirs = [i for i in range(len(new.columns)) if i not in taken_new and new.columns.titles[i]]
    if not ours or not theirs or len(ours) * len(theirs) > _MOST_PAIRS:
        return
    titles = [[normalise(k.columns.titles[i]) for i in x] for k, x in ((old, ours), (new, theirs))]
    likeness = process.cdist(*titles, scorer=fuzz.ratio, score_cutoff=LIKE, dtype=np.float32)
    like = np.argwhere(likeness >= LIKE)
    order = sorted(like.tolist(), key=lambda p: (-likeness[p[0], p[1]], p))
    used_old, used_new = set[int](), set[int]()
    for a, b in order:
        if a not in used_old and b not in used_new:
            used_old.add(a)
            used_new.add(b)
            yield Suggestion(ours[a], theirs[b], float(likeness[a, b]))
