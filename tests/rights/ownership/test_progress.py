"""States that are stated and proven, and the step that is next: every path of the machine."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.criteria.legal.steps import Edge, load_steps
from pilotscore.rights.ownership.facts import STATE_KINDS
from pilotscore.rights.ownership.progress import NO_EDGE, NO_STATE
from pilotscore.workbook.rights.records import MODES, STEPS

from .making import AS_OF, book, done, university

MACHINE = load_steps()
GRANTS = {
    "none": [{"party": "某大学", "kind": "state_university", "share": 100.0}],
    "share": [
        {"party": "某大学", "kind": "state_university", "share": 30.0},
        {"party": "团队", "kind": "team", "share": 70.0},
    ],
    "use": [
        {"party": "某大学", "kind": "state_university", "share": 100.0},
        {"party": "团队", "kind": "team", "use_years": 10.0},
    ],
}


def parties(grant: str, kind: str) -> list[dict]:
    return [
        {**p, "kind": kind if p["kind"] == "state_university" else p["kind"]} for p in GRANTS[grant]
    ]


def is_open(edge: Edge, mode: str, grant: str, kind: str) -> bool:
    holds = (
        (edge.granted, grant != "none"),
        (edge.state, kind in STATE_KINDS),
        (edge.use_right, grant == "use"),
    )
    return (not edge.modes or mode in edge.modes) and all(w is None or w == h for w, h in holds)


def paths(mode: str, grant: str, kind: str) -> Iterator[tuple[Edge, ...]]:
    """Every way from nothing to a state without a next one, for one sort of result."""
    edges = [e for e in MACHINE.file.edges if is_open(e, mode, grant, kind)]

    def on(state: str, way: tuple[Edge, ...]) -> Iterator[tuple[Edge, ...]]:
        following = [e for e in edges if state in e.sources or (not state and not e.sources)]
        if not following:
            yield way
        for edge in following:
            yield from on(edge.to, (*way, edge))

    return on("", ())


def reached(way: tuple[Edge, ...], mode: str, grant: str, kind: str):
    rows = [done(edge.to, f"2025-01-{i + 1:02d}") for i, edge in enumerate(way)]
    sheets = {"cases": [{"mode": mode}], "parties": parties(grant, kind), "steps": rows}
    return book(**sheets).owned().progress


SORTS = list(product(MODES, GRANTS, ("state_university", "enterprise")))


@pytest.mark.slow
@pytest.mark.parametrize(("mode", "grant", "kind"), SORTS)
def test_every_path_of_the_machine_can_be_gone_and_proven(mode, grant, kind):
    ways = list(paths(mode, grant, kind))
    assert ways
    for way in ways[:: max(1, len(ways) // 12)]:
        progress = reached(way, mode, grant, kind)
        assert STEPS[progress.stated[0]] == STEPS[progress.proven[0]] == way[-1].to
        assert progress.next[0] == NO_EDGE or way[-1].to == "operated"


def test_every_step_and_every_state_is_on_a_path():
    on_a_path = {e.id for sort in SORTS for way in paths(*sort) for e in way}
    assert on_a_path == {e.id for e in MACHINE.file.edges}
    assert {e.to for e in MACHINE.file.edges} == set(STEPS)


MAIN = (
    "disclosed",
    "service_invention",
    "protected",
    "planned",
    "decided",
    "published",
    "executed",
)


@pytest.mark.parametrize("given_up_to", range(len(MAIN)))
def test_the_next_step_follows_the_stated_one(given_up_to):
    rows = [done(s, f"2025-01-{i + 1:02d}") for i, s in enumerate(MAIN[:given_up_to])]
    progress = book(**university(), steps=rows).owned().progress
    assert MACHINE.file.edges[progress.next[0]].to == MAIN[given_up_to]


def test_a_missing_document_is_unproven_and_does_not_undo_what_is_stated():
    rows = [done(s, f"2025-01-{i + 1:02d}") for i, s in enumerate(MAIN)]
    del rows[4]["document_date"]
    case = book(**university(), steps=rows).case()
    assert (case.stated, case.proven) == ("executed", "planned")
    assert [s.id for s in case.unproven] == ["decided", "published", "executed"]


def test_a_state_passed_over_is_unproven_and_an_optional_one_is_not():
    case = book(**university(), steps=[done("executed", "2025-03-01")]).case()
    assert [s.id for s in case.unproven] == list(MAIN)
    assert case.proven == ""


def test_nothing_stated_has_disclosure_next():
    progress = book(**university()).owned().progress
    assert (progress.stated[0], progress.proven[0]) == (NO_STATE, NO_STATE)
    assert MACHINE.file.edges[progress.next[0]].to == "disclosed"


def test_what_comes_after_the_day_of_evaluation_has_not_come():
    rows = [done(s, f"2025-0{i + 1}-01") for i, s in enumerate(MAIN)]
    case = book(**university(), steps=rows).case("2025-03-15")
    assert (case.stated, case.proven) == ("protected", "protected")


def how_far(owned) -> int:
    """How far along the proven state is: without rights granted the contract precedes the register."""
    place = int(owned.progress.proven[0])
    swapped = {
        STEPS.index("registered"): STEPS.index("executed"),
        STEPS.index("executed"): STEPS.index("registered"),
    }
    return place if owned.facts.granted[0] else swapped.get(place, place)


STEP = st.fixed_dictionaries(
    {
        "step": st.sampled_from(STEPS),
        "start": st.dates(
            np.datetime64("2024-01-01").item(), np.datetime64("2027-12-31").item()
        ).map(str),
        "document": st.sampled_from(["", "a.pdf"]),
        "document_date": st.sampled_from(["NaT", "2025-05-05", "2026-12-24"]),
    }
)
SHEETS = {
    "mode": st.sampled_from(MODES),
    "rows": st.lists(STEP, max_size=12),
    "grant": st.sampled_from(sorted(GRANTS)),
}


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(**SHEETS, which=st.integers(0, 11))
def test_adding_a_document_never_makes_a_state_worse(mode, rows, grant, which):
    sheets = {"cases": [{"mode": mode}], "parties": GRANTS[grant]}
    before = book(**sheets, steps=rows).owned()
    if not rows:
        return
    at = which % len(rows)
    more = [
        *rows[:at],
        {**rows[at], "document": "b.pdf", "document_date": "2025-02-03"},
        *rows[at + 1 :],
    ]
    after = book(**sheets, steps=more).owned()
    assert how_far(after) >= how_far(before)
    for state in STEPS:
        assert after.progress.shown[state][0] >= before.progress.shown[state][0]
        assert after.progress.unproven[state][0] <= before.progress.unproven[state][0]


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(**SHEETS, days=st.integers(0, 900))
def test_a_later_day_of_evaluation_only_moves_states_on(mode, rows, grant, days):
    sheets = {"cases": [{"mode": mode}], "parties": GRANTS[grant], "steps": rows}
    before, after = (book(**sheets).owned(day) for day in (AS_OF, AS_OF + days))
    for state in STEPS:
        assert after.progress.shown[state][0] >= before.progress.shown[state][0]
        assert after.progress.reached[state][0] >= before.progress.reached[state][0]
    assert np.array_equal(before.amounts.net, after.amounts.net)
    assert before.publicity.due[0] == after.publicity.due[0] or np.isnat(before.publicity.due[0])
