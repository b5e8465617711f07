"""A notebook as slides: what is on them, and every page of every lesson in a real browser."""

from __future__ import annotations

import gzip
import hashlib
import http.server
import json
import subprocess
import sys
import threading
from pathlib import Path

import nbformat
import pytest
from mini_course import PROJECT
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from PIL import Image
from playwright.sync_api import Browser, Page

from rnncourse import slides
from rnncourse.slides.deck import SHORT_CODE, deck

NOTEBOOKS = sorted(PROJECT.glob("notebooks/*/*.ipynb"))
PICTURES = PROJECT / "test-results" / "slides"
PRINTED = new_output("stream", name="stdout", text="12\n")
DRAWN = new_output("display_data", {"image/png": "iVBORw0KGgo=", "text/plain": "Figure"})
WIDGET = new_output("display_data", {"application/vnd.jupyter.widget-view+json": {}, "text/plain": "Box()"})

# Which cells


def typed(cell: NotebookNode, kind: str) -> NotebookNode:
    cell.metadata["slideshow"] = {"slide_type": kind}
    return cell


def shown(*cells: NotebookNode) -> list[tuple[str, str]]:
    """(slide type, source) of every cell of the deck; the source is empty where it is hidden."""
    found = deck(new_notebook(cells=list(cells))).cells
    hidden = [cell.metadata.get("transient", {}).get("remove_source") for cell in found]
    return [
        (cell.metadata.slideshow.slide_type, "" if hide else cell.source)
        for cell, hide in zip(found, hidden, strict=True)
    ]


def test_headings_begin_slides_and_other_text_goes_on():
    text = "intro\n\n## One\nfirst\n\n```python\n# no heading\n## nor this\n```\n\n### Below\nsecond\n\n## Two"
    assert shown(new_markdown_cell("# Title"), new_markdown_cell(text), new_markdown_cell("more")) == [
        ("slide", "# Title"),
        ("-", "intro"),
        ("slide", "## One\nfirst\n\n```python\n# no heading\n## nor this\n```"),
        ("subslide", "### Below\nsecond"),
        ("slide", "## Two"),
        ("-", "more"),
    ]


def test_code_is_shown_if_it_is_short_and_outputs_if_there_are_any():
    long = "\n".join(f"x = {n}" for n in range(SHORT_CODE + 1))
    assert shown(
        new_code_cell("print(12)", outputs=[PRINTED]),
        new_code_cell(long, outputs=[PRINTED]),
        new_code_cell("show(figure)", outputs=[DRAWN]),
        new_code_cell("import torch"),
        new_code_cell("explore()", outputs=[WIDGET]),
        new_raw_cell("raw"),
    ) == [("-", "print(12)"), ("-", ""), ("-", "")]


def test_a_slide_type_of_ones_own_counts_and_what_is_folded_is_hidden():
    long = "\n".join(f"x = {n}" for n in range(SHORT_CODE + 1))
    folded = new_code_cell("secret()", outputs=[PRINTED], metadata={"jupyter": {"source_hidden": True}})
    assert shown(
        typed(new_markdown_cell("## Not this one"), "skip"),
        typed(new_markdown_cell("plain"), "slide"),
        typed(new_code_cell(long), "fragment"),
        typed(new_markdown_cell("# said\n\n# aloud"), "notes"),
        folded,
    ) == [("slide", "plain"), ("fragment", long), ("notes", "# said\n\n# aloud"), ("-", "")]


def test_a_question_and_its_check_stay_out_and_the_notebook_stays_as_it_is():
    nb = nbformat.read(PROJECT / "notebooks" / "02_elman" / "02_elman.ipynb", as_version=4)
    before = nbformat.writes(nb)
    sources = "\n".join(cell.source for cell in deck(nb).cells)
    assert "BEGIN SOLUTION" not in sources and "check_elman_step" not in sources and "## 2.2" in sources
    assert nbformat.writes(nb) == before


# The command


