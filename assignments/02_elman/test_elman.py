"""Hidden tests of lesson 02, the Elman network. Every expected value comes from `torch.nn` and autograd."""

import pytest
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

from rnncourse.grading.classifiers import expect_gradients, expect_nothing_kept, expect_same_logits_in_any_batch
from rnncourse.grading.hidden import assert_same, assert_shapes, expect, graded, load_weights
from rnncourse.tasks import HalvesTask, last_valid

SIZES = pytest.mark.parametrize(("N", "D", "Q"), [(1, 1, 1), (3, 4, 5), (2, 7, 3), (4, 3, 3)])


# elman_step: with positive numbers the ReLU changes nothing, so that its absence costs one test and no more


@graded("elman_step", hint="With h_prev = 0 and b_h = 0, h_t is W_xh x_t. The rows of x_t are the x_t of the formula.")
@SIZES
def test_sees_the_input(student, rng, N, D, Q):
    x_t, W_xh, W_hh = (value.abs() for value in rng.normals((N, D), (Q, D), (Q, Q)))
    h_t = student.elman_step(x_t, torch.zeros(N, Q), W_xh, W_hh, torch.zeros(Q))
    assert_same(h_t, nn.functional.linear(x_t, W_xh))


@graded("elman_step", hint="With x_t = 0 and b_h = 0, h_t is W_hh h_prev: is W_hh applied to h_prev, not transposed?")
@SIZES
def test_remembers_the_previous_state(student, rng, N, D, Q):
    h_prev, W_xh, W_hh = (value.abs() for value in rng.normals((N, Q), (Q, D), (Q, Q)))
    h_t = student.elman_step(torch.zeros(N, D), h_prev, W_xh, W_hh, torch.zeros(Q))
    assert_same(h_t, nn.functional.linear(h_prev, W_hh))


@graded("elman_step", hint="The bias b_h is added once, to every sequence of the batch.")
@SIZES
def test_adds_the_bias(student, rng, N, D, Q):
    W_xh, W_hh, b_h = (value.abs() for value in rng.normals((Q, D), (Q, Q), (Q,)))
    h_t = student.elman_step(torch.zeros(N, D), torch.zeros(N, Q), W_xh, W_hh, b_h)
    assert_same(h_t, b_h.expand(N, Q))


@graded("elman_step", hint="The ReLU is the last thing that happens: it acts on the whole sum, and nothing else does.")
@SIZES
def test_cuts_the_sum_off_at_zero(student, rng, N, D, Q):
    x_t, h_prev, W_xh, W_hh, b_h = rng.normals((N, D), (N, Q), (Q, D), (Q, Q), (Q,))
    expected = nn.functional.relu(nn.functional.linear(x_t, W_xh, b_h) + nn.functional.linear(h_prev, W_hh))
    assert_same(student.elman_step(x_t, h_prev, W_xh, W_hh, b_h), expected)


@graded(
    "elman_step",
    hint="Only the sum W_xh x_t + W_hh h_prev + b_h matters: here it all came from b_h, with other results.",
)
@pytest.mark.parametrize(("D", "Q"), [(1, 1), (4, 5), (7, 3)])
def test_depends_on_nothing_but_the_sum(student, rng, D, Q):
    # True of any nonlinearity: a wrong one at the end of a right sum doesn't lose everything.
    x_t, h_prev, W_xh, W_hh, total = rng.normals((1, D), (1, Q), (Q, D), (Q, Q), (Q,))
    total = total.abs() + 0.1
    b_h = total - (x_t @ W_xh.T + h_prev @ W_hh.T)[0]
    nothing = torch.zeros(1, D), torch.zeros(1, Q), W_xh, W_hh
    from_bias, from_more = student.elman_step(*nothing, total), student.elman_step(*nothing, 2 * total)
    expect(isinstance(from_bias, torch.Tensor) and isinstance(from_more, torch.Tensor), "expected a tensor")
    expect(not torch.equal(from_bias, from_more), "another sum gave the same state")
    assert_same(student.elman_step(x_t, h_prev, W_xh, W_hh, b_h), from_bias)


