"""Hidden tests of lesson 05, the GRU. torch's form is compared with `nn.GRU`, the lecture's with its equations.

Many tests hold a gate at a known value by its bias: 1/2 makes z's convention irrelevant, 0 and 1 leave no doubt about
what r hides. So one mistake costs the tests about that mistake, and those of the whole equation.
"""

from itertools import pairwise

import pytest
import torch
from torch import nn
from torch.nn.functional import linear

from rnncourse.grading.hidden import assert_number, assert_same, assert_shapes, expect, graded, load_weights
from rnncourse.tasks import HalvesTask, last_valid

SIZES = pytest.mark.parametrize(("N", "D", "Q"), [(1, 1, 1), (3, 4, 5), (2, 7, 3), (4, 3, 3)])
OPEN = 50.0  # a bias at which a gate is 1, whatever it sees; at -OPEN it is 0
LECTURE = ("W_xr", "W_hr", "b_r", "W_xz", "W_hz", "b_z", "W_xh", "W_hh", "b_h")
TORCH = (*LECTURE[:-1], "b_xh", "b_hh")


def draw(rng, names, N, D, Q):
    """x_t, h_prev and the weights of these names, in the order of the arguments."""
    shapes = [(Q,) if name[0] == "b" else (Q, D) if name[1:3] == "_x" else (Q, Q) for name in names]
    x_t, h_prev, *weights = rng.normals((N, D), (N, Q), *shapes)
    return x_t, h_prev, dict(zip(names, weights, strict=True))


def gate(w, name, value):
    """The same weights with gate r or z at a value in 0..1 for all units, or at one for each."""
    Q, D = w["W_xr"].shape
    bias = torch.as_tensor(value).float().expand(Q).logit().clamp(-OPEN, OPEN)
    return w | {f"W_x{name}": torch.zeros(Q, D), f"W_h{name}": torch.zeros(Q, Q), f"b_{name}": bias}


def every_second(Q):
    return torch.arange(1, Q + 1) % 2  # 1, 0, 1, …


def lecture_step(x_t, h_prev, w):
    r_t = torch.sigmoid(linear(x_t, w["W_xr"], w["b_r"]) + linear(h_prev, w["W_hr"]))
    z_t = torch.sigmoid(linear(x_t, w["W_xz"], w["b_z"]) + linear(h_prev, w["W_hz"]))
    h_bar = torch.tanh(linear(x_t, w["W_xh"], w["b_h"]) + linear(r_t * h_prev, w["W_hh"]))
    return torch.lerp(h_bar, h_prev, z_t)


def torch_step(x_t, h_prev, w):
    """`nn.GRUCell` with these weights."""
    Q, D = w["W_xr"].shape
    cell = nn.GRUCell(D, Q)
    with torch.no_grad():
        cell.weight_ih.copy_(torch.cat([w["W_xr"], w["W_xz"], w["W_xh"]]))
        cell.weight_hh.copy_(torch.cat([w["W_hr"], w["W_hz"], w["W_hh"]]))
        cell.bias_ih.copy_(torch.cat([w["b_r"], w["b_z"], w["b_xh"]]))
        cell.bias_hh.copy_(torch.cat([torch.zeros(2 * Q), w["b_hh"]]))
        return cell(x_t, h_prev)


def expect_gradients(student, function, names, arguments):
    """A gradient other than zero arrives at every argument."""
    output = function(*arguments)
    expect(isinstance(output, torch.Tensor) and output.shape == arguments[1].shape, "expected a tensor of shape (N, Q)")
    gradients = student.gradients(function, *arguments, cotangent=torch.ones_like(output)).arguments
    names = ("x_t", "h_prev", *names)
    without = [name for name, grad in zip(names, gradients, strict=True) if grad is None or not grad.any()]
    expect(not without, f"no gradient arrives at {', '.join(without)}")


# gru_step


@graded("gru_step", hint="Where z_t = 1 the state stays as it was: z_t multiplies h_prev itself, not the reset one.")
@SIZES
def test_keeps_the_state_where_z_is_one(student, rng, N, D, Q):
    x_t, h_prev, w = draw(rng, LECTURE, N, D, Q)
    h_t = student.gru_step(x_t, h_prev, *gate(w, "z", 1.0).values())
    assert_same(h_t, h_prev)


