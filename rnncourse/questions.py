"""What nbgrader's metadata say of a cell, and where the lessons lie as they were released."""

from __future__ import annotations

from nbformat import NotebookNode

RELEASED = ".released"  # beside notebooks/


def grade_id(cell: NotebookNode) -> str | None:
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def is_graded(cell: NotebookNode) -> bool:
    return cell.metadata.get("nbgrader", {}).get("grade", False)


def is_read(cell: NotebookNode) -> bool:
    """Whether a person grades the cell: a text, or the code of a project."""
    return bool(cell.metadata.nbgrader.get("solution"))


def question_of(check: NotebookNode) -> str:
    return grade_id(check).removeprefix("check_")
