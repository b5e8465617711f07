"""The book: every lesson and no solution, found, read and searched in a real browser without a network."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from mini_course import ASSIGNMENT, PROJECT
from nbformat.v4 import new_output
from playwright.sync_api import Browser, Page, expect
from typer.testing import CliRunner

from rnncourse.cli import app
from rnncourse.grading.edition import telling_lines
from rnncourse.grading.release import student_version
from rnncourse.grading.site import NoSite, build

LESSONS = sorted(PROJECT.glob("notebooks/*/*.ipynb"))
PICTURES = PROJECT / "test-results" / "site"
PHONE, DESK = 390, 1280
SECONDS = 1000


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole book, made once. Sphinx has nothing to complain of: no link that leads nowhere, no broken formula."""
    folder = tmp_path_factory.mktemp("book") / "site"
    assert build(PROJECT, folder) == (len(LESSONS), "")
    return folder


@pytest.fixture(scope="session")
def texts(book: Path) -> dict[str, str]:
    """Everything in the book that was made from the lessons, as a reader sees it and as it stands in the file."""
    pages = {
        path.name: path.read_text(encoding="utf-8") for path in book.glob("*.*") if path.suffix in (".html", ".js")
    }
    return {name: f"{BeautifulSoup(text, 'html.parser').get_text()}\n{text}" for name, text in pages.items()}


# What is in it, and what is not


