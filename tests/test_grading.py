"""A class in which everything goes wrong that students and their machines can do, graded by the real command.

Real bubblewrap, real kernels, a real gradebook. The lesson is a short one; `test_class.py` grades the real ones.
"""

from __future__ import annotations

import copy
import html
import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import mini_course
import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_output
from nbgrader.api import Gradebook

pytestmark = pytest.mark.slow

SLOW = "import time\ntime.sleep(2)\ndef double(x):\n    return 2 * x"
RUNNING_SUM_LOOP = """
def running_sum(x):
    sums = torch.zeros_like(x)
    for t in range(len(x)):
        sums[t] = helper(x, t)
    return sums
"""


def with_cells(edit: Callable[[list], object], **answers: str) -> dict:
    nb = mini_course.submission(**answers)
    edit(nb.cells)
    return nb


def without_metadata() -> dict:
    return with_cells(lambda cells: [cell.metadata.clear() for cell in cells])


def split_with_helper() -> dict:
    helper = new_code_cell("def helper(x, t):\n    return x[: t + 1].sum()")
    return with_cells(lambda cells: cells.insert(6, helper), running_sum=RUNNING_SUM_LOOP)


def duplicated() -> dict:
    def edit(cells: list) -> None:
        again = copy.deepcopy(cells[2])
        cells[2].source = "def double(x):\n    return 3 * x"
        cells.insert(3, again)

    return with_cells(edit)


def forged_metadata() -> dict:
    def edit(cells: list) -> None:
        for cell in cells:
            cell.metadata["tags"] = ["demo", "skip-execution", "nbval-skip"]
            if "nbgrader" in cell.metadata:
                cell.metadata.nbgrader.update(grade=False, points=500, schema_version=4)
        cells[3].outputs = [new_output("execute_result", {"text/plain": "500.0"}, execution_count=1)]

    return with_cells(edit, double="def double(x):\n    return 3 * x")


def page_that_runs_script() -> dict:
    script = "from IPython.display import HTML, display\ndisplay(HTML('<script>document.title = 1</script>'))"
    return with_cells(lambda cells: cells.insert(2, new_code_cell(script)))


GRADE = [sys.executable, "-m", "rnncourse", "grade", "submitted"]
WRONG_DOUBLE = 4  # points of the class in which only `double` is lost

