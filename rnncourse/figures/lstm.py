"""The figures of lesson 04. Every curve is of an LSTM: variants of it differ in shade, line and marker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch
from matplotlib.ticker import MaxNLocator
from torch import Tensor

from rnncourse.figures.comparison import above_line, decay_axes, legend_above
from rnncourse.figures.drawing import arrow, box, circle, numbers
from rnncourse.figures.style import BLACK, COLOURS, GREEN, GREY, ORANGE, SKY, VERMILLION, subplots

VARIANTS = [
    {"color": GREEN, "linestyle": "-", "marker": "^"},
    {"color": "#005a41", "linestyle": "--", "marker": "o"},
    {"color": BLACK, "linestyle": ":", "marker": "s"},
    {"color": "#7fceb9", "linestyle": "-.", "marker": "D"},
]
PLACES = {  # where a state can be found, and the colour of such a state
    "output and h_n": GREEN,
    "output only": SKY,
    "h_n only": ORANGE,
    "neither": "#d9d9d9",
}


def plot_lstm_unit(*, forget_gate: bool = True) -> Figure:
    """One step: the cell state above, along which nothing is squashed; gates, and the output state below."""
    figure, axes = subplots(width=8.5, height=4.8)
    axes.set(xlim=(-0.5, 8.9), ylim=(-1.3, 4.1), aspect="equal")
    axes.axis("off")
    circle(axes, 0, 3.7, "$c_{t-1}$")
    circle(axes, 8.5, 3.7, "$c_t$")
    circle(axes, 0, 0, "$h_{t-1}$")
    circle(axes, 0, -0.9, "$x_t$")
    circle(axes, 8.5, 1.7, "$h_t$")
    gates = {"$i_t$": 2.7, "$g_t$": 4.1, "$o_t$": 5.5} | ({"$f_t$": 1.3} if forget_gate else {})
    for label, x in gates.items():
        box(axes, x, 0.9, label)
        arrow(axes, (x, -0.3), (x, 0.9))
        axes.text(x + 0.36, 0.9, "tanh" if label == "$g_t$" else "sigm", va="center", fontsize=10, color="#555555")
    axes.plot([0.27, 5.5], [0, 0], color=BLACK, linewidth=1.4)
    axes.plot([0.27, 0.7, 0.7], [-0.9, -0.9, 0], color=BLACK, linewidth=1.4)

    circle(axes, 3.4, 3.7, "$+$")
    circle(axes, 3.4, 2.3, r"$\odot$")
    circle(axes, 6.8, 1.7, r"$\odot$")
    box(axes, 6.8, 2.7, "")
    axes.text(6.8, 2.7, "tanh", ha="center", va="center", fontsize=10, zorder=3)
    ways = [((0, 3.7), (1.3, 3.7)), ((1.3, 3.7), (3.4, 3.7))] if forget_gate else [((0, 3.7), (3.4, 3.7))]
    for start, end in [*ways, ((3.4, 3.7), (8.5, 3.7))]:
        arrow(axes, start, end, color=VERMILLION)
    if forget_gate:
        circle(axes, 1.3, 3.7, r"$\odot$")
        arrow(axes, (1.3, 0.9), (1.3, 3.7))
    for start, end in [
        ((2.7, 0.9), (3.4, 2.3)),
        ((4.1, 0.9), (3.4, 2.3)),
        ((3.4, 2.3), (3.4, 3.7)),
        ((5.5, 0.9), (6.8, 1.7)),
        ((6.8, 4.0), (6.8, 2.7)),
        ((6.8, 2.7), (6.8, 1.7)),
        ((6.8, 1.7), (8.5, 1.7)),
    ]:
        arrow(axes, start, end)
    return figure


def plot_lstm_run(symbols: str, run: Mapping[str, Tensor], moment: int | None = None) -> Figure:
    """One unit's gates and states over time, as numbers.

    Args:
        symbols: the T inputs.
        run: the rows f, i, g, o (T,) and the rows c, h (T + 1,), which begin with c_0 and h_0.
        moment: 0..T, the last step that is shown. None: all of them.
    """
    T = len(symbols)
    moment = T if moment is None else moment
    figure, axes = subplots(width=8.5, height=3.9, layout=None)
    sigmoid, centred = Normalize(-0.2, 1.6), Normalize(-1.6, 1.6)
    largest = 1.6 * max(1.0, float(run["c"].abs().max()))
    looks = [
        ("f", "Greens", sigmoid),
        ("i", "Greens", sigmoid),
        ("g", "RdBu_r", centred),
        ("o", "Greens", sigmoid),
        ("c", "RdBu_r", Normalize(-largest, largest)),
        ("h", "RdBu_r", centred),
    ]
    for row, (name, cmap, norm) in enumerate(looks, start=1):
        first = T + 1 - len(run[name])
        values = run[name][: moment + 1 - first].tolist()
        if values:
            edges = [t - 0.5 for t in range(first, moment + 2)]
            axes.pcolormesh(edges, [row - 0.5, row + 0.5], [values], cmap=cmap, norm=norm, edgecolors="w", linewidth=4)
            places = [(t, row) for t in range(first, moment + 1)]
            numbers(axes, places, [f"{round(value, 2) + 0:.2f}" for value in values])
    for t in range(1, moment + 1):
        axes.text(t, 0, symbols[t - 1], ha="center", va="center", fontsize=13)
    axes.set(xlim=(-0.5, T + 0.5), ylim=(6.6, -0.6), xticks=range(T + 1), xlabel="time step $t$")
    axes.set_yticks(
        range(7),
        [
            "input $x_t$",
            "forget $f_t$",
            "input gate $i_t$",
            "update $g_t$",
            "output gate $o_t$",
            "cell $c_t$",
            "output $h_t$",
        ],
    )
    axes.grid(False)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    figure.subplots_adjust(left=0.15, right=0.99, bottom=0.13, top=0.99)
    return figure


def plot_stream(
    steps: Sequence[float], errors: Mapping[str, Sequence], largest: Mapping[str, Sequence], trivial: float
) -> Figure:
    """Error and largest cell state along a stream that never ends: the median of the seeds, and their range.

    Args:
        steps: time steps seen so far.
        errors: for each network the error in 0..1, (seeds, len(steps)).
        largest: for each network the largest |c_t|, (seeds, len(steps)).
        trivial: the error of the best constant answer.
    """
    figure, (above, below) = subplots(2, 1, width=7.5, height=5.4, sharex=True)
    thousands = [n / 1000 for n in steps]
    for (label, runs), look in zip(errors.items(), VARIANTS, strict=False):
        _median_and_range(above, thousands, 100 * torch.tensor(runs), label, look)
        _median_and_range(below, thousands, torch.tensor(largest[label]), label, look)
    above.axhline(100 * trivial, color=COLOURS["baseline"], linestyle=":")
    above_line(above, 100 * trivial, "always the same answer")
    above.set(ylabel="error (%)", ylim=(0, 100 * trivial + 10))
    below.set(xlabel="time steps of the stream (thousands)", ylabel="largest $|c_t|$", yscale="log")
    handles, labels = above.get_legend_handles_labels()
    above.legend(handles, labels, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    return figure


def _median_and_range(axes: Axes, x: Sequence[float], runs: Tensor, label: str, look: dict[str, str]) -> None:
    axes.plot(x, runs.quantile(0.5, dim=0), label=label, markevery=4, **look)
    axes.fill_between(x, runs.amin(0), runs.amax(0), color=look["color"], alpha=0.2, linewidth=0)


def plot_cell_states(traces: Mapping[str, Tensor], marks: Tensor) -> Figure:
    """Every unit's cell state along a piece of the stream, a picture for each network; marks are vertical lines.

    Args:
        traces: for each network c_t, (T, Q).
        marks: (T,), true where a mark stands.
    """
    figure, panels = subplots(len(traces), 1, width=7.5, height=4.8, sharex=True, squeeze=False)
    steps = torch.arange(1, len(marks) + 1)
    for axes, (label, c) in zip(panels[:, 0], traces.items(), strict=True):
        for step in steps[marks].tolist():
            axes.axvline(step, color=GREY, linewidth=1)
        axes.plot(steps, c, color=GREEN, linewidth=1.4)
        axes.set(ylabel="units of $c_t$", title=label, xlim=(1, len(marks)))
        axes.set_yscale("symlog", linthresh=10, linscale=2)
        far = [10] if c.abs().max() < 1000 else [10, 10_000]
        ticks = [*(-tick for tick in far), 0, *far]
        axes.set_yticks(ticks, [f"{tick:,}" for tick in ticks])
        axes.grid(False, axis="x")
    panels[-1, 0].set_xlabel("time step $t$ (grey lines: marks)")
    return figure


def plot_cell_decay(curves: Mapping[str, tuple[Tensor, Tensor]]) -> Figure:
    """How strongly c_T depends on c_{T-k}: in all, and along the cell state alone.

    Args:
        curves: for each network two rows of norms for k = 0, 1, …: all ways, and through f_t alone.
    """
    figure, axes = subplots(width=7.5, height=4.4)
    for (label, (every_way, alone)), look in zip(curves.items(), VARIANTS, strict=False):
        axes.semilogy(every_way, label=label, color=look["color"], marker=look["marker"], markevery=10)
        axes.semilogy(alone, color=look["color"], marker=look["marker"], markevery=(5, 10), linestyle="--")
    decay_axes(axes, len(every_way) - 1, (1e-15, 1e3))
    axes.set_ylabel(r"$\|\partial c_T / \partial c_{T-k}\|_2$", fontsize=13)
    ways = [Line2D([], [], color=GREY, linestyle=line) for line in ("-", "--")]
    axes.add_artist(axes.legend(ways, ["all ways", "along the cell state alone"], loc="lower left"))
    legend_above(axes)
    return figure


def place_of(entries: Sequence[str]) -> str:
    """The key of `PLACES` for the entries that hold a state."""
    tensors = {entry.split("[")[0] for entry in entries}
    return {0: "neither", 1: f"{min(tensors, default='')} only", 2: "output and h_n"}[len(tensors)]


def plot_layer_time_grid(where: Mapping[tuple[int, int, bool], Sequence[str]]) -> Figure:
    """Every state of a stacked LSTM at its layer and time, with the entries that hold it.

    Args:
        where: {(layer, t, backward): entries}, from `rnncourse.layers.where_returned`.
    """
    L, T, bidirectional = (max(place[i] for place in where) for i in range(3))
    height = 1.15 if bidirectional else 0.75
    figure, axes = subplots(width=1.9 * T + 1.2, height=0.9 * L * height / 0.75 + 0.9)
    for (layer, t, backward), entries in where.items():
        y = layer + (0.24 if not backward else -0.24) * bidirectional
        tall = 0.4 if bidirectional else 0.72
        colour = PLACES[place_of(entries)]
        axes.add_patch(
            FancyBboxPatch(
                (t - 0.44, y - tall / 2), 0.88, tall, boxstyle="round,pad=0,rounding_size=0.06", facecolor=colour
            )
        )
        arrow_mark = ("→ ", "← ")[backward] if bidirectional else ""
        words = "\n".join(entries) or "not returned"
        axes.text(t, y, arrow_mark + words, ha="center", va="center", fontsize=8.5)
    axes.set(xlim=(0.4, T + 0.6), ylim=(0.4, L + 0.6), xlabel="time step $t$", ylabel="layer")
    axes.set(xticks=range(1, T + 1), yticks=range(1, L + 1))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(False)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    handles = [Line2D([], [], color=colour, marker="s", markersize=11, linestyle="") for colour in PLACES.values()]
    axes.legend(handles, list(PLACES), loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=4)
    return figure
