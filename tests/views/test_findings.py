from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console
from syrupy.assertion import SnapshotAssertion

from pilotscore.findings import all_kinds
from pilotscore.language import Lang, Text
from pilotscore.render.plain_text import page_text
from pilotscore.render.terminal import print_page
from pilotscore.runs import assess as assess_run
from pilotscore.runs.checked import Checked
from pilotscore.runs.outcome import Outcome
from pilotscore.views.findings import document, explanation, page
from pilotscore.wording.words import wording
from tests.conftest import AS_OF, HEADERS, row, write_book
from tests.views.conftest import OnScreen


@pytest.fixture
def checked(tmp_path: Path, mini: Path, monkeypatch: pytest.MonkeyPatch) -> Checked:
    monkeypatch.chdir(tmp_path)  # so that places do not show where the test ran
    rows = [
        row(),
        row(
            id="P-2",
            trl="一段写得太长而且完全不是等级的说明文字，因此不能读作数值，只能告知填表人改正",
        ),
        row(id="P-3", trl=11, hazard="差不多"),
        row(id="P-3", run_hours="-"),
        row(id="", permit="也许", trl=""),
    ]
    write_book(Path("申报.xlsx"), {"成果": [["申报表"], HEADERS, *rows]})
    return assess_run.check("申报.xlsx", "mini.yaml", as_of=AS_OF)


def findings_alone(checked: Checked) -> Checked:
    """Leave out what was understood, whose columns are fitted to the screen."""
    return replace(checked, pages=())


def text_of(checked: Checked, lang: Lang) -> str:
    return page_text(document(checked).page(), lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_text(checked: Checked, snapshot: SnapshotAssertion, lang: Lang):
    assert text_of(checked, lang) == snapshot


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_on_a_terminal_lines_are_wrapped_under_themselves(checked: Checked, lang: Lang):
    console = Console(
        file=io.StringIO(),
        width=80,
        force_terminal=True,
        color_system=None,
        highlight=False,
        markup=False,
        emoji=False,
    )
    print_page(document(checked).page(), console, lang)
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert max(cell_len(line) for line in shown.splitlines()) <= 80
    shown = shown[shown.index("申报.xlsx [成果]!") :]
    assert any(line.startswith("    ") for line in shown.splitlines())

    def words(text: str) -> str:
        return "".join(text.split())

    assert words(shown) == words(text_of(findings_alone(checked), lang))


def test_piped_output_has_a_line_for_each_place(checked: Checked):
    console = Console(file=io.StringIO(), width=40)
    print_page(document(findings_alone(checked)).page(), console, "en")
    assert console.file.getvalue() == text_of(findings_alone(checked), "en")  # type: ignore[attr-defined]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_findings(outcome: Outcome, snapshot: SnapshotAssertion, on_screen: OnScreen, lang: Lang):
    assert on_screen(page(outcome.findings), 100, lang) == snapshot


def test_alike_findings_stand_for_each_other(outcome: Outcome, on_screen: OnScreen):
    alike = [f for f in outcome.findings if f.code == "V401"] * 5
    shown = on_screen(page(alike, most=3), 200, "en")
    assert "(and 4 more in this column)" in shown
    assert "5 errors" in shown


def test_nothing_found(checked: Checked):
    nothing = Checked((), checked.manifest)
    assert text_of(nothing, "zh") == "没有发现问题\n"
    assert text_of(nothing, "en") == "no findings\n"


def test_kinds_are_counted_the_gravest_and_most_frequent_first(checked: Checked):
    order = [(k.severity, -n) for k, n in checked.by_kind()]
    rank = {"error": 0, "warning": 1, "info": 2}
    assert order == sorted(order, key=lambda x: (rank[x[0]], x[1]))
    assert sum(n for _, n in checked.by_kind()) == len(checked.findings)


def test_every_code_is_explained_in_both_languages():
    kinds = all_kinds()
    for code, kind in kinds.items():
        assert 15 <= len(kind.why.zh) <= 220, code
        assert 40 <= len(kind.why.en) <= 520, code
        assert kind.why.zh.endswith("。"), code
        assert kind.why.en.endswith("."), code
        for lang in ("zh", "en"):
            assert kind.why.to(lang) in [line.to(lang) for line in explanation(kind)]


def test_the_wording_of_a_kind_leaves_out_what_is_filled_in():
    kinds = all_kinds()
    assert wording(kinds["V404"].found).en == "… may mean …% or …%"
    text = Text("{{键: 值}}，如 {near}", "{{key: value}}, such as {near}")
    assert wording(text).en == "{key: value}, such as …"
