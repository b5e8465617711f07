"""The least error through a window is that of every possible answer, tried out on every possible sequence."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest

from rnncourse.tasks import HalvesTask
from rnncourse.window import least_error_by_length


def every_sequence(task: HalvesTask):
    """(half, symbols, class, probability), worked out from the task's description alone."""
    halves = range(task.min_half, task.max_half + 1)
    for half in halves:
        words = list(product(range(task.num_symbols), repeat=half))
        unequal = [(first, second) for first, second in product(words, words) if first != second]
        near = [pair for pair in unequal if sum(a != b for a, b in zip(*pair, strict=True)) == 1]
        for share, pairs, target in [
            (0.5, [(word, word) for word in words], 1),
            (0.5 * (1 - task.near_fraction), unequal, 0),
            (0.5 * task.near_fraction, near, 0),
        ]:
            for first, second in pairs:
                yield half, first + second, target, share / len(pairs) / len(halves)


def least_error_by_enumeration(task: HalvesTask, field: int) -> dict[int, float]:
    weight = defaultdict(lambda: [0.0, 0.0])
    sequences = list(every_sequence(task))
    for half, symbols, target, probability in sequences:
        weight[half if 2 * half < field else None, symbols[-field:]][target] += probability
    errors, total = defaultdict(float), defaultdict(float)
    for half, symbols, target, probability in sequences:
        negative, positive = weight[half if 2 * half < field else None, symbols[-field:]]
        tie = abs(negative - positive) < 1e-12
        errors[2 * half] += probability * (0.5 if tie else (positive > negative) != (target == 1))
        total[2 * half] += probability
    return {length: errors[length] / total[length] for length in errors}


@pytest.mark.parametrize("field", range(1, 8))
@pytest.mark.parametrize(
    "task", [HalvesTask(2, 1, 3, 0.5), HalvesTask(3, 1, 2, 0.0), HalvesTask(3, 2, 3, 1.0)], ids=str
)
def test_no_answer_is_better(task, field):
    expected = least_error_by_enumeration(task, field)
    assert least_error_by_length(task, field, num_sequences=20_000) == pytest.approx(expected, abs=0.015)


def test_a_window_as_long_as_the_sequences_shows_everything_and_half_of_it_nothing():
    task = HalvesTask(10, 10, 10, 0.5)
    assert least_error_by_length(task, 20) == {20: 0.0}
    assert least_error_by_length(task, 10) == {20: pytest.approx(0.5, abs=0.03)}
