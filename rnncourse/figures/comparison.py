"""Curves of several networks in one picture, for every lesson: a line each, and a band where there are several seeds.

A label that begins with a model's name, such as "LSTM, forget bias 1", has that model's colour; a second one of the
same model has another line. Other labels are variants of the network that the lesson is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator
from torch import Tensor

from rnncourse.figures.style import BLACK, BLUE, COLOURS, GREY, SKY, subplots
from rnncourse.training import History

VARIANTS = [
    {"color": BLUE, "linestyle": "-", "marker": "o"},
    {"color": SKY, "linestyle": "--", "marker": "s"},
    {"color": BLACK, "linestyle": ":", "marker": "^"},
    {"color": "#004468", "linestyle": "-.", "marker": "D"},
    {"color": "#9ad0f0", "linestyle": "-", "marker": "v"},
    {"color": BLACK, "linestyle": "--", "marker": "x"},
]
MODEL_MARKERS = {"Elman": "o", "gated": "s", "LSTM": "^", "GRU": "D", "TCN": "v"}
LINES = ["-", "--", ":", "-."]
HALO = [withStroke(linewidth=3, foreground="white")]
PLAIN = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}  # what a number stands on where a line may pass


def looks(labels: Iterable[str]) -> list[dict[str, str]]:
    """Colour, line and marker for each label: its model's, or those of a variant."""
    found: list[dict[str, str]] = []
    seen = dict.fromkeys([*MODEL_MARKERS, "variants"], 0)
    for label in labels:
        model = next((model for model in MODEL_MARKERS if label.startswith(model)), "variants")
        count = seen[model]
        seen[model] += 1
        if model == "variants":
            found.append(VARIANTS[count % len(VARIANTS)])
        else:
            look = {"color": COLOURS[model], "linestyle": LINES[count % len(LINES)], "marker": MODEL_MARKERS[model]}
            found.append(look)
    return found


def plot_training(
    histories: dict[str, History | Sequence[History]], bands: dict[str, Sequence[History]] | None = None
) -> Figure:
    """Test error against the number of sequences seen, with the error of the trivial classifier.

    Args:
        histories: one run for each label, or several: then their median and range.
        bands: for some of the labels, runs measured beforehand; only their range is drawn.
    """
    figure, axes = subplots()
    for (label, runs), look in zip(histories.items(), looks(histories), strict=True):
        runs = [runs] if isinstance(runs, History) else runs
        seen = [n / 1000 for n in runs[0].seen]
        curve_with_band(axes, seen, [run.error for run in runs], label, look)
        if bands and label in bands:
            _band(axes, seen, [run.error for run in bands[label]], look)
    baseline(axes)
    axes.set(xlabel="training sequences seen (thousands)", ylabel="test error (%)", ylim=(0, 58))
    legend_above(axes)
    return figure


def plot_reading(symbols: Sequence[int], answers: dict[str, Tensor], right: Sequence[int], states: Tensor) -> Figure:
    """What networks say while they read one sequence of the sample problem, above one network's state.

    Args:
        symbols: the T inputs.
        answers: for each network P(class 1) after each step, (T,).
        right: the class of what has been read after each step; sequences of odd length are not marked.
        states: (T, Q).
    """
    figure, (above, below) = subplots(2, 1, width=8.5, height=5.0, layout=None, height_ratios=(1.25, 1))
    steps = range(1, len(symbols) + 1)
    for (label, answer), look in zip(answers.items(), looks(answers), strict=True):
        above.plot(steps, 100 * answer, label=label, **look)
    above.plot(steps[1::2], [100 * y for y in right[1::2]], "_", color=BLACK, markersize=16, label="right")
    above.set(ylabel="P(class 1) (%)", ylim=(-4, 104), xlim=(0.5, len(symbols) + 0.5), xlabel="time step $t$")
    above.xaxis.set_major_locator(MaxNLocator(10, steps=[1, 2, 5], integer=True, min_n_ticks=1))
    above.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=len(answers) + 1, columnspacing=1.2)
    largest = max(float(states.abs().max()), 1e-6)
    colours = {"cmap": "RdBu_r", "vmin": -largest, "vmax": largest}
    below.imshow(states.T, aspect="auto", interpolation="nearest", extent=(0.5, len(symbols) + 0.5, 0, 1), **colours)
    for t, symbol in zip(steps, symbols, strict=True):
        below.text(t, -0.04, str(symbol), ha="center", va="top")  # a tick takes three times as long
    below.set(ylabel=f"{states.shape[1]} units of $h_t$", xticks=[], yticks=[])
    below.set_xlabel("symbol $x_t$", labelpad=20)
    figure.subplots_adjust(left=0.09, right=0.98, bottom=0.12, top=0.93, hspace=0.35)
    return figure


def plot_error_by_length(
    errors: dict[str, dict[int, float] | Sequence[dict[int, float]]],
    trained_up_to: int = 20,
    bands: dict[str, Sequence[dict[int, float]]] | None = None,
) -> Figure:
    """Test error against sequence length; beyond `trained_up_to` no sequence was ever trained on.

    Args:
        errors: one run for each label, or several: then their median and range.
        bands: for some of the labels, runs measured beforehand; only their range is drawn.
    """
    figure, axes = subplots()
    of_runs = {label: [runs] if isinstance(runs, dict) else runs for label, runs in errors.items()}
    longest = max(max(runs[0]) for runs in of_runs.values())
    axes.axvspan(trained_up_to + 1, longest + 1, color=GREY, alpha=0.15, linewidth=0)
    axes.text(trained_up_to + 1.5, 57.5, "never trained on", va="top")  # no curve comes up there
    for (label, runs), look in zip(of_runs.items(), looks(errors), strict=True):
        lengths = list(runs[0])
        curve_with_band(axes, lengths, [list(run.values()) for run in runs], label, look)
        if bands and label in bands:
            _band(axes, lengths, [[run[length] for length in lengths] for run in bands[label]], look)
    baseline(axes, left=True)
    axes.set(xlabel="length of the sequence (symbols)", ylabel="test error (%)", ylim=(0, 58), xlim=(1, longest + 1))
    legend_above(axes)
    return figure


