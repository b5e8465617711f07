"""The visible check of lesson 06.3. What it compares with is `torch.nn.GRUCell`, step by step."""

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
        own = {name: shape for name, shape in shapes.items() if not name.startswith("core.")}
        attempt.expect(
            own == {"fc_c2h.weight": (Q, C), "fc_c2h.bias": (Q,)},
            f"has, beside the core, parameters {own} for dim_condition={C} and core.dim_output={Q}; "
            f"expected fc_c2h.weight ({Q}, {C}) and fc_c2h.bias ({Q},).",
        )
        attempt.expect(hasattr(net, "core"), "has no core: is the one that it was given kept as self.core?")
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
    first_state.expect_same(h_0[0], _linear(net, condition), "is not W_ch c + b_h for every row c, in the rows' order.")


def _check_states(net: nn.Module, condition: Tensor, inputs: Tensor, shape: tuple[int, ...]) -> None:
    forward = Attempt("Conditioned.forward", net)
    states = forward(condition, inputs)
    forward.expect_tensor(states, shape, "(T, N, Q)", hint="The state after each input, without h_0, and nothing else.")
    expected = _run(net, condition, inputs)
    forward.expect_same(states[0], expected[0], "returned a states[0] that doesn't come from h_0 and the first input.")
    forward.expect_same(
        states, expected, "returned a right states[0] and a wrong later one: each step goes on from the one before."
    )
    again = forward(condition, inputs)
    forward.expect_same(again, expected, "is right on the first call and not on the second: is a state kept in self?")
    forward.expect_gradients(forward(condition.requires_grad_(), inputs), net)
    forward.expect(condition.grad is not None, "lets no gradient reach the condition: is something detached?")


def _linear(net: nn.Module, condition: Tensor) -> Tensor:
    return nn.functional.linear(condition, net.fc_c2h.weight, net.fc_c2h.bias)


@torch.no_grad()
def _run(net: nn.Module, condition: Tensor, inputs: Tensor) -> Tensor:
    """All states (T, N, Q), by a cell with the core's weights."""
    cell = nn.GRUCell(net.core.gru.input_size, net.core.gru.hidden_size)
    for name, weights in cell.named_parameters():
        weights.copy_(getattr(net.core.gru, f"{name}_l0"))
    h_t, expected = _linear(net, condition), []
    for x_t in net.core.embedding(inputs):
        h_t = cell(x_t, h_t)
        expected.append(h_t)
    return torch.stack(expected)


@torch.no_grad()
def _seed(module: nn.Module, generator: Generator) -> None:
    """Weights that are the same on every call, whatever the notebook drew before."""
    for weights in module.parameters():
        weights.normal_(std=0.6, generator=generator)
