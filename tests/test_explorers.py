"""Every explorer in JupyterLab, by keyboard: its picture shows what the controls say, and Reset brings it back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from explorers import SECONDS, explorer, lab_with_explorers, lessons, opened, shut_down
from mini_course import PROJECT
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.browser

PICTURES = PROJECT / "test-results" / "explorers"
RIGHT, LEFT, UP, DOWN = (f"Arrow{way}" for way in ("Right", "Left", "Up", "Down"))
# In a menu that is closed JupyterLab takes the arrow keys for itself: Space opens it.
ABOVE, BELOW = ["Space", UP, "Enter"], ["Space", DOWN, "Enter"]

# For each explorer: by control the keys that are pressed there, or the text that is typed, and what the picture then
# says of itself. The controls come in the order of the Tab key.
MOVES = {
    "explore_receptive_field": {
        "Kernel size k": ([RIGHT], "kernel size 3.*Receptive field 29"),
        "Blocks": ([RIGHT], "dilations of the blocks 1, 2, 4, 8. Receptive field 61"),
        "Dilations": (ABOVE, "dilations of the blocks 1, 1, 1, 1. Receptive field 17"),
        "Output step t": ([LEFT], "17 inputs have a way to the output at step 31: those of 15 to 31"),
    },
    "explore_unrolled_network": {
        "Step": ([RIGHT] * 8, r"states up to h_6 = .* gradients from step 6 back to step 5"),
        "Spectral radius": (BELOW, r"gradients from step 6 back to step 5, where it is \("),
    },
    "explore_vanishing_gradient": {
        "Weights": (BELOW, "orthogonal weights with spectral radius 0.9"),
        "Spectral radius": ([RIGHT], "orthogonal weights with spectral radius 0.95"),
        "Steps back k": ([RIGHT, RIGHT], "The mark is at k = 12"),
    },
    "explore_gate": {
        "z, keeping": ([LEFT], "The gate is 0.94, except"),
        "z, writing": ([LEFT], "where it is 0.05"),
        "Write at step": ([RIGHT], "except at steps 5 and 20"),
        "And at step": ([RIGHT], "except at steps 5 and 21"),
    },
    "explore_lstm": {
        "Step": ([LEFT] * 3, r"Read so far: \+·\+\?·R\+\. "),
        "Forget bias": ([RIGHT], r"Cell: 0.00, 0.50, 0.49, 0.99"),
        "Sequence": (BELOW, r"Read so far: \+······\. "),
    },
    "explore_reset_gate": {
        "r of unit 1": ([RIGHT], r"at r = \(0.05, 1\), z = 0.6"),
        "r of unit 2": ([LEFT], r"at r = \(0.05, 0.95\), z = 0.6"),
        "z of both": ([LEFT], r"at r = \(0.05, 0.95\), z = 0.55"),
        "b_hh": ([RIGHT], "largest state of unit 1"),
    },
    "explore_sample_problem": {
        "Sequence": ("4242", "right would be 0, 0, 0, 100. Below, the state of Elman over 4 steps"),
        "State of": (BELOW, "the state of gated over 4 steps"),
    },
    "explore_taxonomy": {
        "Input": (ABOVE, "type one-to-many. One x leads into h_1"),
        "Output": (ABOVE, "type one-to-one. x leads into h"),
        "Outputs come": (BELOW, "type one-to-one. x leads into h"),
    },
    "explore_sentiment": {"Sentence": ("a wonderful film", r"after each word: a \d+, wonderful \d+, film \d+\.")},
    "explore_text": {
        "Class": (BELOW, "At temperature 0.7 the network wrote"),
        "Temperature": ([LEFT], "At temperature 0.6 the network wrote"),
        "Seed": ([RIGHT], "At temperature 0.6 the network wrote"),
        "Step": ([RIGHT], "Symbol 6 is marked"),
    },
    "explore_tune": {
        "Temperature": ([RIGHT], "At temperature 0.8 the network wrote"),
        "Step": ([LEFT], "Symbol 4 is marked"),
    },
    "explore_motion": {
        "Digit": (ABOVE, "4 points"),
        "Temperature": ([LEFT], "4 points"),
        "Seed": ([RIGHT], "4 points"),
        "Points drawn": ([RIGHT] * 4, "The way of a pen, 8 points.*"),
    },
    "explore_captions": {
        "Picture": ([RIGHT], "Picture 1, and the words"),
        "Words": ([LEFT, LEFT], r"in per cent: [^,]+ \d+\.$"),
    },
    "explore_tags": {
        "Sentence": ("dogs bark .", r"in per cent: dogs \w+ \d+, bark \w+ \d+, \. \w+ \d+\."),
        "Words read": ([LEFT], r"in per cent: dogs \w+ \d+, bark \w+ \d+\."),
    },
    "explore_decoder(dates_net": {
        "English": ("May 5, 1980", "symbol 1 of the translation"),
        "Step": ([RIGHT], "symbol 2 of the translation"),
    },
    "explore_decoder(attentive": {
        "English": ("six hundred", r"The decoder looks most at (six|hundred), with"),
        "Step": ([RIGHT], r"symbol \d of the translation"),
    },
}
MOST_STOPS = 12  # of the Tab key, before it comes to Reset
UNCHANGED = {("explore_taxonomy", "Outputs come")}  # matters only where both sides are sequences

FOCUSED = """() => {
  const focused = document.activeElement, control = focused.closest(".widget-inline-hbox, button");
  return control ? (control.querySelector("label") ?? control).innerText : focused.tagName;
}"""
VISIBLY = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" || style.boxShadow !== "none";
}"""


