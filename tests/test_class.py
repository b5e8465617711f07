"""Release → submit → grade → formgrader → feedback → export, with the real lessons and a class of ten."""

from __future__ import annotations

import csv
import html
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from mini_course import PROJECT
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from partial_credit import share
from playwright.sync_api import Browser, expect
from servers import TOKEN, flags, free_port, serving
from test_answers import LESSONS, answers

pytestmark = pytest.mark.slow

ELMAN = next(lesson for lesson in LESSONS if lesson.notebook == "02_elman")
PICTURES = PROJECT / "test-results" / "browser"
POINTS = {"elman_step": 2, "unroll": 3, "elman_backward": 4, "ElmanNet": 4, "jacobian_norms": 3}
ENDLESS = "def unroll(phi, x, lengths, h_0):\n    while True:\n        pass"
ENDS_PYTHON = "import os\nclass ElmanNet(nn.Module):\n    def __init__(self, *sizes):\n        os._exit(1)"
SYNTAX_ERROR = "def elman_backward(x, states, h_0, W_hh, grad_states)\n    return"


def lost_points(name: str) -> float:
    """What a wrong answer of the corpus costs, by the tests that it is said to lose."""
    answer = next(answer for answer in answers("wrong") if answer.path.stem == name)
    return POINTS[answer.question] * (1 - share(answer))


def right(kind: int) -> dict[str, str]:
    """For every question the right answer of one kind."""
    chosen = {}
    for question in POINTS:
        corpus = [a for a in answers("right") if a.lesson == ELMAN and a.question == question]
        chosen[question] = corpus[kind % len(corpus)].source
    return chosen


def wrong(*names: str) -> dict[str, str]:
    return {a.question: a.source for a in answers("wrong") if a.path.stem in names}


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A course folder and the student edition that its release command made."""
    course = tmp_path_factory.mktemp("class") / "course"
    course.mkdir()
    for name in ("notebooks", "assignments", "rnncourse"):
        shutil.copytree(
            PROJECT / name, course / name, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        )
    for name in ("nbgrader_config.py", "pyproject.toml", "constraints.txt", "environment.yml"):
        shutil.copy(PROJECT / name, course)
    run(course, "release", course.parent / "student")
    return course, course.parent / "student"


def run(course: Path, *arguments: object) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "rnncourse", *map(str, arguments)]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def filled(student: Path, solutions: dict[str, str], extra: str = "") -> NotebookNode:
    """The released lesson with a student's answers typed in; a question without one keeps its stub."""
    nb = nbformat.read(student / "notebooks/02_elman/02_elman.ipynb", as_version=4)
    for cell in nb.cells:
        question = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = solutions.get(question, cell.source)
    if extra:
        nb.cells.insert(3, new_code_cell(extra))
    return nb


CLASS = {
    "ada": (right(0), 16),
    "bola": (right(1), 16),
    "chen": (right(2) | wrong("elman_step__no_bias"), 16 - lost_points("elman_step__no_bias")),
    "dana": (
        right(3) | wrong("unroll__after_the_padding", "jacobian_norms__forward_in_time"),
        16 - lost_points("unroll__after_the_padding") - lost_points("jacobian_norms__forward_in_time"),
    ),
    "ezra": (right(0) | {"unroll": ENDLESS}, 13),
    "fatou": (right(1) | {"ElmanNet": ENDS_PYTHON}, 12),
    "gita": (right(2) | {"elman_backward": SYNTAX_ERROR}, 12),
    "hugo": ({}, 0),
    "ines": ("{", 0),
    "jun": (right(0), 16),
}


@pytest.fixture(scope="module")
def course(edition: tuple[Path, Path]) -> Path:
    course, student = edition
    for name, (solutions, _) in CLASS.items():
        path = course / "submitted" / name / "02_elman" / "02_elman.ipynb"
        path.parent.mkdir(parents=True)
        if isinstance(solutions, str):
            path.write_text(solutions)
        else:
            nbformat.write(filled(student, solutions, "print('x' * 60_000_000)" if name == "jun" else ""), path)
    graded = run(course, "grade", "submitted")
    assert "10 submissions" in graded.stdout
    return course


