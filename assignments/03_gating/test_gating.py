"""Hidden tests of lesson 03, gating. Expected values are written out here, or come from autograd."""

import math

import pytest
import torch
from torch.nn.functional import linear, relu

from rnncourse.grading.classifiers import expect_gradients, expect_nothing_kept, expect_same_logits_in_any_batch
from rnncourse.grading.hidden import assert_same, assert_shapes, expect, graded, load_weights
from rnncourse.tasks import HalvesTask, last_valid

SIZES = pytest.mark.parametrize(("N", "D", "Q"), [(1, 1, 1), (3, 4, 5), (2, 7, 3), (4, 3, 3)])
SHAPES = pytest.mark.parametrize("shape", [(), (1,), (5,), (2, 3)])


def uniform(rng, shape, low=0.1, high=0.9):
    return low + (high - low) * torch.rand(shape, generator=rng.generator)


# pass_through


@graded("pass_through", hint="For z = 1 the old state h_prev is kept as it is, and h_bar has no influence.")
@pytest.mark.parametrize("shape", [(1, 1), (3, 4)])
def test_keeps_the_old_state_for_z_1(student, rng, shape):
    h_prev, h_bar = rng.normals(shape, shape)
    assert_same(student.pass_through(torch.ones(shape), h_prev, h_bar), h_prev)


@graded("pass_through", hint="For z = 0 the new state is the full update h_bar, and h_prev has no influence.")
@pytest.mark.parametrize("shape", [(1, 1), (3, 4)])
def test_takes_the_full_update_for_z_0(student, rng, shape):
    h_prev, h_bar = rng.normals(shape, shape)
    assert_same(student.pass_through(torch.zeros(shape), h_prev, h_bar), h_bar)


@graded("pass_through", hint="The two weights add up to 1: the average of two equal states is that state, for any z.")
@pytest.mark.parametrize("shape", [(1, 1), (3, 4)])
def test_the_average_of_two_equal_states_is_that_state(student, rng, shape):
    (h,) = rng.normals(shape)
    assert_same(student.pass_through(uniform(rng, shape), h, h.clone()), h)


@graded("pass_through", hint="In between: with z = 1/4, one quarter of h_prev and three quarters of h_bar.")
@pytest.mark.parametrize("shape", [(1, 1), (3, 4)])
def test_weighs_in_between(student, rng, shape):
    h_prev, h_bar = rng.normals(shape, shape)
    z = uniform(rng, ()).item()
    assert_same(student.pass_through(torch.full(shape, z), h_prev, h_bar), h_bar + z * (h_prev - h_bar))


@graded("pass_through", hint="Each unit of each sequence has its own z: the products are taken element by element.")
@pytest.mark.parametrize("shape", [(1, 3), (4, 1), (3, 4), (3, 3)])
def test_every_unit_has_its_own_gate(student, rng, shape):
    h_prev, h_bar = rng.normals(shape, shape)
    z = uniform(rng, shape)
    assert_same(student.pass_through(z, h_prev, h_bar), h_bar + z * (h_prev - h_bar))


@graded("pass_through", hint="Training goes back through all three arguments: no .detach(), .data or no_grad().")
def test_the_average_lets_gradients_through(student, rng):
    h_prev, h_bar, cotangent = rng.normals((3, 4), (3, 4), (3, 4))
    gradients = student.gradients(student.pass_through, uniform(rng, (3, 4)), h_prev, h_bar, cotangent=cotangent)
    reached = [gradient is not None and bool(gradient.any()) for gradient in gradients.arguments]
    without = ", ".join(name for name, reaches in zip(("z", "h_prev", "h_bar"), reached, strict=True) if not reaches)
    expect(not without, f"no gradient arrives at {without}")


# half_life


def z_of(steps):
    """The gate with these half-lives."""
    return torch.exp(-math.log(2) / steps.double()).float()


def single(returned):
    """One number as a tensor: that it has to be one is another test's business."""
    return torch.tensor([returned]) if isinstance(returned, float) else returned


@graded("half_life", hint="z to the power of the half-life is 1/2. For z = 0.5 that is one step.", weight=2)
@pytest.mark.parametrize("steps", [1.0, 2.0, 7.0])
def test_half_is_left_after_it(student, rng, steps):
    assert_same(single(student.half_life(z_of(torch.tensor([steps])))), torch.tensor([steps]))


