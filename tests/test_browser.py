"""JupyterLab as `make lab` starts it, and a student in front of it: a real browser on the student edition."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import nbformat
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


@pytest.mark.parametrize(
    ("lesson", "answers", "explorer", "control", "said"),
    [
        ("01_temporal_convolution", ["receptive_field"], "explore_receptive_field", "Kernel size", []),
        ("02_elman", [], "explore_unrolled_network", "Step", ["Before the first symbol", "Forward, t = 1"]),
        ("02_elman", [], "explore_vanishing_gradient", "Spectral radius", ["0.90", "0.95"]),
        ("03_gating", ["pass_through", "half_life"], "explore_gate", "z, keeping", []),
        ("04_lstm", ["lstm_step"], "explore_lstm", "Forget bias", []),
        ("05_gru", [], "explore_reset_gate", "", []),
    ],
)
def test_a_slider_moves_and_its_picture_changes_and_comes_back(
    open_lesson: Callable[[str], Page], lesson: str, answers: list[str], explorer: str, control: str, said: list[str]
):
    page = open_lesson(lesson)
    run(page, cell(page, "import torch").first)
    for question in answers:
        answered = cell(page, f"{question} is not written yet").first
        answered.scroll_into_view_if_needed()
        code = page.locator(".jp-Notebook .jp-CodeCell").nth(_number(page, answered))
        write(page, code, reference(lesson, question))
        run(page, code)
    code = cell(page, f"{explorer}(")
    run(page, code)
    widget = code.locator(".jp-OutputArea-output .widget-vbox").first
    slider = widget.locator(".widget-inline-hbox", has_text=control).get_by_role("slider").first
    picture = widget.locator("img")
    expect(widget).to_contain_text((said or [""])[0])
    before = drawn(picture)
    code.screenshot(path=PICTURES / f"{explorer}-before.png")

    slider.press("ArrowRight")
    expect(widget).to_contain_text((said or [""])[-1])
    expect(picture).not_to_have_attribute("src", before["src"])
    moved = drawn(picture)
    code.screenshot(path=PICTURES / f"{explorer}-moved.png")
    assert moved["png"] != before["png"]

    slider.press("ArrowLeft")
    expect(picture).not_to_have_attribute("src", moved["src"])
    assert drawn(picture)["png"] == before["png"]


def test_the_taxonomy_explorer_shows_the_chosen_type(open_lesson: Callable[[str], Page]):
    page = open_lesson("06_0_taxonomy")
    run(page, cell(page, "import torch").first)
    code = cell(page, "explore_taxonomy()")
    run(page, code)
    widget = code.locator(".jp-OutputArea-output .widget-vbox").first
    picture = widget.locator("img")
    pictures = [drawn(picture)]
    for chosen, said in [("one thing", "many-to-one"), ("a sequence", "aligned")]:
        widget.locator(".widget-dropdown", has_text="Output").first.locator("select").select_option(chosen)
        expect(widget).to_contain_text(said)
        expect(picture).not_to_have_attribute("src", pictures[-1]["src"])
        pictures.append(drawn(picture))
    first, many_to_one, again = (one["png"] for one in pictures)
    assert first == again != many_to_one
    code.screenshot(path=PICTURES / "explore_taxonomy.png")


def test_a_sentence_is_read_word_by_word(open_lesson: Callable[[str], Page]):
    """The whole notebook, its trainings included, as a reader runs it; then the reader types a sentence."""
    page = open_lesson("06_1_many_to_one")
    code = cell(page, "def pool(").first
    code.scroll_into_view_if_needed()
    write(page, code, reference("06_1_many_to_one", "pool"))
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    explorer = cell(page, "explore_sentiment(")
    explorer.scroll_into_view_if_needed()
    widget = explorer.locator(".jp-OutputArea-output .widget-vbox").first
    expect(widget).to_be_visible(timeout=300 * SECONDS)
    before = drawn(widget.locator("img"))
    explorer.screenshot(path=PICTURES / "explore_sentiment-before.png")
    widget.get_by_role("textbox").first.fill("a wonderful film , a dreadful ending")
    widget.get_by_role("textbox").first.press("Enter")
    picture = widget.locator("img")  # its turn comes when the kernel has run the cells further down
    expect(picture).not_to_have_attribute("src", before["src"], timeout=300 * SECONDS)
    explorer.screenshot(path=PICTURES / "explore_sentiment-typed.png")


def _number(page: Page, code: Locator) -> int:
    """Which code cell this is: it stays the same when its text changes."""
    return code.evaluate("cell => [...document.querySelectorAll('.jp-Notebook .jp-CodeCell')].indexOf(cell)")


def reference(lesson: str, question: str) -> str:
    """The answer of the instructor edition."""
    nb = nbformat.read(PROJECT / "notebooks" / path_of(lesson), as_version=4)
    return next(one.source for one in nb.cells if one.metadata.get("nbgrader", {}).get("grade_id") == question)


def drawn(picture: Locator) -> dict:
    """A picture's address and its bytes, once it is on the screen."""
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("complete", True)
    return picture.evaluate(
        "async img => ({src: img.src, png: [...new Uint8Array(await (await fetch(img.src)).arrayBuffer())].join()})"
    )
