"""The visible checks of lesson 03. What they compare with is `torch.nn` and numbers worked out by hand.

A `torch.nn.GRU` becomes the lecture's gated network when its reset gate stays open and its weights are small and
positive: then its tanh is as good as linear, and the ReLU of the lecture does nothing. A `torch.nn.RNN` is the gated
network whose gate stays at 0. Between them they cover the equations.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Generator, Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence

from rnncourse.checks.core import Attempt

SMALL = 1e-3  # tanh(a) = a (1 - a²/3 + …)
OPEN = 50.0  # sigm(50) = 1 up to rounding


def check_pass_through(pass_through: Callable) -> None:
    attempt = Attempt("pass_through", pass_through)
    for rows, columns in [(1, 1), (3, 4)]:
        h_prev, h_bar = torch.full((rows, columns), 8.0), torch.full((rows, columns), 4.0)
        for z, expected, problem in [
            (1.0, 8.0, "returned something else than h_prev for z = 1, where everything is kept."),
            (0.0, 4.0, "returned something else than h_bar for z = 0, where everything is replaced."),
            (0.75, 7.0, "is right for z = 0 and z = 1, but three quarters of 8 and one quarter of 4 are 7."),
        ]:
            h_t = attempt(torch.full((rows, columns), z), h_prev, h_bar)
            attempt.expect_tensor(h_t, (rows, columns), "(N, Q)")
            attempt.expect_same(h_t, torch.full((rows, columns), expected), problem)
    z = torch.tensor([[1.0, 0.5], [0.0, 0.25]])
    h_t = attempt(z, torch.tensor([[2.0, 2.0], [-4.0, 4.0]]), torch.tensor([[6.0, -6.0], [-8.0, -4.0]]))
    attempt.expect_tensor(h_t, (2, 2), "(N, Q)")
    expected = torch.tensor([[2.0, -2.0], [-8.0, -2.0]])
    attempt.expect_same(
        h_t,
        expected,
        "is wrong where the units differ: each unit of each sequence has its own z, and a state may be negative.",
    )
    attempt.passed("keeps for z = 1, replaces for z = 0, the weights in between, unit by unit")


def check_half_life(half_life: Callable) -> None:
    attempt = Attempt("half_life", half_life)
    for steps in ([1.0], [0.5, 2.0, 10.0, 100.0], [[1.0, 3.0], [20.0, 0.25]]):
        steps = torch.tensor(steps)
        z = 0.5 ** (1 / steps)  # so that z ** steps = 1/2
        returned = attempt(z)
        attempt.expect_tensor(returned, z.shape, "the shape of z", hint="One half-life for each element.")
        attempt.expect(
            bool((returned >= 0).all()),
            "returned a negative number of steps: which of the two logarithms has which sign?",
        )
        attempt.expect_same(
            returned,
            steps,
            f"is wrong: for z = {_numbers(z)} the half-life is {_numbers(steps)}, since z to that power is 1/2.",
            rtol=1e-3,
        )
    ends = attempt(torch.tensor([0.0, 1.0]))
    attempt.expect(
        isinstance(ends, Tensor) and ends.tolist() == [0.0, float("inf")],
        f"returned {_numbers(ends)} for z = 0 and z = 1; a state that is lost at once has half-life 0, "
        "and one that is never lost has half-life inf, with a plus.",
    )
    attempt.passed("half of the state is left after it, any shape, z = 0 and z = 1")


def check_gated_step(gated_step: Callable) -> None:
    attempt = Attempt("gated_step", gated_step)
    generator = Generator().manual_seed(0)
    for N, D, Q in [(3, 4, 5), (1, 1, 1), (2, 7, 3), (2, 3, 3)]:
        shapes = (N, D), (N, Q), (Q, D), (Q, Q), (Q,), (Q, D), (Q, Q), (Q,)
        x_t, h_prev, W_xh, W_hh, b_h, W_xz, W_hz, b_z = [
            torch.randn(shape, generator=generator, dtype=torch.float64) for shape in shapes
        ]
        full = nn.RNNCell(D, Q, nonlinearity="relu").double()
        _set(full, weight_ih=W_xh, weight_hh=W_hh, bias_ih=b_h, bias_hh=torch.zeros(Q))
        closed = W_xz, W_hz, torch.full((Q,), -20 * OPEN).double()
        h_t = attempt(x_t, h_prev, W_xh, W_hh, b_h, *closed)
        attempt.expect_tensor(h_t, (N, Q), "(N, Q)", dtype=torch.float64, hint="Does every product have .T?")
        kept = attempt(x_t, h_prev, W_xh, W_hh, b_h, W_xz, W_hz, -closed[2])
        attempt.expect_same(
            kept,
            h_prev,
            "must return h_prev for a very large b_z: then z = 1, and the state passes through unchanged: "
            "the ReLU acts on h_bar alone.",
        )
        attempt.expect_same(
            h_t,
            full(x_t, h_prev),
            "must be an Elman step for a very negative b_z: then z = 0, and only h_bar is left "
            "(a ReLU of the sum; does every product have .T?).",
        )
        small = SMALL * x_t.abs(), SMALL * h_prev.abs(), W_xh.abs(), W_hh.abs(), SMALL * b_h.abs()
        gate = W_xz / SMALL, W_hz / SMALL, b_z
        h_t = attempt(*small, *gate) / SMALL
        attempt.expect_same(
            h_t,
            _gru_cell(*small, *gate) / SMALL,
            "is right for z = 0 and z = 1 but not in between: is z a sigmoid of W_xz x_t + W_hz h_prev + b_z, "
            "with a .T in every product, does it weigh h_prev, and 1 - z the full update?",
        )
    attempt.passed("keeps for z = 1, an Elman step for z = 0, and in between what a GRU with an open reset gate does")


def check_bias_for_half_life(bias_for_half_life: Callable) -> None:
    attempt = Attempt("bias_for_half_life", bias_for_half_life)
    for steps in ([1.0], [0.5, 2.0, 10.0, 1000.0], [[1.0, 3.0], [20.0, 0.25]]):
        steps = torch.tensor(steps)
        bias = attempt(steps)
        attempt.expect_tensor(bias, steps.shape, "the shape of steps", hint="One bias for each half-life.")
        attempt.expect_same(
            torch.sigmoid(bias) ** steps,
            torch.full_like(steps, 0.5),
            f"is wrong for half-lives of {_numbers(steps)} steps: sigm(b) to that power must be 1/2, "
            f"and with your b it is {_numbers(torch.sigmoid(bias) ** steps)}.",
            rtol=2e-3,
        )
    attempt.passed("after that many steps half of the state is left, from less than one step to a thousand")


def check_GatedNet(GatedNet: Callable) -> None:
    attempt = Attempt("GatedNet", GatedNet)
    generator = Generator().manual_seed(0)
    for D, Q, C, lengths in [(4, 5, 3, [4, 4, 4]), (4, 5, 3, [3, 6, 1]), (2, 3, 2, [1]), (3, 1, 4, [2, 2])]:
        net = attempt(D, Q, C)
        attempt.expect(isinstance(net, nn.Module), "is not an nn.Module: does the class inherit from it?")
        _expect_layers(attempt, net, D, Q, C)
        lengths = torch.tensor(lengths)
        x = torch.rand(int(lengths.max()), len(lengths), D, generator=generator)
        x = x * (torch.arange(len(x))[:, None] < lengths)[:, :, None]
        forward = Attempt("GatedNet.forward", net)
        _draw(net, generator)
        with torch.no_grad():
            net.fc_x2z.bias.fill_(-20 * OPEN)
        logits = forward(x, lengths)
        forward.expect_tensor(
            logits, (len(lengths), C), "(N, C)", hint="One prediction a sequence, from its last state."
        )
        forward.expect_same(
            forward(x, lengths),
            logits,
            "gives the same sequences other logits when it is called again: every call starts from h_0 = 0.",
        )
        forward.expect_same(logits, _read_out(net, _rnn(net, D, Q), x, lengths), _where_wrong(lengths))
        _make_small_and_positive(net, generator)
        forward.expect_same(
            forward(x, lengths),
            _read_out(net, _gru(net, D, Q), x, lengths),
            "is right for z = 0 but not in between: compare the equations of z_t and h_t. Does z_t see h_{t-1}, "
            "and not the new state?",
            rtol=1e-3,
            atol=1e-4,
        )
        forward.expect_gradients(forward(x.requires_grad_(), lengths), net)
        (expected,) = torch.autograd.grad(_read_out(net, _gru(net, D, Q), x, lengths).sum(), x)
        forward.expect(x.grad is not None, "lets no gradient reach x: is something detached?")
        forward.expect_same(
            x.grad,
            expected,
            "returns the right logits, but sends another gradient back to x: is the state detached between two steps?",
            rtol=2e-2,
            atol=2e-2,
        )
    attempt.passed("its parameters, the equations, unequal lengths, gradients everywhere")


def _where_wrong(lengths: Tensor) -> str:
    """The sentence for wrong logits at z = 0; equal lengths are tried first."""
    if lengths.unique().numel() > 1:
        return (
            f"is right for equal lengths and wrong for lengths {lengths.tolist()}: "
            "is each sequence read at its own last step?"
        )
    return (
        "must be an Elman network when b_z is very negative, so that z = 0: look at which state z weighs, "
        "at the ReLU (on h_bar alone), at h_0 = 0; the logits are fc_h2y's as they are."
    )


def _expect_layers(attempt: Attempt, net: nn.Module, D: int, Q: int, C: int) -> None:
    shapes = {name: tuple(weights.shape) for name, weights in net.named_parameters()}
    expected = {
        "fc_x2h.weight": (Q, D),
        "fc_x2h.bias": (Q,),
        "fc_h2h.weight": (Q, Q),
        "fc_x2z.weight": (Q, D),
        "fc_x2z.bias": (Q,),
        "fc_h2z.weight": (Q, Q),
        "fc_h2y.weight": (C, Q),
        "fc_h2y.bias": (C,),
    }
    for problem, names in [
        ("has no parameter", expected.keys() - shapes.keys()),
        ("has a parameter that the equations do not have:", shapes.keys() - expected.keys()),
    ]:
        attempt.expect(not names, f"{problem} {', '.join(sorted(names))}.")
    for name, shape in expected.items():
        attempt.expect(
            shapes[name] == shape,
            f"has a {name} of shape {shapes[name]}; expected {shape} for "
            f"dim_input={D}, dim_recurrent={Q}, dim_output={C}.",
        )


def _gru_cell(x_t: Tensor, h_prev: Tensor, W_xh, W_hh, b_h, W_xz, W_hz, b_z) -> Tensor:
    """The gated step of `torch.nn`, for small positive sums."""
    Q, D = W_xh.shape
    cell = nn.GRUCell(D, Q).double()
    _set(cell, **_gru_weights(W_xh, W_hh, b_h, W_xz, W_hz, b_z))
    return cell(x_t, h_prev)


def _gru_weights(W_xh, W_hh, b_h, W_xz, W_hz, b_z) -> dict[str, Tensor]:
    """In torch's order: reset gate, z, full update. The reset gate is open, whatever it sees."""
    return {
        "weight_ih": torch.cat([torch.zeros_like(W_xh), W_xz, W_xh]),
        "weight_hh": torch.cat([torch.zeros_like(W_hh), W_hz, W_hh]),
        "bias_ih": torch.cat([torch.full_like(b_h, OPEN), b_z, b_h]),
        "bias_hh": torch.zeros(3 * len(b_h)),
    }


