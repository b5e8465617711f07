"""How much of the last state's gradient is left after k steps back in time, measured by autograd."""

from __future__ import annotations

import torch
from torch import Tensor, nn


def gradient_decay(cell: nn.RNNCell, x: Tensor) -> tuple[Tensor, Tensor]:
    """Run one sequence from h_0 = 0 and differentiate its last state with respect to every earlier one.

    One backward pass for each unit of h_T, all at once; so it serves any cell, and compares with formulas.

    Args:
        cell: anything with ``cell(x_t, h_prev) -> h_t`` for a batch of one, and its ``hidden_size``.
        x: (T, D), of the cell's dtype; float32 underflows after some tens of steps.

    Returns:
        states (T, Q) and norms (T,); norms[k] is the spectral norm of the Jacobian of h_T by h_{T-k}.
    """
    h = x.new_zeros(1, cell.hidden_size, requires_grad=True)
    states = []
    for x_t in x:
        h = cell(x_t[None], h)
        states.append(h)
    each_unit = torch.eye(cell.hidden_size, dtype=x.dtype)[:, None]  # (Q, 1, Q)
    jacobians = torch.autograd.grad(h, states[::-1], each_unit, is_grads_batched=True)  # T times (Q, 1, Q)
    norms = torch.linalg.matrix_norm(torch.stack(jacobians)[:, :, 0], ord=2)
    return torch.cat(states).detach(), norms.detach()
