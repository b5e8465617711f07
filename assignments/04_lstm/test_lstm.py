"""Hidden tests of lesson 04, the LSTM. Every expected value comes from `torch.nn` and autograd."""

import pytest
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

from rnncourse.grading.classifiers import expect_gradients, expect_nothing_kept, expect_same_logits_in_any_batch
from rnncourse.grading.hidden import assert_same, expect, graded, load_weights
from rnncourse.layers import states_of_layers
from rnncourse.tasks import HalvesTask

SIZES = pytest.mark.parametrize(("N", "D", "Q"), [(1, 1, 1), (3, 4, 5), (2, 7, 3), (4, 3, 3)])


# lstm_step and lstm_1997_step: a test for each part of the equations, so that one slip costs one part


def lecture_weights_of(rng, D, Q, letters):
    """Random weights under the lecture's names."""
    weights = {}
    for letter in letters:
        parts = rng.normals((Q, D), (Q, Q), (Q,))
        weights |= dict(zip((f"W_x{letter}", f"W_h{letter}", f"b_{letter}"), parts, strict=True))
    return weights


def gate(weights, letter, x_t, h_prev):
    """The sum of one gate before its nonlinearity."""
    linear = nn.functional.linear
    return linear(x_t, weights[f"W_x{letter}"], weights[f"b_{letter}"]) + linear(h_prev, weights[f"W_h{letter}"])


def two_states(returned):
    expect(isinstance(returned, tuple | list) and len(returned) == 2, "expected two tensors, h_t and c_t")
    h_t, c_t = returned
    expect(isinstance(h_t, torch.Tensor) and isinstance(c_t, torch.Tensor), "expected two tensors, h_t and c_t")
    return h_t, c_t


def without_gradient(student, step, x_t, h_prev, c_prev, weights):
    """The names of the arguments that no gradient reaches."""
    (cotangent,) = torch.ones(1, 2, *h_prev.shape)
    both = student.evaluate(
        "lambda step, names, x_t, h_prev, c_prev, *values:"
        " torch.stack(tuple(step(x_t, h_prev, c_prev, dict(zip(names, values)))))"
    )
    arguments = x_t, h_prev, c_prev, *weights.values()
    found = student.gradients(both, step, list(weights), *arguments, cotangent=cotangent).arguments[2:]
    names = "x_t", "h_prev", "c_prev", *weights
    return [name for name, grad in zip(names, found, strict=True) if grad is None or not grad.any()]


@graded(
    "lstm_step",
    hint="With c_prev = 0, the new cell state is i_t ⊙ g_t: a sigmoid and a tanh, W_xi … and W_xc …, and nothing around"
    " it: c_t itself is not squashed.",
)
@SIZES
def test_the_update_enters_through_the_input_gate(student, rng, N, D, Q):
    weights = lecture_weights_of(rng, D, Q, "fioc")
    (x_t,), h_prev = rng.normals((N, D)), torch.zeros(N, Q)
    _, c_t = two_states(student.lstm_step(x_t, h_prev, torch.zeros(N, Q), weights))
    assert_same(c_t, gate(weights, "i", x_t, h_prev).sigmoid() * gate(weights, "c", x_t, h_prev).tanh())


@graded(
    "lstm_step", hint="What c_t holds more when c_prev is not 0 is f_t ⊙ c_prev, however large c_prev is.", weight=1.5
)
@SIZES
def test_the_forget_gate_keeps_a_part_of_the_cell_state(student, rng, N, D, Q):
    weights = lecture_weights_of(rng, D, Q, "fioc")
    (x_t, c_prev), h_prev = rng.normals((N, D), (N, Q)), torch.zeros(N, Q)
    kept = []
    for c in (5 * c_prev, torch.zeros(N, Q)):
        kept.append(two_states(student.lstm_step(x_t, h_prev, c, weights))[1])
    expect(kept[0].shape == kept[1].shape == (N, Q), "c_t is not of shape (N, Q)")
    assert_same(kept[0] - kept[1], gate(weights, "f", x_t, h_prev).sigmoid() * 5 * c_prev, atol=1e-4)


