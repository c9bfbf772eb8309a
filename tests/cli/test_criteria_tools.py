"""``pilotscore criteria new``, ``diff`` and ``plot``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from defusedxml.ElementTree import parse
from rich.cells import cell_len

from pilotscore.criteria import load_criteria, locate
from tests.cli.test_commands import run, script
from tests.conftest import MINI, POLICY, MakeBook, row

AS_OF = ("--as-of", "2026-11-23")
STRICT = """
extends: mini.yaml
id: strict
version: "1.0"
title: {zh: 严格, en: Strict}
policy: mini-policy.yaml
dimensions:
  - id: tech
    indicators:
      - {id: run_hours, points: [[0, 0], [100, 40], [1000, 100]]}
      - {id: trl, title: {zh: 技术水平, en: Technology level}}
gates:
  - {id: dispute, remove: true}
grades:
  - {id: A, index: 90}
"""


@pytest.fixture
def strict(mini: Path) -> Path:
    path = mini.parent / "strict.yaml"
    path.write_text(STRICT, encoding="utf-8")
    return path


# new


@pytest.mark.slow
@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("base", ["pilot-maturity", "mini"])
def test_a_new_file_passes_check_at_once(
    full: bool, base: str, mini: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    mini.write_text(f"# ours{MINI}", encoding="utf-8")
    out = tmp_path / "sub" / "our-set.yaml"
    out.parent.mkdir()
    named = base if base == "pilot-maturity" else "mini.yaml"
    result = run("criteria", "new", out, "--from", named, *(["--full"] if full else []))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "wrote" in result.stderr
    assert run("criteria", "check", out).exit_code == 0
    loaded = load_criteria(out)
    assert (loaded.criteria.id, loaded.criteria.version) == ("our-set", "1.0")
    assert loaded.lineage == (("our-set",) if full else ("our-set", base))
    assert "# " in out.read_text(encoding="utf-8")
    assert (locate(loaded.criteria.policy or "", "policy", out.parent)).is_file()


def test_a_variant_can_be_ranked_with_the_policy_of_its_base(
    book: MakeBook, mini: Path, tmp_path: Path
):
    out = tmp_path / "sub" / "v.yaml"
    out.parent.mkdir()
    assert run("criteria", "new", out, "--from", mini).exit_code == 0
    assert run("rank", book(row()), "-c", out, *AS_OF).exit_code == 0


def test_a_full_copy_says_what_its_policy_needs(book: MakeBook, mini: Path, tmp_path: Path):
    out = tmp_path / "copy.yaml"
    result = run("criteria", "new", out, "--from", mini, "--full")
    assert "the policy mini-policy.yaml is for criteria: mini" in result.stderr
    assert out.read_text(encoding="utf-8") == MINI.replace("id: mini\n", "id: copy\n", 1)
    assert run("rank", book(row()), "-c", out, *AS_OF).exit_code == 1  # as was told
    own = tmp_path / "own.yaml"
    own.write_text(POLICY.replace("criteria: mini", "criteria: copy"), encoding="utf-8")
    assert run("rank", book(row()), "-c", out, "-p", own, *AS_OF).exit_code == 0
    quiet = run("criteria", "new", tmp_path / "same.yaml", "--from", mini, "--full", "--id", "mini")
    assert "policy" not in quiet.stderr


def test_a_full_copy_of_a_variant_still_finds_its_base(strict: Path, tmp_path: Path):
    out = tmp_path / "sub" / "copy.yaml"
    out.parent.mkdir()
    assert run("criteria", "new", out, "--from", strict, "--full").exit_code == 0
    assert "extends: ../mini.yaml" in out.read_text(encoding="utf-8")
    assert load_criteria(out).lineage == ("copy", "mini")


def test_a_file_is_never_overwritten(mini: Path, tmp_path: Path):
    out = tmp_path / "there.yaml"
    out.write_text("mine", encoding="utf-8")
    for args in ((), ("--full",)):
        result = run("criteria", "new", out, "--from", mini, *args)
        assert result.exit_code == 2
        assert "there already" in result.stderr
    assert out.read_text(encoding="utf-8") == "mine"
    before = mini.read_bytes()
    assert run("criteria", "new", mini, "--from", mini).exit_code == 2
    assert mini.read_bytes() == before


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["out.txt"], "should end in .yaml"),
        (["out.yaml", "--from", "pilot-maturty"], "did you mean pilot-maturity"),
        (["out.yaml", "--id", "9a"], "a letter first"),
        (["out.yaml", "--id", "pilot-maturity"], "the id of the set it extends"),
        (["nowhere/out.yaml"], "there is no folder"),
    ],
)
def test_what_cannot_be_made_is_told(
    args: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    result = run("criteria", "new", *args)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not list(tmp_path.iterdir())


def test_the_id_of_a_file_with_a_chinese_name(mini: Path, tmp_path: Path):
    out = tmp_path / "化工.yaml"
    assert run("criteria", "new", out, "--from", mini, lang="zh").exit_code == 0
    assert load_criteria(out).criteria.id == "mini-variant"


# diff


def test_what_differs_with_what_matters_first(mini: Path, strict: Path):
    result = run("criteria", "diff", mini, strict)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[:2] == ["- mini 1.0 Small set (mini.yaml)", "+ strict 1.0 Strict (strict.yaml)"]
    assert lines[3:12] == [
        "What can change a score, a grade, a gate or a rank (3)",
        "  Indicators",
        "    ~ Continuous run (run_hours): value function: at 100: 100 → 40; new 1000→100; the score moves by -60 at most (at 100 h)",
        "  Gates",
        "    - ownership in dispute (dispute): where disputed == yes; grade B at most; funding on hold",
        "  Grades",
        "    ~ A mature: index 80 → 90",
        "",
        "What headers and cells are understood as (1)",
    ]
    assert "Wording and the rest (3)" in lines
    assert "\x1b" not in result.stdout
    chinese = run("criteria", "diff", mini, strict, lang="zh").stdout
    assert "    ~ A 成熟：指数要求 80 → 90" in chinese.splitlines()


def test_nothing_differs(mini: Path):
    result = run("criteria", "diff", mini, mini)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "no differences"


@pytest.mark.slow
def test_built_in_names_and_faulty_files(mini: Path, tmp_path: Path):
    assert run("criteria", "diff", "pilot-maturity", mini).exit_code == 0
    assert run("criteria", "diff", "pilot-maturity", "nothing").exit_code == 2
    faulty = tmp_path / "faulty.yaml"
    faulty.write_text(MINI.replace("weight: 60", "weight: 6"), encoding="utf-8")
    result = run("criteria", "diff", mini, faulty)
    assert (result.exit_code, "C201" in result.stderr) == (1, True)


@pytest.fixture
def batch(book: MakeBook) -> Path:
    return book(
        row(),
        row(id="P-2", title="争议", disputed="是", yield_rate=100, run_hours=100, trl=9),
        row(id="P-3", trl=4, run_hours=0),
        row(id="P-4", trl="坏"),
    )


def test_whose_grade_changes(mini: Path, strict: Path, batch: Path):
    result = run("criteria", "diff", mini, strict, "--book", batch, *AS_OF)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    start = lines.index("4 results: the grade of 2 changes, the index alone of 0, nothing of 2")
    assert lines[start:] == [
        "4 results: the grade of 2 changes, the index alone of 0, nothing of 2",
        "  A mature → B proven  1",
        "  B proven → A mature  1",
        "",
        "Results whose grade changes (the largest change of the index first)",
        "  P-2  争议",
        "    B proven → A mature  Index 100.0 → 92.8 (-7.20)",
        "    - What decided  ownership in dispute (grade B at most)",
        "  P-1  硝化工艺",
        "    A mature → B proven  Index 88.7 → 82.9 (-5.76)",
        "    + What decided  index 82.9, grade A needs 90",
    ]
    one = run("criteria", "diff", mini, strict, "--book", batch, *AS_OF, "--top", 1).stdout
    assert "P-2" in one
    assert "P-1  " not in one
    assert "... 1 more not shown (--top)" in one
    assert (
        "等级改变的成果" in run("criteria", "diff", mini, strict, "--book", batch, lang="zh").stdout
    )


def test_results_whose_index_alone_changes(mini: Path, batch: Path, tmp_path: Path):
    softer = tmp_path / "softer.yaml"
    softer.write_text(STRICT[: STRICT.index("gates:")], encoding="utf-8")
    lines = run("criteria", "diff", mini, softer, "--book", batch, *AS_OF).stdout.splitlines()
    assert "4 results: the grade of 0 changes, the index alone of 2, nothing of 2" in lines
    assert lines[-2:] == [
        "  P-2  争议  100.0 → 92.8 (-7.20)",
        "  P-1  硝化工艺  88.7 → 82.9 (-5.76)",
    ]


def test_json(mini: Path, strict: Path, batch: Path):
    args = ("criteria", "diff", mini, strict, "--book", batch, *AS_OF, "--json")
    data = json.loads(run(*args).stdout)
    assert (data["before"]["id"], data["after"]["id"]) == ("mini", "strict")
    assert len(data["after"]["sha256"]) == 64
    assert data["counts"] == {"rules": 3, "names": 1, "texts": 3}
    assert data["changes"][2] == {
        "kind": "changed",
        "rank": "rules",
        "part": "grades",
        "path": ["grades", "A", "index"],
        "before": 80.0,
        "after": 90.0,
        "text": "A mature: index 80 → 90",
    }
    results = data["results"]
    assert [results[k] for k in ("count", "grade_changed", "index_changed", "unchanged")] == [
        4,
        2,
        0,
        2,
    ]
    assert results["changed"][1] == {
        "id": "P-1",
        "title": "硝化工艺",
        "index_change": -5.76,
        "before": {"grade": "A", "grade_title": "mature", "index": 88.66, "reasons": []},
        "after": {
            "grade": "B",
            "grade_title": "proven",
            "index": 82.9,
            "reasons": ["index 82.9, grade A needs 90"],
        },
    }
    assert "results" not in json.loads(run("criteria", "diff", mini, strict, "--json").stdout)


def test_one_that_can_no_longer_be_assessed(book: MakeBook, mini: Path, tmp_path: Path):
    asking = tmp_path / "asking.yaml"
    text = (
        STRICT[: STRICT.index("dimensions:")]
        + "dimensions:\n  - id: tech\n    indicators: [{id: run_hours, required: true}]\n"
    )
    asking.write_text(text, encoding="utf-8")
    result = run("criteria", "diff", mini, asking, "--book", book(row(run_hours="")), *AS_OF)
    assert result.exit_code == 0
    assert "    B proven → not assessable  Index 79.1 → —" in result.stdout
    assert "  B proven → not assessable  1" in result.stdout


def test_workbooks_that_cannot_be_read(book: MakeBook, mini: Path, strict: Path, tmp_path: Path):
    bad = tmp_path / "bad.xlsx"
    bad.write_text("no workbook", encoding="utf-8")
    partly = run("criteria", "diff", mini, strict, "--book", bad, "--book", book(row()), *AS_OF)
    assert partly.exit_code == 4
    assert partly.stderr.count("bad.xlsx: B1") == 1
    assert "1 result: " in partly.stdout
    nothing = run("criteria", "diff", mini, strict, "--book", bad)
    assert (nothing.exit_code, nothing.stdout) == (3, "")


def test_the_options_of_reading(book: MakeBook, mini: Path, strict: Path):
    path = book(row())
    missing = run("criteria", "diff", mini, strict, "--book", path, "--sheet", "None")
    assert missing.exit_code == 3
    assert (
        run("criteria", "diff", mini, strict, "--book", path.parent, "--glob", "b*.xlsx").exit_code
        == 0
    )


# plot


def test_charts_of_those_that_are_named(mini: Path):
    everything = run("criteria", "plot", mini)
    assert everything.exit_code == 0
    assert max(map(cell_len, everything.stdout.splitlines())) <= 80
    assert [
        n
        for n in ("trl", "yield_rate", "run_hours", "hazard", "permit")
        if f"{n} · " not in everything.stdout
    ] == []
    for name in ("run_hours", "连续运行时间", "Continuous run", "RUN_HOURS"):
        some = run("criteria", "plot", mini, name).stdout
        assert ("run_hours · " in some, "trl · " in some, "Safety" in some) == (True, False, False)
    assert "TRL" not in run("criteria", "plot", mini, "safety").stdout
    unknown = run("criteria", "plot", mini, "run_hour")
    assert unknown.exit_code == 2
    assert "did you mean run_hours" in unknown.stderr


@pytest.mark.slow
def test_svg(mini: Path, tmp_path: Path):
    outs = [tmp_path / "1.svg", tmp_path / "2.svg"]
    for out in outs:
        result = run("criteria", "plot", mini, "-o", out, "--lang", "zh")
        assert (result.exit_code, result.stdout) == (0, "")
    assert outs[0].read_bytes() == outs[1].read_bytes()
    assert parse(outs[0]).getroot().attrib["lang"] == "zh-Hans"
    assert "安全评估" in outs[0].read_text(encoding="utf-8")
    assert run("criteria", "plot", mini, "-o", tmp_path / "x.png").exit_code == 2
    assert run("criteria", "plot", mini, "-o", tmp_path / "no" / "x.svg").exit_code == 2


@pytest.mark.slow
def test_as_installed(mini: Path, strict: Path, batch: Path, tmp_path: Path):
    out = tmp_path / "v.yaml"
    assert script("criteria", "new", out, "--from", mini).returncode == 0
    assert script("criteria", "check", out).returncode == 0
    told = script("criteria", "diff", mini, strict, "--book", batch, *AS_OF)
    assert "4 results: the grade of 2 changes" in told.stdout
    narrow = script("criteria", "plot", mini, COLUMNS="40")
    assert max(map(cell_len, narrow.stdout.splitlines())) <= 40
    unknown = run("criteria", "plot", mini, COLUMNS="")
    assert max(map(cell_len, unknown.stdout.splitlines())) <= 80


@pytest.mark.parametrize("name", ["new", "diff", "plot"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help(name: str, lang: str):
    result = run("criteria", name, "--help", lang=lang)
    assert result.exit_code == 0
    assert ("示例" if lang == "zh" else "Example") in result.stdout
