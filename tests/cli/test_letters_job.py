"""Reports with what was given beside their round: opinions of experts, payments and milestones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pilotscore.render import pictures
from tests.cli.test_commands import run
from tests.cli.test_fund import CALL
from tests.cli.test_letters import names, text_of
from tests.conftest import HEADERS, MINI, POLICY, row, to_yaml, write_book

MARKS = ("p<0.05 & n>3", "<b>好</b>", "{{ x }}", "=1+1")
LEVELS = [
    {
        "id": "all",
        "title": {"zh": "全额", "en": "full"},
        "share": "100%",
        "milestones": [
            {"share": "60%", "months": 1, "shows": {"zh": "签订任务书", "en": "contract signed"}},
            {"share": "40%", "months": 12, "shows": {"zh": "连续运行", "en": "a long run"}},
        ],
    }
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a round, the store that has it, and the score sheet of a panel."""
    place = tmp_path_factory.mktemp("beside")
    (place / "mini-policy.yaml").write_text(POLICY, encoding="utf-8")
    (place / "mini.yaml").write_text(MINI, encoding="utf-8")
    rows = [[*row(id=f"P-{n}", title=f"成果{n}号", trl=9), 30, 1000] for n in (1, 2)]
    book = write_book(place / "b.xlsx", {"成果": [[*HEADERS, "申请金额", "中试成本"], *rows]})
    (place / "call.yaml").write_text(to_yaml({**CALL, "levels": LEVELS}), encoding="utf-8")
    given = ("--call", place / "call.yaml", "-c", place / "mini.yaml", "--as-of", "2026-11-23")
    done = run("fund", book, *given, "--save", place / "r.pilot", "--store", place / "s")
    assert done.exit_code in (0, 1), done.stderr
    said = [("P-1", f"专家第{n}人", 70 + n, mark) for n, mark in enumerate(MARKS)]
    said += [("P-1", "张三丰", 80, "同意"), ("P-2", "张三丰", 60, "不如 P-1")]
    said += [("P-2", "李四光", 60, "李四光认为可行")]
    sheet = [["成果编号", "专家", "评分", "评语"], *said]
    write_book(place / "scores.xlsx", {"评分": sheet})
    return place


def letters(folder: Path, out: Path, *args: Any, lang: str = "en") -> Any:
    return run("letters", folder / "r.pilot", "-o", out, "--kind", "evaluation", *args, lang=lang)


@pytest.mark.slow
def test_a_report_has_opinions_as_they_were_written_and_no_name(folder, tmp_path: Path):
    done = letters(folder, tmp_path, "--panel", folder / "scores.xlsx")
    assert done.exit_code == 0, done.stderr
    first, second = (text_of(tmp_path / "evaluation" / f"P-{n}.docx") for n in (1, 2))
    for mark in MARKS:
        assert f"overall | {mark}" in first
    assert "overall | 同意" in first
    for text in (first, second):
        assert not [name for name in ("张三丰", "李四光", "专家第") if name in text]
    assert "P-1" not in second
    assert "not shown: 2" in second  # one names another applicant, one an expert


@pytest.mark.slow
@pytest.mark.parametrize(
    ("day", "lang", "line"),
    [
        ("2026-12-01", "en", "1 | 0.18 M CNY | 2026-12-23 | contract signed | not due yet"),
        ("2027-01-05", "zh", "1 | 18 万元 | 2026-12-23 | 签订任务书 | 逾期"),
    ],
)
def test_a_report_says_where_payments_stand(folder, tmp_path: Path, day: str, lang: str, line: str):
    args = ("--store", folder / "s", "--as-of", day, "--only", "P-1")
    done = letters(folder, tmp_path, *args, lang=lang)
    assert done.exit_code == 0, done.stderr
    assert line in text_of(tmp_path / "evaluation" / "P-1.docx")


@pytest.mark.slow
def test_reports_with_other_opinions_are_not_mixed(folder, tmp_path: Path):
    assert letters(folder, tmp_path, "--only", "P-1").exit_code == 0
    other = letters(folder, tmp_path, "--panel", folder / "scores.xlsx")
    assert (other.exit_code, "opinions or follow-up" in other.stderr) == (2, True)
    assert names(tmp_path) == ["evaluation/P-1.docx"]


def test_a_day_without_a_store_is_refused(folder, tmp_path: Path):
    done = letters(folder, tmp_path / "out", "--as-of", "2027-01-05")
    assert (done.exit_code, "--store" in done.stderr) == (2, True)
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "words"), [("zh", "本机没有中文字体"), ("en", "no Chinese font")])
@pytest.mark.parametrize("font", [None, "Noto Sans CJK SC"])
def test_a_machine_without_a_chinese_font_is_told_of(
    folder, tmp_path: Path, monkeypatch, font: str | None, lang: str, words: str
):
    monkeypatch.setattr(pictures, "chinese_font", lambda: font)
    args = ("letters", folder / "r.pilot", "-o", tmp_path, "--kind", "public")
    done = run(*args, lang=lang)
    assert done.exit_code == 0, done.stderr
    assert (words in done.stderr) == (font is None)


@pytest.mark.parametrize("given", [("--panel", "scores.xlsx"), ("--store", "s")])
def test_what_no_letter_has_room_for_is_refused(folder, tmp_path: Path, given: tuple[str, str]):
    name, file = given
    args = ("letters", folder / "r.pilot", "-o", tmp_path / "out", "--kind", "decision")
    done = run(*args, name, folder / file)
    assert (done.exit_code, "--kind evaluation" in done.stderr) == (2, True)
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_score_sheets_without_an_opinion_on_the_round_are_told_of(folder, tmp_path: Path):
    sheet = [
        ["成果编号", "专家", "评分", "评语"],
        ["X-9", "张三丰", 80, "好"],
        ["P-1", "李四光", 70, ""],
    ]
    book = write_book(tmp_path / "other.xlsx", {"评分": sheet})
    done = letters(folder, tmp_path / "out", "--only", "P-1", "--panel", book)
    assert done.exit_code == 0, done.stderr
    assert "no opinion on any result of this round" in done.stderr
