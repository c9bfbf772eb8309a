"""What is wrong with the structure of a file of rules: what pydantic finds, in the file's words."""

from __future__ import annotations

import re
import typing
from typing import Any

from pydantic import BaseModel, ValidationError

from pilotscore.criteria import kinds
from pilotscore.criteria.checks.fault import Fault, fault, out_of_bounds
from pilotscore.criteria.places import DataPath
from pilotscore.language import Text, Words, nearest, same

_A_NUMBER, _A_WHOLE_NUMBER = Text("数值", "a number"), Text("整数", "a whole number")
_TRUE_OR_FALSE = Text("true 或 false", "true or false")
_A_LIST = Text("列表，如 [a, b]", "a list such as [a, b]")
_KEYS = Text("键值结构", "keys and values")
_WANTED = {
    "string_type": Text("文字", "a text"),
    "float_type": _A_NUMBER,
    "float_parsing": _A_NUMBER,
    "int_type": _A_WHOLE_NUMBER,
    "int_parsing": _A_WHOLE_NUMBER,
    "int_from_float": _A_WHOLE_NUMBER,
    "bool_type": _TRUE_OR_FALSE,
    "bool_parsing": _TRUE_OR_FALSE,
    "tuple_type": _A_LIST,
    "list_type": _A_LIST,
    "money": Text(
        "金额与单位，如 5000万元；配额也可写 30%",
        "an amount with its unit, such as 5000万元; of a quota 30% too",
    ),
    "iso_day": Text("日期，如 2026-01-04", "a date such as 2026-01-04"),
    "share": Text(
        "0% 至 100% 的比例，如 30% 或 0.3", "a share from 0% to 100%, such as 30% or 0.3"
    ),
    "dict_type": _KEYS,
    "model_type": _KEYS,
    "dataclass_type": Text("{zh: 中文, en: 英文}", "{zh: Chinese, en: English}"),
    "string_pattern_mismatch": Text(
        "以字母开头，只含字母、数字、下划线", "a letter first, then letters, digits, underscores"
    ),
}
_LIMITS = {
    "greater_than": Text("大于 {gt:.10g}", "more than {gt:.10g}"),
    "greater_than_equal": Text("不小于 {ge:.10g}", "at least {ge:.10g}"),
    "less_than": Text("小于 {lt:.10g}", "less than {lt:.10g}"),
    "less_than_equal": Text("不大于 {le:.10g}", "at most {le:.10g}"),
    "too_short": Text("至少 {min_length} 项", "at least {min_length}"),
    "too_long": Text("至多 {max_length} 项", "at most {max_length}"),
    "string_too_short": Text("非空文字", "a text that is not empty"),
    "string_too_long": Text("至多 {max_length} 个字符", "at most {max_length} characters"),
    "literal_error": Text("{expected} 之一", "one of {expected}"),
    "finite_number": Text("有限的数值", "a finite number"),
}
_MISSING = ("missing", "missing_argument")
_UNKNOWN = ("extra_forbidden", "unexpected_keyword_argument")
# Inside a text, where a comma without quotes begins a new key.
_LANGUAGES = Text("zh、en（含逗号的文字要加引号）", "zh, en (a text with a comma needs quotes)")
_NEAR_OR = Text("{near}，或{wanted}", "{near}, or {wanted}")
_MOST_SHOWN = 60
_MOST_KEYS = 6
_MANY_WORDS = 8


def structure_faults(model: type[BaseModel], error: ValidationError) -> list[Fault]:
    """Return the faults of data that are not a model's."""
    return [_fault(model, e) for e in error.errors(include_url=False)]


def _fault(model: type[BaseModel], error: Any) -> Fault:
    path, type_ = tuple(error["loc"]), error["type"]
    key = next((str(p) for p in reversed(path) if isinstance(p, str)), "?")
    if type_ in _MISSING:
        return fault(kinds.MISSING_KEY, path, key=key)
    if type_ in _UNKNOWN:
        known = _keys_at(model, path[:-1])
        near = nearest(key, known) or ", ".join(known[:_MOST_KEYS]) or _LANGUAGES
        return fault(kinds.UNKNOWN_KEY, path, key=key, near=near)
    value = repr(error.get("input"))
    value = value if len(value) <= _MOST_SHOWN else value[: _MOST_SHOWN - 3] + "..."
    if type_ in _LIMITS:
        return out_of_bounds(path, value, _limit(error), key)
    wanted = _WANTED.get(type_, same(error["msg"]))
    return fault(kinds.WRONG_TYPE, path, key=key, value=value, wanted=wanted)


def _limit(error: Any) -> Words:
    """Say within what a value should be; the word that was probably meant before a long list."""
    context = dict(error.get("ctx") or {})
    expected = str(context.get("expected"))
    if "expected" in context:
        context["expected"] = Text(expected.replace(" or ", "、"), expected)
    wanted = _LIMITS[error["type"]].of(**context)
    words, word = re.findall(r"'(\w+)'", expected), error.get("input")
    listed = error["type"] == "literal_error" and isinstance(word, str) and len(words) > _MANY_WORDS
    near = nearest(word, words) if listed else None
    return wanted if near is None else _NEAR_OR.of(near=near, wanted=wanted)


def _keys_at(model: type[BaseModel], path: DataPath) -> list[str]:
    """Return the keys that the object at a path may have, by walking the model's fields."""
    here: Any = model
    for step in path:
        if isinstance(step, int):
            here = _without_wrapping(here)
        elif _is_model(here):
            field = here.model_fields.get(step)
            here = _without_wrapping(field.annotation) if field else None
        else:  # a key of a mapping
            here = typing.get_args(here)[-1] if typing.get_args(here) else None
    return list(here.model_fields) if _is_model(here) else []


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _without_wrapping(annotation: Any) -> Any:
    """Return the model within optional, annotated and listed types; a mapping as it is."""
    while annotation is not None and not _is_model(annotation):
        inner = [a for a in typing.get_args(annotation) if a not in (type(None), Ellipsis)]
        if not inner or typing.get_origin(annotation) is dict:
            break
        annotation = inner[0]
    return annotation
