"""Which cells of a notebook are on its slides, and where a slide begins.

A cell's own slide type (in JupyterLab: *Property Inspector → Slide Type*) always counts. A cell without one:

- A heading begins a slide, one of the third level a slide below.
- Other text goes on where the text before it ended; what does not fit is carried over to a slide below.
- Code shows its outputs, and itself if it is short and makes no figure. A cell without an output is left out.
- What is folded in JupyterLab is not shown, whatever the slide type.
- Questions and their checks are left out: slides tell no answer.
"""

from __future__ import annotations

import copy
import itertools
import re

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

SHORT_CODE = 10  # lines that are read from the back of a room
HEADING = re.compile(r"^(?=#{1,3} )", re.MULTILINE)
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
INTERACTIVE = "application/vnd.jupyter.widget-view+json"


def deck(nb: NotebookNode) -> NotebookNode:
    """A copy of a notebook with only the cells of its slides, each with a slide type."""
    slides = copy.deepcopy(nb)
    slides.cells = [part for cell in slides.cells for part in _parts(cell)]
    return slides


def _parts(cell: NotebookNode) -> list[NotebookNode]:
    kind = cell.metadata.get("slideshow", {}).get("slide_type")
    left_out = cell.cell_type == "raw" or (not kind and cell.metadata.get("nbgrader"))
    if left_out or kind == "skip":
        return []
    if kind in ("notes", "fragment"):
        return [cell]
    if cell.cell_type == "markdown":
        first, *others = _at_headings(cell) or [cell]
        return [_typed(first, kind or _kind(first.source)), *(_typed(part, _kind(part.source)) for part in others)]
    cell.outputs = [output for output in cell.outputs if INTERACTIVE not in output.get("data", {})]
    folded = cell.metadata.get("jupyter", {})
    if folded.get("outputs_hidden"):
        cell.outputs = []
    if folded.get("source_hidden") or (not kind and _is_long_or_draws(cell)):
        cell.metadata["transient"] = {"remove_source": True}
    return [_typed(cell, kind or "-")] if kind or cell.outputs else []


def _is_long_or_draws(cell: NotebookNode) -> bool:
    draws = any("image/png" in output.get("data", {}) for output in cell.outputs)
    return draws or len(cell.source.splitlines()) > SHORT_CODE


def _at_headings(cell: NotebookNode) -> list[NotebookNode]:
    """A text as one cell for each of its headings."""
    fenced = [range(*match.span()) for match in FENCE.finditer(cell.source)]
    starts = [match.start() for match in HEADING.finditer(cell.source)]
    starts = [start for start in starts if not any(start in fence for fence in fenced)]
    bounds = sorted({0, *starts, len(cell.source)})
    texts = [cell.source[begin:end].strip() for begin, end in itertools.pairwise(bounds)]
    return [
        new_markdown_cell(text, metadata=copy.deepcopy(cell.metadata), attachments=cell.get("attachments", {}))
        for text in texts
        if text
    ]


def _kind(text: str) -> str:
    return "slide" if text.startswith(("# ", "## ")) else "subslide" if text.startswith("### ") else "-"


def _typed(cell: NotebookNode, kind: str) -> NotebookNode:
    cell.metadata["slideshow"] = {**cell.metadata.get("slideshow", {}), "slide_type": kind}
    return cell
