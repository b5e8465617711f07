"""Runs the hidden tests of one question against a live kernel.

A lesson's tests are collected once, by pytest in a process that waits; it forks one for each question, which ends with
the last test, when the student's kernel dies, when the deadline passes, or when the grader itself is gone.
"""

from __future__ import annotations

import gc
import hashlib
import json
import multiprocessing
import os
import re
import select
import signal
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
import torch

from rnncourse.grading.hidden import Random, Unmet
from rnncourse.grading.preload import OF_TORCH, preload
from rnncourse.grading.student import ENDED, KernelLost, Student, StudentError

PLUGINS_WITHOUT_USE = (
    "cacheprovider",
    "unraisableexception",
    "threadexception",
    "logging",
    "warnings",
    "faulthandler",
    "tmpdir",
    "recwarn",
    "unittest",
)  # each costs time at every test
DEADLINE = 120.0  # seconds for all the tests of one question
PATIENCE = 10.0  # seconds for one call, where a test doesn't ask for more
NOT_REACHED = "not reached"
LARGEST_REQUEST = 10_000
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload([__name__])


@dataclass
class TestResult:
    """One hidden test of a question: its share, and what became of it."""

    __test__ = False  # not a test class

    name: str
    hint: str
    weight: float
    passed: bool = False
    message: str = NOT_REACHED

    @property
    def title(self) -> str:
        """Its name in words, with symbols as a lesson writes them: h_0, W_xh, fc_x2h, z = 1."""
        words = self.name.removeprefix("test_").replace("_", " ")
        words = re.sub(r"\b([A-Zbchx]|fc) (0|t|n|h|xh|hh|\w2\w)\b", r"\1_\2", words)
        return re.sub(r"\bz ([01])\b", r"z = \1", words)


@dataclass
class Verdict:
    """What the hidden tests of one question found."""

    results: list[TestResult] = field(default_factory=list)
    deadline: float = DEADLINE
    kernel_lost: bool = False
    finished: bool = False

    @property
    def share(self) -> float:
        """The earned share of the points, in 0..1."""
        total = sum(result.weight for result in self.results)
        return sum(result.weight for result in self.results if result.passed) / total if total else 0.0


def run(
    tests: Path,
    question: str,
    connection_file: Path,
    seed: int,
    kernel_is_alive: Callable[[], bool],
) -> Verdict:
    """Run the hidden tests of one question.

    Every test of the question is in the verdict, also when the kernel died or the deadline passed on the way.

    Args:
        tests: the folder with the lesson's hidden tests.
        connection_file: of the student's kernel.
        seed: of the random inputs.
    """
    with _bench_of(tests).judge(question, connection_file, seed) as results:
        return _listen(results, kernel_is_alive)


class Bench:
    """The process that has collected a lesson's tests."""

    def __init__(self, tests: Path) -> None:
        self.stamp = _stamp(tests)
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.process = CONTEXT.Process(target=_collect, args=(theirs, str(tests)), daemon=True)
        self.process.start()
        theirs.close()

    def judge(self, question: str, connection_file: Path, seed: int) -> Connection:
        """Where a new process tells of the question's tests; to close it ends that process."""
        ours, theirs = multiprocessing.Pipe()
        request = json.dumps({"question": question, "connection_file": str(connection_file), "seed": seed})
        socket.send_fds(self.control, [request.encode()], [theirs.fileno()])
        theirs.close()
        return ours

    def is_usable(self, tests: Path) -> bool:
        return self.process.is_alive() and self.stamp == _stamp(tests)

    def close(self) -> None:
        self.control.close()
        self.process.kill()
        self.process.join()


_benches: dict[Path, Bench] = {}


def _bench_of(tests: Path) -> Bench:
    """Started when it is first needed, and again when a test file has changed."""
    bench = _benches.get(tests)
    if bench is not None and not bench.is_usable(tests):
        _benches.pop(tests).close()
    if tests not in _benches:
        _benches[tests] = Bench(tests)
    return _benches[tests]


def _stamp(tests: Path) -> list[tuple[str, int]]:
    return [(path.name, path.stat().st_mtime_ns) for path in sorted(tests.glob("*.py"))]


def _listen(results: Connection, kernel_is_alive: Callable[[], bool]) -> Verdict:
    begin, verdict = time.monotonic(), Verdict()
    while time.monotonic() < begin + verdict.deadline:
        if results.poll(0.1):
            try:
                verdict = results.recv()
            except EOFError:
                _give_up(verdict, "the test could not be finished", kernel_lost=verdict.kernel_lost)
                return verdict
            if verdict.finished:
                return verdict
        elif not kernel_is_alive():
            _give_up(verdict, ENDED)
            return verdict
    _give_up(verdict, "the tests of this question took too long")
    return verdict


