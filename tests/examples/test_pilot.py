"""The made-up example: every grade, gate and recommendation occurs, and the axioms hold on it."""

from __future__ import annotations

import json
import random
import runpy

import openpyxl
import pytest

import pilotscore
from pilotscore.criteria import data_folder
from pilotscore.criteria.deriving import RIGHTS_FACTS
from pilotscore.index import Status
from pilotscore.runs.outcome import Outcome
from tests.cli.test_commands import run
from tests.conftest import AS_OF, built_in

BOOK = data_folder("examples") / "pilot" / "pilot.xlsx"


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return pilotscore.rank(BOOK, as_of=AS_OF)


@pytest.mark.slow
def test_every_grade_status_gate_and_recommendation_occurs(outcome: Outcome):
    a = outcome.assessment
    assert set(a.grade.tolist()) == {-1, 0, 1, 2, 3, 4}
    assert set(a.status.tolist()) == {Status.GRADED, Status.WITHHELD, Status.NOT_ASSESSABLE}
    assert [
        g.id
        for g, n in zip(a.criteria.gates, a.gates.closed.sum(axis=0), strict=True)
        if n == 0 and g.id not in RIGHTS_FACTS  # the example has no sheets of rights
    ] == []
    approvals = {r.approval.title.en for r in outcome.plan.recommendations}
    policy = outcome.policy
    every = [*policy.grades.values(), policy.held, policy.refused, policy.not_assessable]
    assert approvals == {c.approval.title.en for c in every}


@pytest.mark.slow
def test_about_40_results_in_both_languages_that_say_they_are_made_up(outcome: Outcome):
    assert 38 <= len(outcome) <= 45
    book = openpyxl.load_workbook(BOOK, read_only=True)
    text = " ".join(
        str(c) for row in book.worksheets[0].iter_rows(values_only=True) for c in row if c
    )
    assert "虚构" in text
    assert "made up" in text or "invented" in text or "fictitious" in text
    assert {t.sheet for t in outcome.submission.tables} == {"成果", "Results"}


def test_the_set_is_as_criteria_md_has_it():
    """Section 3.1: 8 dimensions, 35 indicators, 16 gates, 5 grades; weights as in the table.

    Beside those 16 are the gates that speak of the sheets of rights.
    """
    c = built_in().criteria
    assert [(d.id, d.weight) for d in c.dimensions] == [
        ("tech", 18), ("stability", 20), ("scaleup", 12), ("economics", 12), ("hse", 12), ("ip", 10), ("market", 10), ("team", 6),
    ]  # fmt: skip
    own = [g for g in c.gates if g.id not in RIGHTS_FACTS]
    assert (len(c.indicators), len(own), len(c.grades)) == (35, 16, 5)
    weights = {i.id: i.weight * d.weight / 100 for d in c.dimensions for i in d.indicators}
    for name, overall in {
        "trl_level": 8.10,
        "continuous_run_hours": 5.00,
        "ppk_lower": 4.00,
        "mrl_level": 3.60,
        "unit_cost_ratio": 4.80,
        "safety_assessment": 3.00,
        "ownership_status": 4.00,
        "crl_level": 4.00,
        "order_coverage": 3.50,
        "funding_coverage": 1.80,
    }.items():
        assert weights[name] == pytest.approx(overall)
    assert sum(weights.values()) == pytest.approx(100)


def by_id(outcome: Outcome, name: str) -> int:
    return outcome.assessment.measurements.ids.index(name)


def test_excellent_but_unsafe_and_excellent_but_unowned(outcome: Outcome):
    """The sanity run of CRITERIA.md: strength elsewhere buys neither off."""
    a = outcome.assessment
    unsafe, unowned = by_id(outcome, "CG-010"), by_id(outcome, "CG-011")
    assert a.index[unsafe] > 80
    assert a.criteria.grades[a.grade[unsafe]].id == "E"
    assert a.index[unowned] > 80
    assert a.criteria.grades[a.grade[unowned]].id == "D"
    assert outcome.plan.recommendations[unowned].approval.decision == "reject"


