"""What a mapping file says of values: synonyms, the scale that levels are written in, fixes."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotscore.criteria import CriteriaSet, load_criteria
from pilotscore.criteria.places import read_yaml
from pilotscore.errors import FaultyFileError
from pilotscore.workbook import ReadingOptions, Submission, load_mapping, read_workbooks
from pilotscore.workbook.results.mapping_draft import draft_mapping
from pilotscore.workbook.results.mapping_text import mapping_text
from pilotscore.workbook.tables.headers import HeaderNames
from pilotscore.workbook.tables.mapping_rules import RULES, rules_of
from pilotscore.workbook.values.written_levels import WrittenLevels
from tests.conftest import MINI, from_yaml, write_book

ROOT = Path(__file__).parents[3]
HEADERS = [
    "编号",
    "TRL",
    "一次合格率（%）",
    "连续运行时间（h）",
    "安全评估",
    "环评批复",
    "工艺类型",
]
ROW = ["P-1", 6, 96, 80, "已完成", "是", "连续"]


@functools.cache
def shipped() -> CriteriaSet:
    return load_criteria("pilot-maturity").criteria


@functools.cache
def small() -> CriteriaSet:
    return CriteriaSet.model_validate(from_yaml(MINI))


@pytest.fixture
def criteria(mini: Path) -> CriteriaSet:
    return load_criteria(mini).criteria


def mapped(
    tmp_path: Path, criteria: CriteriaSet, rules: str, *rows: list[Any], form: bool = False
) -> Submission:
    """Read a table (or the first row as a form) with a mapping file that says nothing of headers."""
    file = tmp_path / "m.yaml"
    file.write_text("headers: {}\n" + rules, encoding="utf-8")
    table = [HEADERS, *rows]
    if form:
        table = [[header, value] for header, value in zip(HEADERS, rows[0], strict=True)]
    book = write_book(tmp_path / "b.xlsx", {"表": table})
    mapping = load_mapping(file, criteria)
    return read_workbooks([book], criteria, ReadingOptions(mapping=mapping, jobs=1))


def faults(tmp_path: Path, criteria: CriteriaSet, rules: str) -> list[tuple[str, int | None, str]]:
    file = tmp_path / "m.yaml"
    file.write_text("headers: {}\n" + rules, encoding="utf-8")
    with pytest.raises(FaultyFileError) as raised:
        load_mapping(file, criteria)
    found = raised.value.findings
    assert all(f.sentence("zh") and f.sentence("en") for f in found)
    return [(f.code, f.place.line, f.sentence("en")) for f in found]


def changed(**cells: Any) -> list[Any]:
    """Return the row with other cells: trl, yield_, hours, hazard, permit, mode."""
    names = ["id", "trl", "yield_", "hours", "hazard", "permit", "mode"]
    return [cells.get(name, cell) for name, cell in zip(names, ROW, strict=True)]


def codes(s: Submission, *of: str) -> list[str]:
    return [f.code for f in s.findings if f.code in of]


# -------------------------------------------------------------------------------- synonyms


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rules", "written", "entered"),
    [
        ("synonyms: {hazard: {基本完成: partial}}", {"hazard": "基本完成"}, {"hazard": "部分完成"}),
        (
            "synonyms: {hazard: {基本完成: 部分完成}}",
            {"hazard": "基本 完成"},
            {"hazard": "partial"},
        ),
        ("synonyms: {trl: {黄色（2级）: 2}}", {"trl": "黄色(2级)"}, {"trl": 2}),
        ("synonyms: {trl: {Ⅳ级: 4}}", {"trl": "IV级"}, {"trl": 4}),
        ("synonyms: {run_hours: {三天: 72}}", {"hours": "三天"}, {"hours": 72}),
        ("synonyms: {permit: {已批: 是, 未批: no}}", {"permit": "未批"}, {"permit": "否"}),
        ("synonyms: {mode: {釜式: batch}}", {"mode": "釜式"}, {"mode": "间歇"}),
        ("synonyms: {all: {没测: 未测}}", {"yield_": "没测"}, {"yield_": "未测"}),
        ("synonyms: {all: {尚缺: ''}}", {"hours": "尚缺"}, {"hours": ""}),
        (
            "synonyms: {all: {甲: 3}, trl: {甲: 7}}",
            {"trl": "甲", "hours": "甲"},
            {"trl": 7, "hours": 3},
        ),
        ("synonyms: {trl: {8: 9}}", {"trl": 8}, {"trl": 9}),
        ("synonyms: {run_hours: {1.5: 36}}", {"hours": 1.5}, {"hours": 36}),
        ("synonyms: {all: {'—': 未测}}", {"hours": "—"}, {"hours": "未测"}),
        ("synonyms: {安全评估: {差不多: 部分完成}}", {"hazard": "差不多"}, {"hazard": "partial"}),
        ("synonyms: {TRL: {三期: 11}}\nlevels: {trl: {1: 1, 11: 7}}", {"trl": "三期"}, {"trl": 7}),
    ],
)
@pytest.mark.parametrize("form", [True, False])
def test_a_synonym_counts_as_if_its_value_had_been_entered(
    tmp_path: Path, criteria: CriteriaSet, rules: str, written: Any, entered: Any, form: bool
):
    s = mapped(tmp_path, criteria, rules, changed(**written), form=form)
    plain = mapped(tmp_path, criteria, "", changed(**entered), form=form)
    assert s.values.tolist()[0] == pytest.approx(plain.values.tolist()[0], nan_ok=True)
    assert s.states.tolist() == plain.states.tolist()
    assert s.facts["mode"].values.tolist() == plain.facts["mode"].values.tolist()
    assert codes(s, "V450") == ["V450"] * len(written)
    assert not [f for f in s.findings if f.severity == "error" and f.code != "H203"]
    assert {given.manner for given in s.given.values.values()} <= {"synonym", "levels"}
    assert len(s.given.values) == len(written)


@pytest.mark.parametrize(("word", "cell"), [("1.5", 15), ("-5", 5), ("1/2", 12), ("5%", 5)])
def test_signs_make_another_word(tmp_path: Path, criteria: CriteriaSet, word: str, cell: float):
    s = mapped(
        tmp_path, criteria, f"synonyms: {{run_hours: {{'{word}': 99}}}}", changed(hours=cell)
    )
    assert s.values[0, 2] == cell


def test_a_synonym_is_told_at_its_cell(tmp_path: Path, criteria: CriteriaSet):
    s = mapped(
        tmp_path, criteria, "synonyms: {hazard: {差不多: partial}}", ROW, changed(hazard="差不多")
    )
    (told,) = [f for f in s.findings if f.code == "V450"]
    assert told.place.cell == "E3"
    assert s.given.values[1, "hazard"].cells[0].cell == "E3"
    assert s.written[1, "hazard"] == "差不多"


# ---------------------------------------------------------------------------------- levels


@pytest.mark.parametrize(
    ("rules", "written", "level"),
    [
        ("levels: {trl: {1: 1, 2: 3, 3: 5, 4: 7, 5: 9}}", 4, 7),
        ("levels: {trl: {1: 1, 2: 3, 3: 5, 4: 7, 5: 9}}", "4级", 7),
        ("levels: {trl: {1: 1, 2: 3, 3: 5, 4: 7, 5: 9}}", "TRL3-4", 5),
        ("levels: {trl: {1: 1, 10: 9, 13: 9}}", 13, 9),
        ("levels: {trl: {0: 1, 4: 6}}", 4, 6),
        ("levels: {trl: {0-59: 4, 60-79: 6, 80 - 100: 8}}", 85, 8),
        ("levels: {技术就绪水平: {0-59: 4, 60-100: 6}}", "60级", 6),
    ],
)
@pytest.mark.parametrize("form", [True, False])
def test_levels_are_read_on_the_scale_that_they_are_written_in(
    tmp_path: Path, criteria: CriteriaSet, rules: str, written: Any, level: int, form: bool
):
    s = mapped(tmp_path, criteria, rules, changed(trl=written), form=form)
    assert s.values[0, 0] == level
    assert codes(s, "V451", "V452", "V453", "V402") == ["V451"]
    assert s.given.values[0, "trl"].manner == "levels"


@pytest.mark.parametrize("form", [True, False])
@pytest.mark.parametrize(("written", "code"), [(6, "V402"), (2, "V452"), ("五级半", "V401")])
def test_a_level_that_is_not_of_the_written_scale_is_a_fault(
    tmp_path: Path, criteria: CriteriaSet, written: Any, code: str, form: bool
):
    s = mapped(
        tmp_path, criteria, "levels: {trl: {1: 1, 3: 5, 5: 9}}", changed(trl=written), form=form
    )
    assert codes(s, "V402", "V452", "V401") == [code]
    assert s.values[0, 0] != s.values[0, 0]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=2, max_size=9))
def test_a_higher_level_as_written_never_counts_less(levels: list[int]):
    quantity = shipped().indicators[0]
    table = dict(enumerate(sorted(levels), 1))
    converted = [WrittenLevels.of(quantity, table).convert(float(n))[0] for n in table]
    assert converted == sorted(levels)


# ----------------------------------------------------------------------------------- fixes


def test_fixes_kept_in_the_file_are_those_of_the_command_line(
    tmp_path: Path, criteria: CriteriaSet
):
    row = changed(yield_=0.96, hours=2)
    rules = "fixes: [percent:一次合格率, 'unit:连续运行时间=天']"
    s = mapped(tmp_path, criteria, rules, row)
    assert s.values[0, 1:3].tolist() == [96, 48]
    assert codes(s, "H230", "V440") == ["H230", "H230"]
    fixes = ("percent:一次合格率", "unit：连续运行时间＝d")
    book = write_book(tmp_path / "c.xlsx", {"表": [HEADERS, row]})
    plain = read_workbooks([book], criteria, ReadingOptions(fixes=fixes, jobs=1))
    assert plain.values[0].tolist() == s.values[0].tolist()


def test_rules_may_name_indicators_by_the_headers_of_the_office(
    tmp_path: Path, criteria: CriteriaSet
):
    file = tmp_path / "m.yaml"
    file.write_text(
        """headers: {合格比例: yield_rate, 连跑: {is: run_hours, unit: d}, 安评: hazard}