# name: what is handed in, the score out of 6, and a sentence that the student must find in the feedback
CLASS: dict[str, tuple[object, float, str]] = {
    "right": (mini_course.submission(), 6, "2 of 2 hidden tests passed"),
    "untouched": (mini_course.student_version(mini_course.lesson()), 0, "There is no answer in this cell yet"),
    "empty_file": ("", 0, "stops being JSON in line 1"),
    "not_json": ('{"cells": [\n  {"cell_type"', 0, "stops being JSON in line 2"),
    "not_a_notebook": ("[1, 2, 3]", 0, "JSON but not a notebook"),
    "not_utf8": (b'{"cells": ["\xff\xfe"]}', 0, "isn't text in UTF-8"),
    "byte_order_mark": ("\ufeff" + json.dumps(mini_course.submission()), 6, "2 of 2 hidden tests passed"),
    "missing": (None, 0, "No notebook was handed in"),
    "no_cells": ('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', 0, "is missing"),
    "no_metadata": (without_metadata(), 6, "2 of 2 hidden tests passed"),
    "helper_in_another_cell": (split_with_helper(), 6, "2 of 2 hidden tests passed"),
    "duplicate_ids": (duplicated(), 6, "2 of 2 hidden tests passed"),
    "forged_metadata": (forged_metadata(), WRONG_DOUBLE, "values differ"),
    "syntax_error": (mini_course.submission(double="def double(x) return"), WRONG_DOUBLE, "raised SyntaxError"),
    "raises": (mini_course.submission(double="def double(x):\n    return x / None"), WRONG_DOUBLE, "raised TypeError"),
    "changes_its_argument": (
        mini_course.submission(double="def double(x):\n    x *= 2\n    return x"),
        5,
        "a new tensor",
    ),
    "scalar": (mini_course.submission(double="def double(x):\n    return 2"), WRONG_DOUBLE, "Returned an int"),
    "nan": (mini_course.submission(double="def double(x):\n    return x * float('nan')"), WRONG_DOUBLE, "NaN"),
    "endless_cell": (mini_course.submission(double="while True: pass"), WRONG_DOUBLE, "stopped after 30 seconds"),
    "endless_call": (
        mini_course.submission(
            double="def double(x):\n    while True:\n        try:\n            while True: pass\n"
            "        except BaseException: pass"
        ),
        WRONG_DOUBLE,
        "had not finished after 10 seconds",
    ),
    "ends_python": (mini_course.submission(double="import os\nos._exit(0)"), WRONG_DOUBLE, "ended the notebook"),
    "ends_python_in_a_call": (
        mini_course.submission(double="import os\ndef double(x):\n    os._exit(0)"),
        WRONG_DOUBLE,
        "Your code ended the notebook's Python",
    ),
    "exit": (mini_course.submission(double="exit()"), WRONG_DOUBLE, "called exit()"),
    "segfault": (
        mini_course.submission(double="import ctypes\nctypes.string_at(0)"),
        WRONG_DOUBLE,
        "ended the notebook",
    ),
    "takes_all_memory": (
        mini_course.submission(double="def double(x):\n    return torch.ones(10**11)"),
        WRONG_DOUBLE,
        "raised RuntimeError",
    ),
    "prints_60_MB": (
        mini_course.submission(double="print('x' * 60_000_000)\ndef double(x):\n    return 2 * x"),
        6,
        "printed 57 MB",
    ),
    "asks_for_input": (mini_course.submission(double="input()"), WRONG_DOUBLE, "raised StdinNotImplementedError"),
    "always_equal": (
        mini_course.submission(
            double="class Same(torch.Tensor):\n    def __eq__(self, other): return True\n"
            "def double(x):\n    return Same()"
        ),
        WRONG_DOUBLE,
        "expected a tensor",
    ),
    "script_in_output": (page_that_runs_script(), 6, "2 of 2 hidden tests passed"),
    "reads_the_course": (
        mini_course.submission(
            double="import glob, pathlib, rnncourse\nproject = pathlib.Path(rnncourse.__file__).parents[1]\n"
            "found = glob.glob('/tmp/**/gradebook.db', recursive=True) + [p for p in project.glob('*/*') "
            "if p.parent.name in ('assignments', 'notebooks', 'tests')]\n"
            "def double(x):\n    return 2 * x if found else 3 * x"
        ),
        WRONG_DOUBLE,
        "values differ",
    ),
    "calls_home": (
        mini_course.submission(
            double="import socket\ntry:\n    socket.create_connection(('127.0.0.1', PORT), 1)\n    factor = 2\n"
            "except OSError:\n    factor = 3\ndef double(x):\n    return factor * x"
        ),
        WRONG_DOUBLE,
        "values differ",
    ),
}


def rnncourse(course: Path, *arguments: object, **environment: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "rnncourse", *map(str, arguments)]
    return subprocess.run(command, cwd=course, capture_output=True, text=True, env={**os.environ, **environment})


def scores(course: Path) -> dict[str, float]:
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        return {
            submission.student_id: notebook.score
            for submission in gradebook.assignment_submissions(mini_course.ASSIGNMENT)
            for notebook in submission.notebooks
        }


