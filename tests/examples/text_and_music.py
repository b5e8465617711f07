"""Notebook 06_2."""

import torch
from torch import Generator
from torch.nn import functional as F

from rnncourse.datasets import books, tunes
from rnncourse.datasets.core import Dataset
from rnncourse.figures import text_and_music
from rnncourse.widgets import text_and_music as widgets

LETTERS = ("<pad>", "<begin>", "<end>", "<unknown>", " ", *"abcdefghijklm")
P = torch.arange(18.0).softmax(0)
TUNE = ["G", "|", "c2", "(3", "e", "g", "e", "c2", "|", "z", "c'5", ":|", "C,6", "|", "c3", "_b3", "||"]
PASSAGE = list("And the people were glad of it, and did as they had been told by the man of the house of bread.")
BITS = {"uniform": 6.0, "unigram": 4.6, "bigram": 3.5, "5-gram": 2.2, "GRU": 2.2}
SHARES = {
    name: dict.fromkeys(("jig", "slip jig", "reel", "hornpipe"), share)
    for name, share in (("5-gram", 0.1), ("GRU, temperature 1", 0.85), ("GRU, temperature 0.5", 1.0))
}

FIGURES = {
    "one to many": text_and_music.plot_one_to_many,
    "piano rolls": lambda: text_and_music.plot_piano_rolls({"one": TUNE, "another": TUNE[:4], "none": []}),
    "bits": lambda: text_and_music.plot_bits({"text": BITS, "music": BITS}, {"text": "character", "music": "symbol"}),
    "learning": lambda: text_and_music.plot_learning([5 - n / 200 for n in range(500)], {"5-gram": 2.2}, "character"),
    "learning, short": lambda: text_and_music.plot_learning([6.0, 5.5, 5.0], {"5-gram": 2.2}, "character"),
    "temperatures": lambda: text_and_music.plot_temperatures({0.3: P, 1.0: P.flip(0), 2.0: P}, LETTERS, "And the "),
    "full bars": lambda: text_and_music.plot_full_bars(SHARES),
    "exposure": lambda: text_and_music.plot_exposure(
        {"real": [2.2] * 7, "forced": [3.1] * 7, "free": [3.2] * 7}, [10 * k + 5 for k in range(7)], P.flip(0)
    ),
    "written text": lambda: text_and_music.plot_written_text(P, LETTERS, PASSAGE, 50, 17),
    "nothing written": lambda: text_and_music.plot_written_text(P, LETTERS, [], 0, 2),
    "written tune": lambda: text_and_music.plot_written_tune(P, LETTERS, TUNE, 6, 5),
}
DRAWINGS = {"one to many", "written text", "nothing written"}


def _untrained(data: Dataset) -> widgets.Write:
    """Symbols that have nothing to do with each other."""

    def write(kind: str, temperature: float, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
        generator = Generator().manual_seed(100 * seed + len(kind))
        logits = torch.randn(100, len(data.target_vocabulary), generator=generator)
        p = F.softmax(3 * logits / (temperature + 0.1), -1)
        return torch.multinomial(p[:, 4:], 1, generator=generator)[:, 0] + 4, p

    return write


def explore_text():
    return widgets.explore_text(_untrained(books.load()), books.load())


def explore_tune():
    return widgets.explore_tune(_untrained(tunes.load()), tunes.load())


EXPLORERS = {
    explore_text: {"Class": "Paradise Lost", "Temperature": 1.5, "Seed": 3, "Step": 20},
    explore_tune: {"Class": "hornpipe", "Temperature": 1.5, "Seed": 3, "Step": 20},
}

UNSEEN = set()
SENTENCES = [
    ("teacher_forced_inputs__one_too_long", r"shape \(5, 1\); expected \(T, N\) = \(4, 1\).*the last row has to go"),
    ("teacher_forced_inputs__begins_with_end", r"begins with \[2\]; expected BEGIN = 1"),
    ("teacher_forced_inputs__overwrites", r"gives the inputs \[1, 1, 1, 1\]"),
    ("sample_symbol__times_temperature", r"frequencies .* at temperature 0\.5; expected about \[0\.05, 0\.19, 0\.76\]"),
    ("sample_symbol__after_the_softmax", r"at temperature 0\.5"),
    ("sample_symbol__seeds_again", r"the same symbols twice in a row"),
    ("sample_symbol__global_chance", r"does not draw from the generator"),
    ("sample_symbol__a_column", r"shape \(3, 1\); expected \(N,\) = \(3,\)"),
    ("generate__forgets_the_state", r"the state is kept"),
    ("generate__begins_with_zeros", r"a state that is not h_0"),
    ("generate__always_reads_begin", r"symbol 1 at step 2; expected 5, which choose picked"),
    ("generate__no_limit", r"more often than max_length=3 times"),
    ("generate__writes_on", r"PADDING = 0 follows it"),
]
