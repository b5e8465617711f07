"""Hidden tests of lesson 06.3: a core that begins in a state made from a condition, judged by `torch.gru_cell`."""

import pytest
import torch
from torch import nn

from rnncourse.grading.hidden import assert_same, assert_shapes, expect, graded, load_weights

SIZES = pytest.mark.parametrize(
    ("T", "N", "C", "D", "Q"), [(5, 3, 4, 2, 6), (1, 1, 2, 3, 4), (1, 4, 1, 2, 1), (6, 1, 3, 1, 5), (4, 4, 4, 4, 4)]
)
WEIGHTS = {"weight_ih_l0": "weight_ih", "weight_hh_l0": "weight_hh", "bias_ih_l0": "bias_ih", "bias_hh_l0": "bias_hh"}


def new_core(student, D, Q, num_symbols=None):
    return student.evaluate(
        "__import__('rnncourse.recurrent_core').recurrent_core.RecurrentCore(Q, dim_input=D, num_symbols=num_symbols)",
        D=D,
        Q=Q,
        num_symbols=num_symbols,
    )


def conditioned(student, rng, C, D, Q, num_symbols=None):
    """The student's network with fresh weights, and the same weights here; parameters that aren't named are zero.

    A bias that isn't there is zero here, too: its absence is the next test's alone.
    """
    core = new_core(student, D, Q, num_symbols)
    net = student.Conditioned(core, C)
    shapes = {"fc_c2h.weight": (Q, C), "fc_c2h.bias": (Q,)}
    shapes |= {"core.gru.weight_ih_l0": (3 * Q, D), "core.gru.weight_hh_l0": (3 * Q, Q)}
    shapes |= {"core.gru.bias_ih_l0": (3 * Q,), "core.gru.bias_hh_l0": (3 * Q,)}
    if num_symbols is not None:
        shapes["core.embedding.weight"] = (num_symbols, D)
    weights = dict(zip(shapes, rng.normals(*shapes.values()), strict=True))
    bias = {"fc_c2h.bias": torch.zeros(Q)}
    if student.evaluate("getattr(getattr(net, 'fc_c2h', 0), 'bias', 0) is None", net=net) is True:
        return net, load_weights(student, net, {name: weights[name] for name in shapes if name not in bias}) | bias
    return net, load_weights(student, net, weights)


def expect_its_core(student, rng, C, D, Q):
    """One step from a first state of zero, as it is when fc_c2h is: nearly every mistake gets this right.

    States that aren't made by the core would have all the properties of the right ones.
    """
    net, weights = conditioned(student, rng, C, D, Q)
    load_weights(student, net, {name: weights[name] for name in weights if name.startswith("core.")})
    weights |= {name: torch.zeros_like(weights[name]) for name in ("fc_c2h.weight", "fc_c2h.bias")}
    condition, inputs = rng.normals((1, C), (1, 1, D))
    states = net(condition, inputs)
    assert_same(states.detach() if isinstance(states, torch.Tensor) else states, states_of(weights, condition, inputs))


def first_state_of(student, net, condition):
    return student.evaluate("lambda net, condition: net.first_state(condition)")(net, condition)


def first_state(weights, condition):
    return nn.functional.linear(condition, weights["fc_c2h.weight"], weights["fc_c2h.bias"])


def states_of(weights, condition, inputs):
    """`torch.nn.GRU` from the same weights, its first state a linear map of the condition."""
    h_t, states = first_state(weights, condition), []
    gru = {name: weights[f"core.gru.{name}"] for name in WEIGHTS}
    for x_t in inputs:
        h_t = torch.gru_cell(x_t, h_t, *(gru[name] for name in WEIGHTS))
        states.append(h_t)
    return torch.stack(states)


@graded(
    "Conditioned",
    hint="The core that was given, as self.core, and one nn.Linear named fc_c2h from the condition to the core's"
    " dim_output; no other parameters.",
)
@pytest.mark.parametrize(("C", "D", "Q"), [(10, 2, 64), (3, 4, 5), (1, 1, 1)])
def test_has_the_core_and_one_layer(student, rng, C, D, Q):
    core = new_core(student, D, Q)
    net = student.Conditioned(core, C)
    shapes = student.evaluate("{name: list(weights.shape) for name, weights in net.named_parameters()}", net=net)
    of_core = student.evaluate("{name: list(weights.shape) for name, weights in core.named_parameters()}", core=core)
    expected = {f"core.{name}": shape for name, shape in of_core.items()}
    expected |= {"fc_c2h.weight": [Q, C], "fc_c2h.bias": [Q]}
    assert_shapes(shapes, expected, f"the network for a condition of size {C} and a core with Q = {Q}")
    same = student.evaluate("any(one is core for one in net.modules())", net=net, core=core)
    expect(same is True, "the core in the network isn't the one that was given")
    net, _ = conditioned(student, rng, C, D, Q)
    (condition,) = rng.normals((3, C))
    first = first_state_of(student, net, condition)
    load_weights(student, net, {})
    zero = first_state_of(student, net, condition)
    tensors = isinstance(first, torch.Tensor) and isinstance(zero, torch.Tensor)
    expect(tensors and first.any() and not zero.any(), "the first state doesn't come from fc_c2h")


