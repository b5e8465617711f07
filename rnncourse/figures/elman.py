"""The figures of lesson 02. Every curve is of the Elman network: variants of it differ in shade, line and marker."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

import torch
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from torch import Tensor

from rnncourse.figures.comparison import VARIANTS, decay_axes, legend_above
from rnncourse.figures.drawing import arrow, box, cells, circle
from rnncourse.figures.style import BLACK, COLOURS, GREY, VERMILLION, subplots


def plot_unrolled_network(num_steps: int = 4, *, gradients: bool = False) -> Figure:
    """φ and ψ, one copy for each time step, all with the same w; with the way of the gradient if asked for."""
    figure, axes = subplots(width=8.5, height=3.9)
    axes.set(xlim=(-0.6, 2 * num_steps + 0.75), ylim=(-0.55, 3.6), aspect="equal")
    axes.axis("off")
    circle(axes, 0, 1, "$h_0$")
    for t in range(1, num_steps + 1):
        at_phi, at_h = 2 * t - 1, 2 * t
        circle(axes, at_phi, 0, f"$x_{t}$")
        box(axes, at_phi, 1, r"$\phi$")
        circle(axes, at_h, 1, f"$h_{t}$")
        box(axes, at_h, 2.2, r"$\psi$")
        circle(axes, at_h, 3.2, f"$y_{t}$")
        for start, end in [
            ((at_phi, 0), (at_phi, 1)),
            ((at_h - 2, 1), (at_phi, 1)),
            ((at_phi, 1), (at_h, 1)),
            ((at_h, 1), (at_h, 2.2)),
            ((at_h, 2.2), (at_h, 3.2)),
        ]:
            arrow(axes, start, end)
        axes.text(at_phi, 2.2, "$w$", color=GREY, ha="center", va="center", fontsize=13)
        arrow(axes, (at_phi, 2.2), (at_phi, 1), color=GREY)
        arrow(axes, (at_phi, 2.2), (at_h, 2.2), color=GREY)
    if gradients:
        for t in range(1, num_steps + 1):
            at_phi, at_h = 2 * t - 1, 2 * t
            arrow(axes, (at_h, 3.2), (at_h, 2.2), color=VERMILLION, shift=(0.14, 0))
            arrow(axes, (at_h, 2.2), (at_h, 1), color=VERMILLION, shift=(0.14, 0))
            axes.text(at_h + 0.24, 1.6, f"$g_{t}$", color=VERMILLION, va="center", fontsize=13)
            arrow(axes, (at_h, 1), (at_phi, 1), color=VERMILLION, shift=(0, -0.14))
            axes.text(at_h + 0.02, 0.52, rf"$\delta_{t}$", color=VERMILLION, ha="center", va="center", fontsize=13)
            arrow(axes, (at_phi, 1), (at_phi, 2.2), color=VERMILLION, shift=(0.14, 0))
            if t > 1:
                arrow(axes, (at_phi, 1), (at_phi - 1, 1), color=VERMILLION, shift=(0, -0.14))
    return figure


def plot_forgetting(distances: dict[str, Tensor]) -> Figure:
    """How far apart two states still are, t steps after the inputs that told them apart."""
    figure, axes = subplots()
    for (label, distance), variant in zip(distances.items(), cycle(VARIANTS), strict=False):
        axes.semilogy(range(1, len(distance) + 1), distance, label=label, markevery=5, **variant)
    axes.set(xlabel="time step $t$", ylabel=r"distance $\|h_t - h'_t\|$", ylim=(1e-13, 3))
    legend_above(axes)
    return figure


def plot_states(states: Tensor, length: int) -> Figure:
    """Every unit of one sequence's state, (T, Q), over time, and where the sequence ends."""
    figure, axes = subplots()
    steps = range(1, len(states) + 1)
    axes.plot(steps, states, color=COLOURS["Elman"], linewidth=1, alpha=0.6)
    axes.axvspan(length, len(states), color=GREY, alpha=0.15, linewidth=0)
    axes.axvline(length, color=BLACK, linestyle="--")
    top = float(states.max())
    axes.text(length - 0.2, 1.02 * top, f"last symbol, $t={length}$", ha="right", va="bottom")
    axes.text(length + 0.2, 1.02 * top, "padding, $x_t = 0$", va="bottom")
    axes.set(xlabel="time step $t$", ylabel="units of $h_t$", xlim=(1, len(states)), ylim=(0, 1.15 * top))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    return figure


