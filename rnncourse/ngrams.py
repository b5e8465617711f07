"""Next-symbol probabilities from counting, the baseline of every network that writes; and how much of a text is copied.

An n-gram model looks at the n − 1 symbols before. The counts of rare contexts say little, so each order leans on the
one below it (Jelinek and Mercer, 1980; MacKay and Peto, 1995):

    p_n(x | a b c) = (count(a b c x) + S p_{n-1}(x | b c)) / (count(a b c) + S)
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import torch
from torch import Tensor

from rnncourse.datasets.core import BEGIN, PADDING, UNKNOWN

STRENGTH = 10.0  # S: the lower order counts as much as so many symbols


class NGrams:
    """The n-gram models of all orders 1..max_order, from sequences that end with `END`."""

    def __init__(self, sequences: Iterable[Tensor], num_symbols: int, max_order: int) -> None:
        self.counts: defaultdict[tuple[int, ...], Counter[int]] = defaultdict(Counter)  # of what follows a context
        self.num_symbols = num_symbols
        for sequence in sequences:
            symbols = [BEGIN, *sequence.tolist()]
            for t in range(1, len(symbols)):
                for begin in range(max(0, t + 1 - max_order), t + 1):
                    self.counts[tuple(symbols[begin:t])][symbols[t]] += 1
        self.totals = {context: following.total() for context, following in self.counts.items()}

    def probabilities(self, before: Sequence[int], order: int) -> Tensor:
        """(V,) of the next symbol, when the sequence so far is ``before``, with its `BEGIN`."""
        p = torch.ones(self.num_symbols, dtype=torch.float64)
        p[[PADDING, BEGIN, UNKNOWN]] = 0
        p /= p.sum()
        for context in self._contexts(before, order):
            p *= STRENGTH
            following = self.counts[context]
            p[list(following)] += torch.tensor(list(following.values()), dtype=torch.float64)
            p /= p.sum()
        return p

    def probability(self, symbol: int, before: Sequence[int], order: int) -> float:
        """The same for one symbol, much faster."""
        p = 1 / (self.num_symbols - 3)  # neither padding nor begin nor unknown
        for context in self._contexts(before, order):
            p = (self.counts[context][symbol] + STRENGTH * p) / (self.totals[context] + STRENGTH)
        return p

    def bits(self, sequence: Tensor, order: int) -> Tensor:
        """(T,) −log₂ of the probability of each symbol of a sequence."""
        symbols = [BEGIN, *sequence.tolist()]
        p = [self.probability(symbols[t], symbols[:t], order) for t in range(1, len(symbols))]
        return -torch.tensor(p, dtype=torch.float64).log2()

    def _contexts(self, before: Sequence[int], order: int) -> list[tuple[int, ...]]:
        """What was seen of the ends of ``before``, the shortest first."""
        ends = [tuple(before[len(before) - n :]) for n in range(min(order, len(before) + 1))]
        return [end for end in ends if end in self.counts]


def longest_copy(written: str, corpus: str) -> str:
    """The longest piece of ``written`` that stands in ``corpus`` as it is."""
    longest = ""
    for begin in range(len(written)):
        while begin + len(longest) < len(written) and written[begin : begin + len(longest) + 1] in corpus:
            longest = written[begin : begin + len(longest) + 1]
    return longest