@graded(
    "elman_step", hint="Autograd must be able to go back through the step: no .detach(), .data, .item() or no_grad()."
)
def test_lets_gradients_through(student, rng):
    arguments = [value.abs() for value in rng.normals((3, 4), (3, 5), (5, 4), (5, 5), (5,))]
    (cotangent,) = rng.normals((3, 5))
    gradients = student.gradients(student.elman_step, *arguments, cotangent=cotangent).arguments
    reached = [gradient is not None and bool(gradient.any()) for gradient in gradients]
    names = ("x_t", "h_prev", "W_xh", "W_hh", "b_h")
    without = ", ".join(name for name, reaches in zip(names, reached, strict=True) if not reaches)
    expect(not without, f"no gradient arrives at {without}")


@graded("elman_step", hint="The state has the dtype of the arguments: make no float32 tensor on the way.", weight=0.5)
def test_a_step_in_float64(student, rng):
    arguments = rng.normals((3, 4), (3, 5), (5, 4), (5, 5), (5,), dtype=torch.float64)
    expect_float64(student.elman_step(*arguments))


def expect_float64(returned):
    expect(isinstance(returned, torch.Tensor), "expected a tensor")
    expect(returned.dtype == torch.float64, f"returned {returned.dtype} for torch.float64")


# unroll: each test breaks one thing of a correct loop


def tanh_phi(student, W_xh, W_hh):
    """The same φ here and in the student's kernel; a tanh, so that an Elman step written into `unroll` is seen."""
    there = student.evaluate("lambda x_t, h_prev: torch.tanh(x_t @ W_xh.T + h_prev @ W_hh.T)", W_xh=W_xh, W_hh=W_hh)
    return lambda x_t, h_prev: torch.tanh(x_t @ W_xh.T + h_prev @ W_hh.T), there


def unrolled(phi, x, h_0):
    states = []
    for x_t in x:
        states.append(phi(x_t, states[-1] if states else h_0))
    return torch.stack(states)


def two_of(returned):
    expect(isinstance(returned, tuple | list) and len(returned) == 2, "expected two things: the states and h_last")
    return returned


@graded(
    "unroll",
    hint="states[t] comes from phi(x[t], states[t - 1]), each step from the one before it, for all T steps.",
)
@pytest.mark.parametrize(("T", "N", "D", "Q"), [(2, 1, 2, 3), (5, 3, 4, 2), (7, 2, 3, 3)])
def test_applies_phi_at_every_step(student, rng, T, N, D, Q):
    x, W_xh, W_hh = rng.normals((T, N, D), (Q, D), (Q, Q))
    here, there = tanh_phi(student, W_xh, W_hh)
    h_0 = torch.zeros(N, Q)
    states, _ = two_of(student.unroll(there, x, shorter(T, N), h_0))
    expect(isinstance(states, torch.Tensor), "the states are no tensor")
    expect(states.shape == (T, N, Q), f"the states have shape {tuple(states.shape)}; expected {(T, N, Q)}")
    assert_same(states[: T - 1], unrolled(here, x, h_0)[: T - 1])  # what it makes of the padding is its own affair


def shorter(T, N):
    """Lengths at which states[lengths], a mistake of another test, is no error."""
    return torch.full((N,), max(T - 1, 1))


@graded("unroll", hint="The first step is phi(x[0], h_0), with the h_0 that was given, whatever it holds.")
@pytest.mark.parametrize(("T", "N", "D", "Q"), [(2, 1, 2, 3), (4, 3, 2, 4)])
def test_starts_from_h_0(student, rng, T, N, D, Q):
    x, h_0, W_xh, W_hh = rng.normals((T, N, D), (N, Q), (Q, D), (Q, Q))
    here, there = tanh_phi(student, W_xh, W_hh)
    states, _ = two_of(student.unroll(there, x, shorter(T, N), h_0))
    expect(isinstance(states, torch.Tensor) and states.dim() == 3, "the states are no tensor of shape (T, N, Q)")
    assert_same(states[0], here(x[0], h_0))


