"""What a mapping file gave: values and grades that no cell states as such, with rule and cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pilotscore.document import Block, Column, Fact, Gap, Sheet, Table, heading
from pilotscore.language import LISTED, NOTHING, Text, Words, join
from pilotscore.runs.outcome import Outcome
from pilotscore.wording import words
from pilotscore.workbook import MANNERS, Given

_HEADING = Text("‡ 按映射文件", "‡ as the mapping file says")
_VALUE, _GRADE = Text("值", "value"), Text("证据", "evidence")
_OF_GRADE = Text("{title}（{what}）", "{title} ({what})")
_SAID = Text("{manner}：{rule}{detail}{cells}", "{manner}: {rule}{detail}{cells}")
_DETAIL = Text("；{detail}", "; {detail}")
_CELLS = Text("（{cells}）", " ({cells})")
_SHEET = Text("映射文件所给", "Given by the mapping")


def of_result(outcome: Outcome, i: int) -> list[tuple[str, Text, Text, Given]]:
    """Return what was given of a result: id and title of what, whether its value or its grade."""
    m = outcome.assessment.measurements
    given = []
    for quantity in outcome.criteria.quantities:
        if (of_value := m.given_value(i, quantity.id)) is not None:
            given.append((quantity.id, quantity.title, _VALUE, of_value))
        if (of_grade := m.given_grade(i, quantity.id)) is not None:
            given.append((quantity.id, quantity.title, _GRADE, of_grade))
    return given


def page(outcome: Outcome, i: int) -> Iterator[Block]:
    """Say what a mapping file gave of a result; nothing where it gave nothing."""
    given = of_result(outcome, i)
    if given:
        yield Gap()
        yield heading(_HEADING)
    for _, title, what, how in given:
        label = _OF_GRADE.of(title=title, what=what) if what is _GRADE else title
        yield Fact(label, said(how), 2)


def said(given: Given) -> Words:
    """Say how a value or grade came about: the rule, what it came to, and from which cells."""
    detail = _DETAIL.of(detail=given.detail) if given.detail is not None else NOTHING
    # What is derived names its cells beside their values.
    named = given.manner != "derived" and given.cells
    cells = _CELLS.of(cells=_cells(given)) if named else NOTHING
    manner = MANNERS[given.manner]
    return _SAID.of(manner=manner, rule=given.rule, detail=detail, cells=cells)


def _cells(given: Given) -> Words:
    return join((place.cell for place in given.cells), LISTED)


def records(outcome: Outcome, i: int) -> list[dict[str, Any]]:
    """Return what was given of a result under its keys."""
    return [
        {
            "id": name,
            "of": "evidence" if what is _GRADE else "value",
            "manner": given.manner,
            "rule": given.rule,
            "detail": given.detail,
            "cells": [str(place) for place in given.cells],
        }
        for name, _, what, given in of_result(outcome, i)
    ]


def sheets(outcome: Outcome) -> list[Sheet]:
    """Return a sheet with a row for each value or grade that was given; none without any."""
    if not outcome.submission.given:
        return []
    columns = (
        Column("id", words.ID, width=12),
        Column("indicator", words.INDICATOR, "wrap", 24),
        Column("of", Text("项目", "Of"), width=9),
        Column("manner", Text("方式", "How"), width=14),
        Column("rule", Text("映射文件所说", "What the mapping file says"), "wrap", 46),
        Column("detail", Text("由此", "From"), "wrap", 46),
        Column("cells", words.CELL, "wrap", 24),
    )
    ids = outcome.assessment.measurements.ids
    rows = [
        [ids[i], title, what, MANNERS[how.manner], how.rule, how.detail, _cells(how)]
        for i in outcome.ranking.order
        for _, title, what, how in of_result(outcome, i)
    ]
    return [Sheet(_SHEET, (Table(columns, rows),), freeze=2)]


# --------------------------------------------------------------------- what was understood

Notes = Iterable[tuple[str, Words, int]]
_NOTE = Text("{manner}：{rule}（{count} 处）", "{manner}: {rule} ({count} times)")


def notes(given: Notes) -> Iterator[Words]:
    """Say each rule that was used, and how often."""
    for manner, rule, count in given:
        yield _NOTE.of(manner=_MANNERS[manner], rule=rule, count=count)


_MANNERS: Mapping[str, Text] = {str(manner): text for manner, text in MANNERS.items()}


def notes_table(pages: Iterable[tuple[str, str | None, Notes]]) -> Table:
    """Return a row for each rule that was used, by file and sheet."""
    columns = (
        Column("file", words.FILE, width=24),
        Column("sheet", words.SHEET, width=14),
        Column("manner", Text("方式", "How"), width=14),
        Column("rule", Text("映射文件所说", "What the mapping file says"), "wrap", 46),
        Column("count", words.COUNT, "rank", 8),
    )
    rows = [
        [file, sheet, _MANNERS[manner], rule, count]
        for file, sheet, given in pages
        for manner, rule, count in given
    ]
    return Table(columns, rows)
