"""Children on the workers of a cluster of dask.distributed, as :mod:`pilotscore.crew` has them.

A question travels pickled through the scheduler to a worker, which puts it to a bounded child of
its own, and the answer comes back the same way: a file that kills or hangs its reader costs that
child, as on one machine. Scheduler and workers run what they are sent; so do we of what they
answer: see docs/scale.md for the only networks on which that is right.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import platform
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from pilotscore.child_process import ChildProcess, DiedError, TooLateError, packed
from pilotscore.crew import ONE_THREAD, Prepare
from pilotscore.errors import PartlyDoneError, UsageError
from pilotscore.language import COMMA, Text, join

if TYPE_CHECKING:
    from distributed import Client

LOCAL = "local"
# How much longer than its child a worker may take before it is held to hang itself.
_GRACE = 30.0
_CONNECT = "20s"
_TRIES = 2
_NOT_INSTALLED = Text(
    "--cluster 需要附加组件 cluster；安装：pip install 'pilotscore[cluster]'",
    "--cluster needs the cluster extra; install it with: pip install 'pilotscore[cluster]'",
)
_BAD_ADDRESS = Text(
    "--cluster {address}：应为 local、local:N，或调度器地址，如 tcp://10.0.0.5:8786",
    "--cluster {address}: expected local, local:N, or the address of a scheduler, such as "
    "tcp://10.0.0.5:8786",
)
_NO_ANSWER = Text(
    "--cluster {address}：连不上调度器（{why}）；请核对地址和端口、调度器是否在运行，"
    "以及两边的 TLS 设置是否一致",
    "--cluster {address}: the scheduler does not answer ({why}); check address and port, whether "
    "it runs, and whether both sides have the same TLS settings",
)
_NO_WORKERS = Text(
    "--cluster {address}：调度器没有工作进程；请先启动 dask worker {address}",
    "--cluster {address}: the scheduler has no workers; start some first: dask worker {address}",
)
_OTHER_VERSIONS = Text(
    "--cluster {address}：工作进程与本机的版本不同，结果可能不同，没有运行：{differences}；"
    "请装成一样的",
    "--cluster {address}: workers have other versions than this machine, and might come to other "
    "figures; nothing was run: {differences}; install the same",
)
_OTHER_VERSION = Text(
    "{worker} 的 {name} 是 {theirs}，本机是 {ours}", "{worker} has {name} {theirs}, here {ours}"
)
_NONE = Text("没有", "none")
_NO_FOLDER = Text(
    "--cluster {address}：工作进程 {workers} 上没有文件夹 {folder}；"
    "请在各机以同一路径挂载共享文件夹，并在其中运行",
    "--cluster {address}: the workers {workers} have no folder {folder}; mount a shared folder "
    "under the same path on each, and run the command in it",
)
_LOST = Text(
    "与调度器 {address} 的连接中断，运行没有做完",
    "the connection to the scheduler {address} was lost; the run is not finished",
)


@contextmanager
def open_cluster(address: str) -> Iterator[Cluster]:
    """Connect to a cluster, or start one here, and leave it again.

    Parameters
    ----------
    address
        ``local`` (a worker for each processor), ``local:N``, or that of a scheduler.

    Raises
    ------
    UsageError
        The extra is not installed, no scheduler answers, or its workers are not as we are.
    """
    try:
        import distributed
    except ImportError as error:
        raise UsageError(_NOT_INSTALLED) from error
    workers = _workers_of(address)
    with _quiet(), _own_cluster(workers) as own:
        where = address if own is None else own.scheduler_address
        try:
            # Settings of TLS are those of distributed: its files, or its variables.
            client = distributed.Client(where, timeout=_CONNECT, set_as_default=False)
        # A TypeError is distributed's own word for tls:// without certificates.
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            raise UsageError(_NO_ANSWER.of(address=address, why=str(error))) from error
        try:
            cluster = Cluster(client, address)
            cluster.check()
            try:
                yield cluster
            finally:  # also after an error: what they were begun for is over
                cluster.leave()
        finally:
            with suppress(Exception):  # it may be gone, which was told where it mattered
                client.close(timeout=2)


def _workers_of(address: str) -> int | None:
    """Return how many workers a local cluster is to have; None for the address of a scheduler."""
    name, _, number = address.partition(":")
    if name == LOCAL and not number:
        return os.cpu_count() or 1
    if name == LOCAL and number.isdecimal() and int(number) > 0:
        return int(number)
    if name == LOCAL or "://" not in address:
        raise UsageError(_BAD_ADDRESS.of(address=address))
    return None


@contextmanager
def _own_cluster(workers: int | None) -> Iterator[Any]:
    """Start a cluster of this machine for the time being, where one is asked for."""
    if workers is None:
        yield None
        return
    import dask
    import distributed

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": _TRIES - 1}),
        distributed.LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address=None, memory_limit=0
        ) as own,
    ):
        yield own


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what distributed logs of lost workers off the screen: it is told in our own words."""
    import logging

    loggers = [logging.getLogger(name) for name in ("distributed", "tornado", "asyncio")]
    before = [log.level for log in loggers]
    for log in loggers:
        log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for log, level in zip(loggers, before, strict=True):
            log.setLevel(level)


