"""The hidden tests accept every right answer and reject every wrong one, each for its own reason.

Every answer runs in a real sandboxed kernel in which the lesson with its reference answers has run.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from bench import Bench, questions
from partial_credit import weights

from rnncourse.grading import sandbox
from rnncourse.grading.lessons import Lesson, find_lessons

pytestmark = pytest.mark.slow

LESSONS = find_lessons(Path(__file__).parent.parent)
SEEDS = int(os.environ.get("SEEDS", "2"))  # make stability: 200
HEADER = re.compile(r"# (?P<question>\w+) · (?P<what>[^·\n]+?)(?: · loses: (?P<loses>[^\n]+))?\n")


@dataclass(frozen=True)
class Answer:
    """One file of answers/: a solution cell as a student might write it."""

    lesson: Lesson
    path: Path

    @cached_property
    def header(self) -> re.Match:
        match = HEADER.match(self.source)
        assert match, f"{self.path.name} doesn't begin with '# question · what it is · loses: tests'"
        return match

    @property
    def source(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def question(self) -> str:
        return self.header["question"]

    @property
    def loses(self) -> set[str]:
        return set((self.header["loses"] or "").replace(" ", "").split(",")) - {""}


def answers(kind: str) -> list[Answer]:
    """Of every lesson, each with the notebook that asks its question."""
    found = [Answer(lesson, path) for lesson in LESSONS for path in (lesson.tests / "answers" / kind).glob("*.py")]
    return sorted(
        (answer for answer in found if answer.question in questions(answer.lesson)), key=lambda answer: answer.path
    )


QUESTIONS = [
    pytest.param(lesson, name, id=f"{lesson.notebook}/{name}") for lesson in LESSONS for name in questions(lesson)
]


@pytest.fixture(scope="module")
def benches() -> Iterator[dict[str, Bench]]:
    sandbox.LIMITS["cpu"] *= max(1, SEEDS // 2)  # a kernel of make stability is graded in much more than once
    opened: dict[str, Bench] = {}
    yield opened
    for bench in opened.values():
        bench.kernel.stop()


@pytest.fixture
def bench_of(benches: dict[str, Bench]) -> Iterator[Callable[[Lesson], Bench]]:
    """The bench of a lesson; after the test the reference answers are in their places again."""
    used = []

    def find(lesson: Lesson) -> Bench:
        used.append(lesson.notebook)
        if lesson.notebook not in benches:
            benches[lesson.notebook] = Bench(lesson)
        return benches[lesson.notebook]

    yield find
    for notebook in used:
        for cell in benches[notebook].reference.values():
            benches[notebook].run(cell.source)


@pytest.fixture
def bench(answer: Answer, bench_of: Callable[[Lesson], Bench]) -> Bench:
    return bench_of(answer.lesson)


def _name(answer: Answer) -> str:
    return f"{answer.lesson.notebook}/{answer.path.stem}"


@pytest.mark.parametrize("answer", answers("right"), ids=_name)
def test_a_right_answer_gets_full_marks(answer: Answer, bench: Bench, gradings: list) -> None:
    bench.run(answer.source)
    _grade_again_and_again(answer.question, bench, gradings)


@pytest.mark.parametrize(("lesson", "question"), QUESTIONS)
def test_the_reference_answer_gets_full_marks(lesson: Lesson, question: str, bench_of, gradings: list) -> None:
    _grade_again_and_again(question, bench_of(lesson), gradings)


def _grade_again_and_again(question: str, bench: Bench, gradings: list) -> None:
    for seed in range(SEEDS):
        gradings.append((question, seed, bench.lost(question, seed)))
    assert [grading for grading in gradings if grading[-1]] == []


@pytest.fixture
def gradings(record_property) -> Iterator[list]:
    """(question, seed, hidden tests that failed) of right answers; the summary at the end counts them."""
    done: list[tuple[str, int, set[str]]] = []
    yield done
    record_property("gradings", len(done))
    record_property("flakes", sum(bool(lost) for *_, lost in done))


@pytest.mark.parametrize("answer", answers("wrong"), ids=_name)
def test_a_wrong_answer_loses_what_it_should(answer: Answer, bench: Bench) -> None:
    bench.run(answer.source)
    assert bench.lost(answer.question, seed=1) == answer.loses
    assert answer.loses


@pytest.mark.parametrize(("lesson", "question"), QUESTIONS)
def test_a_question_without_an_answer_has_no_points_and_costs_nothing_elsewhere(lesson, question, bench_of) -> None:
    bench = bench_of(lesson)
    bench.run(f"del {question}")
    for other in bench.reference:
        lost = bench.lost(other, seed=1)
        assert lost == (set(weights(lesson)[question]) if other == question else set()), other


@pytest.mark.parametrize(("lesson", "question"), QUESTIONS)
def test_every_question_has_hidden_tests_and_enough_answers(lesson: Lesson, question: str) -> None:
    found = {kind: sum(answer.question == question for answer in answers(kind)) for kind in ("right", "wrong")}
    assert len(weights(lesson)[question]) >= 3, f"{lesson.tests} has too few tests marked @graded({question!r}, …)"
    assert found["right"] >= 4 and found["wrong"] >= 10, f"{question} has {found} answers; 4 and 10 are needed"


def test_every_answer_belongs_to_a_question() -> None:
    folders = {lesson.tests for lesson in LESSONS}
    files = {path for folder in folders for path in folder.glob("answers/*/*.py")}
    assert files == {answer.path for kind in ("right", "wrong") for answer in answers(kind)}
