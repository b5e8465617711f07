"""Hidden tests: ordinary pytest files that call a student's functions in another process and compare the answers.

A test names the question it belongs to and the hint that a student reads when it fails:

    @graded("elman_step", hint="W_hh multiplies the previous state: is it applied to h_prev?")
    def test_follows_the_equation(student, rng): ...

What several tests look at, such as a trained network, is made once, by a fixture of module scope that asks for `once`.
A test file whose questions need more time than `DEADLINE` says so in a `DEADLINE` of its own.

How they are run is in `judge`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import torch
from torch import Tensor

if TYPE_CHECKING:
    from rnncourse.grading.student import Handle, Student

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
        missing, others = sorted(expected.keys() - actual), len(actual.keys() - expected)
        expect(not missing, f"returned a dict without {', '.join(missing)}")
        expect(not others, f"returned a dict with {others} more keys than expected")
        for key in expected:
            assert_same(actual[key], expected[key], rtol=rtol, atol=atol)
    elif isinstance(expected, float):
        _assert_same_tensor(torch.tensor(actual).double(), torch.tensor(expected).double(), rtol, atol)
    else:
        expect(actual == expected, "the value differs from the expected one")


def assert_number(actual: Any, expected: int) -> None:
    """A student's number has the expected value, be it an int, a float or a tensor of one element.

    For a question with a test of its own for the type: a wrong type costs that test, not all the others.

    Raises:
        Unmet: it is no number, or another one.
    """
    if isinstance(actual, Tensor) and actual.numel() == 1:
        actual = actual.item()
    expect(isinstance(actual, int | float), f"returned {_kind(actual)}; expected a number")
    expect(actual == expected, "the value differs from the expected one")


def assert_shapes(actual: Any, expected: dict[str, list[int]], of: str) -> None:
    """A module has exactly these parameters.

    The student reads which of them are missing or of another shape. Names of their own are only counted: a name can be
    chosen so that it quotes what a hidden test has asked.

    Raises:
        Unmet: it has others.
    """
    actual = actual if isinstance(actual, dict) else {}
    wrong = [
        f"{name} should have shape {shape}" if name in actual else f"{name} is missing"
        for name, shape in expected.items()
        if actual.get(name) != shape
    ]
    if more := len(actual.keys() - expected.keys()):
        wrong.append(f"it has {more} of other names")
    expect(not wrong, f"in {of}, of its parameters, {'; '.join(wrong)}")


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
    """Fresh inputs for one test: every draw comes from one local generator.

    Its seed stays here. Who knows it knows all that will be asked: a student's kernel gets a `new_seed`.
    """

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.generator = torch.Generator().manual_seed(seed)

    def normals(self, *shapes: tuple[int, ...], dtype: torch.dtype = torch.float32) -> list[Tensor]:
        """Standard normal tensors of the given shapes."""
        return [torch.randn(shape, generator=self.generator, dtype=dtype) for shape in shapes]

    def integers(self, low: int, high: int, shape: tuple[int, ...]) -> Tensor:
        """Integers in low..high−1, int64."""
        return torch.randint(low, high, shape, generator=self.generator)

    def new_seed(self) -> int:
        """A seed for random numbers that a student's code draws."""
        return int(self.integers(0, 10**6, ()))

    def padded(self, lengths: Tensor, size: int) -> Tensor:
        """A batch of standard normal sequences of these lengths, zero after their ends: (T, N, size)."""
        (x,) = self.normals((int(lengths.max()), len(lengths), size))
        return x * (torch.arange(len(x))[:, None] < lengths)[:, :, None]


def load_weights(student: Student, net: Handle, weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """Give a student's network these weights; parameters that are not among them become zero.

    Returns:
        The weights that it has now: a bias that is missing is zero, which costs the test of the names, not all others.

    Raises:
        Unmet: it is no module, or has no weight of one of the names, or a parameter of another shape.
    """
    shapes = student.evaluate("{name: str(tuple(value.shape)) for name, value in net.state_dict().items()}", net=net)
    expect(isinstance(shapes, dict), "the network is no nn.Module")
    missing = [name for name in weights if name not in shapes]
    expect(all(name.endswith("bias") for name in missing), f"the network has no {', '.join(missing)}")
    there = {name: value for name, value in weights.items() if name in shapes}
    for name, value in there.items():
        expected = str(tuple(value.shape))
        expect(shapes[name] == expected, f"{name} has shape {str(shapes[name])[:40]}; expected {expected}")
    load = student.evaluate(
        "lambda net, weights: net.load_state_dict(\n"
        "    {name: weights.get(name, torch.zeros_like(old)) for name, old in net.state_dict().items()})"
    )
    load(net, there)
    return there | {name: torch.zeros_like(weights[name]) for name in missing}
