"""Who handed in what: nbgrader's folders, a flat folder of notebooks, or a zip as a learning platform exports it."""

from __future__ import annotations

import errno
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from rnncourse.grading.lessons import Lesson
from rnncourse.grading.transplant import MAX_FILE_BYTES, BadSubmission, is_solution, read_submission

MAX_UNPACKED_BYTES = 4 * 2**30
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
CANVAS = re.compile(r"(?P<student>[^_]+)_(?:LATE_)?(?P<number>\d+)_\d+_")
MOODLE = re.compile(r"(?P<student>.+?)_(?P<number>\d+)_assignsubmission_file")
NOT_ONE_MEMBERS_FAULT = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
IGNORED = {"__MACOSX", ".ipynb_checkpoints"}
NOT_FOR_NBGRADER = re.compile(r"[*?\[\]\x00-\x1f\x7f\ud800-\udfff]|^\s|\s$")  # it looks for files by patterns


@dataclass(frozen=True)
class Submission:
    """One notebook of one student; the file may be missing or may not be a notebook at all."""

    student: str
    lesson: Lesson
    path: Path
    number: str = ""  # of the student on the learning platform, where the name of a file or folder has it


class UnusableInput(ValueError):
    """What was given to the grader holds no submissions; one sentence for the instructor."""


def find_submissions(paths: Iterable[Path], lessons: list[Lesson], scratch: Path) -> tuple[list[Submission], list[str]]:
    """All submissions in the given folders, notebooks and zips.

    Args:
        paths: ``submitted/`` in nbgrader's layout (student/assignment/notebook), a folder or zip of notebooks whose
            names hold the student and the lesson, or single notebooks.
        lessons: of this course.
        scratch: where zips are unpacked.

    Returns:
        The submissions, one for each student and lesson, and remarks about files that are none.

    Raises:
        UnusableInput: a path doesn't exist, or isn't a folder, notebook or zip.
    """
    found: dict[tuple[str, Lesson], Submission] = {}
    remarks: list[str] = []
    handed_in: list[Submission] = []
    for number, path in enumerate(paths):
        if path.suffix == ".zip" and path.is_file():
            path = _unpack(path, scratch / f"{number}-{path.stem}", remarks)
        handed_in += _in_path(path, lessons, remarks)
    for submission in _told_apart(handed_in, remarks):
        key = (submission.student, submission.lesson)
        if key in found:
            kept = submission.path.name
            remarks.append(f"{submission.student} handed in {submission.lesson.notebook} twice: {kept} counts.")
        found[key] = submission
    return list(found.values()), remarks


def _told_apart(handed_in: list[Submission], remarks: list[str]) -> list[Submission]:
    """Students of one name whom their platform knows under several numbers get these behind their names."""
    numbers: dict[str, set[str]] = {}
    for submission in handed_in:
        numbers.setdefault(submission.student, set()).add(submission.number)
    shared = {student for student, found in numbers.items() if len(found) > 1}
    remarks += [f"Several students are called {student}: their numbers tell them apart." for student in sorted(shared)]
    return [
        replace(one, student=f"{one.student}_{one.number}") if one.student in shared and one.number else one
        for one in handed_in
    ]


def _in_path(path: Path, lessons: list[Lesson], remarks: list[str]) -> Iterable[Submission]:
    if path.is_dir():
        in_layout = list(_nbgrader_layout(path, lessons, remarks))
        return in_layout or _flat(path, lessons, remarks)
    if path.suffix == ".ipynb" and path.is_file():
        nameless = path.name.startswith(tuple(lesson.notebook for lesson in lessons))
        inside = path.absolute().parts[-3 if nameless else -1 :]
        return _identify(path, PurePosixPath(*inside), lessons, remarks)
    raise UnusableInput(f"{path} is no folder, notebook or zip: give nbgrader's submitted folder or an LMS's export.")


def _nbgrader_layout(folder: Path, lessons: list[Lesson], remarks: list[str]) -> Iterable[Submission]:
    """student/assignment/notebook.ipynb; a notebook that should be there and isn't is a submission, too."""
    for student in sorted(folder.iterdir()):
        for lesson in lessons:
            handed_in = student / lesson.assignment
            if not handed_in.is_dir():
                continue
            if NOT_FOR_NBGRADER.search(student.name):
                remarks.append(f"{student.name!r} isn't graded: nbgrader cannot use this name. Rename the folder.")
            else:
                yield Submission(student.name, lesson, _notebook_in(handed_in, lesson, lessons))


