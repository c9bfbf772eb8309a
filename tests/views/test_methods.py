"""What people see of decision methods: in the terminal, in the workbook, in JSON."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
from rich.cells import cell_len
from rich.console import Console
from syrupy.assertion import SnapshotAssertion

import pilotscore
from pilotscore.render.json import to_json
from pilotscore.render.terminal import print_page
from pilotscore.render.xlsx import write_xlsx
from pilotscore.runs.outcome import Outcome
from pilotscore.views import methods
from pilotscore.views.ranking import document
from tests.conftest import AS_OF, MakeBook, row

NAMES = ["topsis", "vikor", "promethee_ii", "electre_tri_b", "flowsort", "electre_1"]


@pytest.fixture
def outcome(book: MakeBook, mini: Path) -> Outcome:
    rows = [
        row(id="P-1", trl=9, yield_rate=70, run_hours=20),
        row(id="P-2", trl=6, yield_rate=96, run_hours=90),
        row(id="P-3", trl=5, hazard="部分完成"),
        row(id="P-4", trl=3, yield_rate=60),
        row(id="P-5", trl=8, run_hours="未测", permit="否"),
        row(id="P-6", trl=""),
        row(id="P-7", fraud="是"),
    ]
    return pilotscore.rank(book(*rows), mini, as_of=AS_OF, methods=NAMES)


@pytest.fixture
def plain(book: MakeBook, mini: Path) -> Outcome:
    return pilotscore.rank(book(row()), mini, as_of=AS_OF)


def shown(outcome: Outcome, width: int, lang, top: int | None = None) -> str:
    console = Console(file=io.StringIO(), width=width, highlight=False, markup=False, emoji=False)
    print_page(methods.page(outcome, top), console, lang)
    return console.file.getvalue()  # type: ignore[attr-defined]


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [80, 120])
def test_the_screen(outcome: Outcome, snapshot: SnapshotAssertion, width: int, lang):
    text = shown(outcome, width, lang)
    assert text == snapshot
    assert max(cell_len(line) for line in text.splitlines()) <= width


def test_the_first_only(outcome: Outcome):
    text = shown(outcome, 120, "en", 2)
    assert "first 2 in common" in text
    assert "... 5 more not shown (--top)" in text
    assert "P-4" not in text.split("Agreement")[0]


def test_nothing_where_no_method_is_asked_for(plain: Outcome, tmp_path: Path):
    assert shown(plain, 80, "en") == ""
    assert "agreement" not in json.loads(to_json(document(plain).record(), "en"))
    write_xlsx(document(plain), tmp_path / "plain.xlsx", "en")
    assert "Methods" not in openpyxl.load_workbook(tmp_path / "plain.xlsx").sheetnames


def test_one_result_alone(book: MakeBook, mini: Path, tmp_path: Path):
    o = pilotscore.rank(book(row()), mini, as_of=AS_OF, methods=["topsis"])
    assert "—" in shown(o, 80, "en")
    write_xlsx(document(o), tmp_path / "one.xlsx", "en")
    assert json.loads(to_json(document(o).record(), "en"))["agreement"]["kendall"] == [
        [None, None],
        [None, None],
    ]


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_has_places_agreement_and_a_chart(outcome: Outcome, tmp_path: Path, lang):
    path = tmp_path / "out.xlsx"
    write_xlsx(document(outcome), path, lang)
    again = tmp_path / "again.xlsx"
    write_xlsx(document(outcome), again, lang)
    assert path.read_bytes() == again.read_bytes()
    sheet = openpyxl.load_workbook(path)[{"zh": "方法比较", "en": "Methods"}[lang]]
    rows = [[c.value for c in r] for r in sheet.iter_rows()]
    headings = rows[2]
    assert headings[1] == {"zh": "编号", "en": "ID"}[lang]
    column = headings.index(
        {"zh": "PROMETHEE II（依赖同批次）", "en": "PROMETHEE II (batch-relative)"}[lang]
    )
    by_id = {r[1]: r for r in rows[3:10]}
    place = outcome.assessment.measurements.ids.index("P-1")
    assert by_id["P-1"][column] == outcome.ranking.methods["promethee_ii"].ranks[place]
    assert by_id["P-1"][headings.index("ELECTRE TRI-B")] in ("A", "B", "C")
    assert by_id["P-6"][column] is None
    with zipfile.ZipFile(path) as z:
        charts = [z.read(n).decode() for n in z.namelist() if n.startswith("xl/charts/chart")]
        (drawn,) = (c for c in charts if "scatterChart" in c or c.count("<c:ser>") > 1)
    assert drawn.count("<c:ser>") == 6  # all that could be assessed
    assert 'orientation val="maxMin"' in drawn


def test_json(outcome: Outcome):
    data = json.loads(to_json(document(outcome).record(), "en"))
    methods = {m["id"]: m for m in data["methods"]}
    assert methods["promethee_ii"]["parameters"] == {
        "preference": "linear",
        "q": 0.0,
        "p": 20.0,
        "s": 10.0,
    }
    assert methods["promethee_ii"]["batch_relative"]
    assert not methods["flowsort"]["batch_relative"]
    assert set(methods["flowsort"]["grades"]) == {"P-1", "P-2", "P-3", "P-4", "P-5", "P-7"}
    found = data["agreement"]
    assert found["orders"] == ["index", *NAMES]
    assert found["kendall"][0][0] == 1
    assert found["overlap"][0][NAMES.index("flowsort") + 1] is None
    first = data["ranking"][0]
    assert first["electre_tri_b"] in ("A", "B", "C")
    assert first["topsis_rank"] == 1 or found["dependent"]
