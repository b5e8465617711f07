"""Grades as the CSV files that Canvas and Moodle import.

`rnncourse export` writes them, and so does `nbgrader export --exporter=rnncourse.grading.exports.CanvasExport`. What is
not graded, or waits for a person, has no grade in the file; that is never a zero.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry, SubmittedAssignment
from nbgrader.plugins import ExportPlugin
from traitlets import Unicode

FORMULA = tuple("=+-@\t\r＝＋－＠")  # a spreadsheet computes a cell that begins like this
POINTS_POSSIBLE = "Points Possible"
ALL = [
    *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
    *("raw_score", "late_submission_penalty", "score", "max_score"),
]

Row = dict[str, str]


class CannotExport(ValueError):
    """Why there is no file: an assignment or a roster that cannot be used. One sentence."""


@dataclass(frozen=True)
class Student:
    """One student of the gradebook, with the grades that stand."""

    id: str
    first: str
    last: str
    email: str
    lms_id: str
    grades: dict[str, float]  # by assignment; who is not there has no grade


@dataclass(frozen=True)
class Grades:
    """What is exported."""

    possible: dict[str, float]  # the points of each assignment
    students: list[Student]
    remarks: list[str]


@dataclass(frozen=True)
class Roster:
    """A class as a learning platform lists it: the columns of its file, and a row for each student."""

    columns: list[str]
    rows: list[Row]
    possible: Row = field(default_factory=dict)  # Canvas's row of the points of each assignment


@dataclass
class Table:
    """A file to be, and what the instructor should know about it."""

    lines: list[list[str]]
    remarks: list[str] = field(default_factory=list)

    def write(self, path: Path) -> None:
        write_csv(path, self.lines)


def all_grades(gradebook: Gradebook) -> Table:
    """The columns and rows of nbgrader's own CSV, where a comma in a name would shift those behind it.

    As there, who handed nothing in has zero points.
    """
    lines = [ALL]
    for assignment in gradebook.assignments:
        submissions = {one.student.id: one for one in gradebook.assignment_submissions(assignment.name)}
        for student in gradebook.students:
            one = submissions.get(student.id)
            score, late = (one.score, one.late_submission_penalty) if one else (0.0, 0.0)
            who = (student.id, student.last_name, student.first_name, student.email)
            points = (score, late, max(0.0, score - late), assignment.max_score)
            line = (assignment.name, assignment.duedate, one and one.timestamp, *who, *points)
            lines.append(["" if cell is None else str(cell) for cell in line])
    return Table(lines)


def read_grades(gradebook: Gradebook, assignments: Iterable[str] = ()) -> Grades:
    """The grades that stand, for these assignments or for all that somebody has handed in.

    Raises:
        CannotExport: the gradebook doesn't know an assignment, or has no submission.
    """
    names = list(assignments) or [one.name for one in gradebook.assignments if one.num_submissions]
    if not names:
        raise CannotExport("The gradebook has no submission: grade some first.")
    possible, grades, remarks = {}, {}, []
    for name in names:
        try:
            possible[name] = gradebook.find_assignment(name).max_score
        except MissingEntry:
            raise CannotExport(f"The gradebook has no {name}: grade it first.") from None
        submissions = gradebook.assignment_submissions(name)
        for one in submissions:
            if not one.needs_manual_grade:
                grades.setdefault(one.student.id, {})[name] = _points(one)
        if unread := [one.student.id for one in submissions if one.needs_manual_grade]:
            remarks.append(f"{name}: no grade yet for {', '.join(unread)}; something waits for a person.")
    return Grades(possible, [_student(one, grades.get(one.id, {})) for one in gradebook.students], remarks)


def _student(found: object, grades: dict[str, float]) -> Student:
    known = (found.first_name, found.last_name, found.email, found.lms_user_id)
    return Student(found.id, *(text or "" for text in known), grades)


def _points(submission: SubmittedAssignment) -> float:
    return max(0.0, round(submission.score - submission.late_submission_penalty, 2))


def canvas(grades: Grades, file: Path | None = None) -> Table:
    """For Canvas's *Grades → Import*.

    Args:
        file: Canvas's own export of its gradebook. Its students, its columns of assignments, and its grades where there
            is none here are kept: then Canvas knows every student, and takes no assignment for a new one.

    Raises:
        CannotExport: the file is not such an export.
    """
    remarks = list(grades.remarks)
    if file is None:
        columns = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
        graded = [one for one in grades.students if one.grades]
        roster, found = _roster_of(graded, columns, _in_canvas), dict(enumerate(graded))
    else:
        roster = read_roster(file, ("Student", "ID", "Section"))
        columns = roster.columns[: roster.columns.index("Section") + 1]
        found = match(grades.students, roster.rows, ("SIS Login ID", "SIS User ID", "ID"), ("Student",), remarks)
    headings = {name: _heading(name, roster.columns) for name in grades.possible}
    for name, points in grades.possible.items():
        before = roster.possible.get(headings[name])
        if before and before != _number(points):
            remarks.append(f"{name} has {before} points in Canvas: the import makes them {_number(points)}.")
    lines = [
        [*columns, *headings.values()],
        [POINTS_POSSIBLE, *[""] * (len(columns) - 1), *map(_number, grades.possible.values())],
    ]
    for place, row in enumerate(roster.rows):
        own = found[place].grades if place in found else {}
        cells = [_number(own[name]) if name in own else row.get(heading, "") for name, heading in headings.items()]
        lines.append([*(row[column] for column in columns), *cells])
    return Table(lines, remarks)


def _in_canvas(student: Student) -> tuple[str, ...]:
    name = ", ".join(filter(None, [student.last, student.first])) or student.id
    return name, student.lms_id, "", student.id, ""


def _heading(assignment: str, columns: list[str]) -> str:
    """The column of an assignment that Canvas knows has its number behind the name."""
    known = re.compile(rf"{re.escape(assignment)} \(\d+\)")
    return next((column for column in columns if known.fullmatch(column)), assignment)


def moodle(grades: Grades, file: Path | None = None) -> Table:
    """For Moodle's *Grades → Import → CSV file*, where one column names the students and each other one is mapped.

    Moodle stops at a student whom it doesn't know, gives the grade of a row without an id to the row before, and reads
    an empty cell in a new column as zero. So only students with a grade are in the file, only ids that everyone has,
    and no grade is a dash.

    Args:
        file: Moodle's own list of the class (participants, or grades) with English headings: its ids are kept.

    Raises:
        CannotExport: the file is not such a list, or has no id that everyone has.
    """
    remarks = list(grades.remarks)
    ids, names = ("Username", "Email address", "ID number"), ("First name", "Last name")
    if file is None:
        graded = [one for one in grades.students if one.grades]
        roster, found = _roster_of(graded, [*ids, *names], _in_moodle), dict(enumerate(graded))
    else:
        roster = read_roster(file, names)
        found = match(grades.students, roster.rows, ids, names, remarks)
    rows = [(row, found[place].grades) for place, row in enumerate(roster.rows) if place in found]
    rows = [(row, own) for row, own in rows if own]
    kept = [name for name in ids if rows and name in roster.columns and all(row[name] for row, _ in rows)]
    if not kept:
        raise CannotExport(f"No student has a grade and an id: the list needs one of {', '.join(ids)}, for everyone.")
    lines = [[*kept, *names, *grades.possible]]
    for row, own in rows:
        points = [_number(own[name]) if name in own else "-" for name in grades.possible]
        lines.append([*(row[name] for name in (*kept, *names)), *points])
    return Table(lines, remarks)


def _in_moodle(student: Student) -> tuple[str, ...]:
    return student.id, student.email, student.lms_id, student.first, student.last


def _roster_of(students: list[Student], columns: list[str], cells: Callable[[Student], tuple[str, ...]]) -> Roster:
    return Roster(columns, [dict(zip(columns, cells(one), strict=True)) for one in students])


def match(
    students: list[Student], rows: list[Row], ids: Iterable[str], names: Iterable[str], remarks: list[str]
) -> dict[int, Student]:
    """Which student each row is, by its place: first by an id, then by the name that a zip of submissions has.

    Nobody is guessed: a student of whom there are two rows is in none. Those with a grade and no row, and the rows
    that are nobody's, are remarked.
    """
    found: dict[int, Student] = {}
    left = students
    for column in ids:
        known = [(one, {text.casefold() for text in (one.id, one.email, one.lms_id) if text}) for one in left]
        left = _fill(found, known, [row.get(column, "").casefold() for row in rows])
    known = [(one, {_letters(one.id)}) for one in left]
    left = _fill(found, known, [_letters("".join(row[name] for name in names)) for row in rows])
    if missing := [student.id for student in left if student.grades]:
        remarks.append(f"Not in the roster, so not in the file: {', '.join(missing)}.")
    if others := [" ".join(row[name] for name in names) for place, row in enumerate(rows) if place not in found]:
        remarks.append(f"In the roster, and not in the gradebook: {', '.join(others)}.")
    return found


def _fill(found: dict[int, Student], known: list[tuple[Student, set[str]]], cells: list[str]) -> list[Student]:
    """Adds the students whom one cell fits, and no other; returns those who are left."""
    places: dict[str, set[int]] = {}
    for place, cell in enumerate(cells):
        places.setdefault(cell, set()).add(place)
    left = []
    for student, texts in known:
        here = set().union(*(places.get(text, ()) for text in texts))
        if len(here) == 1 and not here & found.keys():
            found[here.pop()] = student
        else:
            left.append(student)
    return left


def read_roster(path: Path, needed: Iterable[str]) -> Roster:
    """A CSV file with a line of headings; a byte order mark, semicolons and tabs are fine.

    Raises:
        CannotExport: it cannot be read, or lacks a column.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            header = file.readline()
            file.seek(0)
            reader = csv.DictReader(file, delimiter=max(",;\t", key=header.count), restval="", restkey="")
            reader.fieldnames = [name.strip() for name in reader.fieldnames or []]
            rows = [{name: cell.strip() for name, cell in row.items() if name} for row in reader]
    except OSError as error:
        raise CannotExport(f"{path} cannot be read ({error.strerror}).") from None
    except (UnicodeDecodeError, csv.Error):
        raise CannotExport(f"{path.name} is no CSV file in UTF-8: give the file as the platform exports it.") from None
    for name in needed:
        if name not in reader.fieldnames:
            raise CannotExport(f"{path.name} has no column {name!r}: give the file as the platform exports it.")
    first = reader.fieldnames[0]
    possible = next((row for row in rows if POINTS_POSSIBLE in row[first]), {})
    return Roster(reader.fieldnames, [row for row in rows if row[first] and row is not possible], possible)


