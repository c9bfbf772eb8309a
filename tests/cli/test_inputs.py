"""``--inputs``: workbooks listed in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_commands import run
from tests.conftest import HEADERS, row, write_book


@pytest.fixture
def books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    monkeypatch.chdir(tmp_path)
    return [
        write_book(tmp_path / f"{n}.xlsx", {"S": [HEADERS, row(id=f"P-{n}")]}) for n in range(3)
    ]


def ranked(mini: Path, *words: str) -> set[str]:
    done = run("rank", *words, "-c", str(mini), "-o", "r.csv", "--force", "--lang", "en")
    assert done.exit_code in (0, 1), done.stderr
    lines = Path("r.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    return {line.split(",")[1] for line in lines}


def test_what_a_file_lists_is_read_with_what_is_named(books: list[Path], mini: Path):
    Path("list.txt").write_text("\ufeff# the first\n0.xlsx\n\n  2.xlsx \r\n", encoding="utf-8")
    assert ranked(mini, "--inputs", "list.txt") == {"P-0", "P-2"}
    assert ranked(mini, "1.xlsx", "--inputs", "list.txt") == {"P-0", "P-1", "P-2"}


def test_check_takes_a_list_too(books: list[Path], mini: Path):
    Path("list.txt").write_text("0.xlsx\n2.xlsx\n", encoding="utf-8")
    done = run("check", "--inputs", "list.txt", "-c", str(mini), "--lang", "en")
    assert "2.xlsx" in done.stdout + done.stderr
    assert "1.xlsx" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (b"", 2, "lists no files"),
        (b"# nothing\n", 2, "lists no files"),
        (b"0.xlsx\ns3://bucket/1.xlsx\n", 2, "line 2: s3://bucket/1.xlsx is an address"),
        (b"\xff\xfe0\x00", 3, "it is no UTF-8 text"),
        (None, 3, "cannot be read"),
    ],
)
def test_a_list_that_is_none_is_told(
    books: list[Path], content: bytes | None, code: int, said: str
):
    if content is not None:
        Path("list.txt").write_bytes(content)
    done = run("rank", "--inputs", "list.txt", "--lang", "en")
    assert done.exit_code == code
    assert said in done.stderr


@pytest.mark.parametrize("command", ["rank", "fund", "robustness"])
def test_no_workbook_at_all_is_a_usage_error(command: str):
    words = ("--call", "call.yaml") if command == "fund" else ()
    done = run(command, *words, "--lang", "en")
    assert done.exit_code == 2
    assert "BOOK|FOLDER" in done.stderr
