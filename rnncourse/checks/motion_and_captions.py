"""The visible check of lesson 06.3. What it compares with is `torch.nn.GRU`."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Generator, Tensor, nn

from rnncourse.checks.core import Attempt
from rnncourse.recurrent_core import RecurrentCore


def check_Conditioned(Conditioned: Callable) -> None:
    attempt = Attempt("Conditioned", Conditioned)
    generator = Generator().manual_seed(0)
    for T, N, C, Q, symbols in [(5, 3, 4, 6, None), (1, 1, 2, 3, None), (1, 3, 3, 3, None), (4, 2, 5, 3, 7)]:
        core = RecurrentCore(Q, dim_input=2, num_symbols=symbols)
        net = attempt(core, C)
        attempt.expect(isinstance(net, nn.Module), "is not an nn.Module: does the class inherit from it?")
        shapes = {name: tuple(weights.shape) for name, weights in net.named_parameters()}
        expected = {f"core.{name}": tuple(weights.shape) for name, weights in core.named_parameters()}
        expected |= {"fc_c2h.weight": (Q, C), "fc_c2h.bias": (Q,)}
        attempt.expect(
            shapes == expected,
            f"has parameters {shapes} for dim_condition={C} and a core with Q={Q}; expected {expected}.",
        )
        attempt.expect(net.core is core, "has a core of its own in place of the one that it was given.")
        _seed(net, generator)
        condition = torch.randn(N, C, generator=generator)
        inputs = (
            torch.randn(T, N, 2, generator=generator)
            if symbols is None
            else torch.randint(1, symbols, (T, N), generator=generator)
        )
        _check_first_state(net, condition, (1, N, Q))
        _check_states(net, condition, inputs, (T, N, Q))
    attempt.passed("its parameters, the first state, the states that follow, numbers and symbols, gradients")


def _check_first_state(net: nn.Module, condition: Tensor, shape: tuple[int, ...]) -> None:
    first_state = Attempt("Conditioned.first_state", net.first_state)
    h_0 = first_state(condition)
    first_state.expect_tensor(h_0, shape, "(1, N, Q)", hint="torch.nn.GRU wants one first state a layer, in front.")
    first_state.expect_same(h_0[0], net.fc_c2h(condition), "is not W_ch c + b_h for every row c, in the rows' order.")


def _check_states(net: nn.Module, condition: Tensor, inputs: Tensor, shape: tuple[int, ...]) -> None:
    forward = Attempt("Conditioned.forward", net)
    states = forward(condition, inputs)
    forward.expect_tensor(states, shape, "(T, N, Q)", hint="The state after each input, without h_0, and nothing else.")
    expected, _ = net.core.gru(net.core.embedding(inputs), net.fc_c2h(condition)[None])
    forward.expect_same(states[0], expected[0], "returned a states[0] that doesn't come from h_0 and the first input.")
    forward.expect_same(
        states, expected, "returned a right states[0] and a wrong later one: each step goes on from the one before."
    )
    net.zero_grad()
    states.sum().backward()
    without = [name for name, weights in net.named_parameters() if weights.grad is None]
    forward.expect(not without, f"lets no gradient reach {', '.join(without)}: is something detached?")


@torch.no_grad()
def _seed(module: nn.Module, generator: Generator) -> None:
    """Weights that are the same on every call, whatever the notebook drew before."""
    for weights in module.parameters():
        weights.normal_(std=0.6, generator=generator)
