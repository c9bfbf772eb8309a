from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from pilotscore.criteria import CriteriaSet, load_criteria
from pilotscore.errors import UsageError
from pilotscore.workbook import Limits, State, Submission, read_workbooks
from pilotscore.workbook.copies.answers import Answer, complaint, read_answer
from pilotscore.workbook.copies.places import Subject, find_places
from pilotscore.workbook.copies.writing import Written, changes, refuse_source, write_answers
from pilotscore.workbook.open.sheets import open_book
from pilotscore.workbook.tables.headers import HeaderNames
from pilotscore.workbook.templates.template import write_template
from tests.conftest import HEADERS, MakeBook, built_in, row, write_book


@pytest.fixture
def criteria(mini: Path) -> CriteriaSet:
    return load_criteria(mini).criteria


def answered(
    path: Path,
    criteria: CriteriaSet,
    given: dict[str, str | tuple[str, str]],
    i: int = 0,
    lang: Any = "zh",
) -> tuple[Submission, Submission, Written, Any]:
    """Answer some indicators; return what was read before and after, and the copy."""
    before = read_workbooks([path], criteria)
    answers = []
    for name, said in given.items():
        typed, grade = said if isinstance(said, tuple) else (said, None)
        indicator = criteria.indicators[criteria.indicator_position[name]]
        place = None if grade is None else [g.id for g in criteria.evidence.grades].index(grade)
        reading = read_answer(typed, indicator) if typed else None
        assert reading is None or complaint(reading) is None
        answers.append(Answer(name, typed, reading, place))
    content = path.read_bytes()
    subject = Subject(path, content, before, i, HeaderNames.of(criteria), lang)
    places = find_places(subject, answers, open_book(path).sheets)
    out = path.with_name("copy.xlsx")

    def reread(copy: Path) -> Submission:
        return read_workbooks([copy], criteria)

    written = write_answers(subject, answers, places, out, reread)
    after = reread(out)
    assert path.read_bytes() == content
    assert written.changed == changes(before, after, i, answers, criteria)
    return before, after, written, openpyxl.load_workbook(out)


def faithful(written: Written) -> bool:
    return not (written.places.without or written.otherwise or written.changed)


GIVEN: dict[str, str | tuple[str, str]] = {
    "trl": ("6", "E3"),
    "yield_rate": "95.5",
    "run_hours": ("3 天", "E2"),
    "hazard": "3",
    "permit": ("是", "E0"),
}
VALUES = [6, 95.5, 72, 2, 1]


@pytest.mark.slow
def test_answers_stand_in_their_cells_and_read_back(book: MakeBook, criteria: CriteriaSet):
    blank = row(id="P-2", trl="", yield_rate="?", run_hours="abc", hazard="", permit="")
    path = book(row(), blank, row(id="P-3", trl=3))
    before, after, written, copy = answered(path, criteria, GIVEN, i=1)
    assert faithful(written)
    assert written.places.headers == {}
    assert after.values[1].tolist() == VALUES
    assert after.evidence[1].tolist() == [3, 3, 2, 3, 0]
    assert (after.values[[0, 2]] == before.values[[0, 2]]).all()
    cells = [c.value for c in copy["成果"][3]]
    assert cells[2:11] == [6, "E3", 95.5, "E3", "3 天", "E2", "已完成", "E3", "是"]
    assert after.findings[-1].code == "V418"  # what was typed with a unit is told as such


