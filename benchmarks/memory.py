"""The memory that grading the Elman lesson takes, at its peak: of each process, and for each submission being graded.

A page that several processes share, such as those that a forked kernel has from its zygote, counts once.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from grading import PROJECT, make_course
from table import Row, show
from watch import KERNEL, MAIN, TESTS, WORKER, ZYGOTE, Look, Seen, watch

ALLOWED = 600  # MB for each submission being graded
PARTS = {
    MAIN: "the main process",
    WORKER: "a worker",
    ZYGOTE: "a worker's zygote",
    TESTS: "a worker's hidden tests",
    KERNEL: "a student's kernel",
}


def rows(num_students: int = 12) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder) / "course"
        make_course(course, num_students)
        shutil.copy(PROJECT / "nbgrader_config.py", course)
        return rows_of(watch(course, interval=0.1))


def rows_of(looks: list[Look]) -> list[Row]:
    peaks = {name: _peak(looks, lambda seen, role=role: seen.role == role) for role, name in PARTS.items()}
    each = _peak(looks, lambda seen: seen.worker)
    parts = [(f"memory of {name}", f"{peak:.0f} MB", "", "") for name, peak in peaks.items()]
    what = "memory for each submission being graded: worker, zygote, hidden tests and kernel together"
    return [*parts, (what, f"{each:.0f} MB", f"at most {ALLOWED} MB", f"{each / ALLOWED:.2f}")]


def _peak(looks: list[Look], counts: Callable[[Seen], bool]) -> float:
    """The most MB that what counts has held together, in one worker or in the main process."""
    return max(sum(_by_worker(look, counts, worker)) for look in looks for worker in _workers(look)) / 2**20


def _by_worker(look: Look, counts: Callable[[Seen], bool], worker: int) -> list[int]:
    return [seen.memory for seen in look.processes if seen.worker == worker and counts(seen)]


def _workers(look: Look) -> set[int]:
    return {seen.worker for seen in look.processes}


if __name__ == "__main__":
    show(rows())
