"""Train a network on the sample problem, and measure its errors.

A network is any `nn.Module` with ``net(x, lengths) -> logits``; the batches go to the device of its parameters.
What is drawn comes from local generators: the same seed gives the same batches, whatever ran before.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import torch
from torch import nn
from torch.nn.functional import cross_entropy
from torch.nn.utils import clip_grad_norm_
from tqdm.auto import tqdm

from rnncourse.tasks import Batch, HalvesTask

TEST_SEED = 2**31  # added to a training run's seed for its test sequences; torch looks at the last 32 bits only


@dataclass
class History:
    """What `fit` saw: the test error now and then, the loss and the gradient's norm at every update."""

    seen: list[int] = field(default_factory=list)  # sequences seen at each evaluation
    error: list[float] = field(default_factory=list)  # share of test sequences misclassified, 0..1
    loss: list[float] = field(default_factory=list)
    gradient_norm: list[float] = field(default_factory=list)  # of all parameters, before clipping


def fit(
    net: nn.Module,
    task: HalvesTask,
    num_sequences: int = 250_000,
    *,
    batch_size: int = 128,
    lr: float = 3e-3,
    max_norm: float = 1.0,
    seed: int = 0,
    num_evaluations: int = 20,
    progress: bool = True,
) -> History:
    """Train with Adam, a cosine learning rate and clipped gradients, every sequence seen once.

    Args:
        lr: the learning rate of the first batch; it falls to 2 % of that along half a cosine.
        max_norm: a longer gradient is scaled down to this norm; ``math.inf`` leaves it alone.
        seed: of the training sequences; the weights are the network's own business.
        num_evaluations: how often the test error is measured, besides before the first batch.
        progress: show a bar.

    Raises:
        FloatingPointError: the loss is no longer a finite number.
    """
    num_batches = math.ceil(num_sequences / batch_size)
    evaluate_after = {math.ceil(num_batches * i / num_evaluations) for i in range(1, num_evaluations + 1)}
    optimiser = torch.optim.Adam(net.parameters(), lr=lr)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, num_batches, eta_min=0.02 * lr)
    generator = torch.Generator().manual_seed(seed)

    history = History(seen=[0], error=[evaluate(net, task, seed=seed + TEST_SEED)])
    with tqdm(total=num_sequences, unit=" sequences", disable=not progress) as bar:
        for i in range(1, num_batches + 1):
            seen = min(i * batch_size, num_sequences)
            batch = _to_device_of(net, task.sample(seen - (i - 1) * batch_size, generator))
            loss = cross_entropy(net(batch.x, batch.lengths), batch.targets)
            optimiser.zero_grad()
            loss.backward()
            norm = clip_grad_norm_(net.parameters(), max_norm)
            optimiser.step()
            schedule.step()
            bar.update(len(batch.targets))
            history.loss.append(loss.item())
            history.gradient_norm.append(norm.item())
            if not math.isfinite(history.loss[-1]):
                raise FloatingPointError(f"the loss became {history.loss[-1]} after {seen} sequences")
            if i in evaluate_after:
                history.seen.append(seen)
                history.error.append(evaluate(net, task, seed=seed + TEST_SEED))
                bar.set_postfix(error=f"{history.error[-1]:.1%}")
    return history


@torch.no_grad()
def evaluate(
    net: nn.Module, task: HalvesTask, num_sequences: int = 2000, *, target: int | None = None, seed: int = TEST_SEED
) -> float:
    """The share of fresh sequences that the network misclassifies; with ``target``, of that class only."""
    batch = _to_device_of(net, task.sample(num_sequences, torch.Generator().manual_seed(seed)))
    wrong = net(batch.x, batch.lengths).argmax(1) != batch.targets
    if target is not None:
        wrong = wrong[batch.targets == target]
    return wrong.sum().item() / len(wrong)


def error_by_length(
    net: nn.Module, task: HalvesTask, halves: Iterable[int] = range(1, 21), num_sequences: int = 1000
) -> dict[int, float]:
    """Test error on sequences of each length 2 · half, whether trained on or not: {length: share misclassified}."""
    return {2 * half: evaluate(net, replace(task, min_half=half, max_half=half), num_sequences) for half in halves}


@torch.no_grad()
def error_on_shuffled(
    net: nn.Module, task: HalvesTask, halves: Iterable[int] = range(2, 21), num_sequences: int = 1000
) -> dict[int, float]:
    """The share of shuffled positives of each length 2 · half that the network takes for positives.

    0 for a network that compares the halves, 1 for one that counts symbols (`HalvesTask.sample_shuffled`).
    """
    errors = {}
    for half in halves:
        of_one_length = replace(task, min_half=half, max_half=half)
        batch = _to_device_of(
            net, of_one_length.sample_shuffled(num_sequences, torch.Generator().manual_seed(TEST_SEED))
        )
        errors[2 * half] = net(batch.x, batch.lengths).argmax(1).float().mean().item()
    return errors


def _to_device_of(net: nn.Module, batch: Batch) -> Batch:
    device = next(net.parameters()).device
    return Batch(*(tensor.to(device) for tensor in batch))
