"""The instructor's commands."""

from __future__ import annotations

import contextlib
import enum
import logging
import os
import re
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TimeRemainingColumn
from rich.table import Table

if TYPE_CHECKING:  # torch and nbgrader are imported by the commands that need them
    from concurrent.futures import Executor

    from rnncourse.grading.course import Course, Outcome
    from rnncourse.grading.submissions import Submission


class Platform(enum.Enum):
    """A learning platform that imports grades."""

    canvas = "canvas"
    moodle = "moodle"


instructor = typer.Typer()
console = Console()
# Control characters and turned writing directions: with them, names would make a terminal say something else.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@instructor.command()
def execute(
    lessons: Annotated[list[Path], typer.Argument(help="Notebooks of the instructor edition.")],
) -> None:
    """Run lessons top to bottom and store their outputs, normalised."""
    from rnncourse.grading.lessons import execute as run

    for path in lessons:
        run(path)
        typer.echo(f"executed {path}")


@instructor.command()
def release(
    folder: Annotated[Path, typer.Argument(help="A new folder, or one of an earlier release.")] = Path("student"),
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace files that were changed there.")] = False,
) -> None:
    """Make the student edition: stubs for solutions, reference outputs, the package. Run in the course's folder."""
    from rnncourse.grading import edition

    try:
        outcome = edition.release(Path.cwd(), folder, overwrite)
    except (edition.NotReleasable, FileExistsError) as problem:
        _say(str(problem))
        raise typer.Exit(2) from None
    _say(f"The student edition is in {folder}: {outcome.lessons} lesson{'s' * (outcome.lessons != 1)}.")
    for name in outcome.kept:
        _say(f"Kept {folder / name}, which was changed since (--overwrite replaces it; a new folder is clean).")


@instructor.command()
def site(
    to: Annotated[Path, typer.Option("--to", help="A new folder, or one of an earlier book.")] = Path("site"),
) -> None:
    """Write the student edition as a book for the browser, with pictures. Run in the course's folder.

    Start at its index.html; it needs neither a server nor a network. Nothing is run: `execute` has stored the outputs.
    """
    from rnncourse.grading.site import NoSite, build

    try:
        lessons, warnings = build(Path.cwd(), to)
    except NoSite as problem:
        _say(str(problem))
        raise typer.Exit(2) from None
    if warnings:
        _say(warnings)
    _say(f"The book is in {to}: {lessons} lesson{'s' * (lessons != 1)}. Open {to / 'index.html'}.")


@instructor.command()
def grade(
    submitted: Annotated[
        list[Path], typer.Argument(help="nbgrader's submitted folder, a folder of notebooks, or a zip.")
    ],
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Notebooks graded at a time.")] = os.cpu_count() or 1,
    force: Annotated[bool, typer.Option("--force", help="Grade again what was graded before.")] = False,
    cold: Annotated[bool, typer.Option("--cold", help="Start a new Python for each notebook: slower.")] = False,
    unsafe: Annotated[bool, typer.Option("--unsafe", help="Run students' code without the sandbox.")] = False,
    cluster: Annotated[
        str | None, typer.Option("--cluster", help="Grade on a Dask cluster: its scheduler's tcp://…, or local.")
    ] = None,
) -> None:
    """Grade submissions into the gradebook, write feedback, class pages and grades.csv. Run in the course's folder.

    What an earlier run has graded is kept, so the same command goes on where it was stopped. The exit status is 0 when
    every submission has a score.
    """
    from rnncourse.grading import executors, sandbox

    mode = "unsafe" if unsafe else "cold" if cold else "warm"
    with contextlib.ExitStack() as stack:
        try:
            if not unsafe:
                sandbox.require_sandbox() if cold else sandbox.require_warm_start()
                sandbox.require_out_of_sight(Path.cwd())
            workers = executors.cluster(cluster, jobs) if cluster else executors.local_pool(jobs, mode == "warm")
            executor = stack.enter_context(workers)
        except (sandbox.SandboxUnavailable, executors.NoCluster) as problem:
            _say(str(problem))
            raise typer.Exit(2) from None

        from rnncourse.grading.course import Course, GradebookUnusable, NotACourse
        from rnncourse.grading.submissions import UnusableInput, find_submissions

        _quiet_nbgrader()
        try:
            # A cluster's workers see the course's folder, and nothing else of this machine.
            scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix=".rnncourse-", dir=cluster and Path.cwd()))
            course = Course(Path.cwd())
            submissions, remarks = find_submissions(submitted, course.lessons, Path(scratch))
            if not submissions and not remarks:
                raise UnusableInput(f"No submission was found in {', '.join(map(str, submitted))}.")
            course.register_lessons()
        except (NotACourse, GradebookUnusable, UnusableInput) as problem:
            _say(str(problem))
            raise typer.Exit(2) from None
        outcomes = _grade_class(course, submissions, executor, force, mode)
    for remark in remarks:
        _say(remark)
    graded = [outcome for outcome in outcomes if not outcome.error]
    raise typer.Exit(0 if len(graded) == len(submissions) and not remarks else 1)