@graded("gru_step", hint="With h_prev = 0 and z_t = 1/2, h_t is half of tanh(W_xh x_t + b_h), whatever r_t is.")
@SIZES
def test_takes_in_the_input(student, rng, N, D, Q):
    x_t, _, w = draw(rng, LECTURE, N, D, Q)
    w = gate(gate(w, "z", 0.5), "r", 0.5)
    h_t = student.gru_step(x_t, torch.zeros(N, Q), *w.values())
    assert_same(h_t, torch.tanh(linear(x_t, w["W_xh"], w["b_h"])) / 2)


@graded("gru_step", hint="r_t multiplies h_prev alone: with h_prev = 0 it must not make any difference.")
def test_never_resets_anything_but_the_state(student, rng):
    x_t, _, w = draw(rng, LECTURE, 3, 4, 5)
    h_prev, w = torch.zeros(3, 5), gate(w, "z", 0.5)
    open_, shut = (student.gru_step(x_t, h_prev, *gate(w, "r", r).values()) for r in (1.0, 0.0))
    expect(isinstance(open_, torch.Tensor) and bool(open_.any()), "nothing of the input arrives in the state")
    assert_same(shut, open_.detach())


@graded(
    "gru_step", hint="With both gates at 1/2, the update sees half of h_prev, and h_t is the mean of it and h_prev."
)
@SIZES
def test_is_a_leaky_tanh_network_with_half_open_gates(student, rng, N, D, Q):
    x_t, h_prev, w = draw(rng, LECTURE, N, D, Q)
    w = gate(gate(w, "z", 0.5), "r", 0.5) | {"b_h": torch.zeros(Q)}
    assert_same(student.gru_step(x_t, h_prev, *w.values()), lecture_step(x_t, h_prev, w))


@graded(
    "gru_step",
    hint="r_t multiplies h_prev before W_hh does: here r_t is 0 for some units, and no unit may read those.",
    weight=3,
)
@pytest.mark.parametrize(("N", "D", "Q"), [(1, 2, 2), (3, 4, 5), (2, 7, 3)])
def test_resets_before_the_product(student, rng, N, D, Q):
    x_t, h_prev, w = draw(rng, LECTURE, N, D, Q)
    w = gate(gate(w, "z", 0.5), "r", every_second(Q)) | {"b_h": torch.zeros(Q)}
    assert_same(student.gru_step(x_t, h_prev, *w.values()), lecture_step(x_t, h_prev, w))


@graded(
    "gru_step", hint="r_t = sigm(W_xr x_t + W_hr h_prev + b_r), with weights of its own. (Here W_hh is the identity.)"
)
@SIZES
def test_computes_the_reset_gate(student, rng, N, D, Q):
    x_t, h_prev, w = draw(rng, LECTURE, N, D, Q)
    w = gate(w, "z", 0.5) | {"W_hh": torch.eye(Q), "b_h": torch.zeros(Q)}
    assert_same(student.gru_step(x_t, h_prev, *w.values()), lecture_step(x_t, h_prev, w))


@graded(
    "gru_step",
    hint="z_t = sigm(W_xz x_t + W_hz h_prev + b_z), of h_prev before any reset. (Here W_xh, W_hh, b_h are 0.)",
)
@SIZES
def test_computes_the_forget_gate(student, rng, N, D, Q):
    x_t, h_prev, w = draw(rng, LECTURE, N, D, Q)
    w |= {name: torch.zeros_like(w[name]) for name in ("W_xh", "W_hh", "b_h")}
    assert_same(student.gru_step(x_t, h_prev, *w.values()), lecture_step(x_t, h_prev, w))


@graded("gru_step", hint="The four equations of section 5.1 together, with random weights everywhere.", weight=2)
@SIZES
def test_follows_the_lectures_equations(student, rng, N, D, Q):
    x_t, h_prev, w = draw(rng, LECTURE, N, D, Q)
    assert_same(student.gru_step(x_t, h_prev, *w.values()), lecture_step(x_t, h_prev, w))


