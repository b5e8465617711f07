"""Lesson 04."""

import torch
from ipywidgets import VBox

from rnncourse.figures import lstm
from rnncourse.layers import where_returned
from rnncourse.widgets.lstm import SEQUENCES, counter_weights, explore_lstm, lstm_run


def torch_step(x_t, h_prev, c_prev, weights):
    """The step that a reader writes, by torch's own cell."""
    W_ih, W_hh, b = (torch.cat([weights[part + letter] for letter in "ifco"]) for part in ("W_x", "W_h", "b_"))
    return torch.lstm_cell(x_t, (h_prev, c_prev), W_ih, W_hh, b, torch.zeros_like(b))


def explore_torchs_lstm() -> VBox:
    return explore_lstm(torch_step)


RUN = lstm_run(torch_step, SEQUENCES[0], counter_weights(4))
STREAM = {kind: [[0.6 / i for i in range(1, 21)]] * 3 for kind in ("2000", "1997", "1997, 32 units", "reset by hand")}
LARGEST = {kind: [[10.0**exponent] * 20] * 3 for exponent, kind in enumerate(STREAM)}
TRACES = {"2000": torch.linspace(-5, 5, 900).view(300, 3), "1997": torch.linspace(-2e4, 2e4, 900).view(300, 3)}
DECAYS = {
    f"forget bias {bias}": (rate ** torch.arange(51.0).double(), (0.9 * rate) ** torch.arange(51.0).double())
    for bias, rate in ((0, 0.6), (1, 0.9), (3, 1.0), ("∞", 1.05))
}

FIGURES = {
    "LSTM unit": lstm.plot_lstm_unit,
    "LSTM unit, 1997": lambda: lstm.plot_lstm_unit(forget_gate=False),
    "LSTM run": lambda: lstm.plot_lstm_run(SEQUENCES[0], RUN),
    "LSTM run, nothing yet": lambda: lstm.plot_lstm_run(SEQUENCES[0], RUN, 0),
    "LSTM run, on its way": lambda: lstm.plot_lstm_run(SEQUENCES[0], RUN, 4),
    "stream": lambda: lstm.plot_stream(range(1000, 20_001, 1000), STREAM, LARGEST, 0.57),
    "cell states": lambda: lstm.plot_cell_states(TRACES, torch.arange(300) % 70 == 0),
    "cell decay": lambda: lstm.plot_cell_decay(DECAYS),
    "layers and times": lambda: lstm.plot_layer_time_grid(where_returned(3, 4)),
    "layers and times, two directions": lambda: lstm.plot_layer_time_grid(where_returned(2, 3, bidirectional=True)),
}
DRAWINGS = {"LSTM unit", "LSTM unit, 1997"}

EXPLORERS = {explore_torchs_lstm: {"Step": 7, "Forget bias": 1.0, "Sequence": SEQUENCES[1]}}

UNSEEN = {
    "lstm_step__detached",
    "lstm_1997_step__detached",
    "lecture_weights__detached",
    "stacked_lstm__detached",
    "LSTMNet__keeps_the_state",
    "lstm_step__f32",
    "lstm_1997_step__adds_a_forget_gate_to_the_dict",
    "set_forget_bias__newobj",
}

SENTENCES = [
    ("lstm_step__c_first", r"returned \(c_t, h_t\); expected \(h_t, c_t\)"),
    ("lstm_step__without_forget_gate", "right c_t for c_prev = 0 but not for other cell states"),
    ("lstm_step__shows_the_old_cell_state", "tanh of the new cell state"),
    ("lstm_step__update_sigmoid", "wrong c_t already for c_prev = 0.*a tanh for g_t"),
    ("lstm_1997_step__with_forget_gate", r"KeyError: 'W_xf'"),
    ("lecture_weights__order_ifoc", "order of the gates is i, f, g, o"),
    ("lecture_weights__g_for_c", r"returned the names .*W_xg.*expected .*W_xc"),
    ("stacked_lstm__pair_of_states", r"tuple of 2; expected a tuple of 3: \(output, h_n, c_n\)"),
    ("stacked_lstm__c_n_is_h_n", "right output and h_n .* wrong c_n"),
    ("read_state__backward_ends_at_T", "backward=True"),
    ("set_forget_bias__twice_the_value", r"act as with the biases 2\.00.*expected 1\.0 in each"),
    ("set_forget_bias__input_gate", "another gate than the forget gate"),
    ("LSTMNet__after_the_padding", "each sequence's own last step"),
]
