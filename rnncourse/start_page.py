"""The start page of the student edition: start.ipynb, the table of all lessons and where they stand."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from rnncourse.progress import as_markdown, progress

NAME = "start.ipynb"
TABLE = "progress"  # the tag of the cell that shows the table
WELCOME = """\
# Recurrent networks: start here

Click a lesson in the table to open it. Read it from top to bottom and run each cell with **Shift+Enter**. Where a cell
says that something is *not written yet*, write it; the cell below it checks your answer and says in one sentence what
is right or wrong with it. *Run All Cells* stops at the first question that is not written yet. JupyterLab then shows
the end of the notebook: go up to the **✗**."""
REFRESH = """\
The table shows the lessons as you last saved them (**Ctrl+S**). Click into the cell below and press **Shift+Enter** to
look again; a terminal says the same with `rnncourse progress`. Points count when a question fits its *visible* check.
Hidden tests, which are graded, look at more. Times are estimates, for reading, writing and experiments, without
the work on a team's own project: take the time that you need."""


def write_start_page(course: Path) -> None:
    """Write a student edition's start page with today's table; what its reader added to it stays."""
    path = course / NAME
    page = _read(path) or _new_page()
    for cell in page.cells:
        if cell.cell_type == "code" and TABLE in cell.metadata.get("tags", []):
            table = {"text/markdown": as_markdown(progress(course)), "text/plain": "<the table of all lessons>"}
            cell.outputs, cell.execution_count = [new_output("display_data", table)], None
    if page.cells:
        nbformat.write(page, path)


def _new_page() -> NotebookNode:
    cells = [
        new_markdown_cell(WELCOME, id="welcome"),
        new_markdown_cell(REFRESH, id="refresh"),
        new_code_cell(
            "from rnncourse.progress import show_progress\n\nshow_progress()", id="progress", metadata={"tags": [TABLE]}
        ),
    ]
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})


def _read(path: Path) -> NotebookNode | None:
    """The page that is there; without cells if it is something else, which is nobody's to overwrite."""
    if not path.exists():
        return None
    try:
        return nbformat.read(path, as_version=4)
    except Exception:
        return new_notebook()