@instructor.command()
def leaderboard(
    assignment: Annotated[str, typer.Argument(help="A lesson, such as 07_improve_the_sample_problem.")],
    anonymous: Annotated[bool, typer.Option("--anonymous", help="Leave the names out.")] = False,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write the table to this file as well.")] = None,
) -> None:
    """Rank a class in one assignment, by the points in the gradebook. Run in the course's folder."""
    from nbgrader.api import MissingEntry

    from rnncourse.grading.course import Course, NotACourse
    from rnncourse.grading.exports import write_csv
    from rnncourse.grading.leaderboard import as_table, rows

    _quiet_nbgrader()
    try:
        found = Course(Path.cwd()).standings(assignment)
    except NotACourse as problem:
        _say(str(problem))
        raise typer.Exit(2) from None
    except MissingEntry:
        _say(f"The gradebook has no {assignment}: grade it first.")
        raise typer.Exit(2) from None
    lines = rows(found, anonymous)
    console.print(as_table(assignment, [[_plain(part) for part in line] for line in lines]))
    if csv:
        write_csv(csv, lines)


@instructor.command()
def report(
    assignment: Annotated[str, typer.Argument(help="A lesson, such as 02_elman.")],
    out: Annotated[Path | None, typer.Option("--out", help="The page to write; else reports/ASSIGNMENT.html.")] = None,
) -> None:
    """Write the class page of an assignment again, after a person has scored or commented. `grade` writes it, too."""
    from nbgrader.api import MissingEntry

    from rnncourse.grading.course import Course, GradebookUnusable, NotACourse

    _quiet_nbgrader()
    try:
        page = Course(Path.cwd()).write_class_page(assignment, out)
    except MissingEntry:
        _say(f"The gradebook has no {assignment}: grade it first.")
        raise typer.Exit(2) from None
    except (NotACourse, GradebookUnusable) as problem:
        _say(str(problem))
        raise typer.Exit(2) from None
    _say(f"The class page of {assignment}: {page}")


@instructor.command()
def export(
    platform: Annotated[Platform, typer.Argument(help="Where the file is imported.")],
    assignments: Annotated[
        list[str] | None, typer.Option("--assignment", help="A lesson, again for each; else all with submissions.")
    ] = None,
    roster: Annotated[
        Path | None, typer.Option("--roster", help="The class, as Canvas or Moodle exports it: its ids are kept.")
    ] = None,
    to: Annotated[Path | None, typer.Option("--to", help="The file to write; else grades-PLATFORM.csv.")] = None,
) -> None:
    """Write the grades as a CSV file that Canvas or Moodle imports. Run in the course's folder.

    What is not graded yet, or waits for a person, has no grade in it; that is never a zero.
    """
    from rnncourse.grading import exports
    from rnncourse.grading.course import Course, GradebookUnusable, NotACourse

    _quiet_nbgrader()
    path = to or Path(f"grades-{platform.value}.csv")
    try:
        table = exports.PLATFORMS[platform.value](Course(Path.cwd()).grades(assignments or []), roster)
        table.write(path)
    except (NotACourse, GradebookUnusable, exports.CannotExport, OSError) as problem:
        _say(str(problem))
        raise typer.Exit(2) from None
    for remark in table.remarks:
        _say(remark)
    _say(f"Grades for {platform.value.capitalize()}: {path}")


