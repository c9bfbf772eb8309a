"""``pilotscore panel fill`` as people use it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_commands import run, script
from tests.conftest import HEADERS, row, write_book

HEAD = ["专家", "编号", "指标", "分数"]


@pytest.fixture
def books(tmp_path: Path) -> tuple[Path, Path]:
    rows = [[e, "P-1", "一次合格率", v] for e, v in zip("甲乙丙", (90, 96, 93), strict=True)]
    results = write_book(tmp_path / "r.xlsx", {"成果": [HEADERS, row(id="P-1")]})
    return results, write_book(tmp_path / "s.xlsx", {"评分": [HEAD, *rows]})


def test_a_copy_is_written_and_nothing_else_changed(
    books: tuple[Path, Path], mini: Path, tmp_path: Path
):
    before = books[0].read_bytes()
    out = tmp_path / "out.xlsx"
    done = run("panel", "fill", *books, "-c", mini, "-o", out, lang="zh")
    assert done.exit_code == 0, done.stderr
    assert "已写入 1 个分值" in done.stderr
    assert books[0].read_bytes() == before
    assert run("panel", "fill", *books, "-c", mini, "-o", out).exit_code == 2  # it is there
    assert run("panel", "fill", *books, "-c", mini, "-o", books[0], "--force").exit_code == 2
    assert run("rank", out, "-c", mini, "--json").exit_code in (0, 1)


@pytest.mark.slow
def test_through_the_installed_script(books: tuple[Path, Path], mini: Path, tmp_path: Path):
    done = script("panel", "fill", *books, "-c", mini, "-o", tmp_path / "out.xlsx")
    assert done.returncode == 0, done.stderr
