"""A level between dimensions and index: its means, its weights, and what is refused."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pilotscore
from pilotscore.criteria import CriteriaSet, load_criteria
from pilotscore.criteria.reweighted import reweighted_text
from pilotscore.errors import FaultyFileError
from pilotscore.index import assess, dimension_weights
from pilotscore.index.aggregate import power_mean
from pilotscore.ranking.weighting.derived import derive_from_judgements
from pilotscore.workbook.judgements import groups_of, read_judgements
from tests.cli.test_commands import run
from tests.conftest import AS_OF, MINI, from_yaml, to_yaml, write_book
from tests.index.test_axioms import results

SUBS = [
    {"id": "use", "title": "Use", "weight": 70, "dimensions": ["a", "b"]},
    {"id": "harm", "title": "Harm", "weight": 30, "dimensions": ["c"]},
]


DECISION = {"decision": "approve", "title": "x"}
POLICY = {
    "id": "p",
    "version": "1",
    "title": "P",
    "criteria": "subs",
    "unit": {"zh": "万元", "en": "10k CNY"},
    "grades": {"A": {"approval": DECISION}},
    **{key: {"approval": DECISION} for key in ("held", "refused", "not_assessable")},
}


def plain_set(**changes: Any) -> dict[str, Any]:
    """Return a set of three dimensions with an indicator each, in two sub-indexes."""
    dimensions = [
        {
            "id": name,
            "title": f"Dimension {name}",
            "weight": weight,
            "indicators": [
                {
                    "id": f"x{name}",
                    "title": f"x{name}",
                    "type": "number",
                    "weight": 100,
                    "points": [[0, 0], [100, 100]],
                    "required": True,
                }
            ],
        }
        for name, weight in (("a", 75), ("b", 25), ("c", 100))
    ]
    usual = {"id": "subs", "version": "1", "title": "Subs", "policy": "mini-policy.yaml"}
    grades = [{"id": g, "title": g} for g in "A"]
    return {**usual, "dimensions": dimensions, "grades": grades, "sub_indexes": SUBS, **changes}


def save(folder: Path, **changes: Any) -> Path:
    path = folder / "subs.yaml"
    path.write_text(to_yaml(plain_set(**changes)), encoding="utf-8")
    return path


def test_by_hand(tmp_path: Path, mini: Path):
    """(0.75 x 80 + 0.25 x 40) x 0.7 + 50 x 0.3 = 70 x 0.7 + 15 = 64."""
    (tmp_path / "mini-policy.yaml").write_text(to_yaml(POLICY), encoding="utf-8")
    book = write_book(tmp_path / "b.xlsx", {"R": [["id", "xa", "xb", "xc"], ["P-1", 80, 40, 50]]})
    o = pilotscore.rank(book, save(tmp_path), as_of=AS_OF)
    assert o.assessment.sub_indexes.tolist() == [[70, 50]]
    assert o.assessment.index[0] == pytest.approx(64)
    shown = run("score", str(book), "P-1", "-c", str(tmp_path / "subs.yaml"), "--lang", "en")
    assert "Sub-indexes  Use 70.0; Harm 50.0" in shown.stdout
    frame = o.ranking.to_frame()
    assert frame["index"].iloc[0] == pytest.approx(64)


def test_without_an_index_there_are_none_of_its_parts(tmp_path: Path, mini: Path):
    (tmp_path / "mini-policy.yaml").write_text(to_yaml(POLICY), encoding="utf-8")
    book = write_book(tmp_path / "b.xlsx", {"R": [["id", "xa", "xb", "xc"], ["P-1", 80, None, 50]]})
    out, criteria = tmp_path / "o.csv", save(tmp_path)
    shown = run("score", book, "P-1", "-c", criteria, lang="en").stdout
    assert "there is none: see the grade below" in shown
    assert "Sub-indexes" not in shown
    data = json.loads(run("score", book, "P-1", "-c", criteria, "--json").stdout)
    assert data["index"] is None
    assert data["sub_indexes"] == {"use": None, "harm": None}
    run("rank", book, "-c", criteria, "-o", out)
    (ranked,) = csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines())
    parts = [v for k, v in ranked.items() if "Use" in k or "Harm" in k]
    assert parts == ["", ""]


weights = st.integers(1, 9)
scores = st.lists(st.floats(0.5, 100), min_size=3, max_size=3)


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(
    scores,
    weights,
    weights,
    weights,
    weights,
    weights,
    st.sampled_from([1.0, 0.5, 0.0, -2.0, -np.inf]),
)
def test_the_index_is_the_mean_of_its_sub_indexes(x, a, b, c, use, harm, exponent):
    """With any exponent: a power mean of power means is that of all, the weights multiplied."""
    plain = plain_set(aggregation={"exponent": exponent})
    for dimension, weight in zip(plain["dimensions"], (a, b, c), strict=True):
        dimension["weight"] = weight
    plain["sub_indexes"] = [{**SUBS[0], "weight": use}, {**SUBS[1], "weight": harm}]
    criteria = CriteriaSet.model_validate(plain)
    found = assess(results(criteria, x), criteria, AS_OF)
    of = found.sub_indexes
    assert of[0, 0] == pytest.approx(power_mean(np.array([x[:2]]), np.array([a, b]), exponent)[0])
    assert of[0, 1] == pytest.approx(x[2])
    assert found.index[0] == pytest.approx(power_mean(of, np.array([use, harm]), exponent)[0])
    assert dimension_weights(criteria).sum() == pytest.approx(1)


def test_without_them_there_are_none():
    criteria = CriteriaSet.model_validate(from_yaml(MINI))
    assert criteria.dimension_shares == pytest.approx((0.6, 0.4))
    assert dimension_weights(criteria).tolist() == [0.6, 0.4]


@pytest.mark.parametrize(
    ("changes", "code", "said"),
    [
        (
            {"sub_indexes": [{**SUBS[0], "weight": 60}, SUBS[1]]},
            "C201",
            "the sub-indexes sum to 90",
        ),
        (
            {"sub_indexes": [{**SUBS[0], "weights_sum": 5}, SUBS[1]]},
            "C201",
            "sub-index use sum to 100",
        ),
        (
            {"sub_indexes": [{**SUBS[0], "dimensions": ["a", "b", "c"]}, SUBS[1]]},
            "C233",
            "2 sub-indexes (use, harm)",
        ),
        (
            {"sub_indexes": [{**SUBS[0], "weight": 100, "dimensions": ["a", "b"]}]},
            "C233",
            "0 sub-indexes",
        ),
        ({"sub_indexes": [{**SUBS[0], "dimensions": ["a", "b", "d"]}, SUBS[1]]}, "C210", "d"),
        ({"sub_indexes": [SUBS[0], {**SUBS[1], "id": "a"}]}, "C204", "the id a"),
        (
            {"profiles": [{"id": "p", "title": "P", "weights": {"a": 50, "b": 25, "c": 25}}]},
            "C234",
            "profiles",
        ),
    ],
)
def test_what_is_refused(tmp_path: Path, changes: dict[str, Any], code: str, said: str):
    with pytest.raises(FaultyFileError) as error:
        load_criteria(save(tmp_path, **changes))
    told = [(f.code, f.message.to("en")) for f in error.value.findings]
    assert any(c == code and said in message for c, message in told), told


def test_weights_are_judged_on_each_level(tmp_path: Path, mini: Path):
    path = save(tmp_path)
    criteria = load_criteria(path).criteria
    assert [(g.id, g.ids) for g in groups_of(criteria)] == [
        ("", ("use", "harm")),
        ("use", ("a", "b")),
    ]
    form = tmp_path / "form.xlsx"
    done = run("weights", "direct", "--template", str(form), "-c", str(path), "--lang", "en")
    assert done.exit_code == 0, done.stderr
    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[0]
    points = {"Use": 80, "Harm": 20, "Dimension a": 30, "Dimension b": 10}
    for row in sheet.iter_rows():
        if row[0].value in points and row[1].value is None:
            sheet.cell(row[0].row, 2).value = points[str(row[0].value)]
    book.save(form)
    judged, wrong, _ = read_judgements(form, criteria, "direct")
    assert not wrong
    derived = derive_from_judgements(judged, criteria, "direct")
    assert derived.dimensions == pytest.approx([0.6, 0.2, 0.2])
    text = reweighted_text(
        criteria, str(path), "again", derived.dimensions.tolist(), [1, 1, 1], criteria.title
    )
    (tmp_path / "again.yaml").write_text(text, encoding="utf-8")
    again = load_criteria(tmp_path / "again.yaml").criteria
    assert again.dimension_shares == pytest.approx((0.6, 0.2, 0.2))
    assert [s.weight for s in again.sub_indexes] == [80, 20]


def test_a_level_that_nobody_judged_keeps_its_weights(tmp_path: Path):
    from pilotscore.ranking.weighting.derived import _across

    criteria = load_criteria(save(tmp_path)).criteria
    assert _across(criteria, {}) == pytest.approx([0.525, 0.175, 0.3])
    assert _across(criteria, {"use": np.array([0.5, 0.5])}) == pytest.approx([0.35, 0.35, 0.3])
    assert _across(criteria, {"": np.array([0.5, 0.5])}) == pytest.approx([0.375, 0.125, 0.5])


@pytest.mark.slow
def test_an_excel_form_of_the_set_keeps_them(tmp_path: Path):
    path, book, back = save(tmp_path), tmp_path / "set.xlsx", tmp_path / "back.yaml"
    assert run("criteria", "to-excel", str(path), str(book)).exit_code == 0
    done = run("criteria", "from-excel", str(book), "-o", str(back))
    assert done.exit_code == 0, done.output
    assert load_criteria(back).criteria.sub_indexes == load_criteria(path).criteria.sub_indexes
