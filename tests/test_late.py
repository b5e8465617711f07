"""What being late costs: the policy in nbgrader_config.py, a due date in the gradebook, a time beside the notebook."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from mini_course import ASSIGNMENT, DOUBLE, PROJECT, hand_in, make_course, submission
from nbgrader.api import Gradebook

from rnncourse.grading.arrival import handed_in
from rnncourse.grading.course import Course, Outcome, grade_all
from rnncourse.grading.submissions import find_submissions

WRONG = DOUBLE.replace("2 * x", "3 * x")  # 4 of 6 points
STAMPS = {
    "ada": "2026-03-01 11:59:00.000000 UTC",
    "bola": "2026-03-01 12:00:01 UTC",
    "chen": "2026-03-03 13:00:00+00:00",
    "dana": "some day",
}


def documented_policy() -> str:
    """The lines that docs/instructor.md tells to put into nbgrader_config.py."""
    blocks = re.findall(r"```python\n(.*?)```", (PROJECT / "docs" / "instructor.md").read_text(), re.DOTALL)
    return next(block for block in blocks if "LateSubmissionPlugin" in block)


def set_due_date(course: Path, duedate: str) -> None:
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        book.update_or_create_assignment(ASSIGNMENT, duedate=duedate)


def penalties(course: Path) -> dict[str, float]:
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        return {one.student.id: one.late_submission_penalty for one in book.assignment_submissions(ASSIGNMENT)}


def go_on(root: Path) -> dict[str, Outcome]:
    """What `rnncourse grade` does when everything was graded before: no worker is asked."""
    course = Course(root)
    submissions, _ = find_submissions([root / "submitted"], course.lessons, root / "scratch")
    return {outcome.submission.student: outcome for outcome in grade_all(course, submissions, executor=None)}


@pytest.mark.slow
def test_the_documented_policy_takes_points_off_and_gives_them_back(tmp_path: Path):
    course = make_course(tmp_path / "course")
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(documented_policy())
    for student, stamp in STAMPS.items():
        path = hand_in(course, student, submission(double=WRONG) if student == "chen" else submission())
        path.with_name("timestamp.txt").write_text(stamp)
    grade = [sys.executable, "-m", "rnncourse", "grade", "submitted"]
    done = subprocess.run(grade, cwd=course, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert penalties(course) == dict.fromkeys(STAMPS, 0)

    set_due_date(course, "2026-03-01 12:00:00 UTC")
    outcomes = go_on(course)
    assert penalties(course) == pytest.approx({"ada": 0, "bola": 0.6, "chen": 1.2, "dana": 0})
    assert outcomes["chen"].score == pytest.approx(2.8) and outcomes["chen"].remarks == ["Late: 1.2 points less."]
    assert "holds no time" in outcomes["dana"].remarks[0] and outcomes["ada"].remarks == []
    page = course / "feedback" / "bola" / ASSIGNMENT / f"{ASSIGNMENT}.html"
    assert "0.6 points were taken off because it was handed in late" in page.read_text()

    hand_in(course, "chen", None).with_name("timestamp.txt").write_text(STAMPS["ada"])  # corrected by the instructor
    go_on(course)
    assert penalties(course) == pytest.approx({"ada": 0, "bola": 0.6, "chen": 0, "dana": 0})
    set_due_date(course, "2026-04-01 12:00:00 UTC")
    go_on(course)
    assert penalties(course) == dict.fromkeys(STAMPS, 0) and "handed in late" not in page.read_text()


def unreadable(path: Path) -> None:
    path.write_bytes(b"\xff" * 10_000)


def elsewhere(path: Path) -> None:
    path.with_name("mine").write_text("2026-03-01 11:00:00 UTC")
    path.symlink_to(path.with_name("mine"))


@pytest.mark.parametrize("put", [unreadable, elsewhere, os.mkfifo, Path.mkdir])
def test_a_students_odd_timestamp_stops_nothing(tmp_path: Path, put):
    put(tmp_path / "timestamp.txt")
    time, why = handed_in(tmp_path)
    assert time is None and "holds no time" in why
