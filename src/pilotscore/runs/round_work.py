"""What a round was decided by and of: kept in its file, and taken out again to decide it anew."""

from __future__ import annotations

import datetime
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pilotscore.criteria.call_loader import CallFile, read_call
from pilotscore.criteria.loader import files_of_set
from pilotscore.criteria.parts import per_language
from pilotscore.errors import UnreadableInputError, UsageError
from pilotscore.language import LISTED, Text, join
from pilotscore.records import dataclass
from pilotscore.runs.assess import Rules, load_rules
from pilotscore.runs.fund import FundReport
from pilotscore.runs.outcome import Outcome
from pilotscore.runs.round_columns import columns_of
from pilotscore.store.members import members_of
from pilotscore.store.rounds import Held, Round, digest
from pilotscore.workbook import Limits, ReadingOptions, load_mapping
from pilotscore.workbook.open.folders import find_books
from pilotscore.workbook.open.office import find_office

_NOT_HELD = Text(
    "这一轮没有保存规则（由早期版本写出），无法重新计算；请给出工作簿与 --call",
    "the round does not hold its rules (an earlier version wrote it) and cannot be decided anew; "
    "give its workbooks and --call",
)
_NO_INPUTS = Text(
    "这一轮没有保存工作簿，请用 --inputs 给出：{names}",
    "the round does not hold its workbooks; give them with --inputs: {names}",
)
_CHANGED_WHILE = Text(
    "{file} 在读取之后被改动，这一轮没有保存",
    "{file} was changed after it was read; the round was not saved",
)
_NO_OFFICE = Text(
    "这一轮由 LibreOffice 计算了公式（--recalculate），而这里没有安装",
    "formulas of the round were calculated by LibreOffice (--recalculate), which is not installed",
)


@dataclass(frozen=True, slots=True)
class RunSettings:
    """What ``fund`` or ``rank`` was asked: files by their paths, and how they are read and decided.

    ``rank`` has no call.
    """

    call: Path | None
    criteria: Path
    policy: Path
    decisions: Path | None = None
    mapping: Path | None = None
    profile: str | None = None
    options: ReadingOptions = ReadingOptions()
    next_money: bool | None = None
    ways: int = 0
    methods: tuple[str, ...] = ()


def held_of(settings: RunSettings, run: FundReport | Outcome, *, inputs: bool = True) -> Held:
    """Return what a round holds: its rules, its scores as columns, and with ``inputs`` its books.

    Parameters
    ----------
    settings
        What was asked for.
    run
        What came of it: a call decided, or a ranking alone.
    inputs
        Whether the workbooks are kept as they were read, and not their digests alone.

    Raises
    ------
    UnreadableInputError
        A workbook is no longer the one that was read.
    """
    report = run if isinstance(run, FundReport) else None
    outcome = run if isinstance(run, Outcome) else run.outcome
    members: dict[str, bytes] = {}

    def kept(kind: str, path: Path | None) -> str | None:
        if path is None:
            return None
        name = f"rules/{kind}/{path.name}"
        members[name] = path.read_bytes()
        return name

    rules = {
        "call": kept("call", settings.call),
        "criteria": _kept_set(settings.criteria, members),
        "policy": kept("policy", settings.policy),
        "decisions": kept("decisions", settings.decisions),
        "mapping": kept("mapping", settings.mapping),
    }
    books = []
    for number, book in enumerate(outcome.submission.books, start=1):
        name = None
        if inputs and book.sha256 is not None:
            name = f"inputs/{number}/{Path(book.name).name}"
            members[name] = Path(book.name).read_bytes()
            if digest(members[name]) != book.sha256:
                raise UnreadableInputError(_CHANGED_WHILE.of(file=book.name), [])
        books.append({"file": book.name, "sha256": book.sha256, "member": name})
    options = settings.options
    work = {
        "rules": rules,
        "inputs": books,
        "decisions": None if settings.decisions is None else str(settings.decisions),
        "profile": settings.profile,
        "reading": {
            "sheet": options.sheet,
            "header_row": options.header_row,
            "accept_suggestions": options.accept_suggestions,
            "fixes": list(options.fixes),
            "glob": options.glob,
            "limits": [f"{n}={getattr(options.limits, n)}" for n in Limits.__dataclass_fields__],
            "recalculate": options.office is not None,
        },
        "next_money": settings.next_money,
        "ways": settings.ways,
        **({"methods": list(settings.methods)} if settings.methods else {}),
        "interrupted": bool(report is not None and report.left_out),
        "title": per_language(outcome.criteria.title),
    }
    return Held(work, (), members | members_of(columns_of(outcome, report)))


def _kept_set(path: Path, members: dict[str, bytes]) -> str:
    """Keep the file of a criteria set and those it extends, as they lie to each other."""
    files = files_of_set(path)
    beside = [Path(os.path.relpath(f, path.parent)) for f in files]
    up = max(sum(part == os.pardir for part in p.parts) for p in beside)
    folder = Path("rules/criteria", *["d"] * up)
    names = [Path(os.path.normpath(folder / p)).as_posix() for p in beside]
    members |= {name: f.read_bytes() for name, f in zip(names, files, strict=True)}
    return names[0]


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """A round taken out of its file, ready to be decided anew.

    ``call`` is None where it was ranked and not decided. ``decisions_called`` is the name under
    which the file of decisions was given; ``appeals`` has the file of corrections of each appeal;
    ``core`` is whether the core index is wanted.
    """

    rules: Rules
    call: CallFile | None
    settings: tuple[str, ...]
    books: tuple[Path, ...]
    options: ReadingOptions
    decisions: Path | None
    next_money: bool | None
    ways: int
    decisions_called: str | None = None
    appeals: tuple[Path, ...] = ()
    core: bool = True
    methods: tuple[str, ...] = ()