@graded(
    "gru_step",
    hint="Autograd must be able to go back through the step: no .detach(), .data, .item() or no_grad().",
    weight=1.5,
)
def test_lets_gradients_through(student, rng):
    x_t, h_prev, w = draw(rng, LECTURE, 3, 4, 5)
    expect_gradients(student, student.gru_step, LECTURE, (x_t, h_prev, *w.values()))


# torch_gru_step


@graded("torch_gru_step", hint="Where z_t = 1 the state stays as it was, as in the lecture's form.")
@SIZES
def test_keeps_the_state_in_torchs_form(student, rng, N, D, Q):
    x_t, h_prev, w = draw(rng, TORCH, N, D, Q)
    assert_same(student.torch_gru_step(x_t, h_prev, *gate(w, "z", 1.0).values()), h_prev)


@graded(
    "torch_gru_step", hint="r_t acts neither on W_xh x_t nor on b_xh: with h_prev = b_hh = 0 it makes no difference."
)
def test_never_resets_the_input(student, rng):
    x_t, _, w = draw(rng, TORCH, 3, 4, 5)
    h_prev, w = torch.zeros(3, 5), gate(w, "z", 0.5) | {"b_hh": torch.zeros(5)}
    open_, shut = (student.torch_gru_step(x_t, h_prev, *gate(w, "r", r).values()) for r in (1.0, 0.0))
    expect(isinstance(open_, torch.Tensor) and bool(open_.any()), "nothing of the input arrives in the state")
    assert_same(shut, open_.detach())


@graded("torch_gru_step", hint="With h_prev = b_hh = 0 and z_t = 1/2, h_t is half of tanh(W_xh x_t + b_xh).")
@SIZES
def test_takes_in_the_input_in_torchs_form(student, rng, N, D, Q):
    x_t, _, w = draw(rng, TORCH, N, D, Q)
    h_prev, w = torch.zeros(N, Q), gate(gate(w, "z", 0.5), "r", 0.5) | {"b_hh": torch.zeros(Q)}
    assert_same(student.torch_gru_step(x_t, h_prev, *w.values()), torch_step(x_t, h_prev, w))


@graded(
    "torch_gru_step", hint="r_t multiplies the product W_hh h_prev, not h_prev. (Here both biases are 0.)", weight=2
)
@pytest.mark.parametrize(("N", "D", "Q"), [(1, 2, 2), (3, 4, 5), (2, 7, 3)])
def test_resets_after_the_product(student, rng, N, D, Q):
    x_t, h_prev, w = draw(rng, TORCH, N, D, Q)
    w = gate(gate(w, "z", 0.5), "r", every_second(Q)) | {"b_xh": torch.zeros(Q), "b_hh": torch.zeros(Q)}
    assert_same(student.torch_gru_step(x_t, h_prev, *w.values()), torch_step(x_t, h_prev, w))


@graded(
    "torch_gru_step",
    hint="r_t multiplies b_hh as well: the bias belongs to the product. (Here h_prev = 0 and b_xh = 0.)",
)
@SIZES
def test_resets_the_second_bias(student, rng, N, D, Q):
    x_t, _, w = draw(rng, TORCH, N, D, Q)
    h_prev, w = torch.zeros(N, Q), gate(gate(w, "z", 0.5), "r", 0.5) | {"b_xh": torch.zeros(Q)}
    assert_same(student.torch_gru_step(x_t, h_prev, *w.values()), torch_step(x_t, h_prev, w))


@graded(
    "torch_gru_step", hint="Each gate is a sigmoid with weights of its own. (Here W_hh = 1, b_xh = 0 and b_hh = 0.)"
)
@SIZES
def test_computes_both_gates(student, rng, N, D, Q):
    x_t, h_prev, w = draw(rng, TORCH, N, D, Q)
    w |= {"W_hh": torch.eye(Q), "b_xh": torch.zeros(Q), "b_hh": torch.zeros(Q)}
    for fixed in ("z", "r"):
        half = gate(w, fixed, 0.5)
        assert_same(student.torch_gru_step(x_t, h_prev, *half.values()), torch_step(x_t, h_prev, half))


