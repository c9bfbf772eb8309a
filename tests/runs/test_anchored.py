"""Two rounds by the results that stand in both: causes, drift, and ids that were changed."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from openpyxl import load_workbook

from pilotscore.errors import FaultyFileError
from pilotscore.language import same
from pilotscore.outcomes.anchors import Cause
from pilotscore.runs.anchored import anchored, read_pairs
from pilotscore.runs.kept_rounds import StoredRound
from pilotscore.store import IndicatorColumn
from tests.cli.test_commands import run
from tests.cli.test_fund import THREE, files
from tests.store.making import bare, columns

__all__ = ["files"]


def stored(made, key: str = "k", sha: str = "0" * 64) -> StoredRound:
    entry = bare(made, key).entry
    return StoredRound(
        "store", replace(entry, criteria=replace(entry.criteria, sha256=sha)), made, {}
    )


def pair_of(n: int = 6, **changes: IndicatorColumn):
    old = columns(n, decided=False)
    new = replace(old, indicators={**old.indicators, **changes})
    return stored(old), stored(new, "k2")


def found_causes(old: StoredRound, new: StoredRound) -> dict[str, list[Cause]]:
    return {s.item.id: [Cause(c) for c in s.causes.tolist()] for s in anchored(old, new).shifts}


def test_two_equal_rounds_have_not_moved():
    old, new = pair_of()
    found = anchored(old, new)
    assert len(found) == 6
    assert found.index.value == 0
    assert all(set(found) == {Cause.NONE} for found in found_causes(old, new).values())
    assert math.isnan(found.severity.value)


@pytest.mark.parametrize(
    ("change", "cause"),
    [("values", Cause.VALUE), ("evidence", Cause.EVIDENCE), ("", Cause.CRITERIA)],
)
def test_a_score_moves_for_its_value_then_its_evidence_then_the_criteria(change, cause):
    base = columns(6, decided=False).indicators["i0"]
    base = IndicatorColumn(np.full(6, 3.0), base.scores, np.zeros(6, dtype=np.int8))
    moved = replace(base, scores=base.scores + 1)
    if change == "values":
        moved = replace(moved, values=base.values + 1, evidence=base.evidence + 1)
    elif change == "evidence":
        moved = replace(moved, evidence=base.evidence + 1)
    old, new = pair_of(i0=base)[1], pair_of(i0=moved)[1]
    assert set(found_causes(old, new)["i0"]) == {cause}


def test_what_experts_judged_otherwise_is_drift_of_severity():
    judged = np.array([True, True, True, False, False, False])
    base = IndicatorColumn(np.full(6, 70.0), np.full(6, 70.0), np.zeros(6, dtype=np.int8), judged)
    moved = replace(base, values=base.values + 4, scores=base.scores + 4)
    old, new = pair_of(i0=base)[1], pair_of(i0=moved)[1]
    assert found_causes(old, new)["i0"] == [Cause.PANEL] * 3 + [Cause.VALUE] * 3
    assert anchored(old, new).severity.value == pytest.approx(4)


def test_codes_stand_for_names_and_not_for_places():
    words = (same("甲"), same("乙"))
    old, new = pair_of()
    item = replace(old.columns.head.indicators[0], words=words)
    other = replace(item, words=words[::-1])
    values = np.array([0.0, 1, 0, 1, np.nan, 0])
    evidence = np.array([0, 1, -1, 0, 1, 0], dtype=np.int8)
    scores = np.full(6, 50.0)

    def with_item(kept: StoredRound, item, column, grades) -> StoredRound:
        head = kept.columns.head
        head = replace(head, indicators=(item, head.indicators[1]), evidence_grades=grades)
        changed = {**kept.columns.indicators, "i0": column}
        return replace(kept, columns=replace(kept.columns, head=head, indicators=changed))

    grades = old.columns.head.evidence_grades
    turned = np.where(evidence < 0, evidence, 1 - evidence).astype(np.int8)
    old = with_item(old, item, IndicatorColumn(values, scores, evidence), grades)
    new = with_item(new, other, IndicatorColumn(1 - values, scores + 1, turned), grades[::-1])
    assert set(found_causes(old, new)["i0"]) == {Cause.CRITERIA}


def renamed(made, *pairs: tuple[int, str, str]):
    ids, titles = list(made.ids), list(made.titles)
    for i, name, title in pairs:
        ids[i], titles[i] = name, title
    return replace(made, ids=tuple(ids), titles=tuple(titles))


def test_ids_that_were_changed_are_suggested_by_their_titles_and_never_taken_unasked():
    old = columns(4, decided=False)
    names = ("微通道连续流硝化", "可降解镁合金骨固定螺钉", "钒渣无铵沉钒", "芳纶蜂窝芯材浸渍定型")
    old = renamed(old, *[(i, f"P-{i}", name) for i, name in enumerate(names)])
    new = renamed(
        old,
        (1, "Q-1", "可降解镁合金骨固定螺钉 "),
        (2, "Q-2", "完全是另一项成果"),
        (3, "Q-3", "芳纶蜂窝芯材的浸渍定型"),
    )
    found = anchored(stored(old), stored(new))
    assert len(found) == 1
    assert [(s.old, s.new) for s in found.suggestions] == [(1, 1), (3, 3)]
    assert found.suggestions[0].likeness == 100


@pytest.mark.slow
def test_rounds_without_a_result_in_both_are_not_comparable(files, tmp_path: Path):
    store = tmp_path / "rounds.db"
    first, second = files(THREE), [("Q-1", 9, 60), ("Q-2", 8, 60)]
    assert run("rank", first[0], *first[3:], "--store", store).exit_code == 0
    args = files(second)
    args[args.index("--as-of") + 1] = "2027-11-23"
    assert run("rank", args[0], *args[3:], "--store", store).exit_code == 0
    old, new = (
        r["key"] for r in json.loads(run("rounds", "list", store, "--json").stdout)["rounds"]
    )
    for lang, words in (("zh", "不可比"), ("en", "not comparable")):
        assert words in run("rounds", "compare", store, old, new, lang=lang).stdout
    data = json.loads(run("rounds", "compare", store, old, new, "--json").stdout)
    assert (data["comparable"], data["anchors"], data["results"]) == (False, 0, [])


def confirmed(path: Path, *rows: tuple[str, ...]) -> Path:
    lines = ["原编号,新编号,是否同一", *(",".join(row) for row in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def confirm(table: Path) -> str:
    """Fill in the last column of the first pair, and return what the file had."""
    if table.suffix == ".csv":
        head, pair = table.read_text(encoding="utf-8-sig").splitlines()
        table.write_text(f"{head}\n{pair}yes", encoding="utf-8")
        return pair
    book = load_workbook(table)
    page = book.worksheets[0]
    page.cell(2, page.max_column).value = "yes"
    book.save(table)
    return ",".join(str(cell.value) for cell in page[2])


@pytest.mark.slow
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_what_somebody_confirms_counts_as_the_same(files, tmp_path: Path, ending: str):
    store = tmp_path / "rounds.db"
    first = files([("P-1", 9, 60), ("P-2", 8, 60)])
    run("rank", first[0], *first[3:], "--store", store)
    args = files([("Q-1", 8, 60), ("P-2", 9, 60)])
    args[args.index("--as-of") + 1] = "2027-11-23"
    run("rank", args[0], *args[3:], "--store", store)
    listed = json.loads(run("rounds", "list", store, "--json").stdout)["rounds"]
    rounds, table = [entry["key"] for entry in listed], tmp_path / f"same{ending}"

    def compared(*more: object) -> dict:
        done = run("rounds", "compare", store, *rounds, *more, "--json", lang="en")
        assert done.exit_code == 0, done.stderr
        return json.loads(done.stdout)

    assert compared("--suggest", table)["anchors"] == 1
    assert compared("--same", table)["anchors"] == 1  # nobody has confirmed it
    pair = confirm(table)
    assert pair.startswith("P-1,")
    assert ",Q-1," in pair
    after = compared("--same", table)
    assert (after["anchors"], after["confirmed"]) == (2, 1)
    moved = {row["id"]: row for row in after["results"]}
    assert moved["Q-1"]["old_id"] == "P-1"
    assert moved["Q-1"]["change"] < 0 < moved["P-2"]["change"]
    assert moved["P-2"]["value"] >= 1


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([("P-1", "Q-1", "大概")], "N834"),
        ([("P-1", "Q-1", "是"), ("P-1", "Q-2", "是")], "N835"),
        ([("P-1", "Q-1", "是"), ("P-2", "Q-1", "y")], "N835"),
    ],
)
def test_a_table_with_faults_is_refused_at_its_cell(tmp_path: Path, rows, code):
    with pytest.raises(FaultyFileError) as error:
        read_pairs(confirmed(tmp_path / "same.csv", *rows))
    assert [f.code for f in error.value.findings] == [code]


def test_a_table_of_other_results_or_of_something_else_is_refused(tmp_path: Path):
    old, new = pair_of()
    pairs = read_pairs(confirmed(tmp_path / "same.csv", ("P-1", "Q-9", "是"), ("P-2", "P-3", "否")))
    assert len(pairs) == 1
    with pytest.raises(FaultyFileError) as error:
        anchored(old, new, pairs)
    assert [(f.code, f.place.cell) for f in error.value.findings] == [("N836", "B2")]
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(FaultyFileError) as error:
        read_pairs(other)
    assert [f.code for f in error.value.findings] == ["N831"]
