"""The figures that several lessons share."""

import torch
from ipywidgets import VBox
from torch import nn

from rnncourse.figures import comparison
from rnncourse.rivals import LayerNet
from rnncourse.training import History
from rnncourse.widgets import sample_problem

HISTORY = History(seen=[0, 500, 1000], error=[0.5, 0.3, 0.1])
WORSE = History(seen=[0, 500, 1000], error=[0.5, 0.45, 0.3])
MODELS = ("Elman", "gated", "LSTM", "GRU", "TCN")
LENGTHS = {length: length / 80 for length in range(2, 41, 2)}
KINDS = {"positives": 0.02, "random\nnegatives": 0.14, "one symbol\nchanged": 0.63}
RATES = {"default": 0.4, "radius 2": 1.3, "IRNN": 1, "gated, bias 3": 0.9995, "LSTM, forget bias 3": 1.001}
DECAY = {name: rate ** torch.arange(51.0).double() for name, rate in RATES.items()}


def untrained() -> dict[str, nn.Module]:
    torch.manual_seed(0)
    return {
        name: LayerNet(layer(10, 5), 2) for name, layer in {"Elman": nn.RNN, "LSTM": nn.LSTM, "GRU": nn.GRU}.items()
    }


def explore_sample_problem() -> VBox:
    return sample_problem.explore_sample_problem(untrained())


def plot_reading(symbols: str):
    codes = [int(symbol) for symbol in symbols]
    read = {name: sample_problem.read_along(net, codes) for name, net in untrained().items()}
    answers = {name: p for name, (p, _) in read.items()}
    return comparison.plot_reading(codes, answers, sample_problem.right_answers(codes), read["GRU"][1])


FIGURES = {
    "reading": lambda: plot_reading("314314"),
    "reading one symbol": lambda: plot_reading("7"),
    "reading forty symbols": lambda: plot_reading("12345678901234567890" * 2),
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

EXPLORERS = {explore_sample_problem: {"Sequence": "1221", "State of": "GRU"}}
