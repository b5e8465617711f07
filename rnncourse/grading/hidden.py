"""Hidden tests: ordinary pytest files that call a student's functions in another process and compare the answers.

A test names the question it belongs to and the hint that a student reads when it fails:

    @graded("elman_step", hint="W_hh multiplies the previous state: is it applied to h_prev?")
    def test_follows_the_equation(student, rng): ...

What several tests look at, such as a trained network, is made once, by a fixture of module scope that asks for `once`.
A test file whose questions need more time than `DEADLINE` says so in a `DEADLINE` of its own.

`run` runs the tests of one question in a process of its own, forked from one that has imported torch and pytest, and
stops it when the student's kernel dies or the deadline passes.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import multiprocessing
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from rnncourse.grading.student import KernelLost, Student, StudentError

PLUGINS_WITHOUT_USE = (
    "cacheprovider",
    "unraisableexception",
    "threadexception",
)  # the last two collect garbage, slowly
DEADLINE = 120.0  # seconds for all the tests of one question
PATIENCE = 10.0  # seconds for one call, where a test doesn't ask for more
NOT_REACHED = "not reached"
TOLERANCES = {torch.float64: (1e-7, 1e-9), torch.float32: (1e-4, 1e-5), torch.float16: (1e-2, 1e-3)}


class Unmet(AssertionError):
    """An expectation that failed, in words that a student may read: shapes and types, never expected values."""


def graded(question: str, *, hint: str, weight: float = 1.0) -> pytest.MarkDecorator:
    """Mark a test as a share of a question's points.

    Args:
        question: grade_id of the solution cell.
        hint: shown to the student when the test fails; names the mistake without the answer.
        weight: this test's share against the other tests of the question.
    """
    return pytest.mark.graded(question=question, hint=hint, weight=weight)


def expect(condition: object, otherwise: str) -> None:
    """Fail with a sentence that the student reads."""
    if not condition:
        raise Unmet(otherwise)


def assert_same(actual: Any, expected: Any, *, rtol: float | None = None, atol: float | None = None) -> None:
    """A student's answer equals the expected one: type, shape, dtype, finiteness, then value.

    Args:
        actual: what the student's code returned.
        expected: a tensor, int, float, bool, str, None, or a list, tuple or dict of them.
        rtol, atol: tolerances; by default those of the expected dtype in `TOLERANCES`, and exact for integers.

    Raises:
        Unmet: with what was returned and what was expected in types and shapes only.
    """
    if isinstance(expected, Tensor):
        _assert_same_tensor(actual, expected, rtol, atol)
        return
    expect(type(actual) is type(expected), f"returned {_kind(actual)}; expected {_kind(expected)}")
    if isinstance(expected, list | tuple):
        expect(len(actual) == len(expected), f"returned {len(actual)} values; expected {len(expected)}")
        for one, other in zip(actual, expected, strict=True):
            assert_same(one, other, rtol=rtol, atol=atol)
    elif isinstance(expected, dict):
        expect(
            actual.keys() == expected.keys(),
            f"returned the keys {sorted(actual)}; expected {sorted(expected)}",
        )
        for key in expected:
            assert_same(actual[key], expected[key], rtol=rtol, atol=atol)
    elif isinstance(expected, float):
        _assert_same_tensor(torch.tensor(actual).double(), torch.tensor(expected).double(), rtol, atol)
    else:
        expect(actual == expected, "the value differs from the expected one")


def _assert_same_tensor(actual: Any, expected: Tensor, rtol: float | None, atol: float | None) -> None:
    expect(isinstance(actual, Tensor), f"returned {_kind(actual)}; expected {_kind(expected)}")
    expect(
        actual.shape == expected.shape,
        f"returned shape {tuple(actual.shape)}; expected {tuple(expected.shape)}",
    )
    expect(actual.dtype == expected.dtype, f"returned {actual.dtype}; expected {expected.dtype}")
    actual, expected = actual.detach(), expected.detach()
    expect(bool(torch.isfinite(actual).all()), "some of the returned values are NaN or infinite")
    default_rtol, default_atol = TOLERANCES.get(expected.dtype, (0.0, 0.0))
    close = torch.isclose(
        actual,
        expected,
        rtol=default_rtol if rtol is None else rtol,
        atol=default_atol if atol is None else atol,
    )
    wrong = int((~close).sum())
    expect(
        wrong == 0,
        f"the shape {tuple(expected.shape)} is right, but {wrong} of {close.numel()} values differ",
    )


def _kind(value: Any) -> str:
    if isinstance(value, Tensor):
        return f"a tensor of shape {tuple(value.shape)}"
    if value is None:
        return "nothing (None)"
    name = type(value).__name__
    return repr(value) if name == "Handle" else f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


class Random:
    """Fresh inputs for one test: every draw comes from one local generator, whose seed the report records."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.generator = torch.Generator().manual_seed(seed)

    def normals(self, *shapes: tuple[int, ...], dtype: torch.dtype = torch.float32) -> list[Tensor]:
        """Standard normal tensors of the given shapes."""
        return [torch.randn(shape, generator=self.generator, dtype=dtype) for shape in shapes]

    def integers(self, low: int, high: int, shape: tuple[int, ...]) -> Tensor:
        """Integers in low..high−1, int64."""
        return torch.randint(low, high, shape, generator=self.generator)


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
        return self.name.removeprefix("test_").replace("_", " ")


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
    test_file: Path,
    question: str,
    connection_file: Path,
    seed: int,
    kernel_is_alive: Callable[[], bool],
) -> Verdict:
    """Run the hidden tests of one question against a live kernel.

    Every test of the question is in the verdict, also when the kernel died or the deadline passed on the way.
    """
    ours, theirs = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(
        target=_test_process, args=(theirs, str(test_file), question, str(connection_file), seed), daemon=True
    )
    process.start()
    theirs.close()
    try:
        return _listen(ours, kernel_is_alive)
    finally:
        process.kill()
        process.join()
        ours.close()


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
            _give_up(verdict, "your code ended the notebook's Python (exit, a crash, or too much memory)")
            return verdict
    _give_up(verdict, "the tests of this question took too long")
    return verdict


