"""Train a network on a dataset of the task taxonomy.

The sample problem's own training, on sequences drawn as they are needed, is in `training`.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator

import torch
from torch import Generator, Tensor, nn
from torch.nn.utils import clip_grad_norm_
from tqdm.auto import tqdm

from rnncourse.datasets.core import Batch, Split

SHORT = "RNNCOURSE_SHORT"  # environment variable: when it is set, trainings only show that they run
SHORTENED = 20  # times fewer updates then


def train(
    net: nn.Module,
    split: Split,
    loss: Callable[[nn.Module, Batch], Tensor],
    num_updates: int,
    *,
    batch_size: int = 32,
    lr: float = 3e-3,
    max_norm: float = 1.0,
    seed: int = 0,
    progress: bool = True,
) -> list[float]:
    """Adam with a cosine learning rate and clipped gradients, over shuffled passes through a split.

    Args:
        loss: of a batch, from the network and the batch.
        lr: the first learning rate; it falls to 2 % of that along half a cosine.
        max_norm: a longer gradient is scaled down to this norm.
        seed: of the order of the examples; the weights are the network's own business.

    Returns:
        The loss at each update.

    Raises:
        FloatingPointError: the loss is no longer a finite number.
    """
    if os.environ.get(SHORT):
        num_updates = -(-num_updates // SHORTENED)
    optimiser = torch.optim.Adam(net.parameters(), lr=lr)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, num_updates, eta_min=0.02 * lr)
    device = next(net.parameters()).device
    losses: list[float] = []
    net.train()
    for batch in tqdm(_endless(split, batch_size, seed, num_updates), total=num_updates, disable=not progress):
        value = loss(net, Batch(*(part if part is None else part.to(device) for part in batch)))
        if not torch.isfinite(value):
            raise FloatingPointError(f"the loss is {value.item()} after {len(losses)} updates: a lower lr may help")
        optimiser.zero_grad()
        value.backward()
        clip_grad_norm_(net.parameters(), max_norm)
        optimiser.step()
        schedule.step()
        losses.append(value.item())
    net.eval()
    return losses


def _endless(split: Split, batch_size: int, seed: int, num_batches: int) -> Iterator[Batch]:
    generator = Generator().manual_seed(seed)
    passes = (batch for _ in itertools.count() for batch in split.batches(batch_size, generator))
    return itertools.islice(passes, num_batches)
