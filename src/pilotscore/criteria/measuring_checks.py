"""Faults of what a criteria file says of batch data that concern several places at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pilotscore.criteria import kinds
from pilotscore.criteria.faults import Fault
from pilotscore.criteria.measuring import BUILT_IN_CHARACTERISTICS, MEASURES
from pilotscore.criteria.names import normalise
from pilotscore.criteria.places import Path
from pilotscore.language import Text, nearest

Items = list[tuple[Path, dict[str, Any]]]


def check_measuring(data: dict[str, Any], indicators: Items) -> Iterator[Fault]:
    """Yield the faults of the part ``measuring`` and of each indicator's ``measured``.

    Parameters
    ----------
    data
        The file's plain data.
    indicators
        The plain data of each indicator, with its path.
    """
    measuring = data.get("measuring")
    measuring = measuring if isinstance(measuring, dict) else {}
    listed = measuring.get("characteristics")
    characteristics: Items = [
        (("measuring", "characteristics", i), c)
        for i, c in enumerate(listed if isinstance(listed, list) else [])
        if isinstance(c, dict)
    ]
    yield from _check_characteristics(characteristics)
    yield from _check_span(measuring.get("margin"), ("measuring", "margin"))
    yield from _check_evidence(measuring, data.get("evidence"))
    known = [str(c.get("id")) for _, c in characteristics]
    known += [c.id for c in BUILT_IN_CHARACTERISTICS if c.id not in known]
    for path, indicator in indicators:
        measured = indicator.get("measured")
        if isinstance(measured, dict):
            yield from _check_measured(measured, (*path, "measured"), indicator, known)


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)


def _check_span(value: Any, path: Path) -> Iterator[Fault]:
    ends = [_number(x) for x in value] if isinstance(value, list) and len(value) == 2 else []
    if len(ends) == 2 and ends[0] is not None and ends[1] is not None and not ends[0] < 1 < ends[1]:
        wanted = Text("[小于 1, 大于 1]", "[below 1, above 1]")
        yield Fault(kinds.OUT_OF_BOUNDS, path, {"key": path[-1], "value": value, "wanted": wanted})


def _check_characteristics(characteristics: Items) -> Iterator[Fault]:
    owner: dict[str, tuple[str, Path]] = {}
    seen: dict[str, Path] = {}
    for path, item in characteristics:
        name = str(item.get("id", "?"))
        if name in seen:
            at: dict[str, Any] = {"name": name, "line": seen[name]}
            yield Fault(kinds.REPEATED_ID, (*path, "id"), at)
        seen.setdefault(name, (*path, "id"))
        lower, upper = _number(item.get("lower")), _number(item.get("upper"))
        if lower is not None and upper is not None and lower >= upper:
            wanted = Text(f"小于上限 {upper:g} 的数值", f"a number below the upper limit {upper:g}")
            bound = {"key": "lower", "value": lower, "wanted": wanted}
            yield Fault(kinds.OUT_OF_BOUNDS, (*path, "lower"), bound)
        for spelling in _spellings(item):
            first = owner.setdefault(normalise(spelling), (name, path))
            if first[0] != name:
                values = {
                    "alias": spelling, "first": first[0], "line": first[1], "second": name,
                }  # fmt: skip
                yield Fault(kinds.SHARED_ALIAS, path, values)


def _spellings(item: dict[str, Any]) -> list[str]:
    title, aliases = item.get("title"), item.get("aliases")
    titles = list(title.values()) if isinstance(title, dict) else [title]
    others = aliases if isinstance(aliases, list) else []
    return list(dict.fromkeys(t for t in (item.get("id"), *titles, *others) if isinstance(t, str)))


def _check_evidence(measuring: dict[str, Any], evidence: Any) -> Iterator[Fault]:
    wanted = measuring.get("evidence")
    if not isinstance(wanted, str):
        return
    grades = evidence.get("grades") if isinstance(evidence, dict) else None
    ids = [str(g.get("id")) for g in grades or [] if isinstance(g, dict)]
    if wanted not in ids:
        values = {"key": "evidence", "name": wanted, "wanted": ", ".join(ids) or "-"}
        yield Fault(kinds.UNKNOWN_REFERENCE, ("measuring", "evidence"), values)


def _check_measured(
    measured: dict[str, Any], path: Path, indicator: dict[str, Any], known: list[str]
) -> Iterator[Fault]:
    measure = MEASURES.get(str(measured.get("measure")))
    if measure is None:
        return  # told as a value that is not one of those allowed
    type_ = indicator.get("type")
    if isinstance(type_, str) and type_ not in measure.types:
        values = {
            "name": str(indicator.get("id", "?")),
            "type": type_,
            "problem": Text(
                f"由批次数据计算的 {measure.id} 是另一种数值",
                f"{measure.id}, worked out from batch data, is of another type",
            ),
            "wanted": "type: " + " / ".join(measure.types),
        }
        yield Fault(kinds.VALUE_FUNCTION, (*path, "measure"), values)
    of = measured.get("of", "worst")
    named = [of] if isinstance(of, str) else of if isinstance(of, list) else []
    if measure.basis == "result" and named != ["worst"]:
        wanted = Text(
            "不写 of：该测度针对成果的全部批次", "no of: it is of all batches of a result"
        )
        values = {"key": "of", "value": of, "wanted": wanted}
        yield Fault(kinds.OUT_OF_BOUNDS, (*path, "of"), values)
        return
    for name in named:
        if isinstance(name, str) and name not in ("worst", *known):
            near = nearest(name, known) or ", ".join(known)
            unknown = {"key": "of", "name": name, "wanted": near}
            yield Fault(kinds.UNKNOWN_REFERENCE, (*path, "of"), unknown)
