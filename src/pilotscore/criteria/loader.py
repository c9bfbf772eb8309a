"""Finds, reads and validates criteria and policy files; all faults at once, each with its line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NoReturn, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from pilotscore.criteria import kinds
from pilotscore.criteria.checks import Fault, check_criteria, check_policy
from pilotscore.criteria.model import CriteriaSet
from pilotscore.criteria.places import MAX_BYTES, PlacedData, TooDeepError, read_yaml
from pilotscore.criteria.policy import Policy
from pilotscore.errors import FaultyFileError, UnreadableInputError, UsageError
from pilotscore.findings import Finding, Kind, Place, in_order, nearest
from pilotscore.language import Text

FileKind = Literal["criteria", "policy"]
Model = TypeVar("Model", bound=BaseModel)
_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a criteria set or policy came from: its file's name and SHA-256."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class LoadedCriteria:
    """A valid criteria set, its plain data, and where it came from."""

    criteria: CriteriaSet
    data: dict[str, Any]
    source: Source


@dataclass(frozen=True, slots=True)
class LoadedPolicy:
    """A valid policy and where it came from."""

    policy: Policy
    source: Source


def data_folder(name: Literal["criteria", "examples"]) -> Path:
    """Return the folder of shipped files: in the wheel, or at the top of a source tree."""
    shipped = Path(__file__).parent.parent / "_data" / name
    return shipped if shipped.is_dir() else Path(__file__).parents[3] / name


def _folder(kind: FileKind) -> Path:
    folder = data_folder("criteria")
    return folder / "policies" if kind == "policy" else folder


def built_in_names(kind: FileKind = "criteria") -> list[str]:
    """Return the names of the built-in criteria sets, or policies."""
    return sorted(p.stem for p in _folder(kind).glob("*.yaml"))


def locate(name: str | Path, kind: FileKind, beside: Path | None = None) -> Path:
    """Return the file that a built-in name or a path means.

    Parameters
    ----------
    name
        A built-in name, or a path.
    kind
        What is looked for.
    beside
        A folder in which a relative path may stand too (that of the criteria file).

    Raises
    ------
    UsageError
        Where there is neither; the nearest built-in name is suggested.
    """
    text = str(name)
    if text in built_in_names(kind):
        return _folder(kind) / f"{text}.yaml"
    for path in (Path(text), *([beside / text] if beside else [])):
        if path.is_file():
            return path
    known = built_in_names(kind)
    near = nearest(text, known)
    what = {"criteria": Text("指标体系", "criteria set"), "policy": Text("政策", "policy")}[kind]
    if Path(text).suffix.lower() in _SUFFIXES or "/" in text or "\\" in text:
        raise UsageError(Text(f"没有{what.zh}文件 {text}", f"there is no {what.en} file {text}"))
    guess = Text(f"是否指 {near}？", f"did you mean {near}? ") if near else Text("", "")
    raise UsageError(
        Text(
            f"没有名为 {text} 的{what.zh}。{guess.zh}内置的有：{'、'.join(known)}；也可以给出 YAML 文件的路径",
            f"no {what.en} is called {text}. {guess.en}Built in: {', '.join(known)}; "
            "or give the path of a YAML file",
        )
    )


def _read(path: Path) -> tuple[str, str]:
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableInputError(
            Text(f"无法读取 {path}：{reason}", f"cannot read {path}: {reason}")
        ) from error
    if len(raw) > MAX_BYTES:
        raise UnreadableInputError(
            Text(f"{path} 超过 5 MB，不是指标体系文件", f"{path} is over 5 MB: no criteria file")
        )
    try:
        return raw.decode("utf-8-sig"), hashlib.sha256(raw).hexdigest()
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise UnreadableInputError(
            Text(
                f"{path} 第 {line} 行不是 UTF-8 编码；请另存为 UTF-8",
                f"{path}, line {line}: not in UTF-8; save the file as UTF-8",
            )
        ) from error


def _parse(path: Path, text: str) -> PlacedData:
    try:
        placed = read_yaml(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        problem = " ".join(part for part in (error.context, error.problem) if part)
        _refuse_unparsed(path, kinds.NOT_YAML, mark.line + 1 if mark else 1, problem)
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        _refuse_unparsed(path, kinds.NOT_YAML, line, str(error.reason))
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        _refuse_unparsed(path, kinds.NOT_YAML, 1, str(error).split("\n")[0])
    except (TooDeepError, RecursionError):
        _refuse_unparsed(path, kinds.TOO_DEEP, 1, "")
    if not isinstance(placed.data, dict):
        _refuse_unparsed(path, kinds.NOT_A_MAPPING, 1, "")
    return placed


def _refuse_unparsed(path: Path, kind: Kind, line: int, problem: str) -> NoReturn:
    finding = Finding(kind, Place(path.name, line=line), {"problem": problem})
    raise FaultyFileError(_summary(path, 1), [finding])


def _summary(path: Path, count: int) -> Text:
    return Text(f"{path} 有 {count} 处错误", f"{path} has {count} fault{'s' if count > 1 else ''}")


def _validated(
    path: Path, model: type[Model], placed: PlacedData, faults: Iterable[Fault]
) -> Model:
    """Return the validated object, or raise with every fault in line order."""
    try:
        valid, found = model.model_validate(placed.data), list(faults)
    except ValidationError as error:
        valid, found = None, [_structure_fault(model, e) for e in error.errors(include_url=False)]
        found += faults
    found += [Fault(kinds.REPEATED_KEY, p, {"key": p[-1]}) for p, _ in placed.repeated]
    if valid is None or found:
        findings = [_finding(path, placed, fault) for fault in found]
        by_line = sorted(in_order(findings), key=lambda f: f.place.line or 0)
        raise FaultyFileError(_summary(path, len(findings)), by_line)
    return valid


def _finding(path: Path, placed: PlacedData, fault: Fault) -> Finding:
    values = dict(fault.values)
    if isinstance(values.get("line"), tuple):  # a path that the message speaks of
        values["line"] = placed.mark(values["line"]).line
    return Finding(fault.kind, Place(path.name, line=placed.mark(fault.path).line), values)


_WANTED = {
    "string_type": Text("文字", "a text"),
    "float_type": Text("数值", "a number"),
    "float_parsing": Text("数值", "a number"),
    "int_type": Text("整数", "a whole number"),
    "int_parsing": Text("整数", "a whole number"),
    "int_from_float": Text("整数", "a whole number"),
    "bool_type": Text("true 或 false", "true or false"),
    "bool_parsing": Text("true 或 false", "true or false"),
    "tuple_type": Text("列表，如 [a, b]", "a list such as [a, b]"),
    "list_type": Text("列表，如 [a, b]", "a list such as [a, b]"),
    "dict_type": Text("键值结构", "keys and values"),
    "model_type": Text("键值结构", "keys and values"),
    "dataclass_type": Text("{zh: 中文, en: 英文}", "{zh: Chinese, en: English}"),
    "string_pattern_mismatch": Text(
        "以字母开头，只含字母、数字、下划线", "a letter first, then letters, digits, underscores"
    ),
}
_LIMITS = {
    "greater_than": Text("大于 {gt:g}", "more than {gt:g}"),
    "greater_than_equal": Text("不小于 {ge:g}", "at least {ge:g}"),
    "less_than": Text("小于 {lt:g}", "less than {lt:g}"),
    "less_than_equal": Text("不大于 {le:g}", "at most {le:g}"),
    "too_short": Text("至少 {min_length} 项", "at least {min_length}"),
    "too_long": Text("至多 {max_length} 项", "at most {max_length}"),
    "string_too_short": Text("非空文字", "a text that is not empty"),
    "string_too_long": Text("至多 {max_length} 个字符", "at most {max_length} characters"),
    "literal_error": Text("{expected} 之一", "one of {expected}"),
    "finite_number": Text("有限的数值", "a finite number"),
}


def _structure_fault(model: type[BaseModel], error: Any) -> Fault:
    path, type_ = tuple(error["loc"]), error["type"]
    key = next((str(p) for p in reversed(path) if isinstance(p, str)), "?")
    if type_ in ("missing", "missing_argument"):
        return Fault(kinds.MISSING_KEY, path, {"key": key})
    if type_ in ("extra_forbidden", "unexpected_keyword_argument"):
        known = _keys_at(model, path[:-1])
        near: str | Text | None = nearest(key, known) or ", ".join(known[:6])
        if not known:  # inside a text, where a comma without quotes begins a new key
            near = Text(
                "zh、en（含逗号的文字要加引号）", "zh, en (a text with a comma needs quotes)"
            )
        return Fault(kinds.UNKNOWN_KEY, path, {"key": key, "near": near})
    value = repr(error.get("input"))
    value = value if len(value) <= 60 else value[:57] + "..."
    context = error.get("ctx") or {}
    if type_ in _LIMITS:
        limit = _LIMITS[type_]
        wanted = Text(limit.zh.format(**context), limit.en.format(**context))
        return Fault(kinds.OUT_OF_BOUNDS, path, {"key": key, "value": value, "wanted": wanted})
    wanted = _WANTED.get(type_, Text(error["msg"], error["msg"]))
    return Fault(kinds.WRONG_TYPE, path, {"key": key, "value": value, "wanted": wanted})


def _keys_at(model: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """Return the keys that the object at a path may have, by walking the model's fields."""
    import typing

    here: Any = model
    for step in path:
        if isinstance(step, str) and isinstance(here, type) and issubclass(here, BaseModel):
            field = here.model_fields.get(step)
            here = field.annotation if field else None
        elif not isinstance(step, int):
            here = typing.get_args(here)[-1] if typing.get_args(here) else None
            continue
        while here is not None and not (isinstance(here, type) and issubclass(here, BaseModel)):
            inner = [a for a in typing.get_args(here) if a not in (type(None), Ellipsis)]
            if not inner or typing.get_origin(here) is dict:
                break
            here = inner[0]
    if isinstance(here, type) and issubclass(here, BaseModel):
        return list(here.model_fields)
    return []


