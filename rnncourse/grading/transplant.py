"""From what a student handed in to a notebook that can be graded.

Nothing of a submission is repaired. The released lesson is taken as it is, and only the sources of the student's
solutions are put into it, with the student's own extra code cells between. So metadata, outputs, deleted tests and
renamed cells of the submission change nothing. What a student wrote for a person to read is carried as plain text.
"""

from __future__ import annotations

import copy
import json
import os
import re
import stat
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

MAX_FILE_BYTES = 50 * 2**20  # read as JSON, such a file takes thirty times as much memory
MAX_SOURCE_CHARACTERS = 200_000
MAX_CELLS = 2_000
NOT_HANDED_IN = "No notebook was handed in."
EXAMPLE = "example"
TEXT_WIDTH = 100  # characters in a line of a written answer


class BadSubmission(ValueError):
    """A submitted file that holds no notebook; the text is the reason that its student reads."""


@dataclass(frozen=True)
class SubmittedCell:
    """What is taken from a cell of a submission: never its outputs, never other metadata."""

    cell_type: str
    source: str
    grade_id: str
    id: str


def read_submission(path: Path) -> list[SubmittedCell]:
    """The cells of a submitted notebook, whatever its format version or encoding.

    Only a plain file in plain folders is read, so that nothing but a student's own work can be handed in.

    Raises:
        BadSubmission: not a regular file, too large, not UTF-8, not JSON, or not a notebook.
    """
    content = _read_regular_file(path)
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadSubmission(f"The file isn't text in UTF-8 (byte {error.start}).") from None
    except json.JSONDecodeError as error:
        raise BadSubmission(f"The file isn't a notebook: it stops being JSON in line {error.lineno}.") from None
    except (RecursionError, ValueError):
        raise BadSubmission("The file isn't a notebook: its JSON cannot be read.") from None
    if not isinstance(document, dict):
        raise BadSubmission("The file is JSON but not a notebook.")
    if not isinstance(document.get("cells"), list):
        document = _upgrade(document)
    cells = [_submitted_cell(cell) for cell in document["cells"][:MAX_CELLS] if isinstance(cell, dict)]
    if sum(len(cell.source) for cell in cells) > 10 * MAX_SOURCE_CHARACTERS:
        raise BadSubmission("The notebook has more text in its cells than can be graded.")
    return cells


def _read_regular_file(path: Path) -> bytes:
    try:
        # No link is followed, and a FIFO or device is opened without waiting for its other end.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        raise BadSubmission(NOT_HANDED_IN) from None
    except OSError as error:
        raise BadSubmission(f"The file could not be opened ({error.strerror}): a link isn't accepted.") from None
    with os.fdopen(descriptor, "rb") as file:
        information = os.fstat(descriptor)
        if not stat.S_ISREG(information.st_mode):
            raise BadSubmission("What was handed in isn't a regular file.")
        if information.st_nlink > 1:
            raise BadSubmission("The file is a hard link, another name of a file elsewhere: hand in a copy of its own.")
        if information.st_size > MAX_FILE_BYTES:
            raise BadSubmission(
                f"The file has {information.st_size >> 20} MB; at most {MAX_FILE_BYTES >> 20} MB are read. "
                "Clear the outputs and hand it in again."
            )
        return file.read()


def _upgrade(document: dict[str, Any]) -> dict[str, Any]:
    """A notebook of format 3 or older in today's format."""
    try:
        return nbformat.reads(json.dumps(document), as_version=4)
    except Exception:  # nbformat raises whatever the malformed document made it stumble over
        raise BadSubmission("The file is JSON but not a notebook: it has no list of cells.") from None


def _submitted_cell(cell: dict[str, Any]) -> SubmittedCell:
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    metadata = cell.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = marks.get("grade_id") if isinstance(marks, dict) else None
    text = source if isinstance(source, str) else ""
    return SubmittedCell(
        cell_type=str(cell.get("cell_type")),
        # A lone surrogate can be written in JSON, but not sent to a kernel or stored as UTF-8.
        source=text[:MAX_SOURCE_CHARACTERS].encode("utf-8", "replace").decode(),
        grade_id=grade_id if isinstance(grade_id, str) else "",
        id=str(cell.get("id", "")),
    )


