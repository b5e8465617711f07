"""A course folder with its gradebook, and a class on its way through the grader.

Workers grade and return notebooks; only this process touches the gradebook. A graded notebook is written last and in
one step, so a run that was killed at any moment goes on where it stopped, with nothing counted twice.
"""

from __future__ import annotations

import os
import tempfile
from collections import deque
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbformat.v4 import new_notebook
from nbgrader.api import Gradebook, InvalidEntry, MissingEntry, SubmittedAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties, SaveCells
from sqlalchemy.exc import SQLAlchemyError
from traitlets.config import PyFileConfigLoader

from rnncourse.grading import feedback
from rnncourse.grading.arrival import SECRET, STAMP, handed_in, read_beside
from rnncourse.grading.autograde import SandboxedExecute
from rnncourse.grading.class_page import Run, class_page
from rnncourse.grading.execute import Limits
from rnncourse.grading.exports import Grades, all_grades, read_grades
from rnncourse.grading.grade import fingerprint, graded_text
from rnncourse.grading.leaderboard import Standing, standings
from rnncourse.grading.lessons import Lesson, find_lessons
from rnncourse.grading.provisioner import SandboxKernelManager, WarmKernelManager
from rnncourse.grading.records import SaveScores, one_transaction
from rnncourse.grading.report import clip
from rnncourse.grading.submissions import Submission

CONFIG = "nbgrader_config.py"
REPORTS = "reports"  # the folder of the class pages
UNREAD = "Waiting for a person in formgrader: {}."
MAX_IN_FLIGHT = 500  # submissions that have been sent to workers: memory doesn't grow with the class
DATABASE_ERRORS = (SQLAlchemyError, InvalidEntry)  # nbgrader wraps some of the first in the second


class NotACourse(ValueError):
    """The folder has no nbgrader_config.py, or no lessons."""


class GradebookUnusable(RuntimeError):
    """The database refused; one sentence for the instructor."""


@dataclass(frozen=True)
class Outcome:
    """What became of one submission."""

    submission: Submission
    score: float = 0.0
    max_score: float = 0.0
    remarks: list[str] = field(default_factory=list)
    kept: bool = False  # graded by an earlier run
    error: str = ""  # why the grader could not grade it; then nothing was recorded