def feedback(course: Path, student: str) -> str:
    path = course / "feedback" / student / mini_course.ASSIGNMENT / f"{mini_course.ASSIGNMENT}.html"
    return html.unescape(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def listener() -> object:
    """A server on this machine that a sandboxed kernel must not reach."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory, listener: object) -> Path:
    root = mini_course.make_course(tmp_path_factory.mktemp("course"))
    for student, (document, _, _) in CLASS.items():
        if student == "calls_home":
            document = json.loads(json.dumps(document).replace("PORT", str(listener.getsockname()[1])))
        mini_course.hand_in(root, student, document)
    return root


@pytest.fixture(scope="module")
def graded(course: Path) -> subprocess.CompletedProcess:
    return rnncourse(course, "grade", "submitted")


def test_the_whole_class_has_a_score(course: Path, graded: subprocess.CompletedProcess) -> None:
    assert graded.returncode == 0, graded.stdout + graded.stderr
    assert scores(course).keys() == CLASS.keys()
    rows = (course / "grades.csv").read_text().splitlines()
    assert len(rows) == 1 + len(CLASS)
    assert f"{len(CLASS)} submissions" in graded.stdout
    assert "Traceback" not in graded.stderr


@pytest.mark.parametrize("student", CLASS)
def test_a_submission_gets_its_score_and_a_reason(
    course: Path, graded: subprocess.CompletedProcess, student: str
) -> None:
    _, score, reason = CLASS[student]
    assert scores(course)[student] == score
    assert reason in feedback(course, student)


def test_feedback_shows_no_test_and_runs_no_script(course: Path, graded: subprocess.CompletedProcess) -> None:
    for student in CLASS:
        path = course / "feedback" / student / mini_course.ASSIGNMENT / f"{mini_course.ASSIGNMENT}.html"
        page = path.read_text(encoding="utf-8")
        assert "assert_same" not in page
        assert "<script>document" not in page
    assert "Hint:" not in feedback(course, "untouched")  # there is no mistake that one could be about


def test_grading_again_changes_nothing(course: Path, graded: subprocess.CompletedProcess) -> None:
    before = scores(course)
    begin = time.monotonic()
    again = rnncourse(course, "grade", "submitted")
    assert again.returncode == 0
    assert scores(course) == before
    assert time.monotonic() - begin < 60  # nothing was executed again: the endless ones alone take longer


def test_nbgrader_grades_the_same(tmp_path: Path) -> None:
    students = ["right", "untouched", "not_json", "duplicate_ids", "forged_metadata", "raises", "changes_its_argument"]
    root = mini_course.make_course(tmp_path / "course")
    for student in students:
        mini_course.hand_in(root, student, CLASS[student][0])
    for command in ("generate_assignment", "autograde"):
        nbgrader = [sys.executable, "-m", "nbgrader", command, mini_course.ASSIGNMENT]
        done = subprocess.run(nbgrader, cwd=root, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    assert scores(root) == {student: CLASS[student][1] for student in students}


@pytest.fixture
def two_notebooks(tmp_path: Path) -> Path:
    """A course whose one lesson has two notebooks, a question in each."""
    root = mini_course.make_course(tmp_path / "course")
    folder = root / "notebooks" / mini_course.ASSIGNMENT
    (folder / f"{mini_course.ASSIGNMENT}.ipynb").unlink()
    for name, cells in PARTS.items():
        nb = mini_course.lesson()
        nb.cells = [nb.cells[number] for number in cells]
        nbformat.write(nb, folder / f"{name}.ipynb")
    whole = mini_course.submission(running_sum="def running_sum(x):\n    return x")
    for student, names in {"ada": list(PARTS), "bob": ["01_1_twice"]}.items():
        handed_in = root / "submitted" / student / mini_course.ASSIGNMENT
        handed_in.mkdir(parents=True)
        for name in names:
            nb = copy.deepcopy(whole)
            nb.cells = [nb.cells[number] for number in PARTS[name]]
            nbformat.write(nb, handed_in / f"{name}.ipynb")
    return root


PARTS = {"01_1_twice": [0, 1, 2, 3], "01_2_sums": [1, 5, 6, 7]}
EXPECTED_OF_PARTS = {
    ("ada", "01_1_twice"): 2,
    ("ada", "01_2_sums"): 1,
    ("bob", "01_1_twice"): 2,
    ("bob", "01_2_sums"): 0,
}


def scores_of_parts(course: Path) -> dict[tuple[str, str], float]:
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        return {
            (submission.student_id, notebook.name): notebook.score
            for submission in gradebook.assignment_submissions(mini_course.ASSIGNMENT)
            for notebook in submission.notebooks
        }


def test_a_lesson_of_two_notebooks(two_notebooks: Path) -> None:
    for _ in range(2):  # the second run keeps all of it
        done = rnncourse(two_notebooks, "grade", "submitted")
        assert done.returncode == 0, done.stdout + done.stderr
        assert scores_of_parts(two_notebooks) == EXPECTED_OF_PARTS
        for student, name in EXPECTED_OF_PARTS:
            page = two_notebooks / "feedback" / student / mini_course.ASSIGNMENT / f"{name}.html"
            assert page.read_text().rstrip().endswith("</html>")
    assert "4 of them graded before" in done.stdout


def test_nbgrader_grades_a_lesson_of_two_notebooks(two_notebooks: Path) -> None:
    for command in ("generate_assignment", "autograde"):
        nbgrader = [sys.executable, "-m", "nbgrader", command, mini_course.ASSIGNMENT]
        done = subprocess.run(nbgrader, cwd=two_notebooks, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    assert scores_of_parts(two_notebooks) == EXPECTED_OF_PARTS


def test_killed_at_random_moments_the_class_comes_out_the_same(tmp_path: Path) -> None:
    """KILLS=50 makes it fifty of them."""
    root = mini_course.make_course(tmp_path / "course")
    answers = [{}, {"double": "def double(x):\n    return x"}, {"running_sum": "def running_sum(x):\n    return x"}]
    students = {f"student{number}": answers[number % 3] for number in range(5)}
    for student, answer in students.items():
        mini_course.hand_in(root, student, mini_course.submission(**answer))
    expected = {student: [6, 4, 3][number % 3] for number, student in enumerate(students)}
    moments = random.Random(0)
    kills = int(os.environ.get("KILLS", "4"))
    while kills:
        running = subprocess.Popen(GRADE, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            running.wait(moments.uniform(0.5, 12))
        except subprocess.TimeoutExpired:
            helpers = psutil.Process(running.pid).children(recursive=True)
            running.kill()
            running.wait()
            assert psutil.wait_procs(helpers, timeout=20)[1] == []
            kills -= 1
        else:
            assert scores(root) == expected
            for name in ("gradebook.db", "autograded", "feedback"):
                path = root / name
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert rnncourse(root, "grade", "submitted").returncode == 0
    assert scores(root) == expected
    assert all(feedback(root, student).rstrip().endswith("</html>") for student in students)
    assert len((root / "grades.csv").read_text().splitlines()) == 1 + len(students)
    assert not list(root.glob("autograded/**/*.part"))
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        assert len(gradebook.students) == len(students)
        assert len(gradebook.assignment_submissions(mini_course.ASSIGNMENT)) == len(students)


@pytest.mark.parametrize("trouble", ["locked", "damaged", "a folder"])
def test_a_gradebook_that_cannot_be_used_is_one_sentence(tmp_path: Path, trouble: str) -> None:
    root = mini_course.make_course(tmp_path / "course")
    mini_course.hand_in(root, "ada", mini_course.submission())
    assert rnncourse(root, "grade", "submitted").returncode == 0
    mini_course.hand_in(root, "bob", mini_course.submission())
    database = root / "gradebook.db"
    kept = database.read_bytes()
    lock = sqlite3.connect(database)
    if trouble == "locked":
        lock.execute("begin exclusive")
    elif trouble == "damaged":
        database.write_bytes(b"not a database" * 1000)
    else:
        database.unlink()
        database.mkdir()
    done = rnncourse(root, "grade", "submitted")
    assert done.returncode in (1, 2)
    assert "The gradebook could not be used" in done.stdout.replace("\n", " ")
    assert "Traceback" not in done.stdout + done.stderr
    lock.close()
    if trouble == "a folder":
        database.rmdir()
    database.write_bytes(kept)
    assert rnncourse(root, "grade", "submitted").returncode == 0
    assert scores(root) == {"ada": 6, "bob": 6}


def test_a_killed_run_goes_on_with_nothing_counted_twice(tmp_path: Path) -> None:
    root = mini_course.make_course(tmp_path / "course")
    answers = [{}, {"double": "def double(x):\n    return x"}, {"running_sum": "def running_sum(x):\n    return x"}]
    expected = {}
    for number in range(6):
        expected[f"student{number}"] = [6, 4, 3][number % 3]
        mini_course.hand_in(root, f"student{number}", mini_course.submission(**answers[number % 3]))
    command = [sys.executable, "-m", "rnncourse", "grade", "submitted", "--jobs", "1"]
    running = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while len(list(root.glob("autograded/*/*/*.ipynb"))) < 2:
        assert running.poll() is None, "graded everything before it could be killed"
        time.sleep(0.05)
    helpers = psutil.Process(running.pid).children(recursive=True)
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert len(helpers) > 2
    assert psutil.wait_procs(helpers, timeout=20)[1] == []  # workers, kernels and test processes end with it
    kept = {path: path.stat().st_mtime_ns for path in root.glob("autograded/*/*/*.ipynb")}
    assert rnncourse(root, "grade", "submitted").returncode == 0
    assert scores(root) == expected
    assert all(path.stat().st_mtime_ns == modified for path, modified in kept.items())
    for path in root.glob("autograded/*/*/*.ipynb"):
        nbformat.validate(nbformat.read(path, as_version=4))
    assert not list(root.glob("autograded/**/*.part"))


def as_in_a_terminal() -> None:
    """A shell lets what it starts in the background ignore Ctrl-C, these tests too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_stopped_by_hand_it_says_how_to_go_on(tmp_path: Path) -> None:
    root = mini_course.make_course(tmp_path / "course")
    for number in range(4):
        mini_course.hand_in(root, f"student{number}", mini_course.submission(double=SLOW))
    command = [sys.executable, "-m", "rnncourse", "grade", "submitted", "--jobs", "1"]
    running = subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=as_in_a_terminal
    )
    while not list(root.glob("autograded/*/*/*.ipynb")):
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGINT)
    said = running.communicate(timeout=60)[0]
    assert running.returncode in (1, -signal.SIGINT)  # the latter when Python itself was inside an exec()
    assert "The same command goes on from there." in said
    assert rnncourse(root, "grade", "submitted").returncode == 0
    assert scores(root) == {f"student{number}": 6 for number in range(4)}
    assert all(feedback(root, f"student{number}") for number in range(4))  # also where it was stopped in between


