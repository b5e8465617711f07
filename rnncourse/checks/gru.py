"""The visible checks of lesson 05. What they compare with is `torch.nn`.

No layer of torch computes the lecture's GRU. But where r_t is known, a change of W_hh's columns does what the gate
would, and where W_hh is the identity, both forms are the same.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Generator, Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence

from rnncourse.checks.core import Attempt, shown

SIZES = [(3, 4, 5), (1, 1, 1), (2, 7, 3)]
OPEN, SHUT = 50.0, -50.0  # biases at which a gate is 1 or 0, whatever it sees
KEPT = "must keep h_prev where z_t = 1: which of the two does z_t multiply, or has the gate the other gate's weights?"


def check_gru_step(gru_step: Callable) -> None:
    attempt = Attempt("gru_step", gru_step)
    generator = Generator().manual_seed(0)
    for N, D, Q in SIZES:
        x_t, h_prev, w = _step_case(generator, N, D, Q)
        h_t = attempt(x_t, h_prev, *w.values())
        attempt.expect_tensor(h_t, (N, Q), "(N, Q)", hint="One row for each sequence.")

        kept = attempt(x_t, h_prev, *(w | {"b_z": torch.full((Q,), OPEN)}).values())
        attempt.expect_same(kept, h_prev, KEPT)

        w_half = w | {name: torch.zeros_like(w[name]) for name in ("W_xz", "W_hz", "b_z")}
        first = attempt(x_t, torch.zeros(N, Q), *w_half.values())
        cell = _torch_cell(w_half, torch.zeros(Q))
        attempt.expect_same(
            first,
            cell(x_t, torch.zeros(N, Q)),
            "is wrong for h_prev = 0 and z_t = 1/2, where only tanh(W_xh x_t + b_h) matters.",
        )
        r = torch.arange(Q) % 2
        w_reset = w_half | {
            "W_xr": torch.zeros(Q, D),
            "W_hr": torch.zeros(Q, Q),
            "b_r": torch.where(r == 1, OPEN, SHUT),
        }
        masked = w_reset | {"W_hh": w["W_hh"] * r, "b_r": torch.full((Q,), OPEN)}
        attempt.expect_same(
            attempt(x_t, h_prev, *w_reset.values()),
            _torch_cell(masked, torch.zeros(Q))(x_t, h_prev),
            "is wrong where r_t is 0 for every second unit: r_t multiplies h_prev, before W_hh does.",
        )
        w_same = w | {"W_hh": torch.eye(Q)}
        attempt.expect_same(
            attempt(x_t, h_prev, *w_same.values()),
            _torch_cell(w_same, torch.zeros(Q))(x_t, h_prev),
            "has a wrong gate: both are a sigmoid of a weighted sum of x_t and h_prev, each with its own weights.",
        )
    attempt.passed("the shape, both gates, the reset inside the product")


def check_torch_gru_step(torch_gru_step: Callable) -> None:
    attempt = Attempt("torch_gru_step", torch_gru_step)
    generator = Generator().manual_seed(0)
    for N, D, Q in SIZES:
        x_t, h_prev, w = _step_case(generator, N, D, Q)
        b_xh = w.pop("b_h")
        (b_hh,) = _normals(generator, (Q,))
        w |= {"b_xh": b_xh, "b_hh": b_hh}
        h_t = attempt(x_t, h_prev, *w.values())
        attempt.expect_tensor(h_t, (N, Q), "(N, Q)", hint="One row for each sequence.")
        kept = attempt(x_t, h_prev, *(w | {"b_z": torch.full((Q,), OPEN)}).values())
        attempt.expect_same(kept, h_prev, KEPT)

        without = w | {"b_hh": torch.zeros(Q)}
        cell, start = _torch_cell(without | {"b_h": b_xh}, without["b_hh"]), torch.zeros(N, Q)
        attempt.expect_same(
            attempt(x_t, start, *without.values()),
            cell(x_t, start),
            "is wrong for h_prev = 0 and b_hh = 0, where the update is tanh(W_xh x_t + b_xh), whatever r_t.",
        )
        attempt.expect_same(
            attempt(x_t, h_prev, *without.values()),
            cell(x_t, h_prev),
            "is not what nn.GRUCell computes, already where b_hh = 0: r_t multiplies what W_hh made of h_prev, and "
            "both gates see x_t and h_prev.",
        )
        attempt.expect_same(
            h_t,
            _torch_cell(w | {"b_h": b_xh}, b_hh)(x_t, h_prev),
            "is what nn.GRUCell computes where b_hh = 0, but not elsewhere: does r_t multiply b_hh, too?",
        )
    attempt.passed("equal to nn.GRUCell")


def check_convert_gru(convert_gru: Callable) -> None:
    attempt = Attempt("convert_gru", convert_gru)
    generator = Generator().manual_seed(0)
    for D, Q in [(4, 5), (1, 1), (6, 3)]:
        gru = nn.GRU(D, Q)
        _seed(gru, generator)
        state = gru.state_dict()
        before = {name: value.clone() for name, value in state.items()}
        w = attempt(state)
        changed = [name for name, value in gru.state_dict().items() if not torch.equal(value, before[name])]
        attempt.expect(
            not changed,
            f"changed the module's weights in place, namely {', '.join(changed)}: `b += c` writes into b.",
        )
        attempt.expect(isinstance(w, dict), f"returned {shown(w)}; expected a dict of ten tensors.")
        shapes = {f"W_x{gate}": ((Q, D), "(Q, D)") for gate in "rzh"}
        shapes |= {f"W_h{gate}": ((Q, Q), "(Q, Q)") for gate in "rzh"}
        shapes |= {bias: ((Q,), "(Q,)") for bias in ("b_r", "b_z", "b_xh", "b_hh")}
        attempt.expect(
            w.keys() == shapes.keys(), f"returned the keys {sorted(map(str, w))}; expected {sorted(shapes)}."
        )
        for name, (shape, letters) in shapes.items():
            attempt.expect_tensor(w[name], shape, letters, what=name)
        for name in ("weight_ih_l0", "weight_hh_l0"):
            letter = "x" if name == "weight_ih_l0" else "h"
            stacked = torch.cat([w[f"W_{letter}{gate}"] for gate in "rzh"])
            attempt.expect_same(
                stacked,
                getattr(gru, name),
                f"does not split {name} into r, z and n, in this order, from top to bottom.",
            )
        x, h_0 = _normals(generator, (1, 2, D), (1, 2, Q))
        back = _torch_cell(w | {"b_h": w["b_xh"]}, w["b_hh"])
        attempt.expect_same(
            back(x[0], h_0[0]),
            gru(x, h_0)[0][0],
            "splits the matrices rightly, but with these biases a step is not that of nn.GRU: "
            "two of the gates have one bias that is a sum, the update keeps both.",
        )
    attempt.passed("names, shapes, the order of the gates, all biases")


def check_count_parameters(count_parameters: Callable) -> None:
    attempt = Attempt("count_parameters", count_parameters)
    layers = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}
    cases = [
        ((10, 50, 1, False), "one layer"),
        ((10, 50, 3, False), "three layers: what is the input of the second one"),
        ((10, 50, 1, True), "one layer in both directions"),
        ((7, 4, 3, True), "three layers in both directions: how wide is the input of the second one"),
    ]
    for (D, Q, L, bidirectional), which in cases:
        for kind, layer in layers.items():
            count = attempt(kind, D, Q, L, bidirectional)
            attempt.expect(
                type(count) is int,
                f"returned {shown(count)} for {kind!r}, {D=}, {Q=}, {L=}, {bidirectional=}; expected an int.",
            )
            real = layer(D, Q, L, bidirectional=bidirectional)
            attempt.expect(
                count == sum(weights.numel() for weights in real.parameters()),
                f"returned {count} for {kind!r}, {D=}, {Q=}, {L=}, {bidirectional=}, "
                f"which is not what torch.nn stores for {which}{'?' if ':' in which else '.'}",
            )
        attempt.expect(attempt(kind, D, Q, 1) == attempt(kind, D, Q, 1, False), "needs bidirectional=False as default.")
    attempt.passed("rnn, gru and lstm; one layer and more; one direction and both")


def check_GRUNet(GRUNet: Callable) -> None:
    attempt = Attempt("GRUNet", GRUNet)
    generator = Generator().manual_seed(0)
    cases = [
        (
            (3, 4, 2, [1, 1]),
            "already for a single step: h_0 = 0, the update is a tanh, z_t weighs the old state, and the logits are "
            "fc_h2y's, as they are",
        ),
        (
            (4, 5, 3, [4, 4, 4]),
            "over several steps, though right for one: do both gates see the state before, does z_t weigh that state "
            "(not the reset one), is the last step read?",
        ),
        (
            (4, 5, 3, [3, 6, 1]),
            "for lengths 3, 6 and 1, though right for equal ones: is each read at its own last step?",
        ),
        ((1, 1, 1, [2]), "with sizes of 1"),
    ]
    for (D, Q, C, lengths), where in cases:
        net = attempt(D, Q, C)
        attempt.expect(isinstance(net, nn.Module), "is not an nn.Module: does the class inherit from it?")
        shapes = {name: tuple(weights.shape) for name, weights in net.named_parameters()}
        expected = {f"fc_x2{gate}.weight": (Q, D) for gate in "rzh"} | {f"fc_x2{gate}.bias": (Q,) for gate in "rzh"}
        expected |= {f"fc_h2{gate}.weight": (Q, Q) for gate in "rzh"}
        expected |= {"fc_h2y.weight": (C, Q), "fc_h2y.bias": (C,)}
        different = sorted({name for name, _ in shapes.items() ^ expected.items()})
        attempt.expect(
            not different,
            f"does not have the parameters of its description for dim_input={D}, dim_recurrent={Q}, dim_output={C}: "
            f"look at {', '.join(different)}.",
        )
        _seed(net, generator)
        x, lengths = _normals(generator, (max(lengths), len(lengths), D))[0], torch.tensor(lengths)
        forward = Attempt("GRUNet.forward", net)
        logits = forward(x, lengths)
        forward.expect_tensor(
            logits, (len(lengths), C), "(N, C)", hint="One prediction a sequence, from its last state."
        )
        forward.expect_gradients(forward(x.requires_grad_(), lengths), net)

        with torch.no_grad():
            W_hh = net.fc_h2h.weight.clone()
            net.fc_h2h.weight.copy_(torch.eye(Q))
        logits, truth = forward(x, lengths), _torch_gru_net(net, x, lengths)
        forward.expect_same(logits, truth, f"does not compute the lecture's equations {where}{_end(where)}")
        gradients = [torch.autograd.grad(value.sum(), x)[0] for value in (logits, truth)]
        forward.expect_same(
            *gradients,
            "returns the right logits, but sends another gradient back to x: is the state detached between two steps?",
            rtol=1e-3,
            atol=1e-4,
        )
        with torch.no_grad():
            r = torch.arange(Q) % 2
            net.fc_x2r.weight.zero_()
            net.fc_h2r.weight.zero_()
            net.fc_h2h.weight.copy_(W_hh)
            net.fc_x2r.bias.copy_(torch.where(r == 1, OPEN, SHUT))
            logits = forward(x, lengths)
            net.fc_x2r.bias.fill_(OPEN)
            net.fc_h2h.weight.copy_(W_hh * r)
            truth = _torch_gru_net(net, x, lengths)
        forward.expect_same(logits, truth, "applies r_t in a wrong place: it multiplies the state, before fc_h2h does.")
    attempt.passed("its parameters, both gates, the reset inside the product, unequal lengths, gradients everywhere")


def _step_case(generator: Generator, N: int, D: int, Q: int) -> tuple[Tensor, Tensor, dict[str, Tensor]]:
    """x_t, h_prev and the lecture's weights in the order of the arguments."""
    shapes = {}
    for gate in "rzh":
        shapes |= {f"W_x{gate}": (Q, D), f"W_h{gate}": (Q, Q), f"b_{gate}": (Q,)}
    x_t, h_prev = _normals(generator, (N, D), (N, Q))
    return x_t, h_prev, dict(zip(shapes, _normals(generator, *shapes.values()), strict=True))


