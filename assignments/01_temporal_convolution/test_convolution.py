"""Hidden tests of lesson 01, temporal convolution. Every expected value comes from `torch.nn.functional`."""

import pytest
import torch
from torch.nn import functional as F

from rnncourse.grading.classifiers import expect_same_logits_in_any_batch
from rnncourse.grading.hidden import assert_number, assert_same, assert_shapes, expect, graded, load_weights
from rnncourse.tasks import HalvesTask, last_valid


def convolved(x, weight, bias, dilation):
    """A causal convolution of (T, N, D): zeros in front, none behind."""
    front = (weight.shape[-1] - 1) * dilation
    return F.conv1d(F.pad(x.permute(1, 2, 0), (front, 0)), weight, bias, dilation=dilation).permute(2, 0, 1)


# causal_conv: bias and weights apart, one mistake a test


@graded("causal_conv", hint="With k = 1 every output is W x_t, for any dilation: T outputs for T inputs, none cut off.")
@pytest.mark.parametrize(("T", "N", "D", "Q", "dilation"), [(1, 1, 1, 1, 1), (5, 3, 4, 2, 1), (4, 2, 3, 3, 2)])
def test_a_kernel_of_one_sees_the_present(student, rng, T, N, D, Q, dilation):
    x, weight = rng.normals((T, N, D), (Q, D, 1))
    assert_same(student.causal_conv(x, weight, torch.zeros(Q), dilation), F.linear(x, weight[:, :, 0]))


@graded(
    "causal_conv",
    hint="For x = 0 each output is b, a negative one, too: added once to every step, and no ReLU after it.",
)
@pytest.mark.parametrize(("T", "N", "D", "Q", "k"), [(1, 1, 1, 1, 2), (5, 3, 4, 2, 3)])
def test_adds_the_bias_once(student, rng, T, N, D, Q, k):
    weight, bias = rng.normals((Q, D, k), (Q,))
    assert_same(student.causal_conv(torch.zeros(T, N, D), weight, bias), bias.expand(T, N, Q))


@graded(
    "causal_conv",
    hint="No output may depend on a later input, or on another sequence. At t = 1 there is only x_1: y_1 is"
    " weight[:, :, -1] x_1, without b.",
)
@pytest.mark.parametrize(("T", "N", "D", "Q", "k"), [(4, 1, 2, 2, 2), (6, 3, 4, 2, 3)])
def test_never_looks_ahead(student, rng, T, N, D, Q, k):
    x, later, weight = rng.normals((T, N, D), (T, N, D), (Q, D, k))
    for t in range(1, T):
        y, other = (
            student.causal_conv(inputs, weight, torch.zeros(Q), 1) for inputs in (torch.cat([x[:t], later[t:]]), x)
        )
        both = isinstance(y, torch.Tensor) and isinstance(other, torch.Tensor)
        expect(both and y.dim() == other.dim() == 3, "expected a tensor of shape (T, N, Q)")
        assert_same(y[:1], F.linear(x[:1], weight[:, :, -1]))
        assert_same(y[:t], other[:t])
    together, alone = (student.causal_conv(inputs, weight, torch.zeros(Q), 1) for inputs in (x, x[:, -1:]))
    assert_same(together[:, -1:], alone)


@graded(
    "causal_conv",
    hint="Each slice weight[:, :, i] has its own lag: the last one belongs to x_t, the one before it to x_{t-1}, …",
)
@pytest.mark.parametrize(("T", "N", "D", "Q", "k"), [(5, 1, 1, 1, 2), (6, 3, 4, 2, 3), (7, 2, 3, 3, 5)])
def test_every_slice_has_its_lag(student, rng, T, N, D, Q, k):
    x, weight = rng.normals((T, N, D), (Q, D, k))
    bias = torch.zeros(Q)
    y = student.causal_conv(x, weight, bias)
    expect(isinstance(y, torch.Tensor) and y.dim() == 3, "expected a tensor of shape (T, N, Q)")
    assert_same(y[k - 1 :], convolved(x, weight, bias, 1)[k - 1 :])


