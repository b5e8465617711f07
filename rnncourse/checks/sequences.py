"""The visible checks of lesson 00."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional as F
from torch.nn.utils.rnn import pad_sequence

from rnncourse.checks.core import Attempt, shown

LABELLED = [  # the lecture's six examples, then four that are easily overlooked
    ((1, 2, 3, 4, 5, 6), 0, "Its halves are (1, 2, 3) and (4, 5, 6)."),
    ((3, 9, 9, 3), 0, "Its second half is the mirror image of the first, not its copy."),
    ((7, 4, 4, 7, 5, 4), 0, "One symbol in the middle of its halves is not the same."),
    ((7, 7), 1, "Its halves are (7) and (7)."),
    ((1, 2, 3, 1, 2, 3), 1, "Its halves are (1, 2, 3) and (1, 2, 3)."),
    ((5, 1, 1, 2, 5, 1, 1, 2), 1, "Its halves are (5, 1, 1, 2) and (5, 1, 1, 2)."),
    ((2, 8, 5, 8, 2, 5), 0, "Its halves hold the same symbols, but not in the same order."),
    ((4, 6, 4, 5), 0, "The last symbol counts as much as the first."),
    ((7,), 0, "An odd length cannot be cut into two equal halves."),
    ((7, 7, 7), 0, "An odd length cannot be cut into two equal halves."),
]


def check_label_sequence(label_sequence: Callable) -> None:
    attempt = Attempt("label_sequence", label_sequence)
    for symbols, expected, why in LABELLED:
        for given in (symbols, list(symbols), torch.tensor(symbols)):
            label = attempt(given)
            returned = f"returned {shown(label)} for the {type(given).__name__} {symbols}"
            attempt.expect(
                type(label) is int,
                f"{returned}, which is of type {type(label).__name__}; expected the int 0 or 1.",
            )
            attempt.expect(label == expected, f"{returned}; expected {expected}. {why}")
    attempt.passed("the lecture's six examples and four more, as tuples, lists and tensors")


def check_one_hot(one_hot: Callable) -> None:
    attempt = Attempt("one_hot", one_hot)
    for symbols, num_symbols in [((3, 9, 9, 3), 10), ((0, 1, 2, 3, 4), 5), ((2,), 7), ((0, 0, 1, 0), 4)]:
        symbols = torch.tensor(symbols)
        code = attempt(symbols, num_symbols)
        expected = F.one_hot(symbols, num_symbols).float()
        attempt.expect_tensor(code, expected.shape, "(T, D)", hint=_one_hot_hint(code, symbols, num_symbols))
        given = f"for symbols {tuple(symbols.tolist())} of {num_symbols}"
        sums = code.sum(1).tolist()
        attempt.expect(sums == [1.0] * len(symbols), f"has rows that sum to {sums} {given}; each holds a single 1.")
        ones = code.argmax(1).tolist()
        attempt.expect_same(
            code, expected, f"puts the ones in columns {ones} {given}; symbol s belongs in column s, from 0."
        )
    attempt.passed("one row for each step, one column for each symbol, a single 1, float32")


def _one_hot_hint(code: Tensor | None, symbols: Tensor, num_symbols: int) -> str:
    if not isinstance(code, Tensor):
        return ""
    if code.shape == (num_symbols, len(symbols)):
        return "Steps are rows and symbols are columns: is it transposed?"
    if code.ndim != 2 or len(code) != len(symbols):
        return "There is one row for each step, for a single step too."
    return "The width is num_symbols, whatever symbols happen to occur."


def check_pad_batch(pad_batch: Callable) -> None:
    attempt = Attempt("pad_batch", pad_batch)
    source = torch.Generator().manual_seed(0)
    for given in [(2, 4, 3), (4, 2), (3, 3), (5,), (1, 1, 1), (2, 6, 1, 3)]:
        T, N, D = max(given), len(given), 5
        sequences = [torch.eye(D)[torch.randint(D, (length,), generator=source)] for length in given]
        padded, lengths = attempt.expect_tuple(attempt(sequences), ("padded", "lengths"))
        batch_first = isinstance(padded, Tensor) and padded.shape == (N, T, D) != (T, N, D)
        attempt.expect_tensor(
            padded,
            (T, N, D),
            "(T, N, D)",
            what="padded",
            hint="Time comes first, then the sequences of the batch." if batch_first else "T is the longest length.",
        )
        attempt.expect_tensor(lengths, (N,), "(N,)", what="lengths", dtype=torch.int64)
        attempt.expect_same(
            lengths,
            torch.tensor(given),
            f"returned lengths {lengths.tolist()} for sequences of {list(given)} steps; padding does not count.",
        )
        for n, sequence in enumerate(sequences):
            attempt.expect_same(
                padded[: len(sequence), n],
                sequence,
                f"returned a padded[:{len(sequence)}, {n}] that is not sequence {n}: its first step belongs at t = 0.",
            )
        attempt.expect_same(
            padded, pad_sequence(sequences), "fills up with something else than zeros after a sequence's end."
        )
    attempt.passed("time first, zeros after the end, the true lengths, a single sequence too")
