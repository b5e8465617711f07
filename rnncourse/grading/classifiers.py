"""What hidden tests ask of every network that classifies padded sequences, whatever its equations are.

A network is compared with itself, so that a wrong equation is another test's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor

from rnncourse.grading.hidden import Random, assert_same, expect, load_weights

if TYPE_CHECKING:
    from rnncourse.grading.student import Handle, Student


def predictions(net: Handle, x: Tensor, lengths: Tensor) -> Tensor:
    """Logits (N, C) of different sequences.

    Raises:
        Unmet: they have another shape, or are the same for all sequences.
    """
    logits = net(x, lengths)
    expect(isinstance(logits, Tensor) and logits.dim() == 2, "the logits are not of shape (N, C)")
    expect(len(logits) == len(lengths), "expected logits (N, C), one row for each sequence")
    if len(logits) > 1:
        expect(bool((logits != logits[0]).any()), "the logits don't depend on the sequence")
    return logits.detach()


def expect_same_logits_in_any_batch(net: Handle, rng: Random, lengths: list[int], dim_input: int) -> None:
    """A sequence has the same logits alone, in a batch of these lengths, and with more padding."""
    ends = torch.tensor(lengths)
    x = rng.padded(ends, dim_input)
    alone = torch.cat([predictions(net, x[:length, [n]], ends[[n]]) for n, length in enumerate(lengths)])
    assert_same(predictions(net, x, ends), alone)
    assert_same(predictions(net, torch.cat([x, torch.zeros(3, *x.shape[1:])]), ends), alone)


def expect_nothing_kept(net: Handle, rng: Random, dim_input: int) -> None:
    """A batch has the same logits before and after another one, and so has a part of it."""
    lengths = torch.full((4,), 4)
    x, other = rng.padded(lengths, dim_input), rng.padded(lengths, dim_input)
    first = predictions(net, x, lengths)
    predictions(net, other, lengths)
    assert_same(predictions(net, x, lengths), first)
    assert_same(predictions(net, x[:, :2], lengths[:2]), first[:2])


def expect_gradients(
    student: Student, net: Handle, weights: dict[str, Tensor], rng: Random, sizes: tuple[int, int]
) -> None:
    """A gradient arrives at every one of these parameters, and at the inputs that of the network's own logits.

    Args:
        sizes: D and C.
    """
    D, C = sizes
    load_weights(student, net, {name: 0.2 * value.abs() for name, value in weights.items()})  # no unit is switched off
    lengths = torch.full((4,), 5)
    x, (cotangent,) = rng.padded(lengths, D).abs() + 0.2, rng.normals((4, C))
    got = student.gradients(net, x, lengths, cotangent=cotangent)
    without = [name for name in weights if name in got.parameters and not _arrives(got.parameters[name])]
    expect(not without, f"no gradient for {', '.join(without)}")
    gradient = got.arguments[0]
    expect(_arrives(gradient) and _arrives(gradient[0]), "no gradient arrives at the first step")
    if not torch.equal(predictions(net, x, lengths), predictions(net, x, lengths)):
        return  # it keeps a state, or draws one: another test's business
    for steps in (1, len(x)):
        direction = torch.zeros_like(x)
        direction[:steps] = 0.1
        up, down = ((predictions(net, moved, lengths) * cotangent).sum() for moved in (x + direction, x - direction))
        slope, expected = (gradient * direction).sum(), (up - down) / 2
        same = torch.isclose(slope, expected, rtol=0.05, atol=1e-4)
        expect(same, "the gradient at the inputs is not that of the logits: a part of its way is cut off")


def _arrives(gradient: Tensor | None) -> bool:
    return gradient is not None and bool(gradient.any())
