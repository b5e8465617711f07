"""One table of all benchmarks, written into README.md: `make bench`.

A benchmark is a script beside this one with a function `rows()`, which measures one claim: two ways side by side in one
run. Each runs in a process of its own, so that none finds a Python that another one has warmed up or filled.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import platform
import re
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from pathlib import Path

Row = tuple[str, str, str, str]  # what was measured, here, what it is compared with, the ratio

FOLDER = Path(__file__).parent
README = FOLDER.parent / "README.md"
BEGIN, END = "<!-- benchmarks -->", "<!-- end -->"
HEAD = [("what", "here", "compared with", "ratio"), ("---", "---:", "---:", "---:")]


def markdown(rows: Iterable[Row]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in [*HEAD, *rows])


def show(rows: Iterable[Row]) -> None:
    print(markdown(rows))


def scripts() -> list[str]:
    """The names of all benchmarks, those that others add as well."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if "\ndef rows(" in path.read_text(encoding="utf-8"))


def machine() -> str:
    """A sentence on what it was measured with."""
    versions = ", ".join(f"{name} {version(name).partition('+')[0]}" for name in ("torch", "nbgrader", "nbclient"))
    return f"Measured by `make bench` on {os.cpu_count()} cores with Python {platform.python_version()}, {versions}."


def with_table(readme: str, rows: Iterable[Row]) -> str:
    """The text of README.md with a new table between its two marks.

    Raises:
        ValueError: a mark is missing.
    """
    if not re.search(f"{BEGIN}.*{END}", readme, re.DOTALL):
        raise ValueError(f"README.md has no place for the table: it needs the lines {BEGIN} and {END}.")
    table = f"{BEGIN}\n{machine()} Medians; the claims are the ratios.\n\n{markdown(rows)}\n{END}"
    return re.sub(f"{BEGIN}.*{END}", lambda _: table, readme, flags=re.DOTALL)


def _rows_of(script: str) -> list[Row]:
    return importlib.import_module(script).rows()


def main() -> None:
    rows = []
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), max_tasks_per_child=1) as fresh_process:
        for script in scripts():
            print(f"benchmarks/{script}.py", flush=True)
            rows += fresh_process.submit(_rows_of, script).result()
            README.write_text(with_table(README.read_text(encoding="utf-8"), rows), encoding="utf-8")
    show(rows)


if __name__ == "__main__":
    main()