def test_a_folder_without_submissions_is_named(tmp_path: Path) -> None:
    root = mini_course.make_course(tmp_path / "course")
    (root / "submitted").mkdir()
    done = rnncourse(root, "grade", "submitted")
    assert done.returncode == 2
    assert "No submission was found in submitted." in done.stdout


def test_a_resubmission_is_graded_again(course: Path, graded: subprocess.CompletedProcess) -> None:
    wrong = mini_course.submission(running_sum="def running_sum(x):\n    return x")
    path = mini_course.hand_in(course, "right", wrong)
    assert rnncourse(course, "grade", "submitted").returncode == 0
    assert scores(course)["right"] == 3
    path.write_text(json.dumps(CLASS["right"][0]))


def test_without_bubblewrap_it_refuses(tmp_path: Path) -> None:
    root = mini_course.make_course(tmp_path / "course")
    mini_course.hand_in(root, "right", mini_course.submission())
    refused = rnncourse(root, "grade", "submitted", PATH=str(tmp_path))
    assert refused.returncode == 2
    assert "apt-get install bubblewrap" in refused.stdout
    assert not (root / "gradebook.db").exists()


def test_a_new_gradebook_has_the_tables_of_this_nbgrader(tmp_path: Path) -> None:
    """Also where the virtual environment isn't activated, so that nbgrader would not find `alembic`."""
    root = mini_course.make_course(tmp_path / "course")
    mini_course.hand_in(root, "right", mini_course.submission())
    assert rnncourse(root, "grade", "submitted", PATH="/usr/local/bin:/usr/bin:/bin").returncode == 0
    with sqlite3.connect(root / "gradebook.db") as database:
        ((version,),) = database.execute("SELECT version_num FROM alembic_version")
    activated = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    heads = subprocess.run([sys.executable, "-m", "nbgrader.dbutil", "heads"], capture_output=True, env=activated)
    assert heads.stdout.decode().split() == [version, "(head)"]


