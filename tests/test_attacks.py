"""Every attack of the corpus ends with the score that it deserves, and touches nothing else.

Real bubblewrap, real kernels, a real gradebook: through `rnncourse grade` in both ways to start a kernel, and through
`nbgrader autograde`.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import mini_course
import psutil
import pytest
from attacks import corpus
from nbgrader.api import Gradebook
from playwright.sync_api import Browser, expect
from servers import TOKEN, flags, free_port, serving
from test_grading import feedback, rnncourse, scores

import rnncourse as package

pytestmark = pytest.mark.slow

CORPUS = corpus()
PROMISES = {name.partition("-")[0] for name in CORPUS}
ALL = "CORPUS" in os.environ
SECRET = {"SECRET_OF_THE_MACHINE": "not for students"}
FAST = "\nc.SandboxedExecute.cell_seconds = 15\n"


def make_course(root: Path, port: int, students: Iterable[str] = CORPUS) -> Path:
    mini_course.make_course(root)
    with (root / "nbgrader_config.py").open("a") as config:
        config.write(FAST)
    for student in students:
        document = CORPUS[student].document
        if student == "reading-the_network":
            document = json.loads(json.dumps(document).replace("PORT", str(port)))
        mini_course.hand_in(root, student, document)
    return root


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Of a server on this machine that a sandboxed kernel must not reach."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def state_of_the_package() -> dict[Path, str]:
    root = Path(package.__file__).parent
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in root.rglob("*.py")}


def orphans() -> list[psutil.Process]:
    """Sandboxed processes that no running test has started."""
    found = []
    for process in psutil.process_iter():
        try:
            family = " ".join(" ".join(member.cmdline()) for member in [process, *process.parents()])
        except psutil.Error:
            continue
        if "rnncourse.grading.kernel" in family and "pytest" not in family:
            found.append(process)
    return found


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory, port: int) -> Path:
    root = make_course(tmp_path_factory.mktemp("course"), port)
    before = state_of_the_package()
    done = rnncourse(root, "grade", "submitted", **SECRET)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(CORPUS)} submissions" in done.stdout
    assert "Traceback" not in done.stderr
    assert state_of_the_package() == before
    return root


@pytest.mark.parametrize("name", CORPUS)
def test_an_attack_gets_what_it_deserves_and_a_reason(course: Path, name: str) -> None:
    page = feedback(course, name)
    assert scores(course)[name] == CORPUS[name].score, page[page.find("of 2 points") - 200 :][:2000]
    assert CORPUS[name].reason in page


@pytest.mark.parametrize("name", [name for name in CORPUS if "inputs_" in name])
def test_no_hidden_input_comes_back(course: Path, name: str) -> None:
    page = feedback(course, name)
    for asked in re.findall(r"ASKED \[?.*", page):
        assert not re.search(r"\d\.\d", asked), asked


@pytest.mark.browser
def test_no_feedback_page_runs_script(course: Path, browser: Browser) -> None:
    """A hostile page would give itself the title "owned", open a window, or ask the network for something."""
    context = browser.new_context()
    opened = []
    context.on("page", lambda page: opened.append(page))
    for name in CORPUS:
        page, asked = context.new_page(), []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto((course / "feedback" / name / mini_course.ASSIGNMENT / f"{mini_course.ASSIGNMENT}.html").as_uri())
        assert [url for url in asked if not url.startswith("data:")] == [page.url], name
        assert "owned" not in page.title(), name
        assert page.evaluate("document.querySelectorAll('[onerror],[onload],iframe,object,embed').length") == 0, name
        assert page.evaluate("[...document.links].every(link => !link.href.startsWith('javascript:'))"), name
        page.close()
    assert len(opened) == len(CORPUS)
    context.close()


@pytest.mark.browser
def test_formgrader_runs_no_script(course: Path, tmp_path: Path, browser: Browser) -> None:
    port = free_port()
    command = [sys.executable, "-m", "jupyterlab", "--allow-root", *flags(port)]
    with serving(command, port, course, tmp_path) as address:
        page = browser.new_page()
        page.goto(f"{address}/lab?token={TOKEN}")
        with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
            ids = {
                one.student_id: one.notebooks[0].id for one in gradebook.assignment_submissions(mini_course.ASSIGNMENT)
            }
        for name in (name for name in CORPUS if "script" in name or "page" in name):
            page.goto(f"{address}/formgrader/submissions/{ids[name]}")
            expect(page.get_by_text("hidden tests passed").first).to_be_visible(timeout=60_000)
            assert "owned" not in page.title(), name
        page.close()


def test_nothing_outlives_the_class(course: Path) -> None:
    assert orphans() == []


def test_nobody_else_is_in_the_gradebook(course: Path) -> None:
    assert scores(course).keys() == CORPUS.keys()
    assert len((course / "grades.csv").read_text().splitlines()) == 1 + len(CORPUS)


def test_nbgrader_comes_to_the_same_scores(tmp_path: Path, port: int) -> None:
    """The promises that depend on who runs the notebook, or with make corpus all of them.

    But one: nbgrader knows of no notebook that is missing.
    """
    promises = tuple(PROMISES if ALL else ("forging", "metadata"))
    students = [name for name in CORPUS if name.startswith(promises) and name != "metadata-missing"]
    root = make_course(tmp_path / "course", port, students)
    for command in ("generate_assignment", "autograde"):
        nbgrader = [sys.executable, "-m", "nbgrader", command, mini_course.ASSIGNMENT]
        done = subprocess.run(nbgrader, cwd=root, capture_output=True, text=True, env={**os.environ, **SECRET})
        assert done.returncode == 0, done.stderr[-3000:]
    assert scores(root) == {name: CORPUS[name].score for name in students}


def test_a_cold_start_comes_to_the_same_scores(tmp_path: Path, port: int) -> None:
    """The promises that depend on the sandbox itself, or with make corpus all of them."""
    students = [name for name in CORPUS if name.startswith(tuple(PROMISES if ALL else ("reading", "tampering")))]
    root = make_course(tmp_path / "course", port, students)
    done = rnncourse(root, "grade", "submitted", "--cold", **SECRET)
    assert done.returncode == 0, done.stdout + done.stderr
    assert scores(root) == {name: CORPUS[name].score for name in students}