@graded("torch_gru_step", hint="All of it together must give what nn.GRUCell gives with the same weights.")
@SIZES
def test_equals_torchs_cell(student, rng, N, D, Q):
    x_t, h_prev, w = draw(rng, TORCH, N, D, Q)
    assert_same(student.torch_gru_step(x_t, h_prev, *w.values()), torch_step(x_t, h_prev, w))


@graded(
    "torch_gru_step",
    hint="Autograd must go back through this step as well: no .detach(), .data, .item() or no_grad().",
    weight=1.5,
)
def test_lets_gradients_through_torchs_form(student, rng):
    x_t, h_prev, w = draw(rng, TORCH, 3, 4, 5)
    expect_gradients(student, student.torch_gru_step, TORCH, (x_t, h_prev, *w.values()))


# convert_gru


def stacked(rng, D, Q):
    """The weights of an `nn.GRU` with one layer, freshly drawn."""
    names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    return dict(zip(names, rng.normals((3 * Q, D), (3 * Q, Q), (3 * Q,), (3 * Q,)), strict=True))


def converted(student, weights):
    w = student.convert_gru(weights)
    expect(isinstance(w, dict), "expected a dict from names to tensors")
    return w


def entry(w, name):
    expect(name in w, f"there is no {name} in the dict")
    return w[name]


GRU_SIZES = pytest.mark.parametrize(("D", "Q"), [(1, 1), (4, 5), (7, 3), (3, 3)])


@graded("convert_gru", hint="The dict has exactly the ten names of torch_gru_step's weights, each in its own shape.")
@GRU_SIZES
def test_names_the_ten_weights(student, rng, D, Q):
    w = converted(student, stacked(rng, D, Q))
    assert_same(sorted(w), sorted(TORCH))
    shapes = {name: list(value.shape) for name, value in w.items() if isinstance(value, torch.Tensor)}
    expected = {name: [Q] if name[0] == "b" else [Q, D] if name[1:3] == "_x" else [Q, Q] for name in TORCH}
    assert_shapes(shapes, expected, f"the dict for {D=}, {Q=}")


@graded("convert_gru", hint="weight_ih_l0 holds the input matrices of r, z and n, in this order, Q rows each.")
@GRU_SIZES
def test_splits_the_input_matrices(student, rng, D, Q):
    weights = stacked(rng, D, Q)
    w = converted(student, weights)
    for i, name in enumerate(("W_xr", "W_xz", "W_xh")):
        assert_same(entry(w, name), weights["weight_ih_l0"][i * Q : (i + 1) * Q])


@graded("convert_gru", hint="weight_hh_l0 holds the recurrent matrices of r, z and n, in this order, Q rows each.")
@GRU_SIZES
def test_splits_the_recurrent_matrices(student, rng, D, Q):
    weights = stacked(rng, D, Q)
    w = converted(student, weights)
    for i, name in enumerate(("W_hr", "W_hz", "W_hh")):
        assert_same(entry(w, name), weights["weight_hh_l0"][i * Q : (i + 1) * Q])


@graded("convert_gru", hint="The gates r and z have two biases each in torch, which are added: b_r = b_ir + b_hr.")
@GRU_SIZES
def test_adds_the_biases_of_the_gates(student, rng, D, Q):
    weights = stacked(rng, D, Q)
    w = converted(student, weights)
    total = weights["bias_ih_l0"] + weights["bias_hh_l0"]
    assert_same((entry(w, "b_r"), entry(w, "b_z")), (total[:Q], total[Q : 2 * Q]))


@graded("convert_gru", hint="b_xh and b_hh are the last parts of bias_ih_l0 and bias_hh_l0, and stay apart.")
@GRU_SIZES
def test_keeps_the_biases_of_the_update_apart(student, rng, D, Q):
    weights = stacked(rng, D, Q)
    w = converted(student, weights)
    assert_same((entry(w, "b_xh"), entry(w, "b_hh")), (weights["bias_ih_l0"][2 * Q :], weights["bias_hh_l0"][2 * Q :]))