def test_a_failed_gate_is_never_bought_off(outcome: Outcome):
    a = outcome.assessment
    for g, gate in enumerate(a.criteria.gates):
        for i in range(len(a)):
            if not a.gates.closed[i, g]:
                continue
            if gate.cap is not None and a.grade[i] >= 0:
                assert a.grade[i] >= a.criteria.grade_position[gate.cap]
            if gate.funding is not None:
                assert not outcome.plan.recommendations[i].open_offers


@pytest.mark.slow
def test_the_needs_beside_it_are_matched_to_what_was_released(tmp_path):
    saved = tmp_path / "round.pilot"
    run("rank", BOOK, "--as-of", AS_OF.isoformat(), "--save", saved)
    needs = BOOK.with_name("needs.csv")
    done = run("catalogue", saved, "--needs", needs, "--as-of", "2026-12-01", "--json", lang="en")
    assert done.exit_code == 0, done.stderr
    data = json.loads(done.stdout)
    shown = {row["id"] for row in data["results"]}
    assert {"CG-001", "CG-003"} <= shown
    assert not shown & {"CG-002", "CG-017", "EN-06"}
    first = {}
    for row in data["matches"]:
        first.setdefault(row["need"], row["result"])
    assert first["XQ-01"] == "CG-001"
    assert first["XQ-03"] == "CG-003"
    assert not {"XQ-04", "XQ-05"} & {row["need"] for row in data["matches"]}


@pytest.mark.slow
def test_its_workbook_is_what_its_script_writes(tmp_path, monkeypatch):
    script = runpy.run_path(str(BOOK.with_name("make.py")))
    monkeypatch.setitem(script["main"].__globals__, "HERE", tmp_path)
    script["main"]()
    assert (tmp_path / "pilot.xlsx").read_bytes() == BOOK.read_bytes()


@pytest.mark.slow
def test_the_order_of_rows_and_sheets_does_not_matter(outcome: Outcome, tmp_path):
    book = openpyxl.load_workbook(BOOK)
    for sheet in ("成果", "Results"):
        rows = [[c.value for c in row] for row in book[sheet].iter_rows(min_row=4)]
        rows = [r for r in rows if any(v is not None for v in r)]
        random.Random(3).shuffle(rows)
        for r, values in enumerate(rows, start=4):
            for c, value in enumerate(values, start=1):
                book[sheet].cell(r, c).value = value
    book.move_sheet("Results", -1)
    book.save(tmp_path / "shuffled.xlsx")
    again = pilotscore.rank(tmp_path / "shuffled.xlsx", as_of=AS_OF)
    one, two = (o.ranking.to_frame() for o in (outcome, again))
    assert two.equals(one)


def test_only_the_intended_findings(outcome: Outcome):
    """The example reads without a reading that is not literal."""
    assert {f.code for f in outcome.findings} <= {
        "B109",
        "B111",
        "I501",
        "I502",
        "I503",
        "I504",
        "I505",
    }


PAPERS = ("decision/EN-05", "evaluation/EN-05", "scorecard/EN-05", "public", "meeting")


@pytest.mark.slow
def test_the_whole_set_of_its_documents_is_built(tmp_path):
    """The round, its workbook, table and page, and every kind of letter in both languages."""
    saved = tmp_path / "round.pilot"
    files = [tmp_path / f"round.{ending}" for ending in ("xlsx", "csv", "html")]
    plain = ("--no-next-money", "--ways", 0, "--as-of", AS_OF.isoformat(), "--save", saved)
    outputs = [x for file in files for x in ("-o", file)]
    call = BOOK.parent / "call.yaml"
    assert run("fund", BOOK, "--call", call, *plain, *outputs, lang="zh").exit_code in (0, 1)
    chosen = ("--only", "EN-05", "--only", "CG-011")  # one is funded, one has cells to mend
    for lang in ("zh", "en"):
        out = tmp_path / lang
        done = run("letters", saved, "-o", out, "--kind", "all", *chosen, lang=lang)
        assert done.exit_code == 0, done.stderr
        files += [out / f"{name}.docx" for name in (*PAPERS, "return/CG-011")]
    for path in files:
        assert path.stat().st_size > 1_000, path
