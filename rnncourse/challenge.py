"""The lecture's assignment, improve the sample problem: what is measured, the scale of points, the budget.

The lesson shows the reader with it what the grader measures, on other sequences.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Generator, Tensor, nn

from rnncourse.tasks import Batch, HalvesTask

MAX_PARAMETERS = 50_000
CPU_SECONDS = 60  # what a training should take where it is tried
TRAINING_SECONDS = 300  # when the grader stops it: another machine, perhaps a busy one
LONGEST_TRAINED = 20  # symbols

FAMILIES = {
    "random": HalvesTask(near_fraction=0),
    "near": HalvesTask(near_fraction=1),
    "longer": HalvesTask(near_fraction=0.5, min_half=LONGEST_TRAINED // 2 + 1, max_half=LONGEST_TRAINED),
}
SCALE = {  # family: {the error to stay at or below: the points for it}
    "random": {0.25: 1, 0.05: 1, 0.01: 1},
    "near": {0.40: 1, 0.20: 1, 0.08: 1, 0.03: 2},
    "longer": {0.40: 1, 0.15: 2, 0.05: 3},
}
MAX_SKILL_UNTRAINED = 0.7  # hardly any network that has to learn the rule comes above 0.3
NUM_DRAWS = 3

Classifier = Callable[[Tensor, Tensor], Tensor]  # x (T, N, D), lengths (N,) → logits (N, 2)


def errors(net: Classifier, seed: int, num_sequences: int = 4000) -> dict[str, float]:
    """The share of misclassified sequences in each family; always the same answer has 0.5 in all of them."""
    return {family: error_on(family, net, seed, num_sequences) for family in FAMILIES}


@torch.no_grad()
def error_on(family: str, net: Classifier, seed: int, num_sequences: int = 4000) -> float:
    """The share of fresh sequences of one family that the network misclassifies."""
    batch = FAMILIES[family].sample(num_sequences, Generator().manual_seed(seed))
    wrong = margins(net, batch).gt(0) != (batch.targets == 1)
    return wrong.sum().item() / num_sequences


@torch.no_grad()
def missed_pairs(net: Classifier, seed: int, num_sequences: int = 10_000) -> Tensor:
    """For each pair of symbols, how often the network misses that one of them was changed into the other: (D, D)."""
    task = FAMILIES["near"]
    batch = task.sample(num_sequences, Generator().manual_seed(seed))
    missed = margins(net, batch).gt(0)
    counts = torch.zeros(2, task.num_symbols, task.num_symbols)
    for n in torch.nonzero(batch.targets == 0)[:, 0].tolist():
        first, second = batch.symbols[: batch.lengths[n], n].chunk(2)
        place = (first != second).nonzero()[0, 0]
        pair = torch.stack([first[place], second[place]])
        for one, other in (pair, pair.flip(0)):
            counts[:, one, other] += torch.stack([missed[n], torch.tensor(True)])
    return counts[0] / counts[1].clamp(min=1)


def points(error: dict[str, float]) -> int:
    """The points that the scale gives for these errors."""
    return sum(worth for family, steps in SCALE.items() for limit, worth in steps.items() if error[family] <= limit)


def margins(net: Classifier, batch: Batch, num_at_a_time: int = 500) -> Tensor:
    """By how much the network prefers class 1, for each sequence of a batch: (N,)."""
    parts = zip(batch.x.split(num_at_a_time, dim=1), batch.lengths.split(num_at_a_time), strict=True)
    logits = torch.cat([net(x, lengths) for x, lengths in parts])
    return logits[:, 1] - logits[:, 0]


@torch.no_grad()
def skill(net: Classifier, seed: int, num_sequences: int = 500) -> float:
    """How well the network tells the classes apart, whatever its threshold: 0 for chance, 1 for never wrong.

    It is |2 A - 1|, where A is the area under the ROC curve: the chance that a positive has the larger margin.
    """
    batch = HalvesTask(near_fraction=0.5).sample(num_sequences, Generator().manual_seed(seed))
    margin = margins(net, batch).double()
    positive, negative = margin[batch.targets == 1, None], margin[batch.targets == 0]
    area = (positive > negative).double().mean() + 0.5 * (positive == negative).double().mean()
    return abs(2 * area.item() - 1)


def skill_untrained(
    net: Classifier, trained: dict[str, Tensor], load: Callable[[dict[str, Tensor]], object], seed: int
) -> float:
    """The median skill of the network with parameters drawn anew. The trained ones are put back.

    A network that has learnt what it knows loses it. One that still tells the classes apart had the answer built in.

    Args:
        trained: the network's parameters by name.
        load: puts parameters into the network.
    """
    generator = Generator().manual_seed(seed)
    found = []
    for draw in range(NUM_DRAWS):
        load({name: _drawn(value, generator) for name, value in trained.items()})
        found.append(skill(net, seed + draw))
    load(trained)
    return sorted(found)[NUM_DRAWS // 2]


def _drawn(value: Tensor, generator: Generator) -> Tensor:
    """Uniform between ±1/√(size of a row), about as `torch.nn` draws it."""
    bound = max(value.shape[-1:] or (1,)) ** -0.5
    return (2 * torch.rand(value.shape, generator=generator, dtype=value.dtype) - 1) * bound


def parameters_of(net: nn.Module) -> dict[str, Tensor]:
    """A copy of every parameter by its name."""
    return {name: value.detach().clone() for name, value in nn.Module.named_parameters(net)}


def load_into(net: nn.Module, parameters: dict[str, Tensor]) -> None:
    """Put such a copy back."""
    nn.Module.load_state_dict(net, parameters, strict=False)