@graded(
    "convert_gru",
    hint="With the converted weights, torch's equations must give the states of the nn.GRU, step by step.",
)
@pytest.mark.parametrize(("T", "N", "D", "Q"), [(1, 1, 1, 1), (5, 3, 4, 6), (4, 2, 7, 3)])
def test_gives_the_states_of_the_real_module(student, rng, T, N, D, Q):
    gru, weights = nn.GRU(D, Q), stacked(rng, D, Q)
    gru.load_state_dict(weights)
    x, h_0 = rng.normals((T, N, D), (1, N, Q))
    w, h_t, states = converted(student, weights), h_0[0], []
    missing = [name for name in TORCH if name not in w]
    expect(not missing, f"there is no {', '.join(missing)} in the dict")
    shapes = {name: tuple(value.shape) for name, value in w.items() if isinstance(value, torch.Tensor)}
    expect(
        shapes.get("W_xr") == (Q, D) and shapes.get("W_hr") == (Q, Q),
        "the matrices do not have the shapes (Q, D), (Q, Q)",
    )
    for x_t in x:
        r_t = torch.sigmoid(linear(x_t, w["W_xr"], w["b_r"]) + linear(h_t, w["W_hr"]))
        z_t = torch.sigmoid(linear(x_t, w["W_xz"], w["b_z"]) + linear(h_t, w["W_hz"]))
        h_bar = torch.tanh(linear(x_t, w["W_xh"], w["b_xh"]) + r_t * linear(h_t, w["W_hh"], w["b_hh"]))
        h_t = torch.lerp(h_bar, h_t, z_t)
        states.append(h_t)
    assert_same(torch.stack(states), gru(x, h_0)[0].detach())


@graded(
    "convert_gru", hint="The module still needs its weights: nothing may be written into them. b += c writes into b."
)
def test_leaves_the_module_as_it_is(student, rng):
    weights = stacked(rng, 4, 5)
    matrices = [value for value in converted(student, weights).values() if getattr(value, "ndim", 0) == 2]
    expect(matrices, "there is no matrix in the dict")
    total = sum(matrix.sum() for matrix in matrices)  # the same in every order: that is another test's business
    assert_same(total, weights["weight_ih_l0"].sum() + weights["weight_hh_l0"].sum(), atol=1e-4)
    after = student.arguments_after(student.convert_gru, weights)
    assert_same(after[0], weights)


@graded("convert_gru", hint="Training nn.GRU through these weights needs their gradients: no .detach() or .data.")
def test_gradients_reach_torchs_gru(student, rng):
    weights = stacked(rng, 3, 4)
    total = student.evaluate(
        "lambda f, names, *values: torch.stack([value.sum() for value in f(dict(zip(names, values))).values()]).sum()"
    )
    got = student.gradients(total, student.convert_gru, list(weights), *weights.values(), cotangent=torch.ones(()))
    without = [name for name, grad in zip(weights, got.arguments[2:], strict=True) if grad is None or not grad.any()]
    expect(not without, f"no gradient arrives at {', '.join(without)}")


@graded(
    "convert_gru",
    hint="It takes what a real nn.GRU's state_dict() returns, also when there are more layers.",
    weight=0.5,
)
def test_takes_a_real_state_dict(student, rng):
    w = student.evaluate(
        "convert({name: v for name, v in nn.GRU(3, 4, 2).state_dict().items()})", convert=student.convert_gru
    )
    expect(isinstance(w, dict) and isinstance(w.get("W_xh"), torch.Tensor), "there is no W_xh in what was returned")
    expect(w["W_xh"].shape == (4, 3), f"W_xh of a GRU with D = 3 and Q = 4 has shape {tuple(w['W_xh'].shape)}")


# count_parameters

LAYERS = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}


def real_count(kind, D, Q, L, bidirectional):
    """What torch stores, counted on a module without memory."""
    with torch.device("meta"):
        module = LAYERS[kind](D, Q, L, bidirectional=bidirectional)
    return sum(weights.numel() for weights in module.parameters())


@graded(
    "count_parameters",
    hint="Each transformation has two matrices, from input and state, and two biases. How many do RNN, GRU, LSTM have?",
)
@pytest.mark.parametrize("kind", LAYERS)
@pytest.mark.parametrize(("D", "Q"), [(1, 1), (10, 50), (7, 3)])
def test_one_layer(student, kind, D, Q):
    assert_number(student.count_parameters(kind, D, Q, 1), real_count(kind, D, Q, 1, False))


