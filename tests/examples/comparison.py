"""The figures that several lessons share."""

import torch

from rnncourse.figures import comparison
from rnncourse.training import History

HISTORY = History(seen=[0, 500, 1000], error=[0.5, 0.3, 0.1])
WORSE = History(seen=[0, 500, 1000], error=[0.5, 0.45, 0.3])
MODELS = ("Elman", "gated", "LSTM", "GRU", "TCN")
LENGTHS = {length: length / 80 for length in range(2, 41, 2)}
KINDS = {"positives": 0.02, "random\nnegatives": 0.14, "one symbol\nchanged": 0.63}
RATES = {"default": 0.4, "radius 2": 1.3, "IRNN": 1, "gated, bias 3": 0.9995, "LSTM, forget bias 3": 1.001}
DECAY = {name: rate ** torch.arange(51.0).double() for name, rate in RATES.items()}

FIGURES = {
    "training": lambda: comparison.plot_training({"random negatives": HISTORY, "mixed negatives": HISTORY}),
    "training, five models": lambda: comparison.plot_training({model: [HISTORY, WORSE, HISTORY] for model in MODELS}),
    "error by length": lambda: comparison.plot_error_by_length({"random": LENGTHS, "mixed": LENGTHS}),
    "error by length, five models": lambda: comparison.plot_error_by_length({model: [LENGTHS] * 2 for model in MODELS}),
    "training over bands": lambda: comparison.plot_training(
        {"LSTM": HISTORY, "GRU": WORSE}, bands={"GRU": [HISTORY, WORSE], "TCN": [HISTORY]}
    ),
    "error by length over bands": lambda: comparison.plot_error_by_length(
        {"LSTM": LENGTHS}, bands={"LSTM": [LENGTHS, {length: 0.4 for length in LENGTHS}]}
    ),
    "error by kind": lambda: comparison.plot_error_by_kind({"trained on random": KINDS, "trained on mixed": KINDS}),
    "decay": lambda: comparison.plot_gradient_decay(DECAY),
    "decay, closer": lambda: comparison.plot_gradient_decay(DECAY, ylim=(1e-12, 1e2)),
}
