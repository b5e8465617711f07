"""Runs hidden tests against a live kernel.

A judge is a process of its own for each kernel, forked from one that has collected the lesson's tests. It ends with the
last question, when the student's kernel dies, when a deadline passes, or when the grader itself is gone.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import re
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from rnncourse.grading.forks import FOR_CHEAP_FORKS, ForkServer, processors
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


def run(tests: Path, question: str, connection_file: Path, seed: int, kernel_is_alive: Callable[[], bool]) -> Verdict:
    """Run the hidden tests of one question; see `Judge`."""
    with contextlib.closing(Judge(tests, connection_file, seed)) as judge:
        return judge.verdict(question, kernel_is_alive)


class Judge:
    """A process that runs hidden tests against one kernel, question by question; the kernel serves it meanwhile.

    Args:
        tests: the folder with the lesson's hidden tests.
        connection_file: of the student's kernel.
        seed: of the random inputs.
    """

    def __init__(self, tests: Path, connection_file: Path, seed: int) -> None:
        self._line = Bench.running().fork(tests, connection_file, seed)

    def close(self) -> None:
        self._line.close()  # which ends the process

    def verdict(self, question: str, kernel_is_alive: Callable[[], bool]) -> Verdict:
        """Run the hidden tests of one question; none after a kernel was lost.

        Every test of the question is in the verdict, also when the kernel died or the deadline passed on the way.
        """
        with contextlib.suppress(BrokenPipeError):  # it has ended, which the line tells as well
            self._line.send(question)
        return _listen(self._line, kernel_is_alive)


class Bench(ForkServer):
    """The process that judges are forked from."""

    def __init__(self) -> None:
        this_package = {"PYTHONPATH": str(PACKAGE.parent)}  # the one that this process uses, no other
        super().__init__(
            lambda descriptor: [sys.executable, "-P", "-m", "rnncourse.grading.tester", str(descriptor)],
            env={**os.environ, **FOR_CHEAP_FORKS, **this_package},
            start_new_session=True,  # Ctrl-C is for the grader alone
        )

    def fork(self, tests: Path, connection_file: Path, seed: int) -> Connection:
        """The line to a new judge: it takes questions and answers with verdicts; to close it ends that process."""
        ours, theirs = multiprocessing.Pipe()
        request = {"tests": str(tests), "connection_file": str(connection_file), "seed": seed}
        request["processors"] = processors()
        socket.send_fds(self.control, [json.dumps(request).encode()], [theirs.fileno()])
        theirs.close()
        return ours


def _listen(results: Connection, kernel_is_alive: Callable[[], bool]) -> Verdict:
    begin, verdict = time.monotonic(), Verdict()
    while time.monotonic() < begin + verdict.deadline:
        if results.poll(0.1):
            try:
                verdict = results.recv()
            except EOFError:
                _give_up(verdict, "the test could not be finished")
                return verdict
            if verdict.finished:
                return verdict
        elif verdict.results and not kernel_is_alive():
            _give_up(verdict, ENDED)
            return verdict
    _give_up(verdict, "the tests of this question took too long")
    return verdict


def _give_up(verdict: Verdict, reason: str) -> None:
    verdict.kernel_lost = True
    for result in verdict.results:
        if result.message == NOT_REACHED:
            result.message = reason
            reason = "not run any more"
