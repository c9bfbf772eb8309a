"""What sheets of rights say stands beside the score, and nothing of it where there are none."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pilotscore.criteria import data_folder
from pilotscore.document import Block
from pilotscore.index import Assessment, assess
from pilotscore.language import LANGS, NOTHING, Lang
from pilotscore.measures import from_submission
from pilotscore.runs.rights_outlook import outlook_of
from pilotscore.views import rights_beside
from pilotscore.workbook import read_workbooks
from pilotscore.workbook.rights.records import RightsRead
from tests.cli.test_commands import run
from tests.conftest import AS_OF, HEADERS, built_in, row, write_book
from tests.measures.test_rights_of_ip import IN_FORCE, IN_GRACE
from tests.measures.test_rights_of_owners import PROVEN, TEAM, UNI
from tests.rights.ip.making import rights
from tests.rights.ownership.making import book

Shown = Callable[[Iterable[Block], int, Lang], str]
CRITERIA = built_in().criteria


def sheets() -> RightsRead:
    own = book(parties=[UNI | {"share": 30}, TEAM | {"share": 70}], steps=[PROVEN]).read()
    fees = [IN_FORCE, IN_GRACE | {"number": "ZL2"}]
    return replace(own, ip=rights(*fees))


@pytest.fixture(scope="module")
def assessed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[RightsRead | None], Assessment]:
    made = openpyxl.Workbook()
    made.active.append(
        ("成果编号", "成果名称", "权属清晰度", "核心有效发明专利数", "权责利条款完备率")
    )
    made.active.append(("R1", "成果一", "单位所有", 5, 0.5))
    made.active.append(("R2", "成果二", "单位所有", 5, 0.5))
    path: Path = tmp_path_factory.mktemp("beside") / "book.xlsx"
    made.save(path)
    read = read_workbooks([path], CRITERIA)

    def of(said: RightsRead | None) -> Assessment:
        m = from_submission(replace(read, rights=said), CRITERIA, AS_OF)
        return assess(m, CRITERIA, AS_OF)

    return of


def test_page(assessed: Any, on_screen: Shown, snapshot: Any):
    a = assessed(sheets())
    for lang in LANGS:
        assert on_screen(rights_beside.page(a, 0), 80, lang) == snapshot(name=lang)
    assert list(rights_beside.page(a, 1)) == []


def test_nothing_without_sheets(assessed: Any):
    a = assessed(None)
    assert outlook_of(a) is None
    assert list(rights_beside.page(a, 0)) == []
    assert list(rights_beside.below(a, 0)) == []
    assert list(rights_beside.columns(a)) == []
    assert list(rights_beside.cells(a, 0)) == []
    assert rights_beside.record(a, 0) == {}


def test_what_is_due_within_90_days_and_no_more(assessed: Any):
    outlook = outlook_of(assessed(sheets()))
    assert outlook is not None
    listed = outlook.of("R1", 100)
    days = [day for day, _ in listed]
    ahead = [day for day in days if day >= AS_OF.isoformat()]
    assert days == [*sorted(ahead), *sorted(set(days) - set(ahead))]  # what can still be done first
    assert ahead
    assert max(days) <= "2027-02-21"
    assert outlook.count("R1") == len(listed)
    first = outlook.first("R1")
    assert first is not None
    assert (first[0], first[1].id) == (days[0], listed[0][1].rule.id)
    assert (outlook.count("R9"), outlook.of("R9", 3), outlook.first("R9")) == (0, [], None)


def test_tables_have_as_many_cells_as_columns(assessed: Any):
    a = assessed(sheets())
    for i in range(2):
        assert len(list(rights_beside.cells(a, i))) == len(list(rights_beside.columns(a)))
    stage, due = rights_beside.cells(a, 0)
    assert NOTHING not in (stage, due)
    assert list(rights_beside.cells(a, 1)) == [NOTHING, NOTHING]


def test_record(assessed: Any):
    own = rights_beside.record(assessed(sheets()), 0)["rights"]
    derived = {d["indicator"]: d for d in own["derived"]}
    patents, owner = derived["core_patents_valid"], derived["ownership_status"]
    assert (patents["value"], patents["stated"], patents["counts"]) == (2, 5, True)
    assert (owner["value"], owner["stated"], owner["proven"]) == (3, 2, True)
    assert derived["rights_terms_complete"]["counts"] is False
    assert own["facts"]["core_patent_in_grace"] == "yes"
    assert all(d["state"] for d in own["due"])


# ------------------------------------------------------------------------- through the commands

EXAMPLE = data_folder("examples") / "rights" / "rights.xlsx"
DAY = ("--as-of", "2026-11-30")


@pytest.fixture(scope="module")
def ranked() -> dict[str, dict[str, Any]]:
    done = run("rank", EXAMPLE, *DAY, "--json")
    found = json.loads(done.stdout)
    assert {r["file"] for r in found["manifest"]["rules"]} >= {"regions.yaml", "steps.yaml"}
    return {r["id"]: r for r in found["ranking"]}


@pytest.mark.slow
def test_the_ranking_says_stage_and_dates_of_every_result(ranked: dict[str, dict[str, Any]]):
    assert len(ranked) == 12
    assert all(r["rights_stage"] for r in ranked.values())
    assert ranked["QY-12"]["rights_due"].startswith("2026-12-21 Filing of a licence (open)")
    assert ranked["QY-03"]["derived_share"] > 0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("result", "gate"),
    [
        ("QY-01", "annual fee of a core patent in its grace period"),
        ("QY-02", "rewards below the floor of the law"),
        ("QY-03", "a core patent has lapsed"),
        ("QY-08", "licence contract not filed in time"),
    ],
)
def test_gates_of_the_example_close(ranked: dict[str, dict[str, Any]], result: str, gate: str):
    assert gate in ranked[result]["reason"]
    assert ranked[result]["approval"] == "on hold"


@pytest.mark.slow
@pytest.mark.parametrize("ending", [".csv", ".md", ".xlsx"])
def test_files_have_the_columns(tmp_path: Path, ending: str):
    out = tmp_path / f"o{ending}"
    assert run("rank", EXAMPLE, *DAY, "-o", out, lang="zh").exit_code == 0
    if ending == ".xlsx":
        values = [str(c) for r in openpyxl.load_workbook(out)["数据"].values for c in r]
        text = "|".join(values)
    else:
        text = out.read_text(encoding="utf-8-sig")
    assert "由权属表推得" in text
    assert "许可合同备案" in text


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGS)
def test_scorecard_and_explanation_say_them(lang: Lang):
    for command in ("score", "explain"):
        shown = run(command, EXAMPLE, "QY-08", *DAY, lang=lang).stdout
        assert "¶" in shown
        assert {"zh": "不构成法律意见", "en": "Not legal advice"}[lang] in shown
    scored = json.loads(run("score", EXAMPLE, "QY-08", *DAY, "--json", lang=lang).stdout)
    origins = {x["id"]: x["origin"] for x in scored["indicators"]}
    assert origins["core_patents_valid"] == "derived"
    assert scored["rights"]["facts"]["core_patent_in_grace"] == "yes"
    explained = json.loads(run("explain", EXAMPLE, "QY-08", *DAY, "--json", lang=lang).stdout)
    assert explained["rights"] == scored["rights"]


@pytest.mark.slow
def test_a_check_tells_contradictions_at_the_claim_and_what_breaks_a_rule():
    found = json.loads(run("check", EXAMPLE, *DAY, "--json").stdout)["findings"]
    places = {(f["code"], f["sheet"]) for f in found}
    assert {("E808", "成果"), ("T115", "收益分配")} <= places
    (due,) = [f for f in found if f["code"] == "E814"]
    assert due["severity"] == "info"
    listed = json.loads(run("rights", EXAMPLE, *DAY, "--due", "90d", "--json").stdout)
    of_results = [d for d in listed["due"] if d["act"] >= "2026-11-30"]
    assert f"rights: {len(of_results)} acts are due" in due["found"]


@pytest.mark.slow
def test_a_round_is_the_same_again_and_without_sheets_there_is_nothing_of_rights(
    tmp_path: Path, mini: Path
):
    saved = tmp_path / "round.pilot"
    assert run("rank", EXAMPLE, *DAY, "--save", saved).exit_code == 0
    assert run("verify", saved).exit_code == 0
    plain = write_book(tmp_path / "r.xlsx", {"成果": [HEADERS, row()]})
    done = run("rank", plain, "-c", mini, "--json")
    assert "rights" not in done.stdout
    assert "derived" not in done.stdout
    assert "rules" not in json.loads(done.stdout)["manifest"]
