"""The figures of lesson 06.1."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import torch
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from torch import Tensor

from rnncourse.figures.comparison import VARIANTS, legend_above, looks
from rnncourse.figures.style import BLACK, BLUE, GREEN, GREY, ORANGE, VERMILLION, subplots

BASES = {"A": (GREEN, "-"), "C": (BLUE, "--"), "G": (ORANGE, "-."), "T": (VERMILLION, ":")}
DIRECTIONS = {"$a_x$": (BLUE, "-"), "$a_y$": (ORANGE, "--"), "$a_z$": (BLACK, ":")}


def plot_pooled_batch(states: Tensor, lengths: Tensor, pooled: dict[str, Tensor]) -> Figure:
    """One unit of the state over a padded batch, (T, N), a row for each sequence, and what is pooled of each, (N,)."""
    T, N = states.shape
    figure, axes = subplots(width=8.5, height=0.6 * N + 1.0)
    for n, length in enumerate(lengths.tolist()):
        for t, value in enumerate(states[:, n].tolist()):
            inside = t < length
            _cell(axes, t, n, value, facecolor="#d9ecf7" if inside else "#eeeeee", color=BLACK if inside else GREY)
    for place, values in enumerate(pooled.values()):
        for n, value in enumerate(values.tolist()):
            _cell(axes, T + 0.6 + place, n, value, facecolor="#fdf1d5", color=BLACK)
    axes.set(xlim=(-0.6, T + len(pooled) + 0.2), ylim=(N - 0.4, -0.6))
    axes.set_xticks(
        [*range(T), *(T + 0.6 + place for place in range(len(pooled)))],
        [*(f"$h_{{{t + 1}}}$" for t in range(T)), *pooled],
    )
    axes.set_yticks(range(N), [f"length {length}" for length in lengths.tolist()])
    axes.grid(False)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return figure


def _cell(axes, x: float, y: float, value: float, facecolor: str, color: str) -> None:
    axes.add_patch(Rectangle((x - 0.47, y - 0.42), 0.94, 0.84, facecolor=facecolor))
    axes.text(x, y, f"{value:.2f}", ha="center", va="center", fontsize=10, color=color)


def plot_clips(clips: dict[str, Tensor], steps_per_second: int) -> Figure:
    """The acceleration along three axes, (T, 3 or more), in one clip of each class."""
    figure, axes = subplots(1, len(clips), width=9.5, height=2.9, sharey=True)
    for place, (name, clip) in zip(axes, clips.items(), strict=True):
        seconds = torch.arange(len(clip)) / steps_per_second
        for channel, (label, (colour, line)) in enumerate(DIRECTIONS.items()):
            place.plot(seconds, clip[:, channel], label=label, color=colour, linestyle=line, linewidth=1.2)
        place.set(xlabel="time (s)", ylabel=f"{name}: acceleration")
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside upper center", ncols=3)
    return figure


def plot_bases(frequencies: dict[str, Tensor]) -> Figure:
    """How often each base, A C G T, stands at each place of the windows of a class, (places, 4)."""
    figure, axes = subplots(1, len(frequencies), width=9.5, height=3.2, sharey=True)
    for place, (name, frequency) in zip(axes, frequencies.items(), strict=True):
        half = len(frequency) // 2
        for column, (base, (colour, line)) in enumerate(BASES.items()):
            shares = 100 * frequency[:, column]
            place.plot(range(-half, half), shares, label=base, color=colour, linestyle=line, linewidth=1.4)
        place.axvline(-0.5, color=GREY, linestyle=":", linewidth=1)
        place.set(xlabel="bases right of the cut", ylabel=f"{name}: frequency (%)", ylim=(0, 103))
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside upper center", ncols=4)
    return figure


def plot_sentiment(words: Sequence[str], positive: Sequence[Tensor], labels: Sequence[str] = ("",)) -> Figure:
    """P(positive) after each word, a curve for each network."""
    figure, axes = subplots(width=8.5, height=3.6, layout=None)
    axes.axhspan(0, 50, color=VERMILLION, alpha=0.07, linewidth=0)
    axes.axhspan(50, 100, color=GREEN, alpha=0.07, linewidth=0)
    for curve, label, look in zip(positive, labels, VARIANTS, strict=False):
        axes.plot(range(len(words)), 100 * curve, label=label, **look)
    axes.set_xticks(range(len(words)), words, rotation=55, ha="right", rotation_mode="anchor")
    axes.set(ylabel="P(positive) in %", ylim=(0, 100), xlim=(-0.5, max(len(words) - 0.5, 5)))
    axes.tick_params(axis="x", length=0)
    if any(labels):
        legend_above(axes)
    figure.subplots_adjust(left=0.09, right=0.98, bottom=0.33, top=0.9)
    return figure


def plot_accuracy_by_rating(ratings: Tensor, right: dict[str, Tensor]) -> Figure:
    """Share of right answers against how clear the people's rating is; ratings and right (N,) each."""
    figure, axes = subplots()
    edges = [0.5, 1.0, 1.5, 2.0, 2.5, 4.0]
    centres = range(len(edges) - 1)
    groups = [(ratings.abs() >= low) & (ratings.abs() < high) for low, high in pairwise(edges)]
    for (label, answers), look in zip(right.items(), looks(right), strict=True):
        axes.plot(centres, [100 * answers[group].float().mean() for group in groups], label=label, **look)
    axes.axhline(50, color=GREY, linestyle=":")
    names = [
        f"{low:g} to {high:g}\n({int(group.sum())})" for (low, high), group in zip(pairwise(edges), groups, strict=True)
    ]
    axes.set_xticks(centres, names)
    axes.set(xlabel="size of the mean rating (number of snippets)", ylabel="right answers (%)", ylim=(45, 101))
    legend_above(axes)
    return figure


