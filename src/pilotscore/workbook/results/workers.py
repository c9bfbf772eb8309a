"""Reads workbooks in processes of their own, so that a bad file costs that file alone.

A file can abort the reader outright, hold it for ever or ask for more memory than there is; none
of these can be caught from within. Files that are small and plain are read here: they are known to
be harmless once their bounds were checked, and a process costs more than reading them.
"""

from __future__ import annotations

import gc
import os
import threading
import zipfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pilotscore.child_process import DiedError, TooLateError
from pilotscore.crew import Child, ThisMachine
from pilotscore.errors import PartlyDoneError
from pilotscore.findings import Finding, Place
from pilotscore.language import Text, Words
from pilotscore.records import dataclass
from pilotscore.system import is_file
from pilotscore.workbook.results import kinds
from pilotscore.workbook.results.options import ReadingOptions
from pilotscore.workbook.results.reader import Contents, read_book, unread_book
from pilotscore.workbook.tables.headers import HeaderNames

if TYPE_CHECKING:
    from pilotscore.workbook.results.finished import Finished

Chunk = tuple[str, ...]
Progress = Callable[[int, int], None]
_TAME_BYTES = 2_000_000
_TAME_INFLATED = 50_000_000
_TAME_FILES = 12
_CHUNK_FILES = 25


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
    if job.options.resume is not None:
        return _going_on(paths, job, job.options.resume, tell)
    return _read_books(paths, job, tell, None)


def _going_on(paths: Sequence[Path], job: Job, folder: Path, tell: Progress) -> list[Contents]:
    """Read the workbooks that a folder does not keep yet, and keep them there."""
    from pilotscore.workbook.results.finished import Finished

    finished = Finished(folder, job.sha256, job.options)
    known = finished.known(paths)
    others = [path for path in paths if str(path) not in known]
    if known:
        tell(len(known), len(paths))

    def further(done: int, _total: int) -> None:
        tell(len(known) + done, len(paths))

    read = dict(zip(others, _read_books(others, job, further, finished), strict=True))
    return [known[str(path)] if str(path) in known else read[path] for path in paths]


def _read_books(
    paths: Sequence[Path], job: Job, tell: Progress, finished: Finished | None
) -> list[Contents]:
    if job.options.crew is not None and paths:
        return _by_others(paths, job, tell, finished)
    if len(paths) > _TAME_FILES or not all(map(is_tame, paths)):
        return _in_processes(paths, job, tell, finished)
    contents = []
    for path in paths:
        contents.append(job.read(path))
        if finished is not None:
            finished.keep([str(path)], contents[-1:])
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


def begin_reading(job: Job, folder: str | None = None) -> Callable[[Chunk], list[Contents]]:
    """Bound the memory of a reading process, and return what reads some files in it.

    Names are those of a folder, where the process does not work in it from the beginning.
    """
    if folder is not None:
        os.chdir(folder)
    _limit_memory(job.options.limits.memory_mb)
    _collect_seldom()
    return lambda chunk: [_read(Path(name), job) for name in chunk]


def _collect_seldom() -> tuple[int, int, int]:
    """Keep the collector from going through all that there is for every few files.

    What is read holds no circles, and what was imported stays. Returns what was set before.
    """
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    return before


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


def _ask(process: Child, chunk: Chunk, seconds: int) -> list[Contents]:
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


class _Work:
    """Files yet to be read, taken in chunks by several threads, and what was read of them."""

    def __init__(
        self, paths: Sequence[Path], job: Job, tell: Progress, finished: Finished | None
    ) -> None:
        self.job, self.finished = job, finished
        self._chunks = deque(_chunks(paths))
        self._contents: dict[str, Contents] = {}
        self._total, self._tell, self._lock = len(paths), tell, threading.Lock()

    def __len__(self) -> int:
        return len(self._chunks)

    def stop(self) -> None:
        """Leave what nobody has begun to read."""
        self._chunks.clear()

    def first_is_tame(self) -> bool:
        """Say whether the files to be read next are harmless."""
        return bool(self._chunks) and _are_tame(self._chunks[0])

    def take(self) -> Iterator[Chunk]:
        """Yield chunks until there are none."""
        while self._chunks:
            try:
                yield self._chunks.popleft()
            except IndexError:  # another thread was quicker
                return

    def take_tame(self) -> Iterator[Chunk]:
        """Yield chunks from the end, as long as they are harmless."""
        for chunk in iter(self._last, None):
            if not _are_tame(chunk):
                self._chunks.append(chunk)
                return
            yield chunk

    def _last(self) -> Chunk | None:
        try:
            return self._chunks.pop()
        except IndexError:
            return None

    def put(self, chunk: Chunk, contents: list[Contents]) -> None:
        """Keep what was read of some files."""
        if self.finished is not None:
            self.finished.keep(chunk, contents)
        with self._lock:
            self._contents.update(zip(chunk, contents, strict=True))
            self._tell(len(self._contents), self._total)

    @property
    def done(self) -> int:
        """How many files were read."""
        return len(self._contents)

    def contents(self, paths: Sequence[Path]) -> list[Contents]:
        """Return what was read, in the order of the paths."""
        return [self._contents[str(p)] for p in paths]


