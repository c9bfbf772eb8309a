"""What is due as tables and records."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np

from pilotscore.language import NOTHING, Text, in_lang
from pilotscore.render.json import plain
from pilotscore.runs.ahead import ahead, last_days
from pilotscore.views import due_table
from pilotscore.views.due_table import COLUMNS, DueRows, records_of, table_ahead
from tests.runs.test_ahead import DAY, RULES
from tests.views.test_due import STATES, some


def test_a_table_and_a_record_have_days_in_iso_form():
    rows = some()
    table = table_ahead(ahead(rows, DAY))
    assert all(len(row) == len(COLUMNS) for row in table.rows)
    for record in records_of(rows, last_days(rows, DAY)):
        for name in ("due", "trigger", "raw", "moved", "grace", "restorable"):
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", record[name])
        assert record["done"] is None
    states = [plain(r, "zh")["state"] for r in records_of(rows, last_days(rows, DAY))]
    assert states == [s.name.lower() for s in STATES]  # keys stay in every language


def test_rows_are_the_same_one_by_one_in_parts_and_as_a_whole(monkeypatch):
    monkeypatch.setattr(due_table, "_CHUNK", 4)
    rows = some()
    listed = DueRows(rows, last_days(rows, DAY))
    whole = list(listed)
    assert len(whole) == len(listed) == len(STATES)
    assert [listed[i] for i in range(len(listed))] == whole
    assert listed[-1] == whole[-1]
    assert list(listed[2:5]) == whole[2:5]


def test_a_row_says_what_its_record_says():
    rules = (replace(RULES[0], term=True), replace(RULES[1], option=True, as_of="2026-11-30"))
    n = len(STATES)
    rows = some(
        unconfirmed=np.arange(n) % 2 == 0,
        grace_unconfirmed=np.arange(n) % 3 == 0,
        restorable_unconfirmed=np.arange(n) % 4 == 1,
        rule=np.arange(n) % 2,
        part=np.arange(n),
        surcharge=np.where(np.arange(n) % 3, 5.0, np.nan),
        waiting=(NOTHING, Text("待", "waits")),
        waits=np.arange(n) % 2,
    )
    rows = replace(rows, rules=rules)
    act = last_days(rows, DAY)
    for due, row, record in zip(rows, DueRows(rows, act), records_of(rows, act), strict=True):
        shown = dict(zip((c.key for c in COLUMNS), row, strict=True))
        assert (shown.pop("state"), record.pop("state")) == (
            due.state_title,
            due.state.name.lower(),
        )
        open_ = {
            name: record.pop(key)
            for name, key in (
                ("due", "unconfirmed"),
                ("window to", "grace_unconfirmed"),
                ("restorable to", "restorable_unconfirmed"),
            )
        }
        said = ", ".join(name for name, is_open in open_.items() if is_open)
        assert (in_words(shown.pop("unconfirmed")) or "") == said
        assert in_words(shown.pop("status")) == record.pop("status")
        extra = {name: record.pop(name) for name in ("term", "option", "part")}
        assert extra == {"term": due.rule.term, "option": due.rule.option, "part": due.part or None}
        assert {k: in_words(v) for k, v in shown.items()} == {
            k: in_words(v) for k, v in record.items()
        }


def in_words(value: Any) -> Any:
    return in_lang(value, "en")
