"""What a student and an instructor read: made of graded notebooks and the gradebook, and looked at in a browser."""

from __future__ import annotations

import html
import re
import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import mini_course
import nbformat
import pytest
from mini_course import ASSIGNMENT
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output
from nbgrader.api import Gradebook
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from playwright.sync_api import Browser, Page
from test_written import handed_in, lesson
from typer.testing import CliRunner

from rnncourse.cli import app
from rnncourse.grading import grade
from rnncourse.grading.class_page import Run, class_page
from rnncourse.grading.course import Course, grade_all
from rnncourse.grading.feedback import Grade, Scores
from rnncourse.grading.judge import TestResult, Verdict
from rnncourse.grading.report import harmless, refuse_cell, score_cell
from rnncourse.grading.submissions import Submission
from rnncourse.grading.transplant import is_graded

PICTURES = mini_course.PROJECT / "test-results" / "browser"
SCRIPT = "</pre></code><script>document.title = 'owned'</script><img src=x onerror=\"document.title='owned'\">"
FAR = "https://example.org/seen.png"


def verdict(*failed: str, message: str = "returned shape (3,); expected (3, 2)") -> dict[str, Verdict]:
    """What the hidden tests of the short lesson find, but for those that failed all is well."""
    results = {
        "double": [
            TestResult("test_doubles", "Is every element multiplied by two?", 1.0),
            TestResult("test_leaves_its_argument_alone", "Does it return a new tensor?", 1.0),
        ],
        "running_sum": [
            TestResult("test_adds_up", "Is every earlier element added?", 3.0),
            TestResult("test_of_one_element", "What is the running sum of one element?", 1.0),
        ],
    }
    for result in (result for tests in results.values() for result in tests):
        result.passed = result.name not in failed
        result.message = "" if result.passed else message
    return {question: Verdict(tests) for question, tests in results.items()}