def _give_up(verdict: Verdict, reason: str, kernel_lost: bool = True) -> None:
    verdict.kernel_lost = kernel_lost
    for result in verdict.results:
        if result.message == NOT_REACHED:
            result.message = reason
            reason = "not run any more"


def _collect(control: socket.socket, tests: str) -> None:
    """In the process of a `Bench`."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nowhere, standard)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    torch.set_num_threads(1)
    preload(*OF_TORCH)
    without = [part for name in PLUGINS_WITHOUT_USE for part in ("-p", f"no:{name}")]
    options = ["-q", "--capture=no", *without, "--noconftest", "--import-mode=importlib", "-c", os.devnull]
    pytest.main([tests, *options], plugins=[HiddenTests(control)])


class HiddenTests:
    """The pytest plugin: a process for each request, the fixtures of a hidden test, a message after each test."""

    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.verdict = Verdict()

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Instead of running all tests: wait for requests, and fork for each."""
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # judges leave no zombies
        gc.collect()
        gc.freeze()  # a collection in a judge leaves the pages shared
        while not session.testsfailed:  # by then, tests that cannot be collected
            message, descriptors, *_ = socket.recv_fds(self.control, LARGEST_REQUEST, 1)
            if not message:
                break
            if os.fork() == 0:
                try:
                    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                    self.control.close()
                    self._judge(session.items, Connection(descriptors[0]), **json.loads(message))
                finally:
                    os._exit(0)
            os.close(descriptors[0])
        return True

    def _judge(
        self, items: list[pytest.Item], results: Connection, question: str, connection_file: str, seed: int
    ) -> None:
        threading.Thread(target=_end_with, args=(results.fileno(),), daemon=True).start()
        self.results, self.seed = results, seed
        chosen = [item for item in items if _mark(item).get("question") == question]
        for item in chosen:
            self.verdict.deadline = getattr(item.module, "DEADLINE", DEADLINE)
            if self._result_of(item) is None:
                mark = _mark(item)
                self.verdict.results.append(TestResult(_function(item), mark["hint"], mark["weight"]))
        results.send(self.verdict)
        self.the_student = Student(connection_file, question)
        for item, following in zip(chosen, [*chosen[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        self.verdict.finished = True
        results.send(self.verdict)

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> Random:
        return self._random(request.node.name)

    @pytest.fixture
    def student(self, rng: Random) -> Student:
        return self._student(rng)

    @pytest.fixture(scope="module")
    def once(self, request: pytest.FixtureRequest) -> tuple[Student, Random]:
        """The student and the random numbers of a fixture that does something once for several tests."""
        rng = self._random(request.node.name)
        return self._student(rng), rng

    def _random(self, name: str) -> Random:
        digest = hashlib.sha256(f"{self.seed} {name}".encode()).digest()
        return Random(int.from_bytes(digest[:4]))

    def _student(self, rng: Random) -> Student:
        self.the_student.patience(PATIENCE)
        self.the_student.seed(rng.seed)
        return self.the_student

    def pytest_configure(self, config: pytest.Config) -> None:
        config.addinivalue_line("markers", "graded(question, hint, weight): a share of a question's points")

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        result = self._result_of(item)
        if not result.passed and result.message != NOT_REACHED:
            pytest.skip("one parameter set has failed, and a function is one share")

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Any:
        yield
        self.verdict.kernel_lost = self.the_student.is_lost
        self.results.send(self.verdict)

    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo) -> None:
        result = self._result_of(item)
        if call.excinfo is not None:
            if result.passed or result.message == NOT_REACHED:
                result.passed, result.message = False, _public(call.excinfo.value)
        elif call.when == "call" and result.message == NOT_REACHED:
            result.passed, result.message = True, ""

    def _result_of(self, item: pytest.Item) -> TestResult | None:
        return next((result for result in self.verdict.results if result.name == _function(item)), None)


def _mark(item: pytest.Item) -> dict:
    mark = item.get_closest_marker("graded")
    return mark.kwargs if mark else {}


def _function(item: pytest.Item) -> str:
    return getattr(item, "originalname", item.name)


def _public(error: BaseException) -> str:
    """What a student may read of a failure: never an assertion's own diff."""
    return str(error) if isinstance(error, Unmet | StudentError | KernelLost) else ""


def _end_with(lifeline: int) -> None:
    """The grader never writes: when there is something to read, it has closed its end or is gone."""
    select.select([lifeline], [], [])
    os._exit(1)