@pytest.mark.slow
def test_what_was_not_answered_stays(tmp_path: Path, criteria: CriteriaSet):
    path = write_book(
        tmp_path / "b.xlsx", {"成果": [["表"], HEADERS, row(trl="")], "说明": [["x"]]}
    )
    rich = openpyxl.load_workbook(path)
    sheet = rich["成果"]
    sheet["B3"].comment = Comment("已核对", "张三")
    sheet["E3"].number_format = "0.0"
    sheet["Z9"] = "远处"
    sheet.merge_cells("A1:P1")
    sheet.freeze_panes = "C3"
    sheet.column_dimensions["B"].width = 33
    rich["说明"].sheet_state = "hidden"
    rich.save(path)
    _, after, written, copy = answered(path, criteria, {"trl": ("7", "E2")})
    assert faithful(written)
    assert after.values[0, 0] == 7
    for name in ("成果", "说明"):
        for cells in openpyxl.load_workbook(path)[name].iter_rows():
            for cell in cells:
                if cell.coordinate not in ("C3", "D3"):
                    same = copy[name][cell.coordinate]
                    assert (same.value, same.number_format) == (cell.value, cell.number_format)
    kept = copy["成果"]
    assert kept["B3"].comment.text == "已核对"
    assert (kept.freeze_panes, kept.column_dimensions["B"].width) == ("C3", 33)
    assert [str(r) for r in kept.merged_cells.ranges] == ["A1:P1"]
    assert copy["说明"].sheet_state == "hidden"


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_columns_that_are_not_there_are_put_at_the_right(
    book: MakeBook, criteria: CriteriaSet, lang: str
):
    path = book(
        ["P-1", "甲", 6],
        ["P-2", "乙", ""],
        headers=["编号", "成果名称", "TRL"],
        above=[["申报汇总表", "", "", "填报日期"]],
    )
    before, after, written, copy = answered(path, criteria, GIVEN, i=1, lang=lang)
    assert faithful(written)
    assert after.values[1].tolist() == VALUES
    assert after.evidence[1].tolist() == [3, -1, 2, -1, 0]
    assert after.states[0].tolist() == before.states[0].tolist()
    header = [c.value for c in copy["成果"][2]]
    assert header[:3] == ["编号", "成果名称", "TRL"]
    assert len(header) == 10
    assert header[3] == ("技术就绪水平证据等级" if lang == "zh" else "TRL evidence grade")
    assert header[5] == ("连续运行时间（h）" if lang == "zh" else "Continuous run (h)")
    assert not [f for f in after.findings if f.code.startswith("H20")]


def test_a_header_of_several_rows_gets_them_in_its_lowest(tmp_path: Path, criteria: CriteriaSet):
    path = write_book(
        tmp_path / "b.xlsx",
        {
            "表": [
                ["编号", "成果名称", "技术", ""],
                ["", "", "TRL", "一次合格率（%）"],
                ["P-1", "甲", 6, ""],
                ["注：数据由单位填报"],
            ]
        },
    )
    wb = openpyxl.load_workbook(path)
    for area in ("A1:A2", "B1:B2", "C1:D1"):
        wb["表"].merge_cells(area)
    wb.save(path)
    _, after, written, copy = answered(path, criteria, {"yield_rate": "0.5%", "hazard": "已完成"})
    assert faithful(written)
    assert (after.values[0, 1], after.values[0, 3]) == (0.5, 2)
    assert copy["表"]["E2"].value == "安全评估"


def test_a_far_note_beside_the_table_is_not_written_over(book: MakeBook, criteria: CriteriaSet):
    path = book(["P-1", 6, "", "注意事项"], headers=["编号", "TRL", "", ""])
    _, after, written, copy = answered(path, criteria, {"yield_rate": "96", "hazard": "1"})
    assert faithful(written)
    assert after.values[0].tolist()[1:4:2] == [96, 0]
    assert [c.value for c in copy["成果"][2]] == ["P-1", 6, 96, "注意事项", "未做"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("header", "style", "typed", "cell"),
    [
        ("连续运行时间（天）", "General", "80", "80 h"),
        ("连续运行时间（kg）", "General", "80", "80 h"),  # a unit that does not fit
        ("连续运行时间", "yyyy-mm-dd", "80", "80 h"),
        ("连续运行时间（天）", "General", "约80", "约80 h"),
        ("一次合格率", "0.0%", "95.5", 0.955),
        ("一次合格率", "General", "0.5%", "0.5 %"),
        ("一次合格率（%）", "General", "0.5%", 0.5),
    ],
)
def test_what_stands_around_a_cell_changes_nothing(
    book: MakeBook, criteria: CriteriaSet, header: str, style: str, typed: str, cell: Any
):
    path = book(["P-1", 6, ""], ["P-2", 6, 1], headers=["编号", "TRL", header])
    wb = openpyxl.load_workbook(path)
    wb["成果"]["C2"].number_format = style
    wb.save(path)
    name = "run_hours" if "运行" in header else "yield_rate"
    _, _, written, copy = answered(path, criteria, {name: typed})
    assert faithful(written)
    assert copy["成果"]["C2"].value == cell


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_value_and_why(book: MakeBook, criteria: CriteriaSet, lang: str):
    path = book(row(yield_rate="", permit=""))
    said: dict[str, str | tuple[str, str]] = {"yield_rate": "na: 间歇（工艺）", "permit": "未测"}
    _, after, written, copy = answered(path, criteria, said, lang=lang)
    assert faithful(written)
    assert after.states[0].tolist() == [0, State.NOT_APPLICABLE, 0, 0, State.NOT_MEASURED]
    assert copy["成果"]["E2"].value.startswith("不适用：间歇" if lang == "zh" else "N/A: 间歇")


