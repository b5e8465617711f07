"""The process that has collected lessons' hidden tests, and forks a judge for each kernel.

A hidden test writes (y * cotangent).sum().backward(): y.backward(cotangent) imports a part of torch that nothing else
here needs, 70 MB and half a second.

A judge ends when the grader closes its end of the line.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import select
import signal
import socket
import sys
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import torch

from rnncourse.grading.hidden import Random, Unmet
from rnncourse.grading.judge import DEADLINE, NOT_REACHED, TestResult, Verdict
from rnncourse.grading.student import KernelLost, Student, StudentError

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
PATIENCE = 10.0  # seconds for one call, where a test doesn't ask for more
LARGEST_REQUEST = 10_000
LONGEST_MESSAGE = 600  # characters; names that a student chose may be among them


def serve(control: socket.socket) -> None:
    """Hand each request to the process that has collected its tests, until all other ends of ``control`` are closed."""
    collectors: dict[str, Collector] = {}
    while True:
        message, descriptors, *_ = socket.recv_fds(control, LARGEST_REQUEST, 1)
        if not message:
            return
        tests = json.loads(message)["tests"]
        if tests in collectors and collectors[tests].stamp != _stamp(tests):
            collectors.pop(tests).requests.close()  # which ends it
        if tests not in collectors:
            others = [control, *(collector.requests for collector in collectors.values())]
            collectors[tests] = _collector(tests, [*(other.fileno() for other in others), *descriptors])
        try:
            socket.send_fds(collectors[tests].requests, [message], descriptors)
        except BrokenPipeError:  # tests that cannot be collected: the line to their judge closes without a word
            collectors.pop(tests).requests.close()
        os.close(descriptors[0])


class Collector(NamedTuple):
    """A process that has collected the tests in one folder, and forks judges."""

    requests: socket.socket
    stamp: list[tuple[str, int]]


def _collector(tests: str, inherited: list[int]) -> Collector:
    """A new one; it closes what it inherits, or the other end would never notice that everybody else has."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    stamp = _stamp(tests)
    if os.fork() == 0:
        try:
            for descriptor in (ours.detach(), *inherited):
                os.close(descriptor)
            without = [part for name in PLUGINS_WITHOUT_USE for part in ("-p", f"no:{name}")]
            silent = ["-q", "--capture=no", "--tb=no"]  # to format a failure takes longer than the test
            options = [*silent, *without, "--noconftest", "--import-mode=importlib", "-c", os.devnull]
            pytest.main([tests, *options], plugins=[HiddenTests(theirs)])
        finally:
            os._exit(0)
    theirs.close()
    return Collector(ours, stamp)


def _stamp(tests: str) -> list[tuple[str, int]]:
    """Changes when a test does."""
    return [(path.name, path.stat().st_mtime_ns) for path in sorted(Path(tests).glob("*.py"))]


class HiddenTests:
    """The pytest plugin: a process for each request, the fixtures of a hidden test, a message after each test."""

    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.verdict = Verdict()

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Instead of running all tests: wait for requests, and fork a judge for each."""
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
                    self._judge(session.items, Connection(descriptors[0]), json.loads(message))
                finally:
                    os._exit(0)
            os.close(descriptors[0])
        return True

    def _judge(self, items: list[pytest.Item], line: Connection, request: dict[str, Any]) -> None:
        """Answer each question with its verdict, until the grader hangs up."""
        os.sched_setaffinity(0, request["processors"])
        threading.Thread(target=_end_with, args=(line.fileno(),), daemon=True).start()
        self.line, self.seed = line, request["seed"]
        self.the_student = Student(request["connection_file"])
        while True:
            question = line.recv()
            self._run(question, [item for item in items if _mark(item).get("question") == question])

    def _run(self, question: str, items: list[pytest.Item]) -> None:
        self.verdict = Verdict()
        for item in items:
            self.verdict.deadline = getattr(item.module, "DEADLINE", DEADLINE)
            if self._result_of(item) is None:
                mark = _mark(item)
                self.verdict.results.append(TestResult(_function(item), mark["hint"], mark["weight"]))
        self.line.send(self.verdict)
        self.the_student.turn_to(question)
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        self.verdict.finished = True
        self.line.send(self.verdict)

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
        return Random(_digest(f"{self.seed} {name}"))

    def _student(self, rng: Random) -> Student:
        self.the_student.patience(PATIENCE)
        self.the_student.seed(_digest(f"{self.seed} {rng.seed} in the kernel"))  # from which no input can be drawn
        return self.the_student

    def pytest_configure(self, config: pytest.Config) -> None:
        config.addinivalue_line("markers", "graded(question, hint, weight): a share of a question's points")

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        result = self._result_of(item)
        if not result.passed and result.message != NOT_REACHED:
            pytest.skip("one parameter set has failed, and a function is one share")

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> Any:
        yield
        self.verdict.kernel_lost = self.the_student.is_lost
        if nextitem is None or _function(nextitem) != _function(item):  # all parameter sets of a function are through
            self.line.send(self.verdict)

    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo) -> None:
        result = self._result_of(item)
        if call.excinfo is not None:
            if result.passed or result.message == NOT_REACHED:
                result.passed, result.message = False, _public(call.excinfo.value)
        elif call.when == "call" and result.message == NOT_REACHED:
            result.passed, result.message = True, ""

    def _result_of(self, item: pytest.Item) -> TestResult | None:
        return next((result for result in self.verdict.results if result.name == _function(item)), None)


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4])


def _mark(item: pytest.Item) -> dict:
    mark = item.get_closest_marker("graded")
    return mark.kwargs if mark else {}


def _function(item: pytest.Item) -> str:
    return getattr(item, "originalname", item.name)


def _public(error: BaseException) -> str:
    """What a student may read of a failure: never an assertion's own diff."""
    return str(error)[:LONGEST_MESSAGE] if isinstance(error, Unmet | StudentError | KernelLost) else ""


def _end_with(lifeline: int) -> None:
    """Wait until the grader has closed its end or is gone, in the middle of a test as well."""
    hang_up = select.poll()
    hang_up.register(lifeline, 0)  # nothing but errors and the other side's end
    hang_up.poll()
    os._exit(1)


if __name__ == "__main__":
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nowhere, standard)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # those that have ended leave no zombies
    torch.set_num_threads(1)
    with socket.socket(fileno=int(sys.argv[1])) as requests:
        serve(requests)
