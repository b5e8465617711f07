"""Grading one submission: from the file that was handed in to the graded notebook."""

from __future__ import annotations

import hashlib
import html
import secrets
import threading
import time
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from rnncourse.grading.execute import Execution, GraderError, Limits
from rnncourse.grading.lessons import Lesson
from rnncourse.grading.provisioner import SandboxKernelManager, WarmKernelManager
from rnncourse.grading.report import refuse_cell
from rnncourse.grading.transplant import MAX_FILE_BYTES, BadSubmission, is_graded, read_submission, transplant

RECORD = b"2"  # changes when a graded notebook holds more than those of earlier versions: they are graded again
ONE_AT_A_TIME = threading.Lock()  # a Dask worker may have several threads
ABOUT = "**About this submission.**"  # begins the cell that says what went wrong with a submission as a whole


def grade_file(
    lesson: Lesson,
    path: Path,
    limits: Limits = Limits(),  # noqa: B008  (it is frozen)
    manager_class: type[SandboxKernelManager] = WarmKernelManager,
) -> NotebookNode:
    """The graded notebook of a submitted file, whatever the file is.

    Raises:
        GraderError: the grader itself failed, so there is no score.
    """
    nb = prepare(lesson, path)
    run(nb, lesson, limits, manager_class)
    return nb


def prepare(lesson: Lesson, path: Path) -> NotebookNode:
    """The notebook to execute; its metadata remembers what it was made from and what was wrong with it."""
    remarks: list[str] = []
    try:
        _refuse_linked_folders(lesson, path)
        nb, missing = transplant(lesson.released, read_submission(path))
        remarks += [f"The cell of `{grade_id}` is missing." for grade_id in missing]
    except (BadSubmission, MemoryError) as problem:
        nb, _ = transplant(lesson.released, [])
        nb.metadata["rnncourse"] = {"unreadable": str(problem) or "The file takes too much memory to be read."}
    nb.metadata.setdefault("rnncourse", {}).update(
        remarks=remarks, seed=secrets.randbits(63), fingerprint=fingerprint(lesson, path)
    )
    return nb


def _refuse_linked_folders(lesson: Lesson, path: Path) -> None:
    """In nbgrader's layout, submitted/STUDENT/ASSIGNMENT/, both folders are the student's own."""
    folder = path.parent
    if folder.name == lesson.assignment and (folder.is_symlink() or folder.parent.is_symlink()):
        raise BadSubmission("The folder of this submission is a link to another folder: a link isn't accepted.")


def graded_text(lesson: Lesson, path: Path, limits: Limits, manager_class: type[SandboxKernelManager]) -> str:
    """In a worker: `grade_file`'s notebook as text, the one form that every executor can send.

    Raises:
        GraderError: the grader itself failed, or this worker's machine doesn't have the files.
    """
    if not (lesson.source.is_file() and path.parent.is_dir()):  # else a whole class would have handed in nothing
        raise GraderError(f"A worker doesn't see {path.parent}: it needs the course's folder under the same path.")
    with ONE_AT_A_TIME:
        text = nbformat.writes(grade_file(lesson, path, limits, manager_class))
    return text.encode(errors="replace").decode()  # whatever is in it: one submission never stops the run


def run(nb: NotebookNode, lesson: Lesson, limits: Limits, manager_class: type[SandboxKernelManager]) -> None:
    """Execute and score a prepared notebook in place."""
    facts = nb.metadata["rnncourse"]
    if reason := facts.get("unreadable"):
        facts["remarks"].append(reason)
        for cell in filter(is_graded, nb.cells):
            refuse_cell(cell, reason)
    else:
        begin = time.monotonic()
        execution = Execution(nb, lesson.tests, facts["seed"], limits, manager_class)
        execution.run()
        facts["seconds"] = round(time.monotonic() - begin, 1)
        facts["remarks"] += execution.reasons
    if facts["remarks"]:
        text = "\n".join([ABOUT, "", *(f"- {html.escape(remark)}" for remark in facts["remarks"])])
        nb.cells.insert(0, nbformat.v4.new_markdown_cell(text))


def fingerprint(lesson: Lesson, path: Path) -> str:
    """Equal for two gradings of the same file with the same lesson and the same hidden tests."""
    digest = hashlib.sha256(RECORD + lesson.fingerprint.encode())
    try:
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                digest.update(file.read(MAX_FILE_BYTES + 1))  # a larger one isn't graded
    except OSError:
        digest.update(b"unreadable")
    return digest.hexdigest()