@pytest.mark.parametrize(
    ("content", "to", "sentence"),
    [
        (nbformat.writes(new_notebook(cells=[typed(new_markdown_cell("# No"), "skip")])), "slides", "Nothing of"),
        ("{", "slides", "cannot be read as a notebook"),
        (None, "slides", r"cannot be read \(No such file"),
        (nbformat.writes(new_notebook(cells=[new_markdown_cell("# Yes")])), "file", "could not be written into"),
    ],
)
def test_what_cannot_be_shown_is_one_sentence(tmp_path: Path, content: str | None, to: str, sentence: str):
    (tmp_path / "file").write_text("")
    if content:
        (tmp_path / "talk.ipynb").write_text(content)
    with pytest.raises(slides.NoSlides, match=sentence):
        slides.export(tmp_path / "talk.ipynb", tmp_path / to)


def test_the_command_says_what_it_wrote(tmp_path: Path):
    nbformat.write(new_notebook(cells=[new_markdown_cell("# Title")]), tmp_path / "talk.ipynb")
    command = [sys.executable, "-m", "rnncourse", "slides", "talk.ipynb", "missing.ipynb"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == "wrote slides/talk.slides.html\n"
    assert done.stderr == "missing.ipynb cannot be read (No such file or directory).\n"


def test_what_the_slides_run_on_is_what_was_released():
    files = Path(slides.__file__).with_name("files")
    about = json.loads((files / "sources.json").read_text())
    assert {path.name for path in files.iterdir()} == {*about, "sources.json"}
    for name, source in about.items():
        assert hashlib.sha256(gzip.decompress((files / name).read_bytes())).hexdigest() == source["sha256"]


# In a browser

OVERFLOWING = """() => {
  const found = [];
  for (const slide of Reveal.getSlides()) {
    const { h, v } = Reveal.getIndices(slide);
    Reveal.slide(h, v, 99);
    for (const part of slide.querySelectorAll("*")) {
      const box = part.getBoundingClientRect();
      const outside = box.left < 0 || box.top < 0 || box.right > 1280.5 || box.bottom > 720.5;
      if (outside && !part.closest("mjx-assistive-mml, aside")) found.push([h, v, part.outerHTML.slice(0, 80)]);
    }
    if (slide.innerText.trim() === "" && !slide.querySelector("img")) found.push([h, v, "empty"]);
  }
  return found;
}"""
SMALLEST_TEXT = """() => Math.min(...[...document.querySelectorAll(".slides [style*=zoom]")]
  .filter((part) => !part.querySelector("img")).map((part) => parseFloat(part.style.zoom)), 1)"""


def opened(browser: Browser, path: Path) -> tuple[Page, list[str]]:
    """A page of slides, ready, and what went wrong or left the machine."""
    page, problems = browser.new_page(viewport={"width": 1280, "height": 720}), []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda request: problems.append(request.url) if not request.url.startswith(LOCAL) else None)
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready=yes]", timeout=60_000)
    return page, problems


LOCAL = ("file:", "data:", "blob:")


@pytest.mark.browser
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_slide_of_a_lesson_overflows_or_asks_a_network(notebook: Path, browser: Browser, tmp_path: Path):
    page, problems = opened(browser, slides.export(notebook, tmp_path))
    assert page.evaluate(OVERFLOWING) == []
    assert page.evaluate(SMALLEST_TEXT) >= 0.6
    assert page.locator("[data-mml-node=merror]").count() == 0
    assert page.locator("img[alt='A figure']").count() == 0
    played = [
        output for cell in deck(nbformat.read(notebook, as_version=4)).cells for output in cell.get("outputs", [])
    ]
    assert page.locator("audio").count() == sum(
        "<audio" in output.get("data", {}).get("text/html", "") for output in played
    )
    assert page.evaluate("document.querySelector('.slides').innerText.match(/\\\\$[^$]+\\\\$/)") is None
    assert page.title() == page.locator("h1").first.inner_text()
    assert problems == []
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.evaluate("Reveal.slide(1, 0, 99)")
    page.screenshot(path=PICTURES / f"{notebook.stem}.png")
    page.close()


