"""A record as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from pilotscore.document import Document
from pilotscore.render.json import to_json, write_json


def test_words_are_in_one_language_and_keys_in_none(small: Document):
    record = {k: v for k, v in small.record().items() if k != "table"}
    assert json.loads(to_json(record, "zh")) == {"said": "成果", "n": 1, "list": ["成果", None]}
    assert json.loads(to_json(record, "en")) == {"said": "Result", "n": 1, "list": ["Result", None]}


def test_a_table_is_a_list_of_its_rows(small: Document, tmp_path: Path):
    write_json(small, tmp_path / "a.json", "en")
    first = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["table"][0]
    assert first == {"title": "a name", "grade": "A", "share": 0.256, "sum": 1234.5, "index": 71.04}
