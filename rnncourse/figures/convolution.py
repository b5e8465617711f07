"""The figures of lesson 01: what a convolution over time sees, and what a network of them learns."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from torch import Tensor

from rnncourse.figures.comparison import legend_above
from rnncourse.figures.style import BLACK, BLUE, COLOURS, GREY, SKY, VERMILLION, subplots
from rnncourse.tasks import HalvesTask


def plot_reach(reached: dict[str, Tensor]) -> Figure:
    """Which input reaches which output: a matrix (outputs, inputs) of truth values for each convolution."""
    figure, panels = subplots(1, len(reached), width=8.5, height=3.3, sharey=True)
    for axes, (label, matrix) in zip(panels, reached.items(), strict=True):
        T = len(matrix)
        for t, s in matrix.nonzero().tolist():
            colour, hatch = (VERMILLION, "//") if s > t else (BLUE, "")
            axes.bar(s + 1, 0.9, 0.9, bottom=t + 0.55, color=colour, hatch=hatch, edgecolor="white")
        axes.plot([0.5, T + 0.5], [0.5, T + 0.5], color=GREY, linewidth=1)
        axes.set(
            title=label,
            xlabel="input step $s$",
            ylabel="output step $t$",
            xlim=(0.4, T + 0.6),
            ylim=(T + 0.6, 0.4),
            aspect="equal",
        )
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.grid(False)
    return figure


def plot_field(kernel_size: int, dilations: Sequence[int], step: int, num_steps: int = 32) -> Figure:
    """Every convolution as a row of steps, and the ways on which inputs reach the last row's output at `step`.

    Args:
        dilations: one for each block of two convolutions.
        step: 1..num_steps.
    """
    of_rows = [dilation for dilation in dilations for _ in range(2)]
    figure, axes = subplots(width=8.5, height=4.3, layout=None)
    rows = {len(of_rows): {step}}
    ways = []
    for row in range(len(of_rows), 0, -1):
        lags = [i * of_rows[row - 1] for i in range(kernel_size)]
        ways += [((t - lag, row - 1), (t, row)) for t in rows[row] for lag in lags if t - lag >= 1]
        rows[row - 1] = {t - lag for t in rows[row] for lag in lags if t - lag >= 1}
    axes.add_collection(LineCollection(ways, colors=COLOURS["TCN"], linewidths=1.2))
    for row, active in rows.items():
        idle = [t for t in range(1, num_steps + 1) if t not in active]
        axes.plot(idle, [row] * len(idle), "o", markersize=4, color="white", markeredgecolor=GREY)
        axes.plot(sorted(active), [row] * len(active), "o", markersize=6, color=BLUE if row == 0 else COLOURS["TCN"])
    labels = ["inputs $x_t$"] + [f"conv{1 + i % 2}, dilation {dilation}" for i, dilation in enumerate(of_rows)]
    axes.set(xlabel="time step $t$", xlim=(0, num_steps + 1), ylim=(-0.5, len(of_rows) + 0.5))
    axes.set_yticks(range(len(labels)), labels)
    axes.set_xticks([1, *range(4, num_steps + 1, 4)])
    axes.grid(False)
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    figure.subplots_adjust(left=0.17, right=0.99, bottom=0.13, top=0.99)
    return figure


def plot_error_and_field(
    task: HalvesTask, measured: dict[int, Sequence[dict[int, float]]], least: dict[int, dict[int, float]]
) -> Figure:
    """Error by length of networks with different fields, beside the least error that is possible with such a field.

    Args:
        measured: field → one {length: error} for each seed.
        least: field → {length: error}.
    """
    figure, panels = subplots(1, len(measured), width=8.5, height=3.4, sharey=True)
    for axes, (field, runs) in zip(panels, measured.items(), strict=True):
        lengths = list(runs[0])
        percent = 100 * torch.tensor([list(run.values()) for run in runs], dtype=torch.float64)
        axes.plot(lengths, percent.quantile(0.5, dim=0), color=COLOURS["TCN"], marker="v", label="TCN")
        axes.fill_between(lengths, percent.amin(0), percent.amax(0), color=COLOURS["TCN"], alpha=0.2, linewidth=0)
        best = [100 * least[field][length] for length in lengths]
        axes.plot(lengths, best, color=BLACK, linestyle="--", label="least possible")
        if field < lengths[-1]:
            axes.axvspan(field + 0.5, lengths[-1] + 1, color=GREY, alpha=0.15, linewidth=0)
        axes.axhline(50, color=COLOURS["baseline"], linestyle=":")
        axes.set(
            title=f"field {field}",
            xlabel="length (symbols)",
            ylabel="test error (%)",
            ylim=(-2, 62),
            xlim=(1, 2 * task.max_half + 1),
        )
        axes.set_xticks(range(2, 2 * task.max_half + 1, 4))
    panels[0].legend(loc="lower right")
    return figure


def plot_times(lengths: Sequence[int], seconds: dict[str, Sequence[float]]) -> Figure:
    """How long one sequence takes, against its length, on logarithmic axes."""
    figure, axes = subplots()
    looks = [
        {"color": COLOURS["TCN"], "marker": "v"},
        {"color": COLOURS["Elman"], "marker": "o", "linestyle": "--"},
        {"color": SKY, "marker": "s", "linestyle": ":"},
    ]
    for (label, times), look in zip(seconds.items(), looks, strict=False):
        axes.loglog(lengths, [1000 * time for time in times], label=label, **look)
    axes.set(xlabel="time steps $T$", ylabel="time for one sequence (ms)")
    axes.set_xticks(lengths, [str(T) for T in lengths])
    axes.minorticks_off()
    legend_above(axes)
    return figure


def plot_adding(curves: dict[str, tuple[Sequence[int], Sequence[float]]]) -> Figure:
    """Mean squared error on the adding problem, with what it costs to know nothing, and to know one of the two."""
    figure, axes = subplots()
    looks = [
        {"color": COLOURS["TCN"], "marker": "v"},
        {"color": COLOURS["TCN"], "marker": "v", "linestyle": "--"},
        {"color": COLOURS["Elman"], "marker": "o"},
    ]
    for (label, (updates, errors)), look in zip(curves.items(), looks, strict=False):
        axes.semilogy(updates, errors, label=label, **look)
    for value, words, shift in [(1 / 6, "1/6, always saying 1", 5), (1 / 12, "1/12, one number known", -16)]:
        axes.axhline(value, color=COLOURS["baseline"], linestyle=":")
        place = {"xy": (1, value), "xycoords": ("axes fraction", "data"), "textcoords": "offset points"}
        axes.annotate(words, xytext=(0, shift), ha="right", color="#555555", **place)
    axes.set(xlabel="updates", ylabel="mean squared error", ylim=(None, 0.3))
    legend_above(axes)
    return figure
