"""Finds, reads and parses files of rules: criteria sets, policies and calls."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import yaml

from pilotscore.criteria import kinds
from pilotscore.criteria.checks import Fault
from pilotscore.criteria.file_kinds import KIND_TITLES, kind_of_content, refuse_other
from pilotscore.criteria.places import (
    MAX_BYTES,
    DataPath,
    Mark,
    PlacedData,
    TooDeepError,
    read_yaml,
)
from pilotscore.criteria.shipped import FileKind, built_in_names, folder_of
from pilotscore.errors import FaultyFileError, UnreadableInputError, UsageError
from pilotscore.findings import Finding, Kind, Place
from pilotscore.language import LISTED, NOTHING, SENTENCES, Text, Words, counted, did_you_mean, join
from pilotscore.records import dataclass
from pilotscore.system import is_file, reason_of, refusal_of

_SUFFIXES = (".yaml", ".yml")
_TITLES: dict[FileKind, Text] = {
    "criteria": Text("指标体系", "criteria set"),
    "policy": Text("政策", "policy"),
}
_NO_FILE = Text("没有{file} {name}", "there is no {file} {name}")
_NO_NAME = Text(
    "没有名为 {name} 的{what}。{guess}内置的有：{known}；也可以给出 YAML 文件的路径",
    "no {what} is called {name}. {guess}Built in: {known}; or give the path of a YAML file",
)
_UNREADABLE = Text("无法读取 {path}：{reason}", "cannot read {path}: {reason}")
_TOO_LARGE = Text("{path} 超过 5 MB，不是指标体系文件", "{path} is over 5 MB: no criteria file")
_NOT_UTF_8 = Text(
    "{path} 第 {line} 行不是 UTF-8 编码；请另存为 UTF-8",
    "{path}, line {line}: not in UTF-8; save the file as UTF-8",
)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a file of rules came from: its name and SHA-256, and what it extends."""

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
    text, known = os.fspath(name), built_in_names(kind)
    if text in known:
        return folder_of(kind) / f"{text}.yaml"
    for path in (Path(text), *([beside / text] if beside else [])):
        if is_file(path):
            return path
    why = refusal_of(Path(text))
    if why is not None:
        raise UnreadableInputError(_UNREADABLE.of(path=text, reason=reason_of(why)))
    if kind == "call" or Path(text).suffix.lower() in _SUFFIXES or "/" in text or "\\" in text:
        raise UsageError(_NO_FILE.of(file=KIND_TITLES[kind], name=text))
    guess = did_you_mean(text, known, before=NOTHING, behind=SENTENCES)
    listed = join(known, LISTED)
    raise UsageError(_NO_NAME.of(name=text, what=_TITLES[kind], guess=guess, known=listed))


def read_placed(path: Path, wanted: FileKind = "criteria") -> tuple[PlacedData, Source]:
    """Read a file of rules: its plain data with the place of each value, and its hash.

    Raises
    ------
    UsageError
        It is a file of another kind than is wanted.
    UnreadableInputError, FaultyFileError
        It cannot be read, or is no YAML with keys and values.
    """
    text, digest = _read(path, wanted)
    return _parse(path, text), Source(path.name, digest)


def _read(path: Path, wanted: FileKind) -> tuple[str, str]:
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        words = _UNREADABLE.of(path=str(path), reason=reason_of(error))
        raise UnreadableInputError(words) from error
    refuse_other(path, kind_of_content(path.name, raw), wanted)
    if len(raw) > MAX_BYTES:
        raise UnreadableInputError(_TOO_LARGE.of(path=str(path)))
    try:
        return raw.decode("utf-8-sig"), hashlib.sha256(raw).hexdigest()
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise UnreadableInputError(_NOT_UTF_8.of(path=str(path), line=line)) from error


def _parse(path: Path, text: str) -> PlacedData:
    start = Mark(1, 1)
    try:
        placed = read_yaml(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        problem = " ".join(part for part in (error.context, error.problem) if part)
        place = Mark(mark.line + 1, mark.column + 1) if mark else start
        _refuse_unparsed(path, kinds.NOT_YAML, place, problem)
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        _refuse_unparsed(path, kinds.NOT_YAML, Mark(line, 1), str(error.reason))
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        _refuse_unparsed(path, kinds.NOT_YAML, start, str(error).split("\n")[0])
    except (TooDeepError, RecursionError):
        _refuse_unparsed(path, kinds.TOO_DEEP, start)
    if not isinstance(placed.data, dict):
        _refuse_unparsed(path, kinds.NOT_A_MAPPING, start)
    return placed


def _refuse_unparsed(path: Path, kind: Kind, mark: Mark, problem: str = "") -> NoReturn:
    refuse(path, [Finding(kind, _place(path.name, mark), {"problem": problem})])


def refuse(path: Path, findings: Sequence[Finding]) -> NoReturn:
    """Raise with the findings of a file."""
    raise FaultyFileError(count_of_faults(path, len(findings)), findings)


def count_of_faults(file: Path | str, count: int) -> Words:
    """Say how many faults a file has."""
    faults = counted(count, Text("处错误", "fault"))
    return Text("{file} 有 {faults}", "{file} has {faults}").of(file=str(file), faults=faults)


def finding_of(path: Path, placed: PlacedData, fault: Fault) -> Finding:
    """Return a fault of a file as a finding with its line."""
    values = dict(fault.values)
    if isinstance(values.get("line"), tuple):  # a path that the message speaks of
        values["line"] = placed.mark(values["line"]).line
    mark = _own_mark(placed, fault.path)
    return Finding(fault.kind, _place(mark.file or path.name, mark), values)


def _own_mark(placed: PlacedData, path: DataPath) -> Mark:
    """Return the place of a fault, never in a built-in file: that one is sound by itself.

    What makes a fault of it is what another file says: the nearest thing around it that such a
    file has, else where it says what it extends.
    """
    shipped = {f"{name}.yaml" for kind in _TITLES for name in built_in_names(kind)}
    for end in range(len(path), 0, -1):
        mark = placed.mark(path[:end])
        if mark.file not in shipped:
            return mark
    return placed.mark(("extends",))


def _place(file: str, mark: Mark) -> Place:
    if not mark.line:  # set on the command line
        return Place(file)
    return Place(file, line=mark.line, character=mark.column)