@graded(
    "Conditioned", hint="first_state: h_0 = W_ch c + b_h, nothing else, with an axis of size 1 for the layer in front."
)
@SIZES
def test_the_first_state_is_a_linear_map(student, rng, T, N, C, D, Q):
    net, weights = conditioned(student, rng, C, D, Q)
    (condition,) = rng.normals((N, C))
    h_0 = first_state_of(student, net, condition)
    assert_same(h_0.detach() if isinstance(h_0, torch.Tensor) else h_0, first_state(weights, condition)[None])


@graded(
    "Conditioned",
    hint="forward starts the core in h_0, gives it all the inputs, and returns its states (T, N, Q), alone.",
    weight=2,
)
@SIZES
def test_the_states_follow_from_the_first(student, rng, T, N, C, D, Q):
    net, weights = conditioned(student, rng, C, D, Q)
    condition, inputs = rng.normals((N, C), (T, N, D))
    states = net(condition, inputs)
    assert_same(states.detach() if isinstance(states, torch.Tensor) else states, states_of(weights, condition, inputs))


@graded(
    "Conditioned",
    hint="The core looks symbols up itself: forward passes its inputs on as they are, (T, N) or (T, N, D).",
)
@pytest.mark.parametrize(("T", "N"), [(1, 1), (5, 3)])
def test_inputs_may_be_symbols(student, rng, T, N):
    C, D, Q, num_symbols = 3, 4, 5, 9
    net, weights = conditioned(student, rng, C, D, Q, num_symbols)
    (condition,) = rng.normals((N, C))
    symbols = rng.integers(1, num_symbols, (T, N))
    states = net(condition, symbols)
    expected = states_of(weights, condition, weights["core.embedding.weight"][symbols])
    assert_same(states.detach() if isinstance(states, torch.Tensor) else states, expected)


@graded(
    "Conditioned",
    hint="With the same inputs, two sequences with different conditions must differ from the first step on, and two"
    " with equal conditions must not.",
)
@pytest.mark.parametrize("T", [1, 4])
def test_the_condition_makes_the_difference(student, rng, T):
    C, D, Q = 4, 2, 6
    expect_its_core(student, rng, C, D, Q)
    net, _ = conditioned(student, rng, C, D, Q)
    conditions, inputs = rng.normals((2, C), (T, 1, D))
    states = net(conditions[[0, 1, 0]], inputs.expand(T, 3, D).contiguous())
    expect(
        isinstance(states, torch.Tensor) and states.shape == (T, 3, Q), "the states are no tensor of shape (T, N, Q)"
    )
    states = states.detach()
    expect(bool(((states[:, 0] - states[:, 1]).abs() > 1e-6).any(1).all()), "another condition gave the same states")
    assert_same(states[:, 2], states[:, 0])


@graded("Conditioned", hint="Row n of the condition belongs to sequence n of the batch: the order stays as it is.")
def test_the_order_of_the_batch_is_kept(student, rng):
    T, N, C, D, Q = 3, 5, 4, 2, 5
    expect_its_core(student, rng, C, D, Q)
    net, _ = conditioned(student, rng, C, D, Q)
    condition, inputs = rng.normals((N, C), (T, N, D))
    together = net(condition, inputs)
    expect(
        isinstance(together, torch.Tensor) and together.shape == (T, N, Q),
        "the states are no tensor of shape (T, N, Q)",
    )
    expect(bool((together[:, 1:] - together[:, :1]).abs().sum(2).gt(1e-6).all()), "other inputs gave the same states")
    for n in range(N):
        alone = net(condition[n : n + 1], inputs[:, n : n + 1].contiguous())
        assert_same(together[:, n : n + 1].detach(), alone.detach())


@graded(
    "Conditioned", hint="Every call starts from its own condition, whatever came before and however large the batch."
)
def test_keeps_nothing_between_calls(student, rng):
    C, D, Q = 3, 2, 4
    net, weights = conditioned(student, rng, C, D, Q)
    for N in (3, 3, 2):
        condition, inputs = rng.normals((N, C), (4, N, D))
        states = net(condition, inputs)
        expected = states_of(weights, condition, inputs)
        assert_same(states.detach() if isinstance(states, torch.Tensor) else states, expected)


@graded(
    "Conditioned",
    hint="The gradient goes back through all states and h_0 to fc_c2h and to the condition, which an encoder may have"
    " made: nothing may be detached.",
    weight=1.5,
)
@pytest.mark.parametrize(("T", "N"), [(1, 1), (4, 3)])
def test_gradients_reach_the_condition(student, rng, T, N):
    C, D, Q = 3, 2, 5
    net, weights = conditioned(student, rng, C, D, Q)
    condition, inputs, cotangent = rng.normals((N, C), (T, N, D), (T, N, Q))
    for value in weights.values():
        value.requires_grad_()
    watched = condition.clone().requires_grad_()
    (states_of(weights, watched, inputs) * cotangent).sum().backward()
    got = student.gradients(net, condition, inputs, cotangent=cotangent)
    expect(got.arguments[0] is not None, "no gradient arrives at the condition")
    assert_same(got.arguments[0], watched.grad)
    for name in ("fc_c2h.weight", "fc_c2h.bias"):
        expect(got.parameters.get(name) is not None, f"no gradient arrives at {name}")
        assert_same(got.parameters[name], weights[name].grad)
