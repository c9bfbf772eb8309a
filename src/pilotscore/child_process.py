"""A process of ours that answers one question at a time, and may die or hang of any of them.

What is asked and answered goes over its pipes, pickled; whatever else it prints goes nowhere. One
question at a time: so there is never a doubt which of them it died of, where pools that hand out
tasks ahead blame the wrong one. A question is put by a thread that mostly waits.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from typing import IO, Any

Answer = Callable[[Any], Any]
# What the process begins with: not the program of whoever calls us, which might do its work again.
_BEGIN = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from pilotscore.child_process import serve; serve()"
)


class TooLateError(Exception):
    """No answer came in time, and the process was ended."""


class DiedError(Exception):
    """The process ended by itself; ``code`` is its exit code."""

    def __init__(self, code: int | None) -> None:
        super().__init__(code)
        self.code = code


class ChildProcess:
    """One such process, begun when it is first asked, and anew whenever it has died.

    Parameters
    ----------
    prepare
        Called in the process before it answers; gives the function that does. It is pickled here
        and now, a function of a module or a partial of one: what it holds may be in use, and
        growing, when the process is begun. Bytes are one that :func:`packed` has pickled.
    environment
        Variables that the process has besides ours.
    """

    def __init__(
        self, prepare: Callable[[], Answer] | bytes, environment: Mapping[str, str] | None = None
    ) -> None:
        # Pickled already, where it came from another machine.
        self._prepare = prepare if isinstance(prepare, bytes) else packed(prepare)
        self._environment = environment or {}
        self._process: subprocess.Popen[bytes] | None = None
        self._ready = False

    def begin(self) -> None:
        """Begin the process where there is none, and wait until it is ready to answer.

        Raises
        ------
        DiedError
            It has ended before it was ready.
        """
        self._started()
        if not self._ready:
            self._exchange_pickled(self._prepare)
            self._ready = True

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _BEGIN, json.dumps(sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **self._environment},
            )
        return self._process

    def ask(self, question: object, seconds: float, *, from_start: bool = False) -> Any:
        """Return the answer to a question.

        Parameters
        ----------
        question
            What the answering function is called with.
        seconds
            How long the answer may take.
        from_start
            Whether the start of the process, where it is not begun yet, counts in that time.

        Raises
        ------
        TooLateError, DiedError
            There is none; the next question is put to a new process.
        """
        if not from_start:
            self.begin()
        process, late = self._started(), threading.Event()

        def too_late() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, too_late)
        timer.daemon = True
        timer.start()
        try:
            self.begin()
            return self._exchange(question)
        except DiedError as error:
            if late.is_set():
                raise TooLateError from error
            raise
        finally:
            timer.cancel()

    def _exchange(self, message: object) -> Any:
        return self._exchange_pickled(packed(message))

    def _exchange_pickled(self, message: bytes) -> Any:
        process = self._started()
        try:
            stdin = _pipe(process.stdin)
            stdin.write(message)
            stdin.flush()
            return pickle.load(_pipe(process.stdout))
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            self.end()
            raise DiedError(process.returncode) from error

    def end(self) -> None:
        """End the process, whatever it is doing."""
        process, self._process, self._ready = self._process, None, False
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    _pipe(pipe).close()
            process.wait()


def packed(thing: object) -> bytes:
    """Return a thing as it goes to a child."""
    return pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise RuntimeError("the process has no pipe")
    return pipe


def _send(pipe: IO[bytes], message: object) -> None:
    pickle.dump(message, pipe, pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def serve() -> None:
    """Answer what is asked on stdin until nobody asks any more; the child process does this."""
    questions, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else is printed must not get among the answers
    answer: Answer = pickle.load(questions)()
    _send(answers, None)  # ready: the time that a question takes is counted from here
    while True:
        try:
            question = pickle.load(questions)
        except EOFError:
            return
        _send(answers, answer(question))
