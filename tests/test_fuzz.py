"""Whatever is handed in, the transplanted notebook is the released lesson with a student's sources in it.

EXAMPLES=10000 (make fuzz) tries so many notebooks, and runs a fifth of them; the default is enough for every day.
"""

from __future__ import annotations

import copy
import json
import os
import tempfile
from pathlib import Path

import mini_course
import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbgrader.utils import determine_grade

from rnncourse.grading.execute import Limits
from rnncourse.grading.grade import grade_file
from rnncourse.grading.lessons import Lesson, find_lessons
from rnncourse.grading.release import student_version
from rnncourse.grading.transplant import BadSubmission, is_graded, is_solution, read_submission, transplant

EXAMPLES = int(os.environ.get("EXAMPLES", "300"))
MANY = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
SOME = settings(MANY, max_examples=EXAMPLES // 5 if "EXAMPLES" in os.environ else 15)  # each costs a kernel
RELEASED = student_version(mini_course.lesson())
SOLUTIONS = {cell.metadata.nbgrader.grade_id for cell in RELEASED.cells if is_solution(cell)}

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
released_words = [cell.source for cell in RELEASED.cells] + [cell.id for cell in RELEASED.cells]
ids = st.sampled_from([cell.metadata.nbgrader.grade_id for cell in RELEASED.cells if "nbgrader" in cell.metadata])
sources = st.sampled_from(released_words) | st.text(max_size=40) | st.lists(st.text(max_size=8), max_size=3) | anything
marks = st.fixed_dictionaries(
    {},
    optional={
        name: ids | anything
        for name in ("grade_id", "solution", "grade", "points", "locked", "task", "schema_version", "cell_type")
    },
)
metadata = st.fixed_dictionaries({}, optional={"nbgrader": marks | anything, "tags": anything, "trusted": anything})
cells = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw"]) | anything,
        "source": sources,
        "metadata": metadata | anything,
        "id": st.sampled_from(released_words) | anything,
        "outputs": anything,
    },
)


answers = st.lists(
    st.sampled_from(
        [
            "def double(x):\n    return 2 * x",
            "def double(x):\n    return x.mul_(2)",
            "def double(x):\n    return {'x': [x, None, 'ü', 1e400]}",
            "def running_sum(x):\n    return torch.cumsum(x, 0)",
            "def running_sum(x):\n    return x.numpy()",
            "def running_sum(x):\n    raise BaseException('\\ud800' * 1000)",
            "running_sum = double = torch",
            "import os\nos._exit(1)",
            "exit()",
            "del torch",
            "globals().clear()",
            "get_ipython().reset(new_session=False)",
            "import builtins\nbuiltins.len = builtins.print = None",
            "import sys\nsys.stdout = sys.stderr = None",
            "import sys\nsys.modules.clear()",
            "print('\\x00\\x1b[31m' * 9999)",
            "display({'text/html': '<script>', 'image/png': 'no', 'application/json': {'x': [1]}}, raw=True)",
            "%%javascript\nalert(1)",
            "%load_ext nowhere",
            "!echo $HOME; exit 3",
            "assert False, '\\N{SNOWMAN}'",
        ]
    )
    | st.text(max_size=40),
    max_size=3,
).map("\n".join)


@st.composite
def answered_lessons(draw) -> dict:
    """The released lesson with code that runs, or doesn't, in place of the answers and around them."""
    document = draw(edited_lessons())
    for cell in document["cells"]:
        if isinstance(cell, dict) and cell.get("cell_type") == "code" and draw(st.booleans()):
            cell["source"] = draw(answers)
    return document


@st.composite
def edited_lessons(draw) -> dict:
    """The released lesson after some edits: the notebooks that come near to what students hand in."""
    document = json.loads(json.dumps(RELEASED))
    for _ in range(draw(st.integers(0, 6))):
        place = draw(st.integers(0, max(len(document["cells"]) - 1, 0)))
        edit = draw(st.sampled_from(["delete", "repeat", "move", "source", "metadata", "insert", "type"]))
        if edit == "insert" or not document["cells"]:
            document["cells"].insert(place, draw(cells))
        elif edit == "delete":
            del document["cells"][place]
        elif edit == "repeat":
            document["cells"].append(copy.deepcopy(document["cells"][place]))
        elif edit == "move":
            document["cells"].append(document["cells"].pop(place))
        elif isinstance(document["cells"][place], dict):
            key = {"source": "source", "metadata": "metadata", "type": "cell_type"}[edit]
            document["cells"][place][key] = draw({"source": sources, "metadata": metadata, "type": anything}[edit])
    return document


documents = (
    edited_lessons()
    | st.fixed_dictionaries({"cells": st.lists(cells | anything, max_size=8)}, optional={"nbformat": anything})
    | anything
)


@pytest.fixture(scope="module")
def path() -> Path:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "submission.ipynb"


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Lesson:
    return find_lessons(mini_course.make_course(tmp_path_factory.mktemp("fuzz") / "course"))[0]


def graded(nb: nbformat.NotebookNode) -> list:
    return [(cell.source, cell.metadata) for cell in nb.cells if is_graded(cell)]


def check(path: Path) -> None:
    try:
        submitted = read_submission(path)
    except BadSubmission as problem:
        assert str(problem).endswith(".")
        return
    before = copy.deepcopy(RELEASED)
    nb, missing = transplant(RELEASED, submitted)
    assert before == RELEASED
    assert graded(nb) == graded(RELEASED)
    assert set(missing) == SOLUTIONS - {cell.metadata.nbgrader.grade_id for cell in nb.cells if is_solution(cell)}
    own = [cell for cell in nb.cells if not is_solution(cell) and cell.source not in released_words]
    assert all(cell.cell_type == "code" and not cell.metadata and not cell.outputs for cell in own)
    nbformat.validate(nb)
    nbformat.writes(nb).encode("utf-8")


@MANY
@given(document=documents)
def test_any_json_becomes_the_lesson_or_a_reason(path: Path, document: object) -> None:
    path.write_text(json.dumps(document), encoding="utf-8")
    check(path)


@MANY
@given(content=st.binary(max_size=200))
def test_any_bytes_become_the_lesson_or_a_reason(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    check(path)


@MANY
@given(document=edited_lessons(), place=st.floats(0, 1), change=st.binary(max_size=3), cut=st.integers(0, 3))
def test_a_damaged_file_becomes_the_lesson_or_a_reason(path, document, place, change, cut) -> None:
    content = json.dumps(document).encode()
    at = int(place * len(content))
    path.write_bytes(content[:at] + change + content[at + cut :])
    check(path)


@SOME
@given(document=answered_lessons())
def test_whatever_runs_ends_with_a_score(lesson: Lesson, path: Path, document: dict) -> None:
    path.write_text(json.dumps(document), encoding="utf-8")
    nb = grade_file(lesson, path, Limits(cell_seconds=3))  # not 30 for each kernel that can't answer any more
    nbformat.validate(nb)
    nbformat.writes(nb).encode("utf-8")
    checks = [cell for cell in nb.cells if is_graded(cell)]
    assert [cell.metadata.nbgrader for cell in checks] == [
        cell.metadata.nbgrader for cell in RELEASED.cells if is_graded(cell)
    ]
    for cell in checks:
        score, points = determine_grade(cell)
        assert 0 <= score <= points
        assert score == points or "points" in cell.outputs[0].data["text/plain"]
