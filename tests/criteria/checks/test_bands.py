"""Bands of a criteria file that cannot be."""

from __future__ import annotations

from typing import Any

import pytest

from pilotscore.criteria.loader import faults_of
from tests.conftest import MINI, from_yaml

GOOD = [
    {"id": "a", "title": "优", "range": [90, 100], "wording": "国际领先"},
    {"id": "b", "title": "良", "range": [80, 89]},
    {"id": "c", "title": "差", "range": [0, 79]},
]
BANDS: dict[str, Any] = {
    "id": "hazard",
    "title": "先进性",
    "type": "bands",
    "weight": 70,
    "table": GOOD,
}


def faults(**changes: Any) -> list[tuple[str, tuple[Any, ...]]]:
    data = from_yaml(MINI)
    data["dimensions"][1]["indicators"][0] = {
        k: v for k, v in (BANDS | changes).items() if v is not None
    }
    return [(f.kind.code, f.path[4:]) for f in faults_of(data)]


def with_(place: int, **changes: Any) -> list[dict[str, Any]]:
    return [b | changes if n == place else b for n, b in enumerate(GOOD)]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"points": [[0, 0], [100, 100]]},
        {"shape": {"kind": "linear", "from": [0, 0], "to": [100, 100]}},
        {"table": with_(1, range=[80, 90])},
        {"table": [b | {"value": 100 - 30 * n} for n, b in enumerate(GOOD)]},
        {"direction": "max"},
    ],
)
def test_bands_that_can_be(changes: dict[str, Any]):
    assert faults(**changes) == []


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"table": None}, "C221", ()),
        ({"table": []}, "C221", ()),
        ({"direction": "min"}, "C221", ("direction",)),
        ({"table": [{"id": "a", "title": "优"}]}, "C101", ("table", 0)),
        ({"table": with_(1, range=[89, 80])}, "C104", ("table", 1, "range")),
        ({"table": with_(1, range=[80, 91])}, "C104", ("table", 1, "range")),
        ({"table": with_(1, range=[90, 100])}, "C104", ("table", 1, "range")),
        ({"table": with_(1, id="a")}, "C210", ("table", 1, "id")),
        ({"table": with_(1, title="优")}, "C211", ("table", 1)),
        ({"table": with_(1, value=80)}, "C221", ("table",)),
        ({"table": [b | {"value": n} for n, b in enumerate(GOOD)]}, "C208", ("table",)),
        (
            {"table": [b | {"value": 9} for b in GOOD], "points": [[0, 0], [100, 100]]},
            "C222",
            ("table",),
        ),
        ({"points": [[0, 100], [100, 0]]}, "C208", ("points", 1)),
    ],
)
def test_bands_that_cannot_be(changes: dict[str, Any], code: str, path: tuple[Any, ...]):
    assert path in [p for _, p in faults(**changes)]
    assert len({c for c, _ in faults(**changes)}) == 1


@pytest.mark.parametrize("type_", ["category", "fact"])
def test_a_range_of_points_belongs_to_bands_alone(type_: str):
    data = from_yaml(MINI)
    owner = data["dimensions"][1]["indicators"][0] if type_ == "category" else data["facts"][2]
    owner["table"][1]["range"] = [1, 2]
    assert [f.path[-2:] for f in faults_of(data)] == [(1, "range")]
