"""The visible check of lesson 06.1. It compares with each sequence taken alone, where there is no padding."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Generator, Tensor
from torch.nn.utils.rnn import pad_sequence

from rnncourse.checks.core import Attempt

ALONE = {"last": lambda one: one[-1], "mean": lambda one: one.mean(0), "max": lambda one: one.amax(0)}
ZEROS = {
    "last": "a sequence of length 3 ends at states[2], at its own n",
    "mean": "a sequence of length 3 is divided by 3, and only by 3",
    "max": "all states are negative and a number in the padding (0, −1 …) must not win: fill with −inf; "
    "or is the mask one step too long?",
}


def check_pool(pool: Callable) -> None:
    attempt = Attempt("pool", pool)
    generator = Generator().manual_seed(0)
    for how, alone in ALONE.items():
        for T, N, Q in [(4, 4, 5), (3, 1, 2), (1, 1, 1)]:
            sequences = [torch.randn(T, Q, generator=generator) for _ in range(N)]
            pooled = attempt(torch.stack(sequences, 1), torch.full((N,), T), how)
            attempt.expect_tensor(pooled, (N, Q), "(N, Q)", hint=f"One vector a sequence, for how={how!r}.")
            attempt.expect_same(
                pooled,
                torch.stack([alone(one) for one in sequences]),
                f"is wrong for how={how!r} even without padding: which axis of (T, N, Q) is time?",
            )
        sequences = [torch.randn(T, 4, generator=generator) - 3 for T in (3, 6, 1, 5)]
        lengths = torch.tensor([len(one) for one in sequences])
        expected = torch.stack([alone(one) for one in sequences])
        pooled = attempt(pad_sequence(sequences), lengths, how)
        attempt.expect_tensor(pooled, expected.shape, "(N, Q)")
        attempt.expect_same(
            pooled,
            expected,
            f"is right for how={how!r} without padding and wrong for lengths {lengths.tolist()}, padded with zeros, "
            f"where {ZEROS[how]}{'' if how == 'max' else '.'}",
        )
        attempt.expect_same(
            attempt(pad_sequence(sequences, padding_value=50.0), lengths, how),
            expected,
            f"is right for how={how!r} when zeros follow a sequence's end and wrong when other numbers do: "
            "a state is seldom zero in the padding. Or is the mask one step too long?",
        )
        _expect_gradient(attempt, pad_sequence(sequences, padding_value=50.0), lengths, how)
    attempt.passed("last, mean and max, without padding, with zeros and with other numbers in it, and its gradient")


def _expect_gradient(attempt: Attempt, states: Tensor, lengths: Tensor, how: str) -> None:
    """Something arrives at every sequence, and nothing at the padding."""
    pooled = attempt(states.requires_grad_(), lengths, how)
    attempt.expect(pooled.requires_grad, f"lets no gradient through for how={how!r}: is something detached?")
    (gradient,) = torch.autograd.grad(pooled.sum(), states)
    in_padding = torch.arange(len(states))[:, None] >= lengths  # (T, N)
    attempt.expect(not gradient[in_padding].any(), f"sends a gradient into the padding for how={how!r}.")
