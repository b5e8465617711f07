"""The page that an instructor reads after grading: which tests a class failed, the points, the slow and the odd runs.

It is made of the graded notebooks and the gradebook: nothing is graded again.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import mean, median

from matplotlib.figure import Figure
from nbformat import NotebookNode

from rnncourse.figures.style import BLUE, png, subplots
from rnncourse.grading.feedback import Scores
from rnncourse.grading.pages import render
from rnncourse.grading.transplant import NOT_HANDED_IN, is_graded

SLOWEST = 10


@dataclass(frozen=True)
class Run:
    """One notebook of one student, on its way through the grader."""

    student: str
    notebook: str
    grades: Scores
    nb: NotebookNode | None  # None where nothing was graded
    link: str  # to the feedback page; empty where there is none

    @property
    def handed_in(self) -> bool:
        return self.nb is not None and self.nb.metadata.rnncourse.get("unreadable") != NOT_HANDED_IN

    @property
    def remarks(self) -> list[str]:
        return self.nb.metadata.rnncourse.remarks

    @property
    def seconds(self) -> float:
        return self.nb.metadata.rnncourse.get("seconds", 0.0)

    @property
    def unread(self) -> bool:
        return any(grade.unread for grade in self.grades.of.values())


@dataclass
class Test:
    """One hidden test in front of a class."""

    __test__ = False  # not a test class

    title: str
    hint: str
    failed: int = 0
    messages: Counter[str] = field(default_factory=Counter)

    @property
    def said(self) -> str:
        """What most of those who failed it were told, if several were told the same."""
        message, count = self.messages.most_common(1)[0] if self.messages else ("", 0)
        return f"{message} ({count} of {self.failed})" if message and count > 1 else ""


@dataclass
class Question:
    """One question in front of a class."""

    name: str
    notebook: str
    max_points: float
    points: list[float] = field(default_factory=list)  # of each student, but for texts that nobody has read
    tests: dict[str, Test] = field(default_factory=dict)
    tested: int = 0  # students whose answer the tests were run on

    @property
    def share(self) -> float:
        return mean(self.points) / self.max_points

    @property
    def full(self) -> int:
        return sum(points >= self.max_points for points in self.points)

    @property
    def hardest_first(self) -> list[Test]:
        return sorted(self.tests.values(), key=lambda test: -test.failed)


@dataclass
class Student:
    """One row of the class."""

    name: str
    runs: list[Run]

    @property
    def points(self) -> float:
        return max(0.0, sum(run.grades.points for run in self.runs))

    @property
    def max_points(self) -> float:
        return sum(run.grades.max_points for run in self.runs)

    @property
    def late(self) -> float:
        """Points taken off."""
        return sum(run.grades.late for run in self.runs)

    @property
    def handed_in(self) -> bool:
        return any(run.handed_in for run in self.runs)


def class_page(assignment: str, runs: list[Run], absent: Iterable[str] = ()) -> str:
    """The HTML of one assignment.

    Args:
        runs: of every student that the gradebook has a submission of, in the order of the notebooks.
        absent: students who have none.
    """
    names = sorted({run.student for run in runs})
    students = [Student(name, [run for run in runs if run.student == name]) for name in names]
    present = [student for student in students if student.handed_in]
    real = [run for run in runs if run.handed_in]
    questions = _questions(real)
    return render(
        "class_page.html.j2",
        assignment=assignment,
        notebooks=list(dict.fromkeys(run.notebook for run in runs)),
        students=students,
        present=present,
        absent=sorted([*absent, *(student.name for student in students if not student.handed_in)]),
        questions=questions,
        points=_points_figure(present) if present else None,
        shares=_shares_figure(questions) if questions else None,
        slowest=sorted(real, key=lambda run: -run.seconds)[:SLOWEST],
        usual=median(run.seconds for run in real) if real else 0.0,
        odd=[run for run in real if run.remarks],
        unread=sum(run.unread for run in real),
    )


def _questions(runs: list[Run]) -> list[Question]:
    found: dict[str, Question] = {}
    for run in sorted(runs, key=lambda run: run.notebook):
        for cell in run.nb.cells:
            if cell.metadata.get("nbgrader", {}).get("grade"):
                _add(found, run, cell)
    return [question for question in found.values() if question.points]


def _add(found: dict[str, Question], run: Run, cell: NotebookNode) -> None:
    """Count one student's answer to one question."""
    grade = run.grades.of[cell.metadata.nbgrader.grade_id]
    name = cell.metadata.nbgrader.grade_id.removeprefix("check_")
    question = found.setdefault(name, Question(name, run.notebook, grade.max_points))
    if not grade.unread:
        question.points.append(grade.points)
    tests = cell.metadata.rnncourse.tests if is_graded(cell) else []
    question.tested += bool(tests)
    for test in tests:
        _count(question.tests.setdefault(test["name"], Test(test["title"], test["hint"])), test)


def _count(test: Test, result: dict) -> None:
    if not result["passed"]:
        test.failed += 1
        test.messages[result["message"]] += 1


@dataclass(frozen=True)
class Picture:
    """A figure as a PNG, with what it shows in words."""

    png: bytes
    alt: str


def _points_figure(students: list[Student]) -> Picture:
    points, most = [student.points for student in students], max(student.max_points for student in students)
    width = max(1, math.ceil(most / 20))
    figure, axes = subplots(width=5.4, height=2.8)
    # full marks belong to the last bar, not to one of their own
    axes.hist(points, bins=range(0, math.ceil(most / width) * width + 1, width), color=BLUE, edgecolor="white")
    axes.set(xlabel=f"points of {most:g}", ylabel="students", xlim=(0, math.ceil(most / width) * width))
    return _picture(
        figure,
        f"Histogram of the points of {len(points)} students: lowest {min(points):.3g}, median {median(points):.3g}, "
        f"highest {max(points):.3g} of {most:g}.",
    )


def _shares_figure(questions: list[Question]) -> Picture:
    figure, axes = subplots(width=5.4, height=0.9 + 0.32 * len(questions))
    names = [question.name for question in questions]
    axes.barh(names, [100 * question.share for question in questions], color=BLUE)
    axes.invert_yaxis()
    axes.set(xlabel="points earned, in percent", xlim=(0, 100))
    axes.grid(axis="y", visible=False)
    shares = ", ".join(f"{question.name} {question.share:.0%}" for question in questions)
    return _picture(figure, f"The share of the points that the class earned in each question: {shares}.")


def _picture(figure: Figure, alt: str) -> Picture:
    for axis in (axes.yaxis for axes in figure.axes if axes.get_ylabel() == "students"):
        axis.get_major_locator().set_params(integer=True)
    return Picture(png(figure, density=2), alt)
