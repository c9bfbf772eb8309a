"""An appeal: the corrections that were upheld, and what they moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pilotscore.document import Block, Column, Document, Fact, Gap, Sheet, Table, heading
from pilotscore.language import Text
from pilotscore.runs.round_comparison import RoundComparison
from pilotscore.views.round_comparison import changes_page, moved_page, record, summary
from pilotscore.views.round_comparison import document as compared
from pilotscore.wording import words
from pilotscore.workbook.results.corrected import Correction

_TITLE = Text("申诉：{old} 的更正与结果", "Appeal: corrections of {old}, and what came of them")
_LINE = Text(
    "{id} {item}（{cell}）：{old} → {new}；{who}：{why}（{date}）",
    "{id} {item} ({cell}): {old} → {new}; {who}: {why} ({date})",
)
_STANDS = Text(
    "原抽签有效，未更正者不重抽；新入讨论区的按同一密钥得到自己的签",
    "the draw stands, and nobody who was not corrected is drawn anew; who comes into the zone gets "
    "a lot of its own from the same key",
)
_BLANK = "—"


def document(
    comparison: RoundComparison, corrections: Sequence[Correction], top: int = 20
) -> Document:
    """Return an appeal as a document: only what was corrected, and what moved."""
    title = _TITLE.of(old=comparison.old.name)
    plain = compared(comparison, top)
    return replace(
        plain,
        title=title,
        page=lambda: _page(comparison, corrections, top),
        sheets=lambda: [
            plain.sheets()[0],
            Sheet(Text("更正", "Corrections"), (corrections_table(corrections),)),
            *plain.sheets()[1:],
        ],
        record=lambda: {**record(comparison), "corrections": [c.to_dict() for c in corrections]},
    )


def _page(
    comparison: RoundComparison, corrections: Sequence[Correction], top: int
) -> Iterator[Block]:
    yield heading(_TITLE.of(old=comparison.old.name))
    for c in corrections:
        yield Fact("•", _LINE.of(**_of(c)), 2)
    if comparison.new.step.standing is not None:
        yield Fact("", _STANDS, 2, "magenta")
    yield Gap()
    if comparison.moved:  # by numbers, to which the causes refer
        yield from changes_page(comparison.changes, comparison.undecidable)
        yield Gap()
    yield Fact("", summary(comparison))
    yield from moved_page(comparison, top)


def _of(c: Correction) -> dict[str, Any]:
    place = f"{c.place.sheet}!{c.place.cell}"
    values = {"old": c.old or _BLANK, "new": c.new or _BLANK}
    of = {"id": c.row.result, "item": c.row.item, "cell": place, "date": c.row.day}
    return {**of, **values, "who": c.row.who, "why": c.row.why}


def corrections_table(corrections: Sequence[Correction]) -> Table:
    """Return the corrections, a row for each."""
    columns = (
        Column("id", words.ID, width=12),
        Column("item", Text("项目", "Item"), width=28),
        Column("cell", Text("单元格", "Cell"), width=16),
        Column("old", Text("原值", "Old"), width=14),
        Column("new", Text("新值", "New"), width=14),
        Column("who", Text("更正人", "Who"), width=14),
        Column("why", Text("理由", "Why"), "wrap", 44),
        Column("date", Text("日期", "Date"), width=12),
    )
    return Table(columns, [[_of(c)[column.key] for column in columns] for c in corrections])