@contextmanager
def taken_out(
    saved: Round, inputs: Sequence[str] = (), password: str | None = None, *, exact: bool = True
) -> Iterator[Work]:
    """Take what a round was decided by and of out of its file, into a folder of its own.

    Parameters
    ----------
    saved
        The round.
    inputs
        Its workbooks, or folders with them, in place of those that it holds.
    password
        What opens them.
    exact
        Whether the workbooks must be those that were read; else such of the same name will do.

    Raises
    ------
    UsageError
        It does not hold its rules, or its workbooks, and none were given.
    """
    if saved.work is None:
        raise UsageError(_NOT_HELD)
    with tempfile.TemporaryDirectory(prefix="pilotscore-", ignore_cleanup_errors=True) as folder:
        for name, content in saved.members.items():
            _put(Path(folder), name, content)
        yield _work(saved, saved.work, Path(folder), _books(saved, folder, inputs, exact), password)


@contextmanager
def taken_out_rules(saved: Round) -> Iterator[Path]:
    """Take the criteria set of a round out of its file, into a folder of its own.

    Raises
    ------
    UsageError
        It does not hold its rules.
    """
    if saved.work is None:
        raise UsageError(_NOT_HELD)
    with tempfile.TemporaryDirectory(prefix="pilotscore-", ignore_cleanup_errors=True) as folder:
        for name, content in saved.members.items():
            if name.startswith("rules/"):
                _put(Path(folder), name, content)
        yield Path(folder, saved.work["rules"]["criteria"])


def _put(folder: Path, name: str, content: bytes) -> None:
    """Write a member to a folder, and nowhere else."""
    target = (folder / name).resolve()
    if not target.is_relative_to(folder.resolve()):
        text = Text("成员名 {name} 不合法", "a member may not be called {name}")
        raise UnreadableInputError(text.of(name=name), [])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def _work(
    saved: Round,
    work: Mapping[str, Any],
    folder: Path,
    books: Mapping[str, str],
    password: str | None,
) -> Work:
    rules, reading = work["rules"], work["reading"]

    def at(kind: str) -> Path | None:
        return None if rules[kind] is None else folder / rules[kind]

    criteria, policy, call = at("criteria"), at("policy"), at("call")
    assert criteria is not None  # it is always kept
    day = datetime.date.fromisoformat(saved.manifest["as_of"])
    loaded = load_rules(criteria, policy, work["profile"], day)
    mapping = at("mapping")
    office = find_office() if reading["recalculate"] else None
    if reading["recalculate"] and office is None:
        raise UsageError(_NO_OFFICE)
    options = ReadingOptions(
        sheet=reading["sheet"],
        header_row=reading["header_row"],
        accept_suggestions=reading["accept_suggestions"],
        fixes=tuple(reading["fixes"]),
        glob=reading.get("glob"),  # said in the manifest; the workbooks are named one by one
        limits=Limits.of(reading["limits"]),
        mapping=None if mapping is None else load_mapping(mapping, loaded.criteria.criteria),
        password=password,
        office=office,
        called=books,
    )
    return Work(
        loaded,
        None if call is None else read_call(call),
        () if call is None else tuple(saved.manifest["call"]["set"]),
        tuple(map(Path, books)),
        options,
        at("decisions"),
        work["next_money"],
        work["ways"],
        work.get("decisions"),
        tuple(folder / appeal["member"] for appeal in saved.appeals),
        methods=tuple(work.get("methods", ())),
    )


def _books(saved: Round, folder: str, inputs: Sequence[str], exact: bool) -> dict[str, str]:
    """Return the workbooks of a round by path, each with the name under which it was read."""
    assert saved.work is not None
    entries = [e for e in saved.work["inputs"] if e["sha256"] is not None]
    if not inputs:
        missing = [e["file"] for e in entries if e["member"] is None]
        if missing:
            names = join((Path(name).name for name in missing), LISTED)
            raise UsageError(_NO_INPUTS.of(names=names))
        return {str(Path(folder) / e["member"]): e["file"] for e in entries}
    given = find_books([Path(name) for name in inputs], None).paths
    by_digest = {digest(path.read_bytes()): path for path in given if path.is_file()}
    by_name = {path.name: path for path in given}
    books: dict[str, str] = {}
    for entry in entries:
        path = by_digest.get(entry["sha256"])
        if path is None and exact and entry["member"] is not None:
            path = Path(folder) / entry["member"]
        elif path is None and not exact:
            path = by_name.get(Path(entry["file"]).name)
        if path is not None:
            books[str(path)] = entry["file"]
        elif exact:
            raise UsageError(_NO_INPUTS.of(names=Path(entry["file"]).name))
    if not exact:
        books |= {str(p): str(p) for p in given if str(p) not in books}
    return books
