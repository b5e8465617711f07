"""The instructor edition on disk: execute a lesson top to bottom and store it so that diffs stay small."""

from __future__ import annotations

import hashlib
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

KEPT_CELL_METADATA = {"nbgrader", "tags", "jupyter"}
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


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