@graded("causal_conv", hint="With dilation d the lags are 0, d, 2d, …: so are the zeros in front.")
@pytest.mark.parametrize(("T", "N", "D", "Q", "k", "dilation"), [(8, 1, 1, 1, 2, 2), (12, 3, 2, 4, 3, 4)])
def test_dilates(student, rng, T, N, D, Q, k, dilation):
    x, weight = rng.normals((T, N, D), (Q, D, k))
    bias = torch.zeros(Q)
    assert_same(student.causal_conv(x, weight, bias, dilation), convolved(x, weight, bias, dilation))


@graded(
    "causal_conv", hint="A sequence may be shorter than the kernel reaches back: what is before x_1 counts as zero."
)
@pytest.mark.parametrize(
    ("T", "N", "D", "Q", "k", "dilation"), [(1, 1, 2, 3, 3, 1), (2, 3, 2, 2, 4, 1), (3, 2, 3, 1, 2, 5)]
)
def test_sequences_shorter_than_the_kernel(student, rng, T, N, D, Q, k, dilation):
    x, weight = rng.normals((T, N, D), (Q, D, k))
    bias = torch.zeros(Q)
    assert_same(student.causal_conv(x, weight, bias, dilation), convolved(x, weight, bias, dilation))


@graded("causal_conv", hint="Autograd must be able to go back through it: no .detach(), .data, .item() or no_grad().")
def test_lets_gradients_through(student, rng):
    x, weight, bias, cotangent = rng.normals((6, 2, 3), (4, 3, 1), (4,), (6, 2, 4))
    for value in (x, weight, bias):
        value.requires_grad_()
    (convolved(x, weight, bias, 1) * cotangent).sum().backward()
    arguments = x.detach(), weight.detach(), bias.detach()
    got = student.gradients(student.causal_conv, *arguments, cotangent=cotangent).arguments
    without = [name for name, gradient in zip(("x", "weight", "bias"), got, strict=True) if gradient is None]
    expect(not without, f"no gradient arrives at {', '.join(without)}")
    for gradient, value in zip(got[:2], (x, weight), strict=True):
        assert_same(gradient, value.grad)


# receptive_field


@graded("receptive_field", hint="One block has two convolutions, and each of them reaches k - 1 steps further back.")
@pytest.mark.parametrize(("kernel_size", "field"), [(2, 3), (3, 5), (4, 7), (7, 13)])
def test_one_block(student, kernel_size, field):
    assert_number(student.receptive_field(kernel_size, [1]), field)


def one_block(kernel_size):
    return 1 + 2 * (kernel_size - 1)


def further_than_one_block(student, kernel_size, dilations):
    """How much larger the field is than that of one block: one step too many or too few in both is no difference."""
    return difference(student.receptive_field(kernel_size, dilations), student.receptive_field(kernel_size, [1]))


def difference(number, other):
    numbers = [one.item() if isinstance(one, torch.Tensor) and one.numel() == 1 else one for one in (number, other)]
    expect(all(isinstance(one, int | float) for one in numbers), "what was returned is no number")
    return numbers[0] - numbers[1]


@graded(
    "receptive_field",
    hint="A dilation stretches a convolution's reach: one block of dilation d reaches 2 (k-1) d back.",
)
@pytest.mark.parametrize(("kernel_size", "dilation", "field"), [(2, 2, 5), (3, 4, 17), (4, 5, 31)])
def test_one_dilated_block(student, kernel_size, dilation, field):
    assert_number(further_than_one_block(student, kernel_size, [dilation]), field - one_block(kernel_size))


@graded("receptive_field", hint="The reaches of the blocks add up, all of them, on top of x_T itself.")
@pytest.mark.parametrize(
    ("kernel_size", "num_blocks", "field"), [(2, 2, 7), (2, 3, 15), (3, 2, 13), (3, 4, 61), (5, 3, 57), (2, 10, 2047)]
)
def test_doubling_dilations(student, kernel_size, num_blocks, field):
    assert_number(student.receptive_field(kernel_size, [2**i for i in range(num_blocks)]), field)


