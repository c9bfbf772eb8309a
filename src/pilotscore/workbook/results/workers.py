"""Reads workbooks in processes of their own, so that a bad file costs that file alone.

A file can abort the reader outright, hold it for ever or ask for more memory than there is; none
of these can be caught from within. Files that are small and plain are read here: they are known to
be harmless once their bounds were checked, and a process costs more than reading them.
"""

from __future__ import annotations

import contextlib
import pickle
import queue
import subprocess
import threading
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, BinaryIO

from pilotscore.findings import Finding, Place
from pilotscore.language import Text
from pilotscore.workbook.results import kinds
from pilotscore.workbook.results.options import ReadingOptions
from pilotscore.workbook.results.reader import BookResult, read_book, unread
from pilotscore.workbook.tables.headers import HeaderNames

Chunk = tuple[str, ...]
Progress = Callable[[int, int], None]
_TAME_BYTES = 2_000_000
_TAME_INFLATED = 50_000_000
_TAME_FILES = 12
_CHUNK_FILES = 25


@dataclass(frozen=True, slots=True)
class Job:
    """What every reading process is told once."""

    names: HeaderNames
    options: ReadingOptions
    sha256: str


def read_books(paths: list[Path], job: Job, progress: Progress | None = None) -> list[BookResult]:
    """Read workbooks, in order; whatever one of them does, it becomes that one's finding."""
    tell = progress or (lambda _done, _total: None)
    if len(paths) <= _TAME_FILES and all(map(is_tame, paths)):
        results = []
        for i, path in enumerate(paths):
            results.append(read_book(path, job.names, job.options, job.sha256))
            tell(i + 1, len(paths))
        return results
    return _in_processes(paths, job, tell)


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
            parts = {p.replace("\\", "/").lower() for p in archive.namelist()}
            others = {"xl/workbook.bin", "content.xml"} & parts
            return not others and sum(i.file_size for i in archive.infolist()) <= _TAME_INFLATED
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return True  # it cannot be opened: it is refused at once, with the reason


# What a reading process begins with: not the program of whoever calls us, which might read again.
_BEGIN = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from pilotscore.workbook.results.workers import serve; serve()"
)


def serve() -> None:
    """Read what is asked for on stdin until nobody asks any more; a reading process does this."""
    import os
    import sys

    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else is printed must not get among the answers
    job: Job = pickle.load(asked)
    _limit_memory(job.options.limits.memory_mb)
    _answer(answers, None)  # ready: the time that a file takes is counted from here
    while True:
        try:
            chunk: Chunk = pickle.load(asked)
        except EOFError:
            return
        _answer(answers, [_read(Path(name), job) for name in chunk])


def _answer(answers: BinaryIO, message: object) -> None:
    pickle.dump(message, answers, pickle.HIGHEST_PROTOCOL)
    answers.flush()


def _limit_memory(most_mb: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    resource.setrlimit(resource.RLIMIT_DATA, (most_mb * 1_000_000,) * 2)


def _read(path: Path, job: Job) -> BookResult:
    try:
        return read_book(path, job.names, job.options, job.sha256)
    except MemoryError:
        reason = Text("内存不足", "out of memory")
        return unread(path, Finding(kinds.READER_DIED, Place(str(path)), {"reason": reason}))


class _Reader:
    """One reading process, begun anew whenever it dies; one chunk at a time is asked of it.

    So there is never a doubt which file it died of; pools that hand out tasks ahead blame the
    wrong one. It is driven by a thread of ours that mostly waits.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self.process: subprocess.Popen[bytes] | None = None

    def read(self, chunk: Chunk) -> list[BookResult]:
        """Read some files; what kills or delays the process is a finding of the file it came from."""
        results = self._ask(chunk)
        if not isinstance(results, Finding):
            return results
        if len(chunk) > 1:  # which of them it was is not known: each by itself
            return [result for name in chunk for result in self.read((name,))]
        return [unread(Path(chunk[0]), replace(results, place=Place(chunk[0])))]

    def _begin(self) -> subprocess.Popen[bytes]:
        import json
        import os
        import sys

        # One thread is enough for what numpy does here, and each takes memory that is bounded.
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        process = subprocess.Popen(
            [sys.executable, "-c", _BEGIN, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        pickle.dump(self.job, _pipe(process.stdin), pickle.HIGHEST_PROTOCOL)
        _pipe(process.stdin).flush()
        pickle.load(_pipe(process.stdout))
        return process

    def _ask(self, chunk: Chunk) -> list[BookResult] | Finding:
        seconds = self.job.options.limits.seconds
        process = self.process = self.process or self._begin()
        late = threading.Event()

        def too_late() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, too_late)
        timer.daemon = True
        timer.start()
        try:
            pickle.dump(chunk, _pipe(process.stdin))
            _pipe(process.stdin).flush()
            return pickle.load(_pipe(process.stdout))  # type: ignore[no-any-return]  # what serve() sends
        except (EOFError, OSError, pickle.UnpicklingError):
            self.end()
            if late.is_set():
                return Finding(kinds.TOO_SLOW, Place(""), {"limit": seconds})
            code = process.returncode
            reason = Text(f"退出码 {code}", f"exit code {code}")
            return Finding(kinds.READER_DIED, Place(""), {"reason": reason})
        finally:
            timer.cancel()

    def end(self) -> None:
        """End the process, whatever it is doing."""
        if self.process is not None:
            self.process.kill()
            for pipe in (self.process.stdin, self.process.stdout):
                with contextlib.suppress(OSError):
                    _pipe(pipe).close()
            self.process.wait()
            self.process = None


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise RuntimeError("the process has no pipe")
    return pipe


def _in_processes(paths: list[Path], job: Job, tell: Progress) -> list[BookResult]:
    import os
    from concurrent.futures import ThreadPoolExecutor, as_completed

    chunks = list(_chunks(paths))
    size = min(job.options.jobs or os.cpu_count() or 1, len(chunks))
    idle: queue.SimpleQueue[_Reader] = queue.SimpleQueue()
    readers = [_Reader(job) for _ in range(size)]
    for reader in readers:
        idle.put(reader)

    def read(chunk: Chunk) -> tuple[Chunk, list[BookResult]]:
        reader = idle.get()
        try:
            return chunk, reader.read(chunk)
        finally:
            idle.put(reader)

    results: dict[str, BookResult] = {}
    threads = ThreadPoolExecutor(size)
    try:
        for future in as_completed([threads.submit(read, chunk) for chunk in chunks]):
            chunk, done = future.result()
            results.update(zip(chunk, done, strict=True))
            tell(len(results), len(paths))
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        for reader in readers:
            reader.end()
        threads.shutdown()
    return [results[str(p)] for p in paths]


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