@graded(
    "lstm_step",
    hint="h_t is o_t ⊙ tanh(c_t), with the weights of o; (h_t, c_t) come back in this order.",
    weight=2,
)
@SIZES
def test_the_output_gate_shows_the_new_cell_state(student, rng, N, D, Q):
    weights = lecture_weights_of(rng, D, Q, "fioc")
    (x_t, c_prev), h_prev = rng.normals((N, D), (N, Q)), torch.zeros(N, Q)
    h_t, c_t = two_states(student.lstm_step(x_t, h_prev, c_prev, weights))
    expect(bool(c_t.any()), "the cell state is all zeros")
    assert_same(h_t, gate(weights, "o", x_t, h_prev).sigmoid() * c_t.tanh())


@graded(
    "lstm_step",
    hint="With x_t = 0 and no biases only the W_h remain; for a batch each sum is h_prev @ W_h.T.",
    weight=2,
)
@SIZES
def test_sees_the_previous_output_state(student, rng, N, D, Q):
    weights = lecture_weights_of(rng, D, Q, "fioc")
    weights |= {name: torch.zeros(Q) for name in ("b_f", "b_i", "b_o", "b_c")}
    h_prev, c_prev = rng.normals((N, Q), (N, Q))
    half_open = weights | {"W_ho": torch.zeros(Q, Q)}
    h_t, c_t = two_states(student.lstm_step(torch.zeros(N, D), h_prev, c_prev, weights))
    h_half, _ = two_states(student.lstm_step(torch.zeros(N, D), h_prev, c_prev, half_open))
    f, i, o, c = (gate(weights, letter, torch.zeros(N, D), h_prev) for letter in "fioc")
    expected = f.sigmoid() * c_prev + i.sigmoid() * c.tanh()
    expect(bool(h_half.any()), "the output state is all zeros")
    assert_same([h_t, c_t], [2 * o.sigmoid() * h_half, expected])  # whatever it shows of the cell state


@graded("lstm_step", hint="Autograd must be able to go back through the step: no .detach(), .data or no_grad().")
def test_lets_gradients_through(student, rng):
    weights = lecture_weights_of(rng, 4, 5, "fioc")
    arguments = rng.normals((3, 4), (3, 5), (3, 5))
    without = without_gradient(student, student.lstm_step, *arguments, weights)
    expect(not without, f"no gradient arrives at {', '.join(without)}")


@graded("lstm_step", hint="The states have the dtype of the arguments: make no float32 tensor on the way.", weight=0.5)
def test_a_step_in_float64(student, rng):
    weights = {name: value.double() for name, value in lecture_weights_of(rng, 4, 5, "fioc").items()}
    states = two_states(student.lstm_step(*rng.normals((3, 4), (3, 5), (3, 5), dtype=torch.float64), weights))
    expect(
        states[0].dtype == states[1].dtype == torch.float64, "the states of a step in torch.float64 have another dtype"
    )


@graded("lstm_1997_step", hint="With c_prev = 0, the new cell state is i_t ⊙ g_t, a sigmoid times a tanh, unsquashed.")
@SIZES
def test_adds_the_gated_update(student, rng, N, D, Q):
    weights = lecture_weights_of(rng, D, Q, "ioc")
    x_t, h_prev = rng.normals((N, D), (N, Q))
    _, c_t = two_states(student.lstm_1997_step(x_t, h_prev, torch.zeros(N, Q), weights))
    assert_same(c_t, gate(weights, "i", x_t, h_prev).sigmoid() * gate(weights, "c", x_t, h_prev).tanh())


@graded("lstm_1997_step", hint="Nothing is forgotten: all of c_prev is in c_t, however large it is.", weight=1.5)
@SIZES
def test_keeps_all_of_the_cell_state(student, rng, N, D, Q):
    weights = lecture_weights_of(rng, D, Q, "ioc")
    x_t, h_prev, c_prev = rng.normals((N, D), (N, Q), (N, Q))
    kept = []
    for c in (20 * c_prev, torch.zeros(N, Q)):
        kept.append(two_states(student.lstm_1997_step(x_t, h_prev, c, weights))[1])
    expect(kept[0].shape == kept[1].shape == (N, Q), "c_t is not of shape (N, Q)")
    assert_same(kept[0] - kept[1], 20 * c_prev, atol=1e-4)


