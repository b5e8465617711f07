"""Lesson 06.3. The explorers get untrained networks with the lesson's interfaces."""

import torch
from torch import nn
from torch.distributions import Categorical, Independent, MixtureSameFamily, Normal

from rnncourse.datasets import pen_digits, scenes
from rnncourse.figures import motion_and_captions as figures
from rnncourse.recurrent_core import RecurrentCore
from rnncourse.widgets import motion_and_captions as widgets

POINTS = torch.stack(pen_digits.load().test.targets[:10], dim=1)
PICTURES = torch.stack(scenes.load().test.inputs[:8]).view(-1, 20, 20)
CAPTIONS = ["an eight above a three", "a six left of a seven\n(right: a six left of a one)"] * 4
SYMBOLS = ("end", *scenes.load().target_vocabulary.symbols[3:])


class Pen(nn.Module):
    """Two Gaussians whose means come from the class and the offsets before."""

    def __init__(self):
        super().__init__()
        torch.manual_seed(0)
        self.core = RecurrentCore(8, dim_input=2)
        self.first = nn.Embedding(10, 8)
        self.head = nn.Linear(8, 4)

    def forward(self, classes, offsets, temperature=1.0):
        before = torch.cat([torch.zeros_like(offsets[:1]), offsets[:-1]])
        means = self.head(self.core(before, self.first(classes)[None])[0]).unflatten(-1, (2, 2))
        gaussians = Independent(Normal(means, torch.full_like(means, 0.3 * temperature**0.5)), 1)
        return MixtureSameFamily(Categorical(logits=torch.zeros(means.shape[:-1])), gaussians)


def draw_digits(pen, classes, temperature, seed):
    torch.manual_seed(seed)
    offsets = torch.zeros(8, len(classes), 2)
    with torch.no_grad():
        for t in range(8):
            offsets[t] = pen(classes, offsets, temperature).sample()[t]
    return offsets.cumsum(0)


class Teller(nn.Module):
    """Words from a picture and the words before."""

    def __init__(self):
        super().__init__()
        torch.manual_seed(0)
        self.core = RecurrentCore(8, num_symbols=19)
        self.first, self.head = nn.Linear(400, 8), nn.Linear(8, 19)

    def forward(self, pictures, before):
        return self.head(self.core(before, self.first(pictures)[None])[0])


@torch.no_grad()
def write_captions(teller, pictures):
    words = torch.ones(1, len(pictures), dtype=torch.int64)
    for _ in range(7):
        words = torch.cat([words, teller(pictures, words)[-1:].argmax(2)])
    return words[1:]


def explore_motion():
    return widgets.explore_motion(Pen(), draw_digits)


def explore_captions():
    data = scenes.load()
    return widgets.explore_captions(Teller(), write_captions, data.test, data.target_vocabulary)


FIGURES = {
    "two ways": figures.plot_two_ways,
    "influence": lambda: figures.plot_influence({"in the first state": 0.7 ** torch.arange(40.0), "b": torch.ones(40)}),
    "ways of the pen": lambda: figures.plot_ways(
        {"real": POINTS, "around\nthe means": POINTS, r"$\tau$ = 0.5": POINTS}
    ),
    "next point": lambda: figures.plot_next_point(POINTS[:4, 0], torch.rand(61, 61)),
    "no point yet": lambda: figures.plot_next_point(POINTS[:0, 0], torch.rand(61, 61)),
    "temperature": lambda: figures.plot_temperature(
        [0.1, 1.0, 2.0], [1, 0.9, 0.7], [0.2, 0.6, 0.9], {"real digits": (0.97, 0.56), "around the means": (0.77, 0.55)}
    ),
    "scenes": lambda: figures.plot_scenes(PICTURES, CAPTIONS),
    "errors": lambda: figures.plot_errors(
        {"recurrent": {"first digit": 0.05, "no sentence": 0.0}, "b": {"first digit": 0.06, "no sentence": 0.03}}
    ),
    "words": lambda: figures.plot_word_probabilities(
        PICTURES[0], ["a", "three", "above", "an", "eight", "end"], SYMBOLS, torch.rand(6, 17)
    ),
}
DRAWINGS = {"two ways", "ways of the pen", "scenes", "words"}

EXPLORERS = {
    explore_motion: {"Digit": 3, "Temperature": 0.5, "Seed": 4, "Points drawn": 6},
    explore_captions: {"Picture": 5, "Words": 5},
}

SENTENCES = [
    ("Conditioned__tanh", r"first_state is not W_ch c \+ b_h"),
    ("Conditioned__axis_in_the_middle", r"first_state returned shape .* expected \(1, N, Q\)"),
    ("Conditioned__starts_again", "a wrong later one"),
    ("Conditioned__own_core", "a core of its own"),
    ("Conditioned__no_bias", r"parameters \{'fc_c2h.weight': \(6, 4\)\}"),
    ("Conditioned__detached", "no gradient reach the condition:"),
    ("Conditioned__keeps_the_state", "not on the second"),
    ("Conditioned__last_state", r"forward returned shape .* expected \(T, N, Q\)"),
]
