"""Grades for Canvas and Moodle: what their importers need, and what they do with a cell that is not as they expect."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from mini_course import ASSIGNMENT, make_course
from nbgrader.api import Gradebook

from rnncourse.grading.exports import CannotExport, Table, all_grades, canvas, moodle, read_grades

# id, first name, last name, email, id in the learning platform
STUDENTS = [
    ("ada", "Ada", "Lovelace, Countess", "Ada@x.org", "101"),
    ("lizhuang", None, None, None, None),  # as a zip of Canvas names 李 Zhuang's file
    ("mallory", '=HYPERLINK("http://127.0.0.1")', "@sum", "mallory@x.org", "103"),
    ("zoë", "Zoë", "Žďár", "zoe@x.org", "104"),
    ("absent", "Ab", "Sent", "absent@x.org", "105"),
]
CANVAS = """\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,02_elman (77),Other (78),Assignments Current Score
,,,,,Manual Posting,,
    Points Possible,,,,,10,5,(read only)
"Lovelace, Ada",101,S1,ada,"A, B",1,5,20
"Li, Zhuang",102,S2,zli,A,,4,
"Sum, Mallory",103,S3,MALLORY,A,,,
"Sent, Absent",105,S5,sent,A,8,,
"Student, Test",199,,b2f,A,,,
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A course with a gradebook as grading leaves it, without the grading. Read it only."""
    root = make_course(tmp_path_factory.mktemp("exports") / "course")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)  # nbgrader starts alembic
        fill(root)
        yield root


def fill(root: Path) -> None:
    with Gradebook(f"sqlite:///{root}/gradebook.db") as book:
        for name, text in ((ASSIGNMENT, False), ("02_elman", True), ("03_not_begun", False)):
            book.add_assignment(name)
            book.add_notebook(name, name)
            book.add_grade_cell("tests", name, name, max_score=6, cell_type="code")
            if text:
                book.add_grade_cell("text", name, name, max_score=4, cell_type="markdown")
        for student, first, last, email, number in STUDENTS:
            known = {"first_name": first, "last_name": last, "email": email, "lms_user_id": number}
            book.add_student(student, **known)
        hand_in(book, ASSIGNMENT, "ada", tests=4.126)
        hand_in(book, ASSIGNMENT, "lizhuang", tests=0)
        hand_in(book, ASSIGNMENT, "zoë", tests=6, late=1.5)
        hand_in(book, "02_elman", "ada", tests=6)  # nobody has read the text yet
        hand_in(book, "02_elman", "mallory", tests=5, text=2.5)


def hand_in(
    book: Gradebook, assignment: str, student: str, tests: float, text: float | None = None, late: float | None = None
) -> None:
    submission = book.add_submission(assignment, student)
    submission.notebooks[0].late_submission_penalty = late
    for grade in submission.notebooks[0].grades:
        score = tests if grade.name == "tests" else text
        grade.auto_score, grade.needs_manual_grade = score, score is None
    book.db.commit()


def table(course: Path, make, *arguments: object) -> Table:
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        return make(read_grades(book), *arguments)


def written(table: Table, path: Path) -> list[list[str]]:
    table.write(path)
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_canvas_gets_ids_and_no_zero_that_nobody_gave(course: Path, tmp_path: Path):
    made = table(course, canvas)
    assert written(made, tmp_path / "canvas.csv") == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", ASSIGNMENT, "02_elman"],
        ["Points Possible", "", "", "", "", "6", "10"],
        ["lizhuang", "", "", "lizhuang", "", "0", ""],
        ['\'@sum, =HYPERLINK("http://127.0.0.1")', "103", "", "mallory", "", "", "7.5"],
        ["Lovelace, Countess, Ada", "101", "", "ada", "", "4.13", ""],
        ["Žďár, Zoë", "104", "", "zoë", "", "4.5", ""],
    ]
    assert made.remarks == ["02_elman: no grade yet for ada; something waits for a person."]


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_class_from_canvas_keeps_its_rows_its_columns_and_its_grades(course: Path, tmp_path: Path, separator: str):
    roster = tmp_path / "roster.csv"
    with roster.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=separator).writerows(csv.reader(CANVAS.splitlines()))
    made = table(course, canvas, roster)
    assert written(made, tmp_path / "canvas.csv") == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", ASSIGNMENT, "02_elman (77)"],
        ["Points Possible", "", "", "", "", "6", "10"],
        ["Lovelace, Ada", "101", "S1", "ada", "A, B", "4.13", "1"],
        ["Li, Zhuang", "102", "S2", "zli", "A", "0", ""],
        ["Sum, Mallory", "103", "S3", "MALLORY", "A", "", "7.5"],
        ["Sent, Absent", "105", "S5", "sent", "A", "", "8"],
        ["Student, Test", "199", "", "b2f", "A", "", ""],
    ]
    assert made.remarks[1:] == [
        "Not in the roster, so not in the file: zoë.",
        "In the roster, and not in the gradebook: Student, Test.",
    ]


def test_points_that_differ_in_canvas_are_told(course: Path, tmp_path: Path):
    roster = tmp_path / "roster.csv"
    roster.write_text(CANVAS.replace(",10,5,", ",100,5,"))
    assert "02_elman has 100 points in Canvas: the import makes them 10." in table(course, canvas, roster).remarks


def test_two_students_of_one_name_are_not_mixed_up(course: Path, tmp_path: Path):
    roster = tmp_path / "roster.csv"
    roster.write_text(CANVAS + '"Li, Zhuang",110,S9,zli2,A,,,\n')
    made = table(course, canvas, roster)
    assert [line[5] for line in made.lines if line[0] == "Li, Zhuang"] == ["", ""]
    assert "Not in the roster, so not in the file: lizhuang, zoë." in made.remarks


def test_moodle_gets_only_ids_that_everyone_has_and_a_dash_for_no_grade(course: Path, tmp_path: Path):
    assert written(table(course, moodle), tmp_path / "moodle.csv") == [
        ["Username", "First name", "Last name", ASSIGNMENT, "02_elman"],
        ["lizhuang", "", "", "0", "-"],
        ["mallory", '\'=HYPERLINK("http://127.0.0.1")', "'@sum", "-", "7.5"],
        ["ada", "Ada", "Lovelace, Countess", "4.13", "-"],
        ["zoë", "Zoë", "Žďár", "4.5", "-"],
    ]


def test_a_class_from_moodle_is_found_by_its_emails_and_names(course: Path, tmp_path: Path):
    roster = tmp_path / "participants.csv"
    people = ["Ada,Lovelace,ADA@x.org", "Li,Zhuang,li@x.org", "M.,S.,mallory@x.org", "Ab,Sent,absent@x.org"]
    roster.write_text("\n".join(["First name,Last name,Email address", *people]))
    made = table(course, moodle, roster)
    assert written(made, tmp_path / "moodle.csv") == [
        ["Email address", "First name", "Last name", ASSIGNMENT, "02_elman"],
        ["ADA@x.org", "Ada", "Lovelace", "4.13", "-"],
        ["li@x.org", "Li", "Zhuang", "0", "-"],
        ["mallory@x.org", "M.", "S.", "-", "7.5"],
    ]


@pytest.mark.parametrize(
    ("make", "content", "sentence"),
    [
        (canvas, b"name,points\nada,1\n", "has no column 'Student'"),
        (moodle, b"Vorname,Nachname\n", "has no column 'First name'"),
        (moodle, b"First name,Last name\nLi,Zhuang\n", "needs one of Username, Email address, ID number"),
        (canvas, "Student,ID,Section\nŽ,1,A\n".encode("utf-16"), "no CSV file in UTF-8"),
        (canvas, b"", "has no column 'Student'"),
        (canvas, None, "cannot be read"),
    ],
)
def test_a_file_that_is_no_class_is_refused_in_a_sentence(course: Path, tmp_path: Path, make, content, sentence: str):
    roster = tmp_path / "roster.csv"
    if content is not None:
        roster.write_bytes(content)
    with pytest.raises(CannotExport, match=sentence):
        table(course, make, roster)


def test_all_grades_survive_the_names_that_people_have(course: Path, tmp_path: Path):
    with Gradebook(f"sqlite:///{course}/gradebook.db") as book:
        lines = written(all_grades(book), tmp_path / "grades.csv")
    of = {line[3]: dict(zip(lines[0], line, strict=True)) for line in lines if line[0] == ASSIGNMENT}
    assert (of["absent"]["last_name"], of["absent"]["score"]) == ("Sent", "0.0")
    assert (of["ada"]["last_name"], of["ada"]["score"]) == ("Lovelace, Countess", "4.126")
    zoe = [of["zoë"][name] for name in ("last_name", "raw_score", "late_submission_penalty", "score", "max_score")]
    assert zoe == ["Žďár", "6.0", "1.5", "4.5", "6.0"]
    assert len(lines) == 1 + 3 * len(STUDENTS)


def test_the_command_and_nbgraders_own_write_the_same_file(course: Path, tmp_path: Path):
    roster = tmp_path / "roster.csv"
    roster.write_text(CANVAS)
    own = ["rnncourse", "export", "canvas", f"--assignment={ASSIGNMENT}", f"--roster={roster}", "--to=own.csv"]
    exporter = "--exporter=rnncourse.grading.exports.CanvasExport"
    theirs = ["nbgrader", "export", exporter, f"--assignment={[ASSIGNMENT]}", f"--CanvasExport.roster={roster}"]
    for command in (own, theirs):
        done = subprocess.run([sys.executable, "-m", *command], cwd=course, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Not in the roster, so not in the file: zoë." in done.stdout + done.stderr
    assert (course / "own.csv").read_bytes() == (course / "grades-canvas.csv").read_bytes()
