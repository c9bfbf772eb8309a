"""A record as JSON: the keys stay, words are in one language."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from json.encoder import encode_basestring as _encoded
from math import isfinite
from pathlib import Path
from typing import Any

from pilotscore.document import Document, Lazily, Table
from pilotscore.language import Lang, in_lang

_STEP = "  "


def write_json(document: Document, path: Path, lang: Lang) -> None:
    """Write the record of a document."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_pieces(document.record(), lang))


def to_json(record: Mapping[str, Any], lang: Lang) -> str:
    """Return a record as JSON; tables in it become lists of records."""
    return "".join(_pieces(record, lang))


def _pieces(record: Mapping[str, Any], lang: Lang) -> Iterator[str]:
    """Yield a record as JSON piece by piece, so that long lists need not be there all at once."""
    mark = "{\n"
    for key, value in record.items():
        yield f"{mark}{_STEP}{_encoded(key)}: "
        if isinstance(value, Table):
            yield from _list(value.each_record(lang))
        elif isinstance(value, Lazily):
            yield from _list(plain(item, lang) for item in value)
        else:
            yield _indented(plain(value, lang), _STEP)
        mark = ",\n"
    yield "\n}\n" if record else "{}\n"


def _list(items: Iterable[Any]) -> Iterator[str]:
    mark = "[\n"
    for item in items:
        yield f"{mark}{_STEP * 2}{_indented(item, _STEP * 2)}"
        mark = ",\n"
    yield "[]" if mark == "[\n" else f"\n{_STEP}]"


def _indented(value: Any, before: str) -> str:
    """Return a plain value as JSON whose further lines stand as far in as its first.

    As :func:`json.dumps` indents, which does it in Python, piece by piece, in several times the
    time.
    """
    if isinstance(value, str):
        return _encoded(value)
    if isinstance(value, Mapping):
        inner = before + _STEP
        lines = [f"{inner}{_encoded(k)}: {_indented(v, inner)}" for k, v in value.items()]
        return "{\n" + ",\n".join(lines) + f"\n{before}}}" if lines else "{}"
    if isinstance(value, list | tuple):
        inner = before + _STEP
        lines = [inner + _indented(v, inner) for v in value]
        return "[\n" + ",\n".join(lines) + f"\n{before}]" if lines else "[]"
    return _NAMED[value] if value is None or value is True or value is False else _number(value)


_NAMED = {None: "null", True: "true", False: "false"}


def _number(value: Any) -> str:
    if isinstance(value, float) and isfinite(value):
        return float.__repr__(value)
    return json.dumps(value)


def plain(value: Any, lang: Lang) -> Any:
    """Return a value with its words in one language, and its tables as records."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Table):
        return value.records(lang)
    if isinstance(value, Mapping):
        return {k: plain(v, lang) for k, v in value.items()}
    if isinstance(value, list | tuple | Lazily):
        return [plain(v, lang) for v in value]
    return in_lang(value, lang)
