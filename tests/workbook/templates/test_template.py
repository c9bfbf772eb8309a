from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pilotscore.criteria import LoadedCriteria, load_criteria
from pilotscore.workbook import State, read_workbooks
from pilotscore.workbook.templates.content import Wording
from pilotscore.workbook.templates.template import write_template
from tests.conftest import MINI, built_in, from_yaml, to_yaml
from tests.workbook.filling import fill, good_value

EVERY = [(lang, layout) for lang in ("zh", "en", "both") for layout in ("rows", "form")]


@pytest.fixture(scope="module")
def full() -> LoadedCriteria:
    return built_in()


def made(path: Path, loaded: LoadedCriteria, lang: Any, layout: Any, rows: int = 5) -> Path:
    write_template(path, loaded, lang, layout, rows)
    return path


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "layout"), EVERY)
def test_filled_in_it_reads_back_without_a_finding(
    tmp_path: Path, full: LoadedCriteria, lang: str, layout: str
):
    template = made(tmp_path / "t.xlsx", full, lang, layout)
    book = fill(template, tmp_path / "filled.xlsx", full.criteria, lang, results=3)
    s = read_workbooks([book], full.criteria, sha256=full.source.sha256)
    assert [str(f.place) + f.sentence("zh") for f in s.findings] == []
    assert s.ids == (("P-1",) if layout == "form" else ("P-1", "P-2", "P-3"))
    assert s.titles[0] == "成果 1"
    assert (s.states == State.VALUE).all()
    assert (s.evidence == len(full.criteria.evidence.grades) - 1).all()
    for name, fact in s.facts.items():
        assert (fact.states == State.VALUE).all(), name
    for i in range(len(s)):
        for j, indicator in enumerate(full.criteria.indicators):
            entered = good_value(indicator, Wording(lang), i)  # type: ignore[arg-type]
            if indicator.type == "level":
                assert s.values[i, j] == int(str(entered).split()[0])
            elif not isinstance(entered, str):
                assert s.values[i, j] == entered


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["rows", "form"])
def test_it_survives_being_saved_by_libreoffice(
    tmp_path: Path, full: LoadedCriteria, layout: str, soffice: Callable[..., None]
):
    template = made(tmp_path / "t.xlsx", full, "both", layout)
    book = fill(template, tmp_path / "filled.xlsx", full.criteria, "both", results=2)
    out = tmp_path / "saved"
    for ending in ("xlsx", "ods"):
        soffice(ending, out, book)
        s = read_workbooks([out / f"filled.{ending}"], full.criteria, sha256=full.source.sha256)
        assert [str(f.place) + f.sentence("zh") for f in s.findings] == []
        assert (s.states == State.VALUE).all()


@pytest.mark.slow
def test_the_same_criteria_set_gives_the_same_bytes(tmp_path: Path, full: LoadedCriteria):
    a, b = (
        made(tmp_path / name, full, "both", "rows").read_bytes() for name in ("a.xlsx", "b.xlsx")
    )
    assert a == b


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "layout"), EVERY)
def test_what_a_person_is_given(tmp_path: Path, full: LoadedCriteria, lang: str, layout: str):
    book = openpyxl.load_workbook(made(tmp_path / "t.xlsx", full, lang, layout))
    visible = [s for s in book.worksheets if s.sheet_state == "visible"]
    several = any(i.several for i in full.criteria.indicators)
    measured = bool(full.criteria.measuring and any(i.measured for i in full.criteria.indicators))
    # instructions, results, documents, technologies; batches and running
    assert len(visible) == 3 + several + 2 * measured
    sheet = visible[1]
    assert {s.title for s in book.worksheets if s.sheet_state == "hidden"} == {
        "_lists",
        "_pilotscore",
    }
    assert sheet.protection.sheet
    assert sheet.freeze_panes == ("C4" if layout == "rows" else "B3")
    rules = sheet.data_validations.dataValidation
    assert {r.type for r in rules} == {"list", "custom", "date"}
    for rule in rules:
        assert rule.error
        assert len(rule.error) <= 255
        assert len(rule.prompt or "") <= 255
    lists = book["_lists"]
    for rule in (r for r in rules if r.type == "list"):
        area = rule.formula1.split("!")[1].replace("$", "")
        assert all(cell.value for row in lists[area] for cell in row)
    required = [i for i in full.criteria.indicators if i.required]
    texts = [str(c.value) for row in sheet.iter_rows() for c in row if c.value]
    assert sum(t.split("\n")[0].endswith("*") for t in texts) == len(required) + 1  # and the id


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "layout"), EVERY)
def test_its_sheets_of_details_read_back(tmp_path: Path, mini: Path, lang: str, layout: str):
    text = mini.read_text(encoding="utf-8").replace(
        "weight: 50\n", "weight: 50\n        several: true\n", 1
    )
    mini.write_text(text, encoding="utf-8")
    loaded = load_criteria(mini)
    path = fill(
        made(tmp_path / "t.xlsx", loaded, lang, layout), tmp_path / "f.xlsx", loaded.criteria, lang
    )
    book, words = openpyxl.load_workbook(path), Wording(lang)  # type: ignore[arg-type]
    technologies, documents = [s for s in book.worksheets if s.sheet_state == "visible"][2:]
    for n, level in enumerate((5, 1), 2):
        for c, value in enumerate(("P-1", f"技术 {n}", level), 1):
            assert not technologies.cell(n, c).protection.locked
            technologies.cell(n, c).value = value
    trl = loaded.criteria.indicators[0]
    grade = words.grades(loaded.criteria)[2]
    cells = ("P-1", words.choice(trl.title), grade, "自评表", None, None, datetime.date(2030, 1, 1))
    for c, value in enumerate(cells, 1):
        documents.cell(2, c).value = value
    book.save(path)
    s = read_workbooks([path], loaded.criteria, sha256=loaded.source.sha256)
    assert s.findings == () or [f.code for f in s.findings] == ["V427"]
    assert s.values[0, 0] == 1
    assert [(d.indicator, d.grade, d.expiry) for d in s.documents] == [("trl", 2, "2030-01-01")]


