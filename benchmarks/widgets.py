"""From a key on an explorer's control to the new picture: in JupyterLab in a browser, and in CPU time without one.

The explorers and what they draw are the lessons' own. The first control that takes arrow keys is moved to and fro; the
page's own clock runs from the key to the frame after which the new picture is there. The browser, the server and the
kernel share the machine with whatever else runs; CPU seconds of the kernel's part hardly depend on it.
"""

from __future__ import annotations

import itertools
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from table import Row, show

sys.path.append(str(Path(__file__).parents[1] / "tests"))  # which is no package

from conftest import SWITCHES
from examples import gathered
from explorers import explorer, lab_with_explorers, lessons, opened, shut_down
from playwright.sync_api import Locator, Page, sync_playwright

MOVES = 40
LIMIT = 100  # ms: what a person calls at once
WAIT_FOR_THE_PICTURE = """(widget) => {
  const image = () => widget.querySelector("img").src;
  window.moved = new Promise((resolve) => {
    let pressed, before;
    widget.addEventListener("keydown", () => { pressed = performance.now(); before = image(); }, { once: true });
    const observer = new MutationObserver(() => {
      if (pressed === undefined || image() === before) return;
      observer.disconnect();
      widget.querySelector("img").decode().then(() =>
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pressed))));
    });
    observer.observe(widget, { subtree: true, childList: true, attributes: true });
    setTimeout(() => resolve(null), 10_000);  // a move that leaves the picture as it was
  });
}"""


def rows(moves: int = MOVES, only: str = "") -> list[Row]:
    """
    Args:
        moves: of each explorer.
        only: lessons whose name begins so.
    """
    return [*_in_the_browser(moves, only), _without_a_browser(moves)]


def _in_the_browser(moves: int, only: str) -> list[Row]:
    found = []
    with (
        tempfile.TemporaryDirectory() as folder,
        lab_with_explorers(Path(folder)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=SWITCHES)
        for lesson, cells in lessons().items():
            if lesson.startswith(only):
                page = opened(browser, address, lesson)
                for cell in cells:
                    call = cell.rsplit("\n", 1)[-1]
                    if (widget := explorer(page, cell)).get_by_role("slider").count():
                        found.append(_row(f"{lesson}, `{call.split('(')[0]}`", _milliseconds(page, widget, moves)))
                page.close()
                shut_down(address)
        browser.close()
    return found


def _milliseconds(page: Page, widget: Locator, moves: int) -> list[float]:
    """Of every move of the first slider but the first two that changes the picture, as the page's own clock has it."""
    slider = widget.get_by_role("slider").first
    times = []
    for key in itertools.islice(_to_and_fro(slider), moves + 2):
        widget.evaluate(WAIT_FOR_THE_PICTURE)
        slider.focus()
        page.keyboard.press(key)
        times.append(page.evaluate("window.moved"))
    if seen := [one for one in times[2:] if one is not None]:
        return seen
    raise RuntimeError("The explorer's first slider never changes its picture.")


def _to_and_fro(slider: Locator) -> itertools.cycle:
    at_the_end = slider.get_attribute("aria-valuenow") == slider.get_attribute("aria-valuemax")
    return itertools.cycle(("ArrowLeft", "ArrowRight") if at_the_end else ("ArrowRight", "ArrowLeft"))


def _without_a_browser(moves: int) -> Row:
    """The explorer whose pictures take longest, of those that the tests draw with stand-ins for trained networks."""
    slowest, times = max(
        (
            (explore.__name__, _cpu_milliseconds(explore(), moves, *next(iter(others.items()))))
            for explore, others in gathered("EXPLORERS").items()
        ),
        key=lambda pair: statistics.median(pair[1]),
    )
    return _row(f"the same without a browser, CPU time, the slowest of all: `{slowest}`", times)


def _cpu_milliseconds(widget, moves: int, name: str, other: object) -> list[float]:
    (control,) = (one for one in widget.children[1].children if one.description == name)
    times = []
    for value in itertools.islice(itertools.cycle([other, control.value]), moves + 2):
        begin = time.process_time()
        control.value = value
        times.append(1000 * (time.process_time() - begin))
    return times[2:]


def _row(what: str, times: list[float]) -> Row:
    p95 = statistics.quantiles(times, n=20, method="inclusive")[-1]
    text = f"{p95:.0f} ms (median {statistics.median(times):.0f})"
    return f"a key to the new picture, p95: {what}", text, f"{LIMIT} ms", f"{p95 / LIMIT:.2f}"


if __name__ == "__main__":
    show(rows(only=sys.argv[1] if len(sys.argv) > 1 else ""))
