"""A text that a person grades: from the lesson through a student's typing to formgrader's pages and the leaderboard."""

from __future__ import annotations

import csv
import html
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import mini_course
import nbformat
import pytest
from mini_course import ASSIGNMENT, DOUBLE
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook
from nbgrader.api import Gradebook

from rnncourse import notebook_check
from rnncourse.grading import edition
from rnncourse.grading.release import NotReleasable, student_version
from rnncourse.grading.transplant import SubmittedCell, transplant

TEXT = "I add every element to the sum of those before it, because that is what the word running says."
POINTS = 5


def lesson() -> NotebookNode:
    """The short lesson and, at its end, a text."""
    nb = mini_course.lesson()
    marks = {"grade_id": "why", "solution": True, "grade": True, "locked": False, "points": POINTS}
    metadata = {"nbgrader": {"schema_version": 3, "task": False, **marks}}
    nb.cells += [new_markdown_cell("## 3 Why (2 min)"), new_markdown_cell(TEXT, id="why", metadata=metadata)]
    return nb


def handed_in(text: str | None, **answers: str) -> NotebookNode:
    """A student's notebook; without a text the placeholder stays."""
    nb = mini_course.submission(**answers)
    nb.cells += student_version(lesson()).cells[-2:]
    if text is not None:
        nb.cells[-1].source = text
    return nb


def graded_text(text: str) -> str:
    cell = SubmittedCell("markdown", text, "why", "")
    nb, _ = transplant(student_version(lesson()), [cell])
    return nb.cells[-1].source


# The student edition


def test_the_text_becomes_a_line_that_says_what_to_do():
    released = student_version(lesson()).cells[-1]
    assert released.source == ("*Not written yet: double-click here and replace this line with your text (section 3).*")
    assert released.metadata.deletable is False and released.metadata.get("editable", True)
    assert released.metadata.nbgrader.checksum


def without_points(cell: NotebookNode) -> None:
    cell.metadata.nbgrader.points = 0


def as_code(cell: NotebookNode) -> None:
    cell.cell_type = "code"


@pytest.mark.parametrize(("spoil", "sentence"), [(without_points, "worth no points"), (as_code, "only a text")])
def test_a_text_that_could_not_be_graded_is_refused(spoil: Callable, sentence: str):
    nb = lesson()
    spoil(nb.cells[-1])
    with pytest.raises(NotReleasable, match=sentence):
        student_version(nb)


def test_the_instructors_text_may_stand_nowhere_else():
    assert TEXT in edition.telling_lines(lesson())


# What a student types, and what of it reaches a browser

DANGEROUS = """\
<script>alert(1)</script> <img src=x onerror=alert(1)> [link](javascript:alert(1)) ![](http://127.0.0.1/seen.png)

$\\href{javascript:alert(1)}{x}$ [a]: javascript:alert(1)

```
</code></pre><script>alert(1)</script>
````
"""


def test_a_text_is_carried_as_typed_and_runs_nothing():
    source = graded_text(DANGEROUS)
    page, _ = HTMLExporter(template_name="classic").from_notebook_node(new_notebook(cells=[new_markdown_cell(source)]))
    body = page.split("<body", 1)[1]
    shown = body[body.index("<pre>") : body.index("</pre>") + 6]
    assert "<script" not in shown and "<img" not in shown and "<a " not in shown
    assert "javascript:" not in re.sub("<pre>.*?</pre>", "", body, flags=re.DOTALL)
    words = html.unescape(re.sub("<[^>]+>", "", shown)).split()
    assert words == DANGEROUS.split()


def test_a_long_line_is_broken_between_words_and_keeps_them_all():
    long = "a state that forgets nothing " * 40
    lines = graded_text(f"- {long}\n\n    indented").splitlines()[1:-1]
    assert max(map(len, lines)) <= 100
    assert " ".join(lines).split() == f"- {long} indented".split()
    assert lines[-2:] == ["", "    indented"]


@pytest.mark.parametrize("text", ["", " \n", student_version(lesson()).cells[-1].source])
def test_no_text_stays_the_placeholder(text: str):
    assert graded_text(text) == student_version(lesson()).cells[-1].source


def test_a_deleted_text_is_missing_and_still_there_to_be_scored():
    nb, missing = transplant(student_version(lesson()), [])
    assert "why" in missing
    assert nb.cells[-1].metadata.nbgrader.grade_id == "why"


