"""A lesson in a live sandboxed kernel, to try one answer at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from rnncourse.grading import judge
from rnncourse.grading.execute import Kernel, Limits
from rnncourse.grading.lessons import Lesson
from rnncourse.grading.provisioner import WarmKernelManager
from rnncourse.grading.transplant import is_demo, is_graded, is_solution, is_written


@cache
def questions(lesson: Lesson) -> dict[str, NotebookNode]:
    """The reference solution of every question."""
    nb = nbformat.read(lesson.source, as_version=4)
    answered = [cell for cell in nb.cells if is_solution(cell) and not is_written(cell)]
    return {cell.metadata.nbgrader.grade_id: cell for cell in answered}


class CellFailed(Exception):
    """A cell raised; the text is its traceback."""


class Bench:
    """A kernel in which a lesson has run, to try one answer at a time."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson
        self.reference = questions(lesson)
        self.kernel = Kernel(Limits(), WarmKernelManager)
        for cell in nbformat.read(lesson.source, as_version=4).cells:
            if cell.cell_type == "code" and not is_demo(cell) and not is_graded(cell):
                self.run(cell.source)

    def run(self, source: str) -> None:
        """Execute a cell.

        Raises:
            CellFailed: it raised.
            Stopped: it ended the kernel.
        """
        cell = new_code_cell(source)
        self.kernel.execute(cell)
        for output in cell.outputs:
            if output.output_type == "error":
                raise CellFailed("\n".join(output.traceback))

    def verdict(self, question: str, seed: int, goes_on: Callable[[], bool] = lambda: True) -> judge.Verdict:
        """What the hidden tests find; the kernel is given up when ``goes_on`` says no."""
        return judge.run(
            self.lesson.tests,
            question,
            self.kernel.connection_file,
            seed,
            lambda: self.kernel.is_alive() and goes_on(),
        )

    def lost(self, question: str, seed: int) -> set[str]:
        """The names of the hidden tests that fail."""
        verdict = self.verdict(question, seed)
        assert verdict.results, f"no hidden test of {question} ran"
        assert not verdict.kernel_lost
        return {result.name for result in verdict.results if not result.passed}
