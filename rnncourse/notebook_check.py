"""Every visible check of a student's notebook at once: nbval runs it and compares with the reference outputs."""

from __future__ import annotations

import contextlib
import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from rnncourse.questions import RELEASED, grade_id, is_graded, is_read, question_of

CELL_TIMEOUT = 60  # seconds


class CannotCheck(ValueError):
    """Why a notebook cannot be checked, in one sentence."""


@dataclass
class Verdict:
    """How one question's check went; `problem` says in one sentence why it does not fit."""

    question: str
    points: float
    remark: str = ""
    problem: str = ""
    written: bool = True


@dataclass
class Run:
    """One cell as nbval ran it: what nbval made of it, and the kernel's error if there was one."""

    grade_id: str | None
    exception: BaseException | None
    error: NotebookNode | None


def check_notebook(path: Path, on_cell: Callable[[int], None] = lambda total: None) -> list[Verdict]:
    """Run a student's notebook in a fresh kernel, without its demonstrations, and judge each question.

    Args:
        on_cell: called after every cell with the number of all cells.

    Raises:
        CannotCheck: this is no notebook of the course, or there is no kernel to run it.
    """
    nb = _read(path)
    reference = _reference_of(path, nb)
    graded = {grade_id(cell): cell for cell in reference.cells if is_graded(cell)}
    checks = {name: cell for name, cell in graded.items() if not is_read(cell)}
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "notebook.ipynb"
        nbformat.write(_to_run(nb, checks, path.resolve().parent), copy)
        runs = _run(copy, on_cell)
    return [_look_at_text(cell, nb, runs) if is_read(cell) else _verdict(cell, runs) for cell in graded.values()]


def _read(path: Path) -> NotebookNode:
    if not path.is_file():
        raise CannotCheck(f"There is no notebook {path}.")
    try:
        return nbformat.read(path, as_version=4)
    except Exception as error:
        raise CannotCheck(f"{path} cannot be read as a notebook ({type(error).__name__}).") from error


def _reference_of(path: Path, nb: NotebookNode) -> NotebookNode:
    """The released lesson that shares most questions with the notebook, whatever the notebook is called now."""
    folders = [folder / RELEASED for folder in path.resolve().parents]
    lessons = [nbformat.read(lesson, as_version=4) for folder in folders for lesson in sorted(folder.glob("*.ipynb"))]
    if not lessons:
        raise CannotCheck(f"{path} lies outside the course: no folder above it holds {RELEASED}/ to compare with.")
    questions = _questions(nb)
    lesson = max(lessons, key=lambda lesson: len(questions & _questions(lesson)))
    if not questions & _questions(lesson):
        raise CannotCheck(f"{path} holds no question of any lesson.")
    return lesson


def _to_run(nb: NotebookNode, checks: dict[str, NotebookNode], folder: Path) -> NotebookNode:
    """The student's code in its order, without demonstrations, and the checks as they were released."""
    cells = [new_code_cell(f"import os\nos.chdir({str(folder)!r})")]
    for cell in nb.cells:
        if cell.cell_type == "code" and "demo" not in cell.metadata.get("tags", []):
            nbgrader = cell.metadata.get("nbgrader", {})
            cells.append(checks.get(grade_id(cell)) or new_code_cell(cell.source, metadata={"nbgrader": nbgrader}))
    cells += [check for name, check in checks.items() if name not in map(grade_id, nb.cells)]
    return new_notebook(cells=cells)


def _run(copy: Path, on_cell: Callable[[int], None]) -> list[Run]:
    """nbval over a notebook, quietly."""
    recorder = _Recorder(on_cell)
    copy.with_name("pytest.ini").write_text("[pytest]\n")  # whatever settings lie around the student's folder
    options = ["--nbval-lax", "--nbval-current-env", "--nbval-cell-timeout", str(CELL_TIMEOUT)]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as complaint:
        pytest.main([*options, "-p", "no:cacheprovider", str(copy)], plugins=[recorder])
    if not recorder.runs:
        raise CannotCheck(f"nbval could not start: {recorder.obstacle or complaint.getvalue()}".splitlines()[0])
    return recorder.runs


class _Recorder:
    """A pytest plugin that keeps what nbval's report leaves out: the cell and the kernel's own error."""

    def __init__(self, on_cell: Callable[[int], None]) -> None:
        self.on_cell = on_cell
        self.runs: list[Run] = []
        self.obstacle: BaseException | None = None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo) -> object:
        exception = call.excinfo and call.excinfo.value
        if call.when == "call":
            errors = [output for output in item.test_outputs or [] if output.output_type == "error"]
            self.runs.append(Run(grade_id(item.cell), exception, errors[-1] if errors else None))
            self.on_cell(item.session.testscollected)
        elif call.when == "setup" and exception:
            self.obstacle = exception
        return (yield)


def _verdict(check: NotebookNode, runs: list[Run]) -> Verdict:
    """What the check's last run says; an answer's cell that stopped explains a check that could not begin."""
    last = {run.grade_id: run for run in runs}
    question, run = question_of(check), last[grade_id(check)]
    verdict = Verdict(question, check.metadata.nbgrader.points)
    answer = last.get(question)
    if run.exception is None:
        return verdict
    if run.error and run.error.ename == "CheckFailed":
        verdict.problem, verdict.written = run.error.evalue, "is not written yet" not in run.error.evalue
    elif answer is None:
        verdict.problem = f"The cell of {question} is not in the notebook."
    elif answer.exception:
        verdict.problem = f"The cell of {question} {_why(answer, runs)}"
    else:
        verdict.problem = f"The check of {question} {_why(run, runs)}"
    return verdict


def _look_at_text(placeholder: NotebookNode, nb: NotebookNode, runs: list[Run]) -> Verdict:
    """A person reads it: all that can be said here is whether a text is there, and whether a project's code runs."""
    question = grade_id(placeholder)
    texts = [cell.source for cell in nb.cells if grade_id(cell) == question]
    verdict = Verdict(question, placeholder.metadata.nbgrader.points, remark="a person reads it")
    if not texts:
        verdict.problem = f"The cell of {question} is not in the notebook."
    elif texts[-1].strip() in ("", placeholder.source):
        verdict.problem, verdict.written = f"{question} is not written yet", False
    elif failed := next((run for run in runs if run.grade_id == question and run.exception), None):
        verdict.problem = f"The cell of {question} {_why(failed, runs)}"
    return verdict


def _why(run: Run, runs: list[Run]) -> str:
    if run.error is None and "outputs differ" in str(run.exception):
        return "ran, but printed more than its one line: does your code print or warn?"
    if run.error is None:
        return "could not finish: the kernel died, or stopped answering."
    if run.error.ename == "KeyboardInterrupt":
        return f"was still running after {CELL_TIMEOUT} s: does a loop never end?"
    others = [other for other in runs[: runs.index(run)] if other.error and not other.grade_id]
    if run.error.ename == "NameError" and others:
        return f"stopped with {_say(run.error)}; before that, another cell stopped with {_say(others[0].error)}"
    return f"stopped with {_say(run.error)}"


def _say(error: NotebookNode) -> str:
    message = (error.evalue.splitlines() or [""])[0]
    return f"{error.ename}{message and ': '}{message}"


def _questions(nb: NotebookNode) -> set[str]:
    return {question_of(cell) for cell in nb.cells if is_graded(cell)}