@graded("receptive_field", hint="The dilations need not double: use the ones that were given.")
@pytest.mark.parametrize(
    ("kernel_size", "dilations", "field"), [(2, [1, 1, 1], 7), (3, [1, 3, 9], 53), (2, [5, 2], 15), (4, [3, 3], 37)]
)
def test_any_dilations(student, kernel_size, dilations, field):
    assert_number(further_than_one_block(student, kernel_size, dilations), field - one_block(kernel_size))


@graded("receptive_field", hint="x_T always reaches the last output: with k = 1, or without any block, the field is 1.")
@pytest.mark.parametrize(("kernel_size", "dilations"), [(1, [1]), (1, [1, 2, 4]), (3, [])])
def test_is_at_least_one(student, kernel_size, dilations):
    assert_number(student.receptive_field(kernel_size, dilations), 1)


@graded("receptive_field", hint="The field is a number of steps: an int, neither a float nor a tensor.", weight=0.5)
def test_is_an_int(student):
    expect(type(student.receptive_field(3, [1, 2])) is int, "what was returned is no int")


# measured_field: each net has one thing that a measurement can miss; where that is no hole, y_T sees every step of it

DELAYED = "torch.cat([torch.zeros_like(x[:{0}]), x[:len(x) - {0}]])"
WINDOW = f"sum({DELAYED.format('lag')} for lag in range({{0}} + 1))"  # x_t and the steps before it


def measured(student, source, x):
    return student.measured_field(student.evaluate(f"lambda x: {source}"), x)


def reach(student, net, x):
    """How far back the last output sees, counted from what is measured for a network that sees x_T only."""
    return difference(student.measured_field(net, x), measured(student, "3 * x", x))


@graded("measured_field", hint="Where y_T sees x_T only, the field is 1; where it sees x_1, the field is T.")
@pytest.mark.parametrize(("T", "N", "D"), [(1, 1, 1), (2, 1, 3), (9, 2, 4)])
def test_one_step_and_all_steps(student, rng, T, N, D):
    (x,) = rng.normals((T, N, D))
    assert_number(measured(student, "3 * x", x), 1)
    assert_number(measured(student, "x.cumsum(0)", x), T)


@graded(
    "measured_field",
    hint="The field goes back to the earliest step that counts; steps between may have no influence.",
    weight=2,
)
@pytest.mark.parametrize("steps", [1, 3, 6])
def test_counts_the_steps_between(student, rng, steps):
    (x,) = rng.normals((9, 2, 3))
    for source in (DELAYED.format(steps), f"x + {DELAYED.format(steps)}"):
        assert_number(reach(student, student.evaluate(f"lambda x: {source}"), x), steps)


@graded("measured_field", hint="Look at the last output alone: earlier ones may see other inputs.")
def test_is_about_the_last_output(student, rng):
    (x,) = rng.normals((7, 2, 3))
    for seen, steps in (("x[-1:]", 0), ("x[-1:] + x[-2:-1]", 1)):
        net = student.evaluate(f"lambda x: torch.cat([x[:-1].cumsum(0), {seen}])")
        assert_number(reach(student, net, x), steps)


@graded(
    "measured_field", hint="Gradients of opposite sign, in different inputs of a step, must not cancel in your sum."
)
@pytest.mark.parametrize("contrast", ["x[..., :1] - x[..., 1:2]", "x[:, :1] - x[:, 1:2]"])
def test_opposite_signs_do_not_cancel(student, rng, contrast):
    (x,) = rng.normals((8, 2, 2))
    net = student.evaluate(f"lambda x: (lambda x: {WINDOW.format(4)})({contrast}) + x[..., :1]")
    assert_number(reach(student, net, x), 4)


