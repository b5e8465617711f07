"""The visible checks of lesson 02. What they compare with is `torch.nn.RNN` and autograd."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Generator, Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence

from rnncourse.checks.core import Attempt
from rnncourse.gradients import gradient_decay
from rnncourse.tasks import last_valid


def check_elman_step(elman_step: Callable) -> None:
    attempt = Attempt("elman_step", elman_step)
    generator = Generator().manual_seed(0)
    for N, D, Q in [(3, 4, 5), (1, 1, 1), (2, 7, 3)]:
        x_t, h_prev, W_xh, W_hh, b_h = _normals(generator, (N, D), (N, Q), (Q, D), (Q, Q), (Q,))
        cell = nn.RNNCell(D, Q, nonlinearity="relu")
        _set(cell, weight_ih=W_xh, weight_hh=W_hh, bias_ih=b_h, bias_hh=torch.zeros(Q))
        h_t = attempt(x_t, h_prev, W_xh, W_hh, b_h)
        attempt.expect_tensor(h_t, (N, Q), "(N, Q)", hint="Is W_hh applied to h_prev, and W_xh to x_t?")
        attempt.expect(bool((h_t >= 0).all()), "returned negative values; where is the ReLU?")
        first = attempt(x_t, torch.zeros(N, Q), W_xh, W_hh, b_h)
        attempt.expect_same(
            first,
            cell(x_t, torch.zeros(N, Q)),
            "is wrong for h_prev = 0, where only W_xh, x_t and b_h matter: is W_xh transposed, and b_h added once?",
        )
        attempt.expect_same(
            h_t,
            cell(x_t, h_prev),
            "is right for h_prev = 0 but not for other states: how does W_hh act on h_prev?",
        )
    attempt.passed("the shape, the equation with and without a previous state")


def check_unroll(unroll: Callable) -> None:
    attempt = Attempt("unroll", unroll)
    generator = Generator().manual_seed(0)
    for lengths, D, Q in [([4, 4, 4], 3, 5), ([1], 2, 3), ([3, 6, 1, 5], 4, 3)]:
        T, N = max(lengths), len(lengths)
        x, h_0 = _normals(generator, (T, N, D), (N, Q))
        lengths = torch.tensor(lengths)
        rnn, cell = nn.RNN(D, Q), nn.RNNCell(D, Q)  # tanh: unroll works with any phi
        _seed(rnn, generator)
        _set(cell, **{name.removesuffix("_l0"): weights for name, weights in rnn.named_parameters()})
        states, h_last = attempt.expect_tuple(attempt(cell, x, lengths, h_0), ("states", "h_last"))
        attempt.expect_tensor(
            states, (T, N, Q), "(T, N, Q)", what="states", hint="One state for each x_t, without h_0."
        )
        attempt.expect_tensor(h_last, (N, Q), "(N, Q)", what="h_last")
        expected = rnn(x, h_0[None])[0]
        attempt.expect_same(
            states[0], expected[0], "returned a states[0] that is not h_1 = phi(x_1, h_0): does it start from h_0?"
        )
        valid = torch.arange(T)[:, None] < lengths  # (T, N)
        attempt.expect_same(
            states[valid],
            expected[valid],
            "has the right h_1, but a later state is not phi(x_t, h_{t-1}): does each step get the state before it?",
        )
        attempt.expect_same(
            h_last,
            last_valid(expected, lengths),
            f"returned an h_last that is not every sequence's state at its own last step, for {lengths.tolist()=}.",
        )
    attempt.passed("every state, the initial state, each sequence's own last step, another phi")


def check_elman_backward(elman_backward: Callable) -> None:
    attempt = Attempt("elman_backward", elman_backward)
    generator = Generator().manual_seed(0)
    cases = [
        ((1, 1, 2, 6), "already for one step of one sequence"),
        ((1, 3, 4, 5), "for a batch of 3, though right for one sequence: are the sequences' gradients summed"),
        ((5, 1, 4, 6), "for 5 steps, though right for one: what arrives at h_t from h_{t+1}"),
        ((6, 3, 4, 5), "for 6 steps of 3 sequences"),
    ]
    for (T, N, D, Q), where in cases:
        x, h_0, grad_states = _normals(generator, (T, N, D), (N, Q), (T, N, Q))
        rnn = nn.RNN(D, Q, nonlinearity="relu")
        _seed(rnn, generator)
        states = rnn(x, h_0[None])[0]
        states.backward(grad_states)
        W_hh = rnn.weight_hh_l0.detach()
        names = ("grad_W_xh", "grad_W_hh", "grad_b_h")
        returned = attempt.expect_tuple(attempt(x, states.detach(), h_0, W_hh, grad_states), names)
        expected = (rnn.weight_ih_l0.grad, rnn.weight_hh_l0.grad, rnn.bias_ih_l0.grad)
        for name, value, truth, letters in zip(names, returned, expected, ("(Q, D)", "(Q, Q)", "(Q,)"), strict=True):
            attempt.expect_tensor(
                value, truth.shape, letters, what=name, hint="The shape of what it is the gradient of."
            )
            attempt.expect_same(value, truth, f"returned a {name} that is not autograd's {where}{_end(where)}")
    attempt.passed("all three gradients equal autograd's, one step and many, one sequence and a batch")


def check_ElmanNet(ElmanNet: Callable) -> None:
    attempt = Attempt("ElmanNet", ElmanNet)
    generator = Generator().manual_seed(0)
    for D, Q, C, lengths in [(4, 5, 3, [3, 6, 1]), (2, 3, 2, [1]), (3, 1, 4, [2, 2])]:
        net = attempt(D, Q, C)
        attempt.expect(isinstance(net, nn.Module), "is not an nn.Module: does the class inherit from it?")
        shapes = {name: tuple(weights.shape) for name, weights in net.named_parameters()}
        expected = {
            "fc_x2h.weight": (Q, D),
            "fc_x2h.bias": (Q,),
            "fc_h2h.weight": (Q, Q),
            "fc_h2y.weight": (C, Q),
            "fc_h2y.bias": (C,),
        }
        attempt.expect(
            shapes == expected,
            f"has parameters {shapes} for dim_input={D}, dim_recurrent={Q}, dim_output={C}; expected {expected}.",
        )
        x, lengths = _normals(generator, (max(lengths), len(lengths), D))[0], torch.tensor(lengths)
        forward = Attempt("ElmanNet.forward", net)
        logits = forward(x, lengths)
        forward.expect_tensor(
            logits, (len(lengths), C), "(N, C)", hint="One prediction a sequence, from its last state."
        )
        forward.expect_same(
            logits,
            _torch_elman(net, x, lengths),
            "does not compute the lecture's equations, read at each sequence's end.",
        )
        forward.expect_gradients(logits, net)
    attempt.passed("its parameters, the equations, unequal lengths, gradients everywhere")


def check_jacobian_norms(jacobian_norms: Callable) -> None:
    attempt = Attempt("jacobian_norms", jacobian_norms)
    generator = Generator().manual_seed(0)
    for T, D, Q in [(1, 2, 3), (2, 3, 6), (8, 4, 7)]:
        cell = nn.RNNCell(D, Q, nonlinearity="relu").double()
        _seed(cell, generator)
        states, expected = gradient_decay(cell, torch.randn(T, D, generator=generator, dtype=torch.float64))
        norms = attempt(states, cell.weight_hh.detach())
        attempt.expect_tensor(norms, (T,), "(T,)", dtype=torch.float64, hint="One norm for each k = 0..T-1.")
        for k, place in enumerate(["of h_T by itself is the identity", "of one step is diag(φ′) W_hh", "is a product"]):
            if k < T:
                attempt.expect_same(
                    norms[k],
                    expected[k],
                    f"returned a wrong norm for k = {k}, where the Jacobian {place}.",
                    rtol=1e-8,
                    atol=0,
                )
        attempt.expect_same(
            norms,
            expected,
            "is right up to k = 2 and wrong beyond: in which order are the steps multiplied?",
            rtol=1e-8,
            atol=0,
        )
    attempt.passed("every k from 0 to T-1, as autograd has it, in float64")


def _torch_elman(net: nn.Module, x: Tensor, lengths: Tensor) -> Tensor:
    """The same weights in `nn.RNN`, which stops at each sequence's end when the batch is packed."""
    rnn = nn.RNN(net.fc_x2h.in_features, net.fc_x2h.out_features, nonlinearity="relu")
    _set(
        rnn,
        weight_ih_l0=net.fc_x2h.weight,
        weight_hh_l0=net.fc_h2h.weight,
        bias_ih_l0=net.fc_x2h.bias,
        bias_hh_l0=torch.zeros(rnn.hidden_size),
    )
    _, h_last = rnn(pack_padded_sequence(x, lengths, enforce_sorted=False))
    return net.fc_h2y(h_last[0])


def _normals(generator: Generator, *shapes: tuple[int, ...]) -> list[Tensor]:
    return [torch.randn(shape, generator=generator) for shape in shapes]


@torch.no_grad()
def _seed(module: nn.Module, generator: Generator) -> None:
    """Weights that are the same on every call, whatever the notebook drew before."""
    for weights in module.parameters():
        weights.normal_(std=0.5, generator=generator)


@torch.no_grad()
def _set(module: nn.Module, **weights: Tensor) -> None:
    for name, value in weights.items():
        getattr(module, name).copy_(value)


def _end(sentence: str) -> str:
    return "?" if ":" in sentence else "."