def test_no_solution_and_nothing_of_the_hidden_tests_is_in_it(book: Path, texts: dict[str, str]):
    forbidden = {"BEGIN SOLUTION", "END SOLUTION"}
    for path in LESSONS:
        forbidden |= telling_lines(nbformat.read(path, as_version=4))
    for path in PROJECT.glob("assignments/*/test_*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                forbidden.add(node.name)
            if isinstance(node, ast.keyword) and node.arg == "hint" and isinstance(node.value, ast.Constant):
                forbidden.add(node.value.value)
    assert len(forbidden) > 300
    assert [(name, text) for name, content in texts.items() for text in forbidden if text in content] == []
    assert not {path.suffix for path in book.rglob("*")} & {".ipynb", ".py", ".md"}


def test_every_picture_and_all_code_of_the_student_edition_is_in_it(texts: dict[str, str]):
    for path in LESSONS:
        nb, page = nbformat.read(path, as_version=4), BeautifulSoup(texts[f"{path.stem}.html"], "html.parser")
        pictures = [
            output.metadata["image/png"]["alt"]
            for cell in nb.cells
            for output in cell.get("outputs", [])
            if "image/png" in output.get("data", {})
        ]
        assert [picture["alt"] for picture in page.select("article img")] == pictures
        code = [cell.source.strip() for cell in student_version(nb).cells if cell.cell_type == "code"]
        assert [box.get_text().strip() for box in page.select(".cell_input")] == code
    assert "elman_step is not written yet" in texts["02_elman.html"]


def test_one_lesson_alone_makes_a_book_and_the_command_says_where(course: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(course)
    for _ in range(2):  # again over the earlier book
        result = CliRunner().invoke(app, ["site"])
        assert (result.exit_code, result.output) == (0, "The book is in site: 1 lesson. Open site/index.html.\n")
    page = (course / "site" / f"{ASSIGNMENT}.html").read_text()
    assert "not written yet" in page and "torch.cumsum" not in BeautifulSoup(page, "html.parser").get_text()


def test_what_cannot_be_made_is_one_sentence_and_nothing_is_touched(course: Path, tmp_path: Path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(NoSite, match="holds something that is no book"):
        build(course, tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"
    with pytest.raises(NoSite, match="run this in the course's folder"):
        build(tmp_path / "mine", tmp_path / "site")
    lesson = course / "notebooks" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    nb = nbformat.read(lesson, as_version=4)
    told = next(cell for cell in nb.cells if cell.cell_type == "code" and "nbgrader" not in cell.metadata)
    told.outputs = [new_output("stream", name="stdout", text="def running_sum(x):\n    return torch.cumsum(x, 0)\n")]
    nbformat.write(nb, lesson)
    with pytest.raises(NoSite, match="would hold a line of a solution"):
        build(course, tmp_path / "site")
    assert not (tmp_path / "site").exists()


# In a browser, on a phone and on a desk


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page whose requests go nowhere but to the book's own files."""
    elsewhere = []
    page = browser.new_page(viewport={"width": request.param, "height": 900})
    page.set_default_timeout(60 * SECONDS)
    page.on("request", lambda asked: None if asked.url.startswith(("file:", "data:")) else elsewhere.append(asked.url))
    yield page
    page.close()
    assert elsewhere == []


def opened(page: Page, path: Path) -> None:
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready=yes]", timeout=60 * SECONDS)


CUT_OFF = """() => [...document.querySelectorAll("article *")].filter((part) => {
  const box = part.getBoundingClientRect();
  return box.right > innerWidth + 1 && !part.closest("[tabindex='0'], mjx-assistive-mml");
}).map((part) => part.outerHTML.slice(0, 100))"""
UNSEEN = "images => images.filter((image) => !image.naturalWidth || image.clientWidth < 200).map((image) => image.alt)"


@pytest.mark.browser
def test_every_page_fits_and_its_formulas_and_pictures_are_seen(book: Path, page: Page):
    for path in sorted(book.glob("*.html")):
        opened(page, path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path.name
        assert page.evaluate(CUT_OFF) == [], path.name
        formulas = page.locator("article .math").count()
        assert page.locator("article .math mjx-container > svg").count() == formulas, path.name
        assert page.locator("[data-mml-node=merror]").count() == 0, path.name
        assert page.locator("article img").evaluate_all(UNSEEN) == [], path.name
        assert formulas or path.stem in ("index", "search")
        if page.viewport_size["width"] == PHONE:  # where boxes scroll
            assert _violations(page, contrast=False) == [], path.name
    PICTURES.mkdir(parents=True, exist_ok=True)
    opened(page, book / "02_elman.html")
    page.locator("article img").first.scroll_into_view_if_needed()
    page.screenshot(path=PICTURES / f"02_elman_{page.viewport_size['width']}.png")


def _violations(page: Page, contrast: bool) -> list[str]:
    """What axe-core calls serious or critical: a control without a name, what no key reaches, and text hard to read.

    Contrast takes most of its time, and the colours of code and text are the same on every page.
    """
    options = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": contrast}}}
    return [
        f"{violation['id']}: {node['html']}"
        for violation in Axe().run(page, options=options).response["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_or_dark_the_pages_have_contrast(book: Path, browser: Browser, scheme: str):
    page = browser.new_page(color_scheme=scheme)
    for name in ("index", "search", "06_0_taxonomy"):
        opened(page, book / f"{name}.html")
        assert _violations(page, contrast=True) == []
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{scheme}.png")
    page.close()


@pytest.mark.browser
def test_a_reader_finds_each_lesson_and_a_word(book: Path, page: Page):
    opened(page, book / "index.html")
    titles = [
        re.search("^# (.+)", nbformat.read(path, as_version=4).cells[0].source, re.M).group(1) for path in LESSONS
    ]
    assert page.locator(".sidebar-tree a").all_inner_texts() == titles
    if page.viewport_size["width"] == PHONE:
        page.get_by_role("link", name=titles[2]).last.click()
        page.locator("label[for=__navigation]:visible").first.click()
    else:
        page.locator(".sidebar-tree").get_by_role("link", name=titles[2]).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(titles[2])
    page.get_by_role("textbox", name="Search").fill("vanishing")
    page.keyboard.press("Enter")
    results = page.locator("#search-results li a")
    expect(results.filter(has_text=titles[2]).first).to_be_visible()
    results.filter(has_text=titles[2]).first.click()
    expect(page.locator("article")).to_contain_text("vanishing gradient")
