from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pilotscore.cli import main
from pilotscore.runs import assess as assess_run
from tests.conftest import HEADERS, MINI, MakeBook, from_yaml, row, write_book

SCRIPT = Path(sysconfig.get_path("scripts")) / (
    "pilotscore.exe" if os.name == "nt" else "pilotscore"
)


def run(*args: object, lang: str = "en", **env: str) -> Result:
    result = CliRunner(env={"PILOTSCORE_LANG": lang} | env).invoke(
        main, [str(a) for a in args], prog_name="pilotscore"
    )
    assert "Traceback" not in result.output
    return result


def script(*args: object, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SCRIPT, *map(str, args)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        env=os.environ | {"PILOTSCORE_LANG": "en", "PYTHONUTF8": "1"} | env,
        check=False,
    )


def test_rank_prints_to_stdout_and_findings_to_stderr(book: MakeBook, mini: Path):
    same = (book(row(), row(id="P-2", trl=11)), "-c", mini, "--as-of", "2026-11-23")
    result = run("rank", *same)
    assert result.exit_code == 1
    assert "P-1" in result.stdout
    assert "C3 11 is out of range" in result.stdout
    assert "not assessable: C3 11 is out of range" in run("rank", *same, "-v").stdout
    assert "V402" not in result.stdout
    assert "C3: V402 11 is out of range; expected: a whole number from 1 to 9" in result.stderr


@pytest.mark.slow
def test_exit_codes(book: MakeBook, mini: Path, tmp_path: Path):
    good, bad = book(row()), tmp_path / "bad.xlsx"
    bad.write_text("no workbook")
    assert run("rank", good, "-c", mini).exit_code == 0
    assert run("rank", good, bad, "-c", mini).exit_code == 4
    assert run("rank", good, book(name="empty.xlsx"), "-c", mini).exit_code == 4
    assert run("rank", bad, "-c", mini).exit_code == 3
    assert run("rank", tmp_path / "absent.xlsx", "-c", mini).exit_code == 3
    assert run("rank", book(name="empty.xlsx"), "-c", mini).exit_code == 3
    assert run("rank", good, "-c", "nothing").exit_code == 2
    assert run("rank", good, "-c", mini, "-o", "x.pdf").exit_code == 2
    assert run("rank").exit_code == 2
    (tmp_path / "faulty.yaml").write_text(MINI.replace("weight: 60", "weight: 6"), encoding="utf-8")
    assert run("rank", good, "-c", tmp_path / "faulty.yaml").exit_code == 1


def test_outputs_are_written_and_the_input_is_not_touched(
    book: MakeBook, mini: Path, tmp_path: Path
):
    path = book(row(), row(id="P-2", trl=6))
    before = path.read_bytes()
    outs = [tmp_path / f"out.{kind}" for kind in ("xlsx", "csv", "json")]
    result = run("rank", path, "-c", mini, *[a for o in outs for a in ("-o", o)])
    assert result.exit_code == 0
    assert result.stdout == ""
    assert all(o.stat().st_size > 100 for o in outs)
    assert outs[1].read_bytes().startswith(b"\xef\xbb\xbf")
    assert path.read_bytes() == before
    assert run("rank", path, "-c", mini, "-o", path).exit_code == 2
    assert path.read_bytes() == before


def test_no_output_is_left_half_written_when_there_is_nothing_to_write(
    book: MakeBook, mini: Path, tmp_path: Path
):
    out = tmp_path / "out.xlsx"
    assert run("rank", book(), "-c", mini, "-o", out).exit_code == 3
    assert not out.exists()


def test_json_and_top(book: MakeBook, mini: Path):
    result = run("rank", book(row(), row(id="P-2", trl=6)), "-c", mini, "--json", "--top", 1)
    data = json.loads(result.stdout)
    assert [r["id"] for r in data["ranking"]] == ["P-1"]
    shown = run("rank", book(row(), row(id="P-2", trl=6)), "-c", mini, "--top", 1)
    assert "1 more not shown" in shown.stdout


