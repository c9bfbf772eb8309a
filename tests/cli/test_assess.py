from __future__ import annotations

import os
import subprocess
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from syrupy.assertion import SnapshotAssertion

from pilotscore.cli import dialogue as module
from pilotscore.cli import main
from pilotscore.runs import assess as assess_run
from pilotscore.runs.questions import questions
from tests.cli.test_commands import SCRIPT
from tests.conftest import AS_OF, MakeBook, row, write_book

DAY = ("--as-of", "2026-11-23")


def typed(*args: object, lines: str = "", lang: str = "en", code: int = 0) -> Result:
    result = CliRunner(env={"PILOTSCORE_LANG": lang}).invoke(
        main, ["assess", *map(str, args), *DAY], input=lines, prog_name="pilotscore"
    )
    assert "Traceback" not in result.output
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def holed(book: MakeBook) -> Path:
    return book(
        row(),
        row(
            id="P-2", trl="", trl_evidence="", yield_rate="", run_hours="abc", hazard="", permit=""
        ),
    )


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.xlsx"


def cells(path: Path, line: int = 3) -> list[object]:
    return [c.value for c in openpyxl.load_workbook(path)["成果"][line]]


def test_required_first_then_faulty_then_optional(holed: Path, mini: Path):
    outcome = assess_run.rank(holed, mini, as_of=AS_OF)
    asked = questions(outcome, 1)
    assert [q.name for q in asked] == ["trl", "hazard", "run_hours", "yield_rate", "permit"]
    assert [round(q.gain) for q in asked] == [30, 28, 12, 18, 12]
    assert [q.refusal is None for q in asked] == [False, False, False, True, True]
    assert asked[2].present is not None
    assert questions(outcome, 0) == ()
    every = [q.name for q in questions(outcome, 0, every=True)]
    assert every == ["trl", "hazard", "yield_rate", "run_hours", "permit"]


def test_answers_are_written_and_read_back(holed: Path, mini: Path, out: Path):
    before = holed.read_bytes()
    lines = "8\nE3\n3\n\n100\nE2\n97\nthird party\nyes\n\n"
    result = typed(holed, "P-2", "-c", mini, "-o", out, lines=lines)
    assert holed.read_bytes() == before
    assert cells(out)[2:12] == [8, "E3", 97, "E3", 100, "E2", "complete", "E3", "yes", "E3"]
    assert result.stdout.splitlines() == [
        "P-2  硝化工艺",
        "Index  — → 93.4",
        "Grade  not assessable → A mature",
    ]
    after = assess_run.rank(out, mini, as_of=AS_OF)
    assert after.assessment.index[1] == pytest.approx(93.4, abs=0.05)
    assert "wrote" in result.stderr


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_a_person_sees(
    holed: Path, mini: Path, out: Path, lang: str, snapshot: SnapshotAssertion
):
    lines = "12\n7\n?\nE9\nE2\nna: no\n4\n部分完成\nb\nb\n\n-\n约80\n\n0.9\n96\nE3\n"
    result = typed(holed, "P-2", "-c", mini, "-o", out, lines=lines, lang=lang, code=1)
    shown = (result.stderr + "-----\n" + result.stdout).replace(str(out), "out.xlsx")
    assert shown == snapshot


def test_back_skip_and_a_second_thought(holed: Path, mini: Path, out: Path):
    # 6, back to it, - takes it back; hazard is answered, seen again, and kept with Enter.
    lines = "b\n6\nE1\nb\n-\n2\nE3\nb\n\n-\n-\n-\n"
    result = typed(holed, "P-2", "-c", mini, "-o", out, lines=lines, code=1)
    assert "this is the first one" in result.stderr
    assert "[2] > " in result.stderr
    assert cells(out)[2:12] == [None, None, None, "E3", "abc", "E3", "partial", "E3", None, "E3"]


def test_back_from_the_grade_asks_the_value_again(holed: Path, mini: Path, out: Path):
    typed(holed, "P-2", "-c", mini, "-o", out, lines="6\nb\n7\nE2\n", code=1)
    assert cells(out)[2:4] == [7, "E2"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lines", "written"),
    [
        ("6\n\nq\nn\n", False),
        ("6\n\nq\nperhaps\ny\n", True),
        ("6\n\nq\n", True),
        ("6\nq\ny\n", True),
        ("6\n\n", True),
        ("6", True),
        ("q\n", False),
        ("\n-\n", False),
        ("", False),
    ],
)
def test_stopping(holed: Path, mini: Path, out: Path, lines: str, written: bool):
    result = typed(holed, "P-2", "-c", mini, "-o", out, lines=lines, code=1)
    assert out.exists() == written
    assert ("nothing was written" in result.stderr) != written
    assert ("Write 1 answer?" in result.stderr) == ("q" in lines and "6" in lines)
    assert result.stdout.splitlines()[1:3] == ["Index  —", "Grade  not assessable"]
    if written:
        assert cells(out)[2:4] == [6, None]


@pytest.mark.parametrize("answer", ["y", "n"])
def test_ctrl_c_asks_whether_to_write(
    holed: Path, mini: Path, out: Path, answer: str, monkeypatch: pytest.MonkeyPatch
):
    lines: list[str | None] = ["6", "", None, answer]

    def line(prompt: str) -> str:
        said = lines.pop(0)
        if said is None:
            raise KeyboardInterrupt
        return said

    monkeypatch.setattr(module, "typed_line", line)
    typed(holed, "P-2", "-c", mini, "-o", out, code=1)
    assert (lines, out.exists()) == ([], answer == "y")


