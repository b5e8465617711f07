"""The visible check of the taxonomy. It knows the tasks and how many there are of each type, but no answer."""

from __future__ import annotations

from collections.abc import Callable

from rnncourse.checks.core import Attempt, shown

TYPES = ("many-to-one", "one-to-many", "aligned", "unaligned")
DESCRIBED = {
    "keyboard": "From the words that were typed so far, a telephone guesses the next one, of the 50,000 that it knows.",
    "commas": "A dictated text has no punctuation. For each word: does a comma follow it?",
    "button": "A doll has a button for each of five moods. It hums a tune of its own in the mood that is pressed.",
    "minutes": "A recorded meeting becomes a page of minutes.",
    "author": "A whole novel is read, to say which of 40 authors wrote it.",
    "glove": "A glove measures the hand 50 times a second. For every measurement: which of six movements is under way?",
    "photo": "A photograph of fixed size gets a sentence for people who cannot see it.",
    "backwards": "A word is written backwards: it has as many letters, but the first one is the last that was read.",
    "heart": "Does this minute of an electrocardiogram, 15,000 voltages, belong to a healthy heart?",
    "protein": "A protein's amino acids are known. Which of them lie in a helix, which in a sheet, which in neither?",
    "signature": "A pen plotter signs, point by point, in the style of the person whose number it is given.",
    "numeral": "The words 'two hundred and seven' become the digits 207.",
}
EACH = len(DESCRIBED) // len(TYPES)


def show_described() -> None:
    """The tasks that wait for a type."""
    for name, text in DESCRIBED.items():
        print(f"{name:10} {text}")


def check_task_type(task_type: Callable) -> None:
    attempt = Attempt("task_type", task_type)
    answers = []
    for name in DESCRIBED:
        kind = attempt(name)
        expected = f"expected one of {', '.join(map(repr, TYPES))}."
        attempt.expect(kind in TYPES, f"returned {shown(kind)} for {name!r}; {expected}")
        answers.append(kind)
    counts = {kind: answers.count(kind) for kind in TYPES}
    attempt.expect(
        set(counts.values()) == {EACH},
        f"finds {', '.join(f'{count} tasks {kind}' for kind, count in counts.items())}; expected {EACH} of each type.",
    )
    attempt.passed(f"a type for each of the {len(DESCRIBED)} tasks, {EACH} of each; which are which, you must judge")