@graded(
    "measured_field",
    hint="However small a gradient is, and whatever its sign: if it is not 0, the input has an influence.",
)
@pytest.mark.parametrize("size", [1e-4, -1e-9, -1e-15])
def test_small_influences_count(student, rng, size):
    (x,) = rng.normals((8, 2, 3))
    net = student.evaluate(f"lambda x: torch.sign(torch.tensor({size})) * x + {size} * {WINDOW.format(5)}")
    assert_number(reach(student, net, x), 5)


@graded(
    "measured_field", hint="A ReLU may be off in some sequences and units: look at all of them before you say zero."
)
@pytest.mark.parametrize("where", [(0, 0), (1, 2), (2, 1)])
def test_looks_at_every_sequence_and_unit(student, rng, where):
    (x,) = rng.normals((8, 3, 3))
    mask = torch.zeros(3, 3)
    mask[where] = 1
    net = student.evaluate(f"lambda x: mask * {WINDOW.format(4)}", mask=mask)
    assert_number(reach(student, net, x), 4)


@graded(
    "measured_field", hint="Two causal convolutions of kernel size k, the second with dilation d: 1 + (k-1) + (k-1) d."
)
@pytest.mark.parametrize(("k", "dilation"), [(2, 1), (3, 2), (2, 2), (3, 3)])
def test_measures_convolutions(student, rng, k, dilation):
    D, front = 4, (k - 1) * dilation
    x, first, second = rng.normals((12, 3, D), (D, D, k), (D, D, k))
    net = student.evaluate(
        "lambda x: nn.functional.conv1d(nn.functional.pad(torch.relu(nn.functional.conv1d(nn.functional.pad(\n"
        "    x.permute(1, 2, 0), (k - 1, 0)), first.abs())), (front, 0)), second,\n"
        "    dilation=dilation).permute(2, 0, 1)",
        first=first, second=second, k=k, front=front, dilation=dilation,
    )  # fmt: skip
    assert_number(reach(student, net, x.abs()), k - 1 + front)


@graded(
    "measured_field",
    hint="x belongs to the caller, who measures other networks with it: work on x.detach().clone().requires_grad_().",
    weight=2,
)
def test_measures_again_with_the_same_inputs(student, rng):
    (x,) = rng.normals((7, 2, 3))
    both = student.evaluate(
        "(lambda x: [measured_field(lambda x: x.cumsum(0), x), measured_field(lambda x: 3 * x, x)])(x)",
        measured_field=student.measured_field,
        x=x,
    )
    expect(isinstance(both, list), "there are no two numbers")
    wide, narrow = both
    expect(wide != narrow, "two networks with different fields gave the same number")
    assert_number(measured(student, "3 * x", x), narrow)


@graded("measured_field", hint="The field is a number of steps: an int, neither a float nor a tensor.")
def test_measures_an_int(student, rng):
    (x,) = rng.normals((4, 2, 3))
    expect(type(measured(student, "3 * x", x)) is int, "what was returned is no int")


# TemporalBlock


def block_of(student, rng, D, Q, k, dilation):
    """The student's block with fresh weights, and those weights: convolutions, biases, shortcut."""
    block = student.TemporalBlock(D, Q, k, dilation)
    weights = {
        name: value / (value[0].numel() ** 0.5 if value.dim() > 1 else 2)
        for name, value in zip(shapes_of(D, Q, k), rng.normals(*shapes_of(D, Q, k).values()), strict=True)
    }
    return block, weights | put(student, block, weights)


def shapes_of(D, Q, k):
    shapes = {"conv1.weight": (Q, D, k), "conv1.bias": (Q,), "conv2.weight": (Q, Q, k), "conv2.bias": (Q,)}
    return shapes | ({"shortcut.weight": (Q, D, 1), "shortcut.bias": (Q,)} if D != Q else {})


