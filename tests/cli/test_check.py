from __future__ import annotations

import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from pilotscore.findings import all_kinds
from tests.cli.test_commands import run, script
from tests.conftest import HEADERS, MINI, MakeBook, row

AS_OF = ("--as-of", "2026-11-23")


@pytest.fixture
def messy(book: MakeBook) -> Path:
    return book(row(), row(id="P-2", trl="abc", run_hours="-"), row(id="P-3", trl=11))


def test_every_finding_with_its_cell_then_counts(messy: Path, mini: Path):
    result = run("check", messy, "-c", mini, *AS_OF)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert f"{messy} [成果]!C3: error V401 “abc” is not a number" in lines
    assert lines[lines.index(f"{messy} [成果]!C4: error V402 11 is out of range") + 1] == (
        "  expected: a whole number from 1 to 9"
    )
    assert "V401 error 1 “…” is not a number" in lines
    assert lines[-1] == "2 errors, 1 warning, 2 info (info is only counted: --all lists it)"
    assert "\x1b" not in result.stdout
    assert result.stderr == ""


def test_in_chinese(messy: Path, mini: Path):
    lines = run("check", messy, "-c", mini, *AS_OF, lang="zh").stdout.splitlines()
    assert f"{messy} [成果]!C3: 错误 V401 “abc”不是数值" in lines
    assert "  应为：1 至 9 的整数" in lines
    assert any(line.startswith("  改法：") for line in lines)
    assert lines[-1] == "共 2 个错误、1 个警告、2 个提示（提示只计数，--all 逐条列出）"


@pytest.mark.slow
def test_it_begins_with_what_was_understood_then_errors_then_warnings(messy: Path, mini: Path):
    """Infos are only counted unless they are asked for."""
    lines = run("check", messy, "-c", mini, *AS_OF).stdout.splitlines()
    assert lines[0] == f"{messy} [成果]: a table, header in row 1, results: 3"
    assert lines[2].split()[:3] == ["A", "编号", "ID"]
    listed = [x.split(": ")[1].split()[0] for x in lines if x.startswith(f"{messy} [成果]!")]
    assert listed == ["error", "error", "warning"]
    assert any(x.startswith("B111 info 1 ") for x in lines)
    for option in (("--all",), ("--min-severity", "info")):
        everything = run("check", messy, "-c", mini, *option, *AS_OF).stdout
        assert f"{messy} [成果]!1: info B111" in everything
        assert everything.splitlines()[-1] == "2 errors, 1 warning, 2 info"


@pytest.mark.slow
def test_many_alike_are_all_listed(book: MakeBook, mini: Path):
    many = book(*(row(id=f"P-{i}", trl="abc") for i in range(250)))
    out = run("check", many, "-c", mini).stdout
    assert out.count("error V401 “abc”") == 250
    assert "V401 error 250 " in out


@pytest.mark.slow
def test_exit_codes(book: MakeBook, mini: Path, tmp_path: Path):
    good, bad = book(row()), tmp_path / "bad.xlsx"
    bad.write_text("no workbook")
    assert run("check", good, "-c", mini, *AS_OF).exit_code == 0
    assert run("check", book(row(trl="x"), name="x.xlsx"), "-c", mini).exit_code == 1
    assert run("check", good, bad, "-c", mini).exit_code == 4
    assert run("check", good, book(name="empty.xlsx"), "-c", mini).exit_code == 4
    nothing = run("check", bad, tmp_path / "absent.xlsx", "-c", mini)
    assert nothing.exit_code == 3
    assert {"B101", "B102"} <= set(nothing.stdout.split())
    assert run("check").exit_code == 2
    assert run("check", good, "-c", "nothing").exit_code == 2


def test_no_policy_is_needed(book: MakeBook, tmp_path: Path):
    alone = tmp_path / "alone.yaml"
    alone.write_text(MINI.replace("policy: mini-policy.yaml\n", ""), encoding="utf-8")
    assert run("check", book(row()), "-c", alone, *AS_OF).exit_code == 0


def test_a_request_beyond_the_cost_is_asked_about_as_in_rank(book: MakeBook, mini: Path):
    made = book([*row(), 900, 300], headers=[*HEADERS, "申请金额", "中试成本"])
    args = (made, "-c", mini, *AS_OF)
    assert "V445" in run("check", *args).stdout
    assert "V445" in run("rank", *args).stderr
    (mini.parent / "mini-policy.yaml").write_text("id: [", encoding="utf-8")
    assert "V445" not in run("check", *args).stdout  # which needs no policy


