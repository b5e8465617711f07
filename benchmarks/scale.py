"""What bounds a large class: workers grade side by side, one process writes the gradebook.

`rows` measures the writer with synthetic submissions, all copies of one graded notebook, and a Dask cluster on this
machine with one worker and with two.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

import nbformat

PROJECT = Path(__file__).parents[1]
sys.path += [str(PROJECT / "tests"), str(Path(__file__).parent)]

import mini_course  # noqa: E402
from grading import make_course, measure  # noqa: E402

from rnncourse.grading.course import Course  # noqa: E402
from rnncourse.grading.grade import grade_file  # noqa: E402
from rnncourse.grading.submissions import Submission  # noqa: E402

SYNTHETIC = 2000
STUDENTS = 24


def seconds_to_record(root: Path, submissions: int) -> tuple[list[float], list[float]]:
    """Of each submission: into the gradebook, and its feedback."""
    course = Course(mini_course.make_course(root))
    course.register_lessons()
    path = mini_course.hand_in(root, "someone", mini_course.submission())
    nb = grade_file(course.lessons[0], path)
    recording, feedback = [], []
    for number in range(submissions):
        one = Submission(f"student{number:06}", course.lessons[0], path)
        begin = time.perf_counter()
        graded = nbformat.from_dict(nb)
        course.record(one, graded)
        middle = time.perf_counter()
        course.write_feedback(one, graded)
        recording.append(middle - begin)
        feedback.append(time.perf_counter() - middle)
    return recording, feedback


def rows(synthetic: int = SYNTHETIC, students: int = STUDENTS) -> list[tuple[str, str, str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        recording, feedback = seconds_to_record(Path(folder) / "writer", synthetic)
        quarter = synthetic // 4
        first, last = (synthetic_rate(part) for part in (recording[:quarter], recording[-quarter:]))
        both = synthetic_rate([a + b for a, b in zip(recording, feedback, strict=True)])
        rates = {}
        for workers in (1, 2):
            root = Path(folder) / f"workers{workers}"
            make_course(root, students)
            (root / "nbgrader_config.py").write_text((PROJECT / "nbgrader_config.py").read_text())
            options = ("--cluster", "local", "--jobs", str(workers))
            seconds, _ = measure(root, "rnncourse", "grade", "submitted", *options)
            rates[workers] = 60 * students / seconds
    return [
        (
            f"recording in the gradebook, the last against the first quarter of {synthetic:,} (a second)",
            f"{last:.0f}",
            f"{first:.0f}",
            f"{last / first:.2f}",
        ),
        (
            "the single writer, recording against recording with feedback pages (a second)",
            f"{both:.0f}",
            f"{synthetic_rate(recording):.0f}",
            f"{both / synthetic_rate(recording):.2f}",
        ),
        (
            f"{students} Elman notebooks on Dask, two workers against one (a minute, the start included)",
            f"{rates[2]:.0f}",
            f"{rates[1]:.0f}",
            f"{rates[2] / rates[1]:.2f}",
        ),
    ]


def synthetic_rate(seconds: list[float]) -> float:
    return 1 / statistics.median(seconds)


if __name__ == "__main__":
    from table import show

    show(rows())