def _rnn(net: nn.Module, D: int, Q: int) -> nn.RNN:
    rnn = nn.RNN(D, Q, nonlinearity="relu")
    weights = {"weight_ih": net.fc_x2h.weight, "weight_hh": net.fc_h2h.weight, "bias_ih": net.fc_x2h.bias}
    _set(rnn, **{f"{name}_l0": value for name, value in weights.items()}, bias_hh_l0=torch.zeros(Q))
    return rnn


def _gru(net: nn.Module, D: int, Q: int) -> nn.GRU:
    gru = nn.GRU(D, Q)
    full = net.fc_x2h.weight, net.fc_h2h.weight, net.fc_x2h.bias
    gate = net.fc_x2z.weight, net.fc_h2z.weight, net.fc_x2z.bias
    _set(gru, **{f"{name}_l0": value for name, value in _gru_weights(*full, *gate).items()})
    return gru


def _read_out(net: nn.Module, rnn: nn.Module, x: Tensor, lengths: Tensor) -> Tensor:
    """A packed batch stops at each sequence's own end."""
    _, h_last = rnn(pack_padded_sequence(x, lengths, enforce_sorted=False))
    return net.fc_h2y(h_last[0])


@torch.no_grad()
def _make_small_and_positive(net: nn.Module, generator: Generator) -> None:
    _draw(net, generator)
    for weights in (net.fc_x2h.weight, net.fc_x2h.bias, net.fc_h2h.weight):
        weights.abs_()
    net.fc_x2h.weight.mul_(SMALL)
    net.fc_x2h.bias.mul_(SMALL)
    net.fc_h2z.weight.div_(SMALL)
    net.fc_h2y.weight.div_(SMALL)


@torch.no_grad()
def _draw(module: nn.Module, generator: Generator) -> None:
    """Weights that are the same on every call, whatever the notebook drew before."""
    for weights in module.parameters():
        weights.normal_(std=0.5, generator=generator)


@torch.no_grad()
def _set(module: nn.Module, **weights: Tensor) -> None:
    for name, value in weights.items():
        getattr(module, name).copy_(value)


def _numbers(values: object) -> str:
    return (
        ", ".join(f"{value:.4g}" for value in values.flatten().tolist()) if isinstance(values, Tensor) else repr(values)
    )
