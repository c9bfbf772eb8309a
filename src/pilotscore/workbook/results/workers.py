"""Reads workbooks in processes of their own, so that a bad file costs that file alone.

A file can abort the reader outright, hold it for ever or ask for more memory than there is; none
of these can be caught from within. Files that are small and plain are read here: they are known to
be harmless once their bounds were checked, and a process costs more than reading them.
"""

from __future__ import annotations

import os
import queue
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from pilotscore.child_process import ChildProcess, DiedError, TooLateError
from pilotscore.findings import Finding, Place
from pilotscore.language import Text, Words
from pilotscore.workbook.results import kinds
from pilotscore.workbook.results.options import ReadingOptions
from pilotscore.workbook.results.reader import Contents, read_book, unread_book
from pilotscore.workbook.tables.headers import HeaderNames

Chunk = tuple[str, ...]
Progress = Callable[[int, int], None]
_TAME_BYTES = 2_000_000
_TAME_INFLATED = 50_000_000
_TAME_FILES = 12
_CHUNK_FILES = 25
# One thread is enough for what numpy does here, and each takes memory that is bounded.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class Job:
    """What every reading process is told once.

    ``copies`` has, by workbook, the copy in which its formulas were calculated.
    """

    names: HeaderNames
    options: ReadingOptions
    sha256: str
    copies: Mapping[str, str] = field(default_factory=dict)

    def read(self, path: Path) -> Contents:
        """Read one workbook."""
        copy = self.copies.get(str(path))
        of = None if copy is None else Path(copy)
        return read_book(path, self.names, self.options, self.sha256, of)


def read_books(paths: Sequence[Path], job: Job, progress: Progress | None = None) -> list[Contents]:
    """Read workbooks, in order; whatever one of them does, it becomes that one's finding."""
    tell = progress or (lambda _done, _total: None)
    if len(paths) > _TAME_FILES or not all(map(is_tame, paths)):
        return _in_processes(paths, job, tell)
    contents = []
    for path in paths:
        contents.append(job.read(path))
        tell(len(contents), len(paths))
    return contents


def is_tame(path: Path) -> bool:
    """Say whether a file is small and of a format whose bounds are checked before it is read."""
    try:
        if not path.is_file() or path.stat().st_size > _TAME_BYTES:
            return not path.is_file()
        with path.open("rb") as stream:
            head = stream.read(4)
        if head.startswith(b"\xd0\xcf\x11\xe0"):
            return False
        if not head.startswith(b"PK"):
            return True  # text, or nothing that can be read
        with zipfile.ZipFile(path) as archive:
            return sum(i.file_size for i in archive.infolist()) <= _TAME_INFLATED
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return True  # it cannot be opened: it is refused at once, with the reason


def begin_reading(job: Job) -> Callable[[Chunk], list[Contents]]:
    """Bound the memory of a reading process, and return what reads some files in it."""
    _limit_memory(job.options.limits.memory_mb)
    return lambda chunk: [_read(Path(name), job) for name in chunk]


def _limit_memory(most_mb: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    resource.setrlimit(resource.RLIMIT_DATA, (most_mb * 1_000_000,) * 2)


def _read(path: Path, job: Job) -> Contents:
    try:
        return job.read(path)
    except MemoryError:
        return _died(str(path), Text("内存不足", "out of memory"))


def _died(name: str, reason: Words) -> Contents:
    return unread_book(Path(name), Finding(kinds.READER_DIED, Place(name), {"reason": reason}))


def _ask(process: ChildProcess, chunk: Chunk, seconds: int) -> list[Contents]:
    """Read some files; what kills or delays the process is a finding of the file it came from."""
    try:
        contents: list[Contents] = process.ask(chunk, seconds)
        return contents
    except (DiedError, TooLateError) as error:
        if len(chunk) > 1:  # which of them it was is not known: each by itself
            return [c for name in chunk for c in _ask(process, (name,), seconds)]
        if isinstance(error, DiedError):
            return [_died(chunk[0], Text("退出码 {code}", "exit code {code}").of(code=error.code))]
        finding = Finding(kinds.TOO_SLOW, Place(chunk[0]), {"limit": seconds})
        return [unread_book(Path(chunk[0]), finding)]


def _in_processes(paths: Sequence[Path], job: Job, tell: Progress) -> list[Contents]:
    chunks = list(_chunks(paths))
    size = min(job.options.jobs or os.cpu_count() or 1, len(chunks))
    idle: queue.SimpleQueue[ChildProcess] = queue.SimpleQueue()
    processes = [ChildProcess(partial(begin_reading, job), _ONE_THREAD) for _ in range(size)]
    for process in processes:
        idle.put(process)

    def read(chunk: Chunk) -> tuple[Chunk, list[Contents]]:
        process = idle.get()
        try:
            return chunk, _ask(process, chunk, job.options.limits.seconds)
        finally:
            idle.put(process)

    contents: dict[str, Contents] = {}
    threads = ThreadPoolExecutor(size)
    try:
        for future in as_completed([threads.submit(read, chunk) for chunk in chunks]):
            chunk, done = future.result()
            contents.update(zip(chunk, done, strict=True))
            tell(len(contents), len(paths))
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.end()
        threads.shutdown()
    return [contents[str(p)] for p in paths]


def _chunks(paths: Iterable[Path]) -> Iterator[Chunk]:
    """Group small files, so that handing them over costs less than reading them."""
    held: list[str] = []
    size = 0
    for path in paths:
        here = path.stat().st_size if path.is_file() else 0
        if held and (size + here > _TAME_BYTES or len(held) >= _CHUNK_FILES):
            yield tuple(held)
            held, size = [], 0
        held.append(str(path))
        size += here
    if held:
        yield tuple(held)
