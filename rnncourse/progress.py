"""What is done and what is left over all lessons, read from the notebooks as they were last saved. Nothing is run."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from nbformat import NotebookNode
from nbformat.reader import reads

from rnncourse.questions import RELEASED, grade_id, is_graded, is_read, question_of

SECTION = re.compile(r"^## (.+?) \((\d+) (min|h)\)$", re.MULTILINE)


class NoCourse(ValueError):
    """There is no student edition here, in one sentence."""


class State(Enum):
    """How far a question has got; the value says what is left."""

    OPEN = "to write"
    GONE = "its cell is gone"
    UNCHECKED = "run its check"
    WRONG = "does not fit yet"
    DONE = ""
    WRITTEN = "a person reads it"


LEFT = {State.OPEN, State.GONE, State.UNCHECKED, State.WRONG}


@dataclass(frozen=True)
class Question:
    """One question; `checked` is False for what only a person can judge."""

    name: str
    points: float
    checked: bool
    state: State


@dataclass
class Lesson:
    """One notebook of the student edition, and why it could not be read."""

    path: Path  # relative to the student edition
    title: str
    sections: list[tuple[str, int]]  # heading, estimated minutes
    questions: list[Question] = field(default_factory=list)
    problem: str = ""

    @property
    def minutes(self) -> int:
        return sum(minutes for _, minutes in self.sections)

    @property
    def points(self) -> float:
        return sum(question.points for question in self.questions if question.checked)

    @property
    def done(self) -> float:
        return sum(question.points for question in self.questions if question.state is State.DONE)

    @property
    def left(self) -> list[Question]:
        return [question for question in self.questions if question.state in LEFT]


def find_course(folder: Path) -> Path:
    """The student edition that a folder belongs to.

    Raises:
        NoCourse: neither this folder nor one above it holds a released lesson.
    """
    for candidate in [folder.resolve(), *folder.resolve().parents]:
        if any((candidate / RELEASED).glob("*.ipynb")):
            return candidate
    raise NoCourse(f"{folder} lies outside the course: no folder above it holds {RELEASED}/ with the lessons.")


def progress(course: Path) -> list[Lesson]:
    """Every lesson of a student edition, in order."""
    return [_lesson(course, path) for path in sorted((course / RELEASED).glob("*.ipynb"))]


def as_text(lessons: list[Lesson]) -> list[str]:
    """A line for each lesson, and one for all of them."""
    width = max(len(lesson.path.stem) for lesson in lessons)
    lines = [
        f"{_mark(lesson) or '○'} {lesson.path.stem:{width}}  {_points([lesson]):>8}  {_left(lesson)}".rstrip()
        for lesson in lessons
    ]
    return [*lines, "", f"Points of visible checks: {_points(lessons)}. Hidden tests and people grade more than this."]


def as_markdown(lessons: list[Lesson]) -> str:
    """A table with links to the lessons, and below it the sections of each, folded."""
    rows = ["| | lesson | estimated time | points | left to do |", "|:-:|:--|:--|:--|:--|"]
    for lesson in lessons:
        link = f"[{lesson.title}]({lesson.path.as_posix()})"
        left = _left(lesson, quote="`")
        rows.append(f"| {_mark(lesson)} | {link} | {_duration(lesson.minutes)} | {_points([lesson])} | {left} |")
    rows.append(
        f"| | **All lessons** | **{_duration(sum(one.minutes for one in lessons))}** | **{_points(lessons)}** | |"
    )
    return "\n".join(rows + [""] + [line for lesson in lessons for line in _folded(lesson)])


def show_progress() -> None:
    """Show the table of all lessons, as their notebooks were last saved."""
    from IPython.display import Markdown, display

    display(Markdown(as_markdown(progress(find_course(Path.cwd())))))


def _lesson(course: Path, released: Path) -> Lesson:
    reference = reads(released.read_text(encoding="utf-8"))
    found = sorted(course.glob(f"notebooks/*/{released.name}"))
    path = (found or [course / "notebooks" / released.name])[0]
    text = "\n".join(cell.source for cell in reference.cells if cell.cell_type == "markdown")
    title = text.partition("\n")[0].removeprefix("# ").removeprefix("Lesson ")
    sections = [(name, int(number) * (60 if unit == "h" else 1)) for name, number, unit in SECTION.findall(text)]
    lesson = Lesson(path.relative_to(course), title, sections)
    cells: list[NotebookNode] = []
    try:
        cells = reads(path.read_text(encoding="utf-8")).cells
        lesson.questions = _questions(reference, cells)
    except OSError:
        lesson.problem = f"is not in its folder: `{RELEASED}/{released.name}` is a fresh one"
    except Exception:  # whatever a file that is no notebook leads to
        lesson.problem = "cannot be read as a notebook: is it being saved just now?"
    lesson.questions = lesson.questions or _questions(reference, [])
    return lesson


def _questions(reference: NotebookNode, cells: list[NotebookNode]) -> list[Question]:
    own = {grade_id(cell): cell for cell in cells}  # of several copies the last one counts, as it does for the grader
    released = {grade_id(cell): cell for cell in reference.cells}
    questions = []
    for cell in filter(is_graded, reference.cells):
        name, checked = question_of(cell), not is_read(cell)
        state = _state(released, own, name, checked)
        questions.append(Question(name, cell.metadata.nbgrader.points, checked, state))
    return questions


def _state(released: dict, own: dict, name: str, checked: bool) -> State:
    if name not in own:
        return State.GONE
    answer = own[name]
    if answer.source.strip() in ("", released[name].source.strip()) or "is not written yet: replace" in answer.source:
        return State.OPEN
    if not checked:
        return State.WRITTEN
    check = own.get(f"check_{name}")
    # The release counts its own runs as 0. A number below the answer's: the answer was run again since.
    if check is None or not check.execution_count or check.execution_count < (answer.execution_count or 0):
        return State.UNCHECKED
    return State.DONE if _printed(check) == _printed(released[f"check_{name}"]) else State.WRONG


def _printed(check: NotebookNode) -> list[str]:
    return [output.get("text", output.output_type) for output in check.outputs]


def _mark(lesson: Lesson) -> str:
    return "" if lesson.left or lesson.problem else "✓"


def _points(lessons: list[Lesson]) -> str:
    points = sum(lesson.points for lesson in lessons)
    return f"{sum(lesson.done for lesson in lessons):g} of {points:g}" if points else "–"


def _left(lesson: Lesson, quote: str = "") -> str:
    if lesson.problem:
        return lesson.problem
    return ", ".join(
        f"{quote}{question.name}{quote}" + f" ({question.state.value})" * (question.state is not State.OPEN)
        for question in lesson.left
    )


def _folded(lesson: Lesson) -> list[str]:
    sections = [f"- {name}, {_duration(minutes)}" for name, minutes in lesson.sections]
    return [f"<details><summary>{lesson.title}: sections</summary>\n", *sections, "\n</details>\n"]


def _duration(minutes: int) -> str:
    """135 → "2 h 15 min"."""
    hours, rest = divmod(minutes, 60)
    return " ".join([f"{hours} h"] * bool(hours) + [f"{rest} min"] * bool(rest))