@graded("half_life", hint="The result is a real number: it isn't rounded to whole steps, and it may be less than one.")
def test_is_not_rounded(student, rng):
    steps = torch.tensor([0.2, 0.7, 3.4])
    assert_same(student.half_life(z_of(steps)), steps)


@graded("half_life", hint="z may have any shape, and the half-lives have the same: use torch's functions, not math's.")
@SHAPES
def test_half_life_of_any_shape(student, rng, shape):
    returned = student.half_life(z_of(uniform(rng, shape, 1, 20)))
    expect(isinstance(returned, torch.Tensor) and returned.shape == shape, f"for z of shape {shape} another came back")
    expect(bool(returned.any()), "the half-life is 0 for every z")


@graded("half_life", hint="Close to 1 a tiny difference of z decides: add nothing to z and cut nothing off.")
def test_stays_right_close_to_1(student, rng):
    leak = 2.0 ** -torch.arange(8, 21)
    assert_same(student.half_life(1 - leak), (-math.log(2) / torch.log1p(-leak.double())).float(), rtol=1e-3)


@graded("half_life", hint="For z = 0 nothing is left after the first step: the half-life is 0, without an error.")
def test_z_0_loses_all_at_once(student, rng):
    returned = student.half_life(torch.tensor([0.0, 0.5]))
    assert_same(returned, torch.tensor([0.0, 1.0]))


@graded(
    "half_life", hint="For z = 1 the state is never lost: the half-life is plus infinity. Which sign has your zero?"
)
def test_z_1_loses_nothing_ever(student, rng):
    returned = student.half_life(torch.tensor([1.0, 0.5]))
    expect(isinstance(returned, torch.Tensor) and returned.shape == (2,), "expected a tensor with two half-lives")
    assert_same(returned[1:], torch.ones(1))
    expect(bool(torch.isposinf(returned[0])), "the half-life of z = 1 is not plus infinity")


@graded("half_life", hint="The gate belongs to the caller, who goes on with it: write into a new tensor, not into z.")
def test_the_gate_stays_as_it_was(student, rng):
    z = torch.cat([uniform(rng, (2,)), torch.tensor([0.0, 1.0])])
    returned = student.half_life(z)
    expect(isinstance(returned, torch.Tensor) and returned.numel() == 4, "expected a tensor")
    expect(returned.unique().numel() > 1, "the half-life is the same for every z")
    (after,) = student.arguments_after(student.half_life, z)
    expect(isinstance(after, torch.Tensor) and torch.equal(after, z), "z was changed in place")


# gated_step: first the two ends of the gate, then what the gate sees, then everything at once

CLOSED = 1e4  # as b_z: z is exactly 0 or 1


def positive_weights(rng, N, D, Q):
    """x_t, h_prev and the weights of the full update, all positive, so that the ReLU changes nothing."""
    return [value.abs() for value in rng.normals((N, D), (N, Q), (Q, D), (Q, Q), (Q,))]


@graded("gated_step", hint="For z = 0, here because of a very negative b_z, the step is W_xh x_t + W_hh h_prev + b_h.")
@SIZES
def test_is_the_full_update_for_z_0(student, rng, N, D, Q):
    x_t, h_prev, W_xh, W_hh, b_h = positive_weights(rng, N, D, Q)
    W_xz, W_hz = rng.normals((Q, D), (Q, Q))
    h_t = student.gated_step(x_t, h_prev, W_xh, W_hh, b_h, W_xz, W_hz, torch.full((Q,), -CLOSED))
    assert_same(h_t, linear(x_t, W_xh, b_h) + linear(h_prev, W_hh))


@graded("gated_step", hint="For z = 0 (b_z very negative) the step is ReLU(W_xh x_t + W_hh h_prev + b_h): of the sum.")
@SIZES
def test_cuts_the_full_update_off_at_zero(student, rng, N, D, Q):
    x_t, h_prev, W_xh, W_hh, b_h = rng.normals((N, D), (N, Q), (Q, D), (Q, Q), (Q,))
    W_xz, W_hz = rng.normals((Q, D), (Q, Q))
    h_t = student.gated_step(x_t, h_prev, W_xh, W_hh, b_h, W_xz, W_hz, torch.full((Q,), -CLOSED))
    assert_same(h_t, relu(linear(x_t, W_xh, b_h) + linear(h_prev, W_hh)))