def put(student, block, weights):
    """Set a layer's weight, weight-normalised or not, and its bias.

    Returns:
        The biases that are not there, as zeros: they cost the test of the names, not all others.
    """
    is_module = student.evaluate("isinstance(block, nn.Module)", block=block)
    expect(is_module is True, "the block is no nn.Module")
    layers = student.evaluate(
        "[name for name, layer in block.named_children() if list(layer.parameters())]", block=block
    )
    missing = sorted({name.split(".")[0] for name in weights} - set(layers))
    expect(not missing, f"the block has no layer {', '.join(missing)}")
    without = student.evaluate(
        "[name for name, layer in block.named_children() if getattr(layer, 'bias', None) is None]", block=block
    )
    absent = {f"{name}.bias" for name in without} & weights.keys()
    student.evaluate(
        "[setattr(block.get_submodule(layer), what, value)\n"
        " if what in getattr(block.get_submodule(layer), 'parametrizations', {})\n"
        " else getattr(block.get_submodule(layer), what).data.copy_(value) for layer, what, value in weights]",
        block=block,
        weights=[[*name.split("."), value] for name, value in weights.items() if name not in absent],
    )
    return {name: torch.zeros_like(weights[name]) for name in absent}


def block_output(weights, x, dilation):
    u = torch.relu(convolved(x, weights["conv1.weight"], weights["conv1.bias"], dilation))
    v = torch.relu(convolved(u, weights["conv2.weight"], weights["conv2.bias"], dilation))
    around = (
        F.linear(x, weights["shortcut.weight"][:, :, 0], weights["shortcut.bias"])
        if "shortcut.weight" in weights
        else x
    )
    return torch.relu(v + around)


BLOCKS = pytest.mark.parametrize(
    ("T", "N", "D", "Q", "k", "dilation"),
    [(1, 1, 1, 1, 2, 1), (7, 3, 4, 4, 3, 1), (9, 2, 3, 5, 2, 3), (12, 1, 5, 2, 3, 2), (4, 3, 2, 6, 1, 4)],
)


@graded(
    "TemporalBlock",
    hint="Layers with parameters: conv1, conv2, and shortcut exactly when dim_in and dim_out differ, each with a bias.",
)
@pytest.mark.parametrize(("D", "Q", "k"), [(3, 5, 2), (4, 4, 3), (1, 1, 1), (5, 2, 4)])
def test_has_the_named_layers(student, rng, D, Q, k):
    block = student.TemporalBlock(D, Q, k, 2)
    shapes = student.evaluate(
        "{f'{name}.{what}': list(getattr(layer, what).shape) for name, layer in block.named_children()\n"
        " if list(layer.parameters()) for what in ('weight', 'bias') if getattr(layer, what, None) is not None}",
        block=block,
    )
    expected = {name: list(shape) for name, shape in shapes_of(D, Q, k).items()}
    assert_shapes(shapes, expected, f"TemporalBlock({D}, {Q}, {k}, 2)")


@graded(
    "TemporalBlock",
    hint="torch.nn.utils.parametrizations.weight_norm on conv1 and conv2 and nothing else, a length for each output.",
)
@pytest.mark.parametrize(("D", "Q", "k"), [(3, 5, 2), (4, 4, 3)])
def test_normalises_the_weights(student, rng, D, Q, k):
    block, _ = block_of(student, rng, D, Q, k, 1)
    shapes = student.evaluate(
        "{name: list(value.shape) for name, value in block.named_parameters() if 'original' in name}", block=block
    )
    names = [f"{conv}.parametrizations.weight.original{i}" for conv in ("conv1", "conv2") for i in (0, 1)]
    expected = dict(zip(names, ([Q, 1, 1], [Q, D, k], [Q, 1, 1], [Q, Q, k]), strict=True))
    assert_shapes(shapes, expected, f"what is weight-normalised in TemporalBlock({D}, {Q}, {k}, 1)")


