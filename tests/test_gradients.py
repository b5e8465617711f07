"""Gradient decay, against autograd's own Jacobians."""

from __future__ import annotations

import pytest
import torch
from torch import nn
from torch.autograd.functional import jacobian

from rnncourse.gradients import decay_along, gradient_decay


@pytest.mark.parametrize("make", [nn.RNNCell, nn.GRUCell, lambda D, Q: nn.RNNCell(D, Q, nonlinearity="relu")])
@pytest.mark.parametrize(("T", "Q"), [(1, 1), (2, 3), (6, 4)])
def test_equals_the_jacobian_of_the_remaining_steps(make, T, Q):
    torch.manual_seed(0)
    cell, x = make(2, Q).double(), torch.randn(T, 2, dtype=torch.float64)
    states, norms = gradient_decay(cell, x)
    assert states.shape == (T, Q) and norms.shape == (T,)

    for k in range(T):

        def last_state(h, k=k):
            for x_t in x[T - k :]:
                h = cell(x_t[None], h)
            return h

        start = states[T - 1 - k][None]
        assert torch.allclose(last_state(start), states[-1:])
        matrix = jacobian(last_state, start)[0, :, 0]
        assert torch.allclose(norms[k], torch.linalg.svdvals(matrix)[0], rtol=1e-10, atol=0)


def test_float64_reaches_where_float32_ends():
    cell, x = nn.RNNCell(1, 1, nonlinearity="relu").double(), torch.ones(80, 1, dtype=torch.float64)
    with torch.no_grad():
        for weights, value in zip(cell.parameters(), (1.0, 0.1, 0.0, 0.0), strict=True):
            weights.fill_(value)
    norms = gradient_decay(cell, x)[1]
    assert torch.allclose(norms, torch.tensor(0.1, dtype=torch.float64) ** torch.arange(80), rtol=1e-9, atol=0)
    assert norms[60] > 0 == norms[60].float()


def test_any_states_will_do_not_only_those_of_a_cell():
    c, states = torch.zeros(1, 3, dtype=torch.float64, requires_grad=True), []
    for _ in range(5):
        c = 0.5 * c + 1
        states.append(c)
    assert torch.allclose(decay_along(states), torch.tensor(0.5, dtype=torch.float64) ** torch.arange(5))
