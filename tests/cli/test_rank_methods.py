"""``rank --method`` as people run it."""

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
from pilotscore.criteria.decision_methods import METHODS
from tests.conftest import MakeBook, row


def rows() -> list[list]:
    return [row(id=f"P-{n}", trl=n, yield_rate=50 + 6 * n) for n in range(2, 9)]


def run(*args: str) -> Result:
    return CliRunner().invoke(main, args)


def script(*args: str) -> subprocess.CompletedProcess[str]:
    paths = sysconfig.get_path("scripts") + os.pathsep + os.environ["PATH"]
    return subprocess.run(
        ["pilotscore", *args],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
        env=os.environ | {"PATH": paths, "PYTHONUTF8": "1"},
    )


@pytest.mark.slow
def test_through_the_installed_script(book: MakeBook, mini: Path, tmp_path: Path):
    given = [a for name in ("topsis", "promethee_ii", "flowsort") for a in ("--method", name)]
    outputs = [
        a for ending in ("xlsx", "csv", "json", "md") for a in ("-o", str(tmp_path / f"o.{ending}"))
    ]
    done = script(
        "rank", str(book(*rows())), "-c", str(mini), *given, *outputs, "--top", "2", "--lang", "en"
    )
    assert done.returncode == 0, done.stderr
    assert "Places by decision method" in done.stdout
    assert "promethee_ii*" in done.stdout
    assert "Traceback" not in done.stderr
    data = json.loads((tmp_path / "o.json").read_text(encoding="utf-8"))
    assert data["agreement"]["orders"] == ["index", "topsis", "promethee_ii", "flowsort"]
    assert data["manifest"]["options"]["methods"] == "topsis, promethee_ii, flowsort"
    assert "| PROMETHEE II (batch-relative) |" in (tmp_path / "o.md").read_text(encoding="utf-8")
    heading = (tmp_path / "o.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert "PROMETHEE II rank" in heading


def test_a_wrong_name_ends_with_2_in_both_languages(book: MakeBook, mini: Path):
    path = str(book(*rows()))
    for lang, said in (("en", "did you mean vikor?"), ("zh", "是否指 vikor？")):
        result = run("rank", path, "-c", str(mini), "--method", "vikkor", "--lang", lang)
        assert result.exit_code == 2
        assert said in result.stderr


def test_a_method_that_cannot_be_computed_ends_with_2(book: MakeBook, mini: Path):
    for lang, said in (("en", "at least 2 results"), ("zh", "至少要 2 项")):
        result = run("rank", str(book(row())), "-c", str(mini), "--method", "edas", "--lang", lang)
        assert result.exit_code == 2
        assert said in result.stderr


@pytest.mark.slow
def test_what_takes_long_is_imported_only_where_it_is_needed(book: MakeBook, mini: Path):
    """Methods take two seconds; what reads sheets of rights waits for a workbook with one."""
    path = str(book(*rows()))
    code = (
        "import sys, pilotscore\n"
        "o = pilotscore.rank(sys.argv[1], sys.argv[2])\n"
        "assert 'skcriteria' not in sys.modules\n"
        "assert 'scipy' not in sys.modules\n"
        "assert 'pilotscore.workbook.rights.reader' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, path, str(mini)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_docs_name_every_method():
    page = (Path(__file__).parents[2] / "docs" / "criteria-files.md").read_text(encoding="utf-8")
    for name, known in METHODS.items():
        (line,) = [x for x in page.splitlines() if x.startswith(f"| `{name}` |")]
        for parameter, about in known.parameters.items():
            assert f"`{parameter}`" in line
            if not about.words:
                assert f"{about.default:g}" in line
        assert ("batch-relative" in line) == (known.absolute == "never")
        assert known.most is None or f"{known.most}" in line