@graded("unroll", hint="When all sequences have length T, h_last is the last state of each.")
@pytest.mark.parametrize(("T", "N", "D", "Q"), [(1, 1, 2, 3), (1, 3, 2, 2), (6, 3, 2, 4)])
def test_returns_the_last_state_of_equal_lengths(student, rng, T, N, D, Q):
    x, W_xh, W_hh = rng.normals((T, N, D), (Q, D), (Q, Q))
    here, there = tanh_phi(student, W_xh, W_hh)
    h_0 = torch.zeros(N, Q)
    _, h_last = two_of(student.unroll(there, x, torch.full((N,), T), h_0))
    assert_same(h_last, unrolled(here, x, h_0)[-1])


@graded(
    "unroll",
    hint="By lengths, a sequence of length 3 ends at states[2]: what comes after it in the batch is padding.",
    weight=2,
)
@pytest.mark.parametrize("lengths", [[5, 2, 3, 1], [1, 4], [2, 6, 6]])
def test_reads_each_sequence_at_its_own_end(student, rng, lengths):
    lengths = torch.tensor(lengths)
    T, N, D, Q = int(lengths.max()), len(lengths), 3, 4
    x, W_xh, W_hh = rng.normals((T, N, D), (Q, D), (Q, Q))
    x = x * (torch.arange(T)[:, None] < lengths)[:, :, None]
    x[lengths[0] - 1, 0] = 0  # a step like any other: only the lengths say where a sequence ends
    here, there = tanh_phi(student, W_xh, W_hh)
    h_0 = torch.zeros(N, Q)
    _, h_last = two_of(student.unroll(there, x, lengths, h_0))
    assert_same(h_last, last_valid(unrolled(here, x, h_0), lengths))


@graded(
    "unroll",
    hint="Training goes back through h_last to the first step: no .detach(), .data or no_grad() on the way.",
    weight=1.5,
)
def test_lets_gradients_through_time(student, rng):
    x, W_xh, W_hh, cotangent = rng.normals((4, 3, 2), (5, 2), (5, 5), (3, 5))
    _, there = tanh_phi(student, 0.3 * W_xh, 0.3 * W_hh)
    last = student.evaluate("lambda unroll, phi, x, lengths, h_0: unroll(phi, x, lengths, h_0)[1]")
    got = student.gradients(last, student.unroll, there, x, shorter(4, 3), torch.zeros(3, 5), cotangent=cotangent)
    expect(got.arguments[2] is not None, "no gradient arrives at the inputs")
    expect(
        got.arguments[2].shape == x.shape and bool(got.arguments[2][0].any()), "no gradient arrives at the first step"
    )


@graded("unroll", hint="The states have the dtype that phi returns: make no float32 tensor for them.", weight=0.5)
def test_unrolls_in_float64(student, rng):
    x, h_0, W_xh, W_hh = rng.normals((3, 2, 4), (2, 5), (5, 4), (5, 5), dtype=torch.float64)
    _, there = tanh_phi(student, W_xh, W_hh)
    states, h_last = two_of(student.unroll(there, x, torch.tensor([2, 2]), h_0))
    expect_float64(states)
    expect_float64(h_last)


# elman_backward


def backward_case(rng, T, N, D, Q, zero_start=True):
    """A run of `nn.RNN`, its arguments for `elman_backward`, and autograd's three gradients."""
    x, h_0, grad_states = rng.normals((T, N, D), (N, Q), (T, N, Q))
    h_0 = torch.zeros_like(h_0) if zero_start else h_0.abs()
    rnn = nn.RNN(D, Q, nonlinearity="relu")
    with torch.no_grad():
        for weights in rnn.parameters():
            weights.normal_(std=0.6, generator=rng.generator)
    states, _ = rnn(x, h_0[None])
    (states * grad_states).sum().backward()
    arguments = x, states.detach(), h_0, rnn.weight_hh_l0.detach(), grad_states
    return arguments, (rnn.weight_ih_l0.grad, rnn.weight_hh_l0.grad, rnn.bias_ih_l0.grad)


