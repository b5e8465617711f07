"""The pictures of notebook 06_2. Every function takes data and returns a figure for `rnncourse.figures.show`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, cycle

import torch
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator
from torch import Tensor

from rnncourse.datasets.tunes import NOTE, bars
from rnncourse.figures.comparison import VARIANTS, legend_above
from rnncourse.figures.drawing import arrow, box, circle
from rnncourse.figures.style import BLACK, BLUE, COLOURS, GREY, VERMILLION, subplots

CHARACTERS = 46  # in a line of the explorer's passage
MOST_PROBABLE = 10  # symbols that are shown of a distribution
SPOKEN = {" ": "space", "<end>": "END", "<unknown>": "unknown"}


def plot_one_to_many() -> Figure:
    """The same network while it is trained, reading the truth, and while it writes, reading itself."""
    figure, panels = subplots(1, 2, width=10.5, height=3.0)
    titles = "training: it reads the truth, all at once", "writing: it reads what it has just written"
    symbols = ("BEGIN", "s", "e", "a", "END")
    for axes, title, writes in zip(panels, titles, (False, True), strict=True):
        axes.set(xlim=(-0.8, 6.6), ylim=(-0.4, 3.0), aspect="equal", title=title)
        axes.axis("off")
        circle(axes, 0, 1.2, "$h_0$")
        axes.text(0, -0.1, "class", ha="center", va="center")
        arrow(axes, (0, -0.1), (0, 1.2))
        for t in range(1, 5):
            x = 1.5 * t
            box(axes, x, 1.2, f"$h_{t}$")
            for start, end in [((x - 1.5, 1.2), (x, 1.2)), ((x, -0.1), (x, 1.2)), ((x, 1.2), (x, 2.6))]:
                arrow(axes, start, end)
            look = {"ha": "center", "va": "center", "family": "monospace", "fontsize": 12}
            axes.text(x, 2.6, symbols[t], **look)
            axes.text(x, -0.1, symbols[t - 1], color=VERMILLION if writes and t > 1 else BLACK, **look)
            if writes and t < 4:
                arrow(axes, (x, 2.6), (x + 1.5, -0.1), color=VERMILLION)
    return figure


def plot_piano_rolls(tunes: Mapping[str, Sequence[str]]) -> Figure:
    """Tunes one above the other, each with its title: every note a bar at its pitch, every bar line a line."""
    figure, panels = subplots(len(tunes), 1, width=9.5, height=0.4 + 1.9 * len(tunes), squeeze=False)
    for axes, (title, symbols) in zip(panels[:, 0], tunes.items(), strict=True):
        piano_roll(axes, symbols)
        axes.set_title(title, loc="left")
    panels[-1, 0].set_xlabel("time (units: eighth notes)")
    return figure


def piano_roll(axes: Axes, symbols: Sequence[str], marked: int | None = None) -> None:
    """Notes as rectangles; the symbol number `marked` in another colour, if it is a note."""
    places = [place for place, symbol in enumerate(symbols) if NOTE.fullmatch(symbol) and symbol[0] != "z"]
    read = bars(symbols)
    ends = list(accumulate(bar.length for bar in read))
    strong = [bar.line in ("||", ":|") for bar in read]
    axes.vlines(
        ends,
        0,
        1,
        transform=axes.get_xaxis_transform(),
        colors=[BLACK if is_strong else GREY for is_strong in strong],
        linewidths=[1.6 if is_strong else 0.7 for is_strong in strong],
        zorder=1,
    )
    notes = [note for bar in read for note in bar.notes]
    boxes = [_box(note.start + 0.05, note.start + note.length - 0.05, note.pitch) for note in notes]
    colours = [VERMILLION if place == marked else BLUE for place in places]
    axes.add_collection(PolyCollection(boxes, facecolors=colours, linewidths=0, zorder=2))
    end, pitches = max([*ends, 0]), [72, *(note.pitch for note in notes)]
    octaves = [pitch for pitch in range(36, 121, 12) if min(pitches) - 6 <= pitch <= max(pitches) + 6]
    axes.set(xlim=(0, max(end, 1)), ylim=(min(pitches) - 2, max(pitches) + 2), ylabel="pitch")
    axes.set_yticks(octaves, [f"C{pitch // 12 - 1}" for pitch in octaves])
    axes.grid(False)


def _box(left: float, right: float, pitch: float) -> list[tuple[float, float]]:
    return [(left, pitch - 0.5), (right, pitch - 0.5), (right, pitch + 0.5), (left, pitch + 0.5)]


def plot_bits(bits: Mapping[str, Mapping[str, float]], unit: Mapping[str, str]) -> Figure:
    """Bits a symbol for each model, a panel for each data set; the network's bar is coloured."""
    figure, panels = subplots(1, len(bits), width=10, height=3.0, squeeze=False)
    for axes, (title, values) in zip(panels[0], bits.items(), strict=True):
        colours = [COLOURS["GRU"] if name.startswith("GRU") else COLOURS["baseline"] for name in values]
        drawn = axes.barh(list(values), list(values.values()), color=colours)
        axes.bar_label(drawn, fmt="%.2f", padding=3)
        axes.invert_yaxis()
        axes.grid(False, axis="y")
        axes.set(xlabel=f"bits per {unit[title]}", title=title, xlim=(0, 1.15 * max(values.values())))
    return figure


