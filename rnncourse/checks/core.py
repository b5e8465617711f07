"""What every visible check is made of: call the student's code, look at what comes back, say what is wrong.

A check is a function `check_NAME(NAME)` that prints one line when the answer is right and otherwise raises
`CheckFailed` with one sentence. It is written with an `Attempt`, which speaks in the name of the student's code:

    attempt = Attempt("elman_step", elman_step)
    h = attempt(x_t, h_prev, W_xh, W_hh, b_h)
    attempt.expect_tensor(h, (3, 5), "(N, Q)", hint="Is W_hh applied to h_prev, and W_xh to x_t?")
    attempt.expect_same(h, expected, "does not follow the equation: …")
    attempt.passed("the shape, the equation")
"""

from __future__ import annotations

import linecache
from collections.abc import Callable, Sequence
from traceback import walk_tb
from types import TracebackType
from typing import Any, NoReturn

import torch
from torch import Tensor, nn

from rnncourse.kind_errors import show_kindly

show_kindly()  # every lesson's first cell imports its checks


class CheckFailed(AssertionError):
    """An answer is not right yet; the message says why. Jupyter shows the message and no stack of frames."""

    def _render_traceback_(self) -> list[str]:
        return [f"✗ {self}"]


class Attempt:
    """A student's function or class, called and judged under its own name."""

    def __init__(self, name: str, answer: Callable) -> None:
        self.name = name
        self.answer = answer
        self.expect(callable(answer), f"is {_kind(answer)}; the check needs the function itself, uncalled.")
        made = isinstance(answer, nn.Module) and "." not in name
        self.expect(not made, "is a network already; the check needs the class: is its name used again below?")

    def __call__(self, *arguments: Any) -> Any:
        """Call the answer; an exception and a changed argument become sentences."""
        before = _snapshot(arguments)
        try:
            result = self.answer(*arguments)
        except NotImplementedError as error:
            self._fail("is not written yet: fill in the cell above, run it, then run this check again.", error)
        except Exception as error:
            message = (str(error).splitlines() or [""])[0][:200].rstrip(".")
            where = _place(error.__traceback__)
            self._fail(f"raised {type(error).__name__}{message and ': '}{message}{where}.", error)
        self.expect(
            _unchanged(before, _snapshot(arguments)),
            "changed its input in place: the caller still needs it, so work on a new tensor or a copy.",
        )
        return result

    def expect(self, condition: bool, sentence: str) -> None:
        """The sentence continues the answer's name: "is a Tensor; …", "returned 3 for …"."""
        if not condition:
            self._fail(sentence)

    def expect_tensor(
        self,
        value: Any,
        shape: Sequence[int],
        letters: str,
        *,
        dtype: torch.dtype = torch.float32,
        what: str = "",
        hint: str = "",
    ) -> None:
        """Exactly this shape and dtype, nothing NaN or infinite.

        Args:
            letters: the shape in the course's letters, such as "(T, N, Q)".
            what: which of several returned things this is, such as "states".
            hint: a question that points at the usual mistake when the shape is wrong.
        """
        expected = f"{letters} = {tuple(shape)}" if shape else letters
        of_shape = "" if letters.startswith("the") else "shape "
        returned = f"returned {what} of " if what else "returned "
        self.expect(
            isinstance(value, Tensor),
            f"returned {what and f'{what}: '}{_kind(value)}; expected a tensor of {of_shape}{expected}."
            + _no_return(value),
        )
        self.expect(
            value.shape == torch.Size(shape),
            f"{returned}shape {tuple(value.shape)}; expected {expected}. {hint}".rstrip(),
        )
        self.expect(value.dtype == dtype, f"{returned}dtype {value.dtype}; expected {dtype}.")
        wrong = int((~value.isfinite()).sum())
        self.expect(
            wrong == 0,
            f"{returned}shape {tuple(shape)} as expected, but {wrong} of the {value.numel()} values are not finite "
            "(NaN or infinity).",
        )

    def expect_gradients(self, value: Tensor, net: nn.Module) -> None:
        """A gradient arrives at every parameter of a network when it goes backward from what the network returned."""
        self.expect(
            value.requires_grad,
            "returns something from which no gradient can go back: is it detached, or computed under no_grad?",
        )
        net.zero_grad()
        value.sum().backward()
        without = [name for name, weights in net.named_parameters() if weights.grad is None]
        self.expect(not without, f"lets no gradient reach {', '.join(without)}: is it used, and nothing detached?")

    def expect_tuple(self, value: Any, names: Sequence[str]) -> tuple:
        """A tuple with one element for each name; returned for unpacking."""
        expected = f"a tuple of {len(names)}: ({', '.join(names)})"
        self.expect(isinstance(value, tuple), f"returned {_kind(value)}; expected {expected}.{_no_return(value)}")
        self.expect(len(value) == len(names), f"returned a tuple of {len(value)}; expected {expected}.")
        return value

    def expect_same(
        self, value: Tensor, expected: Tensor, sentence: str, *, rtol: float = 1e-4, atol: float = 1e-5
    ) -> None:
        """Equal shapes and values: exactly for integers, up to rounding for floats."""
        shape = tuple(expected.shape)
        fits = isinstance(value, Tensor) and tuple(value.shape) == shape
        self.expect(fits, f"returned {_kind(value)} where a tensor of shape {shape} was expected.{_no_return(value)}")
        if expected.is_floating_point():
            close = torch.allclose(value.double(), expected.double(), rtol=rtol, atol=atol)
            self.expect(close, sentence)
        else:
            self.expect(torch.equal(value, expected), sentence)

    def passed(self, properties: str) -> None:
        """The one line of a right answer: what was looked at, so that nobody takes it for more."""
        print(f"✓ {self.name}: {properties}")

    def _fail(self, sentence: str, cause: Exception | None = None) -> NoReturn:
        raise CheckFailed(f"{self.name} {sentence}") from cause


def _kind(value: Any) -> str:
    """None, an int, a tensor of shape (3, 5) …"""
    if value is None:
        return "None"
    if isinstance(value, Tensor):
        return f"a tensor of shape {tuple(value.shape)}"
    if type(value).__module__ == "torch.return_types" and hasattr(value, "indices"):
        return "a pair (values, indices)"  # of max, min, sort …
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"


def shown(value: Any) -> str:
    """A value in one short line: as Python writes it, or what kind it is."""
    text = repr(value)
    return _kind(value) if isinstance(value, Tensor) or len(text) > 60 or "\n" in text else text


def _no_return(value: Any) -> str:
    return " Is there a return at its end?" if value is None else ""


def _place(traceback: TracebackType | None) -> str:
    """Where in the notebook it went wrong: the innermost line of the student's own."""
    place = ""
    for frame, line in walk_tb(traceback):
        if frame.f_globals.get("__name__") == "__main__":
            source = linecache.getline(frame.f_code.co_filename, line).strip()
            place = f" (line {line} of its cell{source and f': `{source}`'})"
    return place


def _snapshot(value: Any) -> Any:
    """A copy of tensors and of the lists and tuples around them."""
    if isinstance(value, Tensor):
        return value.detach().clone()
    if isinstance(value, list | tuple):
        return [_snapshot(item) for item in value]
    return value


def _unchanged(before: Any, after: Any) -> bool:
    if isinstance(before, Tensor):
        return isinstance(after, Tensor) and torch.equal(before, after)
    if isinstance(before, list):
        return len(before) == len(after) and all(map(_unchanged, before, after))
    return before is after or before == after
