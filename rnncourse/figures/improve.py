"""The figure of lesson 07: networks on the published scale."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from matplotlib.figure import Figure
from torch import Tensor

from rnncourse.figures.comparison import legend_above, looks
from rnncourse.figures.style import GREY, subplots

LEAST = 0.05  # percent; a smaller error is drawn here


def plot_scale(errors: dict[str, Sequence[dict[str, float]]], scale: dict[str, dict[float, int]]) -> Figure:
    """The error of each network on each family of sequences, with the steps of the scale and their points.

    Args:
        errors: for each label one run or several; each run has an error for every family.
        scale: family → {error to stay at or below: points}.
    """
    figure, axes = subplots(height=3.9)
    axes.set_xscale("log")
    for row, steps in enumerate(scale.values()):
        for limit, worth in steps.items():
            axes.plot([100 * limit] * 2, [row - 0.36, row + 0.3], color=GREY)
            axes.annotate(
                f"{100 * limit:g} %\n+{worth}",
                (100 * limit, row - 0.36),
                xytext=(0, 1),
                textcoords="offset points",
                ha="center",
                va="bottom",
                fontsize=8,
                linespacing=1.0,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
            )
    for number, ((label, runs), look) in enumerate(zip(errors.items(), looks(errors), strict=True)):
        height = 0.05 + 0.2 * (number - (len(errors) - 1) / 2) / max(1, len(errors) - 1)
        of_family = [(max(100 * run[family], LEAST), row + height) for row, family in enumerate(scale) for run in runs]
        axes.plot(*zip(*of_family, strict=True), label=label, **(look | {"linestyle": "none", "markersize": 7}))
    axes.axvline(50, color=GREY, linestyle=":")
    ticks = (LEAST, 0.1, 1, 10, 50)
    axes.set_xticks(ticks, [f"≤ {LEAST:g}", *(f"{tick:g}" for tick in ticks[1:])])
    axes.minorticks_off()
    axes.set_yticks(range(len(scale)), list(scale))
    axes.set(xlim=(0.8 * LEAST, 75), ylim=(len(scale) - 0.5, -0.85), xlabel="error on fresh sequences (%)")
    axes.annotate("always the same answer", (46, 2.46), ha="right", va="bottom", color="#555555", fontsize=9)
    axes.grid(False)
    legend_above(axes)
    return figure


def plot_missed_pairs(missed: dict[str, Tensor]) -> Figure:
    """The share of changed symbols that each network misses, in percent, by which symbol was changed into which."""
    figure, panels = subplots(1, len(missed), width=4.4 * len(missed), height=4.3, squeeze=False)
    for axes, (label, shares) in zip(panels[0], missed.items(), strict=True):
        axes.imshow(shares.numpy(), cmap="Blues", vmin=0, vmax=1)
        often = torch.nonzero(shares >= 0.01).tolist()
        if not often:
            words = "no pair is missed\nonce in a hundred times"
            axes.text(0.5, 0.5, words, ha="center", va="center", transform=axes.transAxes)
        for row, column in often:
            share = float(shares[row, column])
            color = "white" if share > 0.5 else "black"
            axes.text(column, row, f"{100 * share:.0f}", ha="center", va="center", fontsize=9, color=color)
        ticks = range(len(shares))
        axes.set(title=label, xlabel="a symbol", ylabel="the symbol in its place", xticks=ticks, yticks=ticks)
        axes.grid(False)
    return figure
