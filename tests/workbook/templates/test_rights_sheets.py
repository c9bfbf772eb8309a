"""Sheets of rights of a template: filled in, they read back without a finding."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pilotscore.criteria import load_criteria
from pilotscore.findings import Finding
from pilotscore.workbook import read_workbooks
from pilotscore.workbook.rights.headers import SHEETS, role_of, sheet_title
from pilotscore.workbook.rights.reader import read_rights
from pilotscore.workbook.rights.records import CASE_FLAGS, IP_DATES, IP_FLAGS, PARTY_FLAGS
from pilotscore.workbook.rights.roles import SheetKind
from pilotscore.workbook.templates.content import TemplateLang, Wording
from pilotscore.workbook.templates.template import write_template
from tests.workbook.filling import fill

KINDS: tuple[SheetKind, ...] = ("rights", "steps", "distributions", "ip", "notices", "secrecy")
NUMBER = "202010123456.7"


def lists(book: Any, sheet: Any) -> dict[int, list[str]]:
    """Return what may be chosen in each column of a sheet."""
    found: dict[int, list[str]] = {}
    for rule in sheet.data_validations.dataValidation:
        if rule.type == "list":
            letters, _, _, last = rule.formula1.split("!$")[1].replace(":", "").split("$")
            cells = book["_lists"][f"{letters}1:{letters}{last}"]
            column = next(iter(rule.sqref.ranges)).min_col
            found[column] = [row[0].value for row in cells]
    return found


def entry(kind: SheetKind, role: str, choices: list[str]) -> Any:
    """Return what a careful person enters."""
    if role in ("result", "number"):
        return "P-1" if role == "result" else NUMBER
    if choices:
        return choices[0]
    read = SHEETS[kind][role].read
    day = datetime.date(2024, 3, 1)
    return {"date": day, "number": 4, "share": 60, "amount": 30}.get(read, "文字")


def filled_in(path: Path, lang: TemplateLang) -> Path:
    book = openpyxl.load_workbook(path)
    for kind in KINDS:
        sheet = book[Wording(lang).of(sheet_title(kind), " ")]
        choices = lists(book, sheet)
        for column, cell in enumerate(sheet[1], 1):
            role = role_of(kind, cell.value)
            assert role is not None, cell.value
            assert cell.comment is not None
            value = entry(kind, role, choices.get(column, []))
            sheet.cell(2, column).value = "人民币" if role == "currency" else value
    book.save(path)
    return path


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_filled_in_they_read_back_without_a_finding(
    lang: TemplateLang, tmp_path: Path, mini: Path
) -> None:
    path = tmp_path / "t.xlsx"
    write_template(path, load_criteria(str(mini)), lang, "rows", 3, rights=True)
    files = read_rights([filled_in(path, lang)])
    r = files.rights
    assert [text(f) for f in r.findings] == []
    assert r.ip is not None
    assert r.notices is not None
    assert r.cases is not None
    assert r.parties is not None
    assert r.steps is not None
    assert r.distributions is not None
    assert all(str(r.ip.dates[n][0]) == "2024-03-01" for n in IP_DATES)
    assert all(r.ip.flags[n][0] == 1 for n in IP_FLAGS)
    assert all(r.cases.flags[n][0] == 1 for n in CASE_FLAGS)
    assert all(r.parties.flags[n][0] == 1 for n in PARTY_FLAGS)
    assert (r.ip.kind[0], r.notices.kind[0], r.steps.step[0]) == (
        "invention",
        "receipt",
        "disclosed",
    )
    assert (r.cases.mode[0], r.cases.amount[0]) == ("own_investment", 300_000)
    assert r.cases.region[0] not in ("", "文字")
    assert " / " not in r.cases.region[0]
    assert (r.distributions.item[0], r.distributions.share[0]) == ("income", 60)
    assert r.secrecy_measures == {"P-1": {"agreement": True}}


def text(finding: Finding) -> str:
    return f"{finding.place} {finding.sentence('en')}"


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["rows", "form"])
def test_they_are_joined_to_the_results_of_the_template(
    layout: Any, tmp_path: Path, mini: Path
) -> None:
    loaded = load_criteria(str(mini))
    path = tmp_path / "t.xlsx"
    write_template(path, loaded, "both", layout, 3, rights=True)
    filled = filled_in(fill(path, tmp_path / "f.xlsx", loaded.criteria, "both"), "both")
    s = read_workbooks([filled], loaded.criteria, sha256=loaded.source.sha256)
    assert [text(f) for f in s.findings] == []
    assert s.ids[0] == "P-1"
    assert s.rights is not None
    assert s.rights.ip is not None
    assert s.rights.ip.result.tolist() == ["P-1"]


@pytest.mark.slow
def test_a_template_has_them_only_where_asked_for(tmp_path: Path, mini: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_template(path, load_criteria(str(mini)), "zh", "rows", 3)
    assert not {"权属", "知识产权"} & set(openpyxl.load_workbook(path).sheetnames)
    write_template(path, load_criteria(str(mini)), "zh", "rows", 3, rights=True)
    names = openpyxl.load_workbook(path).sheetnames
    assert {"权属", "权属进程", "收益分配", "知识产权", "通知书", "保密措施"} <= set(names)


@pytest.mark.slow
def test_left_blank_they_say_nothing_of_any_result(tmp_path: Path, mini: Path) -> None:
    loaded = load_criteria(str(mini))
    path = tmp_path / "t.xlsx"
    write_template(path, loaded, "zh", "rows", 3, rights=True)
    filled = fill(path, tmp_path / "f.xlsx", loaded.criteria, "zh")
    s = read_workbooks([filled], loaded.criteria, sha256=loaded.source.sha256)
    assert [text(f) for f in s.findings] == []