def _are_tame(chunk: Chunk) -> bool:
    return all(is_tame(Path(name)) for name in chunk)


def _in_processes(
    paths: Sequence[Path], job: Job, tell: Progress, finished: Finished | None
) -> list[Contents]:
    """Read files in several processes, harmless ones in this one too: one less to begin."""
    work = _Work(paths, job, tell, finished)
    crew, prepare = ThisMachine(job.options.jobs), partial(begin_reading, job)
    here = work.first_is_tame()
    children = crew.children(prepare, min(crew.size, len(work)) - here)
    threads = ThreadPoolExecutor(max(len(children), 1))
    thresholds = _collect_seldom()
    try:
        reading = [threads.submit(_read_by, child, work) for child in children]
        for chunk in work.take_tame() if here else ():
            work.put(chunk, [_read(Path(name), job) for name in chunk])
        for future in reading:
            future.result()
        if work:  # what is left is not harmless, and the others had ended when it was put back
            children = children or crew.children(prepare, 1)
            _read_by(children[0], work)
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        for child in children:
            child.end()
        threads.shutdown()
        gc.set_threshold(*thresholds)
        gc.unfreeze()
    return work.contents(paths)


_SO_FAR = Text(
    "{lost}；{done}/{total} 个文件已读{kept}",
    "{lost}; {done} of {total} files were read{kept}",
)
_KEPT = Text(
    "，保存在 {folder}；加上 --resume {folder} 再次运行即接着读",
    " and are kept in {folder}: run it again with --resume {folder} to go on",
)
_NOT_KEPT = Text(
    "，没有保存；加上 --resume 文件夹，下次即可接着读",
    " and not kept: with --resume DIR the next run goes on from where it stopped",
)


def _by_others(
    paths: Sequence[Path], job: Job, tell: Progress, finished: Finished | None
) -> list[Contents]:
    """Read files in the children of a crew, wherever they are; none of them here."""
    crew = job.options.crew
    alone = replace(job, options=replace(job.options, crew=None, resume=None))
    assert crew is not None
    work = _Work(paths, alone, tell, finished)
    children = crew.children(partial(begin_reading, alone, str(Path.cwd())), len(work))
    with ThreadPoolExecutor(max(len(children), 1)) as threads:
        reading = [threads.submit(_read_by, child, work) for child in children]
        try:
            for future in as_completed(reading):
                future.result()
        except PartlyDoneError as error:
            kept = _NOT_KEPT if finished is None else _KEPT.of(folder=str(finished.folder))
            said = {"lost": error.text, "done": work.done, "total": len(paths), "kept": kept}
            raise PartlyDoneError(_SO_FAR.of(**said)) from error
        finally:
            work.stop()
            for child in children:
                child.end()
    return work.contents(paths)


def _read_by(child: Child, work: _Work) -> None:
    for chunk in work.take():
        work.put(chunk, _ask(child, chunk, work.job.options.limits.seconds))


def _chunks(paths: Iterable[Path]) -> Iterator[Chunk]:
    """Group small files, so that handing them over costs less than reading them."""
    held: list[str] = []
    size = 0
    for path in paths:
        here = path.stat().st_size if is_file(path) else 0
        if held and (size + here > _TAME_BYTES or len(held) >= _CHUNK_FILES):
            yield tuple(held)
            held, size = [], 0
        held.append(str(path))
        size += here
    if held:
        yield tuple(held)
