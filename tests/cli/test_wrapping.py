from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.cli.wrapping import cells, wrapped
from tests.cli.test_commands import run

TEXTS = st.text(st.sampled_from("ab -，。（）“”中文宽字符é"), max_size=60)


@pytest.mark.slow
@given(TEXTS, st.integers(8, 40))
def test_lines_fit_and_nothing_is_lost(text: str, width: int):
    text = re.sub(r"\s+(?=[，。）”])", "", text)  # nobody writes a blank before such a mark
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert cells(line) <= width or " " not in line  # a word with its marks, longer than a line
        assert not line.startswith(("，", "。", "）", "”")) or line == lines[0]


def test_words_stay_whole_and_wide_text_breaks_anywhere():
    assert wrapped("one two three", 8) == ["one two", "three"]
    assert wrapped("中文可以在任何地方换行", 8) == ["中文可以", "在任何地", "方换行"]
    assert wrapped("读取 workbook，然后", 13) == ["读取", "workbook，然", "后"]
    assert wrapped("", 8) == [""]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("args", [("rank",), ("weights",), ("robustness",), ()], ids=str)
def test_help_fits_the_terminal(args: tuple[str, ...], width: int, lang: str):
    done = run(*args, "-h", lang=lang, COLUMNS=str(width))
    assert done.exit_code == 0
    examples = ("pilotscore ",)  # a command line is never broken
    long = [
        x
        for x in done.stdout.splitlines()
        if cells(x) > width and not x.strip().startswith(examples)
    ]
    assert long == []