def three_of(returned):
    expect(
        isinstance(returned, tuple | list) and len(returned) == 3,
        "expected three gradients: grad_W_xh, grad_W_hh, grad_b_h",
    )
    return returned


@graded(
    "elman_backward",
    hint="For one step of one sequence whose units are all active, grad_b_h is grad_states[0], and grad_W_xh is its"
    " outer product with x_1, in the shape of W_xh.",
)
@pytest.mark.parametrize(("D", "Q"), [(1, 1), (2, 5), (4, 3)])
def test_one_step_of_active_units(student, rng, D, Q):
    x, grad_states, W_hh, states = rng.normals((1, 1, D), (1, 1, Q), (Q, Q), (1, 1, Q))
    states = states.abs() + 0.1
    grad_W_xh, _, grad_b_h = three_of(student.elman_backward(x, states, states[0], W_hh, grad_states))
    assert_same([grad_W_xh, grad_b_h], [torch.outer(grad_states[0, 0], x[0, 0]), grad_states[0, 0]])


@graded("elman_backward", hint="A unit that the ReLU has cut off passes no gradient on: h_t = 0 says so, not h_{t-1}.")
@pytest.mark.parametrize(("D", "Q"), [(2, 6), (4, 8)])
def test_inactive_units_pass_nothing(student, rng, D, Q):
    x, grad_states, W_hh, states = rng.normals((1, 1, D), (1, 1, Q), (Q, Q), (1, 1, Q))
    states = states.abs() + 0.1
    states[0, 0, ::2] = 0
    grad = grad_states[0, 0] * (states[0, 0] > 0)
    _, _, grad_b_h = three_of(student.elman_backward(x, states, torch.ones(1, Q), W_hh, grad_states))
    assert_same(grad_b_h, grad)


@graded("elman_backward", hint="The gradients of the sequences of a batch add up; they are not averaged.")
@pytest.mark.parametrize(("N", "D", "Q"), [(2, 3, 4), (5, 2, 3)])
def test_sums_over_the_batch(student, rng, N, D, Q):
    x, grad_states, W_hh, states = rng.normals((1, N, D), (1, N, Q), (Q, Q), (1, N, Q))
    states = states.abs() + 0.1
    _, _, grad_b_h = three_of(student.elman_backward(x, states, torch.ones(N, Q), W_hh, grad_states))
    assert_same(grad_b_h, grad_states.sum((0, 1)))


@graded(
    "elman_backward",
    hint="What arrives at h_t is grad_states[t] plus what comes back from step t + 1: its gradient of the sum, times"
    " W_hh (for rows no .T). Look at grad_b_h.",
)
@pytest.mark.parametrize(("T", "N", "D", "Q"), [(2, 1, 2, 4), (6, 3, 4, 5), (9, 2, 3, 3)])
def test_gradient_of_b_h_through_time(student, rng, T, N, D, Q):
    arguments, (_, _, expected) = backward_case(rng, T, N, D, Q)
    assert_same(three_of(student.elman_backward(*arguments))[2], expected)


@graded("elman_backward", hint="grad_W_xh sums over all steps: each step's gradient times the input of the same step.")
@pytest.mark.parametrize(("T", "N", "D", "Q"), [(2, 1, 2, 4), (6, 3, 4, 5), (5, 4, 3, 3)])
def test_gradient_of_W_xh_through_time(student, rng, T, N, D, Q):
    arguments, (expected, _, _) = backward_case(rng, T, N, D, Q)
    assert_same(three_of(student.elman_backward(*arguments))[0], expected)


@graded(
    "elman_backward",
    hint="grad_W_hh sums over all steps: row i, column j is unit i's gradient times unit j's state before that step.",
)
@pytest.mark.parametrize(("T", "N", "D", "Q"), [(2, 1, 2, 4), (6, 3, 4, 5), (5, 4, 3, 3)])
def test_gradient_of_W_hh_through_time(student, rng, T, N, D, Q):
    arguments, (_, expected, _) = backward_case(rng, T, N, D, Q)
    assert_same(three_of(student.elman_backward(*arguments))[1], expected)


