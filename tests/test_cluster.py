"""Children on the workers of a real cluster: the same answers, also when workers die or hang."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pilotscore import cluster as clusters
from pilotscore.child_process import DiedError, TooLateError
from pilotscore.cli.main import main
from pilotscore.cluster import Cluster, open_cluster
from pilotscore.errors import PartlyDoneError, UsageError
from pilotscore.language import Text
from pilotscore.workbook.results import finished
from tests.conftest import HEADERS, row, write_book

distributed = pytest.importorskip("distributed", reason="the cluster extra is not installed")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("cluster"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
]


ROOT = Path(__file__).parents[1]


def _absolute(path: str) -> str:
    return str(Path(path).absolute()) if path else ""


class Machines:
    """A scheduler and two workers, each a process of its own, as an office starts them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.processes = folder, []
        found = folder / "scheduler.json"
        self.scheduler = self._start(
            "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
            "--scheduler-file", str(found),
        )  # fmt: skip
        self.address = self._address(found)
        self.workers = [self._worker() for _ in range(2)]

    def _start(self, module: str, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{module}", *words]
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        environment = os.environ | {
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
            "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, map(_absolute, sys.path))]),
        }
        process = subprocess.Popen(command, cwd=self.folder, env=environment, **quiet)
        self.processes.append(process)
        return process

    def _worker(self) -> subprocess.Popen[bytes]:
        return self._start(
            "dask_worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
            "--memory-limit", "0", "--local-directory", str(self.folder), "--host", "127.0.0.1",
        )  # fmt: skip

    def add_worker(self) -> None:
        """Start another worker in place of those that have ended."""
        self.workers.append(self._worker())

    @staticmethod
    def _address(file: Path) -> str:
        import json

        until = time.monotonic() + 30
        while time.monotonic() < until:
            if file.exists() and (text := file.read_text(encoding="utf-8")):
                return str(json.loads(text)["address"])
            time.sleep(0.05)
        raise AssertionError("the scheduler has not begun")

    def wait_for(self, count: int) -> None:
        """Wait until so many workers are there."""
        with distributed.Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=30)

    def end(self) -> None:
        """End all of them."""
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait()


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    started = Machines(tmp_path)
    try:
        started.wait_for(2)
        yield started
    finally:
        started.end()


def begin(wait: float = 0.0) -> Callable[[Any], Any]:
    """Return what a child answers with: it doubles, dies or hangs as it is asked."""

    def answer(question: Any) -> Any:
        if question == "die":
            os._exit(7)
        if question == "hang":
            time.sleep(60)
        time.sleep(wait)
        return question * 2

    return answer


def begin_slowly() -> Callable[[Any], Any]:
    return begin(0.05)


def each(cluster: Cluster, questions: list[Any]) -> list[Any]:
    """Put questions to the children of a cluster, each to one that is free."""
    children = cluster.children(begin_slowly)
    with ThreadPoolExecutor(len(children)) as threads:
        turn = iter(range(len(questions)))
        lock, answers = threading.Lock(), [None] * len(questions)

        def work(child: Any) -> None:
            while True:
                with lock:
                    k = next(turn, None)
                if k is None:
                    return
                answers[k] = child.ask(questions[k], 30)

        for future in [threads.submit(work, child) for child in children]:
            future.result()
    return answers


def test_children_answer_die_and_hang_as_those_of_one_machine(machines: Machines) -> None:
    with open_cluster(machines.address) as cluster:
        children = cluster.children(begin)
        assert len(children) == 2
        assert children[0].ask("ab", 30) == "abab"
        with pytest.raises(DiedError) as died:
            children[0].ask("die", 30)
        assert died.value.code == 7
        with pytest.raises(TooLateError):
            children[0].ask("hang", 0.5)
        assert children[0].ask(2, 30) == 4
        assert len(cluster.children(begin, 1)) == 1