class Cluster:
    """The workers of a scheduler as a crew.

    Parameters
    ----------
    client
        What is connected to the scheduler.
    address
        What the person called it by.
    """

    def __init__(self, client: Client, address: str) -> None:
        self.client, self.address = client, address
        self._prepared: list[str] = []
        self._hung: set[str] = set()

    def check(self) -> None:
        """Hold the workers against this machine: versions, and the folder that we stand in.

        Raises
        ------
        UsageError
            There are none, or some that are not as we are.
        """
        if not self._threads():
            raise UsageError(_NO_WORKERS.of(address=self.address))
        differences = [
            _OTHER_VERSION.of(worker=worker, name=name, theirs=theirs or _NONE, ours=ours or _NONE)
            for worker, theirs_of in sorted(self._each(versions, {}).items())
            for name, ours, theirs in _differing(_ours(), theirs_of)
        ]
        if differences:
            listed = join(differences, COMMA)
            raise UsageError(_OTHER_VERSIONS.of(address=self.address, differences=listed))
        here = os.getcwd()  # noqa: PTH109 - the name alone is wanted, as others may have it
        without = [w for w, there in self._each(_has_folder, False, here).items() if not there]
        if without:
            said = ", ".join(sorted(without))
            raise UsageError(_NO_FOLDER.of(address=self.address, workers=said, folder=here))

    def _threads(self) -> int:
        workers = self.client.scheduler_info(n_workers=-1)["workers"].values()
        return sum(int(w["nthreads"]) for w in workers)

    def _each(self, function: Callable[..., Any], failed: Any, *given: Any) -> dict[str, Any]:
        """Return what a function of ours gives on each worker; ``failed`` where it is not there."""
        answers = self.client.run(function, *given, on_error="return")
        return {w: failed if isinstance(a, BaseException) else a for w, a in answers.items()}

    def children(self, prepare: Prepare, most: int | None = None) -> list[RemoteChild]:
        """Return children that are prepared alike: one for each thread of the workers."""
        prepared = packed(prepare)
        name = hashlib.sha256(prepared).hexdigest()
        self._prepared.append(name)
        size = max(1, self._threads())
        size = size if most is None else min(size, most)
        return [RemoteChild(self, name, prepared) for _ in range(size)]

    def without_hung(self) -> list[str] | None:
        """Return the workers that a question may go to; None where any may have it."""
        if not self._hung:
            return None
        workers = self.client.scheduler_info(n_workers=-1)["workers"]
        return [w for w in workers if w not in self._hung] or None

    def note_hung(self, key: str) -> None:
        """Note the worker that has a question and does not answer."""
        with suppress(Exception):  # where nobody knows which it was, any may be asked again
            tasks = self.client.processing()
            self._hung |= {worker for worker, keys in tasks.items() if key in keys}

    def leave(self) -> None:
        """End the children on the workers; where the scheduler is gone, nobody can be asked to."""
        for name in self._prepared if not self.lost() else ():
            with suppress(Exception):  # what is gone has no children any more
                self.client.run(end_children, name)

    def lost(self) -> bool:
        """Whether the scheduler is gone."""
        return bool(self.client.status != "running")


