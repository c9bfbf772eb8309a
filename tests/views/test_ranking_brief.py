"""The one line of a result of the ranking, and what is said once under the list."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from pilotscore.index import deciding_reasons
from pilotscore.language import LANGS, Lang
from pilotscore.runs.outcome import Outcome
from pilotscore.views.ranking import list_page
from tests.views.conftest import OnScreen


def lines_of(page: str) -> list[list[str]]:
    """Return the lines of each result: from its rank to the next."""
    body = page.split("─\n")[1].split("\n\n")[0].splitlines()
    starts = [n for n, line in enumerate(body) if re.match(r" *(=?\d+|—) P-", line)]
    return [body[a:b] for a, b in zip(starts, [*starts[1:], len(body)], strict=True)]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [60, 80, 100])
def test_a_result_takes_two_lines(outcome: Outcome, on_screen: OnScreen, width: int, lang: Lang):
    page = on_screen(list_page(outcome), width, lang)
    results = lines_of(page)
    assert [len(lines) for lines in results] == [2] * len(outcome.assessment)
    assert max(cell_len(line) for lines in results for line in lines) <= width


@pytest.mark.parametrize("lang", LANGS)
def test_every_mark_of_a_row_is_said_under_the_list_once(
    outcome: Outcome, on_screen: OnScreen, lang: Lang
):
    page = on_screen(list_page(outcome), 80, lang)
    rows = "\n".join(line for lines in lines_of(page) for line in lines)
    notes = re.findall(r"(?m)^  (\[\d+\]) ", page)
    assert notes == [f"[{n}]" for n in range(1, len(notes) + 1)]
    assert set(re.findall(r"\[\d+\]", rows)) == set(notes)


def test_all_that_a_result_is_short_of_is_named(outcome: Outcome, on_screen: OnScreen):
    page = " ".join(on_screen(list_page(outcome), 120, "en").split())
    off = [
        r.shortfall
        for i in range(len(outcome.assessment))
        for r in deciding_reasons(outcome.assessment, i)
        if r.shortfall is not None
    ]
    assert off
    for x in off:
        assert f"{x.title.en} {x.shown} {x.sign} {x.wanted}" in page


def test_in_full_each_says_its_own(outcome: Outcome, on_screen: OnScreen):
    page = on_screen(list_page(outcome, in_full=True), 80, "en")
    assert page.count("  Advice  ") == len(outcome.assessment)
    assert "[1]" not in page
