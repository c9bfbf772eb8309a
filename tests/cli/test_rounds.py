"""A round in one file: what it holds, what is read back from it, and what is refused."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pilotscore.cli.rounds import names_of_files
from pilotscore.errors import UnreadableInputError
from pilotscore.store.rounds import read_round
from tests.cli.test_commands import run
from tests.cli.test_fund import THREE, files

__all__ = ["files"]


@pytest.fixture
def saved(files, tmp_path: Path):
    path, table = tmp_path / "round.pilot", tmp_path / "out.json"
    args = files([*THREE, ("P-4", 9, None)])
    done = run("fund", *args, "-o", table, "--save", path)
    assert done.exit_code == 0, done.stderr
    return path, table, args


@pytest.mark.slow
def test_a_round_holds_both_languages_the_manifest_and_the_digests_of_outputs(saved):
    path, table, _ = saved
    back = read_round(path)
    zh, en = (back.record(lang) for lang in ("zh", "en"))
    assert json.loads(table.read_text(encoding="utf-8")) == en
    assert [d["award"] for d in zh["decisions"]] == [d["award"] for d in en["decisions"]]
    assert zh["decisions"][0]["decision"] == "资助"
    assert back.head["outputs"][0]["file"] == "out.json"
    assert back.manifest["call"]["id"] == "c"


@pytest.mark.slow
def test_the_same_round_gives_the_same_bytes(saved, tmp_path: Path):
    path, _, args = saved
    again = tmp_path / "again.pilot"
    assert (
        run("fund", *args, "-o", tmp_path / "out.json", "--save", again, "--force").exit_code == 0
    )
    assert again.read_bytes() == path.read_bytes()


@pytest.mark.slow
def test_one_result_is_explained_from_the_round_alone(saved):
    path, _, args = saved
    Path(args[0]).unlink()  # nothing is read again
    data = json.loads(run("explain", path, "P-2", "--json").stdout)
    assert data["result"]["id"] == "P-2"
    assert data["grounds"]["stopped_by"][0]["address"] == "budget.total"
    for lang, words in (("zh", "止于预算"), ("en", "stopped by the budget")):
        assert words in run("explain", path, "P-2", lang=lang).stdout
    assert run("explain", path, "P-9").exit_code == 2
    assert run("explain", path).exit_code == 2


@pytest.mark.slow
def test_an_id_is_known_in_any_case_and_the_nearest_are_named_where_there_is_none(saved):
    path, _, _ = saved
    exact, loose = (run("explain", path, x) for x in ("P-1", "p-1"))
    assert loose.stdout == exact.stdout
    wrong = run("explain", path, "P-11", lang="zh")
    assert wrong.exit_code == 2
    assert "没有编号为 P-11 的成果；是否指 P-1" in wrong.stderr


@pytest.mark.slow
def test_all_are_explained_in_a_table_or_a_file_each(saved, tmp_path: Path):
    path = saved[0]
    table, folder = tmp_path / "all.xlsx", tmp_path / "all"
    done = run("explain", path, "--all", "-o", table, "-o", folder)
    assert done.exit_code == 0, done.stderr
    sheet = load_workbook(table).worksheets[0]
    assert sheet.max_row >= 5
    assert sorted(p.name for p in folder.iterdir()) == ["P-1.md", "P-2.md", "P-3.md", "P-4.md"]
    assert "stopped by" in (folder / "P-2.md").read_text(encoding="utf-8")
    before = {p.name: p.stat().st_mtime_ns for p in folder.iterdir()}
    (folder / "P-1.md").unlink()
    again = run("explain", path, "--all", "-o", folder)
    assert again.exit_code == 2
    assert "P-3.md" in again.stderr
    del before["P-1.md"]  # nothing is written where one of them is there
    assert {p.name: p.stat().st_mtime_ns for p in folder.iterdir()} == before
    assert run("explain", path, "--all").exit_code == 2


@pytest.mark.slow
def test_all_and_files_are_for_rounds(saved):
    args = saved[2]
    assert run("explain", args[0], "--all").exit_code == 2


@pytest.mark.slow
def test_a_file_that_is_no_round_is_refused(saved, tmp_path: Path):
    path, table, args = saved
    for name, content in (("text", b"text"), ("json", table.read_bytes())):
        other = tmp_path / f"{name}.pilot"
        other.write_bytes(content)
        with pytest.raises(UnreadableInputError):
            read_round(other)
    later = tmp_path / "later.pilot"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(later, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'"version": 2,', b'"version": 3,'))
    with pytest.raises(UnreadableInputError, match="version 3"):
        read_round(later)
    assert run("fund", *args, "--save", tmp_path / "round.zip").exit_code == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "option", "value"),
    [
        ("explain", "--policy", "p.yaml"),
        ("explain", "--call", "c.yaml"),
        ("explain", "--to", "A"),
        ("explain", "--map", "m.yaml"),
        ("compare", "--sheet", "S"),
        ("compare", "--as-of", "2026-01-01"),
        ("compare", "--fix", "percent:a"),
        ("verify", "--header-row", "2"),
        ("verify", "--glob", "*"),
    ],
)
def test_what_a_round_has_no_use_for_is_refused_and_not_passed_over(saved, command, option, value):
    second = {"explain": "P-1", "compare": saved[0]}.get(command)
    beside = () if second is None else (second,)
    done = run(command, saved[0], *beside, option, value, lang="en")
    assert done.exit_code == 2
    assert f"{option} is not for saved rounds" in done.stderr


@pytest.mark.parametrize(
    ("ids", "names"),
    [
        (["P-1", "P-2"], ["P-1", "P-2"]),
        (["A/1", "A\\1"], ["A_1", "A_1~2"]),
        (["dup", "Dup", "DUP"], ["dup", "Dup~2", "DUP~3"]),  # the same name to some systems
        (["a", "A~2", "A"], ["a", "A~2", "A~3"]),
        (["CON", "com1.x", "console"], ["_CON", "_com1.x", "console"]),
        (["..", " ", "a. "], ["_", "_~2", "a"]),
        (["a\nb", "a\u202eb"], ["a_b", "ab"]),
        (["x" * 300], ["x" * 120]),
        (["中" * 300], ["中" * 40]),
        (["中" * 300, "中" * 301], ["中" * 40, "中" * 40 + "~2"]),
    ],
)
def test_each_id_has_a_file_name_of_its_own_on_any_system(ids: list[str], names: list[str]):
    assert names_of_files(ids, ".md") == [f"{name}.md" for name in names]
