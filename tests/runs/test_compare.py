"""Two rounds side by side: every part adds up."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotscore.criteria import load_criteria
from pilotscore.render.plain_text import page_text
from pilotscore.render.xlsx import write_xlsx
from pilotscore.runs.compare import Comparison, RoundRules, compare
from pilotscore.views.comparison import document
from tests.conftest import AS_OF, HEADERS, MINI, row, write_book

CHANGED = (
    MINI.replace("weight: 60\n", "weight: 50\n")
    .replace("weight: 40\n", "weight: 50\n")
    .replace(
        "        weight: 20\n        not_applicable: mode == batch\n",
        "        weight: 10\n      - {id: extra, title: {zh: 附加项, en: Extra}, type: percent, points: [[0, 0], [100, 100]], weight: 10}\n",
    )
)


def rounds(
    folder: Path, old: list, new: list, criteria: Path, other: Path | None = None
) -> Comparison:
    a = write_book(folder / "old.xlsx", {"S": [HEADERS, *old]})
    b = write_book(folder / "new.xlsx", {"S": [HEADERS, *new]})
    new_rules = None if other is None else RoundRules(other, as_of=AS_OF)
    return compare(a, b, RoundRules(criteria, as_of=AS_OF), new_rules)


@pytest.mark.slow
def test_who_rose_fell_stayed_appeared_and_left(tmp_path: Path, mini: Path):
    c = rounds(
        tmp_path,
        [row(trl=5), row(id="P-2", trl=7), row(id="P-3"), row(id="P-4"), row(id="P-6", trl="")],
        [row(id="p-1", trl=7), row(id="P-2", trl=5), row(id="P-3"), row(id="P-5"), row(id="P-6")],
        mini,
    )
    ways = {x.id: x.direction for x in c.changes}
    assert ways == {"p-1": "rose", "P-2": "fell", "P-3": "same", "P-6": "status"}
    assert [x[0] for x in c.appeared] == ["P-5"]
    assert [x[0] for x in c.left] == ["P-4"]
    first = next(x for x in c.changes if x.id == "p-1")
    assert [(m.id, m.cause, m.before.to("en"), m.after.to("en")) for m in first.moved] == [
        ("trl", "value", "5 E3", "7 E3")
    ]
    # trl 5 scores 50, trl 7 75; weight 0.5 x 0.6
    assert first.points == pytest.approx(7.5)
    assert (first.by_values, first.by_criteria) == (pytest.approx(7.5), 0)


def test_causes(tmp_path: Path, mini: Path):
    before, after = row(), row(mode="间歇", run_hours="不适用：间歇")
    before[3], after[3] = "E1", "E3"
    c = rounds(tmp_path, [before], [after], mini)
    causes = {m.id: m.cause for m in c.changes[0].moved}
    assert causes == {
        "trl": "evidence",
        "yield_rate": "weights",
        "run_hours": "value",
    } or causes == {
        "trl": "evidence",
        "run_hours": "value",
        "yield_rate": "weights",
    }


def test_to_state_the_default_grade_of_evidence_is_no_change_of_it(tmp_path: Path, mini: Path):
    default = load_criteria(mini).criteria.evidence.default
    old, new = row(trl=5, trl_evidence=""), row(trl=7, trl_evidence=default)
    (moved,) = rounds(tmp_path, [old], [new], mini).changes[0].moved
    assert (moved.id, moved.cause) == ("trl", "value")
    assert (moved.before.to("en"), moved.after.to("en")) == (f"5 ({default})", f"7 {default}")


def test_another_profile_is_another_set_of_weights(tmp_path: Path):
    criteria = tmp_path / "profiled.yaml"
    criteria.write_text(
        MINI
        + "profiles:\n  - {id: safe, title: {zh: 安全优先, en: Safety first}, when: mode == batch, weights: {tech: 20, safety: 80}}\n",
        encoding="utf-8",
    )
    book = write_book(tmp_path / "b.xlsx", {"S": [HEADERS, row(trl=5)]})
    plain = RoundRules(criteria, as_of=AS_OF)
    c = compare(book, book, plain, RoundRules(criteria, "safe", AS_OF))
    assert c.new.options["profile"] == "safe"
    assert not c.same_criteria
    assert c.changes[0].by_criteria == pytest.approx(c.changes[0].points)
    assert c.changes[0].points != 0
    assert compare(book, book, plain, plain).changes[0].points == 0


values = st.fixed_dictionaries(
    {
        "trl": st.integers(1, 9),
        "yield_rate": st.integers(50, 100),
        "run_hours": st.integers(0, 150),
        "hazard": st.sampled_from(["未做", "部分完成", "已完成"]),
        "permit": st.sampled_from(["是", "否", ""]),
        "trl_evidence": st.sampled_from(["E1", "E2", "E3"]),
    }
)


@pytest.mark.slow
@given(values, values, st.booleans())
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_all_parts_add_up_to_the_change(
    tmp_path: Path, mini: Path, old: dict, new: dict, changed: bool
):
    other = tmp_path / "changed.yaml"
    other.write_text(CHANGED, encoding="utf-8")
    c = rounds(tmp_path, [row(**old)], [row(**new)], mini, other if changed else None)
    (x,) = c.changes
    assert x.points == pytest.approx(x.new.index - x.old.index, abs=1e-12)
    assert x.by_values + x.by_criteria == pytest.approx(x.points, abs=1e-9)
    assert sum(m.points for m in x.moved if m.cause != "criteria") == pytest.approx(
        x.by_values, abs=1e-7
    )
    assert sum(m.points for m in x.moved if m.cause == "criteria") == pytest.approx(
        x.by_criteria, abs=1e-7
    )
    assert sum(x.by_cause.values()) == pytest.approx(x.points, abs=1e-7)
    assert c.same_criteria is not changed


@pytest.mark.slow
def test_the_workbook_is_the_same_twice_and_has_a_chart(tmp_path: Path, mini: Path):
    c = rounds(tmp_path, [row(trl=5), row(id="P-2")], [row(), row(id="P-3")], mini)
    for name in ("a.xlsx", "b.xlsx"):
        write_xlsx(document(c), tmp_path / name, "zh")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["变化", "逐指标", "溯源", "数据"]
    rows = list(book["变化"].iter_rows(values_only=True))
    assert [r[0] for r in rows] == ["编号", "P-1", "P-3", "P-2"]
    assert len(book["变化"]._charts) == 1


def test_an_index_that_a_gate_withholds_is_in_no_comparison(tmp_path: Path, mini: Path):
    c = rounds(
        tmp_path,
        [row(fraud="是", trl=5), row(id="P-2", fraud="是"), row(id="P-3", fraud="是")],
        [row(fraud="是", trl=8), row(id="P-2"), row(id="P-4", fraud="是")],
        mini,
    )
    stays, opened = (next(x for x in c.changes if x.id == name) for name in ("P-1", "P-2"))
    assert (stays.direction, stays.points, stays.by_values, stays.by_criteria) == (
        "same",
        *[None] * 3,
    )
    assert [m.id for m in stays.moved] == ["trl"]
    assert (opened.direction, opened.old.index, opened.points) == ("status", None, None)
    assert opened.new.index is not None
    assert [standing.index for *_, standing in (*c.appeared, *c.left)] == [None, None]
    said = page_text(document(c).page(), "en")
    assert f"— → {opened.new.index:.1f}  no grade → A mature" in said
    assert "P-4 硝化工艺  — no grade" in said
