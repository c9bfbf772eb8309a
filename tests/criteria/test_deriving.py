"""What a criteria file takes from the sheets of rights, and the faults it can have."""

from __future__ import annotations

from typing import Any

import pytest

from pilotscore.criteria.deriving import DERIVATIONS, RIGHTS_FACTS
from pilotscore.criteria.loader import faults_of
from pilotscore.criteria.model import CriteriaSet
from tests.conftest import MINI, built_in, from_yaml

OWNER: dict[str, Any] = {
    "id": "owner",
    "title": "权属",
    "type": "category",
    "weight": 70,
    "table": [
        {"id": name, "title": name, "value": value}
        for name, value in {"unclear": 0, "institution_only": 70, "agreement_signed": 100}.items()
    ],
}
COUNT: dict[str, Any] = {
    "id": "patents",
    "title": "核心专利",
    "type": "count",
    "weight": 70,
    "points": [[0, 0], [5, 100]],
}


def made(indicator: dict[str, Any], **changes: Any) -> dict[str, Any]:
    data = from_yaml(MINI)
    data["dimensions"][1]["indicators"][0] = indicator
    return data | changes


def faults(indicator: dict[str, Any], **changes: Any) -> list[tuple[str, str]]:
    return [(f.kind.code, str(f.path[-1])) for f in faults_of(made(indicator, **changes))]


@pytest.mark.parametrize(
    "indicator",
    [
        COUNT | {"derived": {"what": "core_patents_valid"}},
        COUNT | {"derived": {"what": "core_patents_valid"}, "type": "number"},
        COUNT | {"derived": {"what": "rights_terms_complete"}, "type": "ratio"},
        COUNT | {"derived": {"what": "rights_terms_complete"}, "type": "percent"},
        OWNER | {"derived": {"what": "ownership_status"}},
        OWNER
        | {
            "table": [{"id": "grey", "title": "grey", "value": 0}, *OWNER["table"][1:]],
            "derived": {"what": "ownership_status", "categories": {"unclear": "grey"}},
        },
    ],
)
def test_what_can_be_derived(indicator: dict[str, Any]):
    assert faults(indicator, rights={"evidence": "E2"}) == []
    derived = CriteriaSet.model_validate(made(indicator)).indicators[3].derived
    assert derived is not None
    assert derived.what in DERIVATIONS


@pytest.mark.parametrize(
    ("indicator", "code", "key"),
    [
        (COUNT | {"derived": {"what": "core_patents"}}, "C104", "what"),
        (COUNT | {"derived": {"what": "ownership_status"}}, "C214", "derived"),
        (OWNER | {"derived": {"what": "rights_terms_complete"}}, "C214", "derived"),
        (
            OWNER | {"derived": {"what": "ownership_status"}, "table": OWNER["table"][1:]},
            "C210",
            "derived",
        ),
        (
            OWNER | {"derived": {"what": "ownership_status", "categories": {"unclear": "gray"}}},
            "C210",
            "unclear",
        ),
        (
            OWNER
            | {"derived": {"what": "ownership_status", "categories": {"disputed": "unclear"}}},
            "C210",
            "disputed",
        ),
        (
            COUNT
            | {
                "derived": {"what": "core_patents_valid"},
                "measured": {"measure": "consecutive_batches"},
            },
            "C104",
            "derived",
        ),
    ],
)
def test_what_cannot(indicator: dict[str, Any], code: str, key: str):
    assert (code, key) in faults(indicator)


def test_a_grade_of_evidence_that_is_none():
    assert faults(COUNT, rights={"evidence": "E9"}) == [("C210", "evidence")]


@pytest.mark.parametrize("name", RIGHTS_FACTS)
def test_conditions_may_use_the_facts_and_nothing_may_take_their_names(name: str):
    gate = {"id": "g", "title": "g", "when": f"{name} == yes", "funding": "hold"}
    assert faults(COUNT, gates=[gate]) == []
    assert [c for c, _ in faults(COUNT, gates=[gate | {"when": f"{name} == 1"}])] == ["C208"]
    assert faults(COUNT | {"id": name}) == [("C104", "id")]


def test_the_built_in_set_derives_all_that_can_be():
    criteria = built_in().criteria
    derived = {i.id: i.derived.what for i in criteria.indicators if i.derived}
    assert derived == {name: name for name in DERIVATIONS}
    assert criteria.rights.evidence == "E2"