@graded("elman_backward", hint="The state before the first step is h_0: it belongs into grad_W_hh when it isn't zero.")
@pytest.mark.parametrize(("T", "N", "D", "Q"), [(1, 1, 2, 4), (4, 3, 2, 5)])
def test_counts_h_0(student, rng, T, N, D, Q):
    arguments, (_, expected, _) = backward_case(rng, T, N, D, Q, zero_start=False)
    assert_same(three_of(student.elman_backward(*arguments))[1], expected)


@graded(
    "elman_backward",
    hint="No autograd here: the gradients come from tensor operations, in one loop back through time.",
    weight=3,
)
def test_needs_no_autograd(student, rng):
    backward = student.evaluate("torch.inference_mode()(backward)", backward=student.elman_backward)
    expect_dependence(backward, rng)


@graded("elman_backward", hint="The arguments belong to the caller: write into new tensors, not into grad_states.")
def test_leaves_its_arguments_alone(student, rng):
    expect_dependence(student.elman_backward, rng)
    arguments, _ = backward_case(rng, 4, 3, 2, 5)
    after = student.arguments_after(student.elman_backward, *arguments)
    same = all(
        isinstance(one, torch.Tensor) and torch.equal(one, other) for one, other in zip(after, arguments, strict=True)
    )
    expect(same, "an argument was changed in place")


def expect_dependence(backward, rng):
    """Other gradients of the states give other gradients: what is constant leaves everything as it is."""
    arguments, _ = backward_case(rng, 4, 3, 2, 5)
    first, second = (three_of(backward(*arguments[:-1], factor * arguments[-1]))[2] for factor in (1, 2))
    both = isinstance(first, torch.Tensor) and isinstance(second, torch.Tensor)
    expect(both and not torch.equal(first, second), "grad_b_h does not depend on grad_states")


# ElmanNet


def elman_net(student, rng, D, Q, C):
    """The student's network with fresh weights; parameters that the lesson does not name are set to zero.

    With a handful of units they are all off for every sequence, once in a thousand times.
    """
    names = ("fc_x2h.weight", "fc_x2h.bias", "fc_h2h.weight", "fc_h2y.weight", "fc_h2y.bias")
    weights = dict(zip(names, rng.normals((Q, D), (Q,), (Q, Q), (C, Q), (C,)), strict=True))
    weights["fc_h2h.weight"] /= Q**0.5
    net = student.ElmanNet(D, Q, C)
    return net, load_weights(student, net, weights)


def elman_logits(weights, x, lengths):
    """The same weights in `nn.RNN`, which stops at each sequence's end when the batch is packed."""
    Q, D = weights["fc_x2h.weight"].shape
    rnn = nn.RNN(D, Q, nonlinearity="relu")
    with torch.no_grad():
        rnn.weight_ih_l0.copy_(weights["fc_x2h.weight"])
        rnn.weight_hh_l0.copy_(weights["fc_h2h.weight"])
        rnn.bias_ih_l0.copy_(weights["fc_x2h.bias"])
        rnn.bias_hh_l0.zero_()
        _, h_last = rnn(pack_padded_sequence(x, lengths, enforce_sorted=False))
    return nn.functional.linear(h_last[0], weights["fc_h2y.weight"], weights["fc_h2y.bias"])


@graded(
    "ElmanNet",
    hint="Three nn.Linear named fc_x2h, fc_h2h and fc_h2y, and no other parameters; only fc_h2h goes without a bias.",
)
@pytest.mark.parametrize(("D", "Q", "C"), [(10, 50, 2), (3, 4, 5), (1, 1, 1)])
def test_has_the_named_layers(student, rng, D, Q, C):
    net = student.ElmanNet(D, Q, C)
    shapes = student.evaluate("{name: list(weights.shape) for name, weights in net.named_parameters()}", net=net)
    expected = {
        "fc_x2h.weight": [Q, D],
        "fc_x2h.bias": [Q],
        "fc_h2h.weight": [Q, Q],
        "fc_h2y.weight": [C, Q],
        "fc_h2y.bias": [C],
    }
    assert_shapes(shapes, expected, f"ElmanNet({D}, {Q}, {C})")