@graded(
    "TemporalBlock",
    hint="u = ReLU(conv1(x)), v = ReLU(conv2(u)), y = ReLU(v + shortcut(x)), both convolutions with the same dilation.",
    weight=2,
)
@BLOCKS
def test_follows_the_equations(student, rng, T, N, D, Q, k, dilation):
    block, weights = block_of(student, rng, D, Q, k, dilation)
    (x,) = rng.normals((T, N, D))
    assert_same(block(x).detach(), block_output(weights, x, dilation))


@graded(
    "TemporalBlock",
    hint="With both convolutions silent (their biases far below zero) the block is ReLU(x), or ReLU of the 1×1 of x.",
)
@BLOCKS
def test_leaves_a_way_around(student, rng, T, N, D, Q, k, dilation):
    block, weights = block_of(student, rng, D, Q, k, dilation)
    silent = {name: torch.full((Q,), -1e4) for name in ("conv1.bias", "conv2.bias")}
    silent |= put(student, block, silent)
    (x,) = rng.normals((T, N, D))
    assert_same(block(x).detach(), block_output(weights | silent, x, dilation))


@graded(
    "TemporalBlock",
    hint="Another sequence or a later input changes no output: conv1d wants (N, D, T), with zeros in front.",
)
@pytest.mark.parametrize(("D", "Q", "k", "dilation"), [(3, 3, 2, 1), (4, 4, 3, 2)])
def test_the_block_never_looks_ahead(student, rng, D, Q, k, dilation):
    block, _ = block_of(student, rng, D, Q, k, dilation)
    x, later = rng.normals((8, 2, D), (8, 2, D))
    y = block(x)
    expect(isinstance(y, torch.Tensor) and y.shape == (8, 2, Q), "the output is no tensor of shape (T, N, dim_out)")
    expect(bool(y.detach().any()), "the output is zero")
    for t in (1, 4, 7):
        changed = block(torch.cat([x[:t], later[t:]])).detach()
        assert_same(changed[:t], y[:t].detach())
        expect(not torch.equal(changed, y.detach()), "the output does not depend on the input")
    alone = block(x[:, -1:])
    expect(isinstance(alone, torch.Tensor) and alone.shape == (8, 1, Q), "for N = 1 the output has another shape")
    assert_same(alone.detach(), y[:, -1:].detach())


@graded(
    "TemporalBlock", hint="The last output sees 1 + 2 (k-1) d inputs, no more and no fewer: two dilated convolutions."
)
@pytest.mark.parametrize(("D", "Q", "k", "dilation"), [(3, 3, 2, 1), (4, 4, 3, 2), (4, 4, 2, 3), (5, 5, 1, 2)])
def test_sees_exactly_its_field(student, rng, D, Q, k, dilation):
    block, weights = block_of(student, rng, D, Q, k, dilation)
    put(student, block, {name: value.abs() + 0.1 for name, value in weights.items()})
    (x,) = rng.normals((14, 2, D))
    cotangent = torch.zeros(14, 2, Q)
    cotangent[-1] = 1
    got = student.gradients(block, x.abs() + 0.1, cotangent=cotangent).arguments[0]
    expect(got is not None, "no gradient arrives at the input")
    field = 1 + 2 * (k - 1) * dilation
    expect(not got[:-field].any(), "an input before the field has an influence on the last output")
    expect(bool(got[-field].any()), "the first input of the field has no influence on the last output")


@graded("TemporalBlock", hint="Every parameter must get a gradient: nothing detached, and every layer used.")
@pytest.mark.parametrize(("D", "Q"), [(3, 3), (2, 4)])
def test_gradients_reach_every_parameter(student, rng, D, Q):
    block, weights = block_of(student, rng, D, Q, 2, 2)
    put(student, block, {name: value.abs() + 0.1 for name, value in weights.items()})
    x, cotangent = rng.normals((6, 3, D), (6, 3, Q))
    got = student.gradients(block, x.abs(), cotangent=cotangent).parameters
    without = [name for name, gradient in got.items() if gradient is None or not gradient.any()]
    expect(got and not without, f"no gradient for {', '.join(without)}" if got else "the block has no parameters")


