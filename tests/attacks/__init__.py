"""What a grader must survive: small submissions to the short lesson, each named for what it tries.

A module for each promise that an attack would break. An attack on the score has a wrong answer to `double` and a right
one to `running_sum`: it must end with 4 of 6 points, and with the reason why. What is honest work after all gets its 6.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

import mini_course
from nbformat.v4 import new_code_cell

FULL, WRONG_DOUBLE = 6, 4
WRONG = "def double(x):\n    return 3 * x\n"


@dataclass(frozen=True)
class Attack:
    """What is handed in, the score that it must get, and a sentence that its student must find in the feedback."""

    document: object
    score: float
    reason: str


def wrong_double(source: str, reason: str = "values differ") -> Attack:
    """An answer to `double` that must not pass."""
    return Attack(mini_course.submission(double=source), WRONG_DOUBLE, reason)


def with_cells(edit: Callable[[list], object], **answers: str) -> dict:
    nb = mini_course.submission(**answers)
    edit(nb.cells)
    return nb


def extra(source: str, place: int = 2, **answers: str) -> dict:
    """A cell of the student's own."""
    return with_cells(lambda cells: cells.insert(place, new_code_cell(source)), **answers)


def last(source: str, **answers: str) -> dict:
    return extra(source, 99, **answers)


def corpus() -> dict[str, Attack]:
    """Every attack by its promise and name, in a form that can be a student's name."""
    promises = ("forging", "reading", "tampering", "metadata", "resources", "wire")
    modules = {promise: import_module(f"attacks.{promise}") for promise in promises}
    return {
        f"{promise}-{name}": attack for promise, module in modules.items() for name, attack in module.ATTACKS.items()
    }
