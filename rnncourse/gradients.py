"""How much of the last state's gradient is left after k steps back in time, measured by autograd."""

from __future__ import annotations

from collections.abc import Sequence

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
    return torch.cat(states).detach(), decay_along(states)


def decay_along(states: Sequence[Tensor]) -> Tensor:
    """How strongly the last of these states depends on each of them, through all that autograd recorded in between.

    Args:
        states: T tensors (1, Q), in the order in which they were computed.

    Returns:
        (T,); norms[k] is the spectral norm of the Jacobian of the last state by the one k steps before.
    """
    last = states[-1]
    each_unit = torch.eye(last.shape[1], dtype=last.dtype)[:, None]  # (Q, 1, Q)
    jacobians = torch.autograd.grad(last, states[::-1], each_unit, is_grads_batched=True)  # T times (Q, 1, Q)
    return torch.linalg.matrix_norm(torch.stack(jacobians)[:, :, 0], ord=2).detach()