MEASURED = "        measured: {measure: first_pass_rate, at_least: 3}\n"


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_its_sheets_of_batches_read_back(tmp_path: Path, mini: Path, lang: str):
    text = mini.read_text(encoding="utf-8").replace(
        "points: [[50, 0], [100, 100]]\n", "points: [[50, 0], [100, 100]]\n" + MEASURED, 1
    )
    mini.write_text(text, encoding="utf-8")
    loaded = load_criteria(mini)
    empty = made(tmp_path / "t.xlsx", loaded, lang, "rows")
    path = fill(empty, tmp_path / "f.xlsx", loaded.criteria, lang)
    book = openpyxl.load_workbook(path)
    batches, series = [s for s in book.worksheets if s.sheet_state == "visible"][-2:]
    assert not batches.column_dimensions["A"].protection.locked
    assert batches.cell(1, 1).protection.locked
    assert not series.cell(1, 3).protection.locked  # the name of a tag is the applicant's
    rules = {str(r.sqref): r for r in batches.data_validations.dataValidation}
    assert sorted(rules) == ["C2:C1048576", "M2:M1048576"]
    lists = {}
    for where, rule in rules.items():
        area = rule.formula1.split("!")[1].replace("$", "")
        lists[where[0]] = [cell.value for line in book["_lists"][area] for cell in line]
    assert [len(x) for x in lists.values()] == [3, 2]
    start = datetime.datetime(2026, 3, 1, 8)
    for n in range(6):
        begin, end = (start + datetime.timedelta(hours=24 * n + h) for h in (0, 20))
        batches.append(
            [
                "P-1",
                f"B{n + 1}",
                lists["C"][n % 3],
                begin,
                end,
                "纯度",
                99.1 + n / 10,
                "%",
                98.5,
                None,
                99.5,
                None,
                lists["M"][n % 2],
                None,
            ]
        )
        series.append(["P-1", begin, 500.0 + n, 7.0])
    series.cell(1, 3).value = "炉温"
    book.save(path)
    s = read_workbooks([path], loaded.criteria, sha256=loaded.source.sha256)
    assert [f.code for f in s.findings if f.code not in ("V427",)] == []
    data = s.batches
    assert data is not None
    owner = [data.batches.name[b] for b in data.values.batch]
    assert dict(zip(owner, data.values.value, strict=True)) == pytest.approx(
        {f"B{n + 1}": 99.1 + n / 10 for n in range(6)}
    )
    scales = dict(zip(data.batches.name, data.batches.scale.tolist(), strict=True))
    assert scales == {"B1": 0, "B2": 1, "B3": 2, "B4": 0, "B5": 1, "B6": 2}
    assert (data.batches.end - data.batches.begin).tolist() == pytest.approx([20.0] * 6)
    judged = dict(zip(data.batches.name, data.batches.judged.tolist(), strict=True))
    assert judged == {"B1": 1, "B2": 0, "B3": 1, "B4": 0, "B5": 1, "B6": 0}
    tags = [data.characteristics[t].title.zh for t in data.readings.characteristic]
    other = {"zh": "位号2", "en": "Tag 2", "both": "位号2 Tag 2"}[lang]
    assert sorted(zip(tags, data.readings.value.tolist(), strict=True)) == sorted(
        [*((other, 7.0) for _ in range(6)), *(("炉温", 500.0 + n) for n in range(6))]
    )


def test_levels_without_wording_are_numbers_in_the_lists(tmp_path: Path, mini: Path):
    book = openpyxl.load_workbook(made(tmp_path / "t.xlsx", load_criteria(mini), "zh", "rows"))
    columns = [
        [c.value for c in column if c.value is not None] for column in book["_lists"].columns
    ]
    assert list(range(1, 10)) in columns