def plot_error_by_kind(errors: dict[str, dict[str, float]]) -> Figure:
    """Bars: the error on each kind of sequence, for each network."""
    figure, axes = subplots()
    width = 0.8 / len(errors)
    for i, ((label, by_kind), look) in enumerate(zip(errors.items(), looks(errors), strict=True)):
        places = [place + (i - (len(errors) - 1) / 2) * width for place in range(len(by_kind))]
        percent = [100 * error for error in by_kind.values()]
        bars = axes.bar(places, percent, 0.94 * width, label=label, color=look["color"], hatch=["", "//"][i % 2])
        axes.bar_label(bars, fmt="%.0f", padding=2, bbox=PLAIN)
    baseline(axes, "a coin", left=True)
    axes.set_xticks(range(len(by_kind)), list(by_kind))
    axes.set(ylabel="test error (%)", ylim=(0, 75))
    axes.grid(False, axis="x")
    legend_above(axes)
    return figure


def plot_gradient_decay(curves: dict[str, Tensor], ylim: tuple[float, float] = (1e-26, 1e16)) -> Figure:
    """‖∂h_T/∂h_{T-k}‖ against k on a logarithmic axis, each curve with its name at its end."""
    figure, axes = subplots(width=7.5, height=4.4, layout=None)
    figure.subplots_adjust(left=0.13, right=0.79, bottom=0.13, top=0.97)
    last = max(len(norms) for norms in curves.values()) - 1
    for norms, look in zip(curves.values(), looks(curves), strict=True):
        axes.semilogy(norms, markevery=10, **look)
    decay_axes(axes, last, ylim)
    _names_at_the_end(axes, {label: float(norms[-1]) for label, norms in curves.items()}, last)
    return figure


def decay_axes(axes: Axes, last: int, ylim: tuple[float, float] = (1e-26, 1e16)) -> None:
    """The axes of a gradient's norm against the steps back, with a line at 1."""
    axes.axhline(1, color=GREY, linewidth=1)
    axes.set(xlabel="steps back $k$", xlim=(0, last))
    axes.set_ylabel(r"$\|\partial h_T / \partial h_{T-k}\|_2$", fontsize=13)
    low, high = (round(torch.tensor(limit).log10().item()) for limit in ylim)
    every = max(1, (high - low) // 5)
    axes.set(ylim=ylim, yticks=[10.0**power for power in range(-every * (-low // every), high + 1, every)])
    axes.minorticks_off()


def baseline(axes: Axes, label: str = "always the same answer", *, left: bool = False) -> None:
    """The error of 50 % that needs no network."""
    axes.axhline(50, color=COLOURS["baseline"], linestyle=":")
    above_line(axes, 50, label, left=left)


def above_line(axes: Axes, y: float, words: str, *, left: bool = False) -> None:
    """Words above a horizontal line, at its right end or its left, readable where a curve crosses them, too."""
    axes.annotate(
        words,
        (0.02 if left else 1, y),
        xycoords=("axes fraction", "data"),
        xytext=(0, 3),
        textcoords="offset points",
        ha="left" if left else "right",
        va="bottom",
        color="#555555",
        path_effects=HALO,
    )


def legend_above(axes: Axes) -> None:
    """Above the axes, in one row, or in two rows if there are more than five entries."""
    entries = len(axes.get_legend_handles_labels()[0])
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=entries if entries <= 5 else (entries + 1) // 2)


def curve_with_band(
    axes: Axes, x: Sequence[float], runs: Sequence[Sequence[float]], label: str, look: dict[str, str]
) -> None:
    """The median over the runs in per cent, and the range from the lowest to the highest."""
    percent = 100 * torch.tensor(runs, dtype=torch.float64)  # (runs, points)
    axes.plot(x, percent.quantile(0.5, dim=0), label=label, **look)
    if len(runs) > 1:
        _band(axes, x, runs, look)


def _band(axes: Axes, x: Sequence[float], runs: Sequence[Sequence[float]], look: dict[str, str]) -> None:
    """The range from the lowest to the highest of the runs, in per cent."""
    percent = 100 * torch.tensor(runs, dtype=torch.float64)  # (runs, points)
    axes.fill_between(x, percent.amin(0), percent.amax(0), color=look["color"], alpha=0.2, linewidth=0)


def _names_at_the_end(axes: Axes, ends: dict[str, float], last: int, gap: float = 14) -> None:
    """Each curve's name right of its last point, at least `gap` points above the one below."""
    points = 72 / axes.figure.dpi
    previous = -torch.inf
    for label, end in sorted(ends.items(), key=lambda item: item[1]):
        low, high = axes.get_ylim()
        y = axes.transData.transform((last, min(max(end, low), high)))[1] * points
        shift = max(0.0, previous + gap - y)
        previous = y + shift
        at = last, min(max(end, low), high)
        axes.annotate(label, at, xytext=(7, shift), textcoords="offset points", va="center", annotation_clip=False)