def plot_truncation(errors: dict[str, Tensor]) -> Figure:
    """Relative error of a gradient that looks back k = 1, 2, … steps only."""
    figure, axes = subplots()
    for (label, error), variant in zip(errors.items(), cycle(VARIANTS), strict=False):
        axes.plot(range(1, len(error) + 1), 100 * error, label=label, **variant)
    axes.set(xlabel="steps $k$ that the gradient goes back", ylabel="error of the gradient (%)", ylim=(0, None))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    legend_above(axes)
    return figure


def plot_unrolled_run(symbols: Sequence[int], states: Tensor, gradients: Tensor, moment: int | None = None) -> Figure:
    """A small network's states and the gradients that arrive at them, as numbers.

    Args:
        symbols: the T inputs.
        states: (T + 1, Q), h_0 first.
        gradients: (T + 1, Q), the gradient of the loss with respect to those states.
        moment: 0..2T; steps 1..T go forward to h_T, T+1..2T back from there to h_1. None: all of it.
    """
    T, Q = len(symbols), states.shape[1]
    moment = 2 * T if moment is None else moment
    figure, axes = subplots(width=8.5, height=4.3, layout=None)
    forward, backward = min(moment, T), max(moment - T, 0)
    blues = Normalize(0, float(states.max()) * 1.6)
    reds = Normalize(-float(gradients.abs().max()) * 1.6, float(gradients.abs().max()) * 1.6)
    for t in range(forward + 1):
        cells(axes, t, 1, states[t].tolist(), "Blues", blues)
        if t > 0:
            axes.text(t, 0, f"{symbols[t - 1]}", ha="center", va="center", fontsize=13)
            arrow(axes, (t - 0.64, 0.5 + Q / 2), (t - 0.36, 0.5 + Q / 2), gap=0)
    for t in range(T, T - backward, -1):
        cells(axes, t, 2 + Q, gradients[t].tolist(), "RdBu_r", reds)
        if t < T:
            arrow(axes, (t + 0.64, 1.5 + 1.5 * Q), (t + 0.36, 1.5 + 1.5 * Q), color=VERMILLION, gap=0)
    axes.set(xlim=(-0.5, T + 0.5), ylim=(2.6 + 2 * Q, -0.6), xticks=range(T + 1), xlabel="time step $t$")
    axes.set_yticks(
        [0, 0.5 + Q / 2, 1.5 + 1.5 * Q],
        ["input $x_t$", "state $h_t$", "gradient\n" r"$\partial L / \partial h_t$"],
    )
    axes.grid(False)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    figure.subplots_adjust(left=0.12, right=0.99, bottom=0.13, top=0.99)
    return figure


def plot_one_decay(norms: Tensor, radius: float, k: int) -> Figure:
    """The same for one network, with one k marked, and what a linear network of one unit would do."""
    figure, axes = subplots(width=7.5, height=4.0, layout=None)
    steps = torch.arange(len(norms), dtype=norms.dtype)
    axes.semilogy(radius**steps, color=GREY, linestyle="--", label="(spectral radius)$^k$")
    axes.semilogy(norms, color=COLOURS["Elman"], label="measured")
    axes.semilogy(k, norms[k], marker="o", markersize=10, color=VERMILLION, linestyle="none", label=f"k = {k}")
    decay_axes(axes, len(norms) - 1)
    axes.legend(loc="upper left")
    figure.subplots_adjust(left=0.13, right=0.97, bottom=0.15, top=0.95)
    return figure


def plot_updates(losses: dict[str, Sequence[float]], norms: dict[str, Sequence[float]], max_norm: float) -> Figure:
    """The loss and the gradient's norm at every update, one above the other."""
    figure, (above, below) = subplots(2, 1, height=4.6, sharex=True)
    for label, variant in zip(losses, VARIANTS, strict=False):
        steps = range(1, len(losses[label]) + 1)
        above.semilogy(steps, losses[label], label=label, markevery=0.08, **variant)
        below.semilogy(steps, norms[label], markevery=0.08, **variant)
    below.axhline(max_norm, color=GREY, linestyle=":")
    below.annotate("clipped above", (0.99, max_norm), xycoords=("axes fraction", "data"), ha="right", va="bottom")
    above.set(ylabel="loss (nats)")
    below.set(xlabel="updates", ylabel="norm of the gradient")
    legend_above(above)
    return figure