@graded(
    "count_parameters", hint="The GRU has three times the RNN's parameters, the LSTM four times, whatever the sizes."
)
@pytest.mark.parametrize(("D", "Q", "L", "bidirectional"), [(1, 1, 1, False), (7, 3, 2, True)])
def test_counts_the_transformations(student, D, Q, L, bidirectional):
    rnn, gru, lstm = (student.count_parameters(kind, D, Q, L, bidirectional) for kind in LAYERS)
    expect(
        all(isinstance(count, int | float) and count > 0 for count in (rnn, gru, lstm)), "expected a positive number"
    )
    expect((gru, lstm) == (3 * rnn, 4 * rnn), f"for {D=}, {Q=}, {L=} the ratios are {gru / rnn:g} and {lstm / rnn:g}")


@graded("count_parameters", hint="The second layer reads the first one's states, so its input has size Q, not D.")
@pytest.mark.parametrize(("kind", "D", "Q", "L"), [("rnn", 7, 4, 2), ("gru", 10, 50, 3), ("lstm", 1, 3, 5)])
def test_more_layers(student, kind, D, Q, L):
    assert_number(student.count_parameters(kind, D, Q, L), real_count(kind, D, Q, L, False))


@graded("count_parameters", hint="A bidirectional layer is two layers that read the same input, one from each end.")
@pytest.mark.parametrize(("kind", "D", "Q"), [("rnn", 7, 4), ("gru", 10, 50), ("lstm", 1, 3)])
def test_both_directions(student, kind, D, Q):
    assert_number(student.count_parameters(kind, D, Q, 1, True), real_count(kind, D, Q, 1, True))


@graded("count_parameters", hint="Above a bidirectional layer the input has size 2Q: the states of both directions.")
@pytest.mark.parametrize(("kind", "D", "Q", "L"), [("rnn", 7, 4, 2), ("gru", 10, 50, 3), ("lstm", 1, 3, 4)])
def test_more_layers_in_both_directions(student, kind, D, Q, L):
    assert_number(student.count_parameters(kind, D, Q, L, bidirectional=True), real_count(kind, D, Q, L, True))


@graded(
    "count_parameters",
    hint="Count by a formula, in integers, and build no module: this network would not fit into memory.",
    weight=2,
)
def test_counts_what_no_memory_holds(student):
    for kind in LAYERS:
        count = student.count_parameters(kind, 123_457, 1_234_567, 1)
        assert_same(count, real_count(kind, 123_457, 1_234_567, 1, False))


# GRUNet


def gru_net(student, rng, D, Q, C):
    """The student's network with fresh weights; parameters that the lesson does not name are set to zero."""
    weights = {}
    for name in "rzh":
        W_x, b, W_h = rng.normals((Q, D), (Q,), (Q, Q))
        weights |= {f"fc_x2{name}.weight": W_x, f"fc_x2{name}.bias": b, f"fc_h2{name}.weight": W_h}
    weights["fc_h2y.weight"], weights["fc_h2y.bias"] = rng.normals((C, Q), (C,))
    net = student.GRUNet(D, Q, C)
    return net, load_weights(student, net, weights)


def hold(weights, name, value):
    """The same weights with gate r or z at a value in 0..1, for all units or for each."""
    bias = torch.as_tensor(value).float().expand(len(weights["fc_h2h.weight"])).logit().clamp(-OPEN, OPEN)
    nothing = {part: torch.zeros_like(weights[part]) for part in (f"fc_x2{name}.weight", f"fc_h2{name}.weight")}
    return weights | nothing | {f"fc_x2{name}.bias": bias}


def lecture_logits(weights, x, lengths):
    w = {f"W_x{name}": weights[f"fc_x2{name}.weight"] for name in "rzh"}
    w |= {f"W_h{name}": weights[f"fc_h2{name}.weight"] for name in "rzh"}
    w |= {f"b_{name}": weights[f"fc_x2{name}.bias"] for name in "rzh"}
    h_t, states = torch.zeros(len(lengths), len(w["W_hh"])), []
    for x_t in x:
        h_t = lecture_step(x_t, h_t, w)
        states.append(h_t)
    return linear(last_valid(torch.stack(states), lengths), weights["fc_h2y.weight"], weights["fc_h2y.bias"])


