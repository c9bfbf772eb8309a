"""No command says 1 results: each on inputs with one of what it counts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from pilotscore.english import NOUNS
from tests.cli.test_commands import run
from tests.cli.test_fund import CALL
from tests.conftest import HEADERS, row, to_yaml, write_book

ONE_OF_MANY = re.compile(rf"(?<![\w.,+-])1 (?:{NOUNS})\b")


@pytest.fixture
def place(tmp_path: Path, mini: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a workbook of one result, one of two, and a call."""
    monkeypatch.chdir(tmp_path)
    head = [*HEADERS, "申请金额", "中试成本", "单位"]
    one = [*row(id="P-1"), 60, 1000, "甲所"]
    other = [*row(id="P-2", trl=11), 60, 1000, "甲所"]
    write_book(tmp_path / "one.xlsx", {"成果": [head, one]})
    write_book(tmp_path / "two.xlsx", {"成果": [head, one, other]})
    graded = [*row(id="P-3", trl=6), 60, 1000, "甲所"]
    write_book(tmp_path / "graded.xlsx", {"成果": [head, one, graded]})
    (tmp_path / "call.yaml").write_text(to_yaml(CALL), "utf-8")
    return tmp_path


RULES = ("-c", "mini.yaml", "--as-of", "2026-11-23")
WITH_CALL = ("--call", "call.yaml", *RULES)
COMMANDS: list[tuple[Any, ...]] = [
    ("check", "one.xlsx", "-c", "mini.yaml"),
    ("check", "two.xlsx", "-c", "mini.yaml"),
    ("map", "one.xlsx", "-c", "mini.yaml"),
    ("rank", "one.xlsx", *RULES),
    ("rank", "one.xlsx", *RULES, "-v"),
    ("rank", "two.xlsx", *RULES, "--top", "1", "--method", "topsis"),
    ("score", "one.xlsx", "P-1", *RULES),
    ("explain", "one.xlsx", "P-1", *RULES),
    ("explain", "two.xlsx", "P-2", *WITH_CALL),
    ("fund", "one.xlsx", *WITH_CALL),
    ("fund", "two.xlsx", *WITH_CALL, "--show", "1", "-v"),
    ("robustness", "graded.xlsx", *RULES, "--draws", "100"),
    ("weights", "entropy", "graded.xlsx", "-c", "mini.yaml"),
    ("compare", "one.xlsx", "two.xlsx", *RULES),
    ("compare", "two.xlsx", "one.xlsx", *RULES),
    ("call", "check", "call.yaml"),
    ("criteria", "check", "mini.yaml"),
    ("criteria", "show", "mini.yaml"),
    ("criteria", "list"),
]


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: "-".join(map(str, c[:3])))
def test_one_is_one(place: Path, command: tuple[Any, ...]):
    done = run(*command, lang="en")
    said = done.stdout + done.stderr
    assert said
    assert done.exit_code in (0, 1), said
    assert ONE_OF_MANY.findall(said) == []


@pytest.mark.slow
def test_rounds_that_are_kept(place: Path):
    said = ""
    for command in (
        ("fund", "one.xlsx", *WITH_CALL, "--save", "a.pilot", "--store", "r.db"),
        ("verify", "a.pilot"),
        ("rounds", "list", "--store", "r.db"),
        ("rounds", "show", "latest", "--store", "r.db"),
        ("follow", "list", "--store", "r.db"),
        ("catalogue", "latest", "--store", "r.db"),
    ):
        done = run(*command, lang="en")
        said += done.stdout + done.stderr
    assert "1 result" in said
    assert ONE_OF_MANY.findall(said) == []