def record(course: Course, student: str, verdicts: dict[str, Verdict], nb: NotebookNode | str | None) -> Submission:
    """As if the submission had been handed in and its tests had found this."""
    (only,) = course.lessons
    submission = Submission(student, only, mini_course.hand_in(course.root, student, nb))
    graded = grade.prepare(only, submission.path)
    facts = graded.metadata["rnncourse"]
    facts["remarks"] += [facts["unreadable"]] if "unreadable" in facts else []
    facts["seconds"] = 2.0
    for cell in filter(is_graded, graded.cells):
        question = cell.metadata.nbgrader.grade_id.removeprefix("check_")
        if "unreadable" in facts:
            refuse_cell(cell, facts["unreadable"])
        else:
            score_cell(cell, verdicts[question])
    course.record(submission, graded)
    return submission


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The short lesson and a text that a person reads, in a gradebook: to make one takes a second."""
    root = mini_course.make_course(tmp_path_factory.mktemp("registered") / "course")
    nbformat.write(lesson(), root / "notebooks" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    Course(root).register_lessons()
    return root


@pytest.fixture
def course(registered: Path, tmp_path: Path) -> Course:
    return Course(shutil.copytree(registered, tmp_path / "course"))


def write_feedback(course: Course, submission: Submission) -> None:
    course.write_feedback(submission, nbformat.read(course.graded_path(submission), as_version=4))


def page_of(course: Course, submission: Submission) -> str:
    write_feedback(course, submission)
    return course.feedback_path(submission).read_text(encoding="utf-8")


def text(page: str) -> str:
    """The words of a page, without its marks."""
    body = page.split("<body>")[1]
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", body)).split())


# The page of a student


def test_a_failed_test_has_its_name_its_hint_and_the_shape(course: Course):
    submission = record(course, "ada", verdict("test_adds_up"), handed_in("Because."))
    words = text(page_of(course, submission))
    assert "3 of 11 points" in words
    assert "2 of 2 hidden tests passed" in words and "1 of 2 hidden tests passed" in words
    assert "Adds up (3 points) Returned shape (3,); expected (3, 2). Hint: Is every earlier element added?" in words
    assert "Visible check, in your notebook, without points: print(running_sum(torch.ones(3)))" in words
    assert "returntorch.cumsum(x,0)" in words.replace(" ", "")  # the student's own code
    assert "What is the running sum of one element?" not in words  # the hint of a test that passed
    assert "assert_same" not in words and "rng" not in words


def test_what_all_failed_tests_say_is_said_once(course: Course):
    gone = verdict("test_adds_up", "test_of_one_element", message="`running_sum` isn't defined in the notebook")
    page = page_of(course, record(course, "ada", gone, handed_in("Because.")))
    assert "Hint:" not in text(page) and "They look at: adds up; of one element." in text(page)
    assert text(page).count("running_sum isn't defined in the notebook.") == 1
    assert "<code>running_sum</code> isn&#39;t defined" in page
    assert "0 of 2 hidden tests passed" in text(page)


@pytest.mark.parametrize(
    ("document", "said"),
    [(None, "No notebook was handed in."), ("{", "The file isn't a notebook: it stops being JSON")],
)
def test_without_a_notebook_the_page_says_why_no_test_ran(course: Course, document: str | None, said: str):
    words = text(page_of(course, record(course, "ada", {}, document)))
    assert f"No hidden test ran. {said}" in words
    assert "0 of 11 points" in words
    assert "passed" not in words and "as they ran" not in words


def test_a_persons_points_and_comments_are_on_the_page(course: Course):
    submission = record(course, "ada", verdict("test_doubles"), handed_in("Because $a < b$."))
    words = text(page_of(course, submission))
    assert "A person will read this; it has not been read yet." in words and "Because $a < b$." in words
    with Gradebook(course.db_url) as gradebook:
        for question, points in (("why", 4.5), ("check_double", 2)):
            grade = gradebook.find_grade(question, ASSIGNMENT, ASSIGNMENT, "ada")
            grade.manual_score, grade.needs_manual_grade = points, False
        comment = gradebook.find_comment("double", ASSIGNMENT, ASSIGNMENT, "ada")
        comment.manual_comment = "A *typing* mistake: I let it pass."
        gradebook.db.commit()
    page = page_of(course, submission)
    assert "10.5 of 11 points" in text(page) and "4.5 of 5 points" in text(page)
    assert "A person has set these points; the hidden tests gave 1." in text(page)
    assert "A <em>typing</em> mistake" in page
    assert "not been read" not in page


def test_the_page_is_the_same_each_time_and_from_nbgrader(course: Course):
    submission = record(course, "ada", verdict("test_doubles"), handed_in("Because."))
    page = page_of(course, submission)
    assert page_of(course, submission) == page
    coursedir = CourseDirectory(config=course.config, root=str(course.root), assignment_id=ASSIGNMENT, student_id="ada")
    course.feedback_path(submission).unlink()
    GenerateFeedback(coursedir=coursedir, config=course.config, force=True).start()
    assert course.feedback_path(submission).read_text(encoding="utf-8").rstrip() == page.rstrip()


def test_a_page_costs_a_tenth_of_a_second(course: Course):
    submission = record(course, "ada", verdict("test_doubles"), handed_in("Because."))
    write_feedback(course, submission)
    begin = time.process_time()
    for _ in range(10):
        write_feedback(course, submission)
    assert time.process_time() - begin < 10 * 0.1


def hostile() -> NotebookNode:
    """Script in every place that a student can write to, and outputs that a kernel may have sent."""
    nb = handed_in(
        f"{SCRIPT}\n```\n![]({FAR})\n[a](javascript:alert(1))", double=f"# {SCRIPT}\ndef double(x): return x"
    )
    nb.cells.insert(2, new_code_cell(f"'{SCRIPT}'"))
    return nb


def hostile_outputs() -> list[NotebookNode]:
    return [
        new_output("stream", name="stdout", text=f"\x1b]8;;javascript:alert(1)\x07{SCRIPT}"),
        new_output("error", ename=SCRIPT, evalue=SCRIPT, traceback=[SCRIPT]),
        new_output(
            "display_data", {"text/html": SCRIPT, "text/plain": SCRIPT, "image/svg+xml": f"<svg>{SCRIPT}</svg>"}
        ),
        new_output("display_data", {"image/png": 'x" onerror="alert(1)', "text/markdown": f"![]({FAR})"}),
        new_output(
            "display_data", {"image/png": "iVBORw0KGgo="}, metadata={"image/png": {"alt": f'"{SCRIPT}', "width": 1}}
        ),
    ]


@pytest.fixture
def watched(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A phone's window, and what it asked anybody for or complained about."""
    page = browser.new_page(viewport={"width": 390, "height": 800})
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url) if not request.url.startswith("data:") else None)
    page.on("console", lambda message: seen.append(message.text))
    page.on("pageerror", lambda error: seen.append(str(error)))
    yield page, seen
    page.close()