def test_the_results_of_formulas_stay_readable(book: MakeBook, criteria: CriteriaSet):
    path = book(row(trl="", yield_rate=0, hazard=""), row(id="P-2"))
    wb = openpyxl.load_workbook(path)
    sheet = wb["成果"]
    sheet["E2"], sheet["G2"], sheet["I3"] = "=90+6", "=1/0", '="已完"&"成"'
    sheet["K2"], sheet["P2"], sheet["M2"] = "=1=1", "=DATE(2030,1,1)", '="否"'
    sheet["P2"].number_format = "yyyy-mm-dd"
    wb.save(path)
    with_stored_results(
        path,
        {
            "E2": ("96", ""),
            "G2": ("#DIV/0!", "e"),
            "I3": ("已完成", "str"),
            "K2": ("1", "b"),
            "P2": ("47484", ""),
            "M2": ("否", "str"),
        },
    )
    before, after, written, copy = answered(path, criteria, {"trl": "7", "hazard": "2"})
    assert before.values[0, 1] == 96
    assert before.states[0, 2] == State.FAULTY
    assert faithful(written)
    assert after.values[0].tolist()[0:2] == [7, 96]
    assert after.facts["permit_end"].values[0] == "2030-01-01"
    assert copy["成果"]["E2"].value == "=90+6"
    assert [t.to("en") for t in written.notes] == [
        "the results of formulas are those of the workbook until Excel or WPS opens the copy"
    ]


def test_a_result_of_0_stays_and_a_copy_tells_that_its_results_may_be_older(
    book: MakeBook, criteria: CriteriaSet
):
    path = book(row(trl="", yield_rate=0), row(id="P-2"))
    wb = openpyxl.load_workbook(path)
    wb["成果"]["E2"] = "=C3-C3"
    wb.calculation.fullCalcOnLoad = False  # as Excel has it, which has calculated
    wb.save(path)
    with_stored_results(path, {"E2": ("0", "")})
    before, after, written, _ = answered(path, criteria, {"trl": "7"})
    assert faithful(written)
    assert after.values[0].tolist()[:2] == [7, 0]
    assert "B147" not in [f.code for f in before.findings]
    assert "B147" in [f.code for f in after.findings]


def with_stored_results(path: Path, results: dict[str, tuple[str, str]]) -> None:
    """Store results of formulas, as Excel does and openpyxl does not: it leaves a blank one.

    How it writes that depends on whether lxml is there.
    """
    import re
    import zipfile

    with zipfile.ZipFile(path) as archive:
        files = {
            n: archive.read(n).decode() if n.endswith("xml") else archive.read(n)
            for n in archive.namelist()
        }
    name = "xl/worksheets/sheet1.xml"
    for cell, (value, kind) in results.items():
        files[name], count = re.subn(
            rf'<c r="{cell}"([^>]*)>(<f>[^<]*</f>)(?:<v ?/>|<v></v>)</c>',
            rf'<c r="{cell}"\1 t="{kind or "n"}">\2<v>{value}</v></c>',
            str(files[name]),
        )
        assert count == 1, cell
    with zipfile.ZipFile(path, "w") as archive:
        for n, part in files.items():
            archive.writestr(n, part)


