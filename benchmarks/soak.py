"""A thousand cheap submissions in one run: what the grader holds in the last quarter, and what it held in the first."""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "tests"))  # which is no package

import mini_course
from table import Row, show
from watch import KERNEL, MAIN, ORPHAN, WORKER, ZYGOTE, Look, watch

CHEAP = (  # answers of the mini course: one that is right, three that aren't, the last of which costs a kernel
    {},
    {"double": "def double(x):\n    return x"},
    {"running_sum": "def running_sum(x):\n    raise ValueError"},
    {"double": "import os\ndef double(x):\n    os._exit(1)"},
)


def cheap_class(root: Path, num_students: int) -> Path:
    mini_course.make_course(root)
    documents = [mini_course.submission(**answers) for answers in CHEAP]
    for student in range(num_students):
        mini_course.hand_in(root, f"student{student:04}", documents[student % len(documents)])
    return root


def rows(num_students: int = 1000) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        return rows_of(watch(cheap_class(Path(folder) / "course", num_students), interval=1.0), num_students)


def rows_of(looks: list[Look], num_students: int) -> list[Row]:
    """
    Raises:
        RuntimeError: a process or a temporary file is left at the end.
    """
    *running, end = looks
    if end.processes or end.temporary_files:
        raise RuntimeError(f"{len(end.processes)} processes and {end.temporary_files} temporary files are left.")
    return [
        _row(f"{num_students:,} submissions, {name}, last and first quarter", running, measure, unit)
        for name, (measure, unit) in MEASURES.items()
    ]


def _row(what: str, looks: list[Look], measure: Callable[[Look], float], unit: str) -> Row:
    """Medians of the quarters of the time from the first kernel to the last one."""
    graded = [i for i, look in enumerate(looks) if any(seen.role == KERNEL for seen in look.processes)]
    values = [measure(look) for look in looks[graded[0] : graded[-1] + 1]]
    quarter = -(-len(values) // 4)
    first, last = statistics.median(values[:quarter]), statistics.median(values[-quarter:])
    return what, f"{last:.0f}{unit}", f"{first:.0f}{unit}", f"{last / first:.2f}" if first else "–"


def _memory(*roles: str) -> Callable[[Look], float]:
    return lambda look: sum(seen.memory for seen in look.processes if seen.role in roles) / 2**20


def _files(role: str) -> Callable[[Look], float]:
    return lambda look: sum(seen.files for seen in look.processes if seen.role == role)


MEASURES = {
    "processes": (lambda look: len(look.processes), ""),
    "orphaned processes": (lambda look: sum(seen.role == ORPHAN for seen in look.processes), ""),
    "temporary files": (lambda look: look.temporary_files, ""),
    "open files of the main process": (_files(MAIN), ""),
    "open files of all workers": (_files(WORKER), ""),
    "memory of the main process": (_memory(MAIN), " MB"),
    "memory of all workers": (_memory(WORKER), " MB"),
    "memory of all zygotes": (_memory(ZYGOTE, KERNEL), " MB"),
}

if __name__ == "__main__":
    show(rows())