def _letters(text: str) -> str:
    """What is left of a name when case and all but letters and digits don't count."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def write_csv(path: Path, lines: list[list[str]]) -> None:
    """A file that a spreadsheet can open without computing a student's name."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([_harmless(cell) for cell in line] for line in lines)


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet computes: names are chosen by students. Numbers and a lone dash stay."""
    is_formula = cell.startswith(FORMULA) and not re.fullmatch(r"-?[\d.,]*", cell)
    return f"'{cell}" if is_formula else cell


def _number(points: float) -> str:
    return f"{points:.2f}".rstrip("0").rstrip(".")


PLATFORMS = {"canvas": canvas, "moodle": moodle}


class AllGrades(ExportPlugin):
    """What `nbgrader export` writes here."""

    def export(self, gradebook: Gradebook) -> None:
        table = all_grades(gradebook)
        wanted = [(self.assignment, ALL.index("assignment")), (self.student, ALL.index("student_id"))]
        for chosen, column in wanted:
            names = set(map(str, chosen))
            table.lines[1:] = [line for line in table.lines[1:] if not names or line[column] in names]
        table.write(Path(self.to or "grades.csv"))


class _RosterExport(ExportPlugin):
    roster = Unicode("", help="The class, as the learning platform exports it.").tag(config=True)
    platform = ""

    def export(self, gradebook: Gradebook) -> None:
        grades = read_grades(gradebook, map(str, self.assignment))
        if self.student:
            chosen = set(map(str, self.student))
            grades = replace(grades, students=[one for one in grades.students if one.id in chosen])
        table = PLATFORMS[self.platform](grades, Path(self.roster) if self.roster else None)
        table.write(Path(self.to or f"grades-{self.platform}.csv"))
        for remark in table.remarks:
            self.log.warning(remark)


class CanvasExport(_RosterExport):
    """For `nbgrader export --exporter=…`."""

    platform = "canvas"


class MoodleExport(_RosterExport):
    """For `nbgrader export --exporter=…`."""

    platform = "moodle"