class Course:
    """A folder that is an nbgrader course.

    Raises:
        NotACourse: it isn't one.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()
        if not (self.root / CONFIG).is_file():
            raise NotACourse(f"{root} is not a course folder: it has no {CONFIG}. Run this in the course's folder.")
        self.config = PyFileConfigLoader(CONFIG, path=str(self.root)).load_config()
        self.lessons = find_lessons(self.root)
        if not self.lessons:
            raise NotACourse(f"{root} has no lessons in notebooks/.")

    @cached_property
    def db_url(self) -> str:
        return self._coursedir().db_url

    @property
    def limits(self) -> Limits:
        """What `nbgrader_config.py` lets a notebook use, the same for `rnncourse grade` and `nbgrader autograde`."""
        execute = SandboxedExecute(config=self.config)
        return Limits(cell_seconds=execute.cell_seconds, notebook_seconds=execute.notebook_seconds)

    @property
    def feedback_folder(self) -> Path:
        return self.root / self._coursedir().feedback_directory

    def register_lessons(self) -> None:
        """Make the gradebook know every lesson with its cells and points.

        Raises:
            GradebookUnusable: it is locked, read-only, damaged or full.
        """
        try:
            self._register_lessons()
        except DATABASE_ERRORS as error:
            raise GradebookUnusable(_sentence(error)) from error

    def _register_lessons(self) -> None:
        for lesson in self.lessons:
            with self._gradebook as gradebook:
                gradebook.update_or_create_assignment(lesson.assignment)
                known = _points_in(gradebook, lesson)
            if known != _points_of(lesson.released):
                SaveCells()(lesson.released.copy(), _resources(lesson, self.db_url))

    def graded_path(self, submission: Submission) -> Path:
        """Where nbgrader and formgrader look for a graded notebook."""
        return self._folder("autograded_directory", submission) / f"{submission.lesson.notebook}.ipynb"

    def feedback_path(self, submission: Submission) -> Path:
        return self._folder("feedback_directory", submission) / f"{submission.lesson.notebook}.html"

    def is_graded(self, submission: Submission) -> bool:
        """Whether this very file was graded before with this lesson and these hidden tests."""
        try:
            facts = nbformat.read(self.graded_path(submission), as_version=4).metadata.get("rnncourse", {})
        except (OSError, ValueError):
            return False
        return facts.get("fingerprint") == fingerprint(submission.lesson, submission.path)

    def is_recorded(self, submission: Submission) -> bool:
        """Whether the gradebook has a score for it."""
        lesson = submission.lesson
        try:
            with self._gradebook as gradebook:
                gradebook.find_submission_notebook(lesson.notebook, lesson.assignment, submission.student)
        except MissingEntry:
            return False
        return True

    def has_feedback(self, submission: Submission) -> bool:
        """Whether the feedback is whole and younger than the graded notebook: a run may have been stopped between."""
        page = self.feedback_path(submission)
        return (
            page.is_file()
            and page.stat().st_mtime >= self.graded_path(submission).stat().st_mtime
            and page.read_text(encoding="utf-8", errors="replace").rstrip().endswith("</html>")
        )

    def is_read(self, submission: Submission) -> bool:
        """Whether a person has scored or commented anything in it."""
        lesson = submission.lesson
        with self._gradebook as gradebook:
            notebook = gradebook.find_submission_notebook(lesson.notebook, lesson.assignment, submission.student)
            scores = [part for grade in notebook.grades for part in (grade.manual_score, grade.extra_credit)]
            comments = [comment.manual_comment for comment in notebook.comments]
        return any(value is not None for value in [*scores, *comments])

    def record(self, submission: Submission, nb: NotebookNode) -> None:
        """Put a graded notebook's scores into the gradebook, all or none, then the notebook into its place."""
        lesson = submission.lesson
        resources = _resources(lesson, self.db_url, submission.student)
        with self._gradebook as gradebook:
            with one_transaction(gradebook):
                gradebook.update_or_create_student(submission.student)
                arrival = _arrival(submission)
                submitted = gradebook.update_or_create_submission(lesson.assignment, submission.student, **arrival)
                SaveScores(gradebook)(nb, resources)
            is_late = submitted.total_seconds_late > 0 or submitted.late_submission_penalty
        if is_late:
            self._penalise(submission)
        _write_in_one_step(self.graded_path(submission), nbformat.writes(nb))

    def record_lateness(self, submission: Submission) -> bool:
        """Look again at what an earlier run has graded, since the due date, the policy or a person's score may be new.

        Returns:
            Whether points are taken off now that were not, or the other way round.
        """
        lesson = submission.lesson
        names = (lesson.notebook, lesson.assignment, submission.student)
        with self._gradebook as gradebook:
            before = gradebook.find_submission_notebook(*names).late_submission_penalty
            if before is None and gradebook.find_assignment(lesson.assignment).duedate is None:
                return False
            gradebook.update_or_create_submission(lesson.assignment, submission.student, **_arrival(submission))
        self._penalise(submission)
        with self._gradebook as gradebook:
            return gradebook.find_submission_notebook(*names).late_submission_penalty != before

    def _penalise(self, submission: Submission) -> None:
        """What being late costs, by the policy in nbgrader_config.py."""
        resources = _resources(submission.lesson, self.db_url, submission.student)
        AssignLatePenalties(config=self.config)(new_notebook(), resources)

    def outcome(self, submission: Submission, nb: NotebookNode, kept: bool = False) -> Outcome:
        """What the gradebook and the graded notebook say of a submission."""
        lesson = submission.lesson
        with self._gradebook as gradebook:
            recorded = gradebook.find_submission_notebook(lesson.notebook, lesson.assignment, submission.student)
            late = recorded.late_submission_penalty or 0.0
            scores = recorded.score - late, recorded.max_score
            unread = sum(grade.needs_manual_grade for grade in recorded.grades)
        remarks = [*nb.metadata.rnncourse.remarks, *([UNREAD.format(unread)] if unread else [])]
        _, no_time = handed_in(submission.path.parent)
        remarks += [remark for remark in (f"Late: {late:g} points less." if late else "", no_time) if remark]
        return Outcome(submission, *scores, remarks, kept)

    def write_feedback(self, submission: Submission, nb: NotebookNode) -> None:
        """The page that the student reads, from the graded notebook."""
        lesson, student = submission.lesson, submission.student
        with self._gradebook as gradebook:
            grades = feedback.read_scores(
                gradebook.find_submission_notebook(lesson.notebook, lesson.assignment, student)
            )
        page = self.feedback_path(submission)
        _write_in_one_step(page, feedback.page(nb, student, grades))
        for name in (STAMP, SECRET):  # `nbgrader release_feedback` asks for them
            if content := read_beside(submission.path.parent, name):
                page.with_name(name).write_bytes(content)

    def write_class_page(self, assignment: str, path: Path | None = None) -> Path:
        """The page that the instructor reads, by default in `reports/`.

        Raises:
            nbgrader.api.MissingEntry: the gradebook doesn't know the assignment.
            GradebookUnusable: it could not be read, or the page not be written.
        """
        path = path or self.root / REPORTS / f"{assignment}.html"
        try:
            with self._gradebook as gradebook:
                gradebook.find_assignment(assignment)
                submissions = gradebook.assignment_submissions(assignment)
                runs = [run for one in submissions for run in self._runs(one, path.parent)]
                absent = {student.id for student in gradebook.students} - {one.student.id for one in submissions}
            _write_in_one_step(path, class_page(assignment, runs, absent))
        except (*DATABASE_ERRORS, OSError) as error:
            raise GradebookUnusable(_sentence(error)) from error
        return path

    def _runs(self, submitted: SubmittedAssignment, folder: Path) -> Iterator[Run]:
        """Every notebook of a submission; links lead from this folder."""
        notebooks = {notebook.name: notebook for notebook in submitted.notebooks}
        for lesson in self.lessons:
            if lesson.assignment != submitted.name or lesson.notebook not in notebooks:
                continue
            submission = Submission(submitted.student.id, lesson, Path())
            graded, page = self.graded_path(submission), self.feedback_path(submission)
            yield Run(
                student=submission.student,
                notebook=lesson.notebook,
                grades=feedback.read_scores(notebooks[lesson.notebook]),
                nb=nbformat.read(graded, as_version=4) if graded.is_file() else None,
                link=quote(os.path.relpath(page, folder)) if page.is_file() else "",
            )

    def standings(self, assignment: str) -> list[Standing]:
        """Every student of the gradebook with their points for an assignment, the best first."""
        with self._gradebook as gradebook:
            return standings(gradebook, assignment)

    def grades(self, assignments: list[str]) -> Grades:
        """The grades that stand, of these assignments or of all that somebody has handed in.

        Raises:
            CannotExport: there are none, or the gradebook doesn't know an assignment.
            GradebookUnusable: the database could not be read.
        """
        try:
            with self._gradebook as gradebook:
                return read_grades(gradebook, assignments)
        except DATABASE_ERRORS as error:
            raise GradebookUnusable(_sentence(error)) from error

    def export(self, path: Path) -> None:
        """All grades as CSV, in the columns of nbgrader's own exporter.

        Raises:
            GradebookUnusable: the database could not be read, or the file not be written.
        """
        try:
            whole = path.with_name(f"{path.name}.part")
            with self._gradebook as gradebook:
                all_grades(gradebook).write(whole)
            os.replace(whole, path)
        except (*DATABASE_ERRORS, OSError) as error:
            raise GradebookUnusable(_sentence(error)) from error

    @cached_property
    def _gradebook(self) -> Gradebook:
        """It connects when it is used, and can be used again after the end of a ``with`` block."""
        return Gradebook(self.db_url, self.config.CourseDirectory.get("course_id"))

    def _coursedir(self, **ids: str) -> CourseDirectory:
        return CourseDirectory(config=self.config, root=str(self.root), **ids)

    def _folder(self, kind: str, submission: Submission) -> Path:
        coursedir = self._coursedir()
        return Path(coursedir.format_path(getattr(coursedir, kind), submission.student, submission.lesson.assignment))