def begin_and_note(folder: str) -> Callable[[Any], Any]:
    (Path(folder) / str(os.getpid())).touch()
    return begin()


def test_children_end_with_the_run_also_when_it_fails(machines: Machines, tmp_path: Path) -> None:
    notes = tmp_path / "pids"
    notes.mkdir()
    with pytest.raises(UsageError), open_cluster(machines.address) as cluster:  # noqa: PT012
        assert cluster.children(partial(begin_and_note, str(notes)))[0].ask(1, 30) == 2
        raise UsageError(Text("错", "wrong"))
    (pid,) = (int(note.name) for note in notes.iterdir())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_child_that_answers_after_its_end_is_ended_too(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[bool] = []

    class Child:
        def __init__(self, *_given: Any) -> None:
            pass

        def ask(self, question: Any, _seconds: float) -> Any:
            clusters.end_children("name")  # the run is over before the answer is there
            return question

        def end(self) -> None:
            ended.append(True)

    monkeypatch.setattr(clusters, "ChildProcess", Child)
    asked = clusters.packed(3)
    assert clusters.answer_in_child("name", b"", asked, 1) == ("answer", asked)
    assert ended == [True]


def test_a_worker_that_is_killed_in_the_middle_costs_a_second_try(machines: Machines) -> None:
    questions = list(range(60))
    with open_cluster(machines.address) as cluster:
        killer = threading.Timer(0.8, machines.workers[0].kill)
        killer.start()
        assert each(cluster, questions) == [2 * q for q in questions]
        killer.join()
        assert machines.workers[0].wait() == -signal.SIGKILL


def test_a_worker_that_hangs_is_left_out(
    machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "_GRACE", 1.0)
    with open_cluster(machines.address) as cluster:
        child = cluster.children(begin)[0]
        addresses = {pid: address for address, pid in cluster.client.run(os.getpid).items()}
        stopped = machines.workers[0]
        mine, others = addresses[stopped.pid], cluster.without_hung
        monkeypatch.setattr(cluster, "without_hung", lambda: others() or [mine])
        assert child.ask(1, 30) == 2
        stopped.send_signal(signal.SIGSTOP)
        try:
            assert [child.ask(n, 2) for n in range(4)] == [0, 2, 4, 6]
            assert mine not in (others() or [mine])
        finally:
            stopped.send_signal(signal.SIGCONT)


def forms(folder: Path, count: int) -> Path:
    folder.mkdir()
    for i in range(count):
        write_book(folder / f"{i:02}.xlsx", {"S": [HEADERS, row(id=f"P-{i}")]})
    return folder


def run(*args: str | Path) -> Result:
    words = [*map(str, args), "--lang", "en"]
    return CliRunner().invoke(main, words, catch_exceptions=False)


OF_A_RANKING = ("--as-of", "2026-11-30", "-o")


def test_a_ranking_is_the_same_byte_by_byte_though_a_worker_is_killed(
    machines: Machines, tmp_path: Path, mini: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = forms(tmp_path / "in", 60)
    (folder / "bad.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    rank = ("rank", folder, "-c", mini, *OF_A_RANKING)
    alone = run(*rank, "one.json", "-o", "one.csv")
    killer = threading.Timer(1.0, machines.workers[1].kill)
    killer.start()
    together = run(*rank, "many.json", "-o", "many.csv", "--cluster", machines.address)
    killer.join()
    assert together.exit_code == alone.exit_code
    for ending in ("json", "csv"):
        assert Path(f"many.{ending}").read_bytes() == Path(f"one.{ending}").read_bytes()


def test_a_lost_scheduler_ends_the_run_with_4(
    machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "_CONNECT", "2s")  # so long it is waited for to come back
    with open_cluster(machines.address) as cluster:
        child = cluster.children(begin)[0]
        assert child.ask(1, 30) == 2
        machines.scheduler.kill()
        machines.scheduler.wait()
        with pytest.raises(PartlyDoneError, match="the connection to the scheduler") as lost:
            child.ask(1, 30)
    assert lost.value.exit_code == 4


def test_a_run_that_lost_its_scheduler_goes_on_from_what_was_read(
    machines: Machines, tmp_path: Path, mini: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(clusters, "_CONNECT", "2s")
    keep = finished.Finished.keep

    def and_lose_the_scheduler(self: finished.Finished, *read: Any) -> None:
        keep(self, *read)
        machines.scheduler.kill()

    rank = ("rank", forms(tmp_path / "in", 120), "-c", mini, *OF_A_RANKING)
    alone = run(*rank, "one.json")
    monkeypatch.setattr(finished.Finished, "keep", and_lose_the_scheduler)
    stopped = run(*rank, "many.json", "--cluster", machines.address, "--resume", "kept")
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    assert stopped.exit_code == 4
    said = re.search(r"(\d+) of 120 files were read and are kept in kept", stopped.stderr)
    assert said
    assert not Path("many.json").exists()
    assert 25 <= int(said[1]) == len(list(Path("kept").iterdir())) < 120
    again = run(*rank, "many.json", "--resume", "kept")
    assert again.exit_code == alone.exit_code
    assert Path("many.json").read_bytes() == Path("one.json").read_bytes()


def test_workers_with_other_versions_are_refused(
    machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = clusters.versions()
    monkeypatch.setattr(clusters, "_ours", lambda: ours | {"numpy": "0.1"})
    with (
        pytest.raises(UsageError, match=r"has numpy .*, here 0\.1; install the same"),
        open_cluster(machines.address),
    ):
        pass


def test_workers_that_do_not_see_the_folder_are_named(
    machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "getcwd", lambda: "/nowhere/at/all")
    with (
        pytest.raises(UsageError, match=r"workers tcp://.* have no folder /nowhere/at/all"),
        open_cluster(machines.address),
    ):
        pass


def test_workers_of_this_machine_are_started_and_ended(tmp_path: Path) -> None:
    with open_cluster("local:1") as cluster:
        child = cluster.children(begin)[0]
        assert child.ask("ab", 30) == "abab"


@pytest.mark.parametrize("address", ["local:0", "local:x", "10.0.0.5:8786", ""])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="expected local, local:N"), open_cluster(address):
        pass


def test_a_scheduler_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "_CONNECT", "0.5s")
    done = run("rank", "x.xlsx", "--cluster", "tcp://127.0.0.1:9")
    assert done.exit_code == 2
    assert "the scheduler does not answer" in done.stderr


def test_without_the_extra_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = run("rank", "x.xlsx", "--cluster", "local")
    assert done.exit_code == 2
    assert "pip install 'pilotscore[cluster]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_processes_of_this_machine_do_not_go_with_a_cluster() -> None:
    done = run("rank", "x.xlsx", "--cluster", "local", "--jobs", "2")
    assert done.exit_code == 2
    assert "local:N" in done.stderr


def test_a_ranking_is_put_to_the_test_the_same_byte_by_byte(
    machines: Machines, tmp_path: Path, mini: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    book = write_book(
        tmp_path / "book.xlsx",
        {"S": [HEADERS, *(row(id=f"P-{i}", trl=1 + i % 9) for i in range(40))]},
    )
    tested = ("robustness", book, "-c", mini, "--draws", "3000", *OF_A_RANKING)
    alone = run(*tested, "one.json")
    killer = threading.Timer(0.5, machines.workers[1].kill)
    killer.start()
    together = run(*tested, "many.json", "--cluster", machines.address)
    killer.join()
    assert together.exit_code == alone.exit_code
    assert Path("many.json").read_bytes() == Path("one.json").read_bytes()


def test_tls_without_certificates_is_told() -> None:
    done = run("rank", "x.xlsx", "--cluster", "tls://127.0.0.1:9")
    assert done.exit_code == 2
    assert "the scheduler does not answer" in done.stderr
    assert "the same TLS settings" in done.stderr
