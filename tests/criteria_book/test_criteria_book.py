from __future__ import annotations

import copy
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotscore.criteria import data_folder, load_criteria
from pilotscore.criteria.places import read_yaml
from pilotscore.criteria.yaml_text import yaml_text
from pilotscore.criteria_book.cells import in_order
from pilotscore.criteria_book.check import criteria_from_book, sheets_of
from pilotscore.criteria_book.layout import ORIGINAL_SHEET, all_tables, sheet_name
from pilotscore.criteria_book.reading import read_criteria_book
from pilotscore.criteria_book.writing import write_criteria_book
from pilotscore.errors import FaultyFileError
from tests.conftest import MINI, built_in
from tests.criteria.test_yaml_text import exact, texts, values

SHIPPED = [
    path
    for name in ("criteria", "examples")
    for path in sorted(data_folder(name).rglob("*.yaml"))  # type: ignore[arg-type]  # one of two words
    if "dimensions:" in path.read_text(encoding="utf-8") and "policy" not in path.name
]
MINI_DATA = read_yaml(MINI).data
INDICATORS, DIMENSIONS, VALUES = "指标 Indicators", "维度 Dimensions", "取值 Value functions"
LEVELS, FACTS, GATES, OTHER, SET = (
    "等级描述 Levels",
    "事实 Facts",
    "门槛 Gates",
    "其他 Other",
    "体系 Set",
)


def back(path: Path) -> Any:
    """Return what a workbook says, without holding it against the rules."""
    edited = read_criteria_book(path.name, sheets_of(path))
    assert [str(f.place) + f.sentence("zh") for f in edited.faults] == []
    return edited.data


WRITTEN: dict[str, bytes] = {}


def book_of(data: Any, path: Path) -> Path:
    """Write the workbook of a set; a set that was written before is not written anew."""
    known = exact(data)
    if known in WRITTEN:
        path.write_bytes(WRITTEN[known])
    else:
        write_criteria_book(path, data)
        WRITTEN[known] = path.read_bytes()
    return path


class Editing:
    """A workbook as a committee edits it: cells by sheet, row and heading."""

    def __init__(self, data: Any, path: Path) -> None:
        self.path = book_of(data, path)
        self.book = openpyxl.load_workbook(path)

    def column(self, sheet: str, heading: str) -> int:
        row = next(self.book[sheet].iter_rows(min_row=2, max_row=2, values_only=True))
        return 1 + next(i for i, x in enumerate(row) if heading in str(x).split("\n"))

    def row(self, sheet: str, name: str, heading: str = "id") -> int:
        c = self.column(sheet, heading)
        return next(r for r in range(3, 400) if self.book[sheet].cell(r, c).value == name)

    def set(self, sheet: str, row: int, heading: str, value: Any) -> str:
        cell = self.book[sheet].cell(row, self.column(sheet, heading))
        cell.value = value
        return f"[{sheet}]!{cell.coordinate}"

    def add(self, sheet: str, **cells: Any) -> int:
        first = self.column(sheet, next(iter(cells)).replace("_", " "))
        row = 3
        while self.book[sheet].cell(row, first).value is not None:
            row += 1
        for heading, value in cells.items():
            self.set(sheet, row, heading.replace("_", " "), value)
        return row

    def saved(self) -> Path:
        self.book.save(self.path)
        return self.path

    def faults(self) -> list[tuple[str, str, str]]:
        """Return the faults: place, code, sentence; each can be said in both languages."""
        path = self.saved()
        with pytest.raises(FaultyFileError) as caught:
            criteria_from_book("b.xlsx", sheets_of(path))
        assert all(f.sentence("zh") for f in caught.value.findings)
        return [
            (str(f.place).removeprefix("b.xlsx").strip(), f.code, f.sentence("en"))
            for f in caught.value.findings
        ]