@torch.no_grad()
def _torch_cell(w: dict[str, Tensor], b_hh: Tensor) -> nn.GRUCell:
    """A cell of torch with these weights, b_h its input bias of the update."""
    Q, D = w["W_xr"].shape
    cell = nn.GRUCell(D, Q)
    cell.weight_ih.copy_(torch.cat([w["W_xr"], w["W_xz"], w["W_xh"]]))
    cell.weight_hh.copy_(torch.cat([w["W_hr"], w["W_hz"], w["W_hh"]]))
    cell.bias_ih.copy_(torch.cat([w["b_r"], w["b_z"], w["b_h"]]))
    cell.bias_hh.copy_(torch.cat([torch.zeros(2 * Q), b_hh]))
    return cell


def _torch_gru_net(net: nn.Module, x: Tensor, lengths: Tensor) -> Tensor:
    """The same weights in `nn.GRU`, which stops at each sequence's end when the batch is packed."""
    gru = nn.GRU(net.fc_x2h.in_features, net.fc_x2h.out_features)
    with torch.no_grad():
        gru.weight_ih_l0.copy_(torch.cat([net.fc_x2r.weight, net.fc_x2z.weight, net.fc_x2h.weight]))
        gru.weight_hh_l0.copy_(torch.cat([net.fc_h2r.weight, net.fc_h2z.weight, net.fc_h2h.weight]))
        gru.bias_ih_l0.copy_(torch.cat([net.fc_x2r.bias, net.fc_x2z.bias, net.fc_x2h.bias]))
        gru.bias_hh_l0.zero_()
    _, h_last = gru(pack_padded_sequence(x, lengths, enforce_sorted=False))
    return net.fc_h2y(h_last[0])


def _end(sentence: str) -> str:
    return "" if sentence.endswith("?") else "."


def _normals(generator: Generator, *shapes: tuple[int, ...]) -> list[Tensor]:
    return [torch.randn(shape, generator=generator) for shape in shapes]


@torch.no_grad()
def _seed(module: nn.Module, generator: Generator) -> None:
    """Weights that are the same on every call, whatever the notebook drew before."""
    for weights in module.parameters():
        weights.normal_(std=0.5, generator=generator)
