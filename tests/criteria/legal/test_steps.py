"""The states of a service invention and the steps between them."""

from __future__ import annotations

import pytest

from pilotscore.criteria.legal.regions import load_regulations
from pilotscore.criteria.legal.steps import StepsFile, load_steps
from pilotscore.workbook.rights.records import MODES, STEPS

MACHINE = load_steps()


def test_the_states_are_those_that_a_sheet_of_steps_names():
    assert MACHINE.order == STEPS
    assert [s.id for s in MACHINE.file.states if s.final] == ["exited", "lapsed", "returned"]


def test_every_step_says_who_acts_what_proves_it_and_which_rule_it_follows():
    rules = load_regulations().rules
    for edge in MACHINE.file.edges:
        assert MACHINE.actor(edge).zh
        assert edge.document.en
        assert edge.rule in rules
        assert set(edge.modes) <= set(MODES)


def test_a_final_state_is_left_by_no_step():
    final = {s.id for s in MACHINE.file.states if s.final}
    assert not [e.id for e in MACHINE.file.edges if final & set(e.sources)]


def test_a_step_to_a_state_that_is_not_there_is_refused():
    edge = {"id": "x", "from": [], "to": "nowhere", "actor": "a", "document": "d", "rule": "r"}
    data = {"id": "s", "version": "1", "actors": {"a": "a"}, "states": [], "edges": [edge]}
    with pytest.raises(ValueError, match="nowhere"):
        StepsFile.model_validate(data)
