"""`rnncourse check`: what a student hears about their own notebook."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from mini_course import ASSIGNMENT, DOUBLE, PROJECT, RUNNING_SUM
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output

from rnncourse import notebook_check
from rnncourse.grading.edition import release

RIGHT = {"double": DOUBLE, "running_sum": RUNNING_SUM}


class Student:
    """A released folder and the notebook in it."""

    def __init__(self, folder: Path, notebook: str) -> None:
        self.path = folder / notebook
        self.nb = nbformat.read(self.path, as_version=4)

    def write(self, **answers: str) -> None:
        for cell in self.nb.cells:
            question = cell.metadata.get("nbgrader", {}).get("grade_id")
            cell.source = answers.get(question, cell.source)
        nbformat.write(self.nb, self.path)

    def check(self) -> subprocess.CompletedProcess:
        return run_check(self.path)


def run_check(path: Path, **options) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "rnncourse", "check", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


@pytest.fixture
def student(course: Path, tmp_path: Path) -> Student:
    release(course, tmp_path / "student")
    return Student(tmp_path / "student", f"notebooks/{ASSIGNMENT}/{ASSIGNMENT}.ipynb")


def test_right_answers_fit_and_nobody_is_told_that_all_tests_passed(student):
    student.write(**RIGHT)
    done = student.check()
    assert done.stdout == (
        "✓ double       2 points\n✓ running_sum  4 points\n\n"
        "Visible checks: 2 of 2 fit. Hidden tests grade more than this.\n"
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_reference_is_the_released_output_and_not_the_students_own(student):
    """A wrong answer whose output the student has run and saved still does not fit."""
    student.write(double="def double(x):\n    return 3 * x", running_sum=RUNNING_SUM)
    for cell in student.nb.cells:
        if cell.source.startswith("print(double"):
            cell.outputs = [new_output("stream", name="stdout", text="tensor([3., 3., 3.])\n")]
            cell.execution_count = 1
    student.write()
    done = student.check()
    assert "✗ double" in done.stdout and "✓ running_sum" in done.stdout
    assert "1 of 2 fit" in done.stdout
    assert done.returncode == 1


PROBLEMS = {
    "syntax error": ("def double(x) return 2", "The cell of double stopped with SyntaxError"),
    "another name": ("def twice(x):\n    return 2 * x", "stopped with NameError: name 'double' is not defined"),
    "an exception": ("def double(x):\n    return x / None", "The check of double stopped with TypeError"),
    "a print": ("def double(x):\n    print(x.shape)\n    return 2 * x", "does your code print or warn?"),
    "an end of the kernel": ("import os\ndef double(x):\n    os._exit(1)", "the kernel died"),
    "an endless loop": ("def double(x):\n    while True:\n        pass", "was still running after 10 s"),
}


@pytest.mark.parametrize(("answer", "sentence"), PROBLEMS.values(), ids=PROBLEMS.keys())
def test_what_goes_wrong_is_said_in_one_sentence(student, monkeypatch, answer, sentence):
    if "still running" in sentence:
        monkeypatch.setattr(notebook_check, "CELL_TIMEOUT", 10)
    student.write(double=answer, running_sum=RUNNING_SUM)
    double, running_sum = notebook_check.check_notebook(student.path)
    assert sentence in double.problem and "\n" not in double.problem
    if "kernel" not in sentence:
        assert not running_sum.problem, "one question's problem is no other's"


def test_what_the_student_did_to_tags_and_checks_changes_nothing(student):
    student.write(double="def double(x):\n    return x", running_sum=RUNNING_SUM)
    for cell in list(student.nb.cells):
        if cell.source.startswith("print(double"):
            cell.source, cell.metadata.tags = "# NBVAL_SKIP\nprint('right')", ["nbval-skip"]
        elif cell.source.startswith("print(running"):
            student.nb.cells.remove(cell)
    student.nb.cells.insert(1, new_code_cell("import helper\nassert helper.ONE == 1"))
    student.write()
    student.path.with_name("helper.py").write_text("ONE = 1")
    done = student.check()
    assert "✗ double" in done.stdout and "✓ running_sum" in done.stdout


def test_demonstrations_are_left_out(student):
    """The lesson's demo cell raises; a copy of it without the tag is run, and stops nothing else."""
    (demo,) = [cell for cell in student.nb.cells if "demo" in cell.metadata.get("tags", [])]
    assert "raise" in demo.source
    student.nb.cells.insert(1, new_code_cell(demo.source))
    student.write(**RIGHT)
    assert student.check().returncode == 0