@graded("lstm_1997_step", hint="h_t is o_t ⊙ tanh(c_t) in 1997, too, with the c_t that your step returns.", weight=2)
@SIZES
def test_shows_the_new_cell_state(student, rng, N, D, Q):
    weights = lecture_weights_of(rng, D, Q, "ioc")
    h_t, c_t = two_states(student.lstm_1997_step(*(given := rng.normals((N, D), (N, Q), (N, Q))), weights))
    expect(bool(c_t.any()), "the cell state is all zeros")
    assert_same(h_t, gate(weights, "o", *given[:2]).sigmoid() * c_t.tanh())


@graded(
    "lstm_1997_step", hint="The weights belong to the caller: put nothing into the dict, build your own.", weight=0.5
)
def test_leaves_the_weights_alone(student, rng):
    weights = lecture_weights_of(rng, 4, 5, "ioc")
    arguments = *rng.normals((3, 4), (3, 5), (3, 5)), weights
    h_t, c_t = two_states(student.lstm_1997_step(*arguments))
    expect(not torch.equal(h_t, c_t), "h_t and c_t are the same")
    assert_same(student.arguments_after(student.lstm_1997_step, *arguments)[-1], weights)


@graded("lstm_1997_step", hint="The gradient must pass: unchanged along the cell state, and through all the weights.")
def test_lets_the_error_circulate(student, rng):
    weights = lecture_weights_of(rng, 4, 5, "ioc")
    arguments = rng.normals((3, 4), (3, 5), (3, 5))
    without = without_gradient(student, student.lstm_1997_step, *arguments, weights)
    expect(not without, f"no gradient arrives at {', '.join(without)}")


# lecture_weights


def torch_layer(rng, D, Q):
    """The four parameters of one layer, and the blocks of each: {"weight_ih": {"i": …, "f": …}, …}."""
    parameters = dict(
        zip(
            ("weight_ih", "weight_hh", "bias_ih", "bias_hh"),
            rng.normals((4 * Q, D), (4 * Q, Q), (4 * Q,), (4 * Q,)),
            strict=True,
        )
    )
    blocks = {
        name: dict(zip("ifco", value.view(4, Q, *value.shape[1:]), strict=True)) for name, value in parameters.items()
    }
    return list(parameters.values()), blocks


def named(returned, names):
    expect(isinstance(returned, dict), "expected a dict")
    missing = [name for name in names if name not in returned]
    expect(not missing, f"the dict has no {', '.join(missing)}")
    return {name: returned[name] for name in names}


LAYER_SIZES = pytest.mark.parametrize(("D", "Q"), [(1, 1), (3, 5), (7, 2), (4, 4)])


@graded("lecture_weights", hint="weight_ih holds W_xi, W_xf, W_xc, W_xo: four blocks of Q whole rows, in this order.")
@LAYER_SIZES
def test_finds_the_matrices_of_the_input(student, rng, D, Q):
    parameters, blocks = torch_layer(rng, D, Q)
    expected = {f"W_x{letter}": block for letter, block in blocks["weight_ih"].items()}
    assert_same(named(student.lecture_weights(*parameters), expected), expected)


@graded("lecture_weights", hint="weight_hh holds W_hi, W_hf, W_hc, W_ho: four blocks of Q whole rows, in this order.")
@LAYER_SIZES
def test_finds_the_recurrent_matrices(student, rng, D, Q):
    parameters, blocks = torch_layer(rng, D, Q)
    expected = {f"W_h{letter}": block for letter, block in blocks["weight_hh"].items()}
    assert_same(named(student.lecture_weights(*parameters), expected), expected)


@graded("lecture_weights", hint="The lecture has one bias where torch has two: their sum.")
@LAYER_SIZES
def test_adds_the_two_biases(student, rng, D, Q):
    parameters, blocks = torch_layer(rng, D, Q)
    expected = {f"b_{letter}": block + blocks["bias_hh"][letter] for letter, block in blocks["bias_ih"].items()}
    returned = named(student.lecture_weights(*parameters), expected)
    total = sum(value.sum() for value in returned.values())
    expect(torch.isclose(total, sum(expected.values()).sum(), rtol=1e-3, atol=1e-4), "not the sum of both biases")
    assert_same({name: returned[name].flatten() for name in expected}, expected)


