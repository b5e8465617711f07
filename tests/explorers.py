"""The explorers of all lessons in JupyterLab: for each lesson a notebook of its explorers and what they stand on."""

from __future__ import annotations

import json
import shutil
import symtable
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import nbformat
from mini_course import PROJECT
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Browser, Locator, Page, expect
from servers import TOKEN, flags, free_port, serving

from rnncourse.grading.lessons import normalise

SECONDS = 1000
SHORT = "\n\nNUM_SEQUENCES = 1280"  # after the imports
SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},  # cells out of sight are there, too
    "apputils-extension/themes": {"theme": "JupyterLab Light"},
}


def lessons() -> dict[str, list[str]]:
    """Every lesson with explorers: its cells that show one."""
    found = {path.stem: [source for source in _code(path) if _explores(source)] for path in _notebooks()}
    return {lesson: cells for lesson, cells in found.items() if cells}


@contextmanager
def lab_with_explorers(folder: Path, theme: str = "JupyterLab Light") -> Iterator[str]:
    """The address of a JupyterLab over those notebooks, with the reference answers and short trainings."""
    shutil.copytree(PROJECT / "notebooks", folder / "notebooks")  # a lesson may borrow from another one
    for path in _notebooks():
        nb = new_notebook(cells=[new_code_cell(source) for source in _needed(_code(path))])
        normalise(nb)  # names the kernel
        nbformat.write(nb, folder / "notebooks" / path.parent.name / f"explorers_{path.name}")
    home, port = folder / "home", free_port()
    for name, settings in (SETTINGS | {"apputils-extension/themes": {"theme": theme}}).items():
        file = home / ".jupyter" / "lab" / "user-settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(settings))
    environment = [f"JUPYTER_CONFIG_PATH={PROJECT / '.jupyter'}", "RNNCOURSE_SHORT=1"]
    command = ["env", *environment, sys.executable, "-m", "jupyter", "lab", "--allow-root", *flags(port)]
    with serving(command, port, folder, home) as address:
        yield address


def opened(browser: Browser, address: str, lesson: str, width: int = 1280, height: int = 1000) -> Page:
    """A lesson's notebook with all its explorers drawn."""
    (path,) = PROJECT.glob(f"notebooks/*/{lesson}.ipynb")
    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_default_timeout(120 * SECONDS)
    page.goto(f"{address}/lab/tree/notebooks/{path.parent.name}/explorers_{path.name}?reset&token={TOKEN}")
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=120 * SECONDS)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    for cell in lessons()[lesson]:
        expect(explorer(page, cell)).to_be_visible(timeout=300 * SECONDS)
    return page


def shut_down(address: str) -> None:
    """End all kernels: none of the next lesson's explorers waits for one that nobody looks at."""
    with urllib.request.urlopen(f"{address}/api/kernels?token={TOKEN}") as answer:
        kernels = json.load(answer)
    for kernel in kernels:
        url = f"{address}/api/kernels/{kernel['id']}?token={TOKEN}"
        urllib.request.urlopen(urllib.request.Request(url, method="DELETE")).close()


def explorer(page: Page, cell: str) -> Locator:
    """What an explorer's cell shows."""
    last_line = cell.rsplit("\n", 1)[-1]
    code = page.locator(".jp-CodeCell").filter(has=page.locator(".cm-line", has_text=last_line))
    return code.locator(".jp-OutputArea-output > .widget-vbox")


def _notebooks() -> list[Path]:
    return sorted(PROJECT.glob("notebooks/*/*.ipynb"))


def _code(path: Path) -> list[str]:
    return [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def _explores(source: str) -> bool:
    return source.rsplit("\n", 1)[-1].startswith("explore_")


def _needed(sources: Sequence[str]) -> list[str]:
    """The cells that show an explorer and those that define what they use, in order."""
    kept, used = [], set()
    for source in reversed(sources):
        defines, uses = _names(source)
        if _explores(source) or defines & used:
            used = used - defines | uses
            kept.append(source + SHORT if "NUM_SEQUENCES" in defines else source)
    return kept[::-1]


def _names(source: str) -> tuple[set[str], set[str]]:
    """The global names that a cell defines, and those that it uses."""
    cell = symtable.symtable(source, "cell", "exec")
    defines = {name.get_name() for name in cell.get_symbols() if name.is_assigned() or name.is_imported()}
    waiting, uses = [cell], set()
    while waiting:
        table = waiting.pop()
        waiting += table.get_children()
        uses |= {name.get_name() for name in table.get_symbols() if name.is_referenced() and not name.is_local()}
        if table is cell:
            uses |= {name.get_name() for name in table.get_symbols() if name.is_referenced()}
    return defines, uses
