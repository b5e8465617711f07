"""JupyterLab as `make lab` starts it, and a student in front of it: a real browser on the student edition."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from mini_course import PROJECT
from playwright.sync_api import Browser, Locator, Page, expect
from servers import TOKEN, flags, free_port, serving

pytestmark = pytest.mark.browser

PICTURES = PROJECT / "test-results" / "browser"
SECONDS = 1000


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a JupyterLab started by the project's own command on a fresh student edition."""
    home, port = tmp_path_factory.mktemp("lab"), free_port()
    PICTURES.mkdir(parents=True, exist_ok=True)
    command = ["make", "lab", f"STUDENT={home / 'student'}", f"ARGS={' '.join(flags(port))}"]
    with serving(command, port, PROJECT, home) as address:
        yield address


@pytest.fixture
def open_lesson(lab: str, browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Opens a lesson, its kernel idle and its outputs gone. No request of a page may leave this machine."""
    elsewhere: list[str] = []
    pages: list[Page] = []

    def opened(lesson: str) -> Page:
        page = browser.new_page(viewport={"width": 1500, "height": 1100})
        pages.append(page)
        page.set_default_timeout(60 * SECONDS)
        page.on("request", lambda request: elsewhere.append(request.url) if _leaves(request.url, lab) else None)
        page.goto(f"{lab}/lab/tree/notebooks/{path_of(lesson)}?reset&token={TOKEN}")
        idle(page)
        page.screenshot(path=PICTURES / f"{lesson}.png")
        page.get_by_role("menuitem", name="Edit", exact=True).click()
        page.get_by_role("menuitem", name="Clear Outputs of All Cells").click()
        return page

    yield opened
    for page in pages:
        expect(page.get_by_text("official Jupyter news")).to_have_count(0)
        page.close()
    assert elsewhere == []


@pytest.fixture
def page(open_lesson: Callable[[str], Page]) -> Page:
    return open_lesson("02_elman")


def path_of(lesson: str) -> str:
    """FOLDER/NOTEBOOK.ipynb of a notebook's name; a lesson's folder may hold several."""
    (path,) = PROJECT.glob(f"notebooks/*/{lesson}.ipynb")
    return f"{path.parent.name}/{path.name}"


def _leaves(url: str, address: str) -> bool:
    return not url.startswith((address, "data:", "blob:", "about:"))


def idle(page: Page) -> None:
    expect(page.locator("#jp-main-statusbar")).to_contain_text("Python 3 (ipykernel) | Idle", timeout=120 * SECONDS)


def cell(page: Page, text: str | re.Pattern) -> Locator:
    """The code cell that holds a text."""
    return page.locator(".jp-Notebook .jp-CodeCell").filter(has=page.locator(".cm-content", has_text=text))


def run(page: Page, code: Locator) -> None:
    """Ctrl+Enter, until the cell has got its number; `page` has cleared the numbers of the release."""
    prompt = code.locator(".jp-InputPrompt")
    before = prompt.inner_text()
    code.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    expect(prompt).not_to_have_text(before)
    expect(prompt).to_have_text(re.compile(r"\d"), timeout=60 * SECONDS)


def write(page: Page, code: Locator, source: str) -> None:
    code.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(source)


def answer(formula: str) -> str:
    return f"def elman_step(x_t, h_prev, W_xh, W_hh, b_h):\n    return {formula}"


def test_a_student_writes_a_step_wrongly_and_then_rightly(page: Page):
    question, check = cell(page, "def elman_step("), cell(page, "check_elman_step(elman_step)")
    said = check.locator(".jp-OutputArea-output")
    run(page, cell(page, "import torch").first)

    expect(question.locator(".cm-content")).to_contain_text("elman_step is not written yet")
    run(page, question)
    run(page, check)
    expect(said).to_contain_text("✗ elman_step is not written yet")
    page.screenshot(path=PICTURES / "1-not-written.png")

    write(page, question, answer("torch.relu(x_t @ W_xh.T + x_t @ W_hh.T[: x_t.shape[1]] + b_h)"))
    run(page, question)
    run(page, check)
    expect(said).to_contain_text("✗ elman_step")
    expect(said).not_to_contain_text("Traceback")
    page.screenshot(path=PICTURES / "2-wrong.png")

    write(page, question, answer("torch.relu(x_t @ W_xh.T + h_prev @ W_hh.T + b_h)"))
    run(page, question)
    run(page, check)
    expect(said).to_contain_text("✓ elman_step")
    expect(said).not_to_contain_text("✗")
    page.screenshot(path=PICTURES / "3-right.png")


def test_from_the_start_page_to_the_first_exercise_and_back(lab: str, browser: Browser):
    """A student opens what `make lab` shows, runs a whole untouched lesson, answers, and sees the points."""
    page = browser.new_page(viewport={"width": 1300, "height": 950})
    page.set_default_timeout(60 * SECONDS)
    page.goto(f"{lab}/?token={TOKEN}")
    row = page.locator(".jp-OutputArea-output tr", has_text="02 · The Elman network")
    expect(row).to_contain_text("0 of 16")
    idle(page)
    row.get_by_role("link").click()
    page.get_by_role("tab", name="02_elman.ipynb").wait_for()
    idle(page)

    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name="Restart Kernel and Run All Cells…").click()
    page.get_by_role("button", name="Confirm Kernel Restart").click()
    question, check = cell(page, "def elman_step("), cell(page, "check_elman_step(elman_step)")
    said = check.locator(".jp-OutputArea-output")
    expect(said).to_have_text(re.compile("^✗ elman_step is not written yet: fill in the cell above, run it, [^\n]+$"))
    check.scroll_into_view_if_needed()
    prompts = page.locator(".jp-Notebook:visible .jp-CodeCell .jp-InputPrompt")
    assert not any(re.search(r"[\d*]", prompt) for prompt in prompts.all_inner_texts()[_number(page, check) + 1 :])

    write(page, question, answer("torch.relu(x_t @ W_xh.T + h_prev @ W_hh.T + b_h)"))
    run(page, question)
    run(page, check)
    expect(said).to_contain_text("✓ elman_step")
    page.keyboard.press("Control+S")
    page.get_by_role("tab", name="start.ipynb").click()
    table = cell(page, "show_progress()")
    expect(page.get_by_role("tab", name="02_elman.ipynb").locator(".jp-mod-dirty")).to_have_count(0)
    run(page, table)
    expect(row).to_contain_text("2 of 16")
    expect(row).not_to_contain_text("elman_step")
    page.screenshot(path=PICTURES / "start.png")
    page.close()


def test_an_explorer_draws_what_a_student_wrote(open_lesson: Callable[[str], Page]):
    """With a formula of the student's own; every explorer and control is in test_explorers.py."""
    page = open_lesson("01_temporal_convolution")
    run(page, cell(page, "import torch").first)
    answered = cell(page, "receptive_field is not written yet").first
    answered.scroll_into_view_if_needed()
    question = page.locator(".jp-Notebook .jp-CodeCell").nth(_number(page, answered))
    write(page, question, "def receptive_field(kernel_size, dilations):\n    return 7 * kernel_size")
    run(page, question)
    code = cell(page, "explore_receptive_field(")
    run(page, code)
    widget = code.locator(".jp-OutputArea-output .widget-vbox").first
    expect(widget).to_contain_text("Your formula: 14. Measured:")
    widget.locator(".widget-inline-hbox", has_text="Kernel size").get_by_role("slider").press("ArrowRight")
    expect(widget).to_contain_text("Your formula: 21. Measured:")
    expect(widget.get_by_role("img", name="Receptive field 29")).to_be_visible()
    code.screenshot(path=PICTURES / "explore_receptive_field-moved.png")


def _number(page: Page, code: Locator) -> int:
    """Which code cell this is: it stays the same when its text changes."""
    return code.evaluate("cell => [...document.querySelectorAll('.jp-Notebook .jp-CodeCell')].indexOf(cell)")
