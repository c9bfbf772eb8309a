"""One result of a round: its indicators, and what other rounds say of it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from pilotscore.criteria.amounts import unit_of
from pilotscore.document import (
    Block,
    Column,
    Document,
    Fact,
    Gap,
    Listing,
    Row,
    Sheet,
    Slot,
    Table,
    heading,
)
from pilotscore.language import BLANK, DOT, LANGS, NOTHING, Text, join, same
from pilotscore.runs.follow import Seen
from pilotscore.runs.kept_rounds import StoredRound, short
from pilotscore.views.fund.phrases import DECISION
from pilotscore.views.one_round import (
    KEY,
    RESULTS,
    entry_record,
    grade_of,
    results_table,
    status_title,
)
from pilotscore.views.rounds import DAY, TITLE
from pilotscore.wording import words
from pilotscore.wording.figures import rounded

_HISTORY = Text("各轮", "In other rounds")
_INDICATOR = Text("指标", "Indicator")
_VALUE = Text("数值", "Value")
_SCORE = Text("得分", "Score")
_EVIDENCE = Text("证据", "Evidence")


def document_of_result(
    kept: StoredRound, i: int, version: str, history: Sequence[Seen] = ()
) -> Document:
    """Return the scores of one result of a round as a document.

    Parameters
    ----------
    kept, i
        The round, and the place of the result in it.
    version
        Of the program.
    history
        The rounds of the store in which the result stands.
    """
    table = _indicators_table(kept, i)
    title = join((kept.columns.ids[i], kept.columns.titles[i]), BLANK)
    return Document(
        same(" / ".join(dict.fromkeys(title.to(lang) for lang in LANGS))),
        version=version,
        as_of=kept.entry.as_of,
        page=lambda: _result_page(kept, i, table, history),
        sheets=lambda: [
            Sheet(RESULTS, (table,)),
            Sheet(_HISTORY, (_history_table(history),)),
        ],
        record=lambda: {
            "round": entry_record(kept.entry),
            "result": _one(kept, i),
            "indicators": table,
            "history": _history_table(history),
        },
        table=lambda: table,
    )


def _one(kept: StoredRound, i: int) -> dict[str, Any]:
    table = results_table(kept)
    row = next(r for r in table.rows if r[1] == kept.columns.ids[i])
    return dict(zip((c.key for c in table.columns), row, strict=True))


def _indicators_table(kept: StoredRound, i: int) -> Table:
    columns = (
        Column("indicator", _INDICATOR, width=22),
        Column("title", TITLE, width=28),
        Column("value", _VALUE, width=16),
        Column("score", _SCORE, "score", 8),
        Column("evidence", _EVIDENCE, width=16),
    )
    head = kept.columns.head
    rows: list[list[Any]] = []
    for item in head.indicators:
        column = kept.columns.indicators[item.id]
        value, code = float(column.values[i]), int(column.evidence[i])
        shown: Any = None if math.isnan(value) else value
        if shown is not None and item.words:
            shown = item.words[int(value)]
        evidence = head.evidence_grades[code].title if code >= 0 else None
        rows.append([item.id, item.title, shown, rounded(float(column.scores[i]), 6), evidence])
    return Table(columns, rows)


def _history_table(history: Sequence[Seen]) -> Table:
    columns = (
        Column("round", KEY, width=16),
        Column("as_of", DAY, width=12),
        Column("title", TITLE, "wrap", 36),
        Column("grade", words.GRADE, "centre", 8),
        Column("index", words.INDEX, "score", 9),
        Column("decision", DECISION, "centre", 14),
    )
    rows = []
    for seen in history:
        entry, decisions = seen.kept.entry, seen.kept.columns.decisions
        decided = None if decisions is None else status_title(decisions.statuses[seen.place])
        index = rounded(float(seen.kept.columns.index[seen.place]))
        grade = grade_of(seen.kept, seen.place)
        rows.append([entry.key, entry.as_of, entry.title, grade, index, decided])
    return Table(columns, rows)


def _history_page(history: Sequence[Seen]) -> Iterator[Block]:
    """Show the rounds in which a result stands, where there are several."""
    if len(history) < 2:
        return
    yield Gap()
    yield heading(_HISTORY)
    slots = (
        Slot(KEY, least=12, most=12),
        Slot(DAY, least=10, most=10),
        Slot(TITLE, least=12, rest=True),
        Slot(words.GRADE, least=5, most=5),
        Slot(words.INDEX, right=True, least=6, most=6),
        Slot(DECISION, most=14),
    )
    rows = []
    for key, day, title, grade, index, decided in _history_table(history).rows:
        scored = (grade or "—", "—" if index is None else f"{index:.1f}")
        cells = ((short(key), "dim"), (day, ""), (title, ""), *((x, "") for x in scored))
        rows.append(Row((*cells, (decided or NOTHING, ""))))
    yield Listing(slots, rows, ruled=True)


def _result_page(
    kept: StoredRound, i: int, table: Table, history: Sequence[Seen]
) -> Iterator[Block]:
    c, d = kept.columns, kept.columns.decisions
    yield heading(join((c.ids[i], c.titles[i], kept.entry.title, kept.entry.as_of), DOT))
    index = float(c.index[i])
    shown = "—" if math.isnan(index) else f"{index:.1f}"
    text = Text("{grade}，指数 {index}", "{grade}, index {index}")
    yield Fact(words.GRADE, text.of(grade=grade_of(kept, i) or "—", index=shown))
    unit = unit_of(kept.entry.unit)
    if d is not None and unit is not None:
        said = Text("{decision}（{award}）", "{decision} ({award})")
        award = unit.said(int(d.award[i]))
        decided = said.of(decision=status_title(d.statuses[i]), award=award)
        yield Fact(DECISION, decided)
    yield Gap()
    slots = (
        Slot(_INDICATOR, least=12, most=44, rest=True),
        Slot(_VALUE, right=True, most=26),
        Slot(_SCORE, right=True, least=6, most=6),
        Slot(_EVIDENCE, most=24, narrow=18),
    )
    yield Listing(slots, [_indicator_row(row) for row in table.rows], ruled=True)
    yield from _history_page(history)


def _indicator_row(row: Any) -> Row:
    _, title, value, score, evidence = row
    shown = f"{value:.6g}" if isinstance(value, float) else value if value is not None else "—"
    points = "—" if score is None else f"{score:.1f}"
    return Row(((title, ""), (shown, ""), (points, ""), (evidence or "", "dim")))