def test_the_levels_have_their_wording(tmp_path: Path, full: LoadedCriteria):
    words = Wording("both")
    assert words.choices(full.criteria.indicators[0])[5] == (
        "6 在相关环境演示样机或中试装置 / prototype or pilot plant demonstrated in a relevant environment"
    )


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "layout"), [("zh", "rows"), ("both", "form")])
def test_bands_are_offered_and_explained_and_read_back(tmp_path: Path, lang: Any, layout: Any):
    bands = [
        {"id": "a", "title": {"zh": "优", "en": "top"}, "range": [90, 100], "wording": "国际领先"},
        {"id": "b", "title": {"zh": "差", "en": "low"}, "range": [0, 89]},
    ]
    data = from_yaml(MINI)
    hazard = data["dimensions"][1]["indicators"][0]
    hazard |= {"type": "bands", "table": bands}
    path = tmp_path / "set.yaml"
    path.write_text(to_yaml(data), encoding="utf-8")
    loaded = load_criteria(path)
    template = made(tmp_path / "t.xlsx", loaded, lang, layout)
    texts = [
        str(c.value)
        for sheet in openpyxl.load_workbook(template)
        for r in sheet
        for c in r
        if c.value
    ]
    assert any("优 90–100: 国际领先" in text and "按该档下限计" in text for text in texts)
    filled = fill(template, tmp_path / "f.xlsx", loaded.criteria, lang)
    s = read_workbooks([filled], loaded.criteria)
    assert [f.code for f in s.findings if f.severity != "info"] == ["V462"]
    assert s.values[0, loaded.criteria.indicator_position["hazard"]] == 90


@pytest.mark.slow
def test_the_condition_lets_in_numbers_in_range_and_known_words(
    tmp_path: Path, soffice: Callable[..., None]
):
    from pilotscore.criteria import Fact
    from pilotscore.workbook.templates.pen import number_formula

    let_in = {
        50: True,
        0: True,
        100: True,
        -1: False,
        100.5: False,
        "不适用：间歇": True,
        "未测": True,
        "N/A: x": True,
        "not measured": True,
        "abc": False,
        "5": False,
    }
    percent = Fact.model_validate({"id": "p", "title": "P", "type": "percent"})
    book = openpyxl.Workbook()
    for row, entry in enumerate(let_in, 1):
        book.active.cell(row, 1).value = entry
        book.active.cell(row, 2).value = number_formula(percent, f"A{row}")
    book.save(tmp_path / "f.xlsx")
    soffice("csv", tmp_path, tmp_path / "f.xlsx")
    lines = (tmp_path / "f.csv").read_text(encoding="utf-8").splitlines()
    assert [line.rpartition(",")[2] for line in lines] == [str(x).upper() for x in let_in.values()]


@pytest.mark.slow
def test_a_template_of_another_set_or_version_is_refused(
    tmp_path: Path, full: LoadedCriteria, mini: Path
):
    book = fill(
        made(tmp_path / "t.xlsx", full, "zh", "rows"), tmp_path / "f.xlsx", full.criteria, "zh"
    )
    other = load_criteria(mini)
    s = read_workbooks([book], other.criteria, sha256=other.source.sha256)
    assert [f.code for f in s.findings] == ["B124"]
    changed = read_workbooks([book], full.criteria, sha256="0" * 64)
    assert [f.code for f in changed.findings] == ["B125"]
    assert len(changed) == 1


@pytest.mark.slow
def test_an_empty_template_has_no_results(tmp_path: Path, full: LoadedCriteria):
    for layout in ("rows", "form"):
        s = read_workbooks([made(tmp_path / "t.xlsx", full, "zh", layout)], full.criteria)
        assert (len(s), [f.code for f in s.findings][-1:]) == (0, ["B108"])


def test_a_set_without_evidence_or_facts(tmp_path: Path):
    for name in ("techport", "cdr"):
        file = next((Path(__file__).parents[3] / "examples" / name).glob("criteria*.yaml"), None)
        if file is None:
            continue
        loaded = load_criteria(file)
        for layout in ("rows", "form"):
            book = fill(
                made(tmp_path / "t.xlsx", loaded, "en", layout),
                tmp_path / "f.xlsx",
                loaded.criteria,
                "en",
            )
            s = read_workbooks([book], loaded.criteria, sha256=loaded.source.sha256)
            assert [f.sentence("en") for f in s.findings] == []


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["rows", "form"])
@pytest.mark.parametrize("high", [1_000_000, 1_234_567, 2_500_000_000, 40_000_000_000])
def test_large_bounds_are_written_out(tmp_path: Path, mini: Path, layout: str, high: int):
    mini.write_text(
        mini.read_text(encoding="utf-8").replace("[0, 100000]", f"[0, {high}]"), encoding="utf-8"
    )
    book = openpyxl.load_workbook(made(tmp_path / "t.xlsx", load_criteria(mini), "zh", layout))
    rules = [v for s in book for v in s.data_validations.dataValidation]
    said = [v for v in rules if "连续运行时间" in str(v.promptTitle)]
    assert [f"0 至 {high} 的数值" in v.prompt and f"0 至 {high} 的" in v.error for v in said] == [
        True
    ]
    assert f"<={high}" in said[0].formula1  # to the last digit
    texts = [str(c.value) for s in book for row in s.iter_rows() for c in row]
    texts += [f"{v.prompt} {v.error} {v.formula1}" for v in rules]
    assert not [t for t in texts if "e+" in t]
