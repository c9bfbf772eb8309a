"""The workbooks that go out to the experts of an assignment, one each."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from pilotscore.criteria import CriteriaSet, Indicator, load_criteria
from pilotscore.criteria.model import bounds
from pilotscore.criteria.names import normalise
from pilotscore.errors import UnreadableInputError, UsageError, nothing_read
from pilotscore.language import COLON, NOTHING, Text, Words, did_you_mean, join
from pilotscore.patterns import regex
from pilotscore.records import dataclass
from pilotscore.workbook.open.sheets import UnreadableBookError
from pilotscore.workbook.panels.assigned import Assigned, read_assigned
from pilotscore.workbook.panels.stages import FIRST
from pilotscore.workbook.templates.panel_sheet import AssignedResult, PersonalSheet, ScoreItem

_NOTHING_ASSIGNED = Text(
    "{file} 中没有分配：应有“编号”“专家”两列，每行一对；可用 pilotscore panel assign 生成",
    "{file} has no assignment: it should have the columns id and expert, a row for each pair; "
    "pilotscore panel assign makes one",
)
_NO_ITEM = Text("指标体系中没有“{name}”{near}", "the criteria set has no {name!r}{near}")
_NO_FILE_SIGNS = regex(r'[\\/:*?"<>|\x00-\x1f]+')
_HUNDRED = (0.0, 100.0)


@dataclass(frozen=True, slots=True)
class Issue:
    """What goes out: the workbook of each expert under its file name, and who is behind a code.

    ``codes`` is empty where the panel is not blind.
    """

    sheets: tuple[tuple[str, PersonalSheet], ...]
    codes: tuple[tuple[str, str], ...]


def read_assignment(file: Path | str) -> tuple[Assigned, ...]:
    """Return an assignment as it was written, or corrected by hand.

    Raises
    ------
    UnreadableInputError
        The file cannot be read, or has none.
    UsageError
        It has something else than a stage in its column of stages.
    """
    try:
        pairs = read_assigned(Path(file))
    except UnreadableBookError as error:
        raise nothing_read([error.finding]) from error
    if not pairs:
        raise UnreadableInputError(_NOTHING_ASSIGNED.of(file=file))
    return pairs


def by_expert(pairs: Sequence[Assigned]) -> dict[str, list[Assigned]]:
    """Return the pairs of each expert, by name."""
    experts: dict[str, list[Assigned]] = {}
    for pair in sorted(pairs):
        experts.setdefault(pair.expert, []).append(pair)
    return experts


def number_of(pairs: Sequence[Assigned]) -> str:
    """Return what the sheet of an expert is known by: the first digits of the SHA-256 of its pairs.

    It is of these alone, so that it stays when others change.
    """
    lines = sorted(
        "\t".join((p.expert, p.result, *([str(p.stage)] if p.stage != FIRST else [])))
        for p in pairs
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def issue(
    file: Path | str,
    *,
    criteria: str | None = None,
    names: Sequence[str] = (),
    scale: tuple[float, float] | None = None,
    blind: bool = False,
    seed: int = 0,
) -> Issue:
    """Return the workbooks of an assignment.

    Parameters
    ----------
    file
        The assignment.
    criteria
        The set whose indicators are scored; None for names alone.
    names
        What is scored: indicators or dimensions of the set, or any names without one. Where none
        are given, the indicators of the set that are in bands, or its dimensions.
    scale
        The least and the greatest score of what the set says nothing of; 0 to 100 where None.
    blind
        Whether experts are named by codes, in an order by chance.
    seed
        Of that order.

    Raises
    ------
    UnreadableInputError
        The assignment cannot be read.
    UsageError
        Nothing is to be scored, or the set has no such indicator.
    """
    pairs = read_assignment(file)
    loaded = load_criteria(criteria).criteria if criteria else None
    items = _items(loaded, names, scale or _HUNDRED)
    experts = by_expert(pairs)
    codes = _codes([*experts], seed) if blind else {}
    mark = _mark(loaded) if loaded else ""
    sheets = []
    for expert, own in experts.items():
        mine = sorted({AssignedResult(p.result, p.title, p.stage) for p in own})
        shown = codes.get(expert, expert)
        personal = PersonalSheet(shown, tuple(mine), items, number_of(own), mark)
        sheets.append((f"{_NO_FILE_SIGNS.sub('_', shown)}.xlsx", personal))
    return Issue(tuple(sheets), tuple((codes[e], e) for e in experts) if blind else ())


_NO_ITEMS = Text(
    "没有写明评什么：用 -c 指明指标体系，或用 --indicator 写出指标",
    "what is to be scored is not said: name a set with -c, or indicators with --indicator",
)


def criteria_mark(criteria: str) -> str:
    """Return what a criteria set is known by in the sheets that are issued for it.

    Raises
    ------
    FaultyFileError, UnreadableInputError
        It cannot be loaded.
    """
    return _mark(load_criteria(criteria).criteria)


def _mark(criteria: CriteriaSet) -> str:
    return f"{criteria.id} {criteria.version}"


def _codes(experts: Sequence[str], seed: int) -> dict[str, str]:
    order = np.random.default_rng(seed).permutation(len(experts)).tolist()
    return {experts[e]: f"R{n:02d}" for n, e in enumerate(order, start=1)}


def _items(
    criteria: CriteriaSet | None, names: Sequence[str], scale: tuple[float, float]
) -> tuple[ScoreItem, ...]:
    if criteria is None:
        if not names:
            raise UsageError(_NO_ITEMS)
        return tuple(ScoreItem(name, scale) for name in dict.fromkeys(names))
    if not names:
        banded = [i for i in criteria.indicators if i.bands]
        if banded:
            return tuple(_of_indicator(i, scale) for i in banded)
        return tuple(ScoreItem(d.title.to("zh"), scale) for d in criteria.dimensions)
    return tuple(_named(criteria, name, scale) for name in dict.fromkeys(names))


def _named(criteria: CriteriaSet, name: str, scale: tuple[float, float]) -> ScoreItem:
    """Return what a name stands for in a set.

    Raises
    ------
    UsageError
        Nothing.
    """
    form = normalise(name)
    for indicator in criteria.indicators:
        if form in _forms(indicator.id, indicator.title):
            return _of_indicator(indicator, scale)
    for dimension in criteria.dimensions:
        if form in _forms(dimension.id, dimension.title):
            return ScoreItem(dimension.title.to("zh"), scale)
    spelled = [i.title.to("zh") for i in criteria.indicators]
    raise UsageError(_NO_ITEM.of(name=name, near=did_you_mean(name, spelled, NOTHING)))


def _forms(name: str, title: Text) -> set[str]:
    return set(map(normalise, (name, title.to("zh"), title.to("en"))))


def _of_indicator(indicator: Indicator, scale: tuple[float, float]) -> ScoreItem:
    """Return an indicator with the wording of its levels and bands."""
    standard: list[Words] = []
    if indicator.bands:
        for band in sorted(indicator.bands, key=lambda b: b.ends, reverse=True):
            ends = "–".join(f"{x:g}" for x in band.ends)
            said = band.wording or NOTHING
            standard.append(join((join((ends, band.title), Text(" ", " ")), said), COLON))
        scale = bounds(indicator)
    elif indicator.type == "level":
        scale = bounds(indicator)
        for level, said in sorted((indicator.wording or {}).items(), reverse=True):
            standard.append(join((str(level), said), COLON))
    return ScoreItem(indicator.title.to("zh"), scale, tuple(standard))
