"""The sample problem through a window: what is the least error of a network that sees only the last symbols?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import torch
from torch import Generator, Tensor

from rnncourse.tasks import HalvesTask


def least_error_by_length(
    task: HalvesTask, field: int, halves: Iterable[int] | None = None, num_sequences: int = 4000
) -> dict[int, float]:
    """The error of the best possible answer to what is visible, {length: share misclassified}.

    The answer is the more probable class, by Bayes' rule; where both are equally probable it is a coin. It is the
    best on average over the lengths of the task: whoever does better at one length does worse at others.

    Args:
        field: the receptive field; of a longer sequence the last `field` symbols are visible, and nothing says how
            many there were before.
        halves: measured at these; by default at all of the task's.
        num_sequences: drawn for each length.
    """
    errors = {}
    for half in halves or range(task.min_half, task.max_half + 1):
        batch = replace(task, min_half=half, max_half=half).sample(num_sequences, Generator().manual_seed(half))
        possible = (
            [half] if 2 * half < field else range(max(task.min_half, (field + 1) // 2), task.max_half + 1)
        )  # is the start in sight?
        negative, positive = _probabilities(task, batch.symbols[-field:], possible)
        tie = torch.isclose(negative, positive, rtol=1e-9, atol=0)
        wrong = (positive > negative) != (batch.targets == 1)
        errors[2 * half] = torch.where(tie, 0.5, wrong.double()).mean().item()
    return errors


def _probabilities(task: HalvesTask, visible: Tensor, halves: Iterable[int]) -> tuple[Tensor, Tensor]:
    """Of the visible symbols with either class, if those halves are possible, up to a factor: negative and positive."""
    field, D = len(visible), task.num_symbols
    negative = positive = torch.zeros(visible.shape[1], dtype=torch.float64)
    for half in halves:
        pairs = max(0, field - half)  # of symbols that ought to be equal and are both visible
        different = (visible[field - pairs :] != visible[:pairs]).sum(0)
        same = (different == 0) * D ** -float(field - pairs)
        random = (D ** -float(field) - same * D ** -float(half)) / (1 - D ** -float(half))
        one_visible = (different == 1) * D ** -float(field - pairs) / (D - 1) / half
        near = same * (half - pairs) / half + one_visible
        positive = positive + same
        negative = negative + task.near_fraction * near + (1 - task.near_fraction) * random
    return negative, positive