def test_every_student_gets_a_humans_score(course: Path) -> None:
    with (course / "grades.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["assignment"] == "02_elman"]
    assert {row["student_id"] for row in rows} == set(CLASS)
    for row in rows:
        assert float(row["score"]) == pytest.approx(CLASS[row["student_id"]][1], abs=0.02), row["student_id"]
        assert float(row["max_score"]) == sum(POINTS.values())


@pytest.mark.parametrize(
    ("student", "sentence"),
    [
        ("ada", "hidden tests passed"),
        ("chen", "Hint:"),
        ("ezra", "had not finished after 10 seconds"),
        ("fatou", "ended the notebook's Python"),
        ("gita", "raised SyntaxError"),
        ("hugo", "There is no answer in this cell yet"),
        ("ines", "stops being JSON"),
        ("jun", "printed 57 MB"),
    ],
)
def test_feedback_says_why(course: Path, student: str, sentence: str) -> None:
    page = (course / "feedback" / student / "02_elman" / "02_elman.html").read_text(encoding="utf-8")
    assert sentence in html.unescape(page)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("picture", "file", "sentence"),
    [
        ("feedback", "feedback/chen/02_elman/02_elman.html", "Hint:"),
        ("class", "reports/02_elman.html", "10 handed in"),
    ],
)
def test_the_pages_fit_a_screen(course: Path, browser: Browser, picture: str, file: str, sentence: str) -> None:
    page = browser.new_page(viewport={"width": 1000, "height": 800})
    page.goto((course / file).as_uri())
    expect(page.get_by_text(sentence).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 1000
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{picture}.png")
    page.close()


def test_nbgrader_gives_the_same_scores(course: Path, tmp_path: Path) -> None:
    shutil.copytree(course, tmp_path / "course", ignore=shutil.ignore_patterns("autograded", "feedback", "*.db"))
    root = tmp_path / "course"
    for name in set(CLASS) - {"ada", "dana", "ines"}:
        shutil.rmtree(root / "submitted" / name)
    for command in (["generate_assignment", "02_elman"], ["autograde", "02_elman"], ["export"]):
        subprocess.run([sys.executable, "-m", "nbgrader", *command], cwd=root, check=True, capture_output=True)
    with (root / "grades.csv").open(newline="") as file:
        scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert scores == {name: pytest.approx(CLASS[name][1], abs=0.02) for name in ("ada", "dana", "ines")}


@pytest.mark.browser
def test_formgrader_shows_the_class(course: Path, tmp_path: Path, browser: Browser) -> None:
    port = free_port()
    command = [sys.executable, "-m", "jupyterlab", "--allow-root", *flags(port)]
    with serving(command, port, course, tmp_path) as address:
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        page.goto(f"{address}/lab?token={TOKEN}")  # as an instructor does; formgrader itself knows no token
        page.get_by_role("menuitem", name="Nbgrader").click(timeout=60_000)
        expect(page.get_by_text("Formgrader", exact=True)).to_be_visible()
        page.goto(f"{address}/formgrader/gradebook/02_elman/02_elman")
        expect(page.locator("tbody tr")).to_have_count(len(CLASS), timeout=60_000)
        expect(page.locator("tbody tr", has_text="16 / 16")).to_have_count(3)
        page.locator("tbody tr", has_text="13 / 16").locator("a").first.click()
        expect(page.get_by_text("had not finished after 10 seconds").first).to_be_visible(timeout=60_000)
        expect(page.get_by_text("Full credit")).to_have_count(len(POINTS))
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / "formgrader.png", full_page=True)
        page.goto(f"{address}/formgrader/manage_students")
        expect(page.locator("tbody tr")).to_have_count(len(CLASS), timeout=60_000)
        page.close()
