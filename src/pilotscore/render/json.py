"""A record as JSON: the keys stay, words are in one language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pilotscore.document import Document, Table
from pilotscore.language import Lang, in_lang


def write_json(document: Document, path: Path, lang: Lang) -> None:
    """Write the record of a document."""
    path.write_bytes(to_json(document.record(), lang).encode())


def to_json(record: Mapping[str, Any], lang: Lang) -> str:
    """Return a record as JSON; tables in it become lists of records."""
    return json.dumps(plain(record, lang), ensure_ascii=False, indent=2) + "\n"


def plain(value: Any, lang: Lang) -> Any:
    """Return a value with its words in one language, and its tables as records."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Table):
        return value.records(lang)
    if isinstance(value, Mapping):
        return {k: plain(v, lang) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain(v, lang) for v in value]
    return in_lang(value, lang)
