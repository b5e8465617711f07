"""The course's sample problem: is a sequence the concatenation of two identical halves?

Sequences come in batches, labelled by construction and coded as tensors at once, so that a quarter of a
million of them take about a second. Only integers are drawn: a seed gives the same batch on every machine.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Generator, Tensor

PADDING = -1  # in `Batch.symbols`, after a sequence's end


class Batch(NamedTuple):
    """N labelled sequences of unequal lengths, T the longest of them."""

    symbols: Tensor  # (T, N) int64, PADDING after the end
    x: Tensor  # (T, N, D) float32, one-hot, zero after the end
    lengths: Tensor  # (N,) int64
    targets: Tensor  # (N,) int64, 1: two identical halves


@dataclass(frozen=True)
class HalvesTask:
    """Class 1: the sequence is the concatenation of two identical halves; class 0: it is not.

    A negative is also made of two halves of equal length, so that the length gives nothing away. It is either
    *random*, two halves drawn independently, or *near*, a positive in which exactly one symbol was changed.

    Args:
        num_symbols: symbols are 0..num_symbols-1; the input size D.
        min_half, max_half: half the length of a sequence, drawn uniformly between them, both included.
        near_fraction: the share of the negatives that are near; 0.5 is the course's *mixed* task.
    """

    num_symbols: int = 10
    min_half: int = 1
    max_half: int = 10
    near_fraction: float = 0.0

    def __post_init__(self) -> None:
        if self.num_symbols < 2:
            raise ValueError(f"two halves can only differ with at least 2 symbols, got {self.num_symbols=}")
        if not 1 <= self.min_half <= self.max_half:
            raise ValueError(f"need 1 <= min_half <= max_half, got {self.min_half=}, {self.max_half=}")
        if not 0 <= self.near_fraction <= 1:
            raise ValueError(f"near_fraction is a share in 0..1, got {self.near_fraction}")

    def sample(self, n: int, generator: Generator) -> Batch:
        """Draw n labelled sequences, on the generator's device.

        Half of them are positives and the share `near_fraction` of the negatives is near, exactly; where that
        is no whole number, chance decides whether it is rounded up or down.
        """
        if n < 1:
            raise ValueError(f"a batch holds at least one sequence, got {n=}")

        def draw(low: int, high: int, *shape: int) -> Tensor:
            return torch.randint(low, high, shape, generator=generator, device=generator.device)

        rank = torch.randperm(n, generator=generator, device=generator.device)
        targets = (rank + draw(0, 2, 1)) % 2
        num_negatives = n - int(targets.sum())
        rounding = (int(draw(0, 2**24, 1)) + 0.5) / 2**24
        num_near = math.floor(self.near_fraction * num_negatives + rounding)
        near = rank // 2 < num_near  # the negatives have rank // 2 = 0, 1, 2, …

        half = draw(self.min_half, self.max_half + 1, n)
        place = torch.arange(self.max_half, device=generator.device)[:, None]
        first = draw(0, self.num_symbols, self.max_half, n)
        change = draw(0, self.num_symbols, self.max_half, n)  # from the first half to the second, mod D
        while (same := ~((change != 0) & (place < half)).any(0)).any():
            change[:, same] = draw(0, self.num_symbols, self.max_half, int(same.sum()))
        changed_place = draw(0, 2**31, n) % half
        one_change = (place == changed_place) * draw(1, self.num_symbols, n)
        change = torch.where(near, one_change, change) * (targets == 0)

        t = torch.arange(2 * int(half.max()), device=generator.device)[:, None]
        symbols = first.gather(0, t % half) + (t >= half) * change.gather(0, t % half)
        symbols = torch.where(t < 2 * half, symbols % self.num_symbols, PADDING)
        return Batch(symbols, self._code(symbols), 2 * half, targets)

    def sample_shuffled(self, n: int, generator: Generator) -> Batch:
        """Draw n negatives that counting cannot find: positives, shuffled until their halves differ.

        In two identical halves every symbol occurs an even number of times, and in these it does, too.

        Raises:
            ValueError: n < 1, or length 2 is allowed: no order of two equal symbols has unlike halves.
        """
        if self.min_half < 2:
            raise ValueError(f"a shuffled positive has 4 symbols or more: need min_half >= 2, got {self.min_half=}")
        symbols, _, lengths, targets = self.sample(n, generator)  # of which only the lengths are kept
        t = torch.arange(len(symbols), device=generator.device)[:, None]
        todo = torch.arange(n, device=generator.device)
        while len(todo):
            length, shape = lengths[todo], (len(symbols), len(todo))
            half, inside = length // 2, t < length
            positive = torch.randint(0, self.num_symbols, shape, generator=generator, device=generator.device)
            positive = positive.gather(0, t % half)
            key = torch.rand(shape, generator=generator, device=generator.device)
            order = torch.where(inside, key, 1).argsort(0)  # 1 is never drawn: the padding stays last
            shuffled = positive.gather(0, order)
            symbols[:, todo] = torch.where(inside, shuffled, PADDING)
            partner = shuffled.gather(0, (t + half).clamp(max=len(symbols) - 1))
            todo = todo[((shuffled == partner) | (t >= half)).all(0)]
        return Batch(symbols, self._code(symbols), lengths, torch.zeros_like(targets))

    def _code(self, symbols: Tensor) -> Tensor:
        """(T, N) → (T, N, D)"""
        step, sequence = torch.nonzero(symbols != PADDING, as_tuple=True)
        x = torch.zeros(*symbols.shape, self.num_symbols, device=symbols.device)
        x[step, sequence, symbols[step, sequence]] = 1
        return x


def last_valid(states: Tensor, lengths: Tensor) -> Tensor:
    """The state of each sequence at its own last time step.

    Reading ``states[-1]`` instead would return the state after the padding.

    Args:
        states: (T, N, Q), time-major as in `torch.nn.RNN`.
        lengths: (N,), integers in 1..T.

    Returns:
        (N, Q).

    Raises:
        ValueError: a length is outside 1..T.
    """
    if lengths.min() < 1 or lengths.max() > len(states):
        raise ValueError(f"lengths must lie in 1..{len(states)}, got {lengths.tolist()}")
    sequence = torch.arange(states.shape[1], device=states.device)
    return states[lengths - 1, sequence]  # (N, Q)