@pytest.mark.slow
def test_a_cell_that_several_results_share_is_taken_apart(book: MakeBook, criteria: CriteriaSet):
    path = book(
        row(hazard="不错"), row(id="P-2", hazard=""), row(id="P-3", permit=""), row(id="P-4")
    )
    wb = openpyxl.load_workbook(path)
    wb["成果"].merge_cells("I2:I3")
    wb["成果"]["K5"] = None
    wb["成果"].merge_cells("K4:K5")
    wb.save(path)
    _, after, written, copy = answered(path, criteria, {"hazard": "3"}, i=1)
    assert faithful(written)
    assert after.states[:, 3].tolist() == [State.FAULTY, 0, 0, 0]
    assert (copy["成果"]["I2"].value, copy["成果"]["I3"].value) == ("不错", "已完成")
    assert [t.to("en") for t in written.notes] == [
        "the merged area 成果!I2:I3 was taken apart; its cells keep its value"
    ]
    _, after, written, _ = answered(path, criteria, {"permit": "no"}, i=3)
    assert faithful(written)
    assert after.states[:, 4].tolist() == [0, 0, State.BLANK, 0]


SECTIONS = [
    ["中试成果申报书"],
    [],
    ["编号", "P-7", "成果名称", "硝化工艺"],
    ["技术就绪水平", "", "证据等级", ""],
    ["一次合格率", 96, "%"],
    ["权属争议", "否"],
    ["负责人", "张三"],
    ["申报单位（盖章）"],
]
TITLES = [
    ["指标", "说明", "填写值", "单位", "证据等级"],
    ["编号", "", "P-8"],
    ["TRL", "1-9", "", "", ""],
    ["一次合格率", "", 96, "%", "E1"],
    [],
    ["填表人：张三"],
]
TURNED = [
    ["编号", "P-1", "P-2", "P-3"],
    ["TRL", 5, "", 7],
    ["一次合格率（%）", 90, 96, 91],
    ["权属争议", "否", "否", "是"],
]


@pytest.mark.parametrize(
    ("rows", "i", "label"), [(SECTIONS, 0, "A9"), (TITLES, 0, "A5"), (TURNED, 1, "A5")]
)
def test_a_form_gets_new_lines_below_its_last_item(
    tmp_path: Path, criteria: CriteriaSet, rows: Sequence[Sequence[Any]], i: int, label: str
):
    path = write_book(tmp_path / "f.xlsx", {"表": rows})
    given_ = {**GIVEN, "yield_rate": ("", "E3")}
    before, after, written, copy = answered(path, criteria, given_, i=i)
    assert faithful(written)
    assert after.values[i].tolist() == [6, 96, 72, 2, 1]
    assert after.evidence[i].tolist() == [3, 3, 2, -1, 0]
    others = [r for r in range(len(before)) if r != i]
    assert (after.states[others] == before.states[others]).all()
    assert label in [str(spot).partition("!")[2] for spot in written.places.headers]
    assert copy["表"]["A1"].value == rows[0][0]


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["rows", "form"])
def test_a_template_is_filled_in_place(tmp_path: Path, layout: Any):
    loaded = built_in()
    path = tmp_path / "t.xlsx"
    write_template(path, loaded, "both", layout, 5)
    wb = openpyxl.load_workbook(path)
    sheet = wb.worksheets[1]
    first = next(c for r in sheet.iter_rows() for c in r if str(c.value).startswith("成果编号"))
    at = (4, 1) if layout == "rows" else (first.row, 2)
    sheet.cell(*at).value = "P-1"
    if layout == "rows":
        sheet.cell(4, 2).value = "甲"
    wb.save(path)
    given_ = {
        "trl_level": ("6", "E3"),
        "key_spec_attainment": ("0.95", "E2"),
        "test_environment": ("3", "E4"),
    }
    _, after, written, copy = answered(path, loaded.criteria, given_)
    assert faithful(written)
    assert written.places.headers == {}
    assert after.values[0, :3].tolist() == [6, 0.95, 2]
    assert after.evidence[0, :3].tolist() == [3, 2, 4]
    assert copy.worksheets[1].protection.sheet


