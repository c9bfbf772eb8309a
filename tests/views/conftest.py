"""What the tests of views share: a run with something of everything, and a screen."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from rich.console import Console

import pilotscore
from pilotscore.document import Block
from pilotscore.language import Lang
from pilotscore.render.terminal import print_page
from pilotscore.runs.outcome import Outcome
from tests.conftest import AS_OF, HEADERS, row, write_book

OnScreen = Callable[[Iterable[Block], int, Lang], str]


@pytest.fixture
def outcome(tmp_path: Path, mini: Path, monkeypatch: pytest.MonkeyPatch) -> Outcome:
    monkeypatch.chdir(tmp_path)  # so that places do not show where the test ran
    rows = [
        row(),
        row(
            id="P-2",
            title="一种名称非常非常长的连续流微通道硝化反应工艺及其成套装备的中试放大研究",
            trl=6,
            yield_rate="96%",
        ),
        row(id="P-3", trl="坏"),
        row(id="P-4", title="CO2 to methanol", disputed="是", run_hours="未测"),
        row(id="P-5", fraud="是"),
        row(id="P-6", mode="间歇", run_hours="不适用：间歇工艺", trl_evidence=""),
        row(id="P-7"),
    ]
    write_book(Path("book.xlsx"), {"成果": [HEADERS, *rows]})
    return pilotscore.rank("book.xlsx", "mini.yaml", as_of=AS_OF)


@pytest.fixture
def on_screen() -> OnScreen:
    """Return what prints a page at a width, piped."""

    def shown(page: Iterable[Block], width: int, lang: Lang) -> str:
        stream = io.StringIO()
        console = Console(file=stream, width=width, highlight=False, markup=False, emoji=False)
        print_page(page, console, lang)
        return stream.getvalue()

    return shown