@graded(
    "ElmanNet",
    hint="h_0 = 0; h_t = ReLU(fc_x2h(x_t) + fc_h2h(h_{t-1})); the logits are fc_h2y(h_T), as they are.",
    weight=2,
)
@pytest.mark.parametrize(
    ("T", "N", "D", "Q", "C"), [(1, 1, 2, 3, 2), (5, 3, 4, 6, 3), (7, 2, 3, 1, 4), (4, 4, 4, 4, 4)]
)
def test_follows_the_equations(student, rng, T, N, D, Q, C):
    net, weights = elman_net(student, rng, D, Q, C)
    lengths = torch.full((N,), T)
    x = rng.padded(lengths, D)
    assert_same(net(x, lengths).detach(), elman_logits(weights, x, lengths))


@graded(
    "ElmanNet",
    hint="A shorter sequence is read at its own last step: it has the same logits alone and with padding.",
    weight=2,
)
@pytest.mark.parametrize("lengths", [[6, 2, 4], [1, 3], [2, 2, 7, 5]])
def test_padding_has_no_influence(student, rng, lengths):
    net, _ = elman_net(student, rng, 3, 32, 2)
    expect_same_logits_in_any_batch(net, rng, lengths, 3)


@graded(
    "ElmanNet",
    hint="Every call starts again from h_0 = 0, whatever the network has seen before and however large the batch.",
)
def test_keeps_nothing_between_calls(student, rng):
    net, _ = elman_net(student, rng, 3, 32, 2)
    expect_nothing_kept(net, rng, 3)


@graded(
    "ElmanNet",
    hint="The gradient must go back through every step to every parameter: nothing may be detached on the way.",
    weight=1.5,
)
def test_gradients_reach_every_parameter_through_time(student, rng):
    net, weights = elman_net(student, rng, 4, 8, 3)
    expect_gradients(student, net, weights, rng, (4, 3))


@graded(
    "ElmanNet",
    hint="Trained on short sequences of four symbols, the network should get nine of ten right, or more.",
    weight=2,
)
def test_learns_the_sample_problem(student, rng):
    task = {"num_symbols": 4, "max_half": 2}
    net = student.ElmanNet(4, 32, 2)
    train = student.evaluate(
        "lambda net, task, seed: __import__('rnncourse.training').training.fit(\n"
        "    net, __import__('rnncourse.tasks').tasks.HalvesTask(**task), 8000, batch_size=80, lr=3e-2,\n"
        "    seed=seed, num_evaluations=1, progress=False)"
    )
    student.patience(30)
    train(net, task, rng.new_seed())
    fresh = HalvesTask(**task).sample(1000, rng.generator)
    logits = net(fresh.x, fresh.lengths)
    expect(isinstance(logits, torch.Tensor) and logits.shape == (1000, 2), "the logits are not of shape (N, C)")
    error = (logits.argmax(1) != fresh.targets).float().mean().item()
    expect(error < 0.1, f"after training, {error:.0%} of fresh sequences were classified wrongly")


# jacobian_norms: what tells single precision from double, or T norms from T + 1, is a test of its own


def sequence_of_states(rng, T, Q, gain):
    """States of an `nn.RNNCell` and the norms that autograd finds, one unit of h_T at a time."""
    cell = nn.RNNCell(3, Q, nonlinearity="relu").double()
    with torch.no_grad():
        for weights in cell.parameters():
            weights.normal_(generator=rng.generator)
        cell.weight_hh *= gain / Q**0.5
        cell.bias_hh += 0.5
    (x,) = rng.normals((T, 3), dtype=torch.float64)
    h, states = torch.zeros(1, Q, dtype=torch.float64), []
    for x_t in x:
        h = cell(x_t[None], h)
        states.append(h)
    rows = [torch.cat(torch.autograd.grad(unit, states[::-1], retain_graph=True)) for unit in h[0]]  # Q times (T, Q)
    norms = torch.linalg.matrix_norm(torch.stack(rows, 1), ord=2)
    return torch.cat(states).detach().float(), cell.weight_hh.detach().float(), norms


