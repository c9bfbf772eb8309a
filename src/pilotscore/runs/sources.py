"""Which characteristics of batches give which indicators their value, for what was understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pilotscore.criteria import BUILT_IN_CHARACTERISTICS, CriteriaSet
from pilotscore.criteria.names import normalise
from pilotscore.language import Words
from pilotscore.measures import Measurements
from pilotscore.workbook import ColumnRead, PageRead


def with_sources(
    pages: Sequence[PageRead], measurements: Measurements, criteria: CriteriaSet
) -> tuple[PageRead, ...]:
    """Return pages with what each characteristic gives, and whether it is key.

    Parameters
    ----------
    pages
        What was understood.
    measurements
        The values, with what those that are measured were worked out from.
    criteria
        What the characteristics are.
    """
    declared = (*criteria.measuring.characteristics, *BUILT_IN_CHARACTERISTICS)
    id_of = {form: c.id for c in reversed(declared) for form in c.spellings}
    keys = {c.id for c in declared if c.key}
    gives: dict[str, dict[str, Words]] = {}
    for (_, name), basis in sorted(measurements.bases.items()):
        if basis.characteristic is None or basis.why is not None:
            continue
        form = normalise(basis.characteristic.to("zh"))
        title = criteria.indicators[criteria.indicator_position[name]].title
        gives.setdefault(id_of.get(form, form), {})[name] = title

    def column(read: ColumnRead) -> ColumnRead:
        if read.measured is None:
            return read
        form = normalise(read.head.name)
        own = id_of.get(form, form)
        order = sorted(gives.get(own, {}), key=criteria.indicator_position.__getitem__)
        titles = tuple(gives[own][name] for name in order)
        return replace(read, measured=replace(read.measured, key=own in keys, gives=titles))

    return tuple(replace(page, columns=tuple(map(column, page.columns))) for page in pages)
