"""The figures of notebook 06_5."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from torch import Tensor

from rnncourse.figures.comparison import VARIANTS, legend_above
from rnncourse.figures.drawing import arrow, box, circle
from rnncourse.figures.style import COLOURS, GREEN, GREY, ORANGE, VERMILLION, subplots


def plot_encoder_decoder() -> Figure:
    """An encoder reads three symbols, its last state starts a decoder that writes two and END."""
    figure, axes = subplots(width=8.8, height=3.5)
    axes.set(xlim=(-0.5, 7.6), ylim=(-0.7, 2.75), aspect="equal")
    axes.axis("off")
    for t in range(1, 4):
        circle(axes, t - 1, 0, f"$x_{t}$")
        box(axes, t - 1, 1, r"$\phi$")
        arrow(axes, (t - 1, 0), (t - 1, 1))
        if t > 1:
            arrow(axes, (t - 2, 1), (t - 1, 1))
    arrow(axes, (2, 1), (4, 1), color=VERMILLION)
    axes.text(3, 1.12, "$s_0 = h_T$", color=VERMILLION, ha="center", va="bottom", fontsize=13)
    for t, (fed, written) in enumerate([("BEGIN", "$y_1$"), ("$y_1$", "$y_2$"), ("$y_2$", "END")]):
        x = 4 + 1.4 * t
        axes.text(x, 0, fed, ha="center", va="center", fontsize=12)
        box(axes, x, 1, r"$\phi'$")
        axes.text(x, 2.05, written, ha="center", va="center", fontsize=12)
        arrow(axes, (x, 0), (x, 1))
        arrow(axes, (x, 1), (x, 2.05))
        if t > 0:
            arrow(axes, (x - 1.4, 1), (x, 1))
            arrow(axes, (x - 1.4, 2.05), (x, 0), color=GREY, gap=0.36)
    axes.text(1, -0.62, "encoder: reads the source", ha="center", va="center")
    axes.text(5.4, -0.62, "decoder: writes the target", ha="center", va="center")
    return figure


def plot_exact_by_length(shares: dict[str, dict[int, float]], source: str, counts: dict[int, int]) -> Figure:
    """How many sentences come out wholly right, for each length of the source.

    Args:
        shares: for each translator, {length: share}.
        source: what the length is measured in, such as "English words".
        counts: sentences of each length.
    """
    figure, axes = subplots(width=7.5)
    for (label, by_length), look in zip(shares.items(), VARIANTS, strict=False):
        axes.plot(list(by_length), [100 * share for share in by_length.values()], label=label, **look)
    axes.set(
        xlabel=f"length of the source ({source}; below it how many sentences)",
        ylabel="wholly right (%)",
        ylim=(-4, 104),
        xticks=list(counts),
    )
    axes.set_xticklabels([f"{length}\n{counts[length]}" for length in counts])
    legend_above(axes)
    return figure


def plot_attention(weights: Tensor, source: Sequence[str], target: Sequence[str]) -> Figure:
    """Where the decoder looks when it writes each symbol.

    Args:
        weights: (T', T), each row sums to one.
        source: T symbols.
        target: T' symbols.
    """
    figure, axes = subplots(width=9.0, height=1.3 + 0.29 * len(source))
    axes.imshow(weights.T, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    axes.set_xticks(range(len(target)), target)
    axes.set_yticks(range(len(source)), source)
    axes.set(xlabel="German letters, as they are written (white: weight 0, dark: weight 1)", ylabel="English words")
    axes.tick_params(length=0)
    axes.grid(False)
    return figure


def plot_after_the_first_error(shares: dict[str, Sequence[float]]) -> Figure:
    """How many symbols are right k steps after a sentence's first wrong one."""
    figure, axes = subplots()
    for (label, right), look in zip(shares.items(), VARIANTS, strict=False):
        axes.plot(range(1, len(right) + 1), [100 * share for share in right], label=label, **look)
    axes.set(xlabel="symbols after the first wrong one", ylabel="right symbols (%)", ylim=(0, 104))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    legend_above(axes)
    return figure


def plot_decoder_step(
    probabilities: dict[str, float], chosen: str, attention: tuple[Sequence[str], Sequence[float]] | None = None
) -> Figure:
    """What the decoder may write next, and where it looks.

    Args:
        probabilities: of the most probable symbols.
        chosen: the one that is written.
        attention: the source's symbols and their weights, for a decoder that has them.
    """
    figure, panels = subplots(1, 2 if attention else 1, width=8.0, height=3.6, layout=None, squeeze=False)
    next_symbol = panels[0, 0]
    colours = [ORANGE if symbol == chosen else COLOURS["baseline"] for symbol in probabilities]
    next_symbol.barh(range(len(probabilities)), [100 * p for p in probabilities.values()], color=colours)
    next_symbol.set_yticks(range(len(probabilities)), list(probabilities))
    next_symbol.set(xlabel="probability of the next symbol (%)", xlim=(0, 100))
    if attention:
        source, weights = attention
        panels[0, 1].barh(range(len(source)), [100 * weight for weight in weights], color=GREEN)
        panels[0, 1].set_yticks(range(len(source)), source)
        panels[0, 1].set(xlabel="attention (%)", xlim=(0, 100))
    for axes in panels[0]:
        axes.invert_yaxis()
        axes.grid(False, axis="y")
    figure.subplots_adjust(left=0.15, right=0.97, bottom=0.15, top=0.97, wspace=0.45)
    return figure
