"""Which characteristic a figure comes from is shown wherever it counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pilotscore import rank
from pilotscore.runs.assess import check
from pilotscore.runs.explained import explain_result
from pilotscore.runs.stability import stability
from pilotscore.views import explanation, understood
from pilotscore.views import stability as stability_view
from tests.conftest import AS_OF, HEADERS, MINI, POLICY, from_yaml, row, to_yaml, write_book

KEY = {"id": "assay", "title": {"zh": "含量", "en": "Assay"}, "aliases": ["主含量"], "key": True}
ROWS = [[f"B{n}", 99 + n / 10, 0.2 + n / 10, "合格"] for n in range(8)]
LIMITS = [["质量标准", "≥98", "≤1.5", ""]]


def book(folder: Path, *, keys: bool = True, without: str = "") -> tuple[Path, Path]:
    """Write a set with RSD measured, and a result with batches of 主含量 and 水分."""
    data = from_yaml(MINI)
    data["measuring"] = {"characteristics": [KEY | {"key": keys}]}
    data["dimensions"][0]["indicators"][1] |= {
        "direction": "min",
        "points": [[0, 100], [80, 0]],
        "measured": {"measure": "rsd"},
    }
    (folder / "mini.yaml").write_text(to_yaml(data), encoding="utf-8")
    (folder / "mini-policy.yaml").write_text(POLICY, encoding="utf-8")
    head = ["批号", "主含量(%)", "水分(%)", "判定"]
    rows: list[list[Any]] = [head, *ROWS, *LIMITS]
    if without:
        place = next(i for i, text in enumerate(head) if text.startswith(without))
        rows = [[c for i, c in enumerate(r) if i != place] for r in rows]
    return write_book(
        folder / "b.xlsx", {"成果": [HEADERS, row()], "批次": rows}
    ), folder / "mini.yaml"


def characteristics(folder: Path, **how: Any) -> dict[str, Any]:
    file, criteria = book(folder, **how)
    checked = check(file, criteria, as_of=AS_OF)
    record = understood.record(checked.pages, checked.suspicious)
    columns = [c for page in record for c in page["columns"]]
    return {c["name"]: c for c in columns if c["role"] == "characteristic"}


def test_check_says_what_each_characteristic_gives(tmp_path: Path):
    read = characteristics(tmp_path)
    assert (read["主含量"]["key"], read["水分"]["key"]) == (True, False)
    assert (read["主含量"]["lower"], read["水分"]["upper"]) == (98, 1.5)
    assert read["主含量"]["gives"] == []
    assert [x.zh for x in read["水分"]["gives"]] == ["一次合格率"]


def test_explain_and_stability_name_the_characteristic(tmp_path: Path):
    file, criteria = book(tmp_path)
    outcome = rank(file, criteria, as_of=AS_OF)
    record = explanation.record(explain_result(outcome, 0))
    (basis,) = record["from_batches"]
    assert (basis["indicator"], basis["characteristic"].to("zh")) == ("yield_rate", "水分")
    report = stability(file, criteria=criteria)
    (source,) = report.results[0].sources
    assert (source.indicator.id, source.characteristic) == ("yield_rate", basis["characteristic"])
    assert source.scored == pytest.approx(basis["scored"])
    told = stability_view.record(report)["results"][0]
    assert told["scored_by"][0]["measure"] == "rsd"
    assert [c["key"] for c in told["characteristics"]] == [True, False]
    assert [x.zh for x in stability_view.record(report)["key_characteristics"]] == ["含量"]


def test_a_key_characteristic_that_is_left_out_is_told_and_scores_nothing(tmp_path: Path):
    file, criteria = book(tmp_path, without="主含量")
    outcome = rank(file, criteria, as_of=AS_OF)
    j = outcome.criteria.indicator_position["yield_rate"]
    assert outcome.assessment.scores[0, j] == 0
    (told,) = [f for f in outcome.findings if f.code == "E806"]
    assert "没有“含量”的批次数据" in told.sentence("zh")
    assert "there are no batch data of “Assay”" in told.sentence("en")
    (source,) = stability(file, criteria=criteria).results[0].sources
    assert source.why is not None
    assert "含量" in source.why.to("zh")


def test_without_key_ones_the_worst_of_those_that_are_there_counts(tmp_path: Path):
    file, criteria = book(tmp_path, keys=False, without="主含量")
    outcome = rank(file, criteria, as_of=AS_OF)
    assert [f.code for f in outcome.findings if f.code == "E806"] == []
