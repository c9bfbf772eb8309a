"""A record as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotscore.document import Column, Document, Lazily, Table
from pilotscore.language import Text
from pilotscore.render.json import to_json, write_json


def test_words_are_in_one_language_and_keys_in_none(small: Document):
    record = {k: v for k, v in small.record().items() if k != "table"}
    assert json.loads(to_json(record, "zh")) == {"said": "成果", "n": 1, "list": ["成果", None]}
    assert json.loads(to_json(record, "en")) == {"said": "Result", "n": 1, "list": ["Result", None]}


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.slow
@given(st.dictionaries(st.text(), VALUES, max_size=4))
def test_a_record_is_written_as_json_writes_it_whole(record: dict[str, object]):
    whole = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    assert to_json(record, "en") == whole
    lists = {k: Lazily(v, lambda x: x) if isinstance(v, list) else v for k, v in record.items()}
    assert to_json(lists, "en") == whole
    inside = {"all": lists, "none": Lazily([], lambda x: x)}
    again = json.dumps({"all": record, "none": []}, ensure_ascii=False, indent=2) + "\n"
    assert to_json(inside, "en") == again


def test_what_is_made_lazily_is_made_when_it_is_asked_for():
    made: list[int] = []
    rows = Lazily([1, 2, 3], lambda x: made.append(x) or [x])
    table = Table((Column("n", Text("数", "n")),), rows)
    assert (len(rows), made) == (3, [])
    assert rows[2] == [3]
    assert list(rows[:2]) == [[1], [2]]
    assert made == [3, 1, 2]
    assert table.records("en") == [{"n": 1}, {"n": 2}, {"n": 3}]


def test_a_table_is_a_list_of_its_rows(small: Document, tmp_path: Path):
    write_json(small, tmp_path / "a.json", "en")
    first = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["table"][0]
    assert first == {"title": "a name", "grade": "A", "share": 0.256, "sum": 1234.5, "index": 71.04}