def test_a_renamed_notebook_is_known_by_its_questions(student):
    student.write(**RIGHT)
    renamed = student.path.rename(student.path.with_name("my homework (2).ipynb"))
    assert run_check(renamed).returncode == 0


def test_what_is_no_notebook_of_the_course_is_refused_in_one_sentence(student, tmp_path):
    broken, plain, outside = (student.path.with_name(name) for name in ("broken.ipynb", "plain.ipynb", "out.ipynb"))
    broken.write_text("{")
    nbformat.write(NotebookNode(nbformat=4, nbformat_minor=5, metadata={}, cells=[]), plain)
    outside = tmp_path / "outside.ipynb"
    outside.write_bytes(student.path.read_bytes())
    sentences = {
        student.path.with_name("missing.ipynb"): "There is no notebook",
        student.path.parent: "There is no notebook",
        broken: "cannot be read as a notebook",
        plain: "holds no question of any lesson",
        outside: "lies outside the course",
    }
    for path, sentence in sentences.items():
        with pytest.raises(notebook_check.CannotCheck, match=sentence) as refused:
            notebook_check.check_notebook(path)
        assert "\n" not in str(refused.value)
    done = run_check(broken)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


def test_a_lesson_that_cannot_import_what_it_needs_says_what(student):
    student.nb.cells.insert(0, new_code_cell("import a_package_of_elsewhere"))
    student.nb.cells[2].source = student.nb.cells[2].source.replace("import torch", "")
    student.write(**RIGHT)
    double, _ = notebook_check.check_notebook(student.path)
    assert double.problem == (
        "The check of double stopped with NameError: name 'torch' is not defined; before that, another cell stopped "
        "with ModuleNotFoundError: No module named 'a_package_of_elsewhere'"
    )


def test_without_a_kernel_it_says_so_in_one_sentence(student, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("No such kernel named python3\nand more lines")

    monkeypatch.setattr("nbval.plugin.RunningKernel", fail)
    with pytest.raises(notebook_check.CannotCheck) as refused:
        notebook_check.check_notebook(student.path)
    assert "No such kernel" in str(refused.value) and "\n" not in str(refused.value)


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(PROJECT.glob("notebooks/*/*.ipynb")), ids=lambda path: path.stem)
def test_every_lesson_is_unwritten_as_released_and_fits_with_the_reference_answers(path, student_edition, tmp_path):
    """The lessons themselves: stubs are open circles, and the solutions put back in fit every check."""
    solutions = {  # what is released as an example has to be changed
        cell.metadata.nbgrader.grade_id: cell.source + "\n# ours" * ("example" in cell.metadata.get("tags", []))
        for cell in nbformat.read(path, as_version=4).cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    (tmp_path / ".released").symlink_to(student_edition / ".released")
    mine = tmp_path / path.name
    mine.write_bytes((student_edition / path.relative_to(PROJECT)).read_bytes())
    student = Student(tmp_path, path.name)

    verdicts = notebook_check.check_notebook(mine)
    assert [verdict.question for verdict in verdicts] == list(solutions)
    assert not any(verdict.written for verdict in verdicts)

    first, *others = solutions
    student.write(**{first: solutions[first]})
    verdicts = notebook_check.check_notebook(mine)
    assert [bool(verdict.problem) for verdict in verdicts] == [False, *(True for _ in others)]

    student.write(**solutions)
    assert [verdict.problem for verdict in notebook_check.check_notebook(mine)] == ["" for _ in solutions]
