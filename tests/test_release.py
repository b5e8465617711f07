"""The student edition: complete enough to work with, and nothing in it that a student must not have."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from mini_course import ASSIGNMENT, PROJECT, lesson
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.utils import compute_checksum

from rnncourse.grading.edition import TELLING, release
from rnncourse.grading.release import NotReleasable, student_version

LESSON = f"notebooks/{ASSIGNMENT}/{ASSIGNMENT}.ipynb"
LESSONS = sorted(PROJECT.glob("notebooks/*/*.ipynb"))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def where(edition: Path, *texts: str) -> list[tuple[str, str]]:
    """Every (file, text) such that the file holds the text, as it is or as JSON writes it."""
    found = []
    for name, content in contents(edition).items():
        for text in texts:
            spellings = {text, json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1]}
            if any(spelling.encode() in content for spelling in spellings):
                found.append((name, text))
    return found


def solution_lines(nb: NotebookNode) -> Iterator[str]:
    """The lines between the markers that say something."""
    for cell in nb.cells:
        inside = False
        for line in cell.source.splitlines():
            inside = (inside or "BEGIN SOLUTION" in line) and "END SOLUTION" not in line
            telling = len(line.strip()) >= TELLING and not line.strip().startswith(("for ", "def "))
            if inside and telling and "BEGIN SOLUTION" not in line:
                yield line.strip()


def released_notebooks(edition: Path) -> list[NotebookNode]:
    return [nbformat.read(path, as_version=4) for path in sorted(edition.glob("notebooks/*/*.ipynb"))]


def code_cells(edition: Path) -> list[NotebookNode]:
    return [cell for nb in released_notebooks(edition) for cell in nb.cells if cell.cell_type == "code"]


def checks_among(cells: list[NotebookNode]) -> list[NotebookNode]:
    graded = [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")]
    return [cell for cell in graded if not cell.metadata.nbgrader.solution]


# What must not be in it


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_no_line_of_a_solution_is_released(student_edition, path):
    nb = nbformat.read(path, as_version=4)
    answers = [cell for cell in nb.cells if cell.metadata.get("nbgrader", {}).get("solution")]
    lines = set(solution_lines(nb))
    assert len(lines) >= 3 or all("example" in cell.metadata.tags for cell in answers)
    assert where(student_edition, *lines, "### BEGIN SOLUTION", "### END SOLUTION") == []


def test_nothing_of_the_hidden_tests_is_released(student_edition):
    hidden = sorted(PROJECT.glob("assignments/*/test_*.py"))
    assert hidden
    names, hints = set(), set()
    for path in hidden:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                names.add(node.name)
            if (isinstance(node, ast.keyword) and node.arg == "hint") or ast.unparse(node).startswith("HINTS ="):
                words = [part.value for part in ast.walk(node.value) if isinstance(part, ast.Constant)]
                hints |= {text for text in words if len(text) > 20}
    assert names and hints
    assert where(student_edition, *names, *hints, "hidden.py", "assignments/") == []


def test_no_answer_that_proves_the_hidden_tests_is_released(student_edition):
    answers = sorted(PROJECT.glob("assignments/*/answers/*/*.py"))
    assert answers
    lines = {line.strip() for path in answers for line in path.read_text().splitlines()}
    told = {line for line in lines if line.startswith("return ") and len(line) >= 40}
    assert told
    assert where(student_edition, *told, *(path.stem for path in answers)) == []
    assert not list(student_edition.rglob("grading"))


def test_no_path_of_a_machine_is_released(student_edition):
    pattern = re.compile(rb"/(?:home|root|tmp|work|Users)/\w|[A-Z]:\\\\?Users")
    assert [name for name, content in contents(student_edition).items() if pattern.search(content)] == []


def test_outputs_stay_in_the_cells_that_nbval_compares_and_nowhere_else(student_edition):
    references = [nbformat.read(path, as_version=4) for path in sorted(student_edition.glob(".released/*.ipynb"))]
    released = [cell for nb in references for cell in nb.cells if cell.cell_type == "code"]
    for cell in released:
        compared = "nbval-check-output" in cell.metadata.get("tags", [])
        assert compared or not cell.outputs, cell.source
        assert cell.execution_count == (0 if compared else None), cell.source
        assert all(output.output_type != "error" for output in cell.outputs)
    assert checks_among(released) and all(cell.outputs for cell in checks_among(released))


def test_under_a_check_stands_nothing_until_its_reader_has_run_it(student_edition):
    checks = checks_among(code_cells(student_edition))
    assert checks and not any(cell.outputs or cell.execution_count is not None for cell in checks)
    others = [cell for cell in code_cells(student_edition) if "nbval-check-output" in cell.metadata.get("tags", [])]
    assert any(cell.outputs for cell in others), "what an experiment prints is there to compare with"


# What must be in it


def test_every_released_cell_compiles_and_every_stub_says_what_to_do(student_edition):
    for cell in code_cells(student_edition):
        tree = ast.parse(cell.source)
        marks = cell.metadata.get("nbgrader", {})
        if marks.get("solution") and not marks.get("grade"):
            raised = [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Raise)]
            assert raised
            assert all("NotImplementedError" in line and "is not written yet" in line for line in raised)


def test_every_question_is_locked_with_the_checksums_of_nbgrader(student_edition):
    for nb in released_notebooks(student_edition):
        MetadataValidator().validate_nb(nb)
        graded = [cell for cell in nb.cells if "nbgrader" in cell.metadata]
        assert graded
        for cell in graded:
            assert cell.metadata.nbgrader.checksum == compute_checksum(cell)
            assert cell.metadata.deletable is False
            answer = cell.metadata.nbgrader.solution
            assert cell.metadata.get("editable", True) is answer


def test_the_package_works_without_the_instructors_half(student_edition):
    without_the_editable_install = (
        "import sys; sys.path.insert(0, '.');"
        "sys.meta_path[:] = [finder for finder in sys.meta_path if 'ditable' not in repr(finder)];"
        "from rnncourse.cli import app; app(['--help'])"
    )
    command = [sys.executable, "-c", without_the_editable_install]
    result = subprocess.run(command, cwd=student_edition, capture_output=True, text=True, check=True)
    assert " check " in result.stdout
    assert " release " not in result.stdout and " grade " not in result.stdout


def test_the_students_own_project_file_has_the_same_dependencies_and_nothing_of_grading(student_edition):
    ours = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    theirs = tomllib.loads((student_edition / "pyproject.toml").read_text())["project"]
    assert theirs["dependencies"] == ours["dependencies"]
    assert theirs["requires-python"] == ours["requires-python"]
    assert "grading" not in (student_edition / "pyproject.toml").read_text()


def test_the_readme_names_commands_and_files_that_exist(student_edition):
    readme = (student_edition / "README.md").read_text()
    for path in re.findall(r"(?:notebooks|\.released)/[\w/.]*", readme):
        assert (student_edition / path).exists(), path


# How a lesson becomes its student version


def test_a_stub_names_the_question_and_its_section():
    cells = student_version(lesson()).cells
    (stub,) = [cell.source for cell in cells if cell.source.startswith("def running_sum")]
    assert stub == (
        'def running_sum(x):\n    """The sums of x (T,) up to each step."""\n    raise NotImplementedError('
        '"running_sum is not written yet: replace this line with your code (section 2).")'
    )


def test_a_class_stub_is_a_class_and_every_method_has_its_own():
    nb = lesson()
    nb.cells[2].source = (
        "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        ### BEGIN SOLUTION\n"
        "        self.layer = nn.Linear(2, 2)\n        ### END SOLUTION\n\n    def forward(self, x):\n"
        "        ### BEGIN SOLUTION\n        return self.layer(x)\n        ### END SOLUTION"
    )
    source = student_version(nb).cells[2].source
    assert '"Net.__init__ is not written yet' in source and '"Net.forward is not written yet' in source
    assert "Linear" not in source and "layer" not in source
    ast.parse(source)


def test_a_class_whose_whole_body_is_the_solution_can_still_be_defined():
    nb = lesson()
    nb.cells[2].source = (
        'class Net:\n    """Doc."""\n\n    ### BEGIN SOLUTION\n    def __init__(self):\n        self.secret = 1\n'
        "    ### END SOLUTION"
    )
    names: dict = {}
    exec(student_version(nb).cells[2].source, names)
    with pytest.raises(NotImplementedError, match="Net is not written yet"):
        names["Net"](3, dim=2)


def test_the_student_version_is_the_same_each_time_and_leaves_the_lesson_alone():
    nb = lesson()
    before = nbformat.writes(nb)
    assert nbformat.writes(student_version(nb)) == nbformat.writes(student_version(nb))
    assert nbformat.writes(nb) == before


def edit(cell: int, source: str | None = None, **nbgrader):
    def change(nb: NotebookNode) -> None:
        nb.cells[cell].source = source or nb.cells[cell].source
        nb.cells[cell].metadata.get("nbgrader", {}).update(nbgrader)

    return change


REFUSALS = {
    "a solution without metadata": (lambda nb: nb.cells[2].metadata.pop("nbgrader"), "is no solution cell"),
    "a solution in the text": (edit(0, "### BEGIN SOLUTION\nx\n### END SOLUTION"), "is no solution cell"),
    "a solution cell without a region": (edit(2, "def double(x):\n    return 2 * x"), "has no '### BEGIN SOLUTION'"),
    "an end without a beginning": (edit(2, "return 2\n### END SOLUTION"), "expected pairs"),
    "a beginning without an end": (edit(2, "### BEGIN SOLUTION\nreturn 2"), "expected pairs"),
    "a misspelt marker": (edit(2, "# begin solution\nx = 2\n### END SOLUTION"), "expected pairs"),
    "hidden tests in a check": (edit(3, "### BEGIN HIDDEN TESTS\nx\n### END HIDDEN TESTS"), "is no solution cell"),
    "a check without its solution": (lambda nb: nb.cells.pop(2), "does not follow its own solution cell"),
    "a solution without its check": (lambda nb: nb.cells.pop(3), "is not followed by its check"),
    "a check of another name": (edit(3, grade_id="check_doubling"), "is not followed by its check"),
    "a check without points": (edit(3, points=0), "is worth no points"),
    "a check without a reference": (lambda nb: nb.cells[3].metadata.pop("tags"), "lacks the tag"),
    "two of one name": (edit(6, grade_id="double"), "'double' is used 2 times"),
    "a solution that is text": (lambda nb: nb.cells[2].update(cell_type="markdown"), "is not a code cell"),
}


@pytest.mark.parametrize(("spoil", "sentence"), REFUSALS.values(), ids=REFUSALS.keys())
def test_a_lesson_that_would_leak_or_could_not_be_graded_is_refused(spoil, sentence):
    nb = lesson()
    spoil(nb)
    with pytest.raises(NotReleasable, match=re.escape(sentence)):
        student_version(nb)


def test_nbgraders_own_command_makes_the_same_notebook(course):
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", ASSIGNMENT]
    result = subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    theirs = nbformat.read(course / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)
    assert theirs == student_version(nbformat.read(course / LESSON, as_version=4))


# The folder on disk


def spoil(course: Path, change) -> None:
    nb = nbformat.read(course / LESSON, as_version=4)
    change(nb)
    nbformat.write(nb, course / LESSON)


LEAKS = {
    "in another cell": lambda nb: nb.cells.append(new_code_cell("    return torch.cumsum(x, dim=0)")),
    "in a reference output": lambda nb: nb.cells[3].outputs.append(
        new_output("stream", name="stdout", text="hint: return torch.cumsum(x, dim=0)\n")
    ),
}


@pytest.mark.parametrize("leak", LEAKS.values(), ids=LEAKS.keys())
def test_a_solution_that_stands_elsewhere_too_is_refused(course, tmp_path, leak):
    spoil(course, edit(6, lesson().cells[6].source.replace("cumsum(x, 0)", "cumsum(x, dim=0)")))
    release(course, tmp_path / "before")
    spoil(course, leak)
    with pytest.raises(NotReleasable, match="would hold a line of a solution"):
        release(course, tmp_path / "student")
    assert not (tmp_path / "student").exists()


def test_a_solution_in_the_package_is_refused(course, tmp_path):
    spoil(course, edit(6, lesson().cells[6].source.replace("cumsum(x, 0)", "cumsum(x, dim=0)")))
    (course / "rnncourse" / "notes.txt").write_text("def running_sum(x):\n    return torch.cumsum(x, dim=0)\n")
    with pytest.raises(NotReleasable, match=r"rnncourse/notes\.txt would hold a line"):
        release(course, tmp_path / "student")


@pytest.mark.parametrize("change", [edit(3, "unrun()"), lambda nb: nb.cells[3].update(execution_count=None)])
def test_a_lesson_without_its_reference_outputs_is_refused(course, tmp_path, change):
    spoil(course, lambda nb: nb.cells[3].update(outputs=[new_output("error", ename="E", evalue="", traceback=[])]))
    with pytest.raises(NotReleasable, match="make lessons"):
        release(course, tmp_path / "student")


def test_a_folder_that_holds_something_else_is_refused_and_left_as_it_is(course, tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "README.md").write_text("my own")
    with pytest.raises(FileExistsError, match="no release made"):
        release(course, tmp_path / "thesis")
    assert contents(tmp_path / "thesis") == {"README.md": b"my own"}


def test_a_second_release_renews_what_is_untouched_and_keeps_what_was_changed(course, tmp_path):
    student = tmp_path / "student"
    assert release(course, student).kept == []
    (student / "notes.txt").write_text("mine")
    mine = (student / LESSON).read_text().replace("raise NotImplementedError", "return x  # raise")
    (student / LESSON).write_text(mine)
    (course / "rnncourse" / "gradients.py").unlink()
    (course / "rnncourse" / "__init__.py").write_text('"""Renewed."""\n')
    spoil(course, edit(0, "# A lesson, renewed"))

    outcome = release(course, student)

    assert outcome.kept == [LESSON]
    assert (student / LESSON).read_text() == mine
    assert (student / "notes.txt").read_text() == "mine"
    assert (student / "rnncourse" / "__init__.py").read_text() == '"""Renewed."""\n'
    assert not (student / "rnncourse" / "gradients.py").exists()
    assert "renewed" in (student / ".released" / f"{ASSIGNMENT}.ipynb").read_text()
    assert release(course, student).kept == [LESSON]

    assert release(course, student, overwrite=True).kept == []
    assert "renewed" in (student / LESSON).read_text()
    assert (student / "notes.txt").read_text() == "mine"


def test_the_command_says_what_it_did_and_refuses_in_one_sentence(course, tmp_path):
    def run(*arguments: str) -> subprocess.CompletedProcess:
        command = [sys.executable, "-m", "rnncourse", "release", *arguments]
        return subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)

    done = run()
    assert (done.returncode, done.stdout) == (0, "The student edition is in student: 1 lesson.\n")
    (course / "student" / LESSON).write_text("{}")
    assert f"Kept student/{LESSON}, which was changed since" in run().stdout
    (tmp_path / "file").write_text("")
    for arguments in ([str(course / "notebooks")], [str(tmp_path / "file")]):
        refused = run(*arguments)
        assert refused.returncode == 2
        assert "Traceback" not in refused.stderr and "no release made" in refused.stdout + refused.stderr
