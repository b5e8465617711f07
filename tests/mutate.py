"""How good are the hidden tests? A small mistake in a solution must cost points: ``make mutate``.

Each mutant of a solution takes its place in a sandboxed kernel in which the lesson has run, and the question's hidden
tests judge it. One that keeps all its points has survived: a hidden test is missing, or the mutant does what the
solution does. Such an equivalent mutant is written down, with the reason, in ``equivalent.toml`` beside the tests.
"""

from __future__ import annotations

import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from bench import Bench, CellFailed, questions
from mutants import Mutant, mutants

from rnncourse.grading.execute import Stopped
from rnncourse.grading.lessons import Lesson, find_lessons

SEED = 1
OPEN = {"train_model"}  # judged by what comes out: another rate or size of network is another right answer
FATES = ("killed", "hung", "equivalent", "SURVIVED", "STALE")
ROW = "{:30} {:22} {:>8} {:>7} {:>6} {:>11} {:>9} {:>6} {:>7}"


def measure(lesson: Lesson, question: str) -> Counter[str]:
    """How often each of `FATES` met a mutant of the question's solution; each is printed on a line.

    Stale is what equivalent.toml lists wrongly: it was killed, or no such mutant is made any more.
    """
    fates, listed = Counter(), equivalents(lesson, question)
    solution = questions(lesson)[question].source
    with Trials(lesson, question) as trials:
        for mutant in mutants(solution):
            known = listed.pop((mutant.line, mutant.change), None)
            fate = trials.fate(mutant.source)
            if known:
                fate = "equivalent" if fate == "SURVIVED" else "STALE"
            fates[fate] += 1
            print(f"{fate:10} {question}: {mutant}", flush=True)
        assert trials.fate(solution) == "SURVIVED", f"after its mutants, the solution of {question} loses points, too"
    for line, change in listed:
        fates["STALE"] += 1
        print(f"{'STALE':10} {question}: listed, but no longer made: {Mutant(line, change, '')}")
    return fates


def equivalents(lesson: Lesson, question: str) -> dict[tuple[str, str], str]:
    """(line, change) → why this mutant does what the solution does."""
    path = lesson.tests / "equivalent.toml"
    listed = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    entries = listed.get(question, [])
    return {(entry["line"], change): entry["why"] for entry in entries for change in entry["changes"]}


class Trials:
    """Tries mutants of one question's solution in one kernel, and in a fresh one after a mutant that ended it."""

    def __init__(self, lesson: Lesson, question: str) -> None:
        self.lesson, self.question = lesson, question

    def __enter__(self) -> Trials:
        self.bench, begin = Bench(self.lesson), time.monotonic()
        assert self.bench.lost(self.question, SEED) == set(), f"the solution of {self.question} loses points"
        self.patience = 5 + 5 * (time.monotonic() - begin)  # seconds; what takes longer than that hangs
        return self

    def __exit__(self, *_: object) -> None:
        self.bench.kernel.stop()

    def fate(self, answer: str) -> str:
        """SURVIVED if the answer keeps all the points, hung if it ends its kernel or takes too long, else killed."""
        try:
            self.bench.run(answer)
            verdict = self.bench.verdict(self.question, SEED, _countdown(self.patience))
        except CellFailed:
            return "killed"
        except Stopped:
            self._start_again()
            return "hung"
        if verdict.kernel_lost:
            self._start_again()
            return "hung"
        return "SURVIVED" if verdict.share == 1 else "killed"

    def _start_again(self) -> None:
        self.bench.kernel.stop()
        self.bench = Bench(self.lesson)


def _countdown(seconds: float) -> Callable[[], bool]:
    deadline = time.monotonic() + seconds
    return lambda: time.monotonic() < deadline


def main(chosen: set[str]) -> int:
    """Measure every question, or those that are named or whose lesson is; returns 1 where work is left."""
    table, total = [], Counter()
    for lesson in find_lessons(Path(__file__).parent.parent):
        for question in questions(lesson):
            if chosen and not chosen & {lesson.assignment, lesson.notebook, question}:
                continue
            if question in OPEN:
                table.append(f"{lesson.notebook:30} {question:22} left out: many ways lead to its points")
                continue
            fates = measure(lesson, question)
            table.append(_row(lesson.notebook, question, fates))
            total += fates
    print(
        "\n" + ROW.format("lesson", "question", "mutants", "killed", "hung", "equivalent", "survived", "stale", "score")
    )
    print(*table, _row("all", "", total), sep="\n")
    return int(total["SURVIVED"] + total["STALE"] > 0)


def _row(lesson: str, question: str, fates: Counter[str]) -> str:
    counts = [fates[fate] for fate in FATES]
    killed = fates["killed"] + fates["hung"]
    score = killed / max(1, killed + fates["SURVIVED"])
    return ROW.format(lesson, question, sum(counts), *counts, f"{score:.1%}")


if __name__ == "__main__":
    sys.exit(main(set(sys.argv[1:])))
