"""The student edition: a folder with the released lessons, the package they import and what sets it up."""

from __future__ import annotations

import hashlib
import json
import re
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from rnncourse.grading.release import BEGIN, END, REFERENCE, NotReleasable, student_version
from rnncourse.grading.transplant import is_example, is_written
from rnncourse.questions import RELEASED, is_graded, is_read
from rnncourse.start_page import write_start_page

README = Path(__file__).with_name("student_readme.md")
MANIFEST = f"{RELEASED}/files.json"
TELLING = 24  # a solution line of so many characters gives the solution away; `return h` or a `for` or `def` does not
STUDENT_TABLES = ("[build-system]", "[project]", "[project.scripts]", "[tool.setuptools")


@dataclass
class Outcome:
    """What a release did: how many lessons it holds, and which files it left because somebody changed them."""

    lessons: int
    kept: list[str] = field(default_factory=list)


def release(course: Path, target: Path, overwrite: bool = False) -> Outcome:
    """Write the student edition of a course; again over an earlier one, where changed files stay as they are.

    Raises:
        NotReleasable: a lesson would leak or could not be graded; nothing was written.
        FileExistsError: the folder holds something that no release made; nothing was written.
    """
    lessons = sorted(course.glob("notebooks/*/*.ipynb"))
    if not lessons:
        raise NotReleasable("There is no notebooks/ASSIGNMENT/LESSON.ipynb here: run this in the course's folder.")
    files = edition(course, lessons)
    if target.exists() and not (target / MANIFEST).is_file() and (not target.is_dir() or any(target.iterdir())):
        raise FileExistsError(f"{target} holds something that no release made: name a new folder, or an empty one.")
    outcome = Outcome(len(lessons), _write(target, files, overwrite))
    write_start_page(target)
    return outcome


def edition(course: Path, lessons: list[Path]) -> dict[str, bytes]:
    """Every file of the student edition, by its path in it."""
    files = {
        "README.md": README.read_bytes(),
        "pyproject.toml": _student_pyproject((course / "pyproject.toml").read_text()).encode(),
        "constraints.txt": (course / "constraints.txt").read_bytes(),
        "environment.yml": (course / "environment.yml").read_bytes(),
    }
    for path in sorted((course / "rnncourse").rglob("*")):
        inside = path.relative_to(course)
        unwanted = any(part.startswith((".", "__pycache__")) for part in inside.parts) or inside.parts[1] == "grading"
        if path.is_file() and not unwanted:
            files[inside.as_posix()] = path.read_bytes()
    solutions = set()
    for path in lessons:
        nb = nbformat.read(path, as_version=4)
        solutions |= telling_lines(nb)
        try:
            _check_executed(nb)
            released = student_version(nb)
        except NotReleasable as error:
            raise NotReleasable(f"{path.relative_to(course)}: {error}") from error
        files[f"{RELEASED}/{path.name}"] = _bytes(released)
        files[path.relative_to(course).as_posix()] = _bytes(_unchecked(released))
    check_leaks(files, solutions)
    return files


def _bytes(nb: NotebookNode) -> bytes:
    return f"{nbformat.writes(nb)}\n".encode()


def _unchecked(nb: NotebookNode) -> NotebookNode:
    """Without what the checks said of the reference answers: under a reader's check stands what it says of theirs."""
    nb = deepcopy(nb)
    for cell in nb.cells:
        if cell.cell_type == "code" and is_graded(cell) and not is_read(cell):
            cell.outputs, cell.execution_count = [], None
    return nb


def telling_lines(nb: NotebookNode) -> set[str]:
    """The lines of a lesson's solutions that a student must not find anywhere."""
    regions = re.compile(rf"{BEGIN}$(.*?){END}$", re.DOTALL | re.MULTILINE)
    solutions = [
        region
        for cell in nb.cells
        if not is_example(cell)
        for region in ([cell.source] if is_written(cell) else regions.findall(cell.source))
    ]
    lines = {line.strip() for solution in solutions for line in solution.split("\n")}
    return {line for line in lines if len(line) >= TELLING and not line.startswith(("for ", "def "))}


def _check_executed(nb: NotebookNode) -> None:
    for cell in nb.cells:
        if cell.cell_type != "code" or REFERENCE not in cell.metadata.get("tags", []):
            continue
        if cell.execution_count is None or any(output.output_type == "error" for output in cell.outputs):
            first = cell.source.partition("\n")[0]
            raise NotReleasable(f"The reference output of the cell {first!r} is missing or an error: run make lessons.")


def check_leaks(files: dict[str, bytes], solutions: set[str]) -> None:
    """A line of a solution in another cell, an output or the package is a leak as well."""
    for name, content in files.items():
        text = content.decode(errors="replace")
        for line in solutions:
            if (json.dumps(line, ensure_ascii=False)[1:-1] if name.endswith(".ipynb") else line) in text:
                raise NotReleasable(f"The student edition's {name} would hold a line of a solution: {line}")


def _student_pyproject(text: str) -> str:
    """Without what only the instructor's half needs: extras, entry points, the linter's settings."""
    tables = re.split(r"^(?=\[)", text, flags=re.MULTILINE)
    return "".join(table for table in tables if table.startswith(STUDENT_TABLES))


def _write(target: Path, files: dict[str, bytes], overwrite: bool) -> list[str]:
    """Put the files in place and take an earlier release's away, except where somebody changed them."""
    manifest = target / MANIFEST
    manifest.parent.mkdir(parents=True, exist_ok=True)
    if not manifest.is_file():
        manifest.write_text("{}")
    before, kept = json.loads(manifest.read_text()), []
    for name in sorted(files.keys() | before.keys()):
        path, content = target / name, files.get(name)
        current = path.read_bytes() if path.is_file() else None
        if current in (None, content) or overwrite or _digest(current) == before.get(name):
            _replace(path, content)
        else:
            kept.append(name)
    digests = {name: _digest(content) for name, content in files.items()}
    digests |= {name: before.get(name, "") for name in kept}
    manifest.write_text(json.dumps(digests, indent=1))
    return kept


def _replace(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