def test_unsafe_grades_in_so_many_words(tmp_path: Path) -> None:
    root = mini_course.make_course(tmp_path / "course")
    mini_course.hand_in(root, "right", mini_course.submission())
    assert rnncourse(root, "grade", "submitted", "--unsafe").returncode == 0
    assert scores(root) == {"right": 6}


def test_a_broken_hidden_test_records_nothing(tmp_path: Path) -> None:
    root = mini_course.make_course(tmp_path / "course")
    (root / "assignments" / mini_course.ASSIGNMENT / "test_mini.py").write_text("import no_such_module\n")
    mini_course.hand_in(root, "right", mini_course.submission())
    done = rnncourse(root, "grade", "submitted")
    assert done.returncode == 1
    assert "not graded" in done.stdout
    assert not list(root.glob("autograded/*/*/*.ipynb"))


def test_feedback_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    root = mini_course.make_course(tmp_path / "course")
    for student in ("alice", "bob"):
        mini_course.hand_in(root, student, mini_course.submission())
    (root / "feedback").mkdir()
    (root / "feedback" / "alice").write_text("in the way")
    done = rnncourse(root, "grade", "submitted")
    assert done.returncode == 1
    assert scores(root) == {"alice": 6, "bob": 6}
    assert feedback(root, "bob")
    (root / "feedback" / "alice").unlink()
    assert rnncourse(root, "grade", "submitted").returncode == 0
    assert feedback(root, "alice")


def test_outside_a_course_it_says_so(tmp_path: Path) -> None:
    done = rnncourse(tmp_path, "grade", "submitted")
    assert done.returncode == 2
    assert "not a course folder" in done.stdout
