"""The visible checks of lesson 04. What they compare with is `torch.nn.LSTM`, `torch.nn.LSTMCell` and autograd."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Generator, Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence

from rnncourse.checks.core import Attempt, shown
from rnncourse.layers import states_of_layers

ALWAYS_OPEN = 1e3  # a bias at which a gate is exactly 1


def check_lstm_step(lstm_step: Callable) -> None:
    attempt = Attempt("lstm_step", lstm_step)
    generator = Generator().manual_seed(0)
    for N, D, Q in [(3, 4, 5), (1, 1, 1), (2, 3, 3)]:
        weights = _lecture_weights(generator, D, Q)
        _check_step(attempt, _cell(weights), weights, *_normals(generator, (N, D), (N, Q), (N, Q)))
    attempt.passed("both states, the equations with and without a previous cell state")


def check_lstm_1997_step(lstm_1997_step: Callable) -> None:
    attempt = Attempt("lstm_1997_step", lstm_1997_step)
    generator = Generator().manual_seed(0)
    for N, D, Q in [(3, 4, 5), (1, 1, 1), (2, 3, 3)]:
        weights = _lecture_weights(generator, D, Q, letters="ioc")
        open_gate = {"W_xf": torch.zeros(Q, D), "W_hf": torch.zeros(Q, Q), "b_f": torch.full((Q,), ALWAYS_OPEN)}
        x_t, h_prev, c_prev = _normals(generator, (N, D), (N, Q), (N, Q))
        for c in (c_prev, 20 * c_prev):
            _check_step(attempt, _cell(weights | open_gate), weights, x_t, h_prev, c)
    attempt.passed("both states, the equations of 1997, no weights of a forget gate")


def _check_step(
    attempt: Attempt, cell: nn.LSTMCell, weights: dict[str, Tensor], x_t: Tensor, h_prev: Tensor, c_prev: Tensor
) -> None:
    shape = h_prev.shape
    h_t, c_t = attempt.expect_tuple(attempt(x_t, h_prev, c_prev, weights), ("h_t", "c_t"))
    for value, name in ((h_t, "h_t"), (c_t, "c_t")):
        attempt.expect_tensor(value, shape, "(N, Q)", what=name, hint="Is each W_h applied to h_prev, each W_x to x_t?")
    expected_h, expected_c = cell(x_t, (h_prev, c_prev))
    swapped = torch.allclose(h_t, expected_c, atol=1e-5) and torch.allclose(c_t, expected_h, atol=1e-5)
    attempt.expect(not swapped, "returned (c_t, h_t); expected (h_t, c_t), the output state first.")
    nothing = torch.zeros_like(c_prev)
    attempt.expect_same(
        attempt(x_t, h_prev, nothing, weights)[1],
        cell(x_t, (h_prev, nothing))[1],
        "returned a wrong c_t already for c_prev = 0, where it is i_t ⊙ g_t and nothing around it (c_t itself is not "
        "squashed): a sigmoid for i_t, a tanh for g_t, each of x_t, h_prev and a bias, with weights of its own; for a "
        "batch, h_prev @ W_hi.T.",
    )
    attempt.expect_same(
        c_t, expected_c, "returned a right c_t for c_prev = 0 but not for other cell states: what happens to c_prev?"
    )
    attempt.expect_same(
        h_t, expected_h, "returned a right c_t but a wrong h_t: is it o_t times the tanh of the new cell state?"
    )


def check_lecture_weights(lecture_weights: Callable) -> None:
    attempt = Attempt("lecture_weights", lecture_weights)
    rows_of = {"i": [1, 2], "f": [3, 4], "c": [5, 6], "o": [7, 8]}  # Q = 2, torch's order
    letters = {"W_x": "(Q, D)", "W_h": "(Q, Q)", "b_": "(Q,)"}
    for D in (3, 1):
        row = torch.arange(1.0, 9.0)[:, None]
        returned = attempt(row.expand(8, D), 10 * row.expand(8, 2), 100 * row[:, 0], 200 * row[:, 0])
        _expect_names(attempt, returned, [part + letter for letter in rows_of for part in letters])
        for letter, rows in rows_of.items():
            for part, factor, shape in (("W_x", 1, (2, D)), ("W_h", 10, (2, 2)), ("b_", 300, (2,))):
                name, value = part + letter, returned[part + letter]
                attempt.expect_tensor(value, shape, letters[part], what=name, hint="Q rows of torch's for each gate.")
                expected = factor * torch.tensor(rows, dtype=torch.float32)
                attempt.expect_same(
                    value,
                    expected if part == "b_" else expected[:, None].expand(shape),
                    f"returned {name} = {value.tolist()} for Q = 2; row k of weight_ih holds k, of weight_hh 10 k, "
                    f"of bias_ih 100 k and of bias_hh 200 k (k = 1..8); expected {expected.tolist()}, row by row: "
                    "torch's order of the gates is i, f, g, o, in blocks of Q rows, and its biases are added.",
                )
    parameters = _normals(Generator().manual_seed(0), (4, 3), (4, 1), (4,), (4,))  # Q = 1
    attempt.expect_same(
        torch.cat([attempt(*parameters)[f"W_x{letter}"] for letter in "ifco"]), parameters[0], "is wrong for Q = 1."
    )
    attempt.passed("all twelve parts, torch's order, one bias from two")


def _expect_names(attempt: Attempt, returned: object, expected: list[str]) -> None:
    attempt.expect(isinstance(returned, dict), f"returned {shown(returned)}; expected a dict of twelve tensors.")
    attempt.expect(
        returned.keys() == set(expected),
        f"returned the names {sorted(map(str, returned))}; expected {sorted(expected)}.",
    )


def check_stacked_lstm(stacked_lstm: Callable) -> None:
    attempt = Attempt("stacked_lstm", stacked_lstm)
    generator = Generator().manual_seed(0)

    def step(x_t: Tensor, h_prev: Tensor, c_prev: Tensor, cell: nn.LSTMCell) -> tuple[Tensor, Tensor]:
        return cell(x_t, (h_prev, c_prev))

    for T, N, D, Q, L in [(4, 3, 2, 5, 1), (1, 1, 3, 2, 2), (5, 2, 3, 4, 3)]:
        lstm = nn.LSTM(D, Q, L)
        _seed(lstm, generator)
        x, h_0, c_0 = _normals(generator, (T, N, D), (L, N, Q), (L, N, Q))
        returned = attempt(step, x, h_0, c_0, [_cell_of_layer(lstm, layer) for layer in range(L)])
        output, h_n, c_n = attempt.expect_tuple(returned, ("output", "h_n", "c_n"))
        expected, (expected_h_n, expected_c_n) = lstm(x, (h_0, c_0))
        attempt.expect_tensor(
            output, (T, N, Q), "(T, N, Q)", what="output", hint="The last layer's h_t at every step, and no other's."
        )
        for value, name in ((h_n, "h_n"), (c_n, "c_n")):
            attempt.expect_tensor(
                value, (L, N, Q), "(L, N, Q)", what=name, hint="One state for each layer, at the last step."
            )
        where = f"for {T} step{'s' * (T > 1)} and {L} layer{'s' * (L > 1)}"
        attempt.expect_same(
            output[0],
            expected[0],
            f"returned a wrong output[0] {where}: layer l starts from h_0[l] and c_0[l], and reads the h_t of the "
            "layer below at the same step.",
        )
        attempt.expect_same(
            output,
            expected,
            f"returned a right output[0] {where}, but not the later ones: which states does a step get?",
        )
        attempt.expect_same(h_n, expected_h_n, f"returned a right output {where}, but a wrong h_n.")
        attempt.expect_same(c_n, expected_c_n, f"returned a right output and h_n {where}, but a wrong c_n.")
    attempt.passed("output, h_n and c_n as nn.LSTM has them, for one layer and for three")


def check_read_state(read_state: Callable) -> None:
    attempt = Attempt("read_state", read_state)
    generator = Generator().manual_seed(0)
    for L, bidirectional, T in [(1, False, 3), (3, False, 4), (2, True, 4), (1, True, 1)]:
        lstm = nn.LSTM(2, 3, L, bidirectional=bidirectional)
        _seed(lstm, generator)
        (x,) = _normals(generator, (T, 2, 2))
        with torch.no_grad():
            output, (h_n, _) = lstm(x)
        returned_at_all = torch.cat([*output.split(3, dim=2), h_n])
        for (layer, t, backward), state in states_of_layers(lstm, x).items():
            arguments = f"layer={layer}, t={t}, backward={backward} in {L} layer{'s' * (L > 1)} of {T} steps"
            found = attempt(output, h_n, layer, t, backward)
            if not any(torch.allclose(state, entry, atol=1e-6) for entry in returned_at_all):
                attempt.expect(
                    found is None, f"returned a tensor for {arguments}; neither output nor h_n holds that state: None."
                )
                continue
            attempt.expect(
                found is not None,
                f"returned None for {arguments}; expected a tensor of shape (N, Q) = (2, 3): one of the two holds it.",
            )
            attempt.expect_tensor(found, (2, 3), "(N, Q)", hint="The directions lie side by side in output.")
            attempt.expect_same(found, state, f"returned another state than that of {arguments}.")
    attempt.passed("every state of every layer, one direction and two, None where it isn't returned")


def check_set_forget_bias(set_forget_bias: Callable) -> None:
    attempt = Attempt("set_forget_bias", set_forget_bias)
    generator = Generator().manual_seed(0)
    for Q, L, bidirectional, value in [(3, 1, False, 1.0), (2, 2, False, -0.5), (1, 2, True, 3.0)]:
        lstm = nn.LSTM(2, Q, L, bidirectional=bidirectional)
        _seed(lstm, generator)
        for name, weights in lstm.named_parameters():
            if name.startswith("weight"):
                nn.init.zeros_(weights)  # so that every gate shows its bias
        before, names = _gates(lstm), [name for name, _ in lstm.named_parameters()]
        attempt(lstm, value)
        kept = [name for name, weights in lstm.named_parameters() if weights.requires_grad] == names
        attempt.expect(kept, "replaced a parameter: change its values under torch.no_grad(), it must stay trainable.")
        weights_moved = any(w.any() for name, w in lstm.named_parameters() if name.startswith("weight"))
        attempt.expect(not weights_moved, "changed a weight matrix; only biases are to be set.")
        after = _gates(lstm)
        attempt.expect_same(
            after[1],
            before[1],
            "changed another gate than the forget gate: torch's order is i, f, g, o, in blocks of hidden_size rows.",
        )
        places = f"{L} layer{'s' * (L > 1)}, {1 + bidirectional} direction{'s' * bidirectional}"
        wanted = torch.full_like(after[0], value).sigmoid()
        measured = ", ".join(f"{bias:.2f}" for bias in after[0].logit().flatten().tolist())
        attempt.expect_same(
            after[0],
            wanted,
            f"left forget gates that act as with the biases {measured} ({places}); expected {value} in each: both "
            "biases count, in every layer and direction.",
        )
    attempt.passed("every layer and direction, the sum of both biases, nothing else")


@torch.no_grad()
def _gates(lstm: nn.LSTM) -> tuple[Tensor, Tensor]:
    """Without weights: f of every layer and direction, seen by what is left of c_0 = 1; and the rest, at c_0 = 0."""
    x, shape = torch.zeros(1, 1, lstm.input_size), (lstm.num_layers * (1 + lstm.bidirectional), 1, lstm.hidden_size)
    nothing = torch.zeros(shape)
    _, (h_n, c_n) = lstm(x, (nothing, nothing))
    _, (_, kept) = lstm(x, (nothing, torch.ones(shape)))
    return kept - c_n, torch.stack([h_n, c_n])


def check_LSTMNet(LSTMNet: Callable) -> None:
    attempt = Attempt("LSTMNet", LSTMNet)
    generator = Generator().manual_seed(0)
    for D, Q, L, C, lengths in [(4, 5, 1, 3, [3, 6, 1]), (2, 3, 2, 2, [1]), (3, 1, 3, 4, [2, 4])]:
        net = attempt(D, Q, L, C)
        attempt.expect(isinstance(net, nn.Module), "is not an nn.Module: does the class inherit from it?")
        shapes = {name: tuple(weights.shape) for name, weights in net.named_parameters()}
        reference = nn.ModuleDict({"lstm": nn.LSTM(D, Q, L), "fc_o2y": nn.Linear(Q, C)})
        expected = {name: tuple(weights.shape) for name, weights in reference.named_parameters()}
        for name in expected.keys() | shapes.keys():
            attempt.expect(
                shapes.get(name) == expected.get(name),
                f"has {name} of shape {shapes.get(name, 'none')} for dim_input={D}, dim_recurrent={Q}, "
                f"num_layers={L}, dim_output={C}; expected {expected.get(name, 'no such parameter')}.",
            )
        _seed(net, generator)
        x, lengths = _normals(generator, (max(lengths), len(lengths), D))[0], torch.tensor(lengths)
        forward = Attempt("LSTMNet.forward", net)
        logits = forward(x, lengths)
        forward.expect_tensor(
            logits, (len(lengths), C), "(N, C)", hint="One prediction a sequence, from its last state; x is (T, N, D)."
        )
        _, (h_n, _) = net.lstm(pack_padded_sequence(x, lengths, enforce_sorted=False))
        forward.expect_same(
            logits,
            net.fc_o2y(h_n[-1].relu()),
            "does not return fc_o2y(ReLU(h)) with the last layer's h at each sequence's own last step.",
        )
        forward.expect_gradients(logits, net)
    attempt.passed("its parameters, the last layer's state at each sequence's end, gradients everywhere")


def _lecture_weights(generator: Generator, D: int, Q: int, letters: str = "fioc") -> dict[str, Tensor]:
    """Random weights under the lecture's names: W_xf (Q, D), W_hf (Q, Q), b_f (Q,), and so on."""
    weights = {}
    for letter in letters:
        names = f"W_x{letter}", f"W_h{letter}", f"b_{letter}"
        weights |= zip(names, _normals(generator, (Q, D), (Q, Q), (Q,)), strict=True)
    return weights


