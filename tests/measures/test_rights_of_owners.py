"""Whose a result is by the sheets of ownership, how many terms are agreed, and what gates ask."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.measures.rights_of_ip import places_of
from pilotscore.measures.rights_of_owners import (
    OwnersPlaced,
    facts_of_owners,
    ownership_status,
    rights_terms,
    stages,
)
from pilotscore.rights.ownership.ownership import TERMS
from tests.rights.ownership.making import Book, book, done, university

UNI = {"party": "某大学", "kind": "state_university"}
TEAM = {"party": "团队", "kind": "team"}
FIRM = {"party": "某公司", "kind": "enterprise"}
GRANTED = {"step": "vested", "start": "2026-03-01"}
PROVEN = done("vested", "2026-03-01")
UNCLEAR, OWN, SIGNED, UNKNOWN = 0.0, 1.0, 2.0, None


def placed(sheets: Book, *ids: str) -> OwnersPlaced:
    owned = sheets.owned()
    names = np.array(ids or ("R1",), object)
    return OwnersPlaced(owned, places_of(names, owned.facts.results.place))


def status(*parties: Any, steps: list[Any] | None = None) -> tuple[float | None, bool]:
    sheets: dict[str, Any] = {"parties": list(parties)}
    if steps is not None:
        sheets["steps"] = steps
    found = ownership_status(placed(book(**sheets)))
    value = float(found.least[0])
    assert (value != value) == (found.why[0] in (1, 2, 3))
    # one owner may have an agreement that no step states
    assert (found.most[0] > found.least[0]) == (value == OWN) == (found.why[0] == 4)
    return (None if value != value else value), bool(found.proven[0])


@pytest.mark.parametrize(
    ("parties", "steps", "expected"),
    [
        ([UNI | {"share": 100}], None, OWN),
        ([UNI | {"share": 100}, TEAM], None, OWN),  # inventors who own nothing
        ([FIRM | {"share": 100}], [], OWN),
        ([UNI | {"share": 30}, TEAM | {"share": 70}], [GRANTED], SIGNED),
        ([UNI | {"share": 100}, TEAM | {"use_years": 10}], [GRANTED], SIGNED),
        ([UNI | {"claim": 1e6}, TEAM | {"share": 100}], [GRANTED], SIGNED),
        ([UNI | {"share": 30}, TEAM | {"share": 60}], [GRANTED], UNCLEAR),
        ([UNI | {"share": 60}, FIRM | {"share": 60}], None, UNCLEAR),
        ([UNI | {"share": 30}, TEAM], None, UNKNOWN),  # the team's share may be the rest
        ([UNI | {"share": 30}, TEAM | {"share": 70}], None, UNKNOWN),  # no agreement is stated
        ([TEAM | {"share": 100}], None, UNKNOWN),
        ([UNI], None, UNKNOWN),
    ],
)
def test_whose_a_result_is(parties: list[Any], steps: list[Any] | None, expected: float | None):
    assert status(*parties, steps=steps)[0] == expected


def test_only_a_document_with_its_day_proves_it():
    shared = [UNI | {"share": 30}, TEAM | {"share": 70}]
    assert status(*shared, steps=[GRANTED]) == (SIGNED, False)
    assert status(*shared, steps=[GRANTED | {"document": "协议"}]) == (SIGNED, False)
    assert status(*shared, steps=[PROVEN]) == (SIGNED, True)
    own = UNI | {"share": 100}
    assert status(own, steps=[done("service_invention", "2025-01-01")]) == (OWN, True)
    # what does not add up is proven by nothing
    assert status(*shared, UNI | {"share": 5}, steps=[PROVEN]) == (UNCLEAR, False)


def test_the_taker_of_a_result_owns_none_of_it():
    assert status(UNI | {"share": 100}, FIRM | {"role": "受让方"})[0] == OWN


@pytest.mark.parametrize(
    ("flags", "least", "most", "why"),
    [
        ({}, None, None, 1),
        (dict.fromkeys(TERMS, 1), 1.0, 1.0, 0),
        (dict.fromkeys(TERMS, 0), 0.0, 0.0, 0),
        (dict.fromkeys(TERMS[:5], 1), 0.625, 1.0, 2),
        (dict.fromkeys(TERMS[:4], 1) | dict.fromkeys(TERMS[4:6], 0), 0.5, 0.75, 2),
    ],
)
def test_terms(flags: dict[str, int], least: float | None, most: float | None, why: int):
    found = rights_terms(placed(book(**university(**flags))))
    for value, expected in ((found.least[0], least), (found.most[0], most)):
        assert (None if np.isnan(value) else float(value)) == expected
    assert found.why[0] == why
    assert found.proven.tolist() == [False]
    both = book(**university(**flags), steps=[PROVEN])
    assert rights_terms(placed(both)).proven.tolist() == [True]


def test_what_is_not_said_of_terms_is_counted():
    flags = dict.fromkeys(TERMS[:4], 1) | {TERMS[4]: 0}
    said = rights_terms(placed(book(**university(**flags)))).said(0)
    assert said.to("en") == "of eight terms 4 agreed, 1 not agreed, 3 not stated"


SOLD = [done("decided", "2026-02-01"), done("executed", "2026-04-01")]


@pytest.mark.parametrize(
    ("sheets", "fact", "expected"),
    [
        (university(), "coowner_consent_missing", "no"),
        (
            {
                "cases": [{"mode": "transfer"}],
                "parties": [UNI | {"share": 50}, FIRM | {"share": 50, "consents": 0}],
                "steps": SOLD,
            },
            "coowner_consent_missing",
            "yes",
        ),
        (
            {
                "cases": [{"mode": "transfer"}],
                "parties": [UNI | {"share": 50}, FIRM | {"share": 50}],
                "steps": SOLD,
            },
            "coowner_consent_missing",
            "",
        ),
        (university("浙江省", "transfer"), "reward_below_floor", "no"),
        (
            university("浙江省", "transfer")
            | {
                "distributions": [
                    {"item": "reward", "share": 40.0, "of": "net_income", "agreed": 1}
                ]
            },
            "reward_below_floor",
            "yes",
        ),
        (
            {"parties": [UNI | {"claim": 1e6, "claim_due": "2026-10-31"}, TEAM | {"share": 100}]},
            "claim_overdue",
            "yes",
        ),
        ({"parties": [UNI | {"share": 60}, FIRM | {"share": 60}]}, "rights_violated", "yes"),
        (university(), "rights_violated", "no"),
    ],
)
def test_facts(sheets: dict[str, Any], fact: str, expected: str):
    facts = facts_of_owners(placed(book(**sheets), "R1", "R2"))
    assert facts[fact].tolist() == [expected, ""]  # R2 is in no sheet


def test_the_stage_says_what_is_stated_what_is_proven_and_what_comes_next():
    sheets = book(**university(), steps=[{"step": "disclosed", "start": "2026-01-05"}])
    said = stages(placed(sheets))(0).to("en")
    assert "unproven" in said
    assert "next" in said
    shown = book(**university(), steps=[done("disclosed", "2026-01-05")])
    assert "unproven" not in stages(placed(shown))(0).to("en")
    assert stages(placed(shown, "R2"))(0).to("en") == ""


STEPS = ("disclosed", "service_invention", "valued", "planned", "decided", "published", "vested")


@pytest.mark.slow
@settings(max_examples=25)
@given(
    st.lists(st.sampled_from([None, 30.0, 70.0, 100.0]), min_size=2, max_size=2),
    st.lists(st.sampled_from(STEPS), unique=True, max_size=4),
    st.data(),
)
def test_a_document_more_changes_no_value_and_takes_no_proof_away(
    shares: list[float | None], steps: list[str], data: st.DataObject
):
    parties = [
        who | ({} if share is None else {"share": share})
        for who, share in zip((UNI, TEAM), shares, strict=True)
    ]
    rows = [
        done(step, f"2026-0{n + 1}-01")
        if data.draw(st.booleans())
        else {"step": step, "start": f"2026-0{n + 1}-01"}
        for n, step in enumerate(steps)
    ]
    more = [row | {"document": "x.pdf", "document_date": row["start"]} for row in rows]
    before, after = (
        ownership_status(placed(book(parties=parties, steps=each))) for each in (rows, more)
    )
    assert np.array_equal(before.least, after.least, equal_nan=True)
    assert bool(after.proven[0]) >= bool(before.proven[0])