def load_criteria(name: str | Path = "pilot-maturity") -> LoadedCriteria:
    """Load a criteria set by built-in name or path.

    Raises
    ------
    UsageError
        No such name or file.
    UnreadableInputError
        The file cannot be read.
    FaultyFileError
        It has faults: all of them, each with its line.
    """
    path = locate(name, "criteria")
    text, digest = _read(path)
    placed = _parse(path, text)
    criteria = _validated(path, CriteriaSet, placed, check_criteria(placed.data))
    return LoadedCriteria(criteria, placed.data, Source(path.name, digest))


def load_policy(
    name: str | Path, loaded: LoadedCriteria | None = None, beside: Path | None = None
) -> LoadedPolicy:
    """Load a policy by built-in name or path, and hold it against a criteria set.

    Raises
    ------
    UsageError, UnreadableInputError, FaultyFileError
        As :func:`load_criteria`.
    """
    path = locate(name, "policy", beside)
    text, digest = _read(path)
    placed = _parse(path, text)
    faults = check_policy(placed.data, loaded.data if loaded else None)
    policy = _validated(path, Policy, placed, faults)
    return LoadedPolicy(policy, Source(path.name, digest))


def file_kind(path: Path) -> FileKind:
    """Tell by its keys whether a file is meant as a criteria set or a policy."""
    placed = _parse(path, _read(path)[0])
    return "policy" if "held" in placed.data or "refused" in placed.data else "criteria"
