"""The figures of lesson 03."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from torch import Tensor

from rnncourse.figures.comparison import baseline, legend_above, looks
from rnncourse.figures.drawing import arrow, box, circle
from rnncourse.figures.style import BLACK, BLUE, COLOURS, GREY, ORANGE, SKY, VERMILLION, subplots

SHADES = ["#ffd27f", ORANGE, "#b27800", "#6b4800", BLACK]  # of the gated network's colour, for growing z
DASHES = ["-", "--", "-.", ":", "-"]


def plot_two_steps() -> Figure:
    """One step of the Elman network and one of the gated network, as graphs."""
    figure, (left, right) = subplots(1, 2, width=10.5, height=3.5, width_ratios=[5.0, 8.0])
    _draw_elman_step(left)
    _draw_gated_step(right)
    return figure


def _draw_elman_step(axes: Axes) -> None:
    axes.set(xlim=(-0.5, 4.5), ylim=(-0.5, 3.9), aspect="equal", title="Elman: replaced as a whole")
    axes.axis("off")
    _old_state(axes, 0, 1.4)
    circle(axes, 2, 0, "$x_t$")
    box(axes, 2, 1.4, r"$\phi$")
    circle(axes, 4, 1.4, "$h_t$")
    for start, end in [((0, 1.4), (2, 1.4)), ((2, 0), (2, 1.4)), ((2, 1.4), (4, 1.4))]:
        arrow(axes, start, end)


def _draw_gated_step(axes: Axes) -> None:
    axes.set(xlim=(-0.5, 7.5), ylim=(-0.5, 3.9), aspect="equal", title="gated: averaged with what was")
    axes.axis("off")
    _old_state(axes, 0, 3.2)
    circle(axes, 0, 0, "$x_t$")
    box(axes, 2, 0.6, r"$\phi$")
    box(axes, 2, 2.0, "$f$")
    circle(axes, 4.9, 3.2, r"$\odot$")
    circle(axes, 4.9, 0.6, r"$\odot$")
    circle(axes, 6.5, 3.2, "$+$")
    arrow(axes, (0, 3.2), (4.9, 3.2), color=VERMILLION)
    arrow(axes, (4.9, 3.2), (6.5, 3.2), color=VERMILLION)
    for start, end in [
        ((0, 3.2), (2, 2.0)),
        ((0, 3.2), (2, 0.6)),
        ((0, 0), (2, 2.0)),
        ((0, 0), (2, 0.6)),
        ((2, 0.6), (4.9, 0.6)),
        ((2, 2.0), (4.9, 3.2)),
        ((2, 2.0), (4.9, 0.6)),
        ((4.9, 0.6), (6.5, 3.2)),
    ]:
        arrow(axes, start, end)
    axes.text(2.4, 3.36, "pass-through", color=VERMILLION, ha="center")
    axes.text(3.4, 2.84, "$z_t$", ha="right", va="bottom", fontsize=13)
    axes.text(3.6, 1.36, "$1 - z_t$", ha="left", va="bottom", fontsize=13)
    axes.text(3.3, 0.5, r"$\bar{h}_t$", ha="center", va="top", fontsize=13)
    axes.text(6.88, 3.2, "$h_t$", ha="left", va="center", fontsize=13)


def _old_state(axes: Axes, x: float, y: float) -> None:
    """Its name is longer than the others, and so written smaller."""
    circle(axes, x, y, "")
    axes.text(x, y, "$h_{t-1}$", ha="center", va="center", fontsize=9.5, zorder=3)


def plot_one_unit(x: Tensor, z: Tensor, h: Tensor, start: int, half_life: float) -> Figure:
    """The input of one unit, its gate and its state over time.

    Args:
        x, z, h: (T,), the steps 1..T.
        start: the step from which the half-life is counted.
        half_life: of the gate after that step; a state lost at once or never has no mark.
    """
    figure, (of_x, of_z, of_h) = subplots(
        3, 1, width=8.0, height=4.6, sharex=True, height_ratios=[0.6, 0.6, 1], layout=None
    )
    steps = torch.arange(1, len(x) + 1)
    of_x.vlines(steps[x != 0], 0, x[x != 0], color=BLUE, linewidth=8)
    of_z.step(steps, z, where="mid", color=BLACK)
    of_z.fill_between(steps, z, step="mid", color=GREY, alpha=0.2, linewidth=0)
    of_h.plot(steps, h, color=COLOURS["gated"], marker="s")
    value, end = float(h[start - 1]), start + half_life
    if value > 0 and half_life > 0 and end <= len(x):
        of_h.plot([start, end, end], [value, value, value / 2], color=GREY, linestyle=":", linewidth=1.5)
        of_h.plot(end, value / 2, color=VERMILLION, marker="o", linestyle="none")
        of_h.annotate(
            "half of it", (end, value / 2), xytext=(8, 5), textcoords="offset points", color=VERMILLION, va="bottom"
        )
    for axes, label in [(of_x, "input $x_t$"), (of_z, "gate $z_t$"), (of_h, "state $h_t$")]:
        axes.set(ylabel=label, ylim=(0, 1.15), yticks=(0, 0.5, 1))
        axes.yaxis.set_label_coords(-0.06, 0.5)  # nothing has to be measured: the picture comes a fifth sooner
    of_h.set(xlabel="time step $t$", xlim=(0.5, len(x) + 0.5))
    few = MaxNLocator(6, steps=[1, 2, 5, 10], integer=True)  # each of the three pictures draws every tick
    of_h.xaxis.set_major_locator(few)
    figure.subplots_adjust(left=0.1, right=0.98, bottom=0.11, top=0.98, hspace=0.2)
    return figure


def plot_half_lives(states: Mapping[float, Tensor], half_lives: Mapping[float, float]) -> Figure:
    """What is left of a state under a constant gate, for several values of z, and where it is a half."""
    figure, axes = subplots(width=7.5)
    for (z, left), shade, dash in zip(states.items(), SHADES, DASHES, strict=False):
        axes.plot(left, color=shade, linestyle=dash, label=f"z = {z:g}")
        axes.plot(half_lives[z], 0.5, color=shade, marker="s", markersize=8, linestyle="none")
    axes.axhline(0.5, color=GREY, linewidth=1)
    axes.set(
        xlabel="steps $k$", ylabel="left of the state", ylim=(0, 1.03), xlim=(0, max(map(len, states.values())) - 1)
    )
    legend_above(axes)
    return figure


def plot_latch(inputs: Tensor, states: Mapping[str, Tensor]) -> Figure:
    """A value, the signal that says "store it", and the states that came of them."""
    figure, (of_inputs, of_states) = subplots(2, 1, width=8.0, height=4.4, sharex=True)
    steps = torch.arange(1, len(inputs) + 1)
    write = inputs[:, 1] > 0
    for picked, color, label in [(~write, SKY, "value"), (write, VERMILLION, "value that is to be stored")]:
        of_inputs.bar(steps[picked].tolist(), inputs[picked, 0].tolist(), width=0.8, color=color, label=label)
    for (label, state), look in zip(states.items(), looks(states), strict=True):
        of_states.plot(steps, state, label=label, **{**look, "marker": ""})
    of_inputs.set(ylabel="input $x_t$", ylim=(0, 1.05))
    of_states.set(ylabel="state $h_t$", xlabel="time step $t$", ylim=(0, 1.05), xlim=(0, len(inputs) + 1))
    legend_above(of_inputs)
    legend_above(of_states)
    return figure


def plot_learning_rates(errors: Mapping[str, Mapping[float, float]]) -> Figure:
    """The last test error of a training run against its learning rate."""
    figure, axes = subplots(width=6.0, height=3.3)
    for (label, by_rate), look in zip(errors.items(), looks(errors), strict=True):
        axes.semilogx(list(by_rate), [100 * error for error in by_rate.values()], label=label, **look)
    baseline(axes)
    axes.set(xlabel="learning rate", ylabel="test error (%)", ylim=(0, 58))
    axes.set_xticks(sorted({rate for by_rate in errors.values() for rate in by_rate}))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda rate, _: f"{rate:g}"))
    axes.minorticks_off()
    legend_above(axes)
    return figure


def plot_gates(gates: Mapping[str, Tensor], symbols: Mapping[str, Sequence[int]]) -> Figure:
    """z of every unit over time, for some sequences: dark where the state is kept, light where it is replaced.

    Args:
        gates: title → (T, Q), with the units in the order in which they are to be drawn.
        symbols: title → the T symbols that were read.
    """
    figure, panels = subplots(1, len(gates), width=10.0, height=4.4, sharey=True)
    for axes, (title, z) in zip(panels, gates.items(), strict=True):
        image = axes.imshow(z.T.numpy(), cmap="cividis_r", vmin=0, vmax=1, aspect="auto", interpolation="nearest")
        half = len(z) / 2
        axes.axvline(half - 0.5, color=VERMILLION, linewidth=2)
        axes.set(title=title, xlabel="symbol read", ylabel="unit, in the order of its mean $z$")
        axes.set_xticks(range(len(z)), [str(symbol) for symbol in symbols[title]])
        axes.grid(False)
    bar = figure.colorbar(image, ax=list(panels), shrink=0.9)
    bar.ax.set(xlabel="$z_t$", ylabel="1 keeps, 0 replaces")
    return figure


def plot_units(half_lives: Mapping[str, Tensor], longest: float) -> Figure:
    """The half-lives of a network's units, each curve sorted; those beyond `longest` are drawn there."""
    figure, axes = subplots()
    looks_of_curves = zip((GREY, ORANGE, BLACK), ("-", "-", "--"), "os^", strict=True)
    for (label, steps), (color, line, marker) in zip(half_lives.items(), looks_of_curves, strict=False):
        ordered = steps.sort().values.clamp(max=longest)
        axes.semilogy(range(1, len(steps) + 1), ordered, color=color, linestyle=line, marker=marker, label=label)
    axes.axhline(10, color=GREY, linestyle=":")
    axes.annotate("10 steps, the longest half", (0.02, 10), xycoords=("axes fraction", "data"), va="bottom")
    axes.set(xlabel="unit, sorted", ylabel="half-life (steps)", ylim=(0.1, 1.5 * longest))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda steps, _: f"{steps:g}"))
    legend_above(axes)
    return figure
