"""The page that a student reads: the points, the hidden tests that failed and what each asks for, their own code.

It is made of a graded notebook and the gradebook, by `rnncourse grade` as by `nbgrader generate_feedback`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from nbconvert.exporters import Exporter
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.api import Gradebook, SubmittedNotebook

from rnncourse.grading.pages import render
from rnncourse.grading.transplant import is_demo, is_graded, is_solution, is_written

HEADING = re.compile(r"^(?:#+\s*|\*\*)(\d+(?:\.\d+)*\s[^(*\n]*)", re.MULTILINE)  # of a section, without its minutes
NOTHING_TO_TEST = re.compile(r"There is no answer in this cell|`\w+` isn't defined in the notebook")
TITLE = re.compile(r"^# (.+)", re.MULTILINE)


@dataclass(frozen=True)
class Grade:
    """The points of one question, as the gradebook has them."""

    points: float
    max_points: float
    by_tests: float | None  # what a person has put aside, if a person scored it
    unread: bool


@dataclass(frozen=True)
class Scores:
    """What the gradebook knows of one notebook of one student."""

    points: float
    max_points: float
    late: float  # points taken off, and no longer in `points`
    of: dict[str, Grade]
    comments: dict[str, str]  # of a person, by the grade_id of the cell


@dataclass
class Question:
    """One question on the page."""

    name: str
    section: str
    grade: Grade
    answer: NotebookNode | None
    comment: str
    check: str = ""  # source of the visible check; empty for what a person grades
    tests: list[dict] = field(default_factory=list)
    refused: str = ""  # why no hidden test ran

    @property
    def passed(self) -> int:
        return len(self.tests) - len(self.failed)

    @property
    def lost(self) -> bool:
        return self.grade.points < self.grade.max_points

    @property
    def text(self) -> str:
        """A written answer as it was typed; empty where nothing was."""
        lines = self.answer.source.split("\n") if self.answer else []
        return "\n".join(lines[1:-1]) if lines and lines[0].startswith("```") else ""

    @property
    def failed(self) -> list[dict]:
        return [test for test in self.tests if not test["passed"]]

    @property
    def common_message(self) -> str:
        """What all failed tests say, when several say the same."""
        messages = {test["message"] for test in self.failed}
        return messages.pop() if len(messages) == 1 < len(self.failed) else ""

    @property
    def has_hints(self) -> bool:
        """Whether there was something to test: to nothing at all no hint fits."""
        return not NOTHING_TO_TEST.match(self.common_message)

    def worth(self, test: dict) -> float:
        """The points of one hidden test."""
        return self.grade.max_points * test["weight"] / sum(other["weight"] for other in self.tests)


def read_scores(found: SubmittedNotebook) -> Scores:
    """The grades and comments of one notebook in an open gradebook."""
    late = found.late_submission_penalty or 0.0
    return Scores(
        points=found.score - late,
        max_points=found.max_score,
        late=late,
        of={
            grade.name: Grade(
                points=grade.score,
                max_points=grade.max_score,
                by_tests=None if grade.manual_score is None else grade.auto_score,
                unread=grade.needs_manual_grade,
            )
            for grade in found.grades
        },
        comments={comment.name: comment.manual_comment for comment in found.comments if comment.manual_comment},
    )


def page(nb: NotebookNode, student: str, grades: Scores) -> str:
    """The HTML of one graded notebook.

    Args:
        nb: as `grade.grade_file` gives it.
        student: the name in the gradebook.
    """
    facts = nb.metadata.rnncourse
    titles = (TITLE.search(cell.source) for cell in nb.cells if cell.cell_type == "markdown")
    return render(
        "feedback.html.j2",
        title=next((match[1] for match in titles if match), "Your notebook"),
        student=student,
        grades=grades,
        remarks=facts.remarks,
        questions=list(_questions(nb, grades)),
        others=[] if "unreadable" in facts else list(filter(_is_other, nb.cells)),
    )


def _questions(nb: NotebookNode, grades: Scores) -> Iterator[Question]:
    section, answers = "", {}
    for cell in nb.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if cell.cell_type == "markdown" and not is_solution(cell):
            section = next((heading.strip(" .") for heading in reversed(HEADING.findall(cell.source))), section)
        elif is_written(cell):
            yield Question(grade_id, section, grades.of[grade_id], cell, grades.comments.get(grade_id, ""))
        elif is_solution(cell):
            answers[grade_id] = cell
        elif is_graded(cell):
            name = grade_id.removeprefix("check_")
            comment, record = grades.comments.get(name, ""), cell.metadata.rnncourse
            yield Question(name, section, grades.of[grade_id], answers.get(name), comment, cell.source, **record)


def _is_other(cell: NotebookNode) -> bool:
    """A code cell that ran and isn't part of a question."""
    in_a_question = is_solution(cell) or is_graded(cell)
    return cell.cell_type == "code" and bool(cell.source.strip()) and not in_a_question and not is_demo(cell)


class FeedbackExporter(Exporter):
    """The same page for `nbgrader generate_feedback` and formgrader's button."""

    file_extension = ".html"
    output_mimetype = "text/html"

    def from_notebook_node(
        self, nb: NotebookNode, resources: ResourcesDict | None = None, **_: object
    ) -> tuple[str, ResourcesDict]:
        names = resources["nbgrader"]
        with Gradebook(names["db_url"]) as gradebook:
            found = gradebook.find_submission_notebook(names["notebook"], names["assignment"], names["student"])
            grades = read_scores(found)
        return page(nb, names["student"], grades), self._init_resources(resources)
