"""The visible checks of lesson 01. What they compare with is `torch.nn`, autograd and numbers worked out by hand."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Generator, Tensor, nn
from torch.nn.utils.parametrize import is_parametrized

from rnncourse.checks.core import Attempt, shown


def check_causal_conv(causal_conv: Callable) -> None:
    attempt = Attempt("causal_conv", causal_conv)
    generator = Generator().manual_seed(0)
    for T, N, D, Q, k, dilation in [(6, 2, 3, 4, 3, 1), (1, 1, 1, 1, 1, 1), (9, 1, 2, 3, 2, 4), (3, 2, 3, 3, 4, 2)]:
        x, weight, bias = _normals(generator, (T, N, D), (Q, D, k), (Q,))
        y = attempt(x, weight, bias, dilation)
        attempt.expect_tensor(y, (T, N, Q), "(T, N, Q)", hint="One output for each step: how many zeros are in front?")
        later = x.clone()
        later[-1] += 1
        attempt.expect_same(
            attempt(later, weight, bias, dilation)[:-1],
            y[:-1],
            "looks into the future: when x_T changes, so do outputs before T.",
        )
        attempt.expect_same(
            attempt(torch.zeros_like(x), weight, bias, dilation),
            bias.expand(T, N, Q),
            "returned something else than b for x = 0: is the bias added once, to every step?",
        )
        attempt.expect_same(
            y[0],
            x[0] @ weight[:, :, -1].T + bias,
            "is wrong at t = 1, where there is only x_1 to see: it belongs to the last slice, weight[:, :, -1].",
        )
        conv = nn.Conv1d(D, Q, k, dilation=dilation, padding=(k - 1) * dilation)  # zeros at both ends …
        conv.load_state_dict({"weight": weight, "bias": bias})
        expected = conv(x.permute(1, 2, 0)).permute(2, 0, 1)[:T]  # … and without the outputs after T
        attempt.expect_same(
            y,
            expected,
            f"is right at t = 1 and wrong later, for kernel size {k} and dilation {dilation}: "
            "which x does weight[:, :, i] belong to?",
        )
    attempt.passed("the shape, no look into the future, the equation with several dilations")


def check_receptive_field(receptive_field: Callable) -> None:
    attempt = Attempt("receptive_field", receptive_field)
    for kernel_size, dilations, field, why in [
        (2, [1], 3, "x_T itself, and two convolutions, each one step further back"),
        (3, [1], 5, "x_T itself, and two convolutions, each two steps further back"),
        (2, [1, 2], 7, "2 steps further back in the first block and 4 in the second, and the step itself"),
        (3, [1, 2, 4, 8], 61, "the sum of the dilations is 15"),
        (2, [3, 1], 9, "the dilations need not be powers of two"),
        (1, [1, 2, 4], 1, "a kernel of size 1 sees one step only"),
    ]:
        returned = attempt(kernel_size, dilations)
        attempt.expect(
            type(returned) is int and returned == field,
            f"returned {shown(returned)} for kernel_size = {kernel_size}, dilations = {dilations}; "
            f"expected the int {field}: {why}.",
        )
    attempt.passed("one block and several, kernel sizes 1 to 3, other dilations")


def check_measured_field(measured_field: Callable) -> None:
    attempt = Attempt("measured_field", measured_field)
    x = torch.randn(9, 2, 3, generator=Generator().manual_seed(0))
    last_unit = torch.zeros(2, 3)
    last_unit[-1, -1] = 1
    for net, field, why in [
        (lambda x: 2 * x, 1, "each output sees the input of its own step only"),
        (lambda x: x + _delayed(x, 3), 4, "y_T sees x_T and x_{T-3}; the steps between them count, too"),
        (lambda x: x.cumsum(0), 9, "every input reaches the last output"),
        (lambda x: x.flip(0), 9, "y_T sees x_1 only, T - 1 steps back"),
        (lambda x: x[..., :1] + _delayed(x[..., :1] - x[..., 1:2], 2), 3, "gradients of opposite sign do not cancel"),
        (lambda x: x + _delayed(x * last_unit, 6), 7, "only the last unit of the last sequence sees so far"),
        (lambda x: x + 1e-12 * _delayed(x, 4), 5, "a small influence is an influence"),
    ]:
        returned = attempt(net, x)
        attempt.expect(
            type(returned) is int and returned == field,
            f"returned {shown(returned)} for a net with {len(x)} steps where {why}; expected the int {field}.",
        )
    attempt.passed("holes, opposite signs, small influences, every unit")


def check_TemporalBlock(TemporalBlock: Callable) -> None:
    attempt = Attempt("TemporalBlock", TemporalBlock)
    for D, Q, k, dilation, T, N in [(3, 5, 3, 2, 8, 2), (4, 4, 2, 1, 1, 1)]:
        block = attempt(D, Q, k, dilation)
        attempt.expect(isinstance(block, nn.Module), "is not an nn.Module: does the class inherit from it?")
        for name in ("conv1", "conv2"):
            conv = getattr(block, name, None)
            attempt.expect(isinstance(conv, nn.Conv1d), f"has no nn.Conv1d called {name}.")
            attempt.expect(
                is_parametrized(conv, "weight"),
                f"has a {name} without weight normalisation: wrap it in weight_norm of "
                "torch.nn.utils.parametrizations.",
            )
        expected = sum([Q + Q * D * k + Q, Q + Q * Q * k + Q, (Q * D + Q) * (D != Q)])  # g, v, b, and the 1×1
        found = sum(weights.numel() for weights in block.parameters())
        attempt.expect(
            found == expected,
            f"has {found} parameters for dim_in={D}, dim_out={Q}, kernel_size={k}; expected {expected}: two "
            "weight-normalised convolutions with bias, and a 1×1 convolution with bias exactly if the widths differ.",
        )
        x = torch.randn(T, N, D, generator=Generator().manual_seed(0))
        forward = Attempt("TemporalBlock.forward", block)
        y = forward(x)
        forward.expect_tensor(
            y, (T, N, Q), "(T, N, Q)", hint="Time-major goes in and comes out; Conv1d wants (N, D, T)."
        )
    impulse = [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    for taps, dilation, x, truth, where in [
        ((1, 1), 1, impulse, [2, 2, 1, 0, 0, 0], "the two convolutions, one after the other, plus the input"),
        ((1, 1), 2, impulse, [2, 0, 2, 0, 1, 0], "both convolutions have the dilation"),
        ((-1, -1), 1, impulse, [1, 0, 0, 0, 0, 0], "a ReLU stands behind the first convolution"),
        ((1, -1), 1, impulse, [1, 0, 0, 0, 0, 0], "a ReLU stands behind the second convolution, before the sum"),
        ((-1, -1), 1, [-1.0, 2.0], [0, 2], "a ReLU stands behind the sum"),
    ]:
        block = attempt(1, 1, 2, dilation)
        with torch.no_grad():
            for conv, tap in zip((block.conv1, block.conv2), taps, strict=True):
                conv.weight = torch.full((1, 1, 2), float(tap))
                conv.bias.zero_()
        forward = Attempt("TemporalBlock.forward", block)
        y = forward(torch.tensor(x)[:, None, None])
        forward.expect_tensor(y, (len(x), 1, 1), "(T, N, Q)")
        y = y.flatten()
        attempt.expect(
            torch.allclose(y, torch.tensor(truth, dtype=torch.float32), atol=1e-4),
            f"turns x = {[int(value) for value in x]} into {[round(value, 2) for value in y.tolist()]} with weights "
            f"{taps[0]}, {taps[0]} in conv1, {taps[1]}, {taps[1]} in conv2 and dilation {dilation}; "
            f"expected {truth}: {where}.",
        )
    attempt.passed("its parameters, weight normalisation, the shape, five cases worked out by hand")


def check_TCN(TCN: Callable) -> None:
    attempt = Attempt("TCN", TCN)
    generator = Generator().manual_seed(0)
    for D, Q, C, num_blocks, lengths in [(4, 5, 3, 3, [3, 6, 1]), (2, 3, 2, 1, [1])]:
        net = attempt(D, Q, C, 2, num_blocks, _Counter)
        attempt.expect(isinstance(net, nn.Module), "is not an nn.Module: does the class inherit from it?")
        attempt.expect(
            isinstance(getattr(net, "blocks", None), nn.Module),
            "has no self.blocks that nn.Module can see: expected an nn.Sequential or an nn.ModuleList, not a list.",
        )
        sizes = [getattr(block, "sizes", None) for block in net.blocks]
        expected = [(D if i == 0 else Q, Q, 2, 2**i) for i in range(num_blocks)]
        attempt.expect(
            not sizes or any(sizes),
            "has blocks of its own in self.blocks: no block was made by the block that was given, block(…).",
        )
        attempt.expect(
            sizes == expected,
            f"makes its blocks with (dim_in, dim_out, kernel_size, dilation) = {sizes} for kernel_size=2 and "
            f"num_blocks={num_blocks}; expected {expected}, each made by block(…).",
        )
        shapes = {name: tuple(weights.shape) for name, weights in net.named_parameters()}
        attempt.expect(
            shapes == {"fc_h2y.weight": (C, Q), "fc_h2y.bias": (C,)},
            f"has, besides its blocks, parameters {shapes}; expected fc_h2y.weight {(C, Q)} and fc_h2y.bias {(C,)}.",
        )
        T, N = max(lengths), len(lengths)
        (x,) = _normals(generator, (T, N, D))
        forward = Attempt("TCN.forward", net)
        logits = forward(x, torch.tensor(lengths))
        forward.expect_tensor(logits, (N, C), "(N, C)", hint="One prediction a sequence, from its own last step.")
        last = torch.tensor([float(num_blocks + length) for length in lengths])  # each block added 1 to t
        forward.expect_same(
            logits,
            net.fc_h2y(last[:, None].expand(N, Q)),
            f"does not return fc_h2y of the last block's output at each sequence's own end, for lengths={lengths}.",
        )
    attempt.passed("its blocks and their dilations, each sequence's own end, fc_h2y")


class _Counter(nn.Module):
    """A block without weights: the first one of a stack returns t + 1 at step t, every other one adds 1."""

    def __init__(self, dim_in: int, dim_out: int, kernel_size: int, dilation: int) -> None:
        super().__init__()
        self.sizes = dim_in, dim_out, kernel_size, dilation

    def forward(self, x: Tensor) -> Tensor:
        first = self.sizes[-1] == 1
        count = torch.arange(1.0, len(x) + 1)[:, None, None] if first else x[..., :1]
        return (count + 1).expand(len(x), x.shape[1], self.sizes[1])


def _delayed(x: Tensor, steps: int) -> Tensor:
    return torch.cat([torch.zeros_like(x[:steps]), x[:-steps]])


def _normals(generator: Generator, *shapes: tuple[int, ...]) -> list[Tensor]:
    return [torch.randn(shape, generator=generator) for shape in shapes]
