"""The visible check of lesson 07: everything but a whole training."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import torch
from IPython.utils.capture import capture_output
from torch import Generator, Tensor, nn

from rnncourse.challenge import (
    MAX_PARAMETERS,
    MAX_SKILL_UNTRAINED,
    load_into,
    parameters_of,
    skill_untrained,
)
from rnncourse.checks.core import Attempt, shown
from rnncourse.tasks import HalvesTask

FEW, MORE = 64, 2048  # training sequences


def check_train_model(train_model: Callable) -> None:
    attempt = Attempt("train_model", train_model)
    net = _train(attempt, FEW)
    attempt.expect(
        isinstance(net, nn.Module),
        f"returned {shown(net)}; expected the trained network, an nn.Module.",
    )
    parameters = parameters_of(net)
    count = sum(value.numel() for value in parameters.values())
    attempt.expect(count > 0, "returned a network without parameters: what could it have learnt?")
    attempt.expect(
        count <= MAX_PARAMETERS, f"returned a network of {count:,} parameters; expected at most {MAX_PARAMETERS:,}."
    )
    net.eval()
    with torch.no_grad():
        _check_network(Attempt("train_model.net", net))
    skill = skill_untrained(net, parameters, partial(load_into, net), seed=0)
    attempt.expect(
        skill <= MAX_SKILL_UNTRAINED,
        "returned a network that tells the classes apart with random parameters: expected one that has to learn it.",
    )
    more = parameters_of(_train(attempt, MORE))
    attempt.expect(
        any(name not in more or not torch.equal(value, more[name]) for name, value in parameters.items()),
        f"returned the same parameters for {FEW} and for {MORE:,} sequences: is anything trained?",
    )
    attempt.passed("a network of the allowed size, every batch size and length, each sequence alone, nothing built in")


def _train(attempt: Attempt, num_sequences: int) -> nn.Module:
    """Without the progress bar that a training may show."""
    with capture_output():
        return attempt(0, num_sequences)


def _check_network(network: Attempt) -> None:
    generator = Generator().manual_seed(0)
    for N, half in [(1, 1), (1, 20), (5, 10)]:
        batch = HalvesTask(near_fraction=0.5, max_half=half).sample(N, generator)
        logits = network(batch.x, batch.lengths)
        network.expect_tensor(logits, (N, 2), "(N, C)", hint="Two logits for each sequence.")
        for n, T in enumerate(batch.lengths.tolist()):
            alone = network(batch.x[:T, n : n + 1], batch.lengths[n : n + 1])
            _expect_equal(network, alone, logits[n : n + 1], "alone as in a batch: is the state read at its own end?")
        padded = torch.cat([batch.x, torch.zeros(3, N, 10)])
        _expect_equal(
            network, network(padded, batch.lengths), logits, "with more padding behind it: where does its end lie?"
        )


def _expect_equal(network: Attempt, logits: Tensor, expected: Tensor, where: str) -> None:
    network.expect_same(logits, expected, f"does not give a sequence the same logits {where}", rtol=1e-3, atol=1e-4)
