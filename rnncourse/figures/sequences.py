"""The pictures of lesson 00. Every function takes data and returns a figure for `rnncourse.figures.show`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, Polygon, Rectangle
from torch import Tensor

from rnncourse.figures.style import BLACK, BLUE, GREY, MARKERS, ORANGE, VERMILLION, subplots

LIGHT_SKY, LIGHT_ORANGE, LIGHT_GREY = "#d5ecf9", "#fae6bf", "#eeeeee"


def plot_feedforward() -> Figure:
    """Four nets whose arrows all point forward, and one that this course is about."""
    figure, axes = subplots(1, 5, width=10.5, height=2.6)
    for ax, (title, sizes, reach) in zip(
        axes,
        [
            ("MP neuron\n1943", (3, 1), 3),
            ("perceptron\n1958", (3, 1), 3),
            ("MLP\n1986", (3, 4, 2), 4),
            ("CNN\n1998", (6, 4, 2), 1.1),
            ("recurrent net\nlesson 02", (1, 1, 1), 1),
        ],
        strict=True,
    ):
        _draw_layers(ax, sizes, reach)
        ax.set_title(title)
    axes[0].text(1, 0.5, r"$\geq\theta$", ha="center")
    axes[1].text(0.7, 0.75, "$w$ learned", ha="center", fontsize=9)
    for x, name in enumerate(("$x_t$", "$h_t$", "$y_t$")):
        axes[-1].text(x, -1.2, name, ha="center")
    _draw_loop(axes[-1])
    return figure


def _draw_layers(ax: Axes, sizes: Sequence[int], reach: float) -> None:
    """Layers from left to right, each unit fed by the units at most `reach` above or below it."""
    columns = [[(x, (size - 1) / 2 - i) for i in range(size)] for x, size in enumerate(sizes)]
    middle = (len(sizes) - 1) / 2
    ax.set(xlim=(middle - 1.4, middle + 1.4), ylim=(-3, 3))
    ax.set_axis_off()
    for sources, units in pairwise(columns):
        for source in sources:
            for unit in units:
                if abs(source[1] - unit[1]) <= reach:
                    _arrow(ax, source, unit, color=GREY)
    for x, column in enumerate(columns):
        ax.scatter(*zip(*column, strict=True), s=150, c=LIGHT_SKY if x else LIGHT_GREY, edgecolor=BLACK, zorder=3)


def _arrow(ax: Axes, start: tuple, end: tuple, **options) -> None:
    defaults = {"arrowstyle": "-|>", "mutation_scale": 8, "shrinkA": 6, "shrinkB": 6, "linewidth": 1}
    ax.add_patch(FancyArrowPatch(start, end, **(defaults | options)))


def _draw_loop(ax: Axes) -> None:
    """From h_t back to itself."""
    angle = np.linspace(-0.35 * np.pi, 1.3 * np.pi, 60)
    x, y = 1 + 0.3 * np.cos(angle), 1 + 0.8 * np.sin(angle)
    ax.plot(x, y, color=VERMILLION)
    tip = {"shrinkA": 0, "shrinkB": 0, "mutation_scale": 12}
    _arrow(ax, (x[-2], y[-2]), (0.93, 0.22), color=VERMILLION, **tip)
    ax.text(1, 2.05, "a loop", ha="center", color=VERMILLION)


def plot_halves(groups: Mapping[str, Sequence[Sequence[int]]]) -> Figure:
    """Sequences as rows of cells, each half in its tint; pairs that differ are framed.

    Args:
        groups: under each panel's title, sequences of even lengths.
    """
    longest = max(len(sequence) for group in groups.values() for sequence in group)
    rows = max(map(len, groups.values()))
    figure, axes = subplots(1, len(groups), width=11, height=0.19 * rows + 0.5, squeeze=False)
    for ax, (title, group) in zip(axes[0], groups.items(), strict=True):
        ax.set(title=title, xlim=(-0.2, longest + 0.8), ylim=(rows - 0.3, -0.7), aspect="equal")
        ax.set_axis_off()
        for row, sequence in enumerate(group):
            _draw_halves(ax, row, sequence)
    return figure


def _draw_halves(ax: Axes, row: int, sequence: Sequence[int]) -> None:
    half = len(sequence) // 2
    for t, symbol in enumerate(sequence):
        x = t + 0.4 * (t >= half)
        differs = sequence[t % half] != sequence[t % half + half]
        ax.add_patch(
            Rectangle(
                (x, row - 0.4),
                0.92,
                0.8,
                facecolor=LIGHT_SKY if t < half else LIGHT_ORANGE,
                edgecolor=VERMILLION if differs else "white",
                linewidth=1.8 if differs else 0.5,
            )
        )
        style = {"color": VERMILLION, "fontweight": "bold"} if differs else {"color": BLACK}
        ax.text(x + 0.46, row, str(symbol), ha="center", va="center", fontsize=8, **style)


def plot_error_by_half(halves: Sequence[int], errors: Mapping[str, Sequence[float]]) -> Figure:
    """The share of negatives that a rule takes for positives, against half the length."""
    figure, ax = subplots(width=6.5, height=3.4)
    for (name, shares), colour, marker in zip(errors.items(), (BLUE, VERMILLION), MARKERS, strict=False):
        ax.plot(halves, [100 * share for share in shares], marker=marker, color=colour, label=name)
    ax.set(xlabel="half the length (symbols)", ylabel="negatives taken\nfor positives (%)", ylim=(-3, 103))
    ax.set_xticks(halves)
    ax.legend(loc="center right", bbox_to_anchor=(1, 0.4))
    return figure


def plot_scores(wanted: Tensor, by_code: Mapping[str, Tensor]) -> Figure:
    """What the best linear unit answers for each symbol, under each code, and what it should answer."""
    figure, axes = subplots(1, len(by_code), width=8.5, height=3, sharey=True, squeeze=False)
    symbols = np.arange(len(wanted))
    for ax, (name, scores), colour, marker in zip(axes[0], by_code.items(), (ORANGE, BLUE), MARKERS, strict=False):
        ax.bar(symbols, wanted, color="#cccccc", label="wanted")
        ax.plot(symbols, scores, marker=marker, color=colour, label="best linear unit")
        ax.set(title=name, xlabel="symbol", ylim=(-0.1, 1.1))
        ax.set_xticks(symbols)
        ax.legend(loc="upper right")
    axes[0, 0].set_ylabel("score (no unit)")
    return figure


def plot_one_hot(symbols: Sequence[int], code: Tensor) -> Figure:
    """A one-hot coded sequence, (T, D), one row for each step."""
    T, D = code.shape
    figure, ax = subplots(width=0.42 * D + 1.6, height=0.42 * T + 1)
    for t in range(T):
        for d in range(D):
            on = code[t, d] > 0
            ax.add_patch(Rectangle((d - 0.46, t - 0.46), 0.92, 0.92, facecolor=BLUE if on else LIGHT_GREY))
            ax.text(d, t, f"{code[t, d]:g}", ha="center", va="center", fontsize=9, color="white" if on else GREY)
    ax.set(
        xlim=(-0.6, D - 0.4), ylim=(T - 0.4, -0.6), aspect="equal", xlabel="column $d$", ylabel="step and its symbol"
    )
    ax.set_xticks(range(D))
    ax.set_yticks(range(T), [f"$t$ = {t}:  {symbol}" for t, symbol in enumerate(symbols)])
    ax.grid(False)
    return figure


def plot_layout(lengths: Sequence[int], D: int) -> Figure:
    """A padded batch as the block of numbers it is: time down, sequences across, symbols into the page."""
    T, N = max(lengths), len(lengths)
    figure, axes = subplots(1, 3, width=11, height=4.4)
    titles = [
        "padded, $(T, N, D)$",
        f"padded[1]: one step of all sequences\n$(N, D)$ = ({N}, {D})",
        f"padded[:, 1]: all steps of one sequence\n$(T, D)$ = ({T}, {D})",
    ]
    picks = [lambda t, n: False, lambda t, n: t == 1, lambda t, n: n == 1]
    for ax, title, picked in zip(axes, titles, picks, strict=True):
        for d in reversed(range(D)):
            for t in reversed(range(T)):
                for n in range(N):
                    face = LIGHT_SKY if t < lengths[n] else "white"
                    _draw_block_cell(ax, t, n, d, LIGHT_ORANGE if picked(t, n) else face)
        ax.set(title=title, xlim=(-1, N + 0.36 * D + 1), ylim=(T + 0.9, -0.36 * D - 0.5), aspect="equal")
        ax.set_axis_off()
        for n, length in enumerate(lengths):
            ax.text(n + 0.5, T + 0.35, str(length), ha="center", va="center")
        ax.text(-0.2, T + 0.35, "lengths", ha="right", va="center", fontsize=9)
        _arrow(ax, (-0.35, 0), (-0.35, T), color=BLACK)
        ax.text(-0.55, T / 2, "time $t$", rotation=90, ha="right", va="center")
        ax.text(N / 2 + 0.3 * D, -0.33 * D - 0.15, "sequence $n$ →", ha="center", va="bottom")
        ax.text(N + 0.2 * D + 0.5, T - 0.1 * D, "symbol $d$ ↗", ha="left", va="center", fontsize=9)
    return figure


def _draw_block_cell(ax: Axes, t: int, n: int, d: int, face: str) -> None:
    """One number as a little cube whose visible faces are drawn: front, top and right."""
    depth = 0.3
    x, y = n + depth * d, t - depth * d
    style = {"facecolor": face, "edgecolor": GREY, "linewidth": 0.6}
    ax.add_patch(Polygon([(x, y), (x + 1, y), (x + 1 + depth, y - depth), (x + depth, y - depth)], **style))
    ax.add_patch(
        Polygon([(x + 1, y), (x + 1, y + 1), (x + 1 + depth, y + 1 - depth), (x + 1 + depth, y - depth)], **style)
    )
    ax.add_patch(Rectangle((x, y), 1, 1, **style))


def plot_last_valid(lengths: Sequence[int]) -> Figure:
    """Where each sequence of a batch ends, and where `states[-1]` looks."""
    T, N = max(lengths), len(lengths)
    figure, ax = subplots(width=6.5, height=3.6)
    for n, length in enumerate(lengths):
        for t in range(T):
            face = LIGHT_SKY if t < length else "white"
            ax.add_patch(Rectangle((t - 0.46, n - 0.44), 0.92, 0.88, facecolor=face, edgecolor=GREY, linewidth=0.6))
            ax.text(t, n, f"$h_{{{t + 1}}}$", ha="center", va="center", fontsize=9, color=BLACK if t < length else GREY)
        ax.add_patch(Circle((length - 1, n), 0.36, facecolor="none", edgecolor=BLUE, linewidth=2.2))
    ax.add_patch(
        Rectangle((T - 1.5, -0.52), 1, N + 0.04, facecolor="none", edgecolor=VERMILLION, linewidth=2.2, linestyle="--")
    )
    ax.text(T - 1, -0.75, "states[-1]", color=VERMILLION, ha="center")
    ax.text(lengths[0] - 1, -0.75, "last valid", color=BLUE, ha="center")
    ax.set(xlim=(-0.6, T - 0.3), ylim=(N - 0.4, -1.2), aspect="equal", xlabel="time $t$ (steps, counted from 0)")
    ax.set_ylabel("sequence $n$")
    ax.set_xticks(range(T))
    ax.set_yticks(range(N))
    ax.grid(False)
    return figure