fixes: [percent:合格比例]
synonyms: {安评: {差不多: partial}}
derived: {trl: 连跑 / 24}
evidence: {defaults: [{grade: E2, indicator: 合格比例, reason: 抽查}]}
""",
        encoding="utf-8",
    )
    table: list[list[Any]] = [["编号", "合格比例", "连跑", "安评"], ["P-1", 0.96, 5, "差不多"]]
    book = write_book(tmp_path / "b.xlsx", {"表": table})
    mapping = load_mapping(file, criteria)
    s = read_workbooks([book], criteria, ReadingOptions(mapping=mapping, jobs=1))
    j = criteria.indicator_position
    assert s.values[0, [j["yield_rate"], j["run_hours"], j["hazard"]]].tolist() == [96, 120, 1]
    assert s.evidence[0, j["yield_rate"]] == 2
    # Hours by 24 are no level: a number with a unit that is left over is refused.
    assert "V485" in {f.code for f in s.findings}


# ---------------------------------------------------------------------------------- faults


def test_all_faults_at_once_each_with_its_line(tmp_path: Path, criteria: CriteriaSet):
    rules = """synonyms:
  hazzard: {甲: partial}
  trl: {乙: 12}
  all: {丙: 完全不对}
levels:
  trl: {1: 1, 2: 10}
  hazard: {1: 1}