def logits_of(net, x, lengths, C):
    logits = net(x, lengths)
    expect(isinstance(logits, torch.Tensor) and logits.shape == (len(lengths), C), "the logits are not of shape (N, C)")
    return logits.detach()


@graded(
    "GRUNet",
    hint="Seven nn.Linear: fc_x2r, fc_x2z, fc_x2h and fc_h2y with a bias, fc_h2r, fc_h2z and fc_h2h without one.",
)
@pytest.mark.parametrize(("D", "Q", "C"), [(10, 50, 2), (3, 4, 5), (1, 1, 1)])
def test_has_the_named_layers(student, rng, D, Q, C):
    net = student.GRUNet(D, Q, C)
    shapes = student.evaluate("{name: list(weights.shape) for name, weights in net.named_parameters()}", net=net)
    expected = {f"fc_x2{name}.weight": [Q, D] for name in "rzh"} | {f"fc_x2{name}.bias": [Q] for name in "rzh"}
    expected |= {f"fc_h2{name}.weight": [Q, Q] for name in "rzh"}
    expected |= {"fc_h2y.weight": [C, Q], "fc_h2y.bias": [C]}
    assert_shapes(shapes, expected, f"GRUNet({D}, {Q}, {C})")


@graded(
    "GRUNet", hint="With r_t = 1 and z_t = 1/2 this is a leaky tanh network, from h_0 = 0, read by fc_h2y as it is."
)
@pytest.mark.parametrize(("T", "N", "D", "Q", "C"), [(1, 1, 2, 3, 2), (5, 3, 4, 6, 3), (4, 4, 4, 4, 4)])
def test_is_a_leaky_tanh_network(student, rng, T, N, D, Q, C):
    net, weights = gru_net(student, rng, D, Q, C)
    weights = load_weights(student, net, hold(hold(weights, "z", 0.5), "r", 1.0))
    lengths = torch.full((N,), T)
    x = rng.padded(lengths, D)
    assert_same(logits_of(net, x, lengths, C), lecture_logits(weights, x, lengths))


@graded(
    "GRUNet", hint="Where z_t = 1 the state stays h_0 = 0 for ever, and the logits are the bias of fc_h2y as it is."
)
def test_keeps_h_0_where_z_is_one(student, rng):
    net, weights = gru_net(student, rng, 3, 5, 2)
    weights = load_weights(student, net, hold(weights, "z", 1.0))
    lengths = torch.full((4,), 6)
    assert_same(logits_of(net, rng.padded(lengths, 3), lengths, 2), weights["fc_h2y.bias"].expand(4, 2))


@graded(
    "GRUNet", hint="r_t multiplies the state before fc_h2h does: fc_h2h(r_t * h_t), not r_t * fc_h2h(h_t).", weight=2
)
def test_resets_before_fc_h2h(student, rng):
    net, weights = gru_net(student, rng, 3, 5, 2)
    weights = load_weights(student, net, hold(hold(weights, "z", 0.5), "r", every_second(5)))
    lengths = torch.full((4,), 6)
    x = rng.padded(lengths, 3)
    assert_same(logits_of(net, x, lengths, 2), lecture_logits(weights, x, lengths))


@graded("GRUNet", hint="Both gates look at x_t and at the state, each through its own two layers.")
def test_computes_gates_from_input_and_state(student, rng):
    lengths = torch.full((3,), 5)
    for fixed in ("r", "z"):
        net, weights = gru_net(student, rng, 3, 4, 2)
        identity = {"fc_h2h.weight": torch.eye(4)}  # before or after makes no difference then
        weights = load_weights(student, net, hold(weights, fixed, 0.5) | identity)
        x = rng.padded(lengths, 3)
        assert_same(logits_of(net, x, lengths, 2), lecture_logits(weights, x, lengths))