def test_language_by_option_anywhere_and_by_locale(book: MakeBook, mini: Path):
    path = book(row())
    assert "项成果" in run("rank", path, "-c", mini, lang="zh").stdout
    assert "项成果" in run("rank", path, "-c", mini, "--lang", "zh").stdout
    assert "项成果" in run("--lang=zh", "rank", path, "-c", mini).stdout
    assert "1 result ·" in run("rank", path, "-c", mini, "--lang", "en", lang="zh").stdout
    assert "选项" in run("rank", "--help", "--lang", "zh").stdout


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("args", "zh", "en"),
    [
        (["rnk"], "没有命令 rnk；是否指 rank？\n", "No such command 'rnk'. Did you mean rank?\n"),
        (["criteria", "nosuch"], "没有命令 nosuch\n", "No such command 'nosuch'."),
        (["x'y"], "没有命令 x'y\n", 'No such command "x\'y".'),
        (["--", "--nosuch"], "没有选项 --nosuch\n", "No such option"),
        (
            ["rank", "--tops", "1", "x.xlsx"],
            "没有选项 --tops；是否指 --top？\n",
            "Did you mean --top?\n",
        ),
        (["rank"], "缺少参数", "Missing argument"),
        (["rank", "x.xlsx", "--top", "many"], "的值不对", "Invalid value"),
        (["rank", "x.xlsx", "--as-of", "soon"], "不是 2026-12-31", "no date such as"),
        (
            ["rank", "x.xlsx", "-c", "pilot-maturty"],
            "是否指 pilot-maturity",
            "did you mean pilot-maturity",
        ),
        (
            ["rank", "x.xlsx", "-p", "nothing"],
            "没有名为 nothing 的政策",
            "no policy is called nothing",
        ),
        (["rank", "x.xlsx", "-o", "out.doc"], "扩展名应为", "should end in"),
    ],
)
def test_usage_errors_speak_the_users_language(args: list[str], zh: str, en: str, lang: str):
    result = run(*args, lang=lang)
    assert result.exit_code == 2
    assert (zh if lang == "zh" else en) in result.stderr
    assert result.stdout == ""


@pytest.mark.slow
def test_score(book: MakeBook, mini: Path):
    path = book(row(), row(id="P-2", trl=6), row(id="P-3", trl=""))
    result = run("score", path, "P-2", "-c", mini)
    assert result.exit_code == 0
    assert "Technology readiness level 6, grade A needs 7" in result.stdout
    assert "2 of 3" in result.stdout
    assert run("score", path, "p-2", "-c", mini).exit_code == 0
    assert run("score", path, "P-3", "-c", mini).exit_code == 1
    missing = run("score", path, "P-4", "-c", mini)
    assert missing.exit_code == 2
    assert "did you mean P-" in missing.stderr
    several = run("score", path, "-c", mini)
    assert several.exit_code == 2
    assert "name one by its id" in several.stderr
    assert run("score", book(row(), name="one.xlsx"), "-c", mini).exit_code == 0


@pytest.mark.slow
def test_criteria_commands(mini: Path, tmp_path: Path):
    assert "pilot-maturity" in run("criteria", "list").stdout
    assert "Technology readiness level" in run("criteria", "show", mini).stdout
    assert run("criteria", "show", mini, "--yaml").stdout == MINI
    assert "held:" in run("criteria", "show", mini.parent / "mini-policy.yaml", "--yaml").stdout
    assert "no faults (2 dimensions, 5 indicators)" in run("criteria", "check", mini).stdout
    policy = run("criteria", "check", mini.parent / "mini-policy.yaml", "-c", mini)
    assert (policy.exit_code, "held against mini" in policy.stdout) == (0, True)
    faulty = tmp_path / "faulty.yaml"
    faulty.write_text(
        MINI.replace("weight: 60", "weight: 6").replace("cap: B", "cap: Q"), encoding="utf-8"
    )
    result = run("criteria", "check", faulty)
    assert result.exit_code == 1
    assert "faulty.yaml has 2 faults" in result.stderr
    assert "faulty.yaml:6:1: C201" in result.stderr


@pytest.mark.slow
def test_schema_accepts_what_ships_and_refuses_what_is_wrong():
    import jsonschema

    from pilotscore.criteria import built_in_names, locate

    for kind, flag in (("criteria", []), ("policy", ["--policy"])):
        schema = json.loads(run("criteria", "schema", *flag).stdout)
        validator = jsonschema.Draft202012Validator(schema)
        for name in built_in_names(kind):
            data = from_yaml(locate(name, kind).read_text(encoding="utf-8"))
            assert not list(validator.iter_errors(data)), name
            assert list(validator.iter_errors(data | {"surprise": 1}))
            if kind == "criteria":
                dimensions = [{"id": "x", "indicators": [{"id": "y", "weight": "much"}]}]
                assert list(validator.iter_errors(data | {"dimensions": dimensions}))


