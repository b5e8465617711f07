"""What every wrong answer earns, from the tests that it is said to lose and their weights: run this file for the table.

test_answers.py proves what an answer loses, so no kernel is needed here.
"""

from __future__ import annotations

import importlib.util
from collections import defaultdict
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from rnncourse.grading.lessons import Lesson

if TYPE_CHECKING:
    from test_answers import Answer


@cache
def weights(lesson: Lesson) -> dict[str, dict[str, float]]:
    """question → hidden test → its share, read from the marks in the test files."""
    shares: dict[str, dict[str, float]] = defaultdict(dict)
    for path in lesson.tests.glob("test_*.py"):
        spec = importlib.util.spec_from_file_location(f"hidden_{path.stem}", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for name, test in vars(module).items():
            for mark in getattr(test, "pytestmark", []):
                if mark.name == "graded":
                    shares[mark.kwargs["question"]][name] = mark.kwargs["weight"]
    return shares


def share(answer: Answer) -> float:
    """The part of the points that a wrong answer earns, in 0..1."""
    of = weights(answer.lesson)[answer.question]
    return 1 - sum(of[test] for test in answer.loses) / sum(of.values())


def table(answers: list[Answer]) -> str:
    """Lesson, question, then each wrong answer with its share of the points, the best first."""
    lines = []
    for (notebook, question), group in groupby(
        sorted(answers, key=lambda one: (one.lesson.notebook, one.question)),
        key=lambda one: (one.lesson.notebook, one.question),
    ):
        lines.append(f"\n{notebook} · {question}")
        for answer in sorted(group, key=share, reverse=True):
            lines.append(f"  {share(answer):4.0%}  {answer.header['what'].strip()}")
    return "\n".join(lines)


if __name__ == "__main__":
    from test_answers import answers

    print(table(answers("wrong")))
