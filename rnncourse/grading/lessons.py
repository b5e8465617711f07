"""The instructor edition on disk: find the lessons, and execute one so that its diffs stay small."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

KEPT_CELL_METADATA = {"nbgrader", "tags", "jupyter", "slideshow"}
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


@dataclass(frozen=True)
class Lesson:
    """A notebook of the course with its hidden tests.

    Args:
        root: the course folder.
        assignment: its folder in ``notebooks/`` and ``assignments/``, nbgrader's name for it.
        notebook: the notebook's name without ``.ipynb``.
    """

    root: Path
    assignment: str
    notebook: str

    @property
    def source(self) -> Path:
        return self.root / "notebooks" / self.assignment / f"{self.notebook}.ipynb"

    @property
    def tests(self) -> Path:
        return self.root / "assignments" / self.assignment

    @cached_property
    def released(self) -> NotebookNode:
        """The student edition of the lesson."""
        from rnncourse.grading.release import student_version  # nbgrader: a grader's workers get the finished edition

        return student_version(nbformat.read(self.source, as_version=4))

    @property
    def fingerprint(self) -> str:
        """Changes when a regrade could give another score: with the lesson or its hidden tests."""
        digest = hashlib.sha256()
        for path in [self.source, *sorted(self.tests.glob("test_*.py"))]:
            digest.update(path.read_bytes())
        return digest.hexdigest()


def find_lessons(root: Path) -> list[Lesson]:
    """Every lesson of a course folder, in order."""
    paths = sorted(root.glob("notebooks/*/*.ipynb"))
    return [Lesson(root, path.parent.name, path.stem) for path in paths]


def execute(path: Path, timeout: int = 600) -> None:
    """Run every cell of a lesson in order and write it back, normalised.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell failed; the file is left as it was.
    """
    nb = nbformat.read(path, as_version=4)
    client = NotebookClient(
        nb,
        timeout=timeout,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
        record_timing=False,
        coalesce_streams=True,
    )
    client.execute()
    normalise(nb)
    nbformat.write(nb, path)


def normalise(nb: NotebookNode) -> None:
    """Drop what differs between two runs of the same lesson: widget state, progress bars, timings, random ids."""
    nb.metadata = NotebookNode(
        kernelspec={"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        language_info={"name": "python"},
    )
    seen: dict[str, int] = {}
    for cell in nb.cells:
        cell.metadata = NotebookNode({k: v for k, v in cell.metadata.items() if k in KEPT_CELL_METADATA})
        cell.id = _stable_id(cell.source, seen)
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if _is_portable(output)]


def _stable_id(source: str, seen: dict[str, int]) -> str:
    """An id made from the cell's text, so that running a lesson again changes no id."""
    digest = hashlib.sha1(source.encode()).hexdigest()[:12]
    seen[digest] = seen.get(digest, 0) + 1
    return digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"


def _is_portable(output: NotebookNode) -> bool:
    if output.output_type == "stream":
        return output.name == "stdout"
    return WIDGET_VIEW not in output.get("data", {})