def grade_all(
    course: Course,
    submissions: list[Submission],
    executor: Executor,
    manager_class: type[SandboxKernelManager] = WarmKernelManager,
    force: bool = False,
) -> Iterator[Outcome]:
    """Grade submissions in the executor's workers and record each as it arrives.

    Args:
        executor: any `concurrent.futures.Executor`; its workers see the course folder.
        force: grade again what an earlier run has graded.
    """
    ungraded = deque()
    for submission in submissions:
        if not force and course.is_graded(submission):
            yield _settle(course, submission, None)
        else:
            ungraded.append(submission)
    limits, in_flight = course.limits, {}
    while ungraded or in_flight:
        while ungraded and len(in_flight) < MAX_IN_FLIGHT:
            one = ungraded.popleft()
            in_flight[_send(executor, one, limits, manager_class)] = one
        for future in wait(in_flight, return_when=FIRST_COMPLETED).done:
            yield _settle(course, in_flight.pop(future), future)


def _send(
    executor: Executor, submission: Submission, limits: Limits, manager_class: type[SandboxKernelManager]
) -> Future:
    try:
        return executor.submit(graded_text, submission.lesson, submission.path.absolute(), limits, manager_class)
    except RuntimeError as error:  # an executor whose workers were killed refuses all that comes later
        refused: Future = Future()
        refused.set_exception(error)
        return refused