def transplant(released: NotebookNode, submitted: list[SubmittedCell]) -> tuple[NotebookNode, list[str]]:
    """The released lesson with a student's solutions in it.

    A solution is found by its ``grade_id``; where that was lost, by its cell id. The last copy counts. Code cells that
    the student added run after the released cell that they follow. A solution that isn't there is left out, so that an
    extra cell that defines the same name counts. A worked example's cell is the student's as well: it is replaced by
    what they made of it, and left out with them.

    Args:
        released: the student edition of the lesson.
        submitted: the cells of a submission.

    Returns:
        The notebook to execute, and the grade ids of solutions that were not found.
    """
    nb = copy.deepcopy(released)
    solutions = {cell.metadata.nbgrader.grade_id: number for number, cell in enumerate(nb.cells) if is_solution(cell)}
    to_fill = {number for number, cell in enumerate(nb.cells) if is_solution(cell) or is_example(cell)}
    by_id = {cell.id: number for number, cell in enumerate(nb.cells)}
    by_source = {cell.source: number for number, cell in enumerate(nb.cells)}
    answers: dict[int, str] = {}
    extra: dict[int, list[NotebookNode]] = {}
    place = -1
    for cell in submitted:
        number = solutions.get(cell.grade_id, by_source.get(cell.source, by_id.get(cell.id)))
        if number is not None:
            place = number
        if number in to_fill:
            answers[number] = cell.source
        elif cell.cell_type == "code" and cell.source.strip() and not _stands_for(nb, number, cell):
            extra.setdefault(place, []).append(nbformat.v4.new_code_cell(cell.source))
    missing = [grade_id for grade_id, number in solutions.items() if number not in answers]
    answers = {number: _as_answer(nb.cells[number], source) for number, source in answers.items()}
    nb.cells = _merge(nb.cells, answers, extra)
    return nb, missing


def _stands_for(nb: NotebookNode, number: int | None, cell: SubmittedCell) -> bool:
    """Whether the released cell is run in place of the submitted one.

    A changed cell of the lesson (an import added, say) is run as well; a changed check, or training, is not.
    """
    if number is None:
        return False
    released = nb.cells[number]
    return released.source == cell.source or is_graded(released) or is_demo(released)


def _merge(cells: list[NotebookNode], answers: dict[int, str], extra: dict[int, list[NotebookNode]]) -> list:
    merged = list(extra.get(-1, []))
    for number, cell in enumerate(cells):
        if number in answers:
            cell.source = answers[number]
        if number in answers or is_written(cell) or not (is_solution(cell) or is_example(cell)):
            merged.append(cell)
        merged += extra.get(number, [])
    return merged


def _as_answer(released: NotebookNode, source: str) -> str:
    """Code as it is. A written answer as the plain text that was typed: rendered, it could hold a script or a link.

    The released placeholder and an empty cell stay the placeholder, which nbgrader takes for no response.
    """
    if is_written(released) and not source.strip():
        return released.source
    if released.cell_type == "code" or source == released.source:
        return source
    lines = [
        part
        for line in source.splitlines()
        for part in textwrap.wrap(line, TEXT_WIDTH, replace_whitespace=False, drop_whitespace=False) or [""]
    ]
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", source)), default=0))
    return "\n".join([f"{fence}text", *lines, fence])


def is_solution(cell: NotebookNode) -> bool:
    """A cell that the student fills in."""
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


def is_graded(cell: NotebookNode) -> bool:
    """A cell that the hidden tests score."""
    return bool(cell.metadata.get("nbgrader", {}).get("grade")) and not is_solution(cell)


def is_written(cell: NotebookNode) -> bool:
    """A text, or the code of a project, that the student fills in and that a person scores."""
    return is_solution(cell) and bool(cell.metadata.nbgrader.get("grade"))


def is_example(cell: NotebookNode) -> bool:
    """A cell of a worked example, which is released as it is for students to put their own work in its place."""
    return EXAMPLE in cell.metadata.get("tags", [])


def is_demo(cell: NotebookNode) -> bool:
    """Training or a widget: nothing graded depends on it."""
    return "demo" in cell.metadata.get("tags", [])