@pytest.mark.browser
def test_a_hostile_submission_makes_a_harmless_page(course: Course, watched: tuple[Page, list[str]]):
    failed = verdict("test_doubles", message=f"your code raised `{SCRIPT}`: {SCRIPT}")
    submission = record(course, "<b>eve", failed, hostile())
    path = course.graded_path(submission)
    nb = nbformat.read(path, as_version=4)
    for cell in nb.cells:
        if cell.cell_type == "code" and not is_graded(cell):
            cell.outputs = harmless(hostile_outputs())
    nb.metadata.rnncourse.remarks = [f"The cell of `double` raised {SCRIPT}."]
    nbformat.write(nb, path)
    course.write_feedback(submission, nb)

    page, seen = watched
    address = course.feedback_path(submission).as_uri()
    page.goto(address)
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    assert seen == [address]
    assert page.title() == "Feedback: A lesson"
    assert page.locator("script, iframe, object, embed, svg, [onerror], [onload]").count() == 0
    assert page.evaluate("[...document.links].every(link => link.getAttribute('href').startsWith('#'))")
    assert page.locator("img").count() == page.locator("img[src^='data:image/png;base64,iVBORw0KGgo=']").count() > 0
    assert page.get_by_text("document.title = 'owned'").count() > 5  # shown, as what it is
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / "feedback-hostile.png", full_page=True)


def test_a_lost_gradebook_is_filled_again_from_the_graded_notebooks(course: Course):
    submission = record(course, "ada", verdict("test_adds_up"), handed_in("Because."))
    page = page_of(course, submission)
    Path(course.db_url.removeprefix("sqlite:///")).unlink()
    course = Course(course.root)  # of the next run
    course.register_lessons()
    with ThreadPoolExecutor() as executor:
        (outcome,) = grade_all(course, [submission], executor)
    assert outcome.kept and (outcome.score, outcome.max_score) == (3, 11)
    assert page_of(course, submission) == page


# The page of a class


@pytest.fixture
def graded(course: Course) -> Course:
    """A class: one right, two that fail the same test, one stopped, one empty folder, and one on the list only."""
    for student, failed, document in [
        ("ada", [], handed_in("Because.")),
        ("bola", ["test_adds_up"], handed_in("Because.")),
        ("chen", ["test_adds_up", "test_doubles"], handed_in(None)),
        ("<b>eve", ["test_adds_up"], hostile()),
        ("mia", [], None),
        ("noor", [], "{"),
    ]:
        write_feedback(course, record(course, student, verdict(*failed, message=f"said {SCRIPT}"), document))
    mark(course, "chen", remarks=[f"The cell of `double` raised {SCRIPT}."], seconds=31.5)
    with Gradebook(course.db_url) as gradebook:
        gradebook.update_or_create_student("zoe")
    return course


def mark(course: Course, student: str, **facts: object) -> None:
    path = course.root / "autograded" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    nb = nbformat.read(path, as_version=4)
    nb.metadata.rnncourse.update(facts)
    nbformat.write(nb, path)


def class_page_of(course: Course) -> str:
    return course.write_class_page(ASSIGNMENT).read_text(encoding="utf-8")