# TCN: it is given a block of the tests' own, so that nobody's TemporalBlock matters here

BLOCK = """type("Block", (nn.Module,), {
    "__init__": lambda self, dim_in, dim_out, kernel_size, dilation: (
        nn.Module.__init__(self),
        setattr(self, "sizes", [dim_in, dim_out, kernel_size, dilation]),
        setattr(self, "conv", nn.Conv1d(dim_in, dim_out, kernel_size, dilation=dilation)),
    )[0],
    "forward": lambda self, x: nn.functional.leaky_relu(self.conv(nn.functional.pad(
        x.permute(1, 2, 0), ((self.sizes[2] - 1) * self.sizes[3], 0)))).permute(2, 0, 1),
})"""


def tcn_of(student, rng, D, Q, C, k, num_blocks):
    """The student's network, made of the tests' blocks, with fresh weights, and those weights."""
    net = numbered(student, student.TCN(D, Q, C, k, num_blocks, student.evaluate(BLOCK)))
    shapes = tcn_shapes(D, Q, C, k, num_blocks)
    weights = {
        name: value / (value[0].numel() ** 0.5 if value.dim() > 1 else 2)
        for name, value in zip(shapes, rng.normals(*shapes.values()), strict=True)
    }
    return net, load_weights(student, net, weights)


def numbered(student, net):
    """The network, with blocks of an nn.Sequential that have names of their own under their numbers."""
    student.evaluate(
        "setattr(net, 'blocks', nn.Sequential(*net.blocks)) if isinstance(net.blocks, nn.Sequential) else None", net=net
    )
    return net


def tcn_shapes(D, Q, C, k, num_blocks):
    shapes = {}
    for i in range(num_blocks):
        shapes |= {f"blocks.{i}.conv.weight": (Q, D if i == 0 else Q, k), f"blocks.{i}.conv.bias": (Q,)}
    return shapes | {"fc_h2y.weight": (C, Q), "fc_h2y.bias": (C,)}


