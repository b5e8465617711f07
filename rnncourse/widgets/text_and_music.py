"""The explorers of notebook 06_2. The network and the sampling are the reader's own and come in as a function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from html import escape

from ipywidgets import Dropdown, FloatSlider, IntSlider, VBox
from matplotlib.figure import Figure
from torch import Tensor

from rnncourse.datasets.core import END, Dataset
from rnncourse.figures.text_and_music import SPOKEN, plot_written_text, plot_written_tune
from rnncourse.widgets.core import WIDE, Drawn, explorer, slider

LAST_STEP = 60

Write = Callable[[str, float, int], tuple[Tensor, Tensor]]
"""From a class, a temperature and a seed to the symbols (T,) and the probabilities (T, V) that they were drawn with."""


def explore_text(write: Write, data: Dataset) -> VBox:
    """A passage at a temperature, and the distribution from which one of its characters was drawn."""
    return _explore(
        "Move <b>Temperature</b> from 0 to 2. Where does the text begin to repeat itself, where do words fall apart? "
        "Then go through the passage with <b>Step</b>: where is the network sure of the next character?",
        write,
        data,
        plot_written_text,
        "".join,
    )


def explore_tune(write: Write, data: Dataset) -> VBox:
    """The same for a tune, as a piano roll."""
    return _explore(
        "Move <b>Temperature</b> from 0 to 2 and look at the bar lines. Then go through the tune with <b>Step</b>: "
        "where is the network sure that the bar ends?",
        write,
        data,
        plot_written_tune,
        " ".join,
    )


def _explore(
    task: str, write: Write, data: Dataset, plot: Callable[..., Figure], join: Callable[[list[str]], str]
) -> VBox:
    kind = Dropdown(description="Class", options=data.classes, style=WIDE)
    temperature = slider(FloatSlider, "Temperature", 0.7, min=0, max=2, step=0.1)
    seed = slider(IntSlider, "Seed", 0, min=0, max=20)
    step = slider(IntSlider, "Step", 5, min=1, max=LAST_STEP)
    once = lru_cache(maxsize=64)(write)  # another step needs no other text
    symbols = data.target_vocabulary.symbols

    def draw() -> Drawn:
        codes, probabilities = once(kind.value, round(temperature.value, 1), seed.value)
        place = min(step.value, len(codes)) - 1
        code = int(codes[place])
        name = SPOKEN.get(symbols[code], symbols[code])
        ended = "It ended by itself." if codes[-1] == END else "It was stopped."
        sentence = (
            f"Symbol {place + 1} of {len(codes)} is <b>{escape(name)}</b>, drawn with probability "
            f"{float(probabilities[place, code]):.2f}. {ended}"
        )
        written = data.target_vocabulary.decode(codes)
        words = (
            f"At temperature {temperature.value:.1f} the network wrote: {join(written)}. Symbol {place + 1} is marked. "
            f"The probabilities there: {_likeliest(probabilities[place], symbols)}."
        )
        return plot(probabilities[place], symbols, written, place, code), sentence, words

    return explorer(task, [kind, temperature, seed, step], draw)


def _likeliest(p: Tensor, symbols: Sequence[str]) -> str:
    best = p.topk(3)
    names = (SPOKEN.get(symbols[code], symbols[code]) for code in best.indices.tolist())
    return ", ".join(f"{name} {share:.2f}" for name, share in zip(names, best.values.tolist(), strict=True))
