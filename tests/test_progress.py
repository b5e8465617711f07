"""`rnncourse progress` and the start page: what is done and what is left, as the notebooks lie on the disk."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from mini_course import ASSIGNMENT, DOUBLE, PROJECT
from nbclient import NotebookClient
from nbformat.v4 import new_markdown_cell, new_output
from test_student_check import Student

from rnncourse.grading.edition import release
from rnncourse.progress import SECTION, NoCourse, State, as_markdown, find_course, progress
from rnncourse.start_page import NAME

PRINTED = "tensor([2., 2., 2.])\n"
LESSONS = sorted(PROJECT.glob("notebooks/*/*.ipynb"))


@pytest.fixture
def folder(course: Path, tmp_path: Path) -> Path:
    release(course, tmp_path / "student")
    return tmp_path / "student"


@pytest.fixture
def student(folder: Path) -> Student:
    return Student(folder, f"notebooks/{ASSIGNMENT}/{ASSIGNMENT}.ipynb")


def states(folder: Path) -> list[State]:
    (lesson,) = progress(folder)
    return [question.state for question in lesson.questions]


def run(student: Student, question: str, count: int, text: str = PRINTED, error: bool = False) -> None:
    """What JupyterLab stores when an answer's cell and then its check have been run."""
    for cell in student.nb.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name == question:
            cell.execution_count = count
        if name == f"check_{question}":
            output = new_output("error", ename="CheckFailed", evalue="", traceback=[])
            cell.outputs = [output if error else new_output("stream", name="stdout", text=text)]
            cell.execution_count = count + 1


def say(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "rnncourse", "progress", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_points_count_once_the_check_of_an_answer_was_run_and_fits(student, folder):
    assert states(folder) == [State.OPEN, State.OPEN]
    student.write(double=DOUBLE)
    assert states(folder) == [State.UNCHECKED, State.OPEN], "written, and nobody has looked"
    run(student, "double", 4, error=True)
    student.write()
    assert states(folder) == [State.WRONG, State.OPEN]
    run(student, "double", 6)
    student.write()
    assert states(folder) == [State.DONE, State.OPEN]
    for cell in student.nb.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "double":
            cell.execution_count = 9
    student.write()
    assert states(folder) == [State.UNCHECKED, State.OPEN], "run again since its check"


def test_the_reference_output_of_a_fresh_lesson_is_nobodys_success(student, folder):
    """Copied over one's own, as the student's README says, and an answer written into it."""
    student.path.write_bytes((folder / ".released" / student.path.name).read_bytes())
    student.nb = nbformat.read(student.path, as_version=4)
    student.write(double=DOUBLE)
    assert any(cell.get("outputs") for cell in student.nb.cells)
    assert states(folder) == [State.UNCHECKED, State.OPEN]


def test_the_command_says_what_is_left_and_where_points_are(student, folder):
    student.write(double=DOUBLE)
    run(student, "double", 2)
    student.write()
    done = say(student.path.parent)
    assert done.stdout == (
        f"○ {ASSIGNMENT}    2 of 6  running_sum\n\n"
        "Points of visible checks: 2 of 6. Hidden tests and people grade more than this.\n"
    )
    assert (done.returncode, done.stderr) == (0, "")


BROKEN = {
    "half saved": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "empty": lambda path: path.write_bytes(b""),
    "not text": lambda path: path.write_bytes(b"\xff\xfe\x00"),
    "another JSON": lambda path: path.write_text('{"nbformat": 4, "cells": [{"cell_type": "code", "metadata": 3}]}'),
    "no notebook's JSON": lambda path: path.write_text("[1, 2]"),
    "gone": Path.unlink,
}


@pytest.mark.parametrize("spoil", BROKEN.values(), ids=BROKEN.keys())
def test_a_notebook_that_cannot_be_read_is_told_and_left_as_it_is(student, folder, spoil):
    spoil(student.path)
    before = student.path.read_bytes() if student.path.exists() else None
    (lesson,) = progress(folder)
    assert lesson.problem and (lesson.done, lesson.points) == (0, 6)
    assert (student.path.read_bytes() if student.path.exists() else None) == before
    done = say(folder)
    assert (done.returncode, done.stderr) == (0, "") and "0 of 6" in done.stdout


def test_a_lost_cell_is_named_and_a_folder_outside_the_course_refused(student, folder, tmp_path):
    student.nb.cells = [cell for cell in student.nb.cells if "def double" not in cell.source]
    student.write()
    assert states(folder) == [State.GONE, State.OPEN]
    with pytest.raises(NoCourse):
        find_course(tmp_path)
    refused = say(tmp_path)
    assert (refused.returncode, refused.stdout, len(refused.stderr.splitlines())) == (2, "", 1)


def test_the_start_page_has_todays_table_and_keeps_its_readers_notes(course, student, folder):
    def table() -> str:
        return nbformat.read(folder / NAME, as_version=4).cells[-1].outputs[0].data["text/markdown"]

    assert f"](notebooks/{ASSIGNMENT}/{ASSIGNMENT}.ipynb)" in table() and "0 of 6" in table()
    page = nbformat.read(folder / NAME, as_version=4)
    page.cells.insert(0, new_markdown_cell("Ask about the padding."))
    nbformat.write(page, folder / NAME)
    student.write(double=DOUBLE)
    run(student, "double", 2)
    student.write()
    assert NAME not in release(course, folder).kept
    assert "2 of 6" in table()
    assert nbformat.read(folder / NAME, as_version=4).cells[0].source == "Ask about the padding."
    (folder / NAME).write_text("my own")
    release(course, folder)
    assert (folder / NAME).read_text() == "my own"


def test_the_start_page_shows_the_table_when_its_cell_is_run(student_edition):
    page = nbformat.read(student_edition / NAME, as_version=4)
    stored = page.cells[-1].outputs[0].data["text/markdown"]
    NotebookClient(page, resources={"metadata": {"path": str(student_edition)}}).execute()
    assert page.cells[-1].outputs[0].data["text/markdown"] == stored == as_markdown(progress(student_edition))
    links = re.findall(r"\]\((.+?)\)", stored)
    assert len(links) == len(LESSONS)
    assert all((student_edition / link).is_file() for link in links)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_numbered_section_has_its_time_and_the_lesson_opens_with_their_sum(path):
    text = "\n\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown")
    assert len(SECTION.findall(text)) == len(re.findall(r"^## \d", text, re.MULTILINE))
    total = sum(int(number) * (60 if unit == "h" else 1) for _, number, unit in SECTION.findall(text))
    if said := re.search(r"About (\d+) minutes", text):
        assert abs(int(said[1]) - total) <= 5, f"{total} minutes in the headings"
