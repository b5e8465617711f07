"""From the instructor edition to what a student gets: stubs for solutions, reference outputs and nothing else."""

from __future__ import annotations

import ast
import re
from copy import deepcopy

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    LockCells,
    NbGraderPreprocessor,
)
from nbgrader.utils import is_grade, is_solution

from rnncourse.grading.transplant import is_example

REFERENCE = "nbval-check-output"  # the tag of a cell whose stored output is compared
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
MARKER = re.compile(r"\b(BEGIN|END)\s+(SOLUTION|HIDDEN|MARK)", re.IGNORECASE)
PLACEHOLDER = "*Not written yet: double-click here and replace this line with your text{where}.*"
SECTION = re.compile(r"^(?:#+\s*|\*\*)(\d+(?:\.\d+)*)\b", re.MULTILINE)


class NotReleasable(ValueError):
    """A lesson whose student version would leak or could not be graded, in one sentence."""


def student_version(nb: NotebookNode) -> NotebookNode:
    """The notebook as a student receives it; the one given is left as it is.

    Raises:
        NotReleasable: a solution would be released, or a question could not be graded.
    """
    released, resources = deepcopy(nb), ResourcesDict()
    for preprocessor in PREPROCESSORS:
        released, resources = preprocessor()(released, resources)
    return released


class CheckQuestions(NbGraderPreprocessor):
    """Refuses a lesson that is not made of questions.

    A question is a solution cell and right after it its check, or one cell that a person grades: a text, or what takes
    the place of a worked example.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        ids = [cell.metadata.nbgrader.get("grade_id") for cell in nb.cells if "nbgrader" in cell.metadata]
        for grade_id in ids:
            if ids.count(grade_id) > 1:
                raise NotReleasable(f"The grade_id {grade_id!r} is used {ids.count(grade_id)} times.")
        for number, (cell, after) in enumerate(zip(nb.cells, [*nb.cells[1:], None], strict=True)):
            _check_markers(cell, number)
            if is_solution(cell) and is_grade(cell):
                _check_written(cell)
            elif is_solution(cell):
                _check_question(cell.metadata.nbgrader.grade_id, after)
            elif is_grade(cell):
                grade_id = cell.metadata.nbgrader.grade_id
                if number == 0 or grade_id != _check_id(nb.cells[number - 1]):
                    raise NotReleasable(f"The check cell {grade_id!r} does not follow its own solution cell.")
        return nb, resources


def _check_markers(cell: NotebookNode, number: int) -> None:
    """Markers come in pairs, spelled exactly, in solution cells and nowhere else."""
    markers = [line.strip() for line in cell.source.splitlines() if MARKER.search(line)]
    if markers and not is_solution(cell):
        raise NotReleasable(f"Cell {number} has {markers[0]!r} but is no solution cell in nbgrader's metadata.")
    if markers != [BEGIN, END] * (len(markers) // 2):
        raise NotReleasable(f"Cell {number}'s markers are {markers}; expected pairs of {BEGIN!r}, {END!r}.")
    if is_solution(cell) and is_grade(cell):
        return
    if is_solution(cell) and cell.cell_type != "code":
        raise NotReleasable(f"The solution cell {cell.metadata.nbgrader.grade_id!r} is not a code cell.")
    if is_solution(cell) and not markers:
        raise NotReleasable(f"The solution cell {cell.metadata.nbgrader.grade_id!r} has no {BEGIN!r}.")


def _check_written(cell: NotebookNode) -> None:
    grade_id = cell.metadata.nbgrader.grade_id
    if cell.cell_type != "markdown" and not is_example(cell):
        raise NotReleasable(
            f"The cell {grade_id!r} is solution and check in one: only a text can be graded like that, or the code of "
            "a worked example."
        )
    if not cell.metadata.nbgrader.get("points", 0) > 0:
        raise NotReleasable(f"The text {grade_id!r} is worth no points.")


def _check_question(grade_id: str, check: NotebookNode | None) -> None:
    nbgrader = {} if check is None else check.metadata.get("nbgrader", {})
    if nbgrader.get("grade_id") != f"check_{grade_id}" or not is_grade(check):
        raise NotReleasable(f"The solution cell {grade_id!r} is not followed by its check 'check_{grade_id}'.")
    if not nbgrader.get("points", 0) > 0:
        raise NotReleasable(f"The check cell 'check_{grade_id}' is worth no points.")
    if REFERENCE not in check.metadata.get("tags", []):
        raise NotReleasable(f"The check cell 'check_{grade_id}' lacks the tag {REFERENCE!r}.")


def _check_id(cell: NotebookNode) -> str | None:
    return f"check_{cell.metadata.nbgrader.grade_id}" if is_solution(cell) else None


class StubSolutions(ClearSolutions):
    """A solution region becomes a stub that names what is to be written and the section that says how."""

    section = ""

    def preprocess_cell(self, cell: NotebookNode, resources: dict, cell_index: int) -> tuple[NotebookNode, dict]:
        if cell.cell_type == "markdown" and not is_solution(cell):
            self.section = (SECTION.findall(cell.source) or [self.section])[-1]
        if not is_solution(cell):
            return cell, resources
        if is_grade(cell):
            if not is_example(cell):
                cell.source = PLACEHOLDER.format(where=_where(self.section))
            return cell, resources
        stubs = _stubs(cell, self.section)
        self.code_stub = {"python": BEGIN}
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        cell.source = _fill(cell.source, stubs)
        ast.parse(cell.source)
        return cell, resources


def _stubs(cell: NotebookNode, section: str) -> list[list[str]]:
    """The lines that replace each region of a cell, in order."""
    tree = ast.parse(cell.source)
    stubs = []
    for number, line in enumerate(cell.source.splitlines(), 1):
        if line.strip() != BEGIN:
            continue
        around = [
            node
            for node in ast.walk(tree)
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.lineno <= number <= node.end_lineno
        ]
        name = ".".join(node.name for node in around) or cell.metadata.nbgrader.grade_id
        message = f"{name} is not written yet: replace this line with your code{_where(section)}."
        stub = [f'raise NotImplementedError("{message}")']
        if around and isinstance(around[-1], ast.ClassDef):
            stub = ["def __init__(self, *args, **kwargs):", f"    {stub[0]}"]
        stubs.append(stub)
    return stubs


def _where(section: str) -> str:
    return f" (section {section})" if section else ""


def _fill(source: str, stubs: list[list[str]]) -> str:
    stubs, lines = iter(stubs), []
    for line in source.split("\n"):
        if line.strip() != BEGIN:
            lines.append(line)
            continue
        indent = line.removesuffix(line.lstrip())
        lines += [indent + stub_line for stub_line in next(stubs)]
    return "\n".join(lines)


class KeepReferenceOutputs(ClearOutput):
    """Outputs stay in the cells that nbval compares, with an execution count, without which it would not.

    The count is 0, which no kernel gives: a reader's own run shows.
    """

    def preprocess_cell(self, cell: NotebookNode, resources: dict, cell_index: int) -> tuple[NotebookNode, dict]:
        if REFERENCE in cell.metadata.get("tags", []):
            cell.execution_count = 0
            return cell, resources
        return super().preprocess_cell(cell, resources, cell_index)


PREPROCESSORS = [
    CheckQuestions,
    LockCells,
    StubSolutions,
    KeepReferenceOutputs,
    CheckCellMetadata,
    ComputeChecksums,
]