def test_not_applicable_and_not_measured(holed: Path, mini: Path, out: Path):
    lines = "na: because\nnot measured\n-\nna: batch process\n不适用\n-\nna: no such step\nno\nE3\n"
    result = typed(holed, "P-2", "-c", mini, "-o", out, lines=lines, code=1)
    assert "may not be marked N/A" in result.stderr
    assert "only where mode == batch" in result.stderr
    assert "V413" in result.stderr  # no reason
    assert cells(out)[2:12] == [
        "not measured",
        None,
        "N/A: no such step",
        "E3",
        "abc",
        "E3",
        None,
        "E3",
        "no",
        "E3",
    ]


def test_all_lets_stand_what_is_there(book: MakeBook, mini: Path, out: Path):
    path = book(row(trl_evidence="E1"))
    result = typed(path, "-c", mini, "--all", "-o", out, lines="\nE3\n2\n\n\n\n")
    assert "[7] > " in result.stderr
    assert "[E1] > " in result.stderr
    assert "[complete] > " in result.stderr
    assert cells(out, 2)[2:12] == [7, "E3", 96, "E3", 80, "E3", "partial", "E3", "是", "E3"]
    out.unlink()
    typed(path, "-c", mini, "--all", "-o", out, lines="\n" * 20)
    assert not out.exists()


def test_a_result_without_holes(book: MakeBook, mini: Path):
    result = typed(book(row()), "-c", mini)
    assert "--all" in result.stderr
    assert result.stdout.splitlines()[1:] == ["Index  88.7", "Grade  A mature"]


def test_new_columns_are_told(book: MakeBook, mini: Path, out: Path):
    path = book(["P-1", 6], headers=["编号", "TRL"])
    result = typed(path, "-c", mini, "-o", out, lines="3\nE3\n")
    assert "added: Hazard study (成果!C1); Hazard study evidence grade (成果!D1)" in result.stderr
    assert cells(out, 2) == ["P-1", 6, "complete", "E3"]


def test_what_the_copy_cannot_keep_is_told_before_anything_is_asked(
    holed: Path, mini: Path, out: Path
):
    import zipfile

    with zipfile.ZipFile(holed, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", "<x/>")
    result = typed(holed, "P-2", "-c", mini, "-o", out, lines="6\n", code=1)
    told = result.stderr.index("the copy does not keep: the digital signature")
    assert told < result.stderr.index("> ")


def test_a_mapping_file_counts(tmp_path: Path, mini: Path, out: Path):
    path = write_book(
        tmp_path / "m.xlsx", {"成果": [["编号", "成熟等级", "安评"], ["P-1", "", "已完成"]]}
    )
    mapping = tmp_path / "map.yaml"
    mapping.write_text("headers:\n  成熟等级: trl\n  安评: hazard\n", encoding="utf-8")
    typed(path, "-c", mini, "--map", mapping, "-o", out, lines="6\nE2\n")
    assert cells(out, 2)[:3] == ["P-1", 6, "已完成"]


@pytest.mark.slow
def test_the_default_name_never_overwrites(
    holed: Path, mini: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    for _ in range(2):
        typed(holed, "P-2", "-c", mini, lines="6\n", code=1)
    assert sorted(p.name for p in here.iterdir()) == ["book-assessed-2.xlsx", "book-assessed.xlsx"]
    typed(holed, "P-2", "-c", mini, "-o", "book-assessed.xlsx", lines="7\n", code=2)
    typed(holed, "P-2", "-c", mini, "-o", "book-assessed.xlsx", "--force", lines="7\n", code=1)
    assert cells(here / "book-assessed.xlsx")[2] == 7


def test_what_is_refused_before_anything_is_asked(holed: Path, mini: Path, tmp_path: Path):
    def refused(*args: object, code: int = 2) -> str:
        result = typed(*args, "-c", mini, lines="6\n", code=code)
        assert result.stdout == ""
        assert "> " not in result.stderr
        return result.stderr

    before = holed.read_bytes()
    assert "is an input" in refused(holed, "P-2", "-o", holed)
    assert holed.read_bytes() == before
    assert "should end" in refused(holed, "P-2", "-o", tmp_path / "o.csv")
    assert "cannot write" in refused(holed, "P-2", "-o", tmp_path / "no" / "o.xlsx")
    assert "one workbook" in refused(tmp_path)
    assert "name one by its id" in refused(holed)
    assert "did you mean P-2" in refused(holed, "P-22")
    csv = tmp_path / "b.csv"
    csv.write_text("编号,TRL\nP-1,\nP-2,6\n", encoding="utf-8")
    assert "save" in refused(csv, "P-1")
    assert refused(tmp_path / "absent.xlsx", code=3)


@pytest.mark.slow
def test_through_the_installed_script(holed: Path, mini: Path, out: Path):
    def script(lines: bytes) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [SCRIPT, "assess", holed, "P-2", "-c", mini, "-o", out, *DAY],
            input=lines,
            capture_output=True,
            timeout=120,
            check=False,
            env=os.environ | {"PILOTSCORE_LANG": "zh", "PYTHONUTF8": "1"},
        )

    done = script("8\nE3\n已完成\n\n100\n\n97\n\n是\n\n".encode())
    assert done.returncode == 0, done.stderr.decode()
    assert "等级  无法评价 → A 成熟" in done.stdout.decode()
    assert cells(out)[8] == "已完成"
    out.unlink()
    assert script(b"\xff\xfe\n").returncode == 1  # told as an entry that cannot be read
    assert not out.exists()
