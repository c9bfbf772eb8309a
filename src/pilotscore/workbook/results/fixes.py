"""What a person says once of a whole column whose numbers are on another scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pilotscore.errors import UsageError
from pilotscore.language import Text, nearest
from pilotscore.workbook.tables.headers import HeaderNames

# The kinds of fix: percent is of a column of percentages that holds shares, or the other way round.
_KINDS = ("percent",)
_FACTORS = {"percent": 100.0, "ratio": 0.01}
_FORM = Text(
    "--fix 写作“percent:列名”，不是“{text}”", "--fix is written percent:COLUMN, not “{text}”"
)
_NO_COLUMN = Text(
    "--fix 所说的列“{name}”不是任何指标；相近的有“{near}”",
    "--fix names “{name}”, which is no indicator; perhaps “{near}” is meant",
)
_NO_SHARE = Text(
    "--fix percent 只用于百分数与比值，“{name}”不是",
    "--fix percent is for percentages and ratios, and “{name}” is neither",
)


def with_fixes(names: HeaderNames, fixes: Sequence[str]) -> HeaderNames:
    """Return the names with what bare numbers of some columns are multiplied by.

    Shares under a percentage are multiplied by 100, percentages under a ratio divided by it.

    Raises
    ------
    UsageError
        A fix is not written so, or names no column that it can be for.
    """
    if not fixes:
        return names
    factors: dict[str, float] = {}
    for text in fixes:
        kind, colon, header = text.partition(":")
        if not colon:
            kind, colon, header = text.partition("：")
        if kind.strip() not in _KINDS or not header.strip():
            raise UsageError(_FORM.of(text=text))
        named = names.resolve(header.strip())
        quantity = names.quantities.get(named.name) if named is not None else None
        if quantity is None:
            titles = [str(q.title.zh) for q in names.quantities.values()]
            near = nearest(header.strip(), titles) or titles[0]
            raise UsageError(_NO_COLUMN.of(name=header.strip(), near=near))
        if quantity.type not in _FACTORS:
            raise UsageError(_NO_SHARE.of(name=quantity.title))
        factors[quantity.id] = _FACTORS[quantity.type]
    return replace(names, fixed=factors)