def norms_of(student, states, W_hh):
    """The student's first T norms in double precision, also where they are a list or single."""
    norms, T = student.jacobian_norms(states, W_hh), len(states)
    if isinstance(norms, list) and all(isinstance(norm, float) for norm in norms):
        norms = torch.tensor(norms, dtype=torch.float64)
    expect(isinstance(norms, torch.Tensor) and norms.dim() == 1, "expected T norms, for k = 0..T-1, in one tensor")
    expect(len(norms) >= T, f"returned {len(norms)} norms for {T} states; expected as many, for k = 0..T-1")
    return norms[:T].double()


@graded("jacobian_norms", hint="The first element is for k = 0: h_T depends on itself through the identity, of norm 1.")
@pytest.mark.parametrize("Q", [1, 4])
def test_starts_at_one(student, rng, Q):
    (W_hh,) = rng.normals((Q, Q))
    one_step = torch.linalg.svdvals(W_hh.double())[0]
    states = torch.ones(2, Q)
    assert_same(norms_of(student, states[:1], W_hh), torch.ones(1, dtype=torch.float64), rtol=1e-4)
    assert_same(norms_of(student, states, W_hh), torch.stack([torch.ones_like(one_step), one_step]), rtol=1e-4)


@graded(
    "jacobian_norms", hint="The derivative of the ReLU at step T keeps the rows of W_hh whose unit of h_T is active."
)
@pytest.mark.parametrize("Q", [4, 7])
def test_one_step_back_through_the_relu(student, rng, Q):
    W_hh, states = rng.normals((Q, Q), (2, Q))
    states = states.abs() + 0.1
    states[-1, ::2] = 0
    active = (states[-1] > 0).double().diag()
    norms = norms_of(student, states, W_hh)
    assert_same(norms[1], torch.linalg.svdvals(active @ W_hh.double())[0], rtol=1e-4)


@graded("jacobian_norms", hint="With a single unit that is always active, the norms are 1, |w|, |w|², …", weight=0.5)
def test_a_single_unit(student, rng):
    W_hh = 0.5 + torch.rand(1, 1, generator=rng.generator)
    norms = norms_of(student, torch.ones(6, 1), W_hh)
    assert_same(norms, W_hh[0, 0].double() ** torch.arange(6), rtol=1e-4)


@graded(
    "jacobian_norms",
    hint="∂h_T/∂h_{T-k} is the product of k step Jacobians, the latest on the left; the mask of h_{T-k} isn't in it."
    " The spectral norm is the largest singular value of the product.",
    weight=2,
)
@pytest.mark.parametrize(("T", "Q"), [(3, 5), (8, 6), (20, 4)])
def test_many_steps_back(student, rng, T, Q):
    states, W_hh, expected = sequence_of_states(rng, T, Q, gain=1.2)
    assert_same(norms_of(student, states, W_hh), expected, rtol=1e-4, atol=1e-6)


@graded(
    "jacobian_norms", hint="The norms fall below 1e-40: multiply in the dtype of the states, and add nothing to them."
)
def test_stays_exact_when_tiny(student, rng):
    (W_hh,) = rng.normals((4, 4), dtype=torch.float64)
    W_hh = torch.linalg.qr(W_hh).Q * 0.1
    norms = norms_of(student, torch.ones(60, 4, dtype=torch.float64), W_hh)
    assert_same(norms, torch.tensor(0.1, dtype=torch.float64) ** torch.arange(60), rtol=1e-6, atol=0)


@graded("jacobian_norms", hint="One tensor of shape (T,), for k = 0..T-1, in the dtype of the states.")
def test_is_a_tensor_in_the_dtype_of_the_states(student, rng):
    states, W_hh = rng.normals((3, 4), (4, 4), dtype=torch.float64)
    norms = student.jacobian_norms(states.abs(), W_hh)
    expect(isinstance(norms, torch.Tensor), "what was returned is no tensor")
    expect(norms.shape == (3,), f"returned shape {tuple(norms.shape)} for 3 states; expected (3,)")
    expect(norms.dtype == torch.float64, f"returned {norms.dtype}; expected torch.float64")