def _give_up(verdict: Verdict, reason: str, kernel_lost: bool = True) -> None:
    verdict.kernel_lost = kernel_lost
    for result in verdict.results:
        if result.message == NOT_REACHED:
            result.message = reason
            reason = "not run any more"


def _test_process(results: Connection, test_file: str, question: str, connection_file: str, seed: int) -> None:
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    torch.set_num_threads(1)
    without = [part for name in PLUGINS_WITHOUT_USE for part in ("-p", f"no:{name}")]
    options = ["-q", *without, "--noconftest", "--import-mode=importlib", "-c", os.devnull]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        pytest.main([test_file, *options], plugins=[HiddenTests(results, question, connection_file, seed)])


class HiddenTests:
    """The pytest plugin: the fixtures of a hidden test, and one message to the grader after each test."""

    def __init__(self, results: Connection, question: str, connection_file: str, seed: int) -> None:
        self.results = results
        self.question = question
        self.seed = seed
        self.the_student = Student(connection_file, question)
        self.verdict = Verdict()

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
        self.the_student.evaluate("torch.manual_seed(seed)", seed=rng.seed)
        return self.the_student

    def pytest_configure(self, config: pytest.Config) -> None:
        config.addinivalue_line("markers", "graded(question, hint, weight): a share of a question's points")

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if _mark(item).get("question") == self.question]
        for item in items:
            self.verdict.deadline = getattr(item.module, "DEADLINE", DEADLINE)
            if self._result_of(item) is None:
                mark = _mark(item)
                self.verdict.results.append(TestResult(_function(item), mark["hint"], mark["weight"]))
        self.results.send(self.verdict)

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

    def pytest_sessionfinish(self) -> None:
        self.verdict.finished = True
        self.results.send(self.verdict)

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


CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload([__name__])
