"""Use in one lesson what its reader wrote in another one."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from IPython.utils.capture import capture_output

if TYPE_CHECKING:
    from nbformat import NotebookNode


def borrow(lesson: str, name: str, notebooks: Path | str = "..") -> Any:
    """A function or class that the reader wrote in another lesson, taken from its saved notebook.

    The cells of that notebook run in order, down to the answer's own, without demonstrations and checks; what they
    print or show is dropped. For demonstrations only: where a notebook is graded, the other lessons are not there.

    Args:
        lesson: the folder and name of the notebook, such as "03_gating".
        name: the question, which is what its answer is called.
        notebooks: the folder of the lessons; a lesson runs in its own folder, beside the others.

    Returns:
        What that notebook calls `name`, or None, with a sentence that says why, if it cannot be used yet.

    Raises:
        FileNotFoundError: there is no such notebook.
        ValueError: the notebook has no such question.
    """
    import nbformat  # 20 MB, which each kernel of a grader would carry: there nobody borrows

    path = Path(notebooks) / lesson / f"{lesson}.ipynb"
    if not path.is_file():
        raise FileNotFoundError(f"{name} is borrowed from lesson {lesson}, but there is no {path}")
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    ids = [_marks(cell).get("grade_id") for cell in cells]
    if name not in ids:
        raise ValueError(f"lesson {lesson} has no question {name}")
    answer = cells[ids.index(name)]
    if "raise NotImplementedError" in answer.source:
        print(f"{name} is not written yet in lesson {lesson}: it is left out here.")
        return None
    module = ModuleType(f"lesson_{lesson}")
    try:
        for cell in cells[: ids.index(name) + 1]:
            if not _marks(cell).get("grade") and "demo" not in cell.metadata.get("tags", []):
                with capture_output():
                    exec(compile(cell.source, path.name, "exec"), vars(module))
        return vars(module)[name]
    except Exception as error:
        print(f"{name} of lesson {lesson} is left out here: its notebook raised {type(error).__name__}: {error}")
        return None


def _marks(cell: NotebookNode) -> dict:
    return cell.metadata.get("nbgrader", {})