@instructor.command()
def schedule(
    teams: Annotated[Path, typer.Argument(help="CSV with the columns team and, if need be, cannot.")],
    slots: Annotated[Path, typer.Argument(help="CSV of the sessions, with the columns day, start and end.")],
    minutes: Annotated[int, typer.Option("--minutes", min=1, help="From one team's start to the next's.")] = 15,
    seed: Annotated[int, typer.Option("--seed", help="Of the lot: another seed, another schedule.")] = 0,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write the schedule to this file as well.")] = None,
) -> None:
    """Give each team a slot for its presentation, at a time it can take.

    In cannot, times stand separated by ";": a day (2021-11-17), a day and a time (2021-11-20 14:00), or a span
    (2021-11-20 10:00-12:00).
    """
    from rnncourse.grading import schedule as planner

    try:
        free = planner.read_slots(slots, minutes)
        found = planner.schedule(planner.read_teams(teams, free), free, seed)
    except planner.NoSchedule as problem:
        _say(str(problem))
        raise typer.Exit(2) from None
    table = Table("day", "start", "end", "team", title=f"Teams: {len(found)}, slots: {len(free)}")
    for row in planner.rows(found):
        table.add_row(*map(escape, row))
    console.print(table)
    if csv:
        planner.write_schedule(csv, found)


def _grade_class(
    course: Course, submissions: list[Submission], executor: Executor, force: bool, mode: str
) -> list[Outcome]:
    from rnncourse.grading.course import GradebookUnusable, grade_all
    from rnncourse.grading.provisioner import START_MODES

    outcomes: list[Outcome] = []
    columns = (BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    try:
        with Progress("Grading", *columns, console=console) as bar:
            graded = grade_all(course, submissions, executor, START_MODES[mode], force=force)
            for outcome in bar.track(graded, total=len(submissions)):
                outcomes.append(outcome)
    except KeyboardInterrupt:
        _say(
            f"Stopped; {len(outcomes)} of {len(submissions)} are graded and kept. The same command goes on from there."
        )
    console.print(_summary(outcomes))
    try:
        course.export(course.root / "grades.csv")
        _say(f"Gradebook: {course.db_url}   Feedback: {course.feedback_folder}   Grades: grades.csv")
        for assignment in sorted({one.submission.lesson.assignment for one in outcomes if not one.error}):
            _say(f"The class in {assignment}: {course.write_class_page(assignment)}")
    except GradebookUnusable as problem:
        _say(str(problem))
    return outcomes


class _Rate(ProgressColumn):
    def render(self, task: Task) -> str:
        return f"{60 * task.speed:.0f} a minute" if task.speed else ""


def _summary(outcomes: list[Outcome]) -> Table:
    kept = sum(outcome.kept for outcome in outcomes)
    title = f"{len(outcomes)} submissions" + (f", {kept} of them graded before" if kept else "")
    table = Table("student", "lesson", "points", "remarks", title=title)
    for outcome in sorted(
        outcomes, key=lambda outcome: (outcome.submission.student, outcome.submission.lesson.notebook)
    ):
        points = "not graded" if outcome.error else f"{outcome.score:g} / {outcome.max_score:g}"
        notes = [outcome.error] if outcome.error else outcome.remarks
        table.add_row(
            _plain(outcome.submission.student), outcome.submission.lesson.notebook, points, _plain(" ".join(notes))
        )
    return table


def _quiet_nbgrader() -> None:
    """Its queries draw SQLAlchemy's advice to its authors; the errors that it logs, we say in a sentence."""
    warnings.filterwarnings("ignore", module="nbgrader")
    logging.getLogger("tornado.application").addHandler(logging.NullHandler())


def _plain(text: str) -> str:
    """Text without a meaning for rich or for the terminal."""
    return escape(UNPRINTABLE.sub("�", text))


def _say(text: str) -> None:
    console.print(_plain(text), soft_wrap=True)