@graded(
    "GRUNet", hint="All equations together, over several steps, from h_0 = 0, with the logits as they are.", weight=2
)
@pytest.mark.parametrize(("T", "N", "D", "Q", "C"), [(1, 1, 2, 3, 2), (5, 3, 4, 6, 3), (7, 2, 3, 1, 4)])
def test_follows_all_equations(student, rng, T, N, D, Q, C):
    net, weights = gru_net(student, rng, D, Q, C)
    lengths = torch.full((N,), T)
    x = rng.padded(lengths, D)
    assert_same(logits_of(net, x, lengths, C), lecture_logits(weights, x, lengths))


@graded(
    "GRUNet",
    hint="A shorter sequence is read at its own last step: neither more padding nor its company matters.",
    weight=2,
)
@pytest.mark.parametrize("lengths", [[6, 2, 4], [1, 3], [2, 2, 7, 5]])
def test_padding_has_no_influence(student, rng, lengths):
    # Compared with the network itself, so that another equation is another test's business.
    net, _ = gru_net(student, rng, 3, 5, 2)
    lengths = torch.tensor(lengths)
    x = rng.padded(lengths, 3)
    longer = torch.cat([x, torch.zeros(3, *x.shape[1:])])
    alone = torch.cat([logits_of(net, x[:length, [i]], lengths[[i]], 2) for i, length in enumerate(lengths)])
    expect(all(not torch.allclose(one, other) for one, other in pairwise(alone)), "all sequences get the same logits")
    assert_same(logits_of(net, x, lengths, 2), alone)
    assert_same(logits_of(net, longer, lengths, 2), alone)


@graded(
    "GRUNet",
    hint="Every call starts again from h_0 = 0: the same input gives the same logits, whatever was asked before.",
)
def test_keeps_nothing_between_calls(student, rng):
    net, _ = gru_net(student, rng, 3, 5, 2)
    lengths = torch.full((3,), 4)
    x, other = rng.padded(lengths, 3), rng.padded(lengths, 3)
    first, second = logits_of(net, x, lengths, 2), logits_of(net, other, lengths, 2)
    expect(not torch.allclose(first, second), "other sequences get the same logits")
    assert_same(logits_of(net, x, lengths, 2), first)
    assert_same(logits_of(net, other[:, :2], lengths[:2], 2), second[:2])


@graded(
    "GRUNet",
    hint="The gradient must go back through every step to the first input: nothing may be detached on the way.",
    weight=2,
)
def test_gradients_go_back_through_time(student, rng):
    net, weights = gru_net(student, rng, 4, 8, 3)
    lengths = torch.tensor([5, 5, 5])
    x = rng.padded(lengths, 4)
    (cotangent,) = rng.normals((3, 3))
    got = student.gradients(net, x, lengths, cotangent=cotangent)
    reached = {name for name, gradient in got.parameters.items() if gradient is not None and gradient.any()}
    without = [name for name in weights if name not in reached]
    expect(not without, f"no gradient for {', '.join(without)}")
    expect(got.arguments[0] is not None and bool(got.arguments[0][0].any()), "no gradient arrives at the first input")


@graded(
    "GRUNet",
    hint="Trained on short sequences of four symbols, the network should get nine of ten right, or more.",
    weight=2,
)
def test_learns_the_sample_problem(student, rng):
    task = {"num_symbols": 4, "max_half": 2}
    net = student.GRUNet(4, 32, 2)
    train = student.evaluate(
        "lambda net, task, seed: __import__('rnncourse.training').training.fit(\n"
        "    net, __import__('rnncourse.tasks').tasks.HalvesTask(**task), 8000, batch_size=32, lr=1e-2,\n"
        "    seed=seed, num_evaluations=1, progress=False)"
    )
    student.patience(30)
    train(net, task, rng.new_seed())
    fresh = HalvesTask(**task).sample(1000, rng.generator)
    logits = net(fresh.x, fresh.lengths)
    expect(isinstance(logits, torch.Tensor) and logits.shape == (1000, 2), "the logits are not of shape (N, C)")
    error = (logits.argmax(1) != fresh.targets).float().mean().item()
    expect(error < 0.1, f"after training, {error:.0%} of fresh sequences were classified wrongly")
