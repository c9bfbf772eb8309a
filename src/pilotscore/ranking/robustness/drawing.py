"""Works out chunks of draws in order, on the threads of this machine or by the children of a crew.

A chunk has its own random numbers, and what it comes to is added up in order, here: the figures are
the same whoever works it out.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from queue import SimpleQueue

import numpy as np

from pilotscore.arrays import Floats, Ints
from pilotscore.child_process import DiedError, TooLateError
from pilotscore.crew import Child, Crew
from pilotscore.errors import PartlyDoneError
from pilotscore.language import Text
from pilotscore.ranking.robustness.acceptability import Tally, summed, tally
from pilotscore.ranking.robustness.draws import UncertaintyModel, blocks
from pilotscore.records import dataclass

Drawn = tuple[Tally, Floats]
DrawChunk = Callable[[int], Drawn]
SECONDS = 600
_DIED = Text(
    "抽样没有做完：第 {number} 段在工作进程中两次中止（退出码 {code}），多因内存不足；"
    "请减少每台机器的工作进程数，或不用 --cluster 运行",
    "the draws are not finished: part {number} ended its process on a worker (exit code {code}), "
    "mostly for want of memory; start fewer workers on each machine, or run without --cluster",
)
_TOO_LATE = Text(
    "抽样没有做完：第 {number} 段超过 {seconds} 秒；请核对工作进程的负载，或不用 --cluster 运行",
    "the draws are not finished: part {number} took over {seconds} seconds; see what else the "
    "workers do, or run without --cluster",
)


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """What is counted of each chunk of draws.

    Attributes
    ----------
    model
        What is drawn.
    by
        What results are ranked by.
    k, grades
        How many first places matter, and how many grades there are.
    order
        The results whose keys are kept, in this order.
    keep
        Of how many draws, the first of all, the keys are kept.
    """

    model: UncertaintyModel
    by: tuple[str, ...]
    k: int
    grades: int
    order: Ints
    keep: int

    def chunk(self, number: int) -> Drawn:
        """Return the counts of a chunk, and the keys of those of its draws that are kept.

        The keys have shape (n, q).
        """
        size, n = self.model.chunk_size, len(self.model)
        inputs, tallies = self.model.inputs(number, size), []
        keys = np.empty((n, max(0, min(size, self.keep - number * size))))
        for rows in blocks(size, n):  # so that no chunk is there as a whole
            chunk = self.model.evaluate(inputs.take(rows), number)
            tallies.append(tally(chunk, self.by, self.k, self.grades))
            room = keys[:, rows]
            room[:] = chunk.keys(self.by)[: room.shape[1], self.order].T
        return summed(tallies), keys


def begin_drawing(drawing: Drawing) -> DrawChunk:
    """Return what works out a chunk in a child."""
    return drawing.chunk


def each_in_order(
    drawing: Drawing, most: int, fewest: int, cores: int | None, crew: Crew | None
) -> Generator[Drawn, None, None]:
    """Yield what each chunk comes to, in order; a few ahead are worked on meanwhile.

    No more of them than are surely wanted, and after those as many at a time as there are workers.
    """
    with (
        _workers(drawing, most, cores, crew) as (one, workers),
        ThreadPoolExecutor(workers) as pool,
    ):
        ahead: deque[Future[Drawn]] = deque()
        try:
            for number in range(most):
                wanted = number < fewest or (number - fewest) % workers
                while ahead and (len(ahead) > workers or not wanted):
                    yield ahead.popleft().result()
                ahead.append(pool.submit(one, number))
            while ahead:
                yield ahead.popleft().result()
        finally:
            for future in ahead:
                future.cancel()


@contextmanager
def _workers(
    drawing: Drawing, most: int, cores: int | None, crew: Crew | None
) -> Iterator[tuple[DrawChunk, int]]:
    """Yield what works out a chunk, and how many of them at a time."""
    if crew is None:
        from threadpoolctl import threadpool_limits

        # The threads are ours: those of the matrix products would only be in each other's way.
        with threadpool_limits(1, "blas"):
            yield drawing.chunk, cores or os.cpu_count() or 1
        return
    children = crew.children(partial(begin_drawing, drawing), most)
    free: SimpleQueue[Child] = SimpleQueue()
    for child in children:
        free.put(child)
    try:
        yield partial(_asked, free), len(children)
    finally:
        for child in children:
            child.end()


def _asked(free: SimpleQueue[Child], number: int) -> Drawn:
    child = free.get()
    try:
        drawn: Drawn = child.ask(number, SECONDS)
        return drawn
    except DiedError as error:
        code = "?" if error.code is None else error.code
        raise PartlyDoneError(_DIED.of(number=number + 1, code=code)) from error
    except TooLateError as error:
        raise PartlyDoneError(_TOO_LATE.of(number=number + 1, seconds=SECONDS)) from error
    finally:
        free.put(child)