def test_the_students_check_says_whether_there_is_a_text(course: Path, tmp_path: Path):
    source = course / "notebooks" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    nb = nbformat.read(source, as_version=4)
    nb.cells += lesson().cells[-2:]
    nbformat.write(nb, source)
    edition.release(course, tmp_path / "student")
    mine = tmp_path / "student" / "notebooks" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"

    text = notebook_check.check_notebook(mine)[-1]
    assert (text.question, text.points, text.written) == ("why", POINTS, False)
    nbformat.write(handed_in("Because."), mine)
    command = [sys.executable, "-m", "rnncourse", "check", str(mine)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert "✓ why          5 points   a person reads it\n" in done.stdout
    assert "3 of 3 fit" in done.stdout and done.returncode == 0
    nb = handed_in("Because.")
    nbformat.write(new_notebook(cells=nb.cells[:-1]), mine)
    assert "not in the notebook" in notebook_check.check_notebook(mine)[-1].problem


# Grading

CLASS = {
    "ada": handed_in("Because of the sums."),
    "bola": handed_in("Because of the sums."),
    "chen": handed_in(DANGEROUS, double=DOUBLE.replace("2 * x", "3 * x")),
    "dana": handed_in(None),
    "ezra": "{",
}


def rnncourse(course: Path, *arguments: object) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "rnncourse", *map(str, arguments)]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def set_up(root: Path) -> Path:
    course = mini_course.make_course(root)
    nbformat.write(lesson(), course / "notebooks" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    for student, document in CLASS.items():
        mini_course.hand_in(course, student, document)
    return course


def gradebook(course: Path) -> Gradebook:
    return Gradebook(f"sqlite:///{course}/gradebook.db")


def score_by_hand(course: Path, student: str, points: float, comment: str) -> None:
    """What formgrader does when an instructor types a score and a comment."""
    with gradebook(course) as book:
        grade = book.find_grade("why", ASSIGNMENT, ASSIGNMENT, student)
        grade.manual_score, grade.needs_manual_grade = points, False
        book.find_comment("why", ASSIGNMENT, ASSIGNMENT, student).manual_comment = comment
        book.db.commit()


def scores(course: Path) -> dict[str, tuple[float, float, bool]]:
    with gradebook(course) as book:
        return {
            submission.student.id: (submission.code_score, submission.written_score, submission.needs_manual_grade)
            for submission in book.assignment_submissions(ASSIGNMENT)
        }


def feedback(course: Path, student: str) -> str:
    return (course / "feedback" / student / ASSIGNMENT / f"{ASSIGNMENT}.html").read_text(encoding="utf-8")


UNREAD = {
    "ada": (6, 0, True),
    "bola": (6, 0, True),
    "chen": (4, 0, True),
    "dana": (6, 0, False),
    "ezra": (0, 0, False),
}


@pytest.mark.slow
def test_a_class_is_graded_read_and_ranked(tmp_path: Path):
    course = set_up(tmp_path / "course")
    rnncourse(course, "grade", "submitted")
    assert scores(course) == UNREAD
    page = feedback(course, "chen")
    assert "<script>alert" not in page and "onerror" in html.unescape(page)
    assert "Because of the sums." in feedback(course, "ada")
    with gradebook(course) as book:
        book.update_or_create_student("zoe")  # is in the class, and handed nothing in

    lines = leaderboard(course)
    assert lines[0] == ["rank", "student", "tests", "text", "late", "total", "remark"]
    assert lines[1:] == [
        ["1", "ada", "6", "0", "0", "6", "not read yet"],
        ["1", "bola", "6", "0", "0", "6", "not read yet"],
        ["1", "dana", "6", "0", "0", "6", ""],
        ["4", "chen", "4", "0", "0", "4", "not read yet"],
        ["5", "ezra", "0", "0", "0", "0", ""],
        ["", "zoe", "", "", "", "", "not handed in"],
    ]

    score_by_hand(course, "chen", 4.5, "A good reason, dangerously told.")
    for force in ([], ["--force"]):  # neither going on nor grading everything again loses what a person gave
        rnncourse(course, "grade", "submitted", *force)
        assert scores(course) == {**UNREAD, "chen": (4, 4.5, bool(force))}
        page = html.unescape(feedback(course, "chen"))
        assert "A good reason, dangerously told." in page
        assert "4.5 of 5 points" in page
    score_by_hand(course, "chen", 4.5, "Read again.")
    assert leaderboard(course)[1] == ["1", "chen", "4", "4.5", "0", "8.5", ""]
    with (course / "grades.csv").open(newline="") as file:
        assert {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}["chen"] == 8.5
    assert not any("chen" in line for line in leaderboard(course, "--anonymous"))


def leaderboard(course: Path, *options: str) -> list[list[str]]:
    shown = rnncourse(course, "leaderboard", ASSIGNMENT, "--csv", "board.csv", *options).stdout
    with (course / "board.csv").open(newline="") as file:
        lines = list(csv.reader(file))
    assert all(part in shown for line in lines for part in line)
    return lines


@pytest.mark.slow
def test_nbgrader_grades_the_same(tmp_path: Path):
    course = set_up(tmp_path / "course")
    for command in ("generate_assignment", "autograde"):
        nbgrader = [sys.executable, "-m", "nbgrader", command, ASSIGNMENT]
        done = subprocess.run(nbgrader, cwd=course, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    assert scores(course) == UNREAD


def test_an_assignment_that_was_never_graded_has_no_leaderboard(tmp_path: Path):
    course = set_up(tmp_path / "course")
    command = [sys.executable, "-m", "rnncourse", "leaderboard", "99_nothing"]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True)
    assert done.returncode == 2
    assert "The gradebook has no 99_nothing: grade it first." in done.stdout
