"""The options of the reading, as commands take them; ``pilotscore map``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_commands import run, script
from tests.conftest import HEADERS, MakeBook, row, write_book


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "申报"
    (folder / "二级").mkdir(parents=True)
    for i in range(3):
        write_book(folder / f"{i}.xlsx", {"S": [HEADERS, row(id=f"P-{i}")]})
    write_book(
        folder / "二级" / "form.xlsx", {"S": [["编号", "F-1"], ["TRL", 6], ["安全评估", "已完成"]]}
    )
    (folder / "~$0.xlsx").write_bytes(b"x")
    return folder


@pytest.mark.slow
def test_a_folder_is_ranked_and_a_bad_file_costs_itself_alone(folder: Path, mini: Path):
    assert run("rank", folder, "-c", mini).exit_code == 0
    (folder / "bad.xlsx").write_bytes(b"PK\x03\x04 no")
    done = run("rank", folder, "-c", mini)
    assert done.exit_code == 4
    assert "bad.xlsx: B102" in done.stderr
    assert all(name in done.stdout for name in ("P-0", "P-1", "P-2", "F-1"))
    assert run("rank", folder, "-c", mini, "--glob", "[0-9].xlsx").exit_code == 0
    assert run("rank", folder, "-c", mini, "--glob", "*.ods").exit_code == 3


@pytest.mark.slow
def test_a_folder_through_the_installed_script_in_processes(folder: Path, mini: Path):
    for i in range(10, 30):
        write_book(folder / f"{i}.xlsx", {"S": [HEADERS, row(id=f"P-{i}")]})
    done = script("rank", folder, "-c", mini, "--jobs", 2, "--as-of", "2026-11-23")
    assert done.returncode == 0, done.stderr
    assert "24 results" in done.stdout


@pytest.mark.slow
def test_outputs_never_replace_or_become_inputs(folder: Path, mini: Path):
    for output in (folder / "0.xlsx", folder / "out.csv"):
        before = sorted(folder.rglob("*"))
        assert run("rank", folder, "-c", mini, "-o", output).exit_code == 2
        assert sorted(folder.rglob("*")) == before
    for more in ((), ("--force",)):  # a report of ours may be written anew; it is never an input
        assert run("rank", folder, "-c", mini, "-o", folder / "out.xlsx", *more).exit_code == 0


@pytest.mark.slow
def test_map_writes_a_file_that_rank_uses(tmp_path: Path, mini: Path):
    book = write_book(
        tmp_path / "b.xlsx", {"S": [["编号", "技术就绪水准", "安全评估"], ["P-1", 6, "已完成"]]}
    )
    done = run("map", book, "-c", mini, "-o", tmp_path / "m.yaml", lang="zh")
    assert done.exit_code == 0
    text = (tmp_path / "m.yaml").read_text(encoding="utf-8")
    assert "技术就绪水准: {is: trl, likeness: 100}" in text
    assert run("rank", book, "-c", mini).exit_code == 1
    text = text.replace("  编号: id\n", "  编号: id\n  技术就绪水准: trl\n")
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")
    assert run("rank", book, "-c", mini, "--map", tmp_path / "m.yaml").exit_code == 0
    assert run("rank", book, "-c", mini, "--accept-suggestions").exit_code == 0
    shown = script("map", book, "-c", mini)
    assert shown.returncode == 0
    assert shown.stdout.startswith("# What the headers of this form mean")


def test_map_takes_a_folder_and_tells_what_has_no_header(tmp_path: Path, mini: Path):
    folder = tmp_path / "forms"
    folder.mkdir()
    for n, extra in enumerate((["安评结论", "已完成"], ["安全评估", "已完成"])):
        rows = [["编号", f"P-{n}"], ["技术就绪水准", 6], ["TRL", 6], extra]
        write_book(folder / f"{n}.xlsx", {"S": rows})
    done = run("map", folder, "-c", mini, lang="zh")
    assert done.exit_code == 0
    assert "  安评结论: {is: hazard" not in done.stdout  # another form has it under its name
    assert "  安全评估: hazard" in done.stdout
    assert "  - 安评结论" in done.stdout
    assert done.stdout.count("TRL: trl") == 1
    (folder / "x.xlsx").write_bytes(b"nothing")
    done = run("map", folder, "-c", mini, "-o", tmp_path / "m.yaml")
    assert done.exit_code == 4
    assert "x.xlsx: B102" in done.stderr
    again = run("map", folder, "-c", mini, "--map", tmp_path / "m.yaml")
    assert again.stdout == (tmp_path / "m.yaml").read_text(encoding="utf-8")


def test_map_says_why_it_cannot(tmp_path: Path, mini: Path):
    book = write_book(tmp_path / "b.xlsx", {"S": [["a", "b"], [1, 2]]})
    for path in (book, tmp_path / "absent.xlsx"):
        done = run("map", path, "-c", mini)
        assert done.exit_code == 3
        assert done.stderr


def test_faulty_options_are_told(book: MakeBook, mini: Path, tmp_path: Path):
    good = book(row())
    for option in (
        ("--limit", "cels=5"),
        ("--limit", "cells=x"),
        ("--map", tmp_path / "no.yaml"),
        ("--password-env", "NO_SUCH_VARIABLE"),
        ("--header-row", 0),
        ("--jobs", 0),
    ):
        assert run("rank", good, "-c", mini, *option).exit_code == 2
    (tmp_path / "m.yaml").write_text("headers: {甲: nothing}", encoding="utf-8")
    done = run("rank", good, "-c", mini, "--map", tmp_path / "m.yaml")
    assert done.exit_code == 1
    assert "M604" in done.stderr
    assert run("rank", good, "-c", mini, "--limit", "cells=3").exit_code == 3


@pytest.mark.slow
def test_a_password_comes_from_the_environment(
    tmp_path: Path, mini: Path, monkeypatch: pytest.MonkeyPatch
):
    from tests.workbook.open.test_formats import encrypted

    path = encrypted(tmp_path / "secret.xlsx", "秘密")
    monkeypatch.setenv("PASS", "秘密")
    done = run("rank", path, "-c", mini, "--password-env", "PASS", "-o", tmp_path / "out.json")
    assert done.exit_code == 0
    assert "秘密" not in (tmp_path / "out.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words",
    [
        ("rights", "gone.xlsx"),
        ("ip", "gone.xlsx"),
        ("ip", "calendar", "--add", "gone.csv"),
        ("panel", "report", "gone.xlsx"),
        ("panel", "assign", "gone.xlsx", "-o", "x.xlsx"),
        ("panel", "issue", "gone.xlsx", "-o", "sheets"),
        ("panel", "collect", "gone.xlsx", "gone.too.xlsx", "-o", "x.xlsx"),
        ("rank", "gone.xlsx"),
        ("stability", "gone.xlsx"),
    ],
    ids=" ".join,
)
def test_a_file_that_is_not_there_is_named(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    done = run(*words, "--lang", "en")
    assert done.exit_code in (2, 3)
    assert "gone." in done.stderr
