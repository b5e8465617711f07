"""The course project: a worked example that a team replaces, and a person who grades what the team made of it."""

from __future__ import annotations

import csv
import html
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from mini_course import PROJECT
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.api import Gradebook

from rnncourse.grading.lessons import Lesson
from rnncourse.grading.release import NotReleasable, student_version
from rnncourse.grading.transplant import SubmittedCell, transplant

LESSON = "08_course_project"
SOURCE = PROJECT / "notebooks" / LESSON / f"{LESSON}.ipynb"
POINTS = {
    "project_problem": 4,
    "project_solution": 4,
    "project_walkthrough": 4,
    "project_analysis": 6,
    "project_talk": 2,
}


@pytest.fixture
def released() -> NotebookNode:
    return Lesson(PROJECT, LESSON, LESSON).released


def named(nb: NotebookNode, grade_id: str) -> NotebookNode:
    return next(cell for cell in nb.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def holding(nb: NotebookNode, text: str) -> NotebookNode:
    (cell,) = [cell for cell in nb.cells if text in cell.source]
    return cell


def handed_in(nb: NotebookNode) -> NotebookNode:
    """What the grader makes of a team's notebook."""
    cells = [
        SubmittedCell(cell.cell_type, cell.source, cell.metadata.get("nbgrader", {}).get("grade_id", ""), cell.id)
        for cell in nb.cells
    ]
    return transplant(Lesson(PROJECT, LESSON, LESSON).released, cells)[0]


# The template


def test_the_example_is_released_with_its_graded_cells(released: NotebookNode):
    source = nbformat.read(SOURCE, as_version=4)
    assert [cell.source for cell in released.cells] == [cell.source for cell in source.cells]
    graded = [cell.metadata.nbgrader for cell in released.cells if "nbgrader" in cell.metadata]
    assert {mark.grade_id: mark.points for mark in graded} == POINTS
    for grade_id, points in POINTS.items():
        assert re.search(rf"\| {points} \| `{grade_id}` \|", released.cells[0].source)


def test_every_graded_cell_has_its_rubric_with_a_line_for_each_point(released: NotebookNode):
    rubric = None
    for cell in released.cells:
        if cell.source.startswith("**Rubric"):
            assert rubric is None
            rubric = cell.source
        elif "nbgrader" in cell.metadata:
            points = cell.metadata.nbgrader.points
            assert f"({points} points)" in rubric
            assert len([line for line in rubric.splitlines() if line.startswith("| ")]) == 1 + points
            rubric = None


def test_code_that_a_person_grades_is_refused_unless_it_is_an_example():
    nb = nbformat.read(SOURCE, as_version=4)
    named(nb, "project_walkthrough").metadata.tags = []
    with pytest.raises(NotReleasable, match="only a text can be graded like that, or the code of a worked example"):
        student_version(nb)


# From a team's notebook to what is graded


def test_the_teams_cells_take_the_places_of_the_example(released: NotebookNode):
    holding(released, "def to_read").source = "my_data = 1"
    holding(released, "nets = []").source = "train_for_hours()"
    holding(released, "# How early").source = "# Our title <script>"
    released.cells.remove(holding(released, "def neighbours_right"))
    released.cells.append(new_code_cell("my_own = 2"))
    graded = handed_in(released)
    texts = [cell.source for cell in graded.cells]
    assert {"my_data = 1", "train_for_hours()", "my_own = 2", "```text\n# Our title <script>\n```"} < set(texts)
    assert not any("def to_read" in text or "nets = []" in text or "neighbours_right" in text for text in texts)
    assert "demo" in holding(graded, "train_for_hours").metadata.tags  # shown, not run
    assert "demo" not in holding(graded, "my_own").metadata.get("tags", [])


@pytest.mark.parametrize("grade_id", ["project_analysis", "project_walkthrough"])
@pytest.mark.parametrize("change", [lambda cell: None, lambda cell: cell.update(source=" \n")])
def test_a_graded_cell_that_was_not_written_is_still_the_example(
    released: NotebookNode, grade_id: str, change: Callable
):
    before = named(released, grade_id).source
    change(named(released, grade_id))
    assert named(handed_in(released), grade_id).source == before
    released.cells.remove(named(released, grade_id))
    assert named(handed_in(released), grade_id).source == before


# A class


def written(nb: NotebookNode, **texts: str) -> NotebookNode:
    for grade_id, text in texts.items():
        named(nb, grade_id).source = text
    return nb


ANALYSIS = "## Ours\n\nThe rival wins. <img src=x onerror=alert(1)>"
CODE = "class Ours(nn.Module):\n    pass\n\n\nprint('our code', 6 * 7)"


def teams() -> dict[str, NotebookNode | str]:
    def fresh() -> NotebookNode:
        return Lesson(PROJECT, LESSON, LESSON).released.copy()

    whole = written(fresh(), **dict.fromkeys(POINTS, "Ours."))
    whole = written(whole, project_analysis=ANALYSIS, project_walkthrough=CODE)
    holding(whole, "def to_read").source = "data = 'ours'"
    whole.cells.insert(2, new_markdown_cell("A slide of ours."))
    half = written(fresh(), project_problem="A question?")
    holding(half, "class EarlyReader").source = "raise SystemExit"
    return {"T1": whole, "T2": half, "T3": fresh(), "T4": "{"}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project") / "course"
    shutil.copytree(SOURCE.parent, root / "notebooks" / LESSON)
    shutil.copy(PROJECT / "nbgrader_config.py", root)
    for team, document in teams().items():
        path = root / "submitted" / team / LESSON / f"{LESSON}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(document if isinstance(document, str) else nbformat.writes(document))
    return root


def grade(course: Path) -> str:
    command = [sys.executable, "-m", "rnncourse", "grade", "submitted", "--jobs", "2"]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, env={**os.environ, "COLUMNS": "200"})
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_a_class_of_projects_waits_for_a_person_and_keeps_what_the_person_gave(course: Path):
    shown = {line.split()[1]: line for line in grade(course).splitlines() if line.startswith("│ T")}
    assert "0 / 20" in shown["T1"] and "Waiting for a person in formgrader: 5." in shown["T1"]
    assert "Waiting for a person in formgrader: 2." in shown["T2"]
    assert "Waiting" not in shown["T3"] and "Waiting" not in shown["T4"]
    assert "stops being JSON" in shown["T4"]

    graded = nbformat.read(course / "autograded" / "T1" / LESSON / f"{LESSON}.ipynb", as_version=4)
    assert named(graded, "project_walkthrough").outputs[0].text == "our code 42\n"
    assert not [output for cell in graded.cells for output in cell.get("outputs", []) if output.output_type == "error"]
    page = (course / "feedback" / "T1" / LESSON / f"{LESSON}.html").read_text(encoding="utf-8")
    assert "The rival wins." in page and "<img src=x" not in page

    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        for grade_id, points in POINTS.items():
            found = book.find_grade(grade_id, LESSON, LESSON, "T1")
            found.manual_score, found.needs_manual_grade = points / 2, False
        book.find_comment("project_talk", LESSON, LESSON, "T1").manual_comment = "Twelve minutes."
        book.db.commit()
    shown = {line.split()[1]: line for line in grade(course).splitlines() if line.startswith("│ T")}
    assert "10 / 20" in shown["T1"] and "Waiting" not in shown["T1"]
    assert "Twelve minutes." in (course / "feedback" / "T1" / LESSON / f"{LESSON}.html").read_text(encoding="utf-8")
    with (course / "grades.csv").open(newline="") as file:
        scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert scores == {"T1": 10, "T2": 0, "T3": 0, "T4": 0}


@pytest.mark.slow
def test_a_team_sees_what_is_still_the_example(student_edition: Path, tmp_path: Path):
    edition = tmp_path / "student"
    shutil.copytree(student_edition, edition)
    path = edition / "notebooks" / LESSON / f"{LESSON}.ipynb"
    nb = nbformat.read(path, as_version=4)
    nbformat.write(written(nb, project_problem="A question?", project_walkthrough="net = Missing()"), path)
    command = [sys.executable, "-m", "rnncourse", "check", str(path)]
    said = html.unescape(subprocess.run(command, capture_output=True, text=True).stdout)
    assert re.search("✓ project_problem +4 points +a person reads it", said)
    assert re.search("✗ project_walkthrough +4 points +The cell of project_walkthrough stopped with NameError", said)
    assert len(re.findall("○ project_.*not written yet", said)) == 3
    assert said.endswith("Visible checks: 1 of 5 fit. A person grades more than this.\n")
