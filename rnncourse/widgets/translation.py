"""The explorer of notebook 06_5: write something, and watch a decoder translate it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import torch
from ipywidgets import IntSlider, Text, VBox
from matplotlib.figure import Figure
from torch import Tensor, nn

from rnncourse.datasets.core import BEGIN, UNKNOWN, Dataset
from rnncourse.figures.style import subplots
from rnncourse.figures.translation import plot_decoder_step
from rnncourse.widgets.core import WIDE, Drawn, explorer, slider

MOST_PROBABLE = 7  # symbols that are shown
MAX_SOURCE = 40  # symbols that are read: more would not fit into the picture


def explore_decoder(
    net: nn.Module,
    data: Dataset,
    symbols: Callable[[str], list[str]],
    translate: Callable[[nn.Module, Tensor, Tensor], Tensor],
    sentence: str,
) -> VBox:
    """Write a source sentence, and go through the steps of its translation.

    Args:
        net: a translator, ``net(source, lengths, decoder_inputs) -> logits``; where it looks, if it has attention, is
            ``net.attention(source, lengths, decoder_inputs) -> (T', N, T)``.
        symbols: cuts a sentence into the symbols of the source's vocabulary.
        translate: ``translate(net, source, lengths) -> (T', N)``, what the decoder writes.
        sentence: the first one.
    """
    written = Text(value=sentence, description="English", style=WIDE)
    step = slider(IntSlider, "Step", 1, min=1, max=60)

    def draw() -> Drawn:
        source = symbols(written.value)[:MAX_SOURCE]
        if not source:
            return _nothing_to_read(), "Write something that the network can read.", "Nothing to read."
        return _picture(net, data, source, translate, step.value)

    return explorer(
        "Write something in English, then move <b>Step</b> with the arrow keys: what may come next, and how sure is "
        "the decoder? Write something that it has never seen.",
        [written, step],
        draw,
    )


@torch.no_grad()
def _picture(net: nn.Module, data: Dataset, symbols: list[str], translate: Callable, step: int) -> Drawn:
    source = data.input_vocabulary.encode(symbols)[:, None]
    lengths = torch.tensor([len(source)])
    target = translate(net, source, lengths)  # (T', 1)
    inputs = torch.cat([torch.full((1, 1), BEGIN), target[:-1]])
    probabilities = net(source, lengths, inputs)[:, 0].softmax(1)
    t = min(step, len(target)) - 1
    names = data.target_vocabulary.symbols
    best = probabilities[t].topk(min(MOST_PROBABLE, len(names)))
    shown = {_visible(names[code]): p for p, code in zip(best.values.tolist(), best.indices.tolist(), strict=True)}
    attention = None
    if hasattr(net, "attention"):
        attention = symbols, net.attention(source, lengths, inputs)[t, 0].tolist()
    chosen = int(target[t, 0])
    sentence = _sentence(
        "".join(data.target_vocabulary.decode(target[:t, 0])),
        _visible(names[chosen]),
        "".join(data.target_vocabulary.decode(target[:, 0])),
        [symbol for symbol, code in zip(symbols, source[:, 0].tolist(), strict=True) if code == UNKNOWN],
    )
    figure = plot_decoder_step(shown, _visible(names[chosen]), attention)
    return figure, sentence, _in_words(t + 1, shown, attention)


def _in_words(step: int, probabilities: dict[str, float], attention: tuple[list[str], list[float]] | None) -> str:
    likely = ", ".join(f"{symbol} {100 * p:.0f}" for symbol, p in probabilities.items())
    words = f"The probabilities of symbol {step} of the translation, in per cent: {likely}."
    if attention:
        symbol, weight = max(zip(*attention, strict=True), key=lambda pair: pair[1])
        words += f" The decoder looks most at {symbol}, with {100 * weight:.0f} per cent of its attention."
    return words


def _sentence(so_far: str, chosen: str, whole: str, unknown: list[str]) -> str:
    text = f"After “{escape(so_far)}” comes <b>{escape(chosen)}</b>. The whole translation: <b>{escape(whole)}</b>."
    if unknown:
        text += f" Not in the vocabulary: {escape(', '.join(dict.fromkeys(unknown)))}."
    return text


def _visible(symbol: str) -> str:
    """A space gets a sign."""
    return "␣" if symbol == " " else symbol


def _nothing_to_read() -> Figure:
    figure, axes = subplots(width=8.0, height=3.6, layout=None)
    axes.axis("off")
    axes.text(0.5, 0.5, "nothing to read", ha="center", va="center", transform=axes.transAxes)
    return figure
