"""What map writes, --map reads back, letter for letter; and what an office adds to it stays."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.criteria import CriteriaSet, load_criteria
from pilotscore.findings import Place
from pilotscore.language import Lang
from pilotscore.workbook import ReadingOptions, load_mapping, read_workbooks
from pilotscore.workbook.results.mapping_draft import Header, MappingDraft, draft_mapping
from pilotscore.workbook.results.mapping_text import mapping_text
from pilotscore.workbook.tables.headers import Target, reduced
from pilotscore.workbook.tables.suggestions import Suggestion
from pilotscore.workbook.templates.content import Layout, TemplateLang
from pilotscore.workbook.templates.template import write_template
from tests.conftest import MINI, write_book

EXAMPLES = Path(__file__).parents[3] / "examples"
HERE = Place("b.xlsx")
MEANINGS = {
    "trl": Target("trl"),
    "id": Target("id"),
    "title": Target("title"),
    "evidence": Target("evidence"),
    "ignore": Target("ignore"),
    "trl evidence": Target("trl", evidence=True),
}
TRAPS = [
    "TRL: level",
    "a:",
    "：",
    "'quoted'",
    '"quoted"',
    "it's",
    "#1",
    "a # b",
    "007",
    "0x7d0",
    "1:30",
    "1e3",
    "yes",
    "no",
    "是",
    "on",
    "NULL",
    "~",
    "true",
    "- a",
    "-",
    "—",
    "? a",
    "? ",
    "%",
    "@x",
    "`x`",
    "&a",
    "*a",
    "!tag",
    "|",
    ">",
    "{a: b}",
    "[a, b]",
    "a, b",
    "=",
    "<<",
    "---",
    "...",
    "\\n",
    "\\",
    "2026-11-30",
    "12_000",
    "编号",
    "ＴＲＬ（级）",
    "成果\u3000名称",
    "\u200bTRL",
    "\ufeffTRL",
    "é",
    "𠮷野",
    "😀",
    "\x7f",
    "\x07bell",
    "a\u00a0b",
    "长" * 400,
    "x" * 1500,
    "headers",
    "criteria",
    "\ud7ff",
    "\ufffd",
    ":",
    "a :b",
]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> CriteriaSet:
    path = tmp_path_factory.mktemp("mini") / "mini.yaml"
    path.write_text(MINI, encoding="utf-8")
    return load_criteria(path).criteria


def draft_of(known: dict[str, str], left_over: list[str], criteria: CriteriaSet) -> MappingDraft:
    headers = [Header(text, HERE, meaning=meaning) for text, meaning in known.items()]
    headers += [Header(text, HERE) for text in left_over]
    return MappingDraft(tuple(headers), criteria)


def written_and_read(
    known: dict[str, str], left_over: list[str], criteria: CriteriaSet, folder: Path, lang: Lang
) -> None:
    """Write headers, read the file, and write it again from what was read."""
    draft = draft_of(known, left_over, criteria)
    text = mapping_text(draft, criteria, "b.xlsx", lang)
    file = folder / "m.yaml"
    file.write_text(text, encoding="utf-8", newline="\n")
    mapping = load_mapping(file, criteria)
    assert mapping.targets == {reduced(t): MEANINGS[m] for t, m in known.items()}
    data = yaml.safe_load(text)
    assert data.get("left_over", []) == left_over
    kept = tuple(
        Header(h.text, HERE, kept=reduced(h.text) in mapping.targets) for h in draft.headers
    )
    again = MappingDraft(kept, criteria, mapping.targets)
    assert mapping_text(again, criteria, "b.xlsx", lang, mapping.text) == text


@pytest.mark.parametrize("header", TRAPS)
def test_a_header_is_one_word_however_it_is_spelled(
    small: CriteriaSet, tmp_path: Path, header: str
):
    text = " ".join(header.split())
    written_and_read({text: "trl", "第二": "ignore"}, [f"{text} 2"], small, tmp_path, "zh")


texts = (
    st.text(
        st.characters(exclude_categories=["Cs"]) | st.sampled_from(" :#-?!&*|>'\"%@`{}[],=~0123"),
        min_size=1,
        max_size=30,
    )
    .map(lambda t: " ".join(t.split()))
    .filter(bool)
)


@pytest.mark.slow
@given(
    known=st.lists(texts, unique_by=reduced, max_size=6),
    left=st.lists(texts, unique=True, max_size=4),
    meanings=st.lists(st.sampled_from(list(MEANINGS)), min_size=6, max_size=6),
    lang=st.sampled_from(["zh", "en"]),
)
def test_any_headers_are_read_back(
    small: CriteriaSet,
    tmp_path_factory: pytest.TempPathFactory,
    known: list[str],
    left: list[str],
    meanings: list[str],
    lang: Lang,
):
    said = {reduced(t) for t in known}
    others = [t for t in left if reduced(t) not in said]
    folder = tmp_path_factory.getbasetemp()
    pairs = dict(zip(known, meanings, strict=False))
    written_and_read(pairs, others, small, folder, lang)


def mapped_twice(book: Path, criteria: CriteriaSet, folder: Path) -> str:
    """Write the mapping of a workbook and again with it; hold that nothing changes by it."""
    draft, problems = draft_mapping(book, criteria)
    assert draft.headers, problems
    first = mapping_text(draft, criteria, book.name, "zh")
    file = folder / "m.yaml"
    file.write_text(first, encoding="utf-8", newline="\n")
    mapping = load_mapping(file, criteria)
    options = ReadingOptions(mapping=mapping, understand=True)
    again, _ = draft_mapping(book, criteria, options)
    assert mapping_text(again, criteria, book.name, "zh", mapping.text) == first
    assert {h.text for h in again.headers if h.kept} == set(draft.known)
    return first


def values_are_the_same(book: Path, criteria: CriteriaSet, folder: Path) -> None:
    """Hold that a workbook reads the same with its mapping, which says all that is known of it."""
    mapping = load_mapping(folder / "m.yaml", criteria)
    plain = read_workbooks([book], criteria, ReadingOptions(understand=True))
    mapped = read_workbooks([book], criteria, ReadingOptions(mapping=mapping, understand=True))
    assert (plain.ids, plain.titles) == (mapped.ids, mapped.titles)
    assert str(plain.values.tolist()) == str(mapped.values.tolist())
    assert (plain.states == mapped.states).all()
    assert (plain.evidence == mapped.evidence).all()
    for name, fact in plain.facts.items():
        assert str(fact.values.tolist()) == str(mapped.facts[name].values.tolist())
    entries = {h: t for h, t in mapping.targets.items() if t.name != "ignore"}
    heads = [c.head for page in mapped.pages for c in page.columns if c.head.text]
    for header in entries:
        here = [h for h in heads if reduced(h.text) == header]
        assert here
        assert "mapping" in {h.matched for h in here}


def sets_of_examples() -> dict[str, str]:
    own = {"asem": "asem/asem.yaml", "cdr": "cdr/cdr.yaml", "techport": "techport/techport.yaml"}
    books = {f"{k}/{k}.xlsx": str(EXAMPLES / v) for k, v in own.items()}
    books |= dict.fromkeys(("pilot/pilot.xlsx", "rights/rights.xlsx"), "pilot-maturity")
    names = sorted(p.stem for p in (EXAMPLES / "sets").glob("*.xlsx"))
    return books | {f"sets/{name}.xlsx": name for name in names}


@pytest.mark.slow
@pytest.mark.parametrize(("book", "criteria"), sets_of_examples().items())
def test_every_example(tmp_path: Path, book: str, criteria: str):
    loaded = load_criteria(criteria).criteria
    mapped_twice(EXAMPLES / book, loaded, tmp_path)
    values_are_the_same(EXAMPLES / book, loaded, tmp_path)


def test_the_example_with_a_list_of_its_own(tmp_path: Path):
    from tests.cli.test_commands import run

    folder = EXAMPLES / "own-list"
    done = run("criteria", "from-excel", folder / "indicators.xlsx", "-o", tmp_path / "own.yaml")
    assert done.exit_code == 0, done.stderr
    loaded = load_criteria(str(tmp_path / "own.yaml")).criteria
    mapped_twice(folder / "results.xlsx", loaded, tmp_path)
    values_are_the_same(folder / "results.xlsx", loaded, tmp_path)


def test_no_example_is_left_out():
    tried = {*sets_of_examples(), "own-list/results.xlsx"}
    # A list of indicators, batch data and scores of experts have no headers of results.
    others = {"own-list/indicators.xlsx", "panel/panel.xlsx"}
    there = {str(p.relative_to(EXAMPLES)) for p in EXAMPLES.rglob("*.xlsx")}
    assert there == tried | others


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["rows", "form"])
@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_every_template(tmp_path: Path, layout: Layout, lang: TemplateLang):
    book, loaded = tmp_path / "t.xlsx", load_criteria("pilot-maturity")
    write_template(book, loaded, lang, layout, 3)
    criteria = loaded.criteria
    text = mapped_twice(book, criteria, tmp_path)
    assert not {"suggested", "left_over", "absent"} & yaml.safe_load(text).keys()
    known = set(load_mapping(tmp_path / "m.yaml", criteria).targets.values())
    assert {t.name for t in known} >= {i.id for i in criteria.indicators} | {"id", "title"}


def test_what_an_office_adds_stays_letter_for_letter(tmp_path: Path, small: CriteriaSet):
    book = write_book(
        tmp_path / "b.xlsx", {"S": [["编号", "TRL", "安全评估", "电话"], ["P-1", 6, "已完成", 1]]}
    )
    kept = (
        "# 处里用的表，2026年版\ncriteria: mini\n\nheaders:   # 张工核对过\n"
        "    TRL:    trl   # 自评\n    别的表头: ignore\n"
        "\n# 老的建议\nsuggested: {}\nbook: 去年.xlsx\n# 末尾\n"
    )
    (tmp_path / "m.yaml").write_text(kept, encoding="utf-8")
    mapping = load_mapping(tmp_path / "m.yaml", small)
    draft, _ = draft_mapping(book, small, ReadingOptions(mapping=mapping))
    text = mapping_text(draft, small, book.name, "zh", mapping.text)
    added = "    编号: id\n    安全评估: hazard  # 安全评估\n"
    head, tail = kept.split("\n# 老的建议\nsuggested: {}\n")
    assert text.startswith(f"{head}{added}{tail}")
    assert "left_over:\n  - 电话\n" in text


RULES = """criteria: mini   # 2026 年
synonyms:   # 处里的说法
  hazard: {已闭环: complete}