def test_min_severity(messy: Path, mini: Path):
    result = run("check", messy, "-c", mini, "--min-severity", "error", *AS_OF)
    assert "V412" not in result.stdout
    assert result.stdout.splitlines()[-1] == "2 errors, 1 warning, 2 info (3 not shown)"
    assert result.exit_code == 1


def test_json_by_its_own_option(messy: Path, mini: Path):
    asked = run("check", messy, "-c", mini, "--json", *AS_OF)
    assert asked.stdout == run("check", messy, "-c", mini, "--format", "json", *AS_OF).stdout
    (page,) = json.loads(asked.stdout)["reading"]
    trl = next(c for c in page["columns"] if c["name"] == "trl" and c["role"] == "indicator")
    assert (trl["header"], trl["matched"], trl["filled"], trl["of"]) == ("TRL", "name", 3, 3)
    assert run("check", messy, "-c", mini, "--json", "--format", "md").exit_code == 2


def test_csv_has_a_row_for_each_column(messy: Path, mini: Path, tmp_path: Path):
    out = tmp_path / "read.csv"
    assert run("check", messy, "-c", mini, "-o", out, *AS_OF).exit_code == 1
    heads, *rows = out.read_text(encoding="utf-8-sig").splitlines()
    assert heads.split(",")[3:7] == ["Cell", "Header", "Taken for", "Name"]
    assert len(rows) == 16
    assert any("V401×1" in r for r in rows)
    assert run("check", messy, "-c", mini, "--format", "csv").exit_code == 2


def test_json(messy: Path, mini: Path, tmp_path: Path):
    data = json.loads(run("check", messy, "-c", mini, "--format", "json", *AS_OF).stdout)
    assert data["criteria"]["id"] == "mini"
    assert len(data["criteria"]["sha256"]) == 64
    assert data["counts"] == {"error": 2, "warning": 1, "info": 2}
    assert data["kinds"][0] == {"code": "V401", "severity": "error", "count": 1}
    found = next(f for f in data["findings"] if f["code"] == "V401")
    assert found == {
        "file": str(messy),
        "sheet": "成果",
        "cell": "C3",
        "line": None,
        "character": None,
        "row": 3,
        "column": 3,
        "severity": "error",
        "code": "V401",
        "result": "P-2",
        "found": "“abc” is not a number",
        "expected": "a whole number from 1 to 9",
        "mend": "write the number alone, explanations elsewhere",
    }
    out = tmp_path / "out.json"
    written = run("check", messy, "-c", mini, "--format", "json", "-o", out, *AS_OF)
    assert (written.stdout, json.loads(out.read_text(encoding="utf-8"))) == ("", data)


def test_github_annotations_are_escaped(book: MakeBook, mini: Path):
    path = book(row(trl="9%\nTRL: 5, or"), name="a,b.xlsx")
    lines = run("check", path, "-c", mini, "--format", "github").stdout.splitlines()
    line = next(x for x in lines if x.startswith("::error"))
    assert "a%2Cb.xlsx,title=V401 [成果]!C2::“9%25 TRL: 5, or” is not a number" in line
    assert any(x.startswith("::notice file=") for x in lines)


@pytest.mark.slow
def test_xlsx(messy: Path, mini: Path, tmp_path: Path):
    outs = [tmp_path / "1.xlsx", tmp_path / "2.xlsx"]
    for out in outs:
        args = ("check", messy, "-c", mini, "--format", "xlsx", "-o", out, *AS_OF)
        result = run(*args)
        assert (result.exit_code, result.stdout) == (1, "")
    assert outs[0].read_bytes() == outs[1].read_bytes()
    report = openpyxl.load_workbook(outs[0])
    assert report.sheetnames == ["Reading", "Findings", "Counts", "Manifest", "Data"]
    first = report["Findings"]
    assert (first.freeze_panes, first.auto_filter.ref) == ("A2", "A1:I6")
    assert [c.value for c in report["Reading"][4]][3:6] == [
        "C",
        "TRL",
        "Technology readiness level",
    ]
    assert [c.value for c in report["Counts"][2]][:4] == ["error", "V401", 1, "“…” is not a number"]
    assert run("check", outs[0], "-c", mini).exit_code == 3  # a report is never taken for an input
    assert run("check", messy, "-c", mini, "--format", "xlsx").exit_code == 2


