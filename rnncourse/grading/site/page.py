"""A lesson as a page of the book: the student's text and code, and what the instructor's run of them gave."""

from __future__ import annotations

import re
from html import escape

from nbformat import NotebookNode
from nbformat.v4 import new_output

from rnncourse.grading.release import student_version

HEADING = re.compile(r"^(#{1,5} )", re.MULTILINE)
EXPLORER = re.compile(r"^explore_\w+\(", re.MULTILINE)
NOTE = "<p class='explorer'>An explorer, with controls that move: it runs in JupyterLab.</p>"


def page(nb: NotebookNode) -> NotebookNode:
    """A lesson without its solutions and with its pictures.

    A student's notebook keeps few outputs, since it is to be run. A book is not: the outputs of every cell that asks
    nothing of the reader come back. Those of questions stay as the student edition has them.

    Raises:
        NotReleasable: a solution would be released, or a question could not be graded.
    """
    shown = student_version(nb)
    under_own_title = False
    for cell, executed in zip(shown.cells, nb.cells, strict=True):
        if cell.cell_type == "code":
            if "nbgrader" not in cell.metadata:
                cell.outputs = executed.outputs
            cell.outputs = [_with_alt(output) for output in cell.outputs] or _note(cell)
            if cell.metadata.get("nbgrader", {}).get("solution"):
                cell.metadata["tags"] = [*cell.metadata.get("tags", []), "question"]
        elif cell.cell_type == "markdown":
            under_own_title |= cell is not shown.cells[0] and cell.source.startswith("# ")
            if under_own_title:  # a page has one title: what stands under a second one goes a level down
                cell.source = HEADING.sub(r"#\1", cell.source)
    return shown


def _with_alt(output: NotebookNode) -> NotebookNode:
    """A picture with its size and the words that say what it shows, which myst-nb would not take over."""
    data = output.get("data", {})
    if "image/png" not in data:
        return output
    about = output.metadata["image/png"]
    picture = data["image/png"].replace("\n", "")
    html = (
        f'<img src="data:image/png;base64,{picture}" alt="{escape(about["alt"])}" '
        f'width="{about["width"]}" height="{about["height"]}">'
    )
    return new_output("display_data", {"text/html": html, "text/plain": data["text/plain"]})


def _note(cell: NotebookNode) -> list[NotebookNode]:
    return [new_output("display_data", {"text/html": NOTE})] if EXPLORER.search(cell.source) else []
