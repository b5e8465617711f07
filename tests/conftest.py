"""What several tests start from."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from mini_course import ASSIGNMENT, PROJECT, make_course
from nbformat.v4 import new_output
from playwright.sync_api import Browser, expect, sync_playwright

from rnncourse.grading.edition import release

SWITCHES = [
    "--no-sandbox",  # chromium refuses to run as root with it
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
OUTPUTS = {
    "print(double(torch.ones(3)))": "tensor([2., 2., 2.])\n",
    "print(running_sum(torch.ones(3)))": "tensor([1., 2., 3.])\n",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """nbval has no option for the wait between a cell's end and its last output: 5 s are short on a busy machine."""
    for item in items:
        if hasattr(item, "output_timeout"):
            item.output_timeout = 60


@pytest.fixture(scope="session")
def student_edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project's student edition. Read it only: every test of the session sees the same folder."""
    folder = tmp_path_factory.mktemp("release") / "student"
    release(PROJECT, folder)
    return folder


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of one short lesson, executed, that a release can be made of."""
    root = make_course(tmp_path / "course")
    for name in ("pyproject.toml", "constraints.txt", "environment.yml"):
        shutil.copy(PROJECT / name, root)
    shutil.copytree(PROJECT / "rnncourse", root / "rnncourse", ignore=shutil.ignore_patterns("__pycache__"))
    lesson = root / "notebooks" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    nb = nbformat.read(lesson, as_version=4)
    for count, cell in enumerate((cell for cell in nb.cells if cell.cell_type == "code"), 1):
        cell.execution_count = count
        if cell.source in OUTPUTS:
            cell.outputs = [new_output("stream", name="stdout", text=OUTPUTS[cell.source])]
    nbformat.write(nb, lesson)
    return root


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium, headless."""
    expect.set_options(timeout=60_000)  # what a busy machine may take for what has to come in the end
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def jupyter(capsys: pytest.CaptureFixture) -> Iterator[Callable[[str], str]]:
    """Runs a cell in a real IPython and returns what it shows."""
    shell = InteractiveShell.instance(colors="nocolor")

    def run(cell: str) -> str:
        shell.run_cell(cell)
        captured = capsys.readouterr()
        return captured.out + captured.err

    yield run
    InteractiveShell.clear_instance()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How often right answers were graded, and how often one lost a point."""
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    counted = [dict(report.user_properties) for report in reports if getattr(report, "when", "") == "teardown"]
    gradings = sum(properties.get("gradings", 0) for properties in counted)
    if gradings:
        flakes = sum(properties.get("flakes", 0) for properties in counted)
        terminalreporter.write_line(f"Right answers: graded {gradings} times, {flakes} lost points.")