@graded(
    "lecture_weights", hint="Training nn.LSTM needs the gradients of all four: no .detach(), .data or new nn.Parameter."
)
def test_gradients_reach_torchs_parameters(student, rng):
    parameters, _ = torch_layer(rng, 3, 4)
    total = student.evaluate(
        "lambda f, *parameters: torch.stack([value.sum() for value in f(*parameters).values()]).sum()"
    )
    got = student.gradients(total, student.lecture_weights, *parameters, cotangent=torch.ones(())).arguments[1:]
    names = "weight_ih", "weight_hh", "bias_ih", "bias_hh"
    without = [name for name, grad in zip(names, got, strict=True) if grad is None]
    expect(not without, f"no gradient arrives at {', '.join(without)}")
    assert_same(got, tuple(torch.ones_like(parameter) for parameter in parameters))


# stacked_lstm


def stack(rng, T, N, D, Q, L, start=1.0):
    """An `nn.LSTM`, its arguments, and the weights of each layer in a list."""
    lstm = nn.LSTM(D, Q, L)
    with torch.no_grad():
        for weights in lstm.parameters():
            weights.normal_(std=0.7, generator=rng.generator)
    x, h_0, c_0 = rng.normals((T, N, D), (L, N, Q), (L, N, Q))
    return lstm, x, start * h_0, start * c_0


def run_stack(student, lstm, x, h_0, c_0):
    """The student's output, h_n, c_n with torch's cell as the step."""
    step = student.evaluate("lambda x_t, h, c, weights: torch.lstm_cell(x_t, (h, c), *weights)")
    layers = [[weights.detach() for weights in layer] for layer in lstm.all_weights]
    returned = student.stacked_lstm(step, x, h_0, c_0, layers)
    expect(isinstance(returned, tuple | list) and len(returned) == 3, "expected three tensors: output, h_n, c_n")
    return returned


@graded("stacked_lstm", hint="One layer: call the step that is given, with layers[0] as it is; output keeps every h_t.")
@pytest.mark.parametrize(("T", "N", "D", "Q"), [(1, 1, 2, 3), (6, 3, 4, 2), (4, 2, 3, 3)])
def test_runs_one_layer_through_time(student, rng, T, N, D, Q):
    lstm, x, h_0, c_0 = stack(rng, T, N, D, Q, 1, start=0)
    assert_same(run_stack(student, lstm, x, h_0, c_0)[0], lstm(x, (h_0, c_0))[0].detach())


@graded(
    "stacked_lstm",
    hint="Layer l begins with h_0[l] and c_0[l], each layer with its own, whatever they hold.",
    weight=1.5,
)
@pytest.mark.parametrize(("T", "L"), [(1, 1), (1, 3), (3, 2)])
def test_each_layer_starts_from_its_own_states(student, rng, T, L):
    lstm, x, h_0, c_0 = stack(rng, T, 3, 4, 4, L)
    output = run_stack(student, lstm, x, h_0, c_0)[0]
    expect(isinstance(output, torch.Tensor) and output.dim() == 3, "output is no tensor of shape (T, N, Q)")
    assert_same(output[0], lstm(x, (h_0, c_0))[0][0].detach())


@graded(
    "stacked_lstm", hint="Layer 2 reads the h_t of layer 1 of the same step; output is the last layer's.", weight=1.5
)
@pytest.mark.parametrize(("T", "N", "D", "Q", "L"), [(1, 1, 2, 3, 2), (5, 3, 4, 4, 2), (4, 2, 2, 5, 4)])
def test_each_layer_reads_the_one_below(student, rng, T, N, D, Q, L):
    lstm, x, h_0, c_0 = stack(rng, T, N, D, Q, L, start=0)
    assert_same(run_stack(student, lstm, x, h_0, c_0)[0], lstm(x, (h_0, c_0))[0].detach())