@graded("gated_step", hint="For z = 1, here because of a very large b_z, the state passes through as it is.")
@SIZES
def test_keeps_the_state_for_z_1(student, rng, N, D, Q):
    x_t, h_prev, W_xh, W_hh, b_h = rng.normals((N, D), (N, Q), (Q, D), (Q, Q), (Q,))
    W_xz, W_hz = rng.normals((Q, D), (Q, Q))
    h_t = student.gated_step(x_t, h_prev, W_xh, W_hh, b_h, W_xz, W_hz, torch.full((Q,), CLOSED))
    assert_same(h_t, h_prev)


def kept_share(student, x_t, h_prev, W_xz, W_hz, b_z):
    """h_t / h_prev when the full update is zero: that is the gate."""
    N, D, Q = len(x_t), x_t.shape[1], h_prev.shape[1]
    h_t = student.gated_step(x_t, h_prev, torch.zeros(Q, D), torch.zeros(Q, Q), torch.zeros(Q), W_xz, W_hz, b_z)
    expect(isinstance(h_t, torch.Tensor) and h_t.shape == (N, Q), "expected a tensor of shape (N, Q)")
    return h_t / h_prev


@graded("gated_step", hint="The gate is the sigmoid of its sum: for x_t = 0 and W_hz = 0 it is sigm(b_z).")
@SIZES
def test_the_gate_is_a_sigmoid_of_its_bias(student, rng, N, D, Q):
    h_prev, W_xz, b_z = rng.normals((N, Q), (Q, D), (Q,))
    share = kept_share(student, torch.zeros(N, D), h_prev.abs() + 0.5, W_xz, torch.zeros(Q, Q), b_z)
    assert_same(share, torch.sigmoid(b_z).expand(N, Q))


@graded("gated_step", hint="The gate sees the input x_t through W_xz; for a batch that is x_t @ W_xz.T.")
@SIZES
def test_the_gate_sees_the_input(student, rng, N, D, Q):
    x_t, h_prev, W_xz = rng.normals((N, D), (N, Q), (Q, D))
    share = kept_share(student, x_t, h_prev.abs() + 0.5, W_xz, torch.zeros(Q, Q), torch.zeros(Q))
    assert_same(share, torch.sigmoid(linear(x_t, W_xz)))


@graded("gated_step", hint="The gate sees the old state through W_hz; for a batch that is h_prev @ W_hz.T.", weight=2)
@SIZES
def test_the_gate_sees_the_old_state(student, rng, N, D, Q):
    h_prev, W_xz, W_hz = rng.normals((N, Q), (Q, D), (Q, Q))
    h_prev = h_prev.abs() + 0.5
    share = kept_share(student, torch.zeros(N, D), h_prev, W_xz, W_hz, torch.zeros(Q))
    assert_same(share, torch.sigmoid(linear(h_prev, W_hz)))


@graded(
    "gated_step",
    hint="The new state lies between the old one and the full update: the two weights add up to 1.",
    weight=2,
)
@SIZES
def test_lies_between_the_old_state_and_the_full_update(student, rng, N, D, Q):
    # True for z and 1 - z exchanged, too: that mistake doesn't cost everything.
    x_t, h_prev, W_xh, W_hh, b_h = positive_weights(rng, N, D, Q)
    W_xz, W_hz, b_z = rng.normals((Q, D), (Q, Q), (Q,))
    h_t = student.gated_step(x_t, h_prev, W_xh, W_hh, b_h, 0.1 * W_xz, 0.1 * W_hz, b_z)
    expect(isinstance(h_t, torch.Tensor) and h_t.shape == (N, Q), "expected a tensor of shape (N, Q)")
    h_bar = linear(x_t, W_xh, b_h) + linear(h_prev, W_hh)
    low, high = torch.minimum(h_prev, h_bar), torch.maximum(h_prev, h_bar)
    expect(bool(((low < h_t) & (h_t < high)).all()), "some of the new states don't lie between the two")


@graded(
    "gated_step",
    hint="All of it at once: is h_prev the old state in every part, and does the ReLU act on h_bar alone?",
    weight=3,
)
@SIZES
def test_follows_all_equations_at_once(student, rng, N, D, Q):
    full, gate = (rng.normals((Q, D), (Q, Q), (Q,)) for _ in range(2))
    x_t, h_prev = rng.normals((N, D), (N, Q))
    h_bar = relu(linear(x_t, full[0], full[2]) + linear(h_prev, full[1]))
    z = torch.sigmoid(linear(x_t, gate[0], gate[2]) + linear(h_prev, gate[1]))
    assert_same(student.gated_step(x_t, h_prev, *full, *gate), h_bar + z * (h_prev - h_bar))


