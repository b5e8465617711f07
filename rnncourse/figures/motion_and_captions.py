"""The figures of lesson 06.3: a pen's way, still and moving, and pictures with their captions."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from io import BytesIO

import torch
from IPython.display import display
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from PIL import Image, ImageDraw
from torch import Tensor

from rnncourse.figures.comparison import legend_above, looks
from rnncourse.figures.drawing import arrow, box, circle, numbers
from rnncourse.figures.style import BLACK, BLUE, GREY, SKY, VERMILLION, subplots

PEN = colormaps["viridis_r"]  # from the first piece of a way, light, to the last, dark
CELL = 2.9  # from one digit to the next, in the pen's units: a digit is 2 wide


# How a condition enters a recurrent network


def plot_two_ways(num_steps: int = 3) -> Figure:
    """A condition in the first state only, above one that is an input at every step."""
    figure, (above, below) = subplots(2, 1, width=7.5, height=5.4, gridspec_kw={"height_ratios": [1, 1.25]})
    for axes, title, top in ((above, "in the first state", 2.4), (below, "at every step", 3.3)):
        axes.set(xlim=(-2.5, 2 * num_steps + 0.5), ylim=(-0.4, top), aspect="equal")
        axes.axis("off")
        axes.text(-2.4, top - 0.25, title, va="center", fontsize=12)
        circle(axes, 0, 1, "$h_0$")
        for t in range(1, num_steps + 1):
            circle(axes, 2 * t - 1, 0, f"$x_{t}$")
            box(axes, 2 * t - 1, 1, r"$\phi$")
            circle(axes, 2 * t, 1, f"$h_{t}$")
            circle(axes, 2 * t, 2, f"$y_{t}$")
            for start, end in [((2 * t - 1, 0), (2 * t - 1, 1)), ((2 * t - 2, 1), (2 * t - 1, 1))]:
                arrow(axes, start, end)
            arrow(axes, (2 * t - 1, 1), (2 * t, 1))
            arrow(axes, (2 * t, 1), (2 * t, 2))
    circle(above, -2, 1, "$c$")
    arrow(above, (-2, 1), (0, 1), color=VERMILLION)
    above.text(-1, 1.3, "$W_{ch}$", ha="center", va="center", color=VERMILLION, fontsize=12)
    below.text(-0.65, 1, "$0 =$", ha="center", va="center", fontsize=12)
    circle(below, 0, 2.7, "$c$")
    below.plot([0.27, 2 * num_steps - 1], [2.7, 2.7], color=VERMILLION, linewidth=1.4)
    for t in range(1, num_steps + 1):
        arrow(below, (2 * t - 1, 3), (2 * t - 1, 1), color=VERMILLION)
    return figure


def plot_influence(distances: dict[str, Tensor]) -> Figure:
    """How far apart the states are that two conditions have led to, against the step."""
    figure, axes = subplots(height=3.2)
    for (label, distance), look in zip(distances.items(), looks(distances), strict=True):
        axes.semilogy(range(1, len(distance) + 1), distance, label=label, markevery=4, **look)
    axes.set(xlabel="step $t$", ylabel=r"$\|h_t - h'_t\|$")
    legend_above(axes)
    return figure


# Motion


def plot_ways(rows: dict[str, Tensor], per_row: int = 10) -> Figure:
    """Small multiples: a row for each label, with its ways of a pen (8, N, 2) side by side."""
    figure, axes = subplots(width=0.2 + 0.75 * per_row, height=0.15 + 0.72 * len(rows))
    for row, points in enumerate(rows.values()):
        for column in range(min(per_row, points.shape[1])):
            _way(axes, points[:, column] + torch.tensor([CELL * column, -CELL * row]))
    axes.set(xlim=(-1.6, CELL * (per_row - 1) + 2), ylim=(CELL - 1.9 - CELL * len(rows), 1.6), aspect="equal")
    axes.set_yticks([-CELL * row for row in range(len(rows))], list(rows))
    _bare(axes)
    return figure


def plot_next_point(points: Tensor, density: Tensor, limit: float = 1.6) -> Figure:
    """A way so far (k, 2), and where the next point may be: the root of a density over a square around the box."""
    figure, axes = subplots(width=4.4, height=4.2, layout=None)
    axes.imshow(density.sqrt(), extent=(-limit, limit, -limit, limit), origin="lower", cmap="Oranges", vmin=0)
    axes.set(xlim=(-limit, limit), ylim=(-limit, limit), xlabel="$x$ (half a box)", ylabel="$y$ (half a box)")
    if len(points):
        _way(axes, points)
    axes.grid(False)
    figure.subplots_adjust(left=0.16, right=0.97, bottom=0.14, top=0.98)
    return figure


def plot_temperature(
    temperatures: Sequence[float],
    readable: Sequence[float],
    variety: Sequence[float],
    lines: dict[str, tuple[float, float]],
) -> Figure:
    """Invented digits at several temperatures: the share that is read rightly, and how much they vary.

    Args:
        lines: share and variety of digits from elsewhere, such as real ones, for comparison.
    """
    figure, both = subplots(1, 2, width=8.5, height=3.4)
    shares = [100 * value for value in readable]
    for i, (axes, values, ylabel) in enumerate(
        zip(both, (shares, variety), ("read rightly (%)", "variety (half a box)"), strict=True)
    ):
        axes.plot(temperatures, values, color=BLUE, marker="o", label="the network")
        for (label, heights), color, style in zip(lines.items(), (BLACK, GREY, SKY), ("--", ":", "-."), strict=False):
            axes.axhline(100 * heights[0] if i == 0 else heights[1], color=color, linestyle=style, label=label)
        axes.set(xlabel=r"temperature $\tau$", ylabel=ylabel)
    both[0].set_ylim(0, 105)
    both[1].set_ylim(0, None)
    handles, labels = both[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=len(labels))
    return figure


def show_animation(points: Tensor, alt: str, per_row: int = 10) -> None:
    """Display digits (8, N, 2) while they are being drawn; ``alt`` says in words what there is to see."""
    moving = animation(points, per_row)
    width, height = (side // 2 for side in Image.open(BytesIO(moving)).size)
    display(
        {"image/png": moving, "text/plain": f"Animation: {alt}"},
        raw=True,
        metadata={"image/png": {"alt": alt, "width": width, "height": height}},
    )
    words = f"<details><summary>This animation in words</summary>{escape(alt)}</details>"
    display({"text/html": words, "text/plain": alt}, raw=True)


def animation(points: Tensor, per_row: int = 10, cell: int = 128, moments: int = 3) -> bytes:
    """An animated PNG, played again and again: all pens move at once and rest at the end.

    Args:
        cell: pixels for a digit; the page shows half as many.
        moments: pictures from one point to the next.
    """
    num_points, num_digits = points.shape[:2]
    rows = -(-num_digits // per_row)
    corner = torch.tensor([[(n % per_row) * cell, (n // per_row) * cell] for n in range(num_digits)])
    places = (points * torch.tensor([1, -1]) / 3 + 0.5) * cell + corner
    frames = []
    for moment in range((num_points - 1) * moments + 1):
        whole, part = divmod(moment, moments)
        frame = Image.new("RGB", (per_row * cell, rows * cell), "white")
        pencil = ImageDraw.Draw(frame)
        for n in range(num_digits):
            way = list(places[: whole + 1, n])
            if part:
                way.append(torch.lerp(places[whole, n], places[whole + 1, n], part / moments))
            pencil.line([tuple(place.tolist()) for place in way], fill=BLUE, width=5, joint="curve")
            x, y = way[-1].tolist()
            pencil.ellipse([x - 7, y - 7, x + 7, y + 7], fill=VERMILLION)
        frames.append(frame.quantize(16, dither=Image.Dither.NONE))
    durations = [90] * (len(frames) - 1) + [2000]
    buffer = BytesIO()
    frames[0].save(
        buffer, format="PNG", save_all=True, append_images=frames[1:], duration=durations, loop=0, optimize=True
    )
    return buffer.getvalue()


def _way(axes: Axes, points: Tensor) -> None:
    pieces = torch.stack([points[:-1], points[1:]], 1).numpy()
    colours = [PEN(0.15 + 0.85 * i / 6) for i in range(len(pieces))]
    axes.add_collection(LineCollection(pieces, colors=colours, linewidths=2.2, capstyle="round"))
    axes.plot(*points[0].tolist(), marker="o", color=VERMILLION, markersize=4)


def _bare(axes: Axes) -> None:
    axes.grid(False)
    axes.set_xticks([])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


# Captions


def plot_scenes(pictures: Tensor, captions: Sequence[str], per_row: int = 4) -> Figure:
    """Pictures (N, 20, 20), each with its words below it."""
    rows = -(-len(pictures) // per_row)
    figure, grid = subplots(rows, per_row, width=8.5, height=2.35 * rows, squeeze=False)
    for axes in grid.flat[len(pictures) :]:
        axes.axis("off")
    for axes, picture, words in zip(grid.flat, pictures, captions, strict=False):
        _picture(axes, picture)
        axes.set_title(words, y=-0.05, va="top", fontsize=10)
    return figure


def plot_errors(errors: dict[str, dict[str, float]]) -> Figure:
    """Bars: the share of captions with an error of each kind, for each network."""
    figure, axes = subplots(height=3.2)
    width = 0.8 / len(errors)
    kinds = list(next(iter(errors.values())))
    for i, (label, by_kind) in enumerate(errors.items()):
        places = [place + (i - (len(errors) - 1) / 2) * width for place in range(len(kinds))]
        percent = [100 * by_kind[kind] for kind in kinds]
        bars = axes.bar(places, percent, 0.94 * width, label=label, color=[BLUE, SKY][i % 2], hatch=["", "//"][i % 2])
        axes.bar_label(bars, fmt="%.1f", padding=2)
    axes.set_xticks(range(len(kinds)), kinds)
    axes.set_ylabel("captions with this error (%)")
    axes.margins(y=0.15)
    axes.grid(False, axis="x")
    legend_above(axes)
    return figure


def plot_word_probabilities(picture: Tensor, words: Sequence[str], symbols: Sequence[str], chances: Tensor) -> Figure:
    """A picture (20, 20), and for each word that was written the probabilities (T, words) it was chosen by."""
    figure, (left, right) = subplots(1, 2, width=8.5, height=4.4, layout=None, width_ratios=(1, 1.6))
    _picture(left, picture)
    right.imshow(chances.T, cmap="Blues", vmin=0, vmax=1, aspect="auto", interpolation="nearest")
    right.set_yticks(range(len(symbols)), symbols)
    right.set_xticks(range(len(words)), words)
    right.set_xlabel("word after word, as written")
    right.grid(False)
    places = (chances >= 0.02).nonzero()
    shares = chances[tuple(places.T)].tolist()
    colours = ["white" if share > 0.5 else BLACK for share in shares]
    numbers(right, places.tolist(), [f"{100 * share:.0f}" for share in shares], color=colours, fontsize=9)
    figure.subplots_adjust(left=0.02, right=0.98, bottom=0.14, top=0.98, wspace=0.3)
    return figure


def _picture(axes: Axes, picture: Tensor) -> None:
    axes.imshow(picture, cmap="gray_r", vmin=0, vmax=1)
    axes.set(xticks=[], yticks=[])
    axes.spines[:].set(visible=True, color=GREY, linewidth=0.8)