def expect_last_states(student, rng, T, L, index):
    """h_n or c_n of all layers; of the first alone where a link between them is wrong, another test's business."""
    lstm, x, h_0, c_0 = stack(rng, T, 2, 4, 4, L, start=0)
    output, (h_n, c_n) = lstm(x, (h_0, c_0))
    expected = (h_n, c_n)[index].detach()
    returned = run_stack(student, lstm, x, h_0, c_0)
    states = returned[1 + index]
    expect(isinstance(states, torch.Tensor), "expected a tensor")
    expect(states.shape == expected.shape, f"returned shape {tuple(states.shape)}; expected {tuple(expected.shape)}")
    is_right = isinstance(returned[0], torch.Tensor) and returned[0].shape == output.shape
    if is_right and torch.allclose(returned[0], output.detach(), atol=1e-4):
        assert_same(states, expected)
    assert_same(states[0], expected[0])


@graded(
    "stacked_lstm", hint="h_n is (L, N, Q): the output state of every layer, the first layer first, at the last step."
)
@pytest.mark.parametrize(("T", "L"), [(1, 1), (5, 1), (4, 3)])
def test_h_n_is_every_layer_at_the_end(student, rng, T, L):
    expect_last_states(student, rng, T, L, 0)


@graded(
    "stacked_lstm", hint="c_n is (L, N, Q): the cell state of every layer, the first layer first, at the last step."
)
@pytest.mark.parametrize(("T", "L"), [(1, 1), (5, 1), (4, 3)])
def test_c_n_is_every_layer_at_the_end(student, rng, T, L):
    expect_last_states(student, rng, T, L, 1)


@graded("stacked_lstm", hint="Training goes back through all layers and all steps: no .detach(), .data or no_grad().")
def test_gradients_go_back_through_layers_and_time(student, rng):
    lstm, x, h_0, c_0 = stack(rng, 4, 3, 2, 5, 2, start=0)
    (cotangent,) = rng.normals((3, 5))
    x.requires_grad_()
    (lstm(x, (h_0, c_0))[0][-1] * cotangent).sum().backward()
    step = student.evaluate("lambda x_t, h, c, weights: torch.lstm_cell(x_t, (h, c), *weights)")
    last = student.evaluate(
        "lambda stacked_lstm, step, x, h_0, c_0, layers: stacked_lstm(step, x, h_0, c_0, layers)[0][-1]"
    )
    layers = [[weights.detach() for weights in layer] for layer in lstm.all_weights]
    arguments = student.stacked_lstm, step, x.detach(), h_0, c_0, layers
    got = student.gradients(last, *arguments, cotangent=cotangent).arguments[2]
    expect(got is not None, "no gradient arrives at the inputs")
    assert_same(got, x.grad)


# read_state


def random_lstm(rng, D, Q, L, bidirectional=False):
    lstm = nn.LSTM(D, Q, L, bidirectional=bidirectional)
    with torch.no_grad():
        for weights in lstm.parameters():
            weights.normal_(std=0.7, generator=rng.generator)
    return lstm


def all_states(rng, T, L, bidirectional=False):
    """What a random LSTM returns, and every one of its states: {(layer, t, backward): (N, Q)}."""
    lstm = random_lstm(rng, 2, 4, L, bidirectional)
    (x,) = rng.normals((T, 3, 2))
    with torch.no_grad():
        output, (h_n, _) = lstm(x)
    return output, h_n, states_of_layers(lstm, x)


@graded("read_state", hint="The last layer is in output at every time; t counts from 1 and Python from 0.")
@pytest.mark.parametrize(("T", "L"), [(1, 1), (4, 1), (5, 3)])
def test_reads_the_last_layer_at_every_time(student, rng, T, L):
    output, h_n, states = all_states(rng, T, L)
    for t in range(1, T + 1):
        assert_same(student.read_state(output, h_n, L, t, False), states[L, t, False])


@graded("read_state", hint="The lower layers are in h_n, at the last time step T; layers count from 1.")
@pytest.mark.parametrize(("T", "L"), [(1, 2), (4, 2), (5, 4)])
def test_reads_lower_layers_at_the_end(student, rng, T, L):
    output, h_n, states = all_states(rng, T, L)
    for layer in range(1, L):
        assert_same(student.read_state(output, h_n, layer, T, False), states[layer, T, False])