def _settle(course: Course, submission: Submission, future: Future | None) -> Outcome:
    """Record a graded notebook, or keep an earlier run's; what fails here costs no other submission its outcome."""
    try:
        graded = future and future.result()
    except Exception as error:  # the grader's own, a worker's that was killed, a cluster's: whatever an executor raises
        return Outcome(submission, error=str(error) or f"A worker failed: {type(error).__name__}.")
    try:
        text = graded or course.graded_path(submission).read_text(encoding="utf-8")
        nb = nbformat.reads(text, as_version=4)
        if graded or not course.is_recorded(submission):  # or the gradebook was lost, or begun anew
            course.record(submission, nb)
        changed = graded or course.record_lateness(submission)
        if changed or not course.has_feedback(submission) or course.is_read(submission):
            course.write_feedback(submission, nb)
        return course.outcome(submission, nb, kept=not graded)
    except (*DATABASE_ERRORS, OSError) as error:
        return Outcome(submission, error=_sentence(error))
    except Exception as error:  # a name or an output that nbgrader or the database stumbles over
        return Outcome(submission, error=f"It could not be recorded ({type(error).__name__}: {clip(error, 200)}).")


def _sentence(error: Exception) -> str:
    """What the database or the disk said, without the statement that was given to it."""
    said = str(getattr(error, "orig", None) or error).partition("\n")[0]
    place = "The gradebook" if isinstance(error, DATABASE_ERRORS) else "The course's folder"
    return f"{place} could not be used ({said}). Nothing is lost: the same command goes on once it can be."


def _resources(lesson: Lesson, db_url: str, student: str = "") -> ResourcesDict:
    names = {"student": student, "assignment": lesson.assignment, "notebook": lesson.notebook, "db_url": db_url}
    return ResourcesDict(nbgrader=names, unique_key=lesson.notebook)


def _arrival(submission: Submission) -> dict[str, datetime]:
    time, _ = handed_in(submission.path.parent)
    return {"timestamp": time} if time else {}


def _points_in(gradebook: Gradebook, lesson: Lesson) -> dict[str, float]:
    try:
        notebook = gradebook.find_notebook(lesson.notebook, lesson.assignment)
    except MissingEntry:
        return {}
    return {cell.name: cell.max_score for cell in notebook.grade_cells}


def _points_of(nb: NotebookNode) -> dict[str, float]:
    marks = [cell.metadata.nbgrader for cell in nb.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    return {mark.grade_id: float(mark.points) for mark in marks}


def _write_in_one_step(path: Path, text: str) -> None:
    """A reader sees the old file or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(name, 0o644)
    os.replace(name, path)
