"""The figures of lesson 05: the GRU's unit, its two forms, and what they cost."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from torch import Tensor

from rnncourse.figures.comparison import baseline, curve_with_band, legend_above, looks
from rnncourse.figures.drawing import arrow, box, circle
from rnncourse.figures.style import BLACK, BLUE, COLOURS, GREY, MARKERS, SKY, VERMILLION, subplots

INSIDE = {"color": COLOURS["GRU"], "linewidth": 4}  # the lecture's form: W_hh (r ⊙ h)
AFTER = {"color": BLACK, "linestyle": "--", "marker": "s", "markevery": 2}  # torch's: r ⊙ (W_hh h)


def plot_unit() -> Figure:
    """The way of a state through the lecture's GRU."""
    figure, axes = subplots(width=8.5, height=3.2)
    _unit(axes, after=False)
    return figure


def plot_two_units() -> Figure:
    """The lecture's GRU above torch's: they differ in the order of r_t and W_hh."""
    figure, (above, below) = subplots(2, 1, width=8.5, height=6.4)
    for axes, after, title in ((above, False, "the lecture"), (below, True, "torch.nn.GRU")):
        _unit(axes, after)
        axes.set_title(title, loc="left", y=0.9)
    return figure


def _unit(axes: Axes, after: bool) -> None:
    axes.set(xlim=(-0.4, 8.6), ylim=(-0.25, 2.9), aspect="equal")
    axes.axis("off")
    middle, below, top = 1.2, 0, 2.3
    reset, product = (2.6, 1.3) if after else (1.3, 2.6)
    start, total, squash, update, mix, end = 0, 3.9, 5.0, 6.0, 7.2, 8.2
    nodes = {start: "$h_{t-1}$", reset: r"$\odot$", total: "$+$", update: r"$\bar{h}_t$", mix: "$+$", end: "$h_t$"}
    for x, label in nodes.items():
        circle(axes, x, middle, "")
        axes.text(x, middle, label, ha="center", va="center", fontsize=12, zorder=3)
    for x, label in ((product, "$W_{hh}$"), (squash, "tanh")):
        box(axes, x, middle, "")
        axes.text(x, middle, label, ha="center", va="center", fontsize=12, zorder=3)
    for place, following in pairwise(sorted([*nodes, product, squash])):
        arrow(axes, (place, middle), (following, middle))
    axes.text((update + mix) / 2, middle - 0.4, r"$\odot\,(1 - z_t)$", ha="center", va="center", color=BLUE)
    axes.plot([start, start, mix], [middle + 0.27, top, top], color=BLACK, linewidth=1.4)  # the pass-through
    arrow(axes, (mix, top + 0.3), (mix, middle))
    axes.text((update + mix) / 2, top - 0.3, r"$\odot\, z_t$", ha="center", va="center", color=BLUE)
    outside = {reset: "$r_t$", total: f"$W_{{xh}}\\, x_t + b_{{{'xh' if after else 'h'}}}$"}
    if after:
        outside[product] = "$b_{hh}$"
    for x, label in outside.items():
        color = VERMILLION if x == reset else "#555555"
        axes.text(x, below, label, ha="center", va="center", fontsize=12, color=color)
        arrow(axes, (x, below - 0.1), (x, middle), gap=0.34, color=color)


def plot_gate_settings(states: dict[str, Tensor], pulses: Sequence[int]) -> Figure:
    """Four units' states (T, 4) over time under each of four settings of the gates, and when there was an input."""
    figure, grid = subplots(2, 2, height=4.6, sharex=True, sharey="row")
    for axes, (title, run) in zip(grid.flat, states.items(), strict=True):
        _pulses(axes, pulses)
        for unit, line in zip(run.T, ("-", "--", ":", "-."), strict=True):
            axes.plot(range(1, len(run) + 1), unit, color=COLOURS["GRU"], linestyle=line)
        axes.set_title(title, loc="left")
        axes.set(xticks=range(0, len(run) + 1, 5), ylabel="units of $h_t$")
    for axes in grid[-1]:
        axes.set_xlabel("time step $t$")
    return figure