@pytest.fixture(scope="module")
def page_of(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Page]]:
    """The page of a lesson. Pages are kept until another lesson is asked for: its kernel ends, too."""
    pages: dict[str, Page] = {}

    def page(lesson: str) -> Page:
        if lesson not in pages:
            leave()
            pages[lesson] = opened(browser, address, lesson)
        return pages[lesson]

    def leave() -> None:
        while pages:
            pages.popitem()[1].close()
        shut_down(address)

    PICTURES.mkdir(parents=True, exist_ok=True)
    with lab_with_explorers(tmp_path_factory.mktemp("explorers")) as address:
        yield page
        leave()


def all_explorers() -> list[tuple[str, str]]:
    return [(lesson, cell.rsplit("\n", 1)[-1]) for lesson, cells in lessons().items() for cell in cells]


def moves_of(call: str) -> dict[str, tuple]:
    (moves,) = (moves for name, moves in MOVES.items() if call.startswith((f"{name}(", f"{name},")))
    return moves


@pytest.mark.parametrize(
    ("lesson", "call"),
    [(lesson, call) for lesson, call in all_explorers() if call != "explore_layers()"],
    ids=lambda text: text.split("(")[0],
)
def test_the_keyboard_moves_the_picture_and_reset_brings_it_back(page_of: Callable, lesson: str, call: str):
    page, moves = page_of(lesson), dict(moves_of(call))
    widget = explorer(page, call)
    picture = widget.locator("img")
    first = picture.get_attribute("src")
    widget.screenshot(path=PICTURES / f"{lesson}-{call.split('(')[0]}.png")
    widget.locator("select, input, [role=slider]").first.focus()
    for _ in range(MOST_STOPS):
        if (control := page.evaluate(FOCUSED)) == "Reset":
            break
        assert page.evaluate(VISIBLY), f"{control} has the focus, and nothing shows it"
        if control in moves:
            before = picture.get_attribute("src")
            press(page, *moves.pop(control), picture)
            if (call.split("(")[0], control) not in UNCHANGED:
                expect(picture).not_to_have_attribute("src", before)
        page.keyboard.press("Tab")
    assert moves == {}
    assert picture.get_attribute("src") != first
    page.keyboard.press("Enter")
    expect(picture).to_have_attribute("src", first, timeout=120 * SECONDS)


def press(page: Page, keys: list[str] | str, words: str, picture: Locator) -> None:
    """Press keys, or type a text in place of the old one, until the picture says something."""
    if isinstance(keys, str):
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(keys)
        page.keyboard.press("Enter")
    else:
        for key in keys:
            page.keyboard.press(key)
    expect(picture).to_have_attribute("alt", re.compile(words), timeout=120 * SECONDS)


def test_the_grid_of_layers_works_by_keyboard(page_of: Callable):
    page = page_of("04_lstm")
    widget = explorer(page, "explore_layers()")
    state = widget.get_by_role("button", name="h₁³")
    state.focus()
    page.keyboard.press("Enter")
    expect(widget).to_contain_text("layer 3, t = 1): output[0, n].")
    expect(widget.get_by_role("button", name="output")).to_have_count(1)
    widget.get_by_role("checkbox", name="batch_first").focus()
    page.keyboard.press("Space")
    expect(widget).to_contain_text("Nothing clicked yet.")
    widget.get_by_role("button", name="Show all").focus()
    page.keyboard.press("Enter")
    expect(widget.get_by_role("button", name="both", exact=True)).to_have_count(1)
    widget.screenshot(path=PICTURES / "04_lstm-explore_layers.png")
    widget.get_by_role("button", name="Reset").focus()
    page.keyboard.press("Enter")
    expect(state).to_have_count(1)
    expect(widget.get_by_role("button", name="both", exact=True)).to_have_count(0)