def plot_confusion(counts: Tensor, classes: Sequence[str]) -> Figure:
    """(C, C): how many examples of a class (row) got which answer (column)."""
    C = len(classes)
    figure, axes = subplots(width=0.55 * C + 3.2, height=0.42 * C + 2.4)
    shares = counts / counts.sum(1, keepdim=True).clamp(min=1)
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1.2)
    for row in range(C):
        for column in range(C):
            colour = "white" if shares[row, column] > 0.7 else BLACK
            axes.text(column, row, f"{int(counts[row, column])}", ha="center", va="center", color=colour, fontsize=10)
    axes.set_xticks(range(C), classes, rotation=90)
    axes.set_yticks(range(C), classes)
    axes.set(xlabel="answer of the network", ylabel="true class")
    axes.grid(False)
    axes.tick_params(length=0)
    return figure


def plot_pooling_runs(
    losses: dict[str, dict[str, Sequence[Sequence[float]]]],
    accuracies: dict[str, dict[str, Sequence[float]]],
    window: int = 10,
) -> Figure:
    """For each task the training loss of each way of pooling over seeds, and the accuracies at the end.

    Args:
        losses: task → way → a list of losses for each seed, averaged here over ``window`` updates.
        accuracies: task → way → one for each seed, on the test split.
    """
    figure, axes = subplots(
        len(losses), 2, width=8.5, height=2.7 * len(losses), squeeze=False, gridspec_kw={"width_ratios": [2, 1]}
    )
    for (left, right), (task, by_way) in zip(axes, losses.items(), strict=True):
        for place, (way, runs) in enumerate(by_way.items()):
            smooth = [_smooth(run, window) for run in runs]
            updates = window * torch.arange(1, len(smooth[0]) + 1)
            look = VARIANTS[place % len(VARIANTS)]
            _band(left, updates, smooth, way, look)
            shares = [100 * accuracy for accuracy in accuracies[task][way]]
            beside = torch.linspace(-0.15, 0.15, len(shares))  # so that equal ones are seen
            right.plot(place + beside, shares, marker=look["marker"], color=look["color"], linestyle="none")
        left.set(ylabel=f"{task}\ntraining loss (nats)", ylim=(0, None))
        every = [100 * accuracy for way in by_way for accuracy in accuracies[task][way]]
        right.set(ylim=(min(every) - 4, min(max(every) + 4, 101)))  # small differences stay small
        right.set(ylabel="test accuracy (%)", xlim=(-0.6, len(by_way) - 0.4))
        right.set_xticks(range(len(by_way)), list(by_way))
    axes[-1][0].set_xlabel("updates")
    axes[-1][1].set_xlabel("pooling, a point for each seed")
    legend_above(axes[0][0])
    return figure


def _smooth(losses: Sequence[float], window: int) -> list[float]:
    """Means over windows that follow each other; one window if there are fewer losses."""
    values = torch.tensor(losses)
    return [float(part.mean()) for part in values.split(window) if len(part) == min(window, len(values))]


def _band(axes, x: Tensor, runs: list[list[float]], label: str, look: dict[str, str]) -> None:
    values = torch.tensor(runs)
    axes.plot(x, values.quantile(0.5, dim=0), label=label, markevery=0.1, **look)
    axes.fill_between(x, values.amin(0), values.amax(0), color=look["color"], alpha=0.2, linewidth=0)
