"""What a saved round says of one result, or of all: read from its record, nothing decided anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pilotscore.document import Block, Column, Document, Fact, Gap, Sheet, Table, heading
from pilotscore.language import LINES, Text, Words, join, same
from pilotscore.runs.outcome import digest_of
from pilotscore.wording import words

_COLUMNS = (
    Column("rank", words.RANK, "rank", 6),
    Column("id", words.ID, width=12),
    Column("title", words.TITLE, "wrap", 28),
    Column("grade", words.GRADE, "centre", 7),
    Column("index", words.INDEX, "score", 8),
    Column("decision", Text("决定", "Decision"), "centre", 11),
    Column("award", Text("资助", "Award"), "amount", 11),
    Column("chance", Text("获资助概率", "Chance"), "share", 9),
    Column("reason", Text("理由", "Reason"), "wrap", 56),
    Column("conditions", Text("条件与建议", "Conditions and advice"), "wrap", 44),
    Column("change", Text("如何改变", "What would change it"), "wrap", 56),
)
_SHEET = Text("逐项说明", "Explanations")


def document_of_result(record: Mapping[str, Any], name: str) -> Document:
    """Return what a round says of one of its results."""
    row = next(r for r in record["decisions"] if r["id"] == name)
    grounds = next(g for g in record["grounds"] if g["id"] == name)
    manifest = record["manifest"]
    return Document(
        same(f"{record['call']['title']} {record['call']['version']} · {name}"),
        version=manifest["pilotscore"],
        as_of=manifest["as_of"],
        digest=digest_of(manifest),
        page=lambda: _page(record, row),
        sheets=lambda: [Sheet(_SHEET, (_facts(row),))],
        record=lambda: {
            "call": record["call"],
            "unit": record["unit"],
            "result": row,
            "grounds": grounds,
            "manifest": manifest,
        },
    )


def _facts(row: Mapping[str, Any]) -> Table:
    """Return what there is of a result, a line each."""
    columns = (
        Column("name", Text("项", "name"), width=24),
        Column("value", Text("值", "value"), "wrap", 100),
    )
    rows = [[c.heading, row.get(c.key)] for c in _COLUMNS if row.get(c.key) is not None]
    return Table(columns, rows)


def _page(record: Mapping[str, Any], row: Mapping[str, Any]) -> Iterator[Block]:
    call = record["call"]
    yield heading(same(f"{call['title']} {call['version']} · {record['manifest']['as_of']}"))
    yield Fact(same(row["id"]), _text(row["title"]))
    if row["grade"] is not None and row["index"] is not None:
        text = Text("{grade}，指数 {index:.1f}", "{grade}, index {index:.1f}")
        yield Fact(words.GRADE, text.of(grade=row["grade"], index=row["index"]))
    yield Gap()
    award = f"{row['award']:,g} {record['unit']}" if row["award"] else "—"
    said = Text("{decision}（{award}）", "{decision} ({award})")
    yield Fact(
        Text("资助决定", "decision"), said.of(decision=row["decision"], award=award), style="bold"
    )
    yield Fact(Text("理由", "reason"), _text(row["reason"]))
    if row["chance"] is not None:
        yield Fact(Text("获资助概率", "chance of funding"), f"{row['chance']:.0%}")
    for label, key in ((_CONDITIONS, "conditions"), (_CHANGE, "change")):
        for line in (row[key] or "").splitlines():
            yield Fact(label, line)


_CONDITIONS = Text("条件与建议", "conditions and advice")
_CHANGE = Text("如何改变", "what would change it")


def _text(value: Any) -> Words:
    return join([same(part) for part in str(value or "—").splitlines()], LINES)


def document_of_all(record: Mapping[str, Any]) -> Document:
    """Return what a round says of every result, as one table."""
    rows = [[row.get(column.key) for column in _COLUMNS] for row in record["decisions"]]
    manifest, call = record["manifest"], record["call"]

    def table() -> Table:
        return Table(_COLUMNS, rows)

    return Document(
        same(f"{call['title']} {call['version']}"),
        version=manifest["pilotscore"],
        as_of=manifest["as_of"],
        digest=digest_of(manifest),
        sheets=lambda: [Sheet(_SHEET, (table(),), freeze=2)],
        record=lambda: {
            "call": call,
            "unit": record["unit"],
            "results": record["decisions"],
            "grounds": record["grounds"],
            "manifest": manifest,
        },
        table=table,
    )
