"""An instructor in formgrader, in a real browser: names, reports, partial credit, and a text read with its rubric."""

from __future__ import annotations

import csv
import html
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from mini_course import ASSIGNMENT, DOUBLE, PROJECT, hand_in, make_course
from nbformat.v4 import new_markdown_cell
from playwright.sync_api import Browser, Page, expect
from servers import TOKEN, flags, free_port, serving
from test_written import handed_in, lesson

pytestmark = [pytest.mark.slow, pytest.mark.browser]

SECONDS = 1000
PICTURES = PROJECT / "test-results" / "browser"
RUBRIC = "**Rubric, why (5 points).**\n\n- 3: names the sum that is carried along\n- 2: says why order doesn't matter"
TEXT = "I carry the sum along."
STUDENTS = 'id,first_name,last_name,email,lms_user_id\nchen,Chen,"O\'Hara, Jr.",chen@x.org,12\nada,Ada,Lovelace,,11\n'


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with a rubric, two students graded and named."""
    root = make_course(tmp_path_factory.mktemp("formgrader") / "course")
    with_rubric = lesson()
    with_rubric.cells.insert(-1, new_markdown_cell(RUBRIC, id="rubric"))
    nbformat.write(with_rubric, root / "notebooks" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    hand_in(root, "ada", handed_in("Because."))
    hand_in(root, "chen", handed_in(TEXT, double=DOUBLE.replace("2 * x", "x.mul_(2)")))
    (root / "students.csv").write_text(STUDENTS)
    run(root, "rnncourse", "grade", "submitted")
    run(root, "nbgrader", "db", "student", "import", "students.csv")
    return root


def run(course: Path, *command: str) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=course, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def page(course: Path, tmp_path: Path, browser: Browser) -> Iterator[Page]:
    """Formgrader's list of who handed in the lesson."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = [sys.executable, "-m", "jupyter_server", "--allow-root", *flags(port)]
    with serving(command, port, course, tmp_path) as address:
        page = browser.new_page(viewport={"width": 1200, "height": 1000})
        page.set_default_timeout(120 * SECONDS)
        page.goto(f"{address}/api/status?token={TOKEN}")  # leaves the cookie that formgrader asks for
        page.goto(f"{address}/formgrader/manage_submissions/{ASSIGNMENT}")
        yield page
        page.close()


def test_a_text_is_read_with_its_rubric_and_the_score_reaches_the_student_and_canvas(course: Path, page: Page):
    expect(page.locator("tbody")).to_contain_text("O'Hara, Jr., Chen", timeout=120 * SECONDS)
    expect(page.locator("tbody")).not_to_contain_text("None, None")
    page.screenshot(path=PICTURES / "formgrader-submissions.png")

    page.goto(page.url.replace("manage_submissions", "gradebook") + f"/{ASSIGNMENT}")
    expect(page.locator("tbody tr")).to_have_count(2, timeout=120 * SECONDS)
    page.locator("tbody tr", has_text="5 / 11").locator("a").first.click()
    expect(page.get_by_text("names the sum that is carried along")).to_be_visible()
    expect(page.get_by_text(TEXT)).to_be_visible()
    expect(page.get_by_text("Does it return a new tensor?")).to_be_visible()  # the report of a failed test
    expect(page.locator("#check_double")).to_have_attribute("placeholder", "1")  # of two points
    expect(page.locator("#why")).to_have_class(re.compile("needs_manual_grade"))

    with page.expect_response(lambda response: "/api/grade/" in response.url and response.ok):
        page.locator("#why").fill("3.5")
        page.locator("#why").press("Tab")
    with page.expect_response(lambda response: "/api/comment/" in response.url and response.ok):
        page.locator("#why-comment").fill("Say why the order doesn't matter.")
        page.locator("#why-comment").press("Tab")
    expect(page.locator("#why")).not_to_have_class(re.compile("needs_manual_grade"))
    page.screenshot(path=PICTURES / "formgrader-rubric.png", full_page=True)

    run(course, "rnncourse", "grade", "submitted")
    said = html.unescape((course / "feedback" / "chen" / ASSIGNMENT / f"{ASSIGNMENT}.html").read_text())
    assert "Say why the order doesn't matter." in said and "3.5 of 5 points" in said
    run(course, "rnncourse", "export", "canvas")
    with (course / "grades-canvas.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    assert [row[0] for row in rows[2:]] == ["O'Hara, Jr., Chen"]  # nobody has read Ada's text
    assert rows[2][1:] == ["12", "", "chen", "", "8.5"]