def tcn_logits(weights, x, lengths):
    for i in range(len(weights) // 2 - 1):
        x = F.leaky_relu(convolved(x, weights[f"blocks.{i}.conv.weight"], weights[f"blocks.{i}.conv.bias"], 2**i))
    return F.linear(last_valid(x, lengths), weights["fc_h2y.weight"], weights["fc_h2y.bias"])


def block_sizes(student, net):
    """What each block was made with: four numbers."""
    sizes = student.evaluate("[list(getattr(block, 'sizes', [])) for block in net.blocks]", net=net)
    expect(isinstance(sizes, list) and any(sizes), "no block was made by the block that was given")
    same = all(isinstance(size, list) and len(size) == 4 for size in sizes)
    expect(same, "some of the blocks were not made by the block that was given")
    return sizes


@graded(
    "TCN",
    hint="The block that is given makes all blocks: block(dim_in, dim_out, kernel_size, dilation), in this order.",
)
@pytest.mark.parametrize(("D", "Q", "k", "num_blocks"), [(3, 5, 2, 1), (4, 6, 3, 3), (5, 5, 2, 4)])
def test_makes_its_blocks(student, rng, D, Q, k, num_blocks):
    net = student.TCN(D, Q, 2, k, num_blocks, student.evaluate(BLOCK))
    sizes = block_sizes(student, net)
    expect([size[:3] for size in sizes] == [[D if i == 0 else Q, Q, k] for i in range(num_blocks)],
           f"TCN({D}, {Q}, 2, {k}, {num_blocks}) makes its blocks with {sizes}")  # fmt: skip


@graded("TCN", hint="The dilations are 1, 2, 4, …: each block's is twice that of the one before.")
@pytest.mark.parametrize("num_blocks", [1, 2, 3, 6])
def test_doubles_the_dilation(student, rng, num_blocks):
    net = student.TCN(3, 4, 2, 2, num_blocks, student.evaluate(BLOCK))
    dilations = [size[-1] for size in block_sizes(student, net)]
    expect(dilations == [2**i for i in range(num_blocks)], f"the dilations of {num_blocks} blocks are {dilations}")


@graded("TCN", hint="Parameters: those of the blocks, in self.blocks, and fc_h2y with its bias; no others.")
@pytest.mark.parametrize(("D", "Q", "C", "k", "num_blocks"), [(10, 32, 2, 3, 4), (3, 5, 4, 2, 1), (1, 1, 1, 1, 2)])
def test_has_the_named_parameters(student, rng, D, Q, C, k, num_blocks):
    net = numbered(student, student.TCN(D, Q, C, k, num_blocks, student.evaluate(BLOCK)))
    shapes = student.evaluate("{name: list(value.shape) for name, value in net.named_parameters()}", net=net)
    expected = {name: list(shape) for name, shape in tcn_shapes(D, Q, C, k, num_blocks).items()}
    assert_shapes(shapes, expected, f"TCN({D}, {Q}, {C}, {k}, {num_blocks})")


@graded("TCN", hint="The blocks one after the other, then fc_h2y at the last step, as it is: logits (N, C).", weight=2)
@pytest.mark.parametrize(
    ("T", "N", "D", "Q", "C", "k", "num_blocks"), [(1, 1, 2, 3, 2, 2, 1), (9, 3, 4, 6, 3, 3, 3), (5, 5, 5, 5, 5, 2, 2)]
)
def test_computes_the_logits(student, rng, T, N, D, Q, C, k, num_blocks):
    net, weights = tcn_of(student, rng, D, Q, C, k, num_blocks)
    lengths = torch.full((N,), T)
    x = rng.padded(lengths, D)
    assert_same(net(x, lengths).detach(), tcn_logits(weights, x, lengths))


@graded(
    "TCN",
    hint="A shorter sequence is read at its own last step: it has the same logits alone and with padding.",
    weight=2,
)
@pytest.mark.parametrize("lengths", [[6, 2, 4], [1, 3], [2, 2, 7, 5]])
def test_padding_has_no_influence(student, rng, lengths):
    net, _ = tcn_of(student, rng, 3, 5, 2, 2, 2)
    expect_same_logits_in_any_batch(net, rng, lengths, 3)


@graded("TCN", hint="The gradient must reach every parameter of every block: nothing may be detached on the way.")
def test_gradients_reach_every_block(student, rng):
    net, weights = tcn_of(student, rng, 4, 6, 3, 2, 3)
    lengths = torch.tensor([9, 9, 9])
    x = rng.padded(lengths, 4)
    (cotangent,) = rng.normals((3, 3))
    got = student.gradients(net, x, lengths, cotangent=cotangent).parameters
    without = [name for name in weights if name in got and (got[name] is None or not got[name].any())]
    expect(not without, f"no gradient for {', '.join(without)}")


@graded(
    "TCN",
    hint="Trained on short sequences of four symbols, the network should get nine of ten right, or more.",
    weight=2,
)
def test_learns_the_sample_problem(student, rng):
    task = {"num_symbols": 4, "max_half": 2}
    net = student.TCN(4, 64, 2, 2, 2, student.evaluate(BLOCK))
    train = student.evaluate(
        "lambda net, task, seed: __import__('rnncourse.training').training.fit(\n"
        "    net, __import__('rnncourse.tasks').tasks.HalvesTask(**task), 6000, batch_size=32, lr=1e-2,\n"
        "    seed=seed, num_evaluations=1, progress=False)"
    )
    student.patience(30)
    train(net, task, rng.new_seed())
    fresh = HalvesTask(**task).sample(1000, rng.generator)
    logits = net(fresh.x, fresh.lengths)
    expect(isinstance(logits, torch.Tensor) and logits.shape == (1000, 2), "the logits are not of shape (N, C)")
    error = (logits.argmax(1) != fresh.targets).float().mean().item()
    expect(error < 0.1, f"after training, {error:.0%} of fresh sequences were classified wrongly")