def plot_learning(losses: Sequence[float], baselines: Mapping[str, float], unit: str) -> Figure:
    """The training loss, averaged over 20 updates, with what counting reaches."""
    figure, axes = subplots()
    width = min(20, len(losses))
    smooth = torch.tensor(losses).unfold(0, width, 1).mean(1)
    axes.plot(range(width, len(losses) + 1), smooth, color=COLOURS["GRU"], label="GRU, training")
    for (label, bits), line in zip(baselines.items(), ("--", ":", "-."), strict=False):
        axes.axhline(bits, color=GREY, linestyle=line, label=f"{label}, test")
    axes.set(xlabel="updates", ylabel=f"bits per {unit}", ylim=(min(1.5, smooth.min()), 5))
    legend_above(axes)
    return figure


def plot_temperatures(probabilities: Mapping[float, Tensor], symbols: Sequence[str], before: str) -> Figure:
    """The distribution of one next symbol at several temperatures, the same symbols in the same order."""
    figure, panels = subplots(1, len(probabilities), width=10, height=3.0)
    shown = next(iter(probabilities.values())).argsort(descending=True, stable=True)[:MOST_PROBABLE]
    for axes, (temperature, p) in zip(panels, probabilities.items(), strict=True):
        distribution(axes, p, symbols, shown)
        axes.set(title=f"temperature {temperature:g}", xlim=(0, 0.7))
    panels[0].set_ylabel(f"next after “{before}”")
    return figure


def distribution(axes: Axes, p: Tensor, symbols: Sequence[str], shown: Tensor, marked: int | None = None) -> None:
    """The probabilities of some symbols, the first one on top, one of them in another colour."""
    names = [SPOKEN.get(symbols[code], symbols[code]) for code in shown]
    colours = [VERMILLION if code == marked else COLOURS["GRU"] for code in shown.tolist()]
    axes.barh(range(len(shown)), p[shown].tolist(), color=colours)
    axes.set_yticks(range(len(shown)), names, family="monospace", fontsize=9)
    axes.set(xlabel="probability", ylim=(len(shown) - 0.4, -0.6))
    axes.grid(False, axis="y")