def test_the_page_says_who_failed_what(graded: Course):
    page = class_page_of(graded)
    words = text(page)
    assert "5 handed in, 2 did not" in words
    assert "Histogram of the points of 5 students: lowest 0, median 3, highest 6 of 11." in page
    assert "3 of 4 (75 %) Adds up Is every earlier element added?" in words
    assert "1 of 4 (25 %) Doubles Is every element multiplied by two?" in words
    assert "Failed by nobody: Of one element." in words
    assert "full marks for 1 of 5, 1 not tested" in words
    assert words.index("Slowest runs The median is 2 seconds.") < words.index("chen 31.5") < words.index("bola 2")
    odd = words[words.index("Odd runs Student") : words.index("Slowest runs The")]
    assert "chen The cell of double raised" in odd and "noor The file isn't a notebook" in odd
    assert "bola" not in odd and "mia" not in odd  # to hand nothing in is no odd run
    assert "mia not handed in" in words and "zoe not handed in" in words
    assert "A text is not read yet." in words and "3 texts still to be read by a person" in words
    assert class_page_of(graded) == page


def test_a_persons_points_count(graded: Course, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(graded.root)
    with Gradebook(graded.db_url) as gradebook:
        for student in ("ada", "bola", "<b>eve"):
            grade = gradebook.find_grade("why", ASSIGNMENT, ASSIGNMENT, student)
            grade.manual_score, grade.needs_manual_grade = 5, False
        gradebook.db.commit()
    page = graded.root / "elsewhere" / "page.html"
    assert CliRunner().invoke(app, ["report", ASSIGNMENT, "--out", str(page)]).exit_code == 0
    words = text(page.read_text())
    assert "highest 11 of 11" in page.read_text() and "not read yet" not in words
    assert "why 3 of 5 points on average, full marks for 3 of 5 A person grades this one." in words
    assert 'href="../feedback/ada/' in page.read_text()


def test_an_assignment_that_was_never_graded_is_named(course: Course, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(course.root)
    done = CliRunner().invoke(app, ["report", "99_nothing"])
    assert done.exit_code == 2
    assert "The gradebook has no 99_nothing: grade it first." in done.output


def test_a_class_in_which_nobody_handed_in_has_a_page(course: Course):
    record(course, "mia", {}, None)
    words = text(class_page_of(course))
    assert "0 handed in, 1 did not" in words and "mia not handed in" in words
    assert "Questions" not in words


def test_a_large_class_with_several_notebooks_has_a_page(graded: Course):
    path = graded.root / "autograded" / "bola" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    nb = nbformat.read(path, as_version=4)
    runs = [run for number in range(200) for run in two_notebooks(f"student{number:03}", nb, number)]
    page = class_page("06_parts", runs)
    words = text(page)
    assert "199 handed in, 1 did not" in words
    assert "student000 – – 0" in words and "student001 3 – 3" in words
    assert "student002 3 3 6" in words
    assert len(page) < 2_000_000


def two_notebooks(student: str, nb: NotebookNode, number: int) -> list[Run]:
    """Of the first student none, of the second one, of all others both."""
    grade = Grade(points=1.5, max_points=4, by_tests=None, unread=False)
    of = {name: grade for name in ("check_double", "check_running_sum", "why")}
    present = [number > 0, number > 1]
    names = ["06_1_one", "06_2_two"]
    return [
        Run(student, name, Scores(3.0 * there, 11, 0.0, of, {}), nb if there else None, "")
        for name, there in zip(names, present, strict=True)
    ]


@pytest.mark.browser
def test_the_page_stands_alone_and_leads_to_the_feedback(graded: Course, watched: tuple[Page, list[str]]):
    path = graded.write_class_page(ASSIGNMENT)
    page, seen = watched
    page.goto(path.as_uri())
    assert seen == [path.as_uri()]
    assert page.title() == f"{ASSIGNMENT}: the class"
    assert page.locator("script, iframe, object, embed, [onerror], [onload]").count() == 0
    assert page.locator("img").count() == page.locator("img[alt]:not([alt=''])").count() == 2
    assert page.evaluate("[...document.images].every(image => image.naturalWidth > 0)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / "class-page.png", full_page=True)
    row = page.locator("tr", has_text="<b>eve").last
    row.get_by_role("link").click()
    assert page.title() == "Feedback: A lesson"
    assert page.get_by_text("Feedback for <b>eve").is_visible()
