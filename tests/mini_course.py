"""A course of one short lesson with two questions: what the grader's own tests grade in seconds."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from rnncourse.grading.lessons import normalise
from rnncourse.grading.release import student_version

ASSIGNMENT = "01_mini"
PROJECT = Path(__file__).parent.parent

DOUBLE = '''def double(x):
    """Twice a tensor."""
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION'''
RUNNING_SUM = '''def running_sum(x):
    """The sums of x (T,) up to each step."""
    ### BEGIN SOLUTION
    return torch.cumsum(x, 0)
    ### END SOLUTION'''
HIDDEN_TESTS = """
import pytest
import torch

from rnncourse.grading.hidden import assert_same, graded


@graded("double", hint="Is every element multiplied by two?")
@pytest.mark.parametrize("shape", [(1,), (3, 2)])
def test_doubles(student, rng, shape):
    (x,) = rng.normals(shape)
    assert_same(student.double(x), 2 * x)


@graded("double", hint="Does it return a new tensor?")
def test_leaves_its_argument_alone(student, rng):
    (x,) = rng.normals((4,))
    assert_same(student.double(x), 2 * x)
    assert_same(student.arguments_after(student.double, x), (x,))


@graded("running_sum", hint="Is every earlier element added?", weight=3)
def test_adds_up(student, rng):
    (x,) = rng.normals((5,))
    assert_same(student.running_sum(x), torch.cumsum(x, 0))


@graded("running_sum", hint="What is the running sum of one element?")
def test_of_one_element(student, rng):
    (x,) = rng.normals((1,))
    assert_same(student.running_sum(x), x)
"""


def lesson() -> NotebookNode:
    """The instructor edition."""
    nb = new_notebook(
        cells=[
            new_markdown_cell("# A lesson\n\n## 1 Twice (1 min)"),
            new_code_cell("import torch"),
            _solution("double", DOUBLE),
            _check("double", 2),
            new_code_cell("raise RuntimeError('training takes long')", metadata={"tags": ["demo"]}),
            new_markdown_cell("## 2 Sums (1 min)"),
            _solution("running_sum", RUNNING_SUM),
            _check("running_sum", 4),
        ]
    )
    normalise(nb)
    return nb


def _solution(question: str, source: str) -> NotebookNode:
    marks = {"grade_id": question, "solution": True, "grade": False, "locked": False}
    return new_code_cell(source, metadata={"nbgrader": {"schema_version": 3, "task": False, **marks}})


def _check(question: str, points: int) -> NotebookNode:
    marks = {"grade_id": f"check_{question}", "solution": False, "grade": True, "locked": True, "points": points}
    metadata = {"nbgrader": {"schema_version": 3, "task": False, **marks}, "tags": ["nbval-check-output"]}
    return new_code_cell(f"print({question}(torch.ones(3)))", metadata=metadata)


def make_course(root: Path) -> Path:
    """The course on disk, with the project's own nbgrader_config.py."""
    source = root / "notebooks" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    tests = root / "assignments" / ASSIGNMENT / "test_mini.py"
    for path in (source, tests):
        path.parent.mkdir(parents=True)
    nbformat.write(lesson(), source)
    tests.write_text(HIDDEN_TESTS)
    shutil.copy(PROJECT / "nbgrader_config.py", root)
    return root


def submission(**answers: str) -> NotebookNode:
    """A student's notebook: the released lesson with the reference answers, or those given by question."""
    nb = student_version(lesson())
    right = {"double": DOUBLE, "running_sum": RUNNING_SUM}
    for cell in nb.cells:
        question = cell.metadata.get("nbgrader", {}).get("grade_id")
        if question in right:
            cell.source = answers.get(question, right[question])
    return nb


def hand_in(root: Path, student: str, document: NotebookNode | str | bytes | None) -> Path:
    """Put a submission where nbgrader collects them; returns the path of the file."""
    path = root / "submitted" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(document, dict):
        document = json.dumps(document)
    if isinstance(document, str):
        document = document.encode()
    if document is not None:
        path.write_bytes(document)
    return path
