"""The figures of lesson 02. Every curve is of the Elman network: variants of it differ in shade, line and marker."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

import torch
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch, Rectangle
from matplotlib.ticker import MaxNLocator
from torch import Tensor

from rnncourse.figures.style import BLACK, BLUE, COLOURS, GREY, SKY, VERMILLION, subplots
from rnncourse.training import History

VARIANTS = [
    {"color": BLUE, "linestyle": "-", "marker": "o"},
    {"color": SKY, "linestyle": "--", "marker": "s"},
    {"color": BLACK, "linestyle": ":", "marker": "^"},
    {"color": "#004468", "linestyle": "-.", "marker": "D"},
    {"color": "#9ad0f0", "linestyle": "-", "marker": "v"},
    {"color": BLACK, "linestyle": "--", "marker": "x"},
]


def plot_unrolled_network(num_steps: int = 4, *, gradients: bool = False) -> Figure:
    """φ and ψ, one copy for each time step, all with the same w; with the way of the gradient if asked for."""
    figure, axes = subplots(width=8.5, height=3.9)
    axes.set(xlim=(-0.6, 2 * num_steps + 0.75), ylim=(-0.55, 3.6), aspect="equal")
    axes.axis("off")
    _circle(axes, 0, 1, "$h_0$")
    for t in range(1, num_steps + 1):
        at_phi, at_h = 2 * t - 1, 2 * t
        _circle(axes, at_phi, 0, f"$x_{t}$")
        _box(axes, at_phi, 1, r"$\phi$")
        _circle(axes, at_h, 1, f"$h_{t}$")
        _box(axes, at_h, 2.2, r"$\psi$")
        _circle(axes, at_h, 3.2, f"$y_{t}$")
        for start, end in [
            ((at_phi, 0), (at_phi, 1)),
            ((at_h - 2, 1), (at_phi, 1)),
            ((at_phi, 1), (at_h, 1)),
            ((at_h, 1), (at_h, 2.2)),
            ((at_h, 2.2), (at_h, 3.2)),
        ]:
            _arrow(axes, start, end)
        axes.text(at_phi, 2.2, "$w$", color=GREY, ha="center", va="center", fontsize=13)
        _arrow(axes, (at_phi, 2.2), (at_phi, 1), color=GREY)
        _arrow(axes, (at_phi, 2.2), (at_h, 2.2), color=GREY)
    if gradients:
        for t in range(1, num_steps + 1):
            at_phi, at_h = 2 * t - 1, 2 * t
            _arrow(axes, (at_h, 3.2), (at_h, 2.2), color=VERMILLION, shift=(0.14, 0))
            _arrow(axes, (at_h, 2.2), (at_h, 1), color=VERMILLION, shift=(0.14, 0))
            axes.text(at_h + 0.24, 1.6, f"$g_{t}$", color=VERMILLION, va="center", fontsize=13)
            _arrow(axes, (at_h, 1), (at_phi, 1), color=VERMILLION, shift=(0, -0.14))
            axes.text(at_h + 0.02, 0.52, rf"$\delta_{t}$", color=VERMILLION, ha="center", va="center", fontsize=13)
            _arrow(axes, (at_phi, 1), (at_phi, 2.2), color=VERMILLION, shift=(0.14, 0))
            if t > 1:
                _arrow(axes, (at_phi, 1), (at_phi - 1, 1), color=VERMILLION, shift=(0, -0.14))
    return figure


def plot_forgetting(distances: dict[str, Tensor]) -> Figure:
    """How far apart two states still are, t steps after the inputs that told them apart."""
    figure, axes = subplots()
    for (label, distance), variant in zip(distances.items(), cycle(VARIANTS), strict=False):
        axes.semilogy(range(1, len(distance) + 1), distance, label=label, markevery=5, **variant)
    axes.set(xlabel="time step $t$", ylabel=r"distance $\|h_t - h'_t\|$", ylim=(1e-13, 3))
    _legend_above(axes)
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
    _legend_above(axes)
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
        _cells(axes, t, 1, states[t].tolist(), "Blues", blues)
        if t > 0:
            axes.text(t, 0, f"{symbols[t - 1]}", ha="center", va="center", fontsize=13)
            _arrow(axes, (t - 0.64, 0.5 + Q / 2), (t - 0.36, 0.5 + Q / 2), gap=0)
    for t in range(T, T - backward, -1):
        _cells(axes, t, 2 + Q, gradients[t].tolist(), "RdBu_r", reds)
        if t < T:
            _arrow(axes, (t + 0.64, 1.5 + 1.5 * Q), (t + 0.36, 1.5 + 1.5 * Q), color=VERMILLION, gap=0)
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


def plot_training(histories: dict[str, History]) -> Figure:
    """Test error against the number of sequences seen, with the error of the trivial classifier."""
    figure, axes = subplots()
    for (label, history), variant in zip(histories.items(), cycle(VARIANTS), strict=False):
        thousands = torch.tensor(history.seen) / 1000
        axes.plot(thousands, 100 * torch.tensor(history.error), label=label, **variant)
    _baseline(axes)
    axes.set(xlabel="training sequences seen (thousands)", ylabel="test error (%)", ylim=(0, 58))
    _legend_above(axes)
    return figure


def plot_error_by_length(errors: dict[str, dict[int, float]], trained_up_to: int = 20) -> Figure:
    """Test error against sequence length; beyond `trained_up_to` no sequence was ever trained on."""
    figure, axes = subplots()
    longest = max(max(by_length) for by_length in errors.values())
    axes.axvspan(trained_up_to + 1, longest + 1, color=GREY, alpha=0.15, linewidth=0)
    axes.text(trained_up_to + 1.5, 2, "never trained on", va="bottom")
    for (label, by_length), variant in zip(errors.items(), cycle(VARIANTS), strict=False):
        percent = [100 * error for error in by_length.values()]
        axes.plot(list(by_length), percent, label=label, **variant)
    _baseline(axes, left=True)
    axes.set(xlabel="length of the sequence (symbols)", ylabel="test error (%)", ylim=(0, 58), xlim=(1, longest + 1))
    _legend_above(axes)
    return figure


def plot_error_by_kind(errors: dict[str, dict[str, float]]) -> Figure:
    """Bars: the error on each kind of sequence, for networks trained in different ways."""
    figure, axes = subplots()
    width = 0.8 / len(errors)
    for i, (label, by_kind) in enumerate(errors.items()):
        places = [place + (i - (len(errors) - 1) / 2) * width for place in range(len(by_kind))]
        percent = [100 * error for error in by_kind.values()]
        bars = axes.bar(places, percent, 0.94 * width, label=label, color=VARIANTS[i]["color"], hatch=["", "//"][i % 2])
        axes.bar_label(bars, fmt="%.0f", padding=2)
    _baseline(axes, "a coin", left=True)
    axes.set_xticks(range(len(by_kind)), list(by_kind))
    axes.set(ylabel="test error (%)", ylim=(0, 75))
    axes.grid(False, axis="x")
    _legend_above(axes)
    return figure


def plot_gradient_decay(curves: dict[str, Tensor]) -> Figure:
    """‖∂h_T/∂h_{T-k}‖ against k on a logarithmic axis, each curve with its name at its end."""
    figure, axes = subplots(width=7.5, height=4.4, layout=None)
    for (label, norms), variant in zip(curves.items(), cycle(VARIANTS), strict=False):
        axes.semilogy(norms, markevery=10, **variant)
        end = len(norms) - 1, float(norms[-1])
        axes.annotate(label, end, xytext=(7, 0), textcoords="offset points", va="center")
    _decay_axes(axes, len(norms) - 1)
    figure.subplots_adjust(left=0.13, right=0.85, bottom=0.13, top=0.97)
    return figure


def plot_one_decay(norms: Tensor, radius: float, k: int) -> Figure:
    """The same for one network, with one k marked, and what a linear network of one unit would do."""
    figure, axes = subplots(width=7.5, height=4.0, layout=None)
    steps = torch.arange(len(norms), dtype=norms.dtype)
    axes.semilogy(radius**steps, color=GREY, linestyle="--", label="(spectral radius)$^k$")
    axes.semilogy(norms, color=COLOURS["Elman"], label="measured")
    axes.semilogy(k, norms[k], marker="o", markersize=10, color=VERMILLION, linestyle="none", label=f"k = {k}")
    _decay_axes(axes, len(norms) - 1)
    axes.legend(loc="upper left")
    figure.subplots_adjust(left=0.13, right=0.97, bottom=0.15, top=0.95)
    return figure


def _decay_axes(axes: Axes, last: int) -> None:
    axes.axhline(1, color=GREY, linewidth=1)
    axes.set(xlabel="steps back $k$", xlim=(0, last))
    axes.set_ylabel(r"$\|\partial h_T / \partial h_{T-k}\|_2$", fontsize=13)
    axes.set(ylim=(1e-26, 1e16), yticks=[10.0**power for power in range(-24, 17, 8)])
    axes.minorticks_off()


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
    _legend_above(above)
    return figure


def _baseline(axes: Axes, label: str = "always the same answer", *, left: bool = False) -> None:
    axes.axhline(50, color=COLOURS["baseline"], linestyle=":")
    place, align = ((0.02, 50), "left") if left else ((1, 50), "right")
    axes.annotate(label, place, xycoords=("axes fraction", "data"), ha=align, va="bottom", color="#555555")


def _legend_above(axes: Axes) -> None:
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=len(axes.get_legend_handles_labels()[0]))


def _circle(axes: Axes, x: float, y: float, label: str) -> None:
    axes.add_patch(Circle((x, y), 0.27, facecolor="white", edgecolor=BLACK, zorder=2))
    axes.text(x, y, label, ha="center", va="center", fontsize=13, zorder=3)


def _box(axes: Axes, x: float, y: float, label: str) -> None:
    axes.add_patch(
        FancyBboxPatch(
            (x - 0.2, y - 0.2), 0.4, 0.4, boxstyle="round,pad=0.07", facecolor="#d9ecf7", edgecolor=BLUE, zorder=2
        )
    )
    axes.text(x, y, label, ha="center", va="center", fontsize=14, zorder=3)


def _arrow(
    axes: Axes,
    start: tuple[float, float],
    end: tuple[float, float],
    *,
    color: str = BLACK,
    shift: tuple[float, float] = (0, 0),
    gap: float = 0.3,
) -> None:
    """From node to node, `gap` away from their centres."""
    (x0, y0), (x1, y1) = start, end
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    dx, dy = gap * (x1 - x0) / length, gap * (y1 - y0) / length
    axes.annotate(
        "",
        xytext=(x0 + dx + shift[0], y0 + dy + shift[1]),
        xy=(x1 - dx + shift[0], y1 - dy + shift[1]),
        arrowprops={"arrowstyle": "-|>", "color": color, "shrinkA": 0, "shrinkB": 0, "linewidth": 1.4},
    )


def _cells(axes: Axes, x: float, top: float, values: Sequence[float], cmap: str, norm: Normalize) -> None:
    """A column of numbers, each on the colour of its value."""
    for i, value in enumerate(values):
        axes.add_patch(Rectangle((x - 0.36, top + i - 0.5), 0.72, 1, facecolor=colormaps[cmap](norm(value))))
        axes.text(x, top + i, f"{round(value, 2) + 0:.2f}", ha="center", va="center", fontsize=10)
