"""Finds, reads and validates criteria and policy files; all faults at once, each with its line."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from pilotscore.criteria import kinds
from pilotscore.criteria.amounts import in_fen, read_sum
from pilotscore.criteria.call import Call
from pilotscore.criteria.checks import (
    Fault,
    check_call,
    check_criteria,
    check_policy,
    check_reach,
)
from pilotscore.criteria.extending import extended
from pilotscore.criteria.model import CriteriaSet, Profile
from pilotscore.criteria.places import MAX_BYTES, Mark, PlacedData, TooDeepError, read_yaml
from pilotscore.criteria.policy import Policy
from pilotscore.criteria.shipped import FileKind, built_in_names, folder_of
from pilotscore.errors import FaultyFileError, UnreadableInputError, UsageError
from pilotscore.findings import Finding, Kind, Place, in_order
from pilotscore.language import Text, Words, counted, nearest

Model = TypeVar("Model", bound=BaseModel)
_SUFFIXES = (".yaml", ".yml")
_KIND_TITLES = {
    "criteria": Text("指标体系", "criteria set"),
    "policy": Text("政策", "policy"),
    "call": Text("征集文件", "call"),
}
MOST_BASES = 20


@dataclass(frozen=True, slots=True)
class Source:
    """Where a criteria set or policy came from: its file's name and SHA-256, and what it extends."""

    name: str
    sha256: str
    bases: tuple[Source, ...] = ()

    @property
    def fingerprint(self) -> str:
        """The hash of the file, or where it extends others, of its hash and theirs."""
        if not self.bases:
            return self.sha256
        hashes = " ".join((self.sha256, *(b.sha256 for b in self.bases)))
        return hashlib.sha256(hashes.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class LoadedCriteria:
    """A valid criteria set, its plain data, and where it came from.

    ``data`` has what the set extends merged in; ``lineage`` the ids of the set and of those that it
    extends; ``profile`` the profile whose weights it has, if one was asked for.
    """

    criteria: CriteriaSet
    data: dict[str, Any]
    source: Source
    lineage: tuple[str, ...] = ()
    profile: Profile | None = None


@dataclass(frozen=True, slots=True)
class LoadedPolicy:
    """A valid policy, where it came from, and its path as it was found."""

    policy: Policy
    source: Source
    path: Path


@dataclass(frozen=True, slots=True)
class LoadedCall:
    """A valid call, where it came from, and on which line of it each address stands.

    ``lines`` has ``tracks.new_energy.min`` and the like; ``data`` the file's plain data with what
    was set on top of it, ``settings`` what that was.
    """

    call: Call
    data: dict[str, Any]
    source: Source
    lines: Mapping[str, int]
    settings: tuple[str, ...] = ()

    def line(self, address: str) -> int | None:
        """Return the line of an address, or of the nearest thing around it."""
        while address:
            if address in self.lines:
                return self.lines[address]
            address = address.rpartition(".")[0]
        return None


def locate(name: str | os.PathLike[str], kind: FileKind, beside: Path | None = None) -> Path:
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
    text = os.fspath(name)
    if text in built_in_names(kind):
        return folder_of(kind) / f"{text}.yaml"
    for path in (Path(text), *([beside / text] if beside else [])):
        if path.is_file():
            return path
    known = built_in_names(kind)
    near = nearest(text, known)
    what = _KIND_TITLES[kind]
    if kind == "call" or Path(text).suffix.lower() in _SUFFIXES or "/" in text or "\\" in text:
        noun = what.zh if what.zh.endswith("文件") else f"{what.zh}文件"
        raise UsageError(Text(f"没有{noun} {text}", f"there is no {what.en} file {text}"))
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
        place = Mark(mark.line + 1, mark.column + 1) if mark else Mark(1, 1)
        _refuse_unparsed(path, kinds.NOT_YAML, place, problem)
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        _refuse_unparsed(path, kinds.NOT_YAML, Mark(line, 1), str(error.reason))
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        _refuse_unparsed(path, kinds.NOT_YAML, Mark(1, 1), str(error).split("\n")[0])
    except (TooDeepError, RecursionError):
        _refuse_unparsed(path, kinds.TOO_DEEP, Mark(1, 1), "")
    if not isinstance(placed.data, dict):
        _refuse_unparsed(path, kinds.NOT_A_MAPPING, Mark(1, 1), "")
    return placed


def _refuse_unparsed(path: Path, kind: Kind, mark: Mark, problem: str) -> NoReturn:
    finding = Finding(kind, _place(path.name, mark), {"problem": problem})
    raise FaultyFileError(count_of_faults(path, 1), [finding])


def count_of_faults(file: Path | str, count: int) -> Words:
    """Say how many faults a file has."""
    faults = counted(count, Text("处错误", "fault"))
    return Text("{file} 有 {faults}", "{file} has {faults}").of(file=str(file), faults=faults)


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
        raise FaultyFileError(count_of_faults(path, len(findings)), by_line)
    return valid


def _finding(path: Path, placed: PlacedData, fault: Fault) -> Finding:
    values = dict(fault.values)
    if isinstance(values.get("line"), tuple):  # a path that the message speaks of
        values["line"] = placed.mark(values["line"]).line
    mark = placed.mark(fault.path)
    return Finding(fault.kind, _place(mark.file or path.name, mark), values)


def _place(file: str, mark: Mark) -> Place:
    if not mark.line:  # set on the command line
        return Place(file)
    return Place(file, line=mark.line, character=mark.column)


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
    "money": Text(
        "金额与单位，如 5000万元；配额也可写 30%",
        "an amount with its unit, such as 5000万元; of a quota 30% too",
    ),
    "share": Text(
        "0% 至 100% 的比例，如 30% 或 0.3", "a share from 0% to 100%, such as 30% or 0.3"
    ),
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
        chinese = {n: v.replace(" or ", "、") if n == "expected" else v for n, v in context.items()}
        wanted = Text(limit.zh.format(**chinese), limit.en.format(**context))
        if type_ == "literal_error" and isinstance(error.get("input"), str):
            wanted = _with_nearest(wanted, error["input"], str(context.get("expected")))
        return Fault(kinds.OUT_OF_BOUNDS, path, {"key": key, "value": value, "wanted": wanted})
    wanted = _WANTED.get(type_, Text(error["msg"], error["msg"]))
    return Fault(kinds.WRONG_TYPE, path, {"key": key, "value": value, "wanted": wanted})


def _with_nearest(wanted: Text, word: str, expected: str) -> Text:
    """Put the word that was probably meant before a long list of those that may stand there."""
    import re

    words = re.findall(r"'(\w+)'", expected)
    near = nearest(word, words) if len(words) > 8 else None
    return wanted if near is None else Text(f"{near}，或{wanted.zh}", f"{near}, or {wanted.en}")


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


@dataclass(frozen=True, slots=True)
class _Whole:
    """A criteria file with all that it extends."""

    placed: PlacedData
    source: Source
    lineage: tuple[str, ...]
    faults: tuple[Fault, ...]


def _with_bases(path: Path, seen: tuple[Path, ...] = ()) -> _Whole:
    text, digest = _read(path)
    own = _parse(path, text)
    lineage = (str(own.data.get("id")),)
    name = own.data.get("extends")
    if not isinstance(name, str):
        return _Whole(own, Source(path.name, digest), lineage, ())
    seen = (*seen, path.resolve())
    try:
        base_path = locate(name, "criteria", path.parent)
    except UsageError as error:
        values = {"name": name, "near": error.text}
        fault = Fault(kinds.NO_BASE, ("extends",), values)
        raise FaultyFileError(count_of_faults(path, 1), [_finding(path, own, fault)]) from error
    if len(seen) > MOST_BASES:
        fault = Fault(kinds.TOO_DEEP, ("extends",), {"problem": ""})
        raise FaultyFileError(count_of_faults(path, 1), [_finding(path, own, fault)])
    if base_path.resolve() in seen:
        chain = " → ".join(p.name for p in (*seen, base_path))
        fault = Fault(kinds.EXTENDS_CYCLE, ("extends",), {"chain": chain})
        raise FaultyFileError(count_of_faults(path, 1), [_finding(path, own, fault)])
    base = _with_bases(base_path, seen)
    placed, faults = extended(own, base.placed, base_path.name)
    source = Source(path.name, digest, (replace(base.source, bases=()), *base.source.bases))
    return _Whole(placed, source, (*lineage, *base.lineage), (*base.faults, *faults))


def load_criteria(
    name: str | os.PathLike[str] = "pilot-maturity", profile: str | None = None
) -> LoadedCriteria:
    """Load a criteria set by built-in name or path.

    Parameters
    ----------
    name
        A built-in name, or the path of a file.
    profile
        The id of a profile of the set, whose weights of the dimensions are used.

    Raises
    ------
    UsageError
        No such name, file or profile.
    UnreadableInputError
        The file cannot be read.
    FaultyFileError
        It has faults: all of them, each with its line.
    """
    path = locate(name, "criteria")
    whole = _with_bases(path)
    faults = (*whole.faults, *check_criteria(whole.placed.data))
    criteria = _validated(path, CriteriaSet, whole.placed, faults)
    reach = [_finding(path, whole.placed, fault) for fault in check_reach(criteria)]
    if reach:
        raise FaultyFileError(count_of_faults(path, len(reach)), reach)
    loaded = LoadedCriteria(criteria, whole.placed.data, whole.source, whole.lineage)
    return loaded if profile is None else with_profile(loaded, profile)


def faults_of(data: dict[str, Any]) -> list[Fault]:
    """Return the faults of a criteria set's plain data, which :func:`load_criteria` tells of a file."""
    found = list(check_criteria(data))
    try:
        criteria = CriteriaSet.model_validate(data)
    except ValidationError as error:
        wrong = error.errors(include_url=False)
        return [*(_structure_fault(CriteriaSet, e) for e in wrong), *found]
    return found or list(check_reach(criteria))


def with_profile(loaded: LoadedCriteria, name: str) -> LoadedCriteria:
    """Return a criteria set with the dimension weights of one of its profiles.

    Raises
    ------
    UsageError
        It has no such profile.
    """
    known = {p.id: p for p in loaded.criteria.profiles}
    chosen = known.get(name)
    if chosen is None:
        listed = ", ".join(known) or "-"
        raise UsageError(
            Text(
                f"{loaded.criteria.id} 没有名为 {name} 的权重方案；有：{listed}",
                f"{loaded.criteria.id} has no weight profile called {name}; there are: {listed}",
            )
        )
    dimensions = tuple(
        d.model_copy(update={"weight": chosen.weights[d.id]}) for d in loaded.criteria.dimensions
    )
    criteria = loaded.criteria.model_copy(update={"dimensions": dimensions})
    return replace(loaded, criteria=criteria, profile=chosen)


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
    faults = check_policy(
        placed.data, loaded.data if loaded else None, loaded.lineage if loaded else ()
    )
    policy = _validated(path, Policy, placed, faults)
    return LoadedPolicy(policy, Source(path.name, digest), path)


def file_kind(path: Path) -> FileKind:
    """Tell by its keys whether a file is meant as a criteria set or a policy."""
    placed = _parse(path, _read(path)[0])
    return "policy" if "held" in placed.data or "refused" in placed.data else "criteria"


def load_call(
    name: str | Path,
    loaded: LoadedCriteria | None = None,
    policy: Policy | None = None,
    settings: Sequence[str] = (),
) -> LoadedCall:
    """Load a call by its path, and hold it against a criteria set and a policy.

    Parameters
    ----------
    name
        The path of the file.
    loaded, policy
        What it is held against; only its own structure is checked without.
    settings
        What is set otherwise than in the file: ``tracks.new_energy.min=20%``.

    Raises
    ------
    UsageError
        No such file, or a setting that is none.
    UnreadableInputError
        The file cannot be read.
    FaultyFileError
        It has faults: all of them, each with its line.
    """
    path = locate(name, "call")
    text, digest = _read(path)
    placed = _parse(path, text)
    data = placed.data
    places = dict(placed.places)
    for setting in settings:
        at = _path_of(data, setting)
        data = with_setting(data, setting)
        places = {p: m for p, m in places.items() if p[: len(at)] != at}
        places[at] = Mark(0, 0, f"--set {setting}")
    placed = replace(placed, data=data, places=places)
    faults = check_call(
        data, loaded.data if loaded else None, policy, loaded.lineage if loaded else ()
    )
    call = _validated(path, Call, placed, faults)
    lines = {".".join(map(str, p)): m.line for p, m in placed.places.items() if p and m.line}
    return LoadedCall(call, data, Source(path.name, digest), lines, tuple(settings))


def budget_settings(name: str | Path, written: str) -> tuple[str, ...]:
    """Return the settings that give a call another budget; its stages keep their shares of it.

    Raises
    ------
    UsageError
        What is written is no amount in the currency of the call; besides what :func:`load_call`
        raises.
    """
    call = load_call(name).call
    read = read_sum(written)
    whole = None if read is None else in_fen(read, call.money_unit)
    if whole is None:
        raise UsageError(
            Text(
                f"“{written}”不是{call.money_unit.currency}金额，如 6000万元",
                f"{written!r} is no amount in {call.money_unit.currency}, such as 6000万元",
            )
        )
    changed = call.with_budget(whole).budget
    found = [] if changed.total is None else [f"budget.total={changed.total}"]
    found += [f"budget.stages.{stage.id}.amount={stage.amount}" for stage in changed.stages]
    return tuple(found)


def plain_data(name: str | Path) -> dict[str, Any]:
    """Return the plain data of a call file that may still have faults."""
    path = locate(name, "call")
    data: dict[str, Any] = _parse(path, _read(path)[0]).data
    return data


def _path_of(data: Any, setting: str) -> tuple[str | int, ...]:
    """Return the path that a setting changes; entries of lists go by their ids, or their numbers."""
    found: list[str | int] = []
    for step in setting.partition("=")[0].strip().split("."):
        if isinstance(data, list):
            known = [str(v.get("id", i)) if isinstance(v, dict) else str(i) for i, v in enumerate(data)]  # fmt: skip
            at = known.index(step) if step in known else 0
            found.append(at)
            data = data[at] if data else None
        else:
            found.append(step)
            data = data.get(step) if isinstance(data, dict) else None
    return tuple(found)


def with_setting(data: dict[str, Any], setting: str) -> dict[str, Any]:
    """Return plain data with one address set: ``budget.total=6000万元``, ``max_jump=5``.

    Raises
    ------
    UsageError
        There is no ``=``, no address, or the address leads through something that has no parts.
    """
    address, equals, written = setting.partition("=")
    steps = address.strip().split(".")
    if steps[0] in ("criteria", "policy"):
        option = "-c" if steps[0] == "criteria" else "-p"
        raise UsageError(
            Text(
                f"--set 不能改 {steps[0]}：请用 {option}",
                f"{steps[0]} is not for --set: use {option}",
            )
        )
    if not equals or not all(steps):
        raise UsageError(
            Text(
                f"“{setting}”不是 tracks.赛道.min=20% 这样的设置",
                f"{setting!r} is no setting such as tracks.new_energy.min=20%",
            )
        )
    value = _written_value(setting, written.strip())

    def put(here: Any, left: list[str]) -> Any:
        if not left:
            return value
        step, rest = left[0], left[1:]
        if isinstance(here, list):
            known = [str(v.get("id", i)) if isinstance(v, dict) else str(i) for i, v in enumerate(here)]  # fmt: skip
            if step not in known:
                raise _leads_nowhere(address, step, known)
            at = known.index(step)
            return [put(v, rest) if i == at else v for i, v in enumerate(here)]
        if here is not None and not isinstance(here, dict):
            raise _leads_nowhere(address, step, [])
        table = here or {}
        if rest and len(steps) - len(left) == 1 and step not in table:  # a name of the file
            raise _leads_nowhere(address, step, list(table))
        return {**table, step: put(table.get(step), rest)}

    changed: dict[str, Any] = put(data, steps)
    return changed


def _written_value(setting: str, written: str) -> Any:
    """Return a value of the command line as YAML reads it."""
    try:
        return read_yaml(written).data
    except (yaml.YAMLError, TooDeepError) as error:
        raise UsageError(
            Text(f"“{setting}”的值无法读取", f"the value of {setting!r} cannot be read")
        ) from error


def _leads_nowhere(address: str, step: str, known: list[str]) -> UsageError:
    near = nearest(step, known)
    guess = Text(f"；是否指 {near}？", f"; did you mean {near}?") if near else Text("", "")
    return UsageError(
        Text(
            f"征集文件中没有 {address}：找不到 {step}{guess.zh}",
            f"the call has no {address}: there is no {step}{guess.en}",
        )
    )
