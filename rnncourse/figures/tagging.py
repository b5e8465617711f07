"""The figures of the tagging notebook: a word's tags, who gets a gradient, what context is good for, confusions."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from matplotlib.figure import Figure
from torch import Tensor

from rnncourse.figures.comparison import legend_above, looks
from rnncourse.figures.drawing import numbers
from rnncourse.figures.style import BLACK, COLOURS, CYCLE, GREY, subplots

HATCHES = ["", "//", "..", "xx", "\\\\", "--", "++", ""]
MARKERS, FACES = "Do", [None, "white"]  # of the networks in one picture


def plot_tags_of_words(shares: dict[str, dict[str, float]]) -> Figure:
    """For some words, how often each has which tag, as shares that add up to 1."""
    figure, axes = subplots(height=3.4)
    tags = list(dict.fromkeys(tag for of_word in shares.values() for tag in of_word))
    left = dict.fromkeys(shares, 0.0)
    for tag, colour, hatch in zip(tags, [*CYCLE, GREY], HATCHES, strict=False):
        widths = [100 * of_word.get(tag, 0) for of_word in shares.values()]
        axes.barh(list(shares), widths, left=list(left.values()), label=tag, color=colour, hatch=hatch, edgecolor="w")
        left = {word: before + width for (word, before), width in zip(left.items(), widths, strict=True)}
    axes.invert_yaxis()
    axes.grid(False, axis="y")
    axes.set(xlabel="share of its occurrences in the training articles (%)", xlim=(0, 100))
    legend_above(axes)
    return figure


def plot_gradients_of_steps(gradients: dict[str, Tensor]) -> Figure:
    """For some losses, the norm of the gradient that arrives at each step of each sentence, (T, N)."""
    figure, all_axes = subplots(1, len(gradients), height=3.2)
    top = max(float(norms.max()) for norms in gradients.values())
    for axes, (label, norms) in zip(all_axes, gradients.items(), strict=True):
        axes.imshow(norms.T.numpy(), cmap="Blues", vmin=0, vmax=top, aspect="auto", interpolation="nearest")
        axes.set(title=label, xlabel="time step $t$ (the darker the larger)", ylabel="sentence of the batch")
        axes.set_xticks(range(0, len(norms), 10), range(1, len(norms) + 1, 10))
        axes.set_yticks(range(norms.shape[1]), range(1, norms.shape[1] + 1))
        axes.grid(False)
    return figure


def plot_accuracy_by_word(accuracies: dict[str, Sequence[dict[str, float]]], baseline: dict[str, float]) -> Figure:
    """For groups of words, the accuracy of every run of every network, and of the most frequent tag."""
    figure, axes = subplots(height=3.8)
    groups = list(baseline)
    for number, ((label, runs), look) in enumerate(zip(accuracies.items(), looks(accuracies), strict=True)):
        shift = 0.22 * (number - (len(accuracies) - 1) / 2)
        places = [place + shift for place in range(len(groups))]
        values = 100 * torch.tensor([[run[group] for group in groups] for run in runs])
        axes.vlines(places, values.amin(0), values.amax(0), color=look["color"], linewidth=5, alpha=0.35)
        points = {"color": look["color"], "marker": MARKERS[number], "markerfacecolor": FACES[number]}
        axes.plot(places, values.median(0).values, linestyle="none", markersize=8, label=label, **points)
    for place, group in enumerate(groups):
        label = "most frequent tag" if place == 0 else None
        axes.hlines(100 * baseline[group], place - 0.4, place + 0.4, COLOURS["baseline"], linestyle=":", label=label)
    axes.set_xticks(range(len(groups)), groups)
    axes.set(ylabel="accuracy (%)", xlim=(-0.5, len(groups) - 0.5), ylim=(None, 101))
    axes.grid(False, axis="x")
    legend_above(axes)
    return figure


def plot_confusions(counts: Tensor, tags: Sequence[str]) -> Figure:
    """How often a word with the tag of the row was given the tag of the column, (C, C); only mistakes are coloured."""
    figure, axes = subplots(width=7.5, height=5.2)
    mistakes = counts.clone().fill_diagonal_(0)
    axes.imshow(mistakes.float().sqrt().numpy(), cmap="Oranges", aspect="auto")
    for row, column in (counts > 0).nonzero().tolist():
        number = int(counts[row, column])
        colour = GREY if row == column else "white" if number > 0.6 * mistakes.max() else BLACK
        axes.text(column, row, f"{number}", ha="center", va="center", fontsize=9, color=colour)
    axes.set(xlabel="tag that the network gave", ylabel="tag in the corpus")
    axes.set_xticks(range(len(tags)), tags, rotation=45, ha="right")
    axes.set_yticks(range(len(tags)), tags)
    axes.grid(False)
    return figure


def plot_tagged_sentence(words: Sequence[str], probabilities: Tensor, tags: Sequence[str], steps: int) -> Figure:
    """The probability of every tag at every word, (T, C), for a sentence of which `steps` places are drawn."""
    figure, axes = subplots(width=9.0, height=4.2, layout=None)
    axes.imshow(probabilities.T.numpy(), cmap="Purples", vmin=0, vmax=1, aspect="auto", interpolation="nearest")
    places = (probabilities >= 0.05).nonzero()
    shares = probabilities[tuple(places.T)].tolist()
    colours = ["white" if share > 0.6 else BLACK for share in shares]
    numbers(axes, places.tolist(), [f"{100 * share:.0f}" for share in shares], color=colours)
    axes.set(xlim=(-0.5, steps - 0.5), ylabel="tag, and its probability (%)")
    axes.set_xticks(range(len(words)), words, rotation=30, ha="right", fontsize=11)
    axes.set_yticks(range(len(tags)), tags)
    axes.grid(False)
    axes.tick_params(length=0)
    figure.subplots_adjust(left=0.13, right=0.99, bottom=0.18, top=0.98)
    return figure