@pytest.mark.slow
@given(st.data())
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_answered_reads_back(
    tmp_path: Path, criteria: CriteriaSet, data: st.DataObject
):
    number = st.one_of(st.floats(0, 100), st.integers(0, 100)).map(lambda x: f"{x:.5f}")
    typed: dict[str, Any] = {
        "trl": st.integers(1, 9).map(str),
        "yield_rate": st.one_of(st.just("na: 无此工序"), number.map(lambda x: x + "%")),
        "run_hours": st.one_of(number, number.map(lambda x: f"≥{x} h"), st.just("未测")),
        "hazard": st.sampled_from(["1", "complete", "部分完成"]),
        "permit": st.sampled_from(["yes", "否"]),
    }
    names = data.draw(st.lists(st.sampled_from(list(typed)), min_size=1, unique=True))
    grade = st.sampled_from(["E0", "E1", "E2", "E3"])
    said: dict[str, Any] = {n: (data.draw(typed[n]), data.draw(grade)) for n in names}
    headers = [
        "编号",
        "成果名称",
        *data.draw(
            st.sets(
                st.sampled_from(
                    ["TRL", "一次合格率", "一次合格率（%）", "连续运行时间（天）", "安全评估"]
                ),
                min_size=1,
            )
        ),
    ]
    path = write_book(
        tmp_path / "h.xlsx", {"S": [headers, ["P-1", "甲"], ["P-2", "乙"], ["P-3", "", 1]]}
    )
    _, _, written, _ = answered(path, criteria, said, i=0)
    assert faithful(written)


def test_what_cannot_be_copied_is_refused(tmp_path: Path, book: MakeBook):
    good = book(row())
    content = good.read_bytes()

    def refused(source: Path, out: Path, content: bytes) -> str:
        with pytest.raises(UsageError) as told:
            refuse_source(source, out, content)
        return told.value.message("en")

    assert refuse_source(good, tmp_path / "o.xlsx", content) == ()
    assert "save" in refused(tmp_path / "b.csv", tmp_path / "o.csv", b"a,b")
    assert "should end" in refused(good, tmp_path / "o.xlsm", content)
    assert "password" in refused(good, tmp_path / "o.xlsx", b"\xd0\xcf\x11\xe0" + content)
    assert "cannot make a copy" in refused(good, tmp_path / "o.xlsx", b"PK" + content[:900])
    with pytest.raises(UsageError, match=r"too large for a copy.*--limit inflated_mb=N"):
        refuse_source(good, tmp_path / "o.xlsx", content, Limits(inflated_mb=0))


def test_entries_that_are_no_answers(criteria: CriteriaSet):
    trl, yields, _, hazard, _ = criteria.indicators
    codes = [
        found.code if (found := complaint(read_answer(typed, x))) else None
        for typed, x in [
            ("11", trl),
            ("abc", trl),
            ("0.95", yields),
            ("95 kg", yields),
            ("4", hazard),
            ("无", yields),
            ("na", yields),
            ("7", trl),
            ("３", hazard),
            ("没做", hazard),
            ("na: x", yields),
        ]
    ]
    assert codes == [
        "V402",
        "V401",
        "V404",
        "V410",
        "V405",
        "V412",
        "V413",
        None,
        None,
        "V405",
        None,
    ]


def test_a_change_that_was_not_asked_for_is_told(book: MakeBook, criteria: CriteriaSet):
    one = read_workbooks([book(row(), row(id="P-2"))], criteria)
    other = read_workbooks([book(row(), row(id="P-2", trl=3, mode="间歇"))], criteria)
    assert changes(one, other, 0, [], criteria) == ("成果!C3", "成果!O3")
    assert changes(one, other, 1, [Answer("trl")], criteria) == ("成果!O3",)
    fewer = read_workbooks([book(row())], criteria)
    assert changes(one, fewer, 0, [], criteria) == ("成果",)