def test_a_fault_of_our_own_is_told_without_a_traceback(
    book: MakeBook, mini: Path, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(assess_run, "rank_by", broken)
    result = run("rank", book(row()), "-c", mini)
    assert result.exit_code == 70
    assert "ZeroDivisionError: oops" in result.stderr


def test_ctrl_c_ends_quietly(book: MakeBook, mini: Path, monkeypatch: pytest.MonkeyPatch):
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(assess_run, "rank_by", stop)
    result = run("rank", book(row()), "-c", mini)
    assert (result.exit_code, result.stderr.strip()) == (130, "pilotscore: interrupted")


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_demo(lang: str):
    result = run("demo", lang=lang)
    assert result.exit_code == 0
    assert ("接下来可以试" if lang == "zh" else "Try next") in result.stdout


@pytest.mark.slow
def test_demo_names_the_copy_that_it_says_to_make_first():
    shown = run("demo", lang="en").stdout
    commands = [line.strip() for line in shown.splitlines() if line.startswith("  pilotscore")]
    assert commands[0] == "pilotscore demo --copy-to ."
    assert all("examples" not in command for command in commands)
    assert "pilotscore fund pilot.xlsx --call call.yaml" in commands
    assert "Interval is blank where" in shown
    assert "5–20 M CNY" in shown


@pytest.mark.slow
def test_demo_copies_its_workbook_once(tmp_path: Path):
    assert run("demo", "--copy-to", tmp_path).exit_code == 0
    assert (tmp_path / "pilot.xlsx").exists()
    again = run("demo", "--copy-to", tmp_path)
    assert again.exit_code == 2
    assert "not overwritten" in again.stderr


@pytest.mark.slow
class TestInstalledScript:
    """Each command through the script that a user has."""

    def test_help_imports_nothing_heavy(self):
        code = (
            "import sys; from pilotscore.cli import main\n"
            "try: main(['--help'])\n"
            "except SystemExit: pass\n"
            "heavy = {'pilotscore.document', 'numpy', 'pandas', 'openpyxl', 'pydantic', 'rich', 'yaml', 'skcriteria', 'scipy',\n"
            "         'matplotlib', 'xlsxwriter', 'xlrd', 'defusedxml', 'asyncio'}\n"
            "print(sorted(heavy & set(sys.modules)))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
        assert done.stdout.splitlines()[-1] == "[]"

    def test_the_package_imports_nothing_heavy(self):
        code = "import sys, pilotscore; print(sorted({'numpy', 'click', 'pydantic'} & set(sys.modules)), pilotscore.rank)"
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
        assert done.stdout.startswith("[] <function rank")

    def test_python_m(self):
        done = subprocess.run(
            [sys.executable, "-m", "pilotscore", "--version"],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
        assert done.stdout.startswith("pilotscore ")

    def test_demo(self):
        done = script("demo")
        assert done.returncode == 0
        assert "\x1b[" not in done.stdout  # piped output is plain

    def test_rank(self, book: MakeBook, mini: Path, tmp_path: Path):
        done = script("rank", book(row()), "-c", mini, "-o", tmp_path / "o.xlsx")
        assert (done.returncode, done.stdout) == (0, "")
        assert "wrote" in done.stderr

    def test_score(self, book: MakeBook, mini: Path):
        done = script("score", book(row()), "P-1", "-c", mini)
        assert done.returncode == 0
        assert "硝化工艺" in done.stdout

    @pytest.mark.parametrize(
        "args", [["list"], ["show", "pilot-maturity"], ["check", "pilot-maturity"], ["schema"]]
    )
    def test_criteria(self, args: list[str]):
        assert script("criteria", *args).returncode == 0

    def test_a_console_without_chinese_goes_on(self, tmp_path: Path, mini: Path):
        path = write_book(tmp_path / "b.xlsx", {"S": [HEADERS, row()]})
        done = script("rank", path, "-c", mini, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
        assert done.returncode == 0
        assert "P-1" in done.stdout


def test_other_examples_are_copied(tmp_path: Path):
    done = run("demo", "--example", "own-list", "--copy-to", tmp_path)
    assert (done.exit_code, done.stdout) == (0, "")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["indicators.xlsx", "results.xlsx"]
    assert run("demo", "--example", "own-list", "--copy-to", tmp_path).exit_code == 2
    assert run("demo", "--example", "own-list").exit_code == 2