def _notebook_in(folder: Path, lesson: Lesson, lessons: list[Lesson]) -> Path:
    """The expected file, or the only notebook that is there under another name."""
    expected = folder / f"{lesson.notebook}.ipynb"
    others = sorted(folder.glob("*.ipynb"))
    alone = [other.assignment for other in lessons].count(lesson.assignment) == 1
    return others[0] if alone and len(others) == 1 else expected


def _flat(folder: Path, lessons: list[Lesson], remarks: list[str]) -> Iterable[Submission]:
    for path in sorted(folder.rglob("*.ipynb")):
        inside = PurePosixPath(path.relative_to(folder).as_posix())
        if not IGNORED & set(inside.parts):
            yield from _identify(path, inside, lessons, remarks)


def _identify(path: Path, inside: PurePosixPath, lessons: list[Lesson], remarks: list[str]) -> Iterable[Submission]:
    """Student and lesson of a file from its name, or the lesson from the questions in it."""
    for lesson in sorted(lessons, key=lambda lesson: -len(lesson.notebook)):
        before, match, _ = inside.name.partition(lesson.notebook)
        if match:
            break
    else:
        lesson, before = _lesson_by_content(path, lessons), "" if len(inside.parts) > 1 else inside.stem
    folders = [folder for folder in inside.parts[:-1] if folder not in {lesson.assignment for lesson in lessons}]
    student, number = _student(before, folders)
    if lesson is None:
        remarks.append(f"{inside} isn't graded: neither its name nor its cells say which lesson it is.")
    elif not student:
        remarks.append(f"{inside} isn't graded: whose is it? Name it student_{lesson.notebook}.ipynb.")
    else:
        return [Submission(student, lesson, path, number)]
    return []


def _student(before: str, folders: list[str]) -> tuple[str, str]:
    """The student in the name of a file's folder, or in what stands before the lesson's name in the file's own name.

    With their number on the platform, or an empty text.

    A platform's folder comes first: the files in it are named by its student.
    """
    for folder in folders:
        if moodle := MOODLE.match(folder):
            return _as_name(moodle["student"]), moodle["number"]
    if canvas := CANVAS.match(before):
        return _as_name(canvas["student"]), canvas["number"]
    return _as_name(before) or (_as_name(folders[-1]) if folders else ""), ""


def _as_name(text: str) -> str:
    """A name that nbgrader can use as a folder."""
    return re.sub(r"[^\w@+-]+", "_", text).strip("_-")


def _lesson_by_content(path: Path, lessons: list[Lesson]) -> Lesson | None:
    try:
        ids = {cell.grade_id for cell in read_submission(path)}
    except BadSubmission:
        return None
    for lesson in lessons:
        if ids & {cell.metadata.nbgrader.grade_id for cell in lesson.released.cells if is_solution(cell)}:
            return lesson
    return None


def _unpack(archive: Path, folder: Path, remarks: list[str]) -> Path:
    """The notebooks of a zip, written under names that stay inside the folder and in sizes that stay small."""
    try:
        with zipfile.ZipFile(archive) as opened:
            left = MAX_UNPACKED_BYTES
            for member in opened.infolist():
                parts = PurePosixPath(member.filename.replace("\\", "/")).parts
                if not member.filename.endswith(".ipynb") or IGNORED & set(parts):
                    continue
                if ".." in parts or parts[0] == "/" or min(left, MAX_FILE_BYTES) < member.file_size:
                    remarks.append(
                        f"{member.filename!r} in {archive.name} isn't graded: its path or size is not accepted."
                    )
                    continue
                left -= member.file_size
                try:
                    _extract(opened, member, folder.joinpath(*parts))
                except BROKEN_ZIP as error:
                    if getattr(error, "errno", None) in NOT_ONE_MEMBERS_FAULT:
                        raise
                    name = f"{member.filename!r} in {archive.name}"
                    remarks.append(f"{name} isn't graded: it cannot be unpacked ({error}).")
    except BROKEN_ZIP as error:
        raise UnusableInput(f"{archive} cannot be unpacked: {error}.") from error
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _extract(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    """Whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with archive.open(member) as source, target.open("xb") as copy:
            shutil.copyfileobj(source, copy)
    except FileExistsError:
        raise
    except BROKEN_ZIP:
        target.unlink(missing_ok=True)
        raise
