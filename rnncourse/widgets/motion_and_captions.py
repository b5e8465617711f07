"""The explorers of lesson 06.3: a pen that is led point by point, and a caption that is written word by word."""

from __future__ import annotations

from collections.abc import Callable

import torch
from ipywidgets import Dropdown, FloatSlider, IntSlider, VBox
from torch import Tensor

from rnncourse.datasets.core import BEGIN, END, Split, Vocabulary
from rnncourse.figures.motion_and_captions import plot_next_point, plot_word_probabilities
from rnncourse.widgets.core import WIDE, Drawn, explorer, slider

GRID, LIMIT = 101, 1.6  # points along a side of the density's square, and its reach


def explore_motion(writer: Callable, draw_digits: Callable) -> VBox:
    """A digit, a temperature and a seed: see the pen's way, and where its next point may be.

    Args:
        writer: (classes (N,), offsets (T, N, 2), temperature) → the distribution of every offset.
        draw_digits: (writer, classes (N,), temperature, seed) → points (8, N, 2).
    """
    digit = Dropdown(description="Digit", options=list(range(10)), value=8, style=WIDE)
    temperature = slider(FloatSlider, "Temperature", 1.0, min=0.05, max=2.0, step=0.05)
    seed = slider(IntSlider, "Seed", 0, min=0, max=50)
    drawn = slider(IntSlider, "Points drawn", 4, min=0, max=8)

    def draw() -> Drawn:
        classes = torch.tensor([digit.value])
        points = draw_digits(writer, classes, temperature.value, seed.value)
        density = _density(writer, classes, points[: drawn.value], temperature.value)
        sentence = f"{drawn.value} of 8 points of a {digit.value}; " + (
            "the darker the orange, the likelier the next one." if drawn.value < 8 else "it is finished."
        )
        way = ", ".join(f"({x:.1f}, {y:.1f})" for x, y in points[: drawn.value, 0].tolist())
        words = f"The way of a pen, {drawn.value} points: {way or 'none yet'}."
        if drawn.value < 8:
            words += f" {_where(density)}"
        return plot_next_point(points[: drawn.value, 0], density, LIMIT), sentence, words

    return explorer(
        "Lead the pen with <b>Points drawn</b>. Where does it have a choice, and where none? Then heat it up.",
        [digit, temperature, seed, drawn],
        draw,
    )


def _where(density: Tensor) -> str:
    row, column = divmod(int(density.argmax()), GRID)
    x, y = (2 * LIMIT * place / (GRID - 1) - LIMIT for place in (column, row))
    half = float((density > density.max() / 2).float().mean())
    return f"The next point is likeliest at ({x:.1f}, {y:.1f}); {half:.1%} of the square is at least half as likely."


@torch.no_grad()
def _density(writer: Callable, classes: Tensor, points: Tensor, temperature: float) -> Tensor:
    """How likely the next point is at each place of the square; zeros after the last one."""
    if len(points) == 8:
        return torch.zeros(GRID, GRID)
    side = torch.linspace(-LIMIT, LIMIT, GRID)
    places = torch.cartesian_prod(side, side).flip(1)  # rows from the bottom to the top, x before y
    way = torch.cat([torch.zeros(1, 1, 2), points, torch.zeros(1, 1, 2)])  # the last one is a place to fill
    moves = writer(classes, way.diff(dim=0), temperature)
    return moves.log_prob(places - way[-2])[-1].exp().view(GRID, GRID)


def explore_captions(captioner: Callable, write_captions: Callable, split: Split, vocabulary: Vocabulary) -> VBox:
    """A picture of the test, and its caption word by word, each with the probabilities that it was chosen by.

    Args:
        captioner: (pictures (N, 400), words before (T, N)) → logits (T, N, words).
        write_captions: (captioner, pictures (N, 400)) → words (T, N).
    """
    number = slider(IntSlider, "Picture", 0, min=0, max=min(200, len(split)) - 1)
    length = slider(IntSlider, "Words", 3, min=1, max=7)

    @torch.no_grad()
    def draw() -> Drawn:
        picture, target = split[number.value]
        words = write_captions(captioner, picture[None])[: length.value]
        before = torch.cat([torch.full((1, 1), BEGIN), words[:-1]])
        chances = captioner(picture[None], before)[:, 0].softmax(1)[:, END:]
        names = ["end", *vocabulary.symbols[END + 1 :]]
        written = [names[code - END] for code in words[:, 0].clamp(min=END).tolist()]
        figure = plot_word_probabilities(picture.view(20, 20), written, names, chances)
        sure = ", ".join(f"{word} {100 * float(row.max()):.0f}" for word, row in zip(written, chances, strict=True))
        in_words = (
            f"Picture {number.value}, and the words written for it, with their probabilities in per cent: {sure}."
        )
        return figure, f"Right would be: <b>{' '.join(vocabulary.decode(target))}</b>", in_words

    return explorer(
        "Choose a <b>Picture</b>, then let the caption grow with <b>Words</b>. At which word does it hesitate?",
        [number, length],
        draw,
    )