@torch.no_grad()
def _cell(weights: dict[str, Tensor]) -> nn.LSTMCell:
    """The same weights in torch's cell."""
    Q, D = weights["W_xc"].shape
    cell = nn.LSTMCell(D, Q)
    for parameter, part in ((cell.weight_ih, "W_x"), (cell.weight_hh, "W_h"), (cell.bias_ih, "b_")):
        parameter.copy_(torch.cat([weights[part + letter] for letter in "ifco"]))
    nn.init.zeros_(cell.bias_hh)
    return cell.requires_grad_(False)


def _cell_of_layer(lstm: nn.LSTM, layer: int) -> nn.LSTMCell:
    """One layer of a stacked LSTM as a cell."""
    cell = nn.LSTMCell(lstm.input_size if layer == 0 else lstm.hidden_size, lstm.hidden_size)
    cell.load_state_dict({name: getattr(lstm, f"{name}_l{layer}") for name in cell.state_dict()})
    return cell


def _normals(generator: Generator, *shapes: tuple[int, ...]) -> list[Tensor]:
    return [torch.randn(shape, generator=generator) for shape in shapes]


@torch.no_grad()
def _seed(module: nn.Module, generator: Generator) -> None:
    """Weights that are the same on every call, whatever the notebook drew before."""
    for weights in module.parameters():
        weights.normal_(std=0.5, generator=generator)