@pytest.fixture
def mini_book(tmp_path: Path) -> Editing:
    return Editing(MINI_DATA, tmp_path / "mini.xlsx")


@pytest.mark.slow
@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_every_shipped_set_comes_back_exactly(path: Path, tmp_path: Path):
    data = built_in(str(path)).data
    book = book_of(data, tmp_path / "b.xlsx")
    assert exact(criteria_from_book(book.name, sheets_of(book))) == exact(data)


def test_all_of_them_were_tried():
    assert {p.stem for p in SHIPPED} >= {"pilot-maturity", "cdr", "techport"}


@pytest.mark.slow
@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_nothing_of_a_shipped_set_needs_the_hidden_text_but_for_order_and_kinds(
    path: Path, tmp_path: Path
):
    """What people see is all there is: without the hidden text the same set comes back."""
    data = built_in(str(path)).data
    sheets = [s for s in sheets_of(book_of(data, tmp_path / "b.xlsx")) if s.name != ORIGINAL_SHEET]
    found = criteria_from_book("b.xlsx", sheets)
    assert found == data
    assert json.dumps(found, sort_keys=True) == json.dumps(data, sort_keys=True)


@pytest.fixture(scope="module")
def saved(soffice: Callable[..., None], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of every shipped set's workbook, and of the odd one's, as LibreOffice saves it."""
    folder = tmp_path_factory.mktemp("books")
    books = [book_of(built_in(str(p)).data, folder / f"{p.stem}.xlsx") for p in SHIPPED]
    books.append(book_of(odd(), folder / "odd.xlsx"))
    for ending in ("xlsx", "ods"):
        soffice(ending, folder / "saved", *books)
    return folder / "saved"


@pytest.mark.slow
@pytest.mark.parametrize("path", [*SHIPPED, None], ids=lambda p: p.stem if p else "odd")
def test_libreoffice_may_save_it(path: Path | None, saved: Path):
    data = built_in(str(path)).data if path else odd()
    for ending in ("xlsx", "ods"):
        assert exact(back(saved / f"{path.stem if path else 'odd'}.{ending}")) == exact(data)


def odd() -> Any:
    """Return the small set with whatever a file may hold that no column was made for."""
    data = copy.deepcopy(MINI_DATA)
    first = data["dimensions"][0]
    level, percent, number = first["indicators"]
    category = data["dimensions"][1]["indicators"][0]
    data |= {
        "licence": None,
        "future": {"deep": [1, 1.0, "1", [None, {"x": True}]]},
        "a/b~c": "=1+1",
        "methods": [],
        "order": ["grade", "index"],
        "profiles": [{"weights": {"tech": 60.0, "safety": 40}, "id": "p", "title": "P"}],
        "aggregation": {"exponent": float("-inf")},
        "missing": {},
    }
    data["version"] = "1.10"
    data["evidence"]["note"] = "x"
    level |= {
        "weight": "5e1",
        "evidence": {"en": "b", "zh": "甲"},
        "wording": {"2": "two", "1": {"zh": "一", "en": "one"}},
        "points": [[1, 0.0], [5.0, 50], [9, 100]],
        "aliases": ["a\nb", ' "q"', "1", "x_x0041_", "tab\t"],
    }
    percent |= {
        "range": [0, None],
        "required": False,
        "source": " blanks ",
        "unit": {"zh": "", "en": "%"},
    }
    number |= {
        "range": [None, None],
        "weight": 20.0,
        "not_applicable": "yes",
        "effort": 0.1 + 0.2,
        "advice": {"zh": "多\n行", "en": "=SUM(A1)"},
        "shape": {"kind": "log", "from": [1, 0]},
    }
    category["table"][0] |= {"colour": "red", "aliases": []}
    category["table"][1]["value"] = 50.0
    data["gates"][0]["when"] = "x" * 40_000
    data["grades"][0]["dimensions"] = {"safety": 70.0, "tech": 1e-9}
    data["facts"][0] |= {
        "new": {"zh": "一", "en": "1"},
        "aliases": ["0012", "2026-01-01", "'quoted"],
    }
    return dict(reversed(data.items()))


@pytest.mark.slow
def test_whatever_a_file_holds_comes_back(tmp_path: Path):
    data = odd()
    book = book_of(data, tmp_path / "b.xlsx")
    assert exact(back(book)) == exact(data)
    found = openpyxl.load_workbook(book)[OTHER]
    paths = {row[1] for row in found.iter_rows(min_row=3, values_only=True)}
    assert {
        "future",
        "a~1b~0c",
        "missing",
        "evidence/note",
        "indicators/trl/weight",
        "gates/fraud_gate/when",
        "indicators/yield_rate/source",
        "categories/hazard/none/colour",
        "facts/disputed/new",
    } <= paths


@pytest.mark.slow
def test_it_also_comes_back_without_the_hidden_text(tmp_path: Path):
    """But for the kinds of numbers and the order of keys, which no cell shows."""
    data = odd()
    sheets = [s for s in sheets_of(book_of(data, tmp_path / "b.xlsx")) if s.name != ORIGINAL_SHEET]
    edited = read_criteria_book("b.xlsx", sheets)
    assert edited.faults == ()
    found, wanted = (flat(x) for x in (edited.data, data))
    assert found.keys() == wanted.keys()
    for path, value in wanted.items():
        assert found[path] == (
            pytest.approx(value, rel=1e-13) if isinstance(value, float) else value
        ), path


def flat(value: Any, path: tuple[Any, ...] = ()) -> dict[tuple[Any, ...], Any]:
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    found = {p: v for key, part in inner for p, v in flat(part, (*path, key)).items()}
    return found or {path: value}


@st.composite
def sets(draw: st.DrawFn) -> Any:
    """Draw the small set with parts of it put out of order, taken away, or replaced by anything."""
    data = copy.deepcopy(MINI_DATA)
    nodes: list[dict[str, Any]] = [data, data["evidence"], *data["dimensions"]]
    indicators = [i for d in data["dimensions"] for i in d["indicators"]]
    nodes += [*indicators, *data["facts"], *data["gates"], *data["grades"]]
    nodes += [c for i in indicators for c in i.get("table", [])]
    for node in draw(st.lists(st.sampled_from(nodes), min_size=1, max_size=5)):
        for key, value in draw(st.dictionaries(texts, values, max_size=2)).items():
            node.setdefault(key, value)
        known = [k for k in node if k not in ("id", "dimensions", "indicators")]
        if known:
            key = draw(st.sampled_from(known))
            node[key] = draw(values)
        order = draw(st.permutations(list(node)))
        kept = {k: node[k] for k in order}
        node.clear()
        node.update(kept)
    return data


@pytest.mark.slow
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sets())
def test_any_set_comes_back(tmp_path: Path, data: Any):
    book = book_of(data, tmp_path / "b.xlsx")
    assert exact(back(book)) == exact(data)


@pytest.mark.slow
def test_a_category_without_a_title_of_no_known_type_comes_back(tmp_path: Path):
    data = copy.deepcopy(MINI_DATA)
    hazard = data["dimensions"][1]["indicators"][0]
    hazard["type"] = None
    hazard["table"][0]["title"] = None
    assert exact(back(book_of(data, tmp_path / "b.xlsx"))) == exact(data)


@pytest.fixture
def bands_book(tmp_path: Path) -> Editing:
    data = copy.deepcopy(MINI_DATA)
    data["dimensions"][1]["indicators"][0] |= {
        "type": "bands",
        "points": [[0, 0], [100, 100]],
        "table": [
            {
                "id": "a",
                "title": "优",
                "range": [90, 100],
                "wording": {"zh": "领先", "en": "first"},
            },
            {"id": "b", "title": "差", "range": [0, 89.5], "aliases": ["较差"]},
        ],
    }
    return Editing(data, tmp_path / "b.xlsx")


@pytest.mark.slow
def test_bands_come_back_and_can_be_edited(bands_book: Editing):
    row = bands_book.row(VALUES, "b", "Raw value or category id")
    bands_book.set(VALUES, row, "Points of the band to", 89)
    bands_book.set(VALUES, row, "Wording of the category (Chinese)", "落后")
    hazard = back(bands_book.saved())["dimensions"][1]["indicators"][0]
    assert hazard["points"] == [[0, 0], [100, 100]]
    assert hazard["table"] == [
        {"id": "a", "title": "优", "range": [90, 100], "wording": {"zh": "领先", "en": "first"}},
        {"id": "b", "title": "差", "range": [0, 89], "wording": "落后", "aliases": ["较差"]},
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    "heading", ["Points of the band from", "Wording of the category (Chinese)"]
)
def test_a_later_column_may_be_missing_but_what_it_held_is_not_lost(
    bands_book: Editing, mini_book: Editing, heading: str
):
    for book in (bands_book, mini_book):
        sheet = book.book[VALUES]
        sheet.delete_cols(book.column(VALUES, heading), 2)
    assert {code for _, code, _ in bands_book.faults()} == {"C405"}
    assert exact(back(mini_book.saved())) == exact(MINI_DATA)


@pytest.mark.slow
def test_the_same_set_gives_the_same_bytes(tmp_path: Path):
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    for path in (first, second):
        write_criteria_book(path, MINI_DATA)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.slow
def test_an_edited_cell_is_read_and_the_rest_stays(mini_book: Editing):
    row = mini_book.row(INDICATORS, "trl")
    mini_book.set(INDICATORS, row, "Title (English)", "TRL of the key technology")
    mini_book.set(INDICATORS, row, "Aliases (one per line)", "TRL\n技术成熟等级")
    mini_book.set(INDICATORS, row, "Required", "否")
    mini_book.set(INDICATORS, row, "Scale to", 10.0)
    mini_book.set(GATES, mini_book.row(GATES, "unproven"), "Cap", "B")
    wanted = copy.deepcopy(MINI_DATA)
    wanted["dimensions"][0]["indicators"][0] |= {
        "title": {"zh": "技术就绪水平", "en": "TRL of the key technology"},
        "aliases": ["TRL", "技术成熟等级"],
        "required": False,
        "scale": [1, 10],
    }
    wanted["gates"][3]["cap"] = "B"
    assert exact(back(mini_book.saved())) == exact(wanted)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "read"),
    [(25, 25), (25.0, 25), (25.5, 25.5), ("25", 25), ("２５", 25), (" 25.50 ", 25.5), ("1e2", 100)],
)
def test_a_number_typed_as_number_or_text(mini_book: Editing, typed: Any, read: Any):
    mini_book.set(INDICATORS, 3, "Weight", typed)
    found = back(mini_book.saved())["dimensions"][0]["indicators"][0]["weight"]
    assert (found, type(found)) == (read, type(read))


def test_a_number_that_excel_made_of_a_text_is_a_text_again(mini_book: Editing):
    mini_book.set(
        SET, mini_book.row(SET, "version", "Key"), "Value (Chinese where there are two)", 2
    )
    assert back(mini_book.saved())["version"] == "2"


def test_one_language_serves_both(mini_book: Editing):
    assert MINI_DATA["dimensions"][0]["indicators"][1]["unit"] == "%"
    row = mini_book.row(INDICATORS, "run_hours")
    mini_book.set(INDICATORS, row, "Unit (English)", None)
    mini_book.set(INDICATORS, row, "Title (Chinese)", None)
    found = back(mini_book.saved())["dimensions"][0]["indicators"]
    assert (found[1]["unit"], found[2]["unit"], found[2]["title"]) == ("%", "h", "Continuous run")


def test_a_cell_made_blank_takes_its_key_away(mini_book: Editing):
    mini_book.set(
        INDICATORS,
        mini_book.row(INDICATORS, "run_hours"),
        "May be N/A (yes, no or a condition)",
        None,
    )
    found = back(mini_book.saved())["dimensions"][0]["indicators"][2]
    assert "not_applicable" not in found


def test_rows_added_deleted_and_moved(mini_book: Editing):
    sheet = mini_book.book[INDICATORS]
    moved = [cell.value for cell in sheet[mini_book.row(INDICATORS, "trl")]]
    sheet.delete_rows(mini_book.row(INDICATORS, "run_hours"))
    sheet.delete_rows(mini_book.row(INDICATORS, "trl"))
    sheet.insert_rows(4)
    for c, value in enumerate(moved, start=1):
        sheet.cell(4, c, value)
    mini_book.add(INDICATORS, Dimension="safety", id="fire", Weight=10, Type="yes_no")
    mini_book.set(INDICATORS, mini_book.row(INDICATORS, "fire"), "Title (Chinese)", "消防")
    values_sheet = mini_book.book[VALUES]
    for r in range(40, 2, -1):
        if values_sheet.cell(r, 2).value == "run_hours":
            values_sheet.delete_rows(r)
    found = back(mini_book.saved())
    assert [i["id"] for i in found["dimensions"][0]["indicators"]] == ["yield_rate", "trl"]
    assert exact(found["dimensions"][0]["indicators"][1]) == exact(
        MINI_DATA["dimensions"][0]["indicators"][0]
    )
    assert found["dimensions"][1]["indicators"][-1] == {
        "id": "fire",
        "title": "消防",
        "type": "yes_no",
        "weight": 10,
    }
    assert list(found["dimensions"][1]["indicators"][-1]) == ["id", "title", "type", "weight"]


@pytest.mark.slow
def test_a_renamed_indicator_is_known_again(tmp_path: Path):
    data = copy.deepcopy(MINI_DATA)
    first = data["dimensions"][0]["indicators"][0]
    first |= {"weight": 50.0, "future": 1}
    editing = Editing(data, tmp_path / "b.xlsx")
    editing.set(INDICATORS, 3, "id", "trl_now")
    for r in range(3, 30):
        if editing.book[VALUES].cell(r, 2).value == "trl":
            editing.book[VALUES].cell(r, 2).value = "trl_now"
    editing.set(OTHER, 3, "Path", "indicators/trl_now/future")
    found = back(editing.saved())["dimensions"][0]["indicators"][0]
    assert exact(found) == exact(first | {"id": "trl_now"})


def test_anchors_and_categories(mini_book: Editing):
    row = mini_book.row(VALUES, "yield_rate", "Indicator or fact")
    mini_book.set(VALUES, row, "Score (0 to 100)", 10)
    mini_book.add(VALUES, Indicator_or_fact="yield_rate", **{"Raw_value_or_category_id": 110})
    mini_book.set(
        VALUES, mini_book.row(VALUES, 110, "Raw value or category id"), "Score (0 to 100)", 100
    )
    new = mini_book.add(VALUES, Indicator_or_fact="hazard", Raw_value_or_category_id="closed")
    mini_book.set(VALUES, new, "Score (0 to 100)", 100)
    mini_book.set(VALUES, new, "Title of the category (Chinese)", "已闭环")
    found = back(mini_book.saved())["dimensions"]
    assert found[0]["indicators"][1]["points"] == [[50, 10], [100, 100], [110, 100]]
    assert found[1]["indicators"][0]["table"][3] == {
        "id": "closed",
        "title": "已闭环",
        "value": 100,
    }


def test_what_has_no_column_can_be_added_on_the_sheet_other(mini_book: Editing):
    mini_book.add(OTHER, Path="grades/A/colour", **{"Value_(YAML)": "{zh: 绿, en: green}"})
    mini_book.add(OTHER, Path="future", **{"Value_(YAML)": "[1, 1.0]"})
    mini_book.add(OTHER, Path="categories/hazard/none/colour", **{"Value_(YAML)": "red"})
    found = back(mini_book.saved())
    assert found["grades"][0]["colour"] == {"zh": "绿", "en": "green"}
    assert exact(found["future"]) == "[1, 1.0]"
    assert found["dimensions"][1]["indicators"][0]["table"][0]["colour"] == "red"


Edit = Callable[[Editing], Any]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("edit", "code", "said"),
    [
        (lambda b: b.set(INDICATORS, 3, "Weight", "heavy"), "C405", "a number"),
        (lambda b: b.set(INDICATORS, 3, "Weight", True), "C405", "a number"),
        (lambda b: b.set(INDICATORS, 3, "Required", "maybe"), "C405", "yes or no"),
        (lambda b: b.set(INDICATORS, 3, "Scale from", "one"), "C405", "a number"),
        (lambda b: b.set(INDICATORS, 3, "Dimension", "tec"), "C409", "expected: tech"),
        (
            lambda b: b.set(INDICATORS, 4, "id", "trl"),
            "C408",
            "trl was used in [指标 Indicators]!C3",
        ),
        (lambda b: b.set(FACTS, 3, "id", "trl"), "C408", "trl was used in [指标 Indicators]!C3"),
        (lambda b: b.set(INDICATORS, 3, "id", None), "C407", "no id"),
        (
            lambda b: b.set(VALUES, 3, "Indicator or fact", "trk"),
            "C409",
            "called trk; expected: trl",
        ),
        (lambda b: b.set(VALUES, 3, "Indicator or fact", None), "C407", "no indicator or fact"),
        (lambda b: b.set(VALUES, 3, "Raw value or category id", "low"), "C405", "a number"),
        (lambda b: b.set(VALUES, 3, "Score (0 to 100)", None), "C405", "a number"),
        (
            lambda b: b.set(
                VALUES,
                b.row(VALUES, "partial", "Raw value or category id"),
                "Raw value or category id",
                "none",
            ),
            "C408",
            "none was used",
        ),
        (
            lambda b: b.set(LEVELS, 3, "Indicator or fact", "nothing"),
            "C409",
            "no indicator or fact called nothing",
        ),
        (lambda b: b.set(SET, 3, "Key", "idd"), "C409", "expected: id"),
        (lambda b: b.set(SET, 3, "English", "x"), "C405", "nothing there"),
        (
            lambda b: b.set(
                "等级 Grades", 3, "Dimensions at least (a line each, dimension: score)", "70"
            ),
            "C405",
            "a line",
        ),
        (
            lambda b: b.set(OTHER, b.add(OTHER, **{"Value_(YAML)": "1"}), "Path", "a/b/c/d/e"),
            "C410",
            "leads nowhere",
        ),
        (lambda b: b.set(OTHER, b.add(OTHER, Path="x"), "Value (YAML)", "{a: [}"), "C405", "YAML"),
    ],
)
def test_faults_of_the_workbook_have_their_cell(
    mini_book: Editing, edit: Edit, code: str, said: str
):
    where = edit(mini_book)
    found = {place: (code, sentence) for place, code, sentence in mini_book.faults()}
    assert found[where][0] == code
    assert said in found[where][1]
    # Rows that speak of an id that was changed are told too; nothing else is.
    assert {c for place, (c, _) in found.items() if place != where} <= {"C409"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("indicators/trl/weight", "1"),
        ("facts", "[]"),
        ("evidence/default", "E1"),
        ("evidence", "{}"),
        ("indicators/hazard/table", "[]"),
        ("evidence/grades", "[]"),
        ("title", "x"),
    ],
)
def test_what_is_given_twice_is_told(mini_book: Editing, path: str, value: str):
    row = mini_book.add(OTHER, Path=path, **{"Value_(YAML)": value})
    assert [(p, c) for p, c, _ in mini_book.faults()] == [(f"[{OTHER}]!B{row}", "C411")]


@pytest.mark.slow
@pytest.mark.parametrize("table", all_tables(), ids=lambda t: t.name)
def test_a_missing_sheet_is_told(mini_book: Editing, table: Any):
    del mini_book.book[sheet_name(table.sheet)]
    assert (
        "",
        "C402",
        f"the sheet “{sheet_name(table.sheet)}” is missing; put it back; where it has no "
        "entries, its headings alone will do",
    ) in mini_book.faults()


def test_a_missing_column_and_a_column_too_many_are_told(mini_book: Editing):
    sheet = mini_book.book[INDICATORS]
    at = mini_book.column(INDICATORS, "Axis")
    sheet.cell(2, at, "Remarks")
    sheet.cell(3, at, "to be discussed")
    found = [(p, c) for p, c, _ in mini_book.faults()]
    letters = sheet.cell(2, at).column_letter
    assert found == [(f"[{INDICATORS}]!2", "C403"), (f"[{INDICATORS}]!{letters}2", "C404")]


def test_columns_may_stand_elsewhere_and_sheets_and_headings_have_one_language(mini_book: Editing):
    for sheet in mini_book.book:
        if sheet.title.startswith("_"):
            continue
        sheet.title = sheet.title.split(" ", 1)[0]
        for cell in sheet[2]:
            if isinstance(cell.value, str):
                cell.value = cell.value.split("\n")[0]
    sheet = mini_book.book["门槛"]
    sheet.insert_rows(1, 2)
    sheet.move_range("B1:B20", cols=20)
    assert exact(back(mini_book.saved())) == exact(MINI_DATA)


def test_a_formula_may_give_a_value_and_one_without_a_result_is_told(mini_book: Editing):
    where = mini_book.set(INDICATORS, 3, "Weight", "=25+25")
    assert [(p, c) for p, c, _ in mini_book.faults()] == [(where, "C406")]


def test_all_faults_are_told_at_once(mini_book: Editing):
    mini_book.set(INDICATORS, 3, "Weight", "heavy")
    mini_book.set(VALUES, 3, "Indicator or fact", "nothing")
    mini_book.set(GATES, 3, "id", "dispute")
    del mini_book.book["方法 Methods"]
    assert sorted(c for _, c, _ in mini_book.faults()) == ["C402", "C405", "C408", "C409"]


def test_another_workbook_is_no_criteria_set(tmp_path: Path):
    path = tmp_path / "b.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(FaultyFileError) as caught:
        criteria_from_book("b.xlsx", sheets_of(path))
    assert [f.code for f in caught.value.findings] == ["C401"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("edit", "code", "at"),
    [
        (lambda b: b.set(INDICATORS, 3, "Weight", 40), "C201", None),
        (lambda b: b.set(DIMENSIONS, 3, "Weight", 50) and None, "C201", f"[{DIMENSIONS}]"),
        (lambda b: b.set(INDICATORS, 3, "Weight", -1), "C104", None),
        (lambda b: b.set(INDICATORS, 3, "Weight", None), "C101", None),
        (lambda b: b.set(INDICATORS, 3, "Type", "levels"), "C104", None),
        (
            lambda b: b.set(INDICATORS, 5, "May be N/A (yes, no or a condition)", "mode == bach"),
            "C208",
            None,
        ),
        (
            lambda b: (
                b.set(INDICATORS, 3, "id", "1st")
                and b.set(INDICATORS, 3, "Title (English)", "x")
                and None
            ),
            "C409",
            None,
        ),
        (lambda b: b.set(GATES, 4, "Cap", "Q"), "C210", None),
        (
            lambda b: (
                b.set(GATES, 4, "Condition", "x")
                if False
                else b.set(GATES, 4, "When", "disputed = yes")
            ),
            "C206",
            None,
        ),
        (lambda b: b.set("等级 Grades", 4, "Index at least", 90), "C211", None),
        (lambda b: b.set("证据 Evidence grades", 5, "Cap", 20), "C215", None),
        (
            lambda b: b.set(
                SET,
                b.row(SET, "evidence/default", "Key"),
                "Value (Chinese where there are two)",
                "E9",
            ),
            "C210",
            None,
        ),
        (lambda b: b.set(VALUES, 4, "Score (0 to 100)", 200), "C104", None),
    ],
)
def test_faults_of_the_set_have_their_cell(
    mini_book: Editing, edit: Edit, code: str, at: str | None
):
    where = edit(mini_book) or at
    found = {c: place for place, c, _ in mini_book.faults()}
    assert code in found
    if where is not None and code not in ("C211",):
        assert found[code] == where


def test_a_fault_without_a_cell_has_its_path(mini_book: Editing):
    mini_book.add(OTHER, Path="future", **{"Value_(YAML)": "1"})
    (place, code, said) = mini_book.faults()[0]
    assert (place, code) == (f"[{OTHER}]!B3", "C102")
    assert "unknown key future" in said


def test_the_sums_of_weights_are_seen_and_turn_red(mini_book: Editing):
    sheet = mini_book.book[DIMENSIONS]
    total = sheet.cell(1, mini_book.column(DIMENSIONS, "Weight"))
    assert total.value.startswith("=ROUND(SUM(")
    shown = openpyxl.load_workbook(mini_book.path, data_only=True)
    assert shown[DIMENSIONS][total.coordinate].value == 100
    column = mini_book.column(INDICATORS, "Sum in its dimension (automatic)")
    assert [shown[INDICATORS].cell(r, column).value for r in (3, 6, 7)] == [100, 100, 100]
    for name in (DIMENSIONS, INDICATORS):
        ranges = [str(r.sqref) for r in mini_book.book[name].conditional_formatting]
        assert ranges
    rules = [r.formula[0] for f in sheet.conditional_formatting for r in f.rules]
    assert any("weights_sum" in r or "'体系 Set'!" in r for r in rules)


def test_lists_offer_what_may_be_chosen(mini_book: Editing):
    offered = {
        str(v.sqref).split(":")[0]: v.formula1
        for v in mini_book.book[INDICATORS].data_validations.dataValidation
    }

    def at(heading: str) -> str:
        return mini_book.book[INDICATORS].cell(3, mini_book.column(INDICATORS, heading)).coordinate

    assert "level" in offered[at("Type")]
    assert offered[at("Direction")] == '"max,min,range"'
    assert offered[at("Required")] == '"是 yes,否 no"'
    assert offered[at("Dimension")].startswith(f"'{DIMENSIONS}'!")
    assert mini_book.book[INDICATORS].freeze_panes == "E3"
    assert mini_book.book[INDICATORS].auto_filter.ref


def test_new_keys_stand_where_they_usually_do():
    usual = ("id", "title", "type", "weight")
    assert list(in_order({"id": 1, "weight": 2, "title": 3}, {"weight": 0, "id": 0}, usual)) == [
        "weight",
        "id",
        "title",
    ]
    assert list(in_order({"x": 1, "type": 2, "id": 3}, {}, usual)) == ["id", "type", "x"]


def test_the_yaml_of_it_loads(tmp_path: Path):
    book = book_of(MINI_DATA, tmp_path / "b.xlsx")
    path = tmp_path / "back.yaml"
    path.write_text(yaml_text(criteria_from_book(book.name, sheets_of(book))), encoding="utf-8")
    assert exact(load_criteria(path).data) == exact(MINI_DATA)
    assert io.StringIO(path.read_text(encoding="utf-8")).readline() == "id: mini\n"