def test_markdown(messy: Path, mini: Path, tmp_path: Path):
    shown = run("check", messy, "-c", mini, *AS_OF, "--format", "md").stdout
    assert shown.index("## Reading") < shown.index("## Findings")
    assert "| error | V401 |" in shown
    run("check", messy, "-c", mini, *AS_OF, "-o", tmp_path / "found.md")
    assert (tmp_path / "found.md").read_text(encoding="utf-8") == shown
    wrong = run("check", messy, "-c", mini, "--format", "md", "-o", tmp_path / "found.xlsx")
    assert (wrong.exit_code, (tmp_path / "found.xlsx").exists()) == (2, False)


@pytest.mark.slow
def test_a_file_is_of_the_form_that_its_ending_says_where_none_is_asked_for(
    messy: Path, mini: Path, tmp_path: Path
):
    for ending, form in (("json", "json"), ("xlsx", "xlsx"), ("txt", "text")):
        by_ending, asked = tmp_path / f"a.{ending}", tmp_path / f"b.{ending}"
        run("check", messy, "-c", mini, *AS_OF, "-o", by_ending)
        run("check", messy, "-c", mini, *AS_OF, "--format", form, "-o", asked)
        assert by_ending.read_bytes() == asked.read_bytes()
    text = tmp_path / "found.md"
    run("check", messy, "-c", mini, *AS_OF, "--format", "text", "-o", text)
    assert text.read_bytes() == (tmp_path / "a.txt").read_bytes()  # what is asked for goes before


def test_explain():
    told = run("check", "--explain", "v404")
    assert told.exit_code == 0
    assert told.stdout.startswith("V404 error\n\nFound: … may mean …% or …%\nexpected: ")
    assert "never" in run("check", "--explain", "V401").stdout
    assert "改法：" in run("check", "--explain", "V404", lang="zh").stdout
    unknown = run("check", "--explain", "V40O")  # the letter: no code will be that
    assert unknown.exit_code == 2
    assert "did you mean V" in unknown.stderr


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_code_can_be_explained(lang: str):
    for code in all_kinds():
        assert run("check", "--explain", code, lang=lang).exit_code == 0


def test_annotate(messy: Path, mini: Path, tmp_path: Path):
    before, out = messy.read_bytes(), tmp_path / "out.xlsx"
    result = run("check", messy, "-c", mini, "--annotate", out, *AS_OF)
    assert result.exit_code == 1
    assert "V401" in result.stdout
    assert "wrote" in result.stderr
    assert messy.read_bytes() == before
    copy = openpyxl.load_workbook(out)
    assert copy.sheetnames == ["Findings", "成果"]
    assert "V401" in copy["成果"]["C3"].comment.text


def test_annotate_tells_what_is_lost_before_it_writes(messy: Path, mini: Path, tmp_path: Path):
    with zipfile.ZipFile(messy, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", "<x/>")
    result = run("check", messy, "-c", mini, "--annotate", tmp_path / "out.xlsx", lang="zh")
    told, wrote = result.stderr.index("副本中没有保留：数字签名"), result.stderr.index("out.xlsx")
    assert told < wrote


def test_what_cannot_be_annotated_is_refused(messy: Path, mini: Path, tmp_path: Path):
    out = tmp_path / "out.xlsx"

    def refused(*args: object) -> str:
        result = run("check", "-c", mini, *args)
        assert result.exit_code == 2
        assert result.stdout == ""
        return result.stderr

    before = messy.read_bytes()
    assert "is an input" in refused(messy, "--annotate", messy)
    assert "is an input" in refused(messy, "-o", messy)
    assert messy.read_bytes() == before
    assert "one workbook" in refused(messy, tmp_path / "other.xlsx", "--annotate", out)
    assert "one workbook" in refused(tmp_path, "--annotate", out)
    assert "only .xlsx" in refused(tmp_path / "b.csv", "--annotate", out)
    assert "should end" in refused(messy, "--annotate", tmp_path / "out.xlsm")
    assert "asked for twice" in refused(messy, "--annotate", out, "-o", out)
    assert not out.exists()
    absent = run("check", tmp_path / "absent.xlsx", "-c", mini, "--annotate", out)
    assert absent.exit_code == 3
    assert "no annotated copy" in absent.stderr
    assert not out.exists()


@pytest.mark.slow
def test_through_the_installed_script(messy: Path, mini: Path, tmp_path: Path):
    done = script("check", messy, "-c", mini, "--annotate", tmp_path / "out.xlsx", *AS_OF)
    assert done.returncode == 1
    assert "C3: error V401 “abc” is not a number" in done.stdout
    assert "\x1b[" not in done.stdout
    assert (tmp_path / "out.xlsx").exists()
    assert script("check", "--explain", "V401").returncode == 0