@graded(
    "read_state", hint="A lower layer before the last step is in neither of the two: None. The last layer isn't None."
)
@pytest.mark.parametrize(("T", "L"), [(2, 2), (5, 3)])
def test_is_none_where_nothing_is_returned(student, rng, T, L):
    output, h_n, _ = all_states(rng, T, L)
    for t in range(1, T):
        expect(isinstance(student.read_state(output, h_n, L, t, False), torch.Tensor), "the last layer is in output")
        for layer in range(1, L):
            expect(student.read_state(output, h_n, layer, t, False) is None, "a state that nn.LSTM does not return")


@graded(
    "read_state",
    hint="Bidirectional: output at time t holds the forward state in its first half, the backward state of the same t"
    " in its second.",
)
@pytest.mark.parametrize(("T", "L"), [(1, 1), (4, 1), (3, 2)])
def test_reads_both_directions_of_the_last_layer(student, rng, T, L):
    output, h_n, states = all_states(rng, T, L, bidirectional=True)
    for t in range(1, T + 1):
        for backward in (False, True):
            assert_same(student.read_state(output, h_n, L, t, backward), states[L, t, backward])


@graded(
    "read_state", hint="The backward direction ends at t = 1. In h_n the two directions of a layer follow each other."
)
@pytest.mark.parametrize(("T", "L"), [(1, 2), (4, 2), (3, 3)])
def test_reads_both_directions_of_lower_layers(student, rng, T, L):
    output, h_n, states = all_states(rng, T, L, bidirectional=True)
    for layer in range(1, L):
        assert_same(student.read_state(output, h_n, layer, T, False), states[layer, T, False])
        assert_same(student.read_state(output, h_n, layer, 1, True), states[layer, 1, True])
        if T > 1:
            expect(student.read_state(output, h_n, layer, T, True) is None, "the backward direction begins at t = T")
            expect(student.read_state(output, h_n, layer, 1, False) is None, "the forward direction begins at t = 1")


# set_forget_bias


def before_and_after(student, value, D=2, Q=3, L=1, bidirectional=False, times=1):
    """The biases and weights of an `nn.LSTM` in the student's kernel, before and after: {name: (4, Q, …)}."""
    lstm = student.evaluate("nn.LSTM(D, Q, L, bidirectional=bidirectional)", D=D, Q=Q, L=L, bidirectional=bidirectional)
    read = student.evaluate("lambda lstm: dict(lstm.state_dict())")
    before = {name: weights.clone() for name, weights in read(lstm).items()}
    for _ in range(times):
        student.set_forget_bias(lstm, value)
    after = read(lstm)
    expect(isinstance(after, dict) and after.keys() == before.keys(), "the parameters have other names now")
    for name, weights in after.items():
        expect(isinstance(weights, torch.Tensor) and weights.shape == before[name].shape, f"{name} has another shape")
    return [{name: w.view(4, Q, -1) for name, w in side.items()} for side in (before, after)]


def forget_biases(parameters, suffix):
    return (parameters[f"bias_ih_{suffix}"] + parameters[f"bias_hh_{suffix}"])[1, :, 0]


@graded(
    "set_forget_bias",
    hint="The second block of Q rows is the forget gate's, and the sum of bias_ih and bias_hh there is the value.",
    weight=3,
)
@pytest.mark.parametrize(("Q", "value"), [(1, 1.0), (3, 1.0), (5, -2.5), (2, 0.0)])
def test_the_sum_of_both_biases_is_the_value(student, rng, Q, value):
    _, after = before_and_after(student, value, Q=Q)
    assert_same(forget_biases(after, "l0"), torch.full((Q,), value))


def has_changed(before, after, suffix):
    """Whether any bias has: which of them is another test's business."""
    return any(not torch.equal(before[name], after[name]) for name in (f"bias_ih_{suffix}", f"bias_hh_{suffix}"))