def plot_full_bars(shares: Mapping[str, Mapping[str, float]]) -> Figure:
    """How many bars have the length of their dance, for each writer (a group of bars for each kind)."""
    figure, axes = subplots(width=8.0, height=3.4)
    width = 0.8 / len(shares)
    looks = [(COLOURS["baseline"], ""), (COLOURS["GRU"], ""), (COLOURS["GRU"], "//"), (COLOURS["GRU"], "..")]
    for i, ((writer, by_kind), (colour, hatch)) in enumerate(zip(shares.items(), looks, strict=False)):
        places = [place + (i - (len(shares) - 1) / 2) * width for place in range(len(by_kind))]
        drawn = axes.bar(
            places,
            [100 * share for share in by_kind.values()],
            0.92 * width,
            label=writer,
            color=colour,
            hatch=hatch,
            edgecolor="white",
        )
        axes.bar_label(drawn, fmt="%.0f", padding=1, fontsize=9)
    axes.set_xticks(range(len(by_kind)), list(by_kind))
    axes.set(ylabel="full bars (%)", ylim=(0, 112))
    axes.grid(False, axis="x")
    legend_above(axes)
    return figure


def plot_exposure(curves: Mapping[str, Sequence[float]], positions: Sequence[float], recovery: Tensor) -> Figure:
    """Left: what a judge says of each symbol, by its position. Right: what one wrong symbol costs afterwards."""
    figure, (left, right) = subplots(1, 2, width=10.5, height=3.6)
    for (label, bits), look in zip(curves.items(), cycle(VARIANTS), strict=False):
        left.plot(positions, bits, label=label, **look)
    left.set(xlabel="position (characters)", ylabel="bits, by the 5-gram judge", ylim=(0, 5))
    legend_above(left)
    right.plot(range(1, len(recovery) + 1), recovery.tolist(), color=COLOURS["GRU"], marker="o")
    right.axhline(0, color=GREY)
    right.xaxis.set_major_locator(MaxNLocator(integer=True))
    right.set(xlabel="characters after the wrong one", ylabel="bits more than without it", title="one wrong character")
    return figure


def plot_written_text(p: Tensor, symbols: Sequence[str], written: Sequence[str], place: int, code: int) -> Figure:
    """The explorer's picture: the distribution at one place of a passage, and the passage with that place marked."""
    figure, (_, right) = _two(p, symbols, code)
    words = "".join(written)
    lines = [words[i : i + CHARACTERS] for i in range(0, len(words), CHARACTERS)] or [""]
    size, advance = 14, 0.602  # DejaVu Sans Mono: a character's width as part of the font size
    right.set(xlim=(0, right.get_position().width * figure.get_figwidth() * 72 / (advance * size)), ylim=(6.5, -0.7))
    right.axis("off")
    for row, line in enumerate(lines):
        right.text(0, row, line, family="monospace", fontsize=size, va="center_baseline")
    row, column = divmod(place, CHARACTERS)
    right.add_patch(Rectangle((column, row - 0.45), 1, 0.9, facecolor=VERMILLION, alpha=0.35, linewidth=0))
    return figure


def plot_written_tune(p: Tensor, symbols: Sequence[str], written: Sequence[str], place: int, code: int) -> Figure:
    """The same for a tune: its piano roll, with the note at that place marked."""
    figure, (_, right) = _two(p, symbols, code)
    piano_roll(right, written, marked=place)
    right.set_xlabel("time (units: eighth notes)")
    right.xaxis.set_major_locator(MaxNLocator(5))
    return figure


def _two(p: Tensor, symbols: Sequence[str], code: int) -> tuple[Figure, Sequence[Axes]]:
    figure, panels = subplots(1, 2, width=9.5, height=3.2, layout=None, width_ratios=(1, 2.6))
    figure.subplots_adjust(left=0.08, right=0.99, bottom=0.16, top=0.96, wspace=0.18)
    distribution(panels[0], p, symbols, p.argsort(descending=True)[:MOST_PROBABLE], marked=code)
    panels[0].set(xlim=(0, 1), xticks=(0, 0.5, 1))
    return figure, panels