@pytest.mark.browser
def test_too_much_for_a_page_is_carried_over_whole(browser: Browser, tmp_path: Path):
    """Fifty paragraphs, a table of forty rows, a line without a space, an announcement before what it announces."""
    paragraphs = "\n\n".join(f"Paragraph {n}. " + "All of it must be read. " * 6 for n in range(50))
    table = "| a | b |\n|---|---|\n" + "\n".join(f"| row {n} | {n} |" for n in range(40))
    cells = ["# Title", f"## Text\n\n{paragraphs}", f"## Table\n\nHere it is:\n\n{table}", f"## Line\n\n{'x' * 400}"]
    nbformat.write(new_notebook(cells=[new_markdown_cell(text) for text in cells]), tmp_path / "much.ipynb")
    page, problems = opened(browser, slides.export(tmp_path / "much.ipynb", tmp_path))
    assert page.evaluate(OVERFLOWING) == [] and problems == []
    assert page.evaluate(SMALLEST_TEXT) == 1
    text = page.evaluate("document.querySelector('.slides').textContent")
    assert all(f"Paragraph {n}. " in text for n in range(50)) and all(f"row {n}" in text for n in range(40))
    assert "Here it is:" in page.locator("section:has(> table)").first.text_content()
    assert page.locator("section > h2.continued", has_text="Text").count() >= 5
    page.close()


@pytest.mark.browser
def test_an_answer_waits_for_a_key_and_the_keys_go_through_all(browser: Browser, tmp_path: Path):
    cells = [
        new_markdown_cell("# Title"),
        new_markdown_cell("## Ask\n\nHow many are there?"),
        new_code_cell("print(12)", outputs=[PRINTED]),
        typed(new_markdown_cell("Said, not shown."), "notes"),
        new_markdown_cell("## End"),
    ]
    nbformat.write(new_notebook(cells=cells), tmp_path / "talk.ipynb")
    page, _ = opened(browser, slides.export(tmp_path / "talk.ipynb", tmp_path))
    answer = page.get_by_text("12", exact=True)
    page.keyboard.press("ArrowRight")
    assert page.get_by_text("How many are there?", exact=True).is_visible()
    assert "visible" not in answer.locator("xpath=ancestor::*[contains(@class, 'fragment')]").get_attribute("class")
    page.keyboard.press("ArrowRight")
    assert "visible" in answer.locator("xpath=ancestor::*[contains(@class, 'fragment')]").get_attribute("class")
    assert not page.get_by_text("Said, not shown.", exact=True).is_visible()
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("heading", name="End").is_visible()
    page.close()


@pytest.mark.browser
def test_a_picture_beside_the_notebook_is_carried_in_the_file(browser: Browser, tmp_path: Path):
    Image.new("RGB", (40, 30), "red").save(tmp_path / "mine.png")
    nbformat.write(new_notebook(cells=[new_markdown_cell("## One\n\n![a square](mine.png)")]), tmp_path / "talk.ipynb")
    exported = slides.export(tmp_path / "talk.ipynb", tmp_path / "slides")
    (tmp_path / "mine.png").unlink()
    page, problems = opened(browser, exported)
    assert page.get_by_alt_text("a square").evaluate("image => image.naturalWidth") == 40
    assert problems == []
    page.close()


@pytest.mark.browser
def test_whatever_a_notebook_holds_its_slides_ask_nobody(browser: Browser, tmp_path: Path):
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    html = f'<p>seen</p><img src="{address}/output.png"><script>fetch("{address}/script")</script>'
    cells = [
        new_markdown_cell(f'## Here\n\n![]({address}/text.png) <img src="{address}/tag.png">'),
        new_code_cell("1", outputs=[new_output("display_data", {"text/html": html})]),
    ]
    nbformat.write(new_notebook(cells=cells), tmp_path / "far.ipynb")
    page, _ = opened(browser, slides.export(tmp_path / "far.ipynb", tmp_path))
    assert page.get_by_text("seen", exact=True).is_visible()
    page.wait_for_timeout(300)
    page.close()
    server.shutdown()
    assert asked == []