class RemoteChild:
    """A place among the children of the workers; asks whichever of them is free.

    A worker that dies or hangs costs its question a second try on another one. What children are
    prepared with goes to a worker when it says that it has none: data that are scattered to all of
    them are kept by one alone after some seconds (the memory manager of distributed 2026.8 has
    that as its default), and are gone with it.
    """

    def __init__(self, cluster: Cluster, name: str, prepared: bytes) -> None:
        self._cluster, self._name, self._prepared = cluster, name, prepared

    def ask(self, question: object, seconds: float) -> Any:
        """Return the answer to a question.

        Raises
        ------
        TooLateError, DiedError
            There is none.
        PartlyDoneError
            The scheduler is gone.
        """
        asked = packed(question)
        for left in reversed(range(_TRIES)):
            how, answer = self._tried(asked, seconds, None)
            while how == "unprepared":
                how, answer = self._tried(asked, seconds, self._prepared)
            if how == "answer":
                return pickle.loads(answer)
            if how == "died":
                raise DiedError(answer)
            if how == "late":
                raise TooLateError
            if not left and how == "hung":
                raise TooLateError
        raise DiedError(None)

    def _tried(self, asked: bytes, seconds: float, prepared: bytes | None) -> tuple[str, Any]:
        """Ask once; ``hung`` and ``gone`` are workers that gave no answer at all."""
        from concurrent.futures import CancelledError

        from distributed import KilledWorker

        cluster = self._cluster
        future: Any = None
        try:
            future = cluster.client.submit(
                answer_in_child,
                self._name,
                prepared,
                asked,
                seconds,
                pure=False,
                workers=cluster.without_hung(),
            )
            how, answer = future.result(timeout=seconds + _GRACE)
        except TimeoutError:
            if cluster.lost():
                raise self._lost() from None
            if future is not None:
                cluster.note_hung(future.key)
            return "hung", None
        except KilledWorker:
            return "gone", None
        except (CancelledError, OSError, RuntimeError, ValueError) as error:
            if cluster.lost():
                raise self._lost() from error
            return "gone", None
        finally:
            if future is not None and not cluster.lost():
                future.cancel()  # it may still run on a worker that hangs
        return how, answer

    def _lost(self) -> PartlyDoneError:
        return PartlyDoneError(_LOST.of(address=self._cluster.address))

    def end(self) -> None:
        """Nothing: the children are the workers'."""


# On the workers.

_FREE: dict[str, tuple[bytes, SimpleQueue[ChildProcess]]] = {}
_LOCK = threading.Lock()


def answer_in_child(
    name: str, prepared: bytes | None, asked: bytes, seconds: float
) -> tuple[str, bytes | int | None]:
    """Put a question to a bounded child of this worker; return how it went, and the answer."""
    with _LOCK:
        if name not in _FREE:
            if prepared is None:
                return "unprepared", None
            _FREE[name] = prepared, SimpleQueue()
        known, free = _FREE[name]
    try:
        child = free.get_nowait()
    except Empty:
        child = ChildProcess(known, ONE_THREAD)
    try:
        return "answer", packed(child.ask(pickle.loads(asked), seconds))
    except DiedError as error:
        return "died", error.code
    except TooLateError:
        return "late", None
    finally:
        with _LOCK:  # they may have been ended meanwhile: nobody would end this one any more
            kept = name in _FREE and _FREE[name][1] is free
        if kept:
            free.put(child)
        else:
            child.end()


def end_children(name: str) -> None:
    """End the children of this worker that were prepared with something."""
    with _LOCK:
        _, free = _FREE.pop(name, (b"", None))
    while free is not None and not free.empty():
        free.get_nowait().end()


def versions() -> dict[str, str]:
    """Return the versions that figures and files depend on."""
    from importlib.metadata import PackageNotFoundError, version

    found = {"Python": platform.python_version()}
    for name in ("pilotscore", "numpy", "pandas", "openpyxl", "pydantic", "docxtpl", "distributed"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found


_ours = versions  # of this machine: by a name of its own, so that a test can be another one


def _differing(
    ours: Mapping[str, str], theirs: Mapping[str, str]
) -> Sequence[tuple[str, str, str]]:
    if not theirs:  # a worker on which this function is not there
        return [("pilotscore", ours["pilotscore"], "")]
    return [(name, v, theirs.get(name, "")) for name, v in ours.items() if theirs.get(name) != v]


def _has_folder(path: str) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 - it may be another system's
