"""The figures of the taxonomy: a graph for each type of task, and the losses of four small heads."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from rnncourse.figures.comparison import VARIANTS, legend_above
from rnncourse.figures.drawing import arrow, box, circle
from rnncourse.figures.style import VERMILLION, subplots

FORMULAS = {
    "many-to-one": r"$f: \mathcal{S}(\mathcal{X}) \to \{1, \dots, C\}$",
    "one-to-many": r"$f: \mathbb{R}^D \to \mathcal{S}(\mathcal{X})$",
    "aligned": r"$f: \mathcal{S}(\mathcal{X}) \to \mathcal{S}(\mathcal{Y})$, $T(f(x)) = T(x)$",
    "unaligned": r"$f: \mathcal{S}(\mathcal{X}) \to \mathcal{S}(\mathcal{Y})$",
    "one-to-one": r"$f: \mathbb{R}^D \to \{1, \dots, C\}$",
}
NAMES = {"aligned": "many-to-many, aligned", "unaligned": "many-to-many, unaligned"}
LEFT, RIGHT = -0.5, 6.7


def plot_types() -> Figure:
    """The four types of sequence tasks, unrolled."""
    figure, all_axes = subplots(2, 2, width=9.5, height=6.2)
    for axes, kind in zip(all_axes.flat, ("many-to-one", "one-to-many", "aligned", "unaligned"), strict=True):
        _graph(axes, kind)
    return figure


def plot_type(kind: str) -> Figure:
    """One type of task, unrolled."""
    figure, axes = subplots(width=7.5, height=4.2, layout=None)
    _graph(axes, kind)
    figure.subplots_adjust(left=0.01, right=0.99, bottom=0.01, top=0.88)
    return figure


def _graph(axes: Axes, kind: str) -> None:
    axes.set(xlim=(LEFT, RIGHT), ylim=(-0.4, 3.2), aspect="equal")
    axes.set_title(f"{NAMES.get(kind, kind)}:  {FORMULAS[kind]}", fontsize=12)
    axes.axis("off")
    DRAW[kind](axes)


def _one_to_one(axes: Axes) -> None:
    circle(axes, 3, 0, "$x$")
    _state(axes, 3, "$h$")
    arrow(axes, (3, 0), (3, 1.4))
    _output(axes, 3, "$y$")


def _many_to_one(axes: Axes) -> None:
    _read(axes, range(1, 6))
    _output(axes, 5, "$y$")


def _one_to_many(axes: Axes) -> None:
    circle(axes, 0, 1.4, "$x$")
    arrow(axes, (0, 1.4), (1, 1.4))
    _write(axes, range(1, 6), "h")


def _aligned(axes: Axes) -> None:
    _read(axes, range(1, 6))
    for t in range(1, 6):
        _output(axes, t, f"$y_{t}$")


def _unaligned(axes: Axes) -> None:
    _read(axes, range(3))
    arrow(axes, (2, 1.4), (3, 1.4))
    _write(axes, range(3, 7), "s")


DRAW = {
    "one-to-one": _one_to_one,
    "many-to-one": _many_to_one,
    "one-to-many": _one_to_many,
    "aligned": _aligned,
    "unaligned": _unaligned,
}


def _read(axes: Axes, places: Sequence[int]) -> None:
    """A state for every input, each from the one before it."""
    for t, x in enumerate(places, 1):
        circle(axes, x, 0, f"$x_{t}$")
        arrow(axes, (x, 0), (x, 1.4))
        _state(axes, x, f"$h_{t}$")
    _chain(axes, places)


def _write(axes: Axes, places: Sequence[int], letter: str) -> None:
    """A state for every output; what was written is read at the next step."""
    for t, x in enumerate(places, 1):
        _state(axes, x, f"${letter}_{t}$")
        _output(axes, x, f"$y_{t}$")
    _chain(axes, places)
    for x, after in pairwise(places):
        arrow(axes, (x, 2.8), (after, 1.4), color=VERMILLION, gap=0.36)


def _chain(axes: Axes, places: Sequence[int]) -> None:
    for x, after in pairwise(places):
        arrow(axes, (x, 1.4), (after, 1.4))


def _state(axes: Axes, x: float, label: str) -> None:
    box(axes, x, 1.4, label)


def _output(axes: Axes, x: float, label: str) -> None:
    arrow(axes, (x, 1.4), (x, 2.8))
    circle(axes, x, 2.8, label)


def plot_losses(losses: dict[str, Sequence[float]]) -> Figure:
    """The loss of each kind of head at every update, on a logarithmic axis."""
    figure, axes = subplots()
    for (kind, values), variant in zip(losses.items(), VARIANTS, strict=False):
        axes.semilogy(range(1, len(values) + 1), values, label=kind, markevery=0.1, **variant)
    axes.set(xlabel="updates", ylabel="loss on four sequences (nats)", ylim=(2e-4, 5))
    legend_above(axes)
    return figure