fixes:
  - percent:TRL
  - 一次合格率
synonims: {}
"""
    found = faults(tmp_path, criteria, rules)
    assert [(code, line) for code, line, _ in found] == [
        ("M620", 3), ("M620", 4), ("M620", 5), ("M620", 7), ("M620", 8), ("M620", 10), ("M620", 11), ("M602", 12)
    ]  # fmt: skip
    said = "\n".join(text for _, _, text in found)
    for part in ("did you mean hazard", "“12” is no value", "from 1 to 9", "neither", "synonyms"):
        assert part in said


@pytest.mark.parametrize(
    "rules",
    [
        "synonyms: 3",
        "synonyms: {trl: 3}",
        "synonyms: {trl: {甲: [1]}}",
        "synonyms: {trl: {甲: 1, '甲 ': 2}}",
        "synonyms: {hazard: {甲: 9}}",
        "levels: []",
        "levels: {trl: {a: 1}}",
        "levels: {trl: {1: 3, 2: 2}}",
        "levels: {trl: {1: 1.5}}",
        "levels: {nothing: {1: 1}}",
        "levels: {trl: {1-5: 3, 5-9: 4}}",
        "levels: {trl: {5-1: 3}}",
        "levels: {trl: {1: 1}, TRL: {1: 2}}",
        "synonyms: {trl: {甲: 1}}\nsynonyms: {trl: {乙: 1}}",
        "fixes: percent:TRL",
        "fixes: [1]",
        "fixes: ['unit:连续运行时间=d', 'unit:run_hours=min']",
        "fixes: ['unit:TRL=h']",
        "fixes: ['unit:连续运行时间=kg']",
        "fixes: ['unit:连续运行时间=']",
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, criteria: CriteriaSet, rules: str):
    assert {code for code, _, _ in faults(tmp_path, criteria, rules)} == {"M620"}


def test_levels_that_come_to_the_same_are_said_together(criteria: CriteriaSet):
    table = dict.fromkeys(range(60), 4) | {60: 6, 61: 6, 70: 6, 80: 8}
    levels = WrittenLevels.of(criteria.indicators[0], table)
    assert levels.pairs().to("en") == "0–59→4, 60–61→6, 70→6, 80→8"


@pytest.mark.parametrize("rules", ["fixes: ['percent:一次合格率']", "synonyms: {trl: {甲: 3}}"])
def test_a_mapping_may_say_nothing_of_headers(tmp_path: Path, criteria: CriteriaSet, rules: str):
    file = tmp_path / "m.yaml"
    file.write_text(rules, encoding="utf-8")
    mapping = load_mapping(file, criteria)
    book = write_book(tmp_path / "b.xlsx", {"表": [HEADERS, ROW]})
    draft, _ = draft_mapping(book, criteria, ReadingOptions(mapping=mapping))
    written = mapping_text(draft, criteria, "b.xlsx", "zh", mapping.text)
    assert written.startswith(rules)
    file.write_text(written, encoding="utf-8")
    assert load_mapping(file, criteria).targets["trl"].name == "trl"
    draft, _ = draft_mapping(book, criteria, ReadingOptions(mapping=load_mapping(file, criteria)))
    assert mapping_text(draft, criteria, "b.xlsx", "zh", written) == written


def test_tables_and_forms_of_a_folder_alike(tmp_path: Path, criteria: CriteriaSet):
    rules = "synonyms: {trl: {甲: 7}}\nderived: {run_hours: 天数 * 24}\nevidence: {defaults: [{grade: E2, reason: 抽查}]}\n"
    (tmp_path / "m.yaml").write_text(rules, encoding="utf-8")
    folder = tmp_path / "in"
    folder.mkdir()
    table: list[list[Any]] = [["编号", "TRL", "安全评估", "天数"], ["P-1", "甲", "已完成", 3]]
    write_book(folder / "1.xlsx", {"表": table})
    for k in (2, 3):
        form = [["编号", f"P-{k}"], ["TRL", "甲"], ["安全评估", "已完成"], ["天数", 3]]
        write_book(folder / f"{k}.xlsx", {"表": form})
    mapping = load_mapping(tmp_path / "m.yaml", criteria)
    s = read_workbooks([folder], criteria, ReadingOptions(mapping=mapping, jobs=1))
    assert s.ids == ("P-1", "P-2", "P-3")
    assert s.values[:, 0].tolist() == [7, 7, 7]
    assert s.values[:, 2].tolist() == [72, 72, 72]
    assert s.evidence[:, 0].tolist() == [2, 2, 2]
    assert {i for i, _ in s.given.values} == {i for i, _ in s.given.grades} == {0, 1, 2}


def test_the_order_of_keys_does_not_matter(tmp_path: Path, criteria: CriteriaSet):
    parts = [
        "synonyms: {all: {甲: 3}, trl: {甲: 4}}",
        "levels: {trl: {4: 8, 1: 2}}",
        "fixes: ['unit:连续运行时间=d']",
    ]
    row = changed(trl="甲", hours="甲")
    one, other = (
        mapped(tmp_path, criteria, "\n".join(p) + "\n", row) for p in (parts, parts[::-1])
    )
    assert one.values[0].tolist() == other.values[0].tolist()
    assert one.values[0, 0] == 8


EXAMPLES = re.findall(
    r"^```yaml\n(.*?)^```",
    (ROOT / "docs" / "workbooks.md").read_text(encoding="utf-8"),
    re.DOTALL | re.MULTILINE,
)


@pytest.mark.parametrize("example", [e for e in EXAMPLES if "headers:" in e])
def test_the_examples_of_the_documentation_are_sound(tmp_path: Path, example: str):
    file = tmp_path / "m.yaml"
    file.write_text(example, encoding="utf-8")
    load_mapping(file, shipped())


ALL_RULES = """# our office
criteria: mini
headers:
  编号: id

