"""How many core patents are in force by the sheet of IP rights, and what gates ask of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pilotscore.criteria.deriving import RIGHTS_FACTS
from pilotscore.measures.rights_of_ip import core_patents, facts_of_ip, places_of
from tests.rights.ip.making import assessed, rights

# Granted in patent year 7, the fee of year 8 was paid in time: in force on 2026-11-30.
PAID = {"filed": "2020-01-15", "granted": "2026-03-02", "fees_paid_to": "2027-01-14", "core": 1}
IN_FORCE = PAID | {"number": "ZL202010000001.X"}
IN_GRACE = IN_FORCE | {"filed": "2020-08-15", "granted": "2025-03-02", "fees_paid_to": "2026-08-14"}
LAPSED = IN_FORCE | {"granted": "2023-03-02", "fees_paid_to": "2025-01-14"}
APPLIED = {"filed": "2025-06-01", "core": 1}
UNPROVEN = {"filed": "2018-01-15", "granted": "2021-03-02", "core": 1}


def figure(*rows: dict[str, Any], ids: tuple[str, ...] = ("R1",)) -> Any:
    found = assessed(rights(*rows))
    place = places_of(found.results.result, {name: i for i, name in enumerate(ids)})
    return core_patents(found, place, len(ids))


@pytest.mark.parametrize(
    ("rows", "least", "most", "proven"),
    [
        ([IN_FORCE], 1, 1, True),
        ([IN_FORCE, IN_GRACE], 2, 2, True),  # inside its window it is in force, and shown apart
        ([LAPSED], 0, 0, False),
        ([APPLIED, IN_FORCE], 1, 1, True),
        ([PAID], 1, 1, False),  # no number
        ([IN_FORCE | {"core": 0}], 0, 0, False),
        ([IN_FORCE | {"kind": "utility_model"}, IN_FORCE], 1, 1, True),
        ([IN_FORCE | {"kind": "software"}], 0, 0, False),
        ([UNPROVEN, IN_FORCE], 1, 2, True),
        ([UNPROVEN | {"in_force": 1}], 1, 1, False),
    ],
)
def test_core_inventions_in_force_are_counted(
    rows: list[dict[str, Any]], least: int, most: int, proven: bool
):
    found = figure(*rows)
    assert (found.least[0], found.most[0], bool(found.proven[0])) == (least, most, proven)
    assert bool(found.why[0] == 2) == (most > least)


def test_where_no_right_is_marked_nothing_is_known():
    found = figure({k: v for k, v in IN_FORCE.items() if k != "core"})
    assert np.isnan(found.least[0])
    assert "core" in found.reasons[found.why[0]].to("en")
    assert figure(IN_FORCE, ids=("R1", "R2")).why.tolist() == [0, 0]  # R2 has no row at all


def test_it_says_how_many_are_how():
    said = figure(IN_FORCE, IN_FORCE, IN_GRACE, LAPSED).said(0)
    assert said.to("en").endswith("2 in force, 1 in fee window, 1 lapsed")
    assert said.to("zh").endswith("有效 2 件、滞纳期内 1 件、已失效 1 件")
    assert "no core" in figure(IN_FORCE | {"core": 0}).said(0).to("en")


def test_results_are_told_apart_in_any_order():
    rows = [IN_FORCE | {"result": name} for name in ("B", "A", "B", "C")]
    found = figure(*rows, ids=("A", "B"))
    assert found.least.tolist() == [1, 2]
    assert figure(*rows[::-1], ids=("B", "A")).least.tolist() == [2, 1]
    assert found.said(1).to("en").endswith("2 in force")


def test_facts_are_those_of_the_right_and_unknown_without_a_row():
    found = assessed(rights(LAPSED, IN_GRACE | {"result": "R2"}))
    place = places_of(found.results.result, {"R1": 0, "R2": 1, "R3": 2})
    facts = facts_of_ip(found, place, 3)
    assert facts["core_patent_lapsed"].tolist() == ["yes", "no", ""]
    assert facts["core_patent_in_grace"].tolist() == ["no", "yes", ""]
    assert set(facts) <= set(RIGHTS_FACTS)


def test_every_fact_of_rights_is_worked_out_by_one_of_both():
    from pilotscore.measures.rights_of_owners import FACTS

    of_ip = assessed(rights(IN_FORCE)).results.facts
    assert set(RIGHTS_FACTS) == (set(of_ip) & set(RIGHTS_FACTS)) | set(FACTS) | {"rights_violated"}
