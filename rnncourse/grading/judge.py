"""Runs the hidden tests of one question against a live kernel.

A lesson's tests are collected once, by pytest in a process that waits; it forks one for each question, which ends with
the last test, when the student's kernel dies, when the deadline passes, or when the grader itself is gone.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from rnncourse.grading.sandbox import PACKAGE

DEADLINE = 120.0  # seconds for all the tests of one question
NOT_REACHED = "not reached"
ENDED = "your code ended the notebook's Python (exit, a crash, or too much memory)"


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
        command = [sys.executable, "-P", "-m", "rnncourse.grading.tester", str(theirs.fileno()), str(tests)]
        environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}  # the package that this process uses, no other
        self.process = subprocess.Popen(command, pass_fds=[theirs.fileno()], env=environment)
        theirs.close()

    def judge(self, question: str, connection_file: Path, seed: int) -> Connection:
        """Where a new process tells of the question's tests; to close it ends that process."""
        ours, theirs = multiprocessing.Pipe()
        request = json.dumps({"question": question, "connection_file": str(connection_file), "seed": seed})
        socket.send_fds(self.control, [request.encode()], [theirs.fileno()])
        theirs.close()
        return ours

    def is_usable(self, tests: Path) -> bool:
        return self.process.poll() is None and self.stamp == _stamp(tests)

    def close(self) -> None:
        self.control.close()  # which ends the process
        self.process.wait()


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