def plot_two_forms(cases: dict[str, tuple[Tensor, Tensor]], pulses: Sequence[int]) -> Figure:
    """Two units under both forms of the GRU, for each case a column.

    Args:
        cases: by title, the states (T, 2) of the lecture's form and those of torch's.
        pulses: the time steps with an input.
    """
    figure, grid = subplots(2, len(cases), width=8, height=4.4, layout=None, sharex=True, sharey=True, squeeze=False)
    figure.subplots_adjust(left=0.1, right=0.98, bottom=0.12, top=0.85, wspace=0.2, hspace=0.12)
    for column, (title, (inside, after)) in zip(grid.T, cases.items(), strict=True):
        column[0].set_title(title, loc="left")
        for unit, axes in enumerate(column):
            _pulses(axes, pulses)
            steps = range(1, len(inside) + 1)
            axes.plot(steps, inside[:, unit], label="lecture: r inside the product", **INSIDE)
            axes.plot(steps, after[:, unit], label="torch: r after the product", **AFTER)
            axes.set(ylim=(-1.1, 1.1), xticks=range(0, len(inside) + 1, 5), ylabel=f"unit {unit + 1} of $h_t$")
        column[-1].set_xlabel("time step $t$")
    figure.legend(*grid[0, 0].get_legend_handles_labels(), loc="upper center", ncols=2)
    return figure


def _pulses(axes: Axes, pulses: Sequence[int]) -> None:
    for t in pulses:
        axes.axvline(t, color=GREY, linestyle=":")


def plot_distance(distances: dict[str, Tensor]) -> Figure:
    """The largest difference between the two forms' states after t steps."""
    figure, axes = subplots()
    looks = zip((COLOURS["GRU"], SKY, BLACK, VERMILLION), ("-", "--", ":", "-."), MARKERS, strict=False)
    for (label, distance), (color, line, marker) in zip(distances.items(), looks, strict=False):
        steps = range(1, len(distance) + 1)
        axes.plot(steps, distance, label=label, color=color, linestyle=line, marker=marker, markevery=4)
    axes.set(xlabel="time step $t$", ylabel="largest difference of a unit", ylim=(0, None))
    legend_above(axes)
    return figure


def plot_tuning(errors: dict[str, dict[float, list[float]]], chosen: dict[str, float]) -> Figure:
    """Final error against the learning rate: median and range over the seeds, and a ring around the chosen one."""
    figure, axes = subplots()
    for (label, by_rate), look in zip(errors.items(), looks(errors), strict=True):
        curve_with_band(axes, list(by_rate), [*zip(*by_rate.values(), strict=True)], label, look)
        best = chosen[label], 100 * statistics.median(by_rate[chosen[label]])
        axes.plot(*best, marker="o", markersize=14, markerfacecolor="none", color=look["color"])
    baseline(axes)
    axes.set(xscale="log", xlabel="learning rate", ylabel="test error (%)", ylim=(0, 58))
    axes.set_xticks(list(by_rate), [f"{rate:g}" for rate in by_rate])
    axes.minorticks_off()
    legend_above(axes)
    return figure


def plot_speed(ratios: dict[str, dict[str, float]]) -> Figure:
    """Bars: the time of each way to compute a GRU, as a multiple of torch.nn's, for each size."""
    figure, axes = subplots(height=4.0)
    width = 0.8 / len(ratios)
    for i, (size, by_way) in enumerate(ratios.items()):
        places = [place + (i - (len(ratios) - 1) / 2) * width for place in range(len(by_way))]
        bars = axes.bar(places, by_way.values(), 0.94 * width, label=size, color=(BLUE, SKY)[i], hatch=("", "//")[i])
        axes.bar_label(bars, fmt="%.1f", padding=2)
    axes.axhline(1, color=GREY, linestyle=":")
    axes.set_xticks(range(len(by_way)), list(by_way))
    axes.set(ylabel="CPU time, forward and backward\n(torch.nn.GRU = 1)")
    axes.margins(y=0.12)
    axes.grid(False, axis="x")
    legend_above(axes)
    return figure


def plot_backward_time(milliseconds: dict[str, dict[int, float]]) -> Figure:
    """The time to go backward through T slices of one tensor, both axes logarithmic."""
    figure, axes = subplots()
    looks = zip((VERMILLION, BLUE), ("-", "--"), "os", strict=True)
    for (label, by_length), (color, line, marker) in zip(milliseconds.items(), looks, strict=True):
        axes.loglog(*zip(*by_length.items(), strict=True), label=label, color=color, linestyle=line, marker=marker)
    axes.set(xlabel="number of time steps $T$", ylabel="backward (ms of CPU)")
    axes.set_xticks(list(by_length), [str(T) for T in by_length])
    axes.minorticks_off()
    legend_above(axes)
    return figure
