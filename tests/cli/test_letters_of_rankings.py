"""Letters of a round that was ranked alone: all but decisions, which it says it has none of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_commands import run
from tests.cli.test_letters import names, text_of
from tests.conftest import HEADERS, MINI, POLICY, row, write_book

TITLES = {"P-1": "p<0.05 & n>3", "P-2": "<b>Second</b>", "P-3": "Third process"}


@pytest.fixture(scope="module")
def ranked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a round that was ranked: P-3 is not assessable."""
    folder = tmp_path_factory.mktemp("ranked")
    (folder / "mini-policy.yaml").write_text(POLICY, encoding="utf-8")
    (folder / "mini.yaml").write_text(MINI, encoding="utf-8")
    trl = {"P-1": 9, "P-2": 8, "P-3": 11}
    rows = [row(id=name, title=TITLES[name], trl=level) for name, level in trl.items()]
    book = write_book(folder / "b.xlsx", {"成果": [HEADERS, *rows]})
    rules = ("-c", folder / "mini.yaml", "--as-of", "2026-11-23")
    assert run("rank", book, *rules, "--save", folder / "r.pilot").exit_code in (0, 1)
    return folder / "r.pilot"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "alone", "advice"),
    [
        ("zh", "这一轮只作排名", "未作资助决定；按政策的建议："),
        ("en", "nothing was decided in it", "none was taken; the policy recommends: "),
    ],
)
def test_it_has_all_kinds_but_decisions(ranked, tmp_path: Path, lang: str, alone: str, advice: str):
    done = run("letters", ranked, "-o", tmp_path, "--kind", "all", lang=lang)
    assert done.exit_code == 0, done.stderr
    assert alone in done.stderr
    each = [f"{kind}/P-{n}.docx" for kind in ("evaluation", "scorecard") for n in (1, 2, 3)]
    assert names(tmp_path) == sorted([*each, "return/P-3.docx", "public.docx", "meeting.docx"])
    report, listed = (text_of(tmp_path / n) for n in ("evaluation/P-1.docx", "public.docx"))
    assert advice in report
    assert TITLES["P-1"] in report
    assert TITLES["P-1"] in listed
    assert TITLES["P-2"] in listed
    assert TITLES["P-3"] not in listed  # it has no grade
    assert "CNY" not in listed
    assert "万元" not in listed
    assert TITLES["P-3"] in text_of(tmp_path / "meeting.docx")


def test_decisions_alone_are_refused_and_say_why(ranked, tmp_path: Path):
    done = run("letters", ranked, "-o", tmp_path / "out", "--kind", "decision")
    assert done.exit_code == 2
    assert "nothing was decided in it" in done.stderr
    assert "fund --save" in done.stderr
    assert not (tmp_path / "out").exists()