levels:
  trl: {1: 1, 2: 3, 3: 5, 4: 7, 5: 9}
headers:
  编号: id
fixes: [percent:yield_rate]

# 从文字里取数
derived:
  yield_rate:
    formula: done / total
    text: 考核情况
    pattern: "{total}批合格{done}批"
evidence:
  defaults:
    - {grade: E1, reason: 均为自报}
  columns:
    证明材料: all
  words: {第三方: E3}
"""


@pytest.mark.parametrize("turned", [False, True])
def test_what_an_office_says_of_values_stays_and_is_not_asked_about(
    tmp_path: Path, small: CriteriaSet, turned: bool
):
    rows = [
        ["编号", "TRL", "安全评估", "考核情况", "证明材料", "电话"],
        ["P-1", 3, "已闭环", "12批合格11批", "第三方报告", "1"],
    ]
    if turned:
        rows = [list(r) for r in zip(*rows, strict=True)]
    book = write_book(tmp_path / "b.xlsx", {"S": rows})
    file = tmp_path / "m.yaml"
    text = RULES
    for _ in range(2):
        file.write_text(text, encoding="utf-8")
        mapping = load_mapping(file, small)
        draft, _ = draft_mapping(book, small, ReadingOptions(mapping=mapping))
        text, before = mapping_text(draft, small, book.name, "zh", mapping.text), text
    assert text == before
    assert list(draft.left_over) == ["电话"]
    assert "yield_rate" not in draft.absent
    added = "  TRL: trl  # 技术就绪水平\n  安全评估: hazard  # 安全评估\n"
    head, tail = RULES.split("fixes: ")
    assert text.startswith(f"{head}{added}fixes: {tail}")


@pytest.mark.parametrize(
    "kept",
    [
        '{"criteria": "mini", "headers": {"TRL": "trl", "编号": "id"}, "book": "x"}',
        "headers: {TRL: trl, 编号: id}\n",
        "headers: &h {TRL: trl, 编号: id}\nsuggested: {TRL: {is: trl}}\n",
        "headers:\n  ? TRL\n  : trl\n  编号: {is: id}",
        "header_row: 1\nsheet: S\nheaders:\n  TRL: trl\n  编号: id\nabsent: [x]",
        "\ufeffheaders:\r\n  TRL: trl\r\n  编号: id\r\n",
    ],
)
def test_a_file_that_is_written_in_another_way_says_the_same_afterwards(
    tmp_path: Path, small: CriteriaSet, kept: str
):
    book = write_book(tmp_path / "b.xlsx", {"S": [["编号", "TRL", "安全评估"], ["P-1", 6, "无"]]})
    file = tmp_path / "m.yaml"
    after = kept
    for _ in range(2):
        file.write_bytes(after.encode())
        mapping = load_mapping(file, small)
        draft, _ = draft_mapping(book, small, ReadingOptions(mapping=mapping))
        after = mapping_text(draft, small, book.name, "en", mapping.text)
    assert after == file.read_text(encoding="utf-8")
    targets = load_mapping(file, small).targets
    assert targets == {"trl": Target("trl"), "编号": Target("id"), "安全评估": Target("hazard")}
    data = yaml.safe_load(after)
    given = yaml.safe_load(kept.removeprefix("\ufeff"))
    for key in ("criteria", "book", "sheet", "header_row"):
        assert data.get(key) == given.get(key)


def test_a_unit_with_signs_of_yaml_is_quoted(tmp_path: Path, small: CriteriaSet):
    header = Header("时长", HERE, meaning={"is": "run_hours", "unit": "天"})
    odd = Header("怪", HERE, meaning={"is": "run_hours", "unit": "a, {b}: #c"})
    text = mapping_text(MappingDraft((header, odd), small), small, "b.xlsx", "en")
    said = yaml.safe_load(text)["headers"]
    assert said == {"时长": header.meaning, "怪": odd.meaning}


def test_suggestions_and_headers_that_repeat(small: CriteriaSet):
    likely = (Suggestion("trl", "技术就绪水平", 83.3),)
    headers = (
        Header("就绪水准", HERE, likely=likely, suggested=True),
        Header("TRL 2", HERE, repeats="TRL"),
    )
    text = mapping_text(MappingDraft(headers, small), small, "b.xlsx", "en")
    assert "  就绪水准: {is: trl, likeness: 83}  # Technology readiness level\n" in text
    assert "  - TRL 2  # the same as “TRL”, not read\n" in text
    assert "headers: {}\n" in text