synonyms:   # as the districts write
    hazard: {基本完成: partial}
levels: {trl: {1: 1, 2: 5, 3: 9}}
fixes: ['percent:一次合格率']
derived:
  run_hours: {formula: 天数 * 24, units: {}}
evidence:
  defaults:
  - {grade: E1, reason: "自报: 县级"}
  columns: {证明材料: all}
  words: {CNAS: E3}
"""


@pytest.mark.parametrize("form", [True, False])
def test_what_map_writes_keeps_every_rule_letter_for_letter(
    tmp_path: Path, criteria: CriteriaSet, form: bool
):
    file = tmp_path / "m.yaml"
    file.write_text(ALL_RULES, encoding="utf-8")
    table: list[list[Any]] = [
        ["编号", "TRL", "安全评估", "天数", "证明材料", "联系人"],
        ["P-1", 2, "基本完成", 3, "CNAS", "王"],
    ]
    if form:
        table = [list(pair) for pair in zip(*table, strict=True)]
    book = write_book(tmp_path / "b.xlsx", {"表": table})
    mapping = load_mapping(file, criteria)
    draft, _ = draft_mapping(book, criteria, ReadingOptions(mapping=mapping))
    written = mapping_text(draft, criteria, "b.xlsx", "zh", mapping.text)
    head, _, rest = ALL_RULES.partition("\nsynonyms")
    assert head in written
    assert "synonyms" + rest in written
    # Columns that others are worked out from are none of which nothing is known.
    assert list(draft.left_over) == ["联系人"]
    assert not draft.suggested
    assert "run_hours" not in draft.absent
    file.write_text(written, encoding="utf-8")
    again = load_mapping(file, criteria)
    draft, _ = draft_mapping(book, criteria, ReadingOptions(mapping=again))
    assert mapping_text(draft, criteria, "b.xlsx", "zh", again.text) == written


def test_the_example_of_the_documentation_reads_as_it_says(tmp_path: Path):
    (example,) = [e for e in EXAMPLES if "derived:" in e]
    (tmp_path / "m.yaml").write_text(example, encoding="utf-8")
    loaded = shipped()
    cells = {
        "成果编号": "CG-017",
        "技术就绪水平": 3,
        "验证环境": "中试基地",
        "剩余风险等级": "黄色(2级)",
        "一次合格率": 0.97,
        "中试费用": 3_000_000,
        "单位成本（元）": 80_000,
        "目标成本（万元）": 10,
        "IRR": "15%",
        "基准收益率": "8%",
        "考核情况": "12项考核指标完成11项",
        "证明材料": "",
        "运行记录": "",
        "备注": "CNAS 检测报告",
        "连续运行时间": "暂无数据",
    }
    book = write_book(tmp_path / "b.xlsx", {"表": [list(cells), list(cells.values())]})
    mapping = load_mapping(tmp_path / "m.yaml", loaded)
    s = read_workbooks([book], loaded, ReadingOptions(mapping=mapping, jobs=1))
    j = loaded.indicator_position
    expected = {
        "trl_level": 5,
        "residual_risk_level": 2,
        "first_pass_yield": 97,
        "unit_cost_ratio": 0.8,
        "irr_spread": 7,
        "key_spec_attainment": 0.916666666667,
    }
    assert {n: float(s.values[0, j[n]]) for n in expected} == expected
    assert s.facts["pilot_cost"].values.tolist() == [300]
    relevant = loaded.indicators[j["test_environment"]].category_by_name["relevant"]
    assert s.values[0, j["test_environment"]] == relevant
    assert s.evidence[0, j["trl_level"]] == 3
    assert s.given.grades[0, "trl_level"].rule.to("zh") == "E3: 专家组现场核验"


KEYS = st.sampled_from(
    [
        "trl",
        "TRL",
        "hazard",
        "run_hours",
        "all",
        "left",
        "E1",
        "E9",
        "甲",
        "1",
        "-1",
        "1.5",
        "1-3",
        "",
        "甲 / 乙",
        "{a}项",
        "grade",
        "reason",
        "result",
        "formula",
        "text",
        "pattern",
        "units",
        "columns",
        "words",
        "defaults",
        "percent:TRL",
        "unit:中试成本=元",
        "partial",
        "NaN",
        "1e400",
    ]
)
LEAVES = st.one_of(KEYS, st.integers(-3, 200), st.none(), st.booleans(), st.floats())
PARTS = st.recursive(
    LEAVES,
    lambda part: st.one_of(
        st.lists(part, max_size=3), st.dictionaries(KEYS, part, min_size=1, max_size=3)
    ),
    max_leaves=8,
)


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(RULES), PARTS, min_size=1, max_size=3))
def test_whatever_stands_in_the_file_is_read_or_told(data: dict[str, Any]):
    text = yaml.safe_dump(data, allow_unicode=True)
    rules, found = rules_of(read_yaml(text), small(), "m.yaml")
    lines = text.count("\n") + 1
    for finding in found:
        assert 1 <= (finding.place.line or 0) <= lines
        assert finding.sentence("zh")
        assert finding.sentence("en")
    assert found or HeaderNames.of(small(), rules=rules).quantities