@graded("set_forget_bias", hint="Every layer has its own biases: bias_ih_l0, bias_ih_l1 and so on.")
@pytest.mark.parametrize("L", [2, 4])
def test_sets_every_layer(student, rng, L):
    before, after = before_and_after(student, 1.5, L=L)
    expect(all(has_changed(before, after, f"l{layer}") for layer in range(L)), "in some layer no bias has changed")


@graded("set_forget_bias", hint="A bidirectional LSTM has a second set of biases in each layer: bias_ih_l0_reverse ….")
def test_sets_both_directions(student, rng):
    before, after = before_and_after(student, 1.5, bidirectional=True)
    changed = [has_changed(before, after, suffix) for suffix in ("l0", "l0_reverse")]
    expect(all(changed), "in one direction no bias has changed")


@graded(
    "set_forget_bias",
    hint="Only the rows of the forget gate change, and only in the biases; no other gate, no weight.",
    weight=2,
)
@pytest.mark.parametrize(("L", "bidirectional"), [(1, False), (2, True)])
def test_changes_nothing_else(student, rng, L, bidirectional):
    before, after = before_and_after(student, 2.0, L=L, bidirectional=bidirectional)
    expect(any(not torch.equal(after[name], before[name]) for name in before), "nothing has changed at all")
    for name in before:
        same = after[name] == before[name]
        same[1] |= name.startswith("bias")
        expect(bool(same.all()), f"{name} has changed where the forget gate has no bias")


@graded(
    "set_forget_bias", hint="Set to the value, whatever was there: a second call with the same value changes nothing."
)
def test_sets_and_does_not_add(student, rng):
    _, after = before_and_after(student, 1.0, times=2)
    _, other = before_and_after(student, 1.0, times=1)
    assert_same(forget_biases(after, "l0"), forget_biases(other, "l0"))
    expect(
        len(set(forget_biases(after, "l0").mul(1e4).round().tolist())) == 1, "the units have different forget biases"
    )


@graded(
    "set_forget_bias",
    hint="Change the values in place, under torch.no_grad(): the same parameters must go on training.",
)
def test_the_biases_stay_trainable(student, rng):
    lstm = student.evaluate("nn.LSTM(2, 3)")
    ids = student.evaluate("lambda lstm: [str(id(weights)) for weights in lstm.parameters()]")
    before = ids(lstm)
    student.set_forget_bias(lstm, 1.0)
    expect(ids(lstm) == before, "some parameters were replaced by others, which an optimiser doesn't know")
    names = student.evaluate(
        "[name for name, weights in lstm.named_parameters() if weights.requires_grad and weights.is_leaf]", lstm=lstm
    )
    expect(len(names) == 4, "some of the parameters cannot be trained any more")
    f = student.evaluate("lambda lstm: lstm.bias_ih_l0[3:6] + lstm.bias_hh_l0[3:6]")(lstm)
    expect(bool((f - f[0]).abs().max() < 1e-4), "the forget biases were not set")


# LSTMNet


def lstm_net(student, rng, D, Q, L, C):
    """The student's network with fresh weights, and the same in torch; unknown parameters are set to zero."""
    reference = nn.ModuleDict({"lstm": nn.LSTM(D, Q, L), "fc_o2y": nn.Linear(Q, C)})
    with torch.no_grad():
        for weights in reference.parameters():
            weights.normal_(std=0.7, generator=rng.generator)
    weights = {name: value.detach() for name, value in reference.named_parameters()}
    net = student.LSTMNet(D, Q, L, C)
    reference.load_state_dict(load_weights(student, net, weights))
    return net, reference


def lstm_logits(reference, x, lengths):
    """torch stops at each sequence's end when the batch is packed."""
    _, (h_n, _) = reference["lstm"](pack_padded_sequence(x, lengths, enforce_sorted=False))
    return reference["fc_o2y"](h_n[-1].relu())


