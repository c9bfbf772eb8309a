"""The rules of a panel: those of a criteria set, with what a command asks for in their place."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pilotscore.criteria import CriteriaSet, Indicator, load_criteria
from pilotscore.criteria.model import bounds
from pilotscore.criteria.names import normalise
from pilotscore.criteria.panel import PanelSettings
from pilotscore.panels.rule import PanelRule
from pilotscore.records import dataclass
from pilotscore.workbook.panels.joining import no_indicator
from pilotscore.workbook.panels.reader import read_panel
from pilotscore.workbook.panels.records import PanelSubmission

_NOTHING: Mapping[str, Any] = MappingProxyType({})


def _no_quantity(_: str) -> Indicator | None:
    return None


@dataclass(frozen=True, slots=True)
class PanelRules:
    """By which rules scores are read and pooled.

    Parameters
    ----------
    rule
        How scores become one value.
    scale
        The least and greatest score, for indicators without one in ``scales``; by the scores where
        None.
    scales
        The range of an indicator, by its name in the scores.
    discuss
        Scores further apart than so many hundredths of the scale go to discussion.
    weights
        Of the indicators in the overall value, by name; 1 for any other.
    indicator_of
        What a name in a score sheet means as an indicator of the set; None where it is none.
    quantity_of
        The indicator in bands or levels that a name means, whose words a cell may hold.
    """

    rule: PanelRule = field(default_factory=PanelRule)
    scale: tuple[float, float] | None = None
    scales: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    discuss: float = 20.0
    weights: Mapping[str, float] = field(default_factory=dict)
    indicator_of: Callable[[str], str | None] = no_indicator
    quantity_of: Callable[[str], Indicator | None] = _no_quantity


def read_scores(paths: Iterable[Path], rules: PanelRules) -> PanelSubmission:
    """Read scores by the names, ranges and bands of some rules.

    Raises
    ------
    UnreadableInputError
        No file can be read.
    """
    return read_panel(
        paths,
        indicator_of=rules.indicator_of,
        scale=rules.scale,
        scales=rules.scales,
        quantity_of=rules.quantity_of,
    )


def rules_of(criteria: str | None, options: Mapping[str, Any]) -> PanelRules:
    """Return the rules of a criteria set, or the defaults, with what is asked for in their place.

    Parameters
    ----------
    criteria
        The set; None for none.
    options
        ``how``, ``drop``, ``drop_from``, ``trim``, ``groups``, ``least``, ``correction``,
        ``stages``, ``scale`` and ``discuss``; None (or nothing) for what is not asked for.

    Raises
    ------
    FaultyFileError, UnreadableInputError
        The set cannot be loaded.
    """
    return rules_by(load_criteria(criteria).criteria if criteria else None, options)


def rules_by(loaded: CriteriaSet | None, options: Mapping[str, Any] = _NOTHING) -> PanelRules:
    """Return the rules of a loaded criteria set, as :func:`rules_of` does of a file."""
    stated = loaded.panel if loaded else PanelSettings()
    chosen = {k: v for k, v in options.items() if v not in (None, {}, ())}

    def of(name: str) -> Any:
        return chosen.get(name, getattr(stated, name, None))

    drop = of("drop")
    rule = PanelRule(
        of("how"),
        drop=drop,
        drop_from=max(of("drop_from"), 2 * drop + 1),
        trim=of("trim"),
        group_weights=dict(of("groups")),
        least=of("least"),
        least_by_group=dict(stated.least_by_group),
        correction=of("correction"),
        first_share=of("stages"),
    )
    discuss = chosen.get("discuss", stated.discuss_above)
    if loaded is None:
        return PanelRules(rule, of("scale"), discuss=discuss)
    names = _names(loaded)
    in_words = {i.title.to("zh"): i for i in loaded.indicators if i.bands or i.type == "level"}
    return PanelRules(
        rule,
        of("scale"),
        _scales(loaded),
        discuss,
        _weights(loaded),
        lambda header: names.get(normalise(header)),
        lambda header: in_words.get(names.get(normalise(header), "")),
    )


def _names(criteria: CriteriaSet) -> dict[str, str]:
    """Return the name under which each spelling of an indicator or dimension is pooled."""
    names: dict[str, str] = {}
    parts = [(d.id, d.title) for d in criteria.dimensions]
    parts += [(i.id, i.title) for i in criteria.indicators]
    for name, title in parts:
        for spelling in (name, title.to("zh"), title.to("en")):
            names[normalise(spelling)] = title.to("zh")
    return names


def _scales(criteria: CriteriaSet) -> dict[str, tuple[float, float]]:
    """Return the range of each indicator in bands or levels: any other is scored in points."""
    return {
        i.title.to("zh"): bounds(i)
        for i in criteria.indicators
        if (i.bands or i.type == "level") and all(map(math.isfinite, bounds(i)))
    }


def _weights(criteria: CriteriaSet) -> dict[str, float]:
    """Return the weight of each indicator in the whole, and of each dimension."""
    weights: dict[str, float] = {}
    for dimension in criteria.dimensions:
        weights[dimension.title.to("zh")] = dimension.weight
        total = sum(i.weight for i in dimension.indicators) or 1.0
        for indicator in dimension.indicators:
            share = dimension.weight * indicator.weight / total
            weights[indicator.title.to("zh")] = share
    return weights