@graded(
    "gated_step",
    hint="Autograd must be able to go back through the step, and so through the gate: no .detach().",
    weight=2,
)
def test_the_step_lets_gradients_through(student, rng):
    x_t, h_prev, W_xh, W_hh, b_h = positive_weights(rng, 3, 4, 5)
    W_xz, W_hz, b_z, cotangent = rng.normals((5, 4), (5, 5), (5,), (3, 5))
    arguments = x_t, h_prev, W_xh, W_hh, b_h, 0.1 * W_xz, 0.1 * W_hz, b_z
    gradients = student.gradients(student.gated_step, *arguments, cotangent=cotangent).arguments
    names = ("x_t", "h_prev", "W_xh", "W_hh", "b_h", "W_xz", "W_hz", "b_z")
    reached = [gradient is not None and bool(gradient.any()) for gradient in gradients]
    without = ", ".join(name for name, reaches in zip(names, reached, strict=True) if not reaches)
    expect(not without, f"no gradient arrives at {without}")


# bias_for_half_life


def bias_of(steps):
    return -torch.log(torch.expm1(math.log(2) / steps.double())).float()


@graded("bias_for_half_life", hint="A half-life of one step needs z = 1/2, and sigm(0) = 1/2.")
def test_one_step_needs_no_bias(student, rng):
    assert_same(single(student.bias_for_half_life(torch.ones(1))), torch.zeros(1))


@graded("bias_for_half_life", hint="sigm(b_z) to the power of the number of steps is 1/2.", weight=2)
@pytest.mark.parametrize("steps", [2.0, 5.0, 30.0])
def test_half_is_left_after_that_many_steps(student, rng, steps):
    steps = torch.tensor([steps])
    assert_same(single(student.bias_for_half_life(steps)), bias_of(steps), rtol=1e-3)


@graded("bias_for_half_life", hint="A half-life of less than a step is allowed: then b_z is negative.")
def test_less_than_one_step_needs_a_negative_bias(student, rng):
    steps = torch.tensor([0.1, 0.4, 0.8])
    assert_same(student.bias_for_half_life(steps), bias_of(steps), rtol=1e-3)


@graded("bias_for_half_life", hint="Thousands of steps need a z very close to 1: cut nothing off, and add nothing.")
def test_thousands_of_steps(student, rng):
    steps = torch.tensor([500.0, 2000.0, 5000.0])
    assert_same(student.bias_for_half_life(steps), bias_of(steps), rtol=1e-3)


@graded("bias_for_half_life", hint="steps may have any shape, and the biases have the same: one bias for each unit.")
@SHAPES
def test_biases_of_any_shape(student, rng, shape):
    returned = student.bias_for_half_life(uniform(rng, shape, 2, 40))
    expect(
        isinstance(returned, torch.Tensor) and returned.shape == shape, f"for steps of shape {shape} another came back"
    )
    expect(bool(returned.any()), "the bias is 0 for every number of steps")


# GatedNet


def shapes_of_layers(D, Q, C):
    return {
        "fc_x2h.weight": [Q, D],
        "fc_x2h.bias": [Q],
        "fc_h2h.weight": [Q, Q],
        "fc_x2z.weight": [Q, D],
        "fc_x2z.bias": [Q],
        "fc_h2z.weight": [Q, Q],
        "fc_h2y.weight": [C, Q],
        "fc_h2y.bias": [C],
    }


def gated_net(student, rng, D, Q, C):
    """The student's network with fresh weights; parameters that the lesson does not name are set to zero.

    With a handful of units they are all off for every sequence, once in a thousand times.
    """
    shapes = shapes_of_layers(D, Q, C)
    weights = dict(zip(shapes, rng.normals(*map(tuple, shapes.values())), strict=True))
    weights["fc_h2h.weight"] /= Q**0.5
    net = student.GatedNet(D, Q, C)
    return net, load_weights(student, net, weights)


def gated_logits(weights, x, lengths):
    h_t, states = torch.zeros(x.shape[1], len(weights["fc_x2h.bias"])), []
    for x_t in x:
        h_bar = linear(x_t, weights["fc_x2h.weight"], weights["fc_x2h.bias"]) + linear(h_t, weights["fc_h2h.weight"])
        z_t = linear(x_t, weights["fc_x2z.weight"], weights["fc_x2z.bias"]) + linear(h_t, weights["fc_h2z.weight"])
        h_t = torch.lerp(relu(h_bar), h_t, torch.sigmoid(z_t))
        states.append(h_t)
    return linear(last_valid(torch.stack(states), lengths), weights["fc_h2y.weight"], weights["fc_h2y.bias"])