@graded(
    "LSTMNet",
    hint="An nn.LSTM named lstm with num_layers layers in one direction, an nn.Linear named fc_o2y, nothing else.",
)
@pytest.mark.parametrize(("D", "Q", "L", "C"), [(10, 50, 1, 2), (3, 4, 3, 5), (1, 1, 2, 1)])
def test_has_the_named_layers(student, rng, D, Q, L, C):
    net = student.LSTMNet(D, Q, L, C)
    shapes = student.evaluate("{name: list(weights.shape) for name, weights in net.named_parameters()}", net=net)
    reference = nn.ModuleDict({"lstm": nn.LSTM(D, Q, L), "fc_o2y": nn.Linear(Q, C)})
    expected = {name: list(weights.shape) for name, weights in reference.named_parameters()}
    expect(isinstance(shapes, dict), "the network is no nn.Module")
    for name in [*expected, *shapes]:
        expect(
            shapes.get(name) == expected.get(name),
            f"in LSTMNet({D}, {Q}, {L}, {C}) {str(name)[:60]} has the shape {shapes.get(name, 'of nothing')}",
        )


@graded("LSTMNet", hint="The logits are fc_o2y(ReLU(h_T)) as they are, with h_T from lstm; x is (T, N, D).", weight=1.5)
@pytest.mark.parametrize(("T", "N", "D", "Q", "C"), [(1, 1, 2, 3, 2), (5, 3, 4, 6, 3), (4, 4, 4, 4, 4)])
def test_follows_the_lecture(student, rng, T, N, D, Q, C):
    net, reference = lstm_net(student, rng, D, Q, 1, C)
    lengths = torch.full((N,), T)
    x = rng.padded(lengths, D)
    assert_same(net(x, lengths).detach(), lstm_logits(reference, x, lengths))


@graded("LSTMNet", hint="With several layers it is the last layer's state that is read.")
@pytest.mark.parametrize(("L", "T"), [(2, 1), (3, 5)])
def test_reads_the_last_layer(student, rng, L, T):
    net, reference = lstm_net(student, rng, 3, 5, L, 2)
    lengths = torch.full((4,), T)
    x = rng.padded(lengths, 3)
    assert_same(net(x, lengths).detach(), lstm_logits(reference, x, lengths))


@graded(
    "LSTMNet",
    hint="A shorter sequence is read at its own last step: it has the same logits alone and with padding.",
    weight=3,
)
@pytest.mark.parametrize("lengths", [[6, 2, 4], [1, 3], [2, 2, 7, 5]])
def test_padding_has_no_influence(student, rng, lengths):
    net, _ = lstm_net(student, rng, 3, 5, 1, 2)
    expect_same_logits_in_any_batch(net, rng, lengths, 3)


@graded(
    "LSTMNet", hint="Every call starts again from zeros, whatever the network has seen before; twice gives the same."
)
def test_keeps_nothing_between_calls(student, rng):
    net, _ = lstm_net(student, rng, 3, 5, 2, 2)
    expect_nothing_kept(net, rng, 3)


@graded("LSTMNet", hint="The gradient must go back through every step and layer to every parameter.")
def test_gradients_reach_every_parameter(student, rng):
    net, reference = lstm_net(student, rng, 4, 8, 1, 3)
    weights = {name: value.detach() for name, value in reference.named_parameters()}
    expect_gradients(student, net, weights, rng, (4, 3))


@graded(
    "LSTMNet",
    hint="Trained on short sequences of four symbols, the network should get nine of ten right, or more.",
    weight=2,
)
def test_learns_the_sample_problem(student, rng):
    task = {"num_symbols": 4, "max_half": 2}
    net = student.LSTMNet(4, 32, 1, 2)
    train = student.evaluate(
        "lambda net, task, seed: __import__('rnncourse.training').training.fit(\n"
        "    net, __import__('rnncourse.tasks').tasks.HalvesTask(**task), 16000, batch_size=32, lr=1e-2,\n"
        "    seed=seed, num_evaluations=1, progress=False)"
    )
    student.patience(30)
    train(net, task, rng.new_seed())
    fresh = HalvesTask(**task).sample(1000, rng.generator)
    logits = net(fresh.x, fresh.lengths)
    expect(isinstance(logits, torch.Tensor) and logits.shape == (1000, 2), "the logits are not of shape (N, C)")
    error = (logits.argmax(1) != fresh.targets).float().mean().item()
    expect(error < 0.1, f"after training, {error:.0%} of fresh sequences were classified wrongly")
