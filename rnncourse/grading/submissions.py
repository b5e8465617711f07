"""Who handed in what: nbgrader's folders, a flat folder of notebooks, or a zip as a learning platform exports it."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from rnncourse.grading.lessons import Lesson
from rnncourse.grading.transplant import MAX_FILE_BYTES, BadSubmission, is_solution, read_submission

MAX_UNPACKED_BYTES = 4 * 2**30
CANVAS = re.compile(r"(?P<student>[^_]+)_(?:LATE_)?\d+_\d+_")
MOODLE = re.compile(r"(?P<student>.+?)_\d+_assignsubmission_file")
IGNORED = {"__MACOSX", ".ipynb_checkpoints"}
NOT_FOR_NBGRADER = re.compile(r"[*?\[\]\x00-\x1f\x7f]|^\s|\s$")  # it looks for a student's files by patterns


@dataclass(frozen=True)
class Submission:
    """One notebook of one student; the file may be missing or may not be a notebook at all."""

    student: str
    lesson: Lesson
    path: Path


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
    for number, path in enumerate(paths):
        if path.suffix == ".zip" and path.is_file():
            path = _unpack(path, scratch / f"{number}-{path.stem}", remarks)
        for submission in _in_path(path, lessons, remarks):
            key = (submission.student, submission.lesson)
            if key in found:
                kept = submission.path.name
                remarks.append(f"{submission.student} handed in {submission.lesson.notebook} twice: {kept} counts.")
            found[key] = submission
    return list(found.values()), remarks


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
    student = _student(before, folders)
    if lesson is None:
        remarks.append(f"{inside} isn't graded: neither its name nor its cells say which lesson it is.")
    elif not student:
        remarks.append(f"{inside} isn't graded: whose is it? Name it student_{lesson.notebook}.ipynb.")
    else:
        return [Submission(student, lesson, path)]
    return []


def _student(before: str, folders: list[str]) -> str:
    """The student in what stands before the lesson's name in a file's name, or in the name of its folder."""
    if canvas := CANVAS.match(before):
        return _as_name(canvas["student"])
    for folder in folders:
        if moodle := MOODLE.match(folder):
            return _as_name(moodle["student"])
    return _as_name(before) or (_as_name(folders[-1]) if folders else "")


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
                target = folder.joinpath(*parts)
                target.parent.mkdir(parents=True, exist_ok=True)
                with opened.open(member) as source, target.open("wb") as copy:
                    shutil.copyfileobj(source, copy)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise UnusableInput(f"{archive} cannot be unpacked: {error}.") from error
    folder.mkdir(parents=True, exist_ok=True)
    return folder
