"""Who stands where in an assignment, from the gradebook alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nbgrader.api import Gradebook, SubmittedAssignment
from rich.table import Table

UNREAD = "not read yet"
ABSENT = "not handed in"


@dataclass(frozen=True)
class Standing:
    """One student's points for an assignment."""

    student: str
    tests: float = 0.0  # points given by the hidden tests
    text: float = 0.0  # points given by a person for what was written
    unread: bool = False  # something waits for a person
    late: float = 0.0  # points taken off
    handed_in: bool = True
    rank: int = 0  # equal totals share a rank, and the ranks after them are left out; 0: not handed in

    @property
    def total(self) -> float:
        return max(0.0, round(self.tests + self.text - self.late, 2))


def standings(gradebook: Gradebook, assignment: str) -> list[Standing]:
    """Every student of the gradebook, the best first; who handed nothing in comes last.

    Raises:
        nbgrader.api.MissingEntry: the gradebook doesn't know the assignment.
    """
    gradebook.find_assignment(assignment)
    found = [_standing(submission) for submission in gradebook.assignment_submissions(assignment)]
    ranked = []
    for standing in sorted(found, key=lambda standing: (-standing.total, standing.student)):
        rank = 1 + sum(other.total > standing.total for other in found)
        ranked.append(replace(standing, rank=rank))
    absent = sorted({student.id for student in gradebook.students} - {standing.student for standing in found})
    return ranked + [Standing(student, handed_in=False) for student in absent]


def _standing(submission: SubmittedAssignment) -> Standing:
    return Standing(
        student=submission.student.id,
        tests=submission.code_score,
        text=submission.written_score + submission.task_score,
        unread=submission.needs_manual_grade,
        late=submission.late_submission_penalty,
    )


def rows(found: list[Standing], anonymous: bool) -> list[list[str]]:
    """The header and a row for each student: without names a class can be shown it, since all know their own points."""
    header = ["rank", "student", "tests", "text", "late", "total", "remark"]
    table = [header, *(_row(standing) for standing in found)]
    return [row[:1] + row[2:] for row in table] if anonymous else table


def _row(standing: Standing) -> list[str]:
    if not standing.handed_in:
        return ["", standing.student, "", "", "", "", ABSENT]
    points = (standing.tests, standing.text, -standing.late or 0.0, standing.total)
    return [
        str(standing.rank),
        standing.student,
        *(f"{value:g}" for value in points),
        UNREAD if standing.unread else "",
    ]


def as_table(title: str, lines: list[list[str]]) -> Table:
    """For the terminal."""
    table = Table(title=title)
    for name in lines[0]:
        table.add_column(name, justify="left" if name in ("student", "remark") else "right")
    for line in lines[1:]:
        table.add_row(*line)
    return table
