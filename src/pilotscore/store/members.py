"""The columns of a round as the members of its file, each plain JSON, and back.

``columns/head.json`` says what they are of, ``columns/results.json`` and ``columns/decisions.json``
have what every result has, ``columns/dimensions/``, ``indicators/`` and ``facts/`` one array each.
No number is null; indices and scores have nine and six decimals, as the same round is to give the
same bytes on every machine.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from pilotscore.arrays import Floats
from pilotscore.language import Text
from pilotscore.store.columns import (
    DecisionColumns,
    Fact,
    FollowRules,
    IndicatorColumn,
    Item,
    Milestone,
    ReadOnDemand,
    RoundColumns,
    RoundHead,
)

FOLDER = "columns/"
_HEAD, _RESULTS, _DECISIONS = (f"{FOLDER}{x}.json" for x in ("head", "results", "decisions"))
_PARTS = ("grades", "evidence_grades", "dimensions", "indicators", "facts")
INDEX_DECIMALS, SCORE_DECIMALS = 9, 6


def numbers(array: Any, decimals: int | None = None) -> list[Any]:
    """Return an array as JSON has it: None for no number."""
    listed: list[Any] = (array if decimals is None else np.round(array, decimals)).tolist()
    if array.dtype.kind != "f" or bool(np.isfinite(array).all()):
        return listed
    return [x if -np.inf < x < np.inf else None for x in listed]


def floats(listed: Any) -> Floats:
    """Return a list of JSON as an array: nan for None."""
    return np.array(listed, dtype=np.float64)


def as_text(data: Any) -> str:
    """Return data as JSON, as short as it is."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def fact_list(fact: Fact) -> list[Any]:
    """Return a fact as JSON has it."""
    return numbers(fact) if isinstance(fact, np.ndarray) else list(fact)


def fact_of(listed: list[Any]) -> Fact:
    """Return a fact from its list: numbers unless there is a word in it."""
    words = any(isinstance(x, str) for x in listed)
    return tuple(str(x or "") for x in listed) if words else floats(listed)


def indicator_data(column: IndicatorColumn) -> dict[str, list[Any]]:
    """Return an indicator as JSON has it."""
    return {
        "values": numbers(column.values),
        "scores": numbers(column.scores, SCORE_DECIMALS),
        "evidence": numbers(column.evidence),
        **({} if column.judged is None else {"judged": column.judged.astype(int).tolist()}),
    }


def indicator_of(data: Mapping[str, Any]) -> IndicatorColumn:
    """Return an indicator from its JSON data."""
    evidence = np.array(data["evidence"], dtype=np.int8)
    judged = np.array(data["judged"], dtype=bool) if "judged" in data else None
    return IndicatorColumn(floats(data["values"]), floats(data["scores"]), evidence, judged)


def head_text(head: RoundHead) -> str:
    """Return a head as JSON."""
    parts = {part: [asdict(item) for item in getattr(head, part)] for part in _PARTS}
    return as_text({**parts, "follow": asdict(head.follow)})


def head_of(text: str | bytes) -> RoundHead:
    """Return a head from its JSON."""
    data = json.loads(text)
    parts = {part: tuple(_item(entry) for entry in data[part]) for part in _PARTS}
    return RoundHead(**parts, follow=FollowRules(**data["follow"]))


def _item(data: Mapping[str, Any]) -> Item:
    words = tuple(Text(**word) for word in data["words"])
    keys = tuple(data.get("keys", ()))
    return Item(**{**data, "title": Text(**data["title"]), "words": words, "keys": keys})


def milestone_of(data: Mapping[str, Any]) -> Milestone:
    """Return a milestone from its JSON data."""
    return Milestone(**{**data, "shows": Text(**data["shows"])})


def members_of(columns: RoundColumns) -> dict[str, bytes]:
    """Return the members that have the columns of a round."""
    whole: dict[str, Any] = {
        _RESULTS: {
            "ids": list(columns.ids),
            "titles": list(columns.titles),
            "ranks": numbers(columns.ranks),
            "grades": numbers(columns.grades),
            "statuses": list(columns.statuses),
            **{x: numbers(getattr(columns, x), INDEX_DECIMALS) for x in ("index", "low", "high")},
        }
    }
    for name, dimension in columns.dimensions.items():
        whole[f"{FOLDER}dimensions/{name}.json"] = numbers(dimension, INDEX_DECIMALS)
    for name, column in columns.indicators.items():
        whole[f"{FOLDER}indicators/{name}.json"] = indicator_data(column)
    for name, fact in columns.facts.items():
        whole[f"{FOLDER}facts/{name}.json"] = fact_list(fact)
    if columns.decisions is not None:
        whole[_DECISIONS] = _decision_data(columns.decisions)
    texts = {_HEAD: head_text(columns.head), **{n: as_text(d) for n, d in whole.items()}}
    return {name: text.encode() for name, text in texts.items()}


def _decision_data(decisions: DecisionColumns) -> dict[str, Any]:
    arrays = ("award", "discussed", "drawn", "by_hand")
    return {
        "statuses": list(decisions.statuses),
        "levels": list(decisions.levels),
        "chance": numbers(decisions.chance, SCORE_DECIMALS),
        **{name: numbers(getattr(decisions, name)) for name in arrays},
        "milestones": [asdict(m) for m in decisions.milestones],
    }


def _decisions_of(data: Mapping[str, Any]) -> DecisionColumns:
    return DecisionColumns(
        statuses=tuple(data["statuses"]),
        award=np.array(data["award"], dtype=np.int64),
        levels=tuple(data["levels"]),
        chance=floats(data["chance"]),
        **{name: np.array(data[name], dtype=bool) for name in ("discussed", "drawn", "by_hand")},
        milestones=tuple(milestone_of(entry) for entry in data["milestones"]),
    )


def has_columns(names: Any) -> bool:
    """Whether a round with members of these names holds its columns."""
    return _HEAD in names


def columns_of(names: Any, read: Callable[[str], bytes]) -> RoundColumns:
    """Return the columns of a round from its members, the big ones when they are asked for.

    Parameters
    ----------
    names
        Of all members.
    read
        Gives the content of one.
    """

    def load(name: str) -> Any:
        return json.loads(read(name))

    head, results = head_of(read(_HEAD)), load(_RESULTS)
    facts = [item.id for item in head.facts]
    indicators = [item.id for item in head.indicators]
    dimensions = [item.id for item in head.dimensions]
    return RoundColumns(
        head=head,
        ids=tuple(results["ids"]),
        titles=tuple(results["titles"]),
        ranks=np.array(results["ranks"], dtype=np.int64),
        grades=np.array(results["grades"], dtype=np.int8),
        statuses=tuple(results["statuses"]),
        index=floats(results["index"]),
        low=floats(results["low"]),
        high=floats(results["high"]),
        dimensions=ReadOnDemand(
            dimensions, lambda name: floats(load(f"{FOLDER}dimensions/{name}.json"))
        ),
        indicators=ReadOnDemand(
            indicators, lambda name: indicator_of(load(f"{FOLDER}indicators/{name}.json"))
        ),
        facts=ReadOnDemand(facts, lambda name: fact_of(load(f"{FOLDER}facts/{name}.json"))),
        decisions=_decisions_of(load(_DECISIONS)) if _DECISIONS in names else None,
    )