@graded(
    "GatedNet",
    hint="Five nn.Linear named fc_x2h, fc_h2h, fc_x2z, fc_h2z and fc_h2y, and no other parameters; those that read the"
    " state for the state or the gate, fc_h2h and fc_h2z, go without a bias.",
)
@pytest.mark.parametrize(("D", "Q", "C"), [(10, 50, 2), (3, 4, 5), (1, 1, 1)])
def test_has_the_five_layers(student, rng, D, Q, C):
    net = student.GatedNet(D, Q, C)
    shapes = student.evaluate("{name: list(weights.shape) for name, weights in net.named_parameters()}", net=net)
    assert_shapes(shapes, shapes_of_layers(D, Q, C), f"GatedNet({D}, {Q}, {C})")


@graded(
    "GatedNet",
    hint="h_0 = 0; h_bar and z_t both from x_t and the old state; z_t weighs the old state; y = fc_h2y(h_T).",
    weight=2,
)
@pytest.mark.parametrize(
    ("T", "N", "D", "Q", "C"), [(1, 1, 2, 3, 2), (5, 3, 4, 6, 3), (7, 2, 3, 1, 4), (4, 4, 4, 4, 4)]
)
def test_the_network_follows_the_equations(student, rng, T, N, D, Q, C):
    net, weights = gated_net(student, rng, D, Q, C)
    lengths = torch.full((N,), T)
    x = rng.padded(lengths, D)
    assert_same(net(x, lengths).detach(), gated_logits(weights, x, lengths))


@graded(
    "GatedNet", hint="A sequence is read at its own last step: in a batch it has the same logits as alone.", weight=1.5
)
@pytest.mark.parametrize("lengths", [[6, 2, 4], [1, 3], [2, 2, 7, 5]])
def test_a_sequence_has_the_same_logits_in_any_batch(student, rng, lengths):
    net, _ = gated_net(student, rng, 3, 32, 2)
    expect_same_logits_in_any_batch(net, rng, lengths, 3)


@graded("GatedNet", hint="Every call starts again from h_0 = 0: the same sequences have the same logits, each time.")
def test_starts_afresh_in_every_call(student, rng):
    net, _ = gated_net(student, rng, 3, 32, 2)
    expect_nothing_kept(net, rng, 3)


@graded(
    "GatedNet",
    hint="z_t weighs the old state: where it is 1 (fc_x2z's bias very large), h_0 = 0 stays for ever.",
    weight=2,
)
def test_an_open_gate_keeps_h_0(student, rng):
    net, weights = gated_net(student, rng, 3, 5, 2)
    weights = load_weights(student, net, weights | {"fc_x2z.bias": torch.full((5,), CLOSED)})
    lengths = torch.full((4,), 5)
    assert_same(net(rng.padded(lengths, 3), lengths).detach(), weights["fc_h2y.bias"].expand(4, 2))


@graded(
    "GatedNet",
    hint="The gradient must go back through every step, and through the gates, to every parameter: nothing may be"
    " detached on the way.",
    weight=1.5,
)
def test_gradients_go_back_through_state_and_gate(student, rng):
    net, weights = gated_net(student, rng, 4, 8, 3)
    expect_gradients(student, net, weights, rng, (4, 3))


@graded(
    "GatedNet",
    hint="Trained on short sequences of four symbols, the network should get 94 % of fresh ones right. If only this"
    " fails, look at the weights that it starts with.",
    weight=2,
)
def test_learns_the_halves(student, rng):
    task = {"num_symbols": 4, "max_half": 2}
    net = student.GatedNet(4, 32, 2)
    train = student.evaluate(
        "lambda net, task, seed: __import__('rnncourse.training').training.fit(\n"
        "    net, __import__('rnncourse.tasks').tasks.HalvesTask(**task), 6400, batch_size=32, lr=2e-2,\n"
        "    seed=seed, num_evaluations=1, progress=False)"
    )
    student.patience(30)
    train(net, task, rng.new_seed())
    fresh = HalvesTask(**task).sample(1000, rng.generator)
    logits = net(fresh.x, fresh.lengths)
    expect(isinstance(logits, torch.Tensor) and logits.shape == (1000, 2), "the logits are not of shape (N, C)")
    error = (logits.argmax(1) != fresh.targets).float().mean().item()
    expect(error < 0.06, f"after training, {error:.0%} of fresh sequences were classified wrongly")
